//! A Comgate payment terminal in software: the protocol on one port, a control API on another, faults and personalities on demand.
//!
//! It shares no code with the payment library, so that both cannot be wrong alike. Unofficial, not affiliated with Comgate.

mod control;
mod ending;
mod fault;
mod http;
mod machine;
mod personality;
mod protocol;
mod server;

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Map, Value};

pub use ending::{AMOUNT_TABLE, AmountRow, Ending};
pub use fault::{Fault, FaultKind};
pub use machine::{
    BatchTotals, Charge, ClosedBy, Closing, Form, Movement, Preauth, Refund, RequestRecord, Reversal, Screen,
};
pub use personality::{
    AmountEcho, Answers, ApprovedCode, Approves, AuthCode, BadReversal, BatchEcho, Busy, CancelReply, CancelWorks,
    CodeNames, Confirm, ConfirmFalse, ConfirmRefusal, ConfirmSpelling, CurrencyEcho, CvmWords, DEFAULT_EDITION,
    DeclinedCode, DeclinedWaits, DuplicateId, DuplicateKeys, Edition, EmptyBatch, EmvData, ErrorReply, FirstCode,
    Group, IdsInTexts, InfoVersion, IsOnline, LagOn, LagShows, Lists, LongIds, MinuteBegins, NeedlessConfirm, Pace,
    Personality, Position, ResponseCode, ResultGone, ReversalMarks, ReversalReach, StatusLanguage, TerminalTime,
    TimeFormat, Tip, Totals, TypeNames, UnknownId, WrongSecret,
};

use machine::{Books, Machine};
use server::Server;

/// How a simulator starts.
#[derive(Clone, Debug)]
pub struct Options {
    /// Address both servers listen on.
    pub host: IpAddr,
    /// Port of the protocol; 0 takes a free one.
    pub port: u16,
    /// Port of the control API; 0 takes a free one.
    pub control_port: u16,
    /// Base paths that are served.
    pub base_paths: Vec<String>,
    /// The password.
    pub secure_string: String,
    /// The terminal's id.
    pub terminal_id: String,
    /// Whether `info` says that this is a simulator.
    pub says_simulator: bool,
    /// How long the customer takes.
    pub pace: Pace,
    /// Where charges, refunds, reversals and closings are kept over a restart of the process.
    pub ledger: Option<PathBuf>,
    /// Which edition of the protocol it speaks.
    pub edition: Edition,
    /// How long a request may take to arrive, once its first byte is there.
    pub patience: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            host: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 0,
            control_port: 0,
            base_paths: vec!["/paya".into()],
            secure_string: "27924505".into(),
            terminal_id: "SIM00001".into(),
            says_simulator: true,
            pace: Pace::quick(),
            ledger: None,
            edition: DEFAULT_EDITION,
            patience: Duration::from_secs(10),
        }
    }
}

/// What all parts of one simulator share.
pub(crate) struct Shared {
    machine: Mutex<Machine>,
}

impl Shared {
    pub(crate) fn machine(&self) -> MutexGuard<'_, Machine> {
        self.machine.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A running simulator. It ends, with all its threads and ports, when this value does.
pub struct Simulator {
    shared: Arc<Shared>,
    protocol: Arc<Server>,
    control: Server,
}

impl Simulator {
    /// Starts both servers.
    pub fn start(options: Options) -> io::Result<Self> {
        let (host, port, control_port) = (options.host, options.port, options.control_port);
        let shared = Arc::new(Shared { machine: Mutex::new(Machine::new(options)?) });
        let protocol = Arc::new(Server::start(SocketAddr::new(host, port), protocol::Terminal::new(shared.clone()))?);
        let served = control::Control::new(shared.clone(), protocol.clone());
        let control = Server::start(SocketAddr::new(host, control_port), served)?;
        Ok(Self { shared, protocol, control })
    }

    /// Where the protocol is spoken.
    pub fn address(&self) -> SocketAddr {
        self.protocol.address()
    }

    /// Where the control API is.
    pub fn control_address(&self) -> SocketAddr {
        self.control.address()
    }

    /// Chooses how the next operation ends, whatever its amount.
    pub fn next(&self, ending: Ending) {
        self.next_with(ending, Map::new());
    }

    /// The same, and these fields are laid over its result, all but the id.
    pub fn next_with(&self, ending: Ending, fields: Map<String, Value>) {
        self.shared.machine().choose_next(ending, fields);
    }

    /// Sends every reply that a fault [`FaultKind::Hold`] keeps.
    pub fn release(&self) {
        self.shared.machine().releases += 1;
    }

    /// The terminal is there and answers nothing; what it was asked meanwhile is lost when it speaks again.
    pub fn silent(&self, is: bool) {
        self.shared.machine().silent = is;
    }

    /// Lets amounts choose the endings again.
    pub fn clear_next(&self) {
        self.shared.machine().choose_none();
    }

    /// Adds a fault.
    pub fn fault(&self, fault: Fault) {
        self.shared.machine().faults.push(fault);
    }

    /// Removes all faults.
    pub fn clear_faults(&self) {
        self.shared.machine().faults.clear();
    }

    /// Changes how the terminal behaves where nobody knows how a real one does.
    pub fn personality(&self, change: impl FnOnce(&mut Personality)) {
        change(&mut self.shared.machine().personality);
    }

    /// Makes the terminal speak this edition of the protocol; every switch is set anew.
    pub fn edition(&self, edition: Edition) {
        self.personality(|personality| *personality = edition.personality());
    }

    /// Sets how long the customer takes.
    pub fn pace(&self, pace: Pace) {
        self.shared.machine().pace = pace;
    }

    /// Somebody does something at the terminal.
    pub fn screen(&self, action: Screen) {
        self.shared.machine().screen(action);
    }

    /// The terminal restarts: it forgets what runs and every result, but nothing that is booked.
    pub fn restart(&self) {
        self.shared.machine().restart();
    }

    /// The terminal is given other versions of its interface: from now on it answers under these base paths only, and forgets nothing.
    pub fn update(&self, base_paths: &[&str]) {
        self.shared.machine().options.base_paths = base_paths.iter().map(|&path| path.into()).collect();
    }

    /// The terminal is off: connections are refused.
    pub fn offline(&self) {
        self.protocol.pause();
    }

    /// The terminal is on again, at the same address.
    pub fn online(&self) -> io::Result<()> {
        self.protocol.resume()
    }

    /// The terminal gets another address, such as from DHCP; port 0 takes a free one. The control API stays where it is.
    pub fn moves_to(&self, address: SocketAddr) -> io::Result<()> {
        self.protocol.move_to(address)
    }

    /// Every request received so far.
    pub fn requests(&self) -> Vec<RequestRecord> {
        self.shared.machine().requests.clone()
    }

    /// How often an endpoint was asked.
    pub fn count(&self, endpoint: &str) -> usize {
        self.shared.machine().requests.iter().filter(|request| request.endpoint == endpoint).count()
    }

    /// Every charge ever made until now, reversed ones included.
    pub fn charges(&self) -> Vec<Charge> {
        self.books(|books| books.charges.clone())
    }

    /// The charges that stand.
    pub fn charges_kept(&self) -> Vec<Charge> {
        self.charges().into_iter().filter(|charge| !charge.reversed).collect()
    }

    /// Every refund ever made until now, reversed ones included.
    pub fn refunds(&self) -> Vec<Refund> {
        self.books(|books| books.refunds.clone())
    }

    /// The refunds that stand.
    pub fn refunds_kept(&self) -> Vec<Refund> {
        self.refunds().into_iter().filter(|refund| !refund.reversed).collect()
    }

    /// Every reversal ever made until now.
    pub fn reversals(&self) -> Vec<Reversal> {
        self.books(|books| books.reversals.clone())
    }

    /// Every pre-authorization ever made until now.
    pub fn preauths(&self) -> Vec<Preauth> {
        self.books(|books| books.preauths.clone())
    }

    /// Every closing ever made until now.
    pub fn closings(&self) -> Vec<Closing> {
        self.books(|books| books.closings.clone())
    }

    /// What is in the open batch.
    pub fn batch(&self) -> BatchTotals {
        self.books(Books::totals)
    }

    /// The terminal has this function from now on, on every base path.
    pub fn endpoint(&self, name: &str, form: Form) {
        self.shared.machine().endpoints.insert(name.into(), form);
    }

    /// The batch is closed behind the register's back. Refused, with a sentence, while a transaction runs.
    pub fn close(&self, by: ClosedBy) -> Result<(), String> {
        self.shared.machine().close(by)
    }

    fn books<T>(&self, read: impl FnOnce(&Books) -> T) -> T {
        let mut machine = self.shared.machine();
        machine.tick();
        read(machine.books())
    }

    /// True once `POST /shutdown` was received.
    pub fn shutdown_requested(&self) -> bool {
        self.shared.machine().shutdown_requested
    }
}
