//! One exchange with a function of the terminal that this library does not know, such as printing. It moves no money, so nothing is
//! journalled, and nothing is asked afterwards.

use super::conversation::{Conversation, Heard};
use crate::codes::Code;
use crate::error::Error;
use crate::transport::{OnWish, Trouble};

impl Conversation<'_> {
    /// Says it once, on a connection of its own. The reply is noted whatever its HTTP status; only a 2xx is a success.
    pub(crate) fn exchange(&mut self, endpoint: &str, body: &str) -> Result<String, Error> {
        self.link.leave_connection();
        let reply = match self.say(endpoint, Some(body), OnWish::Abandon) {
            Heard::Reply(reply) => reply,
            Heard::NeverSent(trouble) => return Err(self.unreachable(&trouble)),
            Heard::MaybeSent(trouble) => return Err(self.unanswered(endpoint, &trouble)),
        };
        let whole = reply.whole(&self.terminal.secure_string);
        self.terminal.met.facts.reply = Some(whole.clone());
        if let Some(refusal) = self.refusal_of_secret(&reply) {
            return Err(refusal);
        }
        if reply.is_not_supported() {
            return Err(self.refusal(Code::NotSupported, &format!("it has no {endpoint} under {}", self.base_path)));
        }
        if !(200..300).contains(&reply.http) {
            return Err(self.refusal(Code::RequestRefused, &format!("it answered {}", self.described(&reply))));
        }
        Ok(whole)
    }

    /// The request left: the terminal may have acted.
    fn unanswered(&self, endpoint: &str, trouble: &Trouble) -> Error {
        let (address, detail) = (self.link.address(), trouble.detail());
        let why = format!("the terminal at {address} did not answer {endpoint}, and may have acted on it: {detail}");
        Error::new(Code::ExchangeUnanswered, why)
    }
}
