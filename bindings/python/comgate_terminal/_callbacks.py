"""The host's own code while the library runs: its callbacks and its signal handlers.

Nothing may be raised through the frames of the library, and nothing that was raised may get lost. So the first
exception is kept, asks for a cancel, and is raised when the operation has ended, together with its outcome.
"""

import signal
import threading
from contextlib import contextmanager
from typing import Any, Callable, Iterator, Optional

from ._abi import CancelCallback, Code, Event, PaymentCallback, Phase, StatusCallback
from .errors import CallbackError, ComgateError
from .outcome import Outcome


class StatusText(str):
    """What the cashier may be shown, in the language of the terminal; `phase` says what is going on."""

    phase: Phase

    def __new__(cls, text: str, phase: Phase) -> "StatusText":
        status = super().__new__(cls, text)
        status.phase = phase
        return status


OnStatus = Callable[[StatusText], object]
ShouldCancel = Callable[[], object]
OnPayment = Callable[[Event, str, str], object]


class Calls:
    """The host's side of one operation."""

    def __init__(
        self,
        on_status: Optional[OnStatus] = None,
        should_cancel: Optional[ShouldCancel] = None,
        on_payment: Optional[OnPayment] = None,
    ) -> None:
        self.on_status = callable_or_none("on_status", on_status)
        self.should_cancel = callable_or_none("should_cancel", should_cancel)
        self.on_payment = on_payment
        self.raised: Optional[BaseException] = None

    def keep(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Calls the host's code and keeps what it raises: the first, but Ctrl+C before any mere error."""
        try:
            return function(*arguments)
        except BaseException as error:
            if self.raised is None or not isinstance(error, Exception):
                self.raised = error
            return None

    def wants_cancel(self) -> bool:
        """Whether to cancel: what should_cancel says, and yes once anything was raised."""
        ask = self.should_cancel
        wish = ask is not None and self.keep(lambda: bool(ask()))
        return bool(wish) or self.raised is not None

    def conclude(self, error: Optional[ComgateError], outcome: Optional[Outcome] = None) -> None:
        """Raises what the host's code raised, else the error of the call itself, else nothing."""
        raised, self.raised = self.raised, None
        if raised is None:
            if error is not None:
                raise error
        elif isinstance(raised, Exception):
            code = Code.CALL_OK if error is None else error.code
            advice = None if error is None else error.advice_text
            raise CallbackError(code, _sentence(raised, error, outcome), outcome, advice) from raised
        else:
            # KeyboardInterrupt and SystemExit stay what they are: the program is to end.
            setattr(raised, "outcome", outcome)
            raise raised


def _sentence(raised: Exception, error: Optional[ComgateError], outcome: Optional[Outcome]) -> str:
    what = f"a callback raised {type(raised).__name__}: {raised}"
    if error is not None:
        return f"{what}; the call has no outcome: {error}"
    return what if outcome is None else f"{what}; sale {outcome.sale_id} is {outcome.verdict}"


class Trampolines:
    """The functions that the library calls, one set for the life of a terminal.

    ctypes frees the machine code of a callback with its object, so they are kept as long as the handle. They do not
    know the Terminal: a cycle would put off the end of it until the garbage collector comes by.
    """

    def __init__(self) -> None:
        self._in_use = threading.Lock()
        self._calls = Calls()
        self.status = StatusCallback(self._on_status)
        self.cancel = CancelCallback(self._on_cancel)
        self.payment = PaymentCallback(self._on_payment)

    @contextmanager
    def running(self, calls: Calls) -> Iterator[None]:
        """These are the host's callbacks for one call of the library. From a callback or a second thread: BUSY."""
        with _signals_kept(calls):
            if not self._in_use.acquire(blocking=False):
                raise ComgateError(
                    Code.BUSY,
                    "the terminal is in use by another call: another thread, or the call whose callback this is",
                )
            self._calls = calls
            try:
                yield
            finally:
                self._calls = Calls()
                self._in_use.release()

    def _on_status(self, _user: Optional[int], phase: int, text: Optional[bytes]) -> int:
        calls = self._calls
        if calls.on_status is not None:
            calls.keep(calls.on_status, StatusText(_decoded(text), Phase(phase)))
        return 0

    def _on_cancel(self, _user: Optional[int]) -> int:
        return int(self._calls.wants_cancel())

    def _on_payment(self, _user: Optional[int], event: int, sale: Optional[bytes], transaction: Optional[bytes]) -> int:
        calls = self._calls
        if calls.on_payment is not None:
            calls.keep(calls.on_payment, Event(event), _decoded(sale), _decoded(transaction))
        return 0


@contextmanager
def _signals_kept(calls: Calls) -> Iterator[None]:
    """What a signal handler raises is treated like the exception of a callback: Ctrl+C is the everyday one.

    Python runs signal handlers on the main thread before any step of a callback, also the first, where no `try` could
    catch what they raise: ctypes would print it and the payment would go on. The handlers run when they always would.
    """
    replaced = {}
    try:
        for number in signal.valid_signals() if _may_set_signals() else ():
            handler = signal.getsignal(number)
            if callable(handler):
                keeping = _keeping(calls, handler)
                replaced[number] = (handler, keeping)
                signal.signal(number, keeping)
        yield
    finally:
        for number, (handler, keeping) in replaced.items():
            # A handler that the host set meanwhile stays.
            if signal.getsignal(number) is keeping:
                signal.signal(number, handler)


def _keeping(calls: Calls, handler: Callable[..., Any]) -> Callable[[int, Any], None]:
    def handle(number: int, frame: Any) -> None:
        calls.keep(handler, number, frame)

    return handle


def _may_set_signals() -> bool:
    return threading.current_thread() is threading.main_thread()


def callable_or_none(name: str, value: Any) -> Any:
    """Refuses at once what would only fail in mid-payment."""
    if value is not None and not callable(value):
        raise TypeError(f"{name}: a function or None is needed, not {type(value).__name__}")
    return value


def _decoded(text: Optional[bytes]) -> str:
    return (text or b"").decode("utf-8", "replace")
