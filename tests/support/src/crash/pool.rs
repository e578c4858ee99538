//! Many cases at a time: they wait much and work little.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The answers stand in the order of the questions.
pub fn each<Q: Sync, A: Send>(jobs: usize, questions: &[Q], answer: impl Fn(&Q) -> A + Sync) -> Vec<A> {
    let next = AtomicUsize::new(0);
    let answers: Vec<Mutex<Option<A>>> = questions.iter().map(|_| Mutex::new(None)).collect();
    std::thread::scope(|scope| {
        for _ in 0..jobs.min(questions.len()) {
            scope.spawn(|| {
                while let Some((question, place)) = at(&next, questions, &answers) {
                    let found = answer(question);
                    *place.lock().expect("no case panics here") = Some(found);
                }
            });
        }
    });
    answers.into_iter().map(|place| place.into_inner().expect("no case panics").expect("each is answered")).collect()
}

fn at<'a, Q, A>(next: &AtomicUsize, questions: &'a [Q], answers: &'a [A]) -> Option<(&'a Q, &'a A)> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    questions.get(at).zip(answers.get(at))
}
