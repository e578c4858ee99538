//! What a receipt says, in Czech, Slovak and English.

use super::preauths;
use crate::codes::{Kind, ReceiptCopy, Verdict};

/// The same in the three languages, in the order of [`crate::outcome::Language`].
pub(super) type Phrase = [&'static str; 3];

pub(super) const SIMULATOR: Phrase = ["*NEPLATNÉ – SIMULÁTOR*", "*NEPLATNÉ – SIMULÁTOR*", "*INVALID – SIMULATOR*"];
pub(super) const REPRINT: Phrase = ["*** KOPIE ***", "*** KÓPIA ***", "*** COPY ***"];
pub(super) const NO_RECEIPT: Phrase = ["TOTO NENÍ DOKLAD", "TOTO NIE JE DOKLAD", "THIS IS NOT A RECEIPT"];
pub(super) const BY_A_PERSON: Phrase = ["Rozhodla obsluha", "Rozhodla obsluha", "Decided by staff"];

pub(super) const AMOUNT: Phrase = ["Částka", "Suma", "Amount"];
pub(super) const ASKED_FOR: Phrase = ["Požadováno", "Požadované", "Asked for"];
pub(super) const REST: Phrase = ["Zbývá doplatit", "Zostáva doplatiť", "Still to be paid"];
pub(super) const AT_TERMINAL: Phrase = ["Na terminálu", "Na termináli", "At the terminal"];
pub(super) const CHARGED_CURRENCY: Phrase = ["Účtovaná měna", "Účtovaná mena", "Charged in"];
pub(super) const TIP: Phrase = ["Spropitné", "Sprepitné", "Tip"];
pub(super) const TOTAL: Phrase = ["Celkem", "Spolu", "Total"];
pub(super) const BALANCE: Phrase = ["Zůstatek", "Zostatok", "Balance"];
pub(super) const NUMBER: Phrase = ["Číslo", "Číslo", "Number"];
pub(super) const TRANSACTION: Phrase = ["Transakce", "Transakcia", "Transaction"];
pub(super) const SCHEME: Phrase = ["Karta", "Karta", "Card"];
pub(super) const PAN: Phrase = ["Číslo karty", "Číslo karty", "Card number"];
pub(super) const AID: Phrase = ["AID", "AID", "AID"];
pub(super) const AUTH_CODE: Phrase = ["Autorizační kód", "Autorizačný kód", "Auth. code"];
pub(super) const TERMINAL: Phrase = ["Terminál", "Terminál", "Terminal"];
pub(super) const MERCHANT: Phrase = ["Obchodník", "Obchodník", "Merchant"];
pub(super) const SEQUENCE: Phrase = ["Pořadové číslo", "Poradové číslo", "Sequence no."];
pub(super) const TIME: Phrase = ["Čas", "Čas", "Time"];
pub(super) const MESSAGE: Phrase = ["Zpráva", "Správa", "Message"];
pub(super) const SIGNATURE: Phrase = ["Podpis zákazníka", "Podpis zákazníka", "Customer's signature"];
pub(super) const SIGNATURE_FITS: Phrase = ["Podpis souhlasí", "Podpis súhlasí", "Signature accepted"];
pub(super) const SIGNATURE_DIFFERS: Phrase = ["PODPIS NESOUHLASÍ", "PODPIS NESÚHLASÍ", "SIGNATURE REJECTED"];
pub(super) const BATCH: Phrase = ["Číslo dávky", "Číslo dávky", "Batch"];
pub(super) const SHIFT: Phrase = ["Směna", "Zmena", "Shift"];
pub(super) const DEBITS: Phrase = ["Platby", "Platby", "Payments"];
pub(super) const CREDITS: Phrase = ["Vratky", "Vrátenia", "Refunds"];
pub(super) const ADJUSTMENTS: Phrase = ["Úpravy", "Úpravy", "Adjustments"];

/// Whose copy it is. Not "kopie": that word marks what was printed again.
pub(super) fn whose(copy: ReceiptCopy) -> Phrase {
    match copy {
        ReceiptCopy::Merchant => ["Doklad pro obchodníka", "Doklad pre obchodníka", "Merchant receipt"],
        ReceiptCopy::Customer => ["Doklad pro zákazníka", "Doklad pre zákazníka", "Customer receipt"],
    }
}

/// What became of it.
pub(super) fn title(kind: Kind, verdict: Verdict) -> Phrase {
    use Verdict as V;
    match (kind, verdict) {
        (Kind::Payment, V::Approved) => ["PLATBA SCHVÁLENA", "PLATBA SCHVÁLENÁ", "PAYMENT APPROVED"],
        (Kind::Payment, V::Declined) => ["PLATBA ZAMÍTNUTA", "PLATBA ZAMIETNUTÁ", "PAYMENT DECLINED"],
        (Kind::Payment, V::Cancelled) => ["PLATBA ZRUŠENA", "PLATBA ZRUŠENÁ", "PAYMENT CANCELLED"],
        (Kind::Payment, V::NotStarted) => ["PLATBA NEPROBĚHLA", "PLATBA NEPREBEHLA", "PAYMENT NOT STARTED"],
        (Kind::Payment, V::Unknown) => ["VÝSLEDEK PLATBY NEZNÁMÝ", "VÝSLEDOK PLATBY NEZNÁMY", "PAYMENT STATE UNKNOWN"],
        (Kind::Refund, V::Approved) => ["VRÁCENÍ SCHVÁLENO", "VRÁTENIE SCHVÁLENÉ", "REFUND APPROVED"],
        (Kind::Refund, V::Declined) => ["VRÁCENÍ ZAMÍTNUTO", "VRÁTENIE ZAMIETNUTÉ", "REFUND DECLINED"],
        (Kind::Refund, V::Cancelled) => ["VRÁCENÍ ZRUŠENO", "VRÁTENIE ZRUŠENÉ", "REFUND CANCELLED"],
        (Kind::Refund, V::NotStarted) => ["VRÁCENÍ NEPROBĚHLO", "VRÁTENIE NEPREBEHLO", "REFUND NOT STARTED"],
        (Kind::Refund, V::Unknown) => ["VÝSLEDEK VRÁCENÍ NEZNÁMÝ", "VÝSLEDOK VRÁTENIA NEZNÁMY", "REFUND STATE UNKNOWN"],
        (Kind::Reversal, V::Approved) => ["STORNO PROVEDENO", "STORNO VYKONANÉ", "REVERSAL DONE"],
        (Kind::Reversal, V::Declined) => ["STORNO ZAMÍTNUTO", "STORNO ZAMIETNUTÉ", "REVERSAL DECLINED"],
        (Kind::Reversal, V::Cancelled) => ["STORNO ZRUŠENO", "STORNO ZRUŠENÉ", "REVERSAL CANCELLED"],
        (Kind::Reversal, V::NotStarted) => ["STORNO NEPROBĚHLO", "STORNO NEPREBEHLO", "REVERSAL NOT STARTED"],
        (Kind::Reversal, V::Unknown) => {
            ["VÝSLEDEK STORNA NEZNÁMÝ", "VÝSLEDOK STORNA NEZNÁMY", "REVERSAL STATE UNKNOWN"]
        }
        (Kind::Closing, V::Approved) => ["UZÁVĚRKA PROVEDENA", "UZÁVIERKA VYKONANÁ", "CLOSING DONE"],
        (Kind::Closing, V::Declined) => ["UZÁVĚRKA ZAMÍTNUTA", "UZÁVIERKA ZAMIETNUTÁ", "CLOSING DECLINED"],
        (Kind::Closing, V::Cancelled) => ["UZÁVĚRKA ZRUŠENA", "UZÁVIERKA ZRUŠENÁ", "CLOSING CANCELLED"],
        (Kind::Closing, V::NotStarted) => ["UZÁVĚRKA NEPROBĚHLA", "UZÁVIERKA NEPREBEHLA", "CLOSING NOT STARTED"],
        (Kind::Closing, V::Unknown) => {
            ["VÝSLEDEK UZÁVĚRKY NEZNÁMÝ", "VÝSLEDOK UZÁVIERKY NEZNÁMY", "CLOSING STATE UNKNOWN"]
        }
        (Kind::Other, V::Approved) => ["TRANSAKCE SCHVÁLENA", "TRANSAKCIA SCHVÁLENÁ", "TRANSACTION APPROVED"],
        (Kind::Other, V::Declined) => ["TRANSAKCE ZAMÍTNUTA", "TRANSAKCIA ZAMIETNUTÁ", "TRANSACTION DECLINED"],
        (Kind::Other, V::Cancelled) => ["TRANSAKCE ZRUŠENA", "TRANSAKCIA ZRUŠENÁ", "TRANSACTION CANCELLED"],
        (Kind::Other, V::NotStarted) => ["TRANSAKCE NEPROBĚHLA", "TRANSAKCIA NEPREBEHLA", "TRANSACTION NOT STARTED"],
        (Kind::Other, V::Unknown) => {
            ["VÝSLEDEK TRANSAKCE NEZNÁMÝ", "VÝSLEDOK TRANSAKCIE NEZNÁMY", "TRANSACTION STATE UNKNOWN"]
        }
        (Kind::Preauth, verdict) => preauths::title(verdict),
        (Kind::PreauthCompletion, verdict) => preauths::completion_title(verdict),
        (Kind::PreauthCancel, verdict) => preauths::cancel_title(verdict),
        (Kind::Moto, V::Approved) => ["PLATBA MOTO SCHVÁLENA", "PLATBA MOTO SCHVÁLENÁ", "MOTO PAYMENT APPROVED"],
        (Kind::Moto, V::Declined) => ["PLATBA MOTO ZAMÍTNUTA", "PLATBA MOTO ZAMIETNUTÁ", "MOTO PAYMENT DECLINED"],
        (Kind::Moto, V::Cancelled) => ["PLATBA MOTO ZRUŠENA", "PLATBA MOTO ZRUŠENÁ", "MOTO PAYMENT CANCELLED"],
        (Kind::Moto, V::NotStarted) => ["PLATBA MOTO NEPROBĚHLA", "PLATBA MOTO NEPREBEHLA", "MOTO PAYMENT NOT STARTED"],
        (Kind::Moto, V::Unknown) => {
            ["VÝSLEDEK PLATBY MOTO NEZNÁMÝ", "VÝSLEDOK PLATBY MOTO NEZNÁMY", "MOTO PAYMENT STATE UNKNOWN"]
        }
    }
}

/// What stands before the number of the original.
pub(super) fn original(kind: Kind) -> Phrase {
    match kind {
        Kind::PreauthCompletion | Kind::PreauthCancel => ["K předautorizaci", "K predautorizácii", "Pre-authorization"],
        Kind::Payment | Kind::Refund | Kind::Reversal | Kind::Closing | Kind::Other | Kind::Preauth | Kind::Moto => {
            ["K prodeji", "K predaju", "Original sale"]
        }
    }
}

/// What stands before the number of what took it back.
pub(super) fn taken_back_by(kind: Kind) -> Phrase {
    match kind {
        Kind::Preauth => ["Číslo zrušení", "Číslo zrušenia", "Cancel no."],
        Kind::Payment
        | Kind::Refund
        | Kind::Reversal
        | Kind::Closing
        | Kind::Other
        | Kind::PreauthCompletion
        | Kind::PreauthCancel
        | Kind::Moto => ["Číslo storna", "Číslo storna", "Reversal"],
    }
}

/// What became of it in the end: it was done, and taken back.
pub(super) fn reversed(kind: Kind) -> Phrase {
    match kind {
        Kind::Payment => ["PLATBA STORNOVÁNA", "PLATBA STORNOVANÁ", "PAYMENT REVERSED"],
        Kind::Refund => ["VRÁCENÍ STORNOVÁNO", "VRÁTENIE STORNOVANÉ", "REFUND REVERSED"],
        Kind::Moto => ["PLATBA MOTO STORNOVÁNA", "PLATBA MOTO STORNOVANÁ", "MOTO PAYMENT REVERSED"],
        Kind::Preauth => preauths::title(Verdict::Cancelled),
        Kind::PreauthCompletion => [
            "DOKONČENÍ PŘEDAUTORIZACE STORNOVÁNO",
            "DOKONČENIE PREDAUTORIZÁCIE STORNOVANÉ",
            "PRE-AUTHORIZATION COMPLETION REVERSED",
        ],
        Kind::Reversal | Kind::Closing | Kind::Other | Kind::PreauthCancel => {
            ["TRANSAKCE STORNOVÁNA", "TRANSAKCIA STORNOVANÁ", "TRANSACTION REVERSED"]
        }
    }
}

/// What the verdict means for the customer, where the title does not say it.
pub(super) fn consequence(kind: Kind, verdict: Verdict) -> Option<Phrase> {
    match verdict {
        Verdict::Approved if kind == Kind::Preauth => {
            Some(["ZABLOKOVÁNO, NEZAPLACENO", "ZABLOKOVANÉ, NEZAPLATENÉ", "RESERVED, NOT PAID"])
        }
        Verdict::Approved => None,
        Verdict::Unknown => Some(NO_RECEIPT),
        Verdict::Declined | Verdict::Cancelled | Verdict::NotStarted => match kind {
            Kind::Payment | Kind::PreauthCompletion | Kind::Moto => Some(["NEZAPLACENO", "NEZAPLATENÉ", "NOT PAID"]),
            Kind::Preauth => Some(["NIC NENÍ ZABLOKOVÁNO", "NIČ NIE JE ZABLOKOVANÉ", "NOTHING RESERVED"]),
            Kind::PreauthCancel => {
                Some(["BLOKACE NENÍ ZRUŠENA", "BLOKÁCIA NIE JE ZRUŠENÁ", "RESERVATION NOT CANCELLED"])
            }
            Kind::Refund => Some(["PENÍZE NEVRÁCENY", "PENIAZE NEVRÁTENÉ", "NOTHING REFUNDED"]),
            Kind::Reversal => Some(["PLATBA NENÍ STORNOVÁNA", "PLATBA NIE JE STORNOVANÁ", "PAYMENT NOT REVERSED"]),
            Kind::Closing | Kind::Other => None,
        },
    }
}
