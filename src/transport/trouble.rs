//! Why there is no reply.

use std::io::ErrorKind;

use crate::codes::Code;

/// What went wrong with an exchange. Says nothing about whether bytes left: that is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The name has no address.
    NameNotFound(String),
    /// Nobody listens there.
    Refused(String),
    /// There is no way there.
    Unreachable(String),
    /// No connection in time.
    ConnectTimeout(String),
    /// No reply, or not all of it, in time.
    ReplyTimeout(String),
    /// The connection broke, or what came was no HTTP, or too much of it.
    Broken(String),
    /// The register wished to cancel, and the reply was not waited for.
    Abandoned,
}

impl Trouble {
    /// The code of an exchange of which nothing was sent, or which moves no money.
    pub(crate) fn code(&self) -> Code {
        match self {
            Self::NameNotFound(_) => Code::NameNotFound,
            Self::Refused(_) => Code::Refused,
            Self::Unreachable(_) => Code::Unreachable,
            Self::ConnectTimeout(_) => Code::ConnectTimeout,
            Self::ReplyTimeout(_) => Code::NoReply,
            Self::Broken(_) => Code::Network,
            Self::Abandoned => Code::CancelledEarly,
        }
    }

    /// For people.
    pub(crate) fn words(&self) -> &str {
        match self {
            Self::NameNotFound(words)
            | Self::Refused(words)
            | Self::Unreachable(words)
            | Self::ConnectTimeout(words)
            | Self::ReplyTimeout(words)
            | Self::Broken(words) => words,
            Self::Abandoned => "the register cancelled while the reply was awaited",
        }
    }
}

impl From<ureq::Error> for Trouble {
    fn from(error: ureq::Error) -> Self {
        let words = error.to_string();
        match error {
            ureq::Error::HostNotFound => Self::NameNotFound(words),
            ureq::Error::Timeout(ureq::Timeout::Connect | ureq::Timeout::Resolve) => Self::ConnectTimeout(words),
            ureq::Error::Timeout(_) => Self::ReplyTimeout(words),
            ureq::Error::Io(error) => match error.kind() {
                ErrorKind::ConnectionRefused => Self::Refused(words),
                // What Windows answers for a blocked address family or a firewall's "no" is permission denied.
                ErrorKind::HostUnreachable
                | ErrorKind::NetworkUnreachable
                | ErrorKind::NetworkDown
                | ErrorKind::AddrNotAvailable
                | ErrorKind::PermissionDenied => Self::Unreachable(words),
                _ => Self::Broken(words),
            },
            _ => Self::Broken(words),
        }
    }
}
