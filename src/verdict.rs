//! From evidence to verdict: one function, one table.
//!
//! | evidence | verdict |
//! |---|---|
//! | nothing of the start left | NOT_STARTED |
//! | the start was refused with a complete answer, two questions a second apart are answered like the control question, and the terminal itself answers | NOT_STARTED |
//! | the result approves, is ours, has our amount or one that the register accepts, is not reversed nor to be reversed, and the confirmation is through | APPROVED |
//! | the same of a reversal or closing, which need no confirmation; a reversal has taken back its own original | APPROVED |
//! | the same, but the confirmation is not through, or the result could not be stored before it | UNKNOWN |
//! | the result approves but is not ours, is reversed or to be reversed, or has another amount | UNKNOWN |
//! | the terminal said it is over, and the result is ours and refuses with a listed code, read twice, without any mark of a charge | CANCELLED where the register asked for it, else DECLINED |
//! | a code that is not listed | UNKNOWN |
//! | a person looked, and the terminal does not know | APPROVED or CANCELLED, flagged as resolved |
//! | anything else | UNKNOWN |
//!
//! *The confirmation is through*: `isConfirmed:true`, and the fresh `result` that is asked for after it does not say otherwise. A *prompt*
//! confirm – the first, of a sale that this call saw start or run within half a minute, answered within 5 s of asking for the result – needs no
//! more: the sale may be forgotten by then. After any later one the fresh result must approve again, and say clearly that what it
//! approves is not reversed: the terminal takes back what is not confirmed within a minute (1.5). Where the terminal has no `confirm`, the fresh
//! result must approve.
//!
//! Amount and currency count where money moves: of a payment and a refund, of a reversal against its original; `isReversed` and
//! `callReversal` of payments and refunds only, because a reversal may carry them for its original. A reversal that carries `isReversed` must
//! have an original that carries it too where it was not followed from its start, and must not carry it only after the confirm: the terminal
//! may have undone the reversal.
//!
//! *One that the register accepts*: less than was asked for in the same currency, where a part payment was accepted before the start; or
//! more, within the limit for tips that was set before the start, where the terminal names no tip. Both only of a payment, and only if the
//! result names our id, differs from what is answered to the control question, and comes twice. A code that says "for a part" beside the
//! whole amount contradicts itself: the terminal may only repeat what was asked for.
//!
//! *Marks of a charge* are an authorization code, `isReversed` and `callReversal`.
//!
//! There is no wildcard arm here: new evidence does not compile until somebody has decided what it proves.

// New evidence must not compile until somebody has decided what it proves.
#![deny(clippy::wildcard_enum_match_arm)]

use crate::codes::{Code, Kind, Verdict};
use crate::journal::Intent;
use crate::protocol::Settlement;
use crate::response_code::{self, Class, Refusal, Taught};
use crate::testing::{self, Guard};

/// What a result says by itself about a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Judgement {
    /// It may be confirmed.
    Approves,
    /// It refuses, and nothing hints at a charge.
    Refuses(Refusal),
    /// Its code is not listed: ask again.
    NotListed,
    /// It must not be confirmed, and it proves nothing.
    Doubtful(Code),
}

/// What became of the confirmation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Confirmation {
    Through,
    NotThrough,
    /// Not sent, because the result could not be stored.
    NotSent,
}

/// Who has cancelled, where somebody has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cancel {
    Nobody,
    /// The register: its cancel left, and the terminal did not refuse it.
    Register,
    /// The customer or the cashier, on the terminal.
    AtTerminal,
}

/// Everything that leads to a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Evidence {
    NothingLeft(Code),
    StartRefused(Code),
    Result { judgement: Judgement, confirmation: Confirmation, finished: bool, cancel: Cancel },
    Nothing(Code),
}

/// The verdict that the evidence proves, and the reason where it is neither approved nor plainly refused.
pub(crate) fn verdict(evidence: Evidence) -> (Verdict, Option<Code>) {
    match evidence {
        Evidence::NothingLeft(code) | Evidence::StartRefused(code) => (Verdict::NotStarted, Some(code)),
        Evidence::Result { judgement: Judgement::Approves, confirmation, .. } => match confirmation {
            Confirmation::Through => (Verdict::Approved, None),
            Confirmation::NotThrough => (Verdict::Unknown, Some(Code::NotConfirmed)),
            Confirmation::NotSent => (Verdict::Unknown, Some(Code::NotStored)),
        },
        Evidence::Result { judgement: Judgement::Refuses(_), finished, cancel, .. } => match (finished, cancel) {
            (true, Cancel::Register) => (Verdict::Cancelled, None),
            (true, Cancel::AtTerminal) => (Verdict::Declined, Some(Code::CancelledAtTerminal)),
            (true, Cancel::Nobody) => (Verdict::Declined, None),
            (false, Cancel::Register | Cancel::AtTerminal | Cancel::Nobody) => {
                (Verdict::Unknown, Some(Code::StartUnanswered))
            }
        },
        Evidence::Nothing(Code::Unreadable) if testing::broken(Guard::BelieveUnreadableDeclined) => {
            (Verdict::Declined, None)
        }
        Evidence::Result { judgement: Judgement::NotListed, .. } => (Verdict::Unknown, Some(Code::Unlisted)),
        Evidence::Result { judgement: Judgement::Doubtful(code), .. } | Evidence::Nothing(code) => {
            (Verdict::Unknown, Some(code))
        }
    }
}

/// What a person who looked has decided: the charge stands, or the sale ended without one.
pub(crate) fn of_a_person(charged: bool) -> Verdict {
    if charged { Verdict::Approved } else { Verdict::Cancelled }
}

/// What a settlement says about the operation with this intent.
pub(crate) fn judge(settlement: &Settlement, intent: &Intent, taught: &Taught) -> Judgement {
    let money = Money::compare(settlement, intent);
    if !is_ours(settlement, intent, money) {
        return Judgement::Doubtful(Code::NotOurs);
    }
    let marks = Marks::of(settlement, intent.kind);
    match taught.class_of(settlement.code()) {
        Class::Approves { .. } if marks.reversed => Judgement::Doubtful(Code::Reversed),
        Class::Approves { .. } if marks.reversal_asked => Judgement::Doubtful(Code::ReversalAsked),
        Class::Approves { .. } if money == Money::Differs => Judgement::Doubtful(Code::AmountDiffers),
        Class::Approves { only_with_money: true } if money == Money::Fits && intent.kind != Kind::Closing => {
            Judgement::NotListed
        }
        Class::Approves { only_with_money: true | false } => Judgement::Approves,
        Class::Refuses(_) if settlement.is_authorized() || settlement.is_reversed() || settlement.reversal_asked => {
            Judgement::Doubtful(Code::Contradiction)
        }
        // It may be the refusal of another sale. If the intent was damaged, its money is not known and cannot be
        // compared.
        Class::Refuses(_) if money.is_other() && settlement.amount != Some(0) && intent.amount != 0 => {
            Judgement::Doubtful(Code::NotOurs)
        }
        Class::Refuses(refusal) => Judgement::Refuses(refusal),
        Class::NotListed if testing::broken(Guard::RefuseUnlisted) => Judgement::Refuses(Refusal::Plain),
        Class::NotListed => Judgement::NotListed,
    }
}

/// True if a result names what this operation moves: amount and currency, or the totals of a closing. Messages and
/// codes may be those of any sale.
pub(crate) fn names_our_money(settlement: &Settlement, intent: &Intent) -> bool {
    match intent.kind {
        Kind::Closing => settlement.batch.is_some(),
        Kind::Payment
        | Kind::Refund
        | Kind::Reversal
        | Kind::Other
        | Kind::Preauth
        | Kind::PreauthCompletion
        | Kind::PreauthCancel
        | Kind::Moto => Money::compare(settlement, intent) == Money::Named,
    }
}

/// True if a result names other money than was asked for, and the register has accepted that before the start.
pub(crate) fn is_accepted_otherwise(settlement: &Settlement, intent: &Intent) -> bool {
    Money::compare(settlement, intent) == Money::Accepted
}

/// True if a result is ours: it names our id, or our money. A closing moves no money, so there the totals count. Totals
/// instead of an amount belong to a closing, whatever id is beside them.
fn is_ours(settlement: &Settlement, intent: &Intent, money: Money) -> bool {
    let is_of_a_closing = settlement.batch.is_some() && settlement.amount.is_none();
    match intent.kind {
        Kind::Payment
        | Kind::Refund
        | Kind::Reversal
        | Kind::Preauth
        | Kind::PreauthCompletion
        | Kind::PreauthCancel
        | Kind::Moto => !is_of_a_closing && (settlement.names_our_id || money == Money::Named),
        Kind::Other => settlement.names_our_id || money == Money::Named,
        Kind::Closing => settlement.names_our_id || settlement.batch.is_some(),
    }
}

/// `isReversed` and `callReversal` where they can only be about the operation itself. A reversal, and the cancel of a
/// pre-authorization, may carry them for their original.
struct Marks {
    reversed: bool,
    reversal_asked: bool,
}

impl Marks {
    fn of(settlement: &Settlement, kind: Kind) -> Self {
        let counts = match kind {
            Kind::Payment | Kind::Refund | Kind::Preauth | Kind::PreauthCompletion | Kind::Moto => true,
            Kind::Reversal | Kind::Closing | Kind::PreauthCancel | Kind::Other => false,
        };
        Self { reversed: counts && settlement.is_reversed(), reversal_asked: counts && settlement.reversal_asked }
    }
}

/// How the money in a settlement compares with what was asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Money {
    /// Amount and currency are there, and they are ours.
    Named,
    /// One of them is missing, and the other, if there, is ours.
    Fits,
    /// It is other money, and the register has accepted that: a part, or a tip that only shows in the sum.
    Accepted,
    Differs,
}

impl Money {
    fn compare(settlement: &Settlement, intent: &Intent) -> Self {
        let moves_money = match intent.kind {
            Kind::Payment
            | Kind::Refund
            | Kind::Reversal
            | Kind::Preauth
            | Kind::PreauthCompletion
            | Kind::PreauthCancel
            | Kind::Moto => true,
            Kind::Closing => false,
            // Without an amount it is not known what it moves.
            Kind::Other => intent.amount != 0,
        };
        if !moves_money {
            return Self::Fits;
        }
        let amount = settlement.amount.map(|amount| {
            // A tip is given, never taken.
            amount == intent.amount || Some(amount) == intent.amount.checked_add(settlement.tip.unwrap_or(0).max(0))
        });
        // Some terminals repeat what was asked for, whatever was paid.
        let amount = amount.map(|fits| fits && !response_code::is_of_a_part(settlement.code()));
        let currency = settlement.currency.as_deref().map(|named| intent.is_in(named));
        match (amount, currency) {
            // More may have been reserved since, by a function that this library does not know: `standing::of_its_preauth` looks
            // into the journal for it.
            (Some(false), Some(true) | None) if intent.kind == Kind::PreauthCancel => Self::Fits,
            (Some(false), Some(true)) if accepts(intent, settlement) => Self::Accepted,
            (Some(false), _) | (_, Some(false)) => Self::Differs,
            (Some(true), Some(true)) => Self::Named,
            (Some(true) | None, None) | (None, Some(true)) => Self::Fits,
        }
    }

    fn is_other(self) -> bool {
        match self {
            Self::Accepted | Self::Differs => true,
            Self::Named | Self::Fits => false,
        }
    }
}

/// Whether other money than was asked for is accepted.
fn accepts(intent: &Intent, settlement: &Settlement) -> bool {
    let tip = intent.tip_in_sum(settlement).is_some() && !response_code::is_of_a_part(settlement.code());
    tip || intent.accepts_part(settlement)
}

/// True for a response code that approves.
pub(crate) fn is_approval(settlement: &Settlement) -> bool {
    response_code::approves(settlement.code())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::BatchTotals;

    fn approval() -> Settlement {
        Settlement {
            response_code: Some("OK".into()),
            amount: Some(12550),
            currency: Some("203".into()),
            names_our_id: true,
            ..Settlement::default()
        }
    }

    fn intent(kind: Kind) -> Intent {
        Intent { kind, amount: 12550, currency: "CZK".into(), ..Intent::unknown(0, "1", "a-1") }
    }

    fn judged(change: impl FnOnce(&mut Settlement)) -> Judgement {
        let mut settlement = approval();
        change(&mut settlement);
        judge(&settlement, &intent(Kind::Payment), &Taught::default())
    }

    #[test]
    fn api_an_approval_is_believed_only_when_everything_fits() {
        assert_eq!(judged(|_| ()), Judgement::Approves);
        assert_eq!(judged(|s| s.amount = None), Judgement::Approves);
        assert_eq!(judged(|s| s.currency = Some("CZK".into())), Judgement::Approves);
        let family = |s: &mut Settlement| s.response_code = Some("Approved".into());
        assert_eq!(judged(family), Judgement::Approves);
        assert_eq!(
            judged(|s| (s.response_code, s.amount) = (Some("Approved".into()), None)),
            Judgement::NotListed,
            "without money"
        );
        assert_eq!(judged(|s| (s.amount, s.tip) = (Some(13550), Some(1000))), Judgement::Approves);
        assert_eq!(judged(|s| s.names_our_id = false), Judgement::Approves);

        assert_eq!(judged(|s| s.amount = Some(12551)), Judgement::Doubtful(Code::AmountDiffers));
        assert_eq!(judged(|s| (s.amount, s.tip) = (Some(13551), Some(1000))), Judgement::Doubtful(Code::AmountDiffers));
        assert_eq!(judged(|s| s.currency = Some("978".into())), Judgement::Doubtful(Code::AmountDiffers));
        assert_eq!(judged(|s| s.reversed = Some(true)), Judgement::Doubtful(Code::Reversed));
        assert_eq!(judged(|s| s.reversal_asked = true), Judgement::Doubtful(Code::ReversalAsked));
        assert_eq!(judged(|s| (s.names_our_id, s.amount) = (false, None)), Judgement::Doubtful(Code::NotOurs));
        assert_eq!(judged(|s| (s.names_our_id, s.currency) = (false, None)), Judgement::Doubtful(Code::NotOurs));
        assert_eq!(judged(|s| (s.names_our_id, s.amount) = (false, Some(1))), Judgement::Doubtful(Code::NotOurs));
    }

    /// For the other kinds the same marks are doubtful.
    #[test]
    fn api_a_reversal_may_carry_its_originals_marks_a_closing_has_no_amount() {
        let judged = |kind, change: fn(&mut Settlement)| {
            let mut settlement = approval();
            change(&mut settlement);
            judge(&settlement, &intent(kind), &Taught::default())
        };
        assert_eq!(judged(Kind::Refund, |s| s.reversed = Some(true)), Judgement::Doubtful(Code::Reversed));
        assert_eq!(judged(Kind::Reversal, |s| s.reversed = Some(true)), Judgement::Approves);
        assert_eq!(judged(Kind::Reversal, |s| s.amount = None), Judgement::Approves);
        assert_eq!(judged(Kind::Reversal, |s| s.amount = Some(1)), Judgement::Doubtful(Code::AmountDiffers));
        assert_eq!(judged(Kind::Closing, |s| s.amount = Some(1)), Judgement::Approves);
        assert_eq!(judged(Kind::Closing, |s| s.names_our_id = false), Judgement::Doubtful(Code::NotOurs));
        let nameless = |s: &mut Settlement| (s.names_our_id, s.batch) = (false, Some(BatchTotals::default()));
        assert_eq!(judged(Kind::Closing, nameless), Judgement::Approves);
        assert_eq!(judged(Kind::Payment, nameless), Judgement::Approves, "its amount and currency name it");
        let closing = |s: &mut Settlement| (s.amount, s.batch) = (None, Some(BatchTotals::default()));
        for kind in [Kind::Payment, Kind::Refund, Kind::Reversal] {
            assert_eq!(judged(kind, closing), Judgement::Doubtful(Code::NotOurs), "totals under our id");
        }
        assert_eq!(judged(Kind::Closing, closing), Judgement::Approves);
    }

    /// A cancel may carry its original's marks, and let go more than was reserved first.
    #[test]
    fn api_a_preauthorization_its_completion_and_moto_are_judged_like_a_sale() {
        let judged = |kind, change: fn(&mut Settlement)| {
            let mut settlement = approval();
            change(&mut settlement);
            judge(&settlement, &intent(kind), &Taught::default())
        };
        let nobodys = |s: &mut Settlement| (s.names_our_id, s.amount) = (false, Some(1));
        for kind in [Kind::Preauth, Kind::PreauthCompletion, Kind::Moto] {
            assert_eq!(judged(kind, |_| ()), Judgement::Approves);
            assert_eq!(judged(kind, |s| s.reversed = Some(true)), Judgement::Doubtful(Code::Reversed));
            assert_eq!(judged(kind, |s| s.reversal_asked = true), Judgement::Doubtful(Code::ReversalAsked));
            assert_eq!(judged(kind, |s| s.amount = Some(1)), Judgement::Doubtful(Code::AmountDiffers));
            assert_eq!(judged(kind, |s| s.currency = Some("978".into())), Judgement::Doubtful(Code::AmountDiffers));
            assert_eq!(judged(kind, nobodys), Judgement::Doubtful(Code::NotOurs));
        }
        let cancel = Kind::PreauthCancel;
        assert_eq!(judged(cancel, |s| s.reversed = Some(true)), Judgement::Approves);
        assert_eq!(judged(cancel, |s| s.amount = Some(1)), Judgement::Approves);
        let euros = |s: &mut Settlement| (s.amount, s.currency) = (Some(1), Some("978".into()));
        assert_eq!(judged(cancel, euros), Judgement::Doubtful(Code::AmountDiffers));
        assert_eq!(judged(cancel, nobodys), Judgement::Doubtful(Code::NotOurs));
    }

    #[test]
    fn api_a_refusal_with_any_mark_of_a_charge_proves_nothing() {
        let refused = |change: fn(&mut Settlement)| {
            judged(|s| {
                s.response_code = Some("DECLINED".into());
                change(s);
            })
        };
        let plainly = Judgement::Refuses(Refusal::Plain);
        assert_eq!(refused(|_| ()), plainly);
        for nothing in ["", " ", "000000", "0 0"] {
            let no_code =
                |s: &mut Settlement| (s.response_code, s.auth_code) = (Some("DECLINED".into()), Some(nothing.into()));
            assert_eq!(judged(no_code), plainly, "{nothing:?} is no authorization");
        }
        assert_eq!(refused(|s| s.amount = Some(0)), plainly, "nothing moved");
        assert_eq!(refused(|s| s.amount = Some(1)), Judgement::Doubtful(Code::NotOurs), "other money");
        assert_eq!(refused(|s| s.auth_code = Some("114546".into())), Judgement::Doubtful(Code::Contradiction));
        assert_eq!(refused(|s| s.reversed = Some(true)), Judgement::Doubtful(Code::Contradiction));
        assert_eq!(refused(|s| s.reversal_asked = true), Judgement::Doubtful(Code::Contradiction));
        assert_eq!(refused(|s| s.response_code = Some("undefined".into())), Judgement::NotListed);
        assert_eq!(refused(|s| s.response_code = None), Judgement::NotListed);
    }

    #[test]
    fn api_the_table_of_verdicts_is_what_it_says() {
        let result = |judgement, confirmation, finished, cancel| {
            verdict(Evidence::Result { judgement, confirmation, finished, cancel }).0
        };
        let refuses = Judgement::Refuses(Refusal::Plain);
        for finished in [true, false] {
            for cancel in [Cancel::Nobody, Cancel::Register, Cancel::AtTerminal] {
                assert_eq!(result(Judgement::Approves, Confirmation::Through, finished, cancel), Verdict::Approved);
                assert_eq!(result(Judgement::Approves, Confirmation::NotThrough, finished, cancel), Verdict::Unknown);
                assert_eq!(result(Judgement::Approves, Confirmation::NotSent, finished, cancel), Verdict::Unknown);
                assert_eq!(result(Judgement::NotListed, Confirmation::NotSent, finished, cancel), Verdict::Unknown);
                assert_eq!(
                    result(Judgement::Doubtful(Code::Reversed), Confirmation::NotSent, finished, cancel),
                    Verdict::Unknown
                );
            }
        }
        assert_eq!(result(refuses, Confirmation::NotSent, true, Cancel::Nobody), Verdict::Declined);
        assert_eq!(result(refuses, Confirmation::NotSent, true, Cancel::AtTerminal), Verdict::Declined);
        assert_eq!(result(refuses, Confirmation::NotSent, true, Cancel::Register), Verdict::Cancelled);
        assert_eq!(result(refuses, Confirmation::NotSent, false, Cancel::Register), Verdict::Unknown);
        assert_eq!(verdict(Evidence::Nothing(Code::LetGo)), (Verdict::Unknown, Some(Code::LetGo)));
        assert_eq!(verdict(Evidence::NothingLeft(Code::Refused)), (Verdict::NotStarted, Some(Code::Refused)));
    }
}
