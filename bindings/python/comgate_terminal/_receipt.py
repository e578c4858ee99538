"""Receipts, made by the library from an outcome's JSON."""

from typing import Mapping, Optional

from . import _arguments
from ._abi import Code, Encoding, ReceiptCopy
from ._loader import load
from ._native import bytes_out, check
from .errors import InvalidArgument

_COPIES = {"merchant": ReceiptCopy.MERCHANT, "customer": ReceiptCopy.CUSTOMER}
_ENCODINGS = {
    "utf-8": Encoding.UTF8,
    "cp852": Encoding.CP852,
    "cp1250": Encoding.CP1250,
    "ascii": Encoding.ASCII,
}


def render(outcome: str, copy: str, reprint: bool, width: int, language: Optional[str], encoding: str) -> bytes:
    """The receipt of an outcome's JSON, in the bytes of that encoding."""
    functions = load()
    code, receipt = bytes_out(
        functions.cgt_receipt_from_json,
        _arguments.text("outcome", outcome),
        _number("copy", copy, _COPIES),
        _arguments.switch("reprint", reprint),
        _arguments.number("width", width),
        None if language is None else _arguments.text("language", language),
        _number("encoding", encoding, _ENCODINGS),
    )
    check(functions, code)
    return receipt


def _number(name: str, word: str, known: Mapping[str, int]) -> int:
    _arguments.text(name, word)
    if word not in known:
        raise InvalidArgument(Code.RANGE, f'{name}: "{word}" is not known; {", ".join(known)} are')
    return int(known[word])
