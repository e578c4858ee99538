"""What the package raises."""

from typing import TYPE_CHECKING, Callable, List, Optional

from ._abi import Code

if TYPE_CHECKING:
    from .outcome import Outcome


#: How to ask the library for a sentence. It is loaded by modules that need this one, so they put that here.
_ask_library: List[Callable[[Code], str]] = []


def ask_library(advice_of: Callable[[Code], str]) -> None:
    """Where the exceptions get their sentence for the cashier from, where they came without one."""
    _ask_library.append(advice_of)


class ComgateError(Exception):
    """A call that has no outcome: nothing of this sale was sent, or (band 9) something went wrong inside.

    A payment that was refused, or whose end nobody knows, is no error: it is an Outcome with its verdict.
    """

    def __init__(
        self, code: Code, message: str, outcome: Optional["Outcome"] = None, advice_text: Optional[str] = None
    ) -> None:
        super().__init__(code, message, outcome, advice_text)
        #: Which error. Go by `band`, because a newer library may answer codes that this version does not know.
        self.code = code
        #: One sentence that names the argument, path or address.
        self.message = message
        #: What became of the operation. Only a CallbackError has one; compare with None.
        self.outcome = outcome
        self._advice_text = advice_text

    @property
    def advice_text(self) -> str:
        """What to tell the cashier: what happened and what to do, in the language of the terminal (`set_language`).
        `message` is for the log and the technician."""
        if self._advice_text:
            return self._advice_text
        if self.outcome is not None:
            return self.outcome.advice_text
        # The package itself has refused the call, or the host's callback has failed: no terminal is to blame.
        return _ask_library[0](self.code or Code.RANGE)

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


def error_of(code: Code, message: str, advice_text: str) -> ComgateError:
    """The exception for a code of the library."""
    kind = InvalidArgument if code in _ABOUT_ARGUMENTS else ComgateError
    return kind(code, message, advice_text=advice_text)
