//! The terminal itself: one sale at a time, a list of charges, and what it remembers of each transaction.

mod ledger;
mod transaction;

use std::collections::VecDeque;
use std::io;
use std::time::Instant;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use ledger::Charge;
pub(crate) use transaction::{State, Transaction};

use crate::Options;
use crate::ending::Ending;
use crate::fault::Fault;
use crate::personality::{Confirm, Pace, Personality};
use ledger::Ledger;

/// Somebody does something at the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Screen {
    /// The customer taps a card: the sale goes to its ending now.
    Tap,
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
}

/// Whether a start was accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Accepted {
    Yes,
    Busy,
    Duplicate,
    Refused,
}

pub(crate) struct Machine {
    pub(crate) options: Options,
    pub(crate) personality: Personality,
    pub(crate) pace: Pace,
    pub(crate) faults: Vec<Fault>,
    pub(crate) requests: Vec<RequestRecord>,
    pub(crate) shutdown_requested: bool,
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
            transactions: Vec::new(),
            next: VecDeque::new(),
        })
    }

    pub(crate) fn choose_next(&mut self, ending: Ending) {
        self.next.push_back(ending);
    }

    /// How a sale of this amount will end, without starting it.
    pub(crate) fn ending_of(&self, amount: i64) -> Ending {
        self.next.front().copied().unwrap_or_else(|| Ending::of_amount(amount))
    }

    pub(crate) fn start(&mut self, id: &str, amount: i64, currency: i64) -> Accepted {
        self.tick();
        let ending = self.next.pop_front().unwrap_or_else(|| Ending::of_amount(amount));
        if ending == Ending::NotStarted {
            return Accepted::Refused;
        }
        if self.transactions.iter().any(|transaction| transaction.state == State::Running) {
            return Accepted::Busy;
        }
        if self.find(id).is_some() && !self.personality.accepts_duplicate_id {
            return Accepted::Duplicate;
        }
        self.transactions.push(Transaction::new(id, amount, currency, ending));
        Accepted::Yes
    }

    pub(crate) fn find(&self, id: &str) -> Option<&Transaction> {
        self.transactions.iter().rev().find(|transaction| transaction.id == id)
    }

    pub(crate) fn last(&self) -> Option<&Transaction> {
        self.transactions.last()
    }

    pub(crate) fn charges(&self) -> &[Charge] {
        self.ledger.charges()
    }

    /// Lets time pass: the running sale may finish, an unconfirmed charge may be undone.
    pub(crate) fn tick(&mut self) {
        let (pace, never) = (self.pace, self.personality.cancelled_never_finishes);
        for transaction in &mut self.transactions {
            if transaction.tick(pace, never) {
                self.ledger.charge(transaction);
            }
        }
        if let Some(limit) = self.personality.reverses_unconfirmed_after_ms {
            for transaction in
                self.transactions.iter().filter(|transaction| transaction.finished_for(Instant::now()) >= Some(limit))
            {
                self.ledger.reverse_unconfirmed(&transaction.id);
            }
        }
    }

    pub(crate) fn cancel(&mut self, id: &str) {
        self.tick();
        let late = self.personality.cancel_too_late;
        if let Some(transaction) = self.running_mut().filter(|transaction| transaction.id == id && !late) {
            transaction.cancel();
        }
        self.tick();
    }

    /// True when the terminal says that it is confirmed.
    pub(crate) fn confirm(&mut self, id: &str) -> bool {
        self.tick();
        let reversed = self.charges().iter().any(|charge| charge.transaction_id == id && charge.reversed);
        match self.personality.confirm {
            Confirm::Refuses | Confirm::NotSupported => return false,
            Confirm::Confirms if reversed => return false,
            Confirm::Confirms | Confirm::ConfirmsReversed => {}
        }
        self.ledger.confirm(id);
        if self.personality.confirm_forgets {
            self.transactions.retain(|transaction| transaction.id != id);
        }
        true
    }

    pub(crate) fn is_reversed(&self, id: &str) -> bool {
        self.charges().iter().any(|charge| charge.transaction_id == id && charge.reversed)
    }

    pub(crate) fn screen(&mut self, action: Screen) {
        if let Some(transaction) = self.running_mut() {
            match action {
                Screen::Tap => transaction.tap(),
                Screen::Cancel => transaction.end_as(Ending::CancelledByCustomer),
                Screen::Decline => transaction.end_as(Ending::Declined),
            }
        }
        self.tick();
    }

    pub(crate) fn restart(&mut self) {
        self.transactions.clear();
    }

    fn running_mut(&mut self) -> Option<&mut Transaction> {
        self.transactions.iter_mut().rev().find(|transaction| transaction.state == State::Running)
    }

    /// Everything, for the control API.
    pub(crate) fn state(&mut self) -> Value {
        self.tick();
        serde_json::json!({
            "personality": self.personality,
            "pace": self.pace,
            "faults": self.faults,
            "next": self.next,
            "transactions": self.transactions.iter().map(Transaction::described).collect::<Vec<_>>(),
            "charges": self.charges(),
            "charges_kept": self.charges().iter().filter(|charge| !charge.reversed).count(),
            "requests": self.requests.len(),
        })
    }
}
