//! How often a sale waits for the disk. Counted where the library asks the system for it: this program has its own fsync and fdatasync,
//! which count, say which file it is, and then do it.

#![cfg(target_os = "linux")]

use std::cell::RefCell;
use std::ffi::{c_int, c_long};

use comgate_simulator::{Fault, FaultKind, Simulator};
use comgate_terminal::{Code, PaymentEvent, Verdict};
use support::folder::Folder;
use support::register::{Register, shop};

thread_local! {
    /// The files that were flushed by this thread. The library works on the thread that called it.
    static FLUSHED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

unsafe extern "C" {
    fn syscall(number: c_long, ...) -> c_long;
}

#[cfg(target_arch = "x86_64")]
const FSYNC: [c_long; 2] = [74, 75];
#[cfg(target_arch = "aarch64")]
const FSYNC: [c_long; 2] = [82, 83];

fn flush(number: c_long, file: c_int) -> c_int {
    let path = std::fs::read_link(format!("/proc/self/fd/{file}")).expect("an open file");
    let name = path.file_name().expect("a name").to_string_lossy().into_owned();
    FLUSHED.with_borrow_mut(|flushed| flushed.push(name));
    unsafe { syscall(number, file) }.try_into().expect("0 or -1")
}

#[unsafe(no_mangle)]
extern "C" fn fsync(file: c_int) -> c_int {
    flush(FSYNC[0], file)
}

#[unsafe(no_mangle)]
extern "C" fn fdatasync(file: c_int) -> c_int {
    flush(FSYNC[1], file)
}

/// What was flushed since the last time.
fn flushed() -> Vec<String> {
    FLUSHED.take()
}

const JOURNAL: &str = "comgate-journal.log";

/// A shop that has sold before: its folder has a journal and a reserve.
fn shop_of_yesterday() -> (Simulator, Folder, Register) {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    register.pay("yesterday", 12550).expect(Verdict::Approved, None);
    assert_eq!(register.acknowledge("yesterday"), 0);
    flushed();
    (simulator, folder, register)
}

/// Once of them before its start.
#[test]
fn wire_an_approved_sale_waits_for_the_disk_three_times() {
    let (simulator, _folder, mut register) = shop_of_yesterday();
    let (starts, before) = (simulator.count("payment"), std::sync::Arc::new(std::sync::Mutex::new(0)));
    let noted = before.clone();
    // The last thing before the terminal is greeted, and no flush may come between here and the start.
    register.host.on_event = Some(Box::new(move |event| {
        let count = FLUSHED.with_borrow(Vec::len);
        if event == PaymentEvent::IntentStored.number() || event == PaymentEvent::Started.number() {
            *noted.lock().expect("no panic") = count;
        }
    }));
    register.pay("1", 12550).expect(Verdict::Approved, None);
    register.host.on_event = None;
    assert_eq!(*before.lock().expect("no panic"), 1, "until the terminal said that it has started");
    assert_eq!(simulator.count("payment"), starts + 1);
    assert_eq!(flushed(), [JOURNAL; 3], "the intent, the result before its confirm, the verdict");
}

#[test]
fn wire_a_sale_that_is_not_charged_waits_for_the_disk_twice() {
    let (simulator, _folder, register) = shop_of_yesterday();
    register.pay("declined", 12501).expect(Verdict::Declined, None);
    assert_eq!(flushed(), [JOURNAL; 2], "the intent and the verdict");
    register.pay("not started", 12520).expect(Verdict::NotStarted, Some(Code::StartRefused));
    assert_eq!(flushed(), [JOURNAL; 2]);
    simulator.offline();
    register.pay("nobody there", 12550).expect(Verdict::NotStarted, Some(Code::Refused));
    assert_eq!(flushed(), [JOURNAL; 2]);
}

#[test]
fn wire_acknowledging_finding_and_counting_wait_for_no_disk() {
    let (_simulator, _folder, mut register) = shop_of_yesterday();
    register.pay("1", 12550).expect(Verdict::Approved, None);
    flushed();
    assert_eq!(register.unresolved(), (0, 1));
    register.find("1").expect("it is known");
    assert_eq!(register.acknowledge("1"), 0);
    assert!(register.recover(true).is_empty());
    assert_eq!(flushed(), [""; 0]);
}

#[test]
fn wire_an_unknown_that_is_asked_about_again_in_vain_waits_for_no_disk() {
    let (simulator, _folder, mut register) = shop_of_yesterday();
    simulator.fault(Fault::always("result", FaultKind::BrokenJson));
    register.pay("1", 12550).expect(Verdict::Unknown, Some(Code::Unreadable));
    assert_eq!(flushed(), [JOURNAL; 2]);
    simulator.offline();
    register.recover(true)[0].expect(Verdict::Unknown, Some(Code::Unreadable));
    assert_eq!(flushed(), [""; 0], "nothing is new");
    simulator.clear_faults();
    simulator.online().expect("the port is still ours");
    register.recover(true)[0].expect(Verdict::Approved, None);
    assert_eq!(flushed(), [JOURNAL; 2], "the result before its confirm, and the verdict");
}

#[test]
fn wire_what_another_program_wrote_is_on_disk_before_it_is_handed_out() {
    let (simulator, folder, register) = shop_of_yesterday();
    register.pay("1", 12550).expect(Verdict::Approved, None);
    // Two handles of one program share what they know of the folder.
    drop(register);
    flushed();
    // Whoever wrote it may have died before its flush.
    let mut after = Register::at(&simulator, &folder);
    after.recover(false)[0].expect(Verdict::Approved, None);
    assert_eq!(flushed(), [JOURNAL]);
    after.recover(true)[0].expect(Verdict::Approved, None);
    assert_eq!(flushed(), [""; 0], "once is enough");
}

#[test]
fn wire_the_first_sale_in_a_folder_also_makes_its_journal_and_its_reserve() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    flushed();
    register.pay("1", 12550).expect(Verdict::Approved, None);
    let parent = folder.path().file_name().expect("a name").to_string_lossy().into_owned();
    let first = [parent.as_str(), "comgate-journal.reserve", JOURNAL, JOURNAL, JOURNAL];
    assert_eq!(flushed(), first, "once in the life of a folder");
}
