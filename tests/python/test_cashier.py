"""What the cashier is told in each trouble of a shop: a sentence of its own, in three languages, in a page that a shop owner can read."""

import os
import re
import shutil
import tempfile
import threading
import unittest
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, Callable, Dict, List

from comgate_terminal import ComgateError, Terminal
from shop import ShopTest, Simulator

LANGUAGES = ("cs", "sk", "en")
PAGE = Path(__file__).parent.parent / "golden" / "cashier.md"
HEAD = """# What the cashier reads when something goes wrong

Written by `tests/python/test_cashier.py`, which makes each of these troubles happen on the terminal in software. The sale is 125.50 CZK,
`{address}` the address in the register's settings.

| what happened | česky | slovensky | English |
|---|---|---|---|
"""


class NoTerminal(BaseHTTPRequestHandler):
    """Another program on the terminal's port."""

    def do_GET(self) -> None:
        self.send_error(404)

    def log_message(self, *_: object) -> None:
        pass


class Cashier(ShopTest):
    def at(self, simulator: Simulator, **settings: Any) -> Terminal:
        """A register with a journal of its own: what one trouble leaves open must not change the next."""
        folder = tempfile.mkdtemp(dir=self.journal)
        return self.open(port=simulator.port, journal_dir=folder, **settings)

    def told(self, terminal: Terminal, call: Callable[[], object], sale_id: str = "1") -> List[str]:
        """What the outcome of this sale says, or the exception, in each language."""
        try:
            call()
        except ComgateError:
            return [self.refused(terminal, language, call) for language in LANGUAGES]
        texts = []
        for language in LANGUAGES:
            terminal.set_language(language)
            outcome = terminal.find(sale_id)
            assert outcome is not None
            texts.append(outcome.advice_text)
        return texts

    def refused(self, terminal: Terminal, language: str, call: Callable[[], object]) -> str:
        terminal.set_language(language)
        with self.assertRaises(ComgateError) as caught:
            call()
        return caught.exception.advice_text

    def on_a_terminal(self, amount: int = 12550, **personality: object) -> List[str]:
        simulator = self.another_simulator()
        simulator.personality(**personality)
        terminal = self.at(simulator)
        return self.told(terminal, lambda: terminal.pay("1", amount, "CZK"))

    def another_simulator(self) -> Simulator:
        simulator = Simulator()
        self.addCleanup(simulator.close)
        return simulator

    def terminal_off(self) -> List[str]:
        simulator = Simulator()
        simulator.close()
        terminal = self.at(simulator)
        return self.told(terminal, lambda: terminal.pay("1", 12550, "CZK"))

    def wrong_address(self) -> List[str]:
        server = HTTPServer(("127.0.0.1", 0), NoTerminal)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        threading.Thread(target=server.serve_forever).start()
        terminal = self.at(self.simulator)
        terminal.close()
        terminal = self.open(port=server.server_port, journal_dir=tempfile.mkdtemp(dir=self.journal))
        return self.told(terminal, lambda: terminal.pay("1", 12550, "CZK"))

    def wrong_password(self) -> List[str]:
        terminal = self.at(self.simulator, secure_string="00000000")
        return self.told(terminal, lambda: terminal.pay("1", 12550, "CZK"))

    def other_terminal(self) -> List[str]:
        terminal = self.at(self.simulator)
        terminal.set_terminal_id("M1TNEXGO77")
        return self.told(terminal, lambda: terminal.pay("1", 12550, "CZK"))

    def simulator_in_a_shop(self) -> List[str]:
        terminal = self.at(self.simulator)
        terminal.allow_simulator(False)
        return self.told(terminal, lambda: terminal.pay("1", 12550, "CZK"))

    def busy(self) -> List[str]:
        simulator = self.another_simulator()
        simulator.another_till_sells(self.SLOW)
        terminal = self.at(simulator)
        return self.told(terminal, lambda: terminal.pay("1", 12550, "CZK"))

    def contact_lost(self) -> List[str]:
        simulator = self.another_simulator()
        simulator.fault("result", "lose-reply", times=1_000)
        terminal = self.at(simulator)
        terminal.set_timeouts(patience_ms=1_000)
        return self.told(terminal, lambda: terminal.pay("1", 12550, "CZK"))

    def reversal_refused(self) -> List[str]:
        terminal = self.at(self.another_simulator())
        terminal.pay("1", 12550, "CZK")
        terminal.pay("2", 9900, "CZK")
        return self.told(terminal, lambda: terminal.reverse("storno 1", "1"), "storno 1")

    def function_not_enabled(self) -> List[str]:
        terminal = self.at(self.another_simulator())
        return self.told(terminal, lambda: terminal.run("1", "no-such-function"))

    def journal_gone(self) -> List[str]:
        folder = tempfile.mkdtemp(dir=self.journal)
        terminal = self.open(port=self.another_simulator().port, journal_dir=folder)
        terminal.pay("1", 12550, "CZK")
        terminal.acknowledge("1")
        shutil.rmtree(folder)
        return self.told(terminal, lambda: terminal.pay("2", 12550, "CZK"))

    def sale_used(self) -> List[str]:
        terminal = self.at(self.another_simulator())
        terminal.pay("1", 12550, "CZK")
        terminal.acknowledge("1")
        return self.told(terminal, lambda: terminal.pay("1", 12550, "CZK"))

    def troubles(self) -> Dict[str, List[str]]:
        return {
            "the terminal is off": self.terminal_off(),
            "another program answers at the terminal's address": self.wrong_address(),
            "the password (secureString) is wrong": self.wrong_password(),
            "another terminal answers": self.other_terminal(),
            "a simulator answers in a shop": self.simulator_in_a_shop(),
            "another till uses the terminal": self.busy(),
            "the bank declines": self.on_a_terminal(12501),
            "the customer cancels on the terminal": self.on_a_terminal(12503),
            "the contact is lost before the result": self.contact_lost(),
            "a part of the sum is approved": self.on_a_terminal(approves="part"),
            "another currency is approved": self.on_a_terminal(approves="other-currency"),
            "the terminal takes it back": self.on_a_terminal(12509),
            "a reversal of a sale that is not the last one": self.reversal_refused(),
            "a function that the terminal does not have": self.function_not_enabled(),
            "the number is paid already": self.sale_used(),
            "the journal is gone": self.journal_gone(),
        }

    def test_wire_each_trouble_has_a_sentence_of_its_own(self) -> None:
        troubles = self.troubles()
        for at, language in enumerate(LANGUAGES):
            sentences = [texts[at] for texts in troubles.values()]
            twice = {sentence for sentence in sentences if sentences.count(sentence) > 1}
            self.assertEqual(twice, set(), language)
        address, time = re.compile(r"127\.0\.0\.1:\d+"), re.compile(r"(\d+\.\d+\.\d{4}|\d{4}-\d\d-\d\d) \d\d:\d\d")
        rows = [f"| {name} | {' | '.join(texts)} |\n" for name, texts in troubles.items()]
        page = HEAD + time.sub("{time}", address.sub("{address}", "".join(rows)))
        if os.environ.get("CGT_BLESS") == "1":
            PAGE.write_text(page, encoding="utf-8")
        self.assertEqual(page, PAGE.read_text(encoding="utf-8"), "CGT_BLESS=1 writes it anew; read it before you commit")


if __name__ == "__main__":
    unittest.main()
