"""What became of an operation, as a plain value."""

import json
from dataclasses import dataclass, field, fields
from typing import Any, Dict, NoReturn, Optional, Union, overload

from ._abi import Advice, Code, Field, Kind, Verdict
from ._receipt import render

_NUMBERED = {"kind": Kind, "reason": Code, "advice": Advice}
_FLAGS = frozenset(
    {
        "signature_required",
        "reversal_asked",
        "adopted",
        "recovered",
        "cancel_asked",
        "earlier_unresolved",
        "simulated",
        "resolved",
        "code_taught",
        "signature_accepted",
        "partial",
    }
)


@dataclass(frozen=True, repr=False)
class Outcome:
    """What became of an operation. Only ``outcome.verdict is Verdict.APPROVED`` is paid.

    A value without ties: it outlives its terminal, can be compared, stored and pickled. What the terminal did not tell
    is None, which is not the same as empty or zero. Amounts are whole minor units: 12550 is 125.50.
    """

    verdict: Verdict
    #: The register's own number of the sale.
    sale_id: str
    #: The id under which the terminal knows this attempt; unique. Store sales by it.
    transaction_id: str
    #: What the register asked for; of a reversal, what it takes back. A closing has none.
    amount_requested: Optional[int] = None
    #: ISO 4217 letters, such as CZK. A closing has none.
    currency: Optional[str] = None
    kind: Kind = Kind.PAYMENT
    #: The sale that was reversed or refunded.
    original_sale_id: Optional[str] = None
    #: The id under which the terminal knows that sale.
    original_transaction_id: Optional[str] = None
    #: The variable symbol that was sent.
    invoice_number: Optional[str] = None
    #: What was approved, tip included: the terminal's figure where it gives one.
    amount_approved: Optional[int] = None
    #: The tip within the approved amount: the terminal's figure, or what it charged on top within `set_tip_limit`.
    tip: Optional[int] = None
    auth_code: Optional[str] = None
    #: Card number, masked to the first 6 and last 4 digits at most.
    pan: Optional[str] = None
    #: Card scheme (brand).
    scheme: Optional[str] = None
    #: Application id of the card.
    aid: Optional[str] = None
    #: Application label of the card.
    app_label: Optional[str] = None
    #: Card issuer as named by the terminal.
    issuer: Optional[str] = None
    #: How the card was read; CLESS is contactless.
    card_entry: Optional[str] = None
    #: Methods of cardholder verification, separated by commas.
    cardholder_verification: Optional[str] = None
    sequence_number: Optional[str] = None
    #: The terminal's id from its info reply.
    terminal_id: Optional[str] = None
    acquirer_terminal_id: Optional[str] = None
    acquirer_merchant_id: Optional[str] = None
    #: Balance left on a voucher or prepaid card.
    available_balance: Optional[int] = None
    #: The terminal's response code; OK is approved.
    response_code: Optional[str] = None
    #: The terminal's words; show them, never branch on them.
    response_message: Optional[str] = None
    #: Why the verdict is neither approved nor declined.
    reason: Optional[Code] = None
    #: What happened, one English sentence with details, for the log.
    reason_text: Optional[str] = None
    #: What the cashier should do now.
    advice: Advice = Advice.CHECK_TERMINAL
    #: The same in the language of the terminal handle, to be shown.
    advice_text: str = ""
    #: The language of advice_text, and of receipts where no other is asked for: cs, sk or en.
    language: str = "cs"
    #: When the attempt began, UTC, such as 2026-11-23T09:41:00Z.
    started_at: Optional[str] = None
    #: When the verdict was stored, UTC.
    ended_at: Optional[str] = None
    #: The terminal's own date and time, as it writes it.
    terminal_time: Optional[str] = None
    #: What the person who decided wrote down.
    note: Optional[str] = None
    #: The cashier must compare a signature.
    signature_required: bool = False
    #: The terminal asked the register to reverse.
    reversal_asked: bool = False
    #: This is the earlier outcome of the same sale; nothing was sent now.
    adopted: bool = False
    #: The verdict was found after the call that started it had ended.
    recovered: bool = False
    #: A cancel was sent, and the terminal did not refuse it.
    cancel_asked: bool = False
    #: An earlier sale on this terminal is still undecided.
    earlier_unresolved: bool = False
    #: A simulator answered: no money moved.
    simulated: bool = False
    #: A person decided, not the terminal.
    resolved: bool = False
    #: A person has said what the response code means, and the verdict rests on it.
    code_taught: bool = False
    #: What the cashier answered about the signature; None until then.
    signature_accepted: Optional[bool] = None
    #: Number of the batch that was closed.
    batch_number: Optional[str] = None
    #: Number of the shift that was closed.
    shift_number: Optional[str] = None
    #: How many payments the closed batch holds, and their sum.
    debits_count: Optional[int] = None
    debits_amount: Optional[int] = None
    #: How many refunds, and their sum.
    credits_count: Optional[int] = None
    credits_amount: Optional[int] = None
    #: How many adjustments, and their sum.
    adjustments_count: Optional[int] = None
    adjustments_amount: Optional[int] = None
    #: The number of the reversal that took this sale back.
    reversed_by: Optional[str] = None
    #: The terminal approved less than was asked for; amount_approved says how much. Paid only where the verdict is APPROVED.
    partial: bool = False
    #: The currency of amount_approved, where the terminal names another one than was asked for.
    charged_currency: Optional[str] = None
    #: The terminal's whole result as JSON, for support: card numbers masked, without expiry, tokens and data of the chip. Only
    #: on the outcome of the call that read it, and not compared.
    result: Optional[str] = field(default=None, compare=False)

    @property
    def amount(self) -> Optional[int]:
        """What was approved where something was, else what was asked for. A closing has none."""
        return self.amount_requested if self.amount_approved is None else self.amount_approved

    def get(self, field: Field) -> Union[str, int, None]:
        """The value of a field by its number, None where there is none. Flags are bool, which is an int."""
        value: Union[str, int, None] = getattr(self, field.name.lower(), None)
        return value

    def to_dict(self) -> Dict[str, Union[str, int]]:
        """Every value there is, by the field's name in lower case, and "verdict" as a word: the library's own JSON."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        plain = {
            name: int(value) if isinstance(value, int) else value
            for name, value in values.items()
            if value is not None and value != ""
        }
        return {**plain, "verdict": self.verdict.name.lower()}

    def to_json(self) -> str:
        """The same as one JSON object."""
        return json.dumps(self.to_dict(), ensure_ascii=False)

    @overload
    def receipt(
        self, copy: str = ..., reprint: bool = ..., width: int = ..., language: Optional[str] = ..., encoding: None = ...
    ) -> str: ...

    @overload
    def receipt(
        self, copy: str = ..., reprint: bool = ..., width: int = ..., language: Optional[str] = ..., *, encoding: str
    ) -> bytes: ...

    def receipt(
        self,
        copy: str = "customer",
        reprint: bool = False,
        width: int = 32,
        language: Optional[str] = None,
        encoding: Optional[str] = None,
    ) -> Union[str, bytes]:
        """What became of it as a block for the shop's own slip: no header of the shop, no VAT. Each line ends with \\n.

        copy is "customer" or "merchant": only the latter has a line to sign on. reprint marks a slip that is printed again
        (KOPIE). width is the number of characters in a line of the printer, 24 to 64; no line is longer. language is
        "cs", "sk" or "en"; None is the one set on the terminal. Without an encoding the answer is a str; with "cp852",
        "cp1250", "ascii" or "utf-8" it is bytes for the printer, in which a character without a place is written in plain
        letters.

        Every verdict has its block, also a refusal: look at the verdict before you hand anything over. UNKNOWN has none
        for the customer (ComgateError, UNDECIDED); the merchant's is a note that says that it is no receipt.

        Raises InvalidArgument, TypeError, ComgateError.
        """
        receipt = render(self.to_json(), copy, reprint, width, language, "utf-8" if encoding is None else encoding)
        return receipt.decode("utf-8") if encoding is None else receipt

    @classmethod
    def from_json(cls, verdict: Verdict, text: str) -> "Outcome":
        """Reads what the library wrote. Values that this version does not know are left out."""
        known = {field.name for field in fields(cls)} - {"verdict"}
        values = {name: _typed(name, value) for name, value in json.loads(text).items() if name in known}
        return cls(verdict, **values)

    def __repr__(self) -> str:
        money = "" if self.amount is None else f", {self.amount} {self.currency}"
        return f"<Outcome {self.verdict}: {self.kind.name.lower()} {self.sale_id}{money}>"

    def __bool__(self) -> NoReturn:
        # An outcome exists for a refusal too: `if terminal.pay(...):` would hand the goods over.
        raise TypeError("an outcome is neither true nor false; look at its verdict, or compare it with None")


def _typed(name: str, value: Any) -> Any:
    if name in _FLAGS:
        return bool(value)
    return _NUMBERED[name](value) if name in _NUMBERED else value
