//! What the cashier should do now, in the languages of the shop.

use super::actions::{action, is_paid, lead};
use super::{preauths, reasons};
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

/// Whether a part of what was asked for is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    No,
    /// The register or a person has accepted it.
    Paid,
    /// Nobody has accepted it before the start, and the terminal does not take it back any more.
    Stands,
    /// The terminal says that it is a part, and not of how much.
    Unclear,
}

/// The advice that goes with a verdict.
pub(crate) fn advice(kind: Kind, verdict: Verdict, reason: Option<Code>, signature: bool, part: Part) -> Advice {
    if reason == Some(Code::ResolvedOtherwise) {
        return Advice::CallSupervisor;
    }
    let sale = is_paid(kind);
    match verdict {
        Verdict::Approved | Verdict::Unknown if part == Part::Stands => Advice::PartialStands,
        Verdict::Approved if part == Part::Paid => Advice::CollectRest,
        Verdict::Approved if part == Part::Unclear => Advice::CallSupervisor,
        Verdict::Approved if signature => Advice::SignatureThenHandOver,
        Verdict::Approved if sale => Advice::HandOver,
        Verdict::Approved => Advice::Done,
        Verdict::Declined | Verdict::Cancelled | Verdict::NotStarted => {
            let again = if sale { Advice::NotPaid } else { Advice::NotDone };
            reason.and_then(|reason| instead_of_again(kind, reason)).unwrap_or(again)
        }
        Verdict::Unknown if sale && reason == Some(Code::Reversed) => Advice::TakenBack,
        Verdict::Unknown if reason == Some(Code::Unlisted) => Advice::CodeNotListed,
        Verdict::Unknown if needs_a_person(reason) => Advice::CallSupervisor,
        Verdict::Unknown if sale => Advice::CheckTerminal,
        Verdict::Unknown => Advice::RepeatNothing,
    }
}

/// What to do where trying again changes nothing.
fn instead_of_again(kind: Kind, reason: Code) -> Option<Advice> {
    let settings = [
        Code::NameNotFound,
        Code::Journal,
        Code::NotATerminal,
        Code::SecureString,
        Code::OtherTerminal,
        Code::Simulator,
    ];
    if settings.contains(&reason) {
        return Some(Advice::CheckSettings);
    }
    if reason == Code::NotSupported {
        return Some(Advice::NotAvailable);
    }
    match kind {
        // The terminal takes back its last payment only (1.5).
        Kind::Reversal if reason == Code::RequestRefused => Some(Advice::RefundInstead),
        // The terminal does not find the pre-authorization (1.5).
        Kind::PreauthCompletion | Kind::PreauthCancel if reason == Code::RequestRefused => Some(Advice::CallSupervisor),
        Kind::Payment
        | Kind::Refund
        | Kind::Reversal
        | Kind::Closing
        | Kind::Other
        | Kind::Preauth
        | Kind::PreauthCompletion
        | Kind::PreauthCancel
        | Kind::Moto => None,
    }
}

/// Reasons that do not go away by asking the terminal again.
fn needs_a_person(reason: Option<Code>) -> bool {
    matches!(
        reason,
        Some(Code::Reversed | Code::ReversalAsked | Code::AmountDiffers | Code::NotOurs | Code::Contradiction)
    )
}

/// What stands for `{address}`, `{code}`, `{approved}`, `{asked}` and `{rest}` in a sentence.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Names<'n> {
    pub(crate) address: &'n str,
    pub(crate) code: &'n str,
    /// What the terminal approved, where it names an amount.
    pub(crate) approved: &'n str,
    pub(crate) asked: &'n str,
    /// What is still to be paid after a part.
    pub(crate) rest: &'n str,
}

impl Names<'_> {
    fn fill(&self, sentence: &str) -> String {
        let names = [
            ("{address}", self.address),
            ("{code}", self.code),
            ("{approved}", self.approved),
            ("{asked}", self.asked),
            ("{rest}", self.rest),
        ];
        names.iter().fold(sentence.to_owned(), |text, (name, value)| text.replace(name, value))
    }
}

/// The advice for a slip that is printed later: without the reason.
pub(crate) fn text(advice: Advice, names: Names<'_>, language: Language) -> String {
    text_with_reason(advice, Kind::Payment, None, names, language)
}

/// The text of a part payment whose card asks for a signature as well.
pub(crate) fn with_signature(text: &str, language: Language) -> String {
    joined(&[text, language.pick(action(Advice::SignatureThenHandOver, Kind::Payment))])
}

/// Three things in this order: whether it is paid, what happened, what to do now.
pub(crate) fn text_with_reason(
    advice: Advice,
    kind: Kind,
    happened: Option<[&'static str; 3]>,
    names: Names<'_>,
    language: Language,
) -> String {
    let (lead, action) = (language.pick(lead(advice, kind)), language.pick(action(advice, kind)));
    // The amounts say what happened.
    let Some(happened) = happened.filter(|_| advice != Advice::PartialStands) else {
        return names.fill(&joined(&[lead, action]));
    };
    let lead = if says_it_by_itself(advice) { "" } else { lead };
    names.fill(&joined(&[lead, language.pick(happened), action]))
}

/// The sentence of a reason. Of other money than was asked for it has the amounts, where the terminal names one.
pub(crate) fn happened(reason: Code, kind: Kind, names: Names<'_>) -> Option<[&'static str; 3]> {
    match reason {
        Code::AmountDiffers if !names.approved.is_empty() => Some(reasons::OTHER_MONEY),
        reason => preauths::happened(reason, kind).or_else(|| reasons::sentence(reason)),
    }
}

/// What happened says enough about the payment, so that nothing stands before it.
fn says_it_by_itself(advice: Advice) -> bool {
    matches!(advice, Advice::CallSupervisor | Advice::TakenBack | Advice::CodeNotListed)
}

pub(super) fn joined(parts: &[&str]) -> String {
    let said: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    said.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::endings;
    use crate::outcome::without_outcome::tests as without_outcome;

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

    /// The table: what the cashier is told of what is paid, of anything else.
    fn expected(verdict: Verdict, reason: Option<Code>) -> [Advice; 2] {
        match (verdict, reason) {
            (
                _,
                Some(
                    Code::ReversalAsked
                    | Code::AmountDiffers
                    | Code::NotOurs
                    | Code::Contradiction
                    | Code::ResolvedOtherwise,
                ),
            ) => [Advice::CallSupervisor; 2],
            (Verdict::Unknown, Some(Code::Reversed)) => [Advice::TakenBack, Advice::CallSupervisor],
            (Verdict::Unknown, Some(Code::Unlisted)) => [Advice::CodeNotListed; 2],
            (
                Verdict::NotStarted,
                Some(
                    Code::NameNotFound
                    | Code::Journal
                    | Code::NotATerminal
                    | Code::SecureString
                    | Code::OtherTerminal
                    | Code::Simulator,
                ),
            ) => [Advice::CheckSettings; 2],
            (Verdict::NotStarted, Some(Code::NotSupported)) => [Advice::NotAvailable; 2],
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

    /// A part payment is never told as paid, whoever has decided it.
    const PARTS: &[(Verdict, Option<Code>, Part, Advice)] = &[
        (Verdict::Approved, None, Part::Paid, Advice::CollectRest),
        (Verdict::Approved, None, Part::Stands, Advice::PartialStands),
        (Verdict::Approved, None, Part::Unclear, Advice::CallSupervisor),
        (Verdict::Unknown, Some(Code::AmountDiffers), Part::Stands, Advice::PartialStands),
        (Verdict::Unknown, Some(Code::ContactLost), Part::Stands, Advice::PartialStands),
        (Verdict::Unknown, Some(Code::AmountDiffers), Part::Paid, Advice::CallSupervisor),
        (Verdict::Unknown, Some(Code::Reversed), Part::Paid, Advice::TakenBack),
    ];

    #[test]
    fn api_every_verdict_with_every_reason_has_the_advice_of_the_table() {
        let mut given = std::collections::HashSet::new();
        for &verdict in Verdict::ALL {
            for reason in reasons(verdict) {
                let [of_a_sale, of_another] = expected(verdict, reason);
                for &kind in Kind::ALL {
                    let refused = reason == Some(Code::RequestRefused);
                    let expected = match kind {
                        Kind::Reversal if refused => Advice::RefundInstead,
                        Kind::PreauthCompletion | Kind::PreauthCancel if refused => Advice::CallSupervisor,
                        Kind::Payment | Kind::PreauthCompletion | Kind::Moto => of_a_sale,
                        Kind::Refund
                        | Kind::Reversal
                        | Kind::Closing
                        | Kind::Other
                        | Kind::Preauth
                        | Kind::PreauthCancel => of_another,
                    };
                    let given_now = advice(kind, verdict, reason, false, Part::No);
                    assert_eq!(given_now, expected, "{kind:?} {verdict:?} {reason:?}");
                    given.insert(expected);
                }
            }
        }
        assert_eq!(
            advice(Kind::Payment, Verdict::Approved, None, true, Part::No),
            Advice::SignatureThenHandOver,
            "with a signature"
        );
        given.insert(Advice::SignatureThenHandOver);
        for (verdict, reason, part, expected) in PARTS {
            assert_eq!(advice(Kind::Payment, *verdict, *reason, false, *part), *expected);
            given.insert(*expected);
        }
        assert_eq!(given.len(), Advice::ALL.len(), "each advice is given for something");
    }

    /// Every name stands for itself.
    const PLACES: Names<'static> =
        Names { address: "{address}", code: "{code}", approved: "{approved}", asked: "{asked}", rest: "{rest}" };

    /// Each sentence in a file that a shop owner can read. `CGT_BLESS=1 cargo test --lib advice` writes it anew.
    #[test]
    #[allow(clippy::format_push_string)]
    fn api_the_page_of_advices_is_what_the_cashier_is_told() {
        let mut page = String::from(
            "# What the cashier is told\n\nWritten by a test from the sentences in `src/outcome`. `{address}` is \
             the address of the terminal, `{code}` its response code, `{approved}` what it approved, `{asked}` what was asked for, `{rest}` the \
             difference.\n",
        );
        for (heading, kind) in [
            ("A sale, also by mail or phone (MOTO)", Kind::Payment),
            ("A reversal", Kind::Reversal),
            ("A refund, a closing, anything else", Kind::Refund),
            ("A pre-authorization", Kind::Preauth),
            ("The completion of a pre-authorization", Kind::PreauthCompletion),
            ("The cancel of a pre-authorization", Kind::PreauthCancel),
        ] {
            page += &format!(
                "\n## {heading}\n\n| verdict | reason | česky | slovensky | English |\n|---|---|---|---|---|\n"
            );
            for &verdict in Verdict::ALL {
                for reason in reasons(verdict).into_iter().filter(|reason| *reason != Some(Code::ExchangeUnanswered)) {
                    page += &row(kind, verdict, reason, false, Part::No);
                }
                if matches!(kind, Kind::Payment | Kind::Preauth) && verdict == Verdict::Approved {
                    page += &row(kind, verdict, None, true, Part::No);
                }
                if kind == Kind::Payment && verdict == Verdict::Approved {
                    page += &row(kind, verdict, None, false, Part::Paid);
                }
                if kind == Kind::Payment && verdict == Verdict::Unknown {
                    page += &row(kind, verdict, Some(Code::AmountDiffers), false, Part::Stands);
                }
            }
        }
        page += &without_outcome::page();
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/advice.md");
        if std::env::var("CGT_BLESS").as_deref() == Ok("1") {
            std::fs::write(file, &page).expect("the page can be written");
        }
        let committed = std::fs::read_to_string(file).unwrap_or_default().replace('\r', "");
        assert!(committed == page, "tests/golden/advice.md is old: CGT_BLESS=1 cargo test --lib advice writes it anew");
    }

    fn row(kind: Kind, verdict: Verdict, reason: Option<Code>, signature: bool, part: Part) -> String {
        let advice = advice(kind, verdict, reason, signature, part);
        let why = match reason {
            _ if part == Part::Paid => "a part, accepted".into(),
            _ if part == Part::Stands => "a part that stands".into(),
            Some(reason) => format!("{} {}", reason.number(), reason.c_name().trim_start_matches("CGT_E_")),
            None if signature => "a signature".into(),
            None => String::new(),
        };
        let happened =
            reason.map_or_else(|| endings::sentence(verdict, false), |reason| happened(reason, kind, PLACES));
        let told = [Language::Czech, Language::Slovak, Language::English]
            .map(|language| text_with_reason(advice, kind, happened, PLACES, language));
        format!("| {} | {why} | {} |\n", verdict.c_name().trim_start_matches("CGT_"), told.join(" | "))
    }

    /// A cashier who sees two sentences sees two troubles.
    #[test]
    fn api_every_reason_is_told_in_a_sentence_of_its_own_in_every_language() {
        let languages = [Language::Czech, Language::Slovak, Language::English];
        let mut told = std::collections::HashSet::new();
        let mut reasons: Vec<Option<Code>> = Verdict::ALL.iter().flat_map(|verdict| reasons(*verdict)).collect();
        reasons.sort_by_key(|reason| reason.map(Code::number));
        reasons.dedup();
        for reason in reasons.into_iter().flatten().filter(|reason| *reason != Code::ExchangeUnanswered) {
            let sentences = reasons::sentence(reason).unwrap_or_else(|| panic!("{reason:?} has no sentence"));
            for language in languages {
                let sentence = language.pick(sentences);
                assert!(
                    sentence.chars().next().is_some_and(char::is_uppercase) && sentence.ends_with('.'),
                    "{sentence}"
                );
                assert!(told.insert((language.code(), sentence)), "{reason:?} says what another one says: {sentence}");
            }
        }
    }

    #[test]
    fn api_every_advice_has_a_sentence_of_its_own_in_every_language() {
        let mut told = std::collections::HashSet::new();
        for &advice in Advice::ALL {
            for &kind in Kind::ALL {
                for language in [Language::Czech, Language::Slovak, Language::English] {
                    let sentence = text_with_reason(advice, kind, None, PLACES, language);
                    assert!(sentence.ends_with('.') && !sentence.contains("  "), "{sentence}");
                    let other = told.iter().any(|(of, sentence_of)| *of != advice && *sentence_of == sentence);
                    assert!(!other, "{advice:?} in {language:?} says what another one says: {sentence}");
                    told.insert((advice, sentence));
                }
            }
        }
    }
}
