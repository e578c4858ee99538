//! The side file `comgate-journal.mark`: how far the journal was on disk. It shows that a journal has vanished or is an
//! older copy, which the file itself cannot show.
//!
//! Two slots of fixed size, written in turn and in place. If one is torn, the other is one line behind. It is written
//! after the flush of the journal and not flushed itself, so it may lag behind but never leads.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::disk;
use super::history::History;
use super::line;
use super::record::{Intent, Record};
use crate::testing;

const SLOT: usize = 4096;

/// A place in a journal, and the last attempt before it.
#[derive(Clone, Debug, Default)]
pub(super) struct Reached {
    pub(super) lines: u64,
    /// The last line's checksum.
    sum: u32,
    last: Option<Arc<Last>>,
}

#[derive(Debug)]
struct Last {
    transaction: String,
    /// How many lines there were before its intent, and the checksum of the last of them.
    before: u64,
    sum_before: u32,
}

impl Reached {
    /// One line further. `sum` is 0 for a damaged one.
    pub(super) fn note(&mut self, sum: u32, record: Option<&Record>) {
        if let Some(Record::Intent(intent)) = record {
            let (before, sum_before) = (self.lines, self.sum);
            self.last = Some(Arc::new(Last { transaction: intent.transaction.clone(), before, sum_before }));
        }
        self.lines += 1;
        self.sum = sum;
    }
}

/// One slot: these lines of this journal are on disk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Mark {
    serial: u64,
    pub(super) id: String,
    /// The id of the file that is about to take the place of this one, or has done so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) becomes: Option<String>,
    pub(super) lines: u64,
    pub(super) sum: u32,
    /// How many lines there were before the last attempt, and the checksum of the last of them.
    pub(super) before: u64,
    pub(super) sum_before: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) last: Option<Box<Intent>>,
}

impl Mark {
    pub(super) fn of(id: &str, reached: &Reached, history: &History) -> Self {
        let last = reached.last.as_deref();
        let intent = last.and_then(|last| history.find(&last.transaction)).map(|attempt| attempt.intent.clone());
        Self {
            serial: 0,
            id: id.into(),
            becomes: None,
            lines: reached.lines,
            sum: reached.sum,
            before: last.map_or(reached.lines, |last| last.before),
            sum_before: last.map_or(reached.sum, |last| last.sum_before),
            last: intent.map(Box::new),
        }
    }

    /// While the file is being replaced by another one.
    pub(super) fn becoming(&self, id: &str) -> Self {
        Self { becomes: Some(id.into()), ..self.clone() }
    }

    fn read(slot: &[u8]) -> Option<Self> {
        let end = slot.iter().position(|byte| *byte == b'\n')?;
        serde_json::from_str(line::checked(slot.get(..end)?)?).ok()
    }

    fn bytes(&self) -> io::Result<Vec<u8>> {
        let mut bytes = line::with_checksum(&serde_json::to_string(self)?).into_bytes();
        if bytes.len() > SLOT {
            return Err(io::Error::other("it is too long"));
        }
        bytes.resize(SLOT, b' ');
        Ok(bytes)
    }
}

fn path_beside(journal: &Path) -> PathBuf {
    journal.with_extension("mark")
}

/// The newest readable slot. A missing, empty or torn one proves nothing.
pub(super) fn read(journal: &Path) -> Option<Mark> {
    let mut bytes = Vec::new();
    let file = File::open(path_beside(journal)).ok()?;
    file.take(2 * SLOT as u64).read_to_end(&mut bytes).ok()?;
    newest(&bytes).map(|(_, mark)| mark)
}

fn newest(bytes: &[u8]) -> Option<(usize, Mark)> {
    let marks = bytes.chunks(SLOT).map(Mark::read).enumerate();
    marks.filter_map(|(slot, mark)| Some((slot, mark?))).max_by_key(|(_, mark)| mark.serial)
}

/// How the side file is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// Not flushed: it may be lost, and then lags behind.
    Light,
    /// On disk when this returns.
    Flushed,
    /// Flushed, both slots: what was said before is not true any more.
    Alone,
}

/// Writes the older slot. Only under the append lock.
pub(super) fn write(journal: &Path, mark: &Mark, weight: Weight) -> io::Result<()> {
    let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path_beside(journal))?;
    let mut bytes = Vec::new();
    (&mut file).take(2 * SLOT as u64).read_to_end(&mut bytes)?;
    let (slot, serial) = newest(&bytes).map_or((1, 0), |(slot, mark)| (slot, mark.serial));
    let mut mark = Mark { serial: serial + 1, ..mark.clone() };
    write_slot(&mut file, 1 - slot, &mark, weight)?;
    if weight == Weight::Alone {
        mark.serial += 1;
        write_slot(&mut file, slot, &mark, weight)?;
    }
    Ok(())
}

fn write_slot(file: &mut File, slot: usize, mark: &Mark, weight: Weight) -> io::Result<()> {
    let bytes = mark.bytes()?;
    let (first, rest) = bytes.split_at(64);
    file.seek(SeekFrom::Start((slot * SLOT) as u64))?;
    testing::point("mark", "slot");
    file.write_all(first)?;
    testing::point("mark", "half a slot");
    file.write_all(rest)?;
    if weight != Weight::Light {
        disk::flush(file)?;
    }
    testing::point("marked", "slot");
    Ok(())
}
