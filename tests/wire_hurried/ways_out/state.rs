//! Every state in which the journal can know a sale, and what may be true on the terminal meanwhile.

use std::fmt;
use std::path::Path;

use comgate_simulator::{Ending, Simulator};
use comgate_terminal::Code;
use serde_json::{Value, json};

use support::{by_hand, journal_file};

pub const SALE: &str = "the sale";
pub const AMOUNT: i64 = 12550;
/// The attempt all of this is about, and one before it.
const ATTEMPT: &str = "11111111-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
const EARLIER: &str = "00000000-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
/// Whether this is an attempt that the journal knew before the story began.
pub fn is_of_the_past(transaction: &str) -> bool {
    [ATTEMPT, EARLIER].contains(&transaction)
}

/// Whose sale it is where it is not ours.
pub const OTHER_REGISTER: &str = "till-2";

/// What the journal knows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum State {
    Intent,
    Identified,
    Settled,
    Unknown(Code),
    Approved,
    ResolvedCharged,
    ResolvedFree,
    ContradictedCharged,
    ContradictedFree,
    DamagedVerdict,
    DamagedIntent,
    LostIntent,
    NewerFact,
    NewerVerdict,
    TwoAttempts,
    OtherTerminal,
    OtherRegister,
}

/// What is true on the terminal.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    Charged,
    Refused,
    NeverArrived,
    /// Charged, and undone because no confirm came.
    Undone,
    /// It says something that fits no sale.
    Odd(Ending),
    Running,
}

/// UNKNOWN for these reasons; 413 is that of the two contradicted states.
const REASONS: [Code; 12] = [
    Code::StartUnanswered,
    Code::StillRunning,
    Code::NotConfirmed,
    Code::Reversed,
    Code::ReversalAsked,
    Code::AmountDiffers,
    Code::NotOurs,
    Code::Unreadable,
    Code::NotStored,
    Code::LetGo,
    Code::ContactLost,
    Code::Contradiction,
];

impl State {
    pub fn all() -> Vec<Self> {
        let mut all = vec![Self::Intent, Self::Identified, Self::Settled];
        all.extend(REASONS.map(Self::Unknown));
        all.extend([Self::Approved, Self::ResolvedCharged, Self::ResolvedFree]);
        all.extend([Self::ContradictedCharged, Self::ContradictedFree]);
        all.extend([Self::DamagedVerdict, Self::DamagedIntent, Self::LostIntent, Self::NewerFact, Self::NewerVerdict]);
        all.extend([Self::TwoAttempts, Self::OtherTerminal, Self::OtherRegister]);
        all
    }

    /// What can be true while the journal knows this.
    pub fn truths(self) -> Vec<Truth> {
        match self {
            Self::Settled | Self::Unknown(Code::NotConfirmed) => vec![Truth::Charged, Truth::Undone],
            Self::Unknown(Code::StillRunning) => vec![Truth::Running, Truth::Charged, Truth::Refused],
            Self::Unknown(Code::Reversed) => vec![Truth::Odd(Ending::Reversed)],
            Self::Unknown(Code::ReversalAsked) => vec![Truth::Odd(Ending::ReversalAsked)],
            Self::Unknown(Code::AmountDiffers) => vec![Truth::Odd(Ending::WrongAmount)],
            Self::Unknown(Code::Unreadable) => vec![Truth::Odd(Ending::NoResponseCode), Truth::Charged, Truth::Refused],
            Self::Unknown(Code::Contradiction) => vec![Truth::Odd(Ending::DeclinedWithAuthCode)],
            Self::Unknown(Code::NotStored)
            | Self::DamagedVerdict
            | Self::Approved
            | Self::ResolvedCharged
            | Self::ContradictedCharged => vec![Truth::Charged],
            Self::ResolvedFree => vec![Truth::Refused, Truth::NeverArrived],
            Self::ContradictedFree => vec![Truth::Refused],
            Self::Intent
            | Self::Identified
            | Self::Unknown(_)
            | Self::DamagedIntent
            | Self::LostIntent
            | Self::NewerFact
            | Self::NewerVerdict
            | Self::TwoAttempts
            | Self::OtherTerminal
            | Self::OtherRegister => vec![Truth::Charged, Truth::Refused, Truth::NeverArrived],
        }
    }

    /// Writes what the journal knows, after the lines of a sale that was made on this terminal.
    pub fn write(self, folder: &Path, like: &Lines) {
        let (intent, identified) = (like.of("intent", ATTEMPT), like.of("identified", ATTEMPT));
        let lines = match self {
            Self::Intent => vec![intent],
            Self::Identified | Self::DamagedIntent | Self::OtherTerminal => vec![intent, identified],
            Self::LostIntent => vec![identified],
            Self::Settled => vec![intent, identified, like.of("settled", ATTEMPT)],
            Self::Unknown(reason) => like.unknown(reason),
            Self::Approved | Self::DamagedVerdict => like.approved(),
            Self::ResolvedCharged => vec![intent, identified, like.resolved(true)],
            Self::ResolvedFree => vec![intent, identified, like.resolved(false)],
            Self::ContradictedCharged => {
                vec![intent, identified, like.resolved(false), like.decided("approved", Some(Code::ResolvedOtherwise))]
            }
            Self::ContradictedFree => {
                vec![intent, identified, like.resolved(true), like.decided("declined", Some(Code::ResolvedOtherwise))]
            }
            Self::NewerFact => vec![intent, identified, json!({ "fact": "loyalty", "transaction": ATTEMPT })],
            Self::NewerVerdict => vec![intent, identified, like.decided("partly_approved", None)],
            Self::TwoAttempts => vec![like.of("intent", EARLIER), like.of("identified", EARLIER), intent, identified],
            Self::OtherRegister => {
                let mut intent = intent;
                intent["register"] = OTHER_REGISTER.into();
                vec![intent, identified]
            }
        };
        for line in lines {
            journal_file::append(folder, journal_file::line(&fact_first(line)).as_bytes());
        }
        match self {
            Self::DamagedVerdict => damage(folder, "decided"),
            Self::DamagedIntent => damage(folder, "intent"),
            _ => {}
        }
    }
}

/// As the library writes it.
fn fact_first(mut line: Value) -> String {
    let fact = line.as_object_mut().and_then(|fields| fields.remove("fact")).expect("a line says what it is");
    format!("{{\"fact\":{fact},{}", line.to_string().trim_start_matches('{'))
}

/// Flips a bit in the newest line of this fact.
fn damage(folder: &Path, fact: &str) {
    let path = journal_file::path(folder);
    let mut text = std::fs::read_to_string(&path).expect("a journal");
    let at = text.rfind(&format!("\"fact\":\"{fact}\"")).expect("the fact is there");
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let first = if text[line..].starts_with('0') { "1" } else { "0" };
    text.replace_range(line..=line, first);
    std::fs::write(path, text).expect("it can be written");
}

impl Truth {
    /// Makes it so.
    pub fn make(self, terminal: &Simulator) {
        match self {
            Self::NeverArrived => return,
            Self::Charged | Self::Undone => terminal.next(Ending::Approved),
            Self::Refused => terminal.next(Ending::Declined),
            Self::Odd(ending) => terminal.next(ending),
            Self::Running => terminal.next(Ending::Never),
        }
        by_hand::start(terminal, ATTEMPT, AMOUNT);
        if self != Self::Running {
            by_hand::follow(terminal, ATTEMPT);
        }
        if self == Self::Undone {
            terminal.personality(|p| p.reverses_unconfirmed_after_ms = Some(0));
            assert!(terminal.charges_kept().iter().all(|charge| charge.transaction_id != ATTEMPT));
            terminal.personality(|p| p.reverses_unconfirmed_after_ms = None);
        }
    }
}

/// The lines of a real sale, to make others like them.
pub struct Lines(Vec<Value>);

impl Lines {
    pub fn of_folder(folder: &Path) -> Self {
        Self(journal_file::facts(folder))
    }

    fn of(&self, fact: &str, transaction: &str) -> Value {
        let mut line = self.0.iter().find(|line| line["fact"] == fact).expect("a whole sale").clone();
        (line["sale"], line["transaction"]) = (SALE.into(), transaction.into());
        line
    }

    fn approved(&self) -> Vec<Value> {
        ["intent", "identified", "settled", "decided"].map(|fact| self.of(fact, ATTEMPT)).to_vec()
    }

    fn decided(&self, verdict: &str, reason: Option<Code>) -> Value {
        let mut line = self.of("decided", ATTEMPT);
        line["verdict"] = verdict.into();
        if let Some(reason) = reason {
            line["reason"] = reason.number().into();
        }
        if verdict == "declined" {
            line["settlement"] = Value::Null;
        }
        line
    }

    fn unknown(&self, reason: Code) -> Vec<Value> {
        let mut lines = vec![self.of("intent", ATTEMPT), self.of("identified", ATTEMPT)];
        // Only these two have seen an approval that could be stored.
        if reason == Code::NotConfirmed {
            lines.push(self.of("settled", ATTEMPT));
        }
        let mut decided = self.decided("unknown", Some(reason));
        if reason != Code::NotConfirmed {
            decided["settlement"] = Value::Null;
        }
        lines.push(decided);
        lines
    }

    fn resolved(&self, charged: bool) -> Value {
        let time = self.of("decided", ATTEMPT)["time"].clone();
        json!({ "fact": "resolved", "time": time, "sale": SALE, "transaction": ATTEMPT, "charged": charged,
                "note": "as the customer's bank says" })
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Intent => "only the intent",
            Self::Identified => "the intent and the terminal's id",
            Self::Settled => "an approval that may not be confirmed",
            Self::Unknown(reason) => return write!(f, "UNKNOWN {}", reason.number()),
            Self::Approved => "APPROVED, not acknowledged",
            Self::ResolvedCharged => "a person said: charged",
            Self::ResolvedFree => "a person said: not charged",
            Self::ContradictedCharged => "a person said: not charged, the terminal: APPROVED",
            Self::ContradictedFree => "a person said: charged, the terminal: DECLINED",
            Self::DamagedVerdict => "the line of the verdict is damaged",
            Self::DamagedIntent => "the line of the intent is damaged",
            Self::LostIntent => "the line of the intent is lost",
            Self::NewerFact => "a line of a newer version",
            Self::NewerVerdict => "a verdict of a newer version",
            Self::TwoAttempts => "two undecided attempts",
            Self::OtherTerminal => "undecided, on another terminal of this register",
            Self::OtherRegister => "undecided, of another register in this folder",
        })
    }
}

impl fmt::Display for Truth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Charged => "charged",
            Self::Refused => "refused",
            Self::NeverArrived => "never arrived",
            Self::Undone => "charged, then undone",
            Self::Odd(Ending::Reversed) => "charged, and reversed",
            Self::Odd(Ending::ReversalAsked) => "charged, wants to be reversed",
            Self::Odd(Ending::WrongAmount) => "charged another amount",
            Self::Odd(Ending::NoResponseCode) => "charged, without a response code",
            Self::Odd(_) => "refused, with an authorization code",
            Self::Running => "still running",
        })
    }
}
