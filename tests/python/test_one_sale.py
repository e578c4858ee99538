"""One sale by its number: what is known of it, what the terminal says, what a person decides, what is stored."""

import os
import threading
from typing import List
from unittest import mock

from comgate_terminal import Advice, Code, ComgateError, Outcome, UnresolvedCount, Verdict
from comgate_terminal._loader import load
from shop import ShopTest, once_waiting

NOTE = "paní Žofie Nováková, podle výpisu z účtu č. 7"


class SaleTest(ShopTest):
    def switch_off(self) -> None:
        self.simulator.fault("any", "drop", times=1_000)

    def switch_on(self) -> None:
        self.simulator.control("DELETE", "/faults")

    def found(self, sale_id: str = "1") -> Outcome:
        outcome = self.terminal.find(sale_id)
        assert outcome is not None
        return outcome

    def refused(self, code: Code, call: object, *arguments: object) -> ComgateError:
        assert callable(call)
        with self.assertRaises(ComgateError) as caught:
            call(*arguments)
        self.assertIs(caught.exception.code, code, caught.exception)
        return caught.exception


class Finding(SaleTest):
    def test_wire_sale_that_never_was_is_none_to_find_and_an_error_to_the_rest(self) -> None:
        self.assertIsNone(self.terminal.find("účet č. 1"))
        t = self.terminal
        error = self.refused(Code.NOT_FOUND, t.query, "účet č. 1")
        self.assertIn("účet č. 1", error.message)
        self.refused(Code.NOT_FOUND, t.resolve, "účet č. 1", True, NOTE)
        self.refused(Code.NOT_FOUND, t.acknowledge, "účet č. 1")
        self.refused(Code.NOT_FOUND, t.acknowledge_transaction, "00000000-0000-4000-8000-000000000000")
        self.assertEqual(self.simulator.requests(), [])

    def test_wire_found_sale_is_the_outcome_that_was_handed_out_and_nothing_is_sent(self) -> None:
        paid = self.pay("účet č. 1")
        before = len(self.simulator.requests())
        found = self.found("účet č. 1")
        self.assertEqual((found.verdict, found.transaction_id), (Verdict.APPROVED, paid.transaction_id))
        self.assertEqual((found.auth_code, found.pan, found.amount), (paid.auth_code, paid.pan, paid.amount))
        self.assertEqual(len(self.simulator.requests()), before)
        self.terminal.acknowledge("účet č. 1")
        self.assertIs(self.found("účet č. 1").verdict, Verdict.APPROVED, "also when it is stored")

    def test_wire_sale_with_a_lost_result_is_found_unknown_until_the_terminal_was_asked(self) -> None:
        self.simulator.fault("result", "broken-json", times=1_000)
        unknown = self.pay()
        self.expect(unknown, Verdict.UNKNOWN)
        self.simulator.control("DELETE", "/faults")
        self.assertIs(self.found().verdict, Verdict.UNKNOWN)
        self.assertIs(self.found().reason, Code.UNREADABLE)
        asked = self.terminal.query("1")
        self.expect(asked, Verdict.APPROVED)
        self.assertTrue(asked.recovered)
        self.assertEqual(asked.transaction_id, unknown.transaction_id)
        self.expect(self.found(), Verdict.APPROVED)
        self.assertEqual(len(self.simulator.charges()), 1)

    def test_wire_newest_attempt_is_the_one_that_is_found(self) -> None:
        self.expect(self.pay(amount=12501), Verdict.DECLINED)
        self.expect(self.found(), Verdict.DECLINED)
        self.pay(amount=12550)
        self.expect(self.found(), Verdict.APPROVED)

    def test_wire_register_finds_only_its_own_sales(self) -> None:
        self.pay()
        self.terminal.set_register_id("přízemí")
        self.assertIsNone(self.terminal.find("1"))
        self.assertFalse(self.terminal.unresolved_count())


class Querying(SaleTest):
    def test_wire_query_of_a_decided_sale_sends_nothing(self) -> None:
        self.pay()
        before = len(self.simulator.requests())
        self.expect(self.terminal.query("1"), Verdict.APPROVED)
        self.assertEqual(len(self.simulator.requests()), before)

    def test_wire_query_with_the_terminal_off_is_unknown_and_no_exception(self) -> None:
        self.charge_without_knowing()
        self.switch_off()
        outcome = self.terminal.query("1")
        self.expect(outcome, Verdict.UNKNOWN)
        self.assertIs(outcome.advice, Advice.CHECK_TERMINAL)
        self.switch_on()
        self.expect(self.terminal.query("1"), Verdict.APPROVED)

    def test_wire_query_follows_a_sale_that_still_runs_and_is_blind_to_old_wishes(self) -> None:
        self.kill_a_register_in_mid_payment("1")
        self.terminal.cancel()
        told: List[str] = []

        def on_status(text: str) -> None:
            if not told:
                self.simulator.tap()
            told.append(text)

        self.expect(self.terminal.query("1", on_status=on_status), Verdict.APPROVED)
        self.assertEqual(told[0], "Zjišťuji, jak dopadl prodej 1")
        self.assertEqual(self.simulator.count("cancel"), 0)

    def test_wire_query_that_is_stopped_leaves_the_sale_to_its_customer(self) -> None:
        self.kill_a_register_in_mid_payment("1")
        self.expect(self.terminal.query("1", should_cancel=lambda: True), Verdict.UNKNOWN)
        self.assertEqual(self.simulator.count("cancel"), 0)
        # Paid again under its number it is the one that is meant.
        self.expect(self.terminal.pay("1", 12531, "CZK", should_cancel=lambda: True), Verdict.NOT_STARTED)
        self.assertEqual((self.simulator.charges(), self.simulator.count("cancel")), ([], 1))

    def test_wire_sale_that_still_runs_is_not_a_persons_to_decide(self) -> None:
        self.kill_a_register_in_mid_payment("1")
        self.refused(Code.UNRESOLVED, self.terminal.resolve, "1", False, NOTE)
        self.assertIs(self.found().verdict, Verdict.UNKNOWN)


class Resolving(SaleTest):
    def test_wire_person_decides_where_the_terminal_has_forgotten(self) -> None:
        self.simulator.personality(lists="missing")
        for charged, verdict in ((True, Verdict.APPROVED), (False, Verdict.CANCELLED)):
            sale = f"účet {charged}"
            self.charge_without_knowing(sale)
            self.simulator.control("POST", "/restart")
            self.terminal.resolve(sale, charged, NOTE)
            outcome = self.found(sale)
            self.expect(outcome, verdict)
            self.assertEqual((outcome.resolved, outcome.note), (True, NOTE))
            self.assertEqual(outcome.to_dict()["note"], NOTE)
            self.refused(Code.DECIDED, self.terminal.resolve, sale, not charged, "jinak")
            self.assertEqual(self.found(sale), outcome, "the second wish changed nothing")
            self.assertEqual(self.terminal.unresolved_count(), (0, int(charged)))
            if charged:
                self.terminal.acknowledge(sale)
        written = "".join(file.read_text("utf-8") for file in self.journal.iterdir() if file.suffix == ".log")
        self.assertIn(NOTE, written)

    def test_wire_longest_note_is_kept_whole(self) -> None:
        note = "č" * 100
        self.charge_without_knowing()
        self.switch_off()
        self.terminal.resolve("1", True, note)
        self.assertEqual(self.found().note, note)

    def test_wire_terminals_verdict_wins_over_a_persons(self) -> None:
        self.charge_without_knowing()
        error = self.refused(Code.DECIDED, self.terminal.resolve, "1", False, NOTE)
        self.assertIn("APPROVED", error.message)
        outcome = self.found()
        self.expect(outcome, Verdict.APPROVED)
        self.assertEqual((outcome.resolved, outcome.note), (False, None))

    def test_wire_person_who_says_what_the_terminal_says_is_no_error(self) -> None:
        self.charge_without_knowing()
        self.terminal.resolve("1", True, NOTE)
        self.assertFalse(self.found().resolved, "it is the terminal that decided")

    def test_wire_person_decides_nothing_about_a_paid_sale(self) -> None:
        self.pay()
        self.refused(Code.DECIDED, self.terminal.resolve, "1", False, NOTE)
        self.expect(self.found(), Verdict.APPROVED)

    def test_wire_terminal_that_contradicts_a_person_later_is_told_until_it_is_stored(self) -> None:
        self.charge_without_knowing()
        self.switch_off()
        self.terminal.resolve("1", False, NOTE)
        self.switch_on()
        for _ in range(2):
            (told,) = self.terminal.recover()
            self.expect(told, Verdict.APPROVED)
            self.assertIs(told.reason, Code.RESOLVED_OTHERWISE)
            self.assertIs(told.advice, Advice.CALL_SUPERVISOR)
        self.terminal.acknowledge_transaction(told.transaction_id)
        self.assertEqual(self.terminal.recover(), [])


    def test_wire_sale_a_person_called_unpaid_is_asked_for_before_it_is_paid(self) -> None:
        self.charge_without_knowing()
        first = self.found()
        self.switch_off()
        self.terminal.resolve("1", False, NOTE)
        self.switch_on()
        again = self.pay(amount=self.SLOW)
        self.expect(again, Verdict.APPROVED)
        self.assertTrue(again.adopted)
        self.assertEqual(again.transaction_id, first.transaction_id)
        self.refused(Code.SALE_MISMATCH, self.pay)
        self.assertEqual((len(self.simulator.charges()), self.simulator.count("payment")), (1, 1))


class Storing(SaleTest):
    def test_wire_two_charges_of_one_sale_are_acknowledged_one_by_one(self) -> None:
        """A person said "not charged", the terminal did not know better when it was asked, and comes to know it later."""
        self.charge_without_knowing()
        first = self.found()
        self.switch_off()
        self.terminal.resolve("1", False, NOTE)
        self.switch_on()
        for endpoint in ("status", "result", "transactions", "last_transaction"):
            self.simulator.fault(endpoint, {"answer": [404, '{"message": "Unknown transaction"}']}, times=1_000)
        # The second attempt is on disk: the terminal has been asked.
        self.terminal.on_payment(lambda *_: self.switch_on())
        second = self.pay()
        self.terminal.on_payment(None)
        self.expect(second, Verdict.APPROVED)
        self.assertNotEqual(second.transaction_id, first.transaction_id)
        self.assertEqual(self.transactions(), [second.transaction_id, first.transaction_id], "newest first")
        self.assertEqual(self.terminal.unresolved_count(), (0, 2))
        self.terminal.acknowledge_transaction(first.transaction_id)
        self.terminal.acknowledge_transaction(first.transaction_id)
        self.assertEqual(self.transactions(), [second.transaction_id])
        self.terminal.acknowledge_transaction(second.transaction_id)
        self.assertEqual(self.transactions(), [])
        self.assertEqual(len(self.simulator.charges()), 2)

    def transactions(self) -> List[str]:
        outcomes = self.terminal.recover()
        self.assertEqual({outcome.sale_id for outcome in outcomes} - {"1"}, set())
        return [outcome.transaction_id for outcome in outcomes]

    def test_wire_replayed_queue_acknowledges_nothing_that_was_not_told(self) -> None:
        """After a restart: the sale's number alone says nothing. Recover tells it, or the till names the transaction it has stored."""
        first, second = self.pay("1"), self.pay("2")
        restarted = self.open()
        error = self.refused(Code.UNDECIDED, restarted.acknowledge, "1")
        self.assertIn("was not told to this handle", error.message)
        self.assertIn("call recover, or acknowledge_transaction with", error.message, "the names of this package")
        self.assertEqual(restarted.unresolved_count(), (0, 2))
        restarted.acknowledge_transaction(first.transaction_id)
        self.assertEqual([told.transaction_id for told in restarted.recover()], [second.transaction_id])
        restarted.acknowledge("2")
        self.assertFalse(restarted.unresolved_count())

    def test_wire_undecided_outcome_cannot_be_acknowledged_either_way(self) -> None:
        self.charge_without_knowing()
        self.refused(Code.UNDECIDED, self.terminal.acknowledge, "1")
        self.refused(Code.UNDECIDED, self.terminal.acknowledge_transaction, self.found().transaction_id)

    def test_wire_outcome_without_a_charge_may_be_acknowledged_and_nothing_changes(self) -> None:
        declined = self.pay(amount=12501)
        self.terminal.acknowledge_transaction(declined.transaction_id)
        self.terminal.acknowledge("1")
        self.assertEqual(self.terminal.unresolved_count(), (0, 0))

    def test_wire_unresolved_sales_are_counted(self) -> None:
        count = self.terminal.unresolved_count()
        self.assertEqual(count, UnresolvedCount(undecided=0, unacknowledged=0))
        self.assertFalse(count)
        self.pay("paid")
        self.pay("declined", 12501)
        self.charge_without_knowing("unknown")
        before = len(self.simulator.requests())
        count = self.terminal.unresolved_count()
        self.assertEqual((count.undecided, count.unacknowledged), (1, 1))
        self.assertTrue(count)
        self.assertEqual(len(self.simulator.requests()), before)
        self.terminal.query("unknown")
        self.assertEqual(self.terminal.unresolved_count(), (0, 2))
        for sale in ("paid", "unknown"):
            self.terminal.acknowledge(sale)
        self.assertFalse(self.terminal.unresolved_count())


class Journal(SaleTest):
    def test_wire_without_a_journal_one_terminal_remembers_and_nobody_else(self) -> None:
        state = self.journal / "state"
        with mock.patch.dict(os.environ, {"XDG_STATE_HOME": str(state)}):
            demonstration = self.open(journal_dir=None, no_journal=True)
            paid = demonstration.pay("1", 12550, "CZK")
            self.expect(paid, Verdict.APPROVED)
            self.assertTrue(demonstration.pay("1", 12550, "CZK").adopted)
            self.assertEqual(demonstration.unresolved_count(), (0, 1))
            self.assertIsNone(self.open(journal_dir=None, no_journal=True).find("1"))
        self.assertFalse(state.exists(), "nothing is written")

    def test_wire_default_folder_is_used_where_none_is_named(self) -> None:
        with mock.patch.dict(os.environ, {"XDG_STATE_HOME": str(self.journal)}):
            default = self.open(journal_dir=None)
            self.expect(default.pay("1", 12550, "CZK"), Verdict.APPROVED)
        self.assertTrue(list((self.journal / "comgate-terminal").glob("*.log")))

    def test_api_any_drive_is_allowed_before_the_folder_is_looked_at(self) -> None:
        calls = mock.Mock()
        names = ("cgt_terminal_allow_any_drive", "cgt_terminal_set_journal_dir")
        with mock.patch.multiple(load(), **{name: getattr(calls, name) for name in names}):
            for name in names:
                getattr(calls, name).return_value = Code.CALL_OK
            for any_drive in (False, True):
                calls.reset_mock()
                self.open(any_drive=any_drive)
                self.assertEqual([call[0] for call in calls.mock_calls], list(names))
                self.assertEqual(calls.mock_calls[0][1][1], int(any_drive))
        self.expect(self.open(any_drive=True).pay("1", 12550, "CZK"), Verdict.APPROVED)

    def test_wire_retention_within_its_limits_is_taken(self) -> None:
        for days in (30, 400):
            self.terminal.set_retention_days(days)
            self.expect(self.pay(str(days)), Verdict.APPROVED)


class Interrupted(SaleTest):
    def test_api_exception_of_a_callback_during_query_carries_the_outcome(self) -> None:
        self.charge_without_knowing()

        def on_status(_: str) -> None:
            raise RuntimeError("displej")

        with self.assertRaises(ComgateError) as caught:
            self.terminal.query("1", on_status=on_status)
        self.assertIsInstance(caught.exception.__cause__, RuntimeError)
        assert caught.exception.outcome is not None
        self.assertEqual(caught.exception.outcome.sale_id, "1")
        self.expect(self.terminal.query("1"), Verdict.APPROVED)

    def test_api_second_thread_that_finds_in_mid_payment_gets_busy(self) -> None:
        codes: List[Code] = []
        waiting, tried = threading.Event(), threading.Event()

        def second() -> None:
            waiting.wait()
            codes.append(self.refused(Code.BUSY, self.terminal.find, "1").code)
            tried.set()

        thread = threading.Thread(target=second)
        thread.start()
        self.pay(amount=self.SLOW, on_status=once_waiting(waiting.set), should_cancel=tried.is_set)
        thread.join()
        self.assertEqual(codes, [Code.BUSY])
        other = self.open()
        self.assertIsNotNone(other.find("1"), "another terminal object may look at any time")
