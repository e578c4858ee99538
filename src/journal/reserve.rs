//! A reserve of disk space for the lines after a start. Made while there is space, given up when there is none.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Enough for the rest of some ten sales, whose longest line has about 2 KiB.
const SIZE: usize = 64 * 1024;

fn path(folder: &Path) -> PathBuf {
    folder.join("comgate-journal.reserve")
}

/// Makes the reserve if it is missing. With an error no sale may start.
pub(super) fn ensure(folder: &Path) -> io::Result<()> {
    let path = path(folder);
    if std::fs::metadata(&path).is_ok_and(|facts| facts.len() == SIZE as u64) {
        return Ok(());
    }
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).open(&path)?;
    let filled = fill(&mut file);
    if filled.is_err() {
        // Half a reserve would only take up the missing space.
        drop(file);
        let _ = std::fs::remove_file(&path);
    }
    filled
}

/// Random bytes, because a file system may compress others or leave out zeros.
fn fill(file: &mut File) -> io::Result<()> {
    let mut bytes = vec![0; SIZE];
    getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    file.write_all(&bytes)?;
    file.sync_all()
}

/// Gives the reserve up for a line that does not fit.
pub(super) fn give_up(folder: &Path) {
    let _ = std::fs::remove_file(path(folder));
}

/// True if the error means that there is no space.
pub(super) fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}
