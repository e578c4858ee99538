"""Takes one card payment and shows every step. Ctrl+C cancels.

    python pay.py --host 192.168.1.105
    python pay.py --simulator --amount 12501      (declined there; other last digits, other endings)

Ends with 0 approved, 1 not paid, 2 error (nothing was charged now), 3 unknown: neither paid nor unpaid.
"""

import argparse
import datetime
import signal
import sys
import threading

from comgate_terminal import Terminal
from till import options, run, settle, show_status, store_what_was_left_open


def pay(terminal: Terminal, given: argparse.Namespace) -> int:
    store_what_was_left_open(terminal)  # A real till does this once, when it starts.
    print(f"sale {given.sale}")
    # The answer to a cancel is still the verdict: the customer may have been faster.
    pressed = threading.Event()
    signal.signal(signal.SIGINT, lambda number, frame: pressed.set())
    outcome = terminal.pay(given.sale, given.amount, "CZK", on_status=show_status, should_cancel=pressed.is_set)
    return settle(terminal, outcome)  # Here the till looks at the verdict: see till.py.


if __name__ == "__main__":
    parser = options(__doc__)
    parser.add_argument("--amount", type=int, default=12550, help="minor units: 12550 is 125.50")
    number = f"{datetime.datetime.now():%Y-%m-%d/1/%H%M%S}"
    parser.add_argument("--sale", default=number, help="the register's own number; the same one is never charged twice")
    sys.exit(run(pay, parser.parse_args()))
