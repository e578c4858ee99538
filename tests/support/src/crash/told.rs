//! What the registers were told: the lines the lives wrote to their output, read back by the shop.

use std::fmt;

use comgate_terminal::Kind;
use serde_json::Value;

/// One outcome as a register has got it.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// In which life.
    pub era: usize,
    /// By which step: pay, recover, …
    pub by: String,
    pub sale: String,
    pub transaction: String,
    pub verdict: String,
    pub reason: Option<i64>,
    /// The details of the reason.
    pub words: String,
    pub is_reversal: bool,
    /// Of a reversal or refund: the transaction that it takes back.
    pub original: Option<String>,
    /// The number of the reversal that took it back.
    pub reversed_by: Option<String>,
    /// A person has decided it.
    pub resolved: bool,
    /// The register answered "stored".
    pub stored: bool,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { era, by, sale, transaction, verdict, original, reversed_by, resolved, stored, .. } = self;
        let back = format!("takes back {original:?}, reversed by {reversed_by:?}");
        write!(
            f,
            "era {era}: {by} told {sale} {transaction} as {verdict}, {back}, resolved {resolved}, stored {stored}"
        )
    }
}

/// Everything that one register has said in all its lives.
#[derive(Clone, Debug, Default)]
pub struct Told {
    pub outcomes: Vec<Outcome>,
    /// Sales whose acknowledgement or decision by a person was begun: the era and the sale.
    pub acknowledging: Vec<(usize, String)>,
    pub resolving: Vec<(usize, String)>,
    /// Steps without an outcome: the era, the step, the code.
    pub errors: Vec<(usize, String, i64)>,
    /// The last answer to "how many are open".
    pub count: Option<(u64, u64)>,
}

impl Told {
    pub fn hear(&mut self, era: usize, line: &Value) {
        let some = |name: &str| line[name].as_str().map(ToOwned::to_owned);
        let text = |name: &str| some(name).unwrap_or_default();
        match line["said"].as_str() {
            Some("outcome") => self.outcomes.push(Outcome {
                era,
                by: text("by"),
                sale: text("sale"),
                transaction: text("transaction"),
                verdict: text("verdict"),
                reason: line["reason"].as_i64(),
                words: text("words"),
                is_reversal: line["kind"] == i64::from(Kind::Reversal.number()),
                original: some("original"),
                reversed_by: some("reversed_by"),
                resolved: line["resolved"] == 1,
                stored: line["stored"] == true,
            }),
            Some("acknowledging") => self.acknowledging.push((era, text("sale"))),
            Some("resolving") => self.resolving.push((era, text("sale"))),
            Some("error") => {
                self.errors.push((era, text("step"), line["code"].as_i64().unwrap_or_default()));
            }
            Some("count") => {
                self.count = line["undecided"].as_u64().zip(line["unacknowledged"].as_u64());
            }
            Some(_) | None => {}
        }
    }

    pub fn add(&mut self, other: Self) {
        self.outcomes.extend(other.outcomes);
        self.acknowledging.extend(other.acknowledging);
        self.resolving.extend(other.resolving);
        self.errors.extend(other.errors);
        self.count = other.count.or(self.count);
    }

    /// What was said last about a transaction.
    pub fn last(&self, transaction: &str) -> Option<&Outcome> {
        self.outcomes.iter().rev().find(|outcome| outcome.transaction == transaction)
    }

    pub fn about<'a>(&'a self, transaction: &'a str) -> impl Iterator<Item = &'a Outcome> {
        self.outcomes.iter().filter(move |outcome| outcome.transaction == transaction)
    }
}
