//! Whose turn it is within this process: first come, first served.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::Thread;
use std::time::{Duration, Instant};

/// While others wait, another process gets its chance after so long: it can only look from time to time whether the lock is free.
const COURTESY: Duration = Duration::from_millis(100);

#[derive(Debug, Default)]
pub(super) struct Queue(Mutex<Line>);

#[derive(Debug, Default)]
struct Line {
    taken: bool,
    next: u64,
    waiting: VecDeque<(u64, Thread)>,
    /// Since when one turn has followed the other without a pause.
    busy_since: Option<Instant>,
}

/// Ends when it is dropped.
#[derive(Debug)]
pub(super) struct Turn<'q> {
    queue: &'q Queue,
    /// This process has kept the others out for a while.
    pub(super) lets_others_in: bool,
}

impl Queue {
    /// None when it did not become our turn in time.
    pub(super) fn wait(&self, deadline: Instant) -> Option<Turn<'_>> {
        let mut line = self.line();
        let number = line.next;
        line.next += 1;
        line.waiting.push_back((number, std::thread::current()));
        loop {
            if !line.taken && line.waiting.front().is_some_and(|(first, _)| *first == number) {
                line.waiting.pop_front();
                line.taken = true;
                return Some(Turn { queue: self, lets_others_in: line.is_due_a_pause() });
            }
            let Some(left) = deadline.checked_duration_since(Instant::now()).filter(|left| !left.is_zero()) else {
                line.waiting.retain(|(other, _)| *other != number);
                // The call may have come to us in this very moment.
                line.call_the_next();
                return None;
            };
            drop(line);
            std::thread::park_timeout(left);
            line = self.line();
        }
    }

    fn line(&self) -> MutexGuard<'_, Line> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Line {
    fn is_due_a_pause(&mut self) -> bool {
        let since = *self.busy_since.get_or_insert_with(Instant::now);
        let due = since.elapsed() >= COURTESY;
        if due {
            self.busy_since = None;
        }
        due
    }

    fn call_the_next(&self) {
        if !self.taken
            && let Some((_, thread)) = self.waiting.front()
        {
            thread.unpark();
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

    fn soon() -> Instant {
        Instant::now() + Duration::from_secs(60)
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
    fn api_who_gives_up_waiting_for_the_journal_holds_nobody_up() {
        let queue = Queue::default();
        std::thread::scope(|scope| {
            let turn = queue.wait(soon()).expect("nobody is here");
            assert!(queue.wait(Instant::now()).is_none(), "it is taken");
            let waits = scope.spawn(|| queue.wait(soon()).is_some());
            until_so_many_wait(&queue, 1);
            assert!(queue.wait(Instant::now() + Duration::from_millis(1)).is_none());
            drop(turn);
            assert!(waits.join().expect("no panic"));
        });
        assert!(queue.wait(Instant::now()).is_some(), "and it is free again");
    }
}
