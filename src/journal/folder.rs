//! Where the journal lives.

use std::io;
use std::path::{Path, PathBuf};

use crate::codes::Code;
use crate::error::Error;
use crate::os::{self, Drive};

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
    os::make_shared_folder(&folder).map_err(|error| {
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

/// The drives a journal may be on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum AllowedDrives {
    /// Disks of this machine.
    #[default]
    Fixed,
    /// Also drives that may be gone in the middle of a sale. Only by explicit wish.
    Any,
}

/// A configured folder must exist: with a mistyped one an empty journal would begin, and open sales would be forgotten.
pub(super) fn check(folder: &Path, drives: AllowedDrives) -> Result<(), Error> {
    let facts = std::fs::metadata(folder)
        .map_err(|error| unusable(folder, &format!("cannot be used: {error}; make it, or correct the path")))?;
    if !facts.is_dir() {
        return Err(unusable(folder, "is not a folder; correct the path"));
    }
    let real = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.into());
    check_drive(folder, os::drive_of(&real), drives)
}

fn check_drive(folder: &Path, drive: Drive, drives: AllowedDrives) -> Result<(), Error> {
    let place = match drive {
        Drive::Fixed => return Ok(()),
        Drive::Network => "is on a network drive, which may be gone in the middle of a sale",
        Drive::Removable => "is on a removable drive, which may be gone in the middle of a sale",
    };
    match drives {
        AllowedDrives::Any => Ok(()),
        AllowedDrives::Fixed => Err(unusable(
            folder,
            &format!("{place}; choose a disk of this machine, or call cgt_terminal_allow_any_drive(t, 1)"),
        )),
    }
}

/// Windows redirects old programs without the right to write to a copy of the folder that only this user sees.
/// Registers of other users would miss its sales.
pub(super) fn check_redirection(file: &Path) -> Result<(), Error> {
    let real = std::fs::canonicalize(file).unwrap_or_else(|_| file.into());
    if !cfg!(windows) || !is_redirected(&real) {
        return Ok(());
    }
    let _ = std::fs::remove_file(file);
    Err(redirected(file.parent().unwrap_or(file), &real))
}

fn is_redirected(real: &Path) -> bool {
    real.components().any(|part| part.as_os_str().eq_ignore_ascii_case("VirtualStore"))
}

fn redirected(folder: &Path, real: &Path) -> Error {
    unusable(
        folder,
        &format!(
            "is redirected by Windows to {}; give this user the right to modify the folder, or set another",
            real.display()
        ),
    )
}

fn unusable(folder: &Path, why: &str) -> Error {
    Error::new(Code::Journal, format!("the journal folder {} {why}", folder.display()))
}

/// A new file is on disk only when its folder is flushed, too.
#[cfg(unix)]
pub(super) fn sync_parent(file: &Path) -> io::Result<()> {
    std::fs::File::open(file.parent().unwrap_or(file))?.sync_all()
}

/// Not needed on Windows: NTFS journals the entry itself.
#[cfg(not(unix))]
pub(super) fn sync_parent(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sentence has the path and the remedy.
    #[test]
    fn api_a_drive_that_may_be_gone_is_refused_unless_it_is_wished() {
        let folder = Path::new("/shop/journal");
        for (drive, name) in [(Drive::Network, "network"), (Drive::Removable, "removable")] {
            let refused = check_drive(folder, drive, AllowedDrives::Fixed).expect_err("not without a wish");
            assert_eq!(refused.code(), Code::Journal);
            for part in ["/shop/journal", name, "choose a disk of this machine", "cgt_terminal_allow_any_drive"] {
                assert!(refused.message().contains(part), "{}", refused.message());
            }
            assert!(check_drive(folder, drive, AllowedDrives::Any).is_ok());
        }
        assert!(check_drive(folder, Drive::Fixed, AllowedDrives::Fixed).is_ok());
    }

    #[test]
    fn api_a_redirected_file_is_told_by_where_it_really_is() {
        let real: PathBuf =
            ["users", "Eva", "AppData", "Local", "virtualstore", "till", "comgate-journal.log"].iter().collect();
        assert!(is_redirected(&real), "whatever its capitals");
        assert!(!is_redirected(Path::new("/till/VirtualStore2/comgate-journal.log")));
        let refused = redirected(Path::new("/till"), &real);
        assert_eq!(refused.code(), Code::Journal);
        for part in ["/till", "virtualstore", "right to modify"] {
            assert!(refused.message().contains(part), "{}", refused.message());
        }
    }
}
