//! What may be started against the books, and what is booked when it succeeds.

use super::ledger::{ClosedBy, Movement, Preauth};
use super::order::{Kind, Order};
use super::{Accepted, Machine, State, Transaction};
use crate::ending::Ending;
use crate::personality::{Approves, BadReversal, EmptyBatch, ReversalReach};

impl Machine {
    /// The transaction of this order, as far as the books allow it.
    pub(super) fn checked(&self, mut order: Order, ending: Ending) -> Result<Transaction, Accepted> {
        let mut ending = ending;
        let mut slip = self.next_slip();
        let named = order.original.clone().unwrap_or_default();
        match order.kind {
            Kind::Reversal => match self.reversible(&named) {
                Some((id, amount, currency)) => {
                    slip.card = self.books().entry(&id).map_or(slip.card, |entry| entry.slip.card);
                    (order.amount, order.currency, order.original) = (amount, currency, Some(id));
                }
                None => ending = self.without_original()?,
            },
            Kind::PreauthComplete | Kind::PreauthIncrement | Kind::PreauthCancel => match self.books().held(&named) {
                Some(held) => {
                    slip.card = self.books().entry(&named).map_or(slip.card, |entry| entry.slip.card);
                    order.currency = held.currency;
                    if order.kind == Kind::PreauthCancel {
                        order.amount = held.amount;
                    }
                    // What the document leaves open: more than is held is declined.
                    if order.kind == Kind::PreauthComplete && order.amount > held.amount {
                        ending = Ending::DeclinedByTerminal;
                    }
                }
                None => ending = self.without_original()?,
            },
            Kind::Closing if self.books().totals().is_empty() => match self.personality.empty_batch {
                EmptyBatch::Zeros => {}
                EmptyBatch::Declined => ending = Ending::DeclinedByTerminal,
                EmptyBatch::NotStarted => return Err(Accepted::Refused("Batch is empty")),
            },
            Kind::Payment | Kind::Refund | Kind::Preauth | Kind::Closing | Kind::Other => {}
        }
        let asks = self.personality.reversal_waits_for_yes && order.kind == Kind::Reversal;
        let mut transaction = Transaction::new(order, ending, slip);
        transaction.wait_for_yes(asks);
        Ok(transaction)
    }

    /// What a reversal takes back that names this transaction: its id, its amount and its currency.
    fn reversible(&self, named: &str) -> Option<(String, i64, i64)> {
        let id = match self.personality.reversal_reach {
            ReversalReach::Open => named,
            ReversalReach::LastOnly if self.books().is_last(named) => named,
            ReversalReach::LastOnly => return None,
            // Somebody's sale must be named all the same.
            ReversalReach::LastInstead => self.books().movement(named).and(self.books().last_moved())?,
        };
        let original = self.books().reversible(id)?;
        Some((id.into(), original.amount, original.currency))
    }

    /// What becomes of a transaction without the one that it is about.
    fn without_original(&self) -> Result<Ending, Accepted> {
        match self.personality.bad_reversal {
            BadReversal::Declined => Ok(Ending::DeclinedByTerminal),
            BadReversal::NotStarted => Err(Accepted::Refused("Original not found")),
            BadReversal::Http404 => Err(Accepted::NoOriginal),
        }
    }

    /// The charge or refund that this reversal is about.
    pub(crate) fn original_of(&self, reversal: &Transaction) -> Option<&Movement> {
        self.books().movement(reversal.order.original.as_deref()?)
    }

    /// Amount and currency of what is approved.
    pub(crate) fn approved(&self, transaction: &Transaction) -> (i64, i64) {
        let (amount, currency) = (transaction.order.amount, transaction.order.currency);
        let by_ending = match transaction.ending {
            Ending::PartApproved => Approves::Part,
            Ending::OtherCurrency => Approves::OtherCurrency,
            _ => self.personality.approves,
        };
        match by_ending {
            _ if !matches!(transaction.order.kind, Kind::Payment | Kind::Refund | Kind::Preauth) => (amount, currency),
            Approves::All => (amount, currency),
            Approves::Part | Approves::PartSilently => (amount / 2, currency),
            Approves::OtherCurrency => (amount, if currency == 978 { 203 } else { 978 }),
        }
    }

    /// Writes down what this transaction did.
    pub(super) fn book(&mut self, transaction: &Transaction) {
        let order = &transaction.order;
        let (amount, currency) = self.approved(transaction);
        let batch = self.books().batch();
        let movement = Movement {
            transaction_id: order.id.clone(),
            amount,
            tip: self.tip_of(transaction).0,
            currency,
            confirmed: false,
            reversed: transaction.ending == Ending::Reversed,
            batch,
        };
        let held = Preauth {
            transaction_id: order.id.clone(),
            amount,
            currency,
            confirmed: false,
            cancelled: false,
            completed_by: None,
        };
        let original = order.original.as_deref().unwrap_or_default();
        self.ledger.write(|books| {
            books.entries.push(transaction.entry(batch));
            match order.kind {
                Kind::Payment => books.charges.push(movement),
                Kind::Refund => books.refunds.push(movement),
                Kind::Reversal => books.reverse(&order.id, original),
                Kind::Closing => books.close(Some(&order.id), ClosedBy::Register),
                Kind::Preauth => books.preauths.push(held),
                Kind::PreauthComplete => books.complete(original, movement),
                Kind::PreauthIncrement => books.raise(original, amount),
                Kind::PreauthCancel => books.let_go(original),
                Kind::Other => {}
            }
        });
        if order.kind == Kind::Closing {
            self.batch_closed();
        }
    }

    /// A closing that no register asked for.
    pub(crate) fn close(&mut self, by: ClosedBy) -> Result<(), String> {
        if by == ClosedBy::Register {
            return Err("the register closes with its own request; here menu and schedule close".into());
        }
        self.tick();
        if self.is_busy() {
            return Err("a transaction is running; the terminal can be closed when it is over".into());
        }
        self.ledger.write(|books| books.close(None, by));
        self.batch_closed();
        Ok(())
    }

    /// A terminal whose history is cleared by a closing knows nothing older than it.
    fn batch_closed(&mut self) {
        if self.personality.closing_forgets {
            let closing = self.books().closings.last().and_then(|closing| closing.transaction_id.clone());
            let kept = |one: &Transaction| one.state == State::Running || Some(&one.order.id) == closing.as_ref();
            self.transactions.retain(kept);
        }
    }
}
