//! Amounts as the shop's customers read them: 1 234,50 Kč, 1 234,50 EUR, 1,234.50 CZK.

use super::Language;
use crate::codes::Encoding;
use crate::money::Currency;

/// Keeps an amount on one line; in a code page of the printer it is a plain space.
const NO_BREAK: char = '\u{a0}';

/// The amount with its currency, or without one where none is known.
pub(crate) fn text(minor: i64, currency: Option<&str>, language: Language, encoding: Encoding) -> String {
    let exponent = currency.and_then(|code| Currency::parse(code).ok()).map_or(2, |known| known.exponent().into());
    let digits = format!("{:0>width$}", minor.unsigned_abs(), width = exponent + 1);
    let (whole, rest) = digits.split_at_checked(digits.len() - exponent).unwrap_or((&digits, ""));
    let (thousands, point) = match language {
        Language::Czech | Language::Slovak => (NO_BREAK, ','),
        Language::English => (',', '.'),
    };
    let mut text = if minor < 0 { String::from("-") } else { String::new() };
    text += &grouped(whole, thousands);
    if !rest.is_empty() {
        text.push(point);
        text += rest;
    }
    if let Some(code) = currency {
        text.push(NO_BREAK);
        text += symbol(code, language, encoding);
    }
    text
}

fn grouped(digits: &str, separator: char) -> String {
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// Terminals print the letters of ISO 4217; only the crown has a sign that everybody here expects, and plain ASCII has no č.
fn symbol(code: &str, language: Language, encoding: Encoding) -> &str {
    let crown = code == "CZK" && language != Language::English && encoding != Encoding::Ascii;
    if crown { "Kč" } else { code }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(minor: i64, currency: &str, language: Language) -> String {
        text(minor, Some(currency), language, Encoding::Utf8).replace(NO_BREAK, "_")
    }

    #[test]
    fn api_amounts_are_written_as_in_the_shop() {
        assert_eq!(shown(12550, "CZK", Language::Czech), "125,50_Kč");
        assert_eq!(shown(12550, "EUR", Language::Slovak), "125,50_EUR");
        assert_eq!(shown(123_456_789, "CZK", Language::Czech), "1_234_567,89_Kč");
        assert_eq!(shown(123_456_789, "CZK", Language::English), "1,234,567.89_CZK");
        assert_eq!(shown(-5, "CZK", Language::Czech), "-0,05_Kč");
        assert_eq!(shown(100_000, "XYZ", Language::Czech), "1_000,00_XYZ");
        assert_eq!(shown(i64::MIN, "EUR", Language::English), "-92,233,720,368,547,758.08_EUR");
        assert_eq!(text(99_999, None, Language::Czech, Encoding::Utf8), "999,99");
        assert_eq!(text(100, Some("CZK"), Language::Czech, Encoding::Ascii).replace(NO_BREAK, " "), "1,00 CZK");
    }
}
