"""What every call of the library needs: texts out of buffers, errors out of codes."""

from ctypes import byref, c_int32, create_string_buffer
from typing import Any, Callable, Optional, Tuple

from ._abi import Code, Functions, TerminalHandle
from .errors import ComgateError, error_of


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
    if not detail:
        _, detail = text_out(functions.cgt_error_text, code)
    return error_of(Code(code), detail)


def check(functions: Functions, code: int, terminal: Optional[TerminalHandle] = None) -> None:
    """Raises unless the call worked."""
    if code != Code.CALL_OK:
        raise failure(functions, code, terminal)
