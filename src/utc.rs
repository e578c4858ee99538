//! Wall-clock time as the journal keeps it: UTC seconds, written as 2026-11-23T09:41:00Z. Waits use the monotonic clock, never this one.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::os::{self, LocalTime};
use crate::testing;

pub(crate) const DAY: i64 = 86_400;
/// Days in 400 years.
const ERA: i64 = 146_097;
/// Days from 1 March of the year 0 to 1970-01-01.
const FROM_MARCH_0000: i64 = 719_468;

/// Seconds since 1970, UTC; negative before it.
pub(crate) fn now() -> i64 {
    testing::clock_offset() + since_1970()
}

fn since_1970() -> i64 {
    match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
        Err(before) => -i64::try_from(before.duration().as_secs()).unwrap_or(i64::MAX),
    }
}

/// True if both moments are on the same day by the clock of the shop. False if the system cannot tell.
pub(crate) fn is_same_local_day(one: i64, other: i64) -> bool {
    let day = |seconds| os::local_time(seconds).map(|time| time.day);
    day(one).is_some_and(|same| Some(same) == day(other))
}

/// The seconds as text.
pub(crate) fn text(seconds: i64) -> String {
    let (year, month, day) = date(seconds.div_euclid(DAY));
    let time = seconds.rem_euclid(DAY);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", time / 3600, time / 60 % 60, time % 60)
}

/// The seconds for people, by the clock of the shop: 2026-11-23 10:41 in English, else 23.11.2026 10:41. UTC, and so marked, if the system
/// cannot tell.
pub(crate) fn local_text(seconds: i64, english: bool) -> String {
    let Some(LocalTime { day: (year, month, day), hour, minute }) = os::local_time(seconds) else {
        return text(seconds);
    };
    if english {
        format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}")
    } else {
        format!("{day}.{month}.{year} {hour:02}:{minute:02}")
    }
}

/// The seconds of a text that [`text`] has written.
fn parse(text: &str) -> Option<i64> {
    let number = |from, to| text.get(from..to)?.parse::<i64>().ok();
    let day = day_of(number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let seconds = day * DAY + number(11, 13)? * 3600 + number(14, 16)? * 60 + number(17, 19)?;
    (self::text(seconds) == text).then_some(seconds)
}

/// For serde: times are written as text, for whoever reads the file.
#[allow(clippy::trivially_copy_pass_by_ref)] // What serde asks for.
pub(crate) fn serialize<S: serde::Serializer>(seconds: &i64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&text(*seconds))
}

/// For serde.
pub(crate) fn deserialize<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    let text = <String as serde::Deserialize>::deserialize(deserializer)?;
    parse(&text).ok_or_else(|| serde::de::Error::custom(format!("{text} is no time")))
}

/// Year, month and day of a day counted from 1970-01-01, in the Gregorian calendar.
///
/// Years are taken to begin in March, so that the leap day is the last one, and are counted in eras of 400 years, which repeat exactly.
fn date(day: i64) -> (i64, i64, i64) {
    let from_march_0000 = day + FROM_MARCH_0000;
    let (era, of_era) = (from_march_0000.div_euclid(ERA), from_march_0000.rem_euclid(ERA));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * of_year + 2) / 153;
    let day_of_month = of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    (era * 400 + year_of_era + i64::from(month <= 2), month, day_of_month)
}

/// The way back: the day, counted from 1970-01-01, of a date.
fn day_of(year: i64, month: i64, day: i64) -> i64 {
    let march_year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (march_year.div_euclid(400), march_year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * ERA + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year - FROM_MARCH_0000
}

#[cfg(test)]
mod tests {
    use super::{parse, text};

    #[test]
    fn api_a_time_that_was_written_is_read_back() {
        for seconds in [0, 1, 951_782_399, 951_782_400, 1_795_426_860, 4_102_444_799, 7_258_118_400, -1] {
            assert_eq!(parse(&text(seconds)), Some(seconds), "{}", text(seconds));
        }
        for day in 0..60_000 {
            assert_eq!(parse(&text(day * 86_400)), Some(day * 86_400));
        }
        for wrong in [
            "",
            "2026-11-23",
            "2026-13-01T00:00:00Z",
            "2026-02-30T00:00:00Z",
            "2026-11-23T09:41:00+01",
            "žluťoučký kůň pěl ód",
        ] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn api_times_are_written_in_utc() {
        assert_eq!(text(0), "1970-01-01T00:00:00Z");
        assert_eq!(text(1_795_426_860), "2026-11-23T09:41:00Z");
        assert_eq!(text(951_782_399), "2000-02-28T23:59:59Z");
        assert_eq!(text(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(text(4_102_444_799), "2099-12-31T23:59:59Z");
        assert_eq!(text(-1), "1969-12-31T23:59:59Z");
    }
}
