//! What a sale came to in money: a part of what was asked for, a tip that only shows in the sum, another currency.

use super::attempt::Attempt;
use super::record::Intent;
use crate::codes::Kind;
use crate::money::Currency;
use crate::protocol::Settlement;

impl Intent {
    /// What was charged, where that is less than was asked for.
    pub(crate) fn part_in(&self, settlement: &Settlement) -> Option<i64> {
        let amount = settlement.amount.filter(|amount| (1..self.amount).contains(amount))?;
        let other = settlement.currency.as_deref().is_some_and(|named| !self.is_in(named));
        (is_sale(self.kind) && !other).then_some(amount)
    }

    /// True if this part was accepted before the start. A tip beside it would leave open how much of the sale is paid.
    pub(crate) fn accepts_part(&self, settlement: &Settlement) -> bool {
        let names_currency = settlement.currency.is_some();
        let without_tip = settlement.tip.unwrap_or_default() == 0;
        self.accept_partial && names_currency && without_tip && self.part_in(settlement).is_some()
    }

    /// The tip, where the terminal names none and has charged more, within the limit that was set before the start.
    pub(crate) fn tip_in_sum(&self, settlement: &Settlement) -> Option<i64> {
        let more = settlement.amount?.checked_sub(self.amount).filter(|more| *more > 0)?;
        let is_ours = settlement.currency.as_deref().is_some_and(|named| self.is_in(named));
        let within = more.checked_mul(100)? <= self.amount.checked_mul(self.tip_limit.into())?;
        (is_sale(self.kind) && is_ours && within && settlement.tip.is_none()).then_some(more)
    }

    /// The currency of the charge, where the terminal names another one than was asked for: its letters, or its own word if it is not known.
    pub(crate) fn other_currency(&self, settlement: &Settlement) -> Option<String> {
        let named = settlement.currency.as_deref().filter(|named| !self.currency.is_empty() && !self.is_in(named))?;
        Some(Currency::called(named).map_or_else(|| named.to_owned(), |currency| currency.alpha().to_owned()))
    }

    /// True if the terminal names the currency of this intent, by letters or digits.
    pub(crate) fn is_in(&self, named: &str) -> bool {
        Currency::parse(&self.currency).map_or(named == self.currency, |currency| currency.is_called(named))
    }
}

impl Attempt {
    /// The currency in which the customer has paid.
    pub(crate) fn paid_currency(&self) -> String {
        let other = self.settlement().and_then(|settlement| self.intent.other_currency(settlement));
        other.unwrap_or_else(|| self.intent.currency.clone())
    }
}

/// Whether a customer pays: only then there are part payments and tips.
fn is_sale(kind: Kind) -> bool {
    match kind {
        Kind::Payment | Kind::Moto => true,
        Kind::Refund
        | Kind::Reversal
        | Kind::Closing
        | Kind::Other
        | Kind::Preauth
        | Kind::PreauthCompletion
        | Kind::PreauthCancel => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sale(tip_limit: u8) -> Intent {
        Intent { amount: 12550, currency: "CZK".into(), tip_limit, ..Intent::unknown(0, "1", "a-1") }
    }

    fn charged(amount: i64, currency: &str) -> Settlement {
        Settlement { amount: Some(amount), currency: Some(currency.into()), ..Settlement::default() }
    }

    #[test]
    fn api_a_part_is_less_in_the_same_currency_and_never_nothing() {
        assert_eq!(sale(0).part_in(&charged(10000, "203")), Some(10000));
        assert_eq!(sale(0).part_in(&charged(1, "CZK")), Some(1));
        for (amount, currency) in [(0, "203"), (-1, "203"), (12550, "203"), (12551, "203"), (10000, "978")] {
            assert_eq!(sale(0).part_in(&charged(amount, currency)), None, "{amount} {currency}");
        }
        let refund = Intent { kind: Kind::Refund, ..sale(0) };
        assert_eq!(refund.part_in(&charged(10000, "203")), None, "only a customer pays in part");
    }

    #[test]
    fn api_a_tip_shows_in_the_sum_up_to_its_limit() {
        assert_eq!(sale(10).tip_in_sum(&charged(13805, "203")), Some(1255));
        assert_eq!(sale(100).tip_in_sum(&charged(25100, "203")), Some(12550));
        for (limit, amount, currency) in
            [(10, 13806, "203"), (0, 12551, "203"), (10, 12550, "203"), (10, 12000, "203"), (10, 12551, "978")]
        {
            assert_eq!(sale(limit).tip_in_sum(&charged(amount, currency)), None, "{limit} {amount} {currency}");
        }
        let named = Settlement { tip: Some(0), ..charged(12551, "203") };
        assert_eq!(sale(10).tip_in_sum(&named), None, "the terminal says that there is no tip");
        assert_eq!(sale(100).tip_in_sum(&charged(i64::MAX, "203")), None, "an overflow is no tip");
    }

    #[test]
    fn api_another_currency_is_named_by_its_letters() {
        assert_eq!(sale(0).other_currency(&charged(1, "978")).as_deref(), Some("EUR"));
        assert_eq!(sale(0).other_currency(&charged(1, "999")).as_deref(), Some("999"));
        assert_eq!(sale(0).other_currency(&charged(1, "203")), None);
        assert_eq!(sale(0).other_currency(&Settlement::default()), None);
    }
}
