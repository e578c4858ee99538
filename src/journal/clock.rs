//! The journal's own clock: how much time has gone by according to its lines. The clock of a register may be wrong for
//! a sale or a week, and no sale may be forgotten early because of that.

use crate::utc::DAY;

/// The median of so many lines is one time, so that a few wrong ones do not move it.
const LINES: usize = 101;
/// The longest retention. A longer jump is a clock that was set, or a shop that was closed: remembering its sales
/// longer does no harm.
pub(super) const BELIEVED: i64 = 400 * DAY;

#[derive(Clone, Debug, Default)]
pub(super) struct Clock {
    times: Vec<i64>,
    /// The last time that was told.
    at: Option<i64>,
    elapsed: i64,
}

impl Clock {
    /// A line was written at this time.
    pub(super) fn note(&mut self, time: i64) {
        self.times.push(time);
        if self.times.len() == LINES {
            self.times.sort_unstable();
            if let Some(median) = self.times.get(LINES / 2).copied() {
                self.move_to(median);
            }
            self.times.clear();
        }
    }

    fn move_to(&mut self, time: i64) {
        let gone = self.at.map_or(0, |at| time.saturating_sub(at));
        let believed = (-BELIEVED..=BELIEVED).contains(&gone);
        if believed {
            self.elapsed += gone.max(0);
        }
        // A clock that was set back a little, as in a folder whose registers disagree, does not move it back.
        if self.at.is_none() || gone > 0 || !believed {
            self.at = Some(time);
        }
    }

    /// Seconds since the first line; never too many.
    pub(super) fn elapsed(&self) -> i64 {
        self.elapsed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The days that have gone by after so many lines at each of these days.
    fn days(lines: &[(usize, i64)]) -> i64 {
        let mut clock = Clock::default();
        for (count, day) in lines {
            (0..*count).for_each(|_| clock.note(day * DAY));
        }
        clock.elapsed() / DAY
    }

    #[test]
    fn api_time_goes_by_as_the_lines_tell_and_jumps_are_not_believed() {
        const MANY: usize = 5 * LINES;
        assert_eq!(days(&[(MANY, 0), (MANY, 69)]), 69);
        assert_eq!(days(&[(MANY, 0), (50, 5_000), (MANY, 1)]), 1, "a few lines");
        assert_eq!(days(&[(MANY, 0), (MANY, 26_645), (MANY, 1), (MANY, 3)]), 2, "a week in 2099");
        assert_eq!(days(&[(MANY, 0), (MANY, -5_840), (MANY, 1), (MANY, 3)]), 2, "a week in 2010");
        assert_eq!(days(&[(MANY, 0), (MANY, 10), (MANY, 9), (MANY, 10), (MANY, 9), (MANY, 11)]), 11, "two registers");
        assert_eq!(days(&[(MANY, 0), (MANY, 365)]), 365, "a shop that was closed");
    }
}
