//! The one source of every number that crosses the C ABI: codes, verdicts, phases, events, kinds and fields.
//!
//! `build.rs` compiles this same file to write the header, and `tests/build_generated.rs` compares `include/ERRORS.md` and the
//! constants of every wrapper with it. Values are written out, append-only, and never used again once given away.
//! This file therefore depends on nothing else in the crate.

/// Declares one table: an enum whose variants carry their number, their C name, a meaning and what to do about it.
macro_rules! table {
    ($(#[$about:meta])* $name:ident { $($value:literal $variant:ident $c_name:literal $meaning:literal, $detail:literal;)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(i32)]
        pub enum $name {
            $(#[doc = $meaning] $variant = $value,)*
        }

        impl $name {
            /// Every row of the table, in its order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The number that crosses the C ABI.
            #[must_use]
            pub const fn number(self) -> i32 {
                self as i32
            }

            /// The row with this number, if there is one.
            #[must_use]
            pub const fn from_number(number: i32) -> Option<Self> {
                match number {
                    $($value => Some(Self::$variant),)*
                    _ => None,
                }
            }

            /// The name in the C header and in every wrapper.
            #[must_use]
            pub const fn c_name(self) -> &'static str {
                match self {
                    $(Self::$variant => $c_name,)*
                }
            }

            /// What it means, one sentence.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self {
                    $(Self::$variant => $meaning,)*
                }
            }

            /// What the caller does about it, or how the value is to be read.
            #[must_use]
            pub const fn detail(self) -> &'static str {
                match self {
                    $(Self::$variant => $detail,)*
                }
            }
        }
    };
}

table! {
    /// What became of the money. Zero is UNKNOWN, so that memory nobody wrote to is never an approval.
    Verdict {
        0 Unknown "CGT_UNKNOWN" "Nobody knows yet whether money moved.",
            "Hand nothing over, do not charge again; call cgt_recover or look at the terminal.";
        1 Approved "CGT_APPROVED" "The terminal approved, and its confirmation is through.",
            "Print the receipt, store the sale, call cgt_acknowledge.";
        2 Declined "CGT_DECLINED" "The terminal said no. No money moved.",
            "Show the reason; the same sale may be tried again or paid otherwise.";
        3 Cancelled "CGT_CANCELLED" "The register asked for a cancel and the terminal ended without a charge.",
            "The same sale may be tried again or paid otherwise.";
        4 NotStarted "CGT_NOT_STARTED" "The terminal never took the order. No money moved.",
            "CGT_F_REASON says why; mend it and try the same sale again.";
    }
}

table! {
    /// What a call answered, and the reason an outcome carries. Banded by what the caller must do.
    Code {
        0 Ok "CGT_CALL_OK" "The call worked. This never says that money moved: look at the verdict.",
            "Read the verdict.";

        101 Null "CGT_E_NULL" "A pointer that must not be NULL was NULL.",
            "Fix the call; the detail names the argument.";
        102 Text "CGT_E_TEXT" "A text was empty, too long, not UTF-8, or held a character that is not allowed; a number of a sale also: white space at an end.",
            "Fix the call; the detail names the argument and what is allowed.";
        103 Range "CGT_E_RANGE" "A number was outside what is allowed.",
            "Fix the call; the detail names the argument and what is allowed.";
        104 Amount "CGT_E_AMOUNT" "The amount was zero, negative, or has more than 12 digits.",
            "Give an amount above zero. In C it is in minor units: 12550 is 125.50.";
        105 Currency "CGT_E_CURRENCY" "The currency is not known.",
            "Give an ISO 4217 code such as CZK or EUR.";
        106 Host "CGT_E_HOST" "The host is not a name or an address.",
            "Give what the terminal shows under \"GSA server\", without http:// and without the port.";
        107 Handle "CGT_E_HANDLE" "The handle was never given out, was freed, or is of another kind.",
            "Fix the call: use each handle only between its _new and its _free.";
        108 Busy "CGT_E_BUSY" "The handle is in use: another thread, a callback, or an operation that has not ended.",
            "Wait for the other call; from inside a callback only cgt_terminal_cancel is allowed.";
        109 Buffer "CGT_E_BUFFER" "The buffer is too small. Nothing was cut: the buffer holds an empty text.",
            "Call again with a buffer of the size reported in need.";
        110 Field "CGT_E_FIELD" "There is no such field, or it is not a number.",
            "Use one of the CGT_F_, CGT_T_ or CGT_R_ numbers; read texts with the _get_text function.";
        111 Absent "CGT_E_ABSENT" "The field exists, but this object has no value for it.",
            "Treat it as absent, which is not the same as empty or zero.";
        112 SaleMismatch "CGT_E_SALE_MISMATCH" "This sale id is known with another amount, currency, kind or original, and is charged or not decided.",
            "Nothing was sent. Use a new sale id for a new sale, or recover the first one.";
        113 SaleUsed "CGT_E_SALE_USED" "This sale id was already paid, or is used by another register of the journal folder.",
            "Nothing was sent. The detail names the first payment or the other register; use a new sale id for a new sale.";
        114 NotFound "CGT_E_NOT_FOUND" "The journal knows no such sale.",
            "Check the sale id and the journal folder.";
        115 Undecided "CGT_E_UNDECIDED" "The sale is not decided, or its outcome was not told to this handle: it cannot be acknowledged. What is not decided gives the customer no receipt.",
            "Call cgt_recover first; what the register has stored can be acknowledged by its transaction id (cgt_acknowledge_transaction).";
        116 Order "CGT_E_ORDER" "The call came at the wrong time: finish before the end, a step after it, or a field where there is no row.",
            "Call cgt_step until it reports done, then cgt_finish once. Read a field of a row only after cgt_rows_next has found one.";
        117 Kind "CGT_E_KIND" "This kind of request is not known to this version.",
            "Use one of the CGT_KIND_ numbers.";
        118 Decided "CGT_E_DECIDED" "The sale is decided, and not as the person says.",
            "Read its outcome with cgt_sale_find.";
        119 Original "CGT_E_ORIGINAL" "The original sale cannot be reversed, refunded or used: it is not known, ended without a charge, was taken back already, or is not decided.",
            "Nothing was sent. The detail says which. Check the original's sale id; what is not decided: cgt_recover, or cgt_resolve when a person has looked.";
        120 BeyondOriginal "CGT_E_BEYOND_ORIGINAL" "The refunds of this original would exceed it, or a completion what was pre-authorized, or the currency is another.",
            "Nothing was sent. The detail has the sums; refund what is left of the original.";
        121 Endpoint "CGT_E_ENDPOINT" "The name of the endpoint is not allowed here.",
            "Nothing was sent. Fix the call; the detail says what is allowed.";
        122 Extra "CGT_E_EXTRA" "The extra fields are not a JSON object, or one of them is set by this library.",
            "Nothing was sent. Fix the call; the detail names the field.";
        123 Closed "CGT_E_CLOSED" "A closing has settled the original since, so it cannot be reversed any more.",
            "Nothing was sent. Refund it instead; one that is not decided only after cgt_recover, or cgt_resolve when a person has looked.";
        124 Signature "CGT_E_SIGNATURE" "No signature is asked for with this sale, or it was answered otherwise.",
            "Answer only for sales with CGT_F_SIGNATURE_REQUIRED, once.";

        201 NameNotFound "CGT_E_NAME_NOT_FOUND" "The terminal's name could not be resolved to an address.",
            "Nothing was sent. Check the host, or use the address the terminal shows.";
        202 Refused "CGT_E_REFUSED" "The connection was refused: no program listens at that address and port.",
            "Nothing was sent. Check that Switchio Pay runs and shows GSA server online, and the port.";
        203 Unreachable "CGT_E_UNREACHABLE" "The network has no way to that address.",
            "Nothing was sent. Check cable, Wi-Fi and the address.";
        204 ConnectTimeout "CGT_E_CONNECT_TIMEOUT" "Nothing answered at that address in time.",
            "Nothing was sent. Check that the terminal is on and its address has not changed.";
        205 Network "CGT_E_NETWORK" "The network failed before anything of the sale was sent.",
            "Nothing was sent. Try again.";
        206 NoReply "CGT_E_NO_REPLY" "The terminal took the connection but gave no reply.",
            "Nothing of a sale was sent. Try again; restart the terminal if it stays so.";
        207 Unresolved "CGT_E_UNRESOLVED" "An earlier sale is still running on this terminal, or it has just told something new about the sale a person decides.",
            "Nothing new was started or decided. Finish the sale that the detail names, or look at the terminal once more and decide then.";
        208 TerminalLocked "CGT_E_TERMINAL_LOCKED" "Another program or handle is selling on this terminal.",
            "This call sent nothing. Wait for it; the detail names the process and the sale, and whether the sale of this call was begun before.";
        209 Journal "CGT_E_JOURNAL" "The journal cannot be read or written.",
            "The detail names the path and the remedy. A call that moves money has sent nothing; any other call, such as cgt_acknowledge, takes nothing back: make it again once the journal is mended.";
        210 CancelledEarly "CGT_E_CANCELLED_EARLY" "The register cancelled before anything of the sale was sent.",
            "Nothing was sent. The same sale may be tried again.";

        301 NotATerminal "CGT_E_NOT_A_TERMINAL" "Something answered at that address, but it is not a payment terminal.",
            "Check host and port: another program may use the port.";
        302 SecureString "CGT_E_SECURE_STRING" "The terminal refused the secureString.",
            "Set the secureString the terminal uses (cgt_terminal_set_secure_string).";
        303 NotSupported "CGT_E_NOT_SUPPORTED" "The terminal does not have this function in this version of its interface.",
            "Force another version with cgt_terminal_set_api_version, or update the terminal.";
        304 OtherTerminal "CGT_E_OTHER_TERMINAL" "A terminal answered, but not the one this handle is bound to.",
            "Addresses have moved: correct the host, or the terminal id.";
        305 Simulator "CGT_E_SIMULATOR" "A simulator answered, and this handle has not allowed one.",
            "In training and tests call cgt_terminal_allow_simulator(t, 1); in a shop correct the host.";
        306 StartRefused "CGT_E_START_REFUSED" "The terminal did not start the operation.",
            "CGT_F_RESPONSE_MESSAGE has the terminal's words. Try again when the terminal is ready.";
        307 RequestRefused "CGT_E_REQUEST_REFUSED" "The terminal refused the request as such.",
            "The detail has the HTTP status and the terminal's words. 404 to a reversal: the terminal does not find the original, for example because it was not its last payment; refund it instead.";
        308 CancelledAtTerminal "CGT_E_CANCELLED_AT_TERMINAL" "Somebody cancelled on the terminal: the customer or the cashier.",
            "No money moved. The same sale may be tried again or paid otherwise.";

        401 StartUnanswered "CGT_E_START_UNANSWERED" "The start left, and no answer that can be believed says what became of it.",
            "Look at the terminal, then call cgt_recover; where that does not decide it, cgt_resolve when a person has looked. Do not charge again.";
        402 StillRunning "CGT_E_STILL_RUNNING" "The operation was still running when the library's patience ended.",
            "Finish it on the terminal, then call cgt_recover.";
        403 NotConfirmed "CGT_E_NOT_CONFIRMED" "The terminal approved, but the confirmation is not through.",
            "Call cgt_recover; the terminal may undo the payment.";
        404 Reversed "CGT_E_REVERSED" "The terminal approved but reports the payment as reversed.",
            "Look at the terminal's history before anything is handed over; cgt_resolve when a person has looked.";
        405 ReversalAsked "CGT_E_REVERSAL_ASKED" "The terminal approved but asks the register to reverse the payment.",
            "Reverse the payment; hand nothing over.";
        406 AmountDiffers "CGT_E_AMOUNT_DIFFERS" "The terminal approved another amount or currency than was asked for.",
            "Compare CGT_F_AMOUNT_APPROVED with the sale. When it is wrong, reverse it with cgt_reverse or let the bank do it; cgt_resolve when a person has looked.";
        407 NotOurs "CGT_E_NOT_OURS" "The terminal reported a result that does not belong to this sale.",
            "Look at the terminal's history, then call cgt_recover; where that does not decide it, cgt_resolve when a person has looked.";
        408 Unreadable "CGT_E_UNREADABLE" "The terminal ended, but its result could not be read or has no response code.",
            "Look at the terminal's history, then call cgt_recover; where that does not decide it, cgt_resolve when a person has looked.";
        409 NotStored "CGT_E_NOT_STORED" "The result could not be written to the journal, so it was not confirmed.",
            "Mend the journal folder, then call cgt_recover.";
        410 LetGo "CGT_E_LET_GO" "The register let go of the operation before it ended.",
            "Call cgt_recover.";
        411 ContactLost "CGT_E_CONTACT_LOST" "The terminal stopped answering before the result was known.",
            "Check the terminal and the network, then call cgt_recover.";
        412 Contradiction "CGT_E_CONTRADICTION" "The terminal's result contradicts itself: not approved, yet with marks of a charge.",
            "Look at the terminal's history before anything else; cgt_resolve when a person has looked.";
        413 ResolvedOtherwise "CGT_E_RESOLVED_OTHERWISE" "A person decided about this sale, and the terminal has said otherwise since.",
            "The terminal's answer counts: give back what was paid twice, collect what was not paid.";
        414 ExchangeUnanswered "CGT_E_EXCHANGE_UNANSWERED" "The request of cgt_terminal_exchange left, and no reply came: the terminal may have acted.",
            "Look at the terminal before it is said again. cgt_recover knows nothing of it: no money moves that way.";
        415 Unlisted "CGT_E_CODE_NOT_LISTED" "The terminal ended with a response code that this library does not know: neither an approval nor a refusal.",
            "Look at the terminal's history; cgt_resolve when a person has looked. CGT_F_RESPONSE_CODE has the code: report it.";

        901 Panic "CGT_E_PANIC" "An error inside the library was caught. The handle cannot be used any more.",
            "Free the handle, make a new one, call cgt_recover, and report the text of the log.";
        902 Poisoned "CGT_E_POISONED" "An earlier error inside the library has made this handle unusable.",
            "Free the handle, make a new one and call cgt_recover.";
        903 Internal "CGT_E_INTERNAL" "The library found itself in a state that must not be.",
            "Call cgt_recover and report it.";
    }
}

impl Code {
    /// The band: what the caller must do. 1 fix the call, 2 nothing was sent, 3 the terminal refused, 4 recover, 9 internal.
    #[must_use]
    pub const fn band(self) -> i32 {
        self.number() / 100
    }
}

table! {
    /// What the library is doing, as told to the status callback.
    Phase {
        1 Connecting "CGT_PHASE_CONNECTING" "Looking for the terminal.", "The text says so.";
        2 ResolvingEarlier "CGT_PHASE_RESOLVING_EARLIER" "Asking what became of an earlier sale.", "The text says so and ends with that sale's id.";
        3 Waiting "CGT_PHASE_WAITING" "The terminal is busy with the customer.", "The text says what the terminal shows: its code words in the language of the handle, anything else as the terminal writes it.";
        4 Cancelling "CGT_PHASE_CANCELLING" "A cancel was sent; the terminal has not ended yet.", "The text says so.";
        5 ReadingResult "CGT_PHASE_READING_RESULT" "The terminal has ended; the result is read, stored and confirmed.", "Told once; no other callback runs until the call returns.";
        6 ContactLost "CGT_PHASE_CONTACT_LOST" "The terminal has not answered two questions in a row; it is asked on.", "Told once. When it answers again, the phase that it is in is told again.";
    }
}

table! {
    /// What the payment callback is told.
    PaymentEvent {
        1 IntentStored "CGT_EVENT_INTENT_STORED" "The sale is on disk; nothing was sent yet.", "The transaction id is now known.";
        2 Started "CGT_EVENT_STARTED" "The terminal took the order.", "From now on money may move.";
        3 Confirmed "CGT_EVENT_CONFIRMED" "The confirmation of an approved payment is through.", "Told when the call ends.";
        4 Ended "CGT_EVENT_ENDED" "The verdict is on disk.", "The last event of every sale.";
    }
}

table! {
    /// Kinds of operation.
    Kind {
        1 Payment "CGT_KIND_PAYMENT" "A sale: the customer pays.", "Needs an amount.";
        2 Refund "CGT_KIND_REFUND" "Money back to the customer's card.", "Needs an amount; may name the original sale.";
        3 Reversal "CGT_KIND_REVERSAL" "A whole sale is taken back, until the closing that contains it.", "Needs the original sale; has no amount.";
        4 Closing "CGT_KIND_CLOSING" "Everything since the last closing is settled with the acquirer.", "Needs nothing.";
        5 Other "CGT_KIND_OTHER" "Any other function of the terminal that is started, followed and ends in a result.", "Needs an endpoint; may have an amount, an original sale and extra fields.";
        6 Preauth "CGT_KIND_PREAUTH" "A pre-authorization: an amount is reserved on the customer's card; nothing is paid yet.", "Needs an amount.";
        7 PreauthCompletion "CGT_KIND_PREAUTH_COMPLETION" "The completion of a pre-authorization: the customer pays all of it or less.", "Needs an amount and the pre-authorization as original.";
        8 PreauthCancel "CGT_KIND_PREAUTH_CANCEL" "The cancel of a pre-authorization: nothing is reserved any more.", "Needs the pre-authorization as original; has no amount.";
        9 Moto "CGT_KIND_MOTO" "A sale by mail or phone: somebody types the card's data on the terminal.", "Needs an amount; card data are never sent.";
    }
}

table! {
    /// What the cashier should do now. The text is in the language set on the handle.
    Advice {
        1 HandOver "CGT_ADVICE_HAND_OVER" "Paid: hand over goods and receipt.", "For approved sales.";
        2 NotPaid "CGT_ADVICE_NOT_PAID" "Not paid: try again or take another means of payment.", "For declined, cancelled and not started sales.";
        3 CheckTerminal "CGT_ADVICE_CHECK_TERMINAL" "Not certain: look at the terminal and do not charge again.", "For unknown sales that recovery may decide.";
        4 CallSupervisor "CGT_ADVICE_CALL_SUPERVISOR" "Call the supervisor: the terminal's answer does not fit the sale.", "For unknown sales that a person must judge.";
        5 SignatureThenHandOver "CGT_ADVICE_SIGNATURE" "Paid: compare the signature with the card, then hand over.", "For approved sales that need a signature.";
        6 Done "CGT_ADVICE_DONE" "Done.", "For refunds, reversals, closings, pre-authorizations and other operations that are through.";
        7 NotDone "CGT_ADVICE_NOT_DONE" "Not done: try again.", "For those that were declined, cancelled or not started.";
        8 RepeatNothing "CGT_ADVICE_REPEAT_NOTHING" "Not certain: look at the terminal and do not repeat it.", "For those that recovery may decide.";
        9 CheckSettings "CGT_ADVICE_CHECK_SETTINGS" "Not paid or not done: the register's settings are wrong.", "The text names the address; trying again changes nothing.";
        10 RefundInstead "CGT_ADVICE_REFUND_INSTEAD" "Not reversed: give the money back with a refund.", "The terminal does not find the sale, or it was not its last payment.";
        11 NotAvailable "CGT_ADVICE_NOT_AVAILABLE" "The terminal does not have this function, or it is not enabled.", "Ask the provider of the terminal.";
        12 TakenBack "CGT_ADVICE_TAKEN_BACK" "The terminal approved and then took it back: probably not paid.", "For unknown sales that a person decides.";
        13 CodeNotListed "CGT_ADVICE_CODE_NOT_LISTED" "The terminal ended with a code that is not known.", "A person decides; the code can be taught with cgt_terminal_set_response_code.";
        14 CollectRest "CGT_ADVICE_COLLECT_REST" "Paid in part: collect the rest, then hand over.", "The text names what was approved, what was asked for and the rest; for approved sales with CGT_F_PARTIAL.";
        15 PartialStands "CGT_ADVICE_PARTIAL_STANDS" "A part payment that was not accepted stands: reverse it, or hand over for this part.", "The text names both amounts; for unknown sales, and for those that a person has decided.";
    }
}

table! {
    /// Fields of an outcome. Where the detail says "number", cgt_outcome_get_i64 reads it as well.
    OutcomeField {
        1 SaleId "CGT_F_SALE_ID" "The register's own number of the sale.", "text";
        2 TransactionId "CGT_F_TRANSACTION_ID" "The id under which the terminal knows this attempt; unique.", "text";
        3 OriginalSaleId "CGT_F_ORIGINAL_SALE_ID" "The sale that was reversed or refunded, or the pre-authorization that was completed or cancelled.", "text";
        4 OriginalTransactionId "CGT_F_ORIGINAL_TRANSACTION_ID" "The id under which the terminal knows that sale.", "text";
        5 InvoiceNumber "CGT_F_INVOICE_NUMBER" "The variable symbol that was sent.", "text";
        6 Kind "CGT_F_KIND" "The kind of operation, CGT_KIND_...", "number";
        7 AmountRequested "CGT_F_AMOUNT_REQUESTED" "What the register asked for, in minor units.", "number";
        8 AmountApproved "CGT_F_AMOUNT_APPROVED" "What was approved, in minor units: the terminal's figure where it gives one.", "number";
        9 Tip "CGT_F_TIP" "The tip within the approved amount, in minor units: the terminal's figure, or what it charged on top within the limit of cgt_terminal_set_tip_limit.", "number";
        10 Currency "CGT_F_CURRENCY" "ISO 4217 letters, such as CZK.", "text";
        11 AuthCode "CGT_F_AUTH_CODE" "Authorization code.", "text";
        12 Pan "CGT_F_PAN" "Card number, masked to the first 6 and last 4 digits at most.", "text";
        13 Scheme "CGT_F_SCHEME" "Card scheme: the brand as the terminal names it, else the label, else the provider the AID is registered to.", "text";
        14 Aid "CGT_F_AID" "Application id of the card.", "text";
        15 AppLabel "CGT_F_APP_LABEL" "Application label of the card.", "text";
        16 Issuer "CGT_F_ISSUER" "Card issuer as named by the terminal.", "text";
        17 CardEntry "CGT_F_CARD_ENTRY" "How the card was read; CLESS is contactless.", "text";
        18 CardholderVerification "CGT_F_CARDHOLDER_VERIFICATION" "Methods of cardholder verification, separated by commas.", "text";
        19 SequenceNumber "CGT_F_SEQUENCE_NUMBER" "The terminal's sequence number.", "text";
        20 TerminalId "CGT_F_TERMINAL_ID" "The terminal's id from its info reply. Absent where it tells none; then it is known by its host and port.", "text";
        21 AcquirerTerminalId "CGT_F_ACQUIRER_TERMINAL_ID" "The acquirer's id of the terminal.", "text";
        22 AcquirerMerchantId "CGT_F_ACQUIRER_MERCHANT_ID" "The acquirer's id of the merchant.", "text";
        24 AvailableBalance "CGT_F_AVAILABLE_BALANCE" "Balance left on a voucher or prepaid card, in minor units.", "number";
        25 ResponseCode "CGT_F_RESPONSE_CODE" "The terminal's response code; OK is approved.", "text";
        26 ResponseMessage "CGT_F_RESPONSE_MESSAGE" "The terminal's words; show them, never branch on them.", "text";
        27 Reason "CGT_F_REASON" "Why the verdict is what it is, where that needs a word: a CGT_E_ code of band 2, 3 or 4.", "number";
        28 ReasonText "CGT_F_REASON_TEXT" "What happened, one English sentence with details, for the log.", "text";
        29 Advice "CGT_F_ADVICE" "What the cashier should do now, CGT_ADVICE_...", "number";
        30 AdviceText "CGT_F_ADVICE_TEXT" "The same in the language of the handle, to be shown.", "text";
        31 StartedAt "CGT_F_STARTED_AT" "When the attempt began, UTC, such as 2026-11-23T09:41:00Z.", "text";
        32 EndedAt "CGT_F_ENDED_AT" "When the verdict was stored, UTC.", "text";
        33 TerminalTime "CGT_F_TERMINAL_TIME" "The terminal's own date and time, as it writes it.", "text";
        34 Note "CGT_F_NOTE" "What the person who decided wrote down (cgt_resolve).", "text";
        35 Language "CGT_F_LANGUAGE" "Language of the advice, and of receipts where no other is asked for: cs, sk or en.", "text";
        41 SignatureRequired "CGT_F_SIGNATURE_REQUIRED" "1 when the cashier must compare a signature.", "number";
        42 ReversalAsked "CGT_F_REVERSAL_ASKED" "1 when the terminal asked the register to reverse.", "number";
        43 Adopted "CGT_F_ADOPTED" "1 when this is the earlier outcome of the same sale; nothing was sent now.", "number";
        44 Recovered "CGT_F_RECOVERED" "1 when the verdict was found after the call that started it had ended.", "number";
        45 CancelAsked "CGT_F_CANCEL_ASKED" "1 when a cancel was sent and the terminal did not refuse it.", "number";
        46 EarlierUnresolved "CGT_F_EARLIER_UNRESOLVED" "1 when an earlier sale on this terminal is still undecided.", "number";
        47 Simulated "CGT_F_SIMULATED" "1 when a simulator answered: no money moved.", "number";
        48 Resolved "CGT_F_RESOLVED" "1 when a person decided (cgt_resolve), not the terminal.", "number";
        49 SignatureAccepted "CGT_F_SIGNATURE_ACCEPTED" "1 when the cashier accepted the signature, 0 when not (cgt_signature_result).", "number";
        50 BatchNumber "CGT_F_BATCH_NUMBER" "Number of the batch that was closed.", "text";
        51 ShiftNumber "CGT_F_SHIFT_NUMBER" "Number of the shift that was closed.", "text";
        52 DebitsCount "CGT_F_DEBITS_COUNT" "How many payments the batch holds.", "number";
        53 DebitsAmount "CGT_F_DEBITS_AMOUNT" "Their sum in minor units.", "number";
        54 CreditsCount "CGT_F_CREDITS_COUNT" "How many refunds the batch holds.", "number";
        55 CreditsAmount "CGT_F_CREDITS_AMOUNT" "Their sum in minor units.", "number";
        56 AdjustmentsCount "CGT_F_ADJUSTMENTS_COUNT" "How many adjustments the batch holds.", "number";
        57 AdjustmentsAmount "CGT_F_ADJUSTMENTS_AMOUNT" "Their sum in minor units.", "number";
        58 ReversedBy "CGT_F_REVERSED_BY" "The number of the reversal that took this sale back, or of the cancel of this pre-authorization.", "text";
        59 CodeTaught "CGT_F_CODE_TAUGHT" "1 when a person has said what the response code means (cgt_terminal_set_response_code), and the verdict rests on it.", "number";
        60 Result "CGT_F_RESULT" "The terminal's whole result as JSON, for support: card numbers masked, without expiry, tokens and data of the chip. On the outcome of the call that read it only; the journal does not keep it.", "text";
        61 Partial "CGT_F_PARTIAL" "1 when the terminal approved less than was asked for, or says so with its response code: CGT_F_AMOUNT_APPROVED says how much. Paid only where the verdict is APPROVED.", "number";
        62 ChargedCurrency "CGT_F_CHARGED_CURRENCY" "The currency of CGT_F_AMOUNT_APPROVED where the terminal names another one than was asked for: ISO 4217 letters, or its own word where that is not known.", "text";
    }
}

table! {
    /// What cgt_terminal_info and cgt_terminal_status learned.
    TerminalField {
        1 Id "CGT_T_ID" "The terminal's id. Absent where it tells none; then it is known by its host and port.", "text";
        2 Protocol "CGT_T_PROTOCOL" "Name of the protocol.", "text";
        3 Version "CGT_T_VERSION" "Version the terminal names.", "text";
        4 BasePath "CGT_T_BASE_PATH" "The path that is used.", "text";
        5 Simulator "CGT_T_SIMULATOR" "1 when it names itself a simulator.", "number";
        6 Online "CGT_T_ONLINE" "1 when the terminal reached its authorization server, 0 when not. After cgt_terminal_status.", "number";
        7 OnlineStatus "CGT_T_ONLINE_STATUS" "The terminal's words about that. After cgt_terminal_status.", "text";
        8 Time "CGT_T_TIME" "The terminal's date and time as it writes it. After cgt_terminal_status.", "text";
        9 Versions "CGT_T_VERSIONS" "The paths that answered, separated by commas. After cgt_terminal_info.", "text";
        10 Reply "CGT_T_REPLY" "What the terminal replied, without the secureString and card numbers. After cgt_terminal_exchange.", "text";
    }
}

table! {
    /// Whose receipt it is.
    ReceiptCopy {
        1 Merchant "CGT_COPY_MERCHANT" "The shop's copy: with a line to sign on where a signature is required.", "Keep it.";
        2 Customer "CGT_COPY_CUSTOMER" "The customer's copy.", "Hand it over.";
    }
}

table! {
    /// The encoding of a receipt. A character that has no place in it is written in plain letters.
    Encoding {
        0 Utf8 "CGT_ENCODING_UTF8" "UTF-8, for printers and programs that know it.", "Text.";
        1 Cp852 "CGT_ENCODING_CP852" "IBM code page 852 (Latin 2 of DOS).", "Bytes for the printer.";
        2 Cp1250 "CGT_ENCODING_CP1250" "Windows-1250.", "Bytes for the printer.";
        3 Ascii "CGT_ENCODING_ASCII" "Plain letters without accents, for a printer in any code page.", "Bytes for the printer.";
    }
}

table! {
    /// What a response code means that the library's own table does not list.
    CodeMeaning {
        0 Forget "CGT_CODE_FORGET" "Nobody knows: what was taught is forgotten.", "Sales that end with it are UNKNOWN again.";
        1 Approves "CGT_CODE_APPROVES" "The terminal approved.", "Believed where amount and currency stand beside it.";
        2 Refuses "CGT_CODE_REFUSES" "The terminal refused, and no money moved.", "Believed where the sale was seen running.";
    }
}

table! {
    /// Fields of a row of a list. Where the detail says "number", cgt_rows_get_i64 reads it as well.
    RowField {
        1 DaughterCompanyId "CGT_R_DAUGHTER_COMPANY_ID" "The daughterCompanyId of a company that shares the terminal.", "text";
    }
}
