//! Reads the file on from where one was, and writes lines so that they are on disk.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use super::damage;
use super::disk;
use super::history::History;
use super::line;
use super::loss::{self, Finding, Loss, Search};
use super::mark::{self, Mark, Reached};
use super::record::{Accepted, Header, Intent, Record, VERSION};
use crate::ids;
use crate::testing::{self, Guard};

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
    /// How many lines are damaged.
    pub(super) damaged_lines: usize,
    /// A fact was read that may not be flushed: its writer may have died before.
    pub(super) unflushed: bool,
    /// A line of this process is being written: nothing behind the last whole line is read meanwhile.
    pub(super) writing: bool,
    /// Where the last line begins, and with which checksum.
    last_line: (u64, u32),
    /// The time of the last change, if the file was read to its end.
    changed: Option<SystemTime>,
    /// The file in whose place this one was written.
    after: Option<String>,
    reached: Reached,
    /// Up to here lines are surely on disk. The last one may not be yet.
    kept: Reached,
    search: Search,
    accepted: Vec<Accepted>,
    /// The last attempt, whose lines are missing. It is written again with the next line, as undecided.
    pub(super) lacks: Option<Box<Intent>>,
    /// More is missing than that.
    pub(super) loss: Option<Loss>,
}

/// So much is read at once.
const PIECE: u64 = 1024 * 1024;

impl View {
    /// Reads what has come since the last time.
    pub(super) fn refresh(&mut self, path: &Path, file: &mut File) -> io::Result<()> {
        let (id, after) = header_of(file)?.map_or((None, None), |header| (Some(header.id), header.after));
        let facts = file.metadata()?;
        // The same length but changed: somebody has overwritten it.
        let overwritten = facts.len() == self.end && self.changed.is_some() && self.changed != facts.modified().ok();
        let again =
            id.is_none() || id != self.id || facts.len() < self.end || overwritten || !self.is_continued(file)?;
        if again {
            self.start_again(path, id, after);
        }
        file.seek(SeekFrom::Start(self.end))?;
        let mut bytes = Vec::new();
        while (&*file).take(PIECE).read_to_end(&mut bytes)? > 0 {
            let before = self.end;
            self.read_lines(&bytes);
            bytes.drain(..usize::try_from(self.end - before).unwrap_or_default());
        }
        if again {
            self.judge();
        }
        self.note_change(file);
        Ok(())
    }

    /// There is no file.
    pub(super) fn refresh_without_file(&mut self, path: &Path) {
        self.start_again(path, None, None);
        self.judge();
    }

    fn start_again(&mut self, path: &Path, id: Option<String>, after: Option<String>) {
        let memory = match &self.id {
            // Keep looking for what was missing.
            _ if self.loss.is_some() || self.lacks.is_some() => self.search.marks(),
            Some(id) => vec![Mark::of(id, &self.kept, &self.history)],
            None => Vec::new(),
        };
        let search = Search::on(mark::read(path), memory);
        *self = Self { id, after, search, writing: self.writing, ..Self::default() };
    }

    /// Looks for missing lines, after the file was read from its beginning.
    fn judge(&mut self) {
        let knows = |intent: &Intent| self.history.find(&intent.transaction).is_some();
        let finding = self.search.judge(&loss::Read {
            id: self.id.as_deref(),
            after: self.after.as_deref(),
            lines: self.reached.lines,
            damaged_lines: self.damaged_lines,
            knows: &knows,
            accepted: &self.accepted,
        });
        match finding {
            _ if testing::broken(Guard::BelieveAnyJournal) => {}
            Finding::Whole => {}
            Finding::Lacks(intent) => {
                Arc::make_mut(&mut self.history).add(Record::Intent(intent.clone()));
                self.lacks = Some(intent);
            }
            Finding::Lost(loss) => self.loss = Some(loss),
        }
    }

    /// Makes the next refresh read everything again.
    pub(super) fn doubt(&mut self) {
        self.id = None;
    }

    pub(super) fn is_whole(&self) -> bool {
        self.damaged_lines == 0 && self.lacks.is_none() && self.loss.is_none()
    }

    pub(super) fn lines(&self) -> u64 {
        self.reached.lines
    }

    /// The mark for the side file after a flush. None while lines are missing: then the old mark is the evidence.
    pub(super) fn mark(&self) -> Option<Mark> {
        let id = self.id.as_deref().filter(|_| self.loss.is_none() && self.lacks.is_none())?;
        Some(Mark::of(id, &self.reached, &self.history))
    }

    /// The mark of this file while another takes its place.
    pub(super) fn evidence(&self) -> Option<Mark> {
        let lacking = || self.search.marks().first().filter(|_| self.lacks.is_some() && self.loss.is_none()).cloned();
        self.mark().or_else(lacking)
    }

    /// The file that a new one replaces. A file that has lost lines is replaced by none.
    pub(super) fn predecessor(&self) -> Option<String> {
        let of_a_missing_file = || self.search.marks().first().map(|mark| mark.id.clone());
        self.id.clone().or_else(of_a_missing_file).filter(|_| self.loss.is_none())
    }

    fn note_change(&mut self, file: &File) {
        let facts = file.metadata().ok().filter(|facts| facts.len() == self.end);
        self.changed = facts.and_then(|facts| facts.modified().ok());
    }

    /// Reads the lines behind the last whole one.
    pub(super) fn read_lines(&mut self, bytes: &[u8]) {
        // A last line without its end is still being written, or torn by a power cut: it does not count yet.
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        for text in bytes.get(..whole).unwrap_or_default().split_inclusive(|byte| *byte == b'\n') {
            if text != b"\n" {
                self.last_line = (self.end, line::sum(text));
                self.read_line(text.strip_suffix(b"\n").unwrap_or(text));
            }
            self.end += text.len() as u64;
        }
    }

    /// True if the last line that was read is still there. If not, it is another file, whatever its id and length.
    fn is_continued(&self, file: &mut File) -> io::Result<bool> {
        let (start, sum) = self.last_line;
        let mut text = Vec::new();
        file.seek(SeekFrom::Start(start))?;
        file.take(self.end - start).read_to_end(&mut text)?;
        Ok(text.is_empty() || (line::sum(&text) == sum && text.ends_with(b"\n")))
    }

    fn read_line(&mut self, text: &[u8]) {
        if let Some(record) = line::read(text) {
            self.unflushed |= record.must_be_on_disk();
            return self.add_line(record, text);
        }
        self.note_line(0, None);
        let fragments = damage::fragments(text);
        for fragment in &fragments {
            Arc::make_mut(&mut self.history).add_fragment(fragment);
        }
        self.damaged_lines += 1;
    }

    fn add_line(&mut self, record: Record, text: &[u8]) {
        self.note_line(line::sum(text), Some(&record));
        if let Record::LossAccepted(accepted) = &record {
            self.accepted.push(accepted.clone());
            self.loss = None;
        }
        if self.lacks.as_ref().is_some_and(|intent| Some(intent.transaction.as_str()) == record.transaction()) {
            self.lacks = None;
        }
        self.add(record);
    }

    fn note_line(&mut self, sum: u32, record: Option<&Record>) {
        self.kept = self.reached.clone();
        self.reached.note(sum, record);
        self.search.note(self.reached.lines, sum);
    }

    /// Copies first if somebody still holds the older state.
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
            let (anew, header) = Self::of_a_new_file(self.predecessor())?;
            text += &header;
            id = anew.id;
        }
        text += &line::write(record)?;
        (self.writing, self.changed) = (true, None);
        Ok(Line { text, id, at: self.end, fact: record.fact(), must_be_on_disk: record.must_be_on_disk() })
    }

    /// The view of a new file, and its first line.
    pub(super) fn of_a_new_file(after: Option<String>) -> io::Result<(Self, String)> {
        let id = ids::fresh().map_err(|error| io::Error::other(error.message().to_owned()))?;
        let mut view = Self { id: Some(id.clone()), after: after.clone(), ..Self::default() };
        let text = line::write(&Record::Journal(Header { version: VERSION, id, after }))?;
        view.read_lines(text.as_bytes());
        Ok((view, text))
    }

    /// Adds a line that was copied into a new file.
    pub(super) fn take_in(&mut self, record: Record, text: &[u8]) {
        self.last_line = (self.end, line::sum(text));
        self.add_line(record, text);
        self.end += text.len() as u64;
    }

    pub(super) fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    pub(super) fn end(&self) -> u64 {
        self.end
    }

    /// Adds a line that was written.
    pub(super) fn finish(&mut self, line: Line, record: &Record, file: &File) {
        // If not, the view was made anew meanwhile and reads the line from the file.
        if self.end == line.at && (self.id.is_none() || self.id == line.id) {
            self.id = line.id;
            for text in line.text.split_inclusive('\n') {
                self.last_line = (self.end, line::sum(text.as_bytes()));
                self.end += text.len() as u64;
                if self.end < line.at + line.text.len() as u64 {
                    self.note_line(line::sum(text.as_bytes()), None);
                } else {
                    self.add_line(record.clone(), text.as_bytes());
                }
            }
            if line.must_be_on_disk {
                self.kept = self.reached.clone();
            }
            self.note_change(file);
        }
        // A flush covers the whole file.
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
    /// Writes the line. After an error it is cut off again.
    pub(super) fn write(&self, path: &Path, file: &mut File) -> io::Result<()> {
        testing::point("write", self.fact);
        let written = self.write_at_end(path, file);
        match written {
            Ok(()) => testing::point("written", self.fact),
            // It may or may not be on disk, and must not be believed later. A failed flush is never repeated: the
            // system may have dropped the data.
            Err(_) => drop(file.set_len(self.at)),
        }
        written
    }

    fn write_at_end(&self, path: &Path, file: &mut File) -> io::Result<()> {
        // Cut off what a power cut left behind the last whole line.
        if file.metadata()?.len() > self.at {
            file.set_len(self.at)?;
        }
        file.seek(SeekFrom::Start(self.at))?;
        let (first, rest) = self.text.as_bytes().split_at(self.text.len() / 2);
        file.write_all(first)?;
        testing::point("write", "half a line");
        file.write_all(rest)?;
        if self.must_be_on_disk && !testing::broken(Guard::SkipFlush) {
            testing::point("flush", "line");
            disk::flush(file)?;
            testing::note_synced(path, file);
        }
        Ok(())
    }
}

fn header_of(file: &mut File) -> io::Result<Option<Header>> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.take(LONGEST_HEADER).read_to_end(&mut bytes)?;
    let first = bytes.iter().position(|byte| *byte == b'\n').and_then(|end| bytes.get(..end));
    match first.and_then(line::read) {
        Some(Record::Journal(header)) => Ok(Some(header)),
        Some(_) | None => Ok(None),
    }
}
