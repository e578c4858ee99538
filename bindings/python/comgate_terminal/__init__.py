"""Card payments on Comgate touch-screen terminals over the local network. Unofficial, not affiliated with Comgate.

::

    from comgate_terminal import Terminal, Verdict

    with Terminal("192.168.1.105", journal_dir="/var/lib/till/1") as t:
        outcome = t.pay("2026-11-23/1/42", 12550, "CZK", on_status=print)   # 125.50 CZK
        if outcome.verdict is Verdict.APPROVED:
            t.acknowledge(outcome.sale_id)

A call that returns says nothing about money: look at the verdict. UNKNOWN is neither paid nor unpaid; `recover` finds
out, and where the terminal cannot say, a person looks and calls `resolve`. Money is whole minor units, times are
milliseconds, texts are str.
"""

from ._abi import Advice, Code, CodeMeaning, Event, Field, Kind, Phase, Verdict
from ._callbacks import StatusText
from .errors import CallbackError, ComgateError, InvalidArgument, LoadError
from .facts import TerminalInfo, TerminalStatus, UnresolvedCount
from .log import library_version, set_log
from .operation import Operation
from .outcome import Outcome
from .terminal import Terminal

__all__ = [
    "Advice",
    "CallbackError",
    "Code",
    "CodeMeaning",
    "ComgateError",
    "Event",
    "Field",
    "InvalidArgument",
    "Kind",
    "LoadError",
    "Operation",
    "Outcome",
    "Phase",
    "StatusText",
    "Terminal",
    "TerminalInfo",
    "TerminalStatus",
    "UnresolvedCount",
    "Verdict",
    "library_version",
    "set_log",
]
