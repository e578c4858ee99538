//! What happened, for the cashier, where an outcome has no reason: one sentence in Czech, Slovak and English.

use crate::codes::{Kind, Verdict};

/// Why it is not paid or not done. None: the verdict says it all.
pub(super) fn sentence(verdict: Verdict, decided_by_a_person: bool) -> Option<[&'static str; 3]> {
    match verdict {
        Verdict::Declined | Verdict::Cancelled if decided_by_a_person => {
            Some(["Rozhodl o tom člověk.", "Rozhodol o tom človek.", "A person has decided this."])
        }
        Verdict::Declined => Some([
            "Banka nebo terminál to odmítl.",
            "Banka alebo terminál to odmietol.",
            "The bank or the terminal declined it.",
        ]),
        Verdict::Cancelled => Some(["Zrušila to pokladna.", "Zrušila to pokladnica.", "The register cancelled it."]),
        Verdict::Approved | Verdict::NotStarted | Verdict::Unknown => None,
    }
}

/// The whole text of what was done and taken back since: there is nothing to try again.
pub(super) fn taken_back(kind: Kind) -> [&'static str; 3] {
    match kind {
        Kind::Refund => [
            "Vrácení peněz je stornováno: zákazník nic nedostane.",
            "Vrátenie peňazí je stornované: zákazník nič nedostane.",
            "The refund was reversed: the customer gets nothing.",
        ],
        Kind::Preauth => [
            "Předautorizace je zrušena: na kartě není nic zablokováno.",
            "Predautorizácia je zrušená: na karte nie je nič zablokované.",
            "The pre-authorization was cancelled: nothing is reserved on the card.",
        ],
        Kind::Payment
        | Kind::Reversal
        | Kind::Closing
        | Kind::Other
        | Kind::PreauthCompletion
        | Kind::PreauthCancel
        | Kind::Moto => [
            "Stornováno: zákazník dostane peníze zpět.",
            "Stornované: zákazník dostane peniaze späť.",
            "Reversed: the customer gets the money back.",
        ],
    }
}
