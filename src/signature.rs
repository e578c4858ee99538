//! The signature under a receipt. The card may ask for one; the cashier compares it, and where it does not match, the register takes the
//! sale back, or cancels the pre-authorization: that responsibility is the register's (doc).

use crate::codes::{Code, Kind};
use crate::error::Error;
use crate::journal::{Attempt, History, Record, Signature, State};
use crate::outcome::{Outcome, asks_for_signature};
use crate::request::{Request, check_sale_id};
use crate::terminal::Terminal;
use crate::utc;

impl Terminal {
    /// The cashier has compared the signature of a sale. Accepted, it is noted, and the outcome is the sale's. Rejected, the sale is
    /// reversed or the pre-authorization cancelled, and that is the outcome; it may be called again until that is through.
    pub fn signature_result(&mut self, sale_id: &str, accepted: bool) -> Result<Outcome, Error> {
        check_sale_id(sale_id)?;
        let history = self.history()?;
        let attempt = self.signed_sale(&history, sale_id)?;
        if accepted {
            check_that_it_stands(&history, attempt)?;
        }
        if attempt.signature_accepted != Some(accepted) {
            self.note_signature(attempt, accepted)?;
        }
        if accepted {
            return self.find(sale_id);
        }
        let number = reversal_id(attempt);
        let takes_back = match attempt.intent.named_kind() {
            Kind::Preauth => Request::preauth_cancel(&number, sale_id)?,
            Kind::Payment
            | Kind::Refund
            | Kind::Reversal
            | Kind::Closing
            | Kind::Other
            | Kind::PreauthCompletion
            | Kind::PreauthCancel
            | Kind::Moto => Request::reversal(&number, sale_id)?,
        };
        self.run(&takes_back)
    }

    /// The newest attempt of this register at a sale that asks for a signature.
    fn signed_sale<'h>(&self, history: &'h History, sale_id: &'h str) -> Result<&'h Attempt, Error> {
        let ours = || history.of_sale(sale_id).rev().filter(|attempt| attempt.intent.register == self.register);
        if ours().next().is_none() {
            return Err(Error::new(Code::NotFound, format!("the journal knows no sale {sale_id} of this register")));
        }
        // The signature of the attempt that stands. If none does, of one whose signature was answered before.
        let signed = match ours().find(|attempt| attempt.state() != State::Free) {
            Some(standing) => Some(standing).filter(|attempt| asks_for_signature(attempt)),
            None => ours().find(|attempt| attempt.signature_accepted.is_some()),
        };
        signed.ok_or_else(|| Error::new(Code::Signature, format!("sale_id: no signature is asked for with {sale_id}")))
    }

    fn note_signature(&mut self, attempt: &Attempt, accepted: bool) -> Result<(), Error> {
        let intent = &attempt.intent;
        self.journal()?.append(&Record::Signature(Signature {
            time: utc::now(),
            sale: intent.sale.clone(),
            transaction: intent.transaction.clone(),
            accepted,
        }))
    }
}

/// The sale id of the reversal of a sale whose signature was rejected.
fn reversal_id(attempt: &Attempt) -> String {
    format!("signature-{}", attempt.intent.transaction)
}

/// Refuses to accept a signature if the sale was reversed for it, or if a reversal is undecided.
fn check_that_it_stands(history: &History, attempt: &Attempt) -> Result<(), Error> {
    let sale = &attempt.intent.sale;
    let why = match (history.undecided_reversal(attempt), attempt.signature_accepted) {
        (Some(reversal), _) => {
            format!("sale {sale} is being reversed as {}, which is not decided; call cgt_recover", reversal.intent.sale)
        }
        (None, Some(false)) if attempt.reversed_by.is_some() => {
            format!("the signature of sale {sale} was rejected before, and the sale reversed")
        }
        (None, _) => return Ok(()),
    };
    Err(Error::new(Code::Signature, format!("accepted: {why}")))
}
