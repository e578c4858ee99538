//! What may be started against the books, and what is booked when it succeeds.

use super::ledger::{ClosedBy, Movement};
use super::order::{Kind, Order};
use super::{Accepted, Machine, State, Transaction};
use crate::ending::Ending;
use crate::personality::{BadReversal, EmptyBatch};

impl Machine {
    /// The transaction of this order, as far as the books allow it.
    pub(super) fn checked(&self, mut order: Order, ending: Ending) -> Result<Transaction, Accepted> {
        let mut ending = ending;
        match order.kind {
            Kind::Reversal => match self.books().reversible(order.original.as_deref().unwrap_or_default()) {
                Some(original) => (order.amount, order.currency) = (original.amount, original.currency),
                None => ending = self.without_original()?,
            },
            Kind::Closing if self.books().totals().is_empty() => match self.personality.empty_batch {
                EmptyBatch::Zeros => {}
                EmptyBatch::Declined => ending = Ending::DeclinedByTerminal,
                EmptyBatch::NotStarted => return Err(Accepted::Refused("Batch is empty")),
            },
            Kind::Payment | Kind::Refund | Kind::Closing | Kind::Other => {}
        }
        Ok(Transaction::new(order, ending))
    }

    /// What becomes of a reversal that can take nothing back.
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

    /// Writes down what this transaction did.
    pub(super) fn book(&mut self, transaction: &Transaction) {
        let order = &transaction.order;
        let movement = Movement {
            transaction_id: order.id.clone(),
            amount: order.amount,
            tip: self.tip_of(transaction).0,
            currency: order.currency,
            confirmed: false,
            reversed: transaction.ending == Ending::Reversed,
            batch: self.books().batch(),
        };
        self.ledger.write(|books| match order.kind {
            Kind::Payment => books.charges.push(movement),
            Kind::Refund => books.refunds.push(movement),
            Kind::Reversal => books.reverse(&order.id, order.original.as_deref().unwrap_or_default()),
            Kind::Closing => books.close(Some(&order.id), ClosedBy::Register),
            Kind::Other => {}
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
