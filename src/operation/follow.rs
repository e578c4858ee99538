//! Following one transaction from "it may be running" to its ending: polls, the control question, cancelling, letting go.

use std::time::{Duration, Instant};

use super::conversation::{Conversation, Left};
use super::ending::Ending;
use super::pace::Pace;
use super::settle::{self, Known};
use crate::codes::{Code, Phase};
use crate::journal::{Attempt, Intent};
use crate::mask;
use crate::protocol::StatusReply;
use crate::testing::{self, patience};
use crate::transport::Trouble;
use crate::verdict::Evidence;

/// After this long of answers that say nothing about our sale, it is let go of.
const MUTE_PATIENCE: Duration = Duration::from_secs(15);
/// How long the terminal is asked after the cancel with which a sale is let go of.
const LAST_LOOK: Duration = Duration::from_secs(10);
/// A wish to cancel may be repeated so often.
const CANCEL_AGAIN: Duration = Duration::from_secs(2);

/// Whose transaction is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// This call's own: followed to the end of its patience, then cancelled and let go of.
    Own,
    /// An earlier attempt: followed while it runs, and no longer than there is something to see.
    Earlier(Purpose),
}

/// Why an earlier attempt is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The register is paying this very sale: a wish to cancel is meant for the attempt that is seen running.
    SameSale,
    /// The register only wants to know: a wish to cancel ends the asking, and is never said to the terminal.
    OnlyAsking,
}

/// What is asked next.
#[derive(Debug)]
enum Next {
    Status,
    /// The status of nobody's transaction: this one of ours is not believed before that is another.
    Control(StatusReply),
    /// The result, although nothing says that it is there.
    Result,
}

#[derive(Debug)]
pub(crate) struct Follow {
    intent: Intent,
    mode: Mode,
    known: Known,
    patience: Instant,
    pace: Pace,
    next: Next,
    mute_since: Option<Instant>,
    silence: Option<Trouble>,
    running: bool,
    cancelled_at: Option<Instant>,
    leaving: Option<Leaving>,
    told: Option<(Phase, String)>,
}

#[derive(Debug)]
struct Leaving {
    until: Instant,
    reason: Code,
    cancel: bool,
}

impl Follow {
    /// `started_on`: the connection on which the terminal said that it has started.
    pub(crate) fn own(intent: Intent, started_on: Option<u64>, patience: Instant, poll_interval: Duration) -> Self {
        let started = started_on.is_some();
        let known = Known { started, unbroken: started_on, finished: false, stored: false, cancel_sent: false };
        Self::new(intent, Mode::Own, known, patience, poll_interval)
    }

    pub(crate) fn earlier(attempt: &Attempt, purpose: Purpose, patience: Instant, poll_interval: Duration) -> Self {
        let stored = attempt.settled.is_some();
        let cancel_sent = attempt.flags().cancel_asked;
        let known = Known { started: false, unbroken: None, finished: false, stored, cancel_sent };
        Self::new(attempt.intent.clone(), Mode::Earlier(purpose), known, patience, poll_interval)
    }

    fn new(intent: Intent, mode: Mode, known: Known, patience: Instant, poll_interval: Duration) -> Self {
        Self {
            intent,
            mode,
            known,
            patience,
            pace: Pace::new(poll_interval),
            next: Next::Status,
            mute_since: None,
            silence: None,
            running: false,
            cancelled_at: None,
            leaving: None,
            told: None,
        }
    }

    pub(crate) fn intent(&self) -> &Intent {
        &self.intent
    }

    pub(crate) fn cancel_sent(&self) -> bool {
        self.known.cancel_sent
    }

    /// The register does not want to wait any longer.
    pub(crate) fn let_go(&mut self) {
        self.leave(Code::LetGo);
    }

    /// The same transaction under another path: nothing that was seen under the last one counts there.
    pub(crate) fn ask_elsewhere(&mut self) {
        self.known = Known { started: false, unbroken: None, finished: false, ..self.known };
        (self.mute_since, self.silence) = (None, None);
        (self.running, self.next) = (false, Next::Status);
        self.pace.at_once();
    }

    /// Waits for the next thing to do, at most until `until`, and does it.
    pub(crate) fn step(&mut self, conversation: &mut Conversation, until: Instant) -> Option<Ending> {
        if !self.wants_cancel(conversation) {
            conversation.wait_until(self.pace.due().min(until));
        }
        let began = Instant::now();
        // A new wish to cancel does not wait for the next poll.
        if began < self.pace.due() && !self.wants_cancel(conversation) {
            return None;
        }
        let ending = self.act(conversation);
        // Whoever asks about an earlier sale looks at once where its status says nothing: there is nothing to wait for.
        match self.next {
            Next::Control(_) => self.pace.at_once(),
            Next::Result if self.mode != Mode::Own => self.pace.at_once(),
            Next::Status | Next::Result => self.pace.asked(began),
        }
        ending
    }

    fn act(&mut self, conversation: &mut Conversation) -> Option<Ending> {
        let now = Instant::now();
        if self.leaving.is_none() && now >= self.patience {
            let reason = self.reason_to_leave();
            if self.mode != Mode::Own {
                return Some(self.open(reason));
            }
            self.leave(reason);
        }
        if let Some(reason) = self
            .leaving
            .as_ref()
            .filter(|leaving| now >= leaving.until && !leaving.cancel)
            .map(|leaving| leaving.reason)
        {
            return Some(self.open(reason));
        }
        if self.wants_cancel(conversation) {
            self.cancel(conversation);
            return None;
        }
        match std::mem::replace(&mut self.next, Next::Status) {
            Next::Status => self.ask_status(conversation),
            Next::Control(doubted) => self.ask_control(conversation, doubted),
            Next::Result => self.look(conversation),
        }
    }

    fn ask_status(&mut self, conversation: &mut Conversation) -> Option<Ending> {
        match conversation.status(&self.intent.transaction) {
            Err(trouble) => self.heard_nothing(trouble),
            Ok((_, status)) if self.is_doubtful(conversation, &status) => {
                self.next = Next::Control(status);
                None
            }
            Ok((_, status)) => self.believe(conversation, status),
        }
    }

    /// Whether a status is only believed when nobody's transaction has another. Where the terminal may have restarted and forgotten since it
    /// said that ours has started, "Finished" may be what it says of anything.
    fn is_doubtful(&self, conversation: &Conversation, status: &StatusReply) -> bool {
        let doubtful = match status {
            StatusReply::Finished => !self.known.started || self.known.unbroken != Some(conversation.connections()),
            StatusReply::Running(_) => !self.known.started,
            StatusReply::NoText | StatusReply::Unreadable => false,
        };
        doubtful && !testing::broken("forget-control-question")
    }

    /// The same question about nobody's transaction: an answer that is given to both says nothing about ours.
    fn ask_control(&mut self, conversation: &mut Conversation, doubted: StatusReply) -> Option<Ending> {
        match conversation.control_status() {
            Err(trouble) => self.heard_nothing(trouble),
            Ok(control) if control == doubted => self.believe(conversation, StatusReply::NoText),
            Ok(_) => self.believe(conversation, doubted),
        }
    }

    fn believe(&mut self, conversation: &mut Conversation, status: StatusReply) -> Option<Ending> {
        self.silence = None;
        match status {
            StatusReply::Finished => {
                self.known.finished = true;
                if self.mode == Mode::Own {
                    conversation.tell(Phase::ReadingResult, "");
                }
                Some(settle::settle(conversation, &self.intent, self.known))
            }
            StatusReply::Running(text) => {
                self.running = true;
                self.mute_since = None;
                self.pace.saw(&text);
                // Nobody knows in which words a terminal says that it is over. Where an earlier attempt seems to run, its result is asked for too.
                self.look_unless_waiting();
                self.tell_running(conversation, &text);
                None
            }
            StatusReply::NoText => self.heard_no_text(),
            // It says nothing at all, not even that there is no status.
            StatusReply::Unreadable => self.heard_nothing(Trouble::Broken("the status could not be read".into())),
        }
    }

    /// While the customer is busy there is no result to look for. Whoever is leaving, or asks about the past, looks for one too.
    fn look_unless_waiting(&mut self) {
        if self.leaving.is_some() || self.mode != Mode::Own {
            self.next = Next::Result;
        }
    }

    /// Tells what has changed on the screen, not how often it was looked at.
    fn tell_running(&mut self, conversation: &mut Conversation, text: &str) {
        let screen = || mask::words(text, &conversation.terminal.secure_string);
        let news = match self.mode {
            Mode::Own if self.known.cancel_sent => (Phase::Cancelling, screen()),
            Mode::Own => (Phase::Waiting, screen()),
            Mode::Earlier(_) => (Phase::ResolvingEarlier, self.intent.sale.clone()),
        };
        if self.told.as_ref() != Some(&news) {
            conversation.tell(news.0, &news.1);
            self.told = Some(news);
        }
    }

    /// The terminal answers, but says nothing about our sale.
    fn heard_no_text(&mut self) -> Option<Ending> {
        self.running = false;
        self.known.unbroken = None;
        let since = *self.mute_since.get_or_insert_with(Instant::now);
        self.look_unless_waiting();
        if self.mode == Mode::Own && self.leaving.is_none() && since.elapsed() >= patience(MUTE_PATIENCE) {
            self.leave(Code::StartUnanswered);
        }
        None
    }

    fn heard_nothing(&mut self, trouble: Trouble) -> Option<Ending> {
        if !settle::is_silence(&trouble) {
            return None;
        }
        if self.leaving.is_some() {
            self.next = Next::Result;
        }
        self.known.unbroken = None;
        self.silence = Some(trouble);
        // Whoever asks about an earlier sale does not wait for a terminal that is off. Of an approval that is stored, more is known than that.
        let reason = if self.known.stored { Code::NotConfirmed } else { Code::ContactLost };
        (self.mode != Mode::Own).then(|| self.open(reason))
    }

    /// Asks for the result although nothing says that it is there.
    fn look(&mut self, conversation: &mut Conversation) -> Option<Ending> {
        let found = settle::look(conversation, &self.intent, self.known, self.running);
        if found.is_none() && self.mode != Mode::Own && !self.running {
            return Some(self.open(if self.known.stored { Code::NotConfirmed } else { Code::StartUnanswered }));
        }
        found
    }

    fn wants_cancel(&self, conversation: &Conversation) -> bool {
        match &self.leaving {
            Some(leaving) => leaving.cancel,
            None => {
                self.may_cancel()
                    && conversation.terminal.watch.wished()
                    && self.cancelled_at.is_none_or(|at| at.elapsed() >= patience(CANCEL_AGAIN))
            }
        }
    }

    /// To an attempt of the past nothing is said that it was not seen running for: the terminal may be working on another.
    fn may_cancel(&self) -> bool {
        match self.mode {
            Mode::Own => true,
            Mode::Earlier(purpose) => purpose == Purpose::SameSale && self.running,
        }
    }

    fn cancel(&mut self, conversation: &mut Conversation) {
        let left = conversation.cancel(&self.intent.transaction);
        self.known.cancel_sent = self.known.cancel_sent || left == Left::Yes;
        self.known.unbroken = None;
        self.cancelled_at = Some(Instant::now());
        if let Some(leaving) = &mut self.leaving {
            leaving.cancel = false;
            leaving.until = Instant::now() + patience(LAST_LOOK);
        }
    }

    fn leave(&mut self, reason: Code) {
        if self.leaving.is_none() {
            self.next = Next::Status;
            self.pace.at_once();
            self.leaving = Some(Leaving { until: Instant::now() + patience(LAST_LOOK), reason, cancel: true });
        }
    }

    /// What is not known when the patience ends.
    fn reason_to_leave(&self) -> Code {
        match (&self.silence, self.running) {
            (Some(_), true | false) => Code::ContactLost,
            (None, true) => Code::StillRunning,
            (None, false) => Code::StartUnanswered,
        }
    }

    /// Nobody knows how it ended.
    fn open(&self, reason: Code) -> Ending {
        let words = self.silence.as_ref().map_or_else(String::new, |trouble| trouble.words().into());
        Ending { running: self.running, ..Ending::of(Evidence::Nothing(reason), words) }
    }
}
