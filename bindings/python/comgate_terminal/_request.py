"""A request for the general form, as long as a block lasts."""

from contextlib import contextmanager
from ctypes import byref
from typing import Any, Callable, Iterator, List, Optional, Tuple

from . import _arguments as arguments
from ._abi import Functions, Kind, RequestHandle
from ._native import check

#: A setter of the request, and what it is given.
_Setting = Tuple[Callable[..., int], Tuple[Any, ...]]


@contextmanager
def request(
    functions: Functions,
    kind: Kind,
    sale_id: str,
    *,
    money: Optional[Tuple[int, bytes]] = None,
    extra: Optional[bytes] = None,
    original_of: Optional[Tuple[bytes, bytes]] = None,
    **texts: Optional[str],
) -> Iterator[RequestHandle]:
    """A request of this kind. original_of: a register and its sale. texts: by the name of their setter; what is None is not set."""
    sale = arguments.text("sale_id", sale_id)
    settings: List[_Setting] = []
    if money is not None:
        settings.append((functions.cgt_request_set_amount, money))
    if extra is not None:
        settings.append((functions.cgt_request_set_extra, (extra,)))
    if original_of is not None:
        settings.append((functions.cgt_request_set_original_of, original_of))
    for name, text in texts.items():
        if text is not None:
            settings.append((getattr(functions, f"cgt_request_set_{name}"), (arguments.text(name, text),)))
    handle = RequestHandle()
    check(functions, functions.cgt_request_new(kind, sale, byref(handle)))
    try:
        for setter, values in settings:
            check(functions, setter(handle, *values))
        yield handle
    finally:
        functions.cgt_request_free(handle)
