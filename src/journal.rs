//! The write-ahead journal. Each fact is on disk before the library acts on it: the intent before the start, the
//! approval before the confirm, the verdict before it is returned. It knows no network.
//!
//! One file per folder, append-only, one line per fact (see [`mod@line`]). Two kinds of lock: [`lock::OperationLock`] per terminal for the
//! length of one operation, and one lock per folder for the length of one look-up and append. Readers take none.
//!
//! | what happens to the file | what happens to the shop |
//! |---|---|
//! | the last line was torn by a power cut | nothing: what it said was not acted on yet |
//! | a line in the middle is damaged | the file is set aside dated and written anew, the sales that are touched are undecided, selling goes on |
//! | lines of a newer version | they are kept and skipped |
//! | the disk is full before a sale | the sale is refused, nothing was sent |
//! | the disk is full during a sale | a reserve is given up for it |
//! | writing or flushing fails | before the start: refused; after it: UNKNOWN, and nothing is confirmed |
//! | it lacks the lines of the last attempt | that attempt is undecided, selling goes on |
//! | it vanished, or is an older copy | sales are refused until it is put back, or a person accepts the loss |

mod attempt;
mod attempts;
mod charge;
mod clock;
mod compact;
mod damage;
mod disk;
mod file;
mod folder;
mod history;
mod index;
mod line;
mod lock;
mod loss;
mod mark;
mod names;
mod queue;
mod record;
mod reserve;
mod results;
mod rewrite;
mod shared;
mod trouble;

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

pub(crate) use attempt::{Attempt, State};
pub(crate) use folder::{AllowedDrives, default_folder};
pub(crate) use history::History;
pub(crate) use lock::OperationLock;
pub(crate) use record::{
    Accepted, Decided, Flags, Identified, Intent, PlainFact, Record, Resolved, Settled, Signature, TaughtCode,
};

use crate::error::Error;
use crate::log;
use crate::patience::{LOCK, LOCK_AFTER_START};
use crate::testing::{self, Guard};
use crate::utc;
use compact::Compaction;
use file::View;
use mark::Weight;
use queue::Queue;
use trouble::{lost, not_written, path_in, unusable};

const FILE_NAME: &str = "comgate-journal.log";

/// A journal. Handles of one process that are set to the same folder share what they know of it.
#[derive(Clone, Debug)]
pub(crate) struct Journal(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    /// None: in memory only, and forgotten with the handle. Only by explicit wish.
    folder: Option<PathBuf>,
    /// Not held while a line is on its way to the disk.
    view: Mutex<View>,
    queue: Queue,
    /// Expired lines are looked for once per process: a register is started every day.
    looked_for_expired: AtomicBool,
}

impl Journal {
    /// A journal in an existing folder that can be written to.
    pub(crate) fn in_folder(folder: &Path, drives: AllowedDrives) -> Result<Self, Error> {
        folder::check(folder, drives)?;
        lock::check(folder)?;
        Ok(Self(shared::in_folder(folder)))
    }

    /// A journal in memory: forgotten with the handle. Only by explicit wish.
    pub(crate) fn in_memory() -> Self {
        Self(Arc::default())
    }

    pub(crate) fn has_folder(&self) -> bool {
        self.0.folder.is_some()
    }

    /// Locks a terminal for one operation. Waits up to 3 s for it to be free, asking `give_up` meanwhile.
    pub(crate) fn lock_terminal(
        &self,
        terminal: &str,
        sale_id: &str,
        give_up: &mut dyn FnMut() -> bool,
    ) -> Result<OperationLock, Error> {
        match &self.0.folder {
            Some(folder) => OperationLock::acquire(folder, terminal, sale_id, give_up),
            None => Ok(OperationLock::nothing()),
        }
    }

    /// Everything the journal knows. A journal that does not exist yet is empty.
    pub(crate) fn read(&self) -> Result<Arc<History>, Error> {
        let mut view = self.view();
        let Some(folder) = &self.0.folder else { return Ok(view.history.clone()) };
        if view.writing {
            // The writer has read everything under the append lock, and nobody else can have written since.
            return Ok(view.history.clone());
        }
        let path = path_in(folder);
        match disk::patiently(|| File::open(&path)) {
            Ok(mut file) => {
                view.refresh(&path, &mut file).map_err(|error| unusable(folder, "cannot be read", &error))?;
                Ok(view.history.clone())
            }
            // A folder that has gone is not an empty journal.
            Err(error) if error.kind() == io::ErrorKind::NotFound && folder.is_dir() => {
                view.refresh_without_file(&path);
                Ok(view.history.clone())
            }
            Err(error) => Err(unusable(folder, "cannot be read", &error)),
        }
    }

    /// Reads, and flushes what another process may not have flushed. For whoever hands out a verdict that this process
    /// has not written: its writer may have died before the flush, and a power cut would take the verdict back.
    pub(crate) fn read_from_disk(&self) -> Result<Arc<History>, Error> {
        let history = self.read()?;
        let Some(folder) = &self.0.folder else { return Ok(history) };
        if !self.view().unflushed || testing::broken(Guard::BelieveUnflushed) {
            return Ok(history);
        }
        let _lock = lock::for_append(folder, &self.0.queue, LOCK)?;
        let path = path_in(folder);
        let file = open(folder, &path, &mut self.view())?;
        disk::flush(&file).map_err(|error| unusable(folder, "cannot be written", &error))?;
        testing::note_synced(&path, &file);
        self.view().note_flushed();
        self.mark(&path, Weight::Light);
        Ok(self.view().history.clone())
    }

    /// Appends one record. When this returns, it is on disk.
    pub(crate) fn append(&self, record: &Record) -> Result<(), Error> {
        self.append_within(lock::patience_for(record), |_| Ok(record.clone()))
    }

    /// Under the append lock: shows the history to `decide`, and appends its record.
    pub(crate) fn append_if(&self, decide: impl FnOnce(&History) -> Result<Record, Error>) -> Result<(), Error> {
        self.append_within(LOCK, decide)
    }

    fn append_within(
        &self,
        patience: Duration,
        decide: impl FnOnce(&History) -> Result<Record, Error>,
    ) -> Result<(), Error> {
        let Some(folder) = &self.0.folder else {
            let history = self.read()?;
            let record = decide(&history)?;
            drop(history);
            self.view().remember(record);
            return Ok(());
        };
        // Reads what is new before taking the lock: it may be much, and the others would have to wait.
        self.read()?;
        let _lock = lock::for_append(folder, &self.0.queue, patience)?;
        let path = path_in(folder);
        let (mut file, history) = self.open_whole(folder, &path)?;
        let record = decide(&history)?;
        if let Record::Intent(_) = record {
            self.check_for_loss(folder, &path, &mut file)?;
            reserve::ensure(folder)
                .map_err(|error| not_written(folder, "cannot keep its reserve beside it", &error))?;
        }
        self.write(folder, &path, &mut file, &record, Weight::Light)
    }

    /// Refuses new sales while lines are missing: a lost line may be this very sale.
    fn check_for_loss(&self, folder: &Path, path: &Path, file: &mut File) -> Result<(), Error> {
        let mut view = self.view();
        if view.loss.is_some() {
            // Look again: somebody may have put the file back.
            view.doubt();
            view.refresh(path, file).map_err(|error| unusable(folder, "cannot be read", &error))?;
        }
        let lines = view.lines();
        view.loss.as_ref().map_or(Ok(()), |loss| Err(lost(path, loss, lines)))
    }

    /// A person knows that lines are missing and goes on. Does nothing if none are.
    pub(crate) fn accept_loss(&self, note: &str) -> Result<(), Error> {
        let Some(folder) = &self.0.folder else { return Ok(()) };
        self.read()?;
        let _lock = lock::for_append(folder, &self.0.queue, LOCK)?;
        let path = path_in(folder);
        let (mut file, _) = self.open_whole(folder, &path)?;
        if self.check_for_loss(folder, &path, &mut file).is_ok() {
            return Ok(());
        }
        let Some(loss) = self.view().loss.clone() else { return Ok(()) };
        let record =
            Record::LossAccepted(Accepted { time: utc::now(), id: loss.id, lines: loss.lines, note: note.into() });
        self.write(folder, &path, &mut file, &record, Weight::Alone)
    }

    /// Opens the file and mends it: damaged lines are set aside, and a missing last attempt is written again.
    fn open_whole(&self, folder: &Path, path: &Path) -> Result<(File, Arc<History>), Error> {
        let mut view = self.view();
        let mut file = open(folder, path, &mut view)?;
        if view.damaged_lines > 0 {
            file = mend(path, &mut view, file)
                .map_err(|error| unusable(folder, "is damaged and cannot be mended", &error))?;
        }
        let lacks = view.lacks.clone();
        drop(view);
        if let Some(intent) = lacks {
            log::problem(&format!(
                "{} lacked the sale {}, which was begun; it is undecided",
                path.display(),
                intent.sale
            ));
            self.write(folder, path, &mut file, &Record::Intent(intent), Weight::Alone)?;
        }
        Ok((file, self.view().history.clone()))
    }

    /// Notes in the side file how far the journal is on disk. If the side file lags behind, that does no harm.
    fn mark(&self, path: &Path, weight: Weight) {
        let view = self.view();
        if let Some(Err(error)) = view.mark().map(|mark| mark::write(path, &mark, weight)) {
            log::problem(&format!("the side file of {} cannot be written: {error}", path.display()));
        }
    }

    /// Writes a line. On a full disk it uses the reserve, but not for a new sale.
    fn write(&self, folder: &Path, path: &Path, file: &mut File, record: &Record, weight: Weight) -> Result<(), Error> {
        let failed = |error: &io::Error| not_written(folder, "cannot be written", error);
        let line = self.view().begin(record).map_err(|error| failed(&error))?;
        let _writing = Writing(self);
        let mut written = line.write(path, file);
        if let Err(error) = &written
            && reserve::is_full(error)
            && !matches!(record, Record::Intent(_))
        {
            log::problem("the disk of the journal is full; its reserve is used to finish what was begun");
            reserve::give_up(folder);
            *file = disk::open_for_writing(path)
                .map_err(|error| unusable(folder, "cannot be opened for writing", &error))?;
            written = line.write(path, file);
        }
        written.map_err(|error| failed(&error))?;
        self.view().finish(line, record, file);
        if record.must_be_on_disk() {
            self.mark(path, weight);
        }
        Ok(())
    }

    /// Drops expired lines if enough of them have gathered. A failure only leaves the file longer.
    pub(crate) fn forget_expired(&self, retention_days: i64) {
        if self.0.looked_for_expired.swap(true, Ordering::Relaxed) {
            return;
        }
        if let Err(error) = self.compact(retention_days) {
            log::problem(&format!("the journal could not be shortened: {error}"));
        }
    }

    /// The append lock is held only at the beginning and at the end, so that others go on selling.
    fn compact(&self, retention_days: i64) -> Result<(), Error> {
        let Some(folder) = &self.0.folder else { return Ok(()) };
        let path = path_in(folder);
        let length = std::fs::metadata(&path).map_or(0, |facts| facts.len());
        let history = self.read()?;
        if !rewrite::pays(length, &history, retention_days) {
            return Ok(());
        }
        let failed = |error: io::Error| unusable(folder, "cannot be shortened", &error);
        let begun = {
            let _lock = lock::for_append(folder, &self.0.queue, LOCK)?;
            let mut view = self.view();
            let file = open(folder, &path, &mut view)?;
            Compaction::begin(&path, file, &view, retention_days).map_err(failed)?
        };
        let Some(mut compaction) = begun else { return Ok(()) };
        compaction.copy_what_is_kept().map_err(failed)?;
        let _lock = lock::for_append(folder, &self.0.queue, LOCK_AFTER_START)?;
        let mut view = self.view();
        let file = open(folder, &path, &mut view)?;
        if let Some(compacted) = compaction.finish(&path, file, &view).map_err(failed)? {
            *view = compacted;
        }
        Ok(())
    }

    /// What a file with these bytes would tell.
    #[cfg(feature = "testing")]
    pub(crate) fn history_of(bytes: &[u8]) -> Arc<History> {
        let mut view = View::default();
        view.read_lines(bytes);
        view.history
    }

    fn view(&self) -> MutexGuard<'_, View> {
        // A panic while reading leaves at worst a view that is read again.
        self.0.view.lock().unwrap_or_else(|poisoned| {
            let mut view = poisoned.into_inner();
            if self.0.folder.is_some() {
                *view = View::default();
            }
            self.0.view.clear_poison();
            view
        })
    }
}

/// While this lives, a line is on its way to the disk.
struct Writing<'j>(&'j Journal);

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        self.0.view().writing = false;
    }
}

/// Opens the file and reads everything in it.
fn open(folder: &Path, path: &Path, view: &mut View) -> Result<File, Error> {
    let fresh = !path.exists();
    let mut file =
        disk::open_for_writing(path).map_err(|error| unusable(folder, "cannot be opened for writing", &error))?;
    if fresh {
        folder::check_redirection(path)?;
        folder::sync_parent(path).map_err(|error| unusable(folder, "cannot be written", &error))?;
    }
    view.refresh(path, &mut file).map_err(|error| unusable(folder, "cannot be read", &error))?;
    Ok(file)
}

/// Sets a damaged file aside and goes on with its good lines.
fn mend(path: &Path, view: &mut View, file: File) -> io::Result<File> {
    // Windows before 10 cannot replace an open file, even if this very program has it open.
    drop(file);
    let aside = rewrite::set_aside(path)?;
    log::problem(&format!(
        "{} had {} damaged lines; it was kept as {}, and the sales they belong to are undecided",
        path.display(),
        view.damaged_lines,
        aside.display()
    ));
    rewrite::without_damage(path, view)?;
    let mut file = disk::open_for_writing(path)?;
    view.refresh(path, &mut file)?;
    Ok(file)
}
