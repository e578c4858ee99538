"""What the package raises."""

from typing import TYPE_CHECKING, Optional

from ._abi import Code

if TYPE_CHECKING:
    from .outcome import Outcome


class ComgateError(Exception):
    """A call that has no outcome: nothing of this sale was sent, or (band 9) something went wrong inside.

    A payment that was refused, or whose end nobody knows, is no error: it is an Outcome with its verdict.
    """

    def __init__(self, code: Code, message: str, outcome: Optional["Outcome"] = None) -> None:
        super().__init__(code, message, outcome)
        #: Which error. Go by `band`, because a newer library may answer codes that this version does not know.
        self.code = code
        #: One sentence that names the argument, path or address.
        self.message = message
        #: What became of the operation. Only a CallbackError has one; compare with None.
        self.outcome = outcome

    @property
    def band(self) -> int:
        """What to do: 1 fix the call, 2 nothing was sent, try again, 3 the terminal refused, 4 and 9 recover."""
        return self.code // 100

    def __str__(self) -> str:
        return f"{self.message} ({self.code.name} {int(self.code)})"


class InvalidArgument(ComgateError, ValueError):
    """An argument that cannot be: a text that is empty, too long or has a NUL, a number out of its range, an unknown
    currency, extra fields that are not allowed. Nothing was sent. (An argument of another type is a TypeError.)"""


class CallbackError(ComgateError):
    """One of the host's own callbacks or signal handlers raised; that exception is `__cause__`.

    The operation was then cancelled and went to its end all the same. `outcome` says how it ended, and a cancel that
    came too late may have met an approval: look at it as at any outcome. `code` is what the library answered.
    """

    def __str__(self) -> str:
        return self.message


class LoadError(ImportError):
    """The native library could not be loaded. The text names each file, what was wrong with it, and the remedy."""


_ABOUT_ARGUMENTS = frozenset({Code.TEXT, Code.RANGE, Code.AMOUNT, Code.CURRENCY, Code.HOST, Code.ENDPOINT, Code.EXTRA})


def error_of(code: Code, message: str) -> ComgateError:
    """The exception for a code of the library."""
    return (InvalidArgument if code in _ABOUT_ARGUMENTS else ComgateError)(code, message)
