"""Receipts: what the printer gets, in whichever encoding it wants."""

import codecs
from dataclasses import replace
from typing import Any, Dict, Iterator

from comgate_terminal import Code, ComgateError, InvalidArgument, Kind, Outcome, Verdict
from shop import ShopTest

PAID = Outcome(
    Verdict.APPROVED,
    "2026-11-23/1/42",
    "c7e3c490-6471-41d5-ba77-99e2f49a2ed3",
    12550,
    "CZK",
    pan="970348******3910",
    scheme="Mastercard",
    auth_code="114546",
    terminal_time="Jul 16, 2020 14:39:37",
)


def upper_half(encoding: str) -> Iterator[str]:
    """Every character above ASCII of one of Python's own code pages, but spaces and the soft hyphen."""
    for byte in range(0x80, 0x100):
        character = codecs.decode(bytes([byte]), encoding, "ignore")
        if character and not character.isspace() and character != "\xad":
            yield character


class Receipts(ShopTest):
    def test_api_receipt_of_a_payment(self) -> None:
        outcome = self.pay("2026-11-23/1/42", 12550)
        receipt = outcome.receipt(copy="customer", width=32, language="cs")
        lines = receipt.splitlines()
        self.assertTrue(receipt.endswith("\n"))
        self.assertEqual(lines[0].strip(), "*NEPLATNÉ – SIMULÁTOR*")
        self.assertEqual(lines[-1], lines[0])
        self.assertIn("Částka                 125,50\xa0Kč", lines)
        self.assertIn("Číslo karty     970348******3910", lines)
        self.assertLessEqual(max(map(len, lines)), 32)

    def test_api_receipt_is_printed_again_long_after_the_terminal_was_closed(self) -> None:
        outcome = self.pay()
        first = outcome.receipt()
        self.terminal.close()
        stored = Outcome.from_json(outcome.verdict, outcome.to_json())
        self.assertEqual(stored.receipt(), first)
        self.assertIn("*** KOPIE ***\n", stored.receipt(reprint=True))

    def test_api_receipt_is_in_the_language_of_the_terminal_unless_another_is_asked_for(self) -> None:
        self.terminal.set_language("sk")
        outcome = self.pay()
        self.assertEqual(outcome.language, "sk")
        self.assertIn("PLATBA SCHVÁLENÁ\n", outcome.receipt())
        self.assertIn("PAYMENT APPROVED\n", outcome.receipt(language="en"))

    def test_api_receipt_for_the_shop_has_a_line_to_sign_on_where_a_signature_is_required(self) -> None:
        for required in (False, True):
            outcome = replace(PAID, signature_required=required)
            self.assertEqual("\nPodpis zákazníka\n\n" + 32 * "_" in outcome.receipt(copy="merchant"), required)
            self.assertNotIn("Podpis", outcome.receipt())

    def test_api_receipt_of_a_real_payment_shows_tip_balance_and_signature(self) -> None:
        tipped = self.pay("tip", 12506).receipt().replace("\xa0", " ")
        self.assertIn("Částka                 125,06 Kč\nSpropitné               12,50 Kč\n", tipped)
        self.assertIn("Celkem                 137,56 Kč\n", tipped)
        voucher = self.pay("voucher", 12507).receipt().replace("\xa0", " ")
        self.assertIn("Zůstatek               500,00 Kč\n", voucher)
        signed = self.pay("signature", 12504)
        self.assertIn("\nPodpis zákazníka\n\n____", signed.receipt(copy="merchant"))

    def test_api_receipt_of_a_refusal_says_that_nothing_was_paid(self) -> None:
        self.simulator.control("POST", "/next", {"ending": "declined"})
        receipt = self.pay().receipt()
        self.assertIn("PLATBA ZAMÍTNUTA\n", receipt)
        self.assertIn("NEZAPLACENO\n", receipt)

    def test_api_unknown_outcome_has_a_note_for_the_shop_and_nothing_for_the_customer(self) -> None:
        outcome = replace(PAID, verdict=Verdict.UNKNOWN)
        with self.assertRaises(ComgateError) as caught:
            outcome.receipt()
        self.assertIs(caught.exception.code, Code.UNDECIDED)
        note = outcome.receipt(copy="merchant")
        self.assertEqual(note.count("TOTO NENÍ DOKLAD\n"), 2)
        self.assertNotIn("114546", note)

    def test_api_code_pages_are_those_of_python(self) -> None:
        for encoding in ("cp852", "cp1250"):
            for character in upper_half(encoding):
                with self.subTest(encoding=encoding, character=character):
                    outcome = replace(PAID, response_message=f"[{character}]")
                    receipt = outcome.receipt(encoding=encoding).decode(encoding)
                    self.assertIn(f"[{character}]", receipt)

    def test_api_receipt_in_every_encoding_is_the_same_text(self) -> None:
        outcome = replace(PAID, kind=Kind.PAYMENT, scheme="Žluťoučký kůň – „ó“")
        text = outcome.receipt()
        self.assertEqual(outcome.receipt(encoding="utf-8").decode("utf-8"), text)
        self.assertEqual(outcome.receipt(encoding="cp1250").decode("cp1250"), text.replace("\xa0", " "))
        cp852 = outcome.receipt(encoding="cp852").decode("cp852")
        self.assertIn('Žluťoučký kůň - "ó"\n', cp852)
        plain = outcome.receipt(encoding="ascii").decode("ascii")
        self.assertIn('Zlutoucky kun - "o"\n', plain)
        self.assertIn("125,50 CZK\n", plain)
        self.assertNotIn("?", plain)

    def test_api_bad_arguments_are_refused_by_name(self) -> None:
        receipt: Any = PAID.receipt
        for code, name, value in (
            (Code.RANGE, "copy", "everybody"),
            (Code.RANGE, "width", 23),
            (Code.RANGE, "width", 65),
            (Code.RANGE, "width", 2**40),
            (Code.TEXT, "language", "de"),
            (Code.TEXT, "language", ""),
            (Code.TEXT, "language", "c\0s"),
            (Code.RANGE, "encoding", "latin2"),
        ):
            with self.subTest(name=name, value=value), self.assertRaises(InvalidArgument) as caught:
                receipt(**{name: value})
            self.assertIs(caught.exception.code, code)
            self.assertTrue(caught.exception.message.startswith(f"{name}: "), caught.exception.message)
        wrong_types: Dict[str, object] = {"copy": None, "reprint": 1, "width": 32.0, "language": 1, "encoding": 852}
        for name, wrong_type in wrong_types.items():
            with self.subTest(name=name, value=wrong_type), self.assertRaises(TypeError) as wrong:
                receipt(**{name: wrong_type})
            self.assertTrue(str(wrong.exception).startswith(f"{name}: "), wrong.exception)
