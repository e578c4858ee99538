"""A shop for the tests: the simulator as a child process, its control API, a journal folder."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional

from comgate_terminal import Outcome, Phase, StatusText, Terminal, Verdict

SIMULATOR = os.environ.get("COMGATE_SIMULATOR", "")

# Who starts the tests in the background of a script makes them deaf to Ctrl+C, and the registers that they start too.
signal.signal(signal.SIGINT, signal.default_int_handler)


class Simulator:
    """The terminal in software. It takes free ports and ends with its test."""

    def __init__(self) -> None:
        command = [SIMULATOR, "--port", "0", "--control-port", "0", "--quick"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        ready = re.fullmatch(r"READY port=(\d+) control=(\d+)\n", self.process.stdout.readline())
        assert ready is not None, "the simulator did not start"
        self.port, self._control = int(ready[1]), int(ready[2])

    def close(self) -> None:
        self.process.terminate()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()

    def control(self, method: str, path: str, body: Optional[object] = None) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self._control)
        try:
            connection.request(method, path, None if body is None else json.dumps(body))
            reply = connection.getresponse()
            answer = json.loads(reply.read())
            assert reply.status == 200, answer
            return answer
        finally:
            connection.close()

    def fault(self, endpoint: str, kind: object, **more: int) -> None:
        self.control("POST", "/fault", {"endpoint": endpoint, "kind": kind, **more})

    def personality(self, **switches: object) -> None:
        self.control("POST", "/personality", switches)

    def result(self, transaction_id: str) -> Dict[str, Any]:
        """What the terminal itself says of a sale, without the library."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        try:
            body = {"secureString": "27924505", "transactionId": transaction_id}
            connection.request("POST", "/paya/result", json.dumps(body), {"Content-Type": "application/json"})
            answer: Dict[str, Any] = json.loads(connection.getresponse().read())
            return answer
        finally:
            connection.close()

    def another_till_sells(self, amount: int) -> None:
        """Another register has begun a sale on this terminal."""
        request = {"transactionId": "ffffffff-ffff-4fff-8fff-ffffffffffff", "amount": amount, "currencyCode": 203}
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        try:
            body = json.dumps({"secureString": "27924505", "request": request})
            connection.request("POST", "/paya/payment", body, {"Content-Type": "application/json"})
            assert json.loads(connection.getresponse().read())["isStarted"] is True
        finally:
            connection.close()

    def tap(self) -> None:
        self.control("POST", "/screen", {"action": "tap"})

    def requests(self) -> List[Dict[str, Any]]:
        found: List[Dict[str, Any]] = self.control("GET", "/requests")
        return found

    def count(self, endpoint: str) -> int:
        return sum(request["endpoint"] == endpoint for request in self.requests())

    def charges(self) -> List[Dict[str, Any]]:
        found: List[Dict[str, Any]] = self.control("GET", "/state")["charges"]
        return found


class ShopTest(unittest.TestCase):
    """Each test has a simulator of its own and an empty journal."""

    #: An amount for which nobody shows a card for a minute.
    SLOW = 12531

    def setUp(self) -> None:
        self.simulator = Simulator()
        self.addCleanup(self.simulator.close)
        folder = tempfile.TemporaryDirectory(prefix="comgate-pokladna-č-")
        self.addCleanup(folder.cleanup)
        self.journal = Path(folder.name)
        self.terminal = self.open()

    def open(self, **settings: Any) -> Terminal:
        """A terminal that is closed with the test."""
        terminal = Terminal("127.0.0.1", **{"port": self.simulator.port, "journal_dir": self.journal, **settings})
        self.addCleanup(terminal.close)
        terminal.allow_simulator()
        return terminal

    def pay(self, sale_id: str = "1", amount: int = 12550, **callbacks: Any) -> Outcome:
        return self.terminal.pay(sale_id, amount, "CZK", **callbacks)

    def then_tap(self, on_status: Callable[[StatusText], object]) -> Callable[[StatusText], None]:
        """The same on_status, and the customer shows the card once it has been told that the terminal waits for it."""
        tap = once_waiting(self.simulator.tap)

        def both(text: StatusText) -> None:
            on_status(text)
            tap(text)

        return both

    def expect(self, outcome: Outcome, verdict: Verdict) -> None:
        self.assertIs(outcome.verdict, verdict, f"{outcome.reason}: {outcome.reason_text}")

    def child(self, program: str, **environment: str) -> "subprocess.Popen[str]":
        """A register in a process of its own; `terminal` is there, and what it prints can be read line by line."""
        head = (
            "import os, signal, sys\nfrom comgate_terminal import *\n"
            f"terminal = Terminal('127.0.0.1', port={self.simulator.port}, journal_dir={str(self.journal)!r})\n"
            "terminal.allow_simulator()\n"
        )
        process = subprocess.Popen(
            [sys.executable, "-u", "-c", head + program],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        )
        assert process.stdout is not None
        # Last in, first out: killed if it still runs, waited for, its pipe closed.
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def kill_a_register_in_mid_payment(self, sale_id: str = "42") -> None:
        show = "on_status=lambda text: print(text.phase)"
        register = self.child(f"terminal.pay({sale_id!r}, {self.SLOW}, 'CZK', {show})")
        wait_for(register, "WAITING")
        register.kill()
        register.wait()

    def charge_without_knowing(self, sale_id: str = "1") -> None:
        """The customer pays, and the register has died before."""
        self.kill_a_register_in_mid_payment(sale_id)
        charges = len(self.simulator.charges())
        self.simulator.tap()
        while len(self.simulator.charges()) == charges:
            time.sleep(0.01)


def once_waiting(action: Callable[[], object]) -> Callable[[StatusText], None]:
    """An on_status that acts when the terminal waits for the customer, once."""
    done: List[bool] = []

    def on_status(text: StatusText) -> None:
        if text.phase is Phase.WAITING and not done:
            done.append(True)
            action()

    return on_status


def wait_for(register: "subprocess.Popen[str]", word: str) -> str:
    """Reads what a child prints until a line begins with this word. An end before that fails with all it said."""
    assert register.stdout is not None
    said = []
    for line in register.stdout:
        said.append(line)
        if line.startswith(word):
            return line.strip()
    raise AssertionError(f"the child never said {word}: {''.join(said)}")
