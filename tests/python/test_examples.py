"""The stories of the examples: each is told with the exit code and the words that a cashier should see."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from shop import ShopTest, wait_for

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "python"
DONE, NOT_DONE, FAILED, NOT_KNOWN = range(4)


class Example(ShopTest):
    def start(self, name: str, *arguments: str, simulator: bool = True) -> "subprocess.Popen[str]":
        place = ("--host", "127.0.0.1", "--port", str(self.simulator.port), "--journal", str(self.journal))
        allowed = ("--simulator",) if simulator else ()
        process = subprocess.Popen(
            [sys.executable, str(EXAMPLES / f"{name}.py"), *place, *allowed, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )
        assert process.stdin is not None and process.stdout is not None
        # Last in, first out: killed if it still runs, waited for, its pipes closed.
        for clean in (process.stdin.close, process.stdout.close, process.wait, process.kill):
            self.addCleanup(clean)
        return process

    def tell(self, code: int, name: str, *arguments: str, answer: str = "", simulator: bool = True) -> str:
        """Runs an example to its end, which must be this one. Gives what it printed."""
        process = self.start(name, *arguments, simulator=simulator)
        printed, _ = process.communicate(answer)
        self.assertEqual(process.returncode, code, printed)
        return printed

    def next_ends(self, ending: str) -> None:
        self.simulator.control("POST", "/next", {"ending": ending})


class Pay(Example):
    def test_example_pays_prints_the_receipt_and_acknowledges(self) -> None:
        register = self.start("pay", "--amount", str(self.SLOW))
        self.assertEqual(wait_for(register, "  WAITING"), "WAITING Present or insert the card")
        self.simulator.tap()
        printed, _ = register.communicate()
        self.assertEqual(register.returncode, DONE, printed)
        for words in (": APPROVED. Paid. Hand over", "PAYMENT APPROVED", "125.31"):
            self.assertIn(words, printed)
        self.assertFalse(self.terminal.unresolved_count())

    def test_example_tells_a_refusal_and_a_simulator_that_is_not_allowed(self) -> None:
        declined = self.tell(NOT_DONE, "pay", "--amount", "12501")
        self.assertIn(": DECLINED. ", declined)
        self.assertNotIn("Customer receipt", declined)
        self.assertIn(": NOT_STARTED. ", self.tell(NOT_DONE, "pay", simulator=False))

    def test_example_tells_what_nobody_knows_and_charges_it_no_second_time(self) -> None:
        printed = self.tell(NOT_KNOWN, "pay", "--sale", "1", "--amount", "12508")
        self.assertIn("payment 1: UNKNOWN. ", printed)
        self.assertNotIn("receipt", printed.lower())
        self.assertIn("left open: payment 1: UNKNOWN", self.tell(NOT_KNOWN, "pay", "--sale", "1", "--amount", "12508"))
        self.assertEqual(self.simulator.count("payment"), 1)

    def test_example_refuses_a_sale_that_was_paid_before(self) -> None:
        self.tell(DONE, "pay", "--sale", "1")
        again = self.tell(FAILED, "pay", "--sale", "1")
        self.assertIn("SALE_USED", again)
        self.assertIn("This number is paid already: sale 1, 125.50 CZK, ", again)

    def test_example_cancels_on_ctrl_c(self) -> None:
        for name in ("pay", "steps"):
            arguments = ["--sale", "1"] if name == "pay" else ["2"]
            register = self.start(name, *arguments, "--amount", str(self.SLOW))
            wait_for(register, "  WAITING")
            register.send_signal(signal.SIGINT)
            printed, _ = register.communicate()
            self.assertEqual(register.returncode, NOT_DONE, printed)
            self.assertIn(": CANCELLED. ", printed)


class Steps(Example):
    def test_example_goes_on_with_its_loop_while_the_customer_pays(self) -> None:
        register = self.start("steps", "1", "--amount", str(self.SLOW))
        wait_for(register, "  WAITING")
        wait_for(register, "  tick")
        self.simulator.tap()
        printed, _ = register.communicate()
        self.assertEqual(register.returncode, DONE, printed)
        self.assertIn("PAYMENT APPROVED", printed)

    def test_example_tells_a_refusal(self) -> None:
        self.assertIn("payment 1: DECLINED. ", self.tell(NOT_DONE, "steps", "1", "--amount", "12501"))


class Numbers(Example):
    def test_example_pays_bill_1_of_each_day(self) -> None:
        self.assertIn("sale 2026-11-23/1/1\n", self.tell(DONE, "daily", "1", "--day", "2026-11-23"))
        self.assertIn("sale 2026-11-24/1/1\n", self.tell(DONE, "daily", "1", "--day", "2026-11-24"))
        self.assertIn("SALE_USED", self.tell(FAILED, "daily", "1", "--day", "2026-11-23"))
        self.assertEqual(self.simulator.count("payment"), 2)

    def test_example_splits_a_bill_over_two_cards(self) -> None:
        declined = self.tell(NOT_DONE, "split", "bill", "10000", "2501")
        self.assertIn("payment bill/1: APPROVED. ", declined)
        self.assertIn("payment bill/2: DECLINED. ", declined)
        paid = self.tell(DONE, "split", "bill", "10000", "2550")
        self.assertIn("bill/1 is paid already\n", paid)
        self.assertIn("payment bill/2: APPROVED. ", paid)
        self.assertEqual(self.simulator.count("payment"), 3)


class Reverse(Example):
    def test_example_takes_a_sale_back_once(self) -> None:
        self.pay("sale")
        self.assertIn("REVERSAL DONE", self.tell(DONE, "reverse", "R1", "sale"))
        self.assertIn("was reversed before, as R1", self.tell(FAILED, "reverse", "R2", "sale"))
        self.assertEqual(self.simulator.count("reverse"), 1)

    def test_example_tells_a_refusal_and_what_nobody_knows(self) -> None:
        self.pay("sale")
        self.next_ends("declined")
        self.assertIn("reversal R1: DECLINED. ", self.tell(NOT_DONE, "reverse", "R1", "sale"))
        self.next_ends("no-response-code")
        self.assertIn("reversal R1: UNKNOWN. ", self.tell(NOT_KNOWN, "reverse", "R1", "sale"))

    def test_example_says_to_refund_what_is_closed(self) -> None:
        self.pay("sale")
        self.terminal.closing("C1")
        self.assertIn("Refund it instead.", self.tell(FAILED, "reverse", "R1", "sale"))


class Refund(Example):
    def test_example_gives_back_no_more_than_was_paid(self) -> None:
        self.pay("sale")
        self.assertIn("REFUND APPROVED", self.tell(DONE, "refund", "F1", "--amount", "5000", "--sale", "sale"))
        printed = self.tell(FAILED, "refund", "F2", "--amount", "7551", "--sale", "sale")
        self.assertIn("more than what is left", printed)
        self.assertEqual(self.simulator.count("refund"), 1)

    def test_example_tells_a_refusal_and_what_nobody_knows(self) -> None:
        self.assertIn("refund F1: DECLINED. ", self.tell(NOT_DONE, "refund", "F1", "--amount", "101"))
        self.assertIn("refund F2: UNKNOWN. ", self.tell(NOT_KNOWN, "refund", "F2", "--amount", "112"))


class Closing(Example):
    def test_example_closes_and_shows_the_totals(self) -> None:
        self.terminal.acknowledge(self.pay("1").sale_id)
        printed = self.tell(DONE, "closing", "2026-11-23")
        for words in ("CLOSING DONE", "payments 1, their sum 12550", "refunds 0, their sum 0"):
            self.assertIn(words, printed)
        self.assertNotIn("run recover first", printed)

    def test_example_points_out_what_is_open_and_tells_a_refusal(self) -> None:
        self.pay("1")
        # A refused closing has no totals. Without an id as well, only who saw it run knows that the refusal is of this one.
        self.simulator.personality(closing_without_id=False)
        self.next_ends("declined")
        printed = self.tell(NOT_DONE, "closing", "2026-11-23")
        self.assertIn("0 sales not decided, 1 not stored in the till: run recover first", printed)
        self.assertIn("closing 2026-11-23: DECLINED. ", printed)


class Recover(Example):
    def test_example_finds_a_sale_that_was_paid_after_the_crash(self) -> None:
        self.charge_without_knowing("včera")
        printed = self.tell(DONE, "recover")
        self.assertIn("left open: payment včera: APPROVED. ", printed)
        self.assertEqual(self.tell(DONE, "recover"), "0 not decided, 0 not stored\n")

    def test_example_lets_a_person_decide_what_the_terminal_has_forgotten(self) -> None:
        self.charge_without_knowing("ztracený")
        self.simulator.control("POST", "/restart")
        self.assertIn("1 not decided, 0 not stored", self.tell(NOT_KNOWN, "recover"))
        self.assertIn("note", self.tell(FAILED, "recover", "--charged", "ztracený"))
        printed = self.tell(DONE, "recover", "--charged", "ztracený", "--note", "Ms Novak, by the bank's statement")
        self.assertIn("left open: payment ztracený: APPROVED. ", printed)
        printed = self.tell(NOT_DONE, "recover", "--not-charged", "ztracený", "--note", "Mr Novak")
        self.assertIn("decided, and otherwise:\npayment ztracený: APPROVED. ", printed)


class Signature(Example):
    def test_example_hands_over_when_the_signature_fits(self) -> None:
        printed = self.tell(DONE, "signature", "1", answer="y\n")
        self.assertIn("Customer's signature", printed)
        self.assertIn("payment 1: APPROVED. ", printed)
        self.assertFalse(self.terminal.unresolved_count())

    def test_example_takes_the_sale_back_when_it_does_not(self) -> None:
        self.next_ends("signature")
        self.assertIn("REVERSAL DONE", self.tell(NOT_DONE, "signature", "1", "--amount", "100", answer="n\n"))
        self.assertEqual(self.simulator.count("reverse"), 1)

    def test_example_asks_again_where_nobody_answered_and_where_the_reversal_failed(self) -> None:
        self.tell(NOT_KNOWN, "signature", "1", answer="maybe\n")
        self.next_ends("declined")
        self.assertIn(": DECLINED. ", self.tell(NOT_KNOWN, "signature", "1", answer="n\n"))
        self.tell(NOT_DONE, "signature", "1", answer="n\n")
        self.assertEqual(self.simulator.count("payment"), 1)

    def test_example_tells_a_refusal(self) -> None:
        self.assertIn("payment 1: DECLINED. ", self.tell(NOT_DONE, "signature", "1", "--amount", "101", answer="y\n"))


class Status(Example):
    def test_example_shows_who_is_there(self) -> None:
        printed = self.tell(DONE, "status")
        for words in ("terminal SIM00001, ", "path /paya, of /paya", "online: Online"):
            self.assertIn(words, printed)

    def test_example_tells_a_terminal_that_is_not_online(self) -> None:
        self.simulator.fault("terminal", {"answer": [200, '{"isOnline": false, "onlineStatus": "no line"}']})
        self.assertIn("online: no line", self.tell(NOT_DONE, "status"))

    def test_example_says_what_to_look_at(self) -> None:
        self.assertIn("--simulator allows it", self.tell(FAILED, "status", simulator=False))
        self.simulator.fault("terminal", {"answer": [401, "{}"]})
        self.assertIn("secureString is another one", self.tell(FAILED, "status"))
        self.simulator.close()
        self.assertIn("the cable", self.tell(FAILED, "status"))
