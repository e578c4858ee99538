//! One sale on the terminal's screen.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::ending::Ending;
use crate::personality::{DeclinedWaits, Pace, StatusLanguage};

/// Where a sale is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Running,
    Finished,
}

#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools)] // What happened to it, in any combination.
pub(crate) struct Transaction {
    pub(crate) id: String,
    pub(crate) amount: i64,
    pub(crate) currency: i64,
    pub(crate) ending: Ending,
    pub(crate) state: State,
    pub(crate) cancelled: bool,
    pub(crate) confirmed: bool,
    /// How often status has said Finished, or could have.
    pub(crate) finished_told: u32,
    pub(crate) result_told: bool,
    started: Instant,
    tapped: bool,
    /// A button ended it: no authorization follows.
    pressed: bool,
    finished_at: Option<Instant>,
}

impl Transaction {
    pub(crate) fn new(id: &str, amount: i64, currency: i64, ending: Ending) -> Self {
        Self {
            id: id.into(),
            amount,
            currency,
            ending,
            state: State::Running,
            cancelled: false,
            confirmed: false,
            finished_told: 0,
            result_told: false,
            started: Instant::now(),
            tapped: false,
            pressed: false,
            finished_at: None,
        }
    }

    /// Lets time pass. True when money moves now.
    pub(super) fn tick(&mut self, pace: Pace, cancelled_never_finishes: bool) -> bool {
        if self.state == State::Finished || (self.cancelled && cancelled_never_finishes) {
            return false;
        }
        let over = self.cancelled || (self.ending != Ending::Never && self.started.elapsed() >= self.length(pace));
        if over {
            self.state = State::Finished;
            self.finished_at = Some(Instant::now());
        }
        over && !self.cancelled && self.ending.charges()
    }

    fn waiting(&self, pace: Pace) -> Duration {
        let waiting = if self.ending == Ending::Slow { pace.slow_ms } else { pace.waiting_ms };
        if self.tapped { Duration::ZERO } else { Duration::from_millis(waiting) }
    }

    fn pin(&self, pace: Pace) -> Duration {
        Duration::from_millis(if self.ending == Ending::Pin { pace.pin_ms } else { 0 })
    }

    fn length(&self, pace: Pace) -> Duration {
        let whole = self.waiting(pace) + self.pin(pace) + Duration::from_millis(pace.authorizing_ms);
        if self.pressed { Duration::ZERO } else { whole }
    }

    /// What the screen says while it runs.
    pub(crate) fn screen_text(&self, pace: Pace, language: StatusLanguage) -> &'static str {
        let elapsed = self.started.elapsed();
        let [card, pin, authorization] = match language {
            StatusLanguage::Czech => ["Přiložte kartu", "Zadejte PIN", "Probíhá autorizace"],
            StatusLanguage::English => ["Present card", "Enter PIN", "Authorizing"],
            StatusLanguage::Slovak => ["Priložte kartu", "Zadajte PIN", "Prebieha autorizácia"],
        };
        if elapsed < self.waiting(pace) || self.ending == Ending::Never {
            card
        } else if elapsed < self.waiting(pace) + self.pin(pace) {
            pin
        } else {
            authorization
        }
    }

    /// Whether the terminal takes no other sale because of this one.
    pub(super) fn is_busy(&self, declined: DeclinedWaits) -> bool {
        let refused =
            matches!(self.ending, Ending::Declined | Ending::DeclinedByTerminal | Ending::DeclinedWithAuthCode)
                && !self.cancelled;
        let waits = match declined {
            DeclinedWaits::Not => false,
            DeclinedWaits::UntilConfirmed => true,
            DeclinedWaits::ForAWhile => self.finished_for(Instant::now()) < Some(500),
        };
        self.state == State::Running || (refused && !self.confirmed && waits)
    }

    pub(super) fn cancel(&mut self) {
        self.cancelled = true;
    }

    pub(super) fn tap(&mut self) {
        self.tapped = true;
        if self.ending == Ending::Never {
            self.ending = Ending::Approved;
        }
    }

    pub(super) fn end_as(&mut self, ending: Ending) {
        self.ending = ending;
        self.pressed = true;
    }

    /// For how many milliseconds it has been over.
    pub(super) fn finished_for(&self, now: Instant) -> Option<u64> {
        self.finished_at.map(|at| u64::try_from(now.duration_since(at).as_millis()).unwrap_or(u64::MAX))
    }

    pub(super) fn described(&self) -> Value {
        json!({ "transaction_id": self.id, "amount": self.amount, "currency": self.currency, "ending": self.ending,
                "finished": self.state == State::Finished, "cancelled": self.cancelled })
    }
}
