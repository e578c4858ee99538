"""What the examples share: the terminal of the command line, and what a till does with an outcome.

A real till has its screen, its printer and its database in place of the print here.
"""

import argparse
import io
import sys
from pathlib import Path
from typing import Callable

from comgate_terminal import ComgateError, Outcome, StatusText, Terminal, Verdict

#: How the examples end. 3: nobody knows whether money moved. Run recover.py, and repeat nothing before.
DONE, NOT_DONE, FAILED, NOT_KNOWN = 0, 1, 2, 3


def options(about: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", default="127.0.0.1", help="name or address of the terminal")
    parser.add_argument("--port", type=int, default=33350)
    parser.add_argument("--journal", type=Path, help="folder that remembers what was paid; the library has a default")
    parser.add_argument("--simulator", action="store_true", help="allow a terminal in software")
    return parser


def run(task: Callable[[Terminal, argparse.Namespace], int], given: argparse.Namespace) -> int:
    """Opens the terminal for one task and gives the exit code."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # A console that lacks a letter must not stop a payment.
    try:
        with open_terminal(given) as terminal:
            return task(terminal, given)
    except ComgateError as error:
        # There is no outcome. Nothing was sent, except that after 4xx and 9xx nobody knows.
        print(error, file=sys.stderr)  # For the technician.
        print(error.advice_text)  # For the cashier.
        return NOT_KNOWN if error.band in (4, 9) else FAILED


def open_terminal(given: argparse.Namespace) -> Terminal:
    if given.journal is not None:
        given.journal.mkdir(parents=True, exist_ok=True)
    terminal = Terminal(given.host, port=given.port, journal_dir=given.journal)
    terminal.set_language("en")
    terminal.allow_simulator(given.simulator)
    return terminal


def show_status(text: StatusText) -> None:
    print(f"  {text.phase} {text}", flush=True)


def show(outcome: Outcome) -> None:
    """What the cashier reads: which operation, what became of it, and what to do now."""
    print(f"{outcome.kind.name.lower()} {outcome.sale_id}: {outcome.verdict}. {outcome.advice_text}")
    for words in (outcome.reason_text, outcome.response_message):
        if words is not None:
            print(f"  {words}")


def store(outcome: Outcome) -> None:
    """A real till writes to its database here, with the transaction id as the key, and returns only when that is safely
    on disk. The same outcome may come again: it is told until it is acknowledged."""
    print(f"  stored as {outcome.transaction_id}")


def store_what_was_left_open(terminal: Terminal) -> None:
    """At start-up: what became of the sales that the last crash or power cut left open. Of an UNKNOWN sale there is
    nothing to store yet, so it stays open and is told each time."""
    for outcome in terminal.recover(on_status=show_status):
        print("left open: ", end="")
        show(outcome)
        if outcome.verdict is not Verdict.UNKNOWN:
            store(outcome)  # First: what is not acknowledged is told again.
            terminal.acknowledge_transaction(outcome.transaction_id)


def settle(terminal: Terminal, outcome: Outcome) -> int:
    """What a till does with an outcome, whatever the operation was. Gives the exit code."""
    show(outcome)
    if outcome.verdict is Verdict.APPROVED:  # The only one that says "paid", and of the other operations "done".
        print(f"\n{outcome.receipt(width=40)}")  # With encoding="cp852" it is bytes for the printer.
        store(outcome)
        terminal.acknowledge_transaction(outcome.transaction_id)
        return DONE
    if outcome.verdict is Verdict.UNKNOWN:  # No goods, no receipt, no second try before recover has found out.
        return NOT_KNOWN
    return NOT_DONE  # DECLINED, CANCELLED, NOT_STARTED: no money moved. Try again, under the same number.
