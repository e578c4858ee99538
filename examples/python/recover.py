"""The start of a till: what became of the sales that a crash or a power cut left open? And where even the terminal has
forgotten it: a person has looked at its history, or at the bank's, and decides.

    python recover.py --host 192.168.1.105
    python recover.py --charged 2026-11-23/1/42 --note "paní Nováková, podle výpisu z banky"

Ends with 0 everything is known and stored, 1 the terminal knows this sale, and otherwise than the person, 2 error,
3 something is not decided: selling may go on, but nobody pays or gets goods for those sales again before they are.
"""

import argparse
import sys

from comgate_terminal import Code, ComgateError, Terminal
from till import DONE, NOT_DONE, NOT_KNOWN, options, run, show, store_what_was_left_open


def recover(terminal: Terminal, given: argparse.Namespace) -> int:
    result = DONE
    for sale_id, charged in ((given.charged, True), (given.not_charged, False)):
        if sale_id is not None:
            result = decide(terminal, sale_id, charged, given.note)
    still_open = start_up(terminal)
    return still_open if result == DONE else result


def start_up(terminal: Terminal) -> int:
    store_what_was_left_open(terminal)
    count = terminal.unresolved_count()
    print(f"{count.undecided} not decided, {count.unacknowledged} not stored")
    return NOT_KNOWN if count.undecided else DONE


def decide(terminal: Terminal, sale_id: str, charged: bool, note: str) -> int:
    """The terminal is asked once more, and its word counts more than the person's."""
    try:
        terminal.resolve(sale_id, charged, note)
    except ComgateError as error:
        if error.code is Code.UNRESOLVED:
            print("The customer is still paying. There is nothing to decide yet.")
            return NOT_KNOWN
        if error.code is not Code.DECIDED:
            raise
        print("This sale is decided, and otherwise:")
        outcome = terminal.find(sale_id)
        if outcome is not None:
            show(outcome)
        return NOT_DONE
    return DONE


if __name__ == "__main__":
    parser = options(__doc__)
    decision = parser.add_mutually_exclusive_group()
    decision.add_argument("--charged", metavar="SALE", help="a person says that this sale was charged")
    decision.add_argument("--not-charged", metavar="SALE", help="a person says that it was not")
    parser.add_argument("--note", default="", help="who says so, and why; a decision needs it")
    sys.exit(run(recover, parser.parse_args()))
