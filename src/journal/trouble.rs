//! Error texts about the journal: with its path and the remedy.

use std::io;
use std::path::{Path, PathBuf};

use super::FILE_NAME;
use super::loss::Loss;
use super::reserve;
use crate::codes::Code;
use crate::error::Error;

pub(super) fn path_in(folder: &Path) -> PathBuf {
    folder.join(FILE_NAME)
}

pub(super) fn unusable(folder: &Path, what: &str, error: &io::Error) -> Error {
    Error::new(
        Code::Journal,
        format!(
            "the journal {} {what}: {error}; check that the folder is there, its rights and the disk",
            path_in(folder).display()
        ),
    )
}

pub(super) fn lost(path: &Path, loss: &Loss, lines: u64) -> Error {
    Error::new(
        Code::Journal,
        format!(
            "the journal {} has vanished or is an older copy: {} lines of it ({}) were on disk, {lines} are there; put the file back, or, where it is lost, look at the terminal's history and call cgt_journal_accept_loss",
            path.display(),
            loss.lines,
            loss.id
        ),
    )
}

pub(super) fn not_written(folder: &Path, what: &str, error: &io::Error) -> Error {
    if reserve::is_full(error) { no_room(folder, error) } else { unusable(folder, what, error) }
}

fn no_room(folder: &Path, error: &io::Error) -> Error {
    Error::new(
        Code::Journal,
        format!(
            "there is no room for the journal in {}: {error}; make space on this disk, or set another folder",
            folder.display()
        ),
    )
}
