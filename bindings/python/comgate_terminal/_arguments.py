"""Python values on their way to C. ctypes would cut numbers and texts to what fits; here they are refused by name."""

import json
from os import PathLike, fsdecode
from typing import Any, Dict, Optional, Tuple, Union

from ._abi import Code
from .errors import InvalidArgument


def text(name: str, value: str) -> bytes:
    """UTF-8 without a NUL inside, which C would take for the end."""
    if not isinstance(value, str):
        raise TypeError(f"{name}: a str is needed, not {type(value).__name__}")
    if "\0" in value:
        raise InvalidArgument(Code.TEXT, f"{name}: a NUL character is not allowed")
    try:
        return value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InvalidArgument(Code.TEXT, f"{name}: the text cannot be written as UTF-8 ({error.reason})") from None


def text_or_none(name: str, value: Optional[str]) -> Optional[bytes]:
    """The same for a text that may be left out."""
    return None if value is None else text(name, value)


def path(name: str, value: "Union[str, PathLike[str]]") -> bytes:
    """A folder's name as UTF-8."""
    try:
        decoded = fsdecode(value)
    except TypeError:
        raise TypeError(f"{name}: a str or a path is needed, not {type(value).__name__}") from None
    return text(name, decoded)


def amount(name: str, value: int) -> int:
    """Minor units. Neither a float nor a Decimal: 125.50 must not become 125."""
    number = _whole(name, value)
    if not -(2**63) <= number < 2**63:
        raise InvalidArgument(Code.AMOUNT, f"{name}: {number} has more than 12 digits")
    return number


def money(minor: int, currency: str) -> Tuple[int, bytes]:
    """An amount and its currency."""
    return amount("amount", minor), text("currency", currency)


def number(name: str, value: int) -> int:
    """A number that fits; the library knows its limits."""
    whole = _whole(name, value)
    if not -(2**31) <= whole < 2**31:
        raise InvalidArgument(Code.RANGE, f"{name}: {whole} is out of every range")
    return whole


def milliseconds(name: str, value: Optional[int]) -> int:
    """None is "leave it as it is", which C writes as -1."""
    if value is None:
        return -1
    if number(name, value) < 0:
        raise InvalidArgument(Code.RANGE, f"{name}: {value} ms is negative")
    return value


def switch(name: str, value: bool) -> int:
    """True or False, nothing that merely looks like it."""
    if not isinstance(value, bool):
        raise TypeError(f"{name}: True or False is needed, not {type(value).__name__}")
    return int(value)


def json_object(name: str, value: Dict[str, Any]) -> bytes:
    """A dict as JSON."""
    if not isinstance(value, dict):
        raise TypeError(f"{name}: a dict is needed, not {type(value).__name__}")
    try:
        written = json.dumps(value, allow_nan=False, ensure_ascii=False)
    except (TypeError, ValueError) as error:
        raise InvalidArgument(Code.EXTRA, f"{name}: it cannot be written as JSON ({error})") from None
    return text(name, written)


def _whole(name: str, value: int) -> int:
    # True is an int to Python, and an amount to nobody.
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{name}: an int is needed, not {type(value).__name__}")
    return int(value)
