//! Follows one transaction from "it may be running" to its ending: polls, asks the control question, cancels, lets go.

use std::time::{Duration, Instant};

use super::conversation::{CancelReply, Conversation};
use super::ending::{Ending, Said};
use super::known::Known;
use super::lists;
use super::pace::Pace;
use super::settle::{self, End};
use super::telling::Telling;
use crate::codes::Code;
use crate::journal::{Attempt, Intent};
use crate::mask;
use crate::patience::{CANCEL_AGAIN, CANCEL_WITHOUT_CONTACT, JUST_NOW, LAST_LOOK, MUTE, PAUSE, RESULT, hurried};
use crate::protocol::StatusReply;
use crate::terminal::News;
use crate::testing::{self, Guard};
use crate::transport::Trouble;
use crate::utc;
use crate::verdict::Evidence;

/// Status texts with which the terminal says that it talks to the bank (1.5).
const WITH_THE_BANK: [&str; 2] = ["Sending", "Receiving"];

/// Whose transaction is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// This call's own attempt. At the end of the patience it is cancelled and let go of.
    Own,
    /// An earlier attempt: followed only while it is running.
    Earlier(Purpose),
}

/// Why an earlier attempt is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The register is paying this very sale again: its wish to cancel is sent, if the attempt was seen running.
    SameSale,
    /// The register only wants to know: its wish to cancel ends the asking, and no cancel is sent.
    OnlyAsking,
}

/// What is asked next.
#[derive(Debug)]
enum Next {
    Status,
    /// The control question. This status of ours is believed only if the control question has another answer.
    Control(StatusReply),
    /// The result, although `status` did not say Finished.
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
    /// Since when the terminal answers without saying anything about ours.
    mute_since: Option<Instant>,
    /// Since when it says Finished without a result that can be believed, and why the last result cannot be.
    unsettled: Option<(Instant, Code, String)>,
    /// Since when it does not answer, and why.
    silence: Option<(Instant, Trouble)>,
    /// When the present exchange began. What it waited for an answer belongs to the silence.
    asked_at: Instant,
    running: bool,
    /// It has said Finished before, whatever it says now.
    said_finished: bool,
    wished_at: Option<Instant>,
    cancelled_at: Option<Instant>,
    leaving: Option<Leaving>,
    telling: Telling,
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
            begun: Some(started.map_or_else(Instant::now, |(when, _)| when)),
            started: started.map(|(when, _)| when),
            unbroken: started.map(|(_, connection)| connection),
            ..Known::default()
        };
        Self::new(intent, Mode::Own, known, patience, poll_interval)
    }

    pub(crate) fn earlier(attempt: &Attempt, purpose: Purpose, patience: Instant, poll_interval: Duration) -> Self {
        let age = utc::now() - attempt.intent.time;
        let known = Known {
            begun: (0..=JUST_NOW).contains(&age).then(Instant::now),
            stored: attempt.settled.is_some(),
            cancel_sent: attempt.flags().cancel_asked,
            ..Known::default()
        };
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
            asked_at: Instant::now(),
            running: false,
            said_finished: false,
            wished_at: None,
            cancelled_at: None,
            leaving: None,
            telling: Telling::default(),
        }
    }

    pub(crate) fn intent(&self) -> &Intent {
        &self.intent
    }

    pub(crate) fn cancel_sent(&self) -> bool {
        self.known.cancel_sent
    }

    /// The register stops waiting: cancel, look for a while, and end.
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
        self.asked_at = began;
        let ending = self.act(conversation);
        if ending.is_none() {
            self.telling.tell_contact(conversation);
        }
        // An earlier sale whose status says nothing: the result is asked for at once, because there is nothing to wait
        // for.
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
                return Some(self.unknown(reason));
            }
            self.leave(reason);
        }
        if let Some(reason) = self
            .leaving
            .as_ref()
            .filter(|leaving| now >= leaving.until && !leaving.cancel)
            .map(|leaving| leaving.reason)
        {
            return Some(self.unknown(reason));
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
            Err(trouble) => return self.heard_nothing(conversation, trouble),
            Ok((_, status)) => status,
        };
        self.silence = None;
        self.was_answered(&status);
        // It may still be the state of the transaction before: ask again.
        if status == StatusReply::Finished && self.known.may_lag() && !testing::broken(Guard::BelieveLaggingState) {
            return None;
        }
        if self.is_doubtful(conversation, &status) {
            self.next = Next::Control(status);
            return None;
        }
        self.believe(conversation, status)
    }

    /// True if this status needs the control question before it is believed. Finished always does: a terminal may say
    /// it of any id. Running does if this call has not seen the start, and once after each break.
    fn is_doubtful(&self, conversation: &Conversation, status: &StatusReply) -> bool {
        let doubtful = match status {
            StatusReply::Finished => true,
            StatusReply::Running(_) => self.known.started.is_none() || !self.known.is_unbroken(conversation),
            StatusReply::NoText | StatusReply::Unreadable => false,
        };
        doubtful && !testing::broken(Guard::ForgetControlQuestion)
    }

    /// Asks the control question. A status that is given for any id says nothing about ours.
    fn ask_control(&mut self, conversation: &mut Conversation, doubted: StatusReply) -> Option<Ending> {
        let control = match conversation.control_status() {
            Err(trouble) => return self.heard_nothing(conversation, trouble),
            Ok(control) => control,
        };
        self.was_answered(&control);
        if control != doubted {
            self.known.finished_is_said_of_any = false;
            // The terminal still tells ours from another: it has not forgotten it, whatever happened in between.
            self.known.unbroken = self.known.started.map(|_| conversation.connections());
            return self.believe(conversation, doubted);
        }
        match (doubted, self.known.started) {
            (StatusReply::Finished, Some(_)) => {
                // Finished is given for any id: only the result can tell.
                self.known.finished_is_said_of_any = true;
                self.believe(conversation, StatusReply::Finished)
            }
            // It said that ours has started, and now gives the same status for any id. That proves neither that ours
            // runs nor that it is gone.
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
            // An unreadable status is the same as no reply.
            StatusReply::Unreadable => {
                self.heard_nothing(conversation, Trouble::Broken("the status could not be read".into()))
            }
        }
    }

    fn settle(&mut self, conversation: &mut Conversation) -> Option<Ending> {
        self.known.finished = true;
        (self.running, self.said_finished) = (false, true);
        if self.mode == Mode::Own {
            self.telling.tell(conversation, News::ReadingResult);
        }
        match settle::settle(conversation, &self.intent, &self.known) {
            End::Ended(ending) => Some(*ending),
            End::Unsettled(code, detail) => self.is_unsettled(code, detail),
        }
    }

    /// The terminal says Finished, but the result cannot be believed. Finished may have come too early, so ask on. From
    /// here on the terminal may have forgotten ours, so its answers need the control question again.
    fn is_unsettled(&mut self, code: Code, detail: String) -> Option<Ending> {
        self.known.unbroken = None;
        let since = self.unsettled.as_ref().map_or_else(Instant::now, |(since, ..)| *since);
        self.unsettled = Some((since, code, detail));
        if self.leaving.is_some() || since.elapsed() < hurried(RESULT) {
            return None;
        }
        if self.mode != Mode::Own {
            return Some(self.unknown(code));
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
        // Only Finished is documented. Other texts may mean that it is over, too, so the result of an earlier attempt
        // is also asked for.
        self.look_unless_waiting();
        self.tell_running(conversation, text);
        if first && self.mode == Mode::Own {
            self.known.baseline = conversation.control_result().ok();
        }
    }

    /// Asks for the result next, but not while our own customer is still busy: then there is none yet.
    fn look_unless_waiting(&mut self) {
        if self.leaving.is_some() || self.mode != Mode::Own {
            self.next = Next::Result;
        }
    }

    /// Tells the register what is on the screen, once per change.
    fn tell_running(&mut self, conversation: &mut Conversation, text: &str) {
        let screen = mask::text(text, &conversation.terminal.secure_string);
        self.telling.saw(&screen);
        let news = match self.mode {
            Mode::Own if self.known.cancel_sent => News::Cancelling,
            Mode::Own => News::Waiting(self.intent.kind, screen),
            Mode::Earlier(_) => News::ResolvingEarlier(self.intent.sale.clone()),
        };
        self.telling.tell(conversation, news);
    }

    fn was_answered(&mut self, status: &StatusReply) {
        // An unreadable status is the same as no reply.
        if *status != StatusReply::Unreadable {
            self.telling.was_answered();
        }
    }

    /// Tells once that the terminal is silent. Not after it has said Finished: then its result is being read.
    fn tell_silence(&mut self, conversation: &mut Conversation) {
        if self.telling.had_no_answer() && self.mode == Mode::Own && !self.known.finished {
            self.telling.tell(conversation, News::ContactLost);
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

    fn heard_nothing(&mut self, conversation: &mut Conversation, trouble: Trouble) -> Option<Ending> {
        if !settle::is_silence(&trouble) {
            return None;
        }
        self.tell_silence(conversation);
        if self.leaving.is_some() {
            self.next = Next::Result;
        }
        self.known.unbroken = None;
        let since = self.silence.as_ref().map_or(self.asked_at, |(since, _)| *since);
        self.silence = Some((since, trouble));
        if self.mode == Mode::Own {
            return self.without_contact_after_wish(since).then(|| self.unknown(Code::ContactLost));
        }
        // For an earlier sale a terminal that is off is not waited for. If an approval is stored, the open question is
        // its confirm.
        Some(self.unknown(if self.known.stored { Code::NotConfirmed } else { Code::ContactLost }))
    }

    /// The cashier wished to cancel and the terminal does not answer: she need not wait until the patience ends.
    fn without_contact_after_wish(&self, silent_since: Instant) -> bool {
        let wished = self.wished_at.filter(|_| self.leaving.is_none());
        wished.is_some_and(|wished| wished.max(silent_since).elapsed() >= hurried(CANCEL_WITHOUT_CONTACT))
    }

    /// Asks for the result although `status` did not say Finished.
    fn look(&mut self, conversation: &mut Conversation) -> Option<Ending> {
        let found = settle::look(conversation, &self.intent, &self.known, self.running);
        if found.is_none() && self.mode != Mode::Own && !self.running {
            // The terminal has forgotten status and result. Its lists may still name the sale.
            let listed = lists::of_forgotten(conversation, &self.intent, &self.known);
            let reason = if self.known.stored { Code::NotConfirmed } else { Code::StartUnanswered };
            return Some(listed.unwrap_or_else(|| self.does_not_know(reason)));
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

    /// An earlier attempt is cancelled only if it was seen running: else the cancel could hit another sale.
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
                self.heard_nothing(conversation, trouble)
            }
            CancelReply::NeverSent(trouble) => self.heard_nothing(conversation, trouble),
        }
    }

    fn leave(&mut self, reason: Code) {
        if self.leaving.is_none() {
            self.next = Next::Status;
            self.pace.at_once();
            self.leaving = Some(Leaving { until: Instant::now() + hurried(LAST_LOOK), reason, cancel: true });
        }
    }

    /// Why it is still unknown when the patience ends.
    fn reason_to_leave(&self) -> Code {
        match (&self.silence, &self.unsettled, self.running) {
            (Some(_), _, _) => Code::ContactLost,
            (None, Some((_, code, _)), _) => *code,
            (None, None, true) => Code::StillRunning,
            (None, None, false) => Code::StartUnanswered,
        }
    }

    /// The ending UNKNOWN, for this reason.
    fn unknown(&self, reason: Code) -> Ending {
        let detail = match (&self.silence, &self.unsettled) {
            (Some((_, trouble)), _) => trouble.detail().into(),
            (None, Some((_, _, detail))) => detail.clone(),
            (None, None) => String::new(),
        };
        // An earlier attempt that has said Finished does not count as running: a person may decide about it.
        let running = self.running && (self.mode == Mode::Own || !self.said_finished);
        let said =
            if self.known.seen_running.is_some() || self.said_finished { Said::Something } else { Said::Nothing };
        Ending { running, said, ..Ending::of(Evidence::Nothing(reason), detail) }
    }

    /// The same where the terminal has just answered that it does not know it.
    fn does_not_know(&self, reason: Code) -> Ending {
        let ending = self.unknown(reason);
        match ending.said {
            Said::Nothing => Ending { said: Said::Unknown, ..ending },
            Said::Unknown | Said::Something => ending,
        }
    }
}
