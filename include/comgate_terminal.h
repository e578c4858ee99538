/*
 * comgate-terminal 0.1.0: card payments on Comgate touch-screen terminals over the local network.
 * Unofficial, not affiliated with Comgate.
 *
 * THE RIGHT WAY TO TAKE A PAYMENT
 *
 *     cgt_terminal *t = NULL;
 *     cgt_outcome *o = NULL;
 *     int32_t verdict = CGT_UNKNOWN;
 *
 *     cgt_terminal_new("192.168.1.105", &t);
 *     cgt_recover(t, 30000, store_each, till);               // at start-up: what the last power cut left open
 *     int32_t code = cgt_pay(t, "2026-11-23/1/42", 12550, "CZK", &verdict, &o);   // 125.50 CZK
 *     if (code != CGT_CALL_OK)            show_error(code);      // no outcome: nothing was sent (4xx and 9xx: recover)
 *     else if (verdict == CGT_APPROVED) { store_in_till(o); print_receipt(o); cgt_acknowledge(t, "2026-11-23/1/42"); }
 *     else if (verdict == CGT_DECLINED || verdict == CGT_CANCELLED || verdict == CGT_NOT_STARTED) show_not_paid(o);
 *     else                                stop_and_show_advice(o);   // CGT_UNKNOWN: not paid, not unpaid: never charge again now
 *     cgt_outcome_free(o);
 *     cgt_terminal_free(t);
 *
 * WRONG: `if (cgt_pay(...) == 0) print_receipt();` - 0 says that the CALL worked, never that money moved. Look at the verdict.
 *
 *     verdict           what it means                                  what the till does
 *     CGT_UNKNOWN     0 nobody knows yet whether money moved           hand nothing over, do not charge again, cgt_recover
 *     CGT_APPROVED    1 approved, and confirmed to the terminal        receipt, store, cgt_acknowledge
 *     CGT_DECLINED    2 the terminal said no; no money moved           show why; try again or take another means of payment
 *     CGT_CANCELLED   3 cancelled by the register; no money moved      as declined
 *     CGT_NOT_STARTED 4 the terminal never took the order              CGT_F_REASON says why; mend it, try again
 *
 * THE RULES, obeyed by every function
 *  1. Every function returns int32_t: CGT_CALL_OK (0) or a CGT_E_ code (cgt_abi_version returns its number). The band of a code says
 *     what to do: 1xx fix the call, 2xx nothing was sent and it is safe to try again, 3xx the terminal refused, 4xx the outcome is
 *     not known, recover, 9xx internal. include/ERRORS.md lists all of them. New codes may appear: go by the band.
 *  2. cgt_pay, cgt_run and cgt_finish answer CGT_CALL_OK whenever there is an outcome, whatever it says. Any other code means: no
 *     outcome, nothing sent (or 9xx). *verdict is set to CGT_UNKNOWN on entry, so an unread verdict is never an approval.
 *  3. Texts in are UTF-8 with a final NUL, and are copied. Texts out go into your buffer: always terminated, never cut. *need
 *     receives the size needed including the NUL; when it is larger than cap the answer is CGT_E_BUFFER and the buffer is empty.
 *     buf may be NULL when cap is 0; need may be NULL. Every function answers CGT_E_NULL for a NULL handle (but for a _free and
 *     cgt_terminal_last_error, which accept it) and for a NULL place that must be written to, and CGT_E_RANGE for a negative cap.
 *     Whatever fails, what is written to is harmless.
 *  4. Amounts are whole minor units (12550 = 125.50 CZK) in int64_t. Times are milliseconds. No floating point anywhere.
 *  5. What a _new or _begin function gives you, you free with the matching _free, once; an outcome with cgt_outcome_free, a list with
 *     cgt_rows_free. Freeing NULL is fine. An outcome handed to a callback is lent: it is valid until the callback returns, and is
 *     not freed. Handles are numbers in disguise: never look inside. A freed or foreign handle is recognised: CGT_E_HANDLE.
 *  6. One thread at a time per terminal, and one operation. Meanwhile, only cgt_terminal_cancel, cgt_terminal_is_busy and
 *     cgt_terminal_last_error may come from another thread or from a callback; anything else on that terminal is refused with
 *     CGT_E_BUSY. Outcomes, requests and lists are no part of it: they may be used anywhere, and so may other terminals.
 *  7. Callbacks run on the thread that called, only during that call, and never after it; cgt_log_set alone says otherwise. Their
 *     user pointer is handed back as given. 0 is always the harmless answer. No exception and no longjmp may leave a callback.
 *  8. The library starts no thread, prints nothing, never ends the process, and never sends an order twice by itself.
 *  9. Never unload the library (FreeLibrary, dlclose) while handles are open. On Windows load it by absolute path.
 * 10. The numbers below are append-only: none changes its meaning, none is used again. CGT_ABI_VERSION stays as long as a program
 *     that was built for it works unchanged; functions and numbers that are added do not raise it. There are these five verdicts and
 *     there will be no sixth. Of a number that you do not know: an advice is CGT_ADVICE_CHECK_TERMINAL, a kind CGT_KIND_OTHER, a
 *     code what its band says; a phase or an event is ignored.
 */

#ifndef COMGATE_TERMINAL_H
#define COMGATE_TERMINAL_H


#include <stdint.h>

/* One calling convention on every platform and for every callback: cdecl. Define CGT_STATIC when linking the static library. */
#if defined(_WIN32)
#  define CGT_CALL __cdecl
#  if defined(CGT_STATIC)
#    define CGT_API
#  else
#    define CGT_API __declspec(dllimport)
#  endif
#else
#  define CGT_CALL
#  define CGT_API
#endif

/* Verdicts: what became of the money. */
#define CGT_UNKNOWN                        0 /* Nobody knows yet whether money moved. */
#define CGT_APPROVED                       1 /* The terminal approved, and its confirmation is through. */
#define CGT_DECLINED                       2 /* The terminal said no. No money moved. */
#define CGT_CANCELLED                      3 /* The register asked for a cancel and the terminal ended without a charge. */
#define CGT_NOT_STARTED                    4 /* The terminal never took the order. No money moved. */

/* Codes: what a call answered, and the reason in an outcome. include/ERRORS.md says what to do about each. */
#define CGT_CALL_OK                        0 /* The call worked. This never says that money moved: look at the verdict. */
#define CGT_E_NULL                       101 /* A pointer that must not be NULL was NULL. */
#define CGT_E_TEXT                       102 /* A text was empty, too long, not UTF-8, or held a character that is not allowed; a number of a sale also: white space at an end. */
#define CGT_E_RANGE                      103 /* A number was outside what is allowed. */
#define CGT_E_AMOUNT                     104 /* The amount was zero, negative, or has more than 12 digits. */
#define CGT_E_CURRENCY                   105 /* The currency is not known. */
#define CGT_E_HOST                       106 /* The host is not a name or an address. */
#define CGT_E_HANDLE                     107 /* The handle was never given out, was freed, or is of another kind. */
#define CGT_E_BUSY                       108 /* The handle is in use: another thread, a callback, or an operation that has not ended. */
#define CGT_E_BUFFER                     109 /* The buffer is too small. Nothing was cut: the buffer holds an empty text. */
#define CGT_E_FIELD                      110 /* There is no such field, or it is not a number. */
#define CGT_E_ABSENT                     111 /* The field exists, but this object has no value for it. */
#define CGT_E_SALE_MISMATCH              112 /* This sale id is known with another amount, currency, kind or original, and is charged or not decided. */
#define CGT_E_SALE_USED                  113 /* This sale id was already paid, or is used by another register of the journal folder. */
#define CGT_E_NOT_FOUND                  114 /* The journal knows no such sale. */
#define CGT_E_UNDECIDED                  115 /* The sale is not decided, or its outcome was not told to this handle: it cannot be acknowledged. What is not decided gives the customer no receipt. */
#define CGT_E_ORDER                      116 /* The call came at the wrong time: finish before the end, a step after it, or a field where there is no row. */
#define CGT_E_KIND                       117 /* This kind of request is not known to this version. */
#define CGT_E_DECIDED                    118 /* The sale is decided, and not as the person says. */
#define CGT_E_ORIGINAL                   119 /* The original sale cannot be reversed, refunded or used: it is not known, ended without a charge, was taken back already, or is not decided. */
#define CGT_E_BEYOND_ORIGINAL            120 /* The refunds of this original would exceed it, or a completion what was pre-authorized, or the currency is another. */
#define CGT_E_ENDPOINT                   121 /* The name of the endpoint is not allowed here. */
#define CGT_E_EXTRA                      122 /* The extra fields are not a JSON object, or one of them is set by this library. */
#define CGT_E_CLOSED                     123 /* A closing has settled the original since, so it cannot be reversed any more. */
#define CGT_E_SIGNATURE                  124 /* No signature is asked for with this sale, or it was answered otherwise. */
#define CGT_E_NAME_NOT_FOUND             201 /* The terminal's name could not be resolved to an address. */
#define CGT_E_REFUSED                    202 /* The connection was refused: no program listens at that address and port. */
#define CGT_E_UNREACHABLE                203 /* The network has no way to that address. */
#define CGT_E_CONNECT_TIMEOUT            204 /* Nothing answered at that address in time. */
#define CGT_E_NETWORK                    205 /* The network failed before anything of the sale was sent. */
#define CGT_E_NO_REPLY                   206 /* The terminal took the connection but gave no reply. */
#define CGT_E_UNRESOLVED                 207 /* An earlier sale is still running on this terminal, or it has just told something new about the sale a person decides. */
#define CGT_E_TERMINAL_LOCKED            208 /* Another program or handle is selling on this terminal. */
#define CGT_E_JOURNAL                    209 /* The journal cannot be read or written. */
#define CGT_E_CANCELLED_EARLY            210 /* The register cancelled before anything of the sale was sent. */
#define CGT_E_NOT_A_TERMINAL             301 /* Something answered at that address, but it is not a payment terminal. */
#define CGT_E_SECURE_STRING              302 /* The terminal refused the secureString. */
#define CGT_E_NOT_SUPPORTED              303 /* The terminal does not have this function in this version of its interface. */
#define CGT_E_OTHER_TERMINAL             304 /* A terminal answered, but not the one this handle is bound to. */
#define CGT_E_SIMULATOR                  305 /* A simulator answered, and this handle has not allowed one. */
#define CGT_E_START_REFUSED              306 /* The terminal did not start the operation. */
#define CGT_E_REQUEST_REFUSED            307 /* The terminal refused the request as such. */
#define CGT_E_CANCELLED_AT_TERMINAL      308 /* Somebody cancelled on the terminal: the customer or the cashier. */
#define CGT_E_START_UNANSWERED           401 /* The start left, and no answer that can be believed says what became of it. */
#define CGT_E_STILL_RUNNING              402 /* The operation was still running when the library's patience ended. */
#define CGT_E_NOT_CONFIRMED              403 /* The terminal approved, but the confirmation is not through. */
#define CGT_E_REVERSED                   404 /* The terminal approved but reports the payment as reversed. */
#define CGT_E_REVERSAL_ASKED             405 /* The terminal approved but asks the register to reverse the payment. */
#define CGT_E_AMOUNT_DIFFERS             406 /* The terminal approved another amount or currency than was asked for. */
#define CGT_E_NOT_OURS                   407 /* The terminal reported a result that does not belong to this sale. */
#define CGT_E_UNREADABLE                 408 /* The terminal ended, but its result could not be read or has no response code. */
#define CGT_E_NOT_STORED                 409 /* The result could not be written to the journal, so it was not confirmed. */
#define CGT_E_LET_GO                     410 /* The register let go of the operation before it ended. */
#define CGT_E_CONTACT_LOST               411 /* The terminal stopped answering before the result was known. */
#define CGT_E_CONTRADICTION              412 /* The terminal's result contradicts itself: not approved, yet with marks of a charge. */
#define CGT_E_RESOLVED_OTHERWISE         413 /* A person decided about this sale, and the terminal has said otherwise since. */
#define CGT_E_EXCHANGE_UNANSWERED        414 /* The request of cgt_terminal_exchange left, and no reply came: the terminal may have acted. */
#define CGT_E_CODE_NOT_LISTED            415 /* The terminal ended with a response code that this library does not know: neither an approval nor a refusal. */
#define CGT_E_PANIC                      901 /* An error inside the library was caught. The handle cannot be used any more. */
#define CGT_E_POISONED                   902 /* An earlier error inside the library has made this handle unusable. */
#define CGT_E_INTERNAL                   903 /* The library found itself in a state that must not be. */

/* Phases, told to cgt_status_cb. */
#define CGT_PHASE_CONNECTING               1 /* Looking for the terminal. */
#define CGT_PHASE_RESOLVING_EARLIER        2 /* Asking what became of an earlier sale. */
#define CGT_PHASE_WAITING                  3 /* The terminal is busy with the customer. */
#define CGT_PHASE_CANCELLING               4 /* A cancel was sent; the terminal has not ended yet. */
#define CGT_PHASE_READING_RESULT           5 /* The terminal has ended; the result is read, stored and confirmed. */
#define CGT_PHASE_CONTACT_LOST             6 /* The terminal has not answered two questions in a row; it is asked on. */

/* Events, told to cgt_payment_cb. */
#define CGT_EVENT_INTENT_STORED            1 /* The sale is on disk; nothing was sent yet. */
#define CGT_EVENT_STARTED                  2 /* The terminal took the order. */
#define CGT_EVENT_CONFIRMED                3 /* The confirmation of an approved payment is through. */
#define CGT_EVENT_ENDED                    4 /* The verdict is on disk. */

/* Kinds of request. */
#define CGT_KIND_PAYMENT                   1 /* A sale: the customer pays. */
#define CGT_KIND_REFUND                    2 /* Money back to the customer's card. */
#define CGT_KIND_REVERSAL                  3 /* A whole sale is taken back, until the closing that contains it. */
#define CGT_KIND_CLOSING                   4 /* Everything since the last closing is settled with the acquirer. */
#define CGT_KIND_OTHER                     5 /* Any other function of the terminal that is started, followed and ends in a result. */
#define CGT_KIND_PREAUTH                   6 /* A pre-authorization: an amount is reserved on the customer's card; nothing is paid yet. */
#define CGT_KIND_PREAUTH_COMPLETION        7 /* The completion of a pre-authorization: the customer pays all of it or less. */
#define CGT_KIND_PREAUTH_CANCEL            8 /* The cancel of a pre-authorization: nothing is reserved any more. */
#define CGT_KIND_MOTO                      9 /* A sale by mail or phone: somebody types the card's data on the terminal. */

/* What the cashier should do now: CGT_F_ADVICE. */
#define CGT_ADVICE_HAND_OVER               1 /* Paid: hand over goods and receipt. */
#define CGT_ADVICE_NOT_PAID                2 /* Not paid: try again or take another means of payment. */
#define CGT_ADVICE_CHECK_TERMINAL          3 /* Not certain: look at the terminal and do not charge again. */
#define CGT_ADVICE_CALL_SUPERVISOR         4 /* Call the supervisor: the terminal's answer does not fit the sale. */
#define CGT_ADVICE_SIGNATURE               5 /* Paid: compare the signature with the card, then hand over. */
#define CGT_ADVICE_DONE                    6 /* Done. */
#define CGT_ADVICE_NOT_DONE                7 /* Not done: try again. */
#define CGT_ADVICE_REPEAT_NOTHING          8 /* Not certain: look at the terminal and do not repeat it. */
#define CGT_ADVICE_CHECK_SETTINGS          9 /* Not paid or not done: the register's settings are wrong. */
#define CGT_ADVICE_REFUND_INSTEAD         10 /* Not reversed: give the money back with a refund. */
#define CGT_ADVICE_NOT_AVAILABLE          11 /* The terminal does not have this function, or it is not enabled. */
#define CGT_ADVICE_TAKEN_BACK             12 /* The terminal approved and then took it back: probably not paid. */
#define CGT_ADVICE_CODE_NOT_LISTED        13 /* The terminal ended with a code that is not known. */
#define CGT_ADVICE_COLLECT_REST           14 /* Paid in part: collect the rest, then hand over. */
#define CGT_ADVICE_PARTIAL_STANDS         15 /* A part payment that was not accepted stands: reverse it, or hand over for this part. */

/* Fields of an outcome. */
#define CGT_F_SALE_ID                      1 /* The register's own number of the sale. */
#define CGT_F_TRANSACTION_ID               2 /* The id under which the terminal knows this attempt; unique. */
#define CGT_F_ORIGINAL_SALE_ID             3 /* The sale that was reversed or refunded, or the pre-authorization that was completed or cancelled. */
#define CGT_F_ORIGINAL_TRANSACTION_ID      4 /* The id under which the terminal knows that sale. */
#define CGT_F_INVOICE_NUMBER               5 /* The variable symbol that was sent. */
#define CGT_F_KIND                         6 /* The kind of operation, CGT_KIND_... */
#define CGT_F_AMOUNT_REQUESTED             7 /* What the register asked for, in minor units. */
#define CGT_F_AMOUNT_APPROVED              8 /* What was approved, in minor units: the terminal's figure where it gives one. */
#define CGT_F_TIP                          9 /* The tip within the approved amount, in minor units: the terminal's figure, or what it charged on top within the limit of cgt_terminal_set_tip_limit. */
#define CGT_F_CURRENCY                    10 /* ISO 4217 letters, such as CZK. */
#define CGT_F_AUTH_CODE                   11 /* Authorization code. */
#define CGT_F_PAN                         12 /* Card number, masked to the first 6 and last 4 digits at most. */
#define CGT_F_SCHEME                      13 /* Card scheme: the brand as the terminal names it, else the label, else the provider the AID is registered to. */
#define CGT_F_AID                         14 /* Application id of the card. */
#define CGT_F_APP_LABEL                   15 /* Application label of the card. */
#define CGT_F_ISSUER                      16 /* Card issuer as named by the terminal. */
#define CGT_F_CARD_ENTRY                  17 /* How the card was read; CLESS is contactless. */
#define CGT_F_CARDHOLDER_VERIFICATION     18 /* Methods of cardholder verification, separated by commas. */
#define CGT_F_SEQUENCE_NUMBER             19 /* The terminal's sequence number. */
#define CGT_F_TERMINAL_ID                 20 /* The terminal's id from its info reply. Absent where it tells none; then it is known by its host and port. */
#define CGT_F_ACQUIRER_TERMINAL_ID        21 /* The acquirer's id of the terminal. */
#define CGT_F_ACQUIRER_MERCHANT_ID        22 /* The acquirer's id of the merchant. */
#define CGT_F_AVAILABLE_BALANCE           24 /* Balance left on a voucher or prepaid card, in minor units. */
#define CGT_F_RESPONSE_CODE               25 /* The terminal's response code; OK is approved. */
#define CGT_F_RESPONSE_MESSAGE            26 /* The terminal's words; show them, never branch on them. */
#define CGT_F_REASON                      27 /* Why the verdict is what it is, where that needs a word: a CGT_E_ code of band 2, 3 or 4. */
#define CGT_F_REASON_TEXT                 28 /* What happened, one English sentence with details, for the log. */
#define CGT_F_ADVICE                      29 /* What the cashier should do now, CGT_ADVICE_... */
#define CGT_F_ADVICE_TEXT                 30 /* The same in the language of the handle, to be shown. */
#define CGT_F_STARTED_AT                  31 /* When the attempt began, UTC, such as 2026-11-23T09:41:00Z. */
#define CGT_F_ENDED_AT                    32 /* When the verdict was stored, UTC. */
#define CGT_F_TERMINAL_TIME               33 /* The terminal's own date and time, as it writes it. */
#define CGT_F_NOTE                        34 /* What the person who decided wrote down (cgt_resolve). */
#define CGT_F_LANGUAGE                    35 /* Language of the advice, and of receipts where no other is asked for: cs, sk or en. */
#define CGT_F_SIGNATURE_REQUIRED          41 /* 1 when the cashier must compare a signature. */
#define CGT_F_REVERSAL_ASKED              42 /* 1 when the terminal asked the register to reverse. */
#define CGT_F_ADOPTED                     43 /* 1 when this is the earlier outcome of the same sale; nothing was sent now. */
#define CGT_F_RECOVERED                   44 /* 1 when the verdict was found after the call that started it had ended. */
#define CGT_F_CANCEL_ASKED                45 /* 1 when a cancel was sent and the terminal did not refuse it. */
#define CGT_F_EARLIER_UNRESOLVED          46 /* 1 when an earlier sale on this terminal is still undecided. */
#define CGT_F_SIMULATED                   47 /* 1 when a simulator answered: no money moved. */
#define CGT_F_RESOLVED                    48 /* 1 when a person decided (cgt_resolve), not the terminal. */
#define CGT_F_SIGNATURE_ACCEPTED          49 /* 1 when the cashier accepted the signature, 0 when not (cgt_signature_result). */
#define CGT_F_BATCH_NUMBER                50 /* Number of the batch that was closed. */
#define CGT_F_SHIFT_NUMBER                51 /* Number of the shift that was closed. */
#define CGT_F_DEBITS_COUNT                52 /* How many payments the batch holds. */
#define CGT_F_DEBITS_AMOUNT               53 /* Their sum in minor units. */
#define CGT_F_CREDITS_COUNT               54 /* How many refunds the batch holds. */
#define CGT_F_CREDITS_AMOUNT              55 /* Their sum in minor units. */
#define CGT_F_ADJUSTMENTS_COUNT           56 /* How many adjustments the batch holds. */
#define CGT_F_ADJUSTMENTS_AMOUNT          57 /* Their sum in minor units. */
#define CGT_F_REVERSED_BY                 58 /* The number of the reversal that took this sale back, or of the cancel of this pre-authorization. */
#define CGT_F_CODE_TAUGHT                 59 /* 1 when a person has said what the response code means (cgt_terminal_set_response_code), and the verdict rests on it. */
#define CGT_F_RESULT                      60 /* The terminal's whole result as JSON, for support: card numbers masked, without expiry, tokens and data of the chip. On the outcome of the call that read it only; the journal does not keep it. */
#define CGT_F_PARTIAL                     61 /* 1 when the terminal approved less than was asked for, or says so with its response code: CGT_F_AMOUNT_APPROVED says how much. Paid only where the verdict is APPROVED. */
#define CGT_F_CHARGED_CURRENCY            62 /* The currency of CGT_F_AMOUNT_APPROVED where the terminal names another one than was asked for: ISO 4217 letters, or its own word where that is not known. */

/* Fields of a terminal. */
#define CGT_T_ID                           1 /* The terminal's id. Absent where it tells none; then it is known by its host and port. */
#define CGT_T_PROTOCOL                     2 /* Name of the protocol. */
#define CGT_T_VERSION                      3 /* Version the terminal names. */
#define CGT_T_BASE_PATH                    4 /* The path that is used. */
#define CGT_T_SIMULATOR                    5 /* 1 when it names itself a simulator. */
#define CGT_T_ONLINE                       6 /* 1 when the terminal reached its authorization server, 0 when not. After cgt_terminal_status. */
#define CGT_T_ONLINE_STATUS                7 /* The terminal's words about that. After cgt_terminal_status. */
#define CGT_T_TIME                         8 /* The terminal's date and time as it writes it. After cgt_terminal_status. */
#define CGT_T_VERSIONS                     9 /* The paths that answered, separated by commas. After cgt_terminal_info. */
#define CGT_T_REPLY                       10 /* What the terminal replied, without the secureString and card numbers. After cgt_terminal_exchange. */

/* Whose receipt it is. */
#define CGT_COPY_MERCHANT                  1 /* The shop's copy: with a line to sign on where a signature is required. */
#define CGT_COPY_CUSTOMER                  2 /* The customer's copy. */

/* Encodings of a receipt. */
#define CGT_ENCODING_UTF8                  0 /* UTF-8, for printers and programs that know it. */
#define CGT_ENCODING_CP852                 1 /* IBM code page 852 (Latin 2 of DOS). */
#define CGT_ENCODING_CP1250                2 /* Windows-1250. */
#define CGT_ENCODING_ASCII                 3 /* Plain letters without accents, for a printer in any code page. */

/* What a response code means: cgt_terminal_set_response_code. */
#define CGT_CODE_FORGET                    0 /* Nobody knows: what was taught is forgotten. */
#define CGT_CODE_APPROVES                  1 /* The terminal approved. */
#define CGT_CODE_REFUSES                   2 /* The terminal refused, and no money moved. */

/* Fields of a row: cgt_rows_get_text, cgt_rows_get_i64. */
#define CGT_R_DAUGHTER_COMPANY_ID          1 /* The daughterCompanyId of a company that shares the terminal. */


/*
 The number of this C ABI. A wrapper compares it before anything else and refuses a library that answers another number.
 */
#define CGT_ABI_VERSION 1

/*
 An operation under way, in the stepped form.
 */
typedef struct cgt_op cgt_op;

/*
 What became of an operation.
 */
typedef struct cgt_outcome cgt_outcome;

/*
 What is asked of a terminal, for cgt_run and cgt_begin.
 */
typedef struct cgt_request cgt_request;

/*
 A list that is read row by row.
 */
typedef struct cgt_rows cgt_rows;

/*
 A payment terminal, as this register sees it.
 */
typedef struct cgt_terminal cgt_terminal;

/*
 Told one line of the log; level 1 problem, 2 decision, 3 exchange. The answer is ignored; return 0.
 */
typedef int32_t (CGT_CALL *cgt_log_cb)(void *user, int32_t level, const char *text);

/*
 Told what is going on: phase is a CGT_PHASE_ number, text a UTF-8 text that is valid until the callback returns (never NULL). The text is
 for the cashier, in the language of the handle: the terminal's code words and our phases in a person's words, anything else as the
 terminal writes it. Show it, never decide by it; the terminal's own word is in the log. The answer is ignored; return 0.
 */
typedef int32_t (CGT_CALL *cgt_status_cb)(void *user, int32_t phase, const char *text);

/*
 Asked every 100 ms, also while a reply is awaited: 0 go on, anything else cancel. What is cancelled: see cgt_terminal_cancel.
 */
typedef int32_t (CGT_CALL *cgt_cancel_cb)(void *user);

/*
 Told the steps of a payment: event is a CGT_EVENT_ number; both texts are valid until the callback returns. The answer is ignored; return 0.
 */
typedef int32_t (CGT_CALL *cgt_payment_cb)(void *user, int32_t event, const char *sale_id, const char *transaction_id);

/*
 Told an outcome by cgt_recover; o is lent until the callback returns. 1: stored, acknowledge it. 0: keep it.
 */
typedef int32_t (CGT_CALL *cgt_recover_cb)(void *user, struct cgt_outcome *o);

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/*
 The number of the C ABI this library speaks: CGT_ABI_VERSION of the header it was built with.
 This is the one function whose answer is not a code. It cannot fail.
 */
CGT_API int32_t CGT_CALL cgt_abi_version(void);

/*
 Writes the version of the library, such as "0.1.0", into buf.

 Errors: CGT_E_BUFFER.
 */
CGT_API int32_t CGT_CALL cgt_version_text(char *buf, int32_t cap, int32_t *need);

/*
 Writes what a code means and what to do about it, in English, into buf. Works for every CGT_E_ code.

 Errors: CGT_E_BUFFER; CGT_E_RANGE for a number that is no code of this version.
 */
CGT_API int32_t CGT_CALL cgt_error_text(int32_t code, char *buf, int32_t cap, int32_t *need);

/*
 Asks for what happens inside to be told to a callback, for support: requests, replies (masked), decisions.

 One callback for the whole process; it runs on whatever thread is inside the library, on several at the same time where several are.
 Setting another does not wait: a thread that is inside already may still call the one before, so keep cb and user for the life of the
 process. Neither the secureString nor a card number is
 ever told. Do not call into the library from it. level: 1 problems, 2 decisions, 3 every exchange with the terminal.
 cb NULL turns it off again; the level may be 0 then.

 Errors: CGT_E_RANGE (nothing is changed).
 */
CGT_API int32_t CGT_CALL cgt_log_set(cgt_log_cb cb, void *user, int32_t level);

/*
 Makes a handle for the terminal at host (a name or an address, without port, 1 to 253 bytes). Nothing is sent yet.

 The port is 33350 and the secureString the published one until you set others. *out receives the handle; free it with
 cgt_terminal_free. On an error *out is NULL and cgt_terminal_last_error(NULL, ...) has the detail.

 Errors: CGT_E_NULL, CGT_E_TEXT, CGT_E_HOST.
 */
CGT_API int32_t CGT_CALL cgt_terminal_new(const char *host, struct cgt_terminal **out);

/*
 Frees a terminal. NULL is fine. Nothing is sent.

 Errors: CGT_E_BUSY while a call or an operation is under way (nothing is freed); CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_terminal_free(struct cgt_terminal *t);

/*
 Writes the detail of the last failed call on this terminal into buf: one sentence that names the argument, path or address.

 With t NULL: the detail of the last failed call of this thread, with a terminal or without one (cgt_terminal_new, cgt_request_...,
 cgt_outcome_...). Only there: calls that do not touch the terminal (cgt_terminal_free, cgt_terminal_cancel, cgt_terminal_is_busy,
 cgt_op_free). Empty when no call has failed. May be called at any time, also from a callback. For the cashier: cgt_last_advice.

 Errors: CGT_E_BUFFER, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_terminal_last_error(struct cgt_terminal *t, char *buf, int32_t cap, int32_t *need);

/*
 Sets the port of the terminal, 1 to 65535. Default 33350. Another port than before: what the terminal told, such as CGT_T_ID, is absent
 until it is asked again.

 Errors: CGT_E_RANGE, CGT_E_BUSY, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_terminal_set_port(struct cgt_terminal *t, int32_t port);

/*
 Sets the password the terminal expects, 1 to 64 bytes. Default 27924505, which Comgate publishes for test and live.

 Errors: CGT_E_NULL, CGT_E_TEXT, CGT_E_BUSY, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_terminal_set_secure_string(struct cgt_terminal *t, const char *secure_string);

/*
 Sets the folder of the journal, UTF-8, 1 to 4096 bytes. It must exist and be writable; give each register its own folder.
 Default: %PROGRAMDATA%\comgate-terminal on Windows, $XDG_STATE_HOME/comgate-terminal (~/.local/state) elsewhere, made when missing.

 Errors: CGT_E_NULL, CGT_E_TEXT, CGT_E_JOURNAL (the folder cannot be used; the detail says why), CGT_E_BUSY, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_terminal_set_journal_dir(struct cgt_terminal *t, const char *path);

/*
 Allows (1) or refuses (0, default) journal folders on network and removable drives, from the next cgt_terminal_set_journal_dir on. Such
 a drive may be gone in the middle of a sale, and what it calls "on disk" may not be.

 Errors: CGT_E_RANGE, CGT_E_BUSY, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_terminal_allow_any_drive(struct cgt_terminal *t, int32_t allowed);

/*
 Allows (1) or refuses (0, default) selling without a journal. Then nothing is remembered beyond this handle: after a crash nobody knows
 what became of a sale, and nothing protects from charging it twice. For demonstrations. Setting a journal folder ends it.

 Errors: CGT_E_RANGE, CGT_E_BUSY, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_terminal_allow_no_journal(struct cgt_terminal *t, int32_t allowed);

/*
 Sets how many days the journal remembers settled sales, 30 to 400. Default 90. Sales that are undecided or not acknowledged never
 expire. What has expired is dropped at the first sale or recover of a handle, where that pays.

 Errors: CGT_E_RANGE, CGT_E_BUSY, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_terminal_set_retention_days(struct cgt_terminal *t, int32_t days);

/*
 Sets the limits in milliseconds; -1 keeps one as it is.

 connect (default 3000, 100 to 60000): for a connection. reply (default 10000, 500 to 120000): for one reply.
 patience (default 300000, 1000 to 3600000): for the customer; afterwards the library cancels and the verdict is UNKNOWN. A patience
 shorter than the terminal's own is accepted and logged: the customer may still pay after you stopped looking.

 Errors: CGT_E_RANGE (nothing is changed), CGT_E_BUSY, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_terminal_set_timeouts(struct cgt_terminal *t, int32_t connect_ms, int32_t reply_ms, int32_t patience_ms);

/*
 Sets how often the terminal is asked while nothing changes, 100 to 5000 ms. Default 500. After a change it is asked more often for a while.

 Errors: CGT_E_RANGE, CGT_E_BUSY, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_terminal_set_poll_interval(struct cgt_terminal *t, int32_t interval_ms);

/*
 Sets the version of the terminal's interface: 0 automatic (default), 1 the oldest path /paya, 2, 4, 5 or 6 for /api/switchio/pay/v2 and
 so on.

 Automatic is the path this library is proven on, today /paya, where the terminal has it, else the lowest newer one that it has. The handle
 remembers what it found, and looks again where a terminal that was updated does not have it any more: between sales, never inside one.
 Another version than before: what the terminal told, such as CGT_T_ID, is absent until it is asked again.

 Errors: CGT_E_RANGE, CGT_E_BUSY, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_terminal_set_api_version(struct cgt_terminal *t, int32_t version);

/*
 Binds the handle to one terminal: before each start the id from the terminal's info reply must be this one, 1 to 64 bytes. Empty text:
 not bound (default).

 Errors: CGT_E_NULL, CGT_E_TEXT, CGT_E_BUSY, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_terminal_set_terminal_id(struct cgt_terminal *t, const char *terminal_id);

/*
 Sets the language of texts for the cashier: "cs" (default), "sk" or "en".

 Errors: CGT_E_NULL, CGT_E_TEXT, CGT_E_BUSY, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_terminal_set_language(struct cgt_terminal *t, const char *language);

/*
 Names this register in the journal, 0 to 64 bytes. Needed when several registers share one journal folder.

 Each register sees only its own sales there, also as originals of refunds and reversals, unless those are named with
 cgt_request_set_original_transaction or cgt_request_set_original_of. A number under which another register of the
 folder has charged, or perhaps has, is CGT_E_SALE_USED: let the numbers differ.

 Errors: CGT_E_NULL, CGT_E_TEXT, CGT_E_BUSY, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_terminal_set_register_id(struct cgt_terminal *t, const char *register_id);

/*
 Names the cashier in the journal, 0 to 64 bytes.

 Errors: CGT_E_NULL, CGT_E_TEXT, CGT_E_BUSY, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_terminal_set_cashier(struct cgt_terminal *t, const char *cashier);

/*
 Sets the daughterCompanyId sent with each start, 0 to 64 bytes. Empty: it is left out (default).

 Errors: CGT_E_NULL, CGT_E_TEXT, CGT_E_BUSY, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_terminal_set_daughter_company_id(struct cgt_terminal *t, const char *id);

/*
 Says what a response code means that the library does not know, CGT_E_CODE_NOT_LISTED: meaning is CGT_CODE_APPROVES, CGT_CODE_REFUSES or
 CGT_CODE_FORGET. code: exactly as the terminal writes it (CGT_F_RESPONSE_CODE), 1 to 64 bytes.

 Only after a person has made sure, with the terminal's receipt or the provider. It is written to the journal and true for every program on
 its folder; a sale that ended with this code before is settled by the next cgt_recover or cgt_sale_query. Verdicts that rest on it have
 CGT_F_CODE_TAUGHT. It approves where amount and currency stand beside it, and refuses where the sale was seen running. A code that the
 library's own table lists cannot be taught.

 Errors: CGT_E_TEXT (also a code that is listed), CGT_E_RANGE, CGT_E_JOURNAL, CGT_E_NULL, CGT_E_BUSY, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_terminal_set_response_code(struct cgt_terminal *t, const char *code, int32_t meaning);

/*
 Accepts (1, or -1) or refuses (0, default) payments that the terminal approves for less than was asked for, in the same currency.

 Accepted, such a payment is confirmed and APPROVED, with CGT_F_PARTIAL, what was charged in CGT_F_AMOUNT_APPROVED and the advice
 CGT_ADVICE_COLLECT_REST: collect the rest under a new number, for example in cash. Not accepted, it is UNKNOWN with the reason
 CGT_E_AMOUNT_DIFFERS and is never confirmed; a terminal may then take it back within a minute. cgt_recover asks again: taken back, the
 advice is CGT_ADVICE_TAKEN_BACK; still standing after 75 s, CGT_ADVICE_PARTIAL_STANDS until it is reversed or a person decides
 (cgt_resolve).

 It holds for the payments that begin from now on, and is written beside each in the journal, so that cgt_recover judges as the call
 would have. More than was asked for, and another currency, are never accepted. Refunds and reversals count what was charged.

 Errors: CGT_E_RANGE, CGT_E_BUSY, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_terminal_accept_partial(struct cgt_terminal *t, int32_t yes);

/*
 Takes what a payment was charged beyond its amount for a tip, up to this many percent of the amount, 0 to 100. 0: off (default).

 It is for terminals on which the customer adds a tip and whose result names the sum alone. Within the limit the payment is APPROVED and
 CGT_F_TIP is the difference; beyond it, where the currency is another, and where the terminal names a tip that does not make up the
 difference, it is UNKNOWN with the reason CGT_E_AMOUNT_DIFFERS. A tip that the terminal names needs no limit.

 It holds for the payments that begin from now on, and is written beside each in the journal, so that cgt_recover judges as the call
 would have.

 Errors: CGT_E_RANGE, CGT_E_BUSY, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_terminal_set_tip_limit(struct cgt_terminal *t, int32_t percent);

/*
 Allows (1) or refuses (0, default) terminals that name themselves simulators. Only for training and tests.

 Errors: CGT_E_RANGE, CGT_E_BUSY, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_terminal_allow_simulator(struct cgt_terminal *t, int32_t allowed);

/*
 Sets the callback that is told what the library and the terminal are doing; see cgt_status_cb. NULL: none.

 Errors: CGT_E_BUSY, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_terminal_on_status(struct cgt_terminal *t, cgt_status_cb cb, void *user);

/*
 Sets the callback that is asked every 100 ms whether to cancel; see cgt_cancel_cb. NULL: none.

 Errors: CGT_E_BUSY, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_terminal_on_cancel(struct cgt_terminal *t, cgt_cancel_cb cb, void *user);

/*
 Sets the callback that is told the steps of each payment; see cgt_payment_cb. NULL: none.

 Errors: CGT_E_BUSY, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_terminal_on_payment(struct cgt_terminal *t, cgt_payment_cb cb, void *user);

/*
 Asks for the running operation of this terminal to be cancelled. May be called from any thread and from a callback.

 It returns at once: the request goes out on the thread that runs the operation, and the answer is that operation's verdict, which may
 still be APPROVED when the cancel came too late. Does nothing when no operation runs. CGT_F_CANCEL_ASKED says whether a cancel went out and
 the terminal did not refuse it; many terminals refuse it (HTTP 405) once the card was read, and go on.

 A cancel is said to the terminal only by the call that runs this very number (cgt_pay, cgt_refund ..., cgt_run, cgt_begin), also where it
 meets an earlier attempt at it that still runs. To cgt_recover, cgt_sale_query and cgt_resolve, and while a new sale asks about another,
 the wish means: stop asking. The sale that was asked about goes on, and stays what it was.

 Errors: CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_terminal_cancel(struct cgt_terminal *t);

/*
 Writes 1 to *busy while a call or an operation is under way on this terminal, else 0. May be called from any thread.

 Errors: CGT_E_NULL, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_terminal_is_busy(struct cgt_terminal *t, int32_t *busy);

/*
 Asks the terminal who it is, under every path of its interface that is known. Nothing is journalled and no money moves. Read the answer
 with cgt_terminal_get_text and _get_i64; CGT_T_BASE_PATH is the path that is used, CGT_T_VERSIONS has all that answered.

 A terminal that tells no id (CGT_T_ID is CGT_E_ABSENT) is known by its host and port, also in the journal: keep its address fixed.

 Errors: 2xx no terminal there; CGT_E_NOT_A_TERMINAL, CGT_E_OTHER_TERMINAL, CGT_E_SIMULATOR; CGT_E_NOT_SUPPORTED (it has none of the paths,
 or not the one that is forced); CGT_E_BUSY, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_terminal_info(struct cgt_terminal *t);

/*
 Asks the terminal for its state, and with check_online 1 also whether it reaches its authorization server (which takes longer).
 This is also the way to test the secureString. Read the answer with cgt_terminal_get_text and _get_i64.

 Errors: as cgt_terminal_info; CGT_E_SECURE_STRING; CGT_E_NOT_SUPPORTED; CGT_E_RANGE.
 */
CGT_API int32_t CGT_CALL cgt_terminal_status(struct cgt_terminal *t, int32_t check_online);

/*
 One exchange with a function of the terminal that this library does not know and that moves no money, such as "print", for whoever has
 the vendor's document. Nothing is journalled, and nothing is asked afterwards.

 endpoint: its name in the path, 1 to 64 of A-Z a-z 0-9 / - _. Refused are the functions this library drives itself, and names that begin
 like a movement of money (payment, refund, reverse, closing, preauth, completion, moto, capture, void): for those there is cgt_run.
 json: one JSON object as text, at most 4096 bytes, {} for none; its fields must not be called secureString.

 What is sent: "info" as before every start (is it a terminal, is it ours), then one POST to <base path>/<endpoint> with the fields of json
 and secureString beside each other at top level, without a "request" around them unless json has one. It is never sent again by itself.

 CGT_CALL_OK: the terminal answered with a 2xx. What it said is read with cgt_terminal_get_text(t, CGT_T_REPLY, ...), without the
 secureString and card numbers; JSON is written anew, and stays JSON. After CGT_E_SECURE_STRING, CGT_E_NOT_SUPPORTED and
 CGT_E_REQUEST_REFUSED it can be read too, and the detail has the HTTP status.

 Errors: CGT_E_ENDPOINT, CGT_E_EXTRA, CGT_E_NULL, CGT_E_TEXT (nothing was sent); as cgt_terminal_info; CGT_E_SECURE_STRING;
 CGT_E_REQUEST_REFUSED; CGT_E_EXCHANGE_UNANSWERED.
 */
CGT_API int32_t CGT_CALL cgt_terminal_exchange(struct cgt_terminal *t, const char *endpoint, const char *json);

/*
 Reads a CGT_T_ field of the last cgt_terminal_info, cgt_terminal_status or cgt_terminal_exchange as text.

 Errors: CGT_E_FIELD, CGT_E_ABSENT, CGT_E_BUFFER, CGT_E_BUSY, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_terminal_get_text(struct cgt_terminal *t, int32_t field, char *buf, int32_t cap, int32_t *need);

/*
 Reads a CGT_T_ field that is a number.

 Errors: CGT_E_NULL, CGT_E_FIELD, CGT_E_ABSENT, CGT_E_BUSY, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_terminal_get_i64(struct cgt_terminal *t, int32_t field, int64_t *value);

/*
 Writes into buf what to tell the cashier about the last failed call on this terminal: what happened and what to do now. For calls that
 ended in an outcome there is CGT_F_ADVICE_TEXT.

 With t NULL: about the last failed call of this thread. language: "cs", "sk" or "en"; NULL is the language of the terminal
 (cgt_terminal_set_language), with t NULL of the one that this thread used last ("cs" where it has used none). Empty when no call has
 failed. May be called at any time, also from a callback. It is about any call, also one after an approval; only the verdict says
 whether something is paid.

 Errors: CGT_E_BUFFER, CGT_E_NULL (buf), CGT_E_HANDLE, CGT_E_TEXT for another language. They do not replace what is told.
 */
CGT_API int32_t CGT_CALL cgt_last_advice(struct cgt_terminal *t, const char *language, char *buf, int32_t cap, int32_t *need);

/*
 Writes into buf what to tell the cashier about a CGT_E_ code, in the words that fit any call: for a program that keeps only the code.
 cgt_last_advice says more, such as the address or what was paid before. language: "cs", "sk" or "en"; NULL is that of
 the terminal that this thread used last ("cs" where it has used none).

 Errors: CGT_E_BUFFER, CGT_E_NULL (buf), CGT_E_TEXT for another language, CGT_E_RANGE for a number that is no code of this version.
 */
CGT_API int32_t CGT_CALL cgt_error_advice(int32_t code, const char *language, char *buf, int32_t cap, int32_t *need);

/*
 Takes a payment: asks the terminal, waits for the customer, stores and confirms the result. Blocks until the end.

 sale_id: the register's own number of the sale, 1 to 64 bytes without white space at an end, the same again when the same sale is tried
 again: that is how the library knows never to charge it twice. Advice: date, register, number. A sale id of at most 10 digits is also sent
 as invoice number.
 amount: minor units, at least 1, at most 12 digits (12550 = 125.50). currency: ISO 4217 letters or digits: CZK, EUR; also BGN, CHF,
 GBP, HUF, PLN, RON, USD, which other brands of the terminal take.
 verdict: required; CGT_UNKNOWN on entry. outcome: may be NULL; else it receives a handle to free with cgt_outcome_free.

 The same number again. Paid, and not acknowledged: its outcome comes back and nothing is charged, CGT_F_ADOPTED, on the same day by this
 computer's clock (or within 2 hours) and until the next closing; after that, or acknowledged, it is CGT_E_SALE_USED. Not decided: the
 terminal is asked first; also where a person has said "not charged" with cgt_resolve. Ended without a charge, reversed, or wholly
 refunded: a new attempt.

 Errors: only when there is no outcome. 1xx; CGT_E_SALE_USED, CGT_E_SALE_MISMATCH; CGT_E_UNRESOLVED, CGT_E_TERMINAL_LOCKED,
 CGT_E_CANCELLED_EARLY (while another program used the terminal), CGT_E_JOURNAL; 9xx.
 */
CGT_API int32_t CGT_CALL cgt_pay(struct cgt_terminal *t,
                const char *sale_id,
                int64_t amount,
                const char *currency,
                int32_t *verdict,
                struct cgt_outcome **outcome);

/*
 Takes a payment by mail or phone (MOTO): somebody types the card's data on the terminal. Card data are never part of a call, and never
 sent. sale_id, amount, currency, verdict and outcome, and what the same number does again: as for cgt_pay. It is reversed and refunded
 like a payment, and asks for no signature. Terminals have this function where the provider has enabled it; else it is CGT_NOT_STARTED with
 the reason CGT_E_NOT_SUPPORTED.

 Errors: as cgt_pay.
 */
CGT_API int32_t CGT_CALL cgt_moto(struct cgt_terminal *t,
                 const char *sale_id,
                 int64_t amount,
                 const char *currency,
                 int32_t *verdict,
                 struct cgt_outcome **outcome);

/*
 Gives money back to the customer's card. refund_id: the register's own number of the refund, with the rules of cgt_pay's sale_id.

 original_sale_id: the sale that is refunded, or NULL. Where it is given, it must be paid, and the refunds of it never sum up to more
 than what was paid; those that nobody knows count. The terminal itself knows no link between the two. amount, currency, verdict and
 outcome: as for cgt_pay; CGT_APPROVED means that the money goes back.

 Errors: as cgt_pay; CGT_E_ORIGINAL, CGT_E_BEYOND_ORIGINAL.
 */
CGT_API int32_t CGT_CALL cgt_refund(struct cgt_terminal *t,
                   const char *refund_id,
                   const char *original_sale_id,
                   int64_t amount,
                   const char *currency,
                   int32_t *verdict,
                   struct cgt_outcome **outcome);

/*
 Takes a whole sale back, which works until the closing that contains it; afterwards refund it. reversal_id: the register's own number of
 the reversal, with the rules of cgt_pay's sale_id.

 original_sale_id: a sale that is paid, or one that is UNKNOWN; also a refund, and the completion of a pre-authorization, but not a
 pre-authorization itself (cgt_preauth_cancel). There is one reversal for each: asking for a second one,
 under whatever number, gives the first (CGT_F_ADOPTED, and its number in CGT_F_SALE_ID), or is refused. CGT_APPROVED means that the sale
 is taken back: it counts as ended without a charge, and is CGT_CANCELLED with CGT_F_REVERSED_BY from then on. A sale that is paid again
 after that is another charge: its reversal needs a new number, else it is CGT_E_SALE_MISMATCH. verdict and outcome: as for cgt_pay.

 As far as is known, terminals take back their last payment only, and ask for a YES on their screen. Of any other they do not find the
 original: CGT_NOT_STARTED with the reason CGT_E_REQUEST_REFUSED (HTTP 404). The sale then stays what it was; refund it instead.

 Errors: as cgt_pay; CGT_E_ORIGINAL, CGT_E_CLOSED.
 */
CGT_API int32_t CGT_CALL cgt_reverse(struct cgt_terminal *t,
                    const char *reversal_id,
                    const char *original_sale_id,
                    int32_t *verdict,
                    struct cgt_outcome **outcome);

/*
 Closes the batch: everything since the last closing is settled with the acquirer, and the terminal's history is cleared. closing_id: the
 register's own number of the closing, with the rules of cgt_pay's sale_id. The outcome has the totals, CGT_F_DEBITS_COUNT and so on.

 Sales of this terminal that are not decided are asked about first, for at most 10 s; one that still runs refuses the closing. Terminals
 also close by themselves (by default on Monday nights) and from their menu; the register does not learn of that. verdict and outcome: as
 for cgt_pay; CGT_APPROVED means that the batch is closed.

 Errors: as cgt_pay.
 */
CGT_API int32_t CGT_CALL cgt_closing(struct cgt_terminal *t, const char *closing_id, int32_t *verdict, struct cgt_outcome **outcome);

/*
 Says whether the signature of a sale matches the card, where the outcome had CGT_F_SIGNATURE_REQUIRED. accepted 1: it is noted, nothing is
 sent, and the outcome is the sale's. accepted 0: the sale is reversed (a pre-authorization is cancelled) under a number of its own, and verdict and outcome are those of the
 reversal (acknowledge its CGT_F_SALE_ID): CGT_APPROVED means that the sale is taken back; otherwise call again. An unanswered question
 holds nothing up; cgt_recover tells the sale again for seven days. Say it before the terminal's next sale: see cgt_reverse.

 Errors: as cgt_reverse; CGT_E_SIGNATURE (none is asked for; or accepted after it was rejected and the sale taken back, or while a reversal
 of the sale is not decided), CGT_E_NOT_FOUND, CGT_E_RANGE.
 */
CGT_API int32_t CGT_CALL cgt_signature_result(struct cgt_terminal *t,
                             const char *sale_id,
                             int32_t accepted,
                             int32_t *verdict,
                             struct cgt_outcome **outcome);

/*
 Pre-authorizes: reserves an amount on the customer's card, and takes nothing yet. preauth_id: the register's own number of the
 pre-authorization, with the rules of cgt_pay's sale_id. amount, currency, verdict and outcome: as for cgt_pay; CGT_APPROVED means that the
 amount is reserved, not that it is paid (CGT_ADVICE_DONE).

 It is ended once: by cgt_preauth_complete or by cgt_preauth_cancel. It can neither be refunded nor reversed. How long the bank keeps it
 reserved the bank says. After its cancel its outcome is CGT_CANCELLED with CGT_F_REVERSED_BY. Terminals have this function where the
 provider has enabled it; else it is CGT_NOT_STARTED with the reason CGT_E_NOT_SUPPORTED.

 Errors: as cgt_pay.
 */
CGT_API int32_t CGT_CALL cgt_preauth(struct cgt_terminal *t,
                    const char *preauth_id,
                    int64_t amount,
                    const char *currency,
                    int32_t *verdict,
                    struct cgt_outcome **outcome);

/*
 Completes a pre-authorization: takes the money, all that is reserved or less. The customer need not be there. completion_id: the
 register's own number of the completion, with the rules of cgt_pay's sale_id; it may be refunded and reversed under that number.

 original_sale_id: a pre-authorization that is approved, and was neither completed nor cancelled. A second completion of the same amount,
 under whatever number, gives the first (CGT_F_ADOPTED, and its number in CGT_F_SALE_ID); any other second one is CGT_E_ORIGINAL, and while
 the first is not decided the terminal is asked about it. amount: minor units, at most what was pre-authorized, unless it was raised since
 (preauth/increment, by CGT_KIND_OTHER). currency: that of the pre-authorization. verdict and outcome: as for cgt_pay; CGT_APPROVED means
 paid. Where the terminal does not find the pre-authorization, it is CGT_NOT_STARTED with the reason CGT_E_REQUEST_REFUSED (HTTP 404).

 Errors: as cgt_pay; CGT_E_ORIGINAL, CGT_E_BEYOND_ORIGINAL.
 */
CGT_API int32_t CGT_CALL cgt_preauth_complete(struct cgt_terminal *t,
                             const char *completion_id,
                             const char *original_sale_id,
                             int64_t amount,
                             const char *currency,
                             int32_t *verdict,
                             struct cgt_outcome **outcome);

/*
 Cancels a pre-authorization: nothing is reserved any more. cancel_id: the register's own number of the cancel, with the rules of cgt_pay's
 sale_id.

 original_sale_id: a pre-authorization that is approved, or one that is UNKNOWN, and that was not completed. There is one cancel for each:
 asking for a second one, under whatever number, gives the first (CGT_F_ADOPTED), or is refused. verdict and outcome: as for cgt_pay;
 CGT_APPROVED means that nothing is reserved any more: the pre-authorization is CGT_CANCELLED from then on. Where the terminal does not find
 it, it is CGT_NOT_STARTED with the reason CGT_E_REQUEST_REFUSED (HTTP 404). Where it names another amount than was reserved, and this
 journal knows of no increment, it is CGT_UNKNOWN with the reason CGT_E_AMOUNT_DIFFERS: look at the terminal.

 Errors: as cgt_pay; CGT_E_ORIGINAL.
 */
CGT_API int32_t CGT_CALL cgt_preauth_cancel(struct cgt_terminal *t,
                           const char *cancel_id,
                           const char *original_sale_id,
                           int32_t *verdict,
                           struct cgt_outcome **outcome);

/*
 Runs a request to its end: the general form of cgt_pay. The request is not consumed.

 Errors: as cgt_pay.
 */
CGT_API int32_t CGT_CALL cgt_run(struct cgt_terminal *t, struct cgt_request *req, int32_t *verdict, struct cgt_outcome **outcome);

/*
 Makes a request for cgt_run or cgt_begin. kind: CGT_KIND_PAYMENT and so on. sale_id: the register's own number of the
 operation, as for cgt_pay. Free it with cgt_request_free.

 CGT_KIND_OTHER is for functions of the terminal that this library has no name for, such as preauth/increment, for whoever has the vendor's
 document: it is started at cgt_request_set_endpoint, with the fields of cgt_request_set_extra, and is journalled, followed, confirmed and
 recovered like a payment.

 Errors: CGT_E_NULL, CGT_E_TEXT, CGT_E_KIND.
 */
CGT_API int32_t CGT_CALL cgt_request_new(int32_t kind, const char *sale_id, struct cgt_request **out);

/*
 Sets the amount in minor units and the currency, as for cgt_pay.

 Errors: CGT_E_AMOUNT, CGT_E_CURRENCY, CGT_E_NULL, CGT_E_TEXT, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_request_set_amount(struct cgt_request *req, int64_t amount, const char *currency);

/*
 Sets the invoice number (variable symbol), 1 to 20 bytes.

 Errors: CGT_E_NULL, CGT_E_TEXT, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_request_set_invoice_number(struct cgt_request *req, const char *invoice_number);

/*
 Sets the sale that is reversed or refunded, or the pre-authorization that is completed or cancelled, 1 to 64 bytes. Needed for
 CGT_KIND_REVERSAL, CGT_KIND_PREAUTH_COMPLETION and CGT_KIND_PREAUTH_CANCEL, possible for CGT_KIND_REFUND and CGT_KIND_OTHER. The start of
 all but a refund names its transaction as originalTransactionId; one that is not known, or ended without a
 charge, is CGT_E_ORIGINAL when it is run. It is a sale of this register; those of others are named with
 cgt_request_set_original_transaction or cgt_request_set_original_of. One request names its original in one way only.

 Errors: CGT_E_ORIGINAL (it was named in another way before), CGT_E_NULL, CGT_E_TEXT, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_request_set_original(struct cgt_request *req, const char *original_sale_id);

/*
 Names the original by its transaction id (CGT_F_TRANSACTION_ID), 1 to 64 bytes: exactly that attempt, of whichever register of the
 journal folder. It may stand in the place of cgt_request_set_original.

 The sums hold for the folder: one reversal for each sale, and never more refunded than was paid, whichever register asks. Where another
 register has reversed it, or is reversing it, the call that runs it is CGT_E_ORIGINAL. A reversal goes to the terminal of its original:
 on another one it is CGT_E_ORIGINAL (the handle is bound) or NOT_STARTED with the reason CGT_E_OTHER_TERMINAL; refund it instead.

 Errors: CGT_E_ORIGINAL (it was named in another way before), CGT_E_NULL, CGT_E_TEXT, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_request_set_original_transaction(struct cgt_request *req, const char *transaction_id);

/*
 Names the original by its register (cgt_terminal_set_register_id, 0 to 64 bytes; empty is the register without a name) and its sale id, 1
 to 64 bytes: a sale of another till that sells with the same journal folder. The rules are those of
 cgt_request_set_original_transaction.

 Errors: CGT_E_ORIGINAL (it was named in another way before), CGT_E_NULL, CGT_E_TEXT, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_request_set_original_of(struct cgt_request *req, const char *register_id, const char *sale_id);

/*
 Sets the daughterCompanyId of this request, 1 to 64 bytes, in the place of the one set on the terminal.

 Errors: CGT_E_NULL, CGT_E_TEXT, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_request_set_daughter_company_id(struct cgt_request *req, const char *daughter_company_id);

/*
 Sets the function of the terminal that CGT_KIND_OTHER starts: its name in the path, 1 to 64 of A-Z a-z 0-9 / - _. The functions that this
 library drives itself are refused.

 Errors: CGT_E_ENDPOINT, CGT_E_NULL, CGT_E_TEXT, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_request_set_endpoint(struct cgt_request *req, const char *endpoint);

/*
 Sets further fields of the start, one JSON object as text, at most 4096 bytes. They stand beside the library's own fields in "request",
 and must not have their names. CGT_KIND_MOTO has none: card data are typed on the terminal.

 Errors: CGT_E_EXTRA, CGT_E_NULL, CGT_E_TEXT, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_request_set_extra(struct cgt_request *req, const char *json);

/*
 Frees a request. NULL is fine.

 Errors: CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_request_free(struct cgt_request *req);

/*
 Begins an operation and returns before anything is sent. Then call cgt_step until it reports done, cgt_finish, cgt_op_free.

 The terminal is busy until then, and the request may be freed at once.

 Errors: as cgt_pay; *op is NULL then.
 */
CGT_API int32_t CGT_CALL cgt_begin(struct cgt_terminal *t, struct cgt_request *req, struct cgt_op **op);

/*
 Takes the operation one step further: waits at most wait_ms (0 to 60000) for the next thing to do, and does it. *done receives 1 at the end.

 While the customer is busy a step is one or two questions, each answered within the reply limit. The step that starts meets the terminal
 first, and asks again where the start is refused; the step that meets the end reads, stores and confirms the result, and insists for up to
 25 s where the terminal does not answer. A program whose window must never stand still steps on a thread of its own.

 Errors: CGT_E_ORDER after the end, CGT_E_RANGE, CGT_E_NULL, CGT_E_BUSY, CGT_E_HANDLE. None of them ends the operation.
 */
CGT_API int32_t CGT_CALL cgt_step(struct cgt_op *op,
                 int32_t wait_ms,
                 int32_t *done);

/*
 Gives the verdict and the outcome of an operation that is done; verdict and outcome as for cgt_pay. The operation is still to be freed,
 and so is every outcome that this function gives when it is called again.

 Errors: CGT_E_ORDER before the end, and the codes with which cgt_pay has no outcome.
 */
CGT_API int32_t CGT_CALL cgt_finish(struct cgt_op *op, int32_t *verdict, struct cgt_outcome **outcome);

/*
 Frees an operation. NULL is fine. Before its end this lets go: cancel is sent once, the terminal is asked for up to 10 s more, and what
 is still not known then stays in the journal for cgt_recover.

 Errors: CGT_E_BUSY (from inside a callback; nothing is freed), CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_op_free(struct cgt_op *op);

/*
 Finds out what became of the sales that are not settled between terminal and register, and tells them to the callback.

 Call it at start-up and whenever a verdict was UNKNOWN. It asks the terminal about undecided sales for at most budget_ms (1000 to
 3600000); a sale still running on the terminal is followed to its end within that time. Then the callback gets one outcome for each sale
 that is undecided, was charged and not acknowledged, or was found just now to have ended without a charge (told once, nothing to
 acknowledge). Delivery is at least once: store by CGT_F_TRANSACTION_ID. The callback answers 1
 when it has stored the outcome (a decided sale is then acknowledged and leaves the list) and 0 to have it told again next time.
 A terminal that is off is no error: undecided sales are reported as UNKNOWN. With cb NULL the sales are asked about, nothing is told.
 A wish to cancel ends the asking, as if the time were up; no sale is cancelled.

 Errors: CGT_E_RANGE, CGT_E_JOURNAL, CGT_E_TERMINAL_LOCKED, CGT_E_BUSY, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_recover(struct cgt_terminal *t, int32_t budget_ms, cgt_recover_cb cb, void *user);

/*
 Gives what the journal knows of a sale of this register. Of several attempts at it: one that is undecided, else one that was charged, else the
 newest. Nothing is sent.

 outcome receives a handle to free with cgt_outcome_free. A sale that was never decided is CGT_UNKNOWN. One that was paid and whose reversal
 is not decided is still CGT_APPROVED, with CGT_ADVICE_CHECK_TERMINAL: hand nothing over.

 Errors: CGT_E_NOT_FOUND (there was no such sale, or it has expired), CGT_E_JOURNAL, CGT_E_NULL, CGT_E_TEXT, CGT_E_BUSY, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_sale_find(struct cgt_terminal *t,
                      const char *sale_id,
                      struct cgt_outcome **outcome);

/*
 The same as cgt_sale_find, after asking the terminal about the sale for at most 10 s, where that may know more: the sale is not decided, a
 person has decided it, or its start was refused within the last day.

 A terminal that is off, or still working on the sale, is no error: the verdict is CGT_UNKNOWN and CGT_F_REASON says why.
 A wish to cancel ends the asking, as if the time were up.
 verdict and outcome as for cgt_pay.

 Errors: as cgt_sale_find.
 */
CGT_API int32_t CGT_CALL cgt_sale_query(struct cgt_terminal *t, const char *sale_id, int32_t *verdict, struct cgt_outcome **outcome);

/*
 Counts the sales of this register that are undecided, and those that were charged and are not acknowledged; refunds, reversals and
 closings count as well. From the journal; nothing is sent. Good for a warning on the till's screen and for its day-end.

 Errors: CGT_E_JOURNAL, CGT_E_NULL, CGT_E_BUSY, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_unresolved_count(struct cgt_terminal *t, int32_t *undecided, int32_t *unacknowledged);

/*
 Tells the journal that the register has stored the outcome of this sale. Call it after each APPROVED outcome, once the till has stored it,
 also of a refund, a reversal and a closing, with the number that is in it: CGT_F_SALE_ID.

 It means the newest attempt at the sale that is open and whose outcome this handle has given out (by cgt_pay and the like, cgt_recover,
 cgt_sale_find or cgt_sale_query); where a sale has two such attempts, the second call means the older one. A handle that has given out
 none refuses with CGT_E_UNDECIDED: after a restart call cgt_recover, or name the transaction that is stored with
 cgt_acknowledge_transaction. Delivery is at least once: store by CGT_F_TRANSACTION_ID, then acknowledge.
 Acknowledging again where nothing of the sale is open, or a sale that ended without a charge, is fine and changes nothing.

 Errors: CGT_E_NOT_FOUND, CGT_E_UNDECIDED, CGT_E_JOURNAL, CGT_E_NULL, CGT_E_TEXT, CGT_E_BUSY, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_acknowledge(struct cgt_terminal *t, const char *sale_id);

/*
 The same for one attempt, by its CGT_F_TRANSACTION_ID, also after a restart and of what another handle has told. Of two open attempts at
 one sale, told by cgt_recover, each can be acknowledged so.

 Errors: as cgt_acknowledge; CGT_E_UNDECIDED only where the attempt is not decided.
 */
CGT_API int32_t CGT_CALL cgt_acknowledge_transaction(struct cgt_terminal *t, const char *transaction_id);

/*
 Writes down what a person has found out about an undecided sale, by looking at the terminal's history or the bank: charged 1, the money
 moved; 0, it did not. note: who and why, 1 to 200 bytes. The sale is then APPROVED or CANCELLED, with CGT_F_RESOLVED and CGT_F_NOTE.

 A refund, a reversal and a closing are decided under their own numbers: charged 1, it was done; 0, it was not. Of a reversal 1 says that
 the sale was taken back, so that the customer has NOT paid.

 The terminal is asked first, and its verdict wins. It need not be reachable. For seven days cgt_recover goes on asking it, and so does
 whoever pays the sale again after a 0; where it comes to contradict the person, the sale is told anew with the reason
 CGT_E_RESOLVED_OTHERWISE.

 To say again what is so already is fine and changes nothing.

 Errors: CGT_E_DECIDED (the sale is decided, or the terminal has just decided it, and not as the person says; cgt_sale_find has the
 outcome), CGT_E_UNRESOLVED (it is still running on the terminal; or the terminal has just told something new about it, so that what
 the person saw may be old: look once more, then decide), CGT_E_CANCELLED_EARLY (the register wished to
 stop asking; nothing is decided), CGT_E_TERMINAL_LOCKED, CGT_E_NOT_FOUND, CGT_E_JOURNAL, CGT_E_RANGE,
 CGT_E_NULL, CGT_E_TEXT, CGT_E_BUSY, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_resolve(struct cgt_terminal *t, const char *sale_id, int32_t charged, const char *note);

/*
 Goes on with a journal that has vanished, or is an older copy, and cannot be put back.

 Such a journal is noticed, and whatever would move money is refused with CGT_E_JOURNAL: a sale that is missing in it could be charged twice.
 The right remedy is to put the file back. Where it is lost, a person first looks at the terminal's history, decides what became of
 the sales since, and says so in note (1 to 200 bytes), which is kept in the journal. Where nothing is missing nothing is done.

 Errors: CGT_E_JOURNAL, CGT_E_NULL, CGT_E_TEXT, CGT_E_BUSY, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_journal_accept_loss(struct cgt_terminal *t,
                                const char *note);

/*
 Writes the verdict (CGT_UNKNOWN, CGT_APPROVED ...) to *verdict, and CGT_UNKNOWN when the handle is no outcome.

 Errors: CGT_E_NULL, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_outcome_verdict(struct cgt_outcome *o, int32_t *verdict);

/*
 Reads a CGT_F_ field as text (numbers as decimal digits).

 Errors: CGT_E_ABSENT when this outcome has no such value; CGT_E_FIELD, CGT_E_BUFFER, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_outcome_get_text(struct cgt_outcome *o, int32_t field, char *buf, int32_t cap, int32_t *need);

/*
 Reads a CGT_F_ field that is a number. *value is 0 on an error.

 Errors: CGT_E_ABSENT when this outcome has no such value; CGT_E_FIELD, CGT_E_NULL, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_outcome_get_i64(struct cgt_outcome *o, int32_t field, int64_t *value);

/*
 Writes the whole outcome as one JSON object into buf: "verdict" and every field that has a value, named as in the header in lower case
 without CGT_F_ ("sale_id", "amount_approved" ...).

 Errors: CGT_E_BUFFER, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_outcome_json(struct cgt_outcome *o, char *buf, int32_t cap, int32_t *need);

/*
 Frees an outcome. NULL is fine. An outcome lent by cgt_recover is not yours to free.

 Errors: CGT_E_HANDLE; CGT_E_BUSY for a lent outcome.
 */
CGT_API int32_t CGT_CALL cgt_outcome_free(struct cgt_outcome *o);

/*
 Writes what became of an operation as a block for the shop's own slip: no header of the shop, no VAT.

 copy is CGT_COPY_MERCHANT or CGT_COPY_CUSTOMER; a line to sign on stands on the merchant's only. reprint is 1 for a slip that is printed
 again, which says so (KOPIE), else 0. width is the number of characters in a line of the printer, 24 to 64: no line is longer, and what
 does not fit goes on in the next one. language is "cs", "sk" or "en"; NULL is the one that was set on the terminal's handle.

 buf receives lines that each end with a line feed, in the encoding asked for (CGT_ENCODING_UTF8 ...), and a final NUL, also where the text
 is 8-bit bytes for a printer. need and cap count bytes. A character without a place in the encoding is written in plain letters.

 Every verdict has its own block, also a refusal, and a closing has its totals, one and the same for both copies. CGT_UNKNOWN has none
 for the customer: CGT_E_UNDECIDED. The merchant's is then a note that says that it is no receipt.

 Errors: CGT_E_RANGE (copy, reprint, width, encoding), CGT_E_TEXT (language), CGT_E_UNDECIDED, CGT_E_BUFFER, CGT_E_NULL, CGT_E_HANDLE.
 cgt_terminal_last_error(NULL, ...) names the argument and what is allowed.
 */
CGT_API int32_t CGT_CALL cgt_outcome_receipt(struct cgt_outcome *o,
                            int32_t copy,
                            int32_t reprint,
                            int32_t width,
                            const char *language,
                            int32_t encoding,
                            char *buf,
                            int32_t cap,
                            int32_t *need);

/*
 Writes the receipt of an outcome that was stored as cgt_outcome_json wrote it: for a till that prints again from its own database.

 copy, reprint, width, encoding and buf as for cgt_outcome_receipt.

 outcome_json is the whole object, at most 65536 bytes. language NULL is the one in the object, where there is none Czech.

 Errors: as cgt_outcome_receipt; CGT_E_TEXT when outcome_json is not such an object, CGT_E_NULL when it is NULL.
 */
CGT_API int32_t CGT_CALL cgt_receipt_from_json(const char *outcome_json,
                              int32_t copy,
                              int32_t reprint,
                              int32_t width,
                              const char *language,
                              int32_t encoding,
                              char *buf,
                              int32_t cap,
                              int32_t *need);

/*
 Asks the terminal for the companies that share it, each with its own account at the acquirer. Nothing is journalled and no money moves.

 CGT_CALL_OK: *rows receives the list, in the terminal's order, with CGT_R_DAUGHTER_COMPANY_ID in each row: the text for
 cgt_terminal_set_daughter_company_id and cgt_request_set_daughter_company_id. The list may be empty: then the terminal has one company,
 and needs no id. Another terminal with one company answers CGT_E_NOT_SUPPORTED: it has no such function. Entries whose id is missing,
 empty, longer than 64 bytes or with control characters are left out; where that leaves none, the answer is CGT_E_REQUEST_REFUSED.

 Read the list with cgt_rows_next and cgt_rows_get_text, free it with cgt_rows_free. It is a copy: it outlives the terminal. On an error
 *rows is NULL.

 Errors: as cgt_terminal_info; CGT_E_SECURE_STRING; CGT_E_NOT_SUPPORTED (also: no such function); CGT_E_REQUEST_REFUSED (the reply is no
 such list); CGT_E_NULL, CGT_E_BUSY, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_daughter_companies(struct cgt_terminal *t, struct cgt_rows **rows);

/*
 Moves to the next row of a list: the first one at the first call. *has is 1 when there is one, and 0 when all are over; on an error 0.

 Errors: CGT_E_NULL, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_rows_next(struct cgt_rows *r, int32_t *has);

/*
 Reads a CGT_R_ field of the present row as text (numbers as decimal digits).

 Errors: CGT_E_ORDER when there is no row: before the first cgt_rows_next, and after the last row; CGT_E_ABSENT when this row has no such
 value; CGT_E_FIELD, CGT_E_BUFFER, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_rows_get_text(struct cgt_rows *r, int32_t field, char *buf, int32_t cap, int32_t *need);

/*
 Reads a CGT_R_ field of the present row that is a number. *value is 0 on an error.

 Errors: CGT_E_ORDER, CGT_E_ABSENT as cgt_rows_get_text; CGT_E_FIELD, CGT_E_NULL, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_rows_get_i64(struct cgt_rows *r, int32_t field, int64_t *value);

/*
 Writes all rows as one JSON array into buf, whichever row is being read: an object for each, with every field that has a value, named as
 in the header in lower case without CGT_R_ ("daughter_company_id" ...). An empty list is [].

 Errors: CGT_E_BUFFER, CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_rows_json(struct cgt_rows *r, char *buf, int32_t cap, int32_t *need);

/*
 Frees a list. NULL is fine.

 Errors: CGT_E_HANDLE.
 */
CGT_API int32_t CGT_CALL cgt_rows_free(struct cgt_rows *r);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* COMGATE_TERMINAL_H */
