//! What became of an operation, as the register reads it.

mod actions;
mod advice;
mod amount;
mod endings;
mod preauths;
mod reasons;
mod without_outcome;

use serde_json::{Map, Value};

use crate::codes::{Advice, Code, Encoding, Kind, OutcomeField, Verdict};
use crate::error::Error;
use crate::journal::{Attempt, Decided, Flags, Intent, State};
use crate::money::{Amount, Currency};
use crate::protocol::Settlement;
use crate::{response_code, scheme, utc, verdict};

use advice::Part;
pub(crate) use advice::{Language, Names as AdviceNames, text as advice_text};
pub(crate) use amount::text as amount_text;
pub(crate) use without_outcome::{advice_of_code, advice_without_outcome};

/// The card's rule that asks the cashier to compare a signature (`cvmTypeList`, doc).
const SIGNATURE: &str = "SIGNATURE";

/// What became of an operation. Only [`Verdict::Approved`] is paid.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    intent: Intent,
    decided: Decided,
    signature_accepted: Option<bool>,
    reversed_by: Option<String>,
    reversal_is_undecided: bool,
    language: Language,
}

/// Amounts as the cashier reads them.
#[derive(Default)]
struct Amounts {
    approved: String,
    asked: String,
    rest: String,
}

/// A field's value: every field is a text, some are also a number.
enum Field {
    Text(Option<String>),
    Number(Option<i64>),
}

impl Outcome {
    pub(crate) fn new(intent: Intent, decided: Decided, language: Language) -> Self {
        Self { intent, decided, signature_accepted: None, reversed_by: None, reversal_is_undecided: false, language }
    }

    /// The outcome of an attempt in the journal. One that was never decided is unknown.
    pub(crate) fn of(attempt: &Attempt, language: Language) -> Self {
        let mut decided = attempt.decided.clone().unwrap_or_else(|| undecided(attempt));
        if decided.verdict == Verdict::Unknown && decided.reason.is_none() {
            decided.reason = Some(Code::Unreadable);
            "a newer version of this library has decided it in a way that this one cannot read"
                .clone_into(&mut decided.detail);
        }
        if let Some(resolved) = &attempt.resolved {
            (decided.verdict, decided.reason) = (verdict::of_a_person(resolved.charged), None);
            (decided.time, decided.flags.resolved) = (resolved.time, true);
            resolved.note.clone_into(&mut decided.detail);
        }
        if attempt.reversed_by.is_some() {
            // The money went back, so it must not look paid.
            (decided.verdict, decided.reason) = (Verdict::Cancelled, None);
        }
        Self {
            signature_accepted: attempt.signature_accepted,
            reversed_by: attempt.reversed_by.clone(),
            reversal_is_undecided: attempt.reversal_is_undecided,
            ..Self::new(attempt.intent.clone(), decided, language)
        }
    }

    pub(crate) fn flag(mut self, set: impl FnOnce(&mut Flags)) -> Self {
        set(&mut self.decided.flags);
        self
    }

    /// Sets the reason: the terminal was asked now, without success.
    pub(crate) fn because(mut self, reason: Code, detail: &str) -> Self {
        self.decided.reason = Some(reason);
        detail.clone_into(&mut self.decided.detail);
        self
    }

    /// What became of the money.
    pub fn verdict(&self) -> Verdict {
        self.decided.verdict
    }

    /// The register's own number of the sale.
    pub fn sale_id(&self) -> &str {
        &self.intent.sale
    }

    /// The id under which the terminal knows this attempt.
    pub fn transaction_id(&self) -> &str {
        &self.intent.transaction
    }

    /// The kind of operation.
    pub fn kind(&self) -> Kind {
        self.intent.kind
    }

    /// What was asked for; of a reversal, what it takes back. A closing has none.
    pub fn amount(&self) -> Result<Amount, Error> {
        Amount::parse(self.intent.amount, &self.intent.currency)
    }

    /// Why the verdict is neither approved nor plainly refused.
    pub fn reason(&self) -> Option<Code> {
        self.decided.reason
    }

    /// The reason in English, for the log and the technician: its details, or at least what it means.
    fn reason_text(&self) -> &str {
        let detail = self.decided.detail.as_str();
        if detail.is_empty() { self.reason().map_or("", Code::meaning) } else { detail }
    }

    /// The response code says that a part was approved, whatever the amount beside it.
    fn is_said_to_be_a_part(&self, settlement: &Settlement) -> bool {
        matches!(self.kind(), Kind::Payment | Kind::Moto) && response_code::is_of_a_part(settlement.code())
    }

    /// What the cashier should do now.
    pub fn advice(&self) -> Advice {
        let part = self.part();
        if self.reversal_is_undecided && (self.verdict() == Verdict::Approved || part == Part::Stands) {
            // With an undecided reversal nobody knows whether it is still paid, with an undecided cancel whether it is reserved.
            return if self.kind() == Kind::Preauth { Advice::RepeatNothing } else { Advice::CheckTerminal };
        }
        advice::advice(self.kind(), self.verdict(), self.reason(), self.asks_for_signature(), part)
    }

    /// Whether a part of what was asked for is paid, as far as that decides what to do.
    fn part(&self) -> Part {
        let charged = self.decided.settlement.as_ref();
        let is_paid = charged.is_some_and(|settlement| self.intent.part_in(settlement).is_some());
        match self.verdict() {
            Verdict::Approved | Verdict::Unknown if self.decided.flags.part_stands => Part::Stands,
            Verdict::Approved if is_paid => Part::Paid,
            Verdict::Approved if charged.is_some_and(|settlement| self.is_said_to_be_a_part(settlement)) => {
                Part::Unclear
            }
            Verdict::Approved | Verdict::Unknown | Verdict::Declined | Verdict::Cancelled | Verdict::NotStarted => {
                Part::No
            }
        }
    }

    /// The same in the language of the terminal handle: whether it is paid, what happened, and what to do now.
    pub fn advice_text(&self) -> String {
        let intent = &self.intent;
        let address = format!("{}:{}", intent.host, intent.port);
        let settlement = self.decided.settlement.as_ref();
        let code = settlement.map(Settlement::code).unwrap_or_default();
        let amounts = settlement.map(|settlement| self.amounts_in(settlement)).unwrap_or_default();
        let names = advice::Names {
            address: &address,
            code,
            approved: &amounts.approved,
            asked: &amounts.asked,
            rest: &amounts.rest,
        };
        if self.reversed_by.is_some() {
            return self.language.pick(endings::taken_back(self.kind())).into();
        }
        let happened = match self.reason() {
            Some(reason) => advice::happened(reason, self.kind(), names),
            None => endings::sentence(self.verdict(), self.decided.flags.resolved),
        };
        let text = advice::text_with_reason(self.advice(), self.kind(), happened, names, self.language);
        if self.advice() == Advice::CollectRest && self.asks_for_signature() {
            return advice::with_signature(&text, self.language);
        }
        text
    }

    /// The amounts that an advice names. Empty where one of them is not known.
    fn amounts_in(&self, settlement: &Settlement) -> Amounts {
        let intent = &self.intent;
        // If the intent was damaged, nobody knows what was asked for.
        let Some(charged) = settlement.amount.filter(|_| intent.amount != 0) else { return Amounts::default() };
        let asked_in = Some(intent.currency.as_str()).filter(|currency| !currency.is_empty());
        let charged_in = intent.other_currency(settlement);
        // Plain spaces: a till's screen may have no other.
        let text = |minor, currency| amount_text(minor, currency, self.language, Encoding::Utf8).replace('\u{a0}', " ");
        Amounts {
            approved: text(charged, charged_in.as_deref().or(asked_in)),
            asked: text(intent.amount, asked_in),
            rest: text(intent.amount.saturating_sub(charged), asked_in),
        }
    }

    /// The cashier must compare a signature: the card asks for one. The responsibility is the register's (doc).
    pub(crate) fn needs_signature(&self) -> bool {
        let Some(settlement) = &self.decided.settlement else { return false };
        let methods = settlement.cardholder_verification.as_deref().unwrap_or_default();
        let asked = methods.split(',').any(|method| method.trim() == SIGNATURE)
            || response_code::asks_for_signature(settlement.code());
        is_signed(self.kind()) && self.verdict() == Verdict::Approved && asked
    }

    /// The same, and it was not accepted yet.
    pub(crate) fn asks_for_signature(&self) -> bool {
        self.needs_signature() && self.signature_accepted != Some(true)
    }

    /// A field as text; numbers as digits. [`Code::Absent`] when this outcome has no such value.
    pub fn text(&self, field: OutcomeField) -> Result<String, Error> {
        let value = match self.field(field) {
            Field::Text(text) => text,
            Field::Number(number) => number.map(|number| number.to_string()),
        };
        value.ok_or_else(|| absent(field))
    }

    /// A field that is a number. [`Code::Absent`] when this outcome has no such value.
    pub fn number(&self, field: OutcomeField) -> Result<i64, Error> {
        match self.field(field) {
            Field::Number(number) => number.ok_or_else(|| absent(field)),
            Field::Text(_) => Err(Error::new(Code::Field, format!("{} is a text, not a number", field.c_name()))),
        }
    }

    /// Everything as one JSON object.
    pub fn to_json(&self) -> String {
        let mut object = Map::new();
        object.insert("verdict".into(), self.verdict().c_name().trim_start_matches("CGT_").to_lowercase().into());
        for &field in OutcomeField::ALL {
            let name = field.c_name().trim_start_matches("CGT_F_").to_lowercase();
            match self.field(field) {
                Field::Text(Some(text)) => object.insert(name, text.into()),
                Field::Number(Some(number)) => object.insert(name, number.into()),
                Field::Text(None) | Field::Number(None) => None,
            };
        }
        Value::Object(object).to_string()
    }

    /// The currency of the request. A closing has none, so there it is the one the terminal names.
    fn currency(&self, settlement: &Settlement) -> String {
        let named = settlement.currency.as_deref().and_then(|currency| Currency::parse(currency).ok());
        let asked = &self.intent.currency;
        if asked.is_empty() { named.map_or("", Currency::alpha).into() } else { asked.clone() }
    }

    fn field(&self, field: OutcomeField) -> Field {
        use OutcomeField as F;
        let (intent, decided, flags) = (&self.intent, &self.decided, &self.decided.flags);
        let settlement = decided.settlement.clone().unwrap_or_default();
        let taught = flags.code_taught && decided.verdict == Verdict::Approved;
        let approves = taught || verdict::is_approval(&settlement);
        // A closing moves no money; what another function moves may be unknown.
        let moved = Some(intent.amount).filter(|amount| *amount != 0);
        let total = moved.map(|asked| settlement.total(asked)).or(settlement.amount);
        let batch = settlement.batch.clone().unwrap_or_default();
        let flag = |set: bool| Field::Number(Some(i64::from(set)));
        let text = |text: &str| Field::Text(Some(text.to_owned()).filter(|text| !text.is_empty()));
        match field {
            F::SaleId => text(&intent.sale),
            F::TransactionId => text(&intent.transaction),
            F::OriginalSaleId => text(&intent.original_sale),
            F::OriginalTransactionId => text(&intent.original_transaction),
            F::InvoiceNumber => Field::Text(intent.invoice.clone()),
            F::Kind => Field::Number(Some(intent.kind.number().into())),
            F::AmountRequested => Field::Number(moved),
            F::AmountApproved => Field::Number(total.filter(|_| approves)),
            F::Tip => {
                let in_sum = intent.tip_in_sum(&settlement).filter(|_| approves);
                Field::Number(settlement.tip.or(in_sum))
            }
            F::Currency => text(&self.currency(&settlement)),
            F::AuthCode => Field::Text(settlement.auth_code),
            F::Pan => Field::Text(settlement.pan),
            F::Scheme => Field::Text(scheme::name(
                settlement.scheme.as_deref(),
                settlement.app_label.as_deref(),
                settlement.aid.as_deref(),
            )),
            F::Aid => Field::Text(settlement.aid),
            F::AppLabel => Field::Text(settlement.app_label),
            F::Issuer => Field::Text(settlement.issuer),
            F::CardEntry => Field::Text(settlement.card_entry),
            F::CardholderVerification => Field::Text(settlement.cardholder_verification),
            F::SequenceNumber => Field::Text(settlement.sequence_number),
            F::TerminalId => Field::Text(decided.terminal_id.clone()),
            F::AcquirerTerminalId => Field::Text(settlement.acquirer_terminal_id),
            F::AcquirerMerchantId => Field::Text(settlement.acquirer_merchant_id),
            F::AvailableBalance => Field::Number(settlement.available_balance),
            F::ResponseCode => Field::Text(settlement.response_code),
            F::ResponseMessage => Field::Text(settlement.response_message),
            F::Reason => Field::Number(decided.reason.map(|code| code.number().into())),
            F::ReasonText => text(if flags.resolved { "" } else { self.reason_text() }),
            F::Language => text(self.language.code()),
            F::Note => text(if flags.resolved { &decided.detail } else { "" }),
            F::Advice => Field::Number(Some(self.advice().number().into())),
            F::AdviceText => text(&self.advice_text()),
            F::StartedAt => text(&utc::text(intent.time)),
            F::EndedAt => text(&utc::text(decided.time)),
            F::TerminalTime => Field::Text(settlement.terminal_time),
            F::SignatureRequired => flag(self.needs_signature()),
            F::ReversalAsked => flag(settlement.reversal_asked),
            F::Adopted => flag(flags.adopted),
            F::Recovered => flag(flags.recovered),
            F::CancelAsked => flag(flags.cancel_asked),
            F::EarlierUnresolved => flag(flags.earlier_unresolved),
            F::Simulated => flag(flags.simulated),
            F::Resolved => flag(flags.resolved),
            F::SignatureAccepted => Field::Number(self.signature_accepted.map(i64::from)),
            F::BatchNumber => Field::Text(batch.batch_number),
            F::ShiftNumber => Field::Text(batch.shift_number),
            F::DebitsCount => Field::Number(batch.debits_count),
            F::DebitsAmount => Field::Number(batch.debits_amount),
            F::CreditsCount => Field::Number(batch.credits_count),
            F::CreditsAmount => Field::Number(batch.credits_amount),
            F::AdjustmentsCount => Field::Number(batch.adjustments_count),
            F::AdjustmentsAmount => Field::Number(batch.adjustments_amount),
            F::CodeTaught => flag(flags.code_taught),
            F::Result => Field::Text(settlement.whole.text().map(Into::into)),
            F::Partial => {
                let charged = approves || decided.verdict == Verdict::Approved;
                let is_less = charged && intent.part_in(&settlement).is_some();
                flag(is_less || self.is_said_to_be_a_part(&settlement))
            }
            F::ChargedCurrency => Field::Text(intent.other_currency(&settlement).filter(|_| approves)),
            F::ReversedBy => text(self.reversed_by.as_deref().unwrap_or_default()),
        }
    }
}

/// Whether the customer is there to sign.
fn is_signed(kind: Kind) -> bool {
    match kind {
        Kind::Payment | Kind::Preauth => true,
        Kind::Refund
        | Kind::Reversal
        | Kind::Closing
        | Kind::Other
        | Kind::PreauthCompletion
        | Kind::PreauthCancel
        | Kind::Moto => false,
    }
}

/// The ending of an attempt without one: its program ended before.
fn undecided(attempt: &Attempt) -> Decided {
    let intent = &attempt.intent;
    let (reason, detail) = match &attempt.settled {
        None => (Code::StartUnanswered, "the program ended before the verdict was known"),
        Some(_) => (Code::NotConfirmed, "the program ended before it was known whether the confirmation is through"),
    };
    Decided {
        time: intent.time,
        sale: intent.sale.clone(),
        transaction: intent.transaction.clone(),
        verdict: Verdict::Unknown,
        reason: Some(reason),
        detail: detail.into(),
        settlement: attempt.settled.clone(),
        terminal_id: attempt.terminal_id.clone(),
        flags: Flags::default(),
    }
}

/// True if the sale stands and its card asks for a signature, whether answered or not.
pub(crate) fn asks_for_signature(attempt: &Attempt) -> bool {
    attempt.state() == State::Charged && Outcome::of(attempt, Language::default()).needs_signature()
}

fn absent(field: OutcomeField) -> Error {
    Error::new(Code::Absent, format!("this outcome has no {}", field.c_name()))
}
