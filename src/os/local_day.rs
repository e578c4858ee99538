//! The day on the shop's wall clock, for a moment of the past or now.

/// Year, month and day of a moment (seconds since 1970, UTC) in the time zone of this computer. None where the system cannot tell.
pub(crate) fn local_day(seconds: i64) -> Option<(i32, i32, i32)> {
    system::local_day(seconds)
}

#[cfg(unix)]
mod system {
    pub(super) fn local_day(seconds: i64) -> Option<(i32, i32, i32)> {
        let seconds = libc::time_t::try_from(seconds).ok()?;
        // SAFETY: every field of tm is a number or a pointer that is not followed here, so zeros are a valid value.
        let mut local: libc::tm = unsafe { std::mem::zeroed() };
        // SAFETY: both pointers are valid for the length of the call.
        let told = unsafe { libc::localtime_r(&raw const seconds, &raw mut local) };
        (!told.is_null()).then_some((local.tm_year, local.tm_mon, local.tm_mday))
    }
}

#[cfg(windows)]
mod system {
    /// SYSTEMTIME as in minwinbase.h.
    #[repr(C)]
    #[derive(Clone, Copy, Default)]
    struct SystemTime {
        year: u16,
        month: u16,
        day_of_week: u16,
        day: u16,
        hour: u16,
        minute: u16,
        second: u16,
        milliseconds: u16,
    }

    /// FILETIME as in minwindef.h: 100 ns since 1601.
    #[repr(C)]
    struct FileTime {
        low: u32,
        high: u32,
    }

    #[link(name = "kernel32")]
    unsafe extern "system" {
        fn FileTimeToSystemTime(file_time: *const FileTime, system_time: *mut SystemTime) -> i32;
        fn SystemTimeToTzSpecificLocalTime(
            zone: *const std::ffi::c_void,
            universal: *const SystemTime,
            local: *mut SystemTime,
        ) -> i32;
    }

    const FROM_1601_TO_1970: i64 = 11_644_473_600;

    pub(super) fn local_day(seconds: i64) -> Option<(i32, i32, i32)> {
        let ticks = seconds.checked_add(FROM_1601_TO_1970)?.checked_mul(10_000_000)?;
        let ticks = u64::try_from(ticks).ok()?;
        let low = u32::try_from(ticks & u64::from(u32::MAX)).ok()?;
        let file_time = FileTime { low, high: u32::try_from(ticks >> 32).ok()? };
        let (mut universal, mut local) = (SystemTime::default(), SystemTime::default());
        // SAFETY: all pointers are valid for the length of the calls; NULL stands for the time zone of this computer.
        let told = unsafe {
            FileTimeToSystemTime(&raw const file_time, &raw mut universal) != 0
                && SystemTimeToTzSpecificLocalTime(std::ptr::null(), &raw const universal, &raw mut local) != 0
        };
        told.then_some((local.year.into(), local.month.into(), local.day.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::local_day;

    #[test]
    fn api_the_local_day_changes_once_in_a_day() {
        const NOON: i64 = 1_795_867_200;
        let hours: Vec<_> = (0..24).map(|hour| local_day(NOON + hour * 3_600)).collect();
        assert!(hours.iter().all(Option::is_some), "{hours:?}");
        let changes = hours.windows(2).filter(|pair| pair[0] != pair[1]).count();
        assert!(changes <= 1, "{hours:?}");
        assert_ne!(local_day(NOON), local_day(NOON + 24 * 3_600));
    }
}
