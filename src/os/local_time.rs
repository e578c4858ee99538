//! The shop's wall clock, for a moment of the past or now.

/// What the calendar and the clock on the wall show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LocalTime {
    /// Year, month and day, as people count them.
    pub(crate) day: (i32, i32, i32),
    pub(crate) hour: i32,
    pub(crate) minute: i32,
}

/// A moment (seconds since 1970, UTC) in the time zone of this computer. None where the system cannot tell.
pub(crate) fn local_time(seconds: i64) -> Option<LocalTime> {
    system::local_time(seconds)
}

#[cfg(unix)]
mod system {
    use super::LocalTime;

    pub(super) fn local_time(seconds: i64) -> Option<LocalTime> {
        let seconds = libc::time_t::try_from(seconds).ok()?;
        // SAFETY: every field of tm is a number or a pointer that is not followed here, so zeros are a valid value.
        let mut local: libc::tm = unsafe { std::mem::zeroed() };
        // SAFETY: both pointers are valid for the length of the call.
        let told = unsafe { libc::localtime_r(&raw const seconds, &raw mut local) };
        (!told.is_null()).then_some(LocalTime {
            day: (local.tm_year + 1900, local.tm_mon + 1, local.tm_mday),
            hour: local.tm_hour,
            minute: local.tm_min,
        })
    }
}

#[cfg(windows)]
mod system {
    use super::LocalTime;

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

    pub(super) fn local_time(seconds: i64) -> Option<LocalTime> {
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
        told.then_some(LocalTime {
            day: (local.year.into(), local.month.into(), local.day.into()),
            hour: local.hour.into(),
            minute: local.minute.into(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::local_time;

    #[test]
    fn api_the_local_day_changes_once_in_a_day() {
        const NOON: i64 = 1_795_867_200;
        let day = |seconds| local_time(seconds).map(|time| time.day);
        let hours: Vec<_> = (0..24).map(|hour| day(NOON + hour * 3_600)).collect();
        assert!(hours.iter().all(Option::is_some), "{hours:?}");
        let changes = hours.windows(2).filter(|pair| pair[0] != pair[1]).count();
        assert!(changes <= 1, "{hours:?}");
        assert_ne!(day(NOON), day(NOON + 24 * 3_600));
    }

    /// Every zone is a whole number of quarters of an hour away, and none as far as fifteen hours.
    #[test]
    fn api_the_local_time_is_that_of_a_zone() {
        const NOON: i64 = 1_795_867_200;
        let at = |seconds| local_time(seconds).expect("this system can tell");
        let (noon, later) = (at(NOON), at(NOON + 15 * 60));
        assert_eq!(noon.day.0, 2026);
        assert_eq!(noon.minute % 15, 0);
        let minutes = |time: super::LocalTime| time.hour * 60 + time.minute;
        assert_eq!((minutes(later) - minutes(noon)).rem_euclid(24 * 60), 15);
    }
}
