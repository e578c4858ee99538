"""After a lost reply, a killed register, a pressed Ctrl+C: nothing is lost, nothing is charged twice."""

import os
import signal
from typing import List

from comgate_terminal import Advice, Code, ComgateError, Verdict
from shop import ShopTest, wait_for


class Recovery(ShopTest):
    def test_wire_result_lost_after_the_approval_is_unknown_then_recovered(self) -> None:
        self.simulator.fault("result", "lose-reply", times=1_000)
        outcome = self.pay()
        self.expect(outcome, Verdict.UNKNOWN)
        self.assertIs(outcome.reason, Code.CONTACT_LOST)
        self.simulator.control("DELETE", "/faults")
        (found,) = self.terminal.recover()
        self.expect(found, Verdict.APPROVED)
        self.assertTrue(found.recovered)
        self.assertEqual(found.transaction_id, outcome.transaction_id)
        self.assertEqual(self.terminal.recover(), [found], "told again until it is acknowledged")
        self.terminal.acknowledge(found.sale_id)
        self.assertEqual(self.terminal.recover(), [])
        self.assertEqual((len(self.simulator.charges()), self.simulator.count("payment")), (1, 1))

    def test_wire_reply_to_the_start_lost_is_found_by_asking(self) -> None:
        self.simulator.fault("payment", "lose-reply")
        self.expect(self.pay(), Verdict.APPROVED)
        self.assertEqual((len(self.simulator.charges()), self.simulator.count("payment")), (1, 1))

    def test_wire_register_killed_in_mid_payment_finds_its_one_charge(self) -> None:
        self.kill_a_register_in_mid_payment()
        self.simulator.tap()
        (found,) = self.terminal.recover()
        self.expect(found, Verdict.APPROVED)
        self.assertEqual((found.sale_id, found.amount, found.recovered), ("42", 12531, True))
        again = self.pay("42", 12531)
        self.assertTrue(again.adopted, "the till sells it again before it has stored it")
        self.terminal.acknowledge("42")
        with self.assertRaises(ComgateError) as caught:
            self.pay("42", 12531)
        self.assertIs(caught.exception.code, Code.SALE_USED)
        self.assertEqual([charge["amount"] for charge in self.simulator.charges()], [12531])

    def test_wire_recover_that_is_stopped_tells_a_sale_that_still_runs_and_cancels_nothing(self) -> None:
        self.kill_a_register_in_mid_payment()
        told: List[str] = []
        (found,) = self.terminal.recover(on_status=told.append, should_cancel=lambda: "42" in told)
        self.expect(found, Verdict.UNKNOWN)
        self.assertEqual(self.simulator.count("cancel"), 0)
        self.simulator.tap()
        (found,) = self.terminal.recover()
        self.expect(found, Verdict.APPROVED)

    def test_wire_recover_with_the_terminal_off_reports_unknown(self) -> None:
        self.kill_a_register_in_mid_payment()
        self.simulator.close()
        (found,) = self.terminal.recover(budget_ms=1_000)
        self.expect(found, Verdict.UNKNOWN)
        self.assertIs(found.advice, Advice.CHECK_TERMINAL)

    def test_wire_ctrl_c_cancels_and_is_raised_with_the_outcome(self) -> None:
        register = self.child(
            "try:\n"
            "    terminal.pay('42', 12531, 'CZK', on_status=lambda text: print(text.phase))\n"
            "except KeyboardInterrupt as interrupt:\n"
            "    print('INTERRUPTED', interrupt.outcome.verdict, signal.getsignal(signal.SIGINT).__name__)\n"
        )
        wait_for(register, "WAITING")
        register.send_signal(signal.SIGINT)
        self.assertEqual(wait_for(register, "INTERRUPTED"), "INTERRUPTED CANCELLED default_int_handler")
        self.assertEqual(register.wait(), 0)
        self.assertEqual((self.simulator.charges(), self.terminal.recover()), ([], []))

    def test_wire_ctrl_c_that_comes_too_late_still_tells_of_the_approval(self) -> None:
        self.simulator.personality(cancel_too_late=True, cancel_reply="bare")
        register = self.child(
            "try:\n"
            "    terminal.pay('42', 12531, 'CZK', on_status=lambda text: print(text.phase))\n"
            "except KeyboardInterrupt as interrupt:\n"
            "    print('INTERRUPTED', interrupt.outcome.verdict)\n"
        )
        wait_for(register, "WAITING")
        register.send_signal(signal.SIGINT)
        wait_for(register, "CANCELLING")
        register.send_signal(signal.SIGINT)
        self.simulator.tap()
        self.assertEqual(wait_for(register, "INTERRUPTED"), "INTERRUPTED APPROVED")
        (found,) = self.terminal.recover()
        self.expect(found, Verdict.APPROVED)

    def test_wire_ctrl_c_without_any_callback_is_heard_at_once(self) -> None:
        register = self.child(
            "terminal.on_payment(lambda event, *_: print(event))\n"
            "try:\n    terminal.pay('42', 12531, 'CZK')\nexcept KeyboardInterrupt:\n    print('INTERRUPTED')\n"
        )
        wait_for(register, "STARTED")
        register.send_signal(signal.SIGINT)
        wait_for(register, "INTERRUPTED")
        self.assertEqual(self.simulator.charges(), [])

    def test_wire_signal_handler_that_exits_ends_the_program_after_the_payment(self) -> None:
        register = self.child(
            "signal.signal(signal.SIGTERM, lambda *_: sys.exit(7))\n"
            "terminal.pay('42', 12531, 'CZK', on_status=lambda text: print(text.phase))"
        )
        wait_for(register, "WAITING")
        register.send_signal(signal.SIGTERM)
        self.assertEqual(register.wait(), 7)
        self.assertEqual((self.simulator.charges(), self.simulator.count("cancel")), ([], 1))

    def test_wire_signal_handler_that_raises_nothing_disturbs_nothing(self) -> None:
        heard = []
        before = signal.signal(signal.SIGUSR1, lambda number, _: heard.append(number))
        try:
            mine = signal.getsignal(signal.SIGUSR1)
            self.expect(self.pay(on_status=lambda _: os.kill(os.getpid(), signal.SIGUSR1)), Verdict.APPROVED)
            self.assertIs(signal.getsignal(signal.SIGUSR1), mine, "put back")
        finally:
            signal.signal(signal.SIGUSR1, before)
        self.assertTrue(heard)
