"""Takes one card payment and shows every step.

    python pay.py --host 192.168.1.105
    python pay.py --simulator --amount 12501      (declined there; other last digits, other endings)
"""

import argparse
import datetime
import sys
from pathlib import Path

from comgate_terminal import ComgateError, Field, Outcome, StatusText, Terminal, Verdict

RECEIPT = (
    Field.AMOUNT_APPROVED,
    Field.TIP,
    Field.CURRENCY,
    Field.PAN,
    Field.SCHEME,
    Field.AID,
    Field.AUTH_CODE,
    Field.SEQUENCE_NUMBER,
    Field.ACQUIRER_TERMINAL_ID,
    Field.ACQUIRER_MERCHANT_ID,
    Field.TERMINAL_TIME,
)


def main() -> int:
    options = arguments()
    if options.journal is not None:
        options.journal.mkdir(parents=True, exist_ok=True)
    try:
        with Terminal(options.host, port=options.port, journal_dir=options.journal) as terminal:
            terminal.set_language("en")
            terminal.allow_simulator(options.simulator)
            for outcome in terminal.recover():  # What the last power cut left open.
                print("left open:")
                settle(terminal, outcome)
            sale_id = f"{datetime.datetime.now():%Y-%m-%d/1/%H%M%S}"
            print(f"sale {sale_id}")
            outcome = terminal.pay(sale_id, options.amount, "CZK", on_status=show)
            settle(terminal, outcome)
    except ComgateError as error:  # There is no outcome, and nothing was sent.
        print(error, file=sys.stderr)
        return 2
    return 0 if outcome.verdict is Verdict.APPROVED else 1


def show(text: StatusText) -> None:
    print(f"  {text.phase} {text}")


def settle(terminal: Terminal, outcome: Outcome) -> None:
    print(f"sale {outcome.sale_id}: {outcome.verdict}. {outcome.advice_text}")
    for words in (outcome.reason_text, outcome.response_message):
        if words is not None:
            print(f"  {words}")
    if outcome.verdict is Verdict.APPROVED:
        for field in RECEIPT:
            if outcome.get(field) is not None:
                print(f"  {field}: {outcome.get(field)}")
    if outcome.verdict is not Verdict.UNKNOWN:
        # A till stores the sale here, by its transaction_id. Only then may the journal let go of it.
        terminal.acknowledge_transaction(outcome.transaction_id)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Takes one card payment and shows every step.")
    parser.add_argument("--host", default="127.0.0.1", help="name or address of the terminal")
    parser.add_argument("--port", type=int, default=33350)
    parser.add_argument("--simulator", action="store_true", help="allow a terminal in software")
    parser.add_argument("--amount", type=int, default=12550, help="minor units: 12550 is 125.50")
    parser.add_argument("--journal", type=Path, help="folder that remembers what was paid; the library has a default")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
