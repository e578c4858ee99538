//! The journal's file: reading on from where one was, and writing so that what is said to be on disk is.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

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
    /// A line of this process is on its way to the disk: until it is there, nothing behind the last whole line is looked at.
    pub(super) writing: bool,
    /// When the file was last changed, where it was read to its end.
    changed: Option<SystemTime>,
}

/// So much is read at once.
const PIECE: u64 = 1024 * 1024;

impl View {
    /// Reads what has come since the last time.
    pub(super) fn refresh(&mut self, file: &mut File) -> io::Result<()> {
        let id = id_of(file)?;
        let facts = file.metadata()?;
        // Not by appending: somebody has written over what was read.
        let overwritten = facts.len() == self.end && self.changed.is_some() && self.changed != facts.modified().ok();
        if id.is_none() || id != self.id || facts.len() < self.end || overwritten {
            *self = Self { id, writing: self.writing, ..Self::default() };
        }
        file.seek(SeekFrom::Start(self.end))?;
        let mut bytes = Vec::new();
        while (&*file).take(PIECE).read_to_end(&mut bytes)? > 0 {
            let before = self.end;
            self.read_lines(&bytes);
            bytes.drain(..usize::try_from(self.end - before).unwrap_or_default());
        }
        self.note_change(file);
        Ok(())
    }

    fn note_change(&mut self, file: &File) {
        let facts = file.metadata().ok().filter(|facts| facts.len() == self.end);
        self.changed = facts.and_then(|facts| facts.modified().ok());
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

    /// Whoever still looks at the older state keeps it; the copy shares all but what changes.
    fn add(&mut self, record: Record) {
        Arc::make_mut(&mut self.history).add(record);
    }

    /// Adds a record that is kept in memory only.
    pub(super) fn remember(&mut self, record: Record) {
        self.add(record);
    }

    /// The bytes that are about to be appended for a record.
    pub(super) fn begin(&mut self, record: &Record) -> io::Result<Line> {
        let mut text = String::new();
        let mut id = self.id.clone();
        if id.is_none() {
            let header = header()?;
            text += &line::write(&header)?;
            if let Record::Journal(header) = header {
                id = Some(header.id);
            }
        }
        text += &line::write(record)?;
        (self.writing, self.changed) = (true, None);
        Ok(Line { text, id, at: self.end, fact: record.fact(), must_be_on_disk: record.must_be_on_disk() })
    }

    /// Of a file that is being written anew, and its first line.
    pub(super) fn of_a_new_file() -> io::Result<(Self, String)> {
        let mut view = Self::default();
        let header = header()?;
        let text = line::write(&header)?;
        if let Record::Journal(header) = header {
            view.id = Some(header.id);
        }
        view.end = text.len() as u64;
        Ok((view, text))
    }

    /// A line of so many bytes stands there, and is or will be flushed.
    pub(super) fn take_in(&mut self, record: Record, length: usize) {
        self.add(record);
        self.end += length as u64;
    }

    pub(super) fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    pub(super) fn end(&self) -> u64 {
        self.end
    }

    /// They are on disk.
    pub(super) fn finish(&mut self, line: Line, record: Record, file: &File) {
        // Else the view was made anew meanwhile, and reads the line from the file.
        if self.end == line.at && (self.id.is_none() || self.id == line.id) {
            self.id = line.id;
            self.end += line.text.len() as u64;
            self.add(record);
            self.note_change(file);
        }
        // A flush is of the whole file.
        self.unflushed &= !line.must_be_on_disk;
    }

    /// Everything that was read is on disk.
    pub(super) fn note_flushed(&mut self) {
        self.unflushed = false;
    }
}

/// What is appended where the last whole line ends.
#[derive(Debug)]
pub(super) struct Line {
    text: String,
    id: Option<String>,
    at: u64,
    fact: &'static str,
    must_be_on_disk: bool,
}

impl Line {
    /// When this returns, it is on disk, or as good as never written.
    pub(super) fn write(&self, path: &Path, file: &mut File) -> io::Result<()> {
        testing::point("write", self.fact);
        let written = self.write_at_end(path, file);
        match written {
            Ok(()) => testing::point("written", self.fact),
            // A line that may or may not be on disk must not be believed later. A failed flush is never tried again: the system has
            // forgotten by then what it could not write.
            Err(_) => drop(file.set_len(self.at)),
        }
        written
    }

    fn write_at_end(&self, path: &Path, file: &mut File) -> io::Result<()> {
        // What a power cut left behind the last whole line goes.
        if file.metadata()?.len() > self.at {
            file.set_len(self.at)?;
        }
        file.seek(SeekFrom::Start(self.at))?;
        let (first, rest) = self.text.as_bytes().split_at(self.text.len() / 2);
        file.write_all(first)?;
        testing::point("write", "half a line");
        file.write_all(rest)?;
        if self.must_be_on_disk && !testing::broken("skip-flush") {
            testing::point("flush", "line");
            flush(file)?;
            testing::note_synced(path, file);
        }
        Ok(())
    }
}

/// What was written is on disk when this returns.
pub(super) fn flush(file: &File) -> io::Result<()> {
    testing::slow_disk();
    file.sync_data()
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
