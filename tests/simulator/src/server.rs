//! A listening socket with its threads. It ends completely: no thread and no port is left.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use socket2::Socket;
#[cfg(unix)]
use socket2::{Domain, Type};

use crate::http::Connection;

/// How long the listener waits after a connection that could not be taken.
const PAUSE: Duration = Duration::from_millis(2);

/// How long the knock at the own door may take.
const KNOCK: Duration = Duration::from_secs(1);

/// What is done with a connection.
pub(crate) trait Service: Send + Sync + 'static {
    /// How long a request may take to arrive, once its first byte is there.
    fn patience(&self) -> Duration;

    /// Serves one connection to its end, or until `ending` says so.
    fn serve(&self, connection: Connection, ending: &dyn Fn() -> bool);
}

/// A running server.
pub(crate) struct Server {
    inner: Arc<Inner>,
    place: Mutex<Place>,
}

/// Where it listens, unless it is switched off.
struct Place {
    address: SocketAddr,
    accepting: Option<Accepting>,
    /// While it is closed.
    kept: Option<Socket>,
}

struct Inner {
    service: Box<dyn Service>,
    connections: AtomicU64,
}

/// One run of the listener: until the end, or until the terminal is switched off.
struct Accepting {
    ending: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl Server {
    pub(crate) fn start(address: SocketAddr, service: impl Service) -> io::Result<Self> {
        let inner = Arc::new(Inner { service: Box::new(service), connections: AtomicU64::new(0) });
        let place = Mutex::new(Place::open(address, &inner)?);
        Ok(Self { inner, place })
    }

    fn place(&self) -> MutexGuard<'_, Place> {
        self.place.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.place().address
    }

    /// Closes the port and every connection.
    pub(crate) fn pause(&self) {
        self.place().close();
    }

    /// Opens the same port again.
    pub(crate) fn resume(&self) -> io::Result<()> {
        let mut place = self.place();
        if place.accepting.is_none() {
            // What keeps the port is let go only when it is open again.
            let opened = Place::open(place.address, &self.inner)?;
            *place = opened;
        }
        Ok(())
    }

    /// Opens another port and closes this one, with every connection. Where the other one cannot be had, nothing changes.
    pub(crate) fn move_to(&self, address: SocketAddr) -> io::Result<()> {
        let mut place = self.place();
        let mut old = std::mem::replace(&mut *place, Place::open(address, &self.inner)?);
        old.close();
        Ok(())
    }
}

impl Place {
    fn open(address: SocketAddr, inner: &Arc<Inner>) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        let address = listener.local_addr()?;
        Ok(Self { address, accepting: Some(Accepting::start(listener, inner)), kept: None })
    }

    fn close(&mut self) {
        if let Some(accepting) = self.accepting.take() {
            accepting.ending.store(true, Ordering::SeqCst);
            // The listener waits for a connection: it gets a last one.
            let _ = TcpStream::connect_timeout(&reachable(self.address), KNOCK);
            accepting.thread.join().expect("the listener does not panic");
            self.kept = keep(self.address);
        }
    }
}

/// Keeps a port that nobody listens on: who connects is refused, and no other program is given the port meanwhile, whose guests would be
/// taken for ours.
#[cfg(unix)]
fn keep(address: SocketAddr) -> Option<Socket> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None).ok()?;
    socket.set_reuse_address(true).ok()?;
    socket.bind(&address.into()).ok()?;
    Some(socket)
}

/// Elsewhere a port that is kept could not be opened again.
#[cfg(not(unix))]
fn keep(_: SocketAddr) -> Option<Socket> {
    None
}

impl Drop for Server {
    fn drop(&mut self) {
        self.pause();
    }
}

impl Accepting {
    fn start(listener: TcpListener, inner: &Arc<Inner>) -> Self {
        let ending = Arc::new(AtomicBool::new(false));
        let (inner, flag) = (inner.clone(), ending.clone());
        let thread = std::thread::spawn(move || accept(&listener, &inner, &flag));
        Self { ending, thread }
    }
}

/// Where a listener can be reached from its own machine, also one that listens everywhere.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
        IpAddr::V4(_) | IpAddr::V6(_) => {}
    }
    address
}

fn accept(listener: &TcpListener, inner: &Arc<Inner>, ending: &Arc<AtomicBool>) {
    let mut serving = Vec::new();
    while !ending.load(Ordering::SeqCst) {
        match listener.accept() {
            Ok(_) if ending.load(Ordering::SeqCst) => {}
            Ok((stream, _)) => serving.push(serve(stream, inner.clone(), ending.clone())),
            Err(_) => std::thread::sleep(PAUSE),
        }
        serving.retain(|thread: &JoinHandle<()>| !thread.is_finished());
    }
    for thread in serving {
        // A test that made a connection's thread panic has seen the message already.
        let _ = thread.join();
    }
}

fn serve(stream: TcpStream, inner: Arc<Inner>, ending: Arc<AtomicBool>) -> JoinHandle<()> {
    let number = inner.connections.fetch_add(1, Ordering::SeqCst) + 1;
    std::thread::spawn(move || {
        if let Ok(connection) = Connection::new(stream, number, inner.service.patience()) {
            inner.service.serve(connection, &|| ending.load(Ordering::SeqCst));
        }
    })
}
