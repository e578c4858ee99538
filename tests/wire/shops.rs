//! What the stories of the second edition share: a shop, customers who wait until they were seen, and what may be said beside the books.

use std::sync::Arc;

use comgate_simulator::{Ending, Options, Personality, RequestRecord, Screen, Simulator};
use comgate_terminal::{OutcomeField as Field, Verdict};
use support::books::is_start;
use support::folder::Folder;
use support::journal_file;
use support::register::{Outcome, Register, Wish};

/// The oldest base path and the one that every terminal in a shop should have.
pub(super) const PATHS: [&str; 2] = ["/paya", "/api/switchio/pay/v2"];

/// A terminal, a register and the folder of its journal.
pub(super) struct Shop {
    pub(super) register: Register,
    pub(super) simulator: Arc<Simulator>,
    pub(super) folder: Folder,
}

impl Shop {
    pub(super) fn open() -> Self {
        Self::under(PATHS[0])
    }

    /// With a terminal that has this base path only.
    pub(super) fn under(path: &str) -> Self {
        let options = Options { base_paths: vec![path.into()], ..Options::default() };
        let (simulator, folder) = (Simulator::start(options).expect("a free port"), Folder::new());
        Self { register: patient(&simulator, &folder), simulator: Arc::new(simulator), folder }
    }

    /// With a terminal that behaves so.
    pub(super) fn with(change: impl FnOnce(&mut Personality)) -> Self {
        let shop = Self::open();
        shop.simulator.personality(change);
        shop
    }

    /// The register's program ends and starts again.
    pub(super) fn restarted(self) -> Self {
        drop(self.register);
        Self { register: patient(&self.simulator, &self.folder), ..self }
    }

    /// The same so many seconds later: every line of the journal is that much older.
    pub(super) fn restarted_after(self, seconds: i64) -> Self {
        drop(self.register);
        let folder = Folder::new();
        for mut fact in journal_file::facts(self.folder.path()) {
            if let Some(time) = fact["time"].as_str() {
                fact["time"] = earlier(time, seconds).into();
            }
            journal_file::append(folder.path(), journal_file::line(&fact.to_string()).as_bytes());
        }
        Self { register: patient(&self.simulator, &folder), folder, simulator: self.simulator }
    }

    /// The next operation waits until the register has seen it run; then this happens at the terminal.
    pub(super) fn next(&mut self, act: Screen) {
        self.simulator.next(Ending::Never);
        self.register.host.on_cancel = Some(when_seen(&self.simulator, act));
    }

    /// A sale that the register has seen run, with this end.
    #[track_caller]
    pub(super) fn sells(&mut self, sale: &str, amount: i64, act: Screen) -> Outcome {
        self.next(act);
        self.register.pay(sale, amount)
    }

    /// A sale that was charged and of whose end the register could read nothing.
    pub(super) fn sells_unread(&mut self, sale: &str, amount: i64) {
        use comgate_simulator::{Fault, FaultKind};
        self.simulator.fault(Fault::always("result", FaultKind::BrokenJson));
        self.sells(sale, amount, Screen::Tap).expect(Verdict::Unknown, Some(comgate_terminal::Code::Unreadable));
        self.simulator.clear_faults();
    }

    /// Whether this operation moved what it was to move, and it was not taken back.
    pub(super) fn stands(&self, transaction: &str) -> bool {
        let simulator = &self.simulator;
        let moved = simulator.charges_kept().into_iter().chain(simulator.refunds_kept());
        moved.map(|movement| movement.transaction_id).any(|id| id == transaction)
            || simulator.reversals().iter().any(|one| one.transaction_id == transaction && !one.undone)
            || simulator.closings().iter().any(|one| one.transaction_id.as_deref() == Some(transaction))
    }

    /// No verdict is given that the terminal's books contradict.
    #[track_caller]
    pub(super) fn is_true(&self, outcome: &Outcome) {
        let stands = self.stands(outcome.text(Field::TransactionId).expect("an attempt has an id"));
        match Verdict::from_number(outcome.verdict).expect("a verdict") {
            Verdict::Approved => assert!(stands, "approved, and nothing stands: {:#}", outcome.fields),
            Verdict::Declined | Verdict::Cancelled | Verdict::NotStarted => {
                assert!(!stands, "it stands, and was told as not done: {:#}", outcome.fields);
            }
            Verdict::Unknown => {}
        }
    }

    pub(super) fn sent(&self, endpoint: &str) -> Vec<serde_json::Value> {
        let requests = self.simulator.requests().into_iter();
        requests.filter(|request| request.endpoint == endpoint).map(|request| request.body).collect()
    }
}

/// One that waits for replies, however slow this machine is.
pub(super) fn patient(simulator: &Simulator, folder: &Folder) -> Register {
    let register = Register::at(simulator, folder);
    register.set_reply_limit(30_000);
    register
}

#[track_caller]
pub(super) fn told(result: Result<Outcome, i32>) -> Outcome {
    result.unwrap_or_else(|code| panic!("no outcome: {code}"))
}

#[track_caller]
pub(super) fn is(outcome: &Outcome, verdict: Verdict) {
    assert_eq!(Verdict::from_number(outcome.verdict), Some(verdict), "{:#}", outcome.fields);
}

#[track_caller]
pub(super) fn is_not(outcome: &Outcome, verdict: Verdict) {
    assert_ne!(Verdict::from_number(outcome.verdict), Some(verdict), "{:#}", outcome.fields);
}

/// Somebody who does this at the terminal once the register has read a status of the running operation.
pub(super) fn when_seen(simulator: &Arc<Simulator>, act: Screen) -> Wish {
    let before = simulator.requests().len();
    once(simulator, move |terminal| was_seen(terminal, before), move |terminal| terminal.screen(act))
}

/// Somebody who does this at the terminal once this has happened.
pub(super) fn once(
    simulator: &Arc<Simulator>,
    has_happened: impl Fn(&Simulator) -> bool + 'static,
    act: impl Fn(&Simulator) + 'static,
) -> Wish {
    let terminal = simulator.clone();
    let mut done = false;
    Box::new(move |_| {
        if !done && has_happened(&terminal) {
            done = true;
            act(&terminal);
        }
        false
    })
}

/// Whether a status of what was started last was answered after the terminal's state had caught up, and the answer was read.
fn was_seen(terminal: &Simulator, before: usize) -> bool {
    let mut lag = 0;
    terminal.personality(|p| lag = p.state_lags_ms.unwrap_or_default());
    let requests = terminal.requests();
    let Some(start) = requests.iter().skip(before).rfind(|request| is_start(request)) else { return false };
    let begins = start.answered_ms.unwrap_or(start.at_ms) + lag;
    let tells = |request: &&RequestRecord| {
        request.endpoint == "status" && request.transaction_id == start.transaction_id && request.at_ms > begins
    };
    // Whoever asks once more has read the answer.
    requests.iter().skip(start.number).filter(tells).nth(1).is_some()
}

/// `2026-11-23T09:41:00Z`, so many seconds earlier.
fn earlier(time: &str, seconds: i64) -> String {
    let number = |from: usize, to: usize| time[from..to].parse::<i64>().expect("a time of the journal");
    let rest = &time[19..];
    let of_day = number(11, 13) * 3_600 + number(14, 16) * 60 + number(17, 19) - seconds;
    let day = number(8, 10) + of_day.div_euclid(86_400);
    assert!(seconds < 600, "this reckons from one day to the one before, no further");
    let (year, month, day) = match (number(0, 4), number(5, 7), day) {
        (year, 1, 0) => (year - 1, 12, 31),
        (year, month, 0) => (year, month - 1, days_of(year, month - 1)),
        same => same,
    };
    let of_day = of_day.rem_euclid(86_400);
    let (hour, minute, second) = (of_day / 3_600, of_day / 60 % 60, of_day % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{rest}")
}

fn days_of(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
