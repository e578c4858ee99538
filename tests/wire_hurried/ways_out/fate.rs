//! What may have become of the terminal since.

use std::fmt;

/// What has become of the terminal.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    On,
    Off,
    BusyHere,
    BusyElsewhere,
    Replaced,
    Reset,
    Moved,
}

impl Fate {
    pub const ALL: [Self; 7] =
        [Self::On, Self::Off, Self::BusyHere, Self::BusyElsewhere, Self::Replaced, Self::Reset, Self::Moved];

    pub fn title(self) -> &'static str {
        match self {
            Self::On => "The terminal is on and remembers",
            Self::Off => "The terminal is off",
            Self::BusyHere => "The terminal is locked by another till that shares the folder",
            Self::BusyElsewhere => "The terminal is busy with a till that has a journal of its own",
            Self::Replaced => "Another terminal stands at its address",
            Self::Reset => "The terminal was reset and has forgotten everything",
            Self::Moved => "The terminal has another address",
        }
    }
}

impl fmt::Display for Fate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.title())
    }
}
