"""A payment terminal, as the register sees it."""

import json
import weakref
from ctypes import byref, c_int32, c_int64
from dataclasses import fields
from os import PathLike
from types import TracebackType
from typing import Any, Callable, Dict, List, Optional, Type, TypeVar, Union

from . import _arguments as arguments
from ._abi import (
    Code,
    CodeMeaning,
    Kind,
    NUMBER_TERMINAL_FIELDS,
    OutcomeHandle,
    RecoverCallback,
    RowField,
    RowsHandle,
    TerminalField,
    TerminalHandle,
)
from ._callbacks import Calls, OnPayment, OnStatus, ShouldCancel, callable_or_none
from ._native import check, text_out
from ._request import request
from ._rows import texts
from ._session import Session, concluded, read_outcome
from .errors import ComgateError
from .facts import TerminalInfo, TerminalStatus, UnresolvedCount
from .operation import Operation
from .outcome import Outcome

_Facts = TypeVar("_Facts", bound=TerminalInfo)


class Terminal:
    """A payment terminal at one address, with the journal of what was paid on it.

    ::

        with Terminal("192.168.1.105", journal_dir="/var/lib/till/1") as t:
            for outcome in t.recover():          # at start-up: what the last power cut left open
                store(outcome)
                if outcome.verdict is not Verdict.UNKNOWN:
                    t.acknowledge_transaction(outcome.transaction_id)
            outcome = t.pay("2026-11-23/1/42", 12550, "CZK", on_status=print)
            if outcome.verdict is Verdict.APPROVED:
                store(outcome)
                t.acknowledge(outcome.sale_id)

    One thread at a time, and one operation; only `cancel` and `is_busy` may come from another thread or from a
    callback, anything else is then refused with BUSY. Different terminals may be used from different threads.
    The library starts no thread: callbacks run on the thread that called, during that call.
    """

    def __init__(
        self,
        host: str,
        *,
        port: int = 33350,
        secure_string: str = "27924505",
        journal_dir: "Union[str, PathLike[str], None]" = None,
        any_drive: bool = False,
        no_journal: bool = False,
    ) -> None:
        """Nothing is sent yet.

        host: a name or an address, without http:// and port. port: 1 to 65535. secure_string: the password the
        terminal expects, 1 to 64 bytes; the default is the one Comgate publishes for test and live.
        journal_dir: an existing folder, one for each register; None is %PROGRAMDATA%\\comgate-terminal on Windows and
        $XDG_STATE_HOME/comgate-terminal (~/.local/state) elsewhere.
        any_drive: allows a journal_dir on a network or removable drive, which may be gone in the middle of a sale.
        no_journal: sells without a journal. Nothing is remembered beyond this object: after a crash nobody knows what
        became of a sale, and nothing protects from charging it twice. For demonstrations; not with a journal_dir.

        Raises InvalidArgument, ComgateError (JOURNAL: the folder cannot be used), TypeError, LoadError.
        """
        drives, without = arguments.switch("any_drive", any_drive), arguments.switch("no_journal", no_journal)
        if no_journal and journal_dir is not None:
            raise TypeError("no_journal: a journal_dir is given as well; which of the two is meant?")
        self._session = session = Session(arguments.text("host", host))
        self._functions = session.functions
        self._free = weakref.finalize(self, session.functions.cgt_terminal_free, session.terminal)
        self._on_payment: Optional[OnPayment] = None
        self._operation: Callable[[], Optional[Operation]] = lambda: None
        try:
            self._set(self._functions.cgt_terminal_set_port, arguments.number("port", port))
            self._set(self._functions.cgt_terminal_set_secure_string, arguments.text("secure_string", secure_string))
            self._set(self._functions.cgt_terminal_allow_any_drive, drives)
            self._set(self._functions.cgt_terminal_allow_no_journal, without)
            if journal_dir is not None:
                self._set(self._functions.cgt_terminal_set_journal_dir, arguments.path("journal_dir", journal_dir))
            self._set(self._functions.cgt_terminal_on_status, session.trampolines.status, None)
            # Always asked for, also when the host has no question: this is where Python gets round to Ctrl+C.
            self._set(self._functions.cgt_terminal_on_cancel, session.trampolines.cancel, None)
            self._set(self._functions.cgt_terminal_on_payment, session.trampolines.payment, None)
        except BaseException:
            self._free()
            raise

    # --- paying -----------------------------------------------------------------------------------------------------

    def pay(
        self,
        sale_id: str,
        amount: int,
        currency: str,
        *,
        on_status: Optional[OnStatus] = None,
        should_cancel: Optional[ShouldCancel] = None,
        invoice_number: Optional[str] = None,
        daughter_company_id: Optional[str] = None,
    ) -> Outcome:
        """Takes a payment: asks the terminal, waits for the customer, stores and confirms the result. Blocks.

        sale_id: the register's own number of the sale, 1 to 64 bytes without white space at an end, the same again when
        the same sale is tried again: that is how the library knows never to charge it twice. Advice: date, register,
        number.
        amount: minor units, at least 1, at most 12 digits (12550 is 125.50). currency: ISO 4217, such as "CZK".
        on_status(text): told what is going on; `text` is a str with `.phase`, in words for the cashier and in the
        language of `set_language`; words of the terminal that are no known code word come as they are. Show it, never
        decide by it.
        should_cancel(): asked every 100 ms; anything true asks the terminal to cancel. `threading.Event().is_set` fits.
        invoice_number: the variable symbol, 1 to 20 bytes; a sale id of at most 10 digits is sent where there is none.
        daughter_company_id: of this payment, in the place of the one that was set; 1 to 64 bytes.

        The outcome says what became of the money; only Verdict.APPROVED is paid. Store it, then `acknowledge`.

        The same number again. Paid, and not acknowledged: its outcome comes back (`adopted`), on the same day or within 2
        hours, and until the next closing; after that, or acknowledged, it is SALE_USED. Not decided: the terminal is
        asked first; also where a person has said "not charged" with `resolve`. Ended without a charge, reversed, or
        wholly refunded: a new attempt.

        Raises only where there is no outcome and nothing was sent: InvalidArgument and TypeError; ComgateError with
        SALE_USED, SALE_MISMATCH, UNRESOLVED, TERMINAL_LOCKED, CANCELLED_EARLY (while another program used the
        terminal), JOURNAL, BUSY or 9xx (then `recover`).

        An exception of a callback does not end the payment, because nobody would know how it ended. It asks for a
        cancel, and when the terminal has ended a CallbackError is raised from it, whose `outcome` may still say
        APPROVED. Ctrl+C, and whatever else a signal handler raises, goes the same way, except that KeyboardInterrupt
        and SystemExit are raised as they are, with `outcome` set on them. Whoever cannot wait may kill the process:
        the next `recover` finds the sale.
        """
        terminal, calls = self._open(), Calls(on_status, should_cancel, self._on_payment)
        with request(
            self._functions,
            Kind.PAYMENT,
            sale_id,
            money=arguments.money(amount, currency),
            invoice_number=invoice_number,
            daughter_company_id=daughter_company_id,
        ) as handle:
            ending = self._session.run_to_outcome(calls, self._functions.cgt_run, terminal, handle)
        return concluded(calls, *ending)

    def refund(
        self,
        refund_id: str,
        amount: int,
        currency: str,
        *,
        original: Optional[str] = None,
        original_register: Optional[str] = None,
        original_transaction: Optional[str] = None,
        on_status: Optional[OnStatus] = None,
        should_cancel: Optional[ShouldCancel] = None,
    ) -> Outcome:
        """Gives money back to the customer's card. APPROVED means that it goes back.

        refund_id: the register's own number of the refund, with the rules of `pay`'s sale_id. original: the sale that
        is refunded, where there is one: it must be paid, and its refunds never sum up to more than what was paid.

        original_register, original_transaction: another till's sale in a shared journal folder, see `reverse`.

        Raises what `pay` raises; ComgateError ORIGINAL, BEYOND_ORIGINAL.
        """
        money = arguments.money(amount, currency)
        if original_register is None and original_transaction is None:
            refund = arguments.text("refund_id", refund_id), arguments.text_or_none("original", original)
            values = (*refund, *money)
            return self._move(self._functions.cgt_refund, *values, on_status=on_status, should_cancel=should_cancel)
        named = _named(original, original_register, original_transaction)
        with request(self._functions, Kind.REFUND, refund_id, money=money, **named) as handle:
            return self._move(self._functions.cgt_run, handle, on_status=on_status, should_cancel=should_cancel)

    def reverse(
        self,
        reversal_id: str,
        original_sale_id: Optional[str] = None,
        *,
        original_register: Optional[str] = None,
        original_transaction: Optional[str] = None,
        on_status: Optional[OnStatus] = None,
        should_cancel: Optional[ShouldCancel] = None,
    ) -> Outcome:
        """Takes a whole sale back, which works until the closing that contains it; afterwards `refund` it. APPROVED
        means that it is taken back: the sale is CANCELLED from then on, and names its reversal in `reversed_by`.

        original_sale_id: a sale that is paid, or UNKNOWN; also a refund, and the completion of a pre-authorization, but not a
        pre-authorization itself (`preauth_cancel`). There is one reversal for each: asking for a
        second one, under whatever number, gives the first (`adopted`), or is refused.

        As far as is known, terminals take back their last payment only, and ask for a YES on their screen. Of any other
        they do not find the original: NOT_STARTED with the reason REQUEST_REFUSED (HTTP 404). The sale then stays what it
        was; `refund` it instead.

        Another till's sale, where several registers share one journal folder: original_register names the register beside
        original_sale_id ("" is the one without a name), or original_transaction names the transaction_id alone. The sums
        hold for the folder: one reversal for each sale, whichever register asks. It goes to the terminal of its original;
        with another one it is ORIGINAL, or NOT_STARTED with the reason OTHER_TERMINAL.

        Raises what `pay` raises; ComgateError ORIGINAL, CLOSED; TypeError where no original is named.
        """
        if original_register is not None or original_transaction is not None:
            named = _named(original_sale_id, original_register, original_transaction)
            with request(self._functions, Kind.REVERSAL, reversal_id, **named) as handle:
                return self._move(self._functions.cgt_run, handle, on_status=on_status, should_cancel=should_cancel)
        if original_sale_id is None:
            raise TypeError("original_sale_id: a str is needed, not NoneType")
        numbers = arguments.text("reversal_id", reversal_id), arguments.text("original_sale_id", original_sale_id)
        return self._move(self._functions.cgt_reverse, *numbers, on_status=on_status, should_cancel=should_cancel)

    def closing(
        self,
        closing_id: str,
        *,
        on_status: Optional[OnStatus] = None,
        should_cancel: Optional[ShouldCancel] = None,
    ) -> Outcome:
        """Closes the batch: everything since the last closing is settled with the acquirer. APPROVED means that it is;
        the outcome has the totals. Sales of this terminal that are not decided are asked about first, for at most
        10 s; one that still runs refuses the closing (UNRESOLVED).

        closing_id: the register's own number of the closing, with the rules of `pay`'s sale_id. Raises what `pay`
        raises.
        """
        number = arguments.text("closing_id", closing_id)
        return self._move(self._functions.cgt_closing, number, on_status=on_status, should_cancel=should_cancel)

    def preauth(
        self,
        preauth_id: str,
        amount: int,
        currency: str,
        *,
        on_status: Optional[OnStatus] = None,
        should_cancel: Optional[ShouldCancel] = None,
    ) -> Outcome:
        """Pre-authorizes: reserves an amount on the customer's card, and takes nothing yet. APPROVED means that it is
        reserved, not that it is paid.

        preauth_id: the register's own number of the pre-authorization, with the rules of `pay`'s sale_id. amount: minor
        units, as for `pay`. It is ended once, by `preauth_complete` or `preauth_cancel`, and neither refunded nor reversed.
        Where the terminal does not have this function it is NOT_STARTED with the reason NOT_SUPPORTED.

        Raises what `pay` raises.
        """
        values = (arguments.text("preauth_id", preauth_id), *arguments.money(amount, currency))
        return self._move(self._functions.cgt_preauth, *values, on_status=on_status, should_cancel=should_cancel)

    def preauth_complete(
        self,
        completion_id: str,
        original_sale_id: str,
        amount: int,
        currency: str,
        *,
        on_status: Optional[OnStatus] = None,
        should_cancel: Optional[ShouldCancel] = None,
    ) -> Outcome:
        """Completes a pre-authorization: takes the money, all that is reserved or less. APPROVED means paid. The customer
        need not be there.

        completion_id: the register's own number of the completion, with the rules of `pay`'s sale_id; it is refunded and
        reversed under that number. original_sale_id: a pre-authorization that is approved, and was neither completed
        nor cancelled; asking again for the same amount, under whatever number, gives the first completion (`adopted`).
        amount: minor units, at most what was pre-authorized. currency: that of the pre-authorization.
        Where the terminal does not find the pre-authorization it is NOT_STARTED with the reason REQUEST_REFUSED (HTTP 404).

        Raises what `pay` raises; ComgateError ORIGINAL, BEYOND_ORIGINAL.
        """
        completion = arguments.text("completion_id", completion_id)
        original = arguments.text("original_sale_id", original_sale_id)
        values = (completion, original, *arguments.money(amount, currency))
        function = self._functions.cgt_preauth_complete
        return self._move(function, *values, on_status=on_status, should_cancel=should_cancel)

    def preauth_cancel(
        self,
        cancel_id: str,
        original_sale_id: str,
        *,
        on_status: Optional[OnStatus] = None,
        should_cancel: Optional[ShouldCancel] = None,
    ) -> Outcome:
        """Cancels a pre-authorization. APPROVED means that nothing is reserved any more: the pre-authorization is CANCELLED
        from then on, and names its cancel in `reversed_by`.

        cancel_id: the register's own number of the cancel, with the rules of `pay`'s sale_id. original_sale_id: a
        pre-authorization that is approved or UNKNOWN, and was not completed. There is one cancel for each: asking for a
        second one, under whatever number, gives the first (`adopted`), or is refused.

        Raises what `pay` raises; ComgateError ORIGINAL.
        """
        cancel = arguments.text("cancel_id", cancel_id)
        values = cancel, arguments.text("original_sale_id", original_sale_id)
        return self._move(self._functions.cgt_preauth_cancel, *values, on_status=on_status, should_cancel=should_cancel)

    def moto(
        self,
        sale_id: str,
        amount: int,
        currency: str,
        *,
        on_status: Optional[OnStatus] = None,
        should_cancel: Optional[ShouldCancel] = None,
    ) -> Outcome:
        """Takes a payment by mail or phone (MOTO): somebody types the card's data on the terminal; they are never sent.

        sale_id, amount, currency, the outcome and what is raised: as for `pay`. It is refunded and reversed like a payment.
        """
        values = (arguments.text("sale_id", sale_id), *arguments.money(amount, currency))
        return self._move(self._functions.cgt_moto, *values, on_status=on_status, should_cancel=should_cancel)

    def run(
        self,
        sale_id: str,
        endpoint: str,
        *,
        amount: Optional[int] = None,
        currency: Optional[str] = None,
        original: Optional[str] = None,
        extra: Optional[Dict[str, Any]] = None,
        on_status: Optional[OnStatus] = None,
        should_cancel: Optional[ShouldCancel] = None,
    ) -> Outcome:
        """Any other function of the terminal that is started, followed and ends in a result, such as preauth/increment:
        for whoever has the vendor's document. It is journalled, confirmed and recovered like a payment.

        sale_id: the register's own number of the operation. endpoint: the name of the function in the path, 1 to 64 of
        A-Z a-z 0-9 / - _; those this library drives itself are refused. amount, currency: where it has them.
        original: an earlier sale of this register, whose transaction is then sent as originalTransactionId.
        extra: further fields of the start; they must not have the names of the library's own.

        Raises what `pay` raises; ComgateError ENDPOINT, EXTRA.
        """
        fields = None if extra is None else arguments.json_object("extra", extra)
        # One of the two alone is refused by name.
        money = None if amount is None and currency is None else arguments.money(amount, currency)  # type: ignore[arg-type]
        with request(
            self._functions, Kind.OTHER, sale_id, money=money, extra=fields, endpoint=endpoint, original=original
        ) as handle:
            return self._move(self._functions.cgt_run, handle, on_status=on_status, should_cancel=should_cancel)

    def signature_result(
        self,
        sale_id: str,
        accepted: bool,
        *,
        on_status: Optional[OnStatus] = None,
    ) -> Outcome:
        """Says whether the signature of a sale with `signature_required` matches the card. Accepted, it is noted, and
        the outcome is the sale's. Rejected, the sale is reversed (a pre-authorization is cancelled), and that is the
        outcome: APPROVED means that the sale is taken back; otherwise call again. Say it before the terminal's next sale: see `reverse`.

        Raises what `reverse` raises; ComgateError SIGNATURE (none is asked for, or the sale was taken back), NOT_FOUND.
        """
        answer = arguments.text("sale_id", sale_id), arguments.switch("accepted", accepted)
        return self._move(self._functions.cgt_signature_result, *answer, on_status=on_status)

    def begin(
        self,
        sale_id: str,
        amount: int,
        currency: str,
        *,
        on_status: Optional[OnStatus] = None,
        should_cancel: Optional[ShouldCancel] = None,
        invoice_number: Optional[str] = None,
        daughter_company_id: Optional[str] = None,
    ) -> Operation:
        """Begins a payment and returns before anything is sent; arguments and errors are those of `pay`.

        ::

            with t.begin("2026-11-23/1/42", 12550, "CZK") as operation:
                while not operation.step(wait_ms=50):
                    window.process_events()
                outcome = operation.finish()
        """
        self._open()
        calls = Calls(on_status, should_cancel, self._on_payment)
        with request(
            self._functions,
            Kind.PAYMENT,
            sale_id,
            money=arguments.money(amount, currency),
            invoice_number=invoice_number,
            daughter_company_id=daughter_company_id,
        ) as handle:
            operation = Operation(self._session, handle, calls)
        self._operation = weakref.ref(operation)
        return operation

    def cancel(self) -> None:
        """Asks for the running operation to be cancelled. May be called from any thread and from a callback.

        Returns at once. The answer is the outcome of that operation, which may still be APPROVED when the cancel came
        too late. Does nothing when no operation runs. `cancel_asked` of the outcome says whether a cancel went out and the
        terminal did not refuse it; many terminals refuse it once the card was read, and go on.
        """
        check(self._functions, self._functions.cgt_terminal_cancel(self._open()))

    @property
    def is_busy(self) -> bool:
        """Whether a call or an operation is under way. May be asked from any thread."""
        busy = c_int32()
        check(self._functions, self._functions.cgt_terminal_is_busy(self._open(), byref(busy)))
        return busy.value == 1

    # --- after a crash, after a sale --------------------------------------------------------------------------------

    def recover(
        self,
        budget_ms: int = 30_000,
        *,
        on_status: Optional[OnStatus] = None,
        should_cancel: Optional[ShouldCancel] = None,
    ) -> List[Outcome]:
        """Finds out what became of the sales that are not settled between terminal and register.

        Call it at start-up and whenever a verdict was UNKNOWN. It asks the terminal about undecided sales for at most
        budget_ms (1000 to 3600000); a sale still running there is followed to its end within that time. should_cancel
        only ends the asking, as if the time were up: no sale is cancelled.

        Gives one outcome for each sale that is undecided, was charged and not acknowledged, or was found just now to
        have ended without a charge (told once). Store each by its transaction_id, then `acknowledge_transaction` it
        unless it is UNKNOWN: until then it comes again. A terminal that is off is no error: its undecided sales come
        as UNKNOWN. Where it contradicts what a person decided, the outcome has the reason RESOLVED_OTHERWISE.

        Raises InvalidArgument; ComgateError (JOURNAL, TERMINAL_LOCKED, BUSY); CallbackError, without an outcome.
        """
        budget, calls = arguments.number("budget_ms", budget_ms), Calls(on_status, should_cancel)
        outcomes: List[Outcome] = []

        def collect(_user: Optional[int], lent: OutcomeHandle) -> int:
            calls.keep(lambda: outcomes.append(read_outcome(self._functions, lent)))
            return 0  # Not acknowledged: the host has not stored it yet.

        callback = RecoverCallback(collect)
        calls.conclude(self._session.run(calls, self._functions.cgt_recover, self._open(), budget, callback, None))
        return outcomes

    def find(self, sale_id: str) -> Optional[Outcome]:
        """What the journal knows of a sale of this register. Of several attempts at it: one that is undecided, else one
        that was charged, else the newest. Nothing is sent.

        None: there was no such sale, or it has expired. A sale that was never decided is Verdict.UNKNOWN.

        Raises InvalidArgument; ComgateError (JOURNAL, BUSY).
        """
        sale, calls = arguments.text("sale_id", sale_id), Calls()
        error, outcome = self._session.run_to_outcome(calls, self._sale_find, self._open(), sale)
        if error is not None and error.code is Code.NOT_FOUND:
            calls.conclude(None)
            return None
        return concluded(calls, error, outcome)

    def query(
        self,
        sale_id: str,
        *,
        on_status: Optional[OnStatus] = None,
        should_cancel: Optional[ShouldCancel] = None,
    ) -> Outcome:
        """The outcome of a sale that is known, after asking the terminal about it for at most 10 s where that may know
        more: it is not decided, a person has decided it, or its start was refused within the last day. A sale that runs there is followed so long. should_cancel only ends the asking; to cancel it,
        `pay` it again under its number.

        A terminal that is off, or still working on the sale, is no error: the verdict is UNKNOWN and `reason` says why.

        Raises InvalidArgument; ComgateError (NOT_FOUND, where `find` answers None; JOURNAL, BUSY); CallbackError.
        """
        sale, calls = arguments.text("sale_id", sale_id), Calls(on_status, should_cancel)
        return concluded(
            calls, *self._session.run_to_outcome(calls, self._functions.cgt_sale_query, self._open(), sale)
        )

    def resolve(self, sale_id: str, charged: bool, note: str) -> None:
        """Writes down what a person has found out about an undecided sale, by looking at the terminal's history or the
        bank. charged: whether the money moved. note: who and why, 1 to 200 bytes.

        A refund, a reversal and a closing are decided under their own ids: charged says whether it was done. Of a
        reversal True says that the sale was taken back, so that the customer has not paid.

        The sale is then APPROVED or CANCELLED; its outcome has `resolved` and the `note`. The terminal is asked first,
        for at most 10 s, and its verdict wins. It need not be reachable. For seven days `recover` goes on asking it, and
        so does whoever pays the sale again after a "not charged"; where it comes to contradict the person, the sale is
        told anew with the reason RESOLVED_OTHERWISE.

        Raises InvalidArgument; ComgateError: DECIDED (the sale was decided, or the terminal has just decided it
        otherwise; `find` has the outcome), UNRESOLVED (it is still running on the terminal, or the
        terminal has just told something new about it: look once more, then decide), TERMINAL_LOCKED, NOT_FOUND,
        JOURNAL, BUSY.
        """
        sale, moved = arguments.text("sale_id", sale_id), arguments.switch("charged", charged)
        self._ask(self._functions.cgt_resolve, sale, moved, arguments.text("note", note))

    def unresolved_count(self) -> UnresolvedCount:
        """How many sales of this register are undecided, and how many were charged and not acknowledged. From the
        journal; nothing is sent. Good for a warning on the till's screen and for its day-end.

        Raises ComgateError (JOURNAL, BUSY).
        """
        undecided, unacknowledged = c_int32(), c_int32()
        self._set(self._functions.cgt_unresolved_count, byref(undecided), byref(unacknowledged))
        return UnresolvedCount(undecided.value, unacknowledged.value)

    def acknowledge(self, sale_id: str) -> None:
        """Tells the journal that the register has stored the outcome of this sale.

        Call it after each APPROVED sale, once the till has stored it. It means the newest attempt at the sale that is
        open and whose outcome this object has given out: by `pay` and the like, `recover`, `find` or `query`; where a sale
        has two such attempts, the second call means the older one. An object that has given out none refuses (UNDECIDED):
        after a restart call `recover`, or name the transaction that is stored with `acknowledge_transaction`.
        Acknowledging again where nothing is open, or a sale that ended without a charge, is fine and changes nothing.

        Raises InvalidArgument; ComgateError (NOT_FOUND, UNDECIDED, JOURNAL, BUSY).
        """
        self._set(self._functions.cgt_acknowledge, arguments.text("sale_id", sale_id))

    def acknowledge_transaction(self, transaction_id: str) -> None:
        """The same for exactly one outcome, by its transaction_id, also after a restart: of two open attempts at one sale,
        told by `recover`, each can be acknowledged so. Errors are those of `acknowledge`; UNDECIDED only where this
        attempt is not decided.
        """
        transaction = arguments.text("transaction_id", transaction_id)
        self._set(self._functions.cgt_acknowledge_transaction, transaction)

    # --- asking the terminal ----------------------------------------------------------------------------------------

    def info(self) -> TerminalInfo:
        """Asks the terminal who it is. Nothing is journalled and no money moves.

        Raises ComgateError: 2xx no terminal there; NOT_A_TERMINAL, OTHER_TERMINAL, SIMULATOR; BUSY.
        """
        self._ask(self._functions.cgt_terminal_info)
        return self._facts(TerminalInfo)

    def status(self, check_online: bool = True) -> TerminalStatus:
        """Asks the terminal for its state, and with check_online also whether it reaches its authorization server,
        which takes longer. This is also the way to test the secure_string.

        Raises ComgateError as `info` does; SECURE_STRING, NOT_SUPPORTED.
        """
        self._ask(self._functions.cgt_terminal_status, arguments.switch("check_online", check_online))
        return self._facts(TerminalStatus)

    def daughter_companies(self) -> List[str]:
        """Asks the terminal for the ids of the companies that share it, for `set_daughter_company_id` and the
        daughter_company_id of a payment. Nothing is journalled and no money moves.

        An empty list: the terminal has one company, and needs no id. Another terminal with one company raises
        NOT_SUPPORTED. Entries whose id cannot be sent (missing, empty, longer than 64 bytes, with control characters)
        are left out.

        Raises ComgateError as `info` does; SECURE_STRING; NOT_SUPPORTED; REQUEST_REFUSED (the reply is no such list, or
        names no id that can be sent).
        """
        rows = RowsHandle()
        try:
            self._ask(self._functions.cgt_daughter_companies, byref(rows))
            return texts(self._functions, rows, RowField.DAUGHTER_COMPANY_ID)
        finally:
            self._functions.cgt_rows_free(rows)

    def exchange(self, endpoint: str, fields: Optional[Dict[str, Any]] = None) -> Union[Dict[str, Any], str]:
        """One exchange with a function of the terminal that this library does not know and that moves no money, such as
        "print", for whoever has the vendor's document. Nothing is journalled.

        endpoint: its name in the path, 1 to 64 of A-Z a-z 0-9 / - _; not one that this library drives itself, and not one
        that begins like a movement of money. fields: what is sent beside secureString at top level of the JSON body, at
        most 4096 bytes.

        The reply: a dict where it is a JSON object, else its text. Card numbers and the secureString are masked.

        Raises InvalidArgument (ENDPOINT, EXTRA: nothing was sent); ComgateError as `info` does; SECURE_STRING,
        NOT_SUPPORTED, REQUEST_REFUSED (the message has the HTTP status); EXCHANGE_UNANSWERED (it left, and no reply
        came: the terminal may have acted).
        """
        name, body = arguments.text("endpoint", endpoint), arguments.json_object("fields", {} if fields is None else fields)
        self._ask(self._functions.cgt_terminal_exchange, name, body)
        reply = str(self._fact(TerminalField.REPLY) or "")
        try:
            parsed = json.loads(reply)
        except ValueError:
            return reply
        return parsed if isinstance(parsed, dict) else reply

    # --- setting up -------------------------------------------------------------------------------------------------
    # Each raises InvalidArgument, TypeError, or ComgateError BUSY; nothing is changed then.

    def set_timeouts(
        self,
        *,
        connect_ms: Optional[int] = None,
        reply_ms: Optional[int] = None,
        patience_ms: Optional[int] = None,
    ) -> None:
        """Sets limits in milliseconds; None keeps one as it is.

        connect_ms (3000; 100 to 60000): for a connection. reply_ms (10000; 500 to 120000): for one reply.
        patience_ms (300000; 1000 to 3600000): for the customer; afterwards the library cancels, and what it then does
        not know is UNKNOWN. The terminal itself is patient for minutes: with less, the customer may still pay after
        you stopped looking.
        """
        limits = {"connect_ms": connect_ms, "reply_ms": reply_ms, "patience_ms": patience_ms}
        self._set(
            self._functions.cgt_terminal_set_timeouts,
            *(arguments.milliseconds(name, value) for name, value in limits.items()),
        )

    def set_retention_days(self, days: int) -> None:
        """Sets how many days the journal remembers settled sales, 30 to 400 (90). Sales that are undecided or not
        acknowledged never expire."""
        self._set(self._functions.cgt_terminal_set_retention_days, arguments.number("days", days))

    def set_poll_interval(self, interval_ms: int) -> None:
        """Sets how often the terminal is asked while nothing changes, 100 to 5000 ms (500)."""
        self._set(self._functions.cgt_terminal_set_poll_interval, arguments.number("interval_ms", interval_ms))

    def set_api_version(self, version: int) -> None:
        """Sets the version of the terminal's interface: 0 automatic (the default), 1 the oldest path /paya, 2, 4, 5 or
        6 for /api/switchio/pay/v2 and so on."""
        self._set(self._functions.cgt_terminal_set_api_version, arguments.number("version", version))

    def set_terminal_id(self, terminal_id: str) -> None:
        """Binds to one terminal: before each start it must name itself so. "" is not bound (the default)."""
        self._set(self._functions.cgt_terminal_set_terminal_id, arguments.text("terminal_id", terminal_id))

    def set_language(self, language: str) -> None:
        """Sets the language of `advice_text`: "cs" (the default), "sk" or "en"."""
        self._set(self._functions.cgt_terminal_set_language, arguments.text("language", language))

    def set_register_id(self, register_id: str) -> None:
        """Names this register in the journal, 0 to 64 bytes. Needed where several registers share one folder."""
        self._set(self._functions.cgt_terminal_set_register_id, arguments.text("register_id", register_id))

    def set_cashier(self, cashier: str) -> None:
        """Names the cashier in the journal, 0 to 64 bytes."""
        self._set(self._functions.cgt_terminal_set_cashier, arguments.text("cashier", cashier))

    def set_daughter_company_id(self, daughter_company_id: str) -> None:
        """Sets the daughterCompanyId sent with each start, 0 to 64 bytes. "" leaves it out (the default)."""
        company = arguments.text("daughter_company_id", daughter_company_id)
        self._set(self._functions.cgt_terminal_set_daughter_company_id, company)

    def set_response_code(self, code: str, meaning: CodeMeaning) -> None:
        """Says what a response code means that the library does not know (reason CODE_NOT_LISTED): exactly as the terminal writes
        it in `response_code`, 1 to 64 bytes. meaning: CodeMeaning.APPROVES, REFUSES or FORGET.

        Only after a person has made sure, with the terminal's receipt or the provider. It is written to the journal and
        true for every program on its folder; a sale that ended with it before is settled by the next `recover`.
        """
        number = arguments.number("meaning", meaning)
        self._set(self._functions.cgt_terminal_set_response_code, arguments.text("code", code), number)

    def accept_partial(self, accepted: bool = True) -> None:
        """Accepts payments that the terminal approves for less than was asked for, in the same currency (off by default).

        Accepted, such a payment is confirmed and APPROVED, with `partial`, what was charged in `amount_approved` and
        Advice.COLLECT_REST: collect the rest under a new number. Not accepted, it is UNKNOWN (AMOUNT_DIFFERS) and never
        confirmed, so that the terminal may take it back; where it still stands after 75 s, `recover` says so with
        Advice.PARTIAL_STANDS. More than was asked for, and another currency, are never accepted.

        It holds for the payments that begin from now on, and is kept beside each in the journal for `recover`.
        """
        self._set(self._functions.cgt_terminal_accept_partial, arguments.switch("accepted", accepted))

    def set_tip_limit(self, percent: int) -> None:
        """Takes what a payment was charged beyond its amount for a tip, up to so many percent, 0 to 100 (0: off), where the
        terminal names no tip: then it is APPROVED, and `tip` is the difference. Beyond it: UNKNOWN (AMOUNT_DIFFERS).

        It holds for the payments that begin from now on, and is kept beside each in the journal for `recover`.
        """
        self._set(self._functions.cgt_terminal_set_tip_limit, arguments.number("percent", percent))

    def accept_journal_loss(self, note: str) -> None:
        """Goes on with a journal that has lost lines and cannot be put back (the error JOURNAL says so): sales of which
        nobody here knows may have been charged, and a person has looked. note: who and why, 1 to 200 bytes."""
        self._set(self._functions.cgt_journal_accept_loss, arguments.text("note", note))

    def allow_simulator(self, allowed: bool = True) -> None:
        """Allows terminals that name themselves simulators, where no money moves. Only for training and tests."""
        self._set(self._functions.cgt_terminal_allow_simulator, arguments.switch("allowed", allowed))

    def on_payment(self, callback: Optional[OnPayment]) -> None:
        """Has `callback(event, sale_id, transaction_id)` told the steps of each payment that begins from now on;
        `event` is an Event. None: nobody."""
        self._open()
        self._on_payment = callable_or_none("callback", callback)

    # --- the end ----------------------------------------------------------------------------------------------------

    def close(self) -> None:
        """Frees the terminal, and before it lets go of an operation that was begun and not finished. May be called
        again. Raises ComgateError BUSY while another thread is inside or from a callback; nothing is freed then."""
        operation = self._operation()
        if operation is not None:
            operation.close()
        if self._free.alive:
            check(self._functions, self._functions.cgt_terminal_free(self._session.terminal))
            self._free.detach()

    def __enter__(self) -> "Terminal":
        self._open()
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        value: Optional[BaseException],
        traceback: Optional[TracebackType],
    ) -> None:
        self.close()

    def _open(self) -> TerminalHandle:
        if not self._free.alive:
            raise ComgateError(Code.HANDLE, "the terminal is closed")
        return self._session.terminal

    def _set(self, function: Callable[..., int], *values: Any) -> None:
        self._session.check(function(self._open(), *values))

    def _sale_find(self, terminal: TerminalHandle, sale: bytes, _verdict: Any, outcome: Any) -> int:
        """In the form of the functions that write the verdict beside the outcome."""
        return self._functions.cgt_sale_find(terminal, sale, outcome)

    def _ask(self, function: Callable[..., int], *values: Any) -> None:
        """An exchange with the terminal, during which Ctrl+C is treated as during a payment."""
        calls = Calls()
        calls.conclude(self._session.run(calls, function, self._open(), *values))

    def _move(
        self,
        function: Callable[..., int],
        *values: Any,
        on_status: Optional[OnStatus] = None,
        should_cancel: Optional[ShouldCancel] = None,
    ) -> Outcome:
        calls = Calls(on_status, should_cancel, self._on_payment)
        return concluded(calls, *self._session.run_to_outcome(calls, function, self._open(), *values))

    def _facts(self, kind: Type[_Facts]) -> _Facts:
        told = {field.name: self._fact(TerminalField[field.name.upper()]) for field in fields(kind)}
        told["versions"] = tuple(told["versions"].split(",")) if told["versions"] else ()
        return kind(**told)

    def _fact(self, field: TerminalField) -> Any:
        number = c_int64()
        if field in NUMBER_TERMINAL_FIELDS:
            code, text = self._functions.cgt_terminal_get_i64(self._open(), field, byref(number)), None
        else:
            code, text = text_out(self._functions.cgt_terminal_get_text, self._open(), field)
        if code == Code.ABSENT:
            return None
        self._session.check(code)
        return bool(number.value) if text is None else text


def _named(sale: Optional[str], register: Optional[str], transaction: Optional[str]) -> Dict[str, Any]:
    """How a request names its original. Two ways at once are refused by the library."""
    if register is None:
        return {"original": sale, "original_transaction": transaction}
    if sale is None:
        raise TypeError("original_register: the sale of that register must be named as well")
    of = arguments.text("register_id", register), arguments.text("sale_id", sale)
    return {"original_of": of, "original_transaction": transaction}
