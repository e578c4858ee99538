//! Inner parts that properties and fuzzers look at, in a `testing` build only.

use crate::codes::Verdict;
use crate::journal::{Intent, Journal, State};
use crate::protocol::{ConfirmReply, InfoReply, Reply, ResultReply, StartReply, StatusReply, TerminalReply};
use crate::response_code::Taught;
pub use crate::testing::Guard;
use crate::verdict::{Cancel, Confirmation, Evidence, Judgement, judge, verdict};

const SECRET: &str = "27924505";

/// The verdict that this reply to `result` leads to, for a transaction that is finished and whose confirmation comes through.
pub fn verdict_of_result(http: u16, body: &[u8], id: &str, minor: i64, currency: &str) -> Verdict {
    match ResultReply::read(&Reply::read(http, body), id, SECRET) {
        ResultReply::NotOurs | ResultReply::Unreadable => Verdict::Unknown,
        ResultReply::Settled(settlement) => {
            let intent = Intent { amount: minor, currency: currency.into(), ..Intent::unknown(0, "", id) };
            let judgement = judge(&settlement, &intent, &Taught::default());
            let confirmation =
                if judgement == Judgement::Approves { Confirmation::Through } else { Confirmation::NotSent };
            verdict(Evidence::Result { judgement, confirmation, finished: true, cancel: Cancel::Nobody }).0
        }
    }
}

/// Reads a reply as every endpoint would. True when any of them took it for good news: started, finished, confirmed.
pub fn is_good_news(http: u16, body: &[u8], id: &str) -> bool {
    let reply = Reply::read(http, body);
    let _ = (InfoReply::read(&reply).is_some(), reply.message(SECRET), reply.without_echo(id));
    let _ = reply.success().map(|fields| TerminalReply::read(fields, true).online);
    StartReply::read(&reply, id) == StartReply::Started
        || StatusReply::read(&reply, id) == StatusReply::Finished
        || ConfirmReply::read(&reply, id) == ConfirmReply::Confirmed
}

/// What an attempt means for the next one, as a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Nobody knows whether money moved.
    Undecided,
    /// Money moved.
    Charged,
    /// No money moved.
    Free,
}

/// The attempts a journal with these bytes tells of: transaction id and meaning.
pub fn attempts(journal: &[u8]) -> Vec<(String, Meaning)> {
    let history = Journal::history_of(journal);
    let meaning = |state| match state {
        State::Undecided => Meaning::Undecided,
        State::Charged => Meaning::Charged,
        State::Free => Meaning::Free,
    };
    let told = history.attempts().map(|attempt| (attempt.intent.transaction.clone(), meaning(attempt.state())));
    told.collect()
}
