//! What the terminal remembers of each transaction, and when it forgets.

use std::time::Instant;

use super::{Machine, State, Transaction};
use crate::personality::ResultGone;

impl Machine {
    /// The transaction of this id, as far as it is known under the path that is asked.
    pub(crate) fn find(&self, id: &str) -> Option<&Transaction> {
        let known = |one: &&Transaction| one.order.base_path == self.asked_path || !self.personality.paths_apart;
        self.transactions.iter().rev().filter(known).find(|transaction| transaction.order.id == id)
    }

    /// What status and result still know.
    pub(crate) fn remembered(&self, id: &str) -> Option<&Transaction> {
        self.find(id).filter(|transaction| !self.is_gone(transaction))
    }

    fn is_gone(&self, transaction: &Transaction) -> bool {
        let finished_for = transaction.finished_for(Instant::now());
        let too_long = self.personality.result_gone_after_ms.is_some_and(|limit| finished_for >= Some(limit));
        let gone = match self.personality.result_gone {
            ResultGone::Never => false,
            ResultGone::AfterNextSale => self.last().is_some_and(|last| last.order.id != transaction.order.id),
            ResultGone::AfterReading => transaction.result_told,
        };
        transaction.state == State::Finished && (too_long || gone)
    }

    /// A question about this transaction has been answered.
    pub(crate) fn told(&mut self, endpoint: &str, id: &str) {
        let found = self.transactions.iter_mut().rev().find(|transaction| transaction.order.id == id);
        if let Some(transaction) = found.filter(|transaction| transaction.state == State::Finished) {
            match endpoint {
                "status" => transaction.finished_told += 1,
                "result" => transaction.result_told = true,
                _ => {}
            }
        }
    }

    pub(crate) fn last(&self) -> Option<&Transaction> {
        self.transactions.last()
    }

    pub(crate) fn restart(&mut self) {
        let keeps = self.personality.restart_keeps_results;
        self.transactions.retain(|transaction| keeps && transaction.state == State::Finished);
    }
}
