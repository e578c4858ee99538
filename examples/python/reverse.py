"""Takes a whole sale back, before the closing that contains it: a wrong amount, or a customer who has changed his mind.

    python reverse.py 2026-11-23/1/42-R 2026-11-23/1/42 --host 192.168.1.105

A sale is taken back once, however often this runs. Ends with 0 taken back, 1 not taken back and the sale stands,
2 error, nothing was sent, 3 unknown: recover, then run it again.
"""

import argparse
import sys

from comgate_terminal import Code, ComgateError, Terminal
from till import options, run, settle, show_status


def reverse(terminal: Terminal, given: argparse.Namespace) -> int:
    try:
        outcome = terminal.reverse(given.reversal, given.sale, on_status=show_status)
    except ComgateError as error:
        if error.code is Code.CLOSED:
            print("The batch with this sale is closed. Refund it instead.")
        raise
    return settle(terminal, outcome)  # From here on the till counts the sale as not paid, if this is DONE.


if __name__ == "__main__":
    parser = options(__doc__)
    parser.add_argument("reversal", help="the register's own number of the reversal")
    parser.add_argument("sale", help="the number of the sale that is taken back")
    sys.exit(run(reverse, parser.parse_args()))
