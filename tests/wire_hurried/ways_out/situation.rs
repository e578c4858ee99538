//! The shop in which a sale is known to the journal, and in which this has become of the terminal.

use comgate_simulator::{Ending, Simulator};
use comgate_terminal::Verdict;
use support::folder::Folder;
use support::forwarder::Forwarder;
use support::host::{own_host, terminal_at_own_host as terminal};
use support::register::{Register, Steps};

use super::fate::Fate;
use super::state::{AMOUNT, Lines, OTHER_REGISTER, State, Truth};

/// Dropped in this order: registers before the terminals they talk to.
pub struct Situation {
    pub till: Register,
    /// A till that is in the middle of a sale on the same terminal.
    other_sale: Option<Steps>,
    other_till: Option<Register>,
    /// The same register at a terminal that works.
    pub spare_till: Register,
    lease: Option<Forwarder>,
    pub terminal: Simulator,
    pub successor: Simulator,
    pub spare: Simulator,
    pub folder: Folder,
    other_folder: Folder,
}

fn patient(register: Register) -> Register {
    // However busy this machine is.
    register.set_reply_limit(30_000);
    register
}

impl Situation {
    pub fn new(state: State, truth: Truth, fate: Fate) -> Self {
        let (terminal, successor, spare) = (terminal("SIM00001"), terminal("SIM00002"), terminal("SIM00003"));
        let (folder, other_folder) = (Folder::new(), Folder::new());
        let leased = matches!(fate, Fate::Replaced | Fate::Moved);
        let lease = leased.then(|| Forwarder::at(&own_host().to_string(), &terminal));
        let then = lease.as_ref().map_or_else(|| terminal.address(), Forwarder::address);
        let at = |address: std::net::SocketAddr| {
            patient(Register::at_address(&address.ip().to_string(), address.port(), &folder))
        };
        // A sale of the past, so that there is a journal.
        let till = at(then);
        till.pay("earlier", AMOUNT).expect(Verdict::Approved, None);
        assert_eq!(till.acknowledge("earlier"), 0);
        truth.make(&terminal);
        state.write(folder.path(), &Lines::of_folder(folder.path()));
        let now = match fate {
            Fate::Moved => terminal.address(),
            _ if state == State::OtherTerminal => successor.address(),
            _ => then,
        };
        let now = if state == State::OtherTerminal { successor.address() } else { now };
        let mut situation = Self {
            till: at(now),
            other_sale: None,
            other_till: None,
            spare_till: at(spare.address()),
            lease,
            terminal,
            successor,
            spare,
            folder,
            other_folder,
        };
        situation.meet(fate, then);
        situation
    }

    fn meet(&mut self, fate: Fate, then: std::net::SocketAddr) {
        match fate {
            Fate::On => {}
            Fate::Off => self.terminal.offline(),
            Fate::Reset => self.terminal.restart(),
            Fate::Moved => drop(self.lease.take()),
            Fate::Replaced => self.lease.as_ref().expect("it has a lease").moves_to(&self.successor),
            Fate::BusyHere => {
                let other = patient(Register::at_address(&then.ip().to_string(), then.port(), &self.folder));
                other.set_register_id(OTHER_REGISTER);
                // It holds the lock, and has not looked at anything yet.
                self.other_sale = Some(other.begin("other", AMOUNT).expect("the terminal is free"));
                self.other_till = Some(other);
            }
            Fate::BusyElsewhere => {
                let other = patient(Register::at_address(&then.ip().to_string(), then.port(), &self.other_folder));
                self.terminal.next(Ending::Never);
                let (steps, before) = (other.begin("other", AMOUNT).expect("begins"), self.terminal.count("payment"));
                steps.until(50, || self.terminal.count("payment") > before);
                self.other_sale = Some(steps);
                self.other_till = Some(other);
            }
        }
    }

    /// The other till ends its sale.
    pub fn other_till_ends(&mut self) {
        drop(self.other_sale.take());
        drop(self.other_till.take());
    }

    /// The register whose sale it is.
    pub fn owner(&self, state: State) -> Register {
        let address = if state == State::OtherTerminal { self.successor.address() } else { self.till_address() };
        let owner = patient(Register::at_address(&address.ip().to_string(), address.port(), &self.folder));
        if state == State::OtherRegister {
            owner.set_register_id(OTHER_REGISTER);
        }
        owner
    }

    fn till_address(&self) -> std::net::SocketAddr {
        self.lease.as_ref().map_or_else(|| self.terminal.address(), Forwarder::address)
    }
}
