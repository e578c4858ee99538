//! One transaction on the terminal's screen.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::order::{Kind, Order};
use crate::ending::Ending;
use crate::personality::{DeclinedWaits, Pace, StatusLanguage};

/// Where a transaction is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Running,
    Finished,
}

#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools)] // What happened to it, in any combination.
pub(crate) struct Transaction {
    pub(crate) order: Order,
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
    pub(super) fn new(order: Order, ending: Ending) -> Self {
        Self {
            order,
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

    /// Lets time pass. True when it succeeds now.
    pub(super) fn tick(&mut self, pace: Pace, cancelled_never_finishes: bool) -> bool {
        if self.state == State::Finished || (self.cancelled && cancelled_never_finishes) {
            return false;
        }
        let over = self.cancelled || (self.ending != Ending::Never && self.started.elapsed() >= self.length(pace));
        if over {
            self.state = State::Finished;
            self.finished_at = Some(Instant::now());
        }
        over && self.succeeds()
    }

    /// Whether it does what it was asked to, once it is over.
    pub(crate) fn succeeds(&self) -> bool {
        !self.cancelled && self.ending.succeeds()
    }

    fn waiting(&self, pace: Pace) -> Duration {
        Duration::from_millis(match self.ending {
            _ if self.tapped => 0,
            Ending::Slow => pace.slow_ms,
            _ if self.order.kind.takes_a_card() => pace.waiting_ms,
            _ => 0,
        })
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
        let [card, pin, authorization, reversal, closing] = match language {
            StatusLanguage::Czech => {
                ["Přiložte kartu", "Zadejte PIN", "Probíhá autorizace", "Probíhá storno", "Probíhá uzávěrka"]
            }
            StatusLanguage::English => ["Present card", "Enter PIN", "Authorizing", "Reversing", "Closing"],
            StatusLanguage::Slovak => {
                ["Priložte kartu", "Zadajte PIN", "Prebieha autorizácia", "Prebieha storno", "Prebieha uzávierka"]
            }
        };
        match self.order.kind {
            Kind::Reversal => return reversal,
            Kind::Closing => return closing,
            Kind::Payment | Kind::Refund | Kind::Other => {}
        }
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

    /// What would have been approved without a PIN is approved with one; time is given to enter it.
    pub(super) fn insert(&mut self) {
        self.tap();
        self.started = Instant::now();
        if matches!(self.ending, Ending::Approved | Ending::Slow) {
            self.ending = Ending::Pin;
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
        json!({ "transaction_id": self.order.id, "kind": self.order.kind, "amount": self.order.amount,
                "currency": self.order.currency, "ending": self.ending, "finished": self.state == State::Finished,
                "cancelled": self.cancelled, "succeeded": self.state == State::Finished && self.succeeds() })
    }
}
