"""What the numbers of the C ABI have in common, also those that a newer library will bring."""

from enum import IntEnum
from typing import NoReturn, Optional


class _Number(IntEnum):
    """Written as its name on every version of Python; ``int(number)`` is the number."""

    def __str__(self) -> str:
        return self.name

    def __format__(self, spec: str) -> str:
        return format(self.name, spec)


class OpenNumber(_Number):
    """A number that this version does not know is kept: its band still says what to do."""

    @classmethod
    def _missing_(cls, value: object) -> Optional["OpenNumber"]:
        if not isinstance(value, int):
            return None
        number = int.__new__(cls, value)
        number._name_ = f"UNKNOWN_{value}"
        number._value_ = value
        return number


class Verdicts(_Number):
    """What nobody understands is UNKNOWN, and no verdict is true or false."""

    @classmethod
    def _missing_(cls, value: object) -> "Verdicts":
        return cls["UNKNOWN"]

    def __bool__(self) -> NoReturn:
        # DECLINED is 2: `if outcome.verdict:` would hand the goods over.
        raise TypeError("a verdict is neither true nor false; write `verdict is Verdict.APPROVED`")
