//! A wire between register and terminal that breaks once, after a chosen byte of a chosen exchange.

use std::fmt;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::fd::AsRawFd;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::JoinHandle;

/// Which way bytes go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Request,
    Reply,
}

/// How the wire breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Both ends see an orderly end.
    Close,
    /// Both ends see a reset.
    Reset,
}

/// Where the wire breaks: so many bytes of this exchange pass.
#[derive(Clone, Debug)]
pub struct Cut {
    pub endpoint: String,
    /// The first exchange with this endpoint is 0.
    pub occurrence: usize,
    pub way: Way,
    pub after: usize,
    pub how: How,
}

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { endpoint, occurrence, way, after, how } = self;
        write!(f, "{how:?} after byte {after} of the {way:?} of {endpoint} number {occurrence}")
    }
}

/// One exchange as it was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    pub endpoint: String,
    pub request: usize,
    pub reply: usize,
}

#[derive(Default)]
struct Seen {
    exchanges: Vec<Exchange>,
    cut: Option<Cut>,
}

pub struct Cutter {
    address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Cutter {
    pub fn before(terminal: SocketAddr, cut: Option<Cut>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        let (seen, over) =
            (Arc::new(Mutex::new(Seen { exchanges: Vec::new(), cut })), Arc::new(AtomicBool::new(false)));
        let (shared, end) = (seen.clone(), over.clone());
        let thread = std::thread::spawn(move || {
            let mut wires = Vec::new();
            for register in listener.incoming().flatten() {
                if end.load(Ordering::SeqCst) {
                    break;
                }
                let (seen, terminal) = (shared.clone(), TcpStream::connect(terminal).expect("the terminal listens"));
                wires.push(std::thread::spawn(move || carry(&register, &terminal, &seen)));
            }
            for wire in wires {
                wire.join().expect("no panic");
            }
        });
        Self { address, seen, over, thread: Some(thread) }
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    pub fn exchanges(&self) -> Vec<Exchange> {
        locked(&self.seen).exchanges.clone()
    }

    /// Whether the wire broke where it should.
    pub fn has_cut(&self) -> bool {
        locked(&self.seen).cut.is_none()
    }
}

impl Drop for Cutter {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

fn locked(seen: &Mutex<Seen>) -> MutexGuard<'_, Seen> {
    seen.lock().expect("no panic")
}

/// Carries bytes both ways on one thread, until an end is closed or the wire breaks: then both streams are dropped at once.
fn carry(register: &TcpStream, terminal: &TcpStream, seen: &Mutex<Seen>) {
    for stream in [register, terminal] {
        stream.set_nodelay(true).expect("a TCP socket");
    }
    let mut bytes = [0; 8192];
    loop {
        let (way, mut from, mut to) = if is_next(register, terminal) {
            (Way::Request, register, terminal)
        } else {
            (Way::Reply, terminal, register)
        };
        let Ok(count @ 1..) = from.read(&mut bytes) else { return };
        let (pass, cut) = locked(seen).pass(way, &bytes[..count]);
        if to.write_all(&bytes[..pass]).is_err() {
            return;
        }
        if let Some(how) = cut {
            if how == How::Reset {
                reset(register);
                reset(terminal);
            }
            return;
        }
    }
}

impl Seen {
    /// How many of these bytes pass, and how the wire breaks then, if it does.
    fn pass(&mut self, way: Way, bytes: &[u8]) -> (usize, Option<How>) {
        if way == Way::Request && self.exchanges.last().is_none_or(|last| last.reply > 0 || is_first_line(bytes)) {
            self.exchanges.push(Exchange { endpoint: endpoint(bytes), request: 0, reply: 0 });
        }
        let Some(last) = self.exchanges.last_mut() else { return (bytes.len(), None) };
        let count = if way == Way::Request { &mut last.request } else { &mut last.reply };
        let before = *count;
        *count += bytes.len();
        let name = last.endpoint.clone();
        let occurrence = self.exchanges.iter().filter(|exchange| exchange.endpoint == name).count() - 1;
        let reached = |cut: &Cut| {
            cut.way == way
                && cut.endpoint == name
                && cut.occurrence == occurrence
                && (before..=before + bytes.len()).contains(&cut.after)
        };
        match self.cut.take_if(|cut| reached(cut)) {
            Some(cut) => (cut.after - before, Some(cut.how)),
            None => (bytes.len(), None),
        }
    }
}

/// A request of which no reply came is followed by another on a new connection.
fn is_first_line(bytes: &[u8]) -> bool {
    bytes.starts_with(b"GET /") || bytes.starts_with(b"POST /")
}

fn endpoint(request: &[u8]) -> String {
    let text = String::from_utf8_lossy(request);
    let path = text.split(' ').nth(1).expect("a request line comes in one piece");
    path.rsplit('/').next().unwrap_or_default().into()
}

/// True when the first has bytes or an end, false when the other has.
fn is_next(first: &TcpStream, other: &TcpStream) -> bool {
    let wanted = |stream: &TcpStream| libc::pollfd { fd: stream.as_raw_fd(), events: libc::POLLIN, revents: 0 };
    let mut both = [wanted(first), wanted(other)];
    // SAFETY: two entries, whose descriptors the borrowed streams keep open.
    let ready = unsafe { libc::poll(both.as_mut_ptr(), 2, -1) };
    assert!(ready > 0 || io::Error::last_os_error().kind() == io::ErrorKind::Interrupted, "poll failed");
    both[0].revents != 0
}

/// What is dropped after this is reset instead of closed.
fn reset(stream: &TcpStream) {
    let linger = libc::linger { l_onoff: 1, l_linger: 0 };
    let length = libc::socklen_t::try_from(size_of::<libc::linger>()).expect("a small size");
    // SAFETY: an open socket, and an option of the size that is told.
    let code = unsafe {
        libc::setsockopt(stream.as_raw_fd(), libc::SOL_SOCKET, libc::SO_LINGER, (&raw const linger).cast(), length)
    };
    assert_eq!(code, 0, "{}", io::Error::last_os_error());
}
