"""The C ABI for ctypes: numbers, field tables, types and prototypes.

Generated from include/comgate_terminal.h by tests/build_generated.rs; change the header, not this file.
"""

from ctypes import CFUNCTYPE, POINTER, c_char_p, c_int32, c_int64, c_void_p
from typing import Callable, FrozenSet

from ._numbers import OpenNumber, Verdicts

#: The number of this C ABI. A wrapper compares it before anything else and refuses a library that answers another number.
ABI_VERSION = 1


class Verdict(Verdicts):
    """What became of the money. An unknown number is UNKNOWN."""

    #: Nobody knows yet whether money moved.
    UNKNOWN = 0
    #: The terminal approved, and its confirmation is through.
    APPROVED = 1
    #: The terminal said no. No money moved.
    DECLINED = 2
    #: The register asked for a cancel and the terminal ended without a charge.
    CANCELLED = 3
    #: The terminal never took the order. No money moved.
    NOT_STARTED = 4


class Code(OpenNumber):
    """What a call answered, and the reason of an outcome; ERRORS.md says what to do about each."""

    #: The call worked. This never says that money moved: look at the verdict.
    CALL_OK = 0
    #: A pointer that must not be NULL was NULL.
    NULL = 101
    #: A text was empty, too long, not UTF-8, or held a character that is not allowed; a number of a sale also: white space at an end.
    TEXT = 102
    #: A number was outside what is allowed.
    RANGE = 103
    #: The amount was zero, negative, or has more than 12 digits.
    AMOUNT = 104
    #: The currency is not known.
    CURRENCY = 105
    #: The host is not a name or an address.
    HOST = 106
    #: The handle was never given out, was freed, or is of another kind.
    HANDLE = 107
    #: The handle is in use: another thread, a callback, or an operation that has not ended.
    BUSY = 108
    #: The buffer is too small. Nothing was cut: the buffer holds an empty text.
    BUFFER = 109
    #: There is no such field, or it is not a number.
    FIELD = 110
    #: The field exists, but this object has no value for it.
    ABSENT = 111
    #: This sale id is known with another amount, currency, kind or original, and is charged or not decided.
    SALE_MISMATCH = 112
    #: This sale id was already paid, or is used by another register of the journal folder.
    SALE_USED = 113
    #: The journal knows no such sale.
    NOT_FOUND = 114
    #: The sale is not decided, or its outcome was not told to this handle: it cannot be acknowledged. What is not decided gives the customer no receipt.
    UNDECIDED = 115
    #: The call came at the wrong time: finish before the end, a step after it, or a field where there is no row.
    ORDER = 116
    #: This kind of request is not known to this version.
    KIND = 117
    #: The sale is decided, and not as the person says.
    DECIDED = 118
    #: The original sale cannot be reversed, refunded or used: it is not known, ended without a charge, was taken back already, or is not decided.
    ORIGINAL = 119
    #: The refunds of this original would exceed it, or a completion what was pre-authorized, or the currency is another.
    BEYOND_ORIGINAL = 120
    #: The name of the endpoint is not allowed here.
    ENDPOINT = 121
    #: The extra fields are not a JSON object, or one of them is set by this library.
    EXTRA = 122
    #: A closing has settled the original since, so it cannot be reversed any more.
    CLOSED = 123
    #: No signature is asked for with this sale, or it was answered otherwise.
    SIGNATURE = 124
    #: The terminal's name could not be resolved to an address.
    NAME_NOT_FOUND = 201
    #: The connection was refused: no program listens at that address and port.
    REFUSED = 202
    #: The network has no way to that address.
    UNREACHABLE = 203
    #: Nothing answered at that address in time.
    CONNECT_TIMEOUT = 204
    #: The network failed before anything of the sale was sent.
    NETWORK = 205
    #: The terminal took the connection but gave no reply.
    NO_REPLY = 206
    #: An earlier sale is still running on this terminal, or it has just told something new about the sale a person decides.
    UNRESOLVED = 207
    #: Another program or handle is selling on this terminal.
    TERMINAL_LOCKED = 208
    #: The journal cannot be read or written.
    JOURNAL = 209
    #: The register cancelled before anything of the sale was sent.
    CANCELLED_EARLY = 210
    #: Something answered at that address, but it is not a payment terminal.
    NOT_A_TERMINAL = 301
    #: The terminal refused the secureString.
    SECURE_STRING = 302
    #: The terminal does not have this function in this version of its interface.
    NOT_SUPPORTED = 303
    #: A terminal answered, but not the one this handle is bound to.
    OTHER_TERMINAL = 304
    #: A simulator answered, and this handle has not allowed one.
    SIMULATOR = 305
    #: The terminal did not start the operation.
    START_REFUSED = 306
    #: The terminal refused the request as such.
    REQUEST_REFUSED = 307
    #: Somebody cancelled on the terminal: the customer or the cashier.
    CANCELLED_AT_TERMINAL = 308
    #: The start left, and no answer that can be believed says what became of it.
    START_UNANSWERED = 401
    #: The operation was still running when the library's patience ended.
    STILL_RUNNING = 402
    #: The terminal approved, but the confirmation is not through.
    NOT_CONFIRMED = 403
    #: The terminal approved but reports the payment as reversed.
    REVERSED = 404
    #: The terminal approved but asks the register to reverse the payment.
    REVERSAL_ASKED = 405
    #: The terminal approved another amount or currency than was asked for.
    AMOUNT_DIFFERS = 406
    #: The terminal reported a result that does not belong to this sale.
    NOT_OURS = 407
    #: The terminal ended, but its result could not be read or has no response code.
    UNREADABLE = 408
    #: The result could not be written to the journal, so it was not confirmed.
    NOT_STORED = 409
    #: The register let go of the operation before it ended.
    LET_GO = 410
    #: The terminal stopped answering before the result was known.
    CONTACT_LOST = 411
    #: The terminal's result contradicts itself: not approved, yet with marks of a charge.
    CONTRADICTION = 412
    #: A person decided about this sale, and the terminal has said otherwise since.
    RESOLVED_OTHERWISE = 413
    #: The request of cgt_terminal_exchange left, and no reply came: the terminal may have acted.
    EXCHANGE_UNANSWERED = 414
    #: The terminal ended with a response code that this library does not know: neither an approval nor a refusal.
    CODE_NOT_LISTED = 415
    #: An error inside the library was caught. The handle cannot be used any more.
    PANIC = 901
    #: An earlier error inside the library has made this handle unusable.
    POISONED = 902
    #: The library found itself in a state that must not be.
    INTERNAL = 903


class Phase(OpenNumber):
    """What the library is doing, as told to on_status."""

    #: Looking for the terminal.
    CONNECTING = 1
    #: Asking what became of an earlier sale.
    RESOLVING_EARLIER = 2
    #: The terminal is busy with the customer.
    WAITING = 3
    #: A cancel was sent; the terminal has not ended yet.
    CANCELLING = 4
    #: The terminal has ended; the result is read, stored and confirmed.
    READING_RESULT = 5
    #: The terminal has not answered two questions in a row; it is asked on.
    CONTACT_LOST = 6


class Event(OpenNumber):
    """The steps of a payment, as told to on_payment."""

    #: The sale is on disk; nothing was sent yet.
    INTENT_STORED = 1
    #: The terminal took the order.
    STARTED = 2
    #: The confirmation of an approved payment is through.
    CONFIRMED = 3
    #: The verdict is on disk.
    ENDED = 4


class Kind(OpenNumber):
    """Kinds of request."""

    #: A sale: the customer pays.
    PAYMENT = 1
    #: Money back to the customer's card.
    REFUND = 2
    #: A whole sale is taken back, until the closing that contains it.
    REVERSAL = 3
    #: Everything since the last closing is settled with the acquirer.
    CLOSING = 4
    #: Any other function of the terminal that is started, followed and ends in a result.
    OTHER = 5
    #: A pre-authorization: an amount is reserved on the customer's card; nothing is paid yet.
    PREAUTH = 6
    #: The completion of a pre-authorization: the customer pays all of it or less.
    PREAUTH_COMPLETION = 7
    #: The cancel of a pre-authorization: nothing is reserved any more.
    PREAUTH_CANCEL = 8
    #: A sale by mail or phone: somebody types the card's data on the terminal.
    MOTO = 9


class Advice(OpenNumber):
    """What the cashier should do now."""

    #: Paid: hand over goods and receipt.
    HAND_OVER = 1
    #: Not paid: try again or take another means of payment.
    NOT_PAID = 2
    #: Not certain: look at the terminal and do not charge again.
    CHECK_TERMINAL = 3
    #: Call the supervisor: the terminal's answer does not fit the sale.
    CALL_SUPERVISOR = 4
    #: Paid: compare the signature with the card, then hand over.
    SIGNATURE = 5
    #: Done.
    DONE = 6
    #: Not done: try again.
    NOT_DONE = 7
    #: Not certain: look at the terminal and do not repeat it.
    REPEAT_NOTHING = 8
    #: Not paid or not done: the register's settings are wrong.
    CHECK_SETTINGS = 9
    #: Not reversed: give the money back with a refund.
    REFUND_INSTEAD = 10
    #: The terminal does not have this function, or it is not enabled.
    NOT_AVAILABLE = 11
    #: The terminal approved and then took it back: probably not paid.
    TAKEN_BACK = 12
    #: The terminal ended with a code that is not known.
    CODE_NOT_LISTED = 13
    #: Paid in part: collect the rest, then hand over.
    COLLECT_REST = 14
    #: A part payment that was not accepted stands: reverse it, or hand over for this part.
    PARTIAL_STANDS = 15


class Field(OpenNumber):
    """Fields of an outcome."""

    #: The register's own number of the sale.
    SALE_ID = 1
    #: The id under which the terminal knows this attempt; unique.
    TRANSACTION_ID = 2
    #: The sale that was reversed or refunded, or the pre-authorization that was completed or cancelled.
    ORIGINAL_SALE_ID = 3
    #: The id under which the terminal knows that sale.
    ORIGINAL_TRANSACTION_ID = 4
    #: The variable symbol that was sent.
    INVOICE_NUMBER = 5
    #: The kind of operation, CGT_KIND_...
    KIND = 6
    #: What the register asked for, in minor units.
    AMOUNT_REQUESTED = 7
    #: What was approved, in minor units: the terminal's figure where it gives one.
    AMOUNT_APPROVED = 8
    #: The tip within the approved amount, in minor units: the terminal's figure, or what it charged on top within the limit of cgt_terminal_set_tip_limit.
    TIP = 9
    #: ISO 4217 letters, such as CZK.
    CURRENCY = 10
    #: Authorization code.
    AUTH_CODE = 11
    #: Card number, masked to the first 6 and last 4 digits at most.
    PAN = 12
    #: Card scheme: the brand as the terminal names it, else the label, else the provider the AID is registered to.
    SCHEME = 13
    #: Application id of the card.
    AID = 14
    #: Application label of the card.
    APP_LABEL = 15
    #: Card issuer as named by the terminal.
    ISSUER = 16
    #: How the card was read; CLESS is contactless.
    CARD_ENTRY = 17
    #: Methods of cardholder verification, separated by commas.
    CARDHOLDER_VERIFICATION = 18
    #: The terminal's sequence number.
    SEQUENCE_NUMBER = 19
    #: The terminal's id from its info reply. Absent where it tells none; then it is known by its host and port.
    TERMINAL_ID = 20
    #: The acquirer's id of the terminal.
    ACQUIRER_TERMINAL_ID = 21
    #: The acquirer's id of the merchant.
    ACQUIRER_MERCHANT_ID = 22
    #: Balance left on a voucher or prepaid card, in minor units.
    AVAILABLE_BALANCE = 24
    #: The terminal's response code; OK is approved.
    RESPONSE_CODE = 25
    #: The terminal's words; show them, never branch on them.
    RESPONSE_MESSAGE = 26
    #: Why the verdict is what it is, where that needs a word: a CGT_E_ code of band 2, 3 or 4.
    REASON = 27
    #: What happened, one English sentence with details, for the log.
    REASON_TEXT = 28
    #: What the cashier should do now, CGT_ADVICE_...
    ADVICE = 29
    #: The same in the language of the handle, to be shown.
    ADVICE_TEXT = 30
    #: When the attempt began, UTC, such as 2026-11-23T09:41:00Z.
    STARTED_AT = 31
    #: When the verdict was stored, UTC.
    ENDED_AT = 32
    #: The terminal's own date and time, as it writes it.
    TERMINAL_TIME = 33
    #: What the person who decided wrote down (cgt_resolve).
    NOTE = 34
    #: Language of the advice, and of receipts where no other is asked for: cs, sk or en.
    LANGUAGE = 35
    #: 1 when the cashier must compare a signature.
    SIGNATURE_REQUIRED = 41
    #: 1 when the terminal asked the register to reverse.
    REVERSAL_ASKED = 42
    #: 1 when this is the earlier outcome of the same sale; nothing was sent now.
    ADOPTED = 43
    #: 1 when the verdict was found after the call that started it had ended.
    RECOVERED = 44
    #: 1 when a cancel was sent and the terminal did not refuse it.
    CANCEL_ASKED = 45
    #: 1 when an earlier sale on this terminal is still undecided.
    EARLIER_UNRESOLVED = 46
    #: 1 when a simulator answered: no money moved.
    SIMULATED = 47
    #: 1 when a person decided (cgt_resolve), not the terminal.
    RESOLVED = 48
    #: 1 when the cashier accepted the signature, 0 when not (cgt_signature_result).
    SIGNATURE_ACCEPTED = 49
    #: Number of the batch that was closed.
    BATCH_NUMBER = 50
    #: Number of the shift that was closed.
    SHIFT_NUMBER = 51
    #: How many payments the batch holds.
    DEBITS_COUNT = 52
    #: Their sum in minor units.
    DEBITS_AMOUNT = 53
    #: How many refunds the batch holds.
    CREDITS_COUNT = 54
    #: Their sum in minor units.
    CREDITS_AMOUNT = 55
    #: How many adjustments the batch holds.
    ADJUSTMENTS_COUNT = 56
    #: Their sum in minor units.
    ADJUSTMENTS_AMOUNT = 57
    #: The number of the reversal that took this sale back, or of the cancel of this pre-authorization.
    REVERSED_BY = 58
    #: 1 when a person has said what the response code means (cgt_terminal_set_response_code), and the verdict rests on it.
    CODE_TAUGHT = 59
    #: The terminal's whole result as JSON, for support: card numbers masked, without expiry, tokens and data of the chip. On the outcome of the call that read it only; the journal does not keep it.
    RESULT = 60
    #: 1 when the terminal approved less than was asked for, or says so with its response code: CGT_F_AMOUNT_APPROVED says how much. Paid only where the verdict is APPROVED.
    PARTIAL = 61
    #: The currency of CGT_F_AMOUNT_APPROVED where the terminal names another one than was asked for: ISO 4217 letters, or its own word where that is not known.
    CHARGED_CURRENCY = 62


class TerminalField(OpenNumber):
    """Fields of a terminal."""

    #: The terminal's id. Absent where it tells none; then it is known by its host and port.
    ID = 1
    #: Name of the protocol.
    PROTOCOL = 2
    #: Version the terminal names.
    VERSION = 3
    #: The path that is used.
    BASE_PATH = 4
    #: 1 when it names itself a simulator.
    SIMULATOR = 5
    #: 1 when the terminal reached its authorization server, 0 when not. After cgt_terminal_status.
    ONLINE = 6
    #: The terminal's words about that. After cgt_terminal_status.
    ONLINE_STATUS = 7
    #: The terminal's date and time as it writes it. After cgt_terminal_status.
    TIME = 8
    #: The paths that answered, separated by commas. After cgt_terminal_info.
    VERSIONS = 9
    #: What the terminal replied, without the secureString and card numbers. After cgt_terminal_exchange.
    REPLY = 10


class ReceiptCopy(OpenNumber):
    """Whose receipt it is."""

    #: The shop's copy: with a line to sign on where a signature is required.
    MERCHANT = 1
    #: The customer's copy.
    CUSTOMER = 2


class Encoding(OpenNumber):
    """Encodings of a receipt."""

    #: UTF-8, for printers and programs that know it.
    UTF8 = 0
    #: IBM code page 852 (Latin 2 of DOS).
    CP852 = 1
    #: Windows-1250.
    CP1250 = 2
    #: Plain letters without accents, for a printer in any code page.
    ASCII = 3


class CodeMeaning(OpenNumber):
    """What a response code means that the library does not know."""

    #: Nobody knows: what was taught is forgotten.
    FORGET = 0
    #: The terminal approved.
    APPROVES = 1
    #: The terminal refused, and no money moved.
    REFUSES = 2


class RowField(OpenNumber):
    """Fields of a row of a list."""

    #: The daughterCompanyId of a company that shares the terminal.
    DAUGHTER_COMPANY_ID = 1


#: Fields that cgt_outcome_get_i64 reads as well.
NUMBER_FIELDS: FrozenSet[Field] = frozenset(
    {
        Field.KIND,
        Field.AMOUNT_REQUESTED,
        Field.AMOUNT_APPROVED,
        Field.TIP,
        Field.AVAILABLE_BALANCE,
        Field.REASON,
        Field.ADVICE,
        Field.SIGNATURE_REQUIRED,
        Field.REVERSAL_ASKED,
        Field.ADOPTED,
        Field.RECOVERED,
        Field.CANCEL_ASKED,
        Field.EARLIER_UNRESOLVED,
        Field.SIMULATED,
        Field.RESOLVED,
        Field.SIGNATURE_ACCEPTED,
        Field.DEBITS_COUNT,
        Field.DEBITS_AMOUNT,
        Field.CREDITS_COUNT,
        Field.CREDITS_AMOUNT,
        Field.ADJUSTMENTS_COUNT,
        Field.ADJUSTMENTS_AMOUNT,
        Field.CODE_TAUGHT,
        Field.PARTIAL,
    }
)

#: Fields that cgt_terminal_get_i64 reads as well.
NUMBER_TERMINAL_FIELDS: FrozenSet[TerminalField] = frozenset(
    {
        TerminalField.SIMULATOR,
        TerminalField.ONLINE,
    }
)


class OpHandle(c_void_p):
    """An operation under way, in the stepped form."""


class OutcomeHandle(c_void_p):
    """What became of an operation."""


class RequestHandle(c_void_p):
    """What is asked of a terminal, for cgt_run and cgt_begin."""


class RowsHandle(c_void_p):
    """A list that is read row by row."""


class TerminalHandle(c_void_p):
    """A payment terminal, as this register sees it."""


# int32_t (*cgt_log_cb)(void *user, int32_t level, const char *text)
LogCallback = CFUNCTYPE(c_int32, c_void_p, c_int32, c_char_p)

# int32_t (*cgt_status_cb)(void *user, int32_t phase, const char *text)
StatusCallback = CFUNCTYPE(c_int32, c_void_p, c_int32, c_char_p)

# int32_t (*cgt_cancel_cb)(void *user)
CancelCallback = CFUNCTYPE(c_int32, c_void_p)

# int32_t (*cgt_payment_cb)(void *user, int32_t event, const char *sale_id, const char *transaction_id)
PaymentCallback = CFUNCTYPE(c_int32, c_void_p, c_int32, c_char_p, c_char_p)

# int32_t (*cgt_recover_cb)(void *user, cgt_outcome *o)
RecoverCallback = CFUNCTYPE(c_int32, c_void_p, OutcomeHandle)


#: Finds a function by name and sets its types.
Bind = Callable[..., Callable[..., int]]


class Functions:
    """Every function of the library. Each answers an int32_t."""

    def __init__(self, bind: Bind) -> None:
        # int32_t cgt_abi_version(void)
        self.cgt_abi_version = bind("cgt_abi_version")
        # int32_t cgt_version_text(char *buf, int32_t cap, int32_t *need)
        self.cgt_version_text = bind("cgt_version_text", c_char_p, c_int32, POINTER(c_int32))
        # int32_t cgt_error_text(int32_t code, char *buf, int32_t cap, int32_t *need)
        self.cgt_error_text = bind("cgt_error_text", c_int32, c_char_p, c_int32, POINTER(c_int32))
        # int32_t cgt_log_set(cgt_log_cb cb, void *user, int32_t level)
        self.cgt_log_set = bind("cgt_log_set", LogCallback, c_void_p, c_int32)
        # int32_t cgt_terminal_new(const char *host, cgt_terminal **out)
        self.cgt_terminal_new = bind("cgt_terminal_new", c_char_p, POINTER(TerminalHandle))
        # int32_t cgt_terminal_free(cgt_terminal *t)
        self.cgt_terminal_free = bind("cgt_terminal_free", TerminalHandle)
        # int32_t cgt_terminal_last_error(cgt_terminal *t, char *buf, int32_t cap, int32_t *need)
        self.cgt_terminal_last_error = bind("cgt_terminal_last_error", TerminalHandle, c_char_p, c_int32, POINTER(c_int32))
        # int32_t cgt_terminal_set_port(cgt_terminal *t, int32_t port)
        self.cgt_terminal_set_port = bind("cgt_terminal_set_port", TerminalHandle, c_int32)
        # int32_t cgt_terminal_set_secure_string(cgt_terminal *t, const char *secure_string)
        self.cgt_terminal_set_secure_string = bind("cgt_terminal_set_secure_string", TerminalHandle, c_char_p)
        # int32_t cgt_terminal_set_journal_dir(cgt_terminal *t, const char *path)
        self.cgt_terminal_set_journal_dir = bind("cgt_terminal_set_journal_dir", TerminalHandle, c_char_p)
        # int32_t cgt_terminal_allow_any_drive(cgt_terminal *t, int32_t allowed)
        self.cgt_terminal_allow_any_drive = bind("cgt_terminal_allow_any_drive", TerminalHandle, c_int32)
        # int32_t cgt_terminal_allow_no_journal(cgt_terminal *t, int32_t allowed)
        self.cgt_terminal_allow_no_journal = bind("cgt_terminal_allow_no_journal", TerminalHandle, c_int32)
        # int32_t cgt_terminal_set_retention_days(cgt_terminal *t, int32_t days)
        self.cgt_terminal_set_retention_days = bind("cgt_terminal_set_retention_days", TerminalHandle, c_int32)
        # int32_t cgt_terminal_set_timeouts(cgt_terminal *t, int32_t connect_ms, int32_t reply_ms, int32_t patience_ms)
        self.cgt_terminal_set_timeouts = bind("cgt_terminal_set_timeouts", TerminalHandle, c_int32, c_int32, c_int32)
        # int32_t cgt_terminal_set_poll_interval(cgt_terminal *t, int32_t interval_ms)
        self.cgt_terminal_set_poll_interval = bind("cgt_terminal_set_poll_interval", TerminalHandle, c_int32)
        # int32_t cgt_terminal_set_api_version(cgt_terminal *t, int32_t version)
        self.cgt_terminal_set_api_version = bind("cgt_terminal_set_api_version", TerminalHandle, c_int32)
        # int32_t cgt_terminal_set_terminal_id(cgt_terminal *t, const char *terminal_id)
        self.cgt_terminal_set_terminal_id = bind("cgt_terminal_set_terminal_id", TerminalHandle, c_char_p)
        # int32_t cgt_terminal_set_language(cgt_terminal *t, const char *language)
        self.cgt_terminal_set_language = bind("cgt_terminal_set_language", TerminalHandle, c_char_p)
        # int32_t cgt_terminal_set_register_id(cgt_terminal *t, const char *register_id)
        self.cgt_terminal_set_register_id = bind("cgt_terminal_set_register_id", TerminalHandle, c_char_p)
        # int32_t cgt_terminal_set_cashier(cgt_terminal *t, const char *cashier)
        self.cgt_terminal_set_cashier = bind("cgt_terminal_set_cashier", TerminalHandle, c_char_p)
        # int32_t cgt_terminal_set_daughter_company_id(cgt_terminal *t, const char *id)
        self.cgt_terminal_set_daughter_company_id = bind("cgt_terminal_set_daughter_company_id", TerminalHandle, c_char_p)
        # int32_t cgt_terminal_set_response_code(cgt_terminal *t, const char *code, int32_t meaning)
        self.cgt_terminal_set_response_code = bind("cgt_terminal_set_response_code", TerminalHandle, c_char_p, c_int32)
        # int32_t cgt_terminal_accept_partial(cgt_terminal *t, int32_t yes)
        self.cgt_terminal_accept_partial = bind("cgt_terminal_accept_partial", TerminalHandle, c_int32)
        # int32_t cgt_terminal_set_tip_limit(cgt_terminal *t, int32_t percent)
        self.cgt_terminal_set_tip_limit = bind("cgt_terminal_set_tip_limit", TerminalHandle, c_int32)
        # int32_t cgt_terminal_allow_simulator(cgt_terminal *t, int32_t allowed)
        self.cgt_terminal_allow_simulator = bind("cgt_terminal_allow_simulator", TerminalHandle, c_int32)
        # int32_t cgt_terminal_on_status(cgt_terminal *t, cgt_status_cb cb, void *user)
        self.cgt_terminal_on_status = bind("cgt_terminal_on_status", TerminalHandle, StatusCallback, c_void_p)
        # int32_t cgt_terminal_on_cancel(cgt_terminal *t, cgt_cancel_cb cb, void *user)
        self.cgt_terminal_on_cancel = bind("cgt_terminal_on_cancel", TerminalHandle, CancelCallback, c_void_p)
        # int32_t cgt_terminal_on_payment(cgt_terminal *t, cgt_payment_cb cb, void *user)
        self.cgt_terminal_on_payment = bind("cgt_terminal_on_payment", TerminalHandle, PaymentCallback, c_void_p)
        # int32_t cgt_terminal_cancel(cgt_terminal *t)
        self.cgt_terminal_cancel = bind("cgt_terminal_cancel", TerminalHandle)
        # int32_t cgt_terminal_is_busy(cgt_terminal *t, int32_t *busy)
        self.cgt_terminal_is_busy = bind("cgt_terminal_is_busy", TerminalHandle, POINTER(c_int32))
        # int32_t cgt_terminal_info(cgt_terminal *t)
        self.cgt_terminal_info = bind("cgt_terminal_info", TerminalHandle)
        # int32_t cgt_terminal_status(cgt_terminal *t, int32_t check_online)
        self.cgt_terminal_status = bind("cgt_terminal_status", TerminalHandle, c_int32)
        # int32_t cgt_terminal_exchange(cgt_terminal *t, const char *endpoint, const char *json)
        self.cgt_terminal_exchange = bind("cgt_terminal_exchange", TerminalHandle, c_char_p, c_char_p)
        # int32_t cgt_terminal_get_text(cgt_terminal *t, int32_t field, char *buf, int32_t cap, int32_t *need)
        self.cgt_terminal_get_text = bind("cgt_terminal_get_text", TerminalHandle, c_int32, c_char_p, c_int32, POINTER(c_int32))
        # int32_t cgt_terminal_get_i64(cgt_terminal *t, int32_t field, int64_t *value)
        self.cgt_terminal_get_i64 = bind("cgt_terminal_get_i64", TerminalHandle, c_int32, POINTER(c_int64))
        # int32_t cgt_last_advice(cgt_terminal *t, const char *language, char *buf, int32_t cap, int32_t *need)
        self.cgt_last_advice = bind("cgt_last_advice", TerminalHandle, c_char_p, c_char_p, c_int32, POINTER(c_int32))
        # int32_t cgt_error_advice(int32_t code, const char *language, char *buf, int32_t cap, int32_t *need)
        self.cgt_error_advice = bind("cgt_error_advice", c_int32, c_char_p, c_char_p, c_int32, POINTER(c_int32))
        # int32_t cgt_pay(cgt_terminal *t, const char *sale_id, int64_t amount, const char *currency, int32_t *verdict, cgt_outcome **outcome)
        self.cgt_pay = bind("cgt_pay", TerminalHandle, c_char_p, c_int64, c_char_p, POINTER(c_int32), POINTER(OutcomeHandle))
        # int32_t cgt_moto(cgt_terminal *t, const char *sale_id, int64_t amount, const char *currency, int32_t *verdict, cgt_outcome **outcome)
        self.cgt_moto = bind("cgt_moto", TerminalHandle, c_char_p, c_int64, c_char_p, POINTER(c_int32), POINTER(OutcomeHandle))
        # int32_t cgt_refund(cgt_terminal *t, const char *refund_id, const char *original_sale_id, int64_t amount, const char *currency, int32_t *verdict, cgt_outcome **outcome)
        self.cgt_refund = bind("cgt_refund", TerminalHandle, c_char_p, c_char_p, c_int64, c_char_p, POINTER(c_int32), POINTER(OutcomeHandle))
        # int32_t cgt_reverse(cgt_terminal *t, const char *reversal_id, const char *original_sale_id, int32_t *verdict, cgt_outcome **outcome)
        self.cgt_reverse = bind("cgt_reverse", TerminalHandle, c_char_p, c_char_p, POINTER(c_int32), POINTER(OutcomeHandle))
        # int32_t cgt_closing(cgt_terminal *t, const char *closing_id, int32_t *verdict, cgt_outcome **outcome)
        self.cgt_closing = bind("cgt_closing", TerminalHandle, c_char_p, POINTER(c_int32), POINTER(OutcomeHandle))
        # int32_t cgt_signature_result(cgt_terminal *t, const char *sale_id, int32_t accepted, int32_t *verdict, cgt_outcome **outcome)
        self.cgt_signature_result = bind("cgt_signature_result", TerminalHandle, c_char_p, c_int32, POINTER(c_int32), POINTER(OutcomeHandle))
        # int32_t cgt_preauth(cgt_terminal *t, const char *preauth_id, int64_t amount, const char *currency, int32_t *verdict, cgt_outcome **outcome)
        self.cgt_preauth = bind("cgt_preauth", TerminalHandle, c_char_p, c_int64, c_char_p, POINTER(c_int32), POINTER(OutcomeHandle))
        # int32_t cgt_preauth_complete(cgt_terminal *t, const char *completion_id, const char *original_sale_id, int64_t amount, const char *currency, int32_t *verdict, cgt_outcome **outcome)
        self.cgt_preauth_complete = bind("cgt_preauth_complete", TerminalHandle, c_char_p, c_char_p, c_int64, c_char_p, POINTER(c_int32), POINTER(OutcomeHandle))
        # int32_t cgt_preauth_cancel(cgt_terminal *t, const char *cancel_id, const char *original_sale_id, int32_t *verdict, cgt_outcome **outcome)
        self.cgt_preauth_cancel = bind("cgt_preauth_cancel", TerminalHandle, c_char_p, c_char_p, POINTER(c_int32), POINTER(OutcomeHandle))
        # int32_t cgt_run(cgt_terminal *t, cgt_request *req, int32_t *verdict, cgt_outcome **outcome)
        self.cgt_run = bind("cgt_run", TerminalHandle, RequestHandle, POINTER(c_int32), POINTER(OutcomeHandle))
        # int32_t cgt_request_new(int32_t kind, const char *sale_id, cgt_request **out)
        self.cgt_request_new = bind("cgt_request_new", c_int32, c_char_p, POINTER(RequestHandle))
        # int32_t cgt_request_set_amount(cgt_request *req, int64_t amount, const char *currency)
        self.cgt_request_set_amount = bind("cgt_request_set_amount", RequestHandle, c_int64, c_char_p)
        # int32_t cgt_request_set_invoice_number(cgt_request *req, const char *invoice_number)
        self.cgt_request_set_invoice_number = bind("cgt_request_set_invoice_number", RequestHandle, c_char_p)
        # int32_t cgt_request_set_original(cgt_request *req, const char *original_sale_id)
        self.cgt_request_set_original = bind("cgt_request_set_original", RequestHandle, c_char_p)
        # int32_t cgt_request_set_original_transaction(cgt_request *req, const char *transaction_id)
        self.cgt_request_set_original_transaction = bind("cgt_request_set_original_transaction", RequestHandle, c_char_p)
        # int32_t cgt_request_set_original_of(cgt_request *req, const char *register_id, const char *sale_id)
        self.cgt_request_set_original_of = bind("cgt_request_set_original_of", RequestHandle, c_char_p, c_char_p)
        # int32_t cgt_request_set_daughter_company_id(cgt_request *req, const char *daughter_company_id)
        self.cgt_request_set_daughter_company_id = bind("cgt_request_set_daughter_company_id", RequestHandle, c_char_p)
        # int32_t cgt_request_set_endpoint(cgt_request *req, const char *endpoint)
        self.cgt_request_set_endpoint = bind("cgt_request_set_endpoint", RequestHandle, c_char_p)
        # int32_t cgt_request_set_extra(cgt_request *req, const char *json)
        self.cgt_request_set_extra = bind("cgt_request_set_extra", RequestHandle, c_char_p)
        # int32_t cgt_request_free(cgt_request *req)
        self.cgt_request_free = bind("cgt_request_free", RequestHandle)
        # int32_t cgt_begin(cgt_terminal *t, cgt_request *req, cgt_op **op)
        self.cgt_begin = bind("cgt_begin", TerminalHandle, RequestHandle, POINTER(OpHandle))
        # int32_t cgt_step(cgt_op *op, int32_t wait_ms, int32_t *done)
        self.cgt_step = bind("cgt_step", OpHandle, c_int32, POINTER(c_int32))
        # int32_t cgt_finish(cgt_op *op, int32_t *verdict, cgt_outcome **outcome)
        self.cgt_finish = bind("cgt_finish", OpHandle, POINTER(c_int32), POINTER(OutcomeHandle))
        # int32_t cgt_op_free(cgt_op *op)
        self.cgt_op_free = bind("cgt_op_free", OpHandle)
        # int32_t cgt_recover(cgt_terminal *t, int32_t budget_ms, cgt_recover_cb cb, void *user)
        self.cgt_recover = bind("cgt_recover", TerminalHandle, c_int32, RecoverCallback, c_void_p)
        # int32_t cgt_sale_find(cgt_terminal *t, const char *sale_id, cgt_outcome **outcome)
        self.cgt_sale_find = bind("cgt_sale_find", TerminalHandle, c_char_p, POINTER(OutcomeHandle))
        # int32_t cgt_sale_query(cgt_terminal *t, const char *sale_id, int32_t *verdict, cgt_outcome **outcome)
        self.cgt_sale_query = bind("cgt_sale_query", TerminalHandle, c_char_p, POINTER(c_int32), POINTER(OutcomeHandle))
        # int32_t cgt_unresolved_count(cgt_terminal *t, int32_t *undecided, int32_t *unacknowledged)
        self.cgt_unresolved_count = bind("cgt_unresolved_count", TerminalHandle, POINTER(c_int32), POINTER(c_int32))
        # int32_t cgt_acknowledge(cgt_terminal *t, const char *sale_id)
        self.cgt_acknowledge = bind("cgt_acknowledge", TerminalHandle, c_char_p)
        # int32_t cgt_acknowledge_transaction(cgt_terminal *t, const char *transaction_id)
        self.cgt_acknowledge_transaction = bind("cgt_acknowledge_transaction", TerminalHandle, c_char_p)
        # int32_t cgt_resolve(cgt_terminal *t, const char *sale_id, int32_t charged, const char *note)
        self.cgt_resolve = bind("cgt_resolve", TerminalHandle, c_char_p, c_int32, c_char_p)
        # int32_t cgt_journal_accept_loss(cgt_terminal *t, const char *note)
        self.cgt_journal_accept_loss = bind("cgt_journal_accept_loss", TerminalHandle, c_char_p)
        # int32_t cgt_outcome_verdict(cgt_outcome *o, int32_t *verdict)
        self.cgt_outcome_verdict = bind("cgt_outcome_verdict", OutcomeHandle, POINTER(c_int32))
        # int32_t cgt_outcome_get_text(cgt_outcome *o, int32_t field, char *buf, int32_t cap, int32_t *need)
        self.cgt_outcome_get_text = bind("cgt_outcome_get_text", OutcomeHandle, c_int32, c_char_p, c_int32, POINTER(c_int32))
        # int32_t cgt_outcome_get_i64(cgt_outcome *o, int32_t field, int64_t *value)
        self.cgt_outcome_get_i64 = bind("cgt_outcome_get_i64", OutcomeHandle, c_int32, POINTER(c_int64))
        # int32_t cgt_outcome_json(cgt_outcome *o, char *buf, int32_t cap, int32_t *need)
        self.cgt_outcome_json = bind("cgt_outcome_json", OutcomeHandle, c_char_p, c_int32, POINTER(c_int32))
        # int32_t cgt_outcome_free(cgt_outcome *o)
        self.cgt_outcome_free = bind("cgt_outcome_free", OutcomeHandle)
        # int32_t cgt_outcome_receipt(cgt_outcome *o, int32_t copy, int32_t reprint, int32_t width, const char *language, int32_t encoding, char *buf, int32_t cap, int32_t *need)
        self.cgt_outcome_receipt = bind("cgt_outcome_receipt", OutcomeHandle, c_int32, c_int32, c_int32, c_char_p, c_int32, c_char_p, c_int32, POINTER(c_int32))
        # int32_t cgt_receipt_from_json(const char *outcome_json, int32_t copy, int32_t reprint, int32_t width, const char *language, int32_t encoding, char *buf, int32_t cap, int32_t *need)
        self.cgt_receipt_from_json = bind("cgt_receipt_from_json", c_char_p, c_int32, c_int32, c_int32, c_char_p, c_int32, c_char_p, c_int32, POINTER(c_int32))
        # int32_t cgt_daughter_companies(cgt_terminal *t, cgt_rows **rows)
        self.cgt_daughter_companies = bind("cgt_daughter_companies", TerminalHandle, POINTER(RowsHandle))
        # int32_t cgt_rows_next(cgt_rows *r, int32_t *has)
        self.cgt_rows_next = bind("cgt_rows_next", RowsHandle, POINTER(c_int32))
        # int32_t cgt_rows_get_text(cgt_rows *r, int32_t field, char *buf, int32_t cap, int32_t *need)
        self.cgt_rows_get_text = bind("cgt_rows_get_text", RowsHandle, c_int32, c_char_p, c_int32, POINTER(c_int32))
        # int32_t cgt_rows_get_i64(cgt_rows *r, int32_t field, int64_t *value)
        self.cgt_rows_get_i64 = bind("cgt_rows_get_i64", RowsHandle, c_int32, POINTER(c_int64))
        # int32_t cgt_rows_json(cgt_rows *r, char *buf, int32_t cap, int32_t *need)
        self.cgt_rows_json = bind("cgt_rows_json", RowsHandle, c_char_p, c_int32, POINTER(c_int32))
        # int32_t cgt_rows_free(cgt_rows *r)
        self.cgt_rows_free = bind("cgt_rows_free", RowsHandle)
