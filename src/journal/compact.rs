//! Drops expired lines without making others wait: the bulk is copied while they go on appending, and only what came
//! since is copied under the append lock.

use std::collections::HashSet;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::disk;
use super::file::View;
use super::line;
use super::record::Record;
use super::rewrite;
use crate::testing;

pub(super) struct Compaction {
    old: File,
    old_id: Option<String>,
    /// The end of the old file when we began.
    begun_at: u64,
    /// How far it was copied.
    copied: u64,
    new_path: PathBuf,
    /// Locked, so that two processes do not do the same work.
    new: File,
    view: View,
    without: HashSet<String>,
}

impl Compaction {
    /// Under the append lock. None when there is nothing to do, or another process does it.
    pub(super) fn begin(path: &Path, old: File, view: &View, retention_days: i64) -> io::Result<Option<Self>> {
        // A damaged file is mended with the next line; one that has lost lines is left as it is.
        if !view.is_whole() {
            return Ok(None);
        }
        let new_path = path.with_extension("compact");
        let new = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&new_path)?;
        match new.try_lock() {
            Ok(()) => new.set_len(0)?,
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(error),
        }
        testing::point("compact", "begins");
        let without = rewrite::expired(&view.history, retention_days);
        Ok(Some(Self {
            old,
            old_id: view.id().map(ToOwned::to_owned),
            begun_at: view.end(),
            copied: 0,
            new_path,
            new,
            view: View::default(),
            without,
        }))
    }

    /// The bulk of the work, without a lock.
    pub(super) fn copy_what_is_kept(&mut self) -> io::Result<()> {
        let header;
        (self.view, header) = View::of_a_new_file(self.old_id.clone())?;
        self.new.write_all(header.as_bytes())?;
        if !self.copy(self.begun_at)? {
            return Err(io::Error::other("a line cannot be read"));
        }
        disk::flush(&self.new)?;
        testing::point("compact", "copied");
        Ok(())
    }

    /// Under the append lock: copies the rest and replaces the journal. Gives the view of the new file, if it has
    /// replaced the old one.
    pub(super) fn finish(mut self, path: &Path, now: File, view: &View) -> io::Result<Option<View>> {
        let is_the_same = view.id().is_some() && view.id() == self.old_id.as_deref() && view.is_whole();
        // Windows before 10 cannot replace an open file, even if this very program has it open.
        self.old = now;
        if !is_the_same || view.end() < self.copied || !self.copy(view.end())? {
            self.new.unlock()?;
            drop(self.new);
            std::fs::remove_file(&self.new_path)?;
            return Ok(None);
        }
        disk::flush(&self.new)?;
        self.new.unlock()?;
        drop((self.new, self.old));
        rewrite::replace(path, &self.new_path, "compact", &[view.mark(), self.view.mark()])?;
        Ok(Some(self.view))
    }

    /// Copies lines up to `end`. False if a line is damaged, or is about an attempt that is to be dropped.
    fn copy(&mut self, end: u64) -> io::Result<bool> {
        (&self.old).seek(SeekFrom::Start(self.copied))?;
        let mut lines = BufReader::new((&self.old).take(end - self.copied));
        let mut new = BufWriter::new(&self.new);
        let is_new = self.copied > 0;
        let mut text = Vec::new();
        while lines.read_until(b'\n', &mut text)? > 0 && text.ends_with(b"\n") {
            self.copied += text.len() as u64;
            match line::read(text.trim_ascii_end()) {
                Some(Record::Journal(_)) => {}
                Some(record) if is_new && self.touches_what_is_dropped(&record) => return Ok(false),
                Some(record) if self.drops(record.transaction()) => {}
                // Kept unchanged, also if this version does not understand it.
                Some(record) => {
                    new.write_all(&text)?;
                    self.view.take_in(record, &text);
                }
                None if text.trim_ascii().is_empty() => {}
                None => return Ok(false),
            }
            text.clear();
        }
        new.flush()?;
        Ok(true)
    }

    fn drops(&self, transaction: Option<&str>) -> bool {
        transaction.is_some_and(|transaction| self.without.contains(transaction))
    }

    /// True if a line is about an attempt that is to be dropped, or about its reversal or refund.
    fn touches_what_is_dropped(&self, record: &Record) -> bool {
        let original = match record {
            Record::Intent(intent) => Some(intent.original_transaction.as_str()),
            Record::Journal(_)
            | Record::Identified(_)
            | Record::Settled(_)
            | Record::Decided(_)
            | Record::Acknowledged(_)
            | Record::Resolved(_)
            | Record::Signature(_)
            | Record::Taught(_)
            | Record::Damaged(_)
            | Record::LossAccepted(_)
            | Record::Foreign(_) => None,
        };
        self.drops(record.transaction()) || self.drops(original)
    }
}
