//! Where the journal lives.

use std::io;
use std::path::{Path, PathBuf};

use crate::codes::Code;
use crate::error::Error;

const NAME: &str = "comgate-terminal";

/// The folder used when none is set: made when it is missing.
pub(crate) fn default_folder() -> Result<PathBuf, Error> {
    let base = base_folder().ok_or_else(|| {
        Error::new(
            Code::Journal,
            "there is no default folder for the journal on this system; set one with cgt_terminal_set_journal_dir",
        )
    })?;
    let folder = base.join(NAME);
    std::fs::create_dir_all(&folder).map_err(|error| {
        Error::new(
            Code::Journal,
            format!("the journal folder {} cannot be made: {error}; make it, or set another", folder.display()),
        )
    })?;
    Ok(folder)
}

#[cfg(windows)]
fn base_folder() -> Option<PathBuf> {
    absolute("PROGRAMDATA")
}

#[cfg(not(windows))]
fn base_folder() -> Option<PathBuf> {
    absolute("XDG_STATE_HOME").or_else(|| absolute("HOME").map(|home| home.join(".local/state")))
}

fn absolute(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).map(PathBuf::from).filter(|path| path.is_absolute())
}

/// A configured folder must exist: a mistyped one would start an empty journal, and forget what is open.
pub(super) fn check(folder: &Path) -> Result<(), Error> {
    let unusable = |why: &str| {
        Error::new(
            Code::Journal,
            format!("the journal folder {} {why}; make it, or correct the path", folder.display()),
        )
    };
    match std::fs::metadata(folder) {
        Ok(metadata) if metadata.is_dir() => Ok(()),
        Ok(_) => Err(unusable("is not a folder")),
        Err(error) => Err(unusable(&format!("cannot be used: {error}"))),
    }
}

/// A new file is on disk only when its folder is.
#[cfg(unix)]
pub(super) fn sync(folder: &Path) -> io::Result<()> {
    std::fs::File::open(folder)?.sync_all()
}

/// Windows has no such thing: NTFS journals the entry itself.
#[cfg(not(unix))]
pub(super) fn sync(_: &Path) -> io::Result<()> {
    Ok(())
}
