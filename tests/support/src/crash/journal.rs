//! What a journal says of each transaction, read with nothing of the code under test.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use crate::journal_file;

/// What an independent reader sees.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    /// The sale of each transaction.
    pub sales: BTreeMap<String, String>,
    /// The register of each transaction.
    pub registers: BTreeMap<String, String>,
    /// Transactions whose intent is stored.
    pub intents: BTreeSet<String>,
    /// The same in the order of their intents.
    pub begun: Vec<String>,
    /// Transactions whose approval is stored.
    pub settled: BTreeSet<String>,
    /// The last verdict of each transaction.
    pub verdicts: BTreeMap<String, String>,
    /// A person's decision, where it is the last word: whether it was done.
    pub resolved: BTreeMap<String, bool>,
    /// What a reversal or refund takes back.
    pub originals: BTreeMap<String, String>,
    /// Which of them are reversals.
    pub reversals: BTreeSet<String>,
    /// A reversal, and a later one of the same original that was begun when the first was not over without effect.
    pub reversed_again: Vec<(String, String)>,
}

impl Journal {
    pub fn read(folder: &Path) -> Self {
        let mut journal = Self::default();
        journal.add_all(folder);
        journal
    }

    pub fn add_all(&mut self, folder: &Path) {
        for fact in journal_file::readable_facts(folder) {
            self.add(&fact);
        }
    }

    fn add(&mut self, fact: &Value) {
        let text = |name: &str| fact[name].as_str().map(ToOwned::to_owned);
        let (Some(transaction), Some(sale)) = (text("transaction"), text("sale")) else { return };
        match fact["fact"].as_str() {
            Some("intent") => {
                if self.intents.insert(transaction.clone()) {
                    self.begun.push(transaction.clone());
                }
                self.registers.insert(transaction.clone(), text("register").unwrap_or_default());
                if let Some(original) = text("original_transaction") {
                    self.add_to_original(&transaction, original, fact["kind"] == "reversal");
                }
            }
            Some("settled") => drop(self.settled.insert(transaction.clone())),
            Some("decided") => {
                let approves = fact["settlement"]["response_code"] == "OK";
                if approves {
                    self.settled.insert(transaction.clone());
                }
                self.verdicts.insert(transaction.clone(), text("verdict").unwrap_or_default());
                self.resolved.remove(&transaction);
            }
            Some("resolved") => drop(self.resolved.insert(transaction.clone(), fact["charged"] == true)),
            Some("damaged") => {
                self.verdicts.remove(&transaction);
                self.resolved.remove(&transaction);
            }
            Some(_) | None => {}
        }
        self.sales.insert(transaction, sale);
    }
}

impl Journal {
    fn add_to_original(&mut self, transaction: &str, original: String, reverses: bool) {
        if reverses && self.reversals.insert(transaction.into()) {
            let others = self.reversals.iter().filter(|other| self.originals.get(*other) == Some(&original));
            let again = others.filter(|other| !self.is_free(other)).map(|other| (other.clone(), transaction.into()));
            let again: Vec<_> = again.collect();
            self.reversed_again.extend(again);
        }
        self.originals.insert(transaction.into(), original);
    }

    /// It is over, and nothing came of it.
    pub fn is_free(&self, transaction: &str) -> bool {
        let refused = |verdict: &String| matches!(verdict.as_str(), "declined" | "cancelled" | "not_started");
        self.resolved.get(transaction).map_or_else(|| self.verdicts.get(transaction).is_some_and(refused), |done| !done)
    }

    /// Refunds of it that were begun before this other transaction.
    pub fn refunds_before<'j>(&'j self, original: &'j str, other: &'j str) -> impl Iterator<Item = &'j String> {
        let before = self.begun.iter().take_while(move |begun| *begun != other);
        before.filter(move |begun| {
            !self.reversals.contains(*begun) && self.originals.get(*begun).is_some_and(|of| of == original)
        })
    }

    /// A reversal of it is done.
    pub fn is_reversed(&self, transaction: &str) -> bool {
        self.originals.iter().any(|(by, of)| of == transaction && self.reversals.contains(by) && self.is_done(by))
    }

    /// It is done, by the terminal's word or a person's.
    fn is_done(&self, transaction: &str) -> bool {
        let approved = |verdict: &String| verdict == "approved";
        self.resolved.get(transaction).copied().unwrap_or_else(|| self.verdicts.get(transaction).is_some_and(approved))
    }
}
