//! What goes wrong on the way: at which endpoint, how, when.

use serde::{Deserialize, Serialize};

/// One thing that goes wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// The endpoint, such as "payment", or "any".
    pub endpoint: String,
    /// What happens.
    pub kind: FaultKind,
    /// So many requests are served normally first.
    #[serde(default)]
    pub skip: u32,
    /// So many requests are hit.
    #[serde(default = "once")]
    pub times: u32,
}

fn once() -> u32 {
    1
}

/// How a request goes wrong. "Acts": the terminal does what it was asked to before the fault.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FaultKind {
    /// The connection is closed; the terminal does not act.
    Drop,
    /// The connection is closed; the terminal does not act, and undoes whatever waits for a confirm.
    Undo,
    /// Undoes whatever waits for a confirm, then acts.
    UndoFirst,
    /// The terminal restarts while the connection stays, then acts.
    RestartFirst,
    /// The terminal does not act and does not answer; the connection stays open for so many milliseconds.
    Hang(u64),
    /// Acts, then keeps the reply until `POST /release`.
    Hold,
    /// Acts, then closes without a byte.
    LoseReply,
    /// Acts, then sends so many bytes of the reply and closes.
    CutReplyAfter(usize),
    /// Waits so many milliseconds, then acts.
    Delay(u64),
    /// Acts, waits so many milliseconds, then answers.
    DelayReply(u64),
    /// Acts, then sends one byte every so many milliseconds.
    SlowDrip(u64),
    /// Acts, answers, then closes a connection it had promised to keep.
    CloseAfterReply,
    /// Does not act; sends bytes that are no HTTP.
    Garbage,
    /// Does not act; answers 200 with JSON that breaks off.
    BrokenJson,
    /// Does not act; answers 200 with a web page.
    WebPage,
    /// Does not act; answers 404 with the plain text of a function that does not exist.
    NotSupported,
    /// Does not act; answers with this status and body.
    Answer(u16, String),
    /// Acts, but answers with this status and body.
    ActAndAnswer(u16, String),
    /// Acts, but answers with an empty body.
    EmptyBody,
    /// Acts, but answers with another transaction's id.
    WrongId,
    /// Does not act; answers 307 to this address.
    Redirect(String),
    /// Acts, but answers with a body of so many bytes.
    BigBody(usize),
}

impl Fault {
    /// The next request to this endpoint goes wrong once.
    pub fn once(endpoint: &str, kind: FaultKind) -> Self {
        Self { endpoint: endpoint.into(), kind, skip: 0, times: 1 }
    }

    /// Every request to this endpoint goes wrong from now on.
    pub fn always(endpoint: &str, kind: FaultKind) -> Self {
        Self { endpoint: endpoint.into(), kind, skip: 0, times: u32::MAX }
    }

    /// After so many requests that are served normally.
    #[must_use]
    pub fn after(mut self, served: u32) -> Self {
        self.skip = served;
        self
    }
}

/// Takes the fault that hits this request, if one does.
pub(crate) fn take(faults: &mut [Fault], endpoint: &str) -> Option<FaultKind> {
    let hit =
        faults.iter_mut().find(|fault| fault.times > 0 && (fault.endpoint == "any" || fault.endpoint == endpoint))?;
    if hit.skip > 0 {
        hit.skip -= 1;
        return None;
    }
    hit.times -= u32::from(hit.times != u32::MAX);
    Some(hit.kind.clone())
}
