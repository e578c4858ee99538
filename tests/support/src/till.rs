//! A register in a process of its own: this test program, started again. It does the steps it is given and prints the
//! answers.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use serde_json::{Value, json};

use crate::again::{again, name_of};
use crate::register::{Outcome, Register};

const ROLE: &str = "CGT_TEST_TILL";
/// Marks the lines of a till among those of the test runner.
const MARK: &str = "till says ";

/// How a till is started.
#[derive(Clone)]
pub struct Till {
    test: &'static str,
    port: u16,
    folder: PathBuf,
    register: String,
    clock: i64,
}

impl Till {
    /// `test`: the test that asks [`is_till`] first.
    pub fn new<Test: Fn()>(test: &Test, port: u16, folder: &Path) -> Self {
        Self { test: name_of(test), port, folder: folder.into(), register: String::new(), clock: 0 }
    }

    #[must_use]
    pub fn register(&self, name: &str) -> Self {
        Self { register: name.into(), ..self.clone() }
    }

    /// With a clock that is so many days wrong. Only in a build for tests.
    #[must_use]
    pub fn clock(&self, days: i64) -> Self {
        Self { clock: days * 86_400, ..self.clone() }
    }

    /// Runs one process for these steps and gives their answers.
    #[track_caller]
    pub fn lives(&self, steps: &[&str]) -> Vec<Value> {
        let mut life = self.starts(steps);
        let answers = steps.iter().map(|_| life.hears()).collect();
        life.ends();
        answers
    }

    pub fn starts(&self, steps: &[&str]) -> Life {
        let role = json!({ "port": self.port, "folder": self.folder, "register": self.register, "steps": steps });
        let mut child = again(self.test);
        child
            .env(ROLE, role.to_string())
            .env("CGT_TEST_CLOCK", self.clock.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut child = child.spawn().expect("the test runs again");
        let (input, output) = (child.stdin.take(), child.stdout.take());
        Life { child, input, output: BufReader::new(output.expect("it is piped")) }
    }
}

/// A till that is running. It is ended, by its own id, with this value.
pub struct Life {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Life {
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The answer to the next step.
    #[track_caller]
    pub fn hears(&mut self) -> Value {
        let mut line = String::new();
        loop {
            line.clear();
            assert!(self.output.read_line(&mut line).expect("text") > 0, "the till has died");
            if let Some((_, said)) = line.split_once(MARK) {
                return serde_json::from_str(said).expect("JSON");
            }
        }
    }

    /// Lets a till that waits go on.
    pub fn goes_on(&mut self) {
        writeln!(self.input.as_mut().expect("it is piped")).expect("the till is there");
    }

    #[track_caller]
    pub fn ends(mut self) {
        drop(self.input.take());
        let mut rest = String::new();
        std::io::Read::read_to_string(&mut self.output, &mut rest).expect("text");
        assert!(self.child.wait().expect("it ends").success(), "the till did not end well: {rest}");
    }
}

impl Drop for Life {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// True if this process is a till. Then its steps are done when this returns.
pub fn is_till() -> bool {
    let Ok(role) = std::env::var(ROLE) else { return false };
    let role: Value = serde_json::from_str(&role).expect("JSON");
    let port = role["port"].as_u64().and_then(|port| port.try_into().ok()).expect("a port");
    let mut register = Register::in_folder("127.0.0.1", port, Path::new(role["folder"].as_str().expect("a path")));
    register.set_register_id(role["register"].as_str().expect("a text"));
    for step in role["steps"].as_array().expect("steps") {
        let words: Vec<&str> = step.as_str().expect("a text").split(':').collect();
        let answer = take(&mut register, &words);
        println!("{MARK}{answer}");
    }
    true
}

fn take(register: &mut Register, words: &[&str]) -> Value {
    match *words {
        ["pay", sale, amount] => paid(register, register.try_pay(sale, amount.parse().expect("an amount"))),
        // Stays in the middle of the sale until it is told to go on.
        ["hold", sale, amount] => {
            let steps = register.begin(sale, amount.parse().expect("an amount")).expect("begins");
            println!("{MARK}{}", json!("holding"));
            std::io::stdin().read_line(&mut String::new()).expect("the test is there");
            while !steps.step(500).expect("steps") {}
            let outcome = steps.finish();
            drop(steps);
            paid(register, outcome)
        }
        ["patience", milliseconds] => {
            register.set_patience(milliseconds.parse().expect("a time"));
            Value::Null
        }
        ["recover", what] => register.recover(what == "store").iter().map(fields).collect(),
        ["acknowledge", sale] => json!(register.acknowledge(sale)),
        ["resolve", sale, charged] => json!(register.resolve(sale, charged == "1", "looked into the books")),
        ["find", sale] => paid(register, register.find(sale)),
        ["count"] => json!(register.unresolved()),
        ["retention", days] => json!(register.set_retention_days(days.parse().expect("days"))),
        _ => panic!("there is no step {words:?}"),
    }
}

fn paid(register: &Register, outcome: Result<Outcome, i32>) -> Value {
    match outcome {
        Ok(outcome) => fields(&outcome),
        Err(code) => json!({ "code": code, "words": register.last_error() }),
    }
}

fn fields(outcome: &Outcome) -> Value {
    outcome.fields.clone()
}
