//! What the library may answer, by what the shop knows: written from the header and from nothing else.

use comgate_terminal::{Code, Kind};

use super::attempts::{Attempt, Attempts, Original, State};
use super::call::Call;

/// What may come of a call.
#[derive(Clone, Debug, Default)]
pub struct Allowed {
    /// Without an outcome.
    pub codes: Vec<Code>,
    pub outcome: bool,
    /// With a start.
    pub start: bool,
}

impl Allowed {
    fn go() -> Self {
        Self { outcome: true, start: true, ..Self::default() }
    }

    fn told() -> Self {
        Self { outcome: true, ..Self::default() }
    }

    fn refused(codes: &[Code]) -> Self {
        Self { codes: codes.into(), ..Self::default() }
    }

    pub fn or(mut self, other: Self) -> Self {
        self.codes.extend(other.codes);
        Self { outcome: self.outcome || other.outcome, start: self.start || other.start, ..self }
    }

    /// Where another sale is asked about first, also a start that was refused a moment ago, a wish to cancel ends that, and with it the call.
    pub fn with_a_wish_to_cancel(mut self) -> Self {
        if self.start || self.codes.contains(&Code::Unresolved) {
            self.codes.push(Code::CancelledEarly);
        }
        self
    }

    /// Both must let it go; what one refuses is refused.
    fn and(self, other: Self) -> Self {
        match (self.start, other.start) {
            (true, _) => other,
            (_, true) => self,
            (false, false) => self.or(other),
        }
    }
}

/// What is asked for.
struct Wish<'a> {
    till: usize,
    id: &'a str,
    kind: Kind,
    amount: Option<i64>,
    original: Option<&'a str>,
}

impl Attempts {
    pub fn allowed(&self, till: usize, call: &Call) -> Allowed {
        let wish = |id, kind, amount, original| Wish { till, id, kind, amount, original };
        match call {
            Call::Pay { sale, amount } | Call::LetGo { sale, amount, .. } => {
                self.moving(&wish(sale, Kind::Payment, Some(*amount), None))
            }
            Call::Refund { id, original, amount } => {
                self.moving(&wish(id, Kind::Refund, Some(*amount), original.as_deref()))
            }
            Call::Reverse { id, original } => self.moving(&wish(id, Kind::Reversal, None, Some(original))),
            Call::Closing { id } => self.moving(&wish(id, Kind::Closing, None, None)),
            Call::Signature { sale, accepted } => self.signature(till, sale, *accepted),
            Call::Acknowledge { sale } => match self.newest(till, sale) {
                None => Allowed::refused(&[Code::NotFound]),
                Some(newest) if newest.is_open() => Allowed::told(),
                // An older attempt that is open is meant, if this handle was told of it.
                Some(_) if self.has_open(till, sale) => Allowed::told().or(Allowed::refused(&[Code::Undecided])),
                Some(newest) if newest.state() == State::Undecided => Allowed::refused(&[Code::Undecided]),
                Some(_) => Allowed::told(),
            },
            Call::Resolve { sale } => match self.newest(till, sale).map(Attempt::state) {
                None => Allowed::refused(&[Code::NotFound]),
                Some(State::Undecided) => Allowed::told().or(Allowed::refused(&[Code::Decided, Code::Unresolved])),
                Some(State::Charged | State::Ended) => Allowed::told().or(Allowed::refused(&[Code::Decided])),
            },
            Call::Query { sale } => match self.newest(till, sale) {
                None => Allowed::refused(&[Code::NotFound]),
                Some(_) => Allowed::told(),
            },
            Call::Recover { .. } | Call::NewHandle | Call::ClosedFromTheMenu | Call::TerminalRestarts => {
                Allowed::told()
            }
        }
    }

    fn has_open(&self, till: usize, sale: &str) -> bool {
        self.of_till(till).any(|one| one.sale == sale && one.is_open())
    }

    fn was_charged(&self, till: usize, sale: &str) -> bool {
        self.of_till(till).any(|one| one.sale == sale && one.state() == State::Charged)
    }

    fn moving(&self, wish: &Wish<'_>) -> Allowed {
        let allowed = self.by_number(wish).and(self.by_original(wish));
        let held_up = allowed.start && self.anything_undecided();
        if held_up { allowed.or(Allowed::refused(&[Code::Unresolved])) } else { allowed }
    }

    /// What the number itself allows.
    fn by_number(&self, wish: &Wish<'_>) -> Allowed {
        if self.is_of_another_till(wish.till, wish.id) {
            return Allowed::refused(&[Code::SaleUsed]);
        }
        let Some(known) = self.newest(wish.till, wish.id) else { return Allowed::go() };
        // What a reversal has taken back may have been paid again since.
        let charged = known.state() == State::Charged;
        let other = !is_same(known, wish) || (charged && self.is_of_an_earlier_one(known));
        match known.state() {
            State::Ended => Allowed::go(),
            // What was given back may be sold again.
            State::Charged if known.kind == Kind::Payment && self.is_wholly_refunded(known) => Allowed::go(),
            State::Undecided | State::Charged if other => Allowed::refused(&[Code::SaleMismatch]),
            // Nobody knows whether it still stands.
            State::Charged if self.reversal_is_undecided(known) => {
                Allowed::told().or(Allowed::refused(&[Code::SaleUsed]))
            }
            State::Charged if known.acknowledged || self.closed_since(known) => Allowed::refused(&[Code::SaleUsed]),
            State::Undecided | State::Charged => Allowed::told(),
        }
    }

    fn is_of_an_earlier_one(&self, known: &Attempt) -> bool {
        let Some(original) = known.original.as_ref().filter(|_| known.kind == Kind::Reversal) else { return false };
        let newest = self.newest(known.till, &original.sale);
        newest.is_some_and(|newest| newest.transaction != original.transaction && newest.stands_or_may())
    }

    fn reversal_is_undecided(&self, attempt: &Attempt) -> bool {
        let reversals = self.about(&attempt.transaction, Kind::Reversal);
        reversals.iter().any(|reversal| reversal.state() == State::Undecided)
    }

    /// What the original allows.
    fn by_original(&self, wish: &Wish<'_>) -> Allowed {
        let Some(name) = wish.original else { return Allowed::go() };
        let Some(original) = self.newest(wish.till, name) else { return Allowed::refused(&[Code::Original]) };
        match wish.kind {
            Kind::Reversal => self.reversible(original, wish),
            // Where the newest attempt ended without a charge, an older one may have been given back wholly.
            Kind::Refund if original.state() == State::Ended && self.was_charged(wish.till, name) => {
                self.refundable(original, wish).or(Allowed::refused(&[Code::BeyondOriginal]))
            }
            Kind::Refund => self.refundable(original, wish),
            Kind::Payment | Kind::Closing | Kind::Other => Allowed::go(),
            Kind::Preauth | Kind::PreauthCompletion | Kind::PreauthCancel | Kind::Moto => {
                panic!("no such kind is played")
            }
        }
    }

    fn reversible(&self, original: &Attempt, wish: &Wish<'_>) -> Allowed {
        let reversals = self.0.iter().rev().filter(|one| one.kind == Kind::Reversal && one.stands_or_may());
        // Where the newest attempt ended without a charge, what was taken back before is told again.
        let ended = original.state() == State::Ended;
        let of_it =
            |first: &Original| first.transaction == original.transaction || (ended && first.sale == original.sale);
        let mut about = reversals.filter(|one| one.till == wish.till && one.original.as_ref().is_some_and(of_it));
        if let Some(first) = about.next() {
            return match first.state() {
                State::Charged if first.acknowledged || self.closed_since(first) => {
                    Allowed::refused(&[if first.sale == wish.id { Code::SaleUsed } else { Code::Original }])
                }
                // A person has decided about the original meanwhile.
                State::Undecided if ended => Allowed::told().or(Allowed::refused(&[Code::Original])),
                State::Charged | State::Undecided | State::Ended => Allowed::told(),
            };
        }
        let refunds = self.about(&original.transaction, Kind::Refund);
        match original.kind {
            Kind::Payment | Kind::Refund if !original.stands_or_may() || !refunds.is_empty() => {
                Allowed::refused(&[Code::Original])
            }
            Kind::Payment | Kind::Refund if self.closed_since(original) => Allowed::refused(&[Code::Closed]),
            Kind::Payment | Kind::Refund => Allowed::go(),
            Kind::Reversal | Kind::Closing | Kind::Other => Allowed::refused(&[Code::Original]),
            Kind::Preauth | Kind::PreauthCompletion | Kind::PreauthCancel | Kind::Moto => {
                panic!("no such kind is played")
            }
        }
    }

    fn refundable(&self, original: &Attempt, wish: &Wish<'_>) -> Allowed {
        let paid = original.kind == Kind::Payment && original.state() == State::Charged;
        if !paid || !self.about(&original.transaction, Kind::Reversal).is_empty() {
            return Allowed::refused(&[Code::Original]);
        }
        let refunds = self.about(&original.transaction, Kind::Refund);
        let refunded: i64 = refunds.iter().filter_map(|refund| refund.amount).sum();
        let paid = original.approved.or(original.amount).unwrap_or_default();
        let beyond = refunded + wish.amount.unwrap_or_default() > paid;
        if beyond { Allowed::refused(&[Code::BeyondOriginal]) } else { Allowed::go() }
    }

    fn signature(&self, till: usize, sale: &str, accepted: bool) -> Allowed {
        let Some(known) = self.newest(till, sale) else { return Allowed::refused(&[Code::NotFound]) };
        let refused = Allowed::refused(&[Code::Signature]);
        let asked_once = self.of_till(till).any(|one| one.sale == sale && one.signature);
        match known.state() {
            State::Charged if known.signature && accepted => Allowed::told().or(refused),
            State::Charged if known.signature => {
                let wish = Wish { till, id: "", kind: Kind::Reversal, amount: None, original: Some(sale) };
                self.moving(&wish)
            }
            // One that was taken back for its signature is told again.
            State::Ended if asked_once => refused.or(Allowed::told()).or(Allowed::refused(&[Code::Original])),
            State::Charged | State::Undecided | State::Ended => refused,
        }
    }
}

fn is_same(known: &Attempt, wish: &Wish<'_>) -> bool {
    let original = known.original.as_ref();
    let same_original = original.map(|original| original.sale.as_str()) == wish.original;
    let same_amount = wish.amount.is_none() || known.amount == wish.amount;
    known.kind == wish.kind && same_amount && same_original
}
