//! Where things are on the terminal.

/// The base path: `/paya` is the oldest, newer ones carry a number (doc).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BasePath {
    Paya,
    Switchio(u8),
}

impl BasePath {
    /// Every path that is known, in the order in which one is chosen: first the one this library is proven on, then the lowest newer one.
    pub(crate) const KNOWN: [Self; 5] =
        [Self::Paya, Self::Switchio(2), Self::Switchio(4), Self::Switchio(5), Self::Switchio(6)];
}

impl std::fmt::Display for BasePath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Paya => f.write_str("/paya"),
            Self::Switchio(version) => write!(f, "/api/switchio/pay/v{version}"),
        }
    }
}

/// What can be asked of a terminal (client; `info` also doc).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Endpoint {
    Info,
    Terminal,
    Payment,
    Refund,
    Reverse,
    Closing,
    Status,
    Result,
    Confirm,
    Cancel,
    /// A pre-authorization (1.5).
    Preauth,
    /// Its completion (1.5).
    PreauthComplete,
    /// Its cancel (1.5).
    PreauthCancel,
    /// A payment whose card data are typed on the terminal (1.5).
    Moto,
    /// The results of all successful transactions (1.5).
    Transactions,
    /// The result of the last transaction (1.5).
    LastTransaction,
    /// The companies that share the terminal (1.5).
    DaughterCompanies,
}

impl Endpoint {
    pub(crate) const ALL: &'static [Self] = &[
        Self::Info,
        Self::Terminal,
        Self::Payment,
        Self::Refund,
        Self::Reverse,
        Self::Closing,
        Self::Status,
        Self::Result,
        Self::Confirm,
        Self::Cancel,
        Self::Preauth,
        Self::PreauthComplete,
        Self::PreauthCancel,
        Self::Moto,
        Self::Transactions,
        Self::LastTransaction,
        Self::DaughterCompanies,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Terminal => "terminal",
            Self::Payment => "payment",
            Self::Refund => "refund",
            Self::Reverse => "reverse",
            Self::Closing => "closing",
            Self::Status => "status",
            Self::Result => "result",
            Self::Confirm => "confirm",
            Self::Cancel => "cancel",
            Self::Preauth => "preauth",
            Self::PreauthComplete => "preauth/complete",
            Self::PreauthCancel => "preauth/cancel",
            Self::Moto => "payment/moto",
            Self::Transactions => "transactions",
            Self::LastTransaction => "last_transaction",
            Self::DaughterCompanies => "daughter_companies",
        }
    }
}
