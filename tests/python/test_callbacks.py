"""The host's callbacks: what they raise, what they may not do, and the payment in steps."""

import threading
from typing import Any, Callable, List

from comgate_terminal import CallbackError, Code, ComgateError, Event, Operation, Verdict
from shop import ShopTest, once_waiting


class Broken(Exception):
    """Raised by the till itself."""


def breaking(*_: object) -> None:
    raise Broken("printer on fire")


class Raising(ShopTest):
    def caught(self, **callbacks: Any) -> CallbackError:
        with self.assertRaises(CallbackError) as caught:
            self.pay(**callbacks)
        self.assertIsInstance(caught.exception.__cause__, Broken)
        self.assertIn("printer on fire", str(caught.exception))
        return caught.exception

    def test_api_exception_of_on_status_cancels_and_carries_the_outcome(self) -> None:
        error = self.caught(amount=self.SLOW, on_status=once_waiting(breaking))
        assert error.outcome is not None
        self.expect(error.outcome, Verdict.CANCELLED)
        self.assertIs(error.code, Code.CALL_OK)
        self.assertIn("sale 1 is CANCELLED", str(error))
        self.assertEqual(self.simulator.charges(), [])
        self.expect(self.pay("2"), Verdict.APPROVED)

    def test_api_exception_of_should_cancel_before_the_start_sends_nothing(self) -> None:
        error = self.caught(should_cancel=breaking)
        assert error.outcome is not None
        self.expect(error.outcome, Verdict.NOT_STARTED)
        self.assertEqual(self.simulator.count("payment"), 0)

    def test_api_exception_after_the_approval_carries_the_approval(self) -> None:
        def on_payment(event: Event, _sale: str, _transaction: str) -> None:
            if event is Event.CONFIRMED:
                breaking()

        self.terminal.on_payment(on_payment)
        error = self.caught()
        assert error.outcome is not None
        self.expect(error.outcome, Verdict.APPROVED)
        self.terminal.acknowledge(error.outcome.sale_id)

    def test_api_keyboard_interrupt_and_system_exit_stay_what_they_are(self) -> None:
        for number, kind in enumerate((KeyboardInterrupt, SystemExit)):

            def on_status(_: str, kind: Callable[[], BaseException] = kind) -> None:
                raise kind()

            with self.assertRaises(kind) as caught:
                self.pay(str(number), on_status=on_status)
            self.expect(getattr(caught.exception, "outcome"), Verdict.NOT_STARTED)

    def test_api_should_cancel_may_answer_anything_true_and_on_status_anything(self) -> None:
        self.expect(self.pay("1", should_cancel=lambda: []), Verdict.APPROVED)
        self.expect(self.pay("2", on_status=lambda text: self.pay), Verdict.APPROVED)
        self.expect(self.pay("3", should_cancel=lambda: ["yes"]), Verdict.NOT_STARTED)


class Calling(ShopTest):
    def test_api_callback_that_calls_back_gets_busy(self) -> None:
        calls: List[Callable[[], object]] = [
            lambda: self.pay("2"),
            lambda: self.terminal.begin("2", 12550, "CZK"),
            self.terminal.recover,
            self.terminal.info,
            self.terminal.status,
            self.terminal.close,
            lambda: self.terminal.acknowledge("1"),
            lambda: self.terminal.acknowledge_transaction("1"),
            lambda: self.terminal.find("1"),
            lambda: self.terminal.query("1"),
            lambda: self.terminal.resolve("1", True, "uvnitř"),
            self.terminal.unresolved_count,
            lambda: self.terminal.set_language("en"),
            self.terminal.allow_simulator,
        ]
        codes: List[Code] = []

        def call_back() -> None:
            self.assertTrue(self.terminal.is_busy)
            for call in calls:
                try:
                    call()
                except ComgateError as error:
                    codes.append(error.code)

        self.expect(self.pay(on_status=once_waiting(call_back)), Verdict.APPROVED)
        self.assertEqual(codes, [Code.BUSY] * len(calls))
        self.assertEqual(self.simulator.count("payment"), 1)

    def test_api_callback_may_use_another_terminal(self) -> None:
        other = self.open()
        found: List[Any] = []
        self.expect(self.pay(on_status=once_waiting(lambda: found.append(other.info().id))), Verdict.APPROVED)
        self.assertEqual(found, ["SIM00001"])

    def test_api_second_thread_gets_busy_and_the_first_its_outcome(self) -> None:
        codes: List[Code] = []
        waiting, tried = threading.Event(), threading.Event()

        def second() -> None:
            waiting.wait()
            try:
                self.pay("2")
            except ComgateError as error:
                codes.append(error.code)
            tried.set()

        thread = threading.Thread(target=second)
        thread.start()
        outcome = self.pay(amount=self.SLOW, on_status=once_waiting(waiting.set), should_cancel=tried.is_set)
        thread.join()
        self.expect(outcome, Verdict.CANCELLED)
        self.assertEqual(codes, [Code.BUSY])
        self.assertEqual(self.simulator.count("payment"), 1)

    def test_api_callbacks_are_only_those_of_the_payment_they_were_given_to(self) -> None:
        first: List[str] = []
        self.pay("1", on_status=first.append)
        count = len(first)
        self.pay("2")
        self.assertEqual(len(first), count)


class Steps(ShopTest):
    def begin(self, **settings: Any) -> Operation:
        return self.terminal.begin("1", settings.pop("amount", 12550), "CZK", **settings)

    def test_wire_payment_in_steps_ends_like_one_in_a_piece(self) -> None:
        phases: List[str] = []
        with self.begin(on_status=lambda text: phases.append(text.phase.name)) as operation:
            self.assertTrue(self.terminal.is_busy)
            self.assertEqual(self.simulator.requests(), [], "nothing is sent before the first step")
            while not operation.step(wait_ms=50):
                pass
            self.expect(operation.finish(), Verdict.APPROVED)
        self.assertEqual((phases[0], phases[-1]), ("CONNECTING", "READING_RESULT"))
        self.assertFalse(self.terminal.is_busy)

    def test_wire_operation_left_before_its_end_is_cancelled(self) -> None:
        with self.begin(amount=self.SLOW) as operation:
            while self.simulator.count("status") == 0:
                operation.step()
        self.assertEqual((self.simulator.count("cancel"), self.simulator.charges()), (1, []))
        self.assertEqual(self.terminal.recover(), [])

    def test_wire_operation_dropped_without_close_is_cancelled_too(self) -> None:
        operation = self.begin(amount=self.SLOW)
        while self.simulator.count("status") == 0:
            operation.step()
        del operation
        self.assertEqual(self.simulator.count("cancel"), 1)
        self.assertFalse(self.terminal.is_busy)

    def test_wire_closing_the_terminal_lets_go_of_its_operation(self) -> None:
        operation = self.begin(amount=self.SLOW)
        while self.simulator.count("status") == 0:
            operation.step()
        self.terminal.close()
        self.assertEqual(self.simulator.count("cancel"), 1)
        self.assert_closed(operation)

    def test_api_exception_of_a_callback_in_steps_comes_with_the_outcome(self) -> None:
        with self.begin(amount=self.SLOW, on_status=once_waiting(breaking)) as operation:
            while not operation.step():
                pass
            with self.assertRaises(CallbackError) as caught:
                operation.finish()
        self.assertIsInstance(caught.exception.__cause__, Broken)
        assert caught.exception.outcome is not None
        self.expect(caught.exception.outcome, Verdict.CANCELLED)

    def test_api_exception_of_a_callback_is_not_lost_when_the_operation_is_left(self) -> None:
        told = threading.Event()

        def on_status(_: str) -> None:
            told.set()
            breaking()

        with self.assertRaises(CallbackError), self.begin(on_status=on_status) as operation:
            while not told.is_set():
                operation.step()

    def test_api_steps_out_of_order_are_refused(self) -> None:
        with self.begin() as operation:
            self.refused(Code.ORDER, operation.finish)
            self.refused(Code.BUSY, lambda: self.pay("2"))
            while not operation.step():
                pass
            self.refused(Code.ORDER, operation.step)
            self.expect(operation.finish(), Verdict.APPROVED)
            self.assert_closed(operation)
        self.expect(self.pay("2"), Verdict.APPROVED)

    def assert_closed(self, operation: Operation) -> None:
        self.refused(Code.HANDLE, operation.step)
        self.refused(Code.HANDLE, operation.finish)
        operation.close()

    def refused(self, code: Code, call: Callable[[], object]) -> None:
        with self.assertRaises(ComgateError) as caught:
            call()
        self.assertIs(caught.exception.code, code)
