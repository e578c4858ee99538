//! The truth: the books of the terminal, and which starts arrived. What a register says is compared with them.

use std::collections::{BTreeMap, BTreeSet};

use comgate_simulator::{Charge, Closing, Movement, Refund, RequestRecord, Reversal, Simulator};

/// The endpoints that may move money.
pub const STARTS: [&str; 8] =
    ["payment", "refund", "reverse", "closing", "preauth", "preauth/complete", "preauth/cancel", "payment/moto"];

/// The books as they are at this moment.
#[derive(Debug, Default)]
pub struct Books {
    pub charges: Vec<Charge>,
    pub refunds: Vec<Refund>,
    pub reversals: Vec<Reversal>,
    pub closings: Vec<Closing>,
    /// Charges and refunds that stand, reversals and closings that were not undone: a transaction for each.
    pub standing: Vec<String>,
    /// The same, with those that stood until the register reversed them.
    pub moved: BTreeSet<String>,
    /// Undone by the terminal, which confirmed it afterwards all the same.
    pub confirmed_undone: BTreeSet<String>,
    /// How often each start arrived.
    pub starts: BTreeMap<String, usize>,
}

impl Books {
    pub fn of(simulator: &Simulator) -> Self {
        Self::of_ours(simulator, |_| true)
    }

    /// Without the charges and starts of registers that are not part of the story.
    pub fn of_ours(simulator: &Simulator, is_ours: impl Fn(&str) -> bool) -> Self {
        let mut charges = simulator.charges();
        charges.retain(|charge| is_ours(&charge.transaction_id));
        let (refunds, reversals, closings) = (simulator.refunds(), simulator.reversals(), simulator.closings());
        let mut books = Self { charges, refunds, reversals, closings, ..Self::default() };
        for movement in books.charges.clone().iter().chain(&books.refunds.clone()) {
            books.add_movement(movement);
        }
        for reversal in books.reversals.clone() {
            books.add(&reversal.transaction_id, reversal.undone, reversal.confirmed);
        }
        for id in books.closings.clone().iter().filter_map(|closing| closing.transaction_id.as_ref()) {
            books.add(id, false, true);
        }
        let starts = simulator.requests().into_iter().filter(is_start).filter_map(|start| start.transaction_id);
        for id in starts.filter(|id| is_ours(id)) {
            *books.starts.entry(id).or_default() += 1;
        }
        books
    }

    fn add_movement(&mut self, movement: &Movement) {
        if self.reversals_of(&movement.transaction_id).next().is_some() {
            self.moved.insert(movement.transaction_id.clone());
        } else {
            self.add(&movement.transaction_id, movement.reversed, movement.confirmed);
        }
    }

    fn add(&mut self, id: &str, undone: bool, confirmed: bool) {
        if !undone {
            self.standing.push(id.into());
            self.moved.insert(id.into());
        } else if confirmed {
            self.confirmed_undone.insert(id.into());
        }
    }

    pub fn stands(&self, id: &str) -> bool {
        self.standing.iter().any(|standing| standing == id)
    }

    /// The reversals of a charge or refund that the terminal has not undone.
    pub fn reversals_of<'b>(&'b self, id: &'b str) -> impl Iterator<Item = &'b Reversal> {
        self.reversals.iter().filter(move |one| !one.undone && one.original_transaction_id == id)
    }
}

/// Whether this request may move money.
pub fn is_start(request: &RequestRecord) -> bool {
    STARTS.contains(&request.endpoint.as_str())
}
