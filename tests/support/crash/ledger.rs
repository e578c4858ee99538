//! What the terminal's books say: which operations moved money, and which of them stand.

use std::collections::BTreeSet;

use comgate_simulator::{Movement, Simulator};

#[derive(Debug, Default)]
pub struct Ledger {
    /// Charges and refunds that stand, reversals and closings that were not undone: a transaction for each.
    pub standing: Vec<String>,
    /// The same, and what stood until the register itself had it reversed.
    pub moved: BTreeSet<String>,
    /// Undone by the terminal, which then confirmed it all the same.
    pub confirmed_undone: BTreeSet<String>,
}

impl Ledger {
    pub fn of(simulator: &Simulator) -> Self {
        let mut ledger = Self::default();
        let reversals = simulator.reversals();
        let on_request: BTreeSet<&String> =
            reversals.iter().filter(|one| !one.undone).map(|one| &one.original_transaction_id).collect();
        for movement in simulator.charges().iter().chain(&simulator.refunds()) {
            ledger.add_movement(movement, on_request.contains(&movement.transaction_id));
        }
        for reversal in &reversals {
            ledger.add(&reversal.transaction_id, reversal.undone, reversal.confirmed);
        }
        for id in simulator.closings().iter().filter_map(|closing| closing.transaction_id.as_ref()) {
            ledger.add(id, false, true);
        }
        ledger
    }

    fn add_movement(&mut self, movement: &Movement, on_request: bool) {
        if on_request {
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
}
