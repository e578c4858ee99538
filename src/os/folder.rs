//! Making the default folder so that every user of this machine who works at the register can write to it.

use std::io;
use std::path::Path;

/// Makes the folder and those above it. One that is there already stays as it is.
#[cfg(not(windows))]
pub(crate) fn make_shared_folder(folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)
}

/// Makes the folder with the right to modify for all local users, handed down to the files in it. One that is there already stays as it is.
#[cfg(windows)]
pub(crate) fn make_shared_folder(folder: &Path) -> io::Result<()> {
    use std::ffi::c_void;
    use std::os::windows::ffi::OsStrExt;

    #[repr(C)]
    struct SecurityAttributes {
        length: u32,
        descriptor: *mut c_void,
        inherit: i32,
    }
    #[link(name = "advapi32")]
    unsafe extern "system" {
        fn ConvertStringSecurityDescriptorToSecurityDescriptorW(
            text: *const u16,
            revision: u32,
            descriptor: *mut *mut c_void,
            size: *mut u32,
        ) -> i32;
    }
    #[link(name = "kernel32")]
    unsafe extern "system" {
        fn CreateDirectoryW(path: *const u16, attributes: *const SecurityAttributes) -> i32;
        fn LocalFree(memory: *mut c_void) -> *mut c_void;
    }
    // Handed down to files and folders (OICI): everything for SYSTEM, administrators and the owner, "modify" for users (0x1301bf).
    const RIGHTS: &str = "D:(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;CO)(A;OICI;0x1301bf;;;BU)\0";
    const REVISION: u32 = 1;

    if folder.is_dir() {
        return Ok(());
    }
    if let Some(above) = folder.parent() {
        std::fs::create_dir_all(above)?;
    }
    let rights: Vec<u16> = RIGHTS.encode_utf16().collect();
    let path: Vec<u16> = folder.as_os_str().encode_wide().chain([0]).collect();
    let mut descriptor = std::ptr::null_mut();
    // SAFETY: a text with a final NUL and a place for the descriptor; the size is not asked for.
    let made = unsafe {
        ConvertStringSecurityDescriptorToSecurityDescriptorW(
            rights.as_ptr(),
            REVISION,
            &raw mut descriptor,
            std::ptr::null_mut(),
        )
    };
    if made == 0 {
        return Err(io::Error::last_os_error());
    }
    #[allow(clippy::cast_possible_truncation)] // 12 or 24.
    let attributes = SecurityAttributes { length: size_of::<SecurityAttributes>() as u32, descriptor, inherit: 0 };
    // SAFETY: a path with a final NUL, and attributes that live until the call returns.
    let made = unsafe { CreateDirectoryW(path.as_ptr(), &raw const attributes) };
    let error = io::Error::last_os_error();
    // SAFETY: allocated by the conversion above, and not used any more.
    unsafe { LocalFree(descriptor) };
    // Another program may have been faster.
    if made != 0 || folder.is_dir() { Ok(()) } else { Err(error) }
}
