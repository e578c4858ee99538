//! Following one transaction from "it may be running" to its ending: polls, the control question, cancelling, letting go.

use std::time::{Duration, Instant};

use super::conversation::{CancelReply, Conversation};
use super::ending::Ending;
use super::known::Known;
use super::lists;
use super::pace::Pace;
use super::settle::{self, End};
use crate::codes::{Code, Phase};
use crate::journal::{Attempt, Intent};
use crate::mask;
use crate::patience::{CANCEL_AGAIN, CANCEL_WITHOUT_CONTACT, LAST_LOOK, MUTE, PAUSE, RESULT, hurried};
use crate::protocol::StatusReply;
use crate::testing::{self, Guard};
use crate::transport::Trouble;
use crate::verdict::Evidence;

/// Status texts with which the terminal says that it talks to the bank (1.5).
const WITH_THE_BANK: [&str; 2] = ["Sending", "Receiving"];

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
    /// The status of nobody's transaction: this one of ours is not believed unless that is another.
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
    /// Since when the terminal answers, but says nothing about ours.
    mute_since: Option<Instant>,
    /// Since when it says Finished, without a result that could be believed, and why the last one could not.
    unsettled: Option<(Instant, Code, String)>,
    /// Since when it does not answer, and how.
    silence: Option<(Instant, Trouble)>,
    running: bool,
    /// It has said that it is over, whatever it says now.
    said_finished: bool,
    wished_at: Option<Instant>,
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
    /// `started`: when, and on which connection, the terminal said that it has started.
    pub(crate) fn own(
        intent: Intent,
        started: Option<(Instant, u64)>,
        patience: Instant,
        poll_interval: Duration,
    ) -> Self {
        let known = Known {
            started: started.map(|(when, _)| when),
            begun: Some(started.map_or_else(Instant::now, |(when, _)| when)),
            unbroken: started.map(|(_, connection)| connection),
            ..Known::default()
        };
        Self::new(intent, Mode::Own, known, patience, poll_interval)
    }

    pub(crate) fn earlier(attempt: &Attempt, purpose: Purpose, patience: Instant, poll_interval: Duration) -> Self {
        let known =
            Known { stored: attempt.settled.is_some(), cancel_sent: attempt.flags().cancel_asked, ..Known::default() };
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
            unsettled: None,
            silence: None,
            running: false,
            said_finished: false,
            wished_at: None,
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
        self.known = self.known.elsewhere();
        (self.mute_since, self.unsettled, self.silence) = (None, None, None);
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
            Next::Status if self.unsettled.is_some() => self.pace.within(hurried(PAUSE)),
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
            return self.cancel(conversation);
        }
        match std::mem::replace(&mut self.next, Next::Status) {
            Next::Status => self.ask_status(conversation),
            Next::Control(doubted) => self.ask_control(conversation, doubted),
            Next::Result => self.look(conversation),
        }
    }

    fn ask_status(&mut self, conversation: &mut Conversation) -> Option<Ending> {
        let status = match conversation.status(&self.intent.transaction) {
            Err(trouble) => return self.heard_nothing(trouble),
            Ok((_, status)) => status,
        };
        self.silence = None;
        // It may be the state of the transaction before. Asking goes on meanwhile.
        if status == StatusReply::Finished && self.known.may_lag() && !testing::broken(Guard::BelieveLaggingState) {
            return None;
        }
        if self.is_doubtful(conversation, &status) {
            self.next = Next::Control(status);
            return None;
        }
        self.believe(conversation, status)
    }

    /// Whether a status is believed only where nobody's transaction has another. Finished may be what the terminal says of anything. Running
    /// is doubted where this call has not seen the start, and once after each break.
    fn is_doubtful(&self, conversation: &Conversation, status: &StatusReply) -> bool {
        let doubtful = match status {
            StatusReply::Finished => true,
            StatusReply::Running(_) => self.known.started.is_none() || !self.known.is_unbroken(conversation),
            StatusReply::NoText | StatusReply::Unreadable => false,
        };
        doubtful && !testing::broken(Guard::ForgetControlQuestion)
    }

    /// The same question about nobody's transaction: an answer that is given to both says nothing about ours.
    fn ask_control(&mut self, conversation: &mut Conversation, doubted: StatusReply) -> Option<Ending> {
        let control = match conversation.control_status() {
            Err(trouble) => return self.heard_nothing(trouble),
            Ok(control) => control,
        };
        if control != doubted {
            self.known.finished_is_said_of_any = false;
            // It still knows ours from another: whatever was in between, it has not forgotten.
            self.known.unbroken = self.known.started.map(|_| conversation.connections());
            return self.believe(conversation, doubted);
        }
        match (doubted, self.known.started) {
            (StatusReply::Finished, Some(_)) => {
                // Said of any: the results decide.
                self.known.finished_is_said_of_any = true;
                self.believe(conversation, StatusReply::Finished)
            }
            // It says that ours has started, and now what it says of any: neither a sign that it runs, nor one that it is gone.
            (StatusReply::Running(_), Some(_)) => {
                self.look_unless_waiting();
                None
            }
            (StatusReply::Finished | StatusReply::Running(_) | StatusReply::NoText | StatusReply::Unreadable, _) => {
                self.believe(conversation, StatusReply::NoText)
            }
        }
    }

    fn believe(&mut self, conversation: &mut Conversation, status: StatusReply) -> Option<Ending> {
        match status {
            StatusReply::Finished => self.settle(conversation),
            StatusReply::Running(text) => {
                self.running(conversation, &text);
                None
            }
            StatusReply::NoText => self.heard_no_text(),
            // It says nothing at all, not even that there is no status.
            StatusReply::Unreadable => self.heard_nothing(Trouble::Broken("the status could not be read".into())),
        }
    }

    fn settle(&mut self, conversation: &mut Conversation) -> Option<Ending> {
        self.known.finished = true;
        (self.running, self.said_finished) = (false, true);
        if self.mode == Mode::Own {
            self.tell(conversation, (Phase::ReadingResult, String::new()));
        }
        match settle::settle(conversation, &self.intent, &self.known) {
            End::Ended(ending) => Some(*ending),
            End::Open(code, words) => self.is_unsettled(code, words),
        }
    }

    /// The terminal says that it is over, and its result says nothing that counts. It may have said so too early, so it is followed on; what
    /// it says later it may say because it has forgotten meanwhile.
    fn is_unsettled(&mut self, code: Code, words: String) -> Option<Ending> {
        self.known.unbroken = None;
        let since = self.unsettled.as_ref().map_or_else(Instant::now, |(since, ..)| *since);
        self.unsettled = Some((since, code, words));
        if self.leaving.is_some() || since.elapsed() < hurried(RESULT) {
            return None;
        }
        if self.mode != Mode::Own {
            return Some(self.open(code));
        }
        self.leave(code);
        None
    }

    fn running(&mut self, conversation: &mut Conversation, text: &str) {
        let first = self.known.seen_running.is_none();
        self.running = true;
        self.known.seen_running = Some(Instant::now());
        self.known.finished = false;
        self.known.with_the_bank |= WITH_THE_BANK.iter().any(|word| word.eq_ignore_ascii_case(text));
        (self.mute_since, self.unsettled) = (None, None);
        self.pace.saw(text);
        // Nobody knows in which words a terminal says that it is over. Where an earlier attempt seems to run, its result is asked for too.
        self.look_unless_waiting();
        self.tell_running(conversation, text);
        if first && self.mode == Mode::Own {
            self.known.baseline = conversation.control_result().ok();
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
        self.tell(conversation, news);
    }

    fn tell(&mut self, conversation: &mut Conversation, news: (Phase, String)) {
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
        if self.mode == Mode::Own && self.leaving.is_none() && since.elapsed() >= hurried(MUTE) {
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
        let since = self.silence.as_ref().map_or_else(Instant::now, |(since, _)| *since);
        self.silence = Some((since, trouble));
        if self.mode == Mode::Own {
            return self.without_contact_after_wish(since).then(|| self.open(Code::ContactLost));
        }
        // Whoever asks about an earlier sale does not wait for a terminal that is off. Of an approval that is stored, more is known than that.
        Some(self.open(if self.known.stored { Code::NotConfirmed } else { Code::ContactLost }))
    }

    /// The cashier wished to cancel, and nobody is there who could: she does not wait for the end of the library's patience.
    fn without_contact_after_wish(&self, silent_since: Instant) -> bool {
        let wished = self.wished_at.filter(|_| self.leaving.is_none());
        wished.is_some_and(|wished| wished.max(silent_since).elapsed() >= hurried(CANCEL_WITHOUT_CONTACT))
    }

    /// Asks for the result although nothing says that it is there.
    fn look(&mut self, conversation: &mut Conversation) -> Option<Ending> {
        let found = settle::look(conversation, &self.intent, &self.known, self.running);
        if found.is_none() && self.mode != Mode::Own && !self.running {
            // Its status and result are forgotten: the terminal's lists may still name it.
            let listed = lists::of_forgotten(conversation, &self.intent, &self.known);
            let reason = if self.known.stored { Code::NotConfirmed } else { Code::StartUnanswered };
            return Some(listed.unwrap_or_else(|| self.open(reason)));
        }
        found
    }

    fn wants_cancel(&self, conversation: &Conversation) -> bool {
        match &self.leaving {
            Some(leaving) => leaving.cancel,
            None => {
                self.may_cancel()
                    && conversation.terminal.watch.wished()
                    && self.cancelled_at.is_none_or(|at| at.elapsed() >= hurried(CANCEL_AGAIN))
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

    fn cancel(&mut self, conversation: &mut Conversation) -> Option<Ending> {
        if self.leaving.is_none() {
            self.wished_at.get_or_insert_with(Instant::now);
        }
        let reply = conversation.cancel(&self.intent.transaction);
        self.cancelled_at = Some(Instant::now());
        self.known.unbroken = None;
        if let Some(leaving) = &mut self.leaving {
            leaving.cancel = false;
            leaving.until = Instant::now() + hurried(LAST_LOOK);
        }
        match reply {
            CancelReply::Taken => {
                self.known.cancel_sent = true;
                None
            }
            CancelReply::NotAllowed => None,
            CancelReply::MaybeSent(trouble) => {
                self.known.cancel_sent = true;
                self.heard_nothing(trouble)
            }
            CancelReply::NeverSent(trouble) => self.heard_nothing(trouble),
        }
    }

    fn leave(&mut self, reason: Code) {
        if self.leaving.is_none() {
            self.next = Next::Status;
            self.pace.at_once();
            self.leaving = Some(Leaving { until: Instant::now() + hurried(LAST_LOOK), reason, cancel: true });
        }
    }

    /// What is not known when the patience ends.
    fn reason_to_leave(&self) -> Code {
        match (&self.silence, &self.unsettled, self.running) {
            (Some(_), _, _) => Code::ContactLost,
            (None, Some((_, code, _)), _) => *code,
            (None, None, true) => Code::StillRunning,
            (None, None, false) => Code::StartUnanswered,
        }
    }

    /// Nobody knows how it ended.
    fn open(&self, reason: Code) -> Ending {
        let words = match (&self.silence, &self.unsettled) {
            (Some((_, trouble)), _) => trouble.words().into(),
            (None, Some((_, _, words))) => words.clone(),
            (None, None) => String::new(),
        };
        // Of an attempt of the past that was over a moment ago nobody is kept from deciding.
        let running = self.running && (self.mode == Mode::Own || !self.said_finished);
        Ending { running, ..Ending::of(Evidence::Nothing(reason), words) }
    }
}
