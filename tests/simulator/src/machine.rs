//! The terminal itself: one transaction at a time, its books, and what it remembers of each transaction.

pub(crate) mod clock;
mod late;
mod ledger;
mod memory;
mod order;
mod settlement;
mod slip;
mod transaction;

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::time::Instant;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub use ledger::{BatchTotals, Charge, ClosedBy, Closing, Movement, Preauth, Refund, Reversal};
pub(crate) use ledger::{Books, Entry};
pub use order::Form;
pub(crate) use order::{Kind, Order};
pub(crate) use transaction::{State, Transaction};

use crate::Options;
use crate::ending::Ending;
use crate::fault::{Fault, FaultKind};
use crate::personality::{Confirm, ConfirmFalse, Pace, Personality, Tip};
use late::Late;
use ledger::Ledger;
use slip::Slip;

/// Somebody does something at the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Screen {
    /// The customer taps a card: the sale goes to its ending now.
    Tap,
    /// The customer inserts a card and enters the PIN.
    Pin,
    /// The customer presses cancel.
    Cancel,
    /// The sale is declined now.
    Decline,
    /// Somebody presses YES for a reversal that waits for it.
    Yes,
    /// Somebody presses NO.
    No,
}

/// One request, as it was received.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RequestRecord {
    /// Counted from 1.
    pub number: usize,
    /// When it had arrived, in milliseconds since the simulator was started.
    pub at_ms: u64,
    /// The status of the reply, from the moment on in which the reply is sent.
    pub status: Option<u16>,
    /// When that was.
    pub answered_ms: Option<u64>,
    /// The endpoint, such as "payment".
    pub endpoint: String,
    /// GET or POST.
    pub method: String,
    /// The whole path.
    pub path: String,
    /// The body, as JSON where it is JSON.
    pub body: Value,
    /// The transaction id it speaks of.
    pub transaction_id: Option<String>,
    /// Which connection it came on, counted from 1.
    pub connection: u64,
    /// What went wrong with it.
    pub fault: Option<FaultKind>,
}

/// Whether a start was accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Accepted {
    Yes,
    Busy,
    Duplicate,
    /// With what the screen says.
    Refused(&'static str),
    /// There is nothing that this reversal could take back.
    NoOriginal,
}

/// What the next operation is to do.
#[derive(Clone, Debug)]
struct Next {
    ending: Ending,
    /// What is laid over its result.
    fields: Map<String, Value>,
}

pub(crate) struct Machine {
    pub(crate) options: Options,
    pub(crate) personality: Personality,
    pub(crate) pace: Pace,
    pub(crate) faults: Vec<Fault>,
    pub(crate) requests: Vec<RequestRecord>,
    pub(crate) shutdown_requested: bool,
    /// The base path of the request that is being answered.
    pub(crate) asked_path: String,
    /// Functions that only the vendor's document describes.
    pub(crate) endpoints: BTreeMap<String, Form>,
    transactions: Vec<Transaction>,
    next: VecDeque<Next>,
    ledger: Ledger,
    /// What begins after the register was told that it does not.
    late: Option<Late>,
    restarted: Option<Instant>,
    /// The terminal is there and says nothing.
    pub(crate) silent: bool,
    /// How often the kept replies were let go.
    pub(crate) releases: u64,
    begun: Instant,
    /// How many transactions there were; the books remember the successful ones.
    slips: u64,
    /// When the last one ended; no two end at the same second.
    last_end: i64,
}

impl Machine {
    pub(crate) fn new(options: Options) -> io::Result<Self> {
        let ledger = Ledger::open(options.ledger.clone())?;
        let last = ledger.books().entries.last().map(|entry| entry.slip.clone());
        Ok(Self {
            slips: last.as_ref().map_or(0, |slip| slip.number + 1),
            last_end: last.map_or(0, |slip| slip.time),
            ledger,
            pace: options.pace,
            personality: options.edition.personality(),
            options,
            faults: Vec::new(),
            requests: Vec::new(),
            shutdown_requested: false,
            asked_path: String::new(),
            endpoints: BTreeMap::new(),
            transactions: Vec::new(),
            next: VecDeque::new(),
            late: None,
            restarted: None,
            silent: false,
            releases: 0,
            begun: Instant::now(),
        })
    }

    /// What makes the next transaction recognizable.
    fn next_slip(&self) -> Slip {
        Slip::new(self.slips)
    }

    pub(crate) fn choose_next(&mut self, ending: Ending, fields: Map<String, Value>) {
        self.next.push_back(Next { ending, fields });
    }

    /// Milliseconds since the simulator was started.
    pub(crate) fn clock_ms(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// The reply to the request of this number is about to be sent.
    pub(crate) fn answered(&mut self, number: usize, status: u16) {
        let now = self.clock_ms();
        if let Some(request) = number.checked_sub(1).and_then(|place| self.requests.get_mut(place)) {
            (request.status, request.answered_ms) = (Some(status), Some(now));
        }
    }

    pub(crate) fn choose_none(&mut self) {
        self.next.clear();
    }

    /// What the endpoint of this name starts, if it starts something.
    pub(crate) fn kind_of(&self, endpoint: &str) -> Option<Kind> {
        let added = || match self.endpoints.get(endpoint)? {
            Form::Charge => Some(Kind::Payment),
            Form::Operation => Some(Kind::Other),
            Form::Exchange => None,
        };
        added().or_else(|| Kind::of(endpoint, &self.personality))
    }

    /// How such an operation will end, without starting it. An operation without a card ends well unless told otherwise.
    pub(crate) fn ending_of(&self, kind: Kind, amount: i64) -> Ending {
        let chosen = kind.takes_a_card() && !self.personality.amounts_say_nothing;
        let by_itself = if chosen { Ending::of_amount(amount) } else { Ending::Approved };
        self.next.front().map_or(by_itself, |next| next.ending)
    }

    pub(crate) fn start(&mut self, order: Order) -> Accepted {
        self.tick();
        let ending = self.ending_of(order.kind, order.amount);
        let fields = self.next.pop_front().map(|next| next.fields).unwrap_or_default();
        if ending == Ending::NotStarted {
            return Accepted::Refused("Terminál není připraven");
        }
        if self.is_busy() {
            return Accepted::Busy;
        }
        if self.find(&order.id).is_some() && !self.personality.accepts_duplicate_id {
            return Accepted::Duplicate;
        }
        match self.checked(order, ending) {
            Ok(mut transaction) => {
                transaction.fields = fields;
                self.slips += 1;
                if let Some(milliseconds) = self.personality.late_start_ms {
                    self.late = Some(Late::new(transaction, milliseconds));
                    return Accepted::Busy;
                }
                self.transactions.push(transaction);
                Accepted::Yes
            }
            Err(refused) => refused,
        }
    }

    fn is_busy(&self) -> bool {
        let declined = self.personality.declined_waits;
        self.late.is_some() || self.transactions.iter().any(|transaction| transaction.is_busy(declined))
    }

    /// The tip on this sale, or on the one that it takes back, and how a result says so.
    pub(crate) fn tip_of(&self, transaction: &Transaction) -> (i64, Tip) {
        let tip = match transaction.order.kind {
            Kind::Reversal => self.original_of(transaction).map_or(0, |original| original.tip),
            Kind::Payment if transaction.ending == Ending::Tip || self.personality.tip != Tip::Not => {
                transaction.order.amount / 10
            }
            _ => 0,
        };
        match self.personality.tip {
            _ if tip == 0 => (0, Tip::Not),
            Tip::Not => (tip, Tip::Sum),
            manner => (tip, manner),
        }
    }

    pub(crate) fn books(&self) -> &Books {
        self.ledger.books()
    }

    /// Lets time pass: what runs may finish, what is not confirmed may be undone.
    pub(crate) fn tick(&mut self) {
        self.begin_late();
        let (pace, never) = (self.pace, self.personality.cancelled_never_finishes);
        let mut succeeded = Vec::new();
        for transaction in &mut self.transactions {
            if transaction.tick(pace, never) {
                self.last_end = clock::now().max(self.last_end + 1);
                transaction.slip.time = self.last_end;
                succeeded.extend(transaction.succeeds().then(|| transaction.clone()));
            }
        }
        for transaction in &succeeded {
            self.book(transaction);
        }
        let minute = self.personality.confirm_minute.then_some(pace.confirm_ms);
        if let Some(limit) = self.personality.reverses_unconfirmed_after_ms.or(minute) {
            self.undo_unconfirmed(limit);
        }
    }

    /// Undoes, newest first, what has waited so many milliseconds for a confirm. A terminal without confirm does not wait for one.
    pub(crate) fn undo_unconfirmed(&mut self, milliseconds: u64) {
        let (now, begins) = (Instant::now(), self.personality.minute_begins);
        if self.personality.confirm == Confirm::NotSupported {
            return;
        }
        let stands = self.personality.reversal_stands_unconfirmed;
        let waits = |one: &&Transaction| one.order.kind != Kind::Reversal || !stands;
        let waited = |one: &&Transaction| one.unconfirmed_for(now, begins) >= Some(milliseconds);
        for transaction in self.transactions.iter().rev().filter(waits).filter(waited) {
            self.ledger.write(|books| books.undo_unconfirmed(&transaction.order.id));
        }
    }

    pub(crate) fn cancel(&mut self, id: &str) {
        self.tick();
        let late = self.personality.cancel_too_late || self.find(id).is_none();
        let (pace, works) = (self.pace, self.personality.cancel_works);
        let asked = |transaction: &&mut Transaction| {
            transaction.order.id == id && !late && transaction.can_be_cancelled(pace, works)
        };
        if let Some(transaction) = self.running_mut().filter(asked) {
            transaction.cancel();
        }
        self.tick();
        if self.personality.cancel_forgets {
            self.transactions.retain(|transaction| transaction.order.id != id || !transaction.cancelled);
        }
    }

    /// True when the terminal says that it is confirmed. Only what is over can be confirmed.
    pub(crate) fn confirm(&mut self, id: &str) -> bool {
        self.tick();
        let undone = self.books().is_undone(id);
        let running = self.find(id).is_none_or(|transaction| transaction.state == State::Running);
        match self.personality.confirm {
            Confirm::Refuses | Confirm::NotSupported => return false,
            Confirm::Confirms if undone => return false,
            Confirm::Confirms | Confirm::ConfirmsReversed if running => return false,
            Confirm::Confirms | Confirm::ConfirmsReversed => {}
        }
        let found = self.transactions.iter_mut().rev().find(|transaction| transaction.order.id == id);
        let waited = found.map_or(0, Transaction::confirm_wanted_for);
        if self.personality.confirm_late_ms.is_some_and(|limit| waited < limit) {
            return false;
        }
        self.ledger.write(|books| books.confirm(id));
        self.transactions
            .iter_mut()
            .filter(|transaction| transaction.order.id == id)
            .for_each(|one| one.confirmed = true);
        if self.personality.confirm_forgets {
            self.transactions.retain(|transaction| transaction.order.id != id);
        }
        true
    }

    /// The register says that it does not want this sale.
    pub(crate) fn reject(&mut self, id: &str) {
        self.tick();
        if self.personality.confirm_false == ConfirmFalse::TakesBack {
            self.ledger.write(|books| books.undo_unconfirmed(id));
        }
    }

    pub(crate) fn screen(&mut self, action: Screen) {
        if let Some(transaction) = self.running_mut() {
            match action {
                Screen::Tap => transaction.tap(),
                Screen::Pin => transaction.insert(),
                Screen::Cancel => transaction.end_as(Ending::CancelledByCustomer),
                Screen::Decline => transaction.end_as(Ending::Declined),
                Screen::Yes => transaction.press_yes(),
                Screen::No => transaction.press_no(),
            }
        }
        self.tick();
    }

    /// What the screen says, while something runs.
    fn screen_text(&self) -> Option<&'static str> {
        let running = self.last().filter(|last| last.state == State::Running);
        running.map(|one| one.screen_text(self.pace, self.personality.status_language))
    }

    fn running_mut(&mut self) -> Option<&mut Transaction> {
        self.transactions.iter_mut().rev().find(|transaction| transaction.state == State::Running)
    }

    /// Everything, for the control API.
    pub(crate) fn state(&mut self) -> Value {
        self.tick();
        let books = self.books();
        serde_json::json!({
            "personality": self.personality,
            "pace": self.pace,
            "terminal_id": self.options.terminal_id,
            "base_paths": self.options.base_paths,
            "endpoints": self.endpoints,
            "screen": self.screen_text(),
            "faults": self.faults,
            "next": self.next.iter().map(|next| next.ending).collect::<Vec<_>>(),
            "transactions": self.transactions.iter().map(Transaction::described).collect::<Vec<_>>(),
            "charges": books.charges,
            "charges_kept": books.charges.iter().filter(|charge| !charge.reversed).count(),
            "refunds": books.refunds,
            "reversals": books.reversals,
            "closings": books.closings,
            "preauths": books.preauths,
            "batch": books.totals(),
            "requests": self.requests.len(),
        })
    }
}
