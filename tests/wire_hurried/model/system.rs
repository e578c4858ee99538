//! The system under test: two registers on one folder and one terminal, played by chance and compared with the model after each call.

use std::collections::BTreeSet;

use comgate_simulator::{ClosedBy, Personality, Screen, Simulator};
use comgate_terminal::{Code, Kind, OutcomeField as Field, Verdict};
use serde_json::Value;

use super::attempts::{Attempt, Attempts, State};
use super::call::{Call, TILLS};
use super::diary::Diary;
use super::fairness;
use super::rules::Allowed;
use super::trouble::{self, Trouble};
use support::books::Books;
use support::chance::Chance;
use support::folder::Folder;
use support::host::terminal_at_own_host;
use support::journal_file;
use support::register::{Outcome, Register};

/// So many calls in each system.
const CALLS: usize = 40;
/// For what ends well, however busy this machine is.
const PATIENT: i32 = 60_000;
const PATIENCE: i32 = 1_500;

pub struct System {
    // Dropped in this order: registers before the terminal they talk to.
    tills: Vec<Register>,
    attempts: Attempts,
    numbers: BTreeSet<String>,
    diary: Diary,
    terminal: Simulator,
    folder: Folder,
}

/// What came of a system.
#[derive(Default)]
pub struct Played {
    pub calls: usize,
    pub verdicts: Vec<(Kind, Verdict)>,
    pub refusals: Vec<i32>,
}

/// What a call answered: an outcome, nothing, or the code without an outcome.
type Answer = Result<Option<Outcome>, i32>;

/// Plays the shop of this seed to its end.
pub fn play(seed: u64) -> Played {
    let mut system = System::open(seed);
    let mut played = Played::default();
    let mut chance = Chance::new(seed);
    let (personality, names) = trouble::personality(&mut chance);
    system.diary.note(&format!("a terminal with {names:?}"));
    system.terminal.personality(|switches| *switches = personality);
    for _ in 0..CALLS {
        let till = chance.below(TILLS.len());
        let call = Call::any(&mut chance, till);
        let trouble = Trouble::any(&mut chance);
        let answer = system.plays(till, &call, &trouble);
        played.calls += 1;
        played.refusals.extend(answer.err());
    }
    system.closes();
    played.verdicts = system.attempts.0.iter().map(|attempt| (attempt.kind, attempt.verdict)).collect();
    played
}

impl System {
    fn open(seed: u64) -> Self {
        let terminal = terminal_at_own_host("SIM00001");
        let folder = Folder::new();
        let mut diary = Diary::default();
        diary.note(&format!("CGT_TEST_SEED={seed}"));
        let tills = (0..TILLS.len()).map(|till| register_at(&terminal, &folder, till)).collect();
        Self { tills, attempts: Attempts::default(), numbers: BTreeSet::new(), diary, terminal, folder }
    }

    fn books(&self) -> Books {
        Books::of(&self.terminal)
    }

    #[track_caller]
    fn plays(&mut self, till: usize, call: &Call, trouble: &Trouble) -> Answer {
        self.diary.note(&format!("{}: {call:?}, {trouble:?}", TILLS[till]));
        self.numbers.extend(call.own_number().map(String::from));
        let (starts, mut before) = (fairness::starts(&self.terminal), self.attempts.allowed(till, call));
        if matches!(trouble, Trouble::Cancel(_)) {
            before = before.with_a_wish_to_cancel();
        }
        trouble.begins(&self.terminal);
        let answer = self.makes(till, call, trouble);
        trouble.ends(&self.terminal);
        self.diary.note(&format!("   {}", told(&answer, &self.tills[till])));
        let started: Vec<String> = fairness::starts(&self.terminal).difference(&starts).cloned().collect();
        self.is_fair(till, call, &answer, &started, before);
        answer
    }

    fn makes(&mut self, till: usize, call: &Call, trouble: &Trouble) -> Answer {
        let register = &mut self.tills[till];
        register.host.on_cancel = None;
        if let Trouble::Cancel(limit) = *trouble {
            let mut asked = 0;
            register.host.on_cancel = Some(Box::new(move |_| {
                asked += 1;
                asked > limit
            }));
        }
        let code = |code: i32| if code == 0 { Ok(None) } else { Err(code) };
        match call {
            Call::Pay { sale, amount } => register.try_pay(sale, *amount).map(Some),
            Call::LetGo { sale, amount, steps } => register.begin(sale, *amount).map(|operation| {
                let mut left = *steps;
                while left > 0 && operation.step(20) == Ok(false) {
                    left -= 1;
                }
                None
            }),
            Call::Refund { id, original, amount } => register.refund(id, original.as_deref(), *amount).map(Some),
            Call::Reverse { id, original } => register.reverse(id, original).map(Some),
            Call::Closing { id } => register.closing(id).map(Some),
            Call::Signature { sale, accepted } => register.signature_result(sale, *accepted).map(Some),
            Call::Acknowledge { sale } => code(register.acknowledge(sale)),
            Call::Query { sale } => register.query(sale).map(Some),
            Call::Resolve { sale } => code(self.resolves(till, sale)),
            Call::Recover { store } => {
                self.recovers(till, *store);
                Ok(None)
            }
            Call::NewHandle => {
                self.tills[till] = register_at(&self.terminal, &self.folder, till);
                Ok(None)
            }
            Call::ClosedFromTheMenu => {
                // Refused while something runs.
                let _ = self.terminal.close(ClosedBy::Menu);
                Ok(None)
            }
            Call::TerminalRestarts => {
                self.terminal.restart();
                Ok(None)
            }
        }
    }

    /// A person ends what runs on the terminal, looks whether this stands, and says so.
    fn resolves(&mut self, till: usize, sale: &str) -> i32 {
        self.terminal.screen(Screen::Cancel);
        let charged = self.attempts.newest(till, sale).is_some_and(|attempt| fairness::stands(&self.books(), attempt));
        let code = self.tills[till].resolve(sale, charged, "looked at the terminal");
        self.look();
        let known = self.attempts.newest(till, sale).map(Attempt::state);
        let agreed = (known == Some(State::Charged)) == charged;
        assert!(code != Code::Decided.number() || !agreed, "they agree, charged {charged}");
        code
    }

    fn recovers(&mut self, till: usize, store: bool) {
        let told = self.tills[till].recover_within(2_000, store);
        self.look();
        for outcome in &told {
            let told = Attempt::of(outcome, till);
            let known = self.attempts.0.iter_mut().find(|attempt| attempt.transaction == told.transaction);
            let known = known.unwrap_or_else(|| panic!("recover told what nobody started: {told:?}"));
            assert_eq!((known.till, known.verdict), (till, told.verdict), "{:#}", outcome.fields);
            known.acknowledged |= store && known.state() == State::Charged;
        }
        for open in self.attempts.of_till(till) {
            let is_told = told.iter().any(|told| told.text(Field::TransactionId) == Some(&open.transaction));
            let is_open = open.state() == State::Undecided || (open.state() == State::Charged && !open.acknowledged);
            assert!(is_told || !is_open, "recover did not tell {open:?}");
        }
    }

    /// Takes over what the journal says of every number, for each register.
    #[track_caller]
    fn look(&mut self) -> Vec<Attempt> {
        let mut fresh = Vec::new();
        for number in self.numbers.clone() {
            for (till, register) in self.tills.iter().enumerate() {
                let known = self.attempts.newest_mut(till, &number);
                match (register.find(&number).map(|found| Attempt::of(&found, till)), known) {
                    (Ok(now), Some(known)) if known.transaction == now.transaction => known.becomes(now),
                    (Ok(now), _) => fresh.push(now),
                    (Err(code), None) => assert_eq!(code, Code::NotFound.number()),
                    (Err(code), Some(known)) => panic!("{number} is forgotten, {code}: {known:?}"),
                }
            }
        }
        fresh
    }

    #[track_caller]
    fn is_fair(&mut self, till: usize, call: &Call, answer: &Answer, started: &[String], before: Allowed) {
        assert!(started.len() <= 1, "one call, {} starts", started.len());
        if let Ok(Some(outcome)) = answer {
            self.numbers.insert(outcome.text(Field::SaleId).expect("every outcome has its number").into());
        }
        let fresh = self.look();
        let allowed = before.or(self.attempts.allowed(till, call));
        match answer {
            Ok(_) => assert!(allowed.outcome, "done, and the model allows only {allowed:?}"),
            Err(code) => {
                assert!(allowed.codes.iter().any(|allowed| allowed.number() == *code), "{code}: {allowed:?}");
                assert!(started.is_empty() && fresh.is_empty(), "refused with {code}, and yet: {started:?} {fresh:?}");
            }
        }
        assert!(fresh.len() <= 1, "one call, several attempts: {fresh:?}");
        for attempt in fresh {
            self.is_new(till, attempt, &allowed);
        }
        for start in started {
            let known = self.attempts.0.last().is_some_and(|last| &last.transaction == start);
            assert!(known, "{start} was started, and the journal does not know it");
        }
        self.settles(till, call, answer);
        if let Ok(Some(outcome)) = answer {
            self.says_what_stands(till, outcome, call);
        }
        let books = self.books();
        for attempt in &self.attempts.0 {
            fairness::agrees(&books, &self.attempts, attempt);
        }
        fairness::is_fair(&books, &self.attempts);
        for (till, register) in self.tills.iter().enumerate() {
            assert_eq!(
                register.unresolved(),
                self.attempts.counts(till),
                "undecided and unacknowledged at {}",
                TILLS[till]
            );
        }
    }

    /// A new attempt only where everything before it under its number ended without a charge.
    #[track_caller]
    fn is_new(&mut self, till: usize, attempt: Attempt, allowed: &Allowed) {
        // What is asked about first, and has ended without a charge, is begun anew in the same call.
        let asked = |one: &Attempt| one.till == till && one.sale == attempt.sale && one.state() == State::Undecided;
        let may_start = allowed.start || self.attempts.0.iter().any(asked);
        assert!(may_start, "a new attempt, and the model allows only {allowed:?}: {attempt:?}");
        assert_eq!(attempt.till, till);
        let lines = journal_file::facts(self.folder.path());
        let refunded = |one: &Attempt| self.attempts.is_wholly_refunded(one).then(|| one.transaction.clone());
        let refunded: Vec<String> = self.attempts.0.iter().filter_map(refunded).collect();
        for earlier in self.attempts.0.iter_mut().filter(|one| one.till == till && one.sale == attempt.sale) {
            let stands = earlier.state() == State::Charged && !refunded.contains(&earlier.transaction);
            assert!(!stands, "{attempt:?} after {earlier:?}");
            if earlier.state() == State::Undecided {
                // It was asked about in the same call, and the journal says so before the new attempt.
                earlier.verdict = ended_before(&lines, &earlier.transaction, &attempt.transaction);
            }
        }
        self.attempts.0.push(attempt);
    }

    fn settles(&mut self, till: usize, call: &Call, answer: &Answer) {
        let (Call::Acknowledge { sale }, Ok(_)) = (call, answer) else { return };
        let newest = self.attempts.newest_mut(till, sale).expect("only what is known can be acknowledged");
        if newest.is_open() {
            newest.acknowledged = true;
            return;
        }
        // Else the next older one that is open is meant, if this handle was told of it; the model does not keep who was told.
        let open = self.attempts.counts(till);
        if self.tills[till].unresolved() == (open.0, open.1 - 1) {
            let older = |one: &&mut Attempt| one.till == till && one.sale == *sale && one.is_open();
            self.attempts.0.iter_mut().rev().find(older).expect("an older one is open").acknowledged = true;
        }
    }

    /// The outcome is what the journal says of that sale, and of the right one.
    #[track_caller]
    fn says_what_stands(&self, till: usize, outcome: &Outcome, call: &Call) {
        let fields = &outcome.fields;
        let told = outcome.text(Field::SaleId).expect("every outcome has its number");
        let known = self.attempts.newest(till, told).expect("it was looked at");
        assert_eq!(outcome.text(Field::TransactionId), Some(known.transaction.as_str()), "{fields:#}");
        assert_eq!(outcome.verdict, known.verdict.number(), "{fields:#} {known:?}");
        if outcome.is(Field::Adopted) {
            assert_eq!(known.state(), State::Charged, "only a charge is adopted: {fields:#}");
        }
        match call {
            Call::Reverse { original, .. } if outcome.verdict == Verdict::Approved.number() => {
                let original = self.attempts.newest(till, original).expect("an original");
                assert_eq!(original.state(), State::Ended, "taken back, and yet {original:?}");
            }
            Call::Reverse { .. } | Call::Signature { .. } => {}
            // A reversal that nobody knows is told in the place of its original.
            _ if known.kind == Kind::Reversal && known.state() == State::Undecided => {}
            _ => {
                let asked = call.own_number().or(if let Call::Query { sale } = call { Some(sale) } else { None });
                assert_eq!(Some(told), asked, "{fields:#}");
            }
        }
    }

    /// Everybody recovers, a person decides what is left, everything is acknowledged, and the shop goes on.
    #[track_caller]
    fn closes(&mut self) {
        self.diary.note("the terminal behaves from now on");
        self.terminal.personality(|switches| *switches = Personality::default());
        for till in 0..self.tills.len() {
            self.tills[till].host.on_cancel = None;
            self.tills[till].set_patience(PATIENT);
            self.tills[till].set_reply_limit(30_000);
            self.plays(till, &Call::Recover { store: true }, &Trouble::None).expect("recover");
        }
        let open = |one: &&Attempt| one.state() == State::Undecided;
        while let Some(attempt) = self.attempts.0.iter().find(open).cloned() {
            self.decides(&attempt);
        }
        for (till, name) in TILLS.iter().enumerate() {
            self.plays(till, &Call::Recover { store: true }, &Trouble::None).expect("recover");
            assert_eq!(self.tills[till].unresolved(), (0, 0), "nothing is open");
            let sale = format!("{name} afterwards");
            let call = Call::Pay { sale, amount: 10_000 };
            let paid = self.plays(till, &call, &Trouble::None).expect("it is paid").expect("an outcome");
            paid.expect(Verdict::Approved, None);
        }
    }

    fn decides(&mut self, attempt: &Attempt) {
        let call = Call::Resolve { sale: attempt.sale.clone() };
        let unresolved = Err(Code::Unresolved.number());
        // Where the terminal has told something new meanwhile, the person looks once more; where it says that it is busy, it is restarted.
        let mut answer = self.plays(attempt.till, &call, &Trouble::None).map(drop);
        if answer == unresolved {
            answer = self.plays(attempt.till, &call, &Trouble::None).map(drop);
        }
        if answer == unresolved {
            self.plays(attempt.till, &Call::TerminalRestarts, &Trouble::None).expect("it restarts");
            let _ = self.plays(attempt.till, &call, &Trouble::None);
        }
        let now = self.attempts.newest(attempt.till, &attempt.sale).expect("it is known");
        assert_ne!(now.state(), State::Undecided, "a person cannot decide: {now:?}");
    }
}

fn register_at(terminal: &Simulator, folder: &Folder, till: usize) -> Register {
    let register = Register::at(terminal, folder);
    register.set_register_id(TILLS[till]);
    register.set_patience(PATIENCE);
    register
}

fn told(answer: &Answer, register: &Register) -> String {
    match answer {
        Ok(None) => "done".into(),
        Ok(Some(outcome)) => {
            let verdict = Verdict::from_number(outcome.verdict);
            let (sale, reason) = (outcome.text(Field::SaleId), outcome.text(Field::ReasonText));
            format!("{verdict:?} of {sale:?}, reason {:?} {reason:?}", outcome.number(Field::Reason))
        }
        Err(code) => format!("refused: {code} {}", register.last_error()),
    }
}

/// How the earlier attempt ended, by its last line before the intent of the next one.
#[track_caller]
fn ended_before(lines: &[Value], earlier: &str, next: &str) -> Verdict {
    let before = lines.iter().take_while(|line| line["transaction"] != next);
    let word = before
        .filter(|line| line["fact"] == "decided" && line["transaction"] == earlier)
        .filter_map(|line| line["verdict"].as_str())
        .last();
    match word {
        Some("declined") => Verdict::Declined,
        Some("cancelled") => Verdict::Cancelled,
        Some("not_started") => Verdict::NotStarted,
        other => panic!("{next} was begun while {earlier} was {other:?}"),
    }
}
