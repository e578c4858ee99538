//! Every row of the table in `src/verdict.rs` that payment and cancel can reach, through the C ABI against the simulator.
//!
//! In every story the register sends at most one start, and no more than one charge stands.

use comgate_simulator::{
    Busy, CancelReply, Confirm, Ending, Fault, FaultKind, Options, Screen, Simulator, UnknownId, WrongSecret,
};
use comgate_terminal::{Code, OutcomeField as Field, PaymentEvent, Phase, Verdict};
use support::by_hand;
use support::folder::Folder;
use support::register::{Register, Wish, each, shop};

/// The amount for which nobody shows a card by themselves.
const NEVER: i64 = 12532;

/// A customer who shows the card when the register has seen the sale run, however slow this machine is.
fn tap_when_asked(simulator: &std::sync::Arc<Simulator>) -> Wish {
    let (terminal, before) = (simulator.clone(), simulator.count("status"));
    Box::new(move |_| {
        if terminal.count("status") >= before + 2 {
            terminal.screen(Screen::Tap);
        }
        false
    })
}

const CODE_TEXT: &str = "Endpoint not supported.";

/// The two sentences that hold in every story.
#[track_caller]
fn never_twice(simulator: &Simulator) {
    assert!(simulator.count("payment") <= 1, "the start was repeated");
    assert!(simulator.charges_kept().len() <= 1, "two charges stand");
}

// --- nothing of the start left ---------------------------------------------------------------------------------------------------

#[test]
fn wire_nobody_listens_is_not_started_refused() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    simulator.offline();
    register.pay("1", 12500).expect(Verdict::NotStarted, Some(Code::Refused));
    never_twice(&simulator);
    simulator.online().expect("the port is still ours");
    register.pay("1", 12500).expect(Verdict::Approved, None);
}

#[test]
fn wire_a_name_without_address_is_not_started() {
    let folder = Folder::new();
    let register = Register::at_address("no-such-terminal.invalid", 33350, &folder);
    register.pay("1", 12500).expect(Verdict::NotStarted, Some(Code::NameNotFound));
}

#[test]
fn wire_a_host_that_is_no_terminal_is_recognised() {
    each(
        [FaultKind::WebPage, FaultKind::BrokenJson, FaultKind::EmptyBody, FaultKind::Answer(200, "{}".into())],
        |kind| {
            let (simulator, folder) = shop();
            simulator.fault(Fault::always("info", kind));
            let register = Register::at(&simulator, &folder);
            register.pay("1", 12500).expect(Verdict::NotStarted, Some(Code::NotATerminal));
            assert_eq!(register.info(), Code::NotATerminal.number());
            assert_eq!(simulator.count("payment"), 0);
        },
    );
}

#[test]
fn wire_a_terminal_that_does_not_answer_info_is_never_sent_a_start() {
    each(
        [
            (FaultKind::Hang(5_000), Code::NoReply),
            (FaultKind::Drop, Code::Network),
            (FaultKind::Garbage, Code::Network),
        ],
        |(kind, reason)| {
            let (simulator, folder) = shop();
            simulator.fault(Fault::always("info", kind));
            Register::at(&simulator, &folder).pay("1", 12500).expect(Verdict::NotStarted, Some(reason));
            assert_eq!(simulator.count("payment"), 0);
        },
    );
}

#[test]
fn wire_a_version_the_terminal_does_not_have_is_not_started() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    register.set_api_version(6);
    register.pay("1", 12500).expect(Verdict::NotStarted, Some(Code::NotSupported));
}

#[test]
fn wire_a_forced_version_is_used_for_every_request() {
    let options = Options { base_paths: vec!["/api/switchio/pay/v2".into()], ..Options::default() };
    let (simulator, folder) = (Simulator::start(options).expect("a free port"), Folder::new());
    let register = Register::at(&simulator, &folder);
    register.set_api_version(2);
    register.pay("1", 12500).expect(Verdict::Approved, None);
    assert!(simulator.requests().iter().all(|request| request.path.starts_with("/api/switchio/pay/v2/")));
}

#[test]
fn wire_another_terminal_than_the_bound_one_is_refused() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    register.set_terminal_id("SIM99999");
    register.pay("1", 12500).expect(Verdict::NotStarted, Some(Code::OtherTerminal));
    assert_eq!(simulator.count("payment"), 0);
}

#[test]
fn wire_a_simulator_is_refused_where_it_is_not_allowed() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    register.refuse_simulators();
    register.pay("1", 12500).expect(Verdict::NotStarted, Some(Code::Simulator));
    assert_eq!(simulator.count("payment"), 0);
}

#[test]
fn wire_a_wrong_secure_string_is_found_before_the_start() {
    each([WrongSecret::Http401, WrongSecret::Http403], |manner| {
        let (simulator, folder) = shop();
        simulator.personality(|p| p.wrong_secret = manner);
        let register = Register::at(&simulator, &folder);
        register.set_secure_string("00000000");
        register.pay("1", 12500).expect(Verdict::NotStarted, Some(Code::SecureString));
        assert_eq!(register.status(false), Code::SecureString.number());
        assert_eq!(simulator.count("payment"), 0);
        assert!(!register.last_error().contains("00000000"), "the secret must not be told");
    });
}

#[test]
fn wire_a_wish_to_cancel_before_the_start_sends_nothing() {
    let (simulator, folder) = shop();
    let mut register = Register::at(&simulator, &folder);
    register.host.on_cancel = Some(Box::new(|_| true));
    register.pay("1", 12500).expect(Verdict::NotStarted, Some(Code::CancelledEarly));
    assert_eq!(simulator.count("payment"), 0);
}

/// The other till uses the terminal, and this one waits for it.
#[test]
fn wire_a_wish_to_cancel_while_another_till_sells_sends_nothing() {
    let (simulator, folder) = shop();
    let first = Register::at(&simulator, &folder);
    let running = first.begin("running", 12532).expect("begins");
    let mut second = Register::at(&simulator, &folder);
    second.host.on_cancel = Some(Box::new(|_| true));
    assert_eq!(second.try_pay("1", 12500).err(), Some(Code::CancelledEarly.number()));
    second.host.on_cancel = None;
    assert_eq!(second.try_pay("1", 12500).err(), Some(Code::TerminalLocked.number()));
    assert!(second.last_error().contains("sale running"), "{}", second.last_error());
    drop(running);
    second.pay("1", 12500).expect(Verdict::Approved, None);
}

// --- the start was refused, and a second question agrees ---------------------------------------------------------------------------

#[test]
fn wire_a_start_that_says_not_started_is_believed_after_two_questions() {
    let (simulator, folder) = shop();
    let outcome = Register::at(&simulator, &folder).pay("1", 12520);
    outcome.expect(Verdict::NotStarted, Some(Code::StartRefused));
    assert_eq!(outcome.text(Field::ResponseMessage), Some("Terminál není připraven"));
    assert_eq!(outcome.text(Field::ReasonText), Some("the start was refused: Terminál není připraven"));
    assert_eq!(simulator.count("status"), 4, "twice about ours and about nobody's");
    never_twice(&simulator);
}

/// Of a terminal that has a status for any id, that status is no sign of our sale.
#[test]
fn wire_not_started_is_believed_where_every_id_gets_some_status() {
    each(
        [UnknownId::IdleText, UnknownId::Finished, UnknownId::Bare, UnknownId::ResponseCode, UnknownId::Text],
        |unknown| {
            let (simulator, folder) = shop();
            simulator.personality(|p| p.unknown_id = unknown);
            Register::at(&simulator, &folder).pay("1", 12520).expect(Verdict::NotStarted, Some(Code::StartRefused));
        },
    );
}

#[test]
fn wire_not_started_is_not_believed_where_the_next_answers_are_http_500() {
    let (simulator, folder) = shop();
    simulator.personality(|p| p.unknown_id = UnknownId::Http500);
    Register::at(&simulator, &folder).pay("1", 12520).expect(Verdict::Unknown, Some(Code::StartUnanswered));
    never_twice(&simulator);
}

#[test]
fn wire_not_started_is_not_believed_when_the_sale_runs_all_the_same() {
    let (simulator, folder) = shop();
    let lie = Fault::once("payment", FaultKind::Answer(200, r#"{"isStarted":false,"status":"?"}"#.into()));
    simulator.fault(lie.clone());
    // The fault alone does not act; so the customer's sale is started beside it, under the register's own id.
    let (mut register, address) = (Register::at(&simulator, &folder), simulator.address());
    let journal = folder.path().join("comgate-journal.log");
    register.host.on_event = Some(Box::new(move |event| {
        if event == PaymentEvent::IntentStored.number() {
            start_behind_the_back(&journal, address);
        }
    }));
    simulator.clear_faults();
    simulator.fault(lie.after(1));
    register.pay("1", 12500).expect(Verdict::Approved, None);
    assert_eq!(simulator.charges_kept().len(), 1);
}

/// Starts the sale whose intent was written last, as the lost twin of the register's own start would.
fn start_behind_the_back(journal: &std::path::Path, address: std::net::SocketAddr) {
    let text = std::fs::read_to_string(journal).expect("a journal");
    let intent: serde_json::Value = serde_json::from_str(&text.lines().last().expect("a line")[9..]).expect("JSON");
    let request =
        serde_json::json!({ "transactionId": intent["transaction"], "amount": intent["amount"], "currencyCode": 203 });
    by_hand::post(address, "payment", serde_json::json!({ "request": request }));
}

#[test]
fn wire_a_start_that_does_not_exist_is_not_started() {
    let (simulator, folder) = shop();
    simulator.fault(Fault::once("payment", FaultKind::Answer(404, CODE_TEXT.into())));
    Register::at(&simulator, &folder).pay("1", 12500).expect(Verdict::NotStarted, Some(Code::NotSupported));
}

/// Then it is not about this start alone.
#[test]
fn wire_an_http_refusal_is_believed_when_a_harmless_question_gets_it_too() {
    let rows = [
        (WrongSecret::Http401, Code::SecureString),
        (WrongSecret::Http403, Code::SecureString),
        (WrongSecret::Http400, Code::RequestRefused),
    ];
    each(rows, |(manner, reason)| {
        let (simulator, folder) = shop();
        simulator.personality(|p| (p.wrong_secret, p.no_terminal_endpoint) = (manner, true));
        let register = Register::at(&simulator, &folder);
        // Without the endpoint `terminal` there is no way to test the secret first: the start itself is refused.
        simulator.fault(Fault::always("terminal", FaultKind::NotSupported));
        register.set_secure_string("00000000");
        register.pay("1", 12500).expect(Verdict::NotStarted, Some(reason));
        never_twice(&simulator);
    });
}

#[test]
fn wire_an_http_refusal_is_believed_where_the_terminal_knows_nothing() {
    each([400, 404, 405, 409], |http| {
        let (simulator, folder) = shop();
        simulator.fault(Fault::once("payment", FaultKind::Answer(http, "bad amount".into())));
        let register = Register::at(&simulator, &folder);
        register.pay("1", 12500).expect(Verdict::NotStarted, Some(Code::RequestRefused));
        never_twice(&simulator);
    });
}

/// A filter between register and terminal answers each POST with 403 although the requests arrive.
#[test]
fn wire_a_refusal_that_is_given_to_everything_is_silence() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    register.pay("before", 12500).expect(Verdict::Approved, None);
    let forbidden = || FaultKind::ActAndAnswer(403, "Forbidden".into());
    for endpoint in ["payment", "status", "terminal", "result", "cancel"] {
        simulator.fault(Fault::always(endpoint, forbidden()));
    }
    register.pay("1", 12500).expect(Verdict::Unknown, Some(Code::StartUnanswered));
    assert_eq!((simulator.charges().len(), simulator.count("payment")), (2, 2), "it was charged, and said once");
}

// --- approved ---------------------------------------------------------------------------------------------------------------------

#[test]
fn wire_an_approval_is_stored_before_it_is_confirmed_and_then_told() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    let outcome = register.pay("2026-11-23/1/42", 12550);
    outcome.expect(Verdict::Approved, None);
    assert_eq!(outcome.number(Field::AmountApproved), Some(12550));
    assert_eq!(outcome.text(Field::AuthCode), Some("114546"));
    assert_eq!(outcome.text(Field::Pan), Some("970348******3910"));
    assert!(outcome.is(Field::Simulated) && !outcome.is(Field::SignatureRequired));
    assert_eq!(register.host.events, [1, 2, 3, 4], "intent stored, started, confirmed, ended");
    let reading = register.host.phases.iter().filter(|(phase, _)| *phase == Phase::ReadingResult.number()).count();
    assert_eq!(reading, 1);
    assert!(simulator.charges()[0].confirmed);
    let order: Vec<String> =
        simulator.requests().into_iter().map(|request| request.endpoint).filter(|name| name != "status").collect();
    // The first result is the control question while the sale runs.
    assert_eq!(order, ["info", "terminal", "payment", "result", "result", "confirm", "result"]);
    assert!(simulator.requests().len() <= 11, "{:#?}", simulator.requests());
}

#[test]
fn wire_every_spelling_of_the_terminal_leads_to_the_same_approval() {
    let (simulator, folder) = shop();
    simulator.personality(|p| {
        (p.numbers_as_text, p.flags_as_numbers, p.bom, p.windows_1250) = (true, true, true, true);
        (p.finished_in_capitals, p.no_transaction_id, p.unmasked_pan) = (true, true, true);
    });
    let simulator = std::sync::Arc::new(simulator);
    let mut register = Register::at(&simulator, &folder);
    register.host.on_cancel = Some(tap_when_asked(&simulator));
    let outcome = register.pay("1", NEVER);
    outcome.expect(Verdict::Approved, None);
    assert_eq!(outcome.text(Field::Issuer), Some("Testovací banka"));
    let phases = &register.host.phases;
    assert!(phases.iter().any(|(phase, text)| *phase == Phase::Waiting.number() && !text.is_empty()), "{phases:?}");
    assert_eq!(outcome.text(Field::Pan), Some("970348******3910"));
    let journal = std::fs::read_to_string(folder.path().join("comgate-journal.log")).expect("a journal");
    assert!(!journal.contains("9703481234533910") && !journal.contains("2912") && !journal.contains("27924505"));
    // The whole result is there for support, without what a register must not keep, and it is not kept.
    let whole = outcome.text(Field::Result).expect("the result that this call has read");
    let result: serde_json::Value = serde_json::from_str(whole).expect("JSON");
    assert_eq!(result["pan"], "970348******3910");
    assert_eq!(result["merchantIdAcquirer"], "123456789012", "it is in no card's field, and no card number");
    assert!(result.get("expiration").is_none() && result.get("panSequenceNumber").is_none(), "{whole}");
    assert!(!journal.contains("merchantIdAcquirer"), "{journal}");
    assert_eq!(register.find("1").expect("it is known").text(Field::Result), None);
}

#[test]
fn wire_tip_signature_and_voucher_are_reported_with_the_approval() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    let tip = register.pay("tip", 10006);
    tip.expect(Verdict::Approved, None);
    assert_eq!((tip.number(Field::AmountApproved), tip.number(Field::Tip)), (Some(11006), Some(1000)));
    assert!(register.pay("signature", 10004).expect(Verdict::Approved, None).is(Field::SignatureRequired));
    assert_eq!(
        register.pay("voucher", 10007).expect(Verdict::Approved, None).number(Field::AvailableBalance),
        Some(50_000)
    );
}

#[test]
fn wire_a_terminal_without_confirm_needs_none() {
    let (simulator, folder) = shop();
    simulator.personality(|p| p.confirm = Confirm::NotSupported);
    Register::at(&simulator, &folder).pay("1", 12550).expect(Verdict::Approved, None);
}

#[test]
fn wire_a_lost_confirm_is_repeated_and_counts_after_a_fresh_result() {
    let (simulator, folder) = shop();
    Register::at(&simulator, &folder).pay("1", 12524).expect(Verdict::Approved, None);
    // The fresh result came on a new connection, so the control question is asked too, and the first one again.
    assert_eq!((simulator.count("confirm"), simulator.count("result")), (2, 5));
    never_twice(&simulator);
}

/// The terminal forgets, speaks of another sale or breaks off: the confirm was granted.
#[test]
fn wire_an_approval_stands_although_nothing_is_heard_after_its_confirm() {
    let forgets = (true, UnknownId::default(), None);
    let speaks_of_another = (true, UnknownId::LastWithAskedId, None);
    let breaks_off = (false, UnknownId::default(), Some(FaultKind::Drop));
    let forgets_and_breaks_off = (true, UnknownId::LastWithAskedId, Some(FaultKind::BrokenJson));
    each([forgets, speaks_of_another, breaks_off, forgets_and_breaks_off], |(forgets, unknown_id, fault)| {
        let (simulator, folder) = shop();
        let mut register = Register::at(&simulator, &folder);
        register.pay("of another customer", 9900).expect(Verdict::Approved, None);
        simulator.personality(|p| (p.confirm_forgets, p.unknown_id) = (forgets, unknown_id));
        if let Some(kind) = fault {
            // The control question and the result itself come first.
            simulator.fault(Fault::once("result", kind).after(2));
        }
        let simulator = std::sync::Arc::new(simulator);
        register.host.on_cancel = Some(tap_when_asked(&simulator));
        register.pay("1", NEVER).expect(Verdict::Approved, None);
        assert_eq!(simulator.count("confirm"), 2, "one for each customer");
    });
}

#[test]
fn wire_a_lost_result_is_asked_for_again() {
    let (simulator, folder) = shop();
    Register::at(&simulator, &folder).pay("1", 12523).expect(Verdict::Approved, None);
    never_twice(&simulator);
}

/// It sends its replies byte by byte or late, or closes the connection after each of them.
#[test]
fn wire_a_terminal_that_is_slow_or_closes_is_followed_to_the_end() {
    each([FaultKind::SlowDrip(1), FaultKind::CloseAfterReply, FaultKind::DelayReply(300)], |kind| {
        let (simulator, folder) = shop();
        simulator.fault(Fault::always("any", kind));
        let register = Register::at(&simulator, &folder);
        register.set_reply_limit(30_000);
        register.pay("1", 12550).expect(Verdict::Approved, None);
        never_twice(&simulator);
    });
}

// --- approved, and yet unknown ------------------------------------------------------------------------------------------------------

#[test]
fn wire_an_approval_that_cannot_be_confirmed_is_unknown() {
    let (simulator, folder) = shop();
    simulator.personality(|p| p.confirm = Confirm::Refuses);
    let mut register = Register::at(&simulator, &folder);
    register.pay("1", 12550).expect(Verdict::Unknown, Some(Code::NotConfirmed));
    simulator.personality(|p| p.confirm = Confirm::Confirms);
    let found = register.recover(false);
    found[0].expect(Verdict::Approved, None);
    assert!(found[0].is(Field::Recovered));
    never_twice(&simulator);
}

/// Although the terminal confirms what it has undone.
#[test]
fn wire_a_charge_undone_before_the_second_confirm_is_not_approved() {
    let (simulator, folder) = shop();
    simulator.personality(|p| (p.confirm, p.reverses_unconfirmed_after_ms) = (Confirm::ConfirmsReversed, Some(0)));
    simulator.fault(Fault::once("confirm", FaultKind::Drop));
    Register::at(&simulator, &folder).pay("1", 12550).expect(Verdict::Unknown, Some(Code::Reversed));
    assert!(simulator.charges_kept().is_empty());
}

/// Although the terminal confirms what it has undone.
#[test]
fn wire_a_charge_undone_before_the_first_confirm_is_not_approved() {
    let (simulator, folder) = shop();
    simulator.personality(|p| p.confirm = Confirm::ConfirmsReversed);
    simulator.fault(Fault::once("confirm", FaultKind::UndoFirst));
    Register::at(&simulator, &folder).pay("1", 12550).expect(Verdict::Unknown, Some(Code::Reversed));
    assert!(simulator.charges_kept().is_empty());
    assert_eq!(simulator.count("confirm"), 1);
    never_twice(&simulator);
}

/// The result after the confirm says the contrary, and then the terminal falls silent: the contrary result is not forgotten.
#[test]
fn wire_a_contrary_result_after_the_confirm_outlasts_the_silence_after_it() {
    let (simulator, folder) = shop();
    simulator.personality(|p| p.confirm = Confirm::ConfirmsReversed);
    simulator.fault(Fault::once("confirm", FaultKind::UndoFirst));
    // The control question, the result, and once more after the confirm; whatever is asked then is lost.
    simulator.fault(Fault { skip: 3, ..Fault::always("result", FaultKind::Drop) });
    Register::at(&simulator, &folder).pay("1", 12550).expect(Verdict::Unknown, Some(Code::Reversed));
    assert!(simulator.charges_kept().is_empty());
    never_twice(&simulator);
}

#[test]
fn wire_doubtful_approvals_are_unknown_and_never_confirmed() {
    each(
        [
            (12508, Code::ReversalAsked),
            (12509, Code::Reversed),
            (12510, Code::AmountDiffers),
            (12511, Code::Unreadable),
            (12512, Code::Contradiction),
        ],
        |(amount, reason)| {
            let (simulator, folder) = shop();
            let outcome = Register::at(&simulator, &folder).pay("1", amount);
            outcome.expect(Verdict::Unknown, Some(reason));
            assert_eq!(outcome.is(Field::ReversalAsked), amount == 12508);
            assert_eq!(simulator.count("confirm"), 0, "{amount}");
            never_twice(&simulator);
        },
    );
}

#[test]
fn wire_a_result_about_another_transaction_is_not_ours() {
    let (simulator, folder) = shop();
    simulator.fault(Fault::always("result", FaultKind::WrongId));
    Register::at(&simulator, &folder).pay("1", 12550).expect(Verdict::Unknown, Some(Code::NotOurs));
    assert_eq!(simulator.count("confirm"), 0);
}

#[test]
fn wire_results_that_cannot_be_read_are_unknown_and_never_declined() {
    each(
        [
            (FaultKind::BrokenJson, Code::Unreadable),
            (FaultKind::WebPage, Code::Unreadable),
            (FaultKind::EmptyBody, Code::Unreadable),
            (FaultKind::Garbage, Code::ContactLost),
            (FaultKind::CutReplyAfter(80), Code::ContactLost),
            (FaultKind::BigBody(2_000_000), Code::ContactLost),
            (FaultKind::Answer(500, "error".into()), Code::Unreadable),
        ],
        |(kind, reason)| {
            let (simulator, folder) = shop();
            simulator.fault(Fault::always("result", kind));
            let mut register = Register::at(&simulator, &folder);
            register.pay("1", 12550).expect(Verdict::Unknown, Some(reason));
            simulator.clear_faults();
            register.recover(true)[0].expect(Verdict::Approved, None);
            assert!(register.recover(true).is_empty(), "acknowledged, so it is told no more");
            never_twice(&simulator);
        },
    );
}

#[test]
fn wire_a_result_that_cannot_be_stored_is_never_confirmed() {
    let (simulator, folder) = shop();
    let mut register = Register::at(&simulator, &folder);
    let (here, away) = (folder.path().to_path_buf(), folder.path().with_extension("away"));
    let (from, to) = (here.clone(), away.clone());
    register.host.on_event = Some(Box::new(move |event| {
        if event == PaymentEvent::Started.number() {
            std::fs::rename(&from, &to).expect("the folder can be moved");
        }
    }));
    register.pay("1", 12550).expect(Verdict::Unknown, Some(Code::NotStored));
    assert_eq!(simulator.count("confirm"), 0);
    std::fs::rename(away, here).expect("the folder can be moved back");
    register.host.on_event = None;
    register.recover(false)[0].expect(Verdict::Approved, None);
    never_twice(&simulator);
}

// --- refused ------------------------------------------------------------------------------------------------------------------------

#[test]
fn wire_a_refusal_is_declined_with_the_terminals_words() {
    // The last one is the customer's own cancel.
    each([(12501, None), (12502, None), (12503, Some(Code::CancelledAtTerminal))], |(amount, reason)| {
        let (simulator, folder) = shop();
        let mut register = Register::at(&simulator, &folder);
        let outcome = register.pay("1", amount);
        outcome.expect(Verdict::Declined, reason);
        assert!(outcome.text(Field::ResponseMessage).is_some());
        assert_eq!(outcome.number(Field::AmountApproved), None);
        assert_eq!(simulator.count("confirm"), 0, "a refusal is never confirmed");
        assert!(register.recover(false).is_empty(), "nothing is open");
        register.pay("1", 12550).expect(Verdict::Approved, None);
    });
}

#[test]
fn wire_a_refusal_found_by_recover_is_told_once() {
    let (simulator, folder) = shop();
    simulator.fault(Fault::always("result", FaultKind::BrokenJson));
    let mut register = Register::at(&simulator, &folder);
    register.pay("1", 12501).expect(Verdict::Unknown, Some(Code::Unreadable));
    simulator.clear_faults();
    let found = register.recover(false);
    assert!(found[0].expect(Verdict::Declined, None).is(Field::Recovered), "the till waits for this answer");
    assert!(register.recover(false).is_empty(), "no charge, nothing to acknowledge");
}

#[test]
fn wire_a_cancel_in_time_is_cancelled() {
    let (simulator, folder) = shop();
    let mut register = Register::at(&simulator, &folder);
    register.host.on_cancel =
        Some(Box::new(|phases| phases.iter().any(|(phase, _)| *phase == Phase::Waiting.number())));
    let outcome = register.pay("1", 12532);
    outcome.expect(Verdict::Cancelled, None);
    assert!(outcome.is(Field::CancelAsked));
    assert!(simulator.charges().is_empty());
    never_twice(&simulator);
}

#[test]
fn wire_a_cancel_that_comes_too_late_meets_an_approval() {
    let (simulator, folder) = shop();
    simulator.personality(|p| (p.cancel_too_late, p.cancel_reply) = (true, CancelReply::Bare));
    simulator.pace(comgate_simulator::Pace { waiting_ms: 800, ..comgate_simulator::Pace::quick() });
    let mut register = Register::at(&simulator, &folder);
    register.host.on_cancel =
        Some(Box::new(|phases| phases.iter().any(|(phase, _)| *phase == Phase::Waiting.number())));
    let outcome = register.pay("1", 12550);
    outcome.expect(Verdict::Approved, None);
    assert!(outcome.is(Field::CancelAsked));
}

#[test]
fn wire_a_cancel_while_a_poll_is_awaited_does_not_wait_for_its_reply() {
    let (simulator, folder) = shop();
    simulator.fault(Fault::once("status", FaultKind::Hang(30_000)).after(1));
    let mut register = Register::at(&simulator, &folder);
    register.host.on_cancel =
        Some(Box::new(|phases| phases.iter().any(|(phase, _)| *phase == Phase::Waiting.number())));
    register.pay("1", 12532).expect(Verdict::Cancelled, None);
}

// --- the reply to the start is lost -------------------------------------------------------------------------------------------------

#[test]
fn wire_reply_lost_after_start_is_found_by_asking_and_never_started_again() {
    each(
        [
            FaultKind::LoseReply,
            FaultKind::CutReplyAfter(1),
            FaultKind::CutReplyAfter(60),
            FaultKind::DelayReply(1_500),
            FaultKind::EmptyBody,
            FaultKind::WrongId,
        ],
        |kind| {
            let (simulator, folder) = shop();
            simulator.personality(|p| p.accepts_duplicate_id = true);
            simulator.fault(Fault::once("payment", kind));
            Register::at(&simulator, &folder).pay("1", 12550).expect(Verdict::Approved, None);
            assert_eq!((simulator.count("payment"), simulator.charges().len()), (1, 1));
        },
    );
}

#[test]
fn wire_a_terminal_that_leaves_out_is_started_is_followed_with_doubt() {
    let (simulator, folder) = shop();
    simulator.personality(|p| p.no_is_started = true);
    Register::at(&simulator, &folder).pay("1", 12550).expect(Verdict::Approved, None);
    never_twice(&simulator);
}

#[test]
fn wire_a_start_lost_on_its_way_is_unknown_until_a_person_knows() {
    each(
        [
            UnknownId::Http404,
            UnknownId::Bare,
            UnknownId::ResponseCode,
            UnknownId::Http500,
            UnknownId::IdleText,
            UnknownId::Finished,
        ],
        |unknown| {
            let (simulator, folder) = shop();
            simulator.personality(|p| p.unknown_id = unknown);
            let mut register = Register::at(&simulator, &folder);
            register.pay("1", 12522).expect(Verdict::Unknown, Some(Code::StartUnanswered));
            assert_eq!(register.recover(true)[0].verdict, Verdict::Unknown.number());
            assert_eq!(register.recover(true).len(), 1, "undecided stays, whatever the till answers");
            assert_eq!(register.acknowledge("1"), Code::Undecided.number());
            never_twice(&simulator);
        },
    );
}

#[test]
fn wire_answers_about_the_last_sale_are_not_taken_for_ours() {
    each([UnknownId::LastWithAskedId, UnknownId::LastWithItsId], |unknown| {
        let (simulator, folder) = shop();
        let register = Register::at(&simulator, &folder);
        register.pay("first", 12522 - 22).expect(Verdict::Approved, None);
        simulator.personality(|p| p.unknown_id = unknown);
        simulator.next(Ending::StartLost);
        register.pay("second", 12500).expect(Verdict::Unknown, Some(Code::StartUnanswered));
        assert_eq!(simulator.charges().len(), 1);
    });
}

#[test]
fn wire_a_busy_terminal_that_does_not_say_so_clearly_is_unknown() {
    each(
        [
            (Busy::NotStarted, Verdict::NotStarted),
            (Busy::Http409, Verdict::NotStarted),
            (Busy::Http202, Verdict::NotStarted),
            (Busy::Undefined, Verdict::Unknown),
        ],
        |(busy, expected)| {
            let (simulator, folder) = shop();
            simulator.personality(|p| p.busy = busy);
            let other = Folder::new();
            let register = Register::at(&simulator, &other);
            let steps = register.begin("running", 12532).expect("begins");
            steps.until(100, || simulator.count("status") > 0);
            // Another till with its own journal does not know that the terminal is in use.
            assert_eq!(Register::at(&simulator, &folder).pay("1", 12500).verdict, expected.number());
            assert!(simulator.charges().is_empty());
        },
    );
}

// --- letting go ---------------------------------------------------------------------------------------------------------------------

/// And CANCELLED is its verdict.
#[test]
fn wire_a_sale_that_outlives_our_patience_is_cancelled() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    register.set_patience(1_000);
    register.pay("1", 12532).expect(Verdict::Cancelled, None);
}

#[test]
fn wire_a_sale_that_cannot_be_cancelled_either_is_unknown_and_recovered() {
    let (simulator, folder) = shop();
    simulator.personality(|p| p.cancel_too_late = true);
    let mut register = Register::at(&simulator, &folder);
    register.set_patience(1_000);
    register.pay("1", 12532).expect(Verdict::Unknown, Some(Code::StillRunning));
    assert_eq!(
        register.try_pay("2", 12500).err(),
        Some(Code::Unresolved.number()),
        "the terminal is still busy with it"
    );
    assert!(register.last_error().contains("sale 1"));
    simulator.screen(comgate_simulator::Screen::Tap);
    let found = register.recover(true);
    found[0].expect(Verdict::Approved, None);
    assert_eq!(found[0].text(Field::SaleId), Some("1"));
    never_twice(&simulator);
}

#[test]
fn wire_a_cancelled_sale_that_never_says_finished_is_unknown() {
    let (simulator, folder) = shop();
    simulator.personality(|p| p.cancelled_never_finishes = true);
    let register = Register::at(&simulator, &folder);
    register.set_patience(1_000);
    register.pay("1", 12532).expect(Verdict::Unknown, Some(Code::StillRunning));
}

#[test]
fn wire_a_terminal_switched_off_in_mid_payment_is_unknown_then_recovered() {
    let (simulator, folder) = shop();
    let mut register = Register::at(&simulator, &folder);
    register.set_patience(1_000);
    let steps = register.begin("1", 12550).expect("begins");
    steps.until(100, || simulator.count("status") > 0);
    simulator.offline();
    while !steps.step(1_000).expect("steps") {}
    steps.finish().expect("an outcome").expect(Verdict::Unknown, Some(Code::ContactLost));
    drop(steps);
    register.recover(false)[0].expect(Verdict::Unknown, Some(Code::ContactLost));
    simulator.online().expect("the port is still ours");
    register.recover(true)[0].expect(Verdict::Approved, None);
    never_twice(&simulator);
}

/// An approval that is in the journal is not lost when the terminal says nothing more about it.
#[test]
fn wire_a_stored_approval_is_known_when_the_terminal_says_nothing_more() {
    let (simulator, folder) = shop();
    simulator.fault(Fault::always("confirm", FaultKind::Drop));
    let mut register = Register::at(&simulator, &folder);
    register.pay("1", 12550).expect(Verdict::Unknown, Some(Code::NotConfirmed));
    simulator.fault(Fault::always("status", FaultKind::Drop));
    let told = register.recover(false);
    told[0].expect(Verdict::Unknown, Some(Code::NotConfirmed));
    assert_eq!(told[0].text(Field::AuthCode), Some("114546"), "{:#}", told[0].fields);
}

/// The terminal has forgotten the charge and calls whatever it is asked about finished.
#[test]
fn wire_a_forgotten_charge_that_is_called_finished_is_not_declined() {
    let (simulator, folder) = shop();
    // It names the id it was asked about in its words, so that no two of its answers are the same.
    simulator.personality(|p| p.unknown_id = UnknownId::Finished);
    let register = Register::at(&simulator, &folder);
    let steps = register.begin("1", 12550).expect("begins");
    while simulator.charges().is_empty() {
        steps.step(100).expect("steps");
        // The last step would read the result: the terminal restarts before it.
        if simulator.count("status") > 0 {
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
    }
    simulator.offline();
    simulator.restart();
    simulator.online().expect("the port is still ours");
    while !steps.step(1_000).expect("steps") {}
    assert_eq!(steps.finish().expect("an outcome").verdict, Verdict::Unknown.number());
    never_twice(&simulator);
}

/// From the reading of the result to the end of its confirm no callback runs.
#[test]
fn wire_nobody_is_asked_to_cancel_between_an_approval_and_its_confirm() {
    let (simulator, folder) = shop();
    for endpoint in ["result", "confirm"] {
        simulator.fault(Fault::always(endpoint, FaultKind::DelayReply(400)));
    }
    let mut register = Register::at(&simulator, &folder);
    let asked = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let count = asked.clone();
    register.host.on_cancel = Some(Box::new(move |phases| {
        let reading = phases.last().is_some_and(|(phase, _)| *phase == Phase::ReadingResult.number());
        count.fetch_add(usize::from(reading), std::sync::atomic::Ordering::Relaxed);
        false
    }));
    register.pay("1", 12550).expect(Verdict::Approved, None);
    assert_eq!(asked.load(std::sync::atomic::Ordering::Relaxed), 0);
}

#[test]
fn wire_a_terminal_that_forgets_in_mid_payment_is_let_go_of_early() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    let steps = register.begin("1", 12532).expect("begins");
    steps.until(100, || simulator.count("status") > 0);
    simulator.restart();
    while !steps.step(1_000).expect("steps") {}
    steps.finish().expect("an outcome").expect(Verdict::Unknown, Some(Code::StartUnanswered));
}

/// The operation is cancelled at the terminal, and the journal keeps the sale.
#[test]
fn wire_an_operation_freed_before_its_end_is_cancelled_and_journalled() {
    let (simulator, folder) = shop();
    let mut register = Register::at(&simulator, &folder);
    let steps = register.begin("1", 12532).expect("begins");
    steps.until(100, || simulator.count("status") > 0);
    drop(steps);
    assert_eq!(simulator.count("cancel"), 1);
    assert!(simulator.charges().is_empty());
    assert!(register.recover(false).is_empty(), "the cancel was in time, so nothing is open");
}
