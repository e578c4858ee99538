//! Finds attempts by a text such as a sale id. A copy shares every part that does not change afterwards.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// With 100 000 attempts each part has some hundred entries: little to copy, little to move for a new one.
const PARTS: usize = 256;

/// Sorted by the text's hash, and by position for texts that are equal: the oldest attempt first.
type Part = Vec<(u64, usize)>;

#[derive(Clone, Debug)]
pub(super) struct Index(Vec<Arc<Part>>);

impl Default for Index {
    fn default() -> Self {
        Self(vec![Arc::default(); PARTS])
    }
}

impl Index {
    /// Notes that the attempt at this position names `text`. Repeating it does no harm.
    pub(super) fn add(&mut self, text: &str, position: usize) {
        let hash = hash_of(text);
        let Some(part) = self.0.get_mut(part_of(hash)) else { return };
        if let Err(place) = part.binary_search(&(hash, position)) {
            Arc::make_mut(part).insert(place, (hash, position));
        }
    }

    /// Positions of attempts that may name `text`, oldest first. Another text may have the same hash, and the attempt
    /// may have changed, so the caller checks the attempt.
    pub(super) fn positions(&self, text: &str) -> impl DoubleEndedIterator<Item = usize> {
        let hash = hash_of(text);
        let part = self.0.get(part_of(hash)).map_or(&[][..], |part| part.as_slice());
        let from = part.partition_point(|(other, _)| *other < hash);
        let to = part.partition_point(|(other, _)| *other <= hash);
        part.get(from..to).unwrap_or_default().iter().map(|(_, position)| *position)
    }
}

fn hash_of(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

#[allow(clippy::cast_possible_truncation)] // Only the lowest bits count.
fn part_of(hash: u64) -> usize {
    hash as usize % PARTS
}
