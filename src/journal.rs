//! The write-ahead journal: what was intended before it is sent, what the terminal said before it is confirmed, what was decided before it
//! is returned. Knows no network.
//!
//! One file per folder, append-only, one line per fact (see [`line`]). Two kinds of lock: [`lock::OperationLock`] per terminal for the
//! length of one operation, and one lock per folder for the length of one look-up and append. Readers take none.

mod folder;
mod history;
mod line;
mod lock;
mod record;

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

pub(crate) use folder::default_folder;
pub(crate) use history::{Attempt, History, State};
pub(crate) use lock::OperationLock;
pub(crate) use record::{Decided, Flags, Intent, Record};

use crate::codes::Code;
use crate::error::Error;
use crate::log;

const FILE_NAME: &str = "comgate-journal.log";

/// The journal of one folder.
#[derive(Clone, Debug)]
pub(crate) struct Journal {
    folder: PathBuf,
}

impl Journal {
    /// A journal in an existing folder; the first write shows whether it can be written to.
    pub(crate) fn in_folder(folder: &Path) -> Result<Self, Error> {
        folder::check(folder)?;
        Ok(Self { folder: folder.to_path_buf() })
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Everything the journal knows. A journal that does not exist yet is empty.
    pub(crate) fn read(&self) -> Result<History, Error> {
        match File::open(self.path()) {
            Ok(mut file) => self.read_from(&mut file),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(History::default()),
            Err(error) => Err(self.unusable("cannot be read", &error)),
        }
    }

    /// Appends one record and forces it to disk.
    pub(crate) fn append(&self, record: &Record) -> Result<(), Error> {
        self.append_if(|_| Ok(record.clone()))
    }

    /// Under the folder's lock: shows the history, and appends what `decide` makes of it. When this returns, the record is on disk.
    pub(crate) fn append_if(&self, decide: impl FnOnce(&History) -> Result<Record, Error>) -> Result<(), Error> {
        let _lock = lock::for_append(&self.folder)?;
        let path = self.path();
        let fresh = !path.exists();
        // Read and append, not create-new: another register may have been faster.
        let mut file = OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .open(&path)
            .map_err(|error| self.unusable("cannot be opened for writing", &error))?;
        let record = decide(&self.read_from(&mut file)?)?;
        Self::write(&mut file, &record).map_err(|error| self.unusable("cannot be written", &error))?;
        if fresh {
            folder::sync(&self.folder).map_err(|error| self.unusable("cannot be written", &error))?;
        }
        Ok(())
    }

    /// A torn last line, from a power cut in the middle of a write, is closed first, so that it cannot swallow the new one.
    fn write(file: &mut File, record: &Record) -> io::Result<()> {
        let mut text = String::new();
        if file.seek(SeekFrom::End(0))? > 0 {
            file.seek(SeekFrom::End(-1))?;
            let mut last = [0];
            file.read_exact(&mut last)?;
            if last != *b"\n" {
                text.push('\n');
            }
        }
        text += &line::write(record)?;
        file.write_all(text.as_bytes())?;
        file.sync_data()
    }

    fn read_from(&self, file: &mut File) -> Result<History, Error> {
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start(0))
            .and_then(|_| file.read_to_end(&mut bytes))
            .map_err(|error| self.unusable("cannot be read", &error))?;
        let mut history = History::default();
        for (number, text) in bytes.split(|byte| *byte == b'\n').enumerate().filter(|(_, text)| !text.is_empty()) {
            match line::read(text) {
                Some(record) => history.add(record),
                None => {
                    log::problem(&format!(
                        "{}: line {} is damaged and was left out",
                        self.path().display(),
                        number + 1
                    ));
                }
            }
        }
        Ok(history)
    }

    fn path(&self) -> PathBuf {
        self.folder.join(FILE_NAME)
    }

    fn unusable(&self, what: &str, error: &io::Error) -> Error {
        Error::new(
            Code::Journal,
            format!("the journal {} {what}: {error}; check the folder's rights and free space", self.path().display()),
        )
    }
}
