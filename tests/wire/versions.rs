//! The versions of the terminal's interface: which path is chosen, what an update of the terminal changes, and where recover looks.

use std::fs;

use comgate_simulator::{Ending, Fault, FaultKind, Options, RequestRecord, Simulator, UnknownId};
use comgate_terminal::{Code, PaymentEvent, TerminalField, Verdict};
use support::folder::Folder;
use support::register::{Register, each};

const PAYA: &str = "/paya";
const V2: &str = "/api/switchio/pay/v2";
const V4: &str = "/api/switchio/pay/v4";
const V6: &str = "/api/switchio/pay/v6";

fn terminal_with(base_paths: &[&str]) -> (Simulator, Folder) {
    let base_paths = base_paths.iter().map(|&path| path.into()).collect();
    let options = Options { base_paths, ..Options::default() };
    (Simulator::start(options).expect("a free port"), Folder::new())
}

/// A till that dies at this event of its sale: what it leaves behind is its journal as it was then.
fn dies_at(event: PaymentEvent, simulator: &Simulator, sale: &str, amount: i64) -> Folder {
    let (till, rest) = (Folder::new(), Folder::new());
    let mut register = Register::at(simulator, &till);
    let journals = (till.path().join("comgate-journal.log"), rest.path().join("comgate-journal.log"));
    register.host.on_event = Some(Box::new(move |told| {
        if told == event.number() {
            fs::copy(&journals.0, &journals.1).expect("a journal");
        }
    }));
    register.set_patience(1_000);
    register.pay(sale, amount);
    rest
}

fn bases(requests: &[RequestRecord]) -> Vec<String> {
    let mut bases: Vec<String> =
        requests.iter().filter_map(|request| Some(request.path.rsplit_once('/')?.0.to_owned())).collect();
    bases.dedup();
    bases
}

/// The proven path is `/paya`.
#[test]
fn wire_the_proven_path_is_used_where_it_is_there_and_no_other_is_asked() {
    let (simulator, folder) = terminal_with(&[V6, V2, PAYA]);
    Register::at(&simulator, &folder).pay("1", 12550).expect(Verdict::Approved, None);
    assert_eq!(bases(&simulator.requests()), [PAYA]);
    assert_eq!(simulator.count("info"), 1);
}

/// And it is used from then on.
#[test]
fn wire_without_the_proven_path_the_lowest_newer_one_is_remembered() {
    let (simulator, folder) = terminal_with(&[V6, V4]);
    let register = Register::at(&simulator, &folder);
    register.pay("1", 12550).expect(Verdict::Approved, None);
    assert_eq!(bases(&simulator.requests()), [PAYA, V2, V4]);
    let first = simulator.requests();
    register.pay("2", 12550).expect(Verdict::Approved, None);
    assert_eq!(bases(&simulator.requests()[first.len()..]), [V4], "it is remembered");
}

#[test]
fn wire_a_terminal_with_none_of_the_paths_is_not_started() {
    let (simulator, folder) = terminal_with(&["/api/switchio/pay/v7"]);
    let register = Register::at(&simulator, &folder);
    let outcome = register.pay("1", 12550);
    outcome.expect(Verdict::NotStarted, Some(Code::NotSupported));
    assert_eq!((simulator.count("info"), simulator.requests().len()), (5, 5));
    assert_eq!(register.info(), Code::NotSupported.number());
    assert!(register.last_error().contains("/api/switchio/pay/v6"), "{}", register.last_error());
    simulator.update(&[V2]);
    register.pay("1", 12550).expect(Verdict::Approved, None);
}

#[test]
fn wire_a_forced_version_is_never_changed() {
    let (simulator, folder) = terminal_with(&[PAYA, V6]);
    let register = Register::at(&simulator, &folder);
    register.set_api_version(6);
    register.pay("1", 12550).expect(Verdict::Approved, None);
    simulator.update(&[PAYA]);
    register.pay("2", 12550).expect(Verdict::NotStarted, Some(Code::NotSupported));
    assert_eq!(bases(&simulator.requests()), [V6]);
    register.set_api_version(0);
    register.pay("2", 12550).expect(Verdict::Approved, None);
}

#[test]
fn wire_info_reports_every_path_that_answers_and_the_one_that_is_used() {
    let (simulator, folder) = terminal_with(&[V6, PAYA, V2]);
    let register = Register::at(&simulator, &folder);
    assert_eq!(register.told(TerminalField::Versions).err(), Some(Code::Absent.number()));
    assert_eq!(register.info(), 0, "{}", register.last_error());
    assert_eq!(
        register.told(TerminalField::Versions).as_deref(),
        Ok("/paya,/api/switchio/pay/v2,/api/switchio/pay/v6")
    );
    assert_eq!(register.told(TerminalField::BasePath).as_deref(), Ok(PAYA));
    assert_eq!(simulator.requests().len(), 5, "each path is asked once");
    register.set_api_version(6);
    assert_eq!(register.info(), 0, "{}", register.last_error());
    assert_eq!(
        register.told(TerminalField::Versions).as_deref(),
        Ok("/paya,/api/switchio/pay/v2,/api/switchio/pay/v6")
    );
    assert_eq!(register.told(TerminalField::BasePath).as_deref(), Ok(V6));
}

#[test]
fn wire_an_update_between_two_sales_is_found_before_the_second() {
    let (simulator, folder) = terminal_with(&[V2]);
    let register = Register::at(&simulator, &folder);
    register.pay("1", 12550).expect(Verdict::Approved, None);
    let before = simulator.requests().len();
    simulator.update(&[V6]);
    register.pay("2", 12550).expect(Verdict::Approved, None);
    assert_eq!(bases(&simulator.requests()[before..]), [V2, PAYA, V4, "/api/switchio/pay/v5", V6]);
    assert_eq!((simulator.count("payment"), simulator.charges_kept().len()), (2, 2));
}

/// And recover finds the sale under the new path.
#[test]
fn wire_an_update_inside_a_sale_never_changes_its_path() {
    let (simulator, folder) = terminal_with(&[PAYA]);
    let simulator = std::sync::Arc::new(simulator);
    let mut register = Register::at(&simulator, &folder);
    let updated = simulator.clone();
    register.host.on_event = Some(Box::new(move |event| {
        if event == PaymentEvent::Started.number() {
            updated.update(&[V6]);
        }
    }));
    register.set_patience(1_000);
    register.pay("1", 12550).expect(Verdict::Unknown, Some(Code::StartUnanswered));
    assert_eq!(bases(&simulator.requests()), [PAYA]);
    register.recover(true)[0].expect(Verdict::Approved, None);
    assert_eq!((simulator.count("payment"), simulator.charges_kept().len()), (1, 1));
}

#[test]
fn wire_the_path_of_a_start_survives_a_crash() {
    let (simulator, _) = terminal_with(&[V4]);
    let rest = dies_at(PaymentEvent::Started, &simulator, "1", 12550);
    simulator.update(&[PAYA, V4]);
    let before = simulator.requests().len();
    let mut register = Register::at(&simulator, &rest);
    register.recover(true)[0].expect(Verdict::Approved, None);
    let asked = simulator.requests().split_off(before);
    let about: Vec<_> = asked.iter().filter(|request| request.transaction_id.is_some()).cloned().collect();
    assert_eq!(bases(&about), [V4]);
}

/// Only when no path knows the sale, nothing is known of it.
#[test]
fn wire_recover_looks_under_all_paths_before_it_believes_in_nothing() {
    each(["status says nothing", "nothing exists there"], |story| {
        let (simulator, _) = terminal_with(&[PAYA, V6]);
        let rest = dies_at(PaymentEvent::Started, &simulator, "1", 12550);
        let answer = match story {
            "nothing exists there" => FaultKind::NotSupported,
            _ => FaultKind::Answer(200, r#"{"message":"no such transaction"}"#.into()),
        };
        simulator.fault(Fault::once("status", answer.clone()));
        simulator.fault(Fault::once("result", answer));
        let before = simulator.requests().len();
        let mut register = Register::at(&simulator, &rest);
        register.recover(true)[0].expect(Verdict::Approved, None);
        let asked = simulator.requests().split_off(before);
        let elsewhere = asked.iter().filter(|request| request.path.starts_with(V6));
        for request in elsewhere {
            assert!(
                ["info", "status", "result", "confirm"].contains(&&*request.endpoint),
                "{} was said there",
                request.endpoint
            );
        }
        assert_eq!((simulator.count("payment"), simulator.charges_kept().len()), (1, 1));
    });
}

/// A terminal that speaks of its last sale, whatever it is asked about, is believed under none of its paths.
#[test]
fn wire_an_answer_from_another_path_must_not_be_what_any_sale_gets() {
    let (simulator, _) = terminal_with(&[PAYA, V2, V6]);
    Register::at(&simulator, &Folder::new()).pay("of another customer", 12550).expect(Verdict::Approved, None);
    simulator.next(Ending::StartLost);
    let rest = dies_at(PaymentEvent::IntentStored, &simulator, "1", 12550);
    simulator.personality(|p| p.unknown_id = UnknownId::LastWithAskedId);
    let confirmed = simulator.count("confirm");
    let mut register = Register::at(&simulator, &rest);
    register.recover(false)[0].expect(Verdict::Unknown, Some(Code::StartUnanswered));
    assert_eq!(simulator.count("confirm"), confirmed, "nobody's sale is confirmed");
    for path in [PAYA, V2, V6] {
        let asked = simulator.requests().into_iter().filter(|request| request.endpoint == "result");
        assert!(asked.into_iter().any(|request| request.path.starts_with(path)), "{path} was not asked");
    }
    assert_eq!(simulator.charges_kept().len(), 1);
}

/// The start was lost on its way, and the sale is looked for under the other paths: the wish to cancel is not said there.
#[test]
fn wire_a_cancel_is_not_said_under_a_path_where_no_sale_was_seen_running() {
    let (simulator, _) = terminal_with(&[PAYA, V6]);
    simulator.next(Ending::StartLost);
    let rest = dies_at(PaymentEvent::IntentStored, &simulator, "1", 12550);
    let simulator = std::sync::Arc::new(simulator);
    let mut register = Register::at(&simulator, &rest);
    let before = simulator.requests().len();
    // It is paid again under its number, so the wish would be said to the attempt that is asked about.
    let seen = simulator.clone();
    let elsewhere = move || seen.requests()[before..].iter().any(|request| request.path == format!("{V6}/info"));
    register.host.on_cancel = Some(Box::new(move |_| elsewhere()));
    register.pay("1", 12550).expect(Verdict::Unknown, Some(Code::StartUnanswered));
    let asked = simulator.requests().split_off(before);
    assert!(asked.iter().any(|request| request.path == format!("{V6}/status")));
    assert!(!asked.iter().any(|request| request.endpoint == "cancel"));
}
