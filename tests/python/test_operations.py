"""What the terminal does beside payments: refund, reversal, closing, pre-authorization, signature, any other function."""

from comgate_terminal import Advice, Code, ComgateError, InvalidArgument, Kind, Outcome, Verdict
from shop import ShopTest


class OperationsTest(ShopTest):
    def refused(self, code: Code, call: object, *arguments: object, **named: object) -> ComgateError:
        assert callable(call)
        with self.assertRaises(ComgateError) as caught:
            call(*arguments, **named)
        self.assertIs(caught.exception.code, code, caught.exception)
        return caught.exception

    def found(self, sale_id: str) -> Outcome:
        outcome = self.terminal.find(sale_id)
        assert outcome is not None
        return outcome


class Reversal(OperationsTest):
    def test_wire_reversed_sale_is_cancelled_and_names_its_reversal(self) -> None:
        sale = self.pay("účet 1")
        reversal = self.terminal.reverse("storno 1", "účet 1")
        self.expect(reversal, Verdict.APPROVED)
        self.assertIs(reversal.kind, Kind.REVERSAL)
        self.assertIs(reversal.advice, Advice.DONE)
        self.assertEqual(reversal.original_sale_id, "účet 1")
        self.assertEqual(reversal.original_transaction_id, sale.transaction_id)
        self.assertEqual(reversal.amount, sale.amount)
        self.assertIs(self.found("účet 1").verdict, Verdict.CANCELLED)
        self.assertEqual(self.found("účet 1").reversed_by, "storno 1")
        self.assertTrue(self.terminal.reverse("storno 2", "účet 1").adopted)
        self.refused(Code.ORIGINAL, self.terminal.reverse, "storno 3", "no such sale")


class Refund(OperationsTest):
    def test_wire_refund_is_never_more_than_its_original(self) -> None:
        self.pay("1")
        refund = self.terminal.refund("R1", 550, "CZK", original="1", on_status=lambda text: None)
        self.expect(refund, Verdict.APPROVED)
        self.assertEqual((refund.kind, refund.amount, refund.original_sale_id), (Kind.REFUND, 550, "1"))
        error = self.refused(Code.BEYOND_ORIGINAL, self.terminal.refund, "R2", 12001, "CZK", original="1")
        self.assertIn("12000", error.message)
        self.expect(self.terminal.refund("R3", 99900, "CZK"), Verdict.APPROVED)
        with self.assertRaises(InvalidArgument):
            self.terminal.refund("R4", 100, "CZK", original="")


class Closing(OperationsTest):
    def test_wire_closing_brings_its_totals_and_has_no_amount(self) -> None:
        self.pay("1")
        closing = self.terminal.closing("2026-11-24")
        self.expect(closing, Verdict.APPROVED)
        self.assertEqual((closing.debits_count, closing.debits_amount), (1, 12550))
        self.assertIsNone(closing.amount)
        self.assertIsNone(closing.currency)
        self.assertEqual(repr(closing), "<Outcome APPROVED: closing 2026-11-24>")
        self.refused(Code.CLOSED, self.terminal.reverse, "storno 1", "1")


class Preauthorization(OperationsTest):
    def test_wire_preauthorization_is_reserved_and_completed_once(self) -> None:
        reserved = self.terminal.preauth("pokoj 7", 50_000, "CZK", on_status=lambda text: None)
        self.expect(reserved, Verdict.APPROVED)
        self.assertEqual((reserved.kind, reserved.amount, reserved.advice), (Kind.PREAUTH, 50_000, Advice.DONE))
        self.assertIn("není zaplacena", reserved.advice_text)
        self.assertEqual(self.simulator.charges(), [])
        error = self.refused(Code.BEYOND_ORIGINAL, self.terminal.preauth_complete, "D1", "pokoj 7", 50_001, "CZK")
        self.assertIn("50000", error.message)
        paid = self.terminal.preauth_complete("D1", "pokoj 7", 42_000, "CZK")
        self.expect(paid, Verdict.APPROVED)
        self.assertEqual((paid.kind, paid.amount, paid.advice), (Kind.PREAUTH_COMPLETION, 42_000, Advice.HAND_OVER))
        self.assertEqual(paid.original_transaction_id, reserved.transaction_id)
        self.assertEqual(self.terminal.preauth_complete("D2", "pokoj 7", 42_000, "CZK").sale_id, "D1")
        self.refused(Code.ORIGINAL, self.terminal.preauth_cancel, "C1", "pokoj 7")
        self.expect(self.terminal.refund("R1", 2_000, "CZK", original="D1"), Verdict.APPROVED)
        self.assertEqual([charge["amount"] for charge in self.simulator.charges()], [42_000])

    def test_wire_cancelled_preauthorization_names_its_cancel(self) -> None:
        self.expect(self.terminal.preauth("pokoj 7", 50_000, "CZK"), Verdict.APPROVED)
        self.refused(Code.ORIGINAL, self.terminal.reverse, "R1", "pokoj 7")
        cancel = self.terminal.preauth_cancel("C1", "pokoj 7")
        self.expect(cancel, Verdict.APPROVED)
        self.assertIs(cancel.kind, Kind.PREAUTH_CANCEL)
        self.assertIs(self.found("pokoj 7").verdict, Verdict.CANCELLED)
        self.assertEqual(self.found("pokoj 7").reversed_by, "C1")
        self.assertEqual(self.simulator.charges(), [])


class Moto(OperationsTest):
    def test_wire_moto_payment_sends_no_card_data(self) -> None:
        paid = self.terminal.moto("objednávka 1", 9_900, "CZK")
        self.expect(paid, Verdict.APPROVED)
        self.assertEqual((paid.kind, paid.advice), (Kind.MOTO, Advice.HAND_OVER))
        sent = [request for request in self.simulator.requests() if request["endpoint"] == "payment/moto"]
        self.assertEqual(set(sent[0]["body"]["request"]), {"transactionId", "amount", "currencyCode"})
        self.assertTrue(self.terminal.moto("objednávka 1", 9_900, "CZK").adopted)
        self.assertEqual(len(self.simulator.charges()), 1)
        with self.assertRaises(InvalidArgument):
            self.terminal.moto("2", 0, "CZK")


class Signature(OperationsTest):
    def test_wire_rejected_signature_takes_the_sale_back(self) -> None:
        self.assertTrue(self.pay("1", amount=12504).signature_required)
        self.assertTrue(self.terminal.signature_result("1", True).signature_accepted)
        self.pay("2", amount=12604)
        reversal = self.terminal.signature_result("2", False)
        self.expect(reversal, Verdict.APPROVED)
        self.assertEqual(reversal.original_sale_id, "2")
        self.assertIs(self.found("2").signature_accepted, False)
        self.assertIs(self.found("2").verdict, Verdict.CANCELLED)
        self.refused(Code.SIGNATURE, self.terminal.signature_result, "2", True)


class AnyOther(OperationsTest):
    def test_wire_function_the_terminal_does_not_have_is_not_started(self) -> None:
        outcome = self.terminal.run("1", "no-such-function", amount=100, currency="CZK", extra={"účel": [1, "2"]})
        self.expect(outcome, Verdict.NOT_STARTED)
        self.assertIs(outcome.reason, Code.NOT_SUPPORTED)
        sent = [request for request in self.simulator.requests() if request["endpoint"] == "no-such-function"]
        self.assertEqual(sent[0]["body"]["request"]["účel"], [1, "2"])
        self.assertEqual(sent[0]["body"]["request"]["amount"], 100)

    def test_api_what_would_go_round_the_rules_is_refused_by_name(self) -> None:
        for endpoint in ("payment", "reverse", "confirm", "preauth", "payment/moto", "../x", ""):
            with self.assertRaises(ComgateError):
                self.terminal.run("1", endpoint)
        for extra in ({"amount": 1}, {"TransactionId": "x"}, {"x": object()}, {"x": float("nan")}):
            self.refused(Code.EXTRA, self.terminal.run, "1", "gift", extra=extra)
        with self.assertRaises(TypeError):
            self.terminal.run("1", "gift", amount=100)
        self.assertEqual(self.simulator.requests(), [])
