//! A journal that vanished, or went back in time, looks whole. By its side file it is noticed before anything is charged twice.

use std::ffi::CString;
use std::path::{Path, PathBuf};
use std::process::Command;

use comgate_simulator::Simulator;
use comgate_terminal::{Code, Terminal, Verdict};
use support::abi::{cgt_journal_accept_loss, cgt_terminal_free, cgt_terminal_new, cgt_terminal_set_journal_dir};
use support::folder::Folder;
use support::register::{Register, each, shop};

const SLOT: usize = 4096;

fn mark(folder: &Folder) -> PathBuf {
    folder.path().join("comgate-journal.mark")
}

fn journal(folder: &Folder) -> PathBuf {
    support::journal_file::path(folder.path())
}

/// A register that waits for its terminal, whatever else this machine is doing.
fn patient(simulator: &Simulator, folder: &Folder) -> Register {
    let register = Register::at(simulator, folder);
    register.set_reply_limit(10_000);
    register
}

/// A day on which these sales were made and acknowledged; then everything was switched off.
fn sold(simulator: &Simulator, folder: &Folder, sales: &[&str]) {
    let register = patient(simulator, folder);
    for sale in sales {
        register.pay(sale, 12550).expect(Verdict::Approved, None);
        assert_eq!(register.acknowledge(sale), 0);
    }
}

/// Nothing is sold, and the register is told what to do; what is there can still be looked at.
#[track_caller]
fn expect_refusal(simulator: &Simulator, register: &mut Register, sale: &str) {
    let starts = simulator.count("payment");
    assert_eq!(register.try_pay(sale, 12550).err(), Some(Code::Journal.number()));
    for words in ["comgate-journal.log", "put the file back", "cgt_journal_accept_loss"] {
        assert!(register.last_error().contains(words), "{}", register.last_error());
    }
    assert_eq!(simulator.count("payment"), starts, "nothing was sent");
    register.recover(true);
}

/// The file without its last lines, beginning with the one that has this text.
fn cut_from(folder: &Folder, text: &str) {
    let bytes = std::fs::read_to_string(journal(folder)).expect("there is a journal");
    let at = bytes.rfind(text).expect("the text is there");
    let start = bytes[..at].rfind('\n').map_or(0, |end| end + 1);
    std::fs::write(journal(folder), &bytes[..start]).expect("writable");
}

// --- gone, or older --------------------------------------------------------------------------------------------------------------

#[test]
fn wire_a_deleted_journal_refuses_sales_until_it_is_put_back() {
    let (simulator, folder) = shop();
    sold(&simulator, &folder, &["1", "2", "3"]);
    let whole = std::fs::read(journal(&folder)).expect("there is a journal");
    std::fs::remove_file(journal(&folder)).expect("it was there");
    let mut register = patient(&simulator, &folder);
    expect_refusal(&simulator, &mut register, "3");
    expect_refusal(&simulator, &mut patient(&simulator, &folder), "4");
    std::fs::write(journal(&folder), whole).expect("writable");
    assert_eq!(register.try_pay("3", 12550).err(), Some(Code::SaleUsed.number()), "it is known again");
    register.pay("4", 12550).expect(Verdict::Approved, None);
}

#[test]
fn wire_an_empty_journal_in_the_place_of_a_full_one_refuses_sales() {
    let (simulator, folder) = shop();
    sold(&simulator, &folder, &["1", "2"]);
    std::fs::write(journal(&folder), "").expect("writable");
    expect_refusal(&simulator, &mut patient(&simulator, &folder), "2");
}

#[test]
fn wire_an_older_copy_of_the_journal_refuses_sales_but_can_be_looked_at() {
    let (simulator, folder) = shop();
    sold(&simulator, &folder, &["1"]);
    let register = patient(&simulator, &folder);
    register.pay("not acknowledged", 12550).expect(Verdict::Approved, None);
    drop(register);
    let copy = std::fs::read(journal(&folder)).expect("there is a journal");
    sold(&simulator, &folder, &["2", "3"]);
    std::fs::write(journal(&folder), copy).expect("writable");
    let mut register = patient(&simulator, &folder);
    register.find("1").expect("it is in the copy").expect(Verdict::Approved, None);
    assert_eq!(register.recover(false).len(), 1, "what is there is told");
    assert_eq!(register.acknowledge("not acknowledged"), 0, "and can be acknowledged");
    expect_refusal(&simulator, &mut register, "3");
    drop(register);
    expect_refusal(&simulator, &mut patient(&simulator, &folder), "2");
}

/// The journal is gone, or an older copy. Its side file is gone, or as old as the journal, but the process remembers.
#[test]
fn wire_a_live_register_notices_a_lost_journal_without_the_side_file() {
    let (simulator, folder) = shop();
    let mut register = patient(&simulator, &folder);
    register.pay("1", 12550).expect(Verdict::Approved, None);
    let old =
        (std::fs::read(journal(&folder)).expect("it is there"), std::fs::read(mark(&folder)).expect("it is there"));
    register.pay("2", 12550).expect(Verdict::Approved, None);
    register.pay("3", 12550).expect(Verdict::Approved, None);
    let whole = std::fs::read(journal(&folder)).expect("it is there");
    for (journal_now, mark_now) in [(None, None), (Some(&old.0), None), (Some(&old.0), Some(&old.1))] {
        for (path, bytes) in [(journal(&folder), journal_now), (mark(&folder), mark_now)] {
            match bytes {
                Some(bytes) => std::fs::write(path, bytes).expect("writable"),
                None => drop(std::fs::remove_file(path)),
            }
        }
        expect_refusal(&simulator, &mut register, "3");
        std::fs::write(journal(&folder), &whole).expect("writable");
        register.find("3").expect("it is known again").expect(Verdict::Approved, None);
    }
    register.pay("4", 12550).expect(Verdict::Approved, None);
}

// --- only the last attempt -------------------------------------------------------------------------------------------------------

/// A disk that lied about its last flushes: the sale is asked about, and not charged again.
#[test]
fn wire_a_journal_that_lacks_the_last_sale_gets_it_back_as_undecided() {
    for from in [r#""fact":"intent""#, r#""fact":"identified""#, r#""fact":"settled""#, r#""fact":"decided""#] {
        let (simulator, folder) = shop();
        sold(&simulator, &folder, &["1", "2"]);
        cut_from(&folder, from);
        let mut register = patient(&simulator, &folder);
        assert_eq!(register.unresolved(), (1, 0), "{from}");
        assert_eq!(register.find("2").expect("it is known").verdict, Verdict::Unknown.number());
        let found = register.recover(true);
        assert_eq!(found.len(), 1, "{from}");
        found[0].expect(Verdict::Approved, None);
        register.pay("3", 12550).expect(Verdict::Approved, None);
        assert_eq!(simulator.charges().len(), 3);
    }
}

#[test]
fn wire_a_sale_the_journal_lacks_is_asked_about_not_charged_twice() {
    let (simulator, folder) = shop();
    sold(&simulator, &folder, &["1", "2"]);
    cut_from(&folder, r#""fact":"intent""#);
    let register = patient(&simulator, &folder);
    register.pay("2", 12550).expect(Verdict::Approved, None);
    assert_eq!(simulator.charges().len(), 2);
    drop(register);
    // What the side file said before is not true any more, and does not come back.
    sold(&simulator, &folder, &["3", "4"]);
    assert_eq!(simulator.charges().len(), 4);
}

#[test]
fn wire_a_journal_whose_only_sale_is_gone_with_the_file_gets_it_back() {
    for is_there in [true, false] {
        let (simulator, folder) = shop();
        sold(&simulator, &folder, &["1"]);
        if is_there {
            std::fs::write(journal(&folder), "").expect("writable");
        } else {
            std::fs::remove_file(journal(&folder)).expect("it was there");
        }
        patient(&simulator, &folder).pay("1", 12550).expect(Verdict::Approved, None);
        assert_eq!(simulator.charges().len(), 1);
        sold(&simulator, &folder, &["2", "3"]);
    }
}

#[test]
fn wire_a_journal_that_ends_in_zeros_gets_its_last_sale_back() {
    for end in [&[0; 700][..], b"\0\0\0\0\n", b"00000000 \n\0\0"] {
        let (simulator, folder) = shop();
        sold(&simulator, &folder, &["1", "2"]);
        cut_from(&folder, r#""fact":"intent""#);
        support::journal_file::append(folder.path(), end);
        let register = patient(&simulator, &folder);
        assert_eq!(register.unresolved(), (1, 0));
        register.pay("2", 12550).expect(Verdict::Approved, None);
        assert_eq!(simulator.charges().len(), 2);
        drop(register);
        sold(&simulator, &folder, &["3"]);
    }
}

#[test]
fn wire_a_journal_that_lacks_two_sales_refuses_also_where_it_ends_damaged() {
    for end in [&b""[..], &[0; 700], b"\0\0\0\0\n"] {
        let (simulator, folder) = shop();
        sold(&simulator, &folder, &["1", "2", "3", "4"]);
        for _ in 0..2 {
            cut_from(&folder, r#""fact":"intent""#);
        }
        support::journal_file::append(folder.path(), end);
        expect_refusal(&simulator, &mut patient(&simulator, &folder), "4");
        expect_refusal(&simulator, &mut patient(&simulator, &folder), "4");
    }
}

// --- the way out -----------------------------------------------------------------------------------------------------------------

#[test]
fn wire_a_person_accepts_the_loss_and_the_shop_goes_on() {
    let (simulator, folder) = shop();
    sold(&simulator, &folder, &["1", "2", "3"]);
    std::fs::remove_file(journal(&folder)).expect("it was there");
    let mut register = patient(&simulator, &folder);
    expect_refusal(&simulator, &mut register, "4");
    let mut person = Terminal::new("192.0.2.1").expect("a host");
    person.set_journal_dir(folder.path()).expect("it is there");
    person.accept_journal_loss("the disk was changed; Eva has looked").expect("it is noted");
    register.pay("4", 12550).expect(Verdict::Approved, None);
    let facts = support::journal_file::facts(folder.path());
    let accepted: Vec<_> = facts.iter().filter(|fact| fact["fact"] == "loss_accepted").collect();
    assert_eq!(accepted.len(), 1);
    assert_eq!(accepted[0]["note"], "the disk was changed; Eva has looked");
    person.accept_journal_loss("once more").expect("there is nothing to accept");
    assert_eq!(support::journal_file::facts(folder.path()).len(), facts.len(), "and nothing is noted");
    drop((register, person));
    sold(&simulator, &folder, &["5", "6"]);
    // A disk that has lost what the side file said since: what was accepted stays accepted.
    let old = std::fs::read(mark(&folder)).expect("it is there");
    sold(&simulator, &folder, &["7"]);
    std::fs::write(mark(&folder), old).expect("writable");
    sold(&simulator, &folder, &["8"]);
}

#[test]
fn wire_a_c_program_accepts_a_loss_with_a_note_and_not_without() {
    let (simulator, folder) = shop();
    sold(&simulator, &folder, &["1", "2", "3"]);
    std::fs::remove_file(journal(&folder)).expect("it was there");
    let register = patient(&simulator, &folder);
    let mut t = std::ptr::null_mut();
    let path = CString::new(folder.path().display().to_string()).expect("no NUL");
    unsafe {
        assert_eq!(cgt_terminal_new(c"192.0.2.1".as_ptr(), &raw mut t), 0);
        assert_eq!(cgt_terminal_set_journal_dir(t, path.as_ptr()), 0);
        assert_eq!(cgt_journal_accept_loss(t, std::ptr::null()), Code::Null.number());
        assert_eq!(cgt_journal_accept_loss(t, c"".as_ptr()), Code::Text.number());
        assert_eq!(register.try_pay("4", 100).err(), Some(Code::Journal.number()));
        assert_eq!(cgt_journal_accept_loss(t, c"looked at the terminal".as_ptr()), 0);
        assert_eq!(cgt_terminal_free(t), 0);
    }
    register.pay("4", 100).expect(Verdict::Approved, None);
}

// --- the side file itself ----------------------------------------------------------------------------------------------------------

/// It is made anew with the next line.
#[test]
fn wire_a_side_file_missing_empty_or_torn_is_no_evidence() {
    let torn = |bytes: &[u8]| [&[0; 64][..], &bytes[64..SLOT], &[0; 64], &bytes[SLOT + 64..]].concat();
    let empty = |_: &[u8]| Vec::new();
    let garbage = |_: &[u8]| vec![b'x'; 3 * SLOT];
    for change in [&torn as &dyn Fn(&[u8]) -> Vec<u8>, &empty, &garbage] {
        let (simulator, folder) = shop();
        sold(&simulator, &folder, &["1", "2"]);
        let bytes = std::fs::read(mark(&folder)).expect("it is there");
        std::fs::write(mark(&folder), change(&bytes)).expect("writable");
        sold(&simulator, &folder, &["3", "4"]);
        std::fs::remove_file(mark(&folder)).expect("it was there");
        sold(&simulator, &folder, &["5", "6"]);
        std::fs::remove_file(journal(&folder)).expect("it was there");
        expect_refusal(&simulator, &mut patient(&simulator, &folder), "7");
    }
}

#[test]
fn wire_of_a_side_file_one_good_slot_is_enough() {
    for slot in [0, 1] {
        let (simulator, folder) = shop();
        sold(&simulator, &folder, &["1", "2", "3"]);
        let mut bytes = std::fs::read(mark(&folder)).expect("it is there");
        assert_eq!(bytes.len(), 2 * SLOT);
        bytes[slot * SLOT..][..100].fill(0);
        std::fs::write(mark(&folder), bytes).expect("writable");
        let whole = std::fs::read(journal(&folder)).expect("it is there");
        std::fs::remove_file(journal(&folder)).expect("it was there");
        expect_refusal(&simulator, &mut patient(&simulator, &folder), "3");
        std::fs::write(journal(&folder), whole).expect("writable");
        sold(&simulator, &folder, &["4"]);
    }
}

// --- the power goes ----------------------------------------------------------------------------------------------------------------

const PORT: &str = "CGT_TEST_OWN_PORT";
const FOLDER: &str = "CGT_TEST_OWN_FOLDER";

/// A register in a process of its own pays a sale, until the power goes at this place. This test is run again for it.
fn pays_until(place: &str, test: &str, sale: &str, simulator: &Simulator, folder: &Folder) {
    let told = Command::new(std::env::current_exe().expect("a test has a path"))
        .args(["--exact", test, "--nocapture"])
        .env("CGT_TEST_KILL_AT", place)
        .env(PORT, simulator.address().port().to_string())
        .env(FOLDER, folder.path())
        .env("CGT_TEST_SALE", sale)
        .output()
        .expect("the test runs again");
    assert!(!told.status.success(), "{place} was not reached");
}

/// What that process does; false in the process of the test itself.
fn is_the_one_that_pays() -> bool {
    let (Ok(port), Some(folder)) = (std::env::var(PORT), std::env::var_os(FOLDER)) else { return false };
    let register = Register::in_folder("127.0.0.1", port.parse().expect("a port"), Path::new(&folder));
    register.set_reply_limit(10_000);
    register.pay(&std::env::var("CGT_TEST_SALE").expect("a sale"), 12550);
    true
}

/// What a disk that lies leaves of a folder, which it had promised to keep.
#[derive(Clone, Copy, Debug)]
enum Left {
    Everything,
    /// The side file was not written since the day before.
    OldMark,
    TornMark(usize),
    /// The journal was not written since, the side file was.
    OldJournal,
    HalfOfTheNew,
}

impl Left {
    fn play(self, folder: &Folder, journal_before: &[u8], mark_before: &[u8]) {
        let now = std::fs::read(journal(folder)).expect("it is there");
        match self {
            Self::Everything => {}
            Self::OldMark => std::fs::write(mark(folder), mark_before).expect("writable"),
            Self::TornMark(slot) => {
                let mut bytes = std::fs::read(mark(folder)).expect("it is there");
                bytes[slot * SLOT + 32..][..512].fill(0);
                std::fs::write(mark(folder), bytes).expect("writable");
            }
            Self::OldJournal => std::fs::write(journal(folder), journal_before).expect("writable"),
            Self::HalfOfTheNew => {
                let half = usize::midpoint(journal_before.len(), now.len());
                std::fs::write(journal(folder), &now[..half]).expect("writable");
            }
        }
    }
}

/// Whatever is left, the sale is not charged twice, and the shop stays open: no more than its lines can be missing.
#[test]
fn wire_a_power_cut_at_each_step_of_the_side_file_closes_no_shop() {
    if is_the_one_that_pays() {
        return;
    }
    let test = "wire_a_power_cut_at_each_step_of_the_side_file_closes_no_shop";
    let steps = ["flush line", "mark slot", "mark half a slot", "marked slot"];
    let places = (1..=3).flat_map(|visit| steps.map(|step| format!("{step}#{visit}")));
    let left =
        [Left::Everything, Left::OldMark, Left::TornMark(0), Left::TornMark(1), Left::OldJournal, Left::HalfOfTheNew];
    let cases: Vec<(String, Left)> =
        places.flat_map(|place| left.iter().map(move |left| (place.clone(), *left))).collect();
    let story = |(place, left): &(String, Left)| {
        let (simulator, folder) = shop();
        sold(&simulator, &folder, &["1", "2"]);
        let before = (std::fs::read(journal(&folder)).expect("there"), std::fs::read(mark(&folder)).expect("there"));
        pays_until(place, test, "3", &simulator, &folder);
        left.play(&folder, &before.0, &before.1);
        let mut register = patient(&simulator, &folder);
        register.recover(true);
        let again = register.try_pay("3", 12550);
        let code = again.as_ref().err().copied();
        assert!(code.is_none() || code == Some(Code::SaleUsed.number()), "{place} {left:?}: {code:?}");
        assert!(simulator.charges().len() <= 3, "{place} {left:?}: charged twice");
        drop(register);
        let charged = simulator.charges().len();
        sold(&simulator, &folder, &["4"]);
        assert_eq!(simulator.charges().len(), charged + 1, "{place} {left:?}");
    };
    cases.chunks(12).for_each(|some| each(some, story));
}

/// So many old sales, written by another program since the side file was.
fn with_old_sales(folder: &Folder) {
    let mut text = String::new();
    for number in 0..1_200 {
        let day = if number < 1_000 { "2026-01-10" } else { "2026-06-20" };
        let about = format!(r#""time":"{day}T12:00:00Z","sale":"old-{number}","transaction":"old-{number}""#);
        let intent = r#""kind":"payment","amount":100,"currency":"CZK","host":"192.0.2.1","port":1,"path":"/paya","terminal":"192.0.2.1:1""#;
        text += &support::journal_file::line(&format!(r#"{{"fact":"intent",{about},{intent}}}"#));
        text += &support::journal_file::line(&format!(r#"{{"fact":"decided",{about},"verdict":"approved"}}"#));
        text += &support::journal_file::line(&format!(r#"{{"fact":"acknowledged",{about}}}"#));
    }
    support::journal_file::append(folder.path(), text.as_bytes());
}

/// Shortened: the journal of before is an older copy now, and whichever of the two a power cut leaves is believed.
#[test]
fn wire_a_power_cut_while_shortening_leaves_a_journal_to_believe() {
    if is_the_one_that_pays() {
        return;
    }
    let test = "wire_a_power_cut_while_shortening_leaves_a_journal_to_believe";
    let places = [
        "compact copied#1",
        "compact on disk#1",
        "mark slot#1",
        "mark half a slot#1",
        "marked slot#1",
        "compact replaced#1",
        "mark slot#2",
        "mark half a slot#2",
        "marked slot#2",
    ];
    let rename_lost = places.iter().filter(|place| place.starts_with("compact replaced")).map(|place| (*place, true));
    each(places.iter().map(|place| (*place, false)).chain(rename_lost), |(place, rename_is_lost)| {
        let (simulator, folder) = shop();
        sold(&simulator, &folder, &["1", "2"]);
        with_old_sales(&folder);
        let old = std::fs::read(journal(&folder)).expect("it is there");
        pays_until(place, test, "3", &simulator, &folder);
        if rename_is_lost {
            std::fs::write(journal(&folder), &old).expect("writable");
        }
        sold(&simulator, &folder, &["3", "4"]);
        assert_eq!(simulator.charges().len(), 4, "{place}");
        assert!(std::fs::metadata(journal(&folder)).expect("it is there").len() < old.len() as u64 / 2, "{place}");
        std::fs::write(journal(&folder), &old).expect("writable");
        expect_refusal(&simulator, &mut patient(&simulator, &folder), "4");
    });
}
