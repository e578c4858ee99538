//! Checks a refused start. The terminal may say no and start a moment later, or something between may have answered for
//! it.

use std::time::Instant;

use super::conversation::Conversation;
use crate::patience::{BETWEEN_QUESTIONS, PAUSE, REFUSED_START, hurried};
use crate::protocol::StatusReply;
use crate::testing::{self, Guard};
use crate::transport::Trouble;

/// Whether the refusal is believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Believed {
    /// The terminal is well, and knows nothing of the transaction.
    Yes,
    /// It refuses the secret for everything, and has never taken it.
    WrongSecret,
    /// It may be running.
    No,
}

/// What one question says.
enum Said {
    /// Nothing about ours. Beside it the status that every id has, if there is one.
    Nothing(Option<StatusReply>),
    More,
    Refused,
}

/// Asks twice about the transaction, a second apart, and in between whether the terminal itself answers. A 4xx given to
/// every question, HTTP 5xx and silence do not confirm the refusal. Nor does a terminal that gives every id the status of
/// its last transaction, if that status changes meanwhile: ours may have begun.
pub(super) fn believe(conversation: &mut Conversation, transaction: &str) -> Believed {
    if testing::broken(Guard::BelieveRefusedStart) {
        return Believed::Yes;
    }
    let deadline = Instant::now() + hurried(REFUSED_START);
    let mut refused = false;
    let mut of_any: Vec<Option<StatusReply>> = Vec::new();
    for question in [Question::Transaction, Question::Terminal, Question::Transaction] {
        if question == Question::Terminal {
            conversation.wait_until(Instant::now() + hurried(BETWEEN_QUESTIONS));
        }
        match insist(conversation, transaction, question, deadline) {
            Some(Said::Nothing(status)) if question == Question::Transaction => of_any.push(status),
            Some(Said::Nothing(_)) => {}
            Some(Said::Refused) => refused = true,
            Some(Said::More) | None => return Believed::No,
        }
    }
    let changes = of_any.windows(2).any(|pair| matches!(pair, [before, after] if before != after));
    if changes && !testing::broken(Guard::IgnoreChangingStatus) {
        return Believed::No;
    }
    match (refused, conversation.terminal.met.secret_accepted) {
        (false, true | false) => Believed::Yes,
        (true, false) => Believed::WrongSecret,
        (true, true) => Believed::No,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Question {
    Transaction,
    Terminal,
}

/// Repeats one question until it is answered or the time is up. Silence confirms nothing.
fn insist(conversation: &mut Conversation, transaction: &str, question: Question, deadline: Instant) -> Option<Said> {
    loop {
        let said = match question {
            Question::Transaction => about_transaction(conversation, transaction),
            Question::Terminal => about_terminal(conversation),
        };
        match said {
            Ok(said) => return Some(said),
            Err(_) if Instant::now() >= deadline => return None,
            Err(_) => std::thread::sleep(hurried(PAUSE)),
        }
    }
}

fn about_transaction(conversation: &mut Conversation, transaction: &str) -> Result<Said, Trouble> {
    match conversation.knows(transaction)? {
        (Some(true), _) => Ok(Said::More),
        (Some(false), of_any) => Ok(Said::Nothing(of_any)),
        (None, _) => Ok(Said::Refused),
    }
}

fn about_terminal(conversation: &mut Conversation) -> Result<Said, Trouble> {
    let reply = conversation.ask_terminal(false)?;
    match reply.http {
        200 => Ok(Said::Nothing(None)),
        _ if reply.is_not_supported() => Ok(Said::Nothing(None)),
        401 | 403 => Ok(Said::Refused),
        http => Err(Trouble::Broken(format!("HTTP {http}"))),
    }
}
