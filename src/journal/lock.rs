//! Locks between programs and between handles. Their files are never renamed or removed; a lock ends with its process
//! at the latest.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::queue::{Limit, Queue, Turn};
use super::record::Record;
use crate::codes::Code;
use crate::error::Error;
use crate::patience::{LOCK, LOCK_AFTER_START, LOCK_PAUSE, SHORT_LOCK_PAUSE, hurried};

const APPEND: &str = "append.lock";
/// The cashier is asked every 100 ms.
const ROUNDS_PER_QUESTION: u32 = 5;

/// Held by the one operation on a terminal, from its look-up to its outcome.
#[derive(Debug)]
pub(crate) struct OperationLock {
    /// A fork copies it, and it stays this process's.
    process: u32,
    file: Option<File>,
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
        let (path, deadline) = (folder.join(format!("{stem}.lock")), Instant::now() + hurried(LOCK));
        let mut round = 0;
        let pause = &mut || pause_and_ask(&mut round, give_up);
        let file = wait_for(&path, deadline, pause)?.ok_or_else(|| {
            let who = std::fs::read_to_string(&owner).unwrap_or_else(|_| "another program".into());
            Error::new(Code::TerminalLocked, format!("the terminal {terminal} is in use by {who}"))
        })?;
        // For the message above only. In a file of its own, because a locked file cannot be read on Windows. May fail.
        let _ = std::fs::write(&owner, format!("process {} for sale {sale_id}", std::process::id()));
        Ok(Self { process: std::process::id(), file: Some(file), owner: Some(owner) })
    }

    /// Without a folder there is nothing to lock.
    pub(super) fn nothing() -> Self {
        Self { process: std::process::id(), file: None, owner: None }
    }
}

impl Drop for OperationLock {
    fn drop(&mut self) {
        if self.process != std::process::id() {
            return;
        }
        if let Some(owner) = &self.owner {
            let _ = std::fs::remove_file(owner);
        }
        // Unlocked, not only closed: a forked child keeps the file open.
        if let Some(file) = &self.file {
            let _ = file.unlock();
        }
    }
}

/// Held for one look-up and append: first among the registers of this process, then among the processes.
#[derive(Debug)]
pub(super) struct AppendLock<'q> {
    file: File,
    _turn: Turn<'q>,
}

impl Drop for AppendLock<'_> {
    fn drop(&mut self) {
        let _ = self.file.unlock();
    }
}

/// How long to wait before writing this.
pub(super) fn patience_for(record: &Record) -> Duration {
    match record {
        Record::Settled(_) | Record::Decided(_) => LOCK_AFTER_START,
        Record::Journal(_)
        | Record::Intent(_)
        | Record::Identified(_)
        | Record::Acknowledged(_)
        | Record::Resolved(_)
        | Record::Signature(_)
        | Record::Taught(_)
        | Record::Damaged(_)
        | Record::LossAccepted(_)
        | Record::Foreign(_) => LOCK,
    }
}

/// Waits up to `limit` for the journal to be free: longer, while others of this process get on.
pub(super) fn for_append<'q>(folder: &Path, queue: &'q Queue, limit: Duration) -> Result<AppendLock<'q>, Error> {
    let limit = Limit::new(hurried(limit), hurried(LOCK_AFTER_START));
    let path = folder.join(APPEND);
    let kept = |by: &str| {
        let path = path.display();
        Error::new(
            Code::Journal,
            format!("{by} has kept the journal locked for too long with {path}; wait for it, or end it"),
        )
    };
    let turn = queue.wait(limit).ok_or_else(|| kept("another register of this program"))?;
    if turn.lets_others_in {
        std::thread::sleep(SHORT_LOCK_PAUSE * 3);
    }
    let pause = &mut || {
        std::thread::sleep(SHORT_LOCK_PAUSE);
        Ok(())
    };
    let file = wait_for(&path, queue.deadline(limit), pause)?.ok_or_else(|| kept("another program"))?;
    turn.note_progress();
    Ok(AppendLock { file, _turn: turn })
}

/// Checks that locks can be made in this folder, before the first sale needs one.
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

/// Waits for the lock; None if it is not free in time. `pause` waits a little, or ends the waiting.
fn wait_for(
    path: &Path,
    deadline: Instant,
    pause: &mut dyn FnMut() -> Result<(), Error>,
) -> Result<Option<File>, Error> {
    let failed = |error: io::Error| unusable(path, &error);
    let file = open(path).map_err(failed)?;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Some(file)),
            Err(TryLockError::WouldBlock) if Instant::now() < deadline => pause()?,
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
    }
}

/// Between two looks at a terminal's lock. The cashier is asked every 100 ms.
fn pause_and_ask(round: &mut u32, give_up: &mut dyn FnMut() -> bool) -> Result<(), Error> {
    if round.is_multiple_of(ROUNDS_PER_QUESTION) && give_up() {
        return Err(Error::new(Code::CancelledEarly, "the register cancelled while the terminal was in use elsewhere"));
    }
    *round = round.wrapping_add(1);
    std::thread::sleep(LOCK_PAUSE);
    Ok(())
}

/// A lock name as part of a file name. Different names stay different.
fn file_name(terminal: &str) -> String {
    let plain = |character: char| character.is_ascii_alphanumeric() || matches!(character, '.' | '-');
    terminal
        .chars()
        .map(|character| if plain(character) { character.to_string() } else { format!("_{:x}", u32::from(character)) })
        .collect()
}
