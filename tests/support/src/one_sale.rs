//! One sale to the end of the day: what must hold whatever the terminal is like and wherever the wire breaks.

use std::cell::Cell;
use std::time::Duration;

use comgate_simulator::{Charge, Pace, Personality, Screen, Simulator};
use comgate_terminal::{Code, OutcomeField as Field, Verdict};

use crate::register::{Outcome, Register};

pub const SALE: &str = "1";
pub const AMOUNT: i64 = 12550;
const CZK: i64 = 203;
/// Longer than any sale on a well-behaved terminal, however busy this machine is.
pub const PATIENT: i32 = 60_000;
/// How long recover may ask.
const ASKING: i32 = 1_500;
/// ... however busy this machine is.
const LONG_ASKING: i32 = 20_000;

/// A start that says no, and begins only after the register has asked a second time, is told as not started and found
/// later. Whether it was in time is chance on a busy machine.
pub fn may_still_begin(simulator: &Simulator) -> bool {
    let mut late = None;
    simulator.personality(|p| late = p.late_start_ms);
    late.is_some_and(|milliseconds| milliseconds > 0)
}

/// The same terminal, with a second that is so long that no busy machine misses it: for a plain sale that must come to its
/// end.
#[must_use]
pub fn unhurried(terminal: &Personality) -> Personality {
    let long = |limit: Option<u64>| limit.map(|milliseconds| milliseconds * 60);
    Personality {
        reverses_unconfirmed_after_ms: long(terminal.reverses_unconfirmed_after_ms),
        result_gone_after_ms: long(terminal.result_gone_after_ms),
        ..terminal.clone()
    }
}

/// The sale, seen in the terminal's books.
pub struct OneSale<'s> {
    simulator: &'s Simulator,
    /// Charges of earlier customers and other tills.
    foreign: Vec<String>,
    starts_before: usize,
    /// It began after its refusal: recover must have the time to hear of it.
    began_late: Cell<bool>,
}

impl<'s> OneSale<'s> {
    /// Reads the books before the sale. `other`: a sale that another till is making.
    pub fn before(simulator: &'s Simulator, other: &str) -> Self {
        let mut foreign: Vec<String> = simulator.charges().into_iter().map(|charge| charge.transaction_id).collect();
        foreign.push(other.into());
        Self { simulator, foreign, starts_before: simulator.count("payment"), began_late: Cell::new(false) }
    }

    fn kept(&self) -> Vec<Charge> {
        let ours = |charge: &Charge| !self.foreign.contains(&charge.transaction_id);
        self.simulator.charges_kept().into_iter().filter(ours).collect()
    }

    /// Checks: at most one start for this attempt, at most one charge, and a verdict that fits the books.
    #[track_caller]
    pub fn agree_with(&self, outcome: &Outcome) {
        let starts = self.simulator.count("payment") - self.starts_before;
        assert!(starts <= 1, "{starts} starts for one attempt");
        let kept = self.kept();
        assert!(kept.len() <= 1, "charged {} times", kept.len());
        let fields = &outcome.fields;
        match Verdict::from_number(outcome.verdict).expect("a verdict") {
            Verdict::Approved => {
                let [charge] = &*kept else { panic!("APPROVED without a charge: {fields:#}") };
                // A person may decide that a charge stands although it is of another amount or currency, or the terminal says so.
                if !outcome.is(Field::Resolved) {
                    assert_eq!((charge.amount, charge.currency), (AMOUNT, CZK), "{fields:#}");
                    let approved = outcome.number(Field::AmountApproved).unwrap_or(AMOUNT);
                    assert!(approved == AMOUNT || approved == AMOUNT + charge.tip, "{approved} approved: {fields:#}");
                }
            }
            Verdict::NotStarted if may_still_begin(self.simulator) => {}
            Verdict::Declined | Verdict::Cancelled | Verdict::NotStarted => {
                // Tap once more: a sale that runs unseen would be paid now.
                self.simulator.screen(Screen::Tap);
                assert!(self.kept().is_empty(), "charged all the same: {fields:#}");
            }
            Verdict::Unknown => assert!(outcome.number(Field::Reason).is_some(), "no reason: {fields:#}"),
        }
    }

    /// The same checks for what recover tells about this sale.
    #[track_caller]
    pub fn recover(&self, register: &mut Register) {
        let asking = if self.began_late.get() { LONG_ASKING } else { ASKING };
        for outcome in register.recover_within(asking, false) {
            if outcome.text(Field::SaleId) == Some(SALE) {
                self.agree_with(&outcome);
            }
        }
    }

    /// Lets all limits of the terminal pass.
    pub fn end_of_day(&self) {
        let mut late = None;
        self.simulator.personality(|p| {
            p.reverses_unconfirmed_after_ms = p.reverses_unconfirmed_after_ms.map(|_| 0);
            late = p.late_start_ms;
        });
        // What was to start late has started, and nobody has paid.
        std::thread::sleep(Duration::from_millis(late.unwrap_or_default()));
        self.simulator.screen(Screen::Cancel);
        self.simulator.personality(|p| p.late_start_ms = None);
        self.began_late.set(late.is_some());
    }

    /// A person looks at the terminal and its books, and decides what the library cannot.
    #[track_caller]
    pub fn person_decides(&self, register: &Register) {
        let charged = || !self.kept().is_empty();
        if register.unresolved().0 > 0 {
            self.simulator.screen(Screen::Cancel);
            let mut code = register.resolve(SALE, charged(), "looked at the terminal");
            // The terminal has told something new meanwhile: an approval, and then perhaps that it has undone it.
            for _ in 0..2 {
                if code == Code::Unresolved.number() {
                    code = register.resolve(SALE, charged(), "looked at the terminal once more");
                }
            }
            if code == Code::Unresolved.number() {
                // It still says that it is busy.
                self.simulator.restart();
                code = register.resolve(SALE, charged(), "looked at the terminal again");
            }
            if code == Code::Unresolved.number() {
                // An unknown text for "over" holds the shop up for an hour: see `tests/wire_hurried/clocks.rs`.
                self.simulator.personality(|p| p.finished_in_czech = false);
                code = register.resolve(SALE, charged(), "looked at the terminal once more");
            }
            assert!(code == 0 || code == Code::Decided.number(), "not resolved: {code} {}", register.last_error());
        }
        let outcome = register.find(SALE).expect("the sale is in the journal");
        assert_ne!(outcome.verdict, Verdict::Unknown.number(), "still unknown: {:#}", outcome.fields);
        self.agree_with(&outcome);
    }

    /// On a well-behaved terminal the same sale leads to one charge in all, and the next one can be sold.
    #[track_caller]
    pub fn shop_goes_on(&self, register: &mut Register) {
        self.simulator.clear_faults();
        self.simulator.clear_next();
        // A terminal that takes nothing back must not begin to, because the test makes it a well-behaved one.
        let hour = Some(3_600_000);
        self.simulator
            .personality(|p| *p = Personality { reverses_unconfirmed_after_ms: hour, ..Personality::default() });
        self.simulator.screen(Screen::Cancel);
        self.simulator.pace(Pace::quick());
        register.host.on_cancel = None;
        register.host.on_event = None;
        register.set_patience(PATIENT);
        register.pay(SALE, AMOUNT).expect(Verdict::Approved, None);
        assert_eq!(self.kept().len(), 1, "one sale, one charge");
        register.pay("the next one", AMOUNT).expect(Verdict::Approved, None);
        assert_eq!(self.kept().len(), 2, "two sales, two charges");
        register.recover_within(ASKING, true);
        assert_eq!(register.unresolved(), (0, 0), "nothing is open");
    }
}
