//! A register that forks, as a web server does with its workers: the handles stay the parent's.

#![cfg(unix)]

use std::path::Path;

use comgate_simulator::Simulator;
use comgate_terminal::codes::RowField;
use comgate_terminal::{Code, Verdict};
use support::folder::Folder;
use support::register::{Register, Steps, shop};

unsafe extern "C" {
    fn fork() -> i32;
    fn kill(process: i32, signal: i32) -> i32;
    fn waitpid(process: i32, status: *mut i32, options: i32) -> i32;
    fn _exit(code: i32) -> !;
}

struct Child(i32);

impl Child {
    /// Runs this in a child; it ends without cleaning up, as a worker does that is killed.
    fn fork(work: impl FnOnce()) -> Self {
        let process = unsafe { fork() };
        assert!(process >= 0, "no child");
        if process == 0 {
            let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
            unsafe { _exit(i32::from(ended.is_err())) }
        }
        Self(process)
    }

    #[track_caller]
    fn expect_success(mut self) {
        let (mut status, process) = (-1, std::mem::take(&mut self.0));
        assert_eq!(unsafe { waitpid(process, &raw mut status, 0) }, process);
        assert_eq!(status, 0);
    }
}

/// Of a test that fails nothing is left.
impl Drop for Child {
    fn drop(&mut self) {
        const SIGKILL: i32 = 9;
        if self.0 > 0 {
            unsafe {
                kill(self.0, SIGKILL);
                waitpid(self.0, std::ptr::null_mut(), 0);
            }
        }
    }
}

/// A sale that the customer is busy with.
fn under_way() -> (Simulator, Folder, Register, Steps) {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    register.set_reply_limit(10_000);
    let steps = register.begin("1", 12550).expect("it begins");
    while simulator.count("payment") == 0 {
        assert!(!steps.step(10).expect("it goes on"));
    }
    (simulator, folder, register, steps)
}

fn ends(steps: &Steps) {
    while !steps.step(100).expect("it goes on") {}
    steps.finish().expect("an outcome").expect(Verdict::Approved, None);
}

fn wait_for(file: &Path) {
    while !file.exists() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

/// One test: a fork copies whatever the threads of other tests hold just then.
#[test]
fn wire_a_forked_child_uses_sends_and_unlocks_nothing() {
    a_child_that_frees_everything_leaves_the_parent_its_lock();
    a_child_that_lives_on_keeps_nobody_waiting();
    a_child_with_a_handle_of_its_own_sells();
    a_child_reads_no_list_of_its_parent();
}

fn a_child_that_frees_everything_leaves_the_parent_its_lock() {
    let (simulator, folder, register, steps) = under_way();
    let cancels = simulator.count("cancel");
    let child = Child::fork(|| {
        assert_eq!(steps.step(10).err(), Some(Code::Handle.number()));
        assert_eq!(register.try_pay("2", 100).err(), Some(Code::Handle.number()));
        assert_eq!(steps.free(), 0);
        assert_eq!(steps.free(), Code::Handle.number(), "it is gone here");
        // Asserts that it can be freed.
        drop(unsafe { std::ptr::read(&raw const register) });
    });
    child.expect_success();
    assert_eq!(simulator.count("cancel"), cancels, "nothing was sent");
    let other = Register::at(&simulator, &folder);
    other.set_reply_limit(10_000);
    assert_eq!(other.try_pay("2", 100).err(), Some(Code::TerminalLocked.number()), "it is still the parent's");
    ends(&steps);
    assert_eq!(simulator.charges().len(), 1);
}

fn a_child_that_lives_on_keeps_nobody_waiting() {
    let (simulator, folder, register, steps) = under_way();
    let go = folder.path().join("go");
    let child = Child::fork(|| wait_for(&go));
    ends(&steps);
    drop((steps, register));
    let other = Register::at(&simulator, &folder);
    other.set_reply_limit(10_000);
    other.pay("2", 12550).expect(Verdict::Approved, None);
    std::fs::write(&go, "").expect("writable");
    child.expect_success();
}

fn a_child_reads_no_list_of_its_parent() {
    let (simulator, folder) = shop();
    simulator.personality(|p| p.several_merchants = true);
    let register = Register::at(&simulator, &folder);
    let rows = register.daughter_companies().expect("a list");
    assert!(rows.next());
    let child = Child::fork(|| {
        assert_eq!(rows.text(RowField::DaughterCompanyId), Err(Code::Handle.number()));
        // Asserts that it can be freed.
        drop(unsafe { std::ptr::read(&raw const rows) });
    });
    child.expect_success();
    assert_eq!(rows.text(RowField::DaughterCompanyId).as_deref(), Ok("1001"), "it is still the parent's");
}

fn a_child_with_a_handle_of_its_own_sells() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    register.pay("1", 12550).expect(Verdict::Approved, None);
    let child = Child::fork(|| {
        let own = Register::at(&simulator, &folder);
        own.pay("2", 12550).expect(Verdict::Approved, None);
        assert_eq!(own.acknowledge("2"), 0);
    });
    child.expect_success();
    assert_eq!(register.unresolved(), (0, 1), "the parent reads what the child has written");
    register.pay("3", 12550).expect(Verdict::Approved, None);
    assert_eq!(simulator.charges().len(), 3);
}
