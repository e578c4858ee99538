//! One exchange over HTTP, with ureq set up for money: no proxy, no redirect, no retry, every limit explicit, and a count of the bytes that
//! left. It answers exactly one of NeverSent, MaybeSent, Answered.
//!
//! A [`Link`] belongs to one operation. Its first exchange opens a connection; later ones keep it as long as the
//! terminal does, or open a new one to the same address. Before a request that must not be lost the kept connection [is
//! left](Link::leave_connection). Nothing is ever repeated here.

mod connection;
mod trouble;
mod watch;

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use ureq::Agent;

use crate::patience::IDLE_CONNECTION;

pub(crate) use trouble::Trouble;
pub use watch::OnCancel;
pub(crate) use watch::{OnWish, Watch};

/// A larger reply cannot be that of a terminal.
const LARGEST_REPLY: u64 = 1024 * 1024;

/// Where the terminal is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    pub(crate) host: String,
    pub(crate) port: u16,
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // An IPv6 address needs brackets before a port.
        if self.host.contains(':') {
            write!(f, "[{}]:{}", self.host, self.port)
        } else {
            write!(f, "{}:{}", self.host, self.port)
        }
    }
}

/// How long to wait.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) connect: Duration,
    pub(crate) reply: Duration,
}

/// What became of one exchange.
#[derive(Debug)]
pub(crate) enum Exchange {
    /// Not one byte was accepted by the operating system: the terminal cannot have seen anything.
    NeverSent(Trouble),
    /// Bytes left and no complete reply came: the terminal may have acted.
    MaybeSent(Trouble),
    /// A complete HTTP reply, whatever its status.
    Answered(u16, Vec<u8>),
}

/// What the parts of one link share. ureq demands that they are `Send + Sync`; only one thread ever uses them.
#[derive(Debug, Default)]
struct Shared {
    bytes_left: AtomicU64,
    connections: AtomicU64,
    /// Connections up to this one are not used again.
    left_behind: AtomicU64,
    abandoned: AtomicBool,
    address: Mutex<Option<SocketAddr>>,
}

impl Shared {
    fn pin(&self, address: SocketAddr) {
        *self.address.lock().unwrap_or_else(PoisonError::into_inner) = Some(address);
    }

    fn pinned(&self) -> Option<SocketAddr> {
        *self.address.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The way to one terminal for the length of one operation.
#[derive(Debug)]
pub(crate) struct Link {
    agent: Agent,
    shared: Arc<Shared>,
    address: Address,
}

impl Link {
    pub(crate) fn new(address: &Address, limits: Limits) -> Self {
        let shared = Arc::new(Shared::default());
        let config = Agent::config_builder()
            .proxy(None)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .timeout_connect(Some(limits.connect))
            .timeout_send_request(Some(limits.reply))
            .timeout_send_body(Some(limits.reply))
            .timeout_recv_response(Some(limits.reply))
            .timeout_recv_body(Some(limits.reply))
            .timeout_global(Some(limits.connect + limits.reply))
            .max_response_header_size(64 * 1024)
            .max_idle_connections(1)
            .max_idle_connections_per_host(1)
            .max_idle_age(IDLE_CONNECTION)
            .user_agent(concat!("comgate-terminal/", env!("CARGO_PKG_VERSION")))
            .accept("application/json")
            .accept_encoding("identity")
            .build();
        let agent = Agent::with_parts(
            config,
            connection::DirectConnector::new(shared.clone()),
            connection::OwnThreadResolver::new(shared.clone()),
        );
        Self { agent, shared, address: address.clone() }
    }

    pub(crate) fn address(&self) -> &Address {
        &self.address
    }

    /// How many connections were opened so far. Behind a new one the terminal may have restarted and forgotten.
    pub(crate) fn connections(&self) -> u64 {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// Makes the next exchange open a new connection. A terminal may close a kept one just when a request leaves on it.
    /// That request is lost, and it looks the same as a lost reply.
    pub(crate) fn leave_connection(&self) {
        self.shared.left_behind.store(self.connections(), Ordering::SeqCst);
    }

    /// Sends one request and waits for its reply, asking the watch every 100 ms.
    pub(crate) fn exchange(&self, path: &str, body: Option<&str>, watch: &mut Watch) -> Exchange {
        self.shared.bytes_left.store(0, Ordering::SeqCst);
        self.shared.abandoned.store(false, Ordering::SeqCst);
        let url = format!("http://{}{path}", self.address);
        match watch::while_watching(watch, || self.call(&url, body)) {
            Ok((status, bytes)) => Exchange::Answered(status, bytes),
            Err(error) => {
                let trouble = if self.shared.abandoned.load(Ordering::SeqCst) {
                    Trouble::Abandoned
                } else {
                    Trouble::from(error)
                };
                // Decided by the bytes that left, not by the kind of error.
                match self.shared.bytes_left.load(Ordering::SeqCst) {
                    0 => Exchange::NeverSent(trouble),
                    _ => Exchange::MaybeSent(trouble),
                }
            }
        }
    }

    fn call(&self, url: &str, body: Option<&str>) -> Result<(u16, Vec<u8>), ureq::Error> {
        let mut response = match body {
            None => self.agent.get(url).call()?,
            Some(body) => self.agent.post(url).header("Content-Type", "application/json; charset=utf-8").send(body)?,
        };
        let bytes = response.body_mut().with_config().limit(LARGEST_REPLY).read_to_vec()?;
        Ok((response.status().as_u16(), bytes))
    }
}
