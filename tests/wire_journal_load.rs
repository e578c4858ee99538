//! Many registers and one slow disk; and a journal that is shortened while others sell.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use comgate_simulator::{Options, Simulator};
use comgate_terminal::{Code, Verdict};
use support::folder::Folder;
use support::register::{Register, each, shop};

/// How long a flush takes, in milliseconds.
const FLUSH: &str = "CGT_TEST_FLUSH_MS";
/// A folder in memory, where there is one: so that it is this slow and no slower.
const IN_MEMORY: &str = "/dev/shm";
const PORT: &str = "CGT_TEST_OWN_PORT";
const FOLDER: &str = "CGT_TEST_OWN_FOLDER";

/// This test once more, in a process of its own.
fn again(test: &str) -> Command {
    let mut child = Command::new(std::env::current_exe().expect("a test has a path"));
    child.args(["--exact", test, "--nocapture"]).stdout(Stdio::piped()).stderr(Stdio::piped());
    child
}

#[track_caller]
fn expect_success(child: Child) {
    let told = child.wait_with_output().expect("it ends");
    let (words, complaints) = (String::from_utf8_lossy(&told.stdout), String::from_utf8_lossy(&told.stderr));
    assert!(told.status.success(), "{words}\n{complaints}");
}

/// Tells the story on a disk that takes 15 ms for each flush: it is read once, from the environment.
fn on_a_slow_disk(test: &str, story: impl FnOnce()) {
    if std::env::var_os(FLUSH).is_some() {
        return story();
    }
    let mut child = again(test);
    if Path::new(IN_MEMORY).is_dir() && std::env::var_os("TMPDIR").is_none() {
        child.env("TMPDIR", IN_MEMORY);
    }
    expect_success(child.env(FLUSH, "15").spawn().expect("the test runs again"));
}

/// A register that waits for its terminal, whatever else this machine is doing.
fn patient(simulator: &Simulator, folder: &Folder) -> Register {
    let register = Register::at(simulator, folder);
    register.set_reply_limit(10_000);
    register
}

/// So many registers pay so often, each on a terminal of its own; every sale is approved.
fn everybody_sells<'f>(registers: usize, sales: usize, folder: impl Fn(usize) -> &'f Folder + Sync) {
    each(0..registers, |number| {
        // Terminals that tell the same id would be one terminal with many undecided sales.
        let options = Options { terminal_id: format!("T{number}"), ..Options::default() };
        let simulator = Simulator::start(options).expect("a free port");
        let register = patient(&simulator, folder(number));
        // Each sale has an amount of its own: a busy machine may not see one run, and then the same result again proves nothing.
        for (sale, amount) in (0..sales).zip((12550..).step_by(100)) {
            let id = format!("{number}/{sale}");
            register.pay(&id, amount).expect(Verdict::Approved, None);
            assert_eq!(register.acknowledge(&id), 0);
        }
        assert_eq!(simulator.charges().len(), sales);
    });
}

/// Whoever writes holds the folder's lock over the flush: the others wait in the order of coming, and nobody waits in vain.
#[test]
fn wire_64_registers_that_share_a_folder_on_a_slow_disk_lose_no_sale() {
    on_a_slow_disk("wire_64_registers_that_share_a_folder_on_a_slow_disk_lose_no_sale", || {
        let folder = Folder::new();
        everybody_sells(64, 2, |_| &folder);
        assert_eq!(support::journal_file::names(folder.path()).iter().filter(|name| *name == "decided").count(), 128);
    });
}

#[test]
fn wire_256_registers_with_own_folders_on_a_slow_disk_lose_no_sale() {
    on_a_slow_disk("wire_256_registers_with_own_folders_on_a_slow_disk_lose_no_sale", || {
        let folders: Vec<Folder> = (0..256).map(|_| Folder::new()).collect();
        everybody_sells(256, 1, |number| &folders[number]);
    });
}

// --- shortened while others sell ---------------------------------------------------------------------------------------------------

/// A thousand sales, of which the first half has long expired.
fn old_shop() -> (Simulator, Folder) {
    let (simulator, folder) = shop();
    let mut text = support::journal_file::line(r#"{"fact":"journal","version":1,"id":"old"}"#);
    for number in 0..1_000 {
        let day = if number < 500 { "2026-01-10" } else { "2026-06-20" };
        let about = format!(r#""time":"{day}T12:00:00Z","sale":"old-{number}","transaction":"old-{number}""#);
        let intent = r#""kind":"payment","amount":100,"currency":"CZK","host":"192.0.2.1","port":1,"path":"/paya","terminal":"192.0.2.1:1""#;
        text += &support::journal_file::line(&format!(r#"{{"fact":"intent",{about},{intent}}}"#));
        text += &support::journal_file::line(&format!(r#"{{"fact":"decided",{about},"verdict":"approved"}}"#));
        text += &support::journal_file::line(&format!(r#"{{"fact":"acknowledged",{about}}}"#));
    }
    support::journal_file::append(folder.path(), text.as_bytes());
    (simulator, folder)
}

/// Another program whose first sale, "slow", shortens the journal; it is held where everything old is copied.
struct SlowOne {
    child: Child,
    go: PathBuf,
}

impl SlowOne {
    fn start(test: &str, simulator: &Simulator, folder: &Path) -> Self {
        let go = folder.join("go");
        let mut child = again(test)
            .env("CGT_TEST_HOLD_AT", "compact copied#1")
            .env("CGT_TEST_HOLD_UNTIL", &go)
            .env(PORT, simulator.address().port().to_string())
            .env(FOLDER, folder)
            .spawn()
            .expect("the test runs again");
        while !go.with_extension("held").exists() {
            assert!(child.try_wait().expect("it is ours").is_none(), "it ended without shortening anything");
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        Self { child, go }
    }

    fn goes_on(self) {
        std::fs::write(&self.go, "").expect("writable");
        expect_success(self.child);
    }

    /// What it does; false in the process of the test itself.
    fn is_this_process() -> bool {
        let (Ok(port), Some(folder)) = (std::env::var(PORT), std::env::var_os(FOLDER)) else { return false };
        let register = Register::in_folder("127.0.0.1", port.parse().expect("a port"), Path::new(&folder));
        register.set_reply_limit(10_000);
        register.pay("slow", 12650).expect(Verdict::Approved, None);
        true
    }
}

#[test]
fn wire_others_sell_while_a_long_journal_is_shortened() {
    if SlowOne::is_this_process() {
        return;
    }
    let (simulator, folder) = old_shop();
    let elsewhere = Simulator::start(Options::default()).expect("a free port");
    let slow = SlowOne::start("wire_others_sell_while_a_long_journal_is_shortened", &elsewhere, folder.path());
    let register = patient(&simulator, &folder);
    register.pay("meanwhile", 12550).expect(Verdict::Approved, None);
    assert_eq!(register.acknowledge("meanwhile"), 0);
    slow.goes_on();
    assert_eq!(register.find("old-1").err(), Some(Code::NotFound.number()), "it was shortened");
    for sale in ["meanwhile", "old-999", "slow"] {
        register.find(sale).expect("it is known").expect(Verdict::Approved, None);
    }
    assert_eq!(register.unresolved(), (0, 1), "what was acknowledged meanwhile stays so");
    let after = support::journal_file::names(folder.path()).len();
    register.pay("afterwards", 12750).expect(Verdict::Approved, None);
    assert_eq!(support::journal_file::names(folder.path()).len(), after + 4, "appended to the new file");
}

/// The sale is about to be dropped when another register refunds it: its lines are still there afterwards.
#[test]
fn wire_a_sale_that_is_refunded_while_it_is_about_to_be_dropped_is_kept() {
    if SlowOne::is_this_process() {
        return;
    }
    let (simulator, folder) = old_shop();
    let elsewhere = Simulator::start(Options::default()).expect("a free port");
    let story = "wire_a_sale_that_is_refunded_while_it_is_about_to_be_dropped_is_kept";
    let slow = SlowOne::start(story, &elsewhere, folder.path());
    let register = patient(&simulator, &folder);
    register.refund("refund", Some("old-1"), 100).expect("an outcome").expect(Verdict::Approved, None);
    slow.goes_on();
    register.find("old-1").expect("it is known").expect(Verdict::Approved, None);
    let again = register.refund("once more", Some("old-1"), 100);
    assert_eq!(again.err(), Some(Code::BeyondOriginal.number()), "it is wholly refunded");
}
