//! What only builds with the feature `testing` can do. In a released library each of these is nothing.

use std::time::Duration;

/// A limit that no setter changes. A test that is in a hurry divides it by `CGT_TEST_HURRY`.
#[cfg(not(feature = "testing"))]
pub(crate) const fn patience(limit: Duration) -> Duration {
    limit
}

/// A limit that no setter changes. A test that is in a hurry divides it by `CGT_TEST_HURRY`.
#[cfg(feature = "testing")]
pub(crate) fn patience(limit: Duration) -> Duration {
    use once_cell::sync::Lazy;

    static HURRY: Lazy<u32> = Lazy::new(|| {
        let hurry = std::env::var("CGT_TEST_HURRY").ok().and_then(|text| text.parse().ok());
        hurry.filter(|hurry| *hurry > 0).unwrap_or(1)
    });
    limit / *HURRY
}
