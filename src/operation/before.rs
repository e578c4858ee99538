//! What the journal says about a sale id, before anything is sent.

use super::decision::{Decision, is_adoptable};
use super::originals;
use crate::codes::{Code, Kind};
use crate::error::{About, Error};
use crate::journal::{Attempt, History, Intent, State};
use crate::money::Amount;
use crate::request::{Original, Request};
use crate::terminal::Terminal;
use crate::testing::{self, Guard};
use crate::utc;

/// The rules, in their order. `asked`: transactions that this call has already asked the terminal about. The errors are
/// those without an outcome.
pub(super) fn look_up<'h>(
    history: &'h History,
    terminal: &Terminal,
    request: &'h Request,
    now: i64,
    asked: &[String],
) -> Result<Decision<'h>, Error> {
    let (sale, register) = (request.sale_id(), terminal.register.as_str());
    let attempts: Vec<&Attempt> = history.of_sale(sale).collect();
    if let Some(other) = attempts.iter().find(|attempt| attempt.intent.register != register && attempt.is_not_free()) {
        let owner = &other.intent.register;
        let why = format!("{}: {sale} is used by the register \"{owner}\" in this journal folder", request.argument());
        return Err(Error::new(Code::SaleUsed, why).naming(About::Register(owner.clone())));
    }
    if let Some(undecided) = attempts.iter().rev().find(|attempt| attempt.state() == State::Undecided) {
        return if is_same(history, undecided, request) {
            Ok(Decision::AskFirst(undecided))
        } else {
            Err(mismatch(request, undecided, "not decided yet"))
        };
    }
    let charged = |attempt: &&&Attempt| {
        attempt.state() == State::Charged
            && !history.is_wholly_refunded(attempt)
            && !testing::broken(Guard::ForgetCharged)
    };
    let Some(done) = attempts.iter().rev().find(charged).copied() else {
        // A person who decided "not paid" may have been wrong, so the terminal is asked once more.
        let doubted = |attempt: &&&Attempt| {
            history.is_doubted(attempt, now)
                && !asked.contains(&attempt.intent.transaction)
                && !testing::broken(Guard::TrustPersons)
        };
        return match attempts.iter().rev().find(doubted) {
            Some(attempt) => Ok(Decision::AskFirst(attempt)),
            None => originals::look_up(history, terminal, request, now),
        };
    };
    if !is_same(history, done, request) {
        return Err(mismatch(request, done, "done"));
    }
    if let Some(again) = done_again(history, done, request) {
        return Err(of_an_earlier_one(request, done, again));
    }
    // What it has reserved is paid since, so it must not look reserved.
    if done.intent.named_kind() == Kind::Preauth
        && let Some(completion) = history.completion(done)
    {
        return Err(completed(request, done, completion));
    }
    // While a reversal is undecided nobody knows whether the sale still stands.
    match history.undecided_reversal(done) {
        Some(reversal) if reversal.intent.register == register => Ok(Decision::AskFirst(reversal)),
        Some(reversal) => Err(reversed_elsewhere(request, reversal)),
        None if is_adoptable(history, done, now) => Ok(Decision::Adopt(done)),
        None => Err(used(request, done)),
    }
}

/// True if the attempt asked for the same as this request.
fn is_same(history: &History, attempt: &Attempt, request: &Request) -> bool {
    let intent = &attempt.intent;
    let same_money = match request.amount() {
        Some(amount) => intent.amount == amount.minor() && intent.currency == amount.currency().alpha(),
        // A reversal, and the cancel of a pre-authorization, have the amount of their original.
        None => intent.amount == 0 || intent.takes_back(),
    };
    let other_endpoint = request.kind() == Kind::Other && intent.endpoint != request.endpoint();
    intent.named_kind() == request.kind()
        && same_money
        && has_same_original(history, intent, request)
        && !other_endpoint
}

/// True if the attempt of this register has the original that the request names, in whatever way it was named then.
fn has_same_original(history: &History, intent: &Intent, request: &Request) -> bool {
    match request.original() {
        None => intent.original_sale.is_empty(),
        Some(Original::Transaction(transaction)) => intent.original_transaction == *transaction,
        Some(named @ (Original::Sale(_) | Original::Of { .. })) => match history.find(&intent.original_transaction) {
            Some(original) => named.is(&original.intent, &intent.register),
            None => named.sale() == Some(&intent.original_sale),
        },
    }
}

/// A newer charge of the same sale than the one that this reversal or cancel took back. The register means that one, so the old
/// reversal is not its answer. An older charge is not meant: two stood, this reversal took back the newer one, and the
/// register has not heard of that. Who names a transaction means that one.
fn done_again<'h>(history: &'h History, reversal: &'h Attempt, request: &Request) -> Option<&'h Attempt> {
    let intent = &reversal.intent;
    let owner = history.find(&intent.original_transaction).map_or(&intent.register, |one| &one.intent.register);
    let again = |attempt: &&Attempt| attempt.intent.register == *owner && attempt.is_not_free();
    let is_newer = |attempt: &&Attempt| attempt.intent.transaction != intent.original_transaction;
    let names_a_transaction = matches!(request.original(), Some(Original::Transaction(_)));
    let takes_back = intent.takes_back() && !names_a_transaction;
    takes_back.then(|| history.of_sale(&intent.original_sale).rev().take_while(is_newer).find(again)).flatten()
}

impl Attempt {
    fn is_not_free(&self) -> bool {
        self.state() != State::Free
    }

    /// Its money and time, for people.
    pub(super) fn described(&self) -> String {
        self.with_time(self.intent.amount, &self.intent.currency)
    }

    /// The same with the money that was paid: perhaps a part of it, or more with a tip.
    fn described_as_paid(&self) -> String {
        self.with_time(self.paid(), &self.paid_currency())
    }

    fn with_time(&self, amount: i64, currency: &str) -> String {
        let time = utc::local_text(self.intent.time, true);
        let amount = Amount::parse(amount, currency).ok();
        amount.map_or_else(|| time.clone(), |amount| format!("{amount} at {time}"))
    }
}

/// Another register of the folder is taking it back just now.
fn reversed_elsewhere(request: &Request, reversal: &Attempt) -> Error {
    let intent = &reversal.intent;
    let message = format!(
        "{}: {} was done, and is being reversed as {} by the register \"{}\", which is not decided yet; call cgt_recover there",
        request.argument(),
        intent.original_sale,
        intent.sale,
        intent.register
    );
    Error::new(Code::SaleUsed, message)
}

fn mismatch(request: &Request, attempt: &Attempt, state: &str) -> Error {
    let message = format!(
        "{}: {} is known with another amount, currency, kind or original, and is {state}: {}",
        request.argument(),
        attempt.intent.sale,
        attempt.described()
    );
    Error::new(Code::SaleMismatch, message)
}

fn of_an_earlier_one(request: &Request, reversal: &Attempt, again: &Attempt) -> Error {
    let cancels = reversal.intent.named_kind() == Kind::PreauthCancel;
    let (what, undo) = if cancels { ("pre-authorization", "cancel") } else { ("payment", "reverse") };
    let (number, sale) = (&reversal.intent.sale, &again.intent.sale);
    let message = format!(
        "{}: {number} took back an earlier {what} of {sale}, which was made again since, {}: {undo} that under a new number",
        request.argument(),
        again.described()
    );
    Error::new(Code::SaleMismatch, message)
}

fn completed(request: &Request, preauth: &Attempt, completion: &Attempt) -> Error {
    let message = format!(
        "{}: {} was already done, and its completion is {}: {}; a new pre-authorization needs another number",
        request.argument(),
        preauth.intent.sale,
        completion.intent.sale,
        completion.described()
    );
    Error::new(Code::SaleUsed, message)
}

fn used(request: &Request, attempt: &Attempt) -> Error {
    let settlement = attempt.decided.as_ref().and_then(|decided| decided.settlement.as_ref());
    // There may be none: not every operation has one, and a person may have decided without knowing it.
    let authorization = settlement
        .and_then(|settlement| settlement.auth_code.as_deref())
        .map(|code| format!(", authorization {code}"))
        .unwrap_or_default();
    let intent = &attempt.intent;
    let is_paid = matches!(intent.named_kind(), Kind::Payment | Kind::PreauthCompletion | Kind::Moto);
    let done = if is_paid { "paid" } else { "done" };
    let stored = if attempt.acknowledged { "acknowledged" } else { "not acknowledged" };
    let message = format!(
        "{}: {} was already {done}: {}{authorization}; {stored} by the register; a new sale needs another number",
        request.argument(),
        intent.sale,
        attempt.described_as_paid()
    );
    Error::new(Code::SaleUsed, message).naming(About::Done {
        kind: intent.kind,
        sale: intent.sale.clone(),
        paid: Some((attempt.paid(), attempt.paid_currency())).filter(|(paid, _)| *paid != 0),
        time: intent.time,
        acknowledged: attempt.acknowledged,
    })
}
