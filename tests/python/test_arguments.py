"""Bad input of every kind is refused by name, and nothing is sent."""

import os
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, Callable, Tuple

from comgate_terminal import Code, ComgateError, InvalidArgument, Outcome, Terminal, Verdict
from shop import ShopTest

Call = Callable[[], object]


class Arguments(ShopTest):
    def refused(self, code: Code, name: str, call: Call) -> None:
        with self.subTest(code=code, name=name), self.assertRaises(InvalidArgument) as caught:
            call()
        self.assertIs(caught.exception.code, code)
        self.assertTrue(caught.exception.message.startswith(f"{name}: "), caught.exception.message)
        self.assertIsInstance(caught.exception, ValueError)
        # The terms of C are nobody's here, and the cashier is told something in every case.
        self.assertNotIn("cgt_", str(caught.exception))
        self.assertRegex(caught.exception.advice_text, r"^[A-ZÚ].+\.$")

    def wrong_type(self, name: str, call: Call) -> None:
        with self.subTest(name=name), self.assertRaises(TypeError) as caught:
            call()
        self.assertTrue(str(caught.exception).startswith(f"{name}: "), caught.exception)

    def tearDown(self) -> None:
        self.assertEqual(self.simulator.requests(), [], "nothing may be sent")
        self.assertEqual([file for file in self.journal.iterdir() if file.suffix == ".log"], [])

    def test_api_bad_texts_are_refused(self) -> None:
        t = self.terminal
        for value in ("", "x" * 65, "42\0", "\ud800"):
            self.refused(Code.TEXT, "sale_id", partial(self.pay, value))
            self.refused(Code.TEXT, "sale_id", partial(t.begin, value, 12550, "CZK"))
            self.refused(Code.TEXT, "sale_id", partial(t.acknowledge, value))
            self.refused(Code.TEXT, "sale_id", partial(t.find, value))
            self.refused(Code.TEXT, "sale_id", partial(t.query, value))
            self.refused(Code.TEXT, "sale_id", partial(t.resolve, value, True, "podle výpisu"))
            self.refused(Code.TEXT, "transaction_id", partial(t.acknowledge_transaction, value))
            self.refused(Code.TEXT, "secure_string", partial(self.open, secure_string=value))
        self.refused(Code.TEXT, "host", lambda: Terminal("a\0b"))
        for host in ("http://terminal", "terminal:33350", "-x"):
            self.refused(Code.HOST, "host", partial(Terminal, host))
        for note in ("", "x" * 201, "č" * 101, "podle\0výpisu", "podle\nvýpisu", "\ud800"):
            self.refused(Code.TEXT, "note", partial(t.resolve, "1", False, note))
        self.refused(Code.TEXT, "invoice_number", lambda: self.pay(invoice_number="1" * 21))
        self.refused(Code.TEXT, "language", lambda: t.set_language("de"))
        self.refused(Code.TEXT, "register_id", lambda: t.set_register_id("\0"))
        self.refused(Code.TEXT, "cashier", lambda: t.set_cashier("x" * 65))
        self.refused(Code.TEXT, "terminal_id", lambda: t.set_terminal_id("\0"))
        self.refused(Code.TEXT, "daughter_company_id", lambda: t.set_daughter_company_id("\0"))

    def test_api_bad_numbers_are_refused_and_never_cut_to_size(self) -> None:
        t = self.terminal
        for amount in (0, -1, 10**12, 2**63, 2**64 + 12550, -(2**64) + 12550):
            self.refused(Code.AMOUNT, "amount", partial(self.pay, amount=amount))
        with self.assertRaisesRegex(InvalidArgument, r"minor units are \(12550 is 125\.50\)") as caught:
            self.pay(amount=0)
        self.assertTrue(caught.exception.advice_text.startswith("Tuto částku nelze poslat na terminál."))
        t.set_language("sk")
        # Refused by the library, and by the package itself.
        for amount in (0, 2**63):
            with self.assertRaises(InvalidArgument) as caught:
                self.pay(amount=amount)
            self.assertTrue(caught.exception.advice_text.startswith("Túto sumu nemožno poslať na terminál."))
        for port in (0, -1, 65536, 2**32 + 33350):
            self.refused(Code.RANGE, "port", partial(self.open, port=port))
        for name in ("connect_ms", "reply_ms", "patience_ms"):
            for value in (0, -1, 2**31 - 1, 2**40):
                self.refused(Code.RANGE, name, partial(t.set_timeouts, **{name: value}))
        self.refused(Code.RANGE, "interval_ms", lambda: t.set_poll_interval(99))
        for days in (29, 401, -1, 2**32 + 90):
            self.refused(Code.RANGE, "days", partial(t.set_retention_days, days))
        self.refused(Code.RANGE, "version", lambda: t.set_api_version(3))
        self.refused(Code.RANGE, "budget_ms", lambda: t.recover(999))

    def test_api_unknown_currencies_are_refused(self) -> None:
        for currency in ("XXX", "Kč", "czk"):
            self.refused(Code.CURRENCY, "currency", partial(self.terminal.pay, "1", 1, currency))
        self.refused(Code.TEXT, "currency", lambda: self.terminal.pay("1", 1, "CZ\0"))

    def test_api_exchanges_that_are_not_allowed_send_nothing(self) -> None:
        t: Any = self.terminal
        for endpoint in ("status", "payment", "preauth", "a b", "../info"):
            self.refused(Code.ENDPOINT, "endpoint", partial(t.exchange, endpoint))
        self.refused(Code.EXTRA, "json", lambda: t.exchange("print", {"secureString": "x"}))
        self.refused(Code.EXTRA, "fields", lambda: t.exchange("print", {"n": float("nan")}))
        self.refused(Code.TEXT, "json", lambda: t.exchange("print", {"text": "x" * 5000}))
        self.wrong_type("fields", lambda: t.exchange("print", ["x"]))

    def test_api_wrong_types_are_type_errors(self) -> None:
        t: Any = self.terminal
        for amount in (125.5, Decimal("125.50"), True, "12550", None):
            self.wrong_type("amount", partial(t.pay, "1", amount, "CZK"))
        cases: Tuple[Tuple[str, Call], ...] = (
            ("sale_id", lambda: t.pay(42, 12550, "CZK")),
            ("currency", lambda: t.pay("1", 12550, 203)),
            ("on_status", lambda: t.pay("1", 12550, "CZK", on_status="print")),
            ("should_cancel", lambda: t.begin("1", 12550, "CZK", should_cancel=False)),
            ("invoice_number", lambda: t.pay("1", 12550, "CZK", invoice_number=42)),
            ("host", lambda: self.open_any(b"127.0.0.1")),
            ("port", lambda: self.open_any("127.0.0.1", port="33350")),
            ("journal_dir", lambda: self.open_any("127.0.0.1", journal_dir=42)),
            ("check_online", lambda: t.status(1)),
            ("sale_id", lambda: t.find(42)),
            ("sale_id", lambda: t.query(None)),
            ("on_status", lambda: t.query("1", on_status="print")),
            ("sale_id", lambda: t.resolve(42, True, "podle výpisu")),
            ("charged", lambda: t.resolve("1", 1, "podle výpisu")),
            ("charged", lambda: t.resolve("1", Verdict.APPROVED, "podle výpisu")),
            ("note", lambda: t.resolve("1", True, None)),
            ("transaction_id", lambda: t.acknowledge_transaction(Outcome(Verdict.APPROVED, "1", "t", 1, "CZK"))),
            ("refund_id", lambda: t.refund(1, 100, "CZK")),
            ("amount", lambda: t.refund("1", 1.0, "CZK")),
            ("original", lambda: t.refund("1", 100, "CZK", original=1)),
            ("original_sale_id", lambda: t.reverse("1", None)),
            ("closing_id", lambda: t.closing(20261124)),
            ("accepted", lambda: t.signature_result("1", 1)),
            ("currency", lambda: t.run("1", "gift", amount=100)),
            ("amount", lambda: t.run("1", "gift", currency="CZK")),
            ("endpoint", lambda: t.run("1", 42)),
            ("any_drive", lambda: self.open_any("127.0.0.1", any_drive=1)),
            ("no_journal", lambda: self.open_any("127.0.0.1", no_journal="yes")),
            ("no_journal", lambda: self.open_any("127.0.0.1", no_journal=True, journal_dir=self.journal)),
            ("allowed", lambda: t.allow_simulator("yes")),
            ("callback", lambda: t.on_payment(42)),
            ("patience_ms", lambda: t.set_timeouts(patience_ms=1.5)),
        )
        for name, call in cases:
            self.wrong_type(name, call)

    @staticmethod
    def open_any(*arguments: Any, **settings: Any) -> object:
        return Terminal(*arguments, **settings)

    def test_api_journal_folder_must_exist_and_may_be_any_kind_of_path(self) -> None:
        for folder in (str(self.journal), self.journal, os.fsencode(self.journal)):
            self.open(journal_dir=folder)
        with self.assertRaises(ComgateError) as caught:
            self.open(journal_dir=self.journal / "není tu")
        self.assertIs(caught.exception.code, Code.JOURNAL)
        self.assertIn("není tu", str(caught.exception))
        self.refused(Code.TEXT, "journal_dir", lambda: self.open(journal_dir=Path(os.fsdecode(b"/tmp/\xff"))))

    def test_api_closed_terminal_says_so(self) -> None:
        t = self.terminal
        t.close()
        t.close()
        calls: Tuple[Call, ...] = (
            self.pay,
            lambda: t.begin("1", 12550, "CZK"),
            t.recover,
            t.info,
            t.status,
            t.cancel,
            t.allow_simulator,
            t.set_timeouts,
            t.__enter__,
            lambda: t.acknowledge("1"),
            lambda: t.acknowledge_transaction("1"),
            lambda: t.find("1"),
            lambda: t.query("1"),
            lambda: t.resolve("1", True, "podle výpisu"),
            t.unresolved_count,
            lambda: t.is_busy,
            lambda: t.on_payment(None),
        )
        for call in calls:
            with self.assertRaises(ComgateError) as caught:
                call()
            self.assertEqual(str(caught.exception), "the terminal is closed (HANDLE 107)")
