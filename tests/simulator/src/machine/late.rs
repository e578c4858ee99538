//! A start of which the register is told that it does not begin, and that begins all the same.

use std::time::{Duration, Instant};

use super::{Machine, Transaction};

pub(super) struct Late {
    transaction: Transaction,
    due: Instant,
}

impl Late {
    pub(super) fn new(mut transaction: Transaction, milliseconds: u64) -> Self {
        transaction.unasked = true;
        // A time so far away that no clock knows it never comes within a test; a day is as good.
        let pause = Duration::from_millis(milliseconds.min(86_400_000));
        Self { transaction, due: Instant::now() + pause }
    }
}

impl Machine {
    /// Begins what is due.
    pub(super) fn begin_late(&mut self) {
        if let Some(late) = self.late.take_if(|late| late.due <= Instant::now()) {
            let mut transaction = late.transaction;
            transaction.begin();
            self.transactions.push(transaction);
        }
    }

    /// Whether the status of this id is not answered yet, because it began late or will.
    pub(crate) fn is_silent_about(&mut self, id: &str) -> bool {
        if !self.personality.late_start_fails {
            return false;
        }
        let waiting = self.late.as_mut().map(|late| &mut late.transaction);
        let found = self.transactions.iter_mut().chain(waiting).find(|transaction| transaction.order.id == id);
        found.is_some_and(|transaction| std::mem::take(&mut transaction.unasked))
    }
}
