//! Addresses of this computer alone.

use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicU32, Ordering};

use comgate_simulator::{Options, Simulator};

/// An address that no other terminal of the tests has: nobody else gets the port of one that is off or has moved.
pub fn own_host() -> Ipv4Addr {
    static COUNT: AtomicU32 = AtomicU32::new(1);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let byte = |number: u32| u8::try_from(number % 250 + 1).expect("below 251");
    Ipv4Addr::new(127, byte(std::process::id()), byte(count / 250), byte(count))
}

/// A terminal at such an address.
pub fn terminal_at_own_host(id: &str) -> Simulator {
    let options = Options { host: own_host().into(), terminal_id: id.into(), ..Options::default() };
    Simulator::start(options).expect("a free port")
}
