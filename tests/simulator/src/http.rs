//! Just enough HTTP/1.1, byte by byte, because the faults are about bytes.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// How often a waiting connection looks whether the server is ending.
pub(crate) const SLICE: Duration = Duration::from_millis(20);
const LARGEST_REQUEST: usize = 1024 * 1024;

/// One request.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) body: Vec<u8>,
    pub(crate) connection: u64,
}

/// One reply.
#[derive(Clone, Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) kind: &'static str,
    pub(crate) body: Vec<u8>,
    pub(crate) location: Option<String>,
}

impl Response {
    pub(crate) fn json(status: u16, value: &serde_json::Value) -> Self {
        Self { status, kind: "application/json; charset=utf-8", body: value.to_string().into_bytes(), location: None }
    }

    pub(crate) fn text(status: u16, text: &str) -> Self {
        Self { status, kind: "text/plain", body: text.into(), location: None }
    }

    pub(crate) fn page(html: &str) -> Self {
        Self { status: 200, kind: "text/html; charset=utf-8", body: html.into(), location: None }
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let location = self.location.as_ref().map_or_else(String::new, |url| format!("Location: {url}\r\n"));
        let head = format!(
            "HTTP/1.1 {} {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n{location}\r\n",
            self.status,
            reason(self.status),
            self.kind,
            self.body.len()
        );
        [head.as_bytes(), &self.body].concat()
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        202 => "Accepted",
        307 => "Temporary Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        _ => "Other",
    }
}

/// One connection, read in slices so that the server can end.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
    pub(crate) number: u64,
}

impl Connection {
    pub(crate) fn new(stream: TcpStream, number: u64) -> io::Result<Self> {
        stream.set_nonblocking(false)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(SLICE))?;
        Ok(Self { stream, buffer: Vec::new(), number })
    }

    /// The next request; nothing when the other side has closed, sent no HTTP, or `ending` says so.
    pub(crate) fn read(&mut self, ending: &dyn Fn() -> bool) -> Option<Request> {
        loop {
            if let Some((request, length)) = self.parse() {
                self.buffer.drain(..length);
                return Some(request);
            }
            let mut chunk = [0; 8192];
            match self.stream.read(&mut chunk) {
                Ok(0) => return None,
                Ok(count) => self.buffer.extend_from_slice(&chunk[..count]),
                Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {}
                Err(_) => return None,
            }
            if ending() || self.buffer.len() > LARGEST_REQUEST {
                return None;
            }
        }
    }

    /// The request and its length, once all of it has arrived.
    fn parse(&self) -> Option<(Request, usize)> {
        let mut headers = [httparse::EMPTY_HEADER; 64];
        let mut parsed = httparse::Request::new(&mut headers);
        let Ok(httparse::Status::Complete(head)) = parsed.parse(&self.buffer) else {
            return None;
        };
        let length = parsed
            .headers
            .iter()
            .find(|header| header.name.eq_ignore_ascii_case("content-length"))
            .and_then(|header| std::str::from_utf8(header.value).ok()?.trim().parse::<usize>().ok())
            .unwrap_or(0);
        let body = self.buffer.get(head..head + length)?.to_vec();
        let request = Request {
            method: parsed.method.unwrap_or_default().into(),
            path: parsed.path.unwrap_or_default().into(),
            body,
            connection: self.number,
        };
        Some((request, head + length))
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
