"""What every call of the library needs: texts out of buffers, errors out of codes."""

import re
from ctypes import byref, c_int32, create_string_buffer
from typing import Any, Callable, Optional, Tuple

from ._abi import Code, Functions, TerminalHandle
from ._loader import load
from .errors import ComgateError, ask_library, error_of


def text_out(function: Callable[..., int], *arguments: Any) -> Tuple[int, str]:
    """The same as `bytes_out` for a text in UTF-8."""
    code, written = bytes_out(function, *arguments)
    return code, written.decode("utf-8", "replace")


def bytes_out(function: Callable[..., int], *arguments: Any) -> Tuple[int, bytes]:
    """Calls a function that writes a text, once more when the first buffer was too small. Gives code and bytes."""
    capacity, need = 1024, c_int32()
    while True:
        buffer = create_string_buffer(capacity)
        code = function(*arguments, buffer, capacity, byref(need))
        if code != Code.BUFFER:
            return code, buffer.value
        capacity = need.value


def failure(functions: Functions, code: int, terminal: Optional[TerminalHandle]) -> ComgateError:
    """The exception for a code. Its detail stands on the terminal; for calls without one, on this thread."""
    _, detail = text_out(functions.cgt_terminal_last_error, terminal)
    _, advice = text_out(functions.cgt_last_advice, terminal, None)
    if not detail:
        _, detail = text_out(functions.cgt_error_text, code)
    return error_of(Code(code), in_python(detail), advice)


def advice_of(code: Code) -> str:
    """What to tell the cashier about an error that the library has not seen."""
    _, advice = text_out(load().cgt_error_advice, code, None)
    return advice


ask_library(advice_of)


#: Functions of C that have another name here than without cgt_, cgt_terminal_ or cgt_sale_.
_NAMES = {
    "cgt_journal_accept_loss": "accept_journal_loss",
    "cgt_terminal_set_journal_dir": "journal_dir",
    "cgt_terminal_set_secure_string": "secure_string",
    "cgt_terminal_allow_any_drive": "any_drive",
}


def in_python(text: str) -> str:
    """The same sentence with the names that this package has: `recover` for cgt_recover."""
    return re.sub(r"\bcgt_(?:terminal_|sale_)?(\w+)", lambda found: _NAMES.get(found[0], found[1]), text)


def check(functions: Functions, code: int, terminal: Optional[TerminalHandle] = None) -> None:
    """Raises unless the call worked."""
    if code != Code.CALL_OK:
        raise failure(functions, code, terminal)
