//! The companies that share a terminal (1.5), where it has several. It moves no money, so nothing is journalled.

use super::conversation::Conversation;
use crate::codes::Code;
use crate::error::Error;
use crate::log;
use crate::protocol::{self, Endpoint};
use crate::request::check_text;
use crate::transport::OnWish;

/// The longest id that a register can set, in bytes.
const LONGEST_ID: usize = 64;

impl Conversation<'_> {
    /// Asks `daughter_companies`. A terminal with one company has an empty list, or no such function.
    pub(crate) fn daughter_companies(&mut self) -> Result<Vec<String>, Error> {
        let body = protocol::list(&self.terminal.secure_string);
        let reply = self
            .question(Endpoint::DaughterCompanies, &body, OnWish::Abandon)
            .map_err(|trouble| self.unreachable(&trouble))?;
        if let Some(refusal) = self.refusal_of_secret(&reply) {
            return Err(refusal);
        }
        if reply.is_not_supported() {
            return Err(self.refusal(Code::NotSupported, "it has no list of companies; with one company it needs none"));
        }
        let Some(listed) = reply.company_ids() else {
            let why = format!("it answered {}, which is no list of companies", self.described(&reply));
            return Err(self.refusal(Code::RequestRefused, &why));
        };
        self.usable(listed)
    }

    /// The ids that a register can set. If there is none among several companies, the list would look as if there were one company.
    fn usable(&self, listed: Vec<Option<String>>) -> Result<Vec<String>, Error> {
        let companies = listed.len();
        let can_be_set = |id: &String| check_text("id", id, LONGEST_ID).is_ok();
        let ids: Vec<String> = listed.into_iter().flatten().filter(can_be_set).collect();
        let left_out = companies - ids.len();
        if left_out > 0 && ids.is_empty() {
            let why = format!("it lists companies ({companies}), and none with an id that can be sent");
            return Err(self.refusal(Code::RequestRefused, &why));
        }
        if left_out > 0 {
            log::problem(&format!(
                "companies of the terminal without an id that can be sent were left out: {left_out}"
            ));
        }
        Ok(ids)
    }
}
