//! A shop: one terminal in software, a folder for the journal, and registers that live in processes of their own.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use comgate_simulator::{Ending, Options, Screen, Simulator};
use serde_json::{Value, json};

use super::evidence::Evidence;
use super::journal::Journal;
use super::life::ROLE;
use super::told::Told;
use crate::by_hand;
use crate::folder::Folder;
use crate::journal_file;

/// By so much the limits that no setter changes are shorter than in a real shop.
const HURRY: &str = "20";
/// How long a register waits for a customer who may never come.
const PATIENCE_MS: u64 = 2_000;
/// And how long for one who surely comes.
const LONG_PATIENCE_MS: u64 = 60_000;

/// A register: its id, and in which folder it keeps its journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Till {
    pub id: &'static str,
    second_folder: bool,
}

pub const TILL: Till = Till { id: "till-1", second_folder: false };
/// Two share a folder, one has its own; all three share the terminal.
pub const TILLS: [Till; 3] =
    [TILL, Till { id: "till-2", second_folder: false }, Till { id: "till-3", second_folder: true }];

pub struct Shop {
    pub simulator: Simulator,
    pub journal: PathBuf,
    pub second_journal: PathBuf,
    pub told: Told,
    /// The guard that the registers of this shop lack.
    pub without: Option<&'static str>,
    era: usize,
    lives: AtomicUsize,
    folder: Folder,
}

/// How a life goes.
#[derive(Clone, Debug)]
pub struct Life {
    pub till: Till,
    pub steps: Vec<String>,
    /// Where it is cut off: `ask result#1`, or a number that counts all places.
    pub kill_at: Option<String>,
    pub patience_ms: u64,
}

impl Life {
    pub fn of(steps: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let steps = steps.into_iter().map(Into::into).collect();
        Self { till: TILL, steps, kill_at: None, patience_ms: PATIENCE_MS }
    }

    pub fn at(self, till: Till) -> Self {
        Self { till, ..self }
    }

    pub fn killed_at(self, place: Option<String>) -> Self {
        Self { kill_at: place, ..self }
    }

    pub fn patient(self) -> Self {
        Self { patience_ms: LONG_PATIENCE_MS, ..self }
    }
}

/// How it ended.
#[derive(Clone, Debug, Default)]
pub struct Ended {
    /// The script was played to its end.
    pub complete: bool,
    pub killed: bool,
    /// Where it was, place by place.
    pub trace: Vec<String>,
}

/// What happens in the shop when a script waits for it: the gate's name, and the answer.
pub type Gate<'g> = dyn Fn(&Shop, &str) -> String + Sync + 'g;

impl Shop {
    pub fn open() -> Self {
        // The power cut is played by hand: no flush needs to reach a disk.
        let folder = Folder::in_memory();
        let (journal, second_journal) = (folder.path().join("journal"), folder.path().join("second-journal"));
        std::fs::create_dir(&journal).expect("the folder is writable");
        std::fs::create_dir(&second_journal).expect("the folder is writable");
        let simulator = Simulator::start(Options::default()).expect("a free port");
        let lives = AtomicUsize::new(0);
        Self { simulator, journal, second_journal, told: Told::default(), without: None, era: 0, lives, folder }
    }

    pub fn port(&self) -> u16 {
        self.simulator.address().port()
    }

    pub fn era(&self) -> usize {
        self.era
    }

    pub fn journal_of(&self, till: Till) -> &Path {
        if till.second_folder { &self.second_journal } else { &self.journal }
    }

    /// Everything that is written in this shop.
    pub fn written(&self) -> Journal {
        let mut journal = Journal::read(&self.journal);
        journal.add_all(&self.second_journal);
        journal
    }

    /// Somebody takes the journal away while a register is working with it.
    pub fn lose_journal(&self) {
        std::fs::rename(journal_file::path(&self.journal), self.folder.path().join("taken-away")).expect("a journal");
    }

    /// And puts it back, over whatever is there.
    pub fn find_journal(&self) {
        std::fs::rename(self.folder.path().join("taken-away"), journal_file::path(&self.journal)).expect("it is there");
    }

    /// The journals' own text.
    pub fn journals(&self) -> String {
        let text = |folder: &PathBuf| {
            String::from_utf8_lossy(&std::fs::read(journal_file::path(folder)).unwrap_or_default()).into_owned()
        };
        [&self.journal, &self.second_journal].map(text).join("\n")
    }

    /// Lets a register live.
    pub fn live(&mut self, life: &Life, gate: &Gate) -> Ended {
        self.live_together(std::slice::from_ref(life), gate).remove(0)
    }

    /// Lets registers live at the same time.
    pub fn live_together(&mut self, lives: &[Life], gate: &Gate) -> Vec<Ended> {
        self.era += 1;
        let shop: &Self = self;
        let (ended, told): (Vec<Ended>, Vec<Told>) = std::thread::scope(|scope| {
            let running: Vec<_> = lives.iter().map(|life| scope.spawn(|| shop.play(life, gate))).collect();
            running.into_iter().map(|life| life.join().expect("a life is listened to without panic")).unzip()
        });
        for told in told {
            self.told.add(told);
        }
        ended
    }

    fn play(&self, life: &Life, gate: &Gate) -> (Ended, Told) {
        let number = self.lives.fetch_add(1, Ordering::Relaxed);
        let trace = self.folder.path().join(format!("trace-{number}"));
        let mut command = command(life, self.port(), self.journal_of(life.till));
        if let Some(guard) = self.without {
            command.env("CGT_TEST_BREAK", guard);
        }
        command.env("CGT_TEST_TRACE", &trace).env("CGT_TEST_POWER", "1").stdin(Stdio::piped());
        let mut child = command.spawn().expect("the suite can start itself");
        let mut told = Told::default();
        let complete = self.listen(&mut child, &mut told, gate);
        let status = child.wait().expect("a child can be waited for");
        let trace = std::fs::read_to_string(trace).unwrap_or_default();
        (Ended { complete, killed: was_killed(status), trace: trace.lines().map(Into::into).collect() }, told)
    }

    /// Reads what it says until it has ended. True when it said so itself.
    fn listen(&self, child: &mut Child, told: &mut Told, gate: &Gate) -> bool {
        let out = BufReader::new(child.stdout.take().expect("its output is a pipe"));
        let mut answers = child.stdin.take().expect("its input is a pipe");
        let mut complete = false;
        for line in out.lines().map_while(Result::ok) {
            // A line that is no JSON was cut off by the kill.
            let line: Value = serde_json::from_str(&line).unwrap_or_default();
            complete |= line["said"] == "end";
            told.hear(self.era, &line);
            if line["said"] == "gate" {
                let answer = gate(self, line["name"].as_str().unwrap_or_default());
                // It may have been killed meanwhile.
                let _ = answers.write_all(format!("{answer}\n").as_bytes());
            }
        }
        complete
    }

    /// Another customer has paid the same amount just before, at another register, so that there is a "last transaction".
    pub fn somebody_else_pays(&self, amount: u64) {
        self.simulator.next(Ending::Approved);
        let id = "ffffffff-ffff-4fff-8fff-ffffffffffff";
        let request = json!({ "transactionId": id, "amount": amount, "currencyCode": 203 });
        by_hand::post(self.simulator.address(), "payment", json!({ "request": request }));
        self.everybody_taps();
        by_hand::post(self.simulator.address(), "confirm", json!({ "transactionId": id }));
    }

    /// Whoever stands at the terminal pays.
    pub fn everybody_taps(&self) {
        self.simulator.screen(Screen::Tap);
        std::thread::sleep(Duration::from_millis(12));
        // The authorization takes a moment, and time passes only when the terminal is touched.
        self.simulator.screen(Screen::Tap);
    }

    /// What a person sees at the terminal: whether what has this number was done, and stands.
    pub fn was_done(&self, number: &str) -> bool {
        let evidence = Evidence::of(self);
        evidence.books.standing.iter().any(|id| evidence.journal.sales.get(id).is_some_and(|owner| owner == number))
    }
}

/// A life as a command; what the environment of the suite itself holds is inherited.
fn command(life: &Life, port: u16, journal: &Path) -> Command {
    let mut command = Command::new(myself());
    command.arg(ROLE).arg(port.to_string()).arg(journal).arg(life.till.id).arg(life.patience_ms.to_string());
    command.args(&life.steps).env("CGT_TEST_HURRY", HURRY).stdout(Stdio::piped());
    if let Some(place) = &life.kill_at {
        command.env("CGT_TEST_KILL_AT", place);
    }
    command
}

/// The running program, also when cargo has just built another one in its place.
fn myself() -> PathBuf {
    let running = PathBuf::from("/proc/self/exe");
    if running.exists() { running } else { std::env::current_exe().expect("the suite knows itself") }
}

#[cfg(unix)]
fn was_killed(status: std::process::ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;
    status.signal() == Some(9)
}

#[cfg(not(unix))]
fn was_killed(status: std::process::ExitStatus) -> bool {
    status.code() == Some(1)
}
