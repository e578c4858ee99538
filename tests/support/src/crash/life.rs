//! One life of a register, in a process of its own: a script of steps through the public Rust API. Every answer goes to the output at once,
//! so that it is known what was delivered before the life was cut off.

use std::collections::BTreeSet;
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use comgate_terminal::{Amount, Delivery, Error, Outcome, OutcomeField, Phase, Terminal, Verdict};
use serde_json::{Value, json};

/// The first argument of a life.
pub const ROLE: &str = "--live-the-life-of-a-register";
/// No life is longer, whatever goes wrong: nothing of a test may stay behind.
const LONGEST: Duration = Duration::from_secs(120);

/// `ROLE port folder register patience step…`
pub fn live(arguments: &[String]) {
    std::thread::spawn(|| {
        std::thread::sleep(LONGEST);
        std::process::exit(99);
    });
    let [port, folder, register, patience, steps @ ..] = arguments else { panic!("too few arguments") };
    let mut terminal = Terminal::new("127.0.0.1").expect("an address");
    terminal.set_port(port.parse().expect("a port"));
    terminal.set_register_id(register).expect("a register");
    let patience = Duration::from_millis(patience.parse().expect("milliseconds"));
    terminal.set_timeouts(Some(Duration::from_secs(10)), Some(Duration::from_secs(20)), Some(patience));
    terminal.set_poll_interval(Duration::from_millis(60));
    terminal.allow_simulator(true);
    terminal.set_journal_dir(folder).expect("the folder is there");
    let mut register = Register { terminal, last_answer: String::new(), paid: BTreeSet::new() };
    for step in steps {
        let words: Vec<&str> = step.split(':').collect();
        if let Err(error) = register.take(&words) {
            say(&json!({ "said": "error", "step": step, "code": error.code().number(), "words": error.message() }));
        }
    }
    say(&json!({ "said": "end" }));
}

struct Register {
    terminal: Terminal,
    last_answer: String,
    /// Numbers that this life was told as approved: no other is acknowledged, because no honest register would.
    paid: BTreeSet<String>,
}

impl Register {
    fn take(&mut self, words: &[&str]) -> Result<(), Error> {
        match *words {
            ["pay", sale, amount] => self.pay(sale, amount, "pay"),
            ["cancel", sale, amount] => {
                cancel_when_waiting(&mut self.terminal);
                let paid = self.pay(sale, amount, "cancel");
                self.terminal.on_cancel(None);
                self.terminal.on_status(None);
                paid
            }
            ["refund", refund, sale, amount] => self.refund(refund, Some(sale).filter(|sale| *sale != "-"), amount),
            ["reverse", reversal, sale] => self.told(|terminal| terminal.reverse(reversal, sale), "reverse"),
            ["close", closing] => self.told(|terminal| terminal.closing(closing), "close"),
            ["signature", sale, accepted] => {
                self.told(|terminal| terminal.signature_result(sale, accepted == "1"), "signature")
            }
            ["find", sale] => self.told(|terminal| terminal.find(sale), "find"),
            ["recover", what] => self.recover(what == "store"),
            ["ack", sale] => self.acknowledge(sale),
            // A queue that is played after a crash: nobody was told.
            ["replay", sale] => self.terminal.acknowledge(sale),
            ["resolve", sale, charged] => {
                let charged = if charged == "answer" { &self.last_answer } else { charged } == "1";
                say(&json!({ "said": "resolving", "sale": sale }));
                self.terminal.resolve(sale, charged, "looked at the terminal")?;
                if charged {
                    self.paid.insert(sale.into());
                }
                Ok(())
            }
            ["gate", name] => {
                self.wait_at(name);
                Ok(())
            }
            ["count"] => {
                let (undecided, unacknowledged) = self.terminal.unresolved_count()?;
                say(&json!({ "said": "count", "undecided": undecided, "unacknowledged": unacknowledged }));
                Ok(())
            }
            _ => panic!("there is no step {words:?}"),
        }
    }

    fn pay(&mut self, sale: &str, amount: &str, by: &str) -> Result<(), Error> {
        let amount = Amount::parse(amount.parse().expect("an amount"), "CZK")?;
        self.told(|terminal| terminal.pay(sale, amount), by)
    }

    fn refund(&mut self, refund: &str, original: Option<&str>, amount: &str) -> Result<(), Error> {
        let amount = Amount::parse(amount.parse().expect("an amount"), "CZK")?;
        self.told(|terminal| terminal.refund(refund, original, amount), "refund")
    }

    fn told(&mut self, operation: impl FnOnce(&mut Terminal) -> Result<Outcome, Error>, by: &str) -> Result<(), Error> {
        let outcome = operation(&mut self.terminal)?;
        if outcome.verdict() == Verdict::Approved {
            self.paid.insert(outcome.sale_id().into());
        }
        tell(&outcome, by, false);
        Ok(())
    }

    fn acknowledge(&mut self, sale: &str) -> Result<(), Error> {
        if !self.paid.contains(sale) {
            return Ok(());
        }
        say(&json!({ "said": "acknowledging", "sale": sale }));
        self.terminal.acknowledge(sale)
    }

    fn recover(&mut self, store: bool) -> Result<(), Error> {
        let by = if store { "recover:store" } else { "recover:keep" };
        self.terminal.recover(Duration::from_secs(20), &mut |outcome| {
            tell(outcome, by, store);
            if store { Delivery::Stored } else { Delivery::Kept }
        })
    }

    /// Waits until the shop answers.
    fn wait_at(&mut self, gate: &str) {
        say(&json!({ "said": "gate", "name": gate }));
        self.last_answer.clear();
        std::io::stdin().read_line(&mut self.last_answer).expect("the shop is still there");
        self.last_answer.truncate(self.last_answer.trim_end().len());
    }
}

/// The cashier presses cancel as soon as the terminal waits for a card.
fn cancel_when_waiting(terminal: &mut Terminal) {
    let waiting = Arc::new(AtomicBool::new(false));
    let seen = waiting.clone();
    terminal.on_status(Some(Box::new(move |phase, _| {
        seen.fetch_or(phase == Phase::Waiting, Ordering::SeqCst);
    })));
    terminal.on_cancel(Some(Box::new(move || waiting.load(Ordering::SeqCst))));
}

fn tell(outcome: &Outcome, by: &str, stored: bool) {
    let fields: Value = serde_json::from_str(&outcome.to_json()).expect("an outcome is JSON");
    say(&json!({
        "said": "outcome", "by": by, "stored": stored,
        "sale": outcome.sale_id(), "transaction": outcome.transaction_id(), "verdict": fields["verdict"],
        "reason": fields["reason"], "words": fields["reason_text"], "kind": fields["kind"], "original": fields["original_transaction_id"], "reversed_by": fields["reversed_by"],
        "resolved": outcome.number(OutcomeField::Resolved).unwrap_or_default(),
    }));
}

fn say(line: &Value) {
    let mut out = std::io::stdout().lock();
    // A shop that is gone needs no answer.
    let _ = out.write_all(format!("{line}\n").as_bytes());
    let _ = out.flush();
}
