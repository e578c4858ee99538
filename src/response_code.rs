//! What a terminal's `responseCode` says: it approves, it refuses, or it is not listed here and says neither.
//!
//! | source | meaning |
//! |---|---|
//! | client | seen in somebody's public program that works with a terminal |
//! | 1.5 | listed in an older edition of the protocol's document; whether Comgate's terminals send it is not known |
//!
//! A code that is not listed is never taken for a refusal, because the customer may have been charged.

use std::collections::BTreeMap;

/// The class of a response code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// It approves. `only_with_money`: believed only where amount and currency stand beside it.
    Approves {
        only_with_money: bool,
    },
    Refuses(Refusal),
    /// Nobody has said what it means.
    NotListed,
}

/// How much a refusal proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It is listed, and says that no money moved.
    Plain,
    /// It may also come when the answer of the bank was lost.
    Weak,
    /// A person has said what it means on this terminal.
    Taught,
}

/// What a person has said that a code means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    Approves,
    Refuses,
}

/// The codes that a person has taught this journal's registers, for terminals that send others than the table knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Taught(BTreeMap<String, Meaning>);

impl Taught {
    /// None forgets a code.
    pub(crate) fn teach(&mut self, code: &str, meaning: Option<Meaning>) {
        match meaning {
            Some(meaning) => drop(self.0.insert(code.into(), meaning)),
            None => drop(self.0.remove(code)),
        }
    }

    /// Whether a person has said what this code means, and the table does not.
    pub(crate) fn decides(&self, code: &str) -> bool {
        class_of(code) == Class::NotListed && self.0.contains_key(code)
    }

    /// What a code says. Nobody can teach against the table.
    pub(crate) fn class_of(&self, code: &str) -> Class {
        match (class_of(code), self.0.get(code)) {
            (Class::NotListed, Some(Meaning::Approves)) => APPROVES_WITH_MONEY,
            (Class::NotListed, Some(Meaning::Refuses)) => Class::Refuses(Refusal::Taught),
            (listed @ (Class::Approves { .. } | Class::Refuses(_) | Class::NotListed), _) => listed,
        }
    }
}

/// Where a code was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    Client,
    Edition15,
}

/// Codes with a name of their own. The families `Approved…` and `Declined…` are below.
const LISTED: &[(&str, Class, Source)] = &[
    ("OK", APPROVES, Source::Client),
    ("MONEMV_CLS_KERNEL_STATUS_OK", APPROVES_WITH_MONEY, Source::Edition15),
    ("MONEMV_CLS_KERNEL_STATUS_OFFLINE_APPROVED", APPROVES_WITH_MONEY, Source::Edition15),
    ("DECLINED", REFUSES, Source::Client),
    ("CANCELLED", REFUSES, Source::Edition15),
    ("CANCELED", REFUSES, Source::Edition15),
    ("FAILED", REFUSES_WEAKLY, Source::Edition15),
    ("NoCardTimeout", REFUSES, Source::Edition15),
    ("InvalidSignature", REFUSES_WEAKLY, Source::Edition15),
    ("PINBLOCK_TIMEOUT", REFUSES, Source::Edition15),
    ("PINBLOCK_USER_CANCELLED", REFUSES, Source::Edition15),
    ("EMV_USER_CANCEL", REFUSES, Source::Edition15),
    ("EMV_TIME_OUT", REFUSES, Source::Edition15),
    ("EMV_DENIAL", REFUSES, Source::Edition15),
    ("TransactionTimeout", REFUSES_WEAKLY, Source::Edition15),
    ("TransactionIncorrectPIN", REFUSES, Source::Edition15),
    ("ReferralCall", REFUSES_WEAKLY, Source::Edition15),
];

const APPROVES: Class = Class::Approves { only_with_money: false };
const APPROVES_WITH_MONEY: Class = Class::Approves { only_with_money: true };
const REFUSES: Class = Class::Refuses(Refusal::Plain);
const REFUSES_WEAKLY: Class = Class::Refuses(Refusal::Weak);

/// The codes with which a terminal says that somebody has cancelled.
const CANCELLED: [&str; 4] = ["CANCELLED", "CANCELED", "EMV_USER_CANCEL", "PINBLOCK_USER_CANCELLED"];
/// Approved, and the cardholder still has to be identified: by a signature (1.5).
const PENDING_IDENTIFICATION: &str = "ApprovedPendingIdentification";
/// Approved for less than was asked for (1.5).
const PARTIAL: &str = "ApprovedForPartialAmount";

/// Words after `Approved` or `Declined` with which the name says something else than its first word.
const OTHER_MEANINGS: &[&str] = &[
    "Duplicate",
    "Already",
    "Revers",
    "Void",
    "Partial",
    "Pending",
    "Timeout",
    "NoResponse",
    "Communication",
    "Advice",
    "Confirm",
    "Captur",
];
/// The same after `Approved` only.
const NOT_APPROVED: &[&str] = &["Declin", "Cancel"];

/// What a code says. Compared as it is written, but for `OK`.
pub(crate) fn class_of(code: &str) -> Class {
    if let Some((_, class, _)) = LISTED.iter().find(|(listed, ..)| *listed == code) {
        return *class;
    }
    if code.eq_ignore_ascii_case("OK") {
        return APPROVES;
    }
    if [PENDING_IDENTIFICATION, PARTIAL].contains(&code)
        || is_of_family(code, "Approved", &[OTHER_MEANINGS, NOT_APPROVED])
    {
        return APPROVES_WITH_MONEY;
    }
    if is_of_family(code, "Declined", &[OTHER_MEANINGS]) { REFUSES } else { Class::NotListed }
}

/// The family's name alone or followed by a capital letter, without a word that turns it into something else.
fn is_of_family(code: &str, family: &str, but: &[&[&str]]) -> bool {
    let Some(rest) = code.strip_prefix(family) else { return false };
    let is_a_name = rest.chars().next().is_none_or(|letter| letter.is_ascii_uppercase());
    is_a_name && !but.iter().copied().flatten().any(|word| rest.contains(word))
}

/// True for a code that approves.
pub(crate) fn approves(code: &str) -> bool {
    matches!(class_of(code), Class::Approves { .. })
}

/// True where the code itself asks for a signature.
pub(crate) fn asks_for_signature(code: &str) -> bool {
    code == PENDING_IDENTIFICATION
}

/// True where the code itself says that less was approved than was asked for.
pub(crate) fn is_of_a_part(code: &str) -> bool {
    code == PARTIAL
}

/// True where somebody cancelled.
pub(crate) fn is_cancelled(code: &str) -> bool {
    CANCELLED.contains(&code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn api_each_response_code_has_its_class_and_the_rest_says_nothing() {
        for code in ["OK", "ok"] {
            assert_eq!(class_of(code), APPROVES, "{code}");
        }
        for code in [
            "Approved",
            "ApprovedVIP",
            "ApprovedPendingIdentification",
            "ApprovedForPartialAmount",
            "MONEMV_CLS_KERNEL_STATUS_OK",
        ] {
            assert_eq!(class_of(code), APPROVES_WITH_MONEY, "{code}");
        }
        for code in [
            "DECLINED",
            "Declined",
            "DeclinedInsufficientFunds",
            "CANCELLED",
            "CANCELED",
            "EMV_DENIAL",
            "NoCardTimeout",
        ] {
            assert_eq!(class_of(code), REFUSES, "{code}");
        }
        for code in ["FAILED", "TransactionTimeout", "InvalidSignature", "ReferralCall"] {
            assert_eq!(class_of(code), REFUSES_WEAKLY, "{code}");
        }
        for code in [
            "",
            "00",
            "0",
            "000",
            "APPROVED",
            "approved",
            "Approvedish",
            "SUCCESS",
            "PENDING",
            "ERROR",
            "HOST_TIMEOUT",
            "ALREADY_DELIVERED",
            "UNDEFINED",
            "declined",
            "Declinedish",
            "SPDH_DEFINE",
            "EMV_ONLINE_AUTHORISATION",
        ] {
            assert_eq!(class_of(code), Class::NotListed, "{code}");
        }
    }

    #[test]
    fn api_a_code_can_be_taught_and_forgotten_but_never_against_the_table() {
        let mut taught = Taught::default();
        for (code, meaning) in [
            ("00", Meaning::Approves),
            ("51", Meaning::Refuses),
            ("OK", Meaning::Refuses),
            ("DECLINED", Meaning::Approves),
        ] {
            taught.teach(code, Some(meaning));
        }
        assert_eq!(taught.class_of("00"), APPROVES_WITH_MONEY);
        assert_eq!(taught.class_of("51"), Class::Refuses(Refusal::Taught));
        assert_eq!((taught.class_of("OK"), taught.class_of("DECLINED")), (APPROVES, REFUSES));
        assert_eq!(taught.class_of("000"), Class::NotListed, "exactly as it was taught");
        taught.teach("00", None);
        assert_eq!(taught.class_of("00"), Class::NotListed);
    }

    #[test]
    fn api_a_name_that_turns_its_first_word_around_is_not_listed() {
        for word in OTHER_MEANINGS {
            for family in ["Approved", "Declined"] {
                let code = format!("{family}X{word}");
                assert_eq!(class_of(&code), Class::NotListed, "{code}");
            }
        }
        for word in NOT_APPROVED {
            assert_eq!(class_of(&format!("ApprovedX{word}")), Class::NotListed, "{word}");
        }
        assert_eq!(class_of("DeclinedByCancel"), REFUSES);
        assert_eq!(class_of("ApprovedPending"), Class::NotListed);
        assert_eq!(class_of("ApprovedPartial"), Class::NotListed);
    }
}
