//! The terminal itself: one transaction at a time, its books, and what it remembers of each transaction.

mod ledger;
mod memory;
mod order;
mod settlement;
mod transaction;

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::time::Instant;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub(crate) use ledger::Books;
pub use ledger::{BatchTotals, Charge, ClosedBy, Closing, Movement, Refund, Reversal};
pub use order::Form;
pub(crate) use order::{Kind, Order};
pub(crate) use transaction::{State, Transaction};

use crate::Options;
use crate::ending::Ending;
use crate::fault::{Fault, FaultKind};
use crate::personality::{Confirm, Pace, Personality, Tip};
use ledger::Ledger;

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
}

/// One request, as it was received.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RequestRecord {
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
    next: VecDeque<Ending>,
    ledger: Ledger,
}

impl Machine {
    pub(crate) fn new(options: Options) -> io::Result<Self> {
        Ok(Self {
            ledger: Ledger::open(options.ledger.clone())?,
            pace: options.pace,
            options,
            personality: Personality::default(),
            faults: Vec::new(),
            requests: Vec::new(),
            shutdown_requested: false,
            asked_path: String::new(),
            endpoints: BTreeMap::new(),
            transactions: Vec::new(),
            next: VecDeque::new(),
        })
    }

    pub(crate) fn choose_next(&mut self, ending: Ending) {
        self.next.push_back(ending);
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
        Kind::of(endpoint).or_else(added)
    }

    /// How such an operation will end, without starting it. An operation without a card ends well unless told otherwise.
    pub(crate) fn ending_of(&self, kind: Kind, amount: i64) -> Ending {
        let by_itself = if kind.takes_a_card() { Ending::of_amount(amount) } else { Ending::Approved };
        self.next.front().copied().unwrap_or(by_itself)
    }

    pub(crate) fn start(&mut self, order: Order) -> Accepted {
        self.tick();
        let ending = self.ending_of(order.kind, order.amount);
        self.next.pop_front();
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
            Ok(transaction) => {
                self.transactions.push(transaction);
                Accepted::Yes
            }
            Err(refused) => refused,
        }
    }

    fn is_busy(&self) -> bool {
        self.transactions.iter().any(|transaction| transaction.is_busy(self.personality.declined_waits))
    }

    /// The tip on this sale, or on the one that it takes back, and how a result says so.
    pub(crate) fn tip_of(&self, transaction: &Transaction) -> (i64, Tip) {
        let tip = match transaction.order.kind {
            Kind::Reversal => self.original_of(transaction).map_or(0, |original| original.tip),
            Kind::Payment if transaction.ending == Ending::Tip || self.personality.tip != Tip::Not => {
                transaction.order.amount / 10
            }
            Kind::Payment | Kind::Refund | Kind::Closing | Kind::Other => 0,
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
        let (pace, never) = (self.pace, self.personality.cancelled_never_finishes);
        let mut succeeded = Vec::new();
        for transaction in &mut self.transactions {
            if transaction.tick(pace, never) {
                succeeded.push(transaction.clone());
            }
        }
        for transaction in &succeeded {
            self.book(transaction);
        }
        if let Some(limit) = self.personality.reverses_unconfirmed_after_ms {
            self.undo_unconfirmed(limit);
        }
    }

    /// Undoes, newest first, what has waited so many milliseconds for a confirm. A terminal without confirm does not wait for one.
    pub(crate) fn undo_unconfirmed(&mut self, milliseconds: u64) {
        let now = Instant::now();
        let waited = |transaction: &&Transaction| transaction.finished_for(now) >= Some(milliseconds);
        let waits = self.personality.confirm != Confirm::NotSupported;
        for transaction in self.transactions.iter().rev().filter(waited).filter(|_| waits) {
            self.ledger.write(|books| books.undo_unconfirmed(&transaction.order.id));
        }
    }

    pub(crate) fn cancel(&mut self, id: &str) {
        self.tick();
        let late = self.personality.cancel_too_late || self.find(id).is_none();
        if let Some(transaction) = self.running_mut().filter(|transaction| transaction.order.id == id && !late) {
            transaction.cancel();
        }
        self.tick();
        if self.personality.cancel_forgets {
            self.transactions.retain(|transaction| transaction.order.id != id || !transaction.cancelled);
        }
    }

    /// True when the terminal says that it is confirmed.
    pub(crate) fn confirm(&mut self, id: &str) -> bool {
        self.tick();
        let undone = self.books().is_undone(id);
        match self.personality.confirm {
            Confirm::Refuses | Confirm::NotSupported => return false,
            Confirm::Confirms if undone => return false,
            Confirm::Confirms | Confirm::ConfirmsReversed => {}
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

    pub(crate) fn screen(&mut self, action: Screen) {
        if let Some(transaction) = self.running_mut() {
            match action {
                Screen::Tap => transaction.tap(),
                Screen::Pin => transaction.insert(),
                Screen::Cancel => transaction.end_as(Ending::CancelledByCustomer),
                Screen::Decline => transaction.end_as(Ending::Declined),
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
            "next": self.next,
            "transactions": self.transactions.iter().map(Transaction::described).collect::<Vec<_>>(),
            "charges": books.charges,
            "charges_kept": books.charges.iter().filter(|charge| !charge.reversed).count(),
            "refunds": books.refunds,
            "reversals": books.reversals,
            "closings": books.closings,
            "batch": books.totals(),
            "requests": self.requests.len(),
        })
    }
}
