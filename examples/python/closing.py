"""The day's end: closes the terminal's batch, so that the money comes, and compares its totals with the till's.

    python closing.py 2026-11-23 --host 192.168.1.105

After it no sale of the batch can be reversed. Ends with 0 closed, 1 not closed, 2 error, nothing was sent, 3 unknown:
recover, then run it again.
"""

import argparse
import sys

from comgate_terminal import Code, ComgateError, Outcome, Terminal
from till import DONE, options, run, settle, show_status


def close_batch(terminal: Terminal, given: argparse.Namespace) -> int:
    # What nobody knows, or the till has not stored, makes its own totals differ: better seen before than after.
    count = terminal.unresolved_count()
    if count:
        print(f"{count.undecided} sales not decided, {count.unacknowledged} not stored in the till: run recover first")
    try:
        outcome = terminal.closing(given.closing, on_status=show_status)
    except ComgateError as error:
        if error.code is Code.UNRESOLVED:
            print("A customer is still paying. Close when the terminal has ended.")
        raise
    result = settle(terminal, outcome)
    if result == DONE:
        show_totals(outcome)
    return result


def show_totals(outcome: Outcome) -> None:
    """In minor units: what the till compares with its own day. None where the terminal tells none; 0 is a total."""
    print(f"  batch {outcome.batch_number}")
    print(f"  payments {outcome.debits_count}, their sum {outcome.debits_amount}")
    print(f"  refunds {outcome.credits_count}, their sum {outcome.credits_amount}")
    print(f"  adjustments {outcome.adjustments_count}, their sum {outcome.adjustments_amount}")


if __name__ == "__main__":
    parser = options(__doc__)
    parser.add_argument("closing", help="the register's own number of the closing, such as the date")
    sys.exit(run(close_batch, parser.parse_args()))
