//! What makes a sale recognizable: its authorization code, sequence number, card and time.

use serde::{Deserialize, Serialize};

/// The time of a terminal of which all sales have the same: Nov 23, 2026 14:39:37.
const ONE_TIME: i64 = 1_795_441_177;

/// A card of a test environment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Card {
    pub(crate) number: &'static str,
    pub(crate) brand: &'static str,
    pub(crate) label: &'static str,
    pub(crate) aid: &'static str,
    pub(crate) expiration: &'static str,
}

/// Numbers that are printed in public documents for testing; nobody owns such a card.
const CARDS: [Card; 4] = [
    Card { number: "9703481234533910", brand: "VISA", label: "VISA DEBIT", aid: "A0000000031010", expiration: "2912" },
    Card {
        number: "5413330089020011",
        brand: "MASTERCARD",
        label: "MASTERCARD",
        aid: "A0000000041010",
        expiration: "3006",
    },
    Card { number: "4111111111111111", brand: "VISA", label: "VISA CREDIT", aid: "A0000000031010", expiration: "3103" },
    Card { number: "6759649826438453", brand: "MAESTRO", label: "MAESTRO", aid: "A0000000043060", expiration: "2811" },
];

impl Card {
    /// The first six and the last four digits.
    pub(crate) fn masked(&self) -> String {
        let (first, last) = (self.number.get(..6).unwrap_or_default(), self.number.get(12..).unwrap_or_default());
        format!("{first}******{last}")
    }
}

/// What makes one transaction recognizable.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Slip {
    /// Counted from 0 over all transactions.
    pub(crate) number: u64,
    /// Whose card it was, counted like `number`: a reversal goes back to the card of its original.
    pub(crate) card: u64,
    /// Seconds since 1970.
    pub(crate) time: i64,
}

impl Slip {
    pub(crate) fn new(number: u64) -> Self {
        Self { number, card: number, time: 0 }
    }

    /// Six digits, other ones for each of the first 900 000 transactions.
    pub(crate) fn auth_code(&self, own: bool) -> String {
        (100_000 + place(if own { self.number } else { 0 })).to_string()
    }

    pub(crate) fn sequence_number(&self, own: bool) -> String {
        format!("001{:06}", (1_614 + if own { self.number % 1_000_000 } else { 0 }) % 1_000_000)
    }

    pub(crate) fn card(&self, own: bool) -> Card {
        let count = u64::try_from(CARDS.len()).unwrap_or(1);
        let place = if own { self.card % count } else { 0 };
        usize::try_from(place).ok().and_then(|place| CARDS.get(place)).copied().unwrap_or(CARDS[0])
    }

    pub(crate) fn time(&self, own: bool) -> i64 {
        if own { self.time } else { ONE_TIME }
    }
}

/// Numbers below 900 000 in an order in which neighbours are far apart.
fn place(number: u64) -> u64 {
    (14_546 + number % 900_000 * 7_919) % 900_000
}

#[cfg(test)]
mod tests {
    use super::{Slip, place};

    #[test]
    fn unit_codes_and_sequence_numbers_repeat_only_after_very_many_sales() {
        let mut seen = vec![false; 900_000];
        for number in 0..900_000 {
            let place = usize::try_from(place(number)).expect("it is small");
            assert!(!std::mem::replace(&mut seen[place], true), "{number}");
        }
        for number in [0, 1, 899_999, 900_000, u64::MAX] {
            let slip = Slip::new(number);
            assert_eq!((slip.auth_code(true).len(), slip.sequence_number(true).len()), (6, 9), "{number}");
        }
        assert_ne!(Slip::new(0).sequence_number(true), Slip::new(1).sequence_number(true));
        assert_eq!(Slip::new(7).auth_code(false), Slip::new(8).auth_code(false));
    }

    #[test]
    fn unit_neighbours_are_paid_with_other_cards_and_no_card_is_whole() {
        let masked = |number| Slip::new(number).card(true).masked();
        assert!((0..20).all(|number| masked(number) != masked(number + 1)));
        assert!((0..20).all(|number| masked(number).len() == 16 && masked(number).contains("******")));
        assert_eq!(Slip::new(3).card(false).masked(), "970348******3910");
    }
}
