"""A payment that may ask for a signature: the customer signs the shop's copy, the cashier compares it with the card.

    python signature.py 2026-11-23/1/42 --simulator              (--amount 12504 asks for one there)

Ends with 0 paid, 1 not paid (also: the signature did not fit, and the sale is taken back), 2 error, 3 not settled: hand
nothing over, run it again. Under the same sale number it asks again and charges nothing.
"""

import argparse
import sys
from typing import Optional

from comgate_terminal import Terminal, Verdict
from till import DONE, NOT_DONE, NOT_KNOWN, options, run, settle, show_status


def pay(terminal: Terminal, given: argparse.Namespace) -> int:
    outcome = terminal.pay(given.sale, given.amount, "CZK", on_status=show_status)
    if outcome.verdict is not Verdict.APPROVED or not outcome.signature_required:
        return settle(terminal, outcome)
    print(f"\n{outcome.receipt(copy='merchant', width=40)}")  # With a line to sign on.
    fits = ask_cashier()
    if fits is None:
        return NOT_KNOWN  # Nothing is stored or acknowledged without an answer, so that the sale is told again.
    # The outcome is the sale's after yes, and the reversal's after no.
    result = settle(terminal, terminal.signature_result(given.sale, fits, on_status=show_status))
    if fits:
        return result
    # Taken back is not paid. A reversal that did not work leaves a sale that is paid, and has to be taken back again.
    return NOT_DONE if result == DONE else NOT_KNOWN


def ask_cashier() -> Optional[bool]:
    """None: nobody has answered."""
    print("Does the signature fit the card? (y/n)", flush=True)
    for line in sys.stdin:
        if line[:1] in ("y", "n"):
            return line[0] == "y"
    return None


if __name__ == "__main__":
    parser = options(__doc__)
    parser.add_argument("sale", help="the register's own number of the sale")
    parser.add_argument("--amount", type=int, default=12504, help="minor units: 12550 is 125.50")
    sys.exit(run(pay, parser.parse_args()))
