//! Takes one card payment and shows every step: `cargo run --example pay`.
//!
//! Without arguments it starts a terminal in software and pays there. With `--host 192.168.1.105` it pays on a real one.
//! `--amount 1` (minor units) and others choose other endings on the simulator; see tests/simulator/README.md.

use std::process::ExitCode;
use std::time::Duration;

use comgate_simulator::{Options, Pace, Simulator};
use comgate_terminal::{Amount, Delivery, Outcome, OutcomeField as Field, ReceiptCopy, ReceiptForm, Terminal, Verdict};

struct Arguments {
    host: Option<String>,
    port: u16,
    amount: i64,
    journal: std::path::PathBuf,
}

fn main() -> ExitCode {
    match run() {
        Ok(Verdict::Approved) => ExitCode::SUCCESS,
        Ok(Verdict::Unknown | Verdict::Declined | Verdict::Cancelled | Verdict::NotStarted) => ExitCode::from(1),
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<Verdict, Box<dyn std::error::Error>> {
    let arguments = Arguments::read()?;
    std::fs::create_dir_all(&arguments.journal)?;
    let simulator = match arguments.host {
        Some(_) => None,
        None => Some(Simulator::start(Options { pace: Pace::human(), ..Options::default() })?),
    };
    let mut terminal = Terminal::new(arguments.host.as_deref().unwrap_or("127.0.0.1"))?;
    terminal.set_port(arguments.port);
    if let Some(simulator) = &simulator {
        println!("no --host given: paying on a simulator at {}", simulator.address());
        terminal.set_port(simulator.address().port());
        terminal.allow_simulator(true);
    }
    terminal.set_journal_dir(&arguments.journal)?;
    terminal.set_language("en")?;
    terminal.on_status(Some(Box::new(|phase, text| println!("  {phase:?} {text}"))));

    // At start-up: what the last crash or power cut left open. A till stores each of these before it answers Stored.
    terminal.recover(Duration::from_secs(30), &mut |outcome| {
        println!("left open: sale {} is {:?}", outcome.sale_id(), outcome.verdict());
        Delivery::Stored
    })?;

    let sale_id = format!("example-{}", std::process::id());
    let amount = Amount::parse(arguments.amount, "CZK")?;
    println!("sale {sale_id}: {amount}");
    let outcome = terminal.pay(&sale_id, amount)?;
    show(&outcome);
    if outcome.verdict() == Verdict::Approved {
        // The till has stored the sale by now; only then may the journal close it.
        terminal.acknowledge(&sale_id)?;
    }
    Ok(outcome.verdict())
}

fn show(outcome: &Outcome) {
    println!("verdict: {:?}", outcome.verdict());
    println!("advice: {}", outcome.advice_text());
    for (name, field) in [("reason", Field::ReasonText), ("terminal says", Field::ResponseMessage)] {
        show_field(outcome, name, field);
    }
    if outcome.verdict() == Verdict::Approved {
        show_receipt(outcome);
    }
}

/// A till sends these bytes to its printer, in the code page that the printer is set to.
fn show_receipt(outcome: &Outcome) {
    match outcome.receipt(&ReceiptForm::new(ReceiptCopy::Customer)) {
        Ok(receipt) => println!("\n{}", String::from_utf8_lossy(&receipt)),
        Err(error) => println!("no receipt: {error}"),
    }
}

fn show_field(outcome: &Outcome, name: &str, field: Field) {
    if let Ok(value) = outcome.text(field) {
        println!("  {name}: {value}");
    }
}

impl Arguments {
    fn read() -> Result<Self, Box<dyn std::error::Error>> {
        let mut arguments = Self {
            host: None,
            port: 33350,
            amount: 12550,
            journal: std::env::temp_dir().join("comgate-terminal-example"),
        };
        let mut words = std::env::args().skip(1);
        while let Some(name) = words.next() {
            let value = words.next().ok_or_else(|| format!("{name} needs a value"))?;
            match name.as_str() {
                "--host" => arguments.host = Some(value),
                "--port" => arguments.port = value.parse()?,
                "--amount" => arguments.amount = value.parse()?,
                "--journal" => arguments.journal = value.into(),
                other => return Err(format!("{other} is not known; --host, --port, --amount and --journal are").into()),
            }
        }
        Ok(arguments)
    }
}
