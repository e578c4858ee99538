//! From the intent on disk to the answer of the start: who is there, may we, start once, and what the answer proves.

use std::time::{Duration, Instant};

use super::conversation::{Conversation, Heard};
use super::ending::{Ending, Who};
use crate::codes::{Code, Phase};
use crate::error::Error;
use crate::journal::{Identified, Intent, Record};
use crate::protocol::{Reply, Settlement, StartReply, StatusReply};
use crate::request::Request;
use crate::testing::patience;
use crate::transport::Trouble;
use crate::utc;
use crate::verdict::Evidence;

/// How long a refused start's second question is tried, before the refusal is not believed.
const DOUBLE_CHECK: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(300);

/// What a start led to, and at whom.
pub(super) struct Start {
    pub(super) who: Who,
    pub(super) started: Started,
}

/// What a start led to.
pub(super) enum Started {
    /// It may be running. `seen`: the terminal said so itself.
    Following { seen: bool },
    /// Nothing was started.
    Ended(Box<Ending>),
}

pub(super) fn start(conversation: &mut Conversation, intent: &Intent, request: &Request) -> Start {
    conversation.tell(Phase::Connecting, "");
    let mut who = Who::default();
    let started = match prepare(conversation, intent, &mut who) {
        Err(error) => Started::Ended(Box::new(Ending::not_started(&error))),
        Ok(()) => match conversation.start(intent, request) {
            Heard::NeverSent(trouble) => {
                Started::Ended(Box::new(Ending::of(Evidence::NothingLeft(trouble.code()), trouble.words())))
            }
            Heard::MaybeSent(_) => Started::Following { seen: false },
            Heard::Reply(reply) => weigh(conversation, intent, &reply),
        },
    };
    Start { who, started }
}

/// Everything that may still be refused without consequences. A wish to cancel is granted here, for the last time without a cancel.
fn prepare(conversation: &mut Conversation, intent: &Intent, who: &mut Who) -> Result<(), Error> {
    *who = conversation.meet()?;
    note_terminal(conversation, intent, who)?;
    conversation.test_secret()?;
    if conversation.terminal.watch.ask() {
        return Err(Error::new(Code::CancelledEarly, "the register cancelled before anything was sent"));
    }
    Ok(())
}

/// Addresses and versions move: whoever asks about this attempt later wants to know which terminal it was, and under which path.
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

/// A refusal ends the attempt only when a second question agrees with it; anything unclear may be running.
fn weigh(conversation: &mut Conversation, intent: &Intent, reply: &Reply) -> Started {
    // The terminal's words are for the cashier and go where her till looks for them; the reason says it in English for the log.
    let refused = |code: Code, words: String| {
        let reason = format!("the start was refused: {words}");
        let settlement =
            Settlement { response_message: Some(words).filter(|words| !words.is_empty()), ..Settlement::default() };
        let ending = Ending::of(Evidence::StartRefused(code), reason);
        Started::Ended(Box::new(Ending { settlement: Some(settlement), ..ending }))
    };
    match StartReply::read(reply, &intent.transaction) {
        StartReply::Started => Started::Following { seen: true },
        StartReply::NotSupported => refused(Code::NotSupported, conversation.words(reply)),
        StartReply::NotStarted if insists(|| is_not_running(conversation, intent)) => {
            refused(Code::StartRefused, conversation.words(reply))
        }
        StartReply::Refused if insists(|| is_refused_too(conversation, intent, reply)) => {
            let code = if matches!(reply.http, 401 | 403) { Code::SecureString } else { Code::RequestRefused };
            refused(code, conversation.answer(reply))
        }
        StartReply::NotStarted | StartReply::Refused | StartReply::Unclear => Started::Following { seen: false },
    }
}

/// Asks until there is an answer, for a short while. Silence is no agreement.
fn insists(mut question: impl FnMut() -> Result<bool, Trouble>) -> bool {
    let deadline = Instant::now() + patience(DOUBLE_CHECK);
    loop {
        match question() {
            Ok(agrees) => return agrees,
            Err(_) if Instant::now() >= deadline => return false,
            Err(_) => std::thread::sleep(patience(PAUSE)),
        }
    }
}

/// After `isStarted: false`: one status that says neither Finished nor running.
fn is_not_running(conversation: &mut Conversation, intent: &Intent) -> Result<bool, Trouble> {
    let (_, status) = conversation.status(&intent.transaction)?;
    match status {
        StatusReply::NoText => Ok(true),
        // What the terminal also says about nobody's transaction is not about ours.
        StatusReply::Finished | StatusReply::Running(_) => Ok(conversation.control_status()? == status),
        StatusReply::Unreadable => Err(Trouble::Broken("the status could not be read".into())),
    }
}

/// After an HTTP refusal: a harmless question is refused in the same words, so it was not this start that was wrong.
fn is_refused_too(conversation: &mut Conversation, intent: &Intent, reply: &Reply) -> Result<bool, Trouble> {
    Ok(conversation.control_refusal()? == reply.without_echo(&intent.transaction))
}
