//! Just enough HTTP, byte by byte, because the faults are about bytes.

mod request;

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use request::Arrived;
pub(crate) use request::Request;

/// How often a waiting connection looks whether the server is ending.
pub(crate) const SLICE: Duration = Duration::from_millis(20);
/// How much of what comes after a wrong request is read before the connection is closed.
const LARGEST_REST: usize = 256 * 1024;

/// One reply.
#[derive(Clone, Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) kind: &'static str,
    pub(crate) body: Vec<u8>,
    /// Headers beside those that every reply has.
    pub(crate) headers: Vec<(&'static str, String)>,
}

impl Response {
    fn new(status: u16, kind: &'static str, body: Vec<u8>) -> Self {
        Self { status, kind, body, headers: Vec::new() }
    }

    pub(crate) fn json(status: u16, value: &serde_json::Value) -> Self {
        Self::new(status, "application/json; charset=utf-8", value.to_string().into_bytes())
    }

    pub(crate) fn text(status: u16, text: &str) -> Self {
        Self::new(status, "text/plain", text.into())
    }

    pub(crate) fn page(html: &str) -> Self {
        Self::new(200, "text/html; charset=utf-8", html.into())
    }

    #[must_use]
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The bytes that answer this request: HEAD wants no body, and a connection that ends is said to.
    pub(crate) fn bytes(&self, request: &Request) -> Vec<u8> {
        let fixed = [("Content-Type", self.kind.to_owned()), ("Content-Length", self.body.len().to_string())];
        let closing = request.closes.then(|| ("Connection", "close".to_owned()));
        let lines =
            fixed.iter().chain(&self.headers).chain(&closing).map(|(name, value)| format!("{name}: {value}\r\n"));
        let headers: String = lines.collect();
        let head = format!("HTTP/1.1 {} {}\r\n{headers}\r\n", self.status, reason(self.status));
        let body: &[u8] = if request.method == "HEAD" { &[] } else { &self.body };
        [head.as_bytes(), body].concat()
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        202 => "Accepted",
        204 => "No Content",
        307 => "Temporary Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        413 => "Content Too Large",
        431 => "Request Header Fields Too Large",
        _ => "Other",
    }
}

/// One connection, read in slices so that the server can end.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
    /// How long a request may take to arrive, once its first byte is there.
    patience: Duration,
    pub(crate) number: u64,
}

impl Connection {
    pub(crate) fn new(stream: TcpStream, number: u64, patience: Duration) -> io::Result<Self> {
        stream.set_nonblocking(false)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(SLICE))?;
        Ok(Self { stream, buffer: Vec::new(), patience, number })
    }

    /// The next request; nothing when the other side has closed, sent no HTTP or only half a request, or `ending` says so.
    pub(crate) fn read(&mut self, ending: &dyn Fn() -> bool) -> Option<Request> {
        let (mut begun, mut told) = (None, false);
        loop {
            match request::read(&self.buffer, self.number) {
                Arrived::Whole(request, length) => {
                    self.buffer.drain(..length);
                    return Some(*request);
                }
                Arrived::Wrong(status) => {
                    self.refuse(status);
                    return None;
                }
                Arrived::Part { expects_continue } if expects_continue && !told => {
                    told = true;
                    self.write(b"HTTP/1.1 100 Continue\r\n\r\n").ok()?;
                }
                Arrived::Part { .. } => {}
            }
            if !self.buffer.is_empty() && begun.get_or_insert_with(Instant::now).elapsed() > self.patience {
                return None;
            }
            let mut chunk = [0; 8192];
            match self.stream.read(&mut chunk) {
                Ok(0) => return None,
                Ok(count) => self.buffer.extend_from_slice(&chunk[..count]),
                Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {}
                Err(_) => return None,
            }
            if ending() {
                return None;
            }
        }
    }

    /// Says why nothing is read any more. What still arrives is thrown away, or the other side would not get to read the answer.
    fn refuse(&mut self, status: u16) {
        let closing = Request { closes: true, ..Request::default() };
        let _ = self.write(&Response::text(status, reason(status)).bytes(&closing));
        let _ = self.stream.shutdown(std::net::Shutdown::Write);
        let (mut chunk, mut read) = ([0; 8192], 0);
        while let Ok(count) = self.stream.read(&mut chunk) {
            read += count;
            if count == 0 || read > LARGEST_REST {
                return;
            }
        }
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes)
    }

    /// Writes one byte at a time.
    pub(crate) fn drip(&mut self, bytes: &[u8], pause: Duration, ending: &dyn Fn() -> bool) -> io::Result<()> {
        for byte in bytes {
            self.write(&[*byte])?;
            wait(pause, ending);
        }
        Ok(())
    }
}

/// Waits, but not past the end of the server.
pub(crate) fn wait(time: Duration, ending: &dyn Fn() -> bool) {
    let until = Instant::now() + time;
    while !ending() {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return;
        }
        std::thread::sleep(left.min(SLICE));
    }
}
