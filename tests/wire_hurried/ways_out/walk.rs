//! From one state to the end: what recover says, whether the shop can sell, what becomes of the same sale, and who ends it.

use std::collections::HashSet;
use std::fmt;

use comgate_simulator::Screen;
use comgate_terminal::{Code, OutcomeField as Field, Verdict};

use super::fate::Fate;
use super::situation::Situation;
use super::state::{AMOUNT, SALE, State, Truth, is_of_the_past};
use support::journal_file;
use support::register::{Outcome, Register};

/// One cell of the table.
#[derive(Clone, Copy)]
pub struct Case {
    pub state: State,
    pub truth: Truth,
    pub fate: Fate,
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} / {} / {}", self.fate, self.state, self.truth)
    }
}

/// What was seen on the way.
#[derive(Clone, PartialEq, Eq)]
pub struct Way {
    pub recover: String,
    pub new_sale: String,
    pub same_sale: String,
    pub ended_by: String,
}

/// Every cell that can be.
pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for fate in Fate::ALL {
        for state in State::all() {
            // A terminal that works on our sale takes no other.
            let possible = |truth: &Truth| *truth != Truth::Running || fate != Fate::BusyElsewhere;
            cases.extend(state.truths().into_iter().filter(possible).map(|truth| Case { state, truth, fate }));
        }
    }
    cases
}

/// Walks one cell to its end, and fails where there is none.
pub fn walk(case: Case) -> Way {
    let mut situation = Situation::new(case.state, case.truth, case.fate);
    if case.truth == Truth::Running {
        // Nobody will tap a card: it is followed only so long.
        situation.till.set_patience(5_000);
    }
    let undecided = |situation: &Situation| situation.owner(case.state).unresolved().0 > 0;
    let ended_already = !undecided(&situation);
    let recover = told(&situation.till.recover_within(asking(case), false), case.state);
    let ended_by_recover = !undecided(&situation);
    let new_sale = sell(&situation);
    let same_sale = described(&situation, situation.till.try_pay(SALE, AMOUNT));
    let ended_by = match (ended_already, ended_by_recover, undecided(&situation)) {
        (true, ..) => "it was decided".into(),
        (false, true, _) => "recover".into(),
        (false, false, false) => "the next sale, which asks".into(),
        (false, false, true) => end(&mut situation, case),
    };
    nothing_is_open(&mut situation, case);
    one_charge_in_all(&situation);
    Way { recover, new_sale, same_sale, ended_by }
}

/// For how many milliseconds recover may ask.
fn asking(case: Case) -> i32 {
    if case.truth == Truth::Running { 2_000 } else { 20_000 }
}

fn told(outcomes: &[Outcome], state: State) -> String {
    let ours = outcomes.iter().filter(|outcome| outcome.text(Field::SaleId) == Some(SALE));
    let words: Vec<String> = ours.map(verdict).collect();
    match state {
        _ if words.is_empty() => "nothing".into(),
        State::Unknown(reason) if words == [format!("UNKNOWN {}", reason.number())] => "UNKNOWN, as before".into(),
        _ => words.join(", "),
    }
}

fn verdict(outcome: &Outcome) -> String {
    let name = Verdict::from_number(outcome.verdict).expect("a verdict").c_name().trim_start_matches("CGT_");
    match outcome.number(Field::Reason) {
        Some(reason) => format!("{name} {reason}"),
        None => name.into(),
    }
}

/// A new sale here, or on another terminal of the shop.
fn sell(situation: &Situation) -> String {
    match situation.till.try_pay("new", AMOUNT) {
        Ok(outcome) if outcome.verdict == Verdict::Approved.number() => "sold".into(),
        here => {
            situation.spare_till.pay("new elsewhere", AMOUNT).expect(Verdict::Approved, None);
            let here = described(situation, here).replace("a new attempt: ", "");
            format!("{here}, and sold on another terminal")
        }
    }
}

fn described(situation: &Situation, paid: Result<Outcome, i32>) -> String {
    match paid {
        Ok(outcome) if outcome.is(Field::Adopted) => format!("{}, the same again", verdict(&outcome)),
        Ok(outcome) if outcome.text(Field::TransactionId).is_some_and(is_of_the_past) => verdict(&outcome),
        Ok(outcome) if outcome.verdict == Verdict::Approved.number() => "a new attempt: APPROVED".into(),
        Ok(outcome) => format!("a new attempt: {}", verdict(&outcome)),
        Err(code) => {
            let name = Code::from_number(code).expect("a code").c_name();
            assert!(!situation.till.last_error().is_empty());
            format!("{} {code}", name.trim_start_matches("CGT_E_"))
        }
    }
}

/// Does what it takes. The answer says who did it.
fn end(situation: &mut Situation, case: Case) -> String {
    let mut owner = situation.owner(case.state);
    owner.recover_within(asking(case), true);
    let mut before = "";
    if case.fate == Fate::BusyHere && owner.unresolved().0 > 0 {
        assert_eq!(decide(&owner, situation), Code::TerminalLocked.number(), "{}", owner.last_error());
        situation.other_till_ends();
        owner.recover_within(asking(case), true);
        before = "once the other till has ended: ";
    }
    let mut who = "recover";
    for _ in 0..3 {
        if owner.unresolved().0 == 0 {
            break;
        }
        who = match decide(&owner, situation) {
            0 => "a person",
            code if code == Code::Decided.number() => who,
            code => {
                assert_eq!(code, Code::Unresolved.number(), "{}", owner.last_error());
                situation.terminal.screen(Screen::Cancel);
                owner.recover_within(asking(case), true);
                "a person at the terminal, then recover"
            }
        };
    }
    format!("{before}{who}")
}

/// A person looks at the terminal's books, or the bank's, and says what is in them of the newest undecided attempt.
fn decide(owner: &Register, situation: &Situation) -> i32 {
    let outcome = owner.find(SALE).expect("the sale is known");
    let newest = outcome.text(Field::TransactionId).expect("it has an id");
    let undecided = if outcome.verdict == Verdict::Unknown.number() { newest } else { "" };
    let charged = kept(situation).iter().any(|transaction| transaction == undecided);
    owner.resolve(SALE, charged, "looked into the books")
}

/// What is charged at this moment, on whatever terminal.
fn kept(situation: &Situation) -> Vec<String> {
    let terminals = [&situation.terminal, &situation.successor, &situation.spare];
    terminals.iter().flat_map(|one| one.charges_kept()).map(|charge| charge.transaction_id).collect()
}

/// Everything is told and acknowledged, and both tills count zero.
fn nothing_is_open(situation: &mut Situation, case: Case) {
    let mut owner = situation.owner(case.state);
    owner.recover_within(asking(case), true);
    assert_eq!(owner.unresolved(), (0, 0), "the owner still has something open");
    situation.till.recover(true);
    assert_eq!(situation.till.unresolved(), (0, 0), "the till still has something open");
}

/// The customer comes back to pay: once in all, whatever has happened.
fn one_charge_in_all(situation: &Situation) {
    let again = situation.spare_till.try_pay(SALE, AMOUNT);
    let facts = journal_file::facts(situation.folder.path());
    let attempts: HashSet<&str> =
        facts.iter().filter(|fact| fact["sale"] == SALE).filter_map(|fact| fact["transaction"].as_str()).collect();
    let charged = kept(situation).iter().filter(|transaction| attempts.contains(transaction.as_str())).count();
    assert_eq!(charged, 1, "charged {charged} times; the last answer was {again:?}");
}
