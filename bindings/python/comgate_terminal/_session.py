"""One terminal handle and how the library is called with it; what a Terminal and its Operation share."""

from ctypes import byref, c_int32
from typing import Any, Callable, Optional, Tuple

from ._abi import Code, Functions, OutcomeHandle, TerminalHandle, Verdict
from ._callbacks import Calls, Trampolines
from ._loader import load
from ._native import check, failure, text_out
from .errors import ComgateError
from .outcome import Outcome


class Session:
    """It knows neither Terminal nor Operation, so that their clean-up can hold it."""

    def __init__(self, host: bytes) -> None:
        self.functions = load()
        self.terminal = TerminalHandle()
        self.trampolines = Trampolines()
        check(self.functions, self.functions.cgt_terminal_new(host, byref(self.terminal)))

    def check(self, code: int) -> None:
        """Raises, with the detail that stands on the terminal, unless the call worked."""
        check(self.functions, code, self.terminal)

    def run(self, calls: Calls, function: Callable[..., int], *arguments: Any) -> Optional[ComgateError]:
        """A call in which callbacks may run. Gives its error, because what they raised comes first."""
        with self.trampolines.running(calls):
            return self._error(function(*arguments))

    def run_to_outcome(
        self, calls: Calls, function: Callable[..., int], *arguments: Any
    ) -> Tuple[Optional[ComgateError], Optional[Outcome]]:
        """The same for a function with an outcome, which is read before a signal can come in between."""
        verdict, handle = c_int32(), OutcomeHandle()
        with self.trampolines.running(calls):
            error = self._error(function(*arguments, byref(verdict), byref(handle)))
            return error, take_outcome(self.functions, handle)

    def _error(self, code: int) -> Optional[ComgateError]:
        return None if code == Code.CALL_OK else failure(self.functions, code, self.terminal)


def concluded(calls: Calls, error: Optional[ComgateError], outcome: Optional[Outcome]) -> Outcome:
    """The outcome, unless there is something to raise."""
    calls.conclude(error, outcome)
    if outcome is None:
        raise ComgateError(Code.INTERNAL, "the library gave neither an outcome nor an error; call recover")
    return outcome


def read_outcome(functions: Functions, handle: OutcomeHandle) -> Outcome:
    """Everything an outcome says, as a plain value."""
    number = c_int32()
    check(functions, functions.cgt_outcome_verdict(handle, byref(number)))
    code, text = text_out(functions.cgt_outcome_json, handle)
    check(functions, code)
    return Outcome.from_json(Verdict(number.value), text)


def take_outcome(functions: Functions, handle: OutcomeHandle) -> Optional[Outcome]:
    """Reads an outcome that is ours and frees it; None where there is none."""
    if not handle:
        return None
    try:
        return read_outcome(functions, handle)
    finally:
        functions.cgt_outcome_free(handle)
