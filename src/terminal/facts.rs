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
    /// The path under which it answered.
    pub base_path: Option<String>,
    /// It names itself a simulator.
    pub simulator: Option<bool>,
    /// It reached its authorization server.
    pub online: Option<bool>,
    /// Its words about that.
    pub online_status: Option<String>,
    /// Its date and time, as it writes it.
    pub time: Option<String>,
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
        };
        value.ok_or_else(|| absent(field))
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
            | TerminalField::Time => {
                return Err(Error::new(Code::Field, format!("{} is a text, not a number", field.c_name())));
            }
        };
        value.map(i64::from).ok_or_else(|| absent(field))
    }
}

fn absent(field: TerminalField) -> Error {
    Error::new(
        Code::Absent,
        format!("the terminal has not told {}; call cgt_terminal_info or cgt_terminal_status first", field.c_name()),
    )
}
