//! What must hold after any crash, asked of the terminal's ledger, of the wire, of the journal's file and of what the register was told.

use std::collections::{BTreeMap, BTreeSet};

use super::evidence::Evidence;
use super::seeds::Planted;
use super::shop::Shop;
use super::told::{Outcome, Told};

/// What each invariant says, in the order of the report. A movement is a charge, a refund, a reversal or a closing.
pub const INVARIANTS: &[(&str, &str)] = &[
    ("one start", "at most one start per attempt on the wire"),
    (
        "one charge",
        "at most one movement that stands per number of the register: no sale is charged twice, no refund given twice",
    ),
    (
        "one reversal",
        "at most one reversal of a sale, whatever its number; a second one is started only where the first is over without effect",
    ),
    (
        "no more back",
        "what goes back to the customer, by refunds and by a reversal, is never more than what was charged",
    ),
    (
        "known",
        "each movement that stands was told after the crash as APPROVED or UNKNOWN, or was settled with the register before it",
    ),
    ("approved", "no APPROVED without a movement that stands, and no reversal APPROVED that took back another sale"),
    ("taken back", "no sale is told as APPROVED once its reversal was"),
    ("refused", "no DECLINED, CANCELLED or NOT_STARTED beside a movement that stands"),
    (
        "remembered",
        "each attempt that was started on the wire is in the journal, and so is what was open before, with what was taken back of it",
    ),
    ("stored first", "each confirm on the wire is of a result that is in the journal"),
    ("on disk", "each verdict that was delivered is in the journal"),
    ("no way back", "a verdict that was delivered is never taken back"),
    (
        "goes on",
        "after recover, and a person's decision where the terminal does not know, the next operation of each kind is APPROVED and nothing is open",
    ),
];

#[derive(Debug, Default)]
pub struct Problems {
    pub list: Vec<String>,
    /// Approvals that a terminal took back between its result and the confirm straight after it, which it then granted all the same, and of
    /// which nothing could be heard any more after that. That much is left of the risk, and it is counted.
    pub trusted: BTreeSet<String>,
}

impl Problems {
    pub fn add(&mut self, problem: &str) {
        if !self.list.iter().any(|known| known == problem) {
            self.list.push(problem.into());
        }
    }

    /// What must be on disk the moment the power is gone, before a next life can make up for it.
    pub fn look_at_once(&mut self, shop: &Shop) {
        let evidence = Evidence::of(shop);
        self.look_at_starts(&evidence);
        self.look_at_verdicts(&evidence, &shop.told);
    }

    /// Everything that can be seen at any time. `crash`: the last life before the crash.
    pub fn look(&mut self, shop: &Shop, crash: usize) {
        let evidence = Evidence::of(shop);
        self.look_at_starts(&evidence);
        self.look_at_movements(&evidence, &shop.told, crash);
        self.look_at_verdicts(&evidence, &shop.told);
    }

    fn look_at_starts(&mut self, evidence: &Evidence) {
        for (id, count) in &evidence.books.starts {
            if *count > 1 {
                self.add(&format!("one start: {id} was started {count} times"));
            }
            if !evidence.journal.intents.contains(id) {
                self.add(&format!("remembered: {id} was started and its intent is not in the journal"));
            }
        }
        for id in evidence.confirms.iter().filter(|id| !evidence.journal.settled.contains(*id)) {
            self.add(&format!("stored first: {id} was confirmed and its result is not in the journal"));
        }
        self.look_at_reversals(evidence);
    }

    fn look_at_reversals(&mut self, evidence: &Evidence) {
        for (first, second) in
            evidence.journal.reversed_again.iter().filter(|(_, second)| evidence.books.starts.contains_key(second))
        {
            self.add(&format!("one reversal: {second} reverses what {first} does, which was not over without effect"));
        }
        let mut taken_back = BTreeSet::new();
        for original in
            evidence.books.reversals.iter().filter(|one| !one.undone).map(|reversal| &reversal.original_transaction_id)
        {
            if !taken_back.insert(original) {
                self.add(&format!("one reversal: {original} was taken back twice"));
            }
        }
    }

    fn look_at_movements(&mut self, evidence: &Evidence, told: &Told, crash: usize) {
        let mut moved: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for id in &evidence.books.standing {
            match evidence.sale(id, told) {
                Some(sale) => moved.entry(sale).or_default().push(id),
                None => self.add(&format!("known: {id} stands and no number has it")),
            }
        }
        let moved = moved.into_iter().map(|(sale, ids)| (sale, evidence.done_at_once(ids)));
        for (sale, count) in moved.filter(|(_, count)| *count > 1) {
            self.add(&format!("one charge: {sale} is done {count} times"));
        }
        for id in evidence.books.standing.iter().collect::<BTreeSet<_>>() {
            let sale = evidence.sale(id, told).unwrap_or_default();
            let told_after = told.about(id).any(|outcome| outcome.era > crash && is_honest(&outcome.verdict));
            if !told_after && !settled_before(told, id, sale, crash) {
                self.add(&format!("known: {sale} {id} stands and the register was not told"));
            }
        }
        for charge in &evidence.books.charges {
            let (id, paid, back) = (&charge.transaction_id, charge.amount + charge.tip, evidence.given_back(charge));
            if back > paid {
                self.add(&format!("no more back: {id} was charged {paid}, and {back} went back"));
            }
        }
    }

    fn look_at_verdicts(&mut self, evidence: &Evidence, told: &Told) {
        for outcome in told.outcomes.iter().filter(|outcome| evidence.is_of_this_story(&outcome.transaction)) {
            self.look_at_truth(evidence, outcome);
            if outcome.verdict != "unknown" && !outcome.resolved {
                self.look_at_memory(evidence, told, outcome);
            }
        }
        self.look_at_what_was_taken_back(told);
    }

    fn look_at_truth(&mut self, evidence: &Evidence, outcome: &Outcome) {
        let (id, verdict) = (&outcome.transaction, &outcome.verdict);
        let moved = evidence.books.moved.contains(id) && !evidence.took_back_another(id);
        match verdict.as_str() {
            // Of what was taken back later "taken back" asks whether it was told before that.
            "approved" if !moved && evidence.first_confirm_lied(id) => drop(self.trusted.insert(id.clone())),
            "approved" if !moved => self.add(&format!("approved: {id} was told as approved and does not stand")),
            "unknown" | "approved" => {}
            _ if evidence.stands(id) => self.add(&format!("refused: {id} was told as {verdict} and stands")),
            _ => {}
        }
    }

    fn look_at_memory(&mut self, evidence: &Evidence, told: &Told, outcome: &Outcome) {
        let (id, verdict) = (&outcome.transaction, &outcome.verdict);
        if outcome.reversed_by.is_some() {
            if !evidence.journal.is_reversed(id) {
                self.add(&format!("on disk: {id} was told as reversed, and the journal has no reversal that is done"));
            }
            return;
        }
        let stored = evidence.journal.verdicts.get(id);
        if stored != Some(verdict) {
            self.add(&format!("on disk: {id} was told as {verdict}, the journal says {stored:?}"));
        }
        // To be reversed later is no contradiction.
        let last = told.last(id).filter(|last| last.verdict != *verdict && last.reversed_by.is_none());
        if let Some(last) = last {
            self.add(&format!("no way back: {id} was told as {verdict}, then as {}", last.verdict));
        }
    }

    fn look_at_what_was_taken_back(&mut self, told: &Told) {
        let mut reversed = BTreeSet::new();
        for outcome in told.outcomes.iter().filter(|outcome| outcome.verdict == "approved") {
            if reversed.contains(&outcome.transaction) {
                self.add(&format!("taken back: {} was told as approved after its reversal was", outcome.transaction));
            }
            if outcome.is_reversal {
                reversed.extend(outcome.original.clone());
            }
        }
    }

    /// What was open before the story began, and what had been taken back of it.
    pub fn look_for(&mut self, shop: &Shop, crash: usize, before: &Planted) {
        for id in &before.open {
            if !shop.told.about(id).any(|outcome| outcome.era > crash) && !was_settled(&shop.told, id) {
                self.add(&format!("remembered: {id} was open before and was not told"));
            }
        }
        let journal = shop.written();
        for id in before.taken_back.iter().filter(|id| !journal.intents.contains(*id)) {
            self.add(&format!("remembered: {id} took back what is still open, and is forgotten"));
        }
    }

    /// The shop goes on: each of these must have come out as approved.
    pub fn look_on(&mut self, shop: &Shop, next: &[&str]) {
        let told = &shop.told;
        for &number in next {
            let outcome = told.outcomes.iter().rev().find(|outcome| outcome.sale == number);
            let verdict = outcome.map(|outcome| outcome.verdict.as_str());
            if verdict != Some("approved") {
                let errors: Vec<_> = told.errors.iter().filter(|(era, ..)| *era == shop.era()).collect();
                let about = told.outcomes.iter().filter(|outcome| outcome.sale == number);
                let heard: Vec<String> =
                    about.map(|one| format!("{} {} {:?} {}", one.by, one.verdict, one.reason, one.words)).collect();
                self.add(&format!("goes on: {number} came to {verdict:?}: {heard:?}, {errors:?}"));
            }
        }
        if told.count != Some((0, 0)) {
            self.add(&format!("goes on: at the end {:?} are undecided and unacknowledged", told.count));
        }
    }
}

fn is_honest(verdict: &str) -> bool {
    matches!(verdict, "approved" | "unknown")
}

/// The register knew before the crash, and said so.
fn settled_before(told: &Told, id: &str, sale: &str, crash: usize) -> bool {
    let before = || told.about(id).filter(|outcome| outcome.era <= crash);
    let approved = before().any(|outcome| outcome.verdict == "approved");
    let stored = before().any(|outcome| outcome.verdict == "approved" && outcome.stored);
    let said = |list: &[(usize, String)]| list.iter().any(|(era, named)| *era <= crash && named == sale);
    stored || (approved && said(&told.acknowledging)) || said(&told.resolving)
}

/// Told with a verdict, and stored.
fn was_settled(told: &Told, id: &str) -> bool {
    told.about(id).any(|outcome| outcome.stored && outcome.verdict != "unknown")
}
