//! A plain TCP connection for ureq: opened on the caller's thread, waited for by readiness, every byte that leaves counted.

use std::fmt;
use std::io::{self, Read, Write};
use std::net::{IpAddr, SocketAddr, TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, LazyBuffers, NextTimeout, Transport};

use super::{Shared, watch};
use crate::os;
use crate::patience::{LEAST_PER_ADDRESS, SLICE};
use crate::testing;

/// How many addresses of one name are tried.
const MOST_ADDRESSES: usize = 8;

/// Finds addresses on the calling thread. ureq's own resolver starts a thread whenever there is a time limit.
#[derive(Debug)]
pub(super) struct OwnThreadResolver {
    shared: Arc<Shared>,
}

impl OwnThreadResolver {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        Self { shared }
    }

    fn look_up(&self, uri: &Uri) -> Result<Vec<SocketAddr>, ureq::Error> {
        // One operation stays with one address, even if the name moves meanwhile.
        if let Some(address) = self.shared.pinned() {
            return Ok(vec![address]);
        }
        let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
        let port = uri.port_u16().unwrap_or_default();
        if let Ok(address) = host.parse::<IpAddr>() {
            return Ok(vec![SocketAddr::new(address, port)]);
        }
        (host, port).to_socket_addrs().map(Iterator::collect).map_err(|_| ureq::Error::HostNotFound)
    }
}

impl Resolver for OwnThreadResolver {
    fn resolve(&self, uri: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let mut addresses = self.empty();
        for address in self.look_up(uri)?.into_iter().take(MOST_ADDRESSES) {
            addresses.push(address);
        }
        if addresses.is_empty() { Err(ureq::Error::HostNotFound) } else { Ok(addresses) }
    }
}

/// Opens connections, straight to the terminal.
#[derive(Debug)]
pub(super) struct DirectConnector {
    shared: Arc<Shared>,
}

impl DirectConnector {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        Self { shared }
    }
}

impl Connector for DirectConnector {
    type Out = Connection;

    fn connect(&self, details: &ConnectionDetails, _: Option<()>) -> Result<Option<Connection>, ureq::Error> {
        let deadline = Instant::now() + *details.timeout.after;
        let mut last = ureq::Error::HostNotFound;
        for (place, address) in details.addrs.iter().enumerate() {
            // The addresses share the time, so that a dead one does not use all of it.
            let left = deadline.saturating_duration_since(Instant::now());
            let count = u32::try_from(details.addrs.len() - place).unwrap_or(1);
            let share = (left / count).max(LEAST_PER_ADDRESS);
            match TcpStream::connect_timeout(address, share) {
                Ok(stream) => {
                    self.shared.pin(*address);
                    return Connection::new(stream, self.shared.clone(), details.config)
                        .map(Some)
                        .map_err(ureq::Error::Io);
                }
                Err(error) if matches!(error.kind(), io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock) => {
                    last = ureq::Error::Timeout(ureq::Timeout::Connect);
                }
                Err(error) => last = ureq::Error::Io(error),
            }
        }
        Err(last)
    }
}

/// One TCP connection. The socket never blocks; all waiting is done by asking for readiness.
pub(super) struct Connection {
    stream: TcpStream,
    buffers: LazyBuffers,
    shared: Arc<Shared>,
    /// Its place among the connections of its link, counted from 1.
    number: u64,
}

impl Connection {
    fn new(stream: TcpStream, shared: Arc<Shared>, config: &Config) -> io::Result<Self> {
        stream.set_nodelay(true)?;
        stream.set_nonblocking(true)?;
        let buffers = LazyBuffers::new(config.input_buffer_size(), config.output_buffer_size());
        let number = shared.connections.fetch_add(1, Ordering::SeqCst) + 1;
        Ok(Self { stream, buffers, shared, number })
    }

    /// Waits until `ready` says so; the limit is ureq's, whose reason is reported.
    fn wait(
        &self,
        ready: fn(&TcpStream, Duration) -> io::Result<bool>,
        deadline: Instant,
        limit: NextTimeout,
    ) -> Result<(), ureq::Error> {
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            if ready(&self.stream, left.min(SLICE))? {
                return Ok(());
            }
            if left.is_zero() {
                return Err(ureq::Error::Timeout(limit.reason));
            }
            if watch::abandon() {
                self.shared.abandoned.store(true, Ordering::SeqCst);
                return Err(io::Error::other("abandoned").into());
            }
        }
    }
}

impl Transport for Connection {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, limit: NextTimeout) -> Result<(), ureq::Error> {
        let limit = limit.for_write();
        let deadline = Instant::now() + *limit.after;
        let mut sent = 0;
        while sent < amount {
            let written = {
                let output = self.buffers.output();
                (&self.stream).write(output.get(sent..amount).unwrap_or_default())
            };
            match written {
                Ok(0) => return Err(io::Error::from(io::ErrorKind::WriteZero).into()),
                Ok(count) => {
                    sent += count;
                    self.shared.bytes_left.fetch_add(count as u64, Ordering::SeqCst);
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => self.wait(os::writable, deadline, limit)?,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
        testing::point("sent", "bytes");
        Ok(())
    }

    fn await_input(&mut self, limit: NextTimeout) -> Result<bool, ureq::Error> {
        let limit = limit.for_read();
        let deadline = Instant::now() + *limit.after;
        loop {
            self.wait(os::readable, deadline, limit)?;
            match (&self.stream).read(self.buffers.input_append_buf()) {
                Ok(count) => {
                    self.buffers.input_appended(count);
                    return Ok(count > 0);
                }
                Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// True if it was not left and there is nothing to read. Unexpected bytes, or the end, are reasons for a new
    /// connection.
    fn is_open(&mut self) -> bool {
        let kept = self.number > self.shared.left_behind.load(Ordering::SeqCst);
        kept && matches!(self.stream.peek(&mut [0]), Err(error) if error.kind() == io::ErrorKind::WouldBlock)
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection").field("peer", &self.stream.peer_addr().ok()).finish_non_exhaustive()
    }
}
