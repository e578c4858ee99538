//! The replies of every endpoint but `result`, and their comparison with the answer to the control question.

use serde_json::{Map, Value};

use super::body::Body;
use super::ids::{PIECE_IN_DATA, PIECE_IN_WORDS, without_id};
use super::lenient::{Fields, Reading};
use crate::mask;

/// The one status text that is known (client): over, fetch the result. It does not mean approved.
const FINISHED: &str = "finished";
pub(super) const TRANSACTION_ID: &str = "transactionId";
/// Fields that hold words for people, in which a terminal may shorten an id.
const IN_WORDS: [&str; 4] = ["responseMessage", "status", "message", "error"];

/// One complete HTTP reply.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reply {
    pub(crate) http: u16,
    pub(crate) body: Body,
}

/// Whose transaction a reply speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    Ours,
    NotSaid,
    Other,
}

impl Reply {
    pub(crate) fn read(http: u16, bytes: &[u8]) -> Self {
        Self { http, body: Body::read(bytes) }
    }

    /// The fields of a JSON object, whatever the HTTP status.
    pub(crate) fn fields(&self) -> Option<&Map<String, Value>> {
        match &self.body {
            Body::Json(fields) => Some(fields),
            Body::List(_) | Body::NotSupported | Body::Empty | Body::Other(_) => None,
        }
    }

    /// The objects of a JSON array.
    pub(crate) fn list(&self) -> Option<&[Map<String, Value>]> {
        match &self.body {
            Body::List(objects) => Some(objects),
            Body::Json(_) | Body::NotSupported | Body::Empty | Body::Other(_) => None,
        }
    }

    /// The ids of the companies in a reply to `daughter_companies` (1.5). None in the place of one: it has no id that can be read. None at
    /// all: the reply is no such list.
    pub(crate) fn company_ids(&self) -> Option<Vec<Option<String>>> {
        let companies = self.list().filter(|_| self.http == 200)?;
        let id = |company: &Map<String, Value>| match company.strict_text("daughterCompanyId") {
            Reading::Value(id) => Some(id),
            Reading::Absent | Reading::Unreadable => None,
        };
        Some(companies.iter().map(id).collect())
    }

    /// The fields of a JSON object that came as a success.
    pub(crate) fn success(&self) -> Option<&Map<String, Value>> {
        self.fields().filter(|_| self.http == 200)
    }

    /// This function does not exist in this version of the interface (doc).
    pub(crate) fn is_not_supported(&self) -> bool {
        self.http == 404 && self.body == Body::NotSupported
    }

    /// Whose transaction it speaks of, when `id` was asked for.
    pub(crate) fn owner(&self, id: &str) -> Owner {
        match self.fields().map(|fields| fields.strict_text(TRANSACTION_ID)) {
            Some(Reading::Value(named)) if named == id => Owner::Ours,
            Some(Reading::Value(_) | Reading::Unreadable) => Owner::Other,
            Some(Reading::Absent) | None => Owner::NotSaid,
        }
    }

    /// The same reply without the id that was asked for, to be compared with the reply about another id.
    pub(crate) fn without_echo(&self, asked_id: &str) -> Self {
        let mut reply = self.without_id_in_texts(asked_id);
        if reply.owner(asked_id) == Owner::Ours
            && let Body::Json(fields) = &mut reply.body
        {
            fields.remove(TRANSACTION_ID);
        }
        reply
    }

    /// The reply without that id in its texts: "Transaction ... not found" is the same answer for every id. The field
    /// `transactionId` stays.
    pub(super) fn without_id_in_texts(&self, asked_id: &str) -> Self {
        let mut reply = self.clone();
        match &mut reply.body {
            Body::Other(text) => *text = without_id(text, asked_id, PIECE_IN_WORDS),
            Body::Json(fields) => {
                for (name, value) in fields.iter_mut().filter(|(name, _)| *name != TRANSACTION_ID) {
                    let shortest = if IN_WORDS.contains(&name.as_str()) { PIECE_IN_WORDS } else { PIECE_IN_DATA };
                    if let Value::String(text) = value {
                        *text = without_id(text, asked_id, shortest);
                    }
                }
            }
            Body::List(_) | Body::NotSupported | Body::Empty => {}
        }
        reply
    }

    /// The whole reply without the secret and without card numbers.
    pub(crate) fn whole(&self, secret: &str) -> String {
        match &self.body {
            Body::Json(fields) => mask::json(Value::Object(fields.clone()), secret).to_string(),
            Body::List(list) => {
                let list = list.iter().cloned().map(Value::Object).collect();
                mask::json(Value::Array(list), secret).to_string()
            }
            Body::Other(text) => match serde_json::from_str::<Value>(text) {
                Ok(value) => mask::json(value, secret).to_string(),
                Err(_) => mask::text(text, secret),
            },
            Body::NotSupported => "Endpoint not supported.".into(),
            Body::Empty => String::new(),
        }
    }

    /// The terminal's own sentence in a reply, for people: without the secret and card numbers. Empty where there is none.
    pub(crate) fn message(&self, secret: &str) -> String {
        let said = match &self.body {
            Body::Json(fields) => ["responseMessage", "status", "message", "error", "responseCode"]
                .iter()
                .find_map(|name| fields.text(name)),
            Body::Other(text) => Some(text.chars().take(200).collect()),
            Body::NotSupported => Some("Endpoint not supported.".into()),
            Body::List(_) | Body::Empty => None,
        };
        mask::text(&said.unwrap_or_default(), secret)
    }
}

/// What `info` said.
pub(crate) struct InfoReply {
    pub(crate) terminal_id: Option<String>,
    pub(crate) protocol: Option<String>,
    pub(crate) version: Option<String>,
    pub(crate) simulator: bool,
}

impl InfoReply {
    /// Another program may use the port: only a success with a terminal id, or with protocol and version, is a
    /// terminal.
    pub(crate) fn read(reply: &Reply) -> Option<Self> {
        let fields = reply.success()?;
        let info = Self {
            terminal_id: fields.text("terminalId"),
            protocol: fields.text("protocol"),
            version: fields.text("version"),
            // Only our simulator has this field. Anything but a clear "no" is a simulator.
            simulator: !matches!(fields.flag("simulator"), Reading::Absent | Reading::Value(false)),
        };
        (info.terminal_id.is_some() || (info.protocol.is_some() && info.version.is_some())).then_some(info)
    }
}

/// What `terminal` said.
pub(crate) struct TerminalReply {
    pub(crate) online: Option<bool>,
    pub(crate) online_status: Option<String>,
    pub(crate) time: Option<String>,
}

impl TerminalReply {
    /// `asked`: whether it was to find out if it reaches its authorization server.
    pub(crate) fn read(fields: &Map<String, Value>, asked: bool) -> Self {
        Self {
            online: online(fields, asked),
            online_status: fields.text("onlineStatus"),
            time: fields.text("dateTime"),
        }
    }
}

/// `isOnline` is a flag (client), or 0 not asked, 1 online, 2 error (1.5).
fn online(fields: &Map<String, Value>, asked: bool) -> Option<bool> {
    match (fields.flag("isOnline"), fields.integer("isOnline")) {
        (Reading::Value(true), _) => Some(true),
        (Reading::Value(false), Reading::Value(0)) => asked.then_some(false),
        (Reading::Value(false), _) | (_, Reading::Value(2)) => Some(false),
        (Reading::Absent | Reading::Unreadable, _) => None,
    }
}

/// What a start was answered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StartReply {
    /// `isStarted: true` for our id.
    Started,
    /// `isStarted: false` for our id.
    NotStarted,
    /// This function does not exist there.
    NotSupported,
    /// An HTTP status that refuses: 400, 401, 403, 404, 405, 409. In 1.5: 400 the id was processed before, 404 the original is not found.
    Refused,
    /// Nothing that says anything.
    Unclear,
}

impl StartReply {
    pub(crate) fn read(reply: &Reply, id: &str) -> Self {
        if reply.is_not_supported() {
            return Self::NotSupported;
        }
        let started = reply.fields().map_or(Reading::Absent, |fields| fields.flag("isStarted"));
        match (started, reply.owner(id)) {
            (Reading::Value(true), Owner::Ours | Owner::NotSaid) if reply.http == 200 => Self::Started,
            // HTTP 5xx may come from any part of the terminal, so it is no refusal.
            (Reading::Value(false), Owner::Ours | Owner::NotSaid) if reply.http < 500 => Self::NotStarted,
            (Reading::Absent, _) if matches!(reply.http, 400 | 401 | 403 | 404 | 405 | 409) => Self::Refused,
            (Reading::Absent | Reading::Unreadable | Reading::Value(_), _) => Self::Unclear,
        }
    }
}

/// What `status` said about an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum StatusReply {
    /// Over: fetch the result.
    Finished,
    /// Still running; the text is for display only.
    Running(String),
    /// An answer without any status text for this id: an error, another id, an empty body.
    NoText,
    /// A success whose body cannot be read.
    Unreadable,
}

impl StatusReply {
    pub(crate) fn read(reply: &Reply, id: &str) -> Self {
        let reply = reply.without_id_in_texts(id);
        let Some(fields) = reply.success() else {
            return match (&reply.body, reply.http) {
                (Body::Other(_) | Body::List(_), 200) => Self::Unreadable,
                (Body::Json(_) | Body::List(_) | Body::NotSupported | Body::Empty | Body::Other(_), _) => Self::NoText,
            };
        };
        match (fields.text("status"), reply.owner(id)) {
            (Some(text), Owner::Ours | Owner::NotSaid) if text.eq_ignore_ascii_case(FINISHED) => Self::Finished,
            (Some(text), Owner::Ours | Owner::NotSaid) => Self::Running(text),
            (Some(_) | None, _) => Self::NoText,
        }
    }
}

/// What `confirm` said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ConfirmReply {
    Confirmed,
    /// This version of the interface has no confirm.
    NotSupported,
    NotConfirmed,
}

impl ConfirmReply {
    pub(crate) fn read(reply: &Reply, id: &str) -> Self {
        if reply.is_not_supported() {
            return Self::NotSupported;
        }
        // Both spellings occur (1.5).
        let confirmed = reply.success().map_or(Reading::Absent, |fields| match fields.flag("isConfirmed") {
            Reading::Absent => fields.flag("isConfirm"),
            read @ (Reading::Value(_) | Reading::Unreadable) => read,
        });
        match (confirmed, reply.owner(id)) {
            (Reading::Value(true), Owner::Ours | Owner::NotSaid) => Self::Confirmed,
            (Reading::Absent | Reading::Unreadable | Reading::Value(_), _) => Self::NotConfirmed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(http: u16, body: &str) -> Reply {
        Reply::read(http, body.as_bytes())
    }

    /// Some terminals write a text of digits as a number.
    #[test]
    fn wire_company_ids_are_texts_or_numbers_in_a_list_of_objects() {
        let listed = r#"[{"daughterCompanyId":" 1001 "},{"daughterCompanyId":1002.0,"name":"x"},{"daughterCompanyId":["1"]},{"id":"1"}]"#;
        let expected = vec![Some("1001".into()), Some("1002".into()), None, None];
        assert_eq!(reply(200, listed).company_ids(), Some(expected));
        assert_eq!(reply(200, "[]").company_ids(), Some(Vec::new()));
        for (http, other) in [(500, "[]"), (200, "{}"), (200, ""), (200, r#"["1001"]"#), (200, "[{"), (404, "no")] {
            assert_eq!(reply(http, other).company_ids(), None, "{http} {other}");
        }
    }

    #[test]
    fn wire_a_start_is_only_what_it_clearly_says() {
        for (http, body, expected) in [
            (200, r#"{"transactionId":"a","isStarted":true}"#, StartReply::Started),
            (200, r#"{"isStarted":"1"}"#, StartReply::Started),
            (200, r#"{"transactionId":"b","isStarted":true}"#, StartReply::Unclear),
            (500, r#"{"isStarted":true}"#, StartReply::Unclear),
            (200, r#"{"isStarted":0}"#, StartReply::NotStarted),
            (409, r#"{"isStarted":false}"#, StartReply::NotStarted),
            (200, r#"{"transactionId":"b","isStarted":false}"#, StartReply::Unclear),
            (200, r#"{"isStarted":"perhaps"}"#, StartReply::Unclear),
            (200, r#"{"status":"Waiting"}"#, StartReply::Unclear),
            (404, "Endpoint not supported.", StartReply::NotSupported),
            (200, "Endpoint not supported.", StartReply::Unclear),
            (404, "not found", StartReply::Refused),
            (404, r#"{"message":"original not found"}"#, StartReply::Refused),
            (409, "", StartReply::Refused),
            (202, r#"{"transactionId":"a","isStarted":false,"status":"busy"}"#, StartReply::NotStarted),
            (503, r#"{"isStarted":false}"#, StartReply::Unclear),
            (401, "", StartReply::Refused),
            (400, r#"{"message":"bad"}"#, StartReply::Refused),
            (500, "", StartReply::Unclear),
        ] {
            assert_eq!(StartReply::read(&reply(http, body), "a"), expected, "{http} {body}");
        }
    }

    #[test]
    fn wire_a_status_counts_only_as_a_success_for_our_id() {
        let running = StatusReply::Running("Vložte kartu".into());
        for (http, body, expected) in [
            (200, r#"{"transactionId":"4f1c","status":"Finished"}"#, StatusReply::Finished),
            (200, r#"{"status":" FINISHED "}"#, StatusReply::Finished),
            (200, r#"{"status":"Vložte kartu"}"#, running),
            (200, r#"{"transactionId":"77aa","status":"Finished"}"#, StatusReply::NoText),
            (404, r#"{"status":"Finished"}"#, StatusReply::NoText),
            (200, r#"{"status":""}"#, StatusReply::NoText),
            (200, "", StatusReply::NoText),
            (200, "{\"status\":\"Fin", StatusReply::Unreadable),
            (500, "error", StatusReply::NoText),
        ] {
            assert_eq!(StatusReply::read(&reply(http, body), "4f1c"), expected, "{http} {body}");
        }
    }

    #[test]
    fn wire_two_replies_are_compared_without_the_id_that_was_asked_for() {
        let ours = reply(404, r#"{"transactionId":"a","message":"unknown a"}"#).without_echo("a");
        let control = reply(404, r#"{"transactionId":"x","message":"unknown x"}"#).without_echo("x");
        assert_eq!(ours, control);
        let last = reply(200, r#"{"transactionId":"a","responseCode":"OK"}"#);
        assert_ne!(
            last.without_echo("a"),
            last.without_echo("x"),
            "a reply that names our id whatever is asked does speak of us"
        );
    }

    #[test]
    fn wire_a_confirm_is_through_in_both_spellings_and_no_other() {
        for (http, body, expected) in [
            (200, r#"{"transactionId":"a","isConfirmed":true}"#, ConfirmReply::Confirmed),
            (200, r#"{"isConfirm":1}"#, ConfirmReply::Confirmed),
            (200, r#"{"isConfirmed":false,"isConfirm":true}"#, ConfirmReply::NotConfirmed),
            (200, r#"{"transactionId":"b","isConfirmed":true}"#, ConfirmReply::NotConfirmed),
            (404, r#"{"message":"unknown"}"#, ConfirmReply::NotConfirmed),
            (404, "Endpoint not supported.", ConfirmReply::NotSupported),
        ] {
            assert_eq!(ConfirmReply::read(&reply(http, body), "a"), expected, "{http} {body}");
        }
    }

    #[test]
    fn wire_whether_a_terminal_is_online_is_read_in_both_spellings() {
        for (written, asked, expected) in [
            ("true", true, Some(true)),
            ("1", true, Some(true)),
            ("false", true, Some(false)),
            ("0", true, Some(false)),
            ("0", false, None),
            ("2", true, Some(false)),
            ("2.0", true, Some(false)),
            ("3", true, None),
            ("null", true, None),
        ] {
            let reply = reply(200, &format!(r#"{{"isOnline":{written}}}"#));
            let online = reply.success().and_then(|fields| TerminalReply::read(fields, asked).online);
            assert_eq!(online, expected, "{written} {asked}");
        }
    }

    #[test]
    fn wire_only_a_terminal_is_taken_for_one() {
        assert!(InfoReply::read(&reply(200, r#"{"terminalId":"T1","protocol":"GSA","version":2}"#)).is_some());
        assert!(InfoReply::read(&reply(200, r#"{"protocol":"GSA","version":"2"}"#)).is_some());
        for (http, body) in
            [(200, "<html>"), (200, "{}"), (404, r#"{"terminalId":"T1"}"#), (302, ""), (200, r#"{"version":1}"#)]
        {
            assert!(InfoReply::read(&reply(http, body)).is_none(), "{http} {body}");
        }
    }
}
