//! When to poll next: soon after a change on the screen, otherwise calmly, and more slowly for a slow terminal.

use std::time::{Duration, Instant};

use crate::patience::{EXCITEMENT, QUICK_POLL};

#[derive(Debug)]
pub(super) struct Pace {
    calm: Duration,
    text: Option<String>,
    changed: Option<Instant>,
    due: Instant,
}

impl Pace {
    pub(super) fn new(calm: Duration) -> Self {
        Self { calm, text: None, changed: None, due: Instant::now() }
    }

    pub(super) fn due(&self) -> Instant {
        self.due
    }

    pub(super) fn at_once(&mut self) {
        self.due = Instant::now();
    }

    /// Polls again after at most `limit`.
    pub(super) fn within(&mut self, limit: Duration) {
        self.due = Instant::now() + limit.min(self.calm);
    }

    /// Notes the text on the screen. The first one is no change.
    pub(super) fn saw(&mut self, text: &str) {
        match &self.text {
            Some(before) if before == text => return,
            Some(_) => self.changed = Some(Instant::now()),
            None => {}
        }
        self.text = Some(text.into());
    }

    /// The last exchange began at `began` and is over.
    pub(super) fn asked(&mut self, began: Instant) {
        let now = Instant::now();
        let excited = self.changed.is_some_and(|changed| now.duration_since(changed) < EXCITEMENT);
        let interval = if excited { QUICK_POLL.min(self.calm) } else { self.calm };
        self.due = now + interval.max(now.duration_since(began));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval_after(texts: &[&str], calm: u64) -> Duration {
        let mut pace = Pace::new(Duration::from_millis(calm));
        for text in texts {
            pace.saw(text);
        }
        pace.asked(Instant::now());
        pace.due().duration_since(Instant::now())
    }

    #[test]
    fn api_a_change_of_text_is_followed_more_closely_than_none() {
        let (calm, quick) = (Duration::from_millis(400), QUICK_POLL);
        assert!(interval_after(&[], 500) > calm);
        assert!(interval_after(&["Vložte kartu", "Vložte kartu"], 500) > calm);
        assert!(interval_after(&["Vložte kartu", "Zadejte PIN"], 500) <= quick);
        assert!(interval_after(&["a", "b"], 100) <= Duration::from_millis(100));
    }
}
