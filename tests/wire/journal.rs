//! What the journal does for a shop when files are torn, damaged, newer, full, old, shared or gone.

use std::path::Path;
use std::process::Command;

use comgate_simulator::{Ending, Fault, FaultKind, Lists, Options, Screen, Simulator};
use comgate_terminal::{Code, OutcomeField as Field, PaymentEvent, Phase, Verdict};
use serde_json::json;
use support::again::{expect_passed, name_of, only, this_program};
use support::folder::Folder;
use support::forwarder::Forwarder;
use support::journal_file;
use support::register::{Register, charged_but_unknown, each, shop};

/// A sale that was charged, and of which a person has said, while the terminal was off, that it was not.
fn charged_but_decided_otherwise(simulator: &Simulator, register: &Register, sale: &str) {
    charged_but_unknown(simulator, register, sale);
    simulator.offline();
    assert_eq!(register.resolve(sale, false, "paid in cash"), 0);
    simulator.online().expect("the port is still ours");
}

// --- what is written -----------------------------------------------------------------------------------------------------------

#[test]
fn wire_an_approved_sale_leaves_these_lines_in_this_order() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    register.pay("1", 12550).expect(Verdict::Approved, None);
    assert_eq!(register.acknowledge("1"), 0);
    let names = journal_file::names(folder.path());
    assert_eq!(names, ["journal", "intent", "identified", "settled", "decided", "acknowledged"]);
    let facts = journal_file::facts(folder.path());
    assert_eq!(
        (&facts[1]["kind"], &facts[4]["verdict"]),
        (&"payment".into(), &"approved".into()),
        "words, not numbers"
    );
    assert!(facts[1..].iter().all(|fact| fact["sale"] == "1"), "each line names its sale");
}

// --- damage --------------------------------------------------------------------------------------------------------------------

#[test]
fn wire_a_torn_last_line_is_cut_off_and_selling_goes_on() {
    for tail in [&b"12345678 {\"fact\":\"intent\",\"sale\":\"9\""[..], b"\0\0\0\0\0\0\0\0", b"1"] {
        let (simulator, folder) = shop();
        let register = Register::at(&simulator, &folder);
        register.pay("1", 12550).expect(Verdict::Approved, None);
        journal_file::append(folder.path(), tail);
        Register::at(&simulator, &folder).pay("2", 12550).expect(Verdict::Approved, None);
        assert_eq!(journal_file::names(folder.path()).iter().filter(|name| *name == "decided").count(), 2);
        assert_eq!(journal_file::set_aside(folder.path()), 0, "a power cut is no damage");
    }
}

/// The terminal knows the verdict that the journal has lost.
#[test]
fn wire_a_sale_with_a_damaged_verdict_is_undecided_until_asked_about() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    register.pay("1", 12550).expect(Verdict::Approved, None);
    register.pay("2", 12550).expect(Verdict::Approved, None);
    journal_file::damage(folder.path(), "\"fact\":\"decided\"");
    let mut after = Register::at(&simulator, &folder);
    assert_eq!(after.find("1").expect("the sale is known").verdict, Verdict::Unknown.number());
    assert_eq!(after.find("2").expect("the other one is untouched").verdict, Verdict::Approved.number());
    let found = after.recover(true);
    assert!(found.iter().all(|outcome| outcome.verdict == Verdict::Approved.number()));
    assert_eq!(journal_file::set_aside(folder.path()), 1, "the damaged file is kept");
    Register::at(&simulator, &folder).pay("3", 12550).expect(Verdict::Approved, None);
    assert_eq!(journal_file::set_aside(folder.path()), 1, "and was damaged once");
    assert_eq!(simulator.count("payment"), 3);
}

#[test]
fn wire_a_sale_whose_intent_is_damaged_is_not_forgotten() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    charged_but_unknown(&simulator, &register, "1");
    journal_file::damage(folder.path(), "\"fact\":\"intent\"");
    let mut after = Register::at(&simulator, &folder);
    assert_eq!(after.unresolved(), (1, 0));
    let found = after.recover(true);
    assert_eq!((found.len(), found[0].text(Field::SaleId)), (1, Some("1")));
    found[0].expect(Verdict::Approved, None);
}

/// Each line of the journal is damaged once.
#[test]
fn wire_damage_in_any_line_never_charges_twice_nor_closes_the_shop() {
    each(["journal", "intent", "identified", "settled", "decided", "acknowledged"], |fact| {
        let (simulator, folder) = shop();
        let register = Register::at(&simulator, &folder);
        register.pay("1", 12550).expect(Verdict::Approved, None);
        assert_eq!(register.acknowledge("1"), 0);
        journal_file::damage(folder.path(), &format!("\"fact\":\"{fact}\""));
        let mut after = Register::at(&simulator, &folder);
        if let Ok(outcome) = after.try_pay("1", 12550) {
            assert!(outcome.is(Field::Adopted), "{fact}: {:#}", outcome.fields);
        }
        after.recover(true);
        after.pay("2", 12550).expect(Verdict::Approved, None);
        assert_eq!(simulator.count("payment"), 2, "{fact}: sale 1 was started again");
        let names = journal_file::names(folder.path());
        assert_eq!(names.first().map(String::as_str), Some("journal"), "{fact}: the file has its first line again");
    });
}

#[test]
fn wire_lines_of_a_newer_version_are_kept_and_skipped() {
    let (simulator, folder) = shop();
    journal_file::append(folder.path(), journal_file::line(r#"{"fact":"journal","version":99,"id":"new"}"#).as_bytes());
    let unknown = r#"{"fact":"loyalty","transaction":"x-1","points":5}"#;
    let new_kind = r#"{"fact":"intent","time":"2026-11-23T09:41:00Z","sale":"7","transaction":"x-2","kind":"teleport","amount":1}"#;
    journal_file::append(folder.path(), journal_file::line(unknown).as_bytes());
    journal_file::append(folder.path(), journal_file::line(new_kind).as_bytes());
    let register = Register::at(&simulator, &folder);
    register.pay("1", 12550).expect(Verdict::Approved, None);
    // Writing the file anew does not lose them either.
    journal_file::damage(folder.path(), "\"fact\":\"identified\"");
    Register::at(&simulator, &folder).pay("2", 12550).expect(Verdict::Approved, None);
    let text = std::fs::read_to_string(journal_file::path(folder.path())).expect("a journal");
    assert!(text.contains(unknown) && text.contains(new_kind));
}

// --- folders that cannot be used -------------------------------------------------------------------------------------------------

/// The sentence names the path, and what to do about it.
#[test]
fn wire_a_folder_that_cannot_be_used_is_refused_with_path_and_remedy() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    let file = folder.path().join("file");
    std::fs::write(&file, "").expect("a file");
    for (path, words) in [(folder.path().join("missing"), "make it"), (file, "is not a folder")] {
        assert_eq!(register.set_journal_dir(&path), Code::Journal.number());
        let detail = register.last_error();
        assert!(detail.contains(&path.display().to_string()) && detail.contains(words), "{detail}");
    }
    // Nobody may make files there, not even root.
    let unwritable = Path::new("/sys/kernel");
    if cfg!(target_os = "linux") {
        assert_eq!(register.set_journal_dir(unwritable), Code::Journal.number());
        let detail = register.last_error();
        assert!(detail.contains("/sys/kernel") && detail.contains("rights"), "{detail}");
    }
    assert!(simulator.requests().is_empty(), "nothing was sent");
}

#[test]
fn wire_a_folder_that_has_gone_is_no_empty_journal() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    register.pay("1", 12550).expect(Verdict::Approved, None);
    let away = folder.path().with_extension("gone");
    std::fs::rename(folder.path(), &away).expect("it can be moved");
    assert_eq!(register.try_pay("1", 12550).err(), Some(Code::Journal.number()));
    std::fs::rename(&away, folder.path()).expect("it can be moved back");
    assert!(register.pay("1", 12550).is(Field::Adopted));
    assert_eq!(simulator.count("payment"), 1);
}

#[test]
fn wire_without_a_journal_only_by_wish_and_then_within_one_handle() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    register.sell_without_journal();
    register.pay("1", 12550).expect(Verdict::Approved, None);
    assert!(register.pay("1", 12550).is(Field::Adopted), "one handle remembers");
    assert_eq!(simulator.count("payment"), 1);
    assert!(!journal_file::path(folder.path()).exists());
}

// --- a full disk -----------------------------------------------------------------------------------------------------------------

/// Where the child of the story of the full disk finds the terminal.
const CHILD: &str = "CGT_TEST_FULL_DISK_PORT";

/// The sale that meets a full disk is never sent.
#[test]
#[cfg(target_os = "linux")]
fn wire_a_full_disk_refuses_a_new_sale_and_finishes_one_that_has_begun() {
    if let Ok(port) = std::env::var(CHILD) {
        return on_a_small_disk(port.parse().expect("a port"));
    }
    let (simulator, _folder) = shop();
    // A disk of its own needs a mount, and a mount that nobody else sees a namespace of its own.
    let mut child = Command::new("unshare");
    child.args(["--mount", "--map-root-user", "--"]).arg(this_program());
    let test = name_of(&wire_a_full_disk_refuses_a_new_sale_and_finishes_one_that_has_begun);
    only(&mut child, test);
    child.env(CHILD, simulator.address().port().to_string());
    expect_passed(test, &child.output().expect("unshare is there"));
    let sales = simulator.requests().into_iter().filter(|request| request.endpoint == "payment");
    let amounts: Vec<i64> = sales.filter_map(|request| request.body["request"]["amount"].as_i64()).collect();
    assert_eq!(amounts, [20_000, 30_000], "the sale that met a full disk was never sent");
}

fn on_a_small_disk(port: u16) {
    let folder = Folder::new();
    let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=256k", "tmpfs"]).arg(folder.path()).status();
    assert!(mounted.expect("mount is there").success(), "a tmpfs can be mounted");
    let filler = folder.path().join("filler");
    let fill = {
        let filler = filler.clone();
        move || {
            let mut size = 256 * 1024;
            while size > 0 {
                use std::io::Write;
                let mut file = std::fs::OpenOptions::new().append(true).create(true).open(&filler).expect("a file");
                if file.write_all(&vec![1; size]).is_err() {
                    size /= 2;
                }
            }
        }
    };
    let mut register = Register::at_address("127.0.0.1", port, &folder);
    // Full before the sale: refused, and nothing is half done.
    fill();
    assert_eq!(register.try_pay("1", 10_000).err(), Some(Code::Journal.number()));
    assert!(register.last_error().contains("make space"), "{}", register.last_error());
    // Full once it has begun: the reserve is for this.
    std::fs::remove_file(&filler).expect("it is there");
    let at_start = fill.clone();
    register.host.on_event = Some(Box::new(move |event| {
        if event == PaymentEvent::Started.number() {
            at_start();
        }
    }));
    register.pay("2", 20_000).expect(Verdict::Approved, None);
    // Full, and somebody took the reserve too: nothing is confirmed that could not be stored.
    std::fs::remove_file(&filler).expect("it is there");
    let reserve = folder.path().join("comgate-journal.reserve");
    let journal = folder.path().to_path_buf();
    register.host.on_event = Some(Box::new(move |event| {
        if event == PaymentEvent::Started.number() {
            std::fs::remove_file(&reserve).expect("a sale begins with a reserve");
            journal_file::fill_last_page(&journal);
            fill();
        }
    }));
    register.pay("3", 30_000).expect(Verdict::Unknown, Some(Code::NotStored));
    std::fs::remove_file(&filler).expect("it is there");
    register.host.on_event = None;
    register.recover(true)[0].expect(Verdict::Approved, None);
    let _ = Command::new("umount").arg(folder.path()).status();
}

// --- age -------------------------------------------------------------------------------------------------------------------------

#[test]
fn wire_old_sales_are_forgotten_but_never_one_that_is_open() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    assert_eq!(register.set_retention_days(29), Code::Range.number());
    assert_eq!(register.set_retention_days(30), 0);
    journal_file::append(folder.path(), journal_file::line(r#"{"fact":"journal","version":1,"id":"old"}"#).as_bytes());
    for number in 0..1_000 {
        journal_file::append(folder.path(), old_sale(number).as_bytes());
    }
    register.pay("today", 12550).expect(Verdict::Approved, None);
    // By the journal's own clock it is still March; so those of January are old, those of March are not.
    assert_eq!(register.find("old-1").err(), Some(Code::NotFound.number()), "acknowledged in January");
    assert_eq!(register.find("old-2").expect("undecided").verdict, Verdict::Unknown.number());
    assert_eq!(register.find("old-3").expect("not acknowledged").verdict, Verdict::Approved.number());
    assert!(register.find("old-999").is_ok(), "acknowledged in March");
    assert_eq!(register.try_pay("old-999", 100).err(), Some(Code::SaleUsed.number()));
}

/// Of the first half, in January, one in ten is undecided and one in ten not acknowledged.
fn old_sale(number: u32) -> String {
    let (day, id) =
        (if number < 500 { "2026-01-10T12:00:00Z" } else { "2026-03-20T12:00:00Z" }, format!("old-{number}"));
    let about = format!(r#""time":"{day}","sale":"{id}","transaction":"{id}""#);
    let mut text = journal_file::line(&format!(
        r#"{{"fact":"intent",{about},"kind":"payment","amount":100,"currency":"CZK","host":"192.0.2.1","port":1,"path":"/paya","terminal":"192.0.2.1:1"}}"#
    ));
    if number % 10 != 2 || number >= 500 {
        text += &journal_file::line(&format!(r#"{{"fact":"decided",{about},"verdict":"approved"}}"#));
        if number % 10 != 3 || number >= 500 {
            text += &journal_file::line(&format!(r#"{{"fact":"acknowledged",{about}}}"#));
        }
    }
    text
}

// --- several of everything ---------------------------------------------------------------------------------------------------------

#[test]
fn wire_registers_that_share_a_folder_see_only_their_own_sales() {
    let (simulator, folder) = shop();
    let (mut one, mut two) = (Register::at(&simulator, &folder), Register::at(&simulator, &folder));
    one.set_register_id("one");
    two.set_register_id("two");
    one.pay("1", 12550).expect(Verdict::Approved, None);
    assert_eq!(two.try_pay("1", 12550).err(), Some(Code::SaleUsed.number()));
    assert!(two.last_error().contains("\"one\""), "{}", two.last_error());
    assert!(two.recover(true).is_empty() && two.unresolved() == (0, 0));
    assert_eq!(two.acknowledge("1"), Code::NotFound.number());
    assert_eq!(one.recover(true).len(), 1);
}

/// A sale that is open on one terminal is paid on another: the first one is asked about it before.
#[test]
fn wire_a_sale_that_changes_terminals_is_first_asked_about_on_the_old_one() {
    let ((first, folder), (second, _)) = (shop(), shop());
    charged_but_unknown(&first, &Register::at(&first, &folder), "1");
    let moved = Register::at(&second, &folder);
    let outcome = moved.pay("1", 12550);
    assert!(outcome.expect(Verdict::Approved, None).is(Field::Adopted));
    assert_eq!((first.charges_kept().len(), second.count("payment")), (1, 0));
}

#[test]
fn wire_a_terminal_with_a_new_address_is_still_the_terminal_of_its_sales() {
    let (simulator, folder) = shop();
    let lease = Forwarder::to(&simulator);
    charged_but_unknown(&simulator, &Register::at_address("127.0.0.1", lease.port(), &folder), "1");
    drop(lease);
    let mut after = Register::at(&simulator, &folder);
    after.recover(true)[0].expect(Verdict::Approved, None);
}

/// The terminal speaks of its last sale, and before the control question another one has become the last.
#[test]
fn wire_an_answer_about_another_sale_is_not_believed() {
    let (simulator, folder) = shop();
    let mut register = Register::at(&simulator, &folder);
    charged_but_unknown(&simulator, &register, "1");
    // A terminal that speaks of its last sale: that was declined, and another register begins the next one before the control question.
    let declined = r#"{"responseCode":"DECLINED","amount":12550,"currency":203}"#;
    simulator.fault(Fault::once("result", FaultKind::Answer(200, declined.into())));
    register.recover(true)[0].expect(Verdict::Approved, None);
}

/// Another terminal stands at the old address, and is not asked about sales that it never had.
#[test]
fn wire_another_terminal_at_the_address_is_not_asked_about_foreign_sales() {
    let (simulator, folder) = shop();
    let lease = Forwarder::to(&simulator);
    let mut register = Register::at_address("127.0.0.1", lease.port(), &folder);
    charged_but_unknown(&simulator, &register, "1");
    let other = Simulator::start(comgate_simulator::Options { terminal_id: "SIM00002".into(), ..Default::default() });
    let other = other.expect("a free port");
    lease.moves_to(&other);
    register.recover(true)[0].expect(Verdict::Unknown, Some(Code::Unreadable));
    register.pay("2", 12550).expect(Verdict::Approved, None);
    let about = other.requests().into_iter().filter(|request| request.endpoint == "result");
    let sales: std::collections::HashSet<_> = about.map(|request| request.transaction_id).collect();
    let foreign = register.find("1").expect("known").text(Field::TransactionId).map(String::from);
    assert!(foreign.is_some() && !sales.contains(&foreign), "only about its own sale");
    assert_eq!(simulator.charges_kept().len(), 1);
}

// --- one sale --------------------------------------------------------------------------------------------------------------------

#[test]
fn wire_a_sale_is_found_in_the_journal_and_asked_about_on_the_terminal() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    assert_eq!(register.find("1").err(), Some(Code::NotFound.number()));
    assert_eq!(register.query("1").err(), Some(Code::NotFound.number()));
    charged_but_unknown(&simulator, &register, "1");
    let requests = simulator.requests().len();
    register.find("1").expect("known").expect(Verdict::Unknown, Some(Code::Unreadable));
    assert_eq!(simulator.requests().len(), requests, "to find is not to ask");
    assert_eq!(register.unresolved(), (1, 0));
    register.query("1").expect("known").expect(Verdict::Approved, None);
    assert_eq!(register.unresolved(), (0, 1));
    assert_eq!(register.acknowledge("1"), 0);
    assert_eq!(register.unresolved(), (0, 0));
}

#[test]
fn wire_an_acknowledgement_of_what_is_unknown_or_undecided_is_refused() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    assert_eq!(register.acknowledge("1"), Code::NotFound.number());
    charged_but_unknown(&simulator, &register, "1");
    assert_eq!(register.acknowledge("1"), Code::Undecided.number());
    register.pay("2", 12501).expect(Verdict::Declined, None);
    assert_eq!(register.acknowledge("2"), 0, "nothing to acknowledge is fine");
}

#[test]
fn wire_a_person_decides_where_the_terminal_has_forgotten() {
    for (charged, verdict) in [(true, Verdict::Approved), (false, Verdict::Cancelled)] {
        let (simulator, folder) = shop();
        let mut register = Register::at(&simulator, &folder);
        // Nor does a list name it.
        simulator.personality(|p| p.lists = Lists::Missing);
        charged_but_unknown(&simulator, &register, "1");
        simulator.restart();
        assert_eq!(register.resolve("1", charged, "paní Nováková, podle výpisu"), 0, "{}", register.last_error());
        let outcome = register.find("1").expect("known");
        outcome.expect(verdict, None);
        assert!(outcome.is(Field::Resolved));
        assert_eq!(outcome.text(Field::Note), Some("paní Nováková, podle výpisu"));
        assert_eq!(register.resolve("1", charged, "again"), 0, "to say it again is fine");
        assert_eq!(register.resolve("1", !charged, "or not"), Code::Decided.number());
        assert_eq!(register.unresolved(), (0, i32::from(charged)));
        assert_eq!(register.recover(true).len(), usize::from(charged));
    }
}

#[test]
fn wire_a_person_can_decide_while_the_terminal_is_off() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    charged_but_unknown(&simulator, &register, "1");
    simulator.offline();
    assert_eq!(register.resolve("1", true, "terminal is at the repair shop"), 0, "{}", register.last_error());
    register.find("1").expect("known").expect(Verdict::Approved, None);
}

#[test]
fn wire_a_person_and_a_terminal_that_both_know_of_no_charge_agree() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    simulator.fault(Fault::always("result", FaultKind::BrokenJson));
    register.pay("1", 12501).expect(Verdict::Unknown, Some(Code::Unreadable));
    simulator.clear_faults();
    assert_eq!(register.resolve("1", false, "nothing in its history"), 0, "{}", register.last_error());
    let outcome = register.find("1").expect("known");
    outcome.expect(Verdict::Declined, None);
    assert!(!outcome.is(Field::Resolved), "the terminal's own verdict");
}

#[test]
fn wire_the_terminals_verdict_wins_over_a_persons() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    charged_but_unknown(&simulator, &register, "1");
    assert_eq!(register.resolve("1", false, "I saw nothing"), Code::Decided.number());
    assert!(register.last_error().contains("CGT_APPROVED"), "{}", register.last_error());
    let outcome = register.find("1").expect("known");
    outcome.expect(Verdict::Approved, None);
    assert!(!outcome.is(Field::Resolved));
}

#[test]
fn wire_a_sale_that_is_still_running_is_not_a_persons_to_decide() {
    let (simulator, folder) = shop();
    simulator.personality(|p| p.cancel_too_late = true);
    let register = Register::at(&simulator, &folder);
    register.set_patience(1_000);
    register.pay("1", 12532).expect(Verdict::Unknown, Some(Code::StillRunning));
    assert_eq!(register.resolve("1", false, "impatient"), Code::Unresolved.number());
}

#[test]
fn wire_a_terminal_that_contradicts_a_person_later_is_told_by_recover() {
    let (simulator, folder) = shop();
    let mut register = Register::at(&simulator, &folder);
    charged_but_decided_otherwise(&simulator, &register, "1");
    let found = register.recover(false);
    assert_eq!(found.len(), 1);
    found[0].expect(Verdict::Approved, Some(Code::ResolvedOtherwise));
    register.recover(true)[0].expect(Verdict::Approved, Some(Code::ResolvedOtherwise));
    assert!(register.recover(true).is_empty(), "stored, so it is told no more");
}

/// A handle that was told UNKNOWN was not told of the charge that another one found.
#[test]
fn wire_to_have_heard_unknown_is_not_to_know_of_the_charge() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    charged_but_unknown(&simulator, &register, "1");
    Register::at(&simulator, &folder).query("1").expect("known").expect(Verdict::Approved, None);
    assert_eq!(register.acknowledge("1"), Code::Undecided.number());
    assert_eq!(register.unresolved(), (0, 1), "it is still told");
    register.find("1").expect("known").expect(Verdict::Approved, None);
    assert_eq!(register.acknowledge("1"), 0, "now it was told");
}

/// What a person taught is believed from then on, and settles what was left open; nobody teaches against the table.
#[test]
fn wire_a_code_that_a_person_taught_settles_what_was_open() {
    let rows = [(1, Verdict::Approved, Screen::Tap), (2, Verdict::Declined, Screen::Decline)];
    for (meaning, verdict, act) in rows {
        let (simulator, folder) = shop();
        simulator.personality(|p| {
            (p.approved_code, p.declined_code) = ("00".into(), "51".into());
            p.lists = Lists::Missing;
        });
        let simulator = std::sync::Arc::new(simulator);
        let mut register = Register::at(&simulator, &folder);
        let pays = |register: &mut Register, sale: &str| {
            let (terminal, before) = (simulator.clone(), simulator.count("status"));
            register.host.on_cancel = Some(Box::new(move |_| {
                if terminal.count("status") >= before + 2 {
                    terminal.screen(act);
                }
                false
            }));
            simulator.next(Ending::Never);
            register.pay(sale, 12550)
        };
        let open = pays(&mut register, "1");
        open.expect(Verdict::Unknown, Some(Code::Unlisted));
        assert_eq!(register.set_response_code("OK", meaning), Code::Text.number(), "it is listed");
        assert_eq!(register.set_response_code(open.text(Field::ResponseCode).expect("a code"), meaning), 0);
        register.host.on_cancel = None;
        let told = register.recover(false);
        assert!(told[0].expect(verdict, None).is(Field::CodeTaught));
        assert!(pays(&mut register, "2").expect(verdict, None).is(Field::CodeTaught), "and from now on");
        assert_eq!(register.set_response_code(open.text(Field::ResponseCode).expect("a code"), 0), 0);
        pays(&mut register, "3").expect(Verdict::Unknown, Some(Code::Unlisted));
    }
}

/// The customer still stands there, and the person may have been wrong.
#[test]
fn wire_what_a_person_called_unpaid_is_asked_about_before_the_next_try() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    charged_but_decided_otherwise(&simulator, &register, "1");
    register.pay("1", 12550).expect(Verdict::Approved, Some(Code::ResolvedOtherwise));
    assert_eq!((simulator.count("payment"), simulator.charges_kept().len()), (1, 1));
}

#[test]
fn wire_a_charge_is_not_hidden_behind_a_later_attempt_that_was_declined() {
    let (simulator, folder) = shop();
    let mut register = Register::at(&simulator, &folder);
    charged_but_unknown(&simulator, &register, "1");
    simulator.offline();
    assert_eq!(register.resolve("1", false, "paid in cash"), 0);
    // Its terminal stays off, so the sale goes on at another one.
    let other =
        Simulator::start(Options { terminal_id: "SIM00002".into(), ..Options::default() }).expect("a free port");
    other.next(Ending::Declined);
    Register::at(&other, &folder).pay("1", 12550).expect(Verdict::Declined, None);
    simulator.online().expect("the port is still ours");
    register.recover(true)[0].expect(Verdict::Approved, Some(Code::ResolvedOtherwise));
    // Stored and acknowledged, it is still what became of the sale.
    register.find("1").expect("known").expect(Verdict::Approved, Some(Code::ResolvedOtherwise));
    register.query("1").expect("known").expect(Verdict::Approved, Some(Code::ResolvedOtherwise));
    assert_eq!(register.resolve("1", false, "it was declined"), Code::Decided.number());
}

/// Another register has just heard the verdict from the terminal, while the person was deciding.
#[test]
fn wire_a_persons_decision_does_not_overwrite_what_was_just_heard() {
    for (charged, answer) in [(false, Code::Decided.number()), (true, 0)] {
        decides_while_another_register_hears(charged, answer);
    }
}

#[track_caller]
fn decides_while_another_register_hears(charged: bool, answer: i32) {
    let (simulator, folder) = shop();
    let mut register = Register::at(&simulator, &folder);
    charged_but_unknown(&simulator, &register, "1");
    simulator.offline();
    // The other register writes between the look at the journal and the decision: while the terminal, which is off, is asked about.
    let intent = journal_file::facts(folder.path()).into_iter().find(|fact| fact["fact"] == "intent").expect("one");
    let verdict = json!({ "fact": "decided", "time": intent["time"], "sale": "1", "transaction": intent["transaction"],
        "verdict": "approved" });
    let (path, mut line) = (folder.path().to_owned(), Some(journal_file::line(&verdict.to_string())));
    register.host.on_cancel = Some(Box::new(move |phases| {
        let asking = phases.last().is_some_and(|(phase, _)| *phase == Phase::ResolvingEarlier.number());
        if let Some(line) = line.take_if(|_| asking) {
            journal_file::append(&path, line.as_bytes());
        }
        false
    }));
    assert_eq!(register.resolve("1", charged, "looked into its history"), answer);
    let outcome = register.find("1").expect("known");
    assert!(!outcome.expect(Verdict::Approved, None).is(Field::Resolved), "the terminal's own verdict");
}
