//! What the cashier is told about a call that failed without an outcome: one table, in Czech, Slovak and English.
//!
//! The call may have been any, also one after an approval, such as an acknowledgement. So no sentence says "not paid".

use super::actions::{action, is_paid};
use super::advice::{Language, joined};
use super::{amount_text, reasons};
use crate::codes::{Advice, Code, Encoding, Kind};
use crate::error::{About, Error};
use crate::utc;

/// What happened and what to do. Empty where nothing failed.
pub(crate) fn advice_without_outcome(failed: Option<&Error>, language: Language) -> String {
    let Some(error) = failed else { return String::new() };
    match error.about() {
        About::Nothing => text(error.code(), language.pick(IN_THE_SETTINGS), language),
        About::Terminal(address) => text(error.code(), address, language),
        About::Done { kind, sale, paid, time, acknowledged } => {
            let when = utc::local_text(*time, language == Language::English);
            let done = [format!("{} {sale}", language.pick(name_of(*kind))), money(paid.as_ref(), language), when];
            let done = done.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
            let (used, stored) = (language.pick(number_is_used(*kind)), language.pick(is_stored(*acknowledged)));
            joined(&[&format!("{used}: {done}."), stored, language.pick(new_number(*kind))])
        }
        About::Register(register) => {
            let named = if register.is_empty() { String::new() } else { format!(" ({register})") };
            language.pick(OTHER_REGISTER).replace("{register}", &named)
        }
    }
}

/// The same for a code alone, in the words for any call.
pub(crate) fn advice_of_code(code: Code, language: Language) -> String {
    text(code, language.pick(IN_THE_SETTINGS), language)
}

fn text(code: Code, address: &str, language: Language) -> String {
    match telling(code) {
        Telling::Sentence(sentence) => language.pick(sentence).into(),
        Telling::Reason(advice) => {
            let happened = reasons::sentence(code).map_or("", |sentence| language.pick(sentence));
            joined(&[&happened.replace("{address}", address), language.pick(action(advice, Kind::Other))])
        }
    }
}

/// As the receipts write it, with plain spaces: a till's screen may have no other.
fn money(paid: Option<&(i64, String)>, language: Language) -> String {
    let Some((minor, currency)) = paid else { return String::new() };
    amount_text(*minor, Some(currency), language, Encoding::Utf8).replace('\u{a0}', " ")
}

/// Where the sentence comes from.
enum Telling {
    Sentence([&'static str; 3]),
    /// The sentence of an outcome's reason, and what this advice says is to be done.
    Reason(Advice),
}

fn telling(code: Code) -> Telling {
    match code {
        Code::Ok => Telling::Sentence(["", "", ""]),
        Code::Null
        | Code::Text
        | Code::Range
        | Code::Currency
        | Code::Handle
        | Code::Buffer
        | Code::Field
        | Code::Absent
        | Code::Order
        | Code::Kind
        | Code::Endpoint
        | Code::Extra => Telling::Sentence(MISTAKE),
        Code::Panic | Code::Poisoned | Code::Internal => Telling::Sentence(INSIDE),
        Code::Host
        | Code::Amount
        | Code::Busy
        | Code::SaleMismatch
        | Code::SaleUsed
        | Code::NotFound
        | Code::Undecided
        | Code::Decided
        | Code::Original
        | Code::BeyondOriginal
        | Code::Closed
        | Code::Signature
        | Code::Unresolved
        | Code::TerminalLocked
        | Code::Journal
        | Code::CancelledEarly
        | Code::ExchangeUnanswered
        | Code::Unlisted => Telling::Sentence(own(code)),
        Code::NameNotFound | Code::NotATerminal | Code::SecureString | Code::OtherTerminal | Code::Simulator => {
            Telling::Reason(Advice::CheckSettings)
        }
        Code::NotSupported => Telling::Reason(Advice::NotAvailable),
        Code::Refused
        | Code::Unreachable
        | Code::ConnectTimeout
        | Code::Network
        | Code::NoReply
        | Code::StartRefused
        | Code::RequestRefused
        | Code::CancelledAtTerminal => Telling::Reason(Advice::NotDone),
        Code::StartUnanswered
        | Code::StillRunning
        | Code::NotConfirmed
        | Code::Reversed
        | Code::ReversalAsked
        | Code::AmountDiffers
        | Code::NotOurs
        | Code::Unreadable
        | Code::NotStored
        | Code::LetGo
        | Code::ContactLost
        | Code::Contradiction
        | Code::ResolvedOtherwise => Telling::Reason(Advice::RepeatNothing),
    }
}

/// The sentence that this code alone has.
fn own(code: Code) -> [&'static str; 3] {
    OWN.iter().find(|(of, _)| *of == code).map_or(["", "", ""], |(_, sentence)| *sentence)
}

const MISTAKE: [&str; 3] = [
    "Chyba programu pokladny, zavolejte technika.",
    "Chyba programu pokladnice, zavolajte technika.",
    "The register's program has made a mistake: call the technician.",
];

const INSIDE: [&str; 3] = [
    "Vnitřní chyba pokladny. Nic neopakujte: restartujte pokladnu a nechte ji zjistit, jak prodej dopadl.",
    "Vnútorná chyba pokladnice. Nič neopakujte: reštartujte pokladnicu a nechajte ju zistiť, ako predaj dopadol.",
    "An error inside the register. Repeat nothing: restart the register and have it find out what became of the sale.",
];

const OWN: &[(Code, [&str; 3])] = &[
    (
        Code::Host,
        [
            "V nastavení pokladny není správná adresa terminálu. Zavolejte technika.",
            "V nastavení pokladnice nie je správna adresa terminálu. Zavolajte technika.",
            "The address of the terminal in the register's settings is wrong. Call the technician.",
        ],
    ),
    (
        Code::Amount,
        [
            "Tuto částku nelze poslat na terminál. Zkontrolujte ji: musí být větší než nula a v celých haléřích.",
            "Túto sumu nemožno poslať na terminál. Skontrolujte ju: musí byť väčšia ako nula a v celých centoch.",
            "This amount cannot be sent to the terminal. Check it: above zero, and in whole cents.",
        ],
    ),
    (
        Code::Busy,
        [
            "Pokladna právě pracuje s terminálem. Počkejte, až to skončí.",
            "Pokladnica práve pracuje s terminálom. Počkajte, kým to skončí.",
            "The register is working with the terminal already. Wait until that ends.",
        ],
    ),
    (
        Code::SaleMismatch,
        [
            "Pod tímto číslem je v pokladně už něco jiného, co je zaplacené nebo není rozhodnuté. Podívejte se na to; nový prodej potřebuje nové číslo.",
            "Pod týmto číslom je v pokladnici už niečo iné, čo je zaplatené alebo nie je rozhodnuté. Pozrite sa na to; nový predaj potrebuje nové číslo.",
            "This number already stands for something else, which is paid or not decided. Look at that; a new sale needs a new number.",
        ],
    ),
    (
        Code::SaleUsed,
        [
            "Toto číslo je už zaplacené, nebo ho používá jiná pokladna. Znovu ho neplaťte; nový prodej potřebuje nové číslo.",
            "Toto číslo je už zaplatené, alebo ho používa iná pokladnica. Znova ho neplaťte; nový predaj potrebuje nové číslo.",
            "This number is paid already, or another register uses it. Do not pay it again; a new sale needs a new number.",
        ],
    ),
    (
        Code::NotFound,
        [
            "Pokladna takový prodej nezná. Zkontrolujte jeho číslo.",
            "Pokladnica taký predaj nepozná. Skontrolujte jeho číslo.",
            "The register knows no such sale. Check its number.",
        ],
    ),
    (
        Code::Undecided,
        [
            "Jak tento prodej dopadl, pokladna ještě neví. Nechte ji to zjistit a zatím nic neopakujte.",
            "Ako tento predaj dopadol, pokladnica ešte nevie. Nechajte ju to zistiť a zatiaľ nič neopakujte.",
            "The register does not know yet what became of this sale. Have it find out, and repeat nothing yet.",
        ],
    ),
    (
        Code::Decided,
        [
            "O tomto prodeji je už rozhodnuto, a jinak. Podívejte se v pokladně, jak dopadl.",
            "O tomto predaji je už rozhodnuté, a inak. Pozrite sa v pokladnici, ako dopadol.",
            "This sale is decided already, and otherwise. Look in the register what became of it.",
        ],
    ),
    (
        Code::Original,
        [
            "Původní prodej nelze vrátit ani stornovat: pokladna ho nezná, není zaplacený, není rozhodnutý, nebo už byl vrácen. Zkontrolujte jeho číslo.",
            "Pôvodný predaj nemožno vrátiť ani stornovať: pokladnica ho nepozná, nie je zaplatený, nie je rozhodnutý, alebo už bol vrátený. Skontrolujte jeho číslo.",
            "The original sale cannot be refunded or reversed: the register does not know it, it is not paid, not decided, or was taken back already. Check its number.",
        ],
    ),
    (
        Code::BeyondOriginal,
        [
            "Nejvýš tolik, kolik z původního prodeje nebo předautorizace ještě zbývá, a ve stejné měně. Zkontrolujte částku.",
            "Najviac toľko, koľko z pôvodného predaja alebo predautorizácie ešte zostáva, a v rovnakej mene. Skontrolujte sumu.",
            "No more than what is left of the original sale or pre-authorization, and in the same currency. Check the amount.",
        ],
    ),
    (
        Code::Closed,
        [
            "Tento prodej už prošel uzávěrkou, stornovat ho nelze. Vraťte peníze zákazníkovi na kartu funkcí vrácení.",
            "Tento predaj už prešiel uzávierkou, stornovať ho nemožno. Vráťte peniaze zákazníkovi na kartu funkciou vrátenia.",
            "A closing has settled this sale, it cannot be reversed any more. Give the money back with a refund to the card.",
        ],
    ),
    (
        Code::Signature,
        [
            "U tohoto prodeje se podpis nekontroluje, nebo už je o podpisu rozhodnuto.",
            "Pri tomto predaji sa podpis nekontroluje, alebo už je o podpise rozhodnuté.",
            "No signature is to be compared for this sale, or that is decided already.",
        ],
    ),
    (
        Code::Unresolved,
        [
            "Na terminálu ještě běží předchozí prodej, nebo o něm terminál právě řekl něco nového. Podívejte se na terminál, dokončete ho tam a pak to zkuste znovu.",
            "Na termináli ešte beží predchádzajúci predaj, alebo o ňom terminál práve povedal niečo nové. Pozrite sa na terminál, dokončite ho tam a potom to skúste znova.",
            "An earlier sale is still running on the terminal, or the terminal has just told something new about it. Look at the terminal, finish it there, and try again.",
        ],
    ),
    (
        Code::TerminalLocked,
        [
            "Na terminálu právě prodává jiná pokladna nebo jiný program. Počkejte, až skončí, a zkuste to znovu.",
            "Na termináli práve predáva iná pokladnica alebo iný program. Počkajte, kým skončí, a skúste to znova.",
            "Another register or program is selling on the terminal. Wait until it ends, and try again.",
        ],
    ),
    (
        Code::Journal,
        [
            "Pokladna nemůže číst nebo zapsat deník plateb. Zavolejte technika. Co je zaplacené, zůstává zaplacené; novou platbu kartou zatím nezačínejte.",
            "Pokladnica nemôže čítať alebo zapísať denník platieb. Zavolajte technika. Čo je zaplatené, zostáva zaplatené; novú platbu kartou zatiaľ nezačínajte.",
            "The register cannot read or write the journal of payments. Call the technician. What is paid stays paid; begin no new card payment until then.",
        ],
    ),
    (
        Code::CancelledEarly,
        [
            "Pokladna to zrušila dřív, než se něco poslalo na terminál. Můžete to zkusit znovu.",
            "Pokladnica to zrušila skôr, než sa niečo poslalo na terminál. Môžete to skúsiť znova.",
            "The register cancelled before anything was sent to the terminal. It may be tried again.",
        ],
    ),
    (
        Code::ExchangeUnanswered,
        [
            "Terminál na požadavek neodpověděl, ale mohl ho provést. Podívejte se na terminál, než to zopakujete.",
            "Terminál na požiadavku neodpovedal, ale mohol ju vykonať. Pozrite sa na terminál, než to zopakujete.",
            "The terminal did not answer the request, but may have carried it out. Look at the terminal before you repeat it.",
        ],
    ),
    (
        Code::Unlisted,
        [
            "Terminál skončil kódem, který pokladna nezná. Podívejte se na terminál a zatím nic neopakujte.",
            "Terminál skončil kódom, ktorý pokladnica nepozná. Pozrite sa na terminál a zatiaľ nič neopakujte.",
            "The terminal ended with a code that the register does not know. Look at the terminal, and repeat nothing yet.",
        ],
    ),
];

/// Stands for the address of the terminal where none is known.
const IN_THE_SETTINGS: [&str; 3] = ["z nastavení", "z nastavenia", "(address in the settings)"];

/// What was sold under the number before.
fn name_of(kind: Kind) -> [&'static str; 3] {
    match kind {
        Kind::Payment => ["prodej", "predaj", "sale"],
        Kind::Refund => ["vrácení peněz", "vrátenie peňazí", "refund"],
        Kind::Reversal => ["storno", "storno", "reversal"],
        Kind::Closing => ["uzávěrka", "uzávierka", "closing"],
        Kind::Other => ["operace", "operácia", "operation"],
        Kind::Preauth => ["předautorizace", "predautorizácia", "pre-authorization"],
        Kind::PreauthCompletion => {
            ["dokončení předautorizace", "dokončenie predautorizácie", "completion of a pre-authorization"]
        }
        Kind::PreauthCancel => ["zrušení předautorizace", "zrušenie predautorizácie", "cancel of a pre-authorization"],
        Kind::Moto => ["platba MOTO", "platba MOTO", "MOTO payment"],
    }
}

fn number_is_used(kind: Kind) -> [&'static str; 3] {
    if is_paid(kind) {
        ["Toto číslo je už zaplacené", "Toto číslo je už zaplatené", "This number is paid already"]
    } else {
        ["Pod tímto číslem je už hotovo", "Pod týmto číslom je už hotovo", "This number is done already"]
    }
}

fn is_stored(acknowledged: bool) -> [&'static str; 3] {
    if acknowledged {
        ["Pokladna to má uložené.", "Pokladnica to má uložené.", "The register has stored it."]
    } else {
        [
            "Pokladna ještě nepotvrdila, že to má uložené.",
            "Pokladnica ešte nepotvrdila, že to má uložené.",
            "The register has not said yet that it stored it.",
        ]
    }
}

fn new_number(kind: Kind) -> [&'static str; 3] {
    if is_paid(kind) {
        [
            "Znovu neplaťte; nový prodej potřebuje nové číslo.",
            "Znova neplaťte; nový predaj potrebuje nové číslo.",
            "Do not pay again; a new sale needs a new number.",
        ]
    } else {
        [
            "Neopakujte to; další operace potřebuje nové číslo.",
            "Neopakujte to; ďalšia operácia potrebuje nové číslo.",
            "Do not repeat it; another operation needs a new number.",
        ]
    }
}

const OTHER_REGISTER: [&str; 3] = [
    "Toto číslo používá jiná pokladna{register}. Nový prodej potřebuje jiné číslo.",
    "Toto číslo používa iná pokladnica{register}. Nový predaj potrebuje iné číslo.",
    "Another register{register} uses this number. A new sale needs another number.",
];

#[cfg(test)]
pub(super) mod tests {
    use std::collections::HashMap;
    use std::fmt::Write as _;

    use super::*;

    const LANGUAGES: [Language; 3] = [Language::Czech, Language::Slovak, Language::English];

    /// A section of the page of advices.
    pub(in crate::outcome) fn page() -> String {
        let mut page = String::from(
            "\n## Calls without an outcome\n\nWhat `cgt_last_advice` says. `{sale}` is the number, `{time}` the local time.\n\n\
             | code | česky | slovensky | English |\n|---|---|---|---|\n",
        );
        for &code in Code::ALL.iter().filter(|code| **code != Code::Ok) {
            row(&mut page, code, "", About::Terminal("{address}".into()));
        }
        for acknowledged in [true, false] {
            let why = if acknowledged { " paid, acknowledged" } else { " paid, not acknowledged" };
            row(&mut page, Code::SaleUsed, why, done(Kind::Payment, acknowledged));
        }
        row(&mut page, Code::SaleUsed, " of a refund", done(Kind::Refund, true));
        row(&mut page, Code::SaleUsed, " another register", About::Register("{register}".into()));
        page
    }

    fn done(kind: Kind, acknowledged: bool) -> About {
        About::Done { kind, sale: "{sale}".into(), paid: Some((12550, "CZK".into())), time: 0, acknowledged }
    }

    fn row(page: &mut String, code: Code, why: &str, about: About) {
        let error = Error::new(code, "").naming(about);
        let name = code.c_name().trim_start_matches("CGT_E_");
        let told = LANGUAGES.map(|language| {
            let here = utc::local_text(0, language == Language::English);
            advice_without_outcome(Some(&error), language).replace(&here, "{time}")
        });
        let _ = writeln!(page, "| {} {name}{why} | {} |", code.number(), told.join(" | "));
    }

    /// Whatever a call answers, the cashier is told something that she understands, in her language.
    #[test]
    fn api_every_code_has_a_sentence_for_the_cashier_in_every_language() {
        for &code in Code::ALL.iter().filter(|code| **code != Code::Ok) {
            for language in LANGUAGES {
                let told = advice_of_code(code, language);
                let starts_well = told.chars().next().is_some_and(char::is_uppercase);
                assert!(starts_well && told.ends_with('.') && !told.contains(['{', '_']), "{code:?}: {told}");
                assert!(!told.contains("  ") && told.len() > 30, "{code:?}: {told}");
            }
            let [czech, slovak, english] = LANGUAGES.map(|language| advice_of_code(code, language));
            assert!(czech != slovak && slovak != english, "{code:?}: one is not translated: {czech}");
        }
        assert_eq!(advice_without_outcome(None, Language::Czech), "", "nothing has failed");
    }

    /// Mistakes of the program have one sentence together; any other code has its own.
    #[test]
    fn api_no_two_troubles_read_alike_for_the_cashier() {
        for language in LANGUAGES {
            let mut codes_of: HashMap<String, Vec<Code>> = HashMap::new();
            for &code in Code::ALL.iter().filter(|code| **code != Code::Ok) {
                codes_of.entry(advice_of_code(code, language)).or_default().push(code);
            }
            let shared: Vec<_> = codes_of.into_values().filter(|codes| codes.len() > 1).collect();
            let mistake = |codes: &Vec<Code>| codes.contains(&Code::Null);
            let inside = |codes: &Vec<Code>| codes.contains(&Code::Panic) && codes.len() == 3;
            assert!(shared.iter().all(|codes| mistake(codes) || inside(codes)), "{shared:?}");
        }
    }

    /// A call that failed may come after an approval, so the sentence must not call the sale unpaid.
    #[test]
    fn api_no_sentence_without_an_outcome_says_that_a_sale_is_not_paid() {
        for &code in Code::ALL {
            let told = advice_of_code(code, Language::English);
            assert!(!told.contains("Not paid") && !told.contains("Not done"), "{code:?}: {told}");
        }
    }
}
