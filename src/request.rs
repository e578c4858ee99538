//! What the register asks for.

mod extra;
mod original;

use serde_json::{Map, Value};

use crate::codes::{Code, Kind};
use crate::error::Error;
use crate::journal::Intent;
use crate::money::{Amount, Currency};
use crate::protocol::{Endpoint, FINAL_AMOUNT, START_FIELDS, Start};
pub(crate) use extra::{check_endpoint, check_extra, check_harmless_endpoint};
pub(crate) use original::Original;

/// The longest sale id, in bytes.
const LONGEST_SALE_ID: usize = 64;
/// The longest variable symbol, in bytes: one public client cuts it there.
const LONGEST_INVOICE_NUMBER: usize = 20;
/// A sale id that is a number of at most so many digits is also sent as variable symbol.
const SHORT_NUMBER: usize = 10;

/// One operation to be run on the terminal.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    kind: Kind,
    /// What the caller's argument for the number is called.
    argument: &'static str,
    sale_id: String,
    amount: Option<Amount>,
    original: Option<Original>,
    invoice_number: Option<String>,
    daughter_company_id: Option<String>,
    endpoint: Option<String>,
    extra: Map<String, Value>,
}

impl Request {
    /// A request of this kind under the register's own number of the operation.
    pub fn new(kind: Kind, sale_id: &str) -> Result<Self, Error> {
        Self::named("sale_id", kind, sale_id)
    }

    fn named(argument: &'static str, kind: Kind, sale_id: &str) -> Result<Self, Error> {
        check_id(argument, sale_id)?;
        Ok(Self {
            kind,
            argument,
            sale_id: sale_id.into(),
            amount: None,
            original: None,
            invoice_number: None,
            daughter_company_id: None,
            endpoint: None,
            extra: Map::new(),
        })
    }

    /// A payment.
    pub fn payment(sale_id: &str, amount: Amount) -> Result<Self, Error> {
        let mut request = Self::new(Kind::Payment, sale_id)?;
        request.set_amount(amount);
        Ok(request)
    }

    /// A refund, of this original sale where there is one.
    pub fn refund(refund_id: &str, original_sale_id: Option<&str>, amount: Amount) -> Result<Self, Error> {
        let mut request = Self::named("refund_id", Kind::Refund, refund_id)?;
        request.set_amount(amount);
        original_sale_id.map_or(Ok(()), |original| request.set_original(original))?;
        Ok(request)
    }

    /// The reversal of a sale.
    pub fn reversal(reversal_id: &str, original_sale_id: &str) -> Result<Self, Error> {
        let mut request = Self::named("reversal_id", Kind::Reversal, reversal_id)?;
        request.set_original(original_sale_id)?;
        Ok(request)
    }

    /// A closing.
    pub fn closing(closing_id: &str) -> Result<Self, Error> {
        Self::named("closing_id", Kind::Closing, closing_id)
    }

    /// A pre-authorization: the amount is reserved on the customer's card, and not paid.
    pub fn preauth(preauth_id: &str, amount: Amount) -> Result<Self, Error> {
        let mut request = Self::named("preauth_id", Kind::Preauth, preauth_id)?;
        request.set_amount(amount);
        Ok(request)
    }

    /// The completion of a pre-authorization: the customer pays this amount, all that is reserved or less.
    pub fn preauth_completion(completion_id: &str, original_sale_id: &str, amount: Amount) -> Result<Self, Error> {
        let mut request = Self::named("completion_id", Kind::PreauthCompletion, completion_id)?;
        request.set_original(original_sale_id)?;
        request.set_amount(amount);
        Ok(request)
    }

    /// The cancel of a pre-authorization.
    pub fn preauth_cancel(cancel_id: &str, original_sale_id: &str) -> Result<Self, Error> {
        let mut request = Self::named("cancel_id", Kind::PreauthCancel, cancel_id)?;
        request.set_original(original_sale_id)?;
        Ok(request)
    }

    /// A payment by mail or phone: somebody types the card's data on the terminal. They are never part of a request.
    pub fn moto(sale_id: &str, amount: Amount) -> Result<Self, Error> {
        let mut request = Self::new(Kind::Moto, sale_id)?;
        request.set_amount(amount);
        Ok(request)
    }

    /// Sets the amount.
    pub fn set_amount(&mut self, amount: Amount) {
        self.amount = Some(amount);
    }

    /// Sets the sale that is reversed or refunded, or the pre-authorization that is completed or cancelled.
    pub fn set_original(&mut self, sale_id: &str) -> Result<(), Error> {
        check_id("original_sale_id", sale_id)?;
        self.name_original(Original::Sale(sale_id.into()))
    }

    /// Sets the transaction that is reversed or refunded, 1 to 64 bytes: exactly this attempt, of whichever register of the journal folder.
    pub fn set_original_transaction(&mut self, transaction_id: &str) -> Result<(), Error> {
        check_text("transaction_id", transaction_id, 64)?;
        self.name_original(Original::Transaction(transaction_id.into()))
    }

    /// Sets the sale that is reversed or refunded, of this register of the journal folder; empty for the one without a name.
    pub fn set_original_of(&mut self, register_id: &str, sale_id: &str) -> Result<(), Error> {
        if !register_id.is_empty() {
            check_text("register_id", register_id, 64)?;
        }
        check_id("sale_id", sale_id)?;
        self.name_original(Original::Of { register: register_id.into(), sale: sale_id.into() })
    }

    fn name_original(&mut self, original: Original) -> Result<(), Error> {
        self.original = Some(original.in_place_of(self.original.as_ref())?);
        Ok(())
    }

    /// Sets the invoice number (variable symbol), 1 to 20 bytes.
    pub fn set_invoice_number(&mut self, number: &str) -> Result<(), Error> {
        check_text("invoice_number", number, LONGEST_INVOICE_NUMBER)?;
        self.invoice_number = Some(number.into());
        Ok(())
    }

    /// Sets the daughterCompanyId of this request, 1 to 64 bytes, in the place of the handle's.
    pub fn set_daughter_company_id(&mut self, id: &str) -> Result<(), Error> {
        check_text("daughter_company_id", id, 64)?;
        self.daughter_company_id = Some(id.into());
        Ok(())
    }

    /// Sets the function of the terminal that [`Kind::Other`] starts.
    pub fn set_endpoint(&mut self, endpoint: &str) -> Result<(), Error> {
        check_endpoint(endpoint)?;
        self.endpoint = Some(endpoint.into());
        Ok(())
    }

    /// Sets further fields of the start, a JSON object. A MOTO payment has none: old terminals took the card's data there.
    pub fn set_extra(&mut self, json: &str) -> Result<(), Error> {
        if self.kind == Kind::Moto {
            let why = "json: a MOTO payment has no further fields; card data are typed on the terminal and never sent";
            return Err(Error::new(Code::Extra, why));
        }
        let final_amount = Some(FINAL_AMOUNT).filter(|_| self.kind != Kind::Other);
        let ours: Vec<&str> = START_FIELDS.iter().copied().chain(final_amount).collect();
        self.extra = check_extra(json, &ours)?;
        Ok(())
    }

    /// The kind of operation.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The register's own number of the operation.
    pub fn sale_id(&self) -> &str {
        &self.sale_id
    }

    /// What the caller's argument for that number is called.
    pub(crate) fn argument(&self) -> &'static str {
        self.argument
    }

    pub(crate) fn amount(&self) -> Option<Amount> {
        self.amount
    }

    pub(crate) fn original(&self) -> Option<&Original> {
        self.original.as_ref()
    }

    /// Where it is started.
    pub(crate) fn endpoint(&self) -> &str {
        match self.kind {
            Kind::Payment => Endpoint::Payment.name(),
            Kind::Refund => Endpoint::Refund.name(),
            Kind::Reversal => Endpoint::Reverse.name(),
            Kind::Closing => Endpoint::Closing.name(),
            Kind::Preauth => Endpoint::Preauth.name(),
            Kind::PreauthCompletion => Endpoint::PreauthComplete.name(),
            Kind::PreauthCancel => Endpoint::PreauthCancel.name(),
            Kind::Moto => Endpoint::Moto.name(),
            Kind::Other => self.endpoint.as_deref().unwrap_or_default(),
        }
    }

    /// The variable symbol to be sent: the one that was set, else the short number of a sale.
    pub(crate) fn invoice_number(&self) -> Option<&str> {
        let short_number = self.sale_id.len() <= SHORT_NUMBER && self.sale_id.bytes().all(|byte| byte.is_ascii_digit());
        let has_one = match self.kind {
            Kind::Payment | Kind::Refund | Kind::Preauth | Kind::PreauthCompletion | Kind::Moto => true,
            Kind::Reversal | Kind::Closing | Kind::PreauthCancel | Kind::Other => false,
        };
        let own = has_one && short_number;
        self.invoice_number.as_deref().or_else(|| own.then_some(self.sale_id.as_str()))
    }

    /// Whether everything is there that this kind needs, and nothing that it has no place for.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let wrong = |code, why: &str| Err(Error::new(code, why));
        match (amount_of(self.kind), self.amount.is_some()) {
            (Part::Needed, false) => {
                return wrong(Code::Amount, "amount: none was set on the request; this kind needs one");
            }
            (Part::Not, true) => {
                return wrong(
                    Code::Amount,
                    "amount: a reversal, a closing and the cancel of a pre-authorization have none; what is taken back is taken back whole",
                );
            }
            (Part::Needed, true) | (Part::Not, false) | (Part::Allowed, true | false) => {}
        }
        match (original_of(self.kind), self.original.is_some()) {
            (Part::Needed, false) => {
                return wrong(Code::Original, "original_sale_id: none was set on the request; this kind needs one");
            }
            (Part::Not, true) => {
                return wrong(
                    Code::Original,
                    "original_sale_id: a payment, a MOTO payment, a pre-authorization and a closing have none",
                );
            }
            (Part::Needed, true) | (Part::Not, false) | (Part::Allowed, true | false) => {}
        }
        match (self.kind == Kind::Other, self.endpoint.is_some()) {
            (true, false) => wrong(Code::Endpoint, "endpoint: none was set on the request; this kind needs one"),
            (false, true) => wrong(Code::Endpoint, "endpoint: only a request of kind CGT_KIND_OTHER has one"),
            (true, true) | (false, false) => Ok(()),
        }
    }

    /// The body that starts the attempt with this intent.
    pub(crate) fn body(&self, intent: &Intent, secure_string: &str, company_of_handle: &str) -> String {
        let company = self.daughter_company_id.as_deref().unwrap_or(company_of_handle);
        // A refund names its original in the journal only: the terminal has no place for it (client).
        let names_original = match self.kind {
            Kind::Reversal | Kind::PreauthCompletion | Kind::PreauthCancel | Kind::Other => true,
            Kind::Payment | Kind::Refund | Kind::Closing | Kind::Preauth | Kind::Moto => false,
        };
        let original = intent.original_transaction.as_str();
        // A completion is in the currency of its pre-authorization, and has no place for one (1.5).
        let (amount, final_amount) =
            if self.kind == Kind::PreauthCompletion { (None, self.amount) } else { (self.amount, None) };
        Start {
            transaction_id: &intent.transaction,
            original_transaction_id: Some(original).filter(|original| names_original && !original.is_empty()),
            amount: amount.map(Amount::minor),
            final_amount: final_amount.map(Amount::minor),
            currency_code: amount.map(Amount::currency).map(Currency::numeric),
            invoice_number: intent.invoice.as_deref(),
            daughter_company_id: Some(company).filter(|id| !id.is_empty()),
            extra: &self.extra,
        }
        .body(secure_string)
    }
}

/// Whether a kind of operation has something.
#[derive(Clone, Copy)]
enum Part {
    Needed,
    Allowed,
    Not,
}

fn amount_of(kind: Kind) -> Part {
    match kind {
        Kind::Payment | Kind::Refund | Kind::Preauth | Kind::PreauthCompletion | Kind::Moto => Part::Needed,
        Kind::Reversal | Kind::Closing | Kind::PreauthCancel => Part::Not,
        Kind::Other => Part::Allowed,
    }
}

fn original_of(kind: Kind) -> Part {
    match kind {
        Kind::Reversal | Kind::PreauthCompletion | Kind::PreauthCancel => Part::Needed,
        Kind::Payment | Kind::Closing | Kind::Preauth | Kind::Moto => Part::Not,
        Kind::Refund | Kind::Other => Part::Allowed,
    }
}

/// The register's own number of a sale.
pub(crate) fn check_sale_id(sale_id: &str) -> Result<(), Error> {
    check_id("sale_id", sale_id)
}

/// A space at an end is refused: the id would look like the one without it.
fn check_id(name: &str, id: &str) -> Result<(), Error> {
    check_text(name, id, LONGEST_SALE_ID)?;
    if id.trim() == id {
        return Ok(());
    }
    Err(Error::new(Code::Text, format!("{name}: \"{id}\" has white space at an end, which is not allowed")))
}

/// Bounds and characters of a text that is journalled and sent.
pub(crate) fn check_text(name: &str, text: &str, longest: usize) -> Result<(), Error> {
    if text.is_empty() || text.len() > longest {
        return Err(Error::new(
            Code::Text,
            format!("{name}: {} bytes are not allowed; 1 to {longest} are", text.len()),
        ));
    }
    if let Some(character) = text.chars().find(|character| character.is_control()) {
        return Err(Error::new(Code::Text, format!("{name}: the control character {character:?} is not allowed")));
    }
    Ok(())
}
