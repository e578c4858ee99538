//! The guards that a test may take away, to see that it misses them. Each is named after what the library does without it; the sentence
//! about it stands beside its mutation, in `tests/support/src/crash/mutations.rs`.

macro_rules! guards {
    ($($guard:ident = $name:literal,)*) => {
        /// A guard that can be taken away.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs, unreachable_pub)] // Their names say it, and tests see them through `internals`.
        pub enum Guard {
            $($guard,)*
        }

        #[cfg(feature = "testing")]
        impl Guard {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$guard),*];

            /// Its name in `CGT_TEST_BREAK`, in the list of mutations and on the page about reliability.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$guard => $name,)*
                }
            }
        }
    };
}

guards! {
    SkipIntent = "skip-intent",
    SkipFlush = "skip-flush",
    BelieveUnflushed = "believe-unflushed",
    BelieveAnyJournal = "believe-any-journal",
    ResendStart = "resend-start",
    BelieveRefusedStart = "believe-refused-start",
    IgnoreChangingStatus = "ignore-changing-status",
    ForgetCharged = "forget-charged",
    ConfirmBeforeStore = "confirm-before-store",
    ReturnBeforeStore = "return-before-store",
    BelieveUnreadableDeclined = "believe-unreadable-declined",
    RefuseUnlisted = "refuse-unlisted",
    TrustLastTransaction = "trust-last-transaction",
    BelieveLaggingState = "believe-lagging-state",
    ForgetControlQuestion = "forget-control-question",
    AskOnce = "ask-once",
    BelieveRepeatedResults = "believe-repeated-results",
    BelieveRefusalAtOnce = "believe-refusal-at-once",
    BelieveWeakRefusals = "believe-weak-refusals",
    TrustFirstConfirm = "trust-first-confirm",
    TrustLateConfirm = "trust-late-confirm",
    EveryConfirmIsPrompt = "every-confirm-is-prompt",
    TrustUnsupportedConfirm = "trust-unsupported-confirm",
    TrustMarks = "trust-marks",
    TrustNewMarks = "trust-new-marks",
    ReverseAny = "reverse-any",
    ForgetOpen = "forget-open",
    DropDamaged = "drop-damaged",
    ForgetOwner = "forget-owner",
    ForgetToTell = "forget-to-tell",
    AcknowledgeUntold = "acknowledge-untold",
    DoubtMarks = "doubt-marks",
    ReverseAgain = "reverse-again",
    ForgetReversal = "forget-reversal",
    RefundBeyond = "refund-beyond",
    ForgetTakenBack = "forget-taken-back",
    TrustPersons = "trust-persons",
    ForgetDecision = "forget-decision",
}
