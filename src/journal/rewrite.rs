//! Writes the journal anew, without expired or damaged lines. The old file stays the journal until the new one is
//! complete.

use std::collections::HashSet;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::attempt::Attempt;
use super::damage;
use super::disk;
use super::file::View;
use super::folder;
use super::history::History;
use super::line;
use super::mark::{self, Mark, Weight};
use super::record::Record;
use crate::testing::{self, Guard};
use crate::utc::{self, DAY};

/// A file smaller than this is not worth the trouble.
const WORTH_IT: u64 = 256 * 1024;

/// The attempts to forget: not open any more, and older than the retention.
pub(super) fn expired(history: &History, retention_days: i64) -> HashSet<String> {
    let (mut expired, mut kept) = (HashSet::new(), HashSet::new());
    for attempt in history.attempts() {
        // A reversal or refund is kept as long as its original, and so is the reversal of a refund: without it the
        // original would count again. Each comes after its original.
        let takes_back =
            kept.contains(&attempt.intent.original_transaction) && !testing::broken(Guard::ForgetTakenBack);
        let into = if is_old(history, attempt, retention_days) && !takes_back { &mut expired } else { &mut kept };
        into.insert(attempt.intent.transaction.clone());
    }
    expired
}

fn is_old(history: &History, attempt: &Attempt, retention_days: i64) -> bool {
    (!attempt.is_open() || testing::broken(Guard::ForgetOpen)) && history.age(attempt) > retention_days * DAY
}

/// True if enough has expired to be worth a new file.
pub(super) fn pays(length: u64, history: &History, retention_days: i64) -> bool {
    if length < WORTH_IT {
        return false;
    }
    let old = history.attempts().filter(|attempt| is_old(history, attempt, retention_days)).count();
    old * 4 >= history.len() && expired(history, retention_days).len() * 4 >= history.len()
}

/// Writes the journal anew without damaged lines and with the missing last attempt. Under the append lock.
pub(super) fn without_damage(path: &Path, view: &View) -> io::Result<()> {
    let history = &view.history;
    let old = std::fs::read(path)?;
    let mut rescued = HashSet::new();
    let (mut anew, header) = View::of_a_new_file(view.predecessor())?;
    let mut text = header.into_bytes();
    for bytes in old.split(|byte| *byte == b'\n').filter(|bytes| !bytes.is_empty()) {
        match line::read(bytes) {
            Some(Record::Journal(_)) => {}
            // Kept unchanged, also if this version does not understand it.
            Some(_) => text.extend(bytes.iter().chain(b"\n")),
            None if testing::broken(Guard::DropDamaged) => {}
            None => add_fragments(&mut text, bytes, history, &mut rescued)?,
        }
    }
    if let Some(intent) = &view.lacks {
        text.extend(line::write(&Record::Intent(intent.clone()))?.bytes());
    }
    let new = path.with_extension("new");
    testing::point("rewrite", "begins");
    write(&new, &text)?;
    anew.read_lines(text.get(usize::try_from(anew.end()).unwrap_or_default()..).unwrap_or_default());
    replace(path, &new, "rewrite", &[view.evidence(), anew.mark()])
}

/// Replaces the journal by the new file, which is on disk. `marks`: of the old file and of the new one, so that either
/// is believed after a power cut.
pub(super) fn replace(path: &Path, new: &Path, what: &str, marks: &[Option<Mark>; 2]) -> io::Result<()> {
    testing::point(what, "on disk");
    if let [Some(old), Some(anew)] = marks {
        mark::write(path, &old.becoming(&anew.id), Weight::Flushed)?;
    }
    disk::patiently(|| std::fs::rename(new, path))?;
    testing::point(what, "replaced");
    folder::sync_parent(path)?;
    if let [Some(_), Some(anew)] = marks {
        mark::write(path, anew, Weight::Light)?;
    }
    let file = OpenOptions::new().read(true).open(path)?;
    testing::note_synced(path, &file);
    Ok(())
}

/// `rescued`: attempts whose intent was damaged and is already in the new file. Another damaged line of the same
/// attempt knows less and must not replace it.
fn add_fragments(text: &mut Vec<u8>, bytes: &[u8], history: &History, rescued: &mut HashSet<String>) -> io::Result<()> {
    for fragment in damage::fragments(bytes) {
        let attempt = history.find(&fragment.transaction);
        let whole = attempt.is_some_and(|attempt| attempt.intent_is_whole);
        let known = whole || !rescued.insert(fragment.transaction.clone());
        let record = match (fragment.record(known, utc::now()), attempt) {
            // The history knows more of it: probably its register.
            (Some(Record::Intent(_)), Some(attempt)) => Some(Record::Intent(Box::new(attempt.intent.clone()))),
            (record, _) => record,
        };
        if let Some(record) = record {
            text.extend(line::write(&record)?.bytes());
        }
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Keeps a dated copy of a damaged file beside the journal.
pub(super) fn set_aside(path: &Path) -> io::Result<PathBuf> {
    let day = utc::text(utc::now()).replace([':', 'Z'], "");
    for number in 1..1_000 {
        let aside = path.with_extension(format!("damaged-{day}-{number}.log"));
        if !aside.exists() {
            std::fs::copy(path, &aside)?;
            return Ok(aside);
        }
    }
    Err(io::Error::other("there are too many damaged files of this second"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::{Kind, Verdict};
    use crate::journal::{Decided, Flags, Intent, PlainFact};

    fn done(history: &mut History, kind: Kind, transaction: &str, original: &str, day: i64) {
        let original_transaction = original.into();
        let intent = Intent { kind, original_transaction, ..Intent::unknown(day * DAY, transaction, transaction) };
        history.add(Record::Intent(Box::new(intent)));
        history.add(Record::Decided(Box::new(Decided {
            time: day * DAY,
            sale: transaction.into(),
            transaction: transaction.into(),
            verdict: Verdict::Approved,
            reason: None,
            detail: String::new(),
            settlement: None,
            terminal_id: None,
            flags: Flags::default(),
        })));
    }

    fn acknowledge(history: &mut History, transaction: &str, day: i64) {
        let fact = PlainFact { time: day * DAY, sale: transaction.into(), transaction: transaction.into() };
        history.add(Record::Acknowledged(fact));
    }

    #[test]
    fn api_what_took_a_kept_sale_back_is_kept_and_what_took_that_back_too() {
        let mut history = History::default();
        done(&mut history, Kind::Payment, "sale", "", 0);
        done(&mut history, Kind::Refund, "refund", "sale", 0);
        done(&mut history, Kind::Reversal, "reversal", "refund", 0);
        acknowledge(&mut history, "refund", 0);
        acknowledge(&mut history, "reversal", 0);
        for number in 0..300 {
            done(&mut history, Kind::Payment, &format!("later-{number}"), "", number / 3);
        }
        assert_eq!(expired(&history, 30), HashSet::new(), "the sale is not acknowledged, so it never expires");
        acknowledge(&mut history, "sale", 0);
        for number in 0..300 {
            done(&mut history, Kind::Payment, &format!("latest-{number}"), "", 100 + number / 3);
        }
        let gone = ["sale", "refund", "reversal"].map(String::from);
        assert_eq!(expired(&history, 30), HashSet::from(gone), "they go together");
    }
}
