"""A bill that is paid with several cards: each part is a sale of its own, with an id of its own.

    python split.py 2026-11-23/1/42 10000 2550

pays 2026-11-23/1/42/1 with the first card and 2026-11-23/1/42/2 with the second. Run again it goes on with what is not
paid: a part that is paid is not charged again. Ends with 0 when all of it is paid, else as pay.py does with the first
part that is not.
"""

import argparse
import sys

from comgate_terminal import Terminal, Verdict
from till import DONE, options, run, settle, show_status, store_what_was_left_open


def split(terminal: Terminal, given: argparse.Namespace) -> int:
    store_what_was_left_open(terminal)  # A real till does this once, when it starts.
    for part, amount in enumerate(given.amounts, start=1):
        ending = pay_part(terminal, f"{given.bill}/{part}", amount)
        if ending != DONE:
            return ending  # The rest is still owed: try this part again, pay it otherwise, or reverse what is paid.
    return DONE


def pay_part(terminal: Terminal, sale: str, amount: int) -> int:
    before = terminal.find(sale)
    if before is not None and before.verdict is Verdict.APPROVED and before.amount == amount:
        print(f"{sale} is paid already")
        return DONE
    print(f"sale {sale}")
    return settle(terminal, terminal.pay(sale, amount, "CZK", on_status=show_status))


if __name__ == "__main__":
    parser = options(__doc__)
    parser.add_argument("bill", help="the register's own number of the bill")
    parser.add_argument("amounts", type=int, nargs="+", help="one for each card, in minor units: 12550 is 125.50")
    sys.exit(run(split, parser.parse_args()))
