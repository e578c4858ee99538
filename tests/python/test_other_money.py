"""Money that is not what was asked for, and another till's sale."""

from comgate_terminal import Advice, Code, ComgateError, InvalidArgument, Outcome, Terminal, Verdict
from shop import ShopTest


class PartPayment(ShopTest):
    """Half of each sale is approved."""

    def setUp(self) -> None:
        super().setUp()
        self.simulator.personality(approves="part")

    def test_wire_part_that_is_not_accepted_is_unknown_and_names_both_amounts(self) -> None:
        outcome = self.pay("1")
        self.expect(outcome, Verdict.UNKNOWN)
        self.assertIs(outcome.reason, Code.AMOUNT_DIFFERS)
        self.assertTrue(outcome.partial)
        self.assertEqual((outcome.amount_requested, outcome.amount_approved), (12550, 6275))
        self.assertIn("62,75 Kč", outcome.advice_text)
        self.assertIn("125,50 Kč", outcome.advice_text)
        self.assertIn("62,75", outcome.receipt(copy="merchant"))
        self.assertEqual(self.simulator.count("confirm"), 0)
        self.terminal.resolve("1", True, "je v historii terminálu")
        found = self.terminal.find("1")
        assert found is not None
        self.expect(found, Verdict.APPROVED)
        self.assertIs(found.advice, Advice.COLLECT_REST)

    def test_wire_accepted_part_is_approved_and_the_rest_is_named(self) -> None:
        self.terminal.accept_partial()
        outcome = self.pay("1")
        self.expect(outcome, Verdict.APPROVED)
        self.assertTrue(outcome.partial)
        self.assertIs(outcome.advice, Advice.COLLECT_REST)
        self.assertEqual(outcome.amount, 6275)
        self.assertIn("Zbývá doplatit 62,75 Kč", outcome.advice_text)
        self.assertIn("Zbývá doplatit", outcome.receipt())
        self.assertEqual(Outcome.from_json(outcome.verdict, outcome.to_json()), outcome)
        self.terminal.accept_partial(False)
        self.expect(self.pay("2"), Verdict.UNKNOWN)

    def test_wire_another_currency_is_named_and_never_accepted(self) -> None:
        self.simulator.personality(approves="other-currency")
        self.terminal.accept_partial()
        outcome = self.pay("1")
        self.expect(outcome, Verdict.UNKNOWN)
        self.assertEqual((outcome.currency, outcome.charged_currency, outcome.partial), ("CZK", "EUR", False))
        self.assertIn("EUR", outcome.receipt(copy="merchant"))


class TipInTheSum(ShopTest):
    def test_wire_tip_in_the_sum_is_believed_up_to_its_limit(self) -> None:
        self.simulator.personality(tip="sum-alone")
        self.terminal.set_tip_limit(10)
        outcome = self.pay("1", 12500)
        self.expect(outcome, Verdict.APPROVED)
        self.assertEqual((outcome.amount, outcome.tip), (13750, 1250))
        self.terminal.set_tip_limit(9)
        self.expect(self.pay("2", 12500), Verdict.UNKNOWN)
        with self.assertRaises(InvalidArgument) as caught:
            self.terminal.set_tip_limit(101)
        self.assertIs(caught.exception.code, Code.RANGE)


class AnotherTill(ShopTest):
    def other(self) -> Terminal:
        other = self.open()
        other.set_register_id("druhá")
        return other

    def refused(self, code: Code, call: object, *arguments: object, **named: object) -> str:
        assert callable(call)
        with self.assertRaises(ComgateError) as caught:
            call(*arguments, **named)
        self.assertIs(caught.exception.code, code, caught.exception)
        return caught.exception.message

    def test_wire_sale_of_another_till_is_reversed_once(self) -> None:
        sale, other = self.pay("účet 1"), self.other()
        reversal = other.reverse("storno 1", "účet 1", original_register="")
        self.expect(reversal, Verdict.APPROVED)
        self.assertEqual(reversal.original_transaction_id, sale.transaction_id)
        again = other.reverse("storno 2", original_transaction=sale.transaction_id)
        self.assertTrue(again.adopted)
        self.assertIn("druhá", self.refused(Code.ORIGINAL, self.terminal.reverse, "storno 3", "účet 1"))
        self.assertEqual(self.simulator.count("reverse"), 1)

    def test_wire_refunds_of_two_tills_never_exceed_the_sale(self) -> None:
        sale, other = self.pay("1"), self.other()
        self.expect(other.refund("R1", 10000, "CZK", original="1", original_register=""), Verdict.APPROVED)
        self.expect(other.refund("R2", 2000, "CZK", original_transaction=sale.transaction_id), Verdict.APPROVED)
        self.refused(Code.BEYOND_ORIGINAL, self.terminal.refund, "R3", 551, "CZK", original="1")
        self.expect(self.terminal.refund("R3", 550, "CZK", original="1"), Verdict.APPROVED)

    def test_api_original_is_named_in_one_way_only(self) -> None:
        t = self.terminal
        self.refused(Code.ORIGINAL, t.reverse, "1", "2", original_transaction="3")
        self.refused(Code.ORIGINAL, t.reverse, "1", "2", original_register="", original_transaction="3")
        for named in ({}, {"original_register": ""}, {"original_register": 1, "original_sale_id": "2"}):
            with self.assertRaises(TypeError):
                t.reverse("1", **named)
