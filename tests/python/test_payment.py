"""Paying on the simulator: each verdict with what belongs to it."""

import os
import pickle
import shutil
import threading
from typing import List, Tuple
from unittest import mock

import comgate_terminal
from comgate_terminal import Advice, Code, ComgateError, Event, Phase, StatusText, Verdict
from shop import ShopTest, once_waiting


class Payment(ShopTest):
    def test_wire_approved_payment_has_every_field_of_the_receipt(self) -> None:
        outcome = self.pay("2026-11-23/1/42", 12550)
        self.expect(outcome, Verdict.APPROVED)
        self.assertEqual((outcome.sale_id, outcome.amount, outcome.currency), ("2026-11-23/1/42", 12550, "CZK"))
        result = self.simulator.result(outcome.transaction_id)
        self.assertEqual((outcome.auth_code, outcome.pan), (result["authCode"], result["pan"]))
        self.assertEqual((outcome.sequence_number, outcome.terminal_time), (result["sequenceNumber"], result["dateTimeTerminal"]))
        self.assertRegex(outcome.auth_code or "", r"^\d{6}$")
        self.assertRegex(outcome.pan or "", r"^\d{6}\*{6}\d{4}$")
        self.assertEqual((outcome.reason, outcome.advice, outcome.tip), (None, Advice.HAND_OVER, None))
        self.assertTrue(outcome.simulated)
        for value in (outcome.transaction_id, outcome.aid, outcome.terminal_id, outcome.started_at, outcome.ended_at):
            self.assertTrue(value)
        self.assertEqual([charge["confirmed"] for charge in self.simulator.charges()], [True])
        self.terminal.acknowledge(outcome.sale_id)
        self.assertEqual(self.terminal.recover(), [])

    def test_wire_tip_is_part_of_the_approved_amount(self) -> None:
        outcome = self.pay(amount=10006)
        self.assertEqual((outcome.amount, outcome.amount_requested, outcome.tip), (11006, 10006, 1000))

    def test_wire_signature_and_voucher_are_told(self) -> None:
        signature = self.pay("signature", 10004)
        self.assertTrue(signature.signature_required)
        self.assertIs(signature.advice, Advice.SIGNATURE)
        self.assertEqual(self.pay("voucher", 10007).available_balance, 50_000)

    def test_wire_declined_payment_has_the_terminals_words_and_may_be_tried_again(self) -> None:
        outcome = self.pay(amount=12501)
        self.expect(outcome, Verdict.DECLINED)
        self.assertTrue(outcome.response_message)
        self.assertEqual((outcome.amount, outcome.amount_approved, outcome.auth_code), (12501, None, None))
        self.assertIs(outcome.advice, Advice.NOT_PAID)
        self.assertEqual(self.terminal.recover(), [])
        self.expect(self.pay(amount=12550), Verdict.APPROVED)

    def test_wire_refused_start_is_not_started_with_its_reason(self) -> None:
        outcome = self.pay(amount=12520)
        self.expect(outcome, Verdict.NOT_STARTED)
        self.assertIs(outcome.reason, Code.START_REFUSED)

    def test_wire_nobody_there_is_not_started_and_no_exception(self) -> None:
        # No free port is 1; the one of a simulator that is gone might be another's by now.
        outcome = self.open(port=1).pay("1", 12550, "CZK")
        self.expect(outcome, Verdict.NOT_STARTED)
        self.assertIs(outcome.reason, Code.REFUSED)

    def test_wire_doubtful_approval_is_unknown_and_stays_open(self) -> None:
        outcome = self.pay(amount=12510)
        self.expect(outcome, Verdict.UNKNOWN)
        self.assertIs(outcome.reason, Code.AMOUNT_DIFFERS)
        self.assertIs(outcome.advice, Advice.CALL_SUPERVISOR)
        with self.assertRaises(ComgateError) as caught:
            self.terminal.acknowledge("1")
        self.assertIs(caught.exception.code, Code.UNDECIDED)
        self.assertEqual(caught.exception.band, 1)

    def test_wire_sale_paid_twice_is_charged_once(self) -> None:
        first = self.pay()
        again = self.pay()
        self.assertTrue(again.adopted)
        self.assertEqual(again.transaction_id, first.transaction_id)
        self.terminal.acknowledge("1")
        for amount, code in ((12550, Code.SALE_USED), (12500, Code.SALE_MISMATCH)):
            with self.assertRaises(ComgateError) as caught:
                self.pay(amount=amount)
            self.assertIs(caught.exception.code, code)
            self.assertIsNone(caught.exception.outcome)
        self.assertEqual(len(self.simulator.charges()), 1)

    def test_wire_error_has_a_sentence_for_the_cashier(self) -> None:
        self.pay()
        self.terminal.acknowledge("1")
        for language, paid in (
            ("cs", "Toto číslo je už zaplacené: prodej 1, 125,50 Kč, "),
            ("sk", "Toto číslo je už zaplatené: predaj 1, 125,50 Kč, "),
            ("en", "This number is paid already: sale 1, 125.50 CZK, "),
        ):
            self.terminal.set_language(language)
            with self.assertRaises(ComgateError) as caught:
                self.pay()
            self.assertTrue(caught.exception.advice_text.startswith(paid), caught.exception.advice_text)
            self.assertIn("acknowledged by the register", caught.exception.message)
        again = pickle.loads(pickle.dumps(caught.exception))
        self.assertEqual(again.advice_text, caught.exception.advice_text)

    def test_wire_acknowledgement_without_a_journal_does_not_say_that_nothing_was_sent(self) -> None:
        self.expect(self.pay(), Verdict.APPROVED)
        shutil.rmtree(self.journal)
        with self.assertRaises(ComgateError) as caught:
            self.terminal.acknowledge("1")
        error = caught.exception
        self.assertIs(error.code, Code.JOURNAL)
        self.assertNotIn("othing was sent", str(error))
        self.assertIn("Co je zaplacené, zůstává zaplacené", error.advice_text)
        self.journal.mkdir()

    def test_wire_should_cancel_cancels(self) -> None:
        pressed = threading.Event()
        outcome = self.pay(amount=self.SLOW, on_status=once_waiting(pressed.set), should_cancel=pressed.is_set)
        self.expect(outcome, Verdict.CANCELLED)
        self.assertTrue(outcome.cancel_asked)
        self.assertEqual(self.simulator.charges(), [])

    def test_wire_cancel_before_the_start_sends_no_start(self) -> None:
        outcome = self.pay(should_cancel=lambda: True)
        self.expect(outcome, Verdict.NOT_STARTED)
        self.assertIs(outcome.reason, Code.CANCELLED_EARLY)
        self.assertEqual(self.simulator.count("payment"), 0)

    def test_wire_cancel_while_another_register_holds_the_terminal_is_an_error_without_outcome(self) -> None:
        other = self.open()
        with other.begin("other", self.SLOW, "CZK") as running:
            while self.simulator.count("status") == 0:
                running.step()
            with self.assertRaises(ComgateError) as caught:
                self.pay(should_cancel=lambda: True)
        self.assertIs(caught.exception.code, Code.CANCELLED_EARLY)
        self.assertEqual((caught.exception.band, caught.exception.outcome), (2, None))
        self.assertIsNone(self.terminal.find("1"))
        self.assertEqual(self.simulator.count("payment"), 1)
        self.expect(self.pay(), Verdict.APPROVED)

    def test_wire_cancel_from_another_thread_cancels(self) -> None:
        waiting = threading.Event()

        def cashier() -> None:
            waiting.wait()
            self.assertTrue(self.terminal.is_busy)
            self.terminal.cancel()

        thread = threading.Thread(target=cashier)
        thread.start()
        outcome = self.pay(amount=self.SLOW, on_status=once_waiting(waiting.set))
        thread.join()
        self.expect(outcome, Verdict.CANCELLED)
        self.assertFalse(self.terminal.is_busy)

    def test_wire_cancel_from_a_callback_cancels(self) -> None:
        outcome = self.pay(amount=self.SLOW, on_status=once_waiting(self.terminal.cancel))
        self.expect(outcome, Verdict.CANCELLED)

    def test_wire_cancel_that_comes_too_late_meets_an_approval(self) -> None:
        """A terminal that says nothing to a cancel and goes on."""
        self.simulator.personality(cancel_too_late=True, cancel_reply="bare")

        def on_status(text: StatusText) -> None:
            if text.phase is Phase.WAITING:
                self.terminal.cancel()
            elif text.phase is Phase.CANCELLING:
                self.simulator.tap()

        outcome = self.pay(amount=self.SLOW, on_status=on_status)
        self.expect(outcome, Verdict.APPROVED)
        self.assertTrue(outcome.cancel_asked)

    def test_wire_cancel_that_the_terminal_refuses_was_not_asked_for(self) -> None:
        """405: it cannot be cancelled now. What the customer then does is not the register's cancel."""
        self.simulator.personality(cancel_too_late=True)
        phases: List[Phase] = []

        tapped = False

        def show(text: StatusText) -> None:
            phases.append(text.phase)

        with self.terminal.begin("1", self.SLOW, "CZK", on_status=show) as running:
            while not running.step(20):
                if not tapped and self.simulator.count("cancel"):
                    tapped = True
                    self.simulator.tap()
                elif Phase.WAITING in phases:
                    self.terminal.cancel()
            outcome = running.finish()
        self.assertTrue(tapped)
        self.expect(outcome, Verdict.APPROVED)
        self.assertFalse(outcome.cancel_asked)
        self.assertNotIn(Phase.CANCELLING, phases)

    def test_wire_customer_who_cancels_is_declined_with_the_reason(self) -> None:
        """A terminal whose code is CANCELLED also where nobody but the customer cancelled."""
        self.simulator.personality(code_names="common")
        outcome = self.pay(amount=12503)
        self.expect(outcome, Verdict.DECLINED)
        self.assertIs(outcome.reason, Code.CANCELLED_AT_TERMINAL)
        self.assertFalse(outcome.cancel_asked)
        self.assertEqual(self.simulator.charges(), [])

    def test_wire_response_code_that_nobody_listed_is_unknown(self) -> None:
        self.simulator.personality(approved_code="ALREADY_DELIVERED", auth_code="missing")
        outcome = self.pay()
        self.expect(outcome, Verdict.UNKNOWN)
        self.assertIs(outcome.reason, Code.CODE_NOT_LISTED)
        self.assertEqual(outcome.response_code, "ALREADY_DELIVERED")

    def test_wire_cancel_while_nothing_runs_does_nothing(self) -> None:
        self.terminal.cancel()
        self.expect(self.pay(), Verdict.APPROVED)

    def test_wire_events_and_phases_come_in_their_order(self) -> None:
        events: List[Tuple[Event, str, str]] = []
        phases: List[Phase] = []
        self.terminal.on_payment(lambda event, sale, transaction: events.append((event, sale, transaction)))
        outcome = self.pay(amount=self.SLOW, on_status=self.then_tap(lambda text: phases.append(text.phase)))
        expected = [Event.INTENT_STORED, Event.STARTED, Event.CONFIRMED, Event.ENDED]
        self.assertEqual(events, [(event, "1", outcome.transaction_id) for event in expected])
        self.assertIs(phases[0], Phase.CONNECTING)
        self.assertIn(Phase.WAITING, phases)
        self.assertIs(phases[-1], Phase.READING_RESULT)
        self.terminal.on_payment(None)
        self.pay("2")
        self.assertEqual(len(events), 4)

    def test_wire_czech_texts_arrive_whole(self) -> None:
        self.simulator.personality(status_language="czech")
        self.terminal.set_register_id("Pokladna č. 1 – přízemí")
        self.terminal.set_cashier("Žofie Černá")
        shown: List[str] = []
        sale_id = "účtenka č. 42 – příliš žluťoučký kůň"
        outcome = self.pay(sale_id, amount=self.SLOW, on_status=self.then_tap(shown.append))
        self.assertEqual(outcome.sale_id, sale_id)
        self.assertEqual(outcome.issuer, "Testovací banka")
        self.assertTrue({"Přiložte kartu", "Probíhá autorizace"} & set(shown), shown)
        self.assertEqual(outcome.advice_text, "Zaplaceno. Předejte zboží a účtenku.")
        self.terminal.acknowledge(sale_id)
        self.assertIn("Terminál není připraven", self.pay("druhý", 12520).reason_text or "")
        written = "".join(file.read_text("utf-8") for file in self.journal.iterdir() if file.suffix == ".log")
        self.assertIn("Žofie Černá", written)

    def test_wire_status_is_told_in_words_for_the_cashier(self) -> None:
        """Terminals of edition 1.5 say code words, which nobody at a till should have to read. The log has them."""
        shown: List[str] = []
        lines: List[str] = []
        comgate_terminal.set_log(lambda level, text: lines.append(text), level=3)
        try:
            self.expect(self.pay(amount=self.SLOW, on_status=self.then_tap(shown.append)), Verdict.APPROVED)
        finally:
            comgate_terminal.set_log(None)
        self.assertEqual(shown[:2], ["Hledám terminál", "Přiložte nebo vložte kartu"])
        self.assertIn("the terminal says WaitForCard", lines)
        self.terminal.set_language("en")
        shown.clear()
        self.expect(self.pay("2", amount=self.SLOW, on_status=self.then_tap(shown.append)), Verdict.APPROVED)
        self.assertEqual(shown[:2], ["Looking for the terminal", "Present or insert the card"])

    def test_wire_reversal_asks_for_yes_and_a_lost_contact_is_told(self) -> None:
        shown: List[StatusText] = []
        self.expect(self.pay(), Verdict.APPROVED)
        self.expect(self.terminal.reverse("R1", "1", on_status=shown.append), Verdict.APPROVED)
        self.assertIn("Potvrďte storno na terminálu (ANO)", shown)
        shown.clear()

        def tell(text: StatusText) -> None:
            shown.append(text)
            if text.phase is Phase.WAITING:
                if Phase.CONTACT_LOST in [text.phase for text in shown]:
                    self.simulator.tap()
                else:
                    self.simulator.fault("status", "broken-json", times=2)

        self.expect(self.pay("2", amount=self.SLOW, on_status=tell), Verdict.APPROVED)
        self.assertIn("Terminál neodpovídá, zkouším to dál", shown)

    def test_wire_language_is_that_of_the_handle(self) -> None:
        self.terminal.set_language("en")
        self.assertEqual(self.pay().advice_text, "Paid. Hand over the goods and the receipt.")

    def test_wire_invoice_number_is_sent(self) -> None:
        self.assertEqual(self.pay(invoice_number="2026000042").invoice_number, "2026000042")
        (start,) = [request for request in self.simulator.requests() if request["endpoint"] == "payment"]
        self.assertIn("2026000042", str(start["body"]))

    def test_wire_proxies_in_the_environment_change_nothing(self) -> None:
        nowhere = "http://127.0.0.1:9"
        names = ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy")
        with mock.patch.dict(os.environ, {name: nowhere for name in names}):
            self.assertEqual(self.terminal.info().id, "SIM00001")
            self.expect(self.pay(), Verdict.APPROVED)

    def test_wire_no_thread_is_started_by_a_payment(self) -> None:
        def threads() -> int:
            return len(os.listdir("/proc/self/task"))

        before = threads()
        during: List[int] = []

        def should_cancel() -> bool:
            during.append(threads())
            return False

        self.expect(self.pay(should_cancel=should_cancel), Verdict.APPROVED)
        self.assertTrue(during)
        self.assertEqual({before, threads(), *during}, {before})


class Asking(ShopTest):
    def test_wire_info_tells_who_is_there(self) -> None:
        info = self.terminal.info()
        self.assertEqual((info.id, info.base_path, info.simulator), ("SIM00001", "/paya", True))

    def test_wire_info_tells_which_paths_answered(self) -> None:
        self.assertEqual(self.terminal.status().versions, ())
        self.assertEqual(self.terminal.info().versions, ("/paya",))

    def test_wire_daughter_companies_can_be_sold_for(self) -> None:
        self.assertEqual(self.terminal.daughter_companies(), [])
        self.simulator.personality(several_merchants=True)
        first, second = self.terminal.daughter_companies()
        self.assertEqual((first, second), ("1001", "1002"))
        self.expect(self.pay(daughter_company_id=second), Verdict.APPROVED)

    def test_wire_daughter_companies_that_are_not_told_are_an_error(self) -> None:
        for said, code in (
            ([200, "{}"], Code.REQUEST_REFUSED),
            ([404, "Endpoint not supported."], Code.NOT_SUPPORTED),
            ([401, ""], Code.SECURE_STRING),
        ):
            self.simulator.fault("daughter_companies", {"answer": said})
            with self.assertRaises(ComgateError) as caught:
                self.terminal.daughter_companies()
            self.assertIs(caught.exception.code, code)
            self.assertTrue(caught.exception.advice_text)

    def test_wire_exchange_gives_the_reply_as_a_dict_or_a_text(self) -> None:
        for said, expected in (('{"printed": true}', {"printed": True}), ("[1]", "[1]"), ("printed", "printed")):
            self.simulator.fault("print", {"answer": [200, said]})
            self.assertEqual(self.terminal.exchange("print", {"text": "Dobrý den"}), expected)
        bodies = [request["body"] for request in self.simulator.requests() if request["endpoint"] == "print"]
        self.assertEqual(bodies, [{"secureString": "27924505", "text": "Dobrý den"}] * 3)

    def test_wire_exchange_that_is_no_success_tells_the_http_status(self) -> None:
        self.simulator.fault("print", {"answer": [500, "no paper"]})
        with self.assertRaises(ComgateError) as caught:
            self.terminal.exchange("print")
        self.assertIs(caught.exception.code, Code.REQUEST_REFUSED)
        self.assertIn("HTTP 500 no paper", caught.exception.message)

    def test_wire_status_tells_whether_the_terminal_is_online(self) -> None:
        status = self.terminal.status()
        self.assertEqual((status.id, status.online), ("SIM00001", True))
        self.assertTrue(status.time)

    def test_wire_info_and_status_after_a_cancelled_sale_are_answered(self) -> None:
        self.pay(amount=self.SLOW, on_status=once_waiting(self.terminal.cancel))
        self.terminal.cancel()
        self.assertEqual(self.terminal.info().id, "SIM00001")
        self.assertTrue(self.terminal.status(check_online=False).simulator)

    def test_wire_info_and_status_see_no_wish_of_an_earlier_sale(self) -> None:
        pressed = threading.Event()
        self.pay(amount=self.SLOW, on_status=once_waiting(pressed.set), should_cancel=pressed.is_set)
        self.assertTrue(pressed.is_set(), "and it stays pressed")
        with self.terminal.begin("2", 12550, "CZK", should_cancel=pressed.is_set) as operation:
            operation.step()
            self.terminal.cancel()
        self.assertEqual(self.terminal.info().id, "SIM00001")
        self.assertTrue(self.terminal.status().online)

    def test_wire_wrong_secret_is_found_without_a_payment(self) -> None:
        terminal = self.open(secure_string="00000000")
        with self.assertRaises(ComgateError) as caught:
            terminal.status(check_online=False)
        self.assertIs(caught.exception.code, Code.SECURE_STRING)
        self.assertNotIn("00000000", str(caught.exception))

    def test_wire_simulator_must_be_allowed(self) -> None:
        self.terminal.allow_simulator(False)
        with self.assertRaises(ComgateError) as caught:
            self.terminal.info()
        self.assertIs(caught.exception.code, Code.SIMULATOR)
        self.assertIs(self.pay().reason, Code.SIMULATOR)

    def test_wire_another_terminal_than_the_bound_one_is_refused(self) -> None:
        self.terminal.set_terminal_id("SIM99999")
        self.assertIs(self.pay().reason, Code.OTHER_TERMINAL)
        self.assertEqual(self.simulator.count("payment"), 0)

    def test_wire_forced_version_is_used(self) -> None:
        self.terminal.set_api_version(6)
        self.assertIs(self.pay().reason, Code.NOT_SUPPORTED)
        self.assertTrue(all(request["path"].startswith("/api/") for request in self.simulator.requests()))

    def test_wire_every_setter_is_taken(self) -> None:
        self.terminal.set_timeouts(connect_ms=2_000, patience_ms=60_000)
        self.terminal.set_timeouts()
        self.terminal.set_poll_interval(200)
        self.terminal.set_retention_days(400)
        self.terminal.set_daughter_company_id("pobočka")
        self.expect(self.pay(), Verdict.APPROVED)
        (start,) = [request for request in self.simulator.requests() if request["endpoint"] == "payment"]
        self.assertIn("pobočka", str(start["body"]))
