//! Everything that this library sends to a terminal: one method per endpoint.

use std::time::Instant;

use crate::codes::Code;
use crate::error::{About, Error};
use crate::ids;
use crate::journal::Intent;
use crate::log;
use crate::patience::SLICE;
use crate::protocol::{self, ConfirmReply, Endpoint, ListReply, Reply, ResultReply, StatusReply, TerminalReply};
use crate::request::Request;
use crate::response_code::Taught;
use crate::terminal::{News, Terminal};
use crate::testing::{self, Guard};
use crate::transport::{Exchange, Link, OnWish, Trouble};

/// A terminal and the way to it, for the length of one call.
pub(crate) struct Conversation<'c> {
    pub(crate) terminal: &'c mut Terminal,
    pub(super) link: &'c Link,
    pub(super) base_path: String,
}

/// What an exchange brought.
#[derive(Debug)]
pub(crate) enum Heard {
    /// Not one byte left.
    NeverSent(Trouble),
    /// Bytes left, no complete reply came.
    MaybeSent(Trouble),
    Reply(Reply),
}

impl Heard {
    pub(crate) fn reply(self) -> Result<Reply, Trouble> {
        match self {
            Self::Reply(reply) => Ok(reply),
            Self::NeverSent(trouble) | Self::MaybeSent(trouble) => Err(trouble),
        }
    }
}

impl<'c> Conversation<'c> {
    /// Under the path that the handle uses.
    pub(crate) fn new(terminal: &'c mut Terminal, link: &'c Link) -> Self {
        let base_path = terminal.base_path();
        Self { terminal, link, base_path }
    }

    /// Under the path of an attempt that was started there.
    pub(crate) fn about(terminal: &'c mut Terminal, link: &'c Link, base_path: &str) -> Self {
        Self { terminal, link, base_path: base_path.into() }
    }

    pub(super) fn say(&mut self, endpoint: &str, body: Option<&str>, on_wish: OnWish) -> Heard {
        let path = format!("{}/{}", self.base_path, endpoint);
        self.terminal.watch.allow(on_wish);
        testing::point("ask", endpoint);
        let exchange = self.link.exchange(&path, body, &mut self.terminal.watch);
        testing::point("heard", endpoint);
        let heard = match exchange {
            Exchange::NeverSent(trouble) => Heard::NeverSent(trouble),
            Exchange::MaybeSent(trouble) => Heard::MaybeSent(trouble),
            Exchange::Answered(http, bytes) => {
                self.terminal.met.secret_accepted |= body.is_some() && http == 200;
                Heard::Reply(Reply::read(http, &bytes))
            }
        };
        self.log(endpoint, &heard);
        heard
    }

    /// A question changes nothing on the terminal, so it may be sent twice. That is needed where the terminal closed
    /// the kept connection just now.
    pub(super) fn question(&mut self, endpoint: Endpoint, body: &str, on_wish: OnWish) -> Result<Reply, Trouble> {
        let kept = self.link.connections();
        match self.say(endpoint.name(), Some(body), on_wish).reply() {
            Err(Trouble::Broken(_)) if kept > 0 && kept == self.link.connections() => {
                self.link.leave_connection();
                self.say(endpoint.name(), Some(body), on_wish).reply()
            }
            heard @ (Ok(_) | Err(_)) => heard,
        }
    }

    fn log(&self, endpoint: &str, heard: &Heard) {
        let what = || match heard {
            Heard::NeverSent(trouble) => format!("not sent: {}", trouble.detail()),
            Heard::MaybeSent(trouble) => format!("no reply: {}", trouble.detail()),
            Heard::Reply(reply) => self.described(reply),
        };
        log::exchange(|| format!("{endpoint}: {}", what()));
    }

    /// A reply in one line, for errors and the log.
    pub(crate) fn described(&self, reply: &Reply) -> String {
        format!("HTTP {} {}", reply.http, self.message(reply)).trim_end().into()
    }

    /// The terminal's own sentence in a reply.
    pub(crate) fn message(&self, reply: &Reply) -> String {
        reply.message(&self.terminal.secure_string)
    }

    /// Asks `terminal` and gives the reply as it came.
    pub(crate) fn ask_terminal(&mut self, check_online: bool) -> Result<Reply, Trouble> {
        let body = protocol::terminal(&self.terminal.secure_string, check_online);
        self.say(Endpoint::Terminal.name(), Some(&body), OnWish::Abandon).reply()
    }

    /// Asks `terminal` and notes its state. `check_online`: also whether it reaches its authorization server.
    pub(crate) fn terminal_status(&mut self, check_online: bool) -> Result<(), Error> {
        let reply = self.ask_terminal(check_online).map_err(|trouble| self.unreachable(&trouble))?;
        if let Some(refusal) = self.refusal_of_secret(&reply) {
            return Err(refusal);
        }
        if reply.is_not_supported() {
            return Err(self.refusal(Code::NotSupported, "it has no terminal status"));
        }
        let Some(fields) = reply.success() else {
            return Err(self.refusal(Code::RequestRefused, &format!("it answered {}", self.described(&reply))));
        };
        let status = TerminalReply::read(fields, check_online);
        let facts = &mut self.terminal.met.facts;
        (facts.online, facts.online_status, facts.time) = (status.online, status.online_status, status.time);
        self.terminal.met.secret_tested = true;
        Ok(())
    }

    /// Before the first start of a handle: does the terminal accept the secret? Only a clear refusal stops the start.
    pub(crate) fn test_secret(&mut self) -> Result<(), Error> {
        if self.terminal.met.secret_tested {
            return Ok(());
        }
        match self.ask_terminal(false) {
            Ok(reply) => match self.refusal_of_secret(&reply) {
                Some(refusal) => return Err(refusal),
                None => self.terminal.met.secret_tested = true,
            },
            Err(Trouble::Abandoned) => return Err(self.unreachable(&Trouble::Abandoned)),
            Err(_) => {}
        }
        Ok(())
    }

    pub(super) fn refusal_of_secret(&self, reply: &Reply) -> Option<Error> {
        let refused = matches!(reply.http, 401 | 403);
        refused.then(|| self.refusal(Code::SecureString, &format!("it answered {}", self.described(reply))))
    }

    /// Sends the start: once, and on a new connection. A wish to cancel does not end the waiting for its reply.
    pub(crate) fn start(&mut self, intent: &Intent, request: &Request) -> Heard {
        let endpoint = request.endpoint();
        let body = request.body(intent, &self.terminal.secure_string, &self.terminal.daughter_company_id);
        self.link.leave_connection();
        match self.say(endpoint, Some(&body), OnWish::Note) {
            Heard::MaybeSent(_) if testing::broken(Guard::ResendStart) => self.say(endpoint, Some(&body), OnWish::Note),
            heard @ (Heard::NeverSent(_) | Heard::MaybeSent(_) | Heard::Reply(_)) => heard,
        }
    }

    /// Asks `status`. A wish to cancel ends the waiting.
    pub(crate) fn status(&mut self, id: &str) -> Result<(Reply, StatusReply), Trouble> {
        let body = protocol::about(&self.terminal.secure_string, id);
        let reply = self.question(Endpoint::Status, &body, OnWish::Abandon)?;
        let status = StatusReply::read(&reply, id);
        Ok((reply, status))
    }

    /// The control question: `status` of an id that cannot exist. A terminal that gives the same answer for our id has
    /// said nothing about our sale.
    pub(crate) fn control_status(&mut self) -> Result<StatusReply, Trouble> {
        let id = Self::id_of_nothing()?;
        self.status(&id).map(|(_, status)| status)
    }

    /// Asks `status` for our id and for one that cannot exist. True: the replies differ, so the terminal knows ours.
    /// None: it refuses the secret both times. HTTP 5xx counts as no reply. Beside it the status that every id has, if
    /// there is one.
    pub(crate) fn knows(&mut self, id: &str) -> Result<(Option<bool>, Option<StatusReply>), Trouble> {
        let (ours, status) = self.status(id)?;
        let other_id = Self::id_of_nothing()?;
        let (control, control_status) = self.status(&other_id)?;
        if ours.http >= 500 || control.http >= 500 {
            return Err(Trouble::Broken(format!("HTTP {}", ours.http.max(control.http))));
        }
        if matches!(ours.http, 401 | 403) && ours.http == control.http {
            return Ok((None, None));
        }
        let unknown = status == StatusReply::NoText && control_status == StatusReply::NoText;
        let of_any = control.without_echo(&other_id);
        let knows = !unknown && ours.without_echo(id) != of_any;
        // Its text may repeat the id.
        let of_any = Some(StatusReply::read(&of_any, &other_id)).filter(|status| *status != StatusReply::NoText);
        Ok((Some(knows), of_any))
    }

    /// Asks for one of the terminal's lists and looks for our id in it. A terminal without that list is not asked for
    /// it again.
    pub(crate) fn list(&mut self, list: Endpoint, id: &str) -> ListReply {
        if self.terminal.met.without.contains(&list) {
            return ListReply::Unavailable;
        }
        let body = protocol::list(&self.terminal.secure_string);
        match self.question(list, &body, OnWish::DoNotAsk) {
            Ok(reply) if reply.is_not_supported() => {
                self.terminal.met.without.push(list);
                ListReply::Unavailable
            }
            Ok(reply) => ListReply::read(&reply, id, &self.terminal.secure_string),
            Err(_) => ListReply::Unavailable,
        }
    }

    /// The response codes that a person has taught.
    pub(crate) fn taught(&mut self) -> Taught {
        self.terminal.history().map(|history| history.taught().clone()).unwrap_or_default()
    }

    /// Asks `result`. The reply is always waited for, and the cashier is not asked meanwhile: an approval must be
    /// confirmed soon.
    pub(crate) fn result(&mut self, id: &str) -> Result<ResultReply, Trouble> {
        let body = protocol::about(&self.terminal.secure_string, id);
        let reply = self.question(Endpoint::Result, &body, OnWish::DoNotAsk)?;
        Ok(ResultReply::read(&reply, id, &self.terminal.secure_string))
    }

    /// The control question for `result`.
    pub(crate) fn control_result(&mut self) -> Result<ResultReply, Trouble> {
        let id = Self::id_of_nothing()?;
        self.result(&id)
    }

    /// Sends `confirm`, always with `true`. Also tells whether a byte of it left.
    pub(crate) fn confirm(&mut self, id: &str) -> (Option<ConfirmReply>, Left) {
        let body = protocol::confirm(&self.terminal.secure_string, id);
        match self.say(Endpoint::Confirm.name(), Some(&body), OnWish::DoNotAsk) {
            Heard::Reply(reply) => (Some(ConfirmReply::read(&reply, id)), Left::Yes),
            Heard::MaybeSent(_) => (None, Left::Yes),
            Heard::NeverSent(_) => (None, Left::No),
        }
    }

    /// Sends `cancel`. HTTP 405: not allowed now (1.5). No other refusal is documented.
    pub(crate) fn cancel(&mut self, id: &str) -> CancelReply {
        let body = protocol::about(&self.terminal.secure_string, id);
        match self.say(Endpoint::Cancel.name(), Some(&body), OnWish::Note) {
            Heard::Reply(reply) if reply.http == 405 => CancelReply::NotAllowed,
            Heard::Reply(_) => CancelReply::Taken,
            Heard::MaybeSent(trouble) => CancelReply::MaybeSent(trouble),
            Heard::NeverSent(trouble) => CancelReply::NeverSent(trouble),
        }
    }

    /// Waits, and asks the cashier meanwhile whether to cancel. Ends early on a new wish.
    pub(crate) fn wait_until(&mut self, when: Instant) {
        let wished_before = self.terminal.watch.wished();
        loop {
            if self.terminal.watch.ask() && !wished_before {
                return;
            }
            let left = when.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            std::thread::sleep(left.min(SLICE));
        }
    }

    /// How many connections were opened so far.
    pub(crate) fn connections(&self) -> u64 {
        self.link.connections()
    }

    pub(crate) fn tell(&mut self, news: &News) {
        self.terminal.tell_status(news);
    }

    pub(crate) fn refusal(&self, code: Code, why: &str) -> Error {
        let address = self.link.address();
        Error::new(code, format!("the terminal at {address} did not serve: {why}"))
            .naming(About::Terminal(address.to_string()))
    }

    pub(super) fn unreachable(&self, trouble: &Trouble) -> Error {
        let address = self.link.address();
        Error::new(trouble.code(), format!("the terminal at {address} was not reached: {}", trouble.detail()))
            .naming(About::Terminal(address.to_string()))
    }

    fn id_of_nothing() -> Result<String, Trouble> {
        ids::fresh().map_err(|error| Trouble::Broken(error.message().into()))
    }
}

/// Whether at least one byte of a request left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Left {
    Yes,
    No,
}

/// What a cancel came to.
#[derive(Debug)]
pub(crate) enum CancelReply {
    /// It was answered. Only the result tells whether it was in time.
    Taken,
    /// The terminal does not allow it now.
    NotAllowed,
    MaybeSent(Trouble),
    NeverSent(Trouble),
}
