//! What happened in a shop, of which the registers know only a part: the terminal's books, the journal's file, and what was said on the wire.

use std::collections::{BTreeMap, BTreeSet};

use comgate_simulator::Charge;

use super::journal::Journal;
use super::shop::Shop;
use super::told::Told;
use crate::books::Books;

pub struct Evidence {
    pub journal: Journal,
    pub books: Books,
    /// Transactions whose confirm arrived.
    pub confirms: BTreeSet<String>,
    /// What was said on the wire about each transaction, in order.
    said: BTreeMap<String, Vec<Said>>,
}

struct Said {
    endpoint: String,
    went_wrong: bool,
}

impl Evidence {
    /// How many of these movements of one number stand at the same time. A sale that was wholly given back may be sold again: each counts
    /// that was not given back before the next one began.
    pub fn done_at_once(&self, mut ids: Vec<&str>) -> usize {
        let place = |id: &str| self.journal.begun.iter().position(|begun| begun == id);
        ids.sort_by_key(|id| place(id));
        let again = ids.windows(2).filter(|pair| self.was_given_back_before(pair[0], pair[1])).count();
        ids.len() - again
    }

    fn was_given_back_before(&self, id: &str, next: &str) -> bool {
        let Some(charge) = self.books.charges.iter().find(|charge| charge.transaction_id == id) else { return false };
        let refunds: Vec<&String> = self.journal.refunds_before(id, next).collect();
        let stand = self.books.refunds.iter().filter(|one| !one.reversed && refunds.contains(&&one.transaction_id));
        stand.map(|refund| refund.amount).sum::<i64>() >= charge.amount + charge.tip
    }

    pub fn of(shop: &Shop) -> Self {
        let mut confirms = BTreeSet::new();
        let mut said: BTreeMap<String, Vec<Said>> = BTreeMap::new();
        for request in shop.simulator.requests() {
            let Some(id) = request.transaction_id.filter(|id| is_ours(id)) else { continue };
            if request.endpoint == "confirm" {
                confirms.insert(id.clone());
            }
            said.entry(id).or_default().push(Said { endpoint: request.endpoint, went_wrong: request.fault.is_some() });
        }
        Self { journal: shop.written(), books: Books::of_ours(&shop.simulator, is_ours), confirms, said }
    }

    /// Not of the time before the story began, when there was another terminal.
    pub fn is_of_this_story(&self, id: &str) -> bool {
        self.books.starts.contains_key(id) || !id.starts_with("0000")
    }

    /// Whether it stands, and is what its register asked for: a reversal that has taken back another sale is not.
    pub fn stands(&self, id: &str) -> bool {
        self.books.stands(id) && !self.took_back_another(id)
    }

    /// A reversal that has taken back another sale than its register named.
    pub fn took_back_another(&self, id: &str) -> bool {
        let reversal = self.books.reversals.iter().find(|reversal| reversal.transaction_id == id);
        let named = self.journal.originals.get(id);
        reversal.zip(named).is_some_and(|(reversal, named)| reversal.original_transaction_id != *named)
    }

    /// Minor units that went back to the customer of a charge.
    pub fn given_back(&self, charge: &Charge) -> i64 {
        let of_charge = |id: &String| self.journal.originals.get(id) == Some(&charge.transaction_id);
        let refunds = self.books.refunds.iter().filter(|one| !one.reversed && of_charge(&one.transaction_id));
        let reversals = self.books.reversals_of(&charge.transaction_id);
        refunds.map(|refund| refund.amount).chain(reversals.map(|reversal| reversal.amount)).sum()
    }

    /// There was one confirm, which the terminal granted to what it had undone, and what was asked after it went wrong.
    pub fn first_confirm_lied(&self, id: &str) -> bool {
        let said = self.said.get(id).map(Vec::as_slice).unwrap_or_default();
        let after: Vec<&Said> = said.iter().skip_while(|said| said.endpoint != "confirm").skip(1).collect();
        let asked = after.iter().any(|said| said.endpoint == "result");
        let unheard =
            after.iter().all(|said| said.endpoint != "confirm" && (said.endpoint != "result" || said.went_wrong));
        self.books.confirmed_undone.contains(id) && asked && unheard
    }

    /// The register's own number.
    pub fn sale<'e>(&'e self, id: &'e str, told: &'e Told) -> Option<&'e str> {
        self.journal.sales.get(id).map(String::as_str).or_else(|| Some(told.last(id)?.sale.as_str()))
    }
}

/// Not of the customer of the other register.
fn is_ours(id: &str) -> bool {
    !id.starts_with("ffffffff")
}
