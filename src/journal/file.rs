//! The journal's file: reading on from where one was, and writing so that what is said to be on disk is.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::damage;
use super::history::History;
use super::line;
use super::record::{Header, Record, VERSION};
use crate::ids;
use crate::testing;

/// The longest first line there is.
const LONGEST_HEADER: u64 = 256;

/// What was read so far of one file.
#[derive(Debug, Default)]
pub(super) struct View {
    /// From the file's first line; another id is another file.
    id: Option<String>,
    /// The end of the last whole line.
    end: u64,
    pub(super) history: Arc<History>,
    /// How many lines are there and cannot be believed.
    pub(super) damaged_lines: usize,
    /// A fact was read that must be on disk, and that another program may have died before flushing: only the system may know it yet.
    pub(super) unflushed: bool,
}

impl View {
    /// Reads what has come since the last time.
    pub(super) fn refresh(&mut self, file: &mut File) -> io::Result<()> {
        let id = id_of(file)?;
        let length = file.metadata()?.len();
        if id.is_none() || id != self.id || length < self.end {
            *self = Self { id, ..Self::default() };
        }
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start(self.end))?;
        file.read_to_end(&mut bytes)?;
        self.read_lines(&bytes);
        Ok(())
    }

    /// Takes in what stands behind the last whole line that is known.
    pub(super) fn read_lines(&mut self, bytes: &[u8]) {
        // A last line without its end is still being written, or was torn by a power cut: it says nothing yet.
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let lines = bytes.get(..whole).unwrap_or_default().split(|byte| *byte == b'\n');
        for text in lines.filter(|text| !text.is_empty()) {
            self.read_line(text);
        }
        self.end += whole as u64;
    }

    fn read_line(&mut self, text: &[u8]) {
        if let Some(record) = line::read(text) {
            self.unflushed |= record.must_be_on_disk();
            return self.add(record);
        }
        let fragments = damage::fragments(text);
        for fragment in &fragments {
            Arc::make_mut(&mut self.history).add_fragment(fragment);
        }
        self.damaged_lines += 1;
    }

    fn add(&mut self, record: Record) {
        Arc::make_mut(&mut self.history).add(record);
    }

    /// Adds a record that is kept in memory only.
    pub(super) fn remember(&mut self, record: Record) {
        self.add(record);
    }

    /// Appends a record where the last whole line ends. When this returns, it is on disk, or as good as never written.
    pub(super) fn append(&mut self, path: &Path, file: &mut File, record: &Record) -> io::Result<()> {
        let mut text = String::new();
        if self.id.is_none() {
            let header = header()?;
            text += &line::write(&header)?;
            if let Record::Journal(header) = header {
                self.id = Some(header.id);
            }
        }
        text += &line::write(record)?;
        testing::point("write", record.fact());
        let written = self.write_at_end(path, file, text.as_bytes(), record.must_be_on_disk());
        match written {
            Ok(()) => {
                testing::point("written", record.fact());
                self.end += text.len() as u64;
                // A flush is of the whole file.
                self.unflushed &= !record.must_be_on_disk();
                self.add(record.clone());
            }
            // A line that may or may not be on disk must not be believed later. A failed flush is never tried again: the system has
            // forgotten by then what it could not write.
            Err(_) => {
                let _ = file.set_len(self.end);
            }
        }
        written
    }

    fn write_at_end(&self, path: &Path, file: &mut File, bytes: &[u8], sync: bool) -> io::Result<()> {
        // What a power cut left behind the last whole line goes.
        if file.metadata()?.len() > self.end {
            file.set_len(self.end)?;
        }
        file.seek(SeekFrom::Start(self.end))?;
        let (first, rest) = bytes.split_at(bytes.len() / 2);
        file.write_all(first)?;
        testing::point("write", "half a line");
        file.write_all(rest)?;
        if sync && !testing::broken("skip-flush") {
            testing::point("flush", "line");
            file.sync_data()?;
            testing::note_synced(path, file);
        }
        Ok(())
    }

    /// Makes sure of everything that was read.
    pub(super) fn flush(&mut self, path: &Path, file: &File) -> io::Result<()> {
        file.sync_data()?;
        testing::note_synced(path, file);
        self.unflushed = false;
        Ok(())
    }
}

/// A first line for a new file.
pub(super) fn header() -> io::Result<Record> {
    let id = ids::fresh().map_err(|error| io::Error::other(error.message().to_owned()))?;
    Ok(Record::Journal(Header { version: VERSION, id }))
}

/// For reading and writing, made when it is missing. Not for appending: a torn end is cut off.
pub(super) fn open_for_writing(path: &Path) -> io::Result<File> {
    patiently(|| OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path))
}

/// Windows refuses what would disturb another program that has the file open, such as a virus scanner or a backup: then it is tried again
/// for up to 3 s.
pub(super) fn patiently<T>(mut attempt: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    const TRIES: u32 = 150;
    const PAUSE: Duration = Duration::from_millis(20);
    for _ in 1..TRIES {
        match attempt() {
            Err(error) if is_in_use(&error) => std::thread::sleep(PAUSE),
            other => return other,
        }
    }
    attempt()
}

/// ERROR_ACCESS_DENIED is what replacing an open file is answered with; then ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION.
fn is_in_use(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32 | 33))
}

fn id_of(file: &mut File) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.take(LONGEST_HEADER).read_to_end(&mut bytes)?;
    let first = bytes.iter().position(|byte| *byte == b'\n').and_then(|end| bytes.get(..end));
    match first.and_then(line::read) {
        Some(Record::Journal(header)) => Ok(Some(header.id)),
        Some(_) | None => Ok(None),
    }
}
