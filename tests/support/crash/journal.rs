//! The journal's file, read with nothing of the code under test: lines with a right checksum count, others are noise.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;

pub fn path(folder: &Path) -> PathBuf {
    folder.join("comgate-journal.log")
}

/// A line with its checksum and its end.
pub fn line(json: &str) -> String {
    format!("{:08x} {json}\n", crc32fast::hash(json.as_bytes()))
}

/// What an independent reader sees.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    /// The sale of each transaction.
    pub sales: BTreeMap<String, String>,
    /// The register of each transaction.
    pub registers: BTreeMap<String, String>,
    /// Transactions whose intent is stored.
    pub intents: BTreeSet<String>,
    /// Transactions whose approval is stored.
    pub settled: BTreeSet<String>,
    /// The last verdict of each transaction.
    pub verdicts: BTreeMap<String, String>,
}

impl Journal {
    pub fn read(folder: &Path) -> Self {
        let mut journal = Self::default();
        journal.add_all(folder);
        journal
    }

    pub fn add_all(&mut self, folder: &Path) {
        let bytes = std::fs::read(path(folder)).unwrap_or_default();
        for fact in bytes.split(|byte| *byte == b'\n').filter_map(fact) {
            self.add(&fact);
        }
    }

    fn add(&mut self, fact: &Value) {
        let text = |name: &str| fact[name].as_str().map(ToOwned::to_owned);
        let (Some(transaction), Some(sale)) = (text("transaction"), text("sale")) else { return };
        match fact["fact"].as_str() {
            Some("intent") => {
                self.intents.insert(transaction.clone());
                self.registers.insert(transaction.clone(), text("register").unwrap_or_default());
            }
            Some("settled") => drop(self.settled.insert(transaction.clone())),
            Some("decided") => {
                let approves = fact["settlement"]["response_code"] == "OK";
                if approves {
                    self.settled.insert(transaction.clone());
                }
                self.verdicts.insert(transaction.clone(), text("verdict").unwrap_or_default());
            }
            Some("damaged") => drop(self.verdicts.remove(&transaction)),
            Some(_) | None => {}
        }
        self.sales.insert(transaction, sale);
    }
}

fn fact(line: &[u8]) -> Option<Value> {
    let (sum, json) = std::str::from_utf8(line).ok()?.split_once(' ')?;
    let right = u32::from_str_radix(sum, 16).ok()? == crc32fast::hash(json.as_bytes());
    right.then(|| serde_json::from_str(json).ok()).flatten()
}
