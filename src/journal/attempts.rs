//! The attempts in their order. A copy shares every attempt that does not change afterwards, so an old copy costs only
//! the attempts that have changed since.

use std::sync::Arc;

use super::attempt::{Attempt, State};
use super::index::Index;
use super::record::Intent;
use crate::codes::Kind;

const BLOCK: usize = 64;

#[derive(Clone, Debug, Default)]
pub(super) struct Attempts {
    blocks: Vec<Arc<Block>>,
    count: usize,
    by_transaction: Index,
    by_sale: Index,
    by_original: Index,
    closings: Arc<Vec<usize>>,
}

/// Some attempts that were made one after the other.
#[derive(Clone, Debug, Default)]
struct Block {
    attempts: Vec<Arc<Attempt>>,
    /// How many of them are undecided, and how many are open: a block without any is passed over.
    undecided: usize,
    open: usize,
}

impl Attempts {
    pub(super) fn push(&mut self, attempt: Attempt) {
        let position = self.count;
        self.index(&attempt.intent, position);
        if position.is_multiple_of(BLOCK) {
            self.blocks.push(Arc::default());
        }
        if let Some(block) = self.blocks.last_mut() {
            Arc::make_mut(block).push(attempt);
            self.count += 1;
        }
    }

    /// Whatever a change names that it did not name before is found by it from now on.
    pub(super) fn change<T>(&mut self, position: usize, change: impl FnOnce(&mut Attempt) -> T) -> Option<T> {
        let block = Arc::make_mut(self.blocks.get_mut(position / BLOCK)?);
        block.change(position % BLOCK, change)
    }

    /// The intent of an attempt that was known from other lines only.
    pub(super) fn complete(&mut self, position: usize, intent: Intent) {
        self.index(&intent, position);
        self.change(position, |attempt| (attempt.intent, attempt.intent_is_whole) = (intent, true));
    }

    fn index(&mut self, intent: &Intent, position: usize) {
        self.by_transaction.add(&intent.transaction, position);
        self.by_sale.add(&intent.sale, position);
        if !intent.original_transaction.is_empty() {
            self.by_original.add(&intent.original_transaction, position);
        }
        if intent.kind == Kind::Closing
            && let Err(place) = self.closings.binary_search(&position)
        {
            Arc::make_mut(&mut self.closings).insert(place, position);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.count
    }

    pub(super) fn get(&self, position: usize) -> Option<&Attempt> {
        self.blocks.get(position / BLOCK)?.attempts.get(position % BLOCK).map(Arc::as_ref)
    }

    /// Oldest first.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &Attempt> {
        self.blocks.iter().flat_map(|block| block.iter())
    }

    pub(super) fn position(&self, transaction: &str) -> Option<usize> {
        let is_it = |position: &usize| self.get(*position).is_some_and(|one| one.intent.transaction == transaction);
        self.by_transaction.positions(transaction).rev().find(is_it)
    }

    /// Oldest first.
    pub(super) fn of_sale<'h>(&'h self, sale: &str) -> impl DoubleEndedIterator<Item = &'h Attempt> {
        let attempts = self.by_sale.positions(sale).filter_map(|position| self.get(position));
        attempts.filter(move |attempt| attempt.intent.sale == sale)
    }

    /// Oldest first.
    pub(super) fn about<'h>(&'h self, original: &str) -> impl DoubleEndedIterator<Item = &'h Attempt> {
        let attempts = self.by_original.positions(original).filter_map(|position| self.get(position));
        attempts.filter(move |attempt| !original.is_empty() && attempt.intent.original_transaction == original)
    }

    /// Closings made after the attempt at this position, or all, newest first.
    pub(super) fn closings_after(&self, position: Option<usize>) -> impl Iterator<Item = &Attempt> {
        let is_later = move |closing: &&usize| position.is_none_or(|position| **closing > position);
        let later = self.closings.iter().rev().take_while(is_later);
        later.filter_map(|closing| self.get(*closing)).filter(|attempt| attempt.intent.kind == Kind::Closing)
    }

    /// Newest first.
    pub(super) fn undecided(&self) -> impl Iterator<Item = &Attempt> {
        let blocks = self.blocks.iter().rev().filter(|block| block.undecided > 0);
        blocks.flat_map(|block| block.iter().rev()).filter(|attempt| is_undecided(attempt))
    }

    /// Newest first.
    pub(super) fn open(&self) -> impl Iterator<Item = &Attempt> {
        let blocks = self.blocks.iter().rev().filter(|block| block.open > 0);
        blocks.flat_map(|block| block.iter().rev()).filter(|attempt| attempt.is_open())
    }
}

impl Block {
    fn push(&mut self, attempt: Attempt) {
        self.attempts.reserve_exact(if self.attempts.is_empty() { BLOCK } else { 0 });
        self.undecided += usize::from(is_undecided(&attempt));
        self.open += usize::from(attempt.is_open());
        self.attempts.push(Arc::new(attempt));
    }

    fn change<T>(&mut self, place: usize, change: impl FnOnce(&mut Attempt) -> T) -> Option<T> {
        let attempt = Arc::make_mut(self.attempts.get_mut(place)?);
        let before = (is_undecided(attempt), attempt.is_open());
        let result = change(attempt);
        self.undecided = self.undecided + usize::from(is_undecided(attempt)) - usize::from(before.0);
        self.open = self.open + usize::from(attempt.is_open()) - usize::from(before.1);
        Some(result)
    }

    fn iter(&self) -> impl DoubleEndedIterator<Item = &Attempt> {
        self.attempts.iter().map(Arc::as_ref)
    }
}

fn is_undecided(attempt: &Attempt) -> bool {
    attempt.state() == State::Undecided
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::record::Intent;

    fn sale(number: usize) -> Attempt {
        let kind = if number % 50 == 49 { Kind::Closing } else { Kind::Payment };
        let original_transaction = if number % 7 == 6 { format!("t{}", number - 3) } else { String::new() };
        let intent = Intent::unknown(0, &format!("s{}", number % 300), &format!("t{number}"));
        let mut attempt = Attempt::new(Intent { kind, original_transaction, ..intent }, true);
        attempt.acknowledged = number.is_multiple_of(2);
        attempt
    }

    fn many() -> Attempts {
        let mut attempts = Attempts::default();
        (0..1_000).for_each(|number| attempts.push(sale(number)));
        attempts
    }

    #[test]
    fn api_whoever_keeps_an_older_state_shares_all_but_what_has_changed() {
        let mut attempts = many();
        let kept = attempts.clone();
        attempts.change(500, |attempt| attempt.acknowledged = false);
        attempts.push(sale(1_000));
        let own: Vec<_> = attempts.iter().zip(kept.iter()).filter(|(now, then)| !std::ptr::eq(*now, *then)).collect();
        assert_eq!(own.len(), 1, "one attempt was copied");
        assert_eq!((attempts.len(), kept.len()), (1_001, 1_000));
        assert!(kept.get(500).is_some_and(|attempt| attempt.acknowledged), "the older state is as it was");
    }

    #[test]
    fn api_what_is_found_is_what_looking_through_everything_would_find() {
        let attempts = many();
        let ids = |found: &mut dyn Iterator<Item = &Attempt>| -> Vec<String> {
            found.map(|attempt| attempt.intent.transaction.clone()).collect()
        };
        for number in (0..1_000).step_by(13) {
            let (sale, transaction) = (format!("s{number}"), format!("t{number}"));
            assert_eq!(attempts.position(&transaction), Some(number));
            let all = |wanted: &dyn Fn(&Attempt) -> bool| ids(&mut attempts.iter().filter(|attempt| wanted(attempt)));
            assert_eq!(ids(&mut attempts.of_sale(&sale)), all(&|attempt| attempt.intent.sale == sale));
            assert_eq!(
                ids(&mut attempts.about(&transaction)),
                all(&|attempt| attempt.intent.original_transaction == transaction)
            );
            let later = ids(&mut attempts.iter().skip(number + 1).filter(|one| one.intent.kind == Kind::Closing));
            let mut found = ids(&mut attempts.closings_after(Some(number)));
            found.reverse();
            assert_eq!(found, later);
        }
        assert_eq!(attempts.position("t1000"), None);
        assert_eq!(attempts.about("").count(), 0);
    }

    #[test]
    fn api_what_is_open_is_counted_as_it_changes() {
        let mut attempts = many();
        let naive = |attempts: &Attempts| attempts.iter().filter(|attempt| attempt.is_open()).count();
        assert_eq!((attempts.open().count(), attempts.undecided().count()), (naive(&attempts), 1_000));
        for number in 0..1_000 {
            attempts.change(number, |attempt| attempt.reversed_by = Some("r".into()));
        }
        assert_eq!((attempts.open().count(), attempts.undecided().count()), (0, 0));
        assert!(attempts.blocks.iter().all(|block| block.open == 0 && block.undecided == 0));
    }
}
