//! Which terminal is it: ids that are bound, hosts that are none, and terminals that tell no id.

use comgate_simulator::{Fault, FaultKind, Options, Simulator};
use comgate_terminal::{Code, OutcomeField, TerminalField, Verdict};
use support::folder::Folder;
use support::forwarder::Forwarder;
use support::register::{Register, each, shop};

const PATHS: [&str; 2] = ["/paya", "/api/switchio/pay/v6"];
/// The info of a terminal that tells no id.
const NAMELESS: &str = r#"{"protocol":"GSA","version":"2.0","simulator":true}"#;

fn terminal(id: &str, base_path: &str) -> Simulator {
    let options = Options { terminal_id: id.into(), base_paths: vec![base_path.into()], ..Options::default() };
    Simulator::start(options).expect("a free port")
}

#[test]
fn wire_a_bound_terminal_is_checked_before_every_start() {
    each(PATHS, |path| {
        let (ours, other, folder) = (terminal("SIM00001", path), terminal("SIM00002", path), Folder::new());
        let lease = Forwarder::to(&ours);
        let register = Register::at_address("127.0.0.1", lease.port(), &folder);
        register.set_terminal_id("SIM00001");
        register.pay("1", 12550).expect(Verdict::Approved, None);
        lease.moves_to(&other);
        let outcome = register.pay("2", 12550);
        outcome.expect(Verdict::NotStarted, Some(Code::OtherTerminal));
        let words = outcome.text(OutcomeField::ReasonText).unwrap_or_default();
        assert!(words.contains("SIM00001") && words.contains("SIM00002"), "{words}");
        assert_eq!(register.info(), Code::OtherTerminal.number());
        lease.moves_to(&ours);
        register.pay("2", 12550).expect(Verdict::Approved, None);
        assert_eq!((ours.charges_kept().len(), other.count("payment")), (2, 0));
        assert!(other.requests().iter().all(|request| request.endpoint == "info"), "nobody else hears the secret");
    });
}

#[test]
fn wire_a_host_that_is_no_terminal_under_any_path_is_refused() {
    let web_page = FaultKind::WebPage;
    let other_json = FaultKind::Answer(200, r#"{"hello":"world"}"#.into());
    let not_found = FaultKind::Answer(404, "<h1>Not Found</h1>".into());
    each([web_page, other_json, not_found], |answer| {
        for paths_before in 0..2 {
            let (simulator, folder) = shop();
            for _ in 0..paths_before {
                simulator.fault(Fault::once("info", FaultKind::NotSupported));
            }
            simulator.fault(Fault::always("info", answer.clone()));
            let register = Register::at(&simulator, &folder);
            register.pay("1", 12550).expect(Verdict::NotStarted, Some(Code::NotATerminal));
            assert!(simulator.requests().iter().all(|request| request.endpoint == "info"), "it hears no secret");
        }
    });
}

/// And the register is told so.
#[test]
fn wire_a_terminal_without_an_id_is_known_by_its_address() {
    let (simulator, folder) = shop();
    simulator.fault(Fault::always("info", FaultKind::Answer(200, NAMELESS.into())));
    let register = Register::at(&simulator, &folder);
    let outcome = register.pay("1", 12550);
    outcome.expect(Verdict::Approved, None);
    assert_eq!(outcome.text(OutcomeField::TerminalId), None, "an address is no id");
    assert_eq!(register.info(), 0, "{}", register.last_error());
    assert_eq!(register.told(TerminalField::Id), Err(Code::Absent.number()));
    assert!(register.last_error().contains("known by its host and port"), "{}", register.last_error());
    assert_eq!(register.told(TerminalField::Protocol).as_deref(), Ok("GSA"));
    let journal = std::fs::read_to_string(folder.path().join("comgate-journal.log")).expect("a journal");
    assert!(journal.contains(&format!(r#""terminal":"{}""#, simulator.address())), "{journal}");
}

#[test]
fn wire_a_sale_on_a_terminal_without_an_id_is_recovered_at_its_address() {
    let (simulator, folder) = shop();
    simulator.fault(Fault::always("info", FaultKind::Answer(200, NAMELESS.into())));
    simulator.fault(Fault::always("confirm", FaultKind::Drop));
    let mut register = Register::at(&simulator, &folder);
    register.pay("1", 12550).expect(Verdict::Unknown, Some(Code::NotConfirmed));
    simulator.clear_faults();
    simulator.fault(Fault::always("info", FaultKind::Answer(200, NAMELESS.into())));
    register.recover(true)[0].expect(Verdict::Approved, None);
}

#[test]
fn wire_a_terminal_without_an_id_is_none_that_a_handle_is_bound_to() {
    let (simulator, folder) = shop();
    simulator.fault(Fault::always("info", FaultKind::Answer(200, NAMELESS.into())));
    let register = Register::at(&simulator, &folder);
    register.set_terminal_id("SIM00001");
    register.pay("1", 12550).expect(Verdict::NotStarted, Some(Code::OtherTerminal));
    assert_eq!(simulator.count("payment"), 0);
}
