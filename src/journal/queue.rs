//! Whose turn it is within this process: first come, first served.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::patience::LOCK_COURTESY;

#[derive(Debug, Default)]
pub(super) struct Queue(Mutex<Line>);

#[derive(Debug, Default)]
struct Line {
    taken: bool,
    next: u64,
    /// Each with a bell of its own, so that only the next one wakes. No handle of a thread: the host's threads would keep it in memory.
    waiting: VecDeque<(u64, Arc<Condvar>)>,
    /// Since when one turn has followed the other without a pause.
    busy_since: Option<Instant>,
    /// When the last turn got what it waited for.
    moved: Option<Instant>,
}

/// How long to wait. It counts from the last progress of the others: while they get on, waiting is worth it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limit {
    begun: Instant,
    without_progress: Duration,
    at_most: Duration,
}

impl Limit {
    pub(super) fn new(without_progress: Duration, at_most: Duration) -> Self {
        Self { begun: Instant::now(), without_progress, at_most }
    }

    fn deadline(self, moved: Option<Instant>) -> Instant {
        let from = moved.map_or(self.begun, |moved| moved.max(self.begun));
        (from + self.without_progress).min(self.begun + self.at_most)
    }
}

/// Ends when it is dropped.
#[derive(Debug)]
pub(super) struct Turn<'q> {
    queue: &'q Queue,
    /// Pause before locking, so that other processes get a chance.
    pub(super) lets_others_in: bool,
}

impl Queue {
    /// Waits for our turn; None if it did not come in time.
    pub(super) fn wait(&self, limit: Limit) -> Option<Turn<'_>> {
        let mut line = self.line();
        let number = line.next;
        line.next += 1;
        let bell = Arc::new(Condvar::new());
        line.waiting.push_back((number, bell.clone()));
        loop {
            if !line.taken && line.waiting.front().is_some_and(|(first, _)| *first == number) {
                line.waiting.pop_front();
                line.taken = true;
                return Some(Turn { queue: self, lets_others_in: line.is_due_a_pause() });
            }
            let left = limit.deadline(line.moved).saturating_duration_since(Instant::now());
            if left.is_zero() {
                line.waiting.retain(|(other, _)| *other != number);
                // We may have been called in this very moment: pass it on.
                line.call_the_next();
                return None;
            }
            line = bell.wait_timeout(line, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Until when whoever has the turn may wait for the rest.
    pub(super) fn deadline(&self, limit: Limit) -> Instant {
        limit.deadline(self.line().moved)
    }

    fn line(&self) -> MutexGuard<'_, Line> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn<'_> {
    /// Notes that this turn got what it waited for.
    pub(super) fn note_progress(&self) {
        self.queue.line().moved = Some(Instant::now());
    }
}

impl Line {
    fn is_due_a_pause(&mut self) -> bool {
        let since = *self.busy_since.get_or_insert_with(Instant::now);
        let due = since.elapsed() >= LOCK_COURTESY;
        if due {
            self.busy_since = None;
        }
        due
    }

    fn call_the_next(&self) {
        if !self.taken
            && let Some((_, bell)) = self.waiting.front()
        {
            bell.notify_one();
        }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut line = self.queue.line();
        line.taken = false;
        if line.waiting.is_empty() {
            line.busy_since = None;
        }
        line.call_the_next();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    fn soon() -> Limit {
        Limit::new(Duration::from_secs(60), Duration::from_secs(60))
    }

    fn at_once() -> Limit {
        Limit::new(Duration::ZERO, Duration::from_secs(60))
    }

    fn until_so_many_wait(queue: &Queue, count: usize) {
        while queue.line().waiting.len() < count {
            std::thread::yield_now();
        }
    }

    #[test]
    fn api_who_waits_for_the_journal_gets_it_in_the_order_of_coming() {
        let queue = Queue::default();
        let (told, order) = mpsc::channel();
        std::thread::scope(|scope| {
            let turn = queue.wait(soon()).expect("nobody is here");
            for number in 0..50 {
                let (queue, told) = (&queue, told.clone());
                scope.spawn(move || {
                    let turn = queue.wait(soon()).expect("in time");
                    told.send(number).expect("the test listens");
                    drop(turn);
                });
                until_so_many_wait(queue, number + 1);
            }
            drop(turn);
        });
        drop(told);
        assert_eq!(order.iter().collect::<Vec<_>>(), (0..50).collect::<Vec<_>>());
    }

    #[test]
    fn api_who_comes_later_does_not_overtake_whoever_waits_for_the_journal() {
        for _ in 0..50 {
            let queue = Queue::default();
            std::thread::scope(|scope| {
                let turn = queue.wait(soon()).expect("nobody is here");
                let (done, wait) = mpsc::channel::<()>();
                let queue = &queue;
                scope.spawn(move || {
                    let _turn = queue.wait(soon()).expect("in time");
                    let _ = wait.recv();
                });
                until_so_many_wait(queue, 1);
                drop(turn);
                assert!(queue.wait(at_once()).is_none(), "the other one was here first");
                drop(done);
            });
        }
    }

    #[test]
    fn api_who_gives_up_waiting_for_the_journal_holds_nobody_up() {
        let queue = Queue::default();
        std::thread::scope(|scope| {
            let turn = queue.wait(soon()).expect("nobody is here");
            assert!(queue.wait(at_once()).is_none(), "it is taken");
            let waits = scope.spawn(|| queue.wait(soon()).is_some());
            until_so_many_wait(&queue, 1);
            assert!(queue.wait(Limit::new(Duration::from_millis(1), Duration::from_secs(60))).is_none());
            drop(turn);
            assert!(waits.join().expect("no panic"));
        });
        assert!(queue.wait(at_once()).is_some(), "and it is free again");
    }
    #[test]
    fn api_a_limit_counts_from_when_the_others_last_got_on_but_has_an_end() {
        let limit = Limit::new(Duration::from_secs(3), Duration::from_secs(30));
        let after = |seconds| limit.begun + Duration::from_secs(seconds);
        assert_eq!(limit.deadline(None), after(3));
        assert_eq!(limit.deadline(Some(limit.begun)), after(3));
        assert_eq!(limit.deadline(Some(after(2))), after(5));
        assert_eq!(limit.deadline(Some(after(29))), after(30));
        let queue = Queue::default();
        let turn = queue.wait(limit).expect("nobody is here");
        assert_eq!(queue.deadline(limit), after(3));
        turn.note_progress();
        assert!(queue.deadline(limit) > after(3));
    }
}
