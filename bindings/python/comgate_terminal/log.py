"""What happens inside, for support."""

from typing import Callable, Optional

from ._abi import LogCallback
from ._arguments import number
from ._callbacks import callable_or_none
from ._loader import load
from ._native import check, text_out

OnLog = Callable[[int, str], object]

_on_log: Optional[OnLog] = None


def set_log(callback: Optional[OnLog], level: int = 2) -> None:
    """Has `callback(level, text)` told what happens inside, or, with None, nobody any more.

    level: 1 problems, 2 also decisions, 3 also every exchange with a terminal. The secureString and card numbers are
    never told. There is one callback for the whole process; it is called on whatever thread is inside the library and
    must not call into it. What it raises goes to sys.unraisablehook and changes nothing.

    Raises InvalidArgument (the level), TypeError, LoadError.
    """
    global _on_log
    functions = load()
    wanted = number("level", level)
    _on_log = callable_or_none("callback", callback)
    cb = LogCallback() if callback is None else _trampoline
    check(functions, functions.cgt_log_set(cb, None, wanted))


def library_version() -> str:
    """The version of the native library, such as "0.1.0". Raises LoadError."""
    return text_out(load().cgt_version_text)[1]


def _line(_user: Optional[int], level: int, text: Optional[bytes]) -> int:
    callback = _on_log
    if callback is not None:
        callback(level, (text or b"").decode("utf-8", "replace"))
    return 0


# One for ever: another thread may be about to call it when the callback is replaced.
_trampoline = LogCallback(_line)
