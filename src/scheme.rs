//! The card scheme: as the terminal names it, else by the card's application.

/// Registered application providers (ISO/IEC 7816-5: the first five bytes of an AID), and applications that carry a brand of their own.
/// The first entry that the AID begins with counts.
const PROVIDERS: &[(&str, &str)] = &[
    ("A0000000043060", "Maestro"),
    ("A000000004", "Mastercard"),
    ("A0000000032010", "Visa Electron"),
    ("A0000000032020", "V PAY"),
    ("A000000003", "Visa"),
    ("A000000025", "American Express"),
    ("A000000065", "JCB"),
    ("A000000152", "Discover / Diners Club"),
    ("A000000324", "Discover"),
    ("A000000333", "UnionPay"),
];

/// The name of the scheme: the brand, else the application's label, else the provider that the AID is registered to.
pub(crate) fn name(brand: Option<&str>, app_label: Option<&str>, aid: Option<&str>) -> Option<String> {
    let said = |text: Option<&str>| text.map(str::trim).filter(|text| !text.is_empty()).map(ToString::to_string);
    said(brand).or_else(|| said(app_label)).or_else(|| provider(aid?).map(ToString::to_string))
}

fn provider(aid: &str) -> Option<&'static str> {
    let digits: String = aid.chars().filter(|character| !character.is_whitespace()).collect();
    let digits = digits.to_ascii_uppercase();
    PROVIDERS.iter().find(|(start, _)| digits.starts_with(start)).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::{PROVIDERS, name};

    #[test]
    fn api_the_scheme_is_what_the_terminal_calls_it() {
        assert_eq!(name(Some("VISA"), Some("Visa Debit"), Some("A0000000041010")).as_deref(), Some("VISA"));
        assert_eq!(name(Some(" "), Some("Visa Debit"), Some("A0000000041010")).as_deref(), Some("Visa Debit"));
    }

    #[test]
    fn api_a_scheme_that_nobody_names_is_told_by_the_aid() {
        for (aid, scheme) in [
            ("A0000000041010", "Mastercard"),
            ("A0000000043060", "Maestro"),
            ("A0000000031010", "Visa"),
            ("A0000000032010", "Visa Electron"),
            ("a0 00 00 00 25 01 07 01", "American Express"),
            ("A0000000651010", "JCB"),
            ("A0000001523010", "Discover / Diners Club"),
        ] {
            assert_eq!(name(None, Some(""), Some(aid)).as_deref(), Some(scheme), "{aid}");
        }
        assert_eq!(name(None, None, Some("A0000009990000")), None);
        assert_eq!(name(None, None, None), None);
    }

    #[test]
    fn api_an_application_of_its_own_stands_before_its_provider() {
        for (place, (aid, scheme)) in PROVIDERS.iter().enumerate() {
            assert!(
                !PROVIDERS.iter().take(place).any(|(earlier, _)| aid.starts_with(earlier)),
                "{scheme} is never reached"
            );
        }
    }
}
