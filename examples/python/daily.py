"""A shop whose bills begin with number 1 again every day: the date goes into the sale id.

    python daily.py 1 --amount 12550 --day 2026-11-23

A sale id is used once and for ever: bill 1 of today under the id "1" would be refused tomorrow, because it is paid
(SALE_USED). The day is the bill's own, stored with it, and not the day of the clock: whoever pays a bill again after
midnight must name the same sale, or it could be charged twice. Ends as pay.py does.
"""

import argparse
import datetime
import sys

from comgate_terminal import Terminal
from till import options, run, settle, show_status, store_what_was_left_open


def sale_id(day: datetime.date, register: str, number: int) -> str:
    return f"{day:%Y-%m-%d}/{register}/{number}"


def pay(terminal: Terminal, given: argparse.Namespace) -> int:
    store_what_was_left_open(terminal)  # A real till does this once, when it starts.
    sale = sale_id(given.day, given.register, given.number)
    print(f"sale {sale}")
    return settle(terminal, terminal.pay(sale, given.amount, "CZK", on_status=show_status))


if __name__ == "__main__":
    parser = options(__doc__)
    parser.add_argument("number", type=int, help="of the bill; 1 is the first one of its day")
    parser.add_argument("--day", type=datetime.date.fromisoformat, default=datetime.date.today(), help="of the bill")
    parser.add_argument("--register", default="1", help="two registers of a shop may have a bill 1 on the same day")
    parser.add_argument("--amount", type=int, default=12550, help="minor units: 12550 is 125.50")
    sys.exit(run(pay, parser.parse_args()))
