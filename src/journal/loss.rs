//! Finds out whether lines are missing: compares the file with its side file and with what this process has seen of it.

use super::mark::Mark;
use super::record::{Accepted, Intent};

/// The lines that are looked for while a file is read from its beginning.
#[derive(Debug, Default)]
pub(super) struct Search {
    wanted: Vec<Wanted>,
}

#[derive(Debug)]
struct Wanted {
    mark: Mark,
    /// From the side file; else from the memory of this process.
    on_disk: bool,
    last_line: Sighting,
    line_before: Sighting,
}

/// Where a line with the wanted checksum was found.
#[derive(Clone, Copy, Debug, Default)]
struct Sighting {
    in_its_place: bool,
    anywhere: bool,
}

/// The file as it was read.
pub(super) struct Read<'v> {
    pub(super) id: Option<&'v str>,
    /// The journal in whose place it was written.
    pub(super) after: Option<&'v str>,
    pub(super) lines: u64,
    pub(super) damaged_lines: usize,
    /// Whether it knows an attempt.
    pub(super) knows: &'v dyn Fn(&Intent) -> bool,
    pub(super) accepted: &'v [Accepted],
}

/// More is missing than can be written again.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Loss {
    pub(super) id: String,
    pub(super) lines: u64,
}

#[derive(Debug, PartialEq)]
pub(super) enum Finding {
    Whole,
    /// Only lines of the last attempt are missing, and its intent is one of them.
    Lacks(Box<Intent>),
    Lost(Loss),
}

impl Search {
    pub(super) fn on(side_file: Option<Mark>, memory: Vec<Mark>) -> Self {
        let wanted = |on_disk| {
            move |mark| Wanted { mark, on_disk, last_line: Sighting::default(), line_before: Sighting::default() }
        };
        let memory = memory.into_iter().filter(|mark| side_file.as_ref() != Some(mark)).collect::<Vec<_>>();
        Self { wanted: side_file.into_iter().map(wanted(true)).chain(memory.into_iter().map(wanted(false))).collect() }
    }

    pub(super) fn note(&mut self, line: u64, sum: u32) {
        for wanted in &mut self.wanted {
            let mark = &wanted.mark;
            wanted.last_line.note((line, sum), (mark.lines, mark.sum));
            wanted.line_before.note((line, sum), (mark.before, mark.sum_before));
        }
    }

    /// What was looked for, for the next reading from the beginning.
    pub(super) fn marks(&self) -> Vec<Mark> {
        self.wanted.iter().map(|wanted| wanted.mark.clone()).collect()
    }

    pub(super) fn judge(&self, read: &Read) -> Finding {
        let known_by_side_file = self.wanted.iter().any(|one| one.on_disk && one.names(read) && one.is_whole(read));
        let mut lacks = Finding::Whole;
        for wanted in &self.wanted {
            // The file was rewritten more than once since this process looked: the side file knows better.
            if known_by_side_file && !wanted.names(read) {
                continue;
            }
            match wanted.judge(read) {
                Finding::Whole => {}
                Finding::Lacks(intent) => lacks = Finding::Lacks(intent),
                Finding::Lost(loss) => return Finding::Lost(loss),
            }
        }
        lacks
    }
}

impl Wanted {
    fn names(&self, read: &Read) -> bool {
        read.id.is_some_and(|id| id == self.mark.id || Some(id) == self.mark.becomes.as_deref())
    }

    fn is_whole(&self, read: &Read) -> bool {
        self.judge(read) == Finding::Whole
    }

    fn judge(&self, read: &Read) -> Finding {
        let mark = &self.mark;
        let replaced = read.id.is_some() && (read.id == mark.becomes.as_deref() || read.after == Some(&mark.id));
        let accepted = read.accepted.iter().any(|accepted| accepted.id == mark.id && accepted.lines >= mark.lines);
        let same = read.id.is_none() || read.id == Some(&mark.id);
        let (damaged, first_attempt) = (read.damaged_lines > 0, mark.before <= 1);
        if replaced || accepted || (same && self.last_line.is_found(damaged)) {
            return Finding::Whole;
        }
        // Each damaged line may have been any line, or several.
        let may_be_before = damaged && read.lines + read.damaged_lines as u64 >= mark.before;
        if first_attempt || (same && (self.line_before.is_found(damaged) || may_be_before)) {
            return match &mark.last {
                Some(intent) if !(read.knows)(intent) => Finding::Lacks(intent.clone()),
                Some(_) | None => Finding::Whole,
            };
        }
        Finding::Lost(Loss { id: mark.id.clone(), lines: mark.lines })
    }
}

impl Sighting {
    fn note(&mut self, (line, sum): (u64, u32), wanted: (u64, u32)) {
        self.anywhere |= sum == wanted.1;
        self.in_its_place |= (line, sum) == wanted;
    }

    /// After damage the line numbers do not fit any more.
    fn is_found(self, damaged: bool) -> bool {
        if damaged { self.anywhere } else { self.in_its_place }
    }
}
