//! What is true: the terminal's ledger and what was said on the wire, beside the journal's file.

use std::collections::{BTreeMap, BTreeSet};

use comgate_simulator::Charge;

use super::journal::Journal;
use super::ledger::{Ledger, is_ours};
use super::shop::Shop;
use super::told::Told;

/// The endpoints whose request may move money.
pub const STARTS: [&str; 4] = ["payment", "refund", "reverse", "closing"];

pub struct Books {
    pub journal: Journal,
    pub ledger: Ledger,
    /// Each start that arrived: how often.
    pub starts: BTreeMap<String, usize>,
    /// Transactions whose confirm arrived.
    pub confirms: BTreeSet<String>,
    /// What was said on the wire about each transaction, in order.
    said: BTreeMap<String, Vec<Said>>,
}

struct Said {
    endpoint: String,
    went_wrong: bool,
}

impl Books {
    pub fn of(shop: &Shop) -> Self {
        let (mut starts, mut confirms) = (BTreeMap::new(), BTreeSet::new());
        let mut said: BTreeMap<String, Vec<Said>> = BTreeMap::new();
        for request in shop.simulator.requests() {
            let Some(id) = request.transaction_id.filter(|id| is_ours(id)) else { continue };
            if STARTS.contains(&request.endpoint.as_str()) {
                *starts.entry(id.clone()).or_default() += 1;
            }
            if request.endpoint == "confirm" {
                confirms.insert(id.clone());
            }
            said.entry(id).or_default().push(Said { endpoint: request.endpoint, went_wrong: request.fault.is_some() });
        }
        Self { journal: shop.books(), ledger: Ledger::of(&shop.simulator), starts, confirms, said }
    }

    /// Not of the time before the story began, when there was another terminal.
    pub fn is_of_this_story(&self, id: &str) -> bool {
        self.starts.contains_key(id) || !id.starts_with("0000")
    }

    /// Minor units that went back to the customer of a charge.
    pub fn given_back(&self, charge: &Charge) -> i64 {
        let of_charge = |id: &String| self.journal.originals.get(id) == Some(&charge.transaction_id);
        let refunds = self.ledger.refunds.iter().filter(|one| !one.reversed && of_charge(&one.transaction_id));
        let reversals = self.ledger.reversals_of(&charge.transaction_id);
        refunds.map(|refund| refund.amount).chain(reversals.map(|reversal| reversal.amount)).sum()
    }

    /// There was one confirm, which the terminal granted to what it had undone, and what was asked after it went wrong.
    pub fn first_confirm_lied(&self, id: &str) -> bool {
        let said = self.said.get(id).map(Vec::as_slice).unwrap_or_default();
        let after: Vec<&Said> = said.iter().skip_while(|said| said.endpoint != "confirm").skip(1).collect();
        let asked = after.iter().any(|said| said.endpoint == "result");
        let unheard =
            after.iter().all(|said| said.endpoint != "confirm" && (said.endpoint != "result" || said.went_wrong));
        self.ledger.confirmed_undone.contains(id) && asked && unheard
    }

    /// The register's own number.
    pub fn sale<'b>(&'b self, id: &'b str, told: &'b Told) -> Option<&'b str> {
        self.journal.sales.get(id).map(String::as_str).or_else(|| Some(told.last(id)?.sale.as_str()))
    }
}
