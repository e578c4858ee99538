//! What kind of drive a folder is on: a journal belongs on a disk of this machine.

use std::path::Path;

/// Where a folder is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Drive {
    /// A disk of this machine, or something that does not say otherwise.
    Fixed,
    /// Another machine's: its locks and its "it is on disk" are only promises.
    Network,
    /// Somebody may pull it out.
    Removable,
}

#[cfg(target_os = "linux")]
pub(crate) fn drive_of(folder: &Path) -> Drive {
    use std::ffi::CString;
    use std::os::unix::ffi::OsStrExt;

    let Ok(path) = CString::new(folder.as_os_str().as_bytes()) else { return Drive::Fixed };
    let mut facts = std::mem::MaybeUninit::<libc::statfs>::uninit();
    // SAFETY: a path with a final NUL, and a place for the answer.
    if unsafe { libc::statfs(path.as_ptr(), facts.as_mut_ptr()) } != 0 {
        return Drive::Fixed;
    }
    // SAFETY: filled by the call that succeeded.
    let facts = unsafe { facts.assume_init() };
    // The field's type differs between architectures; the magic numbers have 32 bits.
    #[allow(clippy::cast_sign_loss, clippy::cast_possible_truncation, clippy::unnecessary_cast)]
    let kind = u64::from(facts.f_type as u32);
    match (is_network(kind), is_removable(folder)) {
        (true, true | false) => Drive::Network,
        (false, true) => Drive::Removable,
        (false, false) => Drive::Fixed,
    }
}

/// Of the file systems in statfs(2): NFS, SMB in its three generations, AFS, 9P, Ceph.
#[cfg(target_os = "linux")]
fn is_network(kind: u64) -> bool {
    matches!(kind, 0x6969 | 0x517B | 0xFF53_4D42 | 0xFE53_4D42 | 0x5346_414F | 0x0102_1997 | 0x00C3_6400)
}

/// The kernel tells it of a whole disk; a partition stands in the folder of its disk.
#[cfg(target_os = "linux")]
fn is_removable(folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;

    let Ok(device) = std::fs::metadata(folder).map(|facts| facts.dev()) else { return false };
    let device = format!("/sys/dev/block/{}:{}", libc::major(device), libc::minor(device));
    ["removable", "../removable"]
        .iter()
        .any(|name| std::fs::read_to_string(Path::new(&device).join(name)).is_ok_and(|text| text.trim() == "1"))
}

#[cfg(windows)]
pub(crate) fn drive_of(folder: &Path) -> Drive {
    use std::os::windows::ffi::OsStrExt;
    use std::path::{Component, Prefix};

    #[link(name = "kernel32")]
    unsafe extern "system" {
        fn GetDriveTypeW(root: *const u16) -> u32;
    }
    const REMOVABLE: u32 = 2;
    const REMOTE: u32 = 4;
    let Some(Component::Prefix(prefix)) = folder.components().next() else { return Drive::Fixed };
    match prefix.kind() {
        Prefix::UNC(..) | Prefix::VerbatimUNC(..) => return Drive::Network,
        Prefix::Disk(_) | Prefix::VerbatimDisk(_) | Prefix::Verbatim(_) | Prefix::DeviceNS(_) => {}
    }
    let root: Vec<u16> = prefix.as_os_str().encode_wide().chain([u16::from(b'\\'), 0]).collect();
    // SAFETY: a text with a final NUL.
    match unsafe { GetDriveTypeW(root.as_ptr()) } {
        REMOVABLE => Drive::Removable,
        REMOTE => Drive::Network,
        _ => Drive::Fixed,
    }
}

#[cfg(not(any(windows, target_os = "linux")))]
pub(crate) fn drive_of(_: &Path) -> Drive {
    Drive::Fixed
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    /// A folder that another machine shares.
    #[test]
    fn api_a_shared_folder_is_a_network_drive_and_a_disk_is_not() {
        // NFS, CIFS, SMB 2 and later, 9P; ext4, XFS, Btrfs, tmpfs, overlayfs, FAT.
        for kind in [0x6969, 0xFF53_4D42, 0xFE53_4D42, 0x0102_1997] {
            assert!(is_network(kind), "{kind:x}");
        }
        for kind in [0xEF53, 0x5846_5342, 0x9123_683E, 0x0102_1994, 0x794C_7630, 0x4D44] {
            assert!(!is_network(kind), "{kind:x}");
        }
        assert_eq!(drive_of(&std::env::temp_dir()), Drive::Fixed);
        assert_eq!(drive_of(Path::new("/there/is/no/such/folder")), Drive::Fixed);
    }
}
