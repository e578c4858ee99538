//! Refund, reversal, closing, signature and the general form, through the C ABI against the simulator: each with success, refusal, a lost
//! reply and the rules about its original.

use comgate_simulator::{
    Answers, Busy, ClosedBy, Confirm, Ending, Fault, FaultKind, Form, Options, ReversalMarks, ReversalReach, Simulator,
};
use comgate_terminal::{Advice, Code, Kind, OutcomeField as Field, Verdict};
use support::folder::Folder;
use support::register::{Outcome, Register, Request, shop};

/// The register, its terminal, and the folder they share.
struct Till {
    register: Register,
    simulator: std::sync::Arc<Simulator>,
    folder: Folder,
}

impl Till {
    fn open() -> Self {
        let (simulator, folder) = shop();
        let simulator = std::sync::Arc::new(simulator);
        Self { register: Register::at(&simulator, &folder), simulator, folder }
    }

    /// A till at which sale 1 is paid, 125.50, and nothing else has happened.
    fn with_a_sale() -> Self {
        let till = Self::open();
        till.register.pay("1", 12550).expect(Verdict::Approved, None);
        till
    }

    /// The program ends and starts again.
    fn restarted(self) -> Self {
        drop(self.register);
        Self { register: Register::at(&self.simulator, &self.folder), ..self }
    }

    #[track_caller]
    fn refused(&self, code: Code, words: &str, result: Result<Outcome, i32>) {
        assert_eq!(result.map(|outcome| outcome.fields), Err(code.number()));
        assert!(self.register.last_error().contains(words), "{}", self.register.last_error());
    }

    fn sent(&self, endpoint: &str) -> Vec<serde_json::Value> {
        let requests = self.simulator.requests();
        requests.into_iter().filter(|request| request.endpoint == endpoint).map(|request| request.body).collect()
    }
}

#[track_caller]
fn found(result: Result<Outcome, i32>) -> Outcome {
    result.unwrap_or_else(|code| panic!("no outcome: {code}"))
}

// --- reversal --------------------------------------------------------------------------------------------------------------------

/// And the reversal names its sale, the sale its reversal.
#[test]
fn wire_a_reversed_sale_is_ended_without_a_charge_and_may_be_paid_again() {
    let mut till = Till::with_a_sale();
    let sale = found(till.register.find("1"));
    let reversal = found(till.register.reverse("R1", "1"));
    reversal.expect(Verdict::Approved, None);
    assert_eq!(reversal.number(Field::Kind), Some(Kind::Reversal.number().into()));
    assert_eq!(reversal.text(Field::OriginalSaleId), Some("1"));
    assert_eq!(reversal.text(Field::OriginalTransactionId), sale.text(Field::TransactionId));
    assert_eq!(reversal.number(Field::AmountRequested), Some(12550), "what it takes back");
    assert_eq!(reversal.number(Field::Advice), Some(Advice::Done.number().into()));
    assert_eq!(till.simulator.charges_kept(), []);

    let sent = till.sent("reverse");
    let request = sent[0]["request"].as_object().expect("an object");
    assert_eq!(request.keys().collect::<Vec<_>>(), ["originalTransactionId", "transactionId"], "and no amount");

    let sale = found(till.register.find("1"));
    sale.expect(Verdict::Cancelled, None);
    assert_eq!(sale.text(Field::ReversedBy), Some("R1"));
    assert_eq!(till.register.unresolved(), (0, 1), "the reversal waits to be acknowledged");
    assert_eq!(till.register.acknowledge("R1"), 0);
    assert_eq!(till.register.recover(true).len(), 0);

    till.register.pay("1", 12550).expect(Verdict::Approved, None);
    assert_eq!(till.simulator.charges_kept().len(), 1);
    found(till.register.reverse("R2", "1")).expect(Verdict::Approved, None);
    assert_eq!(till.simulator.charges_kept(), []);
}

#[test]
fn wire_a_sale_with_a_tip_is_taken_back_whole() {
    let till = Till::open();
    till.register.pay("1", 12506).expect(Verdict::Approved, None);
    let reversal = found(till.register.reverse("R1", "1"));
    reversal.expect(Verdict::Approved, None);
    assert_eq!(till.simulator.charges_kept(), []);
}

#[test]
fn wire_each_sale_is_reversed_once_whatever_the_number_of_the_reversal() {
    let till = Till::with_a_sale();
    let first = found(till.register.reverse("R1", "1"));
    for again in ["R1", "R2"] {
        let second = found(till.register.reverse(again, "1"));
        second.expect(Verdict::Approved, None);
        assert!(second.is(Field::Adopted));
        assert_eq!(second.text(Field::SaleId), Some("R1"));
        assert_eq!(second.text(Field::TransactionId), first.text(Field::TransactionId));
    }
    assert_eq!(till.register.acknowledge("R1"), 0);
    till.refused(Code::SaleUsed, "R1", till.register.reverse("R1", "1"));
    till.refused(Code::Original, "R1", till.register.reverse("R2", "1"));
    assert_eq!(till.simulator.count("reverse"), 1);
}

#[test]
fn wire_a_reversal_is_not_told_again_for_a_sale_that_was_paid_again() {
    let till = Till::with_a_sale();
    found(till.register.reverse("1-R", "1")).expect(Verdict::Approved, None);
    till.register.pay("1", 12550).expect(Verdict::Approved, None);
    for _ in 0..2 {
        till.refused(Code::SaleMismatch, "an earlier payment of 1", till.register.reverse("1-R", "1"));
        assert!(till.register.last_error().starts_with("reversal_id: 1-R"), "{}", till.register.last_error());
        assert_eq!(till.simulator.charges_kept().len(), 1, "the second payment stands");
        assert_eq!(till.register.acknowledge("1-R"), 0);
    }
    found(till.register.reverse("1-R2", "1")).expect(Verdict::Approved, None);
    assert_eq!(till.simulator.charges_kept(), []);
}

/// A reversal that is done is told as done when it is asked for again, although an older charge of the same sale stands.
#[test]
fn wire_a_reversal_said_again_is_told_though_an_older_charge_stands() {
    let mut till = Till::open();
    let older =
        Simulator::start(Options { terminal_id: "SIM00002".into(), ..Options::default() }).expect("a free port");
    let register = Register::at(&older, &till.folder);
    older.fault(Fault::always("result", FaultKind::BrokenJson));
    register.pay("42", 12550).expect(Verdict::Unknown, Some(Code::Unreadable));
    older.clear_faults();
    older.offline();
    assert_eq!(register.resolve("42", false, "the customer says so"), 0);
    let newer = till.register.pay("42", 12550);
    newer.expect(Verdict::Approved, None);
    older.online().expect("the port is still ours");
    assert_eq!(till.register.recover(true).len(), 2, "the terminal says that the first one was charged too");
    let first = found(till.register.reverse("R1", "42"));
    first.expect(Verdict::Approved, None);
    assert_eq!(first.text(Field::OriginalTransactionId), newer.text(Field::TransactionId));
    // The till crashes before it has stored that, and says it again.
    let till = till.restarted();
    let again = found(till.register.reverse("R1", "42"));
    again.expect(Verdict::Approved, None);
    assert!(again.is(Field::Adopted));
    assert_eq!(again.text(Field::OriginalTransactionId), newer.text(Field::TransactionId));
    assert_eq!((till.simulator.count("reverse"), till.simulator.charges_kept()), (1, vec![]));
    // The older one has a reversal of its own.
    found(register.reverse("R2", "42")).expect(Verdict::Approved, None);
    assert_eq!(older.charges_kept(), []);
}

/// The terminal is off, and the original is not decided: it is not in the way of its own reversal, but in the way of any other sale.
#[test]
fn wire_a_refused_reversal_does_not_call_its_original_another_open_sale() {
    let till = Till::open();
    till.simulator.fault(Fault::always("result", FaultKind::BrokenJson));
    till.register.pay("1", 12550).expect(Verdict::Unknown, Some(Code::Unreadable));
    till.simulator.offline();
    let reversal = found(till.register.reverse("R1", "1"));
    assert_eq!(reversal.verdict, Verdict::NotStarted.number());
    assert!(!reversal.is(Field::EarlierUnresolved), "what it takes back is not in its way");
    let other = till.register.pay("2", 12600);
    assert_eq!(other.verdict, Verdict::NotStarted.number());
    assert!(other.is(Field::EarlierUnresolved), "to another sale it is");
}

#[test]
fn wire_a_reversal_that_the_terminal_refuses_leaves_the_sale_paid() {
    let till = Till::with_a_sale();
    till.simulator.next(Ending::Declined);
    let refused = found(till.register.reverse("R1", "1"));
    refused.expect(Verdict::Declined, None);
    assert_eq!(refused.number(Field::Advice), Some(Advice::NotDone.number().into()));
    found(till.register.find("1")).expect(Verdict::Approved, None);
    found(till.register.reverse("R1", "1")).expect(Verdict::Approved, None);
    assert_eq!(till.simulator.charges_kept(), []);
}

#[test]
fn wire_a_lost_reversal_is_unknown_then_recovered_and_never_sent_again() {
    for lost in [FaultKind::LoseReply, FaultKind::Drop] {
        let till = Till::with_a_sale();
        let arrived = lost == FaultKind::LoseReply;
        till.simulator.fault(Fault::once("reverse", lost));
        till.simulator.fault(Fault::always("status", FaultKind::Drop));
        till.simulator.fault(Fault::always("result", FaultKind::Drop));
        till.register.set_patience(1_000);
        let unknown = found(till.register.reverse("R1", "1"));
        unknown.expect(Verdict::Unknown, Some(Code::ContactLost));
        assert_eq!(unknown.number(Field::Advice), Some(Advice::RepeatNothing.number().into()));
        let sale = found(till.register.find("1"));
        sale.expect(Verdict::Approved, None);
        assert_eq!(sale.number(Field::Advice), Some(Advice::CheckTerminal.number().into()));
        // Nobody knows whether the sale still stands: it is neither handed out as paid nor charged again.
        let again = till.register.pay("1", 12550);
        again.expect(Verdict::Unknown, Some(Code::ContactLost));
        assert_eq!(again.text(Field::SaleId), Some("R1"));
        till.simulator.clear_faults();

        let mut till = till.restarted();
        let told = till.register.recover(true);
        assert_eq!(told.len(), if arrived { 1 } else { 2 }, "{told:#?}");
        if arrived {
            told[0].expect(Verdict::Approved, None);
            found(till.register.find("1")).expect(Verdict::Cancelled, None);
        } else {
            told[0].expect(Verdict::Unknown, Some(Code::StartUnanswered));
            // Under another number it is the same reversal, and still not sent again.
            found(till.register.reverse("R2", "1")).expect(Verdict::Unknown, Some(Code::StartUnanswered));
            assert_eq!(till.register.resolve("R1", false, "not in the terminal's history"), 0);
            let sale = found(till.register.find("1"));
            assert_eq!(sale.number(Field::Advice), Some(Advice::HandOver.number().into()), "it stands after all");
            found(till.register.reverse("R2", "1")).expect(Verdict::Approved, None);
        }
        assert_eq!(till.simulator.count("reverse"), if arrived { 1 } else { 2 });
        assert_eq!(till.simulator.count("payment"), 1);
        assert_eq!(till.simulator.charges_kept(), []);
    }
}

#[test]
fn wire_a_reversal_that_the_terminal_undid_before_it_confirmed_is_unknown() {
    let till = Till::with_a_sale();
    till.simulator.personality(|terminal| {
        (terminal.confirm, terminal.reversal_stands_unconfirmed) = (Confirm::ConfirmsReversed, false);
    });
    till.simulator.fault(Fault::once("confirm", FaultKind::UndoFirst));
    found(till.register.reverse("R1", "1")).expect(Verdict::Unknown, Some(Code::Reversed));
    assert_eq!(till.simulator.charges_kept().len(), 1);
    assert_eq!(till.register.resolve("R1", false, "the sale stands in the terminal's history"), 0);
    found(till.register.reverse("R1", "1")).expect(Verdict::Approved, None);
    assert_eq!(till.simulator.charges_kept(), []);
}

/// A reversal whose result bears the mark of its original is believed only when it was seen from its beginning.
#[test]
fn wire_a_reversal_with_its_originals_mark_must_be_seen_from_the_start() {
    for mark in [ReversalMarks::Crossed, ReversalMarks::Reversal] {
        let mut till = Till::with_a_sale();
        till.register.pay("2", 12600).expect(Verdict::Approved, None);
        till.simulator.personality(|terminal| {
            (terminal.reversal_marks, terminal.reversal_reach) = (mark, ReversalReach::default());
        });
        found(till.register.reverse("R1", "1")).expect(Verdict::Approved, None);
        assert_eq!(till.register.acknowledge("R1"), 0);
        till.simulator.fault(Fault::always("result", FaultKind::BrokenJson));
        found(till.register.reverse("R2", "2")).expect(Verdict::Unknown, Some(Code::Unreadable));
        till.simulator.clear_faults();
        // The mark may as well mean by now that it was undone.
        till.register.recover(true)[0].expect(Verdict::Unknown, Some(Code::Reversed));
        assert_eq!(till.register.resolve("R2", true, "reversed in the terminal's history"), 0);
        found(till.register.find("2")).expect(Verdict::Cancelled, None);
    }
}

#[test]
fn wire_a_sale_that_nobody_knows_can_be_reversed() {
    let till = Till::open();
    till.simulator.next(Ending::ReversalAsked);
    till.register.pay("1", 12550).expect(Verdict::Unknown, Some(Code::ReversalAsked));
    found(till.register.reverse("R1", "1")).expect(Verdict::Approved, None);
    assert_eq!(till.register.unresolved().0, 0, "the sale is settled with it");
    assert_eq!(till.simulator.charges_kept(), []);
}

/// And nothing is sent.
#[test]
fn wire_what_cannot_be_reversed_is_refused_with_the_reason() {
    let till = Till::open();
    till.refused(Code::Original, "not known", till.register.reverse("R1", "no such sale"));
    till.register.pay("declined", 12501).expect(Verdict::Declined, None);
    till.refused(Code::Original, "without a charge", till.register.reverse("R1", "declined"));
    till.register.pay("1", 12550).expect(Verdict::Approved, None);
    found(till.register.reverse("R1", "1")).expect(Verdict::Approved, None);
    till.refused(Code::Original, "reversal", till.register.reverse("R2", "R1"));
    till.register.pay("2", 12600).expect(Verdict::Approved, None);
    found(till.register.refund("F1", Some("2"), 100)).expect(Verdict::Approved, None);
    till.refused(Code::Original, "refunded", till.register.reverse("R2", "2"));
    assert_eq!(till.simulator.count("reverse"), 1);
}

#[test]
fn wire_after_a_closing_of_ours_a_sale_is_refunded_and_not_reversed() {
    let till = Till::with_a_sale();
    found(till.register.closing("C1")).expect(Verdict::Approved, None);
    till.refused(Code::Closed, "C1", till.register.reverse("R1", "1"));
    till.register.pay("2", 12600).expect(Verdict::Approved, None);
    found(till.register.reverse("R2", "2")).expect(Verdict::Approved, None);
    found(till.register.refund("F1", Some("1"), 12550)).expect(Verdict::Approved, None);
    assert_eq!(till.simulator.count("reverse"), 1);
}

/// Nobody knows the sale, and the terminal was closed since. What is said about the reversal and about the refund does not lead from one to the
/// other and back: `cgt_resolve` is the way out.
#[test]
fn wire_an_unknown_sale_that_is_closed_is_left_to_a_person_who_looks() {
    let till = Till::open();
    till.simulator.fault(Fault::always("result", FaultKind::BrokenJson));
    till.register.pay("42", 12550).expect(Verdict::Unknown, Some(Code::Unreadable));
    till.refused(Code::Original, "reverse it", till.register.refund("F1", Some("42"), 12550));
    assert!(till.register.last_error().contains("cgt_resolve"), "{}", till.register.last_error());
    found(till.register.closing("C1")).expect(Verdict::Unknown, Some(Code::Unreadable));
    assert_eq!(till.register.resolve("C1", true, "the terminal has printed it"), 0);
    // Neither advice leads to the other and back.
    till.refused(Code::Closed, "cgt_resolve", till.register.reverse("R1", "42"));
    till.refused(Code::Original, "cgt_resolve", till.register.refund("F1", Some("42"), 12550));
    assert!(!till.register.last_error().contains("reverse it"), "{}", till.register.last_error());
    // It is the way out.
    assert_eq!(till.register.resolve("42", true, "in the terminal's history"), 0);
    till.simulator.clear_faults();
    found(till.register.refund("F1", Some("42"), 12550)).expect(Verdict::Approved, None);
}

// --- refund ----------------------------------------------------------------------------------------------------------------------

#[test]
fn wire_refunds_never_sum_up_to_more_than_their_original() {
    let till = Till::with_a_sale();
    let refund = found(till.register.refund("F1", Some("1"), 10000));
    refund.expect(Verdict::Approved, None);
    assert_eq!(refund.text(Field::OriginalSaleId), Some("1"));
    assert_eq!(refund.number(Field::AmountApproved), Some(10000));
    let body = &till.sent("refund")[0]["request"];
    assert_eq!((&body["amount"], &body["currencyCode"]), (&10000.into(), &203.into()));
    assert!(body.get("originalTransactionId").is_none(), "the terminal has no place for it");

    till.refused(Code::BeyondOriginal, "at most 2550", till.register.refund("F2", Some("1"), 2551));
    till.simulator.next(Ending::Declined);
    found(till.register.refund("F2", Some("1"), 2550)).expect(Verdict::Declined, None);
    found(till.register.refund("F2", Some("1"), 2550)).expect(Verdict::Approved, None);
    till.refused(Code::BeyondOriginal, "at most 0", till.register.refund("F3", Some("1"), 1));
    // The same number again is the same refund.
    assert!(found(till.register.refund("F2", Some("1"), 2550)).is(Field::Adopted));
    till.refused(Code::SaleMismatch, "F2", till.register.refund("F2", None, 2550));
    // Without an original the shop knows what it does.
    found(till.register.refund("F4", None, 99900)).expect(Verdict::Approved, None);
    assert_eq!(till.simulator.count("refund"), 4);
}

#[test]
fn wire_a_refund_that_nobody_knows_counts_against_its_original() {
    let mut till = Till::with_a_sale();
    till.simulator.fault(Fault::always("result", FaultKind::BrokenJson));
    found(till.register.refund("F1", Some("1"), 12550)).expect(Verdict::Unknown, Some(Code::Unreadable));
    till.refused(Code::BeyondOriginal, "not decided", till.register.refund("F2", Some("1"), 1));
    till.refused(Code::Original, "is being refunded as F1, which is not decided yet", till.register.reverse("R1", "1"));
    till.simulator.clear_faults();
    let told = till.register.recover(true);
    told.iter()
        .find(|told| told.text(Field::SaleId) == Some("F1"))
        .expect("it is told")
        .expect(Verdict::Approved, None);
    till.refused(Code::Original, "was refunded, in part or whole, as F1", till.register.reverse("R1", "1"));
    assert_eq!(till.simulator.count("refund"), 1);
}

#[test]
fn wire_a_refund_of_what_was_never_paid_is_refused() {
    let till = Till::open();
    till.refused(Code::Original, "not known", till.register.refund("F1", Some("x"), 100));
    till.register.pay("declined", 12501).expect(Verdict::Declined, None);
    till.refused(Code::Original, "without a charge", till.register.refund("F1", Some("declined"), 100));
    till.simulator.fault(Fault::always("result", FaultKind::BrokenJson));
    till.register.pay("unknown", 12550).expect(Verdict::Unknown, Some(Code::Unreadable));
    till.refused(Code::Original, "not decided", till.register.refund("F1", Some("unknown"), 100));
    assert_eq!(till.simulator.count("refund"), 0);
}

#[test]
fn wire_a_declined_refund_moves_nothing() {
    let till = Till::with_a_sale();
    till.simulator.next(Ending::Declined);
    found(till.register.refund("F1", Some("1"), 100)).expect(Verdict::Declined, None);
    found(till.register.find("1")).expect(Verdict::Approved, None);
    // With the refund free again, the sale can be reversed.
    found(till.register.reverse("R1", "1")).expect(Verdict::Approved, None);
}

// --- closing ---------------------------------------------------------------------------------------------------------------------

#[test]
fn wire_a_closing_brings_its_totals() {
    let till = Till::with_a_sale();
    till.register.pay("2", 20000).expect(Verdict::Approved, None);
    found(till.register.refund("F1", Some("2"), 500)).expect(Verdict::Approved, None);
    let closing = found(till.register.closing("C1"));
    closing.expect(Verdict::Approved, None);
    assert_eq!((closing.number(Field::DebitsCount), closing.number(Field::DebitsAmount)), (Some(2), Some(32550)));
    assert_eq!((closing.number(Field::CreditsCount), closing.number(Field::CreditsAmount)), (Some(1), Some(500)));
    assert!(closing.text(Field::BatchNumber).is_some());
    assert_eq!(closing.number(Field::AmountRequested), None);
    assert_eq!(closing.text(Field::Currency), None);
    assert!(found(till.register.closing("C1")).is(Field::Adopted));
    assert_eq!(till.register.acknowledge("C1"), 0);
    till.refused(Code::SaleUsed, "C1", till.register.closing("C1"));
    assert_eq!(till.simulator.count("closing"), 1);
}

/// It confirms what it finds approved.
#[test]
fn wire_a_closing_first_asks_about_undecided_sales_and_confirms_them() {
    let mut till = Till::open();
    till.simulator.fault(Fault::always("result", FaultKind::BrokenJson));
    till.register.pay("1", 12550).expect(Verdict::Unknown, Some(Code::Unreadable));
    till.simulator.clear_faults();
    let closing = found(till.register.closing("C1"));
    closing.expect(Verdict::Approved, None);
    assert!(!closing.is(Field::EarlierUnresolved));
    assert_eq!(till.register.unresolved(), (0, 2));
    till.register.recover(true)[1].expect(Verdict::Approved, None);
}

#[test]
fn wire_the_result_of_a_closing_is_never_taken_for_a_sales() {
    let mut till = Till::open();
    till.simulator.personality(|terminal| terminal.answers = Answers::LastWithAskedId);
    till.simulator.next(Ending::DeclinedWithAuthCode);
    till.register.pay("1", 12550).expect(Verdict::Unknown, Some(Code::Contradiction));
    found(till.register.closing("C1")).expect(Verdict::Approved, None);
    // The terminal speaks of its last transaction, under the id of the sale.
    let told = till.register.recover(true);
    let sale = told.iter().find(|told| told.text(Field::SaleId) == Some("1")).expect("it is told");
    sale.expect(Verdict::Unknown, Some(Code::NotOurs));
    assert_eq!(till.simulator.charges(), []);
}

/// It is the terminal that refuses it.
#[test]
fn wire_a_closing_that_is_refused_closes_nothing_and_is_made_again() {
    let till = Till::with_a_sale();
    // One without totals is known by its id.
    till.simulator.personality(|terminal| terminal.closing_without_id = false);
    till.simulator.next(Ending::Declined);
    let refused = found(till.register.closing("C1"));
    refused.expect(Verdict::Declined, None);
    assert_eq!(refused.number(Field::Advice), Some(Advice::NotDone.number().into()));
    assert_eq!(till.simulator.closings(), []);
    // Its batch is still open: the sale can be taken back.
    found(till.register.reverse("R1", "1")).expect(Verdict::Approved, None);
    found(till.register.closing("C1")).expect(Verdict::Approved, None);
    assert_eq!(till.simulator.closings().len(), 1);
}

#[test]
fn wire_a_closing_while_a_sale_runs_is_refused() {
    let mut till = Till::open();
    till.simulator.next(Ending::Never);
    till.simulator.personality(|terminal| terminal.cancel_too_late = true);
    till.register.set_patience(1_000);
    till.register.pay("1", 12550).expect(Verdict::Unknown, Some(Code::StillRunning));
    till.refused(Code::Unresolved, "still running", till.register.closing("C1"));
    assert_eq!(till.simulator.count("closing"), 0);
    till.simulator.screen(comgate_simulator::Screen::Tap);
    till.register.recover(true)[0].expect(Verdict::Approved, None);
    found(till.register.closing("C1")).expect(Verdict::Approved, None);
}

#[test]
fn wire_a_lost_closing_holds_nothing_up_and_is_recovered() {
    let mut till = Till::with_a_sale();
    till.simulator.fault(Fault::always("result", FaultKind::BrokenJson));
    found(till.register.closing("C1")).expect(Verdict::Unknown, Some(Code::Unreadable));
    till.simulator.clear_faults();
    let asked = till.simulator.count("result");
    let next = till.register.pay("2", 12600);
    next.expect(Verdict::Approved, None);
    assert!(!next.is(Field::EarlierUnresolved));
    assert_eq!(
        till.simulator.count("result"),
        asked + 3,
        "only about the sale: the control question, its result, and once more after the confirm"
    );
    let told = till.register.recover(true);
    let closing = told.iter().find(|told| told.text(Field::SaleId) == Some("C1")).expect("it is told");
    closing.expect(Verdict::Approved, None);
    assert_eq!(closing.number(Field::DebitsCount), Some(1));
}

// --- signature -------------------------------------------------------------------------------------------------------------------

/// The sale is taken back by a reversal.
#[test]
fn wire_an_accepted_signature_is_noted_a_rejected_one_takes_the_sale_back() {
    let mut till = Till::open();
    for (sale, accepted) in [("1", true), ("2", false)] {
        let outcome = till.register.pay(sale, 12504);
        outcome.expect(Verdict::Approved, None);
        assert!(outcome.is(Field::SignatureRequired));
        assert_eq!(outcome.number(Field::SignatureAccepted), None);
        assert_eq!(outcome.number(Field::Advice), Some(Advice::SignatureThenHandOver.number().into()));
        let answer = found(till.register.signature_result(sale, accepted));
        answer.expect(Verdict::Approved, None);
        let original = if accepted { answer.text(Field::SaleId) } else { answer.text(Field::OriginalSaleId) };
        assert_eq!(original, Some(sale));
    }
    let accepted = found(till.register.find("1"));
    assert_eq!(accepted.number(Field::SignatureAccepted), Some(1));
    assert_eq!(accepted.number(Field::Advice), Some(Advice::HandOver.number().into()));
    let rejected = found(till.register.find("2"));
    rejected.expect(Verdict::Cancelled, None);
    assert_eq!(rejected.number(Field::SignatureAccepted), Some(0));
    assert_eq!(till.simulator.charges_kept().len(), 1);
    // Said again it is the same; said otherwise it is refused.
    assert!(found(till.register.signature_result("2", false)).is(Field::Adopted));
    till.refused(Code::Signature, "rejected before", till.register.signature_result("2", true));
    assert_eq!(till.simulator.count("reverse"), 1);
    till.register.recover(true);
    assert_eq!(till.register.recover(true).len(), 0);
}

#[test]
fn wire_a_rejected_signature_is_not_about_the_payment_that_came_after_it() {
    let till = Till::open();
    till.register.pay("1", 12504).expect(Verdict::Approved, None);
    found(till.register.signature_result("1", false)).expect(Verdict::Approved, None);
    till.register.pay("1", 12505).expect(Verdict::Approved, None);
    till.refused(Code::Signature, "no signature", till.register.signature_result("1", false));
    found(till.register.find("1")).expect(Verdict::Approved, None);
    assert_eq!(till.simulator.charges_kept().len(), 1);
}

/// Nobody knows whether the sale still stands, because its reversal is not decided.
#[test]
fn wire_a_signature_is_not_accepted_for_a_sale_that_may_not_stand() {
    let mut till = Till::open();
    till.register.pay("1", 12504).expect(Verdict::Approved, None);
    till.simulator.fault(Fault::always("result", FaultKind::BrokenJson));
    found(till.register.reverse("R1", "1")).expect(Verdict::Unknown, Some(Code::Unreadable));
    till.refused(Code::Signature, "being reversed as R1", till.register.signature_result("1", true));
    till.simulator.clear_faults();
    till.register.recover(true);
    found(till.register.find("1")).expect(Verdict::Cancelled, None);
}

#[test]
fn wire_an_unanswered_signature_is_told_by_recover_and_holds_nothing_up() {
    let mut till = Till::open();
    till.register.pay("1", 12504).expect(Verdict::Approved, None);
    assert_eq!(till.register.acknowledge("1"), 0);
    assert_eq!(till.register.unresolved(), (0, 0));
    till.register.pay("2", 12600).expect(Verdict::Approved, None);
    assert_eq!(till.register.acknowledge("2"), 0);
    found(till.register.closing("C1")).expect(Verdict::Approved, None);
    assert_eq!(till.register.acknowledge("C1"), 0);
    for _ in 0..2 {
        let told = till.register.recover(true);
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].text(Field::SaleId), Some("1"));
        assert!(told[0].is(Field::SignatureRequired));
    }
    found(till.register.signature_result("1", true)).expect(Verdict::Approved, None);
    assert_eq!(till.register.recover(true).len(), 0);
}

#[test]
fn wire_a_signature_that_nobody_asked_for_is_refused() {
    let till = Till::with_a_sale();
    till.refused(Code::NotFound, "no such sale", till.register.signature_result("no such sale", true));
    till.refused(Code::Signature, "no signature", till.register.signature_result("1", false));
    assert_eq!(till.simulator.count("reverse"), 0);
    assert_eq!(till.simulator.charges_kept().len(), 1);
}

// --- the general form --------------------------------------------------------------------------------------------------------------

#[test]
fn wire_a_request_has_what_its_kind_needs_and_nothing_else() {
    let till = Till::open();
    let missing = [
        (Kind::Payment, Code::Amount),
        (Kind::Refund, Code::Amount),
        (Kind::Reversal, Code::Original),
        (Kind::Other, Code::Endpoint),
    ];
    for (kind, code) in missing {
        till.refused(code, "none was set", till.register.run(&Request::new(kind.number(), "1")));
    }
    for kind in [Kind::Reversal, Kind::Closing] {
        let request = Request::new(kind.number(), "1");
        assert_eq!((request.set_amount(100), request.set_original("0")), (0, 0));
        till.refused(Code::Amount, "amount", till.register.run(&request));
    }
    let payment = Request::new(Kind::Payment.number(), "1");
    assert_eq!((payment.set_amount(100), payment.set_original("0")), (0, 0));
    till.refused(Code::Original, "original_sale_id", till.register.run(&payment));
    let closing = Request::new(Kind::Closing.number(), "1");
    assert_eq!(closing.set_endpoint("print"), 0);
    till.refused(Code::Endpoint, "CGT_KIND_OTHER", till.register.run(&closing));
    for ours in ["payment", "confirm", "reverse", "info", "preauth"] {
        assert_eq!(closing.set_endpoint(ours), Code::Endpoint.number());
    }
    for json in ["[]", "{", r#"{"transactionId":"x"}"#, r#"{"Amount":1}"#] {
        assert_eq!(closing.set_extra(json), Code::Extra.number(), "{json}");
    }
    assert_eq!(till.simulator.requests().len(), 0);
}

#[test]
fn wire_any_function_with_an_original_needs_one_that_stands() {
    let till = Till::with_a_sale();
    till.register.pay("declined", 12501).expect(Verdict::Declined, None);
    till.simulator.endpoint("completion", Form::Operation);
    let request = Request::new(Kind::Other.number(), "O1");
    assert_eq!((request.set_endpoint("completion"), request.set_amount(100)), (0, 0));
    for (original, words) in [("no such sale", "not known"), ("declined", "without a charge")] {
        assert_eq!(request.set_original(original), 0);
        till.refused(Code::Original, words, till.register.run(&request));
    }
    assert_eq!(till.simulator.count("completion"), 0);
    assert_eq!(request.set_original("1"), 0);
    found(till.register.run(&request)).expect(Verdict::Approved, None);
    let paid = till.sent("payment")[0]["request"]["transactionId"].clone();
    assert_eq!(till.sent("completion")[0]["request"]["originalTransactionId"], paid);
}

/// While it is not decided, the preauthorisation is neither completed nor reversed under another number.
#[test]
fn wire_an_undecided_completion_keeps_its_preauthorisation_from_others() {
    let till = Till::with_a_sale();
    till.simulator.endpoint("preauth-complete", Form::Charge);
    let complete = |number: &str| {
        let request = Request::new(Kind::Other.number(), number);
        assert_eq!((request.set_endpoint("preauth-complete"), request.set_original("1")), (0, 0));
        assert_eq!(request.set_amount(9900), 0);
        till.register.run(&request)
    };
    till.simulator.fault(Fault::always("result", FaultKind::BrokenJson));
    found(complete("O1")).expect(Verdict::Unknown, Some(Code::Unreadable));
    till.refused(Code::Original, "preauth-complete as O1, which is not decided yet", complete("O2"));
    till.refused(Code::Original, "preauth-complete as O1, which is not decided yet", till.register.reverse("R1", "1"));
    assert!(till.register.last_error().contains("cgt_resolve"), "{}", till.register.last_error());
    assert_eq!((till.simulator.count("preauth-complete"), till.simulator.count("reverse")), (1, 0));
    // Under its own number it is asked about.
    found(complete("O1")).expect(Verdict::Unknown, Some(Code::Unreadable));
    till.simulator.clear_faults();
    found(complete("O1")).expect(Verdict::Approved, None);
    assert_eq!(till.simulator.count("preauth-complete"), 1);
}

/// Not before it is decided whether the reversal or the refund was made.
#[test]
fn wire_what_is_being_reversed_or_refunded_is_not_completed_meanwhile() {
    for way in ["reversed", "refunded"] {
        let till = Till::with_a_sale();
        till.simulator.endpoint("preauth-complete", Form::Charge);
        till.simulator.fault(Fault::always("result", FaultKind::BrokenJson));
        let back = match way {
            "reversed" => till.register.reverse("B1", "1"),
            _ => till.register.refund("B1", Some("1"), 100),
        };
        found(back).expect(Verdict::Unknown, Some(Code::Unreadable));
        let request = Request::new(Kind::Other.number(), "O1");
        assert_eq!((request.set_endpoint("preauth-complete"), request.set_original("1")), (0, 0));
        let words = format!("is being {way} as B1, which is not decided yet");
        till.refused(Code::Original, &words, till.register.run(&request));
        assert_eq!(till.simulator.count("preauth-complete"), 0);
    }
}

#[test]
fn wire_extra_fields_and_another_company_go_with_any_start() {
    let till = Till::open();
    let request = Request::new(Kind::Payment.number(), "1");
    assert_eq!((request.set_amount(12550), request.set_daughter_company_id("77")), (0, 0));
    assert_eq!(request.set_extra(r#"{"printReceipt": false, "nested": {"amount": 1}}"#), 0);
    found(till.register.run(&request)).expect(Verdict::Approved, None);
    let body = &till.sent("payment")[0]["request"];
    assert_eq!(body["printReceipt"], false);
    assert_eq!(body["nested"]["amount"], 1);
    assert_eq!(body["daughterCompanyId"], "77");
    assert_eq!(body["amount"], 12550);
}

#[test]
fn wire_a_terminal_without_a_function_does_not_start_it() {
    let till = Till::with_a_sale();
    for endpoint in ["refund", "reverse", "closing"] {
        till.simulator.fault(Fault::always(endpoint, FaultKind::NotSupported));
    }
    found(till.register.refund("F1", Some("1"), 100)).expect(Verdict::NotStarted, Some(Code::NotSupported));
    found(till.register.reverse("R1", "1")).expect(Verdict::NotStarted, Some(Code::NotSupported));
    found(till.register.closing("C1")).expect(Verdict::NotStarted, Some(Code::NotSupported));
    let request = Request::new(Kind::Other.number(), "O1");
    assert_eq!(request.set_endpoint("no-such-function"), 0);
    found(till.register.run(&request)).expect(Verdict::NotStarted, Some(Code::NotSupported));
    assert_eq!(till.simulator.charges_kept().len(), 1);
}

#[test]
fn wire_a_busy_terminal_starts_none_of_them() {
    for busy in [Busy::NotStarted, Busy::Http409, Busy::Http503] {
        let till = Till::with_a_sale();
        till.simulator.personality(|terminal| terminal.busy = busy);
        let other = Folder::new();
        till.simulator.next(Ending::Never);
        let neighbour = Register::at(&till.simulator, &other);
        let steps = neighbour.begin("x", 100).expect("it is free");
        steps.until(10, || till.simulator.count("payment") >= 2);
        till.register.set_patience(1_000);
        let reversal = found(till.register.reverse("R1", "1"));
        assert_ne!(reversal.verdict, Verdict::Approved.number(), "{busy:?}");
        assert_eq!(till.simulator.charges_kept().len(), 1, "the sale stands");
        drop(steps);
    }
}

/// It is also followed and confirmed like one.
#[test]
fn wire_any_other_function_is_journalled_and_recovered_like_a_payment() {
    let till = Till::with_a_sale();
    till.simulator.endpoint("preauth-complete", Form::Charge);
    let request = Request::new(Kind::Other.number(), "O1");
    assert_eq!(request.set_endpoint("preauth-complete"), 0);
    assert_eq!((request.set_amount(9900), request.set_original("1"), request.set_extra(r#"{"mode":7}"#)), (0, 0, 0));
    till.simulator.fault(Fault::once("preauth-complete", FaultKind::LoseReply));
    till.simulator.fault(Fault::always("status", FaultKind::Drop));
    till.simulator.fault(Fault::always("result", FaultKind::Drop));
    till.register.set_patience(1_000);
    found(till.register.run(&request)).expect(Verdict::Unknown, Some(Code::ContactLost));
    till.simulator.clear_faults();
    let mut till = till.restarted();
    let told = till.register.recover(true);
    let other = told.iter().find(|told| told.text(Field::SaleId) == Some("O1")).expect("it is told");
    other.expect(Verdict::Approved, None);
    assert_eq!(other.number(Field::Kind), Some(Kind::Other.number().into()));
    assert_eq!(other.number(Field::AmountApproved), Some(9900));

    let sale = found(till.register.find("1"));
    let body = &till.sent("preauth-complete")[0]["request"];
    assert_eq!(body["mode"], 7);
    assert_eq!(body["originalTransactionId"].as_str(), sale.text(Field::TransactionId));
    assert_eq!(till.simulator.count("confirm"), 2);
    till.refused(Code::SaleUsed, "O1", till.register.run(&request));
    assert_eq!(till.simulator.count("preauth-complete"), 1);
}

#[test]
fn wire_a_closing_behind_the_registers_back_leaves_the_terminal_to_decide() {
    let till = Till::with_a_sale();
    till.simulator.close(ClosedBy::Schedule).expect("nothing runs");
    found(till.register.reverse("R1", "1")).expect(Verdict::NotStarted, Some(Code::RequestRefused));
    found(till.register.find("1")).expect(Verdict::Approved, None);
    found(till.register.refund("F1", Some("1"), 12550)).expect(Verdict::Approved, None);
    assert_eq!((till.simulator.reversals().len(), till.simulator.refunds_kept().len()), (0, 1));
}
