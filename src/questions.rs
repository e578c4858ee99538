//! What can be asked of a terminal beside money.

use crate::error::Error;
use crate::operation::Conversation;
use crate::protocol::{self, SECURE_STRING};
use crate::request::{check_extra, check_harmless_endpoint};
use crate::terminal::{Terminal, TerminalFacts};

impl Terminal {
    /// Asks the terminal who it is, under every path of its interface that is known.
    pub fn info(&mut self) -> Result<&TerminalFacts, Error> {
        self.watch.reset();
        let link = self.link();
        let mut conversation = Conversation::new(self, &link);
        conversation.meet()?;
        conversation.list_versions();
        Ok(self.facts())
    }

    /// Asks the terminal for its state, and whether it reaches its authorization server.
    pub fn status(&mut self, check_online: bool) -> Result<&TerminalFacts, Error> {
        self.watch.reset();
        let link = self.link();
        let mut conversation = Conversation::new(self, &link);
        conversation.meet()?;
        conversation.terminal_status(check_online)?;
        Ok(self.facts())
    }

    /// Asks the terminal for the ids of the companies that share it, for [`Terminal::set_daughter_company_id`]. Empty: it has one company.
    /// [`Code::NotSupported`](crate::Code::NotSupported): it has no such list, because it has one company or is too old.
    ///
    /// Entries whose id cannot be sent are left out: missing, empty, longer than 64 bytes, with control characters.
    pub fn daughter_companies(&mut self) -> Result<Vec<String>, Error> {
        self.watch.reset();
        let link = self.link();
        let mut conversation = Conversation::new(self, &link);
        conversation.meet()?;
        conversation.daughter_companies()
    }

    /// One exchange with a function of the terminal that moves no money, such as `print`: a POST of the secureString with the fields of
    /// this JSON object beside it. The answer is the reply without the secureString and card numbers; where it is JSON it is written anew.
    pub fn exchange(&mut self, endpoint: &str, json: &str) -> Result<String, Error> {
        check_harmless_endpoint(endpoint)?;
        let fields = check_extra(json, &[SECURE_STRING])?;
        self.watch.reset();
        self.met.facts.reply = None;
        let link = self.link();
        let body = protocol::free_form(&self.secure_string, fields);
        let mut conversation = Conversation::new(self, &link);
        conversation.meet()?;
        conversation.exchange(endpoint, &body)
    }
}
