//! Reading one request out of the bytes that have arrived so far.

use httparse::Status;

/// More than this is no request of a register.
const LARGEST_REQUEST: usize = 1024 * 1024;
const MOST_HEADERS: usize = 64;

/// One request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// Without a query.
    pub(crate) path: String,
    /// What follows the path, without the question mark.
    pub(crate) query: String,
    pub(crate) body: Vec<u8>,
    pub(crate) connection: u64,
    pub(crate) host: Option<String>,
    pub(crate) origin: Option<String>,
    /// The other side wants no other request on this connection.
    pub(crate) closes: bool,
}

/// What has arrived so far.
pub(super) enum Arrived {
    /// Not all of it.
    Part {
        /// The other side waits for a word before it sends the body.
        expects_continue: bool,
    },
    /// A request, and how many bytes it takes.
    Whole(Box<Request>, usize),
    /// No request, or one that is not read: the status to answer it with.
    Wrong(u16),
}

const PART: Arrived = Arrived::Part { expects_continue: false };

pub(super) fn read(bytes: &[u8], connection: u64) -> Arrived {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut parsed = httparse::Request::new(&mut headers);
    let head = match parsed.parse(bytes) {
        Ok(Status::Complete(head)) => head,
        Ok(Status::Partial) if bytes.len() > LARGEST_REQUEST => return Arrived::Wrong(413),
        Ok(Status::Partial) => return PART,
        Err(httparse::Error::TooManyHeaders) => return Arrived::Wrong(431),
        Err(_) => return Arrived::Wrong(400),
    };
    let header = |name: &str| {
        let found = parsed.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name));
        found.map(|header| String::from_utf8_lossy(header.value).trim().to_owned())
    };
    let has = |name: &str, token: &str| header(name).is_some_and(|value| value.to_ascii_lowercase().contains(token));
    let rest = bytes.get(head..).unwrap_or_default();
    let body = if has("transfer-encoding", "chunked") {
        chunked(rest)
    } else {
        let lengths = parsed.headers.iter().filter(|header| header.name.eq_ignore_ascii_case("content-length"));
        sized(rest, lengths.map(|header| header.value))
    };
    let (body, length) = match body {
        Body::Whole(body, length) => (body, head + length),
        Body::Part => return Arrived::Part { expects_continue: has("expect", "100-continue") },
        Body::Wrong(status) => return Arrived::Wrong(status),
    };
    let old = parsed.version == Some(0);
    let target = parsed.path.unwrap_or_default();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let request = Request {
        method: parsed.method.unwrap_or_default().into(),
        path: path.into(),
        query: query.into(),
        body,
        connection,
        host: header("host"),
        origin: header("origin"),
        closes: has("connection", "close") || (old && !has("connection", "keep-alive")),
    };
    Arrived::Whole(Box::new(request), length)
}

/// A body, and how many bytes it takes.
enum Body {
    Part,
    Whole(Vec<u8>, usize),
    Wrong(u16),
}

fn sized<'b>(rest: &[u8], lengths: impl Iterator<Item = &'b [u8]>) -> Body {
    let mut length = None;
    for value in lengths {
        let Some(found) = std::str::from_utf8(value).ok().and_then(|text| text.trim().parse::<u64>().ok()) else {
            return Body::Wrong(400);
        };
        if length.is_some_and(|length| length != found) {
            return Body::Wrong(400);
        }
        length = Some(found);
    }
    match usize::try_from(length.unwrap_or_default()) {
        Ok(length) if length <= LARGEST_REQUEST => {
            rest.get(..length).map_or(Body::Part, |body| Body::Whole(body.to_vec(), length))
        }
        Ok(_) | Err(_) => Body::Wrong(413),
    }
}

fn chunked(rest: &[u8]) -> Body {
    let (mut body, mut at) = (Vec::new(), 0);
    loop {
        let left = rest.get(at..).unwrap_or_default();
        let (begin, size) = match httparse::parse_chunk_size(left) {
            Ok(Status::Complete(found)) => found,
            Ok(Status::Partial) => return Body::Part,
            Err(_) => return Body::Wrong(400),
        };
        let Some(size) = usize::try_from(size).ok().filter(|size| body.len() + size <= LARGEST_REQUEST) else {
            return Body::Wrong(413);
        };
        let left = left.get(begin..).unwrap_or_default();
        if size == 0 {
            // What a trailer says does not matter; an empty line ends it.
            return match after_trailer(left) {
                Some(length) => Body::Whole(body, at + begin + length),
                None => Body::Part,
            };
        }
        match (left.get(..size), left.get(size..size + 2)) {
            (Some(chunk), Some(b"\r\n")) => body.extend_from_slice(chunk),
            (Some(_), Some(_)) => return Body::Wrong(400),
            _ => return Body::Part,
        }
        at += begin + size + 2;
    }
}

/// How many bytes there are up to and with the empty line.
fn after_trailer(bytes: &[u8]) -> Option<usize> {
    if bytes.starts_with(b"\r\n") {
        return Some(2);
    }
    bytes.windows(4).position(|four| four == b"\r\n\r\n").map(|place| place + 4)
}
