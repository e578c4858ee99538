/*
 * comgate-terminal @VERSION@: card payments on Comgate touch-screen terminals over the local network.
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
