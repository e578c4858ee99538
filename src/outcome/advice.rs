//! What the cashier should do now, in the languages of the shop.

use crate::codes::{Advice, Code, Kind, Verdict};
use crate::error::Error;

/// The language of texts for the cashier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Language {
    #[default]
    Czech,
    Slovak,
    English,
}

impl Language {
    pub(crate) fn parse(text: &str) -> Result<Self, Error> {
        match text {
            "cs" => Ok(Self::Czech),
            "sk" => Ok(Self::Slovak),
            "en" => Ok(Self::English),
            other => Err(Error::new(Code::Text, format!("language: \"{other}\" is not known; cs, sk and en are"))),
        }
    }

    /// The name that [`Language::parse`] knows.
    pub(crate) fn code(self) -> &'static str {
        self.pick(["cs", "sk", "en"])
    }

    /// One of three texts: in Czech, Slovak and English.
    pub(crate) fn pick(self, [czech, slovak, english]: [&'static str; 3]) -> &'static str {
        match self {
            Self::Czech => czech,
            Self::Slovak => slovak,
            Self::English => english,
        }
    }
}

/// The advice that goes with a verdict.
pub(super) fn advice(kind: Kind, verdict: Verdict, reason: Option<Code>, signature: bool) -> Advice {
    if reason == Some(Code::ResolvedOtherwise) {
        return Advice::CallSupervisor;
    }
    let sale = kind == Kind::Payment;
    match verdict {
        Verdict::Approved if signature => Advice::SignatureThenHandOver,
        Verdict::Approved if sale => Advice::HandOver,
        Verdict::Approved => Advice::Done,
        Verdict::Declined | Verdict::Cancelled | Verdict::NotStarted if sale => Advice::NotPaid,
        Verdict::Declined | Verdict::Cancelled | Verdict::NotStarted => Advice::NotDone,
        Verdict::Unknown if needs_a_person(reason) => Advice::CallSupervisor,
        Verdict::Unknown if sale => Advice::CheckTerminal,
        Verdict::Unknown => Advice::RepeatNothing,
    }
}

/// Reasons that do not go away by asking the terminal again.
fn needs_a_person(reason: Option<Code>) -> bool {
    matches!(
        reason,
        Some(
            Code::Reversed
                | Code::ReversalAsked
                | Code::AmountDiffers
                | Code::NotOurs
                | Code::Contradiction
                | Code::Unlisted
        )
    )
}

/// The advice as a sentence.
pub(crate) fn text(advice: Advice, language: Language) -> &'static str {
    language.pick(texts(advice))
}

fn texts(advice: Advice) -> [&'static str; 3] {
    match advice {
        Advice::HandOver => [
            "Zaplaceno. Předejte zboží a účtenku.",
            "Zaplatené. Odovzdajte tovar a účtenku.",
            "Paid. Hand over the goods and the receipt.",
        ],
        Advice::NotPaid => [
            "Nezaplaceno. Zkuste platbu znovu nebo zvolte jiný způsob platby.",
            "Nezaplatené. Skúste platbu znova alebo zvoľte iný spôsob platby.",
            "Not paid. Try again or take another means of payment.",
        ],
        Advice::CheckTerminal => [
            "Výsledek platby není jistý. Podívejte se na terminál, neúčtujte znovu a zboží zatím nevydávejte.",
            "Výsledok platby nie je istý. Pozrite sa na terminál, neúčtujte znova a tovar zatiaľ nevydávajte.",
            "The outcome is not certain. Look at the terminal, do not charge again, and hand nothing over yet.",
        ],
        Advice::CallSupervisor => [
            "Odpověď terminálu nesouhlasí s pokladnou. Zavolejte vedoucího, nic neopakujte a zboží nevydávejte.",
            "Odpoveď terminálu nesúhlasí s pokladnicou. Zavolajte vedúceho, nič neopakujte a tovar nevydávajte.",
            "The terminal's answer does not fit the register. Call the supervisor, repeat nothing, and hand nothing over.",
        ],
        Advice::SignatureThenHandOver => [
            "Zaplaceno. Nechte zákazníka podepsat účtenku a porovnejte podpis s kartou.",
            "Zaplatené. Nechajte zákazníka podpísať účtenku a porovnajte podpis s kartou.",
            "Paid. Have the customer sign the receipt and compare the signature with the card.",
        ],
        Advice::Done => ["Hotovo.", "Hotovo.", "Done."],
        Advice::NotDone => ["Neprovedeno. Zkuste to znovu.", "Nevykonané. Skúste to znova.", "Not done. Try again."],
        Advice::RepeatNothing => [
            "Výsledek není jistý. Podívejte se na terminál a zatím nic neopakujte.",
            "Výsledok nie je istý. Pozrite sa na terminál a zatiaľ nič neopakujte.",
            "The outcome is not certain. Look at the terminal, and repeat nothing yet.",
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every reason an outcome of this verdict can have.
    fn reasons(verdict: Verdict) -> Vec<Option<Code>> {
        let of_bands = |bands: &[i32]| {
            let codes = Code::ALL.iter().copied().filter(|code| bands.contains(&code.band()));
            codes.filter(|code| *code != Code::ResolvedOtherwise).map(Some).collect()
        };
        match verdict {
            Verdict::Unknown => of_bands(&[4]),
            Verdict::Approved | Verdict::Cancelled => vec![None, Some(Code::ResolvedOtherwise)],
            Verdict::Declined => vec![None, Some(Code::ResolvedOtherwise), Some(Code::CancelledAtTerminal)],
            Verdict::NotStarted => of_bands(&[2, 3]),
        }
    }

    /// The table: what the cashier is told of a sale, of anything else.
    fn expected(verdict: Verdict, reason: Option<Code>) -> [Advice; 2] {
        match (verdict, reason) {
            (
                _,
                Some(
                    Code::Reversed
                    | Code::ReversalAsked
                    | Code::AmountDiffers
                    | Code::NotOurs
                    | Code::Contradiction
                    | Code::Unlisted
                    | Code::ResolvedOtherwise,
                ),
            ) => [Advice::CallSupervisor; 2],
            (Verdict::Approved, _) => [Advice::HandOver, Advice::Done],
            (Verdict::Declined | Verdict::Cancelled | Verdict::NotStarted, _) => [Advice::NotPaid, Advice::NotDone],
            (
                Verdict::Unknown,
                Some(
                    Code::StartUnanswered
                    | Code::StillRunning
                    | Code::NotConfirmed
                    | Code::Unreadable
                    | Code::NotStored
                    | Code::LetGo
                    | Code::ContactLost
                    | Code::ExchangeUnanswered,
                ),
            ) => [Advice::CheckTerminal, Advice::RepeatNothing],
            (Verdict::Unknown, other) => panic!("nobody has decided what is to be done about {other:?}"),
        }
    }

    #[test]
    fn api_every_verdict_with_every_reason_has_the_advice_of_the_table() {
        let mut given = std::collections::HashSet::new();
        for &verdict in Verdict::ALL {
            for reason in reasons(verdict) {
                let [of_a_sale, of_another] = expected(verdict, reason);
                for &kind in Kind::ALL {
                    let expected = if kind == Kind::Payment { of_a_sale } else { of_another };
                    assert_eq!(advice(kind, verdict, reason, false), expected, "{kind:?} {verdict:?} {reason:?}");
                    given.insert(expected);
                }
            }
        }
        assert_eq!(
            advice(Kind::Payment, Verdict::Approved, None, true),
            Advice::SignatureThenHandOver,
            "with a signature"
        );
        given.insert(Advice::SignatureThenHandOver);
        assert_eq!(given.len(), Advice::ALL.len(), "each advice is given for something");
    }

    #[test]
    fn api_every_advice_has_a_sentence_of_its_own_in_every_language() {
        let mut told = std::collections::HashSet::new();
        for &advice in Advice::ALL {
            for language in [Language::Czech, Language::Slovak, Language::English] {
                let sentence = text(advice, language);
                assert!(
                    sentence.chars().next().is_some_and(char::is_uppercase) && sentence.ends_with('.'),
                    "{sentence}"
                );
                assert!(
                    told.insert((language.code(), sentence)),
                    "{advice:?} in {language:?} says what another one says: {sentence}"
                );
            }
        }
    }
}
