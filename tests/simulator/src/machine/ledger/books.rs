//! Every charge, refund, reversal and closing there ever was, and the batch they make.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::super::order::Order;
use super::super::slip::Slip;
use crate::ending::Ending;

/// Money that moved: from the customer in a charge, to the customer in a refund.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Movement {
    /// The transaction.
    pub transaction_id: String,
    /// Minor units, without the tip.
    pub amount: i64,
    /// What was given on top.
    #[serde(default)]
    pub tip: i64,
    /// ISO 4217 number.
    pub currency: i64,
    /// The register has confirmed it.
    pub confirmed: bool,
    /// It was undone, by a reversal or by the terminal itself.
    pub reversed: bool,
    /// The batch it belongs to, counted from 1.
    #[serde(default = "first_batch")]
    pub batch: usize,
}

/// What a customer paid.
pub type Charge = Movement;
/// What a customer got back.
pub type Refund = Movement;

fn first_batch() -> usize {
    1
}

/// One charge or refund taken back on request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reversal {
    /// The transaction.
    pub transaction_id: String,
    /// The transaction that was taken back.
    pub original_transaction_id: String,
    /// Minor units, with the tip.
    pub amount: i64,
    /// The register has confirmed it.
    pub confirmed: bool,
    /// The terminal took it back for want of a confirm: the original stands again.
    pub undone: bool,
    /// The batch it belongs to, counted from 1.
    pub batch: usize,
}

/// An amount held on a customer's card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preauth {
    /// The transaction.
    pub transaction_id: String,
    /// Minor units, with every increment.
    pub amount: i64,
    /// ISO 4217 number.
    pub currency: i64,
    /// The register has confirmed it.
    pub confirmed: bool,
    /// It was let go: cancelled, or not confirmed.
    pub cancelled: bool,
    /// The transaction by which it became a charge.
    pub completed_by: Option<String>,
}

/// A successful transaction, as a list of the terminal shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) order: Order,
    pub(crate) ending: Ending,
    pub(crate) slip: Slip,
    /// What is laid over its result.
    #[serde(default)]
    pub(crate) fields: Map<String, Value>,
    /// The batch it belongs to, counted from 1.
    pub(crate) batch: usize,
}

/// Who closed a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClosedBy {
    /// The register.
    Register,
    /// Somebody in the menu of the terminal.
    Menu,
    /// The terminal itself, as on a Monday night.
    Schedule,
}

/// One closing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// The transaction, where the register closed.
    pub transaction_id: Option<String>,
    /// Who closed.
    pub by: ClosedBy,
    /// What was in the batch.
    pub totals: BatchTotals,
    /// The register has confirmed it.
    pub confirmed: bool,
}

/// What is in a batch. Amounts are minor units, summed over all currencies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchTotals {
    /// The batch, counted from 1.
    pub number: usize,
    /// Payments.
    pub debits_count: usize,
    /// Payments, with their tips.
    pub debits_amount: i64,
    /// Refunds.
    pub credits_count: usize,
    /// Refunds.
    pub credits_amount: i64,
    /// Reversals; what they took back is counted above as well.
    pub adjustments_count: usize,
    /// Reversals.
    pub adjustments_amount: i64,
}

impl Preauth {
    /// Whether it can still be completed, raised or cancelled.
    pub fn is_open(&self) -> bool {
        !self.cancelled && self.completed_by.is_none()
    }
}

impl BatchTotals {
    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.debits_count + self.credits_count + self.adjustments_count == 0
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Books {
    pub(crate) charges: Vec<Charge>,
    pub(crate) refunds: Vec<Refund>,
    pub(crate) reversals: Vec<Reversal>,
    pub(crate) closings: Vec<Closing>,
    pub(crate) preauths: Vec<Preauth>,
    pub(crate) entries: Vec<Entry>,
}

impl Books {
    /// The open batch, counted from 1.
    pub(crate) fn batch(&self) -> usize {
        self.closings.len() + 1
    }

    fn movements(&self) -> impl DoubleEndedIterator<Item = &Movement> {
        self.charges.iter().chain(&self.refunds)
    }

    fn movements_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut Movement> {
        self.charges.iter_mut().chain(&mut self.refunds)
    }

    /// The charge or refund of this transaction.
    pub(crate) fn movement(&self, id: &str) -> Option<&Movement> {
        self.movements().rev().find(|movement| movement.transaction_id == id)
    }

    /// What a reversal can take back: what stands and is not closed.
    pub(crate) fn reversible(&self, id: &str) -> Option<&Movement> {
        let open = |movement: &&Movement| !movement.reversed && movement.batch == self.batch();
        self.movements().rev().filter(open).find(|movement| movement.transaction_id == id)
    }

    /// Whether this is the last charge or refund of the open batch.
    pub(crate) fn is_last(&self, id: &str) -> bool {
        self.last_moved() == Some(id)
    }

    /// The last charge or refund of the open batch.
    pub(crate) fn last_moved(&self) -> Option<&str> {
        let moved = |entry: &&Entry| entry.batch == self.batch() && self.movement(&entry.order.id).is_some();
        self.entries.iter().rev().find(moved).map(|entry| entry.order.id.as_str())
    }

    /// The pre-authorization that can still be completed, raised or cancelled.
    pub(crate) fn held(&self, id: &str) -> Option<&Preauth> {
        self.preauths.iter().rev().find(|held| held.transaction_id == id && held.is_open())
    }

    fn held_mut(&mut self, id: &str) -> Option<&mut Preauth> {
        self.preauths.iter_mut().rev().find(|held| held.transaction_id == id && held.is_open())
    }

    /// What was held becomes this charge.
    pub(crate) fn complete(&mut self, held: &str, charge: Charge) {
        if let Some(held) = self.held_mut(held) {
            held.completed_by = Some(charge.transaction_id.clone());
        }
        self.charges.push(charge);
    }

    /// More is held.
    pub(crate) fn raise(&mut self, held: &str, by: i64) {
        if let Some(held) = self.held_mut(held) {
            held.amount = held.amount.saturating_add(by);
        }
    }

    /// Nothing is held any more.
    pub(crate) fn let_go(&mut self, held: &str) {
        if let Some(held) = self.held_mut(held) {
            held.cancelled = true;
        }
    }

    /// What the lists show of this transaction.
    pub(crate) fn entry(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().rev().find(|entry| entry.order.id == id)
    }

    /// The reversal by which this one was taken back.
    pub(crate) fn reversal_of(&self, id: &str) -> Option<&Reversal> {
        self.reversals.iter().find(|reversal| reversal.original_transaction_id == id && !reversal.undone)
    }

    /// The closing by this transaction.
    pub(crate) fn closing(&self, id: &str) -> Option<&Closing> {
        self.closings.iter().find(|closing| closing.transaction_id.as_deref() == Some(id))
    }

    /// Whether the terminal took back what this transaction did.
    pub(crate) fn is_undone(&self, id: &str) -> bool {
        self.movements().any(|movement| movement.transaction_id == id && movement.reversed)
            || self.reversals.iter().any(|reversal| reversal.transaction_id == id && reversal.undone)
            || self.preauths.iter().any(|held| held.transaction_id == id && held.cancelled)
    }

    pub(crate) fn reverse(&mut self, id: &str, original: &str) {
        let batch = self.batch();
        let open = |movement: &&mut Movement| !movement.reversed && movement.batch == batch;
        let found = self.movements_mut().rev().filter(open).find(|movement| movement.transaction_id == original);
        let Some(movement) = found else { return };
        movement.reversed = true;
        let amount = movement.amount.saturating_add(movement.tip);
        self.reversals.push(Reversal {
            transaction_id: id.into(),
            original_transaction_id: original.into(),
            amount,
            confirmed: false,
            undone: false,
            batch,
        });
    }

    pub(crate) fn close(&mut self, id: Option<&str>, by: ClosedBy) {
        let totals = self.totals();
        self.closings.push(Closing { transaction_id: id.map(Into::into), by, totals, confirmed: false });
    }

    pub(crate) fn confirm(&mut self, id: &str) {
        self.movements_mut().filter(|one| one.transaction_id == id).for_each(|one| one.confirmed = true);
        self.reversals.iter_mut().filter(|one| one.transaction_id == id).for_each(|one| one.confirmed = true);
        let closings = self.closings.iter_mut().filter(|one| one.transaction_id.as_deref() == Some(id));
        closings.for_each(|one| one.confirmed = true);
        self.preauths.iter_mut().filter(|one| one.transaction_id == id).for_each(|one| one.confirmed = true);
    }

    /// Takes back what this transaction did, where no register confirmed it. A closing cannot be taken back.
    pub(crate) fn undo_unconfirmed(&mut self, id: &str) {
        let waits = |one: &&mut Reversal| one.transaction_id == id && !one.confirmed && !one.undone;
        let undone: Vec<String> = (self.reversals.iter_mut().filter(waits))
            .map(|reversal| {
                reversal.undone = true;
                reversal.original_transaction_id.clone()
            })
            .collect();
        for held in &mut self.preauths {
            if held.transaction_id == id {
                held.cancelled |= !held.confirmed;
            }
        }
        let mut given_up = false;
        for movement in self.movements_mut() {
            if undone.contains(&movement.transaction_id) {
                movement.reversed = false;
            }
            if movement.transaction_id == id {
                movement.reversed |= !movement.confirmed;
                given_up |= movement.reversed;
            }
        }
        let completed = self.preauths.iter_mut().filter(|held| held.completed_by.as_deref() == Some(id));
        completed.filter(|_| given_up).for_each(|held| held.completed_by = None);
    }

    /// What is in the open batch. What the terminal itself took back was never there.
    pub(crate) fn totals(&self) -> BatchTotals {
        let batch = self.batch();
        let counts =
            |one: &&Movement| one.batch == batch && (!one.reversed || self.reversal_of(&one.transaction_id).is_some());
        let sum = |movements: &[Movement]| {
            let counted = movements.iter().filter(counts).map(|one| one.amount.saturating_add(one.tip));
            (counted.clone().count(), counted.fold(0, i64::saturating_add))
        };
        let (debits_count, debits_amount) = sum(&self.charges);
        let (credits_count, credits_amount) = sum(&self.refunds);
        let adjustments = || self.reversals.iter().filter(|one| one.batch == batch && !one.undone);
        BatchTotals {
            number: batch,
            debits_count,
            debits_amount,
            credits_count,
            credits_amount,
            adjustments_count: adjustments().count(),
            adjustments_amount: adjustments().map(|one| one.amount).fold(0, i64::saturating_add),
        }
    }
}
