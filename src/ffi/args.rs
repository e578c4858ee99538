//! What comes from and goes to C: pointers, texts, numbers. Every check names the argument, what was wrong and what is allowed.

use std::ffi::{CStr, c_char};
use std::time::Duration;

use crate::codes::{Code, Kind};
use crate::error::Error;

/// A required place to write to.
///
/// # Safety
/// `pointer` is NULL or points to writable memory of this type for as long as the call lasts.
pub(super) unsafe fn out_pointer<'c, T>(name: &str, pointer: *mut T) -> Result<&'c mut T, Error> {
    // SAFETY: the caller's promise.
    unsafe { pointer.as_mut() }.ok_or_else(|| Error::new(Code::Null, format!("{name}: the pointer is NULL")))
}

/// Makes a place to write to harmless, before anything can fail: also a call on a freed or busy handle must not leave an old answer there.
///
/// # Safety
/// `pointer` is NULL or points to writable memory of this type.
pub(super) unsafe fn preset<T>(pointer: *mut T, harmless: T) {
    if !pointer.is_null() {
        // SAFETY: the caller's promise; what stands there is a plain number or pointer that needs no drop.
        unsafe { pointer.write(harmless) };
    }
}

/// The same for a text: an empty one, of which nothing is needed.
///
/// # Safety
/// `buf` is NULL or has room for `cap` bytes; `need` is NULL or writable.
pub(super) unsafe fn preset_text(buf: *mut c_char, cap: i32, need: *mut i32) {
    // SAFETY: the caller's promise.
    unsafe {
        preset(need, 0);
        if cap > 0 {
            preset(buf, 0);
        }
    }
}

/// A required text of 1 to `longest` bytes.
///
/// # Safety
/// `pointer` is NULL or a text with a final NUL that stays as it is for as long as the call lasts.
pub(super) unsafe fn text<'c>(name: &str, pointer: *const c_char, longest: usize) -> Result<&'c str, Error> {
    // SAFETY: the caller's promise, passed on.
    let text = unsafe { optional_text(name, pointer, longest) }?;
    if text.is_empty() {
        return Err(Error::new(Code::Text, format!("{name}: the text is empty; 1 to {longest} bytes are allowed")));
    }
    Ok(text)
}

/// A text that may be left out with NULL, but not be empty.
///
/// # Safety
/// As for [`text`].
pub(super) unsafe fn text_or_null<'c>(
    name: &str,
    pointer: *const c_char,
    longest: usize,
) -> Result<Option<&'c str>, Error> {
    // SAFETY: the caller's promise, passed on.
    if pointer.is_null() { Ok(None) } else { unsafe { text(name, pointer, longest) }.map(Some) }
}

/// A text that may be empty.
///
/// # Safety
/// As for [`text`].
pub(super) unsafe fn optional_text<'c>(name: &str, pointer: *const c_char, longest: usize) -> Result<&'c str, Error> {
    if pointer.is_null() {
        return Err(Error::new(Code::Null, format!("{name}: the pointer is NULL")));
    }
    // SAFETY: the caller's promise.
    let bytes = unsafe { CStr::from_ptr(pointer) }.to_bytes();
    if bytes.len() > longest {
        return Err(Error::new(
            Code::Text,
            format!("{name}: the text has {} bytes; at most {longest} are allowed", bytes.len()),
        ));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        Error::new(Code::Text, format!("{name}: the text is not UTF-8 (byte {})", error.valid_up_to() + 1))
    })
}

/// A number within limits, both included, in the type the core wants.
pub(super) fn number<T: TryFrom<i32>>(name: &str, value: i32, least: i32, most: i32) -> Result<T, Error> {
    let wrong = || Error::new(Code::Range, format!("{name}: {value} is not allowed; {least} to {most} is"));
    if !(least..=most).contains(&value) {
        return Err(wrong());
    }
    T::try_from(value).map_err(|_| wrong())
}

/// A truth value: 1 and -1, which is how Visual Basic writes True, are yes, 0 is no.
pub(super) fn truth(name: &str, value: i32) -> Result<bool, Error> {
    match value {
        1 | -1 => Ok(true),
        0 => Ok(false),
        other => Err(Error::new(Code::Range, format!("{name}: {other} is not allowed; 1 and -1 (yes) and 0 (no) are"))),
    }
}

/// How many there are of something.
pub(super) fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// A limit in milliseconds; -1 is "leave it as it is".
pub(super) fn milliseconds(name: &str, value: i32, least: i32, most: i32) -> Result<Option<Duration>, Error> {
    if value == -1 {
        return Ok(None);
    }
    let value: u64 = number(name, value, least, most)
        .map_err(|error| Error::new(Code::Range, format!("{}, or -1 to leave it as it is", error.message())))?;
    Ok(Some(Duration::from_millis(value)))
}

/// A field number.
pub(super) fn field<F>(from_number: impl FnOnce(i32) -> Option<F>, number: i32) -> Result<F, Error> {
    from_number(number)
        .ok_or_else(|| Error::new(Code::Field, format!("field: there is no field {number} in this version")))
}

/// A kind of request.
pub(super) fn kind(kind: Option<Kind>, number: i32) -> Result<Kind, Error> {
    kind.ok_or_else(|| {
        let known: Vec<&str> = Kind::ALL.iter().map(|kind| kind.c_name()).collect();
        Error::new(Code::Kind, format!("kind: {number} is not known to this version; known are {}", known.join(", ")))
    })
}

/// The caller's buffer for a text.
pub(super) struct TextOut<'c> {
    buffer: Option<&'c mut [u8]>,
    need: Option<&'c mut i32>,
}

impl TextOut<'_> {
    /// # Safety
    /// `buf` is NULL or has room for `cap` bytes; `need` is NULL or writable.
    pub(super) unsafe fn new(buf: *mut c_char, cap: i32, need: *mut i32) -> Result<Self, Error> {
        // SAFETY: the caller's promise.
        let mut need = unsafe { need.as_mut() };
        if let Some(need) = need.as_deref_mut() {
            *need = 0;
        }
        let room = usize::try_from(cap).map_err(|_| Error::new(Code::Range, format!("cap: {cap} is negative")))?;
        if room > 0 && buf.is_null() {
            return Err(Error::new(Code::Null, format!("buf: the pointer is NULL though cap is {cap}")));
        }
        // SAFETY: not NULL, and room for `cap` bytes by the caller's promise.
        let mut buffer = (room > 0).then(|| unsafe { std::slice::from_raw_parts_mut(buf.cast::<u8>(), room) });
        if let Some(first) = buffer.as_deref_mut().and_then(<[u8]>::first_mut) {
            *first = 0;
        }
        Ok(Self { buffer, need })
    }

    /// Writes the whole text or nothing. A NUL inside, which the terminal may send, becomes a space.
    pub(super) fn write(self, text: &str) -> Result<(), Error> {
        self.write_bytes(text.as_bytes())
    }

    /// The same for a text in a code page.
    pub(super) fn write_bytes(self, text: &[u8]) -> Result<(), Error> {
        let size = text.len() + 1;
        if let Some(need) = self.need {
            *need = i32::try_from(size).unwrap_or(i32::MAX);
        }
        let room = self.buffer.as_ref().map_or(0, |buffer| buffer.len());
        match self.buffer {
            Some(buffer) if room >= size => {
                for (place, byte) in buffer.iter_mut().zip(text.iter().copied().chain([0])) {
                    *place = byte;
                }
                for place in buffer.iter_mut().take(size - 1).filter(|place| **place == 0) {
                    *place = b' ';
                }
                Ok(())
            }
            Some(_) | None => Err(Error::new(Code::Buffer, format!("buf: {size} bytes are needed, cap is {room}"))),
        }
    }
}
