"""Finds the native library by absolute path, and refuses one that speaks another ABI."""

import ctypes
import os
import platform
import struct
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any, Callable, List, Optional

from ._abi import ABI_VERSION, Functions
from .errors import LoadError

#: Names the library to use instead of the one inside the package.
VARIABLE = "COMGATE_TERMINAL_LIBRARY"

_FILE_NAMES = {"win32": "comgate_terminal.dll", "darwin": "libcomgate_terminal.dylib"}
#: The library that was built with this package.
PACKED = Path(__file__).resolve().parent / "_lib" / _FILE_NAMES.get(sys.platform, "libcomgate_terminal.so")


class _Refused(Exception):
    """Why one file is not used."""


@lru_cache(maxsize=None)
def load() -> Functions:
    """The functions of the library, loaded at the first use and never unloaded.

    Raises LoadError.
    """
    # Whoever names a library means that one: another is never taken in its place without a word.
    named = os.environ.get(VARIABLE)
    path = Path(named) if named else PACKED
    try:
        return _open(path)
    except _Refused as why:
        attempts = [f"tried {path}{f' (named by {VARIABLE})' if named else ''}: {why}"]
    if named:
        there = "exists" if PACKED.exists() else "does not exist"
        attempts.append(f"not tried {PACKED}: the file {there}, but {VARIABLE} decides")
    raise LoadError(_report(attempts))


def _open(path: Path) -> Functions:
    if not path.is_absolute():
        raise _Refused("the path is not absolute")
    if not path.is_file():
        raise _Refused("the file does not exist")
    try:
        library = ctypes.CDLL(str(path))
    except OSError as error:
        bits = _bits(path)
        raise _Refused(f"the file exists ({f'{bits}-bit' if bits else 'no shared library'}); {error}") from None
    found = _abi_version(library)
    if found != ABI_VERSION:
        raise _Refused(f"the file exists and was loaded, but speaks ABI {found}; ABI {ABI_VERSION} is wanted")
    return _bound(library)


def _abi_version(library: ctypes.CDLL) -> int:
    try:
        function = library.cgt_abi_version
    except AttributeError:
        raise _Refused("the file exists and was loaded, but is another library: it has no cgt_abi_version") from None
    function.argtypes, function.restype = (), ctypes.c_int32
    return int(function())


def _bound(library: ctypes.CDLL) -> Functions:
    missing: List[str] = []

    def bind(name: str, *types: Any) -> Callable[..., int]:
        function = getattr(library, name, None)
        if function is None:
            missing.append(name)
            return lambda *_: 0
        function.argtypes, function.restype = types, ctypes.c_int32
        bound: Callable[..., int] = function
        return bound

    functions = Functions(bind)
    if missing:
        raise _Refused(f"the file exists and was loaded, but has no {', '.join(missing)}")
    return functions


def _report(attempts: List[str]) -> str:
    bits = struct.calcsize("P") * 8
    return "\n  ".join(
        [
            f"the library of comgate-terminal cannot be loaded by this {bits}-bit Python on {platform.platform()}",
            *attempts,
            f"remedy: install the package for this Python again, or set {VARIABLE} to the absolute path of a "
            f"{bits}-bit library",
        ]
    )


def _bits(path: Path) -> Optional[int]:
    """32 or 64 from the head of an ELF or PE file: what Windows says about the wrong one names neither."""
    with path.open("rb") as file:
        head = file.read(4096)
    if head[:4] == b"\x7fELF":
        return {1: 32, 2: 64}.get(head[4])
    if head[:2] == b"MZ" and len(head) >= 64:
        (start,) = struct.unpack_from("<I", head, 60)
        if head[start : start + 4] == b"PE\0\0":
            return {0x014C: 32, 0x8664: 64, 0xAA64: 64}.get(struct.unpack_from("<H", head, start + 4)[0])
    return None
