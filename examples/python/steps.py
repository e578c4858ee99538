"""A payment in steps, for a till with a window or an event loop that must never stand still. Ctrl+C cancels.

    python steps.py 2026-11-23/1/42 --host 192.168.1.105

Here the loop is asyncio's, and a clock ticks while the customer pays. A timer of a window does the same: call `step`
each time until it says that it is done. Ends as pay.py does.
"""

import argparse
import asyncio
import signal
import sys
import threading

from comgate_terminal import Outcome, Terminal
from till import options, run, settle, show_status


async def pay(terminal: Terminal, sale_id: str, amount: int) -> Outcome:
    pressed = threading.Event()
    signal.signal(signal.SIGINT, lambda number, frame: pressed.set())
    begin = terminal.begin(sale_id, amount, "CZK", on_status=show_status, should_cancel=pressed.is_set)
    # Leaving this block before the end would let go of the sale: recover then finds out what became of it.
    with begin as operation:
        while not operation.step(wait_ms=0):  # One exchange at most; where that is too long, pay in a thread.
            await asyncio.sleep(0.05)
        return operation.finish()


async def clock() -> None:
    while True:
        print("  tick", flush=True)
        await asyncio.sleep(1)


async def serve(terminal: Terminal, given: argparse.Namespace) -> Outcome:
    ticking = asyncio.ensure_future(clock())
    try:
        return await pay(terminal, given.sale, given.amount)
    finally:
        ticking.cancel()


def in_a_loop(terminal: Terminal, given: argparse.Namespace) -> int:
    return settle(terminal, asyncio.run(serve(terminal, given)))


if __name__ == "__main__":
    parser = options(__doc__)
    parser.add_argument("sale", help="the register's own number of the sale")
    parser.add_argument("--amount", type=int, default=12550, help="minor units: 12550 is 125.50")
    sys.exit(run(in_a_loop, parser.parse_args()))
