//! Opening, replacing and flushing the files of a journal.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

use crate::patience::FILE_PAUSE;
use crate::testing;

/// Flushes the file.
pub(super) fn flush(file: &File) -> io::Result<()> {
    testing::slow_disk();
    file.sync_data()
}

/// Opens for reading and writing; made if it is missing. Not in append mode, because a torn end is cut off.
pub(super) fn open_for_writing(path: &Path) -> io::Result<File> {
    patiently(|| OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path))
}

/// Windows refuses access while another program, such as a virus scanner or a backup, has the file open: tries again
/// for up to 3 s.
pub(super) fn patiently<T>(mut attempt: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    const TRIES: u32 = 150;
    for _ in 1..TRIES {
        match attempt() {
            Err(error) if is_in_use(&error) => std::thread::sleep(FILE_PAUSE),
            other => return other,
        }
    }
    attempt()
}

/// ERROR_ACCESS_DENIED (replacing an open file), ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION.
fn is_in_use(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32 | 33))
}
