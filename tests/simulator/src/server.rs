//! A listening socket with its threads. It ends completely: no thread and no port is left.

use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::http::Connection;

/// How often the listener looks for a new connection.
const PAUSE: Duration = Duration::from_millis(2);

/// What is done with a connection.
pub(crate) trait Service: Send + Sync + 'static {
    /// Serves one connection to its end, or until `ending` says so.
    fn serve(&self, connection: Connection, ending: &dyn Fn() -> bool);
}

/// A running server.
pub(crate) struct Server {
    address: SocketAddr,
    inner: Arc<Inner>,
    accepting: Mutex<Option<Accepting>>,
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
        let listener = TcpListener::bind(address)?;
        let address = listener.local_addr()?;
        let inner = Arc::new(Inner { service: Box::new(service), connections: AtomicU64::new(0) });
        let accepting = Mutex::new(Some(Accepting::start(listener, &inner)?));
        Ok(Self { address, inner, accepting })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Closes the port and every connection.
    pub(crate) fn pause(&self) {
        let accepting = self.accepting.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(accepting) = accepting {
            accepting.ending.store(true, Ordering::SeqCst);
            accepting.thread.join().expect("the listener does not panic");
        }
    }

    /// Opens the same port again.
    pub(crate) fn resume(&self) -> io::Result<()> {
        let mut accepting = self.accepting.lock().unwrap_or_else(PoisonError::into_inner);
        if accepting.is_none() {
            *accepting = Some(Accepting::start(TcpListener::bind(self.address)?, &self.inner)?);
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.pause();
    }
}

impl Accepting {
    fn start(listener: TcpListener, inner: &Arc<Inner>) -> io::Result<Self> {
        listener.set_nonblocking(true)?;
        let ending = Arc::new(AtomicBool::new(false));
        let (inner, flag) = (inner.clone(), ending.clone());
        let thread = std::thread::spawn(move || accept(&listener, &inner, &flag));
        Ok(Self { ending, thread })
    }
}

fn accept(listener: &TcpListener, inner: &Arc<Inner>, ending: &Arc<AtomicBool>) {
    let mut serving = Vec::new();
    while !ending.load(Ordering::SeqCst) {
        match listener.accept() {
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
        if let Ok(connection) = Connection::new(stream, number) {
            inner.service.serve(connection, &|| ending.load(Ordering::SeqCst));
        }
    })
}
