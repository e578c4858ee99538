//! The terminal's clock: Central European time, and no two sales at the same second.

use std::time::{SystemTime, UNIX_EPOCH};

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Seconds since 1970.
pub(crate) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or_default()
}

/// A point in time as a clock on the wall shows it in Prague.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Wall {
    year: i64,
    month: i64,
    day: i64,
    second_of_day: i64,
}

/// The day as year, month and day, in the Gregorian calendar (the algorithm of Howard Hinnant, days from 1970).
fn date(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let (day, month) = (of_year - (153 * from_march + 2) / 5 + 1, (from_march + 2) % 12 + 1);
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// Whether it is summer time: from the last Sunday of March to that of October, at 1:00 of universal time.
fn is_summer(seconds: i64) -> bool {
    let days = seconds.div_euclid(86_400);
    let (_, month, day) = date(days);
    let weekday = (days + 4).rem_euclid(7);
    // The first moment of the last Sunday has come when no Sunday of the month is left, or it is today after 1:00.
    let last_sunday_has_come =
        if weekday == 0 { day > 24 && seconds.rem_euclid(86_400) >= 3_600 } else { day - weekday > 24 };
    match month {
        4..=9 => true,
        3 => last_sunday_has_come,
        10 => !last_sunday_has_come,
        _ => false,
    }
}

fn wall(seconds: i64) -> Wall {
    let local = seconds + if is_summer(seconds) { 7_200 } else { 3_600 };
    let (year, month, day) = date(local.div_euclid(86_400));
    Wall { year, month, day, second_of_day: local.rem_euclid(86_400) }
}

/// `Nov 23, 2026 14:39:37`, or `Nov 23, 2026 2:39:37 PM`.
pub(crate) fn written(seconds: i64, half_days: bool) -> String {
    let Wall { year, month, day, second_of_day } = wall(seconds);
    let month = usize::try_from(month - 1).ok().and_then(|at| MONTHS.get(at)).copied().unwrap_or_default();
    let (hour, minute, second) = (second_of_day / 3_600, second_of_day / 60 % 60, second_of_day % 60);
    if half_days {
        let (twelve, half) = ((hour + 11) % 12 + 1, if hour < 12 { "AM" } else { "PM" });
        format!("{month} {day}, {year} {twelve}:{minute:02}:{second:02} {half}")
    } else {
        format!("{month} {day}, {year} {hour:02}:{minute:02}:{second:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn unit_times_are_those_of_a_clock_in_prague() {
        let rows = [
            (0, "Jan 1, 1970 01:00:00", "Jan 1, 1970 1:00:00 AM"),
            (1_795_441_177, "Nov 23, 2026 14:39:37", "Nov 23, 2026 2:39:37 PM"),
            (1_594_903_177, "Jul 16, 2020 14:39:37", "Jul 16, 2020 2:39:37 PM"),
            (1_774_745_999, "Mar 29, 2026 01:59:59", "Mar 29, 2026 1:59:59 AM"),
            (1_774_746_000, "Mar 29, 2026 03:00:00", "Mar 29, 2026 3:00:00 AM"),
            (1_792_889_999, "Oct 25, 2026 02:59:59", "Oct 25, 2026 2:59:59 AM"),
            (1_792_890_000, "Oct 25, 2026 02:00:00", "Oct 25, 2026 2:00:00 AM"),
            (1_709_161_200, "Feb 29, 2024 00:00:00", "Feb 29, 2024 12:00:00 AM"),
            (1_790_805_600, "Oct 1, 2026 00:00:00", "Oct 1, 2026 12:00:00 AM"),
            (1_798_716_600, "Dec 31, 2026 12:30:00", "Dec 31, 2026 12:30:00 PM"),
        ];
        for (seconds, hours, half_days) in rows {
            assert_eq!(
                (written(seconds, false), written(seconds, true)),
                (hours.into(), half_days.into()),
                "{seconds}"
            );
        }
    }
}
