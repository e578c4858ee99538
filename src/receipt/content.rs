//! What stands on a receipt, from top to bottom.

use crate::codes::{Advice, Kind, ReceiptCopy, Verdict};
use crate::outcome::{AdviceNames, Language, advice_text, amount_text};

use super::page::Page;
use super::phrases::{self, Phrase};
use super::slip::Slip;
use super::{ReceiptForm, time};

/// Writes the whole receipt.
pub(super) fn write(page: &mut Page, slip: &Slip, form: &ReceiptForm, language: Language) {
    let mut writer = Writer { page, slip, form, language };
    writer.marks();
    writer.verdict();
    match (slip.verdict, slip.kind) {
        (Verdict::Unknown, _) => writer.what_to_look_for(),
        (_, Kind::Closing) => writer.totals(),
        (
            _,
            Kind::Payment
            | Kind::Refund
            | Kind::Reversal
            | Kind::Other
            | Kind::Preauth
            | Kind::PreauthCompletion
            | Kind::PreauthCancel
            | Kind::Moto,
        ) => writer.transaction(),
    }
    writer.end();
}

struct Writer<'a> {
    page: &'a mut Page,
    slip: &'a Slip,
    form: &'a ReceiptForm,
    language: Language,
}

impl Writer<'_> {
    /// The marks at the top.
    fn marks(&mut self) {
        self.simulator();
        if self.form.reprint {
            self.centred(phrases::REPRINT);
        }
    }

    /// At the top and at the bottom, so that no half of a torn slip passes for a receipt.
    fn simulator(&mut self) {
        if self.slip.simulated != 0 {
            self.centred(phrases::SIMULATOR);
        }
    }

    fn verdict(&mut self) {
        let slip = self.slip;
        if slip.was_reversed() {
            self.centred(phrases::reversed(slip.kind));
        } else {
            self.centred(phrases::title(slip.kind, slip.verdict));
            if let Some(consequence) = phrases::consequence(slip.kind, slip.verdict) {
                self.centred(consequence);
            }
        }
        if slip.signature_accepted == Some(0) {
            self.centred(phrases::SIGNATURE_DIFFERS);
        }
        if slip.resolved != 0 {
            self.centred(phrases::BY_A_PERSON);
        }
        // Totals, and the note about an unknown outcome, are for the shop only.
        if slip.kind != Kind::Closing && slip.verdict != Verdict::Unknown {
            self.centred(phrases::whose(self.form.copy));
        }
    }

    fn transaction(&mut self) {
        self.page.gap();
        self.amounts();
        self.page.gap();
        self.card();
        self.where_and_when();
        self.text(phrases::MESSAGE, self.slip.response_message.as_deref());
        self.money(phrases::BALANCE, self.slip.available_balance);
        self.signature();
    }

    /// With a tip: what was asked for, the tip, and the sum where the terminal's figure is that sum. Of other money: what was asked for
    /// stands above it.
    fn amounts(&mut self) {
        let slip = self.slip;
        let approved = slip.verdict == Verdict::Approved || slip.was_reversed();
        if approved && slip.is_of_other_money() && slip.amount_approved.is_some() {
            return self.other_money();
        }
        let total = slip.amount_approved.filter(|_| approved).or_else(|| self.asked_for());
        let tip = slip.tip.filter(|tip| approved && *tip != 0);
        let sum = slip.amount_requested.zip(tip).and_then(|(asked, tip)| asked.checked_add(tip));
        let has_tip_within = sum.is_some() && sum == total;
        self.money(phrases::AMOUNT, if has_tip_within { slip.amount_requested } else { total });
        self.money(phrases::TIP, tip);
        self.money(phrases::TOTAL, total.filter(|_| has_tip_within));
        self.other_numbers();
    }

    /// A part of what was asked for, or another currency.
    fn other_money(&mut self) {
        let slip = self.slip;
        self.money(phrases::ASKED_FOR, self.asked_for());
        self.charged(phrases::AMOUNT, slip.amount_approved);
        self.text(phrases::CHARGED_CURRENCY, slip.charged_currency.as_deref());
        self.money(phrases::TIP, slip.tip.filter(|tip| *tip != 0));
        self.money(phrases::REST, slip.rest().filter(|_| !slip.was_reversed()));
        self.other_numbers();
    }

    fn other_numbers(&mut self) {
        let slip = self.slip;
        self.text(phrases::original(slip.kind), slip.original_sale_id.as_deref());
        self.text(phrases::taken_back_by(slip.kind), slip.reversed_by.as_deref());
    }

    /// A reversal and a closing ask for no amount.
    fn asked_for(&self) -> Option<i64> {
        self.slip.amount_requested.filter(|amount| *amount != 0)
    }

    fn card(&mut self) {
        self.text(phrases::SCHEME, self.slip.scheme.as_deref());
        self.text(phrases::PAN, self.slip.pan.as_deref());
        self.text(phrases::AID, self.slip.aid.as_deref());
        if self.slip.verdict == Verdict::Approved {
            self.text(phrases::AUTH_CODE, self.slip.auth_code.as_deref());
        }
    }

    fn where_and_when(&mut self) {
        let slip = self.slip;
        self.text(phrases::TERMINAL, slip.acquirer_terminal_id.as_deref().or(slip.terminal_id.as_deref()));
        self.text(phrases::MERCHANT, slip.acquirer_merchant_id.as_deref());
        self.text(phrases::SEQUENCE, slip.sequence_number.as_deref());
        let told = slip.terminal_time.as_deref().map(time::of_terminal);
        self.text(phrases::TIME, told.or_else(|| slip.started_at.as_deref().map(time::of_utc)).as_deref());
    }

    /// Only on the shop's copy: a line to sign on, or what the cashier has found. A signature that does not fit was told at the top.
    fn signature(&mut self) {
        if self.form.copy != ReceiptCopy::Merchant || !self.slip.needs_signature() {
            return;
        }
        self.page.gap();
        match self.slip.signature_accepted {
            Some(0) => {}
            Some(_) => self.centred(phrases::SIGNATURE_FITS),
            None => {
                self.page.paragraph(self.language.pick(phrases::SIGNATURE));
                self.page.signature();
            }
        }
    }

    fn totals(&mut self) {
        let slip = self.slip;
        self.page.gap();
        self.text(phrases::BATCH, slip.batch_number.as_deref());
        self.text(phrases::SHIFT, slip.shift_number.as_deref());
        self.counted(phrases::DEBITS, slip.debits_count, slip.debits_amount);
        self.counted(phrases::CREDITS, slip.credits_count, slip.credits_amount);
        self.counted(phrases::ADJUSTMENTS, slip.adjustments_count, slip.adjustments_amount);
        self.page.gap();
        self.where_and_when();
        self.text(phrases::MESSAGE, slip.response_message.as_deref());
    }

    /// How many, and how much together: "Platby (12)".
    fn counted(&mut self, label: Phrase, count: Option<i64>, amount: Option<i64>) {
        let label = self.language.pick(label);
        match (count, amount) {
            (Some(count), Some(amount)) => self.page.pair(&format!("{label} ({count})"), &self.shown(amount)),
            (None, Some(amount)) => self.page.pair(label, &self.shown(amount)),
            (Some(count), None) => self.page.pair(label, &count.to_string()),
            (None, None) => {}
        }
    }

    /// What helps to find an unknown outcome at the terminal. Neither an authorization code nor the terminal's message is among it: they would
    /// make it look paid.
    fn what_to_look_for(&mut self) {
        let slip = self.slip;
        self.page.gap();
        self.money(phrases::ASKED_FOR, self.asked_for());
        if slip.charged_currency.is_some() || slip.amount_approved != slip.amount_requested {
            self.charged(phrases::AT_TERMINAL, slip.amount_approved);
        }
        self.text(phrases::NUMBER, slip.sale_id.as_deref());
        self.text(phrases::original(slip.kind), slip.original_sale_id.as_deref());
        self.text(phrases::TRANSACTION, slip.transaction_id.as_deref());
        self.text(phrases::PAN, slip.pan.as_deref());
        self.where_and_when();
        self.page.gap();
        if let Some(advice) = slip.advice() {
            let text = self.advice(advice);
            self.page.paragraph(&text);
        }
        self.page.gap();
        self.centred(phrases::NO_RECEIPT);
    }

    /// The advice with the amounts that it names.
    fn advice(&self, advice: Advice) -> String {
        let slip = self.slip;
        let asked = slip.amount_requested.map(|minor| self.shown(minor)).unwrap_or_default();
        let approved = slip.amount_approved.map(|minor| self.shown_in(minor, slip.charged_in())).unwrap_or_default();
        let rest = slip.rest().map(|minor| self.shown(minor)).unwrap_or_default();
        let names = AdviceNames { asked: &asked, approved: &approved, rest: &rest, ..AdviceNames::default() };
        advice_text(advice, names, self.language)
    }

    fn end(&mut self) {
        self.page.gap();
        self.simulator();
    }

    fn centred(&mut self, phrase: Phrase) {
        self.page.centred(self.language.pick(phrase));
    }

    fn text(&mut self, label: Phrase, value: Option<&str>) {
        self.page.pair(self.language.pick(label), value.unwrap_or_default());
    }

    fn money(&mut self, label: Phrase, minor: Option<i64>) {
        if let Some(minor) = minor {
            self.page.pair(self.language.pick(label), &self.shown(minor));
        }
    }

    /// What the terminal charged, in its currency.
    fn charged(&mut self, label: Phrase, minor: Option<i64>) {
        if let Some(minor) = minor {
            let shown = self.shown_in(minor, self.slip.charged_in());
            self.page.pair(self.language.pick(label), &shown);
        }
    }

    fn shown(&self, minor: i64) -> String {
        self.shown_in(minor, self.slip.currency.as_deref())
    }

    fn shown_in(&self, minor: i64, currency: Option<&str>) -> String {
        amount_text(minor, currency, self.language, self.page.encoding())
    }
}
