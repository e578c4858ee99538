"""Lists of the library, read row by row."""

from ctypes import byref, c_int32
from typing import List

from ._abi import Functions, RowField, RowsHandle
from ._native import check, text_out


def texts(functions: Functions, rows: RowsHandle, field: RowField) -> List[str]:
    """One field of every row that is still to come. The list stays the caller's to free."""
    found: List[str] = []
    has = c_int32()
    while True:
        check(functions, functions.cgt_rows_next(rows, byref(has)))
        if not has.value:
            return found
        code, text = text_out(functions.cgt_rows_get_text, rows, field)
        check(functions, code)
        found.append(text)
