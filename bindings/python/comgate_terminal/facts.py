"""What a terminal says about itself."""

from dataclasses import dataclass
from typing import Optional


@dataclass(frozen=True)
class TerminalInfo:
    """Who answers at that address. What it did not tell is None."""

    #: The terminal's id.
    id: Optional[str] = None
    #: Name of the protocol.
    protocol: Optional[str] = None
    #: Version the terminal names.
    version: Optional[str] = None
    #: The path under which it answered.
    base_path: Optional[str] = None
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
