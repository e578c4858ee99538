//! The simulator as a program.

use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use clap::Parser;
use comgate_simulator::{DEFAULT_EDITION, Edition, Options, Pace, Simulator};

/// A Comgate payment terminal in software. Unofficial, not affiliated with Comgate.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Address to listen on.
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// Port of the protocol; 0 takes a free one.
    #[arg(long, default_value_t = 33350)]
    port: u16,
    /// Port of the control API; 0 takes a free one.
    #[arg(long, default_value_t = 33351)]
    control_port: u16,
    /// Base path that is served; may be given several times.
    #[arg(long = "base-path", default_value = "/paya")]
    base_paths: Vec<String>,
    /// Password of the terminal.
    #[arg(long, default_value = "27924505")]
    secure_string: String,
    /// Id of the terminal.
    #[arg(long, default_value = "SIM00001")]
    terminal_id: String,
    /// A customer in a hurry, for tests.
    #[arg(long)]
    quick: bool,
    /// You are the customer: no card is there until you press a button on the web page of the control port.
    #[arg(long, conflicts_with = "quick")]
    by_hand: bool,
    /// File in which the books survive the end of this program.
    #[arg(long)]
    ledger: Option<PathBuf>,
    /// Edition of the protocol: 1.5, or before, which is what public clients knew.
    #[arg(long)]
    edition: Option<Edition>,
}

fn main() -> io::Result<()> {
    let arguments = Arguments::parse();
    let simulator = Simulator::start(Options {
        host: arguments.host,
        port: arguments.port,
        control_port: arguments.control_port,
        base_paths: arguments.base_paths,
        secure_string: arguments.secure_string,
        terminal_id: arguments.terminal_id,
        says_simulator: true,
        pace: match (arguments.quick, arguments.by_hand) {
            (true, _) => Pace::quick(),
            (false, true) => Pace::by_hand(),
            (false, false) => Pace::human(),
        },
        ledger: arguments.ledger,
        edition: arguments.edition.unwrap_or(DEFAULT_EDITION),
        ..Options::default()
    })?;
    let ending = Arc::new(AtomicBool::new(false));
    let flag = ending.clone();
    ctrlc::set_handler(move || flag.store(true, Ordering::SeqCst)).map_err(io::Error::other)?;
    println!("READY port={} control={}", simulator.address().port(), simulator.control_address().port());
    io::stdout().flush()?;
    while !ending.load(Ordering::SeqCst) && !simulator.shutdown_requested() {
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}
