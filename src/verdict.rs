//! From evidence to verdict: one function, one table.
//!
//! | evidence | verdict |
//! |---|---|
//! | nothing of the start left | NOT_STARTED |
//! | the start was refused, and a second question agrees | NOT_STARTED |
//! | the result approves, is ours, has our amount, is not reversed nor to be reversed, and the confirmation is through | APPROVED |
//! | the same, but the confirmation is not through, or the result could not be stored before it | UNKNOWN |
//! | the result approves but is not ours, is reversed or to be reversed, or has another amount | UNKNOWN |
//! | the terminal said it is over, and the result is ours and refuses without any mark of a charge | CANCELLED where a cancel was sent, else DECLINED |
//! | a person looked, and the terminal does not know | APPROVED or CANCELLED, flagged as resolved |
//! | anything else | UNKNOWN |
//!
//! *The confirmation is through*: `isConfirmed:true`, and the fresh `result` that is asked for after it does not say otherwise. Straight after
//! the first result it may say nothing at all – the sale may be forgotten by then –, after any later confirm it must approve again, and say
//! in so many words that what it approves is not reversed. Where the terminal has no `confirm`, the result alone counts, unless a fresh one
//! says otherwise.
//!
//! Amount and currency count where money moves: of a payment and a refund, of a reversal against its original; `isReversed` and
//! `callReversal` of payments and refunds only, because a reversal may carry them for its original. A reversal that carries `isReversed` must
//! have an original that carries it too where it was not followed from its start, and must not carry it only after the confirm: the terminal
//! may have undone the reversal.
//!
//! There is no wildcard arm here: new evidence does not compile until somebody has decided what it proves.

// New evidence must not compile until somebody has decided what it proves.
#![deny(clippy::wildcard_enum_match_arm)]

use crate::codes::{Code, Kind, Verdict};
use crate::journal::Intent;
use crate::money::Currency;
use crate::protocol::Settlement;
use crate::testing;

/// The response code of an approval (seen in two public clients).
const APPROVED: &str = "OK";
/// A response code that says nothing: seen with "Terminal busy".
const UNDEFINED: &str = "UNDEFINED";

/// What a result says by itself about a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Judgement {
    /// It may be confirmed.
    Approves,
    /// It refuses, and nothing hints at a charge.
    Refuses,
    /// It says nothing yet: ask again.
    SaysNothing,
    /// It must not be confirmed and proves nothing.
    Doubtful(Code),
}

/// What became of the confirmation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Confirmation {
    Through,
    NotThrough,
    /// The result could not be stored, so it was not sent.
    NotSent,
}

/// Everything that leads to a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Evidence {
    NothingLeft(Code),
    StartRefused(Code),
    Result { judgement: Judgement, confirmation: Confirmation, finished: bool, cancel_sent: bool },
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
        Evidence::Result { judgement: Judgement::Refuses, finished, cancel_sent, .. } => {
            match (finished, cancel_sent) {
                (true, true) => (Verdict::Cancelled, None),
                (true, false) => (Verdict::Declined, None),
                (false, true | false) => (Verdict::Unknown, Some(Code::StartUnanswered)),
            }
        }
        Evidence::Nothing(Code::Unreadable) if testing::broken("believe-unreadable-declined") => {
            (Verdict::Declined, None)
        }
        Evidence::Result { judgement: Judgement::SaysNothing, .. } => (Verdict::Unknown, Some(Code::Unreadable)),
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
pub(crate) fn judge(settlement: &Settlement, intent: &Intent) -> Judgement {
    let code = settlement.response_code.as_deref().unwrap_or_default();
    if code.is_empty() || code.eq_ignore_ascii_case(UNDEFINED) {
        return Judgement::SaysNothing;
    }
    let money = Money::compare(settlement, intent);
    let settled = Marks::of(settlement, intent.kind);
    match (is_ours(settlement, intent, money), is_approval(settlement)) {
        (false, true | false) => Judgement::Doubtful(Code::NotOurs),
        (true, true) if settled.reversed => Judgement::Doubtful(Code::Reversed),
        (true, true) if settled.reversal_asked => Judgement::Doubtful(Code::ReversalAsked),
        (true, true) if money == Money::Differs => Judgement::Doubtful(Code::AmountDiffers),
        (true, true) => Judgement::Approves,
        (true, false) if settlement.auth_code.is_some() || settled.reversed || settled.reversal_asked => {
            Judgement::Doubtful(Code::Contradiction)
        }
        (true, false) => Judgement::Refuses,
    }
}

/// A result that names no id is ours when it names our money; a closing moves none, and then its totals tell what it is about. Totals in the
/// place of an amount are a closing's, whatever id stands beside them.
fn is_ours(settlement: &Settlement, intent: &Intent, money: Money) -> bool {
    let is_of_a_closing = settlement.batch.is_some() && settlement.amount.is_none();
    match intent.kind {
        Kind::Payment | Kind::Refund | Kind::Reversal => {
            !is_of_a_closing && (settlement.names_our_id || money == Money::Named)
        }
        Kind::Other => settlement.names_our_id || money == Money::Named,
        Kind::Closing => settlement.names_our_id || settlement.batch.is_some(),
    }
}

/// `isReversed` and `callReversal` where they can only be about the operation itself. A reversal may carry them for its original.
struct Marks {
    reversed: bool,
    reversal_asked: bool,
}

impl Marks {
    fn of(settlement: &Settlement, kind: Kind) -> Self {
        let counts = match kind {
            Kind::Payment | Kind::Refund => true,
            Kind::Reversal | Kind::Closing | Kind::Other => false,
        };
        Self { reversed: counts && settlement.is_reversed(), reversal_asked: counts && settlement.reversal_asked }
    }
}

/// How the money in a settlement compares with what was asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Money {
    /// Amount and currency are there, and ours.
    Named,
    /// What is there is ours.
    Fits,
    Differs,
}

impl Money {
    fn compare(settlement: &Settlement, intent: &Intent) -> Self {
        let moves_money = match intent.kind {
            Kind::Payment | Kind::Refund | Kind::Reversal => true,
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
        let currency = settlement.currency.as_deref().map(|named| is_currency(named, &intent.currency));
        match (amount, currency) {
            (Some(false), _) | (_, Some(false)) => Self::Differs,
            (Some(true), Some(true)) => Self::Named,
            (Some(true) | None, None) | (None, Some(true)) => Self::Fits,
        }
    }
}

fn is_currency(named: &str, currency: &str) -> bool {
    Currency::parse(currency).map_or(named == currency, |currency| currency.is_called(named))
}

/// True for a response code that approves.
pub(crate) fn is_approval(settlement: &Settlement) -> bool {
    settlement.response_code.as_deref().is_some_and(|code| code.eq_ignore_ascii_case(APPROVED))
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
        judge(&settlement, &intent(Kind::Payment))
    }

    #[test]
    fn api_an_approval_is_believed_only_when_everything_fits() {
        assert_eq!(judged(|_| ()), Judgement::Approves);
        assert_eq!(judged(|s| s.amount = None), Judgement::Approves);
        assert_eq!(judged(|s| s.currency = Some("CZK".into())), Judgement::Approves);
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
            judge(&settlement, &intent(kind))
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

    #[test]
    fn api_a_refusal_with_any_mark_of_a_charge_proves_nothing() {
        let refused = |change: fn(&mut Settlement)| {
            judged(|s| {
                s.response_code = Some("DECLINED".into());
                change(s);
            })
        };
        assert_eq!(refused(|_| ()), Judgement::Refuses);
        assert_eq!(refused(|s| s.auth_code = Some("114546".into())), Judgement::Doubtful(Code::Contradiction));
        assert_eq!(refused(|s| s.reversed = Some(true)), Judgement::Doubtful(Code::Contradiction));
        assert_eq!(refused(|s| s.reversal_asked = true), Judgement::Doubtful(Code::Contradiction));
        assert_eq!(refused(|s| s.response_code = Some("undefined".into())), Judgement::SaysNothing);
        assert_eq!(refused(|s| s.response_code = None), Judgement::SaysNothing);
    }

    #[test]
    fn api_the_table_of_verdicts_is_what_it_says() {
        let result = |judgement, confirmation, finished, cancel_sent| {
            verdict(Evidence::Result { judgement, confirmation, finished, cancel_sent }).0
        };
        for finished in [true, false] {
            for cancel_sent in [true, false] {
                assert_eq!(
                    result(Judgement::Approves, Confirmation::Through, finished, cancel_sent),
                    Verdict::Approved
                );
                assert_eq!(
                    result(Judgement::Approves, Confirmation::NotThrough, finished, cancel_sent),
                    Verdict::Unknown
                );
                assert_eq!(result(Judgement::Approves, Confirmation::NotSent, finished, cancel_sent), Verdict::Unknown);
                assert_eq!(
                    result(Judgement::SaysNothing, Confirmation::NotSent, finished, cancel_sent),
                    Verdict::Unknown
                );
                assert_eq!(
                    result(Judgement::Doubtful(Code::Reversed), Confirmation::NotSent, finished, cancel_sent),
                    Verdict::Unknown
                );
            }
        }
        assert_eq!(result(Judgement::Refuses, Confirmation::NotSent, true, false), Verdict::Declined);
        assert_eq!(result(Judgement::Refuses, Confirmation::NotSent, true, true), Verdict::Cancelled);
        assert_eq!(result(Judgement::Refuses, Confirmation::NotSent, false, true), Verdict::Unknown);
        assert_eq!(verdict(Evidence::Nothing(Code::LetGo)), (Verdict::Unknown, Some(Code::LetGo)));
        assert_eq!(verdict(Evidence::NothingLeft(Code::Refused)), (Verdict::NotStarted, Some(Code::Refused)));
    }
}
