//! The terminal handle: its settings, its journal and its callbacks.

mod facts;
mod met;
mod status_words;

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

pub use facts::TerminalFacts;
pub(crate) use met::Met;
pub(crate) use status_words::News;

use crate::codes::{Code, CodeMeaning, PaymentEvent, Phase, Verdict};
use crate::error::Error;
use crate::journal::{self, AllowedDrives, Attempt, History, Journal, PlainFact, Record, TaughtCode};
use crate::log;
use crate::outcome::{Language, Outcome};
use crate::patience::{DEFAULT_CONNECT, DEFAULT_PATIENCE, DEFAULT_POLL, DEFAULT_REPLY};
use crate::protocol::BasePath;
use crate::request::check_text;
use crate::response_code::{self, Class};
pub use crate::transport::OnCancel;
use crate::transport::{Address, Limits, Link, Watch};
use crate::utc;

/// The port Comgate documents.
const DEFAULT_PORT: u16 = 33350;
/// The password Comgate publishes for test and live.
const DEFAULT_SECURE_STRING: &str = "27924505";

/// The largest limit for tips, in percent.
const LARGEST_TIP: u8 = 100;

/// Told what the library and the terminal are doing.
pub type OnStatus = Box<dyn FnMut(Phase, &str) + Send>;
/// Told the steps of each payment: the event, the sale id, the transaction id.
pub type OnPayment = Box<dyn FnMut(PaymentEvent, &str, &str) + Send>;

/// Which path of the terminal's interface to use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ApiVersion {
    /// The path this library is proven on, today `/paya`, where the terminal has it; else the lowest newer one it has.
    #[default]
    Automatic,
    /// The oldest path, `/paya`.
    Paya,
    /// `/api/switchio/pay/v2` and so on: 2, 4, 5 or 6.
    Switchio(u8),
}

impl ApiVersion {
    /// 0 automatic, 1 the oldest path, else the number of the version.
    pub fn from_number(number: i32) -> Result<Self, Error> {
        match number {
            0 => Ok(Self::Automatic),
            1 => Ok(Self::Paya),
            2 => Ok(Self::Switchio(2)),
            4 => Ok(Self::Switchio(4)),
            5 => Ok(Self::Switchio(5)),
            6 => Ok(Self::Switchio(6)),
            other => Err(Error::new(Code::Range, format!("version: {other} is not allowed; 0, 1, 2, 4, 5 and 6 are"))),
        }
    }

    /// The path that is forced.
    fn forced(self) -> Option<BasePath> {
        match self {
            Self::Automatic => None,
            Self::Paya => Some(BasePath::Paya),
            Self::Switchio(version) => Some(BasePath::Switchio(version)),
        }
    }
}

/// Asks for a running operation to be cancelled, from any thread.
#[derive(Clone, Debug)]
pub struct Canceller(Arc<AtomicBool>);

impl Canceller {
    /// Returns at once; the answer is the verdict of the operation. Does nothing when none runs.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// A payment terminal, as this register sees it.
pub struct Terminal {
    pub(crate) address: Address,
    pub(crate) secure_string: String,
    pub(crate) limits: Limits,
    pub(crate) patience: Duration,
    pub(crate) poll_interval: Duration,
    pub(crate) api_version: ApiVersion,
    pub(crate) bound_id: String,
    pub(crate) language: Language,
    pub(crate) register: String,
    pub(crate) cashier: String,
    pub(crate) daughter_company_id: String,
    pub(crate) simulator_allowed: bool,
    pub(crate) accept_partial: bool,
    pub(crate) tip_limit: u8,
    pub(crate) met: Met,
    pub(crate) watch: Watch,
    on_status: Option<OnStatus>,
    on_payment: Option<OnPayment>,
    pub(crate) retention_days: i64,
    drives: AllowedDrives,
    journal: Option<Journal>,
    /// Transactions whose outcome this handle has handed out.
    pub(crate) handed_out: HashSet<String>,
}

impl Terminal {
    /// A handle for the terminal at this name or address. Nothing is sent.
    pub fn new(host: &str) -> Result<Self, Error> {
        check_host(host)?;
        Ok(Self {
            address: Address { host: host.into(), port: DEFAULT_PORT },
            secure_string: DEFAULT_SECURE_STRING.into(),
            limits: Limits { connect: DEFAULT_CONNECT, reply: DEFAULT_REPLY },
            patience: DEFAULT_PATIENCE,
            poll_interval: DEFAULT_POLL,
            api_version: ApiVersion::default(),
            bound_id: String::new(),
            language: Language::default(),
            register: String::new(),
            cashier: String::new(),
            daughter_company_id: String::new(),
            simulator_allowed: false,
            accept_partial: false,
            tip_limit: 0,
            met: Met::default(),
            watch: Watch::default(),
            on_status: None,
            on_payment: None,
            retention_days: 90,
            drives: AllowedDrives::default(),
            journal: None,
            handed_out: HashSet::new(),
        })
    }

    /// Sets the port. Default 33350. What was learned of a terminal at another port is forgotten.
    pub fn set_port(&mut self, port: u16) {
        if port != self.address.port {
            self.address.port = port;
            self.met = Met::default();
        }
    }

    /// Sets the password the terminal expects, 1 to 64 bytes.
    pub fn set_secure_string(&mut self, secure_string: &str) -> Result<(), Error> {
        check_text("secure_string", secure_string, 64)?;
        self.secure_string = secure_string.into();
        (self.met.secret_tested, self.met.secret_accepted) = (false, false);
        Ok(())
    }

    /// Sets the folder of the journal, which must exist.
    pub fn set_journal_dir(&mut self, folder: impl Into<PathBuf>) -> Result<(), Error> {
        self.journal = Some(Journal::in_folder(&folder.into(), self.drives)?);
        Ok(())
    }

    /// Allows journal folders on network and removable drives, from the next [`Terminal::set_journal_dir`] on.
    pub fn allow_any_drive(&mut self, allowed: bool) {
        self.drives = if allowed { AllowedDrives::Any } else { AllowedDrives::Fixed };
    }

    /// Allows selling without a journal: nothing is remembered beyond this handle, so nothing protects from charging a sale twice after a
    /// crash. Setting a journal folder ends it.
    pub fn allow_no_journal(&mut self, allowed: bool) {
        if allowed {
            self.journal = Some(Journal::in_memory());
        } else {
            // Without a journal in memory the folder that was set stays.
            self.journal = self.journal.take().filter(Journal::has_folder);
        }
    }

    /// Sets how many days settled sales are remembered, 30 to 400. Sales that are undecided or not acknowledged never expire.
    pub fn set_retention_days(&mut self, days: u16) {
        self.retention_days = days.into();
    }

    /// Sets limits; `None` keeps one as it is. A patience shorter than the terminal's own is accepted and logged.
    pub fn set_timeouts(&mut self, connect: Option<Duration>, reply: Option<Duration>, patience: Option<Duration>) {
        self.limits.connect = connect.unwrap_or(self.limits.connect);
        self.limits.reply = reply.unwrap_or(self.limits.reply);
        self.patience = patience.unwrap_or(self.patience);
        if self.patience < DEFAULT_PATIENCE {
            log::problem(
                "the patience is shorter than the terminal's own: the customer may pay after the register stopped looking",
            );
        }
    }

    /// Sets how often the terminal is asked while nothing changes.
    pub fn set_poll_interval(&mut self, interval: Duration) {
        self.poll_interval = interval;
    }

    /// Sets the version of the terminal's interface. What was learned of the terminal under another version is forgotten.
    pub fn set_api_version(&mut self, version: ApiVersion) {
        if version != self.api_version {
            self.api_version = version;
            self.met = Met::default();
        }
    }

    /// Binds the handle to one terminal id; empty for none.
    pub fn set_terminal_id(&mut self, id: &str) -> Result<(), Error> {
        set_optional(&mut self.bound_id, "terminal_id", id)
    }

    /// Sets the language of texts for the cashier: cs, sk or en.
    pub fn set_language(&mut self, language: &str) -> Result<(), Error> {
        self.language = Language::parse(language)?;
        Ok(())
    }

    /// Names this register in the journal.
    pub fn set_register_id(&mut self, id: &str) -> Result<(), Error> {
        set_optional(&mut self.register, "register_id", id)
    }

    /// Names the cashier in the journal.
    pub fn set_cashier(&mut self, cashier: &str) -> Result<(), Error> {
        set_optional(&mut self.cashier, "cashier", cashier)
    }

    /// Sets the daughterCompanyId sent with each start; empty leaves it out.
    pub fn set_daughter_company_id(&mut self, id: &str) -> Result<(), Error> {
        set_optional(&mut self.daughter_company_id, "daughter_company_id", id)
    }

    /// Says what a response code means that the library does not know: exactly as the terminal writes it, 1 to 64 bytes. Written to the journal,
    /// and so true for every program on its folder; a sale that ended with it before is settled when it is asked about again. What the library's
    /// own table lists cannot be taught otherwise.
    pub fn set_response_code(&mut self, code: &str, meaning: CodeMeaning) -> Result<(), Error> {
        check_text("code", code, 64)?;
        if response_code::class_of(code) != Class::NotListed {
            let why = format!("code: {code} is listed in this library; only a code that is not listed can be taught");
            return Err(Error::new(Code::Text, why));
        }
        let approves = match meaning {
            CodeMeaning::Forget => None,
            CodeMeaning::Approves => Some(true),
            CodeMeaning::Refuses => Some(false),
        };
        self.journal()?.append(&Record::Taught(TaughtCode { time: utc::now(), code: code.into(), approves }))
    }

    /// Accepts payments that the terminal approves for less than was asked for: they are confirmed, and the cashier is told to collect the
    /// rest. It holds for the payments that begin from now on. Without it such a payment is UNKNOWN and is not confirmed.
    pub fn accept_partial(&mut self, accepted: bool) {
        self.accept_partial = accepted;
    }

    /// Takes what a payment was charged beyond its amount for a tip, up to so many percent (at most 100), where the terminal names no tip. It
    /// holds for the payments that begin from now on. 0: such a payment is UNKNOWN.
    pub fn set_tip_limit(&mut self, percent: u8) -> Result<(), Error> {
        if percent > LARGEST_TIP {
            let why = format!("percent: {percent} is not allowed; 0 to {LARGEST_TIP} are");
            return Err(Error::new(Code::Range, why));
        }
        self.tip_limit = percent;
        Ok(())
    }

    /// Allows terminals that name themselves simulators.
    pub fn allow_simulator(&mut self, allowed: bool) {
        self.simulator_allowed = allowed;
    }

    /// Sets who is told what is going on.
    pub fn on_status(&mut self, callback: Option<OnStatus>) {
        self.on_status = callback;
    }

    /// Sets who is asked every 100 ms whether to cancel.
    pub fn on_cancel(&mut self, callback: Option<OnCancel>) {
        self.watch.on_cancel = callback;
    }

    /// Sets who is told the steps of a payment.
    pub fn on_payment(&mut self, callback: Option<OnPayment>) {
        self.on_payment = callback;
    }

    /// A way to cancel from another thread.
    pub fn canceller(&self) -> Canceller {
        Canceller(self.watch.flag.clone())
    }

    /// The path to use: the one that is forced, else the one that was found, else the first to be tried.
    pub(crate) fn base_path(&self) -> String {
        match (self.api_version.forced(), &self.met.path) {
            (Some(forced), _) => forced.to_string(),
            (None, Some(found)) => found.clone(),
            (None, None) => BasePath::Paya.to_string(),
        }
    }

    pub(crate) fn link(&self) -> Link {
        Link::new(&self.address, self.limits)
    }

    /// The journal, in the default folder unless another was set.
    pub(crate) fn journal(&mut self) -> Result<Journal, Error> {
        if let Some(journal) = &self.journal {
            return Ok(journal.clone());
        }
        let journal = Journal::in_folder(&journal::default_folder()?, self.drives)?;
        self.journal = Some(journal.clone());
        Ok(journal)
    }

    pub(crate) fn history(&mut self) -> Result<Arc<History>, Error> {
        self.journal()?.read()
    }

    /// The name under which this terminal is locked: the id it is bound to, else where it was configured to be.
    pub(crate) fn lock_name(&self) -> String {
        if self.bound_id.is_empty() { self.address.to_string() } else { self.bound_id.clone() }
    }

    /// What the last `info`, `status` or `exchange` learned.
    pub fn facts(&self) -> &TerminalFacts {
        &self.met.facts
    }

    /// Notes that the register got this outcome, so it may acknowledge it by the sale id. UNKNOWN does not count: with it the register has
    /// not heard that the sale was charged.
    pub(crate) fn note_handed_out(&mut self, outcome: &Outcome) {
        if outcome.verdict() != Verdict::Unknown {
            self.handed_out.insert(outcome.transaction_id().into());
        }
    }

    /// The register has stored the outcome of this attempt.
    pub(crate) fn acknowledge_attempt(&mut self, attempt: &Attempt) -> Result<(), Error> {
        let intent = &attempt.intent;
        self.journal()?.append(&Record::Acknowledged(PlainFact {
            time: utc::now(),
            sale: intent.sale.clone(),
            transaction: intent.transaction.clone(),
        }))
    }

    pub(crate) fn tell_status(&mut self, news: &News) {
        let text = news.text(self.language);
        if let Some(callback) = &mut self.on_status {
            callback(news.phase(), &text);
        }
    }

    pub(crate) fn tell_payment(&mut self, event: PaymentEvent, sale_id: &str, transaction_id: &str) {
        if let Some(callback) = &mut self.on_payment {
            callback(event, sale_id, transaction_id);
        }
    }
}

impl std::fmt::Debug for Terminal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Not derived, because the secret must not get into a log.
        f.debug_struct("Terminal")
            .field("address", &self.address)
            .field("bound_id", &self.bound_id)
            .finish_non_exhaustive()
    }
}

/// A name or an address, nothing of a URL.
fn check_host(host: &str) -> Result<(), Error> {
    let wrong = |why: &str| {
        Error::new(
            Code::Host,
            format!("host: \"{host}\" {why}; a name or an address without http:// and port is allowed"),
        )
    };
    if host.is_empty() || host.len() > 253 {
        return Err(wrong("has a wrong length"));
    }
    if host.parse::<std::net::IpAddr>().is_ok() {
        return Ok(());
    }
    let name = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'));
    if !name || host.starts_with(['.', '-']) {
        return Err(wrong("is neither a name nor an address"));
    }
    // A name never ends in a number (RFC 3696), so this is a wrong address.
    if host.trim_end_matches('.').rsplit('.').next().is_some_and(is_number) {
        return Err(wrong("is no address: it needs four numbers of 0 to 255"));
    }
    Ok(())
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn set_optional(place: &mut String, name: &str, text: &str) -> Result<(), Error> {
    if !text.is_empty() {
        check_text(name, text, 64)?;
    }
    *place = text.into();
    Ok(())
}
