//! Money: whole minor units and a currency. No floating point anywhere.

use crate::codes::Code;
use crate::error::Error;

/// The largest amount the terminal's interface has room for: 12 digits.
const LARGEST: i64 = 999_999_999_999;

/// A currency of ISO 4217.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Currency {
    alpha: &'static str,
    numeric: u16,
    exponent: u8,
}

/// Comgate's terminals take CZK and EUR; other brands of the same payment app use the rest.
const CURRENCIES: &[Currency] = &[
    Currency::new("CZK", 203, 2),
    Currency::new("EUR", 978, 2),
    Currency::new("BGN", 975, 2),
    Currency::new("CHF", 756, 2),
    Currency::new("GBP", 826, 2),
    Currency::new("HUF", 348, 2),
    Currency::new("PLN", 985, 2),
    Currency::new("RON", 946, 2),
    Currency::new("USD", 840, 2),
];

impl Currency {
    const fn new(alpha: &'static str, numeric: u16, exponent: u8) -> Self {
        Self { alpha, numeric, exponent }
    }

    /// Reads letters ("CZK") or digits ("203").
    pub fn parse(text: &str) -> Result<Self, Error> {
        CURRENCIES.iter().find(|currency| currency.alpha == text || currency.digits() == text).copied().ok_or_else(
            || {
                let known: Vec<&str> = CURRENCIES.iter().map(|currency| currency.alpha).collect();
                Error::new(Code::Currency, format!("currency: \"{text}\" is not known; known are {}", known.join(", ")))
            },
        )
    }

    /// The currency that a terminal calls so, by letters or digits.
    pub(crate) fn called(text: &str) -> Option<Self> {
        CURRENCIES.iter().find(|currency| currency.is_called(text)).copied()
    }

    /// The letters, such as "CZK".
    pub fn alpha(self) -> &'static str {
        self.alpha
    }

    /// The number, such as 203.
    pub fn numeric(self) -> u16 {
        self.numeric
    }

    /// How many digits of an amount stand behind the decimal point.
    pub fn exponent(self) -> u8 {
        self.exponent
    }

    fn digits(self) -> String {
        format!("{:03}", self.numeric)
    }

    /// True when the text names this currency, by letters or digits; how the terminal writes it is not certain.
    pub(crate) fn is_called(self, text: &str) -> bool {
        text.eq_ignore_ascii_case(self.alpha) || text.parse() == Ok(self.numeric)
    }
}

/// An amount of money to be moved: at least one minor unit, at most 12 digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Amount {
    minor: i64,
    currency: Currency,
}

impl Amount {
    /// An amount in minor units: `Amount::new(12550, Currency::parse("CZK")?)` is 125.50 CZK.
    pub fn new(minor: i64, currency: Currency) -> Result<Self, Error> {
        if !(1..=LARGEST).contains(&minor) {
            return Err(Error::new(
                Code::Amount,
                format!("amount: {minor} is not allowed; 1 to {LARGEST} minor units are (12550 is 125.50)"),
            ));
        }
        Ok(Self { minor, currency })
    }

    /// The same from the currency's letters or digits.
    pub fn parse(minor: i64, currency: &str) -> Result<Self, Error> {
        Self::new(minor, Currency::parse(currency)?)
    }

    /// Minor units.
    pub fn minor(self) -> i64 {
        self.minor
    }

    /// The currency.
    pub fn currency(self) -> Currency {
        self.currency
    }
}

impl std::fmt::Display for Amount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let unit = 10_i64.pow(u32::from(self.currency.exponent));
        let width = usize::from(self.currency.exponent);
        write!(f, "{}.{:0width$} {}", self.minor / unit, self.minor % unit, self.currency.alpha)
    }
}
