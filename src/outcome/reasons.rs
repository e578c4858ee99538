//! What happened, for the cashier: one sentence for each reason that an outcome can have, in Czech, Slovak and English.
//!
//! `{address}` stands for the terminal's address, `{code}` for its response code. The secret never stands in a sentence.

use crate::codes::Code;

/// The sentence of a reason. None: no outcome has it.
pub(super) fn sentence(reason: Code) -> Option<[&'static str; 3]> {
    SENTENCES.iter().find(|(code, _)| *code == reason).map(|(_, sentence)| *sentence)
}

/// The sentence of AMOUNT_DIFFERS where the terminal names an amount.
pub(super) const OTHER_MONEY: [&str; 3] = [
    "Terminál schválil {approved}, pokladna žádala {asked}.",
    "Terminál schválil {approved}, pokladnica žiadala {asked}.",
    "The terminal approved {approved}, and the register asked for {asked}.",
];

const SENTENCES: &[(Code, [&str; 3])] = &[
    (
        Code::NameNotFound,
        [
            "Adresa terminálu {address} v síti neexistuje.",
            "Adresa terminálu {address} v sieti neexistuje.",
            "There is no terminal address {address} in the network.",
        ],
    ),
    (
        Code::Refused,
        [
            "Na terminálu {address} neběží platební aplikace.",
            "Na termináli {address} nebeží platobná aplikácia.",
            "The payment app does not run on the terminal {address}.",
        ],
    ),
    (
        Code::Unreachable,
        [
            "K terminálu {address} nevede cesta: pokladna nebo terminál není v síti.",
            "K terminálu {address} nevedie cesta: pokladnica alebo terminál nie je v sieti.",
            "There is no way to the terminal {address}: the register or the terminal is not in the network.",
        ],
    ),
    (
        Code::ConnectTimeout,
        [
            "Terminál {address} se nehlásí: je vypnutý, nebo má jinou adresu.",
            "Terminál {address} sa nehlási: je vypnutý, alebo má inú adresu.",
            "The terminal {address} does not answer: it is off, or its address has changed.",
        ],
    ),
    (
        Code::Network,
        [
            "Spojení s terminálem {address} selhalo.",
            "Spojenie s terminálom {address} zlyhalo.",
            "The connection to the terminal {address} failed.",
        ],
    ),
    (
        Code::NoReply,
        [
            "Terminál {address} přijal spojení, ale neodpověděl.",
            "Terminál {address} prijal spojenie, ale neodpovedal.",
            "The terminal {address} took the connection and did not answer.",
        ],
    ),
    (
        Code::Unresolved,
        [
            "Na terminálu ještě běží předchozí prodej: dokončete ho tam, nebo zrušte.",
            "Na termináli ešte beží predchádzajúci predaj: dokončite ho tam, alebo zrušte.",
            "An earlier sale is still running on the terminal: finish it there, or cancel it.",
        ],
    ),
    (
        Code::TerminalLocked,
        [
            "Na terminálu právě prodává jiná pokladna nebo jiný program.",
            "Na termináli práve predáva iná pokladnica alebo iný program.",
            "Another register or program is selling on the terminal.",
        ],
    ),
    (
        Code::Journal,
        [
            "Pokladna nemůže číst nebo zapsat deník plateb.",
            "Pokladnica nemôže čítať alebo zapísať denník platieb.",
            "The register cannot read or write the journal of payments.",
        ],
    ),
    (
        Code::CancelledEarly,
        [
            "Pokladna prodej zrušila dřív, než začal.",
            "Pokladnica predaj zrušila skôr, než začal.",
            "The register cancelled the sale before it began.",
        ],
    ),
    (
        Code::NotATerminal,
        [
            "Na adrese {address} není platební terminál.",
            "Na adrese {address} nie je platobný terminál.",
            "What answers at {address} is no payment terminal.",
        ],
    ),
    (
        Code::SecureString,
        [
            "Terminál {address} nepřijal heslo pokladny (secureString).",
            "Terminál {address} neprijal heslo pokladnice (secureString).",
            "The terminal {address} did not take the register's password (secureString).",
        ],
    ),
    (
        Code::NotSupported,
        [
            "Terminál tuto funkci nemá nebo ji nemá povolenou.",
            "Terminál túto funkciu nemá alebo ju nemá povolenú.",
            "The terminal does not have this function, or it is not enabled.",
        ],
    ),
    (
        Code::OtherTerminal,
        [
            "Na adrese {address} je jiný terminál, než patří k této pokladně.",
            "Na adrese {address} je iný terminál, než patrí k tejto pokladnici.",
            "Another terminal than this register's stands at {address}.",
        ],
    ),
    (
        Code::Simulator,
        [
            "Na adrese {address} je jen simulátor terminálu; peníze by nikdo nedostal.",
            "Na adrese {address} je len simulátor terminálu; peniaze by nikto nedostal.",
            "What answers at {address} is a simulator only; nobody would get the money.",
        ],
    ),
    (
        Code::StartRefused,
        [
            "Terminál operaci nezačal, nejspíš je zaneprázdněný.",
            "Terminál operáciu nezačal, pravdepodobne je zaneprázdnený.",
            "The terminal did not begin, probably it is busy.",
        ],
    ),
    (
        Code::RequestRefused,
        ["Terminál požadavek odmítl.", "Terminál požiadavku odmietol.", "The terminal refused the request."],
    ),
    (Code::CancelledAtTerminal, ["Zrušeno na terminálu.", "Zrušené na termináli.", "Cancelled on the terminal."]),
    (
        Code::StartUnanswered,
        [
            "Terminál na zahájení neodpověděl.",
            "Terminál na začatie neodpovedal.",
            "The terminal did not answer the start.",
        ],
    ),
    (
        Code::StillRunning,
        [
            "Terminál s ní ještě pracuje: dokončete ji nebo zrušte na terminálu.",
            "Terminál s ňou ešte pracuje: dokončite ju alebo zrušte na termináli.",
            "The terminal is still working on it: finish or cancel it there.",
        ],
    ),
    (
        Code::NotConfirmed,
        [
            "Terminál schválil, ale potvrzení neprošlo; může platbu vzít zpět.",
            "Terminál schválil, ale potvrdenie neprešlo; môže platbu vziať späť.",
            "The terminal approved, but the confirmation is not through; it may take the payment back.",
        ],
    ),
    (
        Code::Reversed,
        [
            "Terminál schválil, ale hlásí, že to vzal zpět.",
            "Terminál schválil, ale hlási, že to vzal späť.",
            "The terminal approved, but reports that it has taken it back.",
        ],
    ),
    (
        Code::ReversalAsked,
        [
            "Terminál schválil, ale žádá pokladnu o storno.",
            "Terminál schválil, ale žiada pokladnicu o storno.",
            "The terminal approved, but asks the register for a reversal.",
        ],
    ),
    (
        Code::AmountDiffers,
        [
            "Terminál schválil jinou částku nebo měnu, než žádala pokladna.",
            "Terminál schválil inú sumu alebo menu, než žiadala pokladnica.",
            "The terminal approved another amount or currency than the register asked for.",
        ],
    ),
    (
        Code::NotOurs,
        [
            "Terminál ukazuje výsledek jiného prodeje.",
            "Terminál ukazuje výsledok iného predaja.",
            "The terminal shows the result of another sale.",
        ],
    ),
    (
        Code::Unreadable,
        [
            "Výsledek z terminálu nejde přečíst.",
            "Výsledok z terminálu sa nedá prečítať.",
            "The terminal's result cannot be read.",
        ],
    ),
    (
        Code::NotStored,
        [
            "Výsledek se nepodařilo zapsat do deníku plateb.",
            "Výsledok sa nepodarilo zapísať do denníka platieb.",
            "The result could not be written to the journal of payments.",
        ],
    ),
    (
        Code::LetGo,
        [
            "Pokladna přestala na výsledek čekat.",
            "Pokladnica prestala na výsledok čakať.",
            "The register stopped waiting for the result.",
        ],
    ),
    (
        Code::ContactLost,
        [
            "Spojení s terminálem se ztratilo.",
            "Spojenie s terminálom sa stratilo.",
            "The contact with the terminal was lost.",
        ],
    ),
    (
        Code::Contradiction,
        [
            "Terminál odmítl, a přesto ukazuje známky zaplacení.",
            "Terminál odmietol, a predsa ukazuje známky zaplatenia.",
            "The terminal refused, and yet shows marks of a charge.",
        ],
    ),
    (
        Code::ResolvedOtherwise,
        [
            "Terminál dodatečně řekl něco jiného, než rozhodl člověk.",
            "Terminál dodatočne povedal niečo iné, než rozhodol človek.",
            "The terminal has said otherwise than the person who decided.",
        ],
    ),
    (
        Code::Unlisted,
        [
            "Terminál skončil kódem „{code}“, který pokladna nezná.",
            "Terminál skončil kódom „{code}“, ktorý pokladnica nepozná.",
            "The terminal ended with the code \"{code}\", which the register does not know.",
        ],
    ),
];
