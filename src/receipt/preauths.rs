//! What a receipt says became of a pre-authorization, its completion and its cancel.

use crate::codes::Verdict;

/// What became of a pre-authorization.
pub(super) fn title(verdict: Verdict) -> [&'static str; 3] {
    match verdict {
        Verdict::Approved => ["PŘEDAUTORIZACE SCHVÁLENA", "PREDAUTORIZÁCIA SCHVÁLENÁ", "PRE-AUTHORIZATION APPROVED"],
        Verdict::Declined => ["PŘEDAUTORIZACE ZAMÍTNUTA", "PREDAUTORIZÁCIA ZAMIETNUTÁ", "PRE-AUTHORIZATION DECLINED"],
        Verdict::Cancelled => ["PŘEDAUTORIZACE ZRUŠENA", "PREDAUTORIZÁCIA ZRUŠENÁ", "PRE-AUTHORIZATION CANCELLED"],
        Verdict::NotStarted => {
            ["PŘEDAUTORIZACE NEPROBĚHLA", "PREDAUTORIZÁCIA NEPREBEHLA", "PRE-AUTHORIZATION NOT STARTED"]
        }
        Verdict::Unknown => {
            ["VÝSLEDEK PŘEDAUTORIZACE NEZNÁMÝ", "VÝSLEDOK PREDAUTORIZÁCIE NEZNÁMY", "PRE-AUTHORIZATION STATE UNKNOWN"]
        }
    }
}

/// What became of its completion.
pub(super) fn completion_title(verdict: Verdict) -> [&'static str; 3] {
    match verdict {
        Verdict::Approved => [
            "DOKONČENÍ PŘEDAUTORIZACE SCHVÁLENO",
            "DOKONČENIE PREDAUTORIZÁCIE SCHVÁLENÉ",
            "PRE-AUTHORIZATION COMPLETION APPROVED",
        ],
        Verdict::Declined => [
            "DOKONČENÍ PŘEDAUTORIZACE ZAMÍTNUTO",
            "DOKONČENIE PREDAUTORIZÁCIE ZAMIETNUTÉ",
            "PRE-AUTHORIZATION COMPLETION DECLINED",
        ],
        Verdict::Cancelled => [
            "DOKONČENÍ PŘEDAUTORIZACE ZRUŠENO",
            "DOKONČENIE PREDAUTORIZÁCIE ZRUŠENÉ",
            "PRE-AUTHORIZATION COMPLETION CANCELLED",
        ],
        Verdict::NotStarted => [
            "DOKONČENÍ PŘEDAUTORIZACE NEPROBĚHLO",
            "DOKONČENIE PREDAUTORIZÁCIE NEPREBEHLO",
            "PRE-AUTHORIZATION COMPLETION NOT STARTED",
        ],
        Verdict::Unknown => [
            "VÝSLEDEK DOKONČENÍ PŘEDAUTORIZACE NEZNÁMÝ",
            "VÝSLEDOK DOKONČENIA PREDAUTORIZÁCIE NEZNÁMY",
            "PRE-AUTHORIZATION COMPLETION STATE UNKNOWN",
        ],
    }
}

/// What became of its cancel.
pub(super) fn cancel_title(verdict: Verdict) -> [&'static str; 3] {
    match verdict {
        Verdict::Approved => {
            ["ZRUŠENÍ PŘEDAUTORIZACE PROVEDENO", "ZRUŠENIE PREDAUTORIZÁCIE VYKONANÉ", "PRE-AUTHORIZATION CANCEL DONE"]
        }
        Verdict::Declined => [
            "ZRUŠENÍ PŘEDAUTORIZACE ZAMÍTNUTO",
            "ZRUŠENIE PREDAUTORIZÁCIE ZAMIETNUTÉ",
            "PRE-AUTHORIZATION CANCEL DECLINED",
        ],
        Verdict::Cancelled => [
            "ZRUŠENÍ PŘEDAUTORIZACE PŘERUŠENO",
            "ZRUŠENIE PREDAUTORIZÁCIE PRERUŠENÉ",
            "PRE-AUTHORIZATION CANCEL STOPPED",
        ],
        Verdict::NotStarted => [
            "ZRUŠENÍ PŘEDAUTORIZACE NEPROBĚHLO",
            "ZRUŠENIE PREDAUTORIZÁCIE NEPREBEHLO",
            "PRE-AUTHORIZATION CANCEL NOT STARTED",
        ],
        Verdict::Unknown => [
            "VÝSLEDEK ZRUŠENÍ PŘEDAUTORIZACE NEZNÁMÝ",
            "VÝSLEDOK ZRUŠENIA PREDAUTORIZÁCIE NEZNÁMY",
            "PRE-AUTHORIZATION CANCEL STATE UNKNOWN",
        ],
    }
}
