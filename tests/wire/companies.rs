//! The companies that share a terminal, and the list as a register reads it.

use comgate_simulator::{Fault, FaultKind, Options, Simulator};
use comgate_terminal::Code;
use comgate_terminal::codes::RowField;
use serde_json::json;
use support::folder::Folder;
use support::register::{Register, Request, Rows, each, shop};

const ID: RowField = RowField::DaughterCompanyId;

fn ids(rows: &Rows) -> Vec<String> {
    let mut ids = Vec::new();
    while rows.next() {
        ids.push(rows.text(ID).expect("an id"));
    }
    ids
}

fn companies(register: &Register) -> Vec<String> {
    ids(&register.daughter_companies().unwrap_or_else(|code| panic!("{code} {}", register.last_error())))
}

/// The simulator has two, under the old path and under one with a number.
#[test]
fn wire_companies_are_listed_under_each_path_and_one_can_be_sold_for() {
    each(["/paya", "/api/switchio/pay/v4"], |path| {
        let options = Options { base_paths: vec![path.into()], ..Options::default() };
        let (simulator, folder) = (Simulator::start(options).expect("a free port"), Folder::new());
        simulator.personality(|p| p.several_merchants = true);
        let register = Register::at(&simulator, &folder);
        let found = companies(&register);
        assert_eq!(found, ["1001", "1002"]);
        let requests = simulator.requests();
        let [.., info, asked] = requests.as_slice() else { panic!("{requests:#?}") };
        assert_eq!(info.endpoint, "info");
        assert_eq!((asked.method.as_str(), &asked.path), ("POST", &format!("{path}/daughter_companies")));
        assert_eq!(asked.body, json!({"secureString": "27924505"}));
        assert!(!folder.path().join("comgate-journal.log").exists(), "nothing is journalled");

        let sale = Request::new(1, "1");
        assert_eq!((sale.set_amount(12550), sale.set_daughter_company_id(&found[1])), (0, 0));
        register.run(&sale).expect("an outcome");
        let started = simulator.requests().into_iter().rfind(|request| request.endpoint == "payment");
        assert_eq!(started.expect("a start").body["request"]["daughterCompanyId"], "1002");
    });
}

/// A terminal with one company has an empty list, or no such function: the answers differ, and nothing else does.
#[test]
fn wire_a_terminal_of_one_company_has_no_rows_or_no_such_function() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    let rows = register.daughter_companies().expect("a list");
    assert!(!rows.next());
    assert_eq!(rows.json(), json!([]));

    simulator.fault(Fault::once("daughter_companies", FaultKind::NotSupported));
    assert_eq!(register.daughter_companies().err(), Some(Code::NotSupported.number()));
    assert!(register.last_error().contains("no list of companies"), "{}", register.last_error());
    // It is asked each time anew: the app may have been updated meanwhile.
    simulator.personality(|p| p.several_merchants = true);
    assert_eq!(companies(&register), ["1001", "1002"]);
}

#[test]
fn wire_companies_with_a_wrong_secret_are_refused() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    register.set_secure_string("wrong");
    assert_eq!(register.daughter_companies().err(), Some(Code::SecureString.number()));
    assert!(!register.last_error().contains("wrong"), "{}", register.last_error());
}

#[test]
fn wire_a_reply_that_is_no_list_of_companies_is_an_error_that_says_so() {
    let rows = [
        (200, "{}", "no list of companies"),
        (200, "", "no list of companies"),
        (200, r#"["1001"]"#, "no list of companies"),
        (200, r#"[{"daughterCompanyId":"1001"}"#, "no list of companies"),
        (200, "<html></html>", "HTTP 200 <html></html>, which"),
        (500, r#"[{"daughterCompanyId":"1001"}]"#, "HTTP 500"),
        (404, "not found", "HTTP 404 not found"),
        (200, r#"[{"id":"1001"},{"daughterCompanyId":""}]"#, "(2), and none with an id"),
    ];
    each(rows, |(http, said, detail)| {
        let (simulator, folder) = shop();
        let register = Register::at(&simulator, &folder);
        simulator.fault(Fault::once("daughter_companies", FaultKind::Answer(http, said.into())));
        assert_eq!(register.daughter_companies().err(), Some(Code::RequestRefused.number()), "{said}");
        assert!(register.last_error().contains(detail), "{}", register.last_error());
    });
}

/// What a register could not set is no choice: no text, empty, 65 bytes, a control character. A number is taken for its digits.
#[test]
fn wire_companies_whose_id_cannot_be_sent_are_left_out() {
    let longest = "\u{e1}".repeat(32);
    let said = json!([
        { "daughterCompanyId": longest, "name": "A" }, { "daughterCompanyId": format!("{longest}b") },
        { "daughterCompanyId": 1002 }, { "daughterCompanyId": null }, { "daughterCompanyId": ["1003"] },
        { "daughterCompanyId": "" }, { "daughterCompanyId": "10\n04" }, {}, { "daughterCompanyId": "Pobo\u{10d}ka" },
    ]);
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    simulator.fault(Fault::once("daughter_companies", FaultKind::Answer(200, said.to_string())));
    assert_eq!(companies(&register), [longest.as_str(), "1002", "Pobo\u{10d}ka"]);
}

/// It is asked twice only where the terminal closed the kept connection; a terminal that does not answer is asked once.
#[test]
fn wire_a_terminal_that_does_not_tell_its_companies_is_not_reached() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    simulator.fault(Fault::once("daughter_companies", FaultKind::Hang(3_000)));
    assert_eq!(register.daughter_companies().err(), Some(Code::NoReply.number()), "{}", register.last_error());
    assert_eq!(simulator.count("daughter_companies"), 1);
}

#[test]
fn wire_companies_are_only_asked_of_the_terminal_that_is_meant() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    register.set_terminal_id("SIM99999");
    assert_eq!(register.daughter_companies().err(), Some(Code::OtherTerminal.number()));
    assert_eq!(simulator.count("daughter_companies"), 0);
}

#[test]
fn wire_companies_are_refused_while_an_operation_runs() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    let steps = register.begin("1", 12550).expect("an operation");
    assert_eq!(register.daughter_companies().err(), Some(Code::Busy.number()));
    assert_eq!(simulator.count("daughter_companies"), 0);
    drop(steps);
    assert!(register.daughter_companies().is_ok());
}

/// A list is a copy: neither the end of its terminal nor a sale on it changes where its reader is.
#[test]
fn wire_a_list_of_companies_outlives_its_terminal() {
    let (simulator, folder) = shop();
    simulator.personality(|p| p.several_merchants = true);
    let register = Register::at(&simulator, &folder);
    let (rows, other) =
        (register.daughter_companies().expect("a list"), register.daughter_companies().expect("a list"));
    assert_eq!((rows.text(ID), rows.number(ID)), (Err(Code::Order.number()), Err(Code::Order.number())));
    assert!(rows.next());
    drop(register);
    drop(simulator);
    assert_eq!((rows.text(ID).as_deref(), rows.number(ID)), (Ok("1001"), Err(Code::Field.number())));
    let all = json!([{"daughter_company_id": "1001"}, {"daughter_company_id": "1002"}]);
    assert_eq!((rows.json(), other.json()), (all.clone(), all));
    assert_eq!(ids(&rows), ["1002"]);
    assert!(!rows.next());
    assert_eq!(rows.text(ID), Err(Code::Order.number()));
    assert_eq!(ids(&other), ["1001", "1002"]);
}
