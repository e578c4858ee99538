"""What a terminal says about itself, and the journal about its sales."""

from dataclasses import dataclass
from typing import NamedTuple, Optional, Tuple


@dataclass(frozen=True)
class TerminalInfo:
    """Who answers at that address. What it did not tell is None."""

    #: The terminal's id. None where it tells none: it is known by its host and port then, so keep its address fixed.
    id: Optional[str] = None
    #: Name of the protocol.
    protocol: Optional[str] = None
    #: Version the terminal names.
    version: Optional[str] = None
    #: The path that is used.
    base_path: Optional[str] = None
    #: Every path that answered. Only `info` asks for all of them.
    versions: Tuple[str, ...] = ()
    #: It names itself a simulator.
    simulator: Optional[bool] = None


@dataclass(frozen=True)
class TerminalStatus(TerminalInfo):
    """The same, and its state."""

    #: It reached its authorization server. None when it was not asked to, or did not say.
    online: Optional[bool] = None
    #: The terminal's words about that.
    online_status: Optional[str] = None
    #: The terminal's date and time, as it writes it.
    time: Optional[str] = None


class UnresolvedCount(NamedTuple):
    """How many sales are not settled between terminal and register. True when there is any."""

    #: Nobody knows whether money moved.
    undecided: int
    #: Charged, and the register has not said that it has stored them.
    unacknowledged: int

    def __bool__(self) -> bool:
        # A tuple of two zeros would be true.
        return any(self)
