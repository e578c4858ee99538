//! Meets a terminal with `info`: who is there, and under which path. Nothing of a sale has left yet, so here, and only
//! here, other paths may be tried.

use super::conversation::Conversation;
use super::ending::Who;
use crate::codes::Code;
use crate::error::Error;
use crate::log;
use crate::protocol::{BasePath, Endpoint, InfoReply};
use crate::terminal::ApiVersion;
use crate::transport::OnWish;

impl Conversation<'_> {
    /// Meets the terminal of this handle and notes its path and what it says about itself.
    pub(crate) fn meet(&mut self) -> Result<Who, Error> {
        let bound = Some(self.terminal.bound_id.clone()).filter(|id| !id.is_empty());
        let info = self.find(bound.as_deref())?;
        let who = Who::from(&info);
        self.tell_without_id(&info);
        self.terminal.met.path = Some(self.base_path.clone());
        let facts = &mut self.terminal.met.facts;
        (facts.id, facts.protocol, facts.version) = (info.terminal_id, info.protocol, info.version);
        facts.simulator = Some(info.simulator);
        facts.base_path = Some(self.base_path.clone());
        if !facts.versions.contains(&self.base_path) {
            // It has another version now: the list is out of date.
            facts.versions.clear();
        }
        Ok(who)
    }

    /// Asks `info` under the path of the handle. If the terminal does not know that path and none is forced, tries the
    /// others.
    fn find(&mut self, expected: Option<&str>) -> Result<InfoReply, Error> {
        let used = self.base_path.clone();
        let mut refused = match self.info(expected) {
            Err(error) if self.terminal.api_version == ApiVersion::Automatic && is_without_path(&error) => error,
            result => return result,
        };
        for path in others(&used) {
            self.base_path = path;
            refused = match self.info(expected) {
                Err(error) if is_without_path(&error) => error,
                result => return result,
            };
        }
        self.base_path = used;
        let known = BasePath::KNOWN.map(|path| path.to_string()).join(", ");
        Err(self.refusal(refused.code(), &format!("it knows none of {known}")))
    }

    /// Lists every path under which this terminal answers.
    pub(crate) fn list_versions(&mut self) {
        let used = self.base_path.clone();
        let mut versions = Vec::new();
        for path in BasePath::KNOWN.map(|path| path.to_string()) {
            self.base_path.clone_from(&path);
            if path == used || self.answers_here() {
                versions.push(path);
            }
        }
        self.base_path = used;
        self.terminal.met.facts.versions = versions;
    }

    /// True if the same terminal answers under this path. In doubt no: one path is known already.
    fn answers_here(&mut self) -> bool {
        let Ok(reply) = self.say(Endpoint::Info.name(), None, OnWish::Abandon).reply() else { return false };
        InfoReply::read(&reply).is_some_and(|info| info.terminal_id == self.terminal.met.facts.id)
    }

    /// Checks that the terminal of an earlier attempt is there under this path.
    pub(crate) fn identify(&mut self, expected: Option<&str>) -> Result<Who, Error> {
        self.info(expected).map(|info| Who::from(&info))
    }

    /// `info`: is there a terminal, is it the expected one, may it be a simulator.
    fn info(&mut self, expected: Option<&str>) -> Result<InfoReply, Error> {
        let reply = self
            .say(Endpoint::Info.name(), None, OnWish::Abandon)
            .reply()
            .map_err(|trouble| self.unreachable(&trouble))?;
        if reply.is_not_supported() {
            return Err(self.refusal(Code::NotSupported, &format!("it does not know {}", self.base_path)));
        }
        let Some(info) = InfoReply::read(&reply) else {
            return Err(self.refusal(Code::NotATerminal, &format!("it answered {}", self.described(&reply))));
        };
        if info.simulator && !self.terminal.simulator_allowed {
            return Err(self.refusal(Code::Simulator, "it names itself a simulator"));
        }
        match (expected, info.terminal_id.as_deref()) {
            (Some(expected), found) if found != Some(expected) => {
                let found = found.unwrap_or("no id");
                Err(self.refusal(Code::OtherTerminal, &format!("it is {found}, and {expected} is meant")))
            }
            (Some(_) | None, _) => Ok(info),
        }
    }

    /// Logs once that a terminal has no id: then only its address identifies it.
    fn tell_without_id(&self, info: &InfoReply) {
        let facts = &self.terminal.met.facts;
        if info.terminal_id.is_none() && (facts.base_path.is_none() || facts.id.is_some()) {
            let address = self.link.address();
            log::problem(&format!(
                "the terminal at {address} tells no id; it is known as {address}, which must not change"
            ));
        }
    }
}

/// The terminal does not have this version of the interface.
pub(super) fn is_without_path(error: &Error) -> bool {
    error.code() == Code::NotSupported
}

/// The known paths but this one, in the order in which they are tried.
pub(super) fn others(path: &str) -> impl Iterator<Item = String> {
    let path = path.to_owned();
    BasePath::KNOWN.into_iter().map(|other| other.to_string()).filter(move |other| *other != path)
}
