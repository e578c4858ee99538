//! What the terminal remembers of each transaction, and when it forgets.

use std::time::{Duration, Instant};

use super::{Machine, State, Transaction};
use crate::personality::{LagOn, ResultGone};

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
            ResultGone::AfterReading => transaction.results_told > 0,
        };
        transaction.state == State::Finished && (too_long || gone)
    }

    /// A question about this transaction has been answered.
    pub(crate) fn told(&mut self, endpoint: &str, id: &str) {
        let lagging = self.find(id).is_some_and(|transaction| self.lags(transaction, endpoint));
        let found = self.transactions.iter_mut().rev().find(|transaction| transaction.order.id == id);
        let Some(transaction) = found.filter(|_| !lagging) else { return };
        if transaction.state == State::Finished {
            match endpoint {
                "status" => transaction.finished_told = transaction.finished_told.saturating_add(1),
                "result" => transaction.result_read(),
                _ => {}
            }
        }
    }

    /// Whether this endpoint does not know yet what has become of this transaction.
    pub(crate) fn lags(&self, transaction: &Transaction, endpoint: &str) -> bool {
        let personality = &self.personality;
        let now = Instant::now();
        // What was before the newest one is known by now, whatever the clock says.
        if self.last().is_none_or(|last| last.order.id != transaction.order.id) {
            return false;
        }
        let state_lags = personality.state_lags_ms.is_some_and(|limit| transaction.known_for(now) < limit);
        let result_lags = personality
            .result_lags_ms
            .is_some_and(|limit| transaction.finished_for(now).is_some_and(|milliseconds| milliseconds < limit));
        match endpoint {
            "status" => state_lags && personality.lag_on != LagOn::Result,
            "result" => (state_lags && personality.lag_on != LagOn::Status) || result_lags,
            _ => false,
        }
    }

    /// The newest transaction that this endpoint knows of.
    pub(crate) fn newest_shown(&self, endpoint: &str) -> Option<&Transaction> {
        self.transactions.iter().rev().find(|transaction| !self.lags(transaction, endpoint))
    }

    /// The newest transaction that is over.
    pub(crate) fn newest_finished(&self) -> Option<Transaction> {
        let over = |transaction: &&Transaction| transaction.state == State::Finished;
        self.transactions.iter().rev().find(over).cloned()
    }

    pub(crate) fn last(&self) -> Option<&Transaction> {
        self.transactions.last()
    }

    /// Whether the terminal has not come up again yet.
    pub(crate) fn is_booting(&self) -> bool {
        let up = self.restarted.map(|at| at.elapsed()).zip(self.personality.boot_ms);
        up.is_some_and(|(elapsed, milliseconds)| elapsed < Duration::from_millis(milliseconds))
    }

    pub(crate) fn restart(&mut self) {
        let keeps = self.personality.restart_keeps_results;
        self.transactions.retain(|transaction| keeps && transaction.state == State::Finished);
        self.late = None;
        self.restarted = Some(Instant::now());
    }
}
