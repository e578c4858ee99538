//! Why there is no reply.

use std::io::ErrorKind;

use crate::codes::Code;

/// What went wrong with an exchange. Whether bytes left is counted elsewhere.
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
    /// The code if nothing was sent, or if the exchange moves no money.
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

    /// What happened, for the log and the technician.
    pub(crate) fn detail(&self) -> &str {
        match self {
            Self::NameNotFound(detail)
            | Self::Refused(detail)
            | Self::Unreachable(detail)
            | Self::ConnectTimeout(detail)
            | Self::ReplyTimeout(detail)
            | Self::Broken(detail) => detail,
            Self::Abandoned => "the register cancelled while the reply was awaited",
        }
    }
}

impl From<ureq::Error> for Trouble {
    fn from(error: ureq::Error) -> Self {
        let detail = error.to_string();
        match error {
            ureq::Error::HostNotFound => Self::NameNotFound(detail),
            ureq::Error::Timeout(ureq::Timeout::Connect | ureq::Timeout::Resolve) => Self::ConnectTimeout(detail),
            ureq::Error::Timeout(_) => Self::ReplyTimeout(detail),
            ureq::Error::Io(error) => match error.kind() {
                ErrorKind::ConnectionRefused => Self::Refused(detail),
                // What Windows answers for a blocked address family or a firewall's "no" is permission denied.
                ErrorKind::HostUnreachable
                | ErrorKind::NetworkUnreachable
                | ErrorKind::NetworkDown
                | ErrorKind::AddrNotAvailable
                | ErrorKind::PermissionDenied => Self::Unreachable(detail),
                _ => Self::Broken(detail),
            },
            _ => Self::Broken(detail),
        }
    }
}
