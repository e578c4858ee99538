//! Journals that cannot be used: a code, a sentence with the path and the remedy, and nothing was sent. (Missing folders, files in their
//! place and full disks: see `journal.rs`; network drives and redirected files: see `src/journal/folder.rs`.)

use std::fs;
use std::path::Path;
use std::process::Command;

use comgate_simulator::Simulator;
use comgate_terminal::{Code, Verdict};
use support::again::{expect_passed, name_of, only, this_program};
use support::folder::Folder;
use support::register::{Register, each, shop};

/// It says what is wrong with which path and what to do about it, and the terminal has not heard of it.
#[track_caller]
fn refused(register: &Register, simulator: &Simulator, code: i32, path: &Path, remedy: &str) {
    let words = register.last_error();
    assert_eq!(code, Code::Journal.number(), "{words}");
    assert!(words.contains(&path.display().to_string()), "no path: {words}");
    assert!(words.contains(remedy), "no remedy: {words}");
    assert!(simulator.requests().is_empty(), "something was sent");
}

#[test]
fn wire_a_folder_that_is_spoilt_before_it_is_set_is_refused_at_once() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    let spoilt = Folder::new();
    fs::create_dir(spoilt.path().join("append.lock")).expect("a folder in the place of the lock");
    let code = register.set_journal_dir(spoilt.path());
    refused(&register, &simulator, code, &spoilt.path().join("append.lock"), "check the folder's rights");
    // The folder that was set before stays.
    register.pay("1", 12550).expect(Verdict::Approved, None);
    assert!(folder.path().join("comgate-journal.log").exists());
}

#[test]
fn wire_a_folder_that_is_spoilt_after_it_was_set_refuses_the_sale() {
    let rows = [
        ("comgate-journal.log", "comgate-journal.log", "check that the folder is there, its rights and the disk"),
        ("comgate-journal.reserve", "comgate-journal.log", "check that the folder is there, its rights and the disk"),
        ("append.lock", "append.lock", "check the folder's rights"),
    ];
    each(rows, |(spoilt, path, remedy)| {
        let (simulator, folder) = shop();
        let register = Register::at(&simulator, &folder);
        let _ = fs::remove_file(folder.path().join(spoilt));
        fs::create_dir(folder.path().join(spoilt)).expect("a folder in the place of a file");
        let code = register.try_pay("1", 12550).expect_err("there is no outcome");
        refused(&register, &simulator, code, &folder.path().join(path), remedy);
        fs::remove_dir(folder.path().join(spoilt)).expect("it is empty");
        register.pay("1", 12550).expect(Verdict::Approved, None);
    });
}

#[test]
fn wire_a_folder_that_has_become_a_file_refuses_the_sale() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    let away = folder.path().with_extension("away");
    fs::rename(folder.path(), &away).expect("it can be moved");
    fs::write(folder.path(), "").expect("a file in its place");
    let code = register.try_pay("1", 12550).expect_err("there is no outcome");
    refused(&register, &simulator, code, folder.path(), "check");
    fs::remove_file(folder.path()).expect("it is there");
    fs::rename(&away, folder.path()).expect("it can be moved back");
}

#[test]
fn wire_a_journal_that_another_program_keeps_locked_refuses_the_sale() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    let path = folder.path().join("append.lock");
    let lock = fs::File::options().write(true).open(&path).expect("it is made with the folder");
    lock.lock().expect("it is free");
    let code = register.try_pay("1", 12550).expect_err("there is no outcome");
    refused(&register, &simulator, code, &path, "wait for it, or end it");
    lock.unlock().expect("it is ours");
    register.pay("1", 12550).expect(Verdict::Approved, None);
}

#[test]
fn wire_a_terminal_in_use_elsewhere_is_told_with_the_process_and_the_sale() {
    let (simulator, folder) = shop();
    let (first, second) = (Register::at(&simulator, &folder), Register::at(&simulator, &folder));
    let running = first.begin("2026-11-23/1/42", 12550).expect("begins");
    assert_eq!(second.try_pay("1", 12550).err(), Some(Code::TerminalLocked.number()));
    let words = second.last_error();
    for part in [simulator.address().to_string(), std::process::id().to_string(), "2026-11-23/1/42".into()] {
        assert!(words.contains(&part), "{words}");
    }
    assert!(simulator.requests().is_empty(), "nothing was sent");
    drop(running);
    second.pay("1", 12550).expect(Verdict::Approved, None);
}

/// Where the child of the next story finds the terminal.
const CHILD: &str = "CGT_TEST_READ_ONLY_PORT";

#[test]
#[cfg(target_os = "linux")]
fn wire_a_disk_that_is_read_only_or_becomes_so_refuses_the_sale() {
    if let Ok(port) = std::env::var(CHILD) {
        return on_a_read_only_disk(port.parse().expect("a port"));
    }
    let (simulator, _folder) = shop();
    // A disk of its own needs a mount, and a mount that nobody else sees a namespace of its own.
    let mut child = Command::new("unshare");
    child.args(["--mount", "--map-root-user", "--"]).arg(this_program());
    let test = name_of(&wire_a_disk_that_is_read_only_or_becomes_so_refuses_the_sale);
    only(&mut child, test);
    child.env(CHILD, simulator.address().port().to_string());
    expect_passed(test, &child.output().expect("unshare is there"));
    assert_eq!(simulator.count("payment"), 1, "only when it could be written again");
}

fn on_a_read_only_disk(port: u16) {
    let folder = Folder::new();
    let mount = |options: &str| {
        let done = Command::new("mount").args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(folder.path()).status();
        assert!(done.expect("mount is there").success(), "a tmpfs can be mounted");
    };
    mount("size=1m");
    let register = Register::at_address("127.0.0.1", port, &folder);
    mount("remount,ro");
    for refused in [register.try_pay("1", 12550).err(), Some(register.set_journal_dir(folder.path()))] {
        assert_eq!(refused, Some(Code::Journal.number()));
        let words = register.last_error();
        assert!(words.contains(&folder.path().display().to_string()) && words.contains("rights"), "{words}");
    }
    mount("remount,rw");
    register.pay("1", 12550).expect(Verdict::Approved, None);
    drop(register);
    let _ = Command::new("umount").arg(folder.path()).status();
}
