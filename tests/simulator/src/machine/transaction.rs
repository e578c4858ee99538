//! One transaction on the terminal's screen.

use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};

use super::ledger::Entry;
use super::order::{Kind, Order};
use super::slip::Slip;
use crate::ending::Ending;
use crate::personality::{CancelWorks, DeclinedWaits, MinuteBegins, Pace, StatusLanguage};

/// Where a transaction is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Running,
    Finished,
}

/// What a running transaction waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Card,
    Pin,
    /// Somebody presses YES, for a reversal.
    Yes,
    /// The bank; how much of the time has passed, in quarters.
    Bank(u8),
}

#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools)] // What happened to it, in any combination.
pub(crate) struct Transaction {
    pub(crate) order: Order,
    pub(crate) ending: Ending,
    pub(crate) slip: Slip,
    /// What is laid over its result.
    pub(crate) fields: Map<String, Value>,
    pub(crate) state: State,
    pub(crate) cancelled: bool,
    pub(crate) confirmed: bool,
    /// How often status has said Finished, or could have.
    pub(crate) finished_told: u32,
    /// How often its result was read.
    pub(crate) results_told: u64,
    /// It began after its start was told that nothing begins; status has not been asked for it yet.
    pub(crate) unasked: bool,
    began: Instant,
    /// From when the customer's time counts.
    started: Instant,
    result_told_at: Option<Instant>,
    confirm_asked_at: Option<Instant>,
    waits_for_yes: bool,
    tapped: bool,
    /// A button ended it: no authorization follows.
    pressed: bool,
    finished_at: Option<Instant>,
}

impl Transaction {
    pub(super) fn new(order: Order, ending: Ending, slip: Slip) -> Self {
        Self {
            order,
            ending,
            slip,
            fields: Map::new(),
            state: State::Running,
            cancelled: false,
            confirmed: false,
            finished_told: 0,
            results_told: 0,
            unasked: false,
            began: Instant::now(),
            started: Instant::now(),
            result_told_at: None,
            confirm_asked_at: None,
            waits_for_yes: false,
            tapped: false,
            pressed: false,
            finished_at: None,
        }
    }

    /// One that is long over, out of the books.
    pub(crate) fn of_entry(entry: &Entry) -> Self {
        let new = Self::new(entry.order.clone(), entry.ending, entry.slip.clone());
        Self { fields: entry.fields.clone(), state: State::Finished, results_told: u64::MAX, ..new }
    }

    pub(super) fn entry(&self, batch: usize) -> Entry {
        let (order, slip, fields) = (self.order.clone(), self.slip.clone(), self.fields.clone());
        Entry { order, ending: self.ending, slip, fields, batch }
    }

    /// It begins now, after the register was told that it does not.
    pub(super) fn begin(&mut self) {
        (self.began, self.started) = (Instant::now(), Instant::now());
    }

    /// Somebody must press YES for it.
    pub(super) fn wait_for_yes(&mut self, waits: bool) {
        self.waits_for_yes = waits;
    }

    /// Lets time pass. True when it ends now.
    pub(super) fn tick(&mut self, pace: Pace, cancelled_never_finishes: bool) -> bool {
        if self.state == State::Finished || (self.cancelled && cancelled_never_finishes) {
            return false;
        }
        let over = self.cancelled || (self.ending != Ending::Never && self.started.elapsed() >= self.length(pace));
        if over {
            self.state = State::Finished;
            self.finished_at = Some(Instant::now());
        }
        over
    }

    /// Whether it does what it was asked to, once it is over.
    pub(crate) fn succeeds(&self) -> bool {
        !self.cancelled && self.ending.succeeds()
    }

    fn waiting(&self, pace: Pace) -> Duration {
        Duration::from_millis(match self.ending {
            _ if self.tapped => 0,
            Ending::Slow => pace.slow_ms,
            _ if self.waits_for_yes => pace.yes_ms,
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

    fn stage(&self, pace: Pace) -> Stage {
        let elapsed = self.started.elapsed();
        let (card, pin) = (self.waiting(pace), self.waiting(pace) + self.pin(pace));
        if elapsed < card || self.ending == Ending::Never {
            return if self.order.kind.takes_a_card() { Stage::Card } else { Stage::Yes };
        }
        if elapsed < pin {
            return Stage::Pin;
        }
        let quarters = elapsed.saturating_sub(pin).as_millis() * 4 / u128::from(pace.authorizing_ms.max(1));
        Stage::Bank(u8::try_from(quarters).unwrap_or(3).min(3))
    }

    /// Whether the register can still cancel it.
    pub(super) fn can_be_cancelled(&self, pace: Pace, works: CancelWorks) -> bool {
        match works {
            CancelWorks::Running => true,
            CancelWorks::CardOrPin => matches!(self.stage(pace), Stage::Card | Stage::Pin),
            CancelWorks::Card => self.stage(pace) == Stage::Card,
        }
    }

    /// What `status` says while it runs.
    pub(crate) fn status_text(&self, pace: Pace, language: StatusLanguage) -> &'static str {
        if language != StatusLanguage::Codes {
            return self.screen_text(pace, language);
        }
        match self.stage(pace) {
            Stage::Card => "WaitForCard",
            Stage::Pin => "WaitForPin",
            // The document has no word for it.
            Stage::Yes | Stage::Bank(0) => "Connecting",
            Stage::Bank(1) => "Connected",
            Stage::Bank(2) => "Sending",
            Stage::Bank(_) => "Receiving",
        }
    }

    /// What the screen says while it runs.
    pub(crate) fn screen_text(&self, pace: Pace, language: StatusLanguage) -> &'static str {
        let [card, pin, authorization, question, reversal, closing] = match language {
            StatusLanguage::Czech | StatusLanguage::Codes => [
                "Přiložte kartu",
                "Zadejte PIN",
                "Probíhá autorizace",
                "Stornovat? ANO / NE",
                "Probíhá storno",
                "Probíhá uzávěrka",
            ],
            StatusLanguage::English => {
                ["Present card", "Enter PIN", "Authorizing", "Reverse? YES / NO", "Reversing", "Closing"]
            }
            StatusLanguage::Slovak => [
                "Priložte kartu",
                "Zadajte PIN",
                "Prebieha autorizácia",
                "Stornovať? ÁNO / NIE",
                "Prebieha storno",
                "Prebieha uzávierka",
            ],
        };
        if self.order.is_moto() && matches!(self.stage(pace), Stage::Card) {
            return match language {
                StatusLanguage::Czech | StatusLanguage::Codes => "Zadejte údaje karty",
                StatusLanguage::English => "Enter card data",
                StatusLanguage::Slovak => "Zadajte údaje karty",
            };
        }
        match (self.order.kind, self.stage(pace)) {
            (Kind::Reversal, Stage::Yes) if self.waits_for_yes => question,
            (Kind::Reversal, _) => reversal,
            (Kind::Closing, _) => closing,
            (_, Stage::Card) => card,
            (_, Stage::Pin) => pin,
            (_, Stage::Yes | Stage::Bank(_)) => authorization,
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

    /// The customer's time is over at once; what was not in doubt is done.
    pub(super) fn press_yes(&mut self) {
        if self.waits_for_yes {
            self.tap();
        }
    }

    /// A button says no to what waits for YES.
    pub(super) fn press_no(&mut self) {
        if self.waits_for_yes {
            self.end_as(Ending::CancelledByCustomer);
        }
    }

    pub(super) fn end_as(&mut self, ending: Ending) {
        self.ending = ending;
        self.pressed = true;
    }

    /// For how many milliseconds it has been over.
    pub(crate) fn finished_for(&self, now: Instant) -> Option<u64> {
        self.finished_at.map(|at| milliseconds(now, at))
    }

    /// For how many milliseconds the terminal has waited for its confirm.
    pub(super) fn unconfirmed_for(&self, now: Instant, begins: MinuteBegins) -> Option<u64> {
        let finished = self.finished_for(now)?;
        match begins {
            MinuteBegins::End => Some(finished),
            MinuteBegins::Result => self.result_told_at.map(|at| milliseconds(now, at)),
            MinuteBegins::Start => Some(milliseconds(now, self.began)),
        }
    }

    /// For how many milliseconds it has been there.
    pub(crate) fn known_for(&self, now: Instant) -> u64 {
        milliseconds(now, self.began)
    }

    /// Its result was read once more.
    pub(super) fn result_read(&mut self) {
        self.results_told = self.results_told.saturating_add(1);
        self.result_told_at.get_or_insert_with(Instant::now);
    }

    /// For how many milliseconds it has been asked for a confirm; the first question begins the count.
    pub(super) fn confirm_wanted_for(&mut self) -> u64 {
        milliseconds(Instant::now(), *self.confirm_asked_at.get_or_insert_with(Instant::now))
    }

    pub(super) fn described(&self) -> Value {
        json!({ "transaction_id": self.order.id, "kind": self.order.kind, "amount": self.order.amount,
                "currency": self.order.currency, "ending": self.ending, "finished": self.state == State::Finished,
                "cancelled": self.cancelled, "succeeded": self.state == State::Finished && self.succeeds() })
    }
}

fn milliseconds(now: Instant, since: Instant) -> u64 {
    u64::try_from(now.saturating_duration_since(since).as_millis()).unwrap_or(u64::MAX)
}
