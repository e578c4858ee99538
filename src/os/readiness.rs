//! Waiting until a socket can be read or written, in slices, so that the cashier can be asked between them.
//!
//! Not done with a receive time-out of the socket: when it ends on Windows, bytes may have been lost.

use std::io;
use std::net::TcpStream;
use std::time::Duration;

/// Waits until the stream has bytes, was closed, or failed: then reading answers at once. False when the time is over first.
pub(crate) fn readable(stream: &TcpStream, wait: Duration) -> io::Result<bool> {
    ready(stream, system::READ, wait)
}

/// Waits until the stream takes bytes, was closed, or failed: then writing answers at once. False when the time is over first.
pub(crate) fn writable(stream: &TcpStream, wait: Duration) -> io::Result<bool> {
    ready(stream, system::WRITE, wait)
}

fn ready(stream: &TcpStream, event: i16, wait: Duration) -> io::Result<bool> {
    // Rounded up: a wait of less than a millisecond must not become a busy loop.
    let milliseconds = i32::try_from(wait.as_micros().div_ceil(1_000)).unwrap_or(i32::MAX);
    match system::poll(stream, event, milliseconds) {
        Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(false),
        other => other,
    }
}

#[cfg(unix)]
mod system {
    use std::io;
    use std::net::TcpStream;
    use std::os::fd::AsRawFd;

    pub(super) const READ: i16 = libc::POLLIN;
    pub(super) const WRITE: i16 = libc::POLLOUT;

    pub(super) fn poll(stream: &TcpStream, events: i16, milliseconds: i32) -> io::Result<bool> {
        let mut socket = libc::pollfd { fd: stream.as_raw_fd(), events, revents: 0 };
        // SAFETY: one valid entry, whose descriptor the borrowed stream keeps open.
        match unsafe { libc::poll(&raw mut socket, 1, milliseconds) } {
            -1 => Err(io::Error::last_os_error()),
            ready => Ok(ready > 0),
        }
    }
}

#[cfg(windows)]
mod system {
    use std::io;
    use std::net::TcpStream;
    use std::os::windows::io::{AsRawSocket, RawSocket};

    // WSAPOLLFD and WSAPoll as in winsock2.h; there since Windows Vista. Its known flaw, a refused connect that is never reported, does
    // not touch us: connecting is std's business.
    pub(super) const READ: i16 = 0x0300;
    pub(super) const WRITE: i16 = 0x0010;

    #[repr(C)]
    struct PollSocket {
        socket: RawSocket,
        events: i16,
        returned: i16,
    }

    #[link(name = "ws2_32")]
    unsafe extern "system" {
        fn WSAPoll(sockets: *mut PollSocket, count: u32, milliseconds: i32) -> i32;
    }

    pub(super) fn poll(stream: &TcpStream, events: i16, milliseconds: i32) -> io::Result<bool> {
        let mut socket = PollSocket { socket: stream.as_raw_socket(), events, returned: 0 };
        // SAFETY: one valid entry, whose socket the borrowed stream keeps open.
        match unsafe { WSAPoll(&raw mut socket, 1, milliseconds) } {
            // The only failing value; the reason is where std looks for it.
            -1 => Err(io::Error::last_os_error()),
            ready => Ok(ready > 0),
        }
    }
}
