"""Who is there? For the till's settings page, and the first thing to try with a new terminal: address, port,
secureString, and whether it reaches its bank. No money moves.

    python status.py --host 192.168.1.105

Ends with 0 ready to take payments, 1 a terminal that is not online, 2 error, with what to look at.
"""

import argparse
import sys

from comgate_terminal import Code, ComgateError, Terminal
from till import DONE, NOT_DONE, options, run

LOOK_AT = {
    Code.SECURE_STRING: "The terminal is there. Its secureString is another one.",
    Code.NOT_SUPPORTED: "The terminal is there. It does not tell whether it is online.",
    Code.SIMULATOR: "This is a terminal in software; --simulator allows it.",
}


def status(terminal: Terminal, given: argparse.Namespace) -> int:
    try:
        info = terminal.info()
        print(f"terminal {info.id or '(tells no id: keep its address fixed)'}, {info.protocol} version {info.version}")
        print(f"path {info.base_path}, of {', '.join(info.versions)}")
        state = terminal.status()  # This one needs the right secureString.
    except ComgateError as error:
        if error.code in LOOK_AT:
            print(LOOK_AT[error.code])
        elif error.band == 2:
            print("Look at the address and the port, the cable, and whether the terminal is on.")
        raise
    print(f"online: {state.online_status}, terminal time {state.time}")
    return DONE if state.online else NOT_DONE


if __name__ == "__main__":
    sys.exit(run(status, options(__doc__).parse_args()))
