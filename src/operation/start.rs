//! From the intent on disk to the reply to the start: meet the terminal, test the secret, start once, judge the reply.

use std::time::Instant;

use super::conversation::{Conversation, Heard};
use super::ending::{Ending, Who};
use super::refused::{self, Believed};
use crate::codes::{Code, Kind};
use crate::error::Error;
use crate::journal::{Identified, Intent, Record};
use crate::protocol::{Reply, Settlement, StartReply};
use crate::request::Request;
use crate::terminal::News;
use crate::utc;
use crate::verdict::Evidence;

/// What a start led to, and at whom.
pub(super) struct Start {
    pub(super) who: Who,
    pub(super) started: Started,
}

/// What a start led to.
pub(super) enum Started {
    /// It may be running. `started`: when the terminal said `isStarted: true`.
    Following { started: Option<Instant> },
    /// Nothing was started.
    Ended(Box<Ending>),
}

pub(super) fn start(conversation: &mut Conversation, intent: &Intent, request: &Request) -> Start {
    conversation.tell(&News::Connecting);
    let mut who = Who::default();
    let started = match prepare(conversation, intent, &mut who) {
        Err(error) => Started::Ended(Box::new(Ending::not_started(&error))),
        Ok(()) => match conversation.start(intent, request) {
            Heard::NeverSent(trouble) => {
                Started::Ended(Box::new(Ending::of(Evidence::NothingLeft(trouble.code()), trouble.detail())))
            }
            Heard::MaybeSent(_) => Started::Following { started: None },
            Heard::Reply(reply) => weigh(conversation, intent, &reply),
        },
    };
    Start { who, started }
}

/// Everything that can fail before the start without any risk. Here a wish to cancel needs no `cancel`, for the last
/// time.
fn prepare(conversation: &mut Conversation, intent: &Intent, who: &mut Who) -> Result<(), Error> {
    *who = conversation.meet()?;
    check_terminal_of_original(conversation, intent, who)?;
    note_terminal(conversation, intent, who)?;
    conversation.test_secret()?;
    if conversation.terminal.watch.ask() {
        return Err(Error::new(Code::CancelledEarly, "the register cancelled before anything was sent"));
    }
    Ok(())
}

/// A reversal works only on the terminal of its original: another one would look among its own sales, and some take back their last one
/// whichever is named.
fn check_terminal_of_original(conversation: &mut Conversation, intent: &Intent, who: &Who) -> Result<(), Error> {
    if intent.kind != Kind::Reversal {
        return Ok(());
    }
    let history = conversation.terminal.history()?;
    let then = history.find(&intent.original_transaction).and_then(|original| original.terminal_id.as_deref());
    match (then, who.id.as_deref()) {
        (Some(then), Some(here)) if then != here => Err(Error::new(
            Code::OtherTerminal,
            format!(
                "{} was made on the terminal {then}, and this is {here}: reverse it there, or refund it",
                intent.original_sale
            ),
        )),
        (Some(_) | None, Some(_) | None) => Ok(()),
    }
}

/// Notes the terminal and its path in the journal: address and version may have changed when somebody asks about this
/// attempt later.
fn note_terminal(conversation: &mut Conversation, intent: &Intent, who: &Who) -> Result<(), Error> {
    let path = Some(conversation.base_path.clone()).filter(|path| *path != intent.path);
    if who.id.is_none() && path.is_none() {
        return Ok(());
    }
    conversation.terminal.journal()?.append(&Record::Identified(Identified {
        time: utc::now(),
        sale: intent.sale.clone(),
        transaction: intent.transaction.clone(),
        terminal_id: who.id.clone(),
        path,
    }))
}

/// A refusal ends the attempt only if it is confirmed by further questions. Anything unclear may be running.
fn weigh(conversation: &mut Conversation, intent: &Intent, reply: &Reply) -> Started {
    let (code, message) = match StartReply::read(reply, &intent.transaction) {
        StartReply::Started => return Started::Following { started: Some(Instant::now()) },
        StartReply::Unclear => return Started::Following { started: None },
        StartReply::NotSupported => (Code::NotSupported, conversation.message(reply)),
        StartReply::NotStarted => (Code::StartRefused, conversation.message(reply)),
        StartReply::Refused => (Code::RequestRefused, conversation.described(reply)),
    };
    match refused::believe(conversation, &intent.transaction) {
        Believed::Yes => {}
        Believed::WrongSecret => return refusal(Code::SecureString, message),
        Believed::No => return Started::Following { started: None },
    }
    // The terminal is well and takes this secret for other things.
    refusal(code, message)
}

/// The terminal's message goes where the till looks for it; the detail says the same in English for the log.
fn refusal(code: Code, message: String) -> Started {
    let reason = format!("the start was refused: {message}");
    let settlement =
        Settlement { response_message: Some(message).filter(|message| !message.is_empty()), ..Settlement::default() };
    let ending = Ending::of(Evidence::StartRefused(code), reason);
    Started::Ended(Box::new(Ending { settlement: Some(settlement), ..ending }))
}
