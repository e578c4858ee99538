"""Gives money back to the customer's card: for a part of a sale, or after the closing.

    python refund.py 2026-11-24/1/7 --amount 5000 --sale 2026-11-23/1/42 --host 192.168.1.105

The same refund number again is the same refund, never a second one. Ends with 0 refunded, 1 not refunded, 2 error,
nothing was sent, 3 unknown: recover, then run it again.
"""

import argparse
import sys

from comgate_terminal import Code, ComgateError, Terminal
from till import options, run, settle, show_status


def refund(terminal: Terminal, given: argparse.Namespace) -> int:
    try:
        outcome = terminal.refund(given.refund, given.amount, "CZK", original=given.sale, on_status=show_status)
    except ComgateError as error:
        if error.code is Code.BEYOND_ORIGINAL:
            print("That is more than what is left of this sale.")
        raise
    return settle(terminal, outcome)


if __name__ == "__main__":
    parser = options(__doc__)
    parser.add_argument("refund", help="the register's own number of the refund")
    parser.add_argument("--amount", type=int, required=True, help="minor units: 12550 is 125.50")
    parser.add_argument("--sale", help="the sale that is refunded, where this register made it: never more than it was")
    sys.exit(run(refund, parser.parse_args()))
