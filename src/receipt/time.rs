//! When it was: the terminal's own clock where it told the time, without a zone, else ours in UTC.

use crate::utc;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `Jul 16, 2020 14:39:37` and `Jul 16, 2020 2:39:37 PM` become 16.7.2020 14:39, milliseconds since 1970 become 16.7.2020 12:39 UTC; anything else stays as the terminal wrote it.
pub(super) fn of_terminal(text: &str) -> String {
    us_style(text).or_else(|| epoch(text)).unwrap_or_else(|| text.into())
}

/// `2026-11-23T09:41:00Z`, as an outcome writes it, becomes 23.11.2026 09:41 UTC.
pub(super) fn of_utc(text: &str) -> String {
    iso(text).unwrap_or_else(|| text.into())
}

fn us_style(text: &str) -> Option<String> {
    let mut words = text.split_whitespace();
    let (month, day, year, clock) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    let day = number(day.strip_suffix(',')?, 31)?;
    let year = number(year, 9999)?;
    let half = words.next();
    words.next().is_none().then_some(())?;
    Some(format!("{day}.{month}.{year} {}", hours_and_minutes(clock, half)?))
}

/// Milliseconds since 1970, as some terminals write a time (1.5): 12 or 13 digits, which is 1973 to 2286.
fn epoch(text: &str) -> Option<String> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let milliseconds: i64 = text.parse().ok().filter(|_| digits && matches!(text.len(), 12 | 13))?;
    iso(&utc::text(milliseconds / 1_000))
}

fn iso(text: &str) -> Option<String> {
    let (date, clock) = text.strip_suffix('Z')?.split_once('T')?;
    let mut parts = date.splitn(3, '-');
    let (year, month, day) = (number(parts.next()?, 9999)?, number(parts.next()?, 12)?, number(parts.next()?, 31)?);
    Some(format!("{day}.{month}.{year} {} UTC", hours_and_minutes(clock, None)?))
}

/// `half`: AM or PM, where the clock has twelve hours.
fn hours_and_minutes(clock: &str, half: Option<&str>) -> Option<String> {
    let mut parts = clock.split(':');
    let (hours, minutes) = (number(parts.next()?, 23)?, number(parts.next()?, 59)?);
    number(parts.next()?, 60)?;
    parts.next().is_none().then_some(())?;
    let hours = match (half, hours) {
        (None, hours) => hours,
        (Some("AM"), hours @ 1..=12) => hours % 12,
        (Some("PM"), hours @ 1..=12) => hours % 12 + 12,
        (Some(_), _) => return None,
    };
    Some(format!("{hours:02}:{minutes:02}"))
}

/// Digits only: `parse` would take a sign.
fn number(text: &str, most: u16) -> Option<u16> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| digits && *number <= most)
}

#[cfg(test)]
mod tests {
    use super::{of_terminal, of_utc};

    #[test]
    fn api_times_are_written_day_first() {
        assert_eq!(of_terminal("Jul 16, 2020 14:39:37"), "16.7.2020 14:39");
        assert_eq!(of_terminal("Jan 1, 2027 00:00:00"), "1.1.2027 00:00");
        for (clock, expected) in
            [("2:39:37 PM", "14:39"), ("12:05:00 AM", "00:05"), ("12:05:00 PM", "12:05"), ("11:59:59 AM", "11:59")]
        {
            assert_eq!(of_terminal(&format!("Jul 16, 2020 {clock}")), format!("16.7.2020 {expected}"));
        }
        assert_eq!(of_terminal("1795441177000"), "23.11.2026 13:39 UTC");
        assert_eq!(of_utc("2026-11-23T09:41:00Z"), "23.11.2026 09:41 UTC");
    }

    #[test]
    fn api_a_time_of_another_shape_stays_as_it_is() {
        for text in [
            "",
            "Jul 16, 2020 14:39:37 PM",
            "Jul 16, 2020 0:39:37 AM",
            "Jul 16, 2020 2:39:37 pm",
            "Jul 16, 2020",
            "Jul 32, 2020 14:39:37",
            "čvc 16, 2020 14:39:37",
            "Jul 16 2020 14:39:37",
            "Jul +6, 2020 14:39:37",
            "Jul 16, 2020 24:39:37",
            "16.07.2020 14:39:37",
        ] {
            assert_eq!(of_terminal(text), text);
        }
        assert_eq!(of_utc("yesterday"), "yesterday");
    }
}
