//! What a terminal said about itself.

use crate::codes::{Code, TerminalField};
use crate::error::Error;

/// What the last `info` and `status` learned. Empty before the first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TerminalFacts {
    /// The terminal's id.
    pub id: Option<String>,
    /// Name of the protocol.
    pub protocol: Option<String>,
    /// Version the terminal names.
    pub version: Option<String>,
    /// The path that is used.
    pub base_path: Option<String>,
    /// Every path under which it answered the last `info`.
    pub versions: Vec<String>,
    /// It names itself a simulator.
    pub simulator: Option<bool>,
    /// It reached its authorization server.
    pub online: Option<bool>,
    /// Its own sentence about that.
    pub online_status: Option<String>,
    /// Its date and time, as it writes it.
    pub time: Option<String>,
    /// The reply of the last `exchange`, masked.
    pub reply: Option<String>,
}

impl TerminalFacts {
    /// A field as text; flags as 0 or 1.
    pub fn text(&self, field: TerminalField) -> Result<String, Error> {
        let flag = |flag: Option<bool>| flag.map(|flag| i32::from(flag).to_string());
        let value = match field {
            TerminalField::Id => self.id.clone(),
            TerminalField::Protocol => self.protocol.clone(),
            TerminalField::Version => self.version.clone(),
            TerminalField::BasePath => self.base_path.clone(),
            TerminalField::Simulator => flag(self.simulator),
            TerminalField::Online => flag(self.online),
            TerminalField::OnlineStatus => self.online_status.clone(),
            TerminalField::Time => self.time.clone(),
            TerminalField::Versions => Some(self.versions.join(",")).filter(|versions| !versions.is_empty()),
            TerminalField::Reply => self.reply.clone(),
        };
        value.ok_or_else(|| self.absent(field))
    }

    /// A field that is a number.
    pub fn number(&self, field: TerminalField) -> Result<i64, Error> {
        let value = match field {
            TerminalField::Simulator => self.simulator,
            TerminalField::Online => self.online,
            TerminalField::Id
            | TerminalField::Protocol
            | TerminalField::Version
            | TerminalField::BasePath
            | TerminalField::OnlineStatus
            | TerminalField::Time
            | TerminalField::Versions
            | TerminalField::Reply => {
                return Err(Error::new(Code::Field, format!("{} is a text, not a number", field.c_name())));
            }
        };
        value.map(i64::from).ok_or_else(|| self.absent(field))
    }

    fn absent(&self, field: TerminalField) -> Error {
        let name = field.c_name();
        let why = if field == TerminalField::Id && self.base_path.is_some() {
            format!("this terminal tells no {name}; it is known by its host and port, which must not change")
        } else if field == TerminalField::Reply {
            format!("there is no {name}; call cgt_terminal_exchange first")
        } else {
            format!("the terminal has not told {name}; call cgt_terminal_info or cgt_terminal_status first")
        };
        Error::new(Code::Absent, why)
    }
}
