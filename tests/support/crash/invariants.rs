//! What must hold after any crash, asked of the terminal's ledger, of the wire, of the journal's file and of what the register was told.

use std::collections::{BTreeMap, BTreeSet};

use super::journal::Journal;
use super::ledger::Ledger;
use super::shop::Shop;
use super::told::Told;

/// What each invariant says, in the order of the report.
pub const INVARIANTS: &[(&str, &str)] = &[
    ("one start", "at most one start per attempt on the wire"),
    ("one charge", "at most one charge, refund, reversal or closing that stands per number of the register"),
    (
        "known",
        "each charge that stands was told after the crash as APPROVED or UNKNOWN, or was settled with the register before it",
    ),
    ("approved", "no APPROVED without a charge that stands"),
    ("refused", "no DECLINED, CANCELLED or NOT_STARTED beside a charge that stands"),
    ("remembered", "each attempt that was started on the wire is in the journal, and so is what was open before"),
    ("stored first", "each confirm on the wire is of a result that is in the journal"),
    ("on disk", "each verdict that was delivered is in the journal"),
    ("no way back", "a verdict that was delivered is never taken back"),
    (
        "goes on",
        "after recover, and a person's decision where the terminal does not know, the next sale is APPROVED and nothing is open",
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
        let books = Books::of(shop);
        self.look_at_starts(shop, &books);
        self.look_at_verdicts(&books, &shop.told);
    }

    /// Everything that can be seen at any time. `crash`: the last life before the crash.
    pub fn look(&mut self, shop: &Shop, crash: usize) {
        let books = Books::of(shop);
        self.look_at_starts(shop, &books);
        self.look_at_charges(&books, &shop.told, crash);
        self.look_at_verdicts(&books, &shop.told);
    }

    fn look_at_starts(&mut self, shop: &Shop, books: &Books) {
        let mut starts: BTreeMap<&str, usize> = BTreeMap::new();
        let requests = shop.simulator.requests();
        for request in requests.iter().filter(|request| !is_foreign(request.transaction_id.as_deref())) {
            let id = request.transaction_id.as_deref().unwrap_or_default();
            match request.endpoint.as_str() {
                start if is_start(start) => *starts.entry(id).or_default() += 1,
                "confirm" if !books.journal.settled.contains(id) => {
                    self.add(&format!("stored first: {id} was confirmed and its result is not in the journal"));
                }
                _ => {}
            }
        }
        for (id, count) in starts {
            if count > 1 {
                self.add(&format!("one start: {id} was started {count} times"));
            }
            if !books.journal.intents.contains(id) {
                self.add(&format!("remembered: {id} was started and its intent is not in the journal"));
            }
        }
    }

    fn look_at_charges(&mut self, books: &Books, told: &Told, crash: usize) {
        let mut charged: BTreeMap<&str, usize> = BTreeMap::new();
        // A terminal may take the same id twice.
        for id in books.ledger.standing.iter().filter(|id| !is_foreign(Some(id))) {
            let Some(sale) = books.sale(id, told) else {
                self.add(&format!("known: {id} is charged and no sale has it"));
                continue;
            };
            *charged.entry(sale).or_default() += 1;
            let told_after = told.about(id).any(|outcome| outcome.era > crash && is_honest(&outcome.verdict));
            if !told_after && !settled_before(told, id, sale, crash) {
                self.add(&format!("known: sale {sale} {id} is charged and the register was not told"));
            }
        }
        for (sale, count) in charged.into_iter().filter(|(_, count)| *count > 1) {
            self.add(&format!("one charge: sale {sale} is charged {count} times"));
        }
    }

    fn look_at_verdicts(&mut self, books: &Books, told: &Told) {
        for outcome in told.outcomes.iter().filter(|outcome| books.is_ours(&outcome.transaction)) {
            let (id, verdict) = (&outcome.transaction, &outcome.verdict);
            let moved = books.ledger.moved.contains(id);
            match verdict.as_str() {
                "approved" if !moved && books.first_confirm_lied(id) => drop(self.trusted.insert(id.clone())),
                "approved" if !moved => self.add(&format!("approved: {id} was told as approved without a charge")),
                "unknown" | "approved" => {}
                _ if moved => self.add(&format!("refused: {id} was told as {verdict} and is charged")),
                _ => {}
            }
            let decided = verdict != "unknown" && !outcome.resolved;
            let stored = books.journal.verdicts.get(id);
            if decided && stored != Some(verdict) {
                self.add(&format!("on disk: {id} was told as {verdict}, the journal says {stored:?}"));
            }
            if let (true, Some(last)) = (decided, told.last(id).filter(|last| last.verdict != *verdict)) {
                self.add(&format!("no way back: {id} was told as {verdict}, then as {}", last.verdict));
            }
        }
    }

    /// What was open before the story began.
    pub fn look_for(&mut self, shop: &Shop, crash: usize, open: &[String]) {
        for id in open {
            if !shop.told.about(id).any(|outcome| outcome.era > crash) && !was_settled(&shop.told, id) {
                self.add(&format!("remembered: {id} was open before and was not told"));
            }
        }
    }

    /// The shop goes on.
    pub fn look_on(&mut self, shop: &Shop, next_sale: &str) {
        let told = &shop.told;
        let next = told.outcomes.iter().rev().find(|outcome| outcome.sale == next_sale);
        let verdict = next.map(|outcome| outcome.verdict.as_str());
        if verdict != Some("approved") {
            let errors: Vec<_> = told.errors.iter().filter(|(era, ..)| *era == shop.era()).collect();
            self.add(&format!("goes on: the next sale came to {verdict:?}, {errors:?}"));
        }
        if told.count != Some((0, 0)) {
            self.add(&format!("goes on: at the end {:?} are undecided and unacknowledged", told.count));
        }
    }
}

/// What is true.
struct Books {
    journal: Journal,
    ledger: Ledger,
    started: BTreeSet<String>,
    /// What was said on the wire about each transaction, in order.
    said: BTreeMap<String, Vec<Said>>,
}

struct Said {
    endpoint: String,
    went_wrong: bool,
}

impl Books {
    fn of(shop: &Shop) -> Self {
        let starts = shop.simulator.requests().into_iter().filter(|request| is_start(&request.endpoint));
        let started = starts.filter_map(|request| request.transaction_id).filter(|id| !is_foreign(Some(id))).collect();
        let mut said: BTreeMap<String, Vec<Said>> = BTreeMap::new();
        for request in shop.simulator.requests() {
            let one = Said { endpoint: request.endpoint, went_wrong: request.fault.is_some() };
            said.entry(request.transaction_id.unwrap_or_default()).or_default().push(one);
        }
        Self { journal: shop.books(), ledger: Ledger::of(&shop.simulator), started, said }
    }

    /// Not of the time before the story began, when there was another terminal.
    fn is_ours(&self, id: &str) -> bool {
        self.started.contains(id) || !id.starts_with("0000")
    }

    /// There was one confirm, which the terminal granted to a charge that it had reversed, and what was asked after it went wrong.
    fn first_confirm_lied(&self, id: &str) -> bool {
        let said = self.said.get(id).map(Vec::as_slice).unwrap_or_default();
        let after: Vec<&Said> = said.iter().skip_while(|said| said.endpoint != "confirm").skip(1).collect();
        let asked = after.iter().any(|said| said.endpoint == "result");
        let unheard =
            after.iter().all(|said| said.endpoint != "confirm" && (said.endpoint != "result" || said.went_wrong));
        self.ledger.confirmed_undone.contains(id) && asked && unheard
    }

    fn sale<'b>(&'b self, id: &'b str, told: &'b Told) -> Option<&'b str> {
        self.journal.sales.get(id).map(String::as_str).or_else(|| Some(told.last(id)?.sale.as_str()))
    }
}

fn is_start(endpoint: &str) -> bool {
    matches!(endpoint, "payment" | "refund" | "reverse" | "closing")
}

/// The customer of the other register.
fn is_foreign(id: Option<&str>) -> bool {
    id.is_none_or(|id| id.starts_with("ffffffff"))
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
