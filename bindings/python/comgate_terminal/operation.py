"""A payment in steps, for a program that must not block: a timer or an event loop calls `step`."""

import weakref
from ctypes import byref, c_int32
from types import TracebackType
from typing import Optional, Type

from . import _arguments as arguments
from ._abi import Code, OpHandle, RequestHandle
from ._callbacks import Calls
from ._native import check
from ._session import Session, concluded
from .errors import ComgateError
from .outcome import Outcome


class Operation:
    """An operation under way, made by Terminal.begin. The terminal is busy until it is finished or closed.

    Use it in a `with` block: leaving that before the end lets go of the sale. Callbacks run during `step` and `close`.
    What one raises asks for a cancel, and comes out of `finish` as it would out of Terminal.pay.
    """

    def __init__(self, session: Session, request: RequestHandle, calls: Calls) -> None:
        self._session = session
        self._calls = calls
        self._handle = OpHandle()
        # Before the handle is filled: whatever comes in between, what was begun is let go of.
        self._free = weakref.finalize(self, _let_go, session, self._handle)
        begin = session.functions.cgt_begin
        error = session.run(calls, begin, session.terminal, request, byref(self._handle))
        if error is not None:
            calls.conclude(error)

    def step(self, wait_ms: int = 100) -> bool:
        """Waits at most wait_ms (0 to 60000) for the next thing to do, then does at most one exchange with the
        terminal. True when the operation is done; then call `finish`.

        The step that meets the end of the payment also reads, stores and confirms the result.

        Raises ComgateError (ORDER after the end, BUSY, HANDLE when closed) and InvalidArgument; none of them ends the
        operation.
        """
        wait, done = arguments.number("wait_ms", wait_ms), c_int32()
        error = self._session.run(self._calls, self._session.functions.cgt_step, self._open(), wait, byref(done))
        if error is not None:
            raise error
        return done.value == 1

    def finish(self) -> Outcome:
        """The outcome of an operation that is done. With that it is closed, and the terminal is free.

        Raises what Terminal.pay raises, and ComgateError ORDER before the end.
        """
        finish = self._session.functions.cgt_finish
        error, outcome = self._session.run_to_outcome(self._calls, finish, self._open())
        if error is not None and error.code == Code.ORDER:
            raise error
        self._end()
        return concluded(self._calls, error, outcome)

    def close(self) -> None:
        """Ends the operation. Before its end this lets go of the sale: cancel is sent once, the terminal is asked for
        up to 10 s more, and what is still not known stays in the journal for Terminal.recover.

        May be called again. Raises ComgateError BUSY from inside a callback; then nothing is closed.
        """
        if self._free.alive:
            self._end()
            self._calls.conclude(None)

    def _end(self) -> None:
        with self._session.trampolines.running(self._calls):
            check(self._session.functions, self._session.functions.cgt_op_free(self._handle))
            self._free.detach()

    def _open(self) -> OpHandle:
        if not self._free.alive:
            raise ComgateError(Code.HANDLE, "the operation is closed")
        return self._handle

    def __enter__(self) -> "Operation":
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        value: Optional[BaseException],
        traceback: Optional[TracebackType],
    ) -> None:
        self.close()


def _let_go(session: Session, handle: OpHandle) -> None:
    """For an operation that was dropped without being closed."""
    if handle:
        with session.trampolines.running(Calls()):
            session.functions.cgt_op_free(handle)
