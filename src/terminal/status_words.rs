//! What the status callback is told, in words that a cashier knows: one table, in Czech, Slovak and English.

use crate::codes::{Kind, Phase};
use crate::outcome::Language;

/// What is going on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum News {
    /// Looking for the terminal.
    Connecting,
    /// Asking about this earlier sale.
    ResolvingEarlier(String),
    /// The terminal works on an operation of this kind, and says this.
    Waiting(Kind, String),
    Cancelling,
    ReadingResult,
    ContactLost,
}

impl News {
    pub(crate) fn phase(&self) -> Phase {
        match self {
            Self::Connecting => Phase::Connecting,
            Self::ResolvingEarlier(_) => Phase::ResolvingEarlier,
            Self::Waiting(..) => Phase::Waiting,
            Self::Cancelling => Phase::Cancelling,
            Self::ReadingResult => Phase::ReadingResult,
            Self::ContactLost => Phase::ContactLost,
        }
    }

    pub(crate) fn text(&self, language: Language) -> String {
        match self {
            Self::Connecting => {
                language.pick(["Hledám terminál", "Hľadám terminál", "Looking for the terminal"]).into()
            }
            Self::ResolvingEarlier(sale) => {
                let begin =
                    ["Zjišťuji, jak dopadl prodej", "Zisťujem, ako dopadol predaj", "Finding out what became of sale"];
                format!("{} {sale}", language.pick(begin))
            }
            Self::Waiting(kind, screen) => {
                words_for(*kind, screen).map_or_else(|| screen.clone(), |words| language.pick(words).into())
            }
            Self::Cancelling => language
                .pick(["Žádám terminál o zrušení", "Žiadam terminál o zrušenie", "Asking the terminal to cancel"])
                .into(),
            Self::ReadingResult => {
                language.pick(["Čtu výsledek z terminálu", "Čítam výsledok z terminálu", "Reading the result"]).into()
            }
            Self::ContactLost => language
                .pick([
                    "Terminál neodpovídá, zkouším to dál",
                    "Terminál neodpovedá, skúšam to ďalej",
                    "The terminal does not answer, still trying",
                ])
                .into(),
        }
    }
}

/// A person's words for what the terminal says. None: it is no code word, but words already.
fn words_for(kind: Kind, screen: &str) -> Option<[&'static str; 3]> {
    // Edition 1.5 has no code word for the question whether to reverse, which comes before the bank is asked.
    let before_the_bank = ["WaitForCard", "Connecting"].iter().any(|word| word.eq_ignore_ascii_case(screen));
    if kind == Kind::Reversal && before_the_bank {
        return Some(PRESS_YES);
    }
    CODE_WORDS.iter().find(|(word, _)| word.eq_ignore_ascii_case(screen)).map(|(_, words)| *words)
}

const PRESS_YES: [&str; 3] = [
    "Potvrďte storno na terminálu (ANO)",
    "Potvrďte storno na termináli (ÁNO)",
    "Confirm the reversal on the terminal (YES)",
];

/// The code words of edition 1.5.
const CODE_WORDS: [(&str, [&str; 3]); 8] = [
    ("WaitForCard", ["Přiložte nebo vložte kartu", "Priložte alebo vložte kartu", "Present or insert the card"]),
    ("WaitForPin", ["Zadejte PIN", "Zadajte PIN", "Enter the PIN"]),
    ("Connecting", ["Spojuji se s bankou", "Spájam sa s bankou", "Connecting to the bank"]),
    ("Connected", ["Spojeno s bankou", "Spojené s bankou", "Connected to the bank"]),
    (
        "Disconnected",
        ["Spojení s bankou skončilo", "Spojenie s bankou skončilo", "The connection to the bank has ended"],
    ),
    ("Sending", ["Posílám údaje bance", "Posielam údaje banke", "Sending to the bank"]),
    ("Receiving", ["Čekám na odpověď banky", "Čakám na odpoveď banky", "Receiving the bank's answer"]),
    ("Finished", ["Terminál skončil", "Terminál skončil", "The terminal has finished"]),
];
