//! What the terminal's books say: which operations moved money, and which of them stand.

use std::collections::BTreeSet;

use comgate_simulator::{Charge, Movement, Refund, Reversal, Simulator};

/// Without the customer of the other register.
#[derive(Debug, Default)]
pub struct Ledger {
    pub charges: Vec<Charge>,
    pub refunds: Vec<Refund>,
    pub reversals: Vec<Reversal>,
    /// Charges and refunds that stand, reversals and closings that were not undone: a transaction for each.
    pub standing: Vec<String>,
    /// The same, and what stood until the register itself had it reversed.
    pub moved: BTreeSet<String>,
    /// Undone by the terminal, which then confirmed it all the same.
    pub confirmed_undone: BTreeSet<String>,
}

impl Ledger {
    pub fn of(simulator: &Simulator) -> Self {
        let mut charges = simulator.charges();
        charges.retain(|charge| is_ours(&charge.transaction_id));
        let (refunds, reversals) = (simulator.refunds(), simulator.reversals());
        let mut ledger = Self { charges, refunds, reversals, ..Self::default() };
        for movement in ledger.charges.clone().iter().chain(&ledger.refunds.clone()) {
            ledger.add_movement(movement);
        }
        for reversal in ledger.reversals.clone() {
            ledger.add(&reversal.transaction_id, reversal.undone, reversal.confirmed);
        }
        for id in simulator.closings().iter().filter_map(|closing| closing.transaction_id.as_ref()) {
            ledger.add(id, false, true);
        }
        ledger
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
    pub fn reversals_of<'l>(&'l self, id: &'l str) -> impl Iterator<Item = &'l Reversal> {
        self.reversals.iter().filter(move |one| !one.undone && one.original_transaction_id == id)
    }
}

/// Not of the customer of the other register.
pub fn is_ours(id: &str) -> bool {
    !id.starts_with("ffffffff")
}
