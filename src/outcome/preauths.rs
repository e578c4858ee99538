//! What the cashier is told of a pre-authorization, its completion and its cancel where the words for a sale would be wrong:
//! what is reserved is not paid.

use crate::codes::{Advice, Code, Kind};

enum Step {
    Reserve,
    Complete,
    Cancel,
}

/// None: it is about no pre-authorization.
fn step(kind: Kind) -> Option<Step> {
    match kind {
        Kind::Preauth => Some(Step::Reserve),
        Kind::PreauthCompletion => Some(Step::Complete),
        Kind::PreauthCancel => Some(Step::Cancel),
        Kind::Payment | Kind::Refund | Kind::Reversal | Kind::Closing | Kind::Other | Kind::Moto => None,
    }
}

/// What became of it. None: the words for anything else are right.
pub(super) fn lead(advice: Advice, kind: Kind) -> Option<[&'static str; 3]> {
    match (step(kind)?, advice) {
        (Step::Reserve, Advice::Done | Advice::SignatureThenHandOver) => Some([
            "Částka je na kartě zablokována, zatím není zaplacena.",
            "Suma je na karte zablokovaná, zatiaľ nie je zaplatená.",
            "The amount is reserved on the card, and not paid yet.",
        ]),
        (Step::Reserve, Advice::NotDone | Advice::CheckSettings | Advice::NotAvailable) => {
            Some(["Částka není zablokována.", "Suma nie je zablokovaná.", "The amount is not reserved."])
        }
        (Step::Cancel, Advice::Done) => Some([
            "Blokace částky na kartě je zrušena.",
            "Blokácia sumy na karte je zrušená.",
            "The amount is not reserved on the card any more.",
        ]),
        (Step::Cancel, Advice::NotDone | Advice::CheckSettings | Advice::NotAvailable) => {
            Some(["Blokace částky není zrušena.", "Blokácia sumy nie je zrušená.", "The reservation is not cancelled."])
        }
        (Step::Reserve | Step::Complete | Step::Cancel, _) => None,
    }
}

/// What happened, where the sentence of the reason says too little: the terminal does not find the pre-authorization, or does not
/// end it (1.5).
pub(super) fn happened(reason: Code, kind: Kind) -> Option<[&'static str; 3]> {
    match (step(kind)?, reason) {
        (Step::Complete, Code::RequestRefused) => Some([
            "Nezaplaceno. Terminál požadavek odmítl; předautorizace už možná skončila.",
            "Nezaplatené. Terminál požiadavku odmietol; predautorizácia sa už možno skončila.",
            "Not paid. The terminal refused the request; the pre-authorization may have ended already.",
        ]),
        (Step::Cancel, Code::RequestRefused) => Some([
            "Terminál zrušení odmítl; předautorizace už možná skončila.",
            "Terminál zrušenie odmietol; predautorizácia sa už možno skončila.",
            "The terminal refused the cancel; the pre-authorization may have ended already.",
        ]),
        (Step::Reserve | Step::Complete | Step::Cancel, _) => None,
    }
}

/// What to do now. None: the words for anything else are right.
pub(super) fn action(advice: Advice, kind: Kind) -> Option<[&'static str; 3]> {
    match (step(kind)?, advice) {
        (Step::Reserve, Advice::NotDone) => Some([
            "Zkuste to znovu, případně s jinou kartou.",
            "Skúste to znova, prípadne s inou kartou.",
            "Try again, if need be with another card.",
        ]),
        (Step::Complete, Advice::HandOver) => {
            Some(["Předejte účtenku.", "Odovzdajte účtenku.", "Hand over the receipt."])
        }
        (Step::Complete, Advice::NotPaid) => Some([
            "Zkuste to znovu, nebo předautorizaci zrušte a zvolte jiný způsob platby.",
            "Skúste to znova, alebo predautorizáciu zrušte a zvoľte iný spôsob platby.",
            "Try again, or cancel the pre-authorization and take another means of payment.",
        ]),
        (Step::Reserve | Step::Complete | Step::Cancel, _) => None,
    }
}
