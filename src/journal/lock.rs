//! Locks between programs and between handles. The files are never renamed or removed; the lock ends with the process at the latest.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::codes::Code;
use crate::error::Error;
use crate::testing::patience;

const APPEND: &str = "append.lock";
const PATIENCE: Duration = Duration::from_secs(3);
const PAUSE: Duration = Duration::from_millis(20);
/// The cashier is asked every 100 ms.
const ROUNDS_PER_QUESTION: u32 = 5;

/// Held by the one operation that a terminal may have, from its intent to its outcome.
#[derive(Debug)]
pub(crate) struct OperationLock {
    _file: Option<File>,
    owner: Option<PathBuf>,
}

impl OperationLock {
    /// Waits up to 3 s for the terminal to be free, or until the cashier does not want to wait.
    pub(super) fn acquire(
        folder: &Path,
        terminal: &str,
        sale_id: &str,
        give_up: &mut dyn FnMut() -> bool,
    ) -> Result<Self, Error> {
        let stem = format!("terminal-{}", file_name(terminal));
        let owner = folder.join(format!("{stem}.owner"));
        let file = wait_for(&folder.join(format!("{stem}.lock")), give_up)?.ok_or_else(|| {
            let who = std::fs::read_to_string(&owner).unwrap_or_else(|_| "another program".into());
            Error::new(Code::TerminalLocked, format!("the terminal {terminal} is in use by {who}"))
        })?;
        // For the message above only, and beside the lock: on Windows a locked file cannot be read. Best effort by its nature.
        let _ = std::fs::write(&owner, format!("process {} for sale {sale_id}", std::process::id()));
        Ok(Self { _file: Some(file), owner: Some(owner) })
    }

    /// Where there is no journal folder there is nothing to lock.
    pub(super) fn nothing() -> Self {
        Self { _file: None, owner: None }
    }
}

impl Drop for OperationLock {
    fn drop(&mut self) {
        if let Some(owner) = &self.owner {
            let _ = std::fs::remove_file(owner);
        }
    }
}

/// Held for one look-up and append.
pub(super) fn for_append(folder: &Path) -> Result<File, Error> {
    let path = folder.join(APPEND);
    wait_for(&path, &mut || false)?.ok_or_else(|| {
        Error::new(
            Code::Journal,
            format!(
                "another program has kept the journal locked for too long with {}; wait for it, or end it",
                path.display()
            ),
        )
    })
}

/// Whether locks can be made in this folder; so that a folder that cannot be written to is found before the first sale.
pub(super) fn check(folder: &Path) -> Result<(), Error> {
    let path = folder.join(APPEND);
    open(&path).map(drop).map_err(|error| unusable(&path, &error))
}

fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)
}

fn unusable(path: &Path, error: &io::Error) -> Error {
    Error::new(
        Code::Journal,
        format!("the lock file {} cannot be used: {error}; check the folder's rights", path.display()),
    )
}

fn wait_for(path: &Path, give_up: &mut dyn FnMut() -> bool) -> Result<Option<File>, Error> {
    let failed = |error: io::Error| unusable(path, &error);
    let file = open(path).map_err(failed)?;
    let deadline = Instant::now() + patience(PATIENCE);
    for round in 0_u32.. {
        match file.try_lock() {
            Ok(()) => return Ok(Some(file)),
            Err(TryLockError::WouldBlock) if Instant::now() < deadline => {
                if round % ROUNDS_PER_QUESTION == 0 && give_up() {
                    return Err(Error::new(
                        Code::CancelledEarly,
                        "the register cancelled while the terminal was in use elsewhere",
                    ));
                }
                std::thread::sleep(PAUSE);
            }
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
    }
    Ok(None)
}

/// A terminal's name as part of a file name. Different names stay different.
fn file_name(terminal: &str) -> String {
    let plain = |character: char| character.is_ascii_alphanumeric() || matches!(character, '.' | '-');
    terminal
        .chars()
        .map(|character| if plain(character) { character.to_string() } else { format!("_{:x}", u32::from(character)) })
        .collect()
}
