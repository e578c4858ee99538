//! What support needs to see, told to the host's callback and to nobody else. Every line is masked on its way out.

use std::sync::{Arc, Mutex, PoisonError};

use crate::mask;

/// How much a line matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    Problem = 1,
    Decision = 2,
    Exchange = 3,
}

impl Level {
    pub(crate) const fn number(self) -> i32 {
        self as i32
    }
}

/// Where lines go.
pub(crate) type Sink = Box<dyn Fn(Level, &str) + Send + Sync>;

struct Log {
    sink: Option<Arc<Sink>>,
    level: u8,
}

static LOG: Mutex<Log> = Mutex::new(Log { sink: None, level: 0 });

/// Sets or removes the one sink of the process.
pub(crate) fn set(sink: Option<Sink>, level: u8) {
    *LOG.lock().unwrap_or_else(PoisonError::into_inner) = Log { sink: sink.map(Arc::new), level };
}

pub(crate) fn problem(line: &str) {
    tell(Level::Problem, || line.into());
}

pub(crate) fn decision(line: impl FnOnce() -> String) {
    tell(Level::Decision, line);
}

pub(crate) fn exchange(line: impl FnOnce() -> String) {
    tell(Level::Exchange, line);
}

fn tell(level: Level, line: impl FnOnce() -> String) {
    // The sink is code of the host. It runs outside the lock, because it may take its time or call cgt_log_set.
    let sink = {
        let log = LOG.lock().unwrap_or_else(PoisonError::into_inner);
        log.sink.clone().filter(|_| level as u8 <= log.level)
    };
    if let Some(sink) = sink {
        sink(level, &mask::card_numbers(&line()));
    }
}
