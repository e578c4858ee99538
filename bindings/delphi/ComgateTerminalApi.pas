(*
  comgate-terminal: card payments on Comgate touch-screen terminals, the C functions as Delphi sees them.
  Unofficial, not affiliated with Comgate.

  Generated from include/comgate_terminal.h and bindings/delphi/ComgateTerminalApi.in.pas by
  tests/build_generated.rs; change those, not this file.

  For Delphi 7 to 12 on 32- and 64-bit Windows, and for Free Pascal in a Delphi mode on Windows and Linux.

  HOW TO CALL

      Code := cgt_pay(Terminal, 'sale 42', 12550, 'CZK', Verdict, @Outcome);      // 125.50 CZK

  Most programs are better served by the class TComgateTerminal in ComgateTerminal.pas, which stands on this unit.

  THE RULES (comgate_terminal.h has them in full, and the errors of each function)

  - The first call loads the library where CgtLoad has not done so, and raises ECgtLoad where that fails. Call CgtLoad
    when the program starts, to learn it then.
  - A function answers CGT_CALL_OK or a CGT_E_ code. CGT_CALL_OK says that the call worked, never that money moved:
    look at the verdict.
  - Texts are UTF-8; ComgateTerminalText.pas converts them. In: PAnsiChar(Utf8); they are copied. Out: into Buf, which
    has Cap bytes, with a final zero; Need^ receives the size needed. Need may be nil, and Buf when Cap is 0.
  - Amounts are whole minor units: 12550 is 125.50. Times are milliseconds.
  - What a _new or _begin function gives is freed once with its _free function, an Outcome with cgt_outcome_free. An
    outcome told to a callback is lent: it is valid until the callback returns, and is not freed.
  - Callbacks are plain procedures, not methods. They run in the thread that called, and only during the call. No
    exception may leave them; User is handed back as it was given; 0 is always the harmless answer. What they need to
    know about floating point stands at CgtFpuEnter.
  - One thread at a time for each terminal. Only cgt_terminal_cancel may be called from another one, or in a callback.
*)
unit ComgateTerminalApi;

{$I ComgateTerminal.inc}

interface

uses
  {$IFDEF MSWINDOWS}Windows,{$ELSE}BaseUnix, DynLibs,{$ENDIF} SysUtils;

const
  // CGT_ABI_VERSION of the header; Pascal could not tell that name from cgt_abi_version.
  CGT_ABI_NEEDED = 1;

  { Verdicts: what became of the money. }
  CGT_UNKNOWN                    =   0; // Nobody knows yet whether money moved.
  CGT_APPROVED                   =   1; // The terminal approved, and its confirmation is through.
  CGT_DECLINED                   =   2; // The terminal said no. No money moved.
  CGT_CANCELLED                  =   3; // The register asked for a cancel and the terminal ended without a charge.
  CGT_NOT_STARTED                =   4; // The terminal never took the order. No money moved.

  { Codes: what a call answered, and the reason in an outcome. include/ERRORS.md says what to do about each. }
  CGT_CALL_OK                    =   0; // The call worked. This never says that money moved: look at the verdict.
  CGT_E_NULL                     = 101; // A pointer that must not be NULL was NULL.
  CGT_E_TEXT                     = 102; // A text was empty, too long, not UTF-8, or held a character that is not allowed; a number of a sale also: white space at an end.
  CGT_E_RANGE                    = 103; // A number was outside what is allowed.
  CGT_E_AMOUNT                   = 104; // The amount was zero, negative, or has more than 12 digits.
  CGT_E_CURRENCY                 = 105; // The currency is not known.
  CGT_E_HOST                     = 106; // The host is not a name or an address.
  CGT_E_HANDLE                   = 107; // The handle was never given out, was freed, or is of another kind.
  CGT_E_BUSY                     = 108; // The handle is in use: another thread, a callback, or an operation that has not ended.
  CGT_E_BUFFER                   = 109; // The buffer is too small. Nothing was cut: the buffer holds an empty text.
  CGT_E_FIELD                    = 110; // There is no such field, or it is not a number.
  CGT_E_ABSENT                   = 111; // The field exists, but this object has no value for it.
  CGT_E_SALE_MISMATCH            = 112; // This sale id is known with another amount, currency, kind or original, and is charged or not decided.
  CGT_E_SALE_USED                = 113; // This sale id was already paid, or is used by another register of the journal folder.
  CGT_E_NOT_FOUND                = 114; // The journal knows no such sale.
  CGT_E_UNDECIDED                = 115; // The sale is not decided, or its outcome was not told to this handle: it cannot be acknowledged. What is not decided gives the customer no receipt.
  CGT_E_ORDER                    = 116; // The call came at the wrong time: finish before the end, a step after it, or a field where there is no row.
  CGT_E_KIND                     = 117; // This kind of request is not known to this version.
  CGT_E_DECIDED                  = 118; // The sale is decided, and not as the person says.
  CGT_E_ORIGINAL                 = 119; // The original sale cannot be reversed, refunded or used: it is not known, ended without a charge, was taken back already, or is not decided.
  CGT_E_BEYOND_ORIGINAL          = 120; // The refunds of this original would exceed it, or a completion what was pre-authorized, or the currency is another.
  CGT_E_ENDPOINT                 = 121; // The name of the endpoint is not allowed here.
  CGT_E_EXTRA                    = 122; // The extra fields are not a JSON object, or one of them is set by this library.
  CGT_E_CLOSED                   = 123; // A closing has settled the original since, so it cannot be reversed any more.
  CGT_E_SIGNATURE                = 124; // No signature is asked for with this sale, or it was answered otherwise.
  CGT_E_NAME_NOT_FOUND           = 201; // The terminal's name could not be resolved to an address.
  CGT_E_REFUSED                  = 202; // The connection was refused: no program listens at that address and port.
  CGT_E_UNREACHABLE              = 203; // The network has no way to that address.
  CGT_E_CONNECT_TIMEOUT          = 204; // Nothing answered at that address in time.
  CGT_E_NETWORK                  = 205; // The network failed before anything of the sale was sent.
  CGT_E_NO_REPLY                 = 206; // The terminal took the connection but gave no reply.
  CGT_E_UNRESOLVED               = 207; // An earlier sale is still running on this terminal, or it has just told something new about the sale a person decides.
  CGT_E_TERMINAL_LOCKED          = 208; // Another program or handle is selling on this terminal.
  CGT_E_JOURNAL                  = 209; // The journal cannot be read or written.
  CGT_E_CANCELLED_EARLY          = 210; // The register cancelled before anything of the sale was sent.
  CGT_E_NOT_A_TERMINAL           = 301; // Something answered at that address, but it is not a payment terminal.
  CGT_E_SECURE_STRING            = 302; // The terminal refused the secureString.
  CGT_E_NOT_SUPPORTED            = 303; // The terminal does not have this function in this version of its interface.
  CGT_E_OTHER_TERMINAL           = 304; // A terminal answered, but not the one this handle is bound to.
  CGT_E_SIMULATOR                = 305; // A simulator answered, and this handle has not allowed one.
  CGT_E_START_REFUSED            = 306; // The terminal did not start the operation.
  CGT_E_REQUEST_REFUSED          = 307; // The terminal refused the request as such.
  CGT_E_CANCELLED_AT_TERMINAL    = 308; // Somebody cancelled on the terminal: the customer or the cashier.
  CGT_E_START_UNANSWERED         = 401; // The start left, and no answer that can be believed says what became of it.
  CGT_E_STILL_RUNNING            = 402; // The operation was still running when the library's patience ended.
  CGT_E_NOT_CONFIRMED            = 403; // The terminal approved, but the confirmation is not through.
  CGT_E_REVERSED                 = 404; // The terminal approved but reports the payment as reversed.
  CGT_E_REVERSAL_ASKED           = 405; // The terminal approved but asks the register to reverse the payment.
  CGT_E_AMOUNT_DIFFERS           = 406; // The terminal approved another amount or currency than was asked for.
  CGT_E_NOT_OURS                 = 407; // The terminal reported a result that does not belong to this sale.
  CGT_E_UNREADABLE               = 408; // The terminal ended, but its result could not be read or has no response code.
  CGT_E_NOT_STORED               = 409; // The result could not be written to the journal, so it was not confirmed.
  CGT_E_LET_GO                   = 410; // The register let go of the operation before it ended.
  CGT_E_CONTACT_LOST             = 411; // The terminal stopped answering before the result was known.
  CGT_E_CONTRADICTION            = 412; // The terminal's result contradicts itself: not approved, yet with marks of a charge.
  CGT_E_RESOLVED_OTHERWISE       = 413; // A person decided about this sale, and the terminal has said otherwise since.
  CGT_E_EXCHANGE_UNANSWERED      = 414; // The request of cgt_terminal_exchange left, and no reply came: the terminal may have acted.
  CGT_E_CODE_NOT_LISTED          = 415; // The terminal ended with a response code that this library does not know: neither an approval nor a refusal.
  CGT_E_PANIC                    = 901; // An error inside the library was caught. The handle cannot be used any more.
  CGT_E_POISONED                 = 902; // An earlier error inside the library has made this handle unusable.
  CGT_E_INTERNAL                 = 903; // The library found itself in a state that must not be.

  { Phases, told to cgt_status_cb. }
  CGT_PHASE_CONNECTING           =   1; // Looking for the terminal.
  CGT_PHASE_RESOLVING_EARLIER    =   2; // Asking what became of an earlier sale.
  CGT_PHASE_WAITING              =   3; // The terminal is busy with the customer.
  CGT_PHASE_CANCELLING           =   4; // A cancel was sent; the terminal has not ended yet.
  CGT_PHASE_READING_RESULT       =   5; // The terminal has ended; the result is read, stored and confirmed.
  CGT_PHASE_CONTACT_LOST         =   6; // The terminal has not answered two questions in a row; it is asked on.

  { Events, told to cgt_payment_cb. }
  CGT_EVENT_INTENT_STORED        =   1; // The sale is on disk; nothing was sent yet.
  CGT_EVENT_STARTED              =   2; // The terminal took the order.
  CGT_EVENT_CONFIRMED            =   3; // The confirmation of an approved payment is through.
  CGT_EVENT_ENDED                =   4; // The verdict is on disk.

  { Kinds of request. }
  CGT_KIND_PAYMENT               =   1; // A sale: the customer pays.
  CGT_KIND_REFUND                =   2; // Money back to the customer's card.
  CGT_KIND_REVERSAL              =   3; // A whole sale is taken back, until the closing that contains it.
  CGT_KIND_CLOSING               =   4; // Everything since the last closing is settled with the acquirer.
  CGT_KIND_OTHER                 =   5; // Any other function of the terminal that is started, followed and ends in a result.
  CGT_KIND_PREAUTH               =   6; // A pre-authorization: an amount is reserved on the customer's card; nothing is paid yet.
  CGT_KIND_PREAUTH_COMPLETION    =   7; // The completion of a pre-authorization: the customer pays all of it or less.
  CGT_KIND_PREAUTH_CANCEL        =   8; // The cancel of a pre-authorization: nothing is reserved any more.
  CGT_KIND_MOTO                  =   9; // A sale by mail or phone: somebody types the card's data on the terminal.

  { What the cashier should do now: CGT_F_ADVICE. }
  CGT_ADVICE_HAND_OVER           =   1; // Paid: hand over goods and receipt.
  CGT_ADVICE_NOT_PAID            =   2; // Not paid: try again or take another means of payment.
  CGT_ADVICE_CHECK_TERMINAL      =   3; // Not certain: look at the terminal and do not charge again.
  CGT_ADVICE_CALL_SUPERVISOR     =   4; // Call the supervisor: the terminal's answer does not fit the sale.
  CGT_ADVICE_SIGNATURE           =   5; // Paid: compare the signature with the card, then hand over.
  CGT_ADVICE_DONE                =   6; // Done.
  CGT_ADVICE_NOT_DONE            =   7; // Not done: try again.
  CGT_ADVICE_REPEAT_NOTHING      =   8; // Not certain: look at the terminal and do not repeat it.
  CGT_ADVICE_CHECK_SETTINGS      =   9; // Not paid or not done: the register's settings are wrong.
  CGT_ADVICE_REFUND_INSTEAD      =  10; // Not reversed: give the money back with a refund.
  CGT_ADVICE_NOT_AVAILABLE       =  11; // The terminal does not have this function, or it is not enabled.
  CGT_ADVICE_TAKEN_BACK          =  12; // The terminal approved and then took it back: probably not paid.
  CGT_ADVICE_CODE_NOT_LISTED     =  13; // The terminal ended with a code that is not known.
  CGT_ADVICE_COLLECT_REST        =  14; // Paid in part: collect the rest, then hand over.
  CGT_ADVICE_PARTIAL_STANDS      =  15; // A part payment that was not accepted stands: reverse it, or hand over for this part.

  { Fields of an outcome. }
  CGT_F_SALE_ID                  =   1; // The register's own number of the sale.
  CGT_F_TRANSACTION_ID           =   2; // The id under which the terminal knows this attempt; unique.
  CGT_F_ORIGINAL_SALE_ID         =   3; // The sale that was reversed or refunded, or the pre-authorization that was completed or cancelled.
  CGT_F_ORIGINAL_TRANSACTION_ID  =   4; // The id under which the terminal knows that sale.
  CGT_F_INVOICE_NUMBER           =   5; // The variable symbol that was sent.
  CGT_F_KIND                     =   6; // The kind of operation, CGT_KIND_...
  CGT_F_AMOUNT_REQUESTED         =   7; // What the register asked for, in minor units.
  CGT_F_AMOUNT_APPROVED          =   8; // What was approved, in minor units: the terminal's figure where it gives one.
  CGT_F_TIP                      =   9; // The tip within the approved amount, in minor units: the terminal's figure, or what it charged on top within the limit of cgt_terminal_set_tip_limit.
  CGT_F_CURRENCY                 =  10; // ISO 4217 letters, such as CZK.
  CGT_F_AUTH_CODE                =  11; // Authorization code.
  CGT_F_PAN                      =  12; // Card number, masked to the first 6 and last 4 digits at most.
  CGT_F_SCHEME                   =  13; // Card scheme: the brand as the terminal names it, else the label, else the provider the AID is registered to.
  CGT_F_AID                      =  14; // Application id of the card.
  CGT_F_APP_LABEL                =  15; // Application label of the card.
  CGT_F_ISSUER                   =  16; // Card issuer as named by the terminal.
  CGT_F_CARD_ENTRY               =  17; // How the card was read; CLESS is contactless.
  CGT_F_CARDHOLDER_VERIFICATION  =  18; // Methods of cardholder verification, separated by commas.
  CGT_F_SEQUENCE_NUMBER          =  19; // The terminal's sequence number.
  CGT_F_TERMINAL_ID              =  20; // The terminal's id from its info reply. Absent where it tells none; then it is known by its host and port.
  CGT_F_ACQUIRER_TERMINAL_ID     =  21; // The acquirer's id of the terminal.
  CGT_F_ACQUIRER_MERCHANT_ID     =  22; // The acquirer's id of the merchant.
  CGT_F_AVAILABLE_BALANCE        =  24; // Balance left on a voucher or prepaid card, in minor units.
  CGT_F_RESPONSE_CODE            =  25; // The terminal's response code; OK is approved.
  CGT_F_RESPONSE_MESSAGE         =  26; // The terminal's words; show them, never branch on them.
  CGT_F_REASON                   =  27; // Why the verdict is what it is, where that needs a word: a CGT_E_ code of band 2, 3 or 4.
  CGT_F_REASON_TEXT              =  28; // What happened, one English sentence with details, for the log.
  CGT_F_ADVICE                   =  29; // What the cashier should do now, CGT_ADVICE_...
  CGT_F_ADVICE_TEXT              =  30; // The same in the language of the handle, to be shown.
  CGT_F_STARTED_AT               =  31; // When the attempt began, UTC, such as 2026-11-23T09:41:00Z.
  CGT_F_ENDED_AT                 =  32; // When the verdict was stored, UTC.
  CGT_F_TERMINAL_TIME            =  33; // The terminal's own date and time, as it writes it.
  CGT_F_NOTE                     =  34; // What the person who decided wrote down (cgt_resolve).
  CGT_F_LANGUAGE                 =  35; // Language of the advice, and of receipts where no other is asked for: cs, sk or en.
  CGT_F_SIGNATURE_REQUIRED       =  41; // 1 when the cashier must compare a signature.
  CGT_F_REVERSAL_ASKED           =  42; // 1 when the terminal asked the register to reverse.
  CGT_F_ADOPTED                  =  43; // 1 when this is the earlier outcome of the same sale; nothing was sent now.
  CGT_F_RECOVERED                =  44; // 1 when the verdict was found after the call that started it had ended.
  CGT_F_CANCEL_ASKED             =  45; // 1 when a cancel was sent and the terminal did not refuse it.
  CGT_F_EARLIER_UNRESOLVED       =  46; // 1 when an earlier sale on this terminal is still undecided.
  CGT_F_SIMULATED                =  47; // 1 when a simulator answered: no money moved.
  CGT_F_RESOLVED                 =  48; // 1 when a person decided (cgt_resolve), not the terminal.
  CGT_F_SIGNATURE_ACCEPTED       =  49; // 1 when the cashier accepted the signature, 0 when not (cgt_signature_result).
  CGT_F_BATCH_NUMBER             =  50; // Number of the batch that was closed.
  CGT_F_SHIFT_NUMBER             =  51; // Number of the shift that was closed.
  CGT_F_DEBITS_COUNT             =  52; // How many payments the batch holds.
  CGT_F_DEBITS_AMOUNT            =  53; // Their sum in minor units.
  CGT_F_CREDITS_COUNT            =  54; // How many refunds the batch holds.
  CGT_F_CREDITS_AMOUNT           =  55; // Their sum in minor units.
  CGT_F_ADJUSTMENTS_COUNT        =  56; // How many adjustments the batch holds.
  CGT_F_ADJUSTMENTS_AMOUNT       =  57; // Their sum in minor units.
  CGT_F_REVERSED_BY              =  58; // The number of the reversal that took this sale back, or of the cancel of this pre-authorization.
  CGT_F_CODE_TAUGHT              =  59; // 1 when a person has said what the response code means (cgt_terminal_set_response_code), and the verdict rests on it.
  CGT_F_RESULT                   =  60; // The terminal's whole result as JSON, for support: card numbers masked, without expiry, tokens and data of the chip. On the outcome of the call that read it only; the journal does not keep it.
  CGT_F_PARTIAL                  =  61; // 1 when the terminal approved less than was asked for, or says so with its response code: CGT_F_AMOUNT_APPROVED says how much. Paid only where the verdict is APPROVED.
  CGT_F_CHARGED_CURRENCY         =  62; // The currency of CGT_F_AMOUNT_APPROVED where the terminal names another one than was asked for: ISO 4217 letters, or its own word where that is not known.

  { Fields of a terminal. }
  CGT_T_ID                       =   1; // The terminal's id. Absent where it tells none; then it is known by its host and port.
  CGT_T_PROTOCOL                 =   2; // Name of the protocol.
  CGT_T_VERSION                  =   3; // Version the terminal names.
  CGT_T_BASE_PATH                =   4; // The path that is used.
  CGT_T_SIMULATOR                =   5; // 1 when it names itself a simulator.
  CGT_T_ONLINE                   =   6; // 1 when the terminal reached its authorization server, 0 when not. After cgt_terminal_status.
  CGT_T_ONLINE_STATUS            =   7; // The terminal's words about that. After cgt_terminal_status.
  CGT_T_TIME                     =   8; // The terminal's date and time as it writes it. After cgt_terminal_status.
  CGT_T_VERSIONS                 =   9; // The paths that answered, separated by commas. After cgt_terminal_info.
  CGT_T_REPLY                    =  10; // What the terminal replied, without the secureString and card numbers. After cgt_terminal_exchange.

  { Whose receipt it is. }
  CGT_COPY_MERCHANT              =   1; // The shop's copy: with a line to sign on where a signature is required.
  CGT_COPY_CUSTOMER              =   2; // The customer's copy.

  { Encodings of a receipt. }
  CGT_ENCODING_UTF8              =   0; // UTF-8, for printers and programs that know it.
  CGT_ENCODING_CP852             =   1; // IBM code page 852 (Latin 2 of DOS).
  CGT_ENCODING_CP1250            =   2; // Windows-1250.
  CGT_ENCODING_ASCII             =   3; // Plain letters without accents, for a printer in any code page.

  { What a response code means: cgt_terminal_set_response_code. }
  CGT_CODE_FORGET                =   0; // Nobody knows: what was taught is forgotten.
  CGT_CODE_APPROVES              =   1; // The terminal approved.
  CGT_CODE_REFUSES               =   2; // The terminal refused, and no money moved.

  { Fields of a row: cgt_rows_get_text, cgt_rows_get_i64. }
  CGT_R_DAUGHTER_COMPANY_ID      =   1; // The daughterCompanyId of a company that shares the terminal.

type
  // An operation under way, in the stepped form.
  TCgtOp = record Hidden: Byte end;
  PCgtOp = ^TCgtOp;

  // What became of an operation.
  TCgtOutcome = record Hidden: Byte end;
  PCgtOutcome = ^TCgtOutcome;
  PPCgtOutcome = ^PCgtOutcome;

  // What is asked of a terminal, for cgt_run and cgt_begin.
  TCgtRequest = record Hidden: Byte end;
  PCgtRequest = ^TCgtRequest;

  // A list that is read row by row.
  TCgtRows = record Hidden: Byte end;
  PCgtRows = ^TCgtRows;

  // A payment terminal, as this register sees it.
  TCgtTerminal = record Hidden: Byte end;
  PCgtTerminal = ^TCgtTerminal;

  // Told one line of the log; level 1 problem, 2 decision, 3 exchange.
  TCgtLogCallback = function(User: Pointer; Level: Integer; Text: PAnsiChar): Integer; cdecl;

  // Told what is going on: phase is a CGT_PHASE_ number, text a UTF-8 text that is valid until the callback returns
  // (never NULL).
  TCgtStatusCallback = function(User: Pointer; Phase: Integer; Text: PAnsiChar): Integer; cdecl;

  // Asked every 100 ms, also while a reply is awaited: 0 go on, anything else cancel.
  TCgtCancelCallback = function(User: Pointer): Integer; cdecl;

  // Told the steps of a payment: event is a CGT_EVENT_ number; both texts are valid until the callback returns.
  TCgtPaymentCallback = function(User: Pointer; Event: Integer; SaleId: PAnsiChar;
    TransactionId: PAnsiChar): Integer; cdecl;

  // Told an outcome by cgt_recover; o is lent until the callback returns.
  TCgtRecoverCallback = function(User: Pointer; Outcome: PCgtOutcome): Integer; cdecl;

{ The functions }

// The number of the C ABI this library speaks: CGT_ABI_VERSION of the header it was built with.
function cgt_abi_version: Integer;

// Writes the version of the library, such as "0.1.0", into buf.
function cgt_version_text(Buf: PAnsiChar; Cap: Integer; Need: PInteger): Integer;

// Writes what a code means and what to do about it, in English, into buf.
function cgt_error_text(Code: Integer; Buf: PAnsiChar; Cap: Integer; Need: PInteger): Integer;

// Asks for what happens inside to be told to a callback, for support: requests, replies (masked), decisions.
function cgt_log_set(Callback: TCgtLogCallback; User: Pointer; Level: Integer): Integer;

// Makes a handle for the terminal at host (a name or an address, without port, 1 to 253 bytes).
function cgt_terminal_new(Host: PAnsiChar; out Terminal: PCgtTerminal): Integer;

// Frees a terminal.
function cgt_terminal_free(Terminal: PCgtTerminal): Integer;

// Writes the detail of the last failed call on this terminal into buf: one sentence that names the argument, path or
// address.
function cgt_terminal_last_error(Terminal: PCgtTerminal; Buf: PAnsiChar; Cap: Integer; Need: PInteger): Integer;

// Sets the port of the terminal, 1 to 65535.
function cgt_terminal_set_port(Terminal: PCgtTerminal; Port: Integer): Integer;

// Sets the password the terminal expects, 1 to 64 bytes.
function cgt_terminal_set_secure_string(Terminal: PCgtTerminal; SecureString: PAnsiChar): Integer;

// Sets the folder of the journal, UTF-8, 1 to 4096 bytes.
function cgt_terminal_set_journal_dir(Terminal: PCgtTerminal; Path: PAnsiChar): Integer;

// Allows (1) or refuses (0, default) journal folders on network and removable drives, from the next
// cgt_terminal_set_journal_dir on.
function cgt_terminal_allow_any_drive(Terminal: PCgtTerminal; Allowed: Integer): Integer;

// Allows (1) or refuses (0, default) selling without a journal.
function cgt_terminal_allow_no_journal(Terminal: PCgtTerminal; Allowed: Integer): Integer;

// Sets how many days the journal remembers settled sales, 30 to 400.
function cgt_terminal_set_retention_days(Terminal: PCgtTerminal; Days: Integer): Integer;

// Sets the limits in milliseconds; -1 keeps one as it is.
function cgt_terminal_set_timeouts(Terminal: PCgtTerminal; ConnectMs: Integer; ReplyMs: Integer;
    PatienceMs: Integer): Integer;

// Sets how often the terminal is asked while nothing changes, 100 to 5000 ms.
function cgt_terminal_set_poll_interval(Terminal: PCgtTerminal; IntervalMs: Integer): Integer;

// Sets the version of the terminal's interface: 0 automatic (default), 1 the oldest path /paya, 2, 4, 5 or 6 for
// /api/switchio/pay/v2 and so on.
function cgt_terminal_set_api_version(Terminal: PCgtTerminal; Version: Integer): Integer;

// Binds the handle to one terminal: before each start the id from the terminal's info reply must be this one, 1 to 64
// bytes.
function cgt_terminal_set_terminal_id(Terminal: PCgtTerminal; TerminalId: PAnsiChar): Integer;

// Sets the language of texts for the cashier: "cs" (default), "sk" or "en".
function cgt_terminal_set_language(Terminal: PCgtTerminal; Language: PAnsiChar): Integer;

// Names this register in the journal, 0 to 64 bytes.
function cgt_terminal_set_register_id(Terminal: PCgtTerminal; RegisterId: PAnsiChar): Integer;

// Names the cashier in the journal, 0 to 64 bytes.
function cgt_terminal_set_cashier(Terminal: PCgtTerminal; Cashier: PAnsiChar): Integer;

// Sets the daughterCompanyId sent with each start, 0 to 64 bytes.
function cgt_terminal_set_daughter_company_id(Terminal: PCgtTerminal; Id: PAnsiChar): Integer;

// Says what a response code means that the library does not know, CGT_E_CODE_NOT_LISTED: meaning is CGT_CODE_APPROVES,
// CGT_CODE_REFUSES or CGT_CODE_FORGET.
function cgt_terminal_set_response_code(Terminal: PCgtTerminal; Code: PAnsiChar; Meaning: Integer): Integer;

// Accepts (1, or -1) or refuses (0, default) payments that the terminal approves for less than was asked for, in the
// same currency.
function cgt_terminal_accept_partial(Terminal: PCgtTerminal; Yes: Integer): Integer;

// Takes what a payment was charged beyond its amount for a tip, up to this many percent of the amount, 0 to 100.
function cgt_terminal_set_tip_limit(Terminal: PCgtTerminal; Percent: Integer): Integer;

// Allows (1) or refuses (0, default) terminals that name themselves simulators.
function cgt_terminal_allow_simulator(Terminal: PCgtTerminal; Allowed: Integer): Integer;

// Sets the callback that is told what the library and the terminal are doing; see cgt_status_cb.
function cgt_terminal_on_status(Terminal: PCgtTerminal; Callback: TCgtStatusCallback; User: Pointer): Integer;

// Sets the callback that is asked every 100 ms whether to cancel; see cgt_cancel_cb.
function cgt_terminal_on_cancel(Terminal: PCgtTerminal; Callback: TCgtCancelCallback; User: Pointer): Integer;

// Sets the callback that is told the steps of each payment; see cgt_payment_cb.
function cgt_terminal_on_payment(Terminal: PCgtTerminal; Callback: TCgtPaymentCallback; User: Pointer): Integer;

// Asks for the running operation of this terminal to be cancelled.
function cgt_terminal_cancel(Terminal: PCgtTerminal): Integer;

// Writes 1 to busy while a call or an operation is under way on this terminal, else 0.
function cgt_terminal_is_busy(Terminal: PCgtTerminal; out Busy: Integer): Integer;

// Asks the terminal who it is, under every path of its interface that is known.
function cgt_terminal_info(Terminal: PCgtTerminal): Integer;

// Asks the terminal for its state, and with check_online 1 also whether it reaches its authorization server (which
// takes longer).
function cgt_terminal_status(Terminal: PCgtTerminal; CheckOnline: Integer): Integer;

// One exchange with a function of the terminal that this library does not know and that moves no money, such as
// "print", for whoever has the vendor's document.
function cgt_terminal_exchange(Terminal: PCgtTerminal; Endpoint: PAnsiChar; Json: PAnsiChar): Integer;

// Reads a CGT_T_ field of the last cgt_terminal_info, cgt_terminal_status or cgt_terminal_exchange as text.
function cgt_terminal_get_text(Terminal: PCgtTerminal; Field: Integer; Buf: PAnsiChar; Cap: Integer;
    Need: PInteger): Integer;

// Reads a CGT_T_ field that is a number.
function cgt_terminal_get_i64(Terminal: PCgtTerminal; Field: Integer; out Value: Int64): Integer;

// Writes into buf what to tell the cashier about the last failed call on this terminal: what happened and what to do
// now.
function cgt_last_advice(Terminal: PCgtTerminal; Language: PAnsiChar; Buf: PAnsiChar; Cap: Integer;
    Need: PInteger): Integer;

// Writes into buf what to tell the cashier about a CGT_E_ code, in the words that fit any call: for a program that
// keeps only the code.
function cgt_error_advice(Code: Integer; Language: PAnsiChar; Buf: PAnsiChar; Cap: Integer; Need: PInteger): Integer;

// Takes a payment: asks the terminal, waits for the customer, stores and confirms the result.
function cgt_pay(Terminal: PCgtTerminal; SaleId: PAnsiChar; Amount: Int64; Currency: PAnsiChar; out Verdict: Integer;
    Outcome: PPCgtOutcome): Integer;

// Takes a payment by mail or phone (MOTO): somebody types the card's data on the terminal.
function cgt_moto(Terminal: PCgtTerminal; SaleId: PAnsiChar; Amount: Int64; Currency: PAnsiChar; out Verdict: Integer;
    Outcome: PPCgtOutcome): Integer;

// Gives money back to the customer's card.
function cgt_refund(Terminal: PCgtTerminal; RefundId: PAnsiChar; OriginalSaleId: PAnsiChar; Amount: Int64;
    Currency: PAnsiChar; out Verdict: Integer; Outcome: PPCgtOutcome): Integer;

// Takes a whole sale back, which works until the closing that contains it; afterwards refund it.
function cgt_reverse(Terminal: PCgtTerminal; ReversalId: PAnsiChar; OriginalSaleId: PAnsiChar; out Verdict: Integer;
    Outcome: PPCgtOutcome): Integer;

// Closes the batch: everything since the last closing is settled with the acquirer, and the terminal's history is
// cleared.
function cgt_closing(Terminal: PCgtTerminal; ClosingId: PAnsiChar; out Verdict: Integer;
    Outcome: PPCgtOutcome): Integer;

// Says whether the signature of a sale matches the card, where the outcome had CGT_F_SIGNATURE_REQUIRED.
function cgt_signature_result(Terminal: PCgtTerminal; SaleId: PAnsiChar; Accepted: Integer; out Verdict: Integer;
    Outcome: PPCgtOutcome): Integer;

// Pre-authorizes: reserves an amount on the customer's card, and takes nothing yet.
function cgt_preauth(Terminal: PCgtTerminal; PreauthId: PAnsiChar; Amount: Int64; Currency: PAnsiChar;
    out Verdict: Integer; Outcome: PPCgtOutcome): Integer;

// Completes a pre-authorization: takes the money, all that is reserved or less.
function cgt_preauth_complete(Terminal: PCgtTerminal; CompletionId: PAnsiChar; OriginalSaleId: PAnsiChar; Amount: Int64;
    Currency: PAnsiChar; out Verdict: Integer; Outcome: PPCgtOutcome): Integer;

// Cancels a pre-authorization: nothing is reserved any more.
function cgt_preauth_cancel(Terminal: PCgtTerminal; CancelId: PAnsiChar; OriginalSaleId: PAnsiChar;
    out Verdict: Integer; Outcome: PPCgtOutcome): Integer;

// Runs a request to its end: the general form of cgt_pay.
function cgt_run(Terminal: PCgtTerminal; Request: PCgtRequest; out Verdict: Integer; Outcome: PPCgtOutcome): Integer;

// Makes a request for cgt_run or cgt_begin.
function cgt_request_new(Kind: Integer; SaleId: PAnsiChar; out Request: PCgtRequest): Integer;

// Sets the amount in minor units and the currency, as for cgt_pay.
function cgt_request_set_amount(Request: PCgtRequest; Amount: Int64; Currency: PAnsiChar): Integer;

// Sets the invoice number (variable symbol), 1 to 20 bytes.
function cgt_request_set_invoice_number(Request: PCgtRequest; InvoiceNumber: PAnsiChar): Integer;

// Sets the sale that is reversed or refunded, or the pre-authorization that is completed or cancelled, 1 to 64 bytes.
function cgt_request_set_original(Request: PCgtRequest; OriginalSaleId: PAnsiChar): Integer;

// Names the original by its transaction id (CGT_F_TRANSACTION_ID), 1 to 64 bytes: exactly that attempt, of whichever
// register of the journal folder.
function cgt_request_set_original_transaction(Request: PCgtRequest; TransactionId: PAnsiChar): Integer;

// Names the original by its register (cgt_terminal_set_register_id, 0 to 64 bytes; empty is the register without a
// name) and its sale id, 1 to 64 bytes: a sale of another till that sells with the same journal folder.
function cgt_request_set_original_of(Request: PCgtRequest; RegisterId: PAnsiChar; SaleId: PAnsiChar): Integer;

// Sets the daughterCompanyId of this request, 1 to 64 bytes, in the place of the one set on the terminal.
function cgt_request_set_daughter_company_id(Request: PCgtRequest; DaughterCompanyId: PAnsiChar): Integer;

// Sets the function of the terminal that CGT_KIND_OTHER starts: its name in the path, 1 to 64 of A-Z a-z 0-9 / - _.
function cgt_request_set_endpoint(Request: PCgtRequest; Endpoint: PAnsiChar): Integer;

// Sets further fields of the start, one JSON object as text, at most 4096 bytes.
function cgt_request_set_extra(Request: PCgtRequest; Json: PAnsiChar): Integer;

// Frees a request.
function cgt_request_free(Request: PCgtRequest): Integer;

// Begins an operation and returns before anything is sent.
function cgt_begin(Terminal: PCgtTerminal; Request: PCgtRequest; out Op: PCgtOp): Integer;

// Takes the operation one step further: waits at most wait_ms (0 to 60000) for the next thing to do, and does it.
function cgt_step(Op: PCgtOp; WaitMs: Integer; out Done: Integer): Integer;

// Gives the verdict and the outcome of an operation that is done; verdict and outcome as for cgt_pay.
function cgt_finish(Op: PCgtOp; out Verdict: Integer; Outcome: PPCgtOutcome): Integer;

// Frees an operation.
function cgt_op_free(Op: PCgtOp): Integer;

// Finds out what became of the sales that are not settled between terminal and register, and tells them to the
// callback.
function cgt_recover(Terminal: PCgtTerminal; BudgetMs: Integer; Callback: TCgtRecoverCallback; User: Pointer): Integer;

// Gives what the journal knows of a sale of this register.
function cgt_sale_find(Terminal: PCgtTerminal; SaleId: PAnsiChar; Outcome: PPCgtOutcome): Integer;

// The same as cgt_sale_find, after asking the terminal about the sale for at most 10 s, where that may know more: the
// sale is not decided, a person has decided it, or its start was refused within the last day.
function cgt_sale_query(Terminal: PCgtTerminal; SaleId: PAnsiChar; out Verdict: Integer;
    Outcome: PPCgtOutcome): Integer;

// Counts the sales of this register that are undecided, and those that were charged and are not acknowledged; refunds,
// reversals and closings count as well.
function cgt_unresolved_count(Terminal: PCgtTerminal; out Undecided: Integer; out Unacknowledged: Integer): Integer;

// Tells the journal that the register has stored the outcome of this sale.
function cgt_acknowledge(Terminal: PCgtTerminal; SaleId: PAnsiChar): Integer;

// The same for one attempt, by its CGT_F_TRANSACTION_ID, also after a restart and of what another handle has told.
function cgt_acknowledge_transaction(Terminal: PCgtTerminal; TransactionId: PAnsiChar): Integer;

// Writes down what a person has found out about an undecided sale, by looking at the terminal's history or the bank:
// charged 1, the money moved; 0, it did not.
function cgt_resolve(Terminal: PCgtTerminal; SaleId: PAnsiChar; Charged: Integer; Note: PAnsiChar): Integer;

// Goes on with a journal that has vanished, or is an older copy, and cannot be put back.
function cgt_journal_accept_loss(Terminal: PCgtTerminal; Note: PAnsiChar): Integer;

// Writes the verdict (CGT_UNKNOWN, CGT_APPROVED ...) to verdict, and CGT_UNKNOWN when the handle is no outcome.
function cgt_outcome_verdict(Outcome: PCgtOutcome; out Verdict: Integer): Integer;

// Reads a CGT_F_ field as text (numbers as decimal digits).
function cgt_outcome_get_text(Outcome: PCgtOutcome; Field: Integer; Buf: PAnsiChar; Cap: Integer;
    Need: PInteger): Integer;

// Reads a CGT_F_ field that is a number.
function cgt_outcome_get_i64(Outcome: PCgtOutcome; Field: Integer; out Value: Int64): Integer;

// Writes the whole outcome as one JSON object into buf: "verdict" and every field that has a value, named as in the
// header in lower case without CGT_F_ ("sale_id", "amount_approved" ...).
function cgt_outcome_json(Outcome: PCgtOutcome; Buf: PAnsiChar; Cap: Integer; Need: PInteger): Integer;

// Frees an outcome.
function cgt_outcome_free(Outcome: PCgtOutcome): Integer;

// Writes what became of an operation as a block for the shop's own slip: no header of the shop, no VAT.
function cgt_outcome_receipt(Outcome: PCgtOutcome; Copy: Integer; Reprint: Integer; Width: Integer; Language: PAnsiChar;
    Encoding: Integer; Buf: PAnsiChar; Cap: Integer; Need: PInteger): Integer;

// Writes the receipt of an outcome that was stored as cgt_outcome_json wrote it: for a till that prints again from its
// own database.
function cgt_receipt_from_json(OutcomeJson: PAnsiChar; Copy: Integer; Reprint: Integer; Width: Integer;
    Language: PAnsiChar; Encoding: Integer; Buf: PAnsiChar; Cap: Integer; Need: PInteger): Integer;

// Asks the terminal for the companies that share it, each with its own account at the acquirer.
function cgt_daughter_companies(Terminal: PCgtTerminal; out Rows: PCgtRows): Integer;

// Moves to the next row of a list: the first one at the first call.
function cgt_rows_next(Rows: PCgtRows; out Has: Integer): Integer;

// Reads a CGT_R_ field of the present row as text (numbers as decimal digits).
function cgt_rows_get_text(Rows: PCgtRows; Field: Integer; Buf: PAnsiChar; Cap: Integer; Need: PInteger): Integer;

// Reads a CGT_R_ field of the present row that is a number.
function cgt_rows_get_i64(Rows: PCgtRows; Field: Integer; out Value: Int64): Integer;

// Writes all rows as one JSON array into buf, whichever row is being read: an object for each, with every field that
// has a value, named as in the header in lower case without CGT_R_ ("daughter_company_id" ...).
function cgt_rows_json(Rows: PCgtRows; Buf: PAnsiChar; Cap: Integer; Need: PInteger): Integer;

// Frees a list.
function cgt_rows_free(Rows: PCgtRows): Integer;

{ Loading }

type
  TCgtPath = {$IFDEF MSWINDOWS}WideString{$ELSE}string{$ENDIF};

  { The library cannot be used. The message names every file that was tried, and what is wrong with it. }
  ECgtLoad = class(Exception);

{ Loads the library, checks it and sets the functions above; does nothing when that was done before. It looks beside
  the program, then beside the DLL or package that this unit was built into; never anywhere else, so that nobody can
  put another library in its place. It is not unloaded before the program ends. May be called from any thread. }
procedure CgtLoad; overload;

{ The same, but looks in this folder only. It must be a full path. }
procedure CgtLoad(const Folder: TCgtPath); overload;

{ The file that was loaded; empty before that. }
function CgtLoadedFile: TCgtPath;

{ Floating point }

type
  { How the processor treats floating point errors. }
  TCgtFpu = record
    Mxcsr: Cardinal;
    ControlWord: Word;
  end;

{ Delphi programs turn division by zero and the like into exceptions. Code made by other compilers, this library too,
  takes the processor's default for granted: no exceptions. Every function above sees to that by itself: the library
  runs with the default, and afterwards everything is as the program had it.

  A callback begins with the default of the library. It is Delphi code again, and wants what the program had, which is
  Outside here, read with CgtFpuRead before the call:

      CgtFpuEnter(Inside);
      CgtFpuLeave(Outside);
      try
        ...
      finally
        CgtFpuLeave(Inside);
      end; }
procedure CgtFpuRead(out Current: TCgtFpu);

{ Saves how it is and sets the default; and sets it to what was saved. }
procedure CgtFpuEnter(out Saved: TCgtFpu);
procedure CgtFpuLeave(const Saved: TCgtFpu);

implementation

{ What the loader needs from the operating system }

const
  {$IFDEF MSWINDOWS}
  // One name for both bitnesses, both side by side, or each in its folder.
  FILE_NAMES: array [0..2] of string = ('comgate_terminal.dll',
    {$IFDEF CPUX64}
    'comgate_terminal64.dll', 'Win64\comgate_terminal.dll'
    {$ELSE}
    'comgate_terminal32.dll', 'Win32\comgate_terminal.dll'
    {$ENDIF}
  );
  {$ELSE}
  FILE_NAMES: array [0..0] of string = ('libcomgate_terminal.so');
  {$ENDIF}

type
  TLibrary = {$IFDEF MSWINDOWS}HMODULE{$ELSE}TLibHandle{$ENDIF};

{$IFDEF MSWINDOWS}

{ The folder of a module of this process, with its final backslash. Wide, because a folder may have any letter. }
function FolderOf(Module: HMODULE): TCgtPath;
var
  Buffer: array [0..32767] of WideChar;
  Count: Cardinal;
begin
  Count := GetModuleFileNameW(Module, Buffer, Length(Buffer));
  while (Count > 0) and (Buffer[Count - 1] <> '\') do
    Dec(Count);
  SetString(Result, Buffer, Count);
end;

function ProgramFolder: TCgtPath;
begin
  Result := FolderOf(0);
end;

function UnitFolder: TCgtPath;
begin
  Result := FolderOf(HInstance);
end;

function IsFullPath(const Path: TCgtPath): Boolean;
begin
  Result := (Copy(Path, 2, 2) = ':\') or (Copy(Path, 1, 2) = '\\');
end;

function FileIsThere(const FileName: TCgtPath): Boolean;
begin
  Result := Integer(GetFileAttributesW(PWideChar(FileName))) <> -1;
end;

{ What kind of library a file is that Windows does not load here, or nothing when it is none. }
function OtherBits(const FileName: TCgtPath): string;
var
  Handle: THandle;
  Start: array [0..1023] of Byte;
  Count: Cardinal;
  Header: Integer;
begin
  Result := '';
  Handle := CreateFileW(PWideChar(FileName), GENERIC_READ, FILE_SHARE_READ, nil, OPEN_EXISTING, 0, 0);
  if Handle = INVALID_HANDLE_VALUE then
    Exit;
  FillChar(Start, SizeOf(Start), 0);
  ReadFile(Handle, Start, SizeOf(Start), Count, nil);
  CloseHandle(Handle);
  // Where the header of the image begins stands at $3C. It is 'PE', two zeros, and the kind of processor.
  Header := Start[$3C] + Start[$3D] shl 8;
  if (Header > SizeOf(Start) - 6) or (Start[Header] <> Ord('P')) or (Start[Header + 1] <> Ord('E')) then
    Exit;
  case Start[Header + 4] + Start[Header + 5] shl 8 of
    $014C: Result := ' but a 32-bit one';
    $8664: Result := ' but a 64-bit one';
  else
    Result := ' but one for another processor';
  end;
end;

function OpenLibrary(const FileName: TCgtPath; out Problem: string): TLibrary;
var
  Mode, Error: Cardinal;
begin
  // Otherwise Windows may show a box of its own, and the cashier has to close it.
  Mode := SetErrorMode(SEM_FAILCRITICALERRORS);
  Result := LoadLibraryW(PWideChar(FileName));
  Error := GetLastError;
  SetErrorMode(Mode);
  if Result <> 0 then
    Exit;
  if Error = ERROR_BAD_EXE_FORMAT then
    Problem := Format('is not a %d-bit library%s', [SizeOf(Pointer) * 8, OtherBits(FileName)])
  else
    Problem := Format('%s (Windows error %d)', [SysErrorMessage(Error), Error]);
end;

function ExportOf(Module: TLibrary; Name: PAnsiChar): Pointer;
begin
  Result := GetProcAddress(Module, Name);
end;

{$ELSE}

function ProgramFolder: TCgtPath;
begin
  // ParamStr(0) is what the program was called, which may be without a folder.
  Result := ExtractFilePath(fpReadLink('/proc/self/exe'));
end;

function UnitFolder: TCgtPath;
begin
  Result := ProgramFolder;
end;

function IsFullPath(const Path: TCgtPath): Boolean;
begin
  Result := Copy(Path, 1, 1) = '/';
end;

function FileIsThere(const FileName: TCgtPath): Boolean;
begin
  Result := FileExists(FileName);
end;

function OpenLibrary(const FileName: TCgtPath; out Problem: string): TLibrary;
begin
  Result := LoadLibrary(FileName);
  if Result = 0 then
    Problem := GetLoadErrorStr;
end;

function ExportOf(Module: TLibrary; Name: PAnsiChar): Pointer;
begin
  Result := GetProcedureAddress(Module, Name);
end;

{$ENDIF}

{ The loader }

var
  Lock: TRTLCriticalSection;
  LoadedFile: TCgtPath;
  Loaded: Boolean; // set last, and read without the lock
  // The functions in the library.
  raw_cgt_abi_version: function: Integer; cdecl;
  raw_cgt_version_text: function(Buf: PAnsiChar; Cap: Integer; Need: PInteger): Integer; cdecl;
  raw_cgt_error_text: function(Code: Integer; Buf: PAnsiChar; Cap: Integer; Need: PInteger): Integer; cdecl;
  raw_cgt_log_set: function(Callback: TCgtLogCallback; User: Pointer; Level: Integer): Integer; cdecl;
  raw_cgt_terminal_new: function(Host: PAnsiChar; out Terminal: PCgtTerminal): Integer; cdecl;
  raw_cgt_terminal_free: function(Terminal: PCgtTerminal): Integer; cdecl;
  raw_cgt_terminal_last_error: function(Terminal: PCgtTerminal; Buf: PAnsiChar; Cap: Integer;
    Need: PInteger): Integer; cdecl;
  raw_cgt_terminal_set_port: function(Terminal: PCgtTerminal; Port: Integer): Integer; cdecl;
  raw_cgt_terminal_set_secure_string: function(Terminal: PCgtTerminal; SecureString: PAnsiChar): Integer; cdecl;
  raw_cgt_terminal_set_journal_dir: function(Terminal: PCgtTerminal; Path: PAnsiChar): Integer; cdecl;
  raw_cgt_terminal_allow_any_drive: function(Terminal: PCgtTerminal; Allowed: Integer): Integer; cdecl;
  raw_cgt_terminal_allow_no_journal: function(Terminal: PCgtTerminal; Allowed: Integer): Integer; cdecl;
  raw_cgt_terminal_set_retention_days: function(Terminal: PCgtTerminal; Days: Integer): Integer; cdecl;
  raw_cgt_terminal_set_timeouts: function(Terminal: PCgtTerminal; ConnectMs: Integer; ReplyMs: Integer;
    PatienceMs: Integer): Integer; cdecl;
  raw_cgt_terminal_set_poll_interval: function(Terminal: PCgtTerminal; IntervalMs: Integer): Integer; cdecl;
  raw_cgt_terminal_set_api_version: function(Terminal: PCgtTerminal; Version: Integer): Integer; cdecl;
  raw_cgt_terminal_set_terminal_id: function(Terminal: PCgtTerminal; TerminalId: PAnsiChar): Integer; cdecl;
  raw_cgt_terminal_set_language: function(Terminal: PCgtTerminal; Language: PAnsiChar): Integer; cdecl;
  raw_cgt_terminal_set_register_id: function(Terminal: PCgtTerminal; RegisterId: PAnsiChar): Integer; cdecl;
  raw_cgt_terminal_set_cashier: function(Terminal: PCgtTerminal; Cashier: PAnsiChar): Integer; cdecl;
  raw_cgt_terminal_set_daughter_company_id: function(Terminal: PCgtTerminal; Id: PAnsiChar): Integer; cdecl;
  raw_cgt_terminal_set_response_code: function(Terminal: PCgtTerminal; Code: PAnsiChar;
    Meaning: Integer): Integer; cdecl;
  raw_cgt_terminal_accept_partial: function(Terminal: PCgtTerminal; Yes: Integer): Integer; cdecl;
  raw_cgt_terminal_set_tip_limit: function(Terminal: PCgtTerminal; Percent: Integer): Integer; cdecl;
  raw_cgt_terminal_allow_simulator: function(Terminal: PCgtTerminal; Allowed: Integer): Integer; cdecl;
  raw_cgt_terminal_on_status: function(Terminal: PCgtTerminal; Callback: TCgtStatusCallback;
    User: Pointer): Integer; cdecl;
  raw_cgt_terminal_on_cancel: function(Terminal: PCgtTerminal; Callback: TCgtCancelCallback;
    User: Pointer): Integer; cdecl;
  raw_cgt_terminal_on_payment: function(Terminal: PCgtTerminal; Callback: TCgtPaymentCallback;
    User: Pointer): Integer; cdecl;
  raw_cgt_terminal_cancel: function(Terminal: PCgtTerminal): Integer; cdecl;
  raw_cgt_terminal_is_busy: function(Terminal: PCgtTerminal; out Busy: Integer): Integer; cdecl;
  raw_cgt_terminal_info: function(Terminal: PCgtTerminal): Integer; cdecl;
  raw_cgt_terminal_status: function(Terminal: PCgtTerminal; CheckOnline: Integer): Integer; cdecl;
  raw_cgt_terminal_exchange: function(Terminal: PCgtTerminal; Endpoint: PAnsiChar; Json: PAnsiChar): Integer; cdecl;
  raw_cgt_terminal_get_text: function(Terminal: PCgtTerminal; Field: Integer; Buf: PAnsiChar; Cap: Integer;
    Need: PInteger): Integer; cdecl;
  raw_cgt_terminal_get_i64: function(Terminal: PCgtTerminal; Field: Integer; out Value: Int64): Integer; cdecl;
  raw_cgt_last_advice: function(Terminal: PCgtTerminal; Language: PAnsiChar; Buf: PAnsiChar; Cap: Integer;
    Need: PInteger): Integer; cdecl;
  raw_cgt_error_advice: function(Code: Integer; Language: PAnsiChar; Buf: PAnsiChar; Cap: Integer;
    Need: PInteger): Integer; cdecl;
  raw_cgt_pay: function(Terminal: PCgtTerminal; SaleId: PAnsiChar; Amount: Int64; Currency: PAnsiChar;
    out Verdict: Integer; Outcome: PPCgtOutcome): Integer; cdecl;
  raw_cgt_moto: function(Terminal: PCgtTerminal; SaleId: PAnsiChar; Amount: Int64; Currency: PAnsiChar;
    out Verdict: Integer; Outcome: PPCgtOutcome): Integer; cdecl;
  raw_cgt_refund: function(Terminal: PCgtTerminal; RefundId: PAnsiChar; OriginalSaleId: PAnsiChar; Amount: Int64;
    Currency: PAnsiChar; out Verdict: Integer; Outcome: PPCgtOutcome): Integer; cdecl;
  raw_cgt_reverse: function(Terminal: PCgtTerminal; ReversalId: PAnsiChar; OriginalSaleId: PAnsiChar;
    out Verdict: Integer; Outcome: PPCgtOutcome): Integer; cdecl;
  raw_cgt_closing: function(Terminal: PCgtTerminal; ClosingId: PAnsiChar; out Verdict: Integer;
    Outcome: PPCgtOutcome): Integer; cdecl;
  raw_cgt_signature_result: function(Terminal: PCgtTerminal; SaleId: PAnsiChar; Accepted: Integer; out Verdict: Integer;
    Outcome: PPCgtOutcome): Integer; cdecl;
  raw_cgt_preauth: function(Terminal: PCgtTerminal; PreauthId: PAnsiChar; Amount: Int64; Currency: PAnsiChar;
    out Verdict: Integer; Outcome: PPCgtOutcome): Integer; cdecl;
  raw_cgt_preauth_complete: function(Terminal: PCgtTerminal; CompletionId: PAnsiChar; OriginalSaleId: PAnsiChar;
    Amount: Int64; Currency: PAnsiChar; out Verdict: Integer; Outcome: PPCgtOutcome): Integer; cdecl;
  raw_cgt_preauth_cancel: function(Terminal: PCgtTerminal; CancelId: PAnsiChar; OriginalSaleId: PAnsiChar;
    out Verdict: Integer; Outcome: PPCgtOutcome): Integer; cdecl;
  raw_cgt_run: function(Terminal: PCgtTerminal; Request: PCgtRequest; out Verdict: Integer;
    Outcome: PPCgtOutcome): Integer; cdecl;
  raw_cgt_request_new: function(Kind: Integer; SaleId: PAnsiChar; out Request: PCgtRequest): Integer; cdecl;
  raw_cgt_request_set_amount: function(Request: PCgtRequest; Amount: Int64; Currency: PAnsiChar): Integer; cdecl;
  raw_cgt_request_set_invoice_number: function(Request: PCgtRequest; InvoiceNumber: PAnsiChar): Integer; cdecl;
  raw_cgt_request_set_original: function(Request: PCgtRequest; OriginalSaleId: PAnsiChar): Integer; cdecl;
  raw_cgt_request_set_original_transaction: function(Request: PCgtRequest; TransactionId: PAnsiChar): Integer; cdecl;
  raw_cgt_request_set_original_of: function(Request: PCgtRequest; RegisterId: PAnsiChar;
    SaleId: PAnsiChar): Integer; cdecl;
  raw_cgt_request_set_daughter_company_id: function(Request: PCgtRequest; DaughterCompanyId: PAnsiChar): Integer; cdecl;
  raw_cgt_request_set_endpoint: function(Request: PCgtRequest; Endpoint: PAnsiChar): Integer; cdecl;
  raw_cgt_request_set_extra: function(Request: PCgtRequest; Json: PAnsiChar): Integer; cdecl;
  raw_cgt_request_free: function(Request: PCgtRequest): Integer; cdecl;
  raw_cgt_begin: function(Terminal: PCgtTerminal; Request: PCgtRequest; out Op: PCgtOp): Integer; cdecl;
  raw_cgt_step: function(Op: PCgtOp; WaitMs: Integer; out Done: Integer): Integer; cdecl;
  raw_cgt_finish: function(Op: PCgtOp; out Verdict: Integer; Outcome: PPCgtOutcome): Integer; cdecl;
  raw_cgt_op_free: function(Op: PCgtOp): Integer; cdecl;
  raw_cgt_recover: function(Terminal: PCgtTerminal; BudgetMs: Integer; Callback: TCgtRecoverCallback;
    User: Pointer): Integer; cdecl;
  raw_cgt_sale_find: function(Terminal: PCgtTerminal; SaleId: PAnsiChar; Outcome: PPCgtOutcome): Integer; cdecl;
  raw_cgt_sale_query: function(Terminal: PCgtTerminal; SaleId: PAnsiChar; out Verdict: Integer;
    Outcome: PPCgtOutcome): Integer; cdecl;
  raw_cgt_unresolved_count: function(Terminal: PCgtTerminal; out Undecided: Integer;
    out Unacknowledged: Integer): Integer; cdecl;
  raw_cgt_acknowledge: function(Terminal: PCgtTerminal; SaleId: PAnsiChar): Integer; cdecl;
  raw_cgt_acknowledge_transaction: function(Terminal: PCgtTerminal; TransactionId: PAnsiChar): Integer; cdecl;
  raw_cgt_resolve: function(Terminal: PCgtTerminal; SaleId: PAnsiChar; Charged: Integer;
    Note: PAnsiChar): Integer; cdecl;
  raw_cgt_journal_accept_loss: function(Terminal: PCgtTerminal; Note: PAnsiChar): Integer; cdecl;
  raw_cgt_outcome_verdict: function(Outcome: PCgtOutcome; out Verdict: Integer): Integer; cdecl;
  raw_cgt_outcome_get_text: function(Outcome: PCgtOutcome; Field: Integer; Buf: PAnsiChar; Cap: Integer;
    Need: PInteger): Integer; cdecl;
  raw_cgt_outcome_get_i64: function(Outcome: PCgtOutcome; Field: Integer; out Value: Int64): Integer; cdecl;
  raw_cgt_outcome_json: function(Outcome: PCgtOutcome; Buf: PAnsiChar; Cap: Integer; Need: PInteger): Integer; cdecl;
  raw_cgt_outcome_free: function(Outcome: PCgtOutcome): Integer; cdecl;
  raw_cgt_outcome_receipt: function(Outcome: PCgtOutcome; Copy: Integer; Reprint: Integer; Width: Integer;
    Language: PAnsiChar; Encoding: Integer; Buf: PAnsiChar; Cap: Integer; Need: PInteger): Integer; cdecl;
  raw_cgt_receipt_from_json: function(OutcomeJson: PAnsiChar; Copy: Integer; Reprint: Integer; Width: Integer;
    Language: PAnsiChar; Encoding: Integer; Buf: PAnsiChar; Cap: Integer; Need: PInteger): Integer; cdecl;
  raw_cgt_daughter_companies: function(Terminal: PCgtTerminal; out Rows: PCgtRows): Integer; cdecl;
  raw_cgt_rows_next: function(Rows: PCgtRows; out Has: Integer): Integer; cdecl;
  raw_cgt_rows_get_text: function(Rows: PCgtRows; Field: Integer; Buf: PAnsiChar; Cap: Integer;
    Need: PInteger): Integer; cdecl;
  raw_cgt_rows_get_i64: function(Rows: PCgtRows; Field: Integer; out Value: Int64): Integer; cdecl;
  raw_cgt_rows_json: function(Rows: PCgtRows; Buf: PAnsiChar; Cap: Integer; Need: PInteger): Integer; cdecl;
  raw_cgt_rows_free: function(Rows: PCgtRows): Integer; cdecl;

{ Sets all functions, to nil when there is no module, and names those that the module does not have. }
procedure Bind(Module: TLibrary; out Missing: string);

  function Find(Name: PAnsiChar): Pointer;
  begin
    Result := nil;
    if Module <> 0 then
      Result := ExportOf(Module, Name);
    if Result = nil then
      Missing := Missing + ' ' + string(AnsiString(Name));
  end;

begin
  Missing := '';
  @raw_cgt_abi_version := Find('cgt_abi_version');
  @raw_cgt_version_text := Find('cgt_version_text');
  @raw_cgt_error_text := Find('cgt_error_text');
  @raw_cgt_log_set := Find('cgt_log_set');
  @raw_cgt_terminal_new := Find('cgt_terminal_new');
  @raw_cgt_terminal_free := Find('cgt_terminal_free');
  @raw_cgt_terminal_last_error := Find('cgt_terminal_last_error');
  @raw_cgt_terminal_set_port := Find('cgt_terminal_set_port');
  @raw_cgt_terminal_set_secure_string := Find('cgt_terminal_set_secure_string');
  @raw_cgt_terminal_set_journal_dir := Find('cgt_terminal_set_journal_dir');
  @raw_cgt_terminal_allow_any_drive := Find('cgt_terminal_allow_any_drive');
  @raw_cgt_terminal_allow_no_journal := Find('cgt_terminal_allow_no_journal');
  @raw_cgt_terminal_set_retention_days := Find('cgt_terminal_set_retention_days');
  @raw_cgt_terminal_set_timeouts := Find('cgt_terminal_set_timeouts');
  @raw_cgt_terminal_set_poll_interval := Find('cgt_terminal_set_poll_interval');
  @raw_cgt_terminal_set_api_version := Find('cgt_terminal_set_api_version');
  @raw_cgt_terminal_set_terminal_id := Find('cgt_terminal_set_terminal_id');
  @raw_cgt_terminal_set_language := Find('cgt_terminal_set_language');
  @raw_cgt_terminal_set_register_id := Find('cgt_terminal_set_register_id');
  @raw_cgt_terminal_set_cashier := Find('cgt_terminal_set_cashier');
  @raw_cgt_terminal_set_daughter_company_id := Find('cgt_terminal_set_daughter_company_id');
  @raw_cgt_terminal_set_response_code := Find('cgt_terminal_set_response_code');
  @raw_cgt_terminal_accept_partial := Find('cgt_terminal_accept_partial');
  @raw_cgt_terminal_set_tip_limit := Find('cgt_terminal_set_tip_limit');
  @raw_cgt_terminal_allow_simulator := Find('cgt_terminal_allow_simulator');
  @raw_cgt_terminal_on_status := Find('cgt_terminal_on_status');
  @raw_cgt_terminal_on_cancel := Find('cgt_terminal_on_cancel');
  @raw_cgt_terminal_on_payment := Find('cgt_terminal_on_payment');
  @raw_cgt_terminal_cancel := Find('cgt_terminal_cancel');
  @raw_cgt_terminal_is_busy := Find('cgt_terminal_is_busy');
  @raw_cgt_terminal_info := Find('cgt_terminal_info');
  @raw_cgt_terminal_status := Find('cgt_terminal_status');
  @raw_cgt_terminal_exchange := Find('cgt_terminal_exchange');
  @raw_cgt_terminal_get_text := Find('cgt_terminal_get_text');
  @raw_cgt_terminal_get_i64 := Find('cgt_terminal_get_i64');
  @raw_cgt_last_advice := Find('cgt_last_advice');
  @raw_cgt_error_advice := Find('cgt_error_advice');
  @raw_cgt_pay := Find('cgt_pay');
  @raw_cgt_moto := Find('cgt_moto');
  @raw_cgt_refund := Find('cgt_refund');
  @raw_cgt_reverse := Find('cgt_reverse');
  @raw_cgt_closing := Find('cgt_closing');
  @raw_cgt_signature_result := Find('cgt_signature_result');
  @raw_cgt_preauth := Find('cgt_preauth');
  @raw_cgt_preauth_complete := Find('cgt_preauth_complete');
  @raw_cgt_preauth_cancel := Find('cgt_preauth_cancel');
  @raw_cgt_run := Find('cgt_run');
  @raw_cgt_request_new := Find('cgt_request_new');
  @raw_cgt_request_set_amount := Find('cgt_request_set_amount');
  @raw_cgt_request_set_invoice_number := Find('cgt_request_set_invoice_number');
  @raw_cgt_request_set_original := Find('cgt_request_set_original');
  @raw_cgt_request_set_original_transaction := Find('cgt_request_set_original_transaction');
  @raw_cgt_request_set_original_of := Find('cgt_request_set_original_of');
  @raw_cgt_request_set_daughter_company_id := Find('cgt_request_set_daughter_company_id');
  @raw_cgt_request_set_endpoint := Find('cgt_request_set_endpoint');
  @raw_cgt_request_set_extra := Find('cgt_request_set_extra');
  @raw_cgt_request_free := Find('cgt_request_free');
  @raw_cgt_begin := Find('cgt_begin');
  @raw_cgt_step := Find('cgt_step');
  @raw_cgt_finish := Find('cgt_finish');
  @raw_cgt_op_free := Find('cgt_op_free');
  @raw_cgt_recover := Find('cgt_recover');
  @raw_cgt_sale_find := Find('cgt_sale_find');
  @raw_cgt_sale_query := Find('cgt_sale_query');
  @raw_cgt_unresolved_count := Find('cgt_unresolved_count');
  @raw_cgt_acknowledge := Find('cgt_acknowledge');
  @raw_cgt_acknowledge_transaction := Find('cgt_acknowledge_transaction');
  @raw_cgt_resolve := Find('cgt_resolve');
  @raw_cgt_journal_accept_loss := Find('cgt_journal_accept_loss');
  @raw_cgt_outcome_verdict := Find('cgt_outcome_verdict');
  @raw_cgt_outcome_get_text := Find('cgt_outcome_get_text');
  @raw_cgt_outcome_get_i64 := Find('cgt_outcome_get_i64');
  @raw_cgt_outcome_json := Find('cgt_outcome_json');
  @raw_cgt_outcome_free := Find('cgt_outcome_free');
  @raw_cgt_outcome_receipt := Find('cgt_outcome_receipt');
  @raw_cgt_receipt_from_json := Find('cgt_receipt_from_json');
  @raw_cgt_daughter_companies := Find('cgt_daughter_companies');
  @raw_cgt_rows_next := Find('cgt_rows_next');
  @raw_cgt_rows_get_text := Find('cgt_rows_get_text');
  @raw_cgt_rows_get_i64 := Find('cgt_rows_get_i64');
  @raw_cgt_rows_json := Find('cgt_rows_json');
  @raw_cgt_rows_free := Find('cgt_rows_free');
end;

{ Takes this file if it can be used; else says what is wrong with it. }
function TryFile(const FileName: TCgtPath; out Problem: string): Boolean;
var
  Module: TLibrary;
  Missing: string;
begin
  Result := False;
  Problem := 'is not there';
  if not FileIsThere(FileName) then
    Exit;
  Module := OpenLibrary(FileName, Problem);
  if Module = 0 then
    Exit;
  Bind(Module, Missing);
  if Missing <> '' then
    Problem := 'does not have' + Missing
  else if raw_cgt_abi_version() <> CGT_ABI_NEEDED then
    Problem := Format('has version %d of the C ABI, and this program needs %d', [raw_cgt_abi_version(), CGT_ABI_NEEDED])
  else
    Result := True;
  if not Result then
    Bind(0, Missing);
end;

{ Tries every name in every folder, in this order. }
procedure LoadFrom(const Folders: array of TCgtPath);
var
  Folder, Name: Integer;
  FileName: TCgtPath;
  Problem, Problems: string;
begin
  Problems := '';
  for Folder := Low(Folders) to High(Folders) do
    for Name := Low(FILE_NAMES) to High(FILE_NAMES) do
    begin
      FileName := Folders[Folder] + TCgtPath(FILE_NAMES[Name]);
      if TryFile(FileName, Problem) then
      begin
        LoadedFile := FileName;
        Loaded := True;
        Exit;
      end;
      Problems := Problems + sLineBreak + string(FileName) + ' ' + Problem;
    end;
  raise ECgtLoad.CreateFmt('This %d-bit program finds no library of comgate-terminal that it can use:%s',
    [SizeOf(Pointer) * 8, Problems]);
end;

procedure LoadOnce(const Folders: array of TCgtPath);
var
  Fpu: TCgtFpu;
begin
  EnterCriticalSection(Lock);
  CgtFpuEnter(Fpu);
  try
    if not Loaded then
      LoadFrom(Folders);
  finally
    CgtFpuLeave(Fpu);
    LeaveCriticalSection(Lock);
  end;
end;

procedure CgtLoad;
begin
  if UnitFolder = ProgramFolder then
    LoadOnce([ProgramFolder])
  else
    LoadOnce([ProgramFolder, UnitFolder]);
end;

procedure CgtLoad(const Folder: TCgtPath);
begin
  if not IsFullPath(Folder) then
    raise ECgtLoad.CreateFmt('CgtLoad needs a full path, and %s is none', [string(Folder)]);
  LoadOnce([Folder + PathDelim]);
end;

function CgtLoadedFile: TCgtPath;
begin
  Result := LoadedFile;
end;

{ Floating point }

const
  // What a processor starts with: no exceptions, round to nearest.
  DEFAULT_FPU: TCgtFpu = (Mxcsr: $1F80; ControlWord: $137F);

{ Mxcsr rules SSE, the control word the older x87. Fpu points to a TCgtFpu; it comes in a register. }
{$IFDEF CPUX64}

procedure ReadFpu(Fpu: Pointer);
asm
  {$IFDEF UNIX}
  mov     rcx, rdi
  {$ENDIF}
  stmxcsr dword ptr [rcx]
  fnstcw  word ptr [rcx + 4]
end;

procedure WriteFpu(Fpu: Pointer);
asm
  {$IFDEF UNIX}
  mov     rcx, rdi
  {$ENDIF}
  ldmxcsr dword ptr [rcx]
  fnclex                        // an error of before would be reported as soon as it is allowed again
  fldcw   word ptr [rcx + 4]
end;

{$ELSE}

procedure ReadFpu(Fpu: Pointer);
asm
  stmxcsr dword ptr [eax]
  fnstcw  word ptr [eax + 4]
end;

procedure WriteFpu(Fpu: Pointer);
asm
  ldmxcsr dword ptr [eax]
  fnclex                        // an error of before would be reported as soon as it is allowed again
  fldcw   word ptr [eax + 4]
end;

{$ENDIF}

procedure CgtFpuRead(out Current: TCgtFpu);
begin
  ReadFpu(@Current);
end;

procedure CgtFpuEnter(out Saved: TCgtFpu);
begin
  ReadFpu(@Saved);
  WriteFpu(@DEFAULT_FPU);
end;

procedure CgtFpuLeave(const Saved: TCgtFpu);
begin
  WriteFpu(@Saved);
end;

{ The functions }

procedure CgtEnter(out Saved: TCgtFpu);
begin
  if not Loaded then
    CgtLoad;
  CgtFpuEnter(Saved);
end;

function cgt_abi_version: Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_abi_version();
  CgtFpuLeave(Fpu);
end;

function cgt_version_text(Buf: PAnsiChar; Cap: Integer; Need: PInteger): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_version_text(Buf, Cap, Need);
  CgtFpuLeave(Fpu);
end;

function cgt_error_text(Code: Integer; Buf: PAnsiChar; Cap: Integer; Need: PInteger): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_error_text(Code, Buf, Cap, Need);
  CgtFpuLeave(Fpu);
end;

function cgt_log_set(Callback: TCgtLogCallback; User: Pointer; Level: Integer): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_log_set(Callback, User, Level);
  CgtFpuLeave(Fpu);
end;

function cgt_terminal_new(Host: PAnsiChar; out Terminal: PCgtTerminal): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_terminal_new(Host, Terminal);
  CgtFpuLeave(Fpu);
end;

function cgt_terminal_free(Terminal: PCgtTerminal): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_terminal_free(Terminal);
  CgtFpuLeave(Fpu);
end;

function cgt_terminal_last_error(Terminal: PCgtTerminal; Buf: PAnsiChar; Cap: Integer; Need: PInteger): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_terminal_last_error(Terminal, Buf, Cap, Need);
  CgtFpuLeave(Fpu);
end;

function cgt_terminal_set_port(Terminal: PCgtTerminal; Port: Integer): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_terminal_set_port(Terminal, Port);
  CgtFpuLeave(Fpu);
end;

function cgt_terminal_set_secure_string(Terminal: PCgtTerminal; SecureString: PAnsiChar): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_terminal_set_secure_string(Terminal, SecureString);
  CgtFpuLeave(Fpu);
end;

function cgt_terminal_set_journal_dir(Terminal: PCgtTerminal; Path: PAnsiChar): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_terminal_set_journal_dir(Terminal, Path);
  CgtFpuLeave(Fpu);
end;

function cgt_terminal_allow_any_drive(Terminal: PCgtTerminal; Allowed: Integer): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_terminal_allow_any_drive(Terminal, Allowed);
  CgtFpuLeave(Fpu);
end;

function cgt_terminal_allow_no_journal(Terminal: PCgtTerminal; Allowed: Integer): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_terminal_allow_no_journal(Terminal, Allowed);
  CgtFpuLeave(Fpu);
end;

function cgt_terminal_set_retention_days(Terminal: PCgtTerminal; Days: Integer): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_terminal_set_retention_days(Terminal, Days);
  CgtFpuLeave(Fpu);
end;

function cgt_terminal_set_timeouts(Terminal: PCgtTerminal; ConnectMs: Integer; ReplyMs: Integer;
    PatienceMs: Integer): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_terminal_set_timeouts(Terminal, ConnectMs, ReplyMs, PatienceMs);
  CgtFpuLeave(Fpu);
end;

function cgt_terminal_set_poll_interval(Terminal: PCgtTerminal; IntervalMs: Integer): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_terminal_set_poll_interval(Terminal, IntervalMs);
  CgtFpuLeave(Fpu);
end;

function cgt_terminal_set_api_version(Terminal: PCgtTerminal; Version: Integer): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_terminal_set_api_version(Terminal, Version);
  CgtFpuLeave(Fpu);
end;

function cgt_terminal_set_terminal_id(Terminal: PCgtTerminal; TerminalId: PAnsiChar): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_terminal_set_terminal_id(Terminal, TerminalId);
  CgtFpuLeave(Fpu);
end;

function cgt_terminal_set_language(Terminal: PCgtTerminal; Language: PAnsiChar): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_terminal_set_language(Terminal, Language);
  CgtFpuLeave(Fpu);
end;

function cgt_terminal_set_register_id(Terminal: PCgtTerminal; RegisterId: PAnsiChar): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_terminal_set_register_id(Terminal, RegisterId);
  CgtFpuLeave(Fpu);
end;

function cgt_terminal_set_cashier(Terminal: PCgtTerminal; Cashier: PAnsiChar): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_terminal_set_cashier(Terminal, Cashier);
  CgtFpuLeave(Fpu);
end;

function cgt_terminal_set_daughter_company_id(Terminal: PCgtTerminal; Id: PAnsiChar): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_terminal_set_daughter_company_id(Terminal, Id);
  CgtFpuLeave(Fpu);
end;

function cgt_terminal_set_response_code(Terminal: PCgtTerminal; Code: PAnsiChar; Meaning: Integer): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_terminal_set_response_code(Terminal, Code, Meaning);
  CgtFpuLeave(Fpu);
end;

function cgt_terminal_accept_partial(Terminal: PCgtTerminal; Yes: Integer): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_terminal_accept_partial(Terminal, Yes);
  CgtFpuLeave(Fpu);
end;

function cgt_terminal_set_tip_limit(Terminal: PCgtTerminal; Percent: Integer): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_terminal_set_tip_limit(Terminal, Percent);
  CgtFpuLeave(Fpu);
end;

function cgt_terminal_allow_simulator(Terminal: PCgtTerminal; Allowed: Integer): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_terminal_allow_simulator(Terminal, Allowed);
  CgtFpuLeave(Fpu);
end;

function cgt_terminal_on_status(Terminal: PCgtTerminal; Callback: TCgtStatusCallback; User: Pointer): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_terminal_on_status(Terminal, Callback, User);
  CgtFpuLeave(Fpu);
end;

function cgt_terminal_on_cancel(Terminal: PCgtTerminal; Callback: TCgtCancelCallback; User: Pointer): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_terminal_on_cancel(Terminal, Callback, User);
  CgtFpuLeave(Fpu);
end;

function cgt_terminal_on_payment(Terminal: PCgtTerminal; Callback: TCgtPaymentCallback; User: Pointer): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_terminal_on_payment(Terminal, Callback, User);
  CgtFpuLeave(Fpu);
end;

function cgt_terminal_cancel(Terminal: PCgtTerminal): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_terminal_cancel(Terminal);
  CgtFpuLeave(Fpu);
end;

function cgt_terminal_is_busy(Terminal: PCgtTerminal; out Busy: Integer): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_terminal_is_busy(Terminal, Busy);
  CgtFpuLeave(Fpu);
end;

function cgt_terminal_info(Terminal: PCgtTerminal): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_terminal_info(Terminal);
  CgtFpuLeave(Fpu);
end;

function cgt_terminal_status(Terminal: PCgtTerminal; CheckOnline: Integer): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_terminal_status(Terminal, CheckOnline);
  CgtFpuLeave(Fpu);
end;

function cgt_terminal_exchange(Terminal: PCgtTerminal; Endpoint: PAnsiChar; Json: PAnsiChar): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_terminal_exchange(Terminal, Endpoint, Json);
  CgtFpuLeave(Fpu);
end;

function cgt_terminal_get_text(Terminal: PCgtTerminal; Field: Integer; Buf: PAnsiChar; Cap: Integer;
    Need: PInteger): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_terminal_get_text(Terminal, Field, Buf, Cap, Need);
  CgtFpuLeave(Fpu);
end;

function cgt_terminal_get_i64(Terminal: PCgtTerminal; Field: Integer; out Value: Int64): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_terminal_get_i64(Terminal, Field, Value);
  CgtFpuLeave(Fpu);
end;

function cgt_last_advice(Terminal: PCgtTerminal; Language: PAnsiChar; Buf: PAnsiChar; Cap: Integer;
    Need: PInteger): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_last_advice(Terminal, Language, Buf, Cap, Need);
  CgtFpuLeave(Fpu);
end;

function cgt_error_advice(Code: Integer; Language: PAnsiChar; Buf: PAnsiChar; Cap: Integer; Need: PInteger): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_error_advice(Code, Language, Buf, Cap, Need);
  CgtFpuLeave(Fpu);
end;

function cgt_pay(Terminal: PCgtTerminal; SaleId: PAnsiChar; Amount: Int64; Currency: PAnsiChar; out Verdict: Integer;
    Outcome: PPCgtOutcome): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_pay(Terminal, SaleId, Amount, Currency, Verdict, Outcome);
  CgtFpuLeave(Fpu);
end;

function cgt_moto(Terminal: PCgtTerminal; SaleId: PAnsiChar; Amount: Int64; Currency: PAnsiChar; out Verdict: Integer;
    Outcome: PPCgtOutcome): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_moto(Terminal, SaleId, Amount, Currency, Verdict, Outcome);
  CgtFpuLeave(Fpu);
end;

function cgt_refund(Terminal: PCgtTerminal; RefundId: PAnsiChar; OriginalSaleId: PAnsiChar; Amount: Int64;
    Currency: PAnsiChar; out Verdict: Integer; Outcome: PPCgtOutcome): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_refund(Terminal, RefundId, OriginalSaleId, Amount, Currency, Verdict, Outcome);
  CgtFpuLeave(Fpu);
end;

function cgt_reverse(Terminal: PCgtTerminal; ReversalId: PAnsiChar; OriginalSaleId: PAnsiChar; out Verdict: Integer;
    Outcome: PPCgtOutcome): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_reverse(Terminal, ReversalId, OriginalSaleId, Verdict, Outcome);
  CgtFpuLeave(Fpu);
end;

function cgt_closing(Terminal: PCgtTerminal; ClosingId: PAnsiChar; out Verdict: Integer;
    Outcome: PPCgtOutcome): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_closing(Terminal, ClosingId, Verdict, Outcome);
  CgtFpuLeave(Fpu);
end;

function cgt_signature_result(Terminal: PCgtTerminal; SaleId: PAnsiChar; Accepted: Integer; out Verdict: Integer;
    Outcome: PPCgtOutcome): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_signature_result(Terminal, SaleId, Accepted, Verdict, Outcome);
  CgtFpuLeave(Fpu);
end;

function cgt_preauth(Terminal: PCgtTerminal; PreauthId: PAnsiChar; Amount: Int64; Currency: PAnsiChar;
    out Verdict: Integer; Outcome: PPCgtOutcome): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_preauth(Terminal, PreauthId, Amount, Currency, Verdict, Outcome);
  CgtFpuLeave(Fpu);
end;

function cgt_preauth_complete(Terminal: PCgtTerminal; CompletionId: PAnsiChar; OriginalSaleId: PAnsiChar; Amount: Int64;
    Currency: PAnsiChar; out Verdict: Integer; Outcome: PPCgtOutcome): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_preauth_complete(Terminal, CompletionId, OriginalSaleId, Amount, Currency, Verdict, Outcome);
  CgtFpuLeave(Fpu);
end;

function cgt_preauth_cancel(Terminal: PCgtTerminal; CancelId: PAnsiChar; OriginalSaleId: PAnsiChar;
    out Verdict: Integer; Outcome: PPCgtOutcome): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_preauth_cancel(Terminal, CancelId, OriginalSaleId, Verdict, Outcome);
  CgtFpuLeave(Fpu);
end;

function cgt_run(Terminal: PCgtTerminal; Request: PCgtRequest; out Verdict: Integer; Outcome: PPCgtOutcome): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_run(Terminal, Request, Verdict, Outcome);
  CgtFpuLeave(Fpu);
end;

function cgt_request_new(Kind: Integer; SaleId: PAnsiChar; out Request: PCgtRequest): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_request_new(Kind, SaleId, Request);
  CgtFpuLeave(Fpu);
end;

function cgt_request_set_amount(Request: PCgtRequest; Amount: Int64; Currency: PAnsiChar): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_request_set_amount(Request, Amount, Currency);
  CgtFpuLeave(Fpu);
end;

function cgt_request_set_invoice_number(Request: PCgtRequest; InvoiceNumber: PAnsiChar): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_request_set_invoice_number(Request, InvoiceNumber);
  CgtFpuLeave(Fpu);
end;

function cgt_request_set_original(Request: PCgtRequest; OriginalSaleId: PAnsiChar): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_request_set_original(Request, OriginalSaleId);
  CgtFpuLeave(Fpu);
end;

function cgt_request_set_original_transaction(Request: PCgtRequest; TransactionId: PAnsiChar): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_request_set_original_transaction(Request, TransactionId);
  CgtFpuLeave(Fpu);
end;

function cgt_request_set_original_of(Request: PCgtRequest; RegisterId: PAnsiChar; SaleId: PAnsiChar): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_request_set_original_of(Request, RegisterId, SaleId);
  CgtFpuLeave(Fpu);
end;

function cgt_request_set_daughter_company_id(Request: PCgtRequest; DaughterCompanyId: PAnsiChar): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_request_set_daughter_company_id(Request, DaughterCompanyId);
  CgtFpuLeave(Fpu);
end;

function cgt_request_set_endpoint(Request: PCgtRequest; Endpoint: PAnsiChar): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_request_set_endpoint(Request, Endpoint);
  CgtFpuLeave(Fpu);
end;

function cgt_request_set_extra(Request: PCgtRequest; Json: PAnsiChar): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_request_set_extra(Request, Json);
  CgtFpuLeave(Fpu);
end;

function cgt_request_free(Request: PCgtRequest): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_request_free(Request);
  CgtFpuLeave(Fpu);
end;

function cgt_begin(Terminal: PCgtTerminal; Request: PCgtRequest; out Op: PCgtOp): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_begin(Terminal, Request, Op);
  CgtFpuLeave(Fpu);
end;

function cgt_step(Op: PCgtOp; WaitMs: Integer; out Done: Integer): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_step(Op, WaitMs, Done);
  CgtFpuLeave(Fpu);
end;

function cgt_finish(Op: PCgtOp; out Verdict: Integer; Outcome: PPCgtOutcome): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_finish(Op, Verdict, Outcome);
  CgtFpuLeave(Fpu);
end;

function cgt_op_free(Op: PCgtOp): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_op_free(Op);
  CgtFpuLeave(Fpu);
end;

function cgt_recover(Terminal: PCgtTerminal; BudgetMs: Integer; Callback: TCgtRecoverCallback; User: Pointer): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_recover(Terminal, BudgetMs, Callback, User);
  CgtFpuLeave(Fpu);
end;

function cgt_sale_find(Terminal: PCgtTerminal; SaleId: PAnsiChar; Outcome: PPCgtOutcome): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_sale_find(Terminal, SaleId, Outcome);
  CgtFpuLeave(Fpu);
end;

function cgt_sale_query(Terminal: PCgtTerminal; SaleId: PAnsiChar; out Verdict: Integer;
    Outcome: PPCgtOutcome): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_sale_query(Terminal, SaleId, Verdict, Outcome);
  CgtFpuLeave(Fpu);
end;

function cgt_unresolved_count(Terminal: PCgtTerminal; out Undecided: Integer; out Unacknowledged: Integer): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_unresolved_count(Terminal, Undecided, Unacknowledged);
  CgtFpuLeave(Fpu);
end;

function cgt_acknowledge(Terminal: PCgtTerminal; SaleId: PAnsiChar): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_acknowledge(Terminal, SaleId);
  CgtFpuLeave(Fpu);
end;

function cgt_acknowledge_transaction(Terminal: PCgtTerminal; TransactionId: PAnsiChar): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_acknowledge_transaction(Terminal, TransactionId);
  CgtFpuLeave(Fpu);
end;

function cgt_resolve(Terminal: PCgtTerminal; SaleId: PAnsiChar; Charged: Integer; Note: PAnsiChar): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_resolve(Terminal, SaleId, Charged, Note);
  CgtFpuLeave(Fpu);
end;

function cgt_journal_accept_loss(Terminal: PCgtTerminal; Note: PAnsiChar): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_journal_accept_loss(Terminal, Note);
  CgtFpuLeave(Fpu);
end;

function cgt_outcome_verdict(Outcome: PCgtOutcome; out Verdict: Integer): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_outcome_verdict(Outcome, Verdict);
  CgtFpuLeave(Fpu);
end;

function cgt_outcome_get_text(Outcome: PCgtOutcome; Field: Integer; Buf: PAnsiChar; Cap: Integer;
    Need: PInteger): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_outcome_get_text(Outcome, Field, Buf, Cap, Need);
  CgtFpuLeave(Fpu);
end;

function cgt_outcome_get_i64(Outcome: PCgtOutcome; Field: Integer; out Value: Int64): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_outcome_get_i64(Outcome, Field, Value);
  CgtFpuLeave(Fpu);
end;

function cgt_outcome_json(Outcome: PCgtOutcome; Buf: PAnsiChar; Cap: Integer; Need: PInteger): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_outcome_json(Outcome, Buf, Cap, Need);
  CgtFpuLeave(Fpu);
end;

function cgt_outcome_free(Outcome: PCgtOutcome): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_outcome_free(Outcome);
  CgtFpuLeave(Fpu);
end;

function cgt_outcome_receipt(Outcome: PCgtOutcome; Copy: Integer; Reprint: Integer; Width: Integer; Language: PAnsiChar;
    Encoding: Integer; Buf: PAnsiChar; Cap: Integer; Need: PInteger): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_outcome_receipt(Outcome, Copy, Reprint, Width, Language, Encoding, Buf, Cap, Need);
  CgtFpuLeave(Fpu);
end;

function cgt_receipt_from_json(OutcomeJson: PAnsiChar; Copy: Integer; Reprint: Integer; Width: Integer;
    Language: PAnsiChar; Encoding: Integer; Buf: PAnsiChar; Cap: Integer; Need: PInteger): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_receipt_from_json(OutcomeJson, Copy, Reprint, Width, Language, Encoding, Buf, Cap, Need);
  CgtFpuLeave(Fpu);
end;

function cgt_daughter_companies(Terminal: PCgtTerminal; out Rows: PCgtRows): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_daughter_companies(Terminal, Rows);
  CgtFpuLeave(Fpu);
end;

function cgt_rows_next(Rows: PCgtRows; out Has: Integer): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_rows_next(Rows, Has);
  CgtFpuLeave(Fpu);
end;

function cgt_rows_get_text(Rows: PCgtRows; Field: Integer; Buf: PAnsiChar; Cap: Integer; Need: PInteger): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_rows_get_text(Rows, Field, Buf, Cap, Need);
  CgtFpuLeave(Fpu);
end;

function cgt_rows_get_i64(Rows: PCgtRows; Field: Integer; out Value: Int64): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_rows_get_i64(Rows, Field, Value);
  CgtFpuLeave(Fpu);
end;

function cgt_rows_json(Rows: PCgtRows; Buf: PAnsiChar; Cap: Integer; Need: PInteger): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_rows_json(Rows, Buf, Cap, Need);
  CgtFpuLeave(Fpu);
end;

function cgt_rows_free(Rows: PCgtRows): Integer;
var
  Fpu: TCgtFpu;
begin
  CgtEnter(Fpu);
  Result := raw_cgt_rows_free(Rows);
  CgtFpuLeave(Fpu);
end;

initialization
  {$IFDEF MSWINDOWS}InitializeCriticalSection{$ELSE}InitCriticalSection{$ENDIF}(Lock);

finalization
  {$IFDEF MSWINDOWS}DeleteCriticalSection{$ELSE}DoneCriticalSection{$ENDIF}(Lock);

end.
