//! One view per folder and process: registers that share a folder read it once and keep it once.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use once_cell::sync::Lazy;

use super::Shared;

/// By process id, because a forked child has a copy that is not its own, and by real path.
type Folders = HashMap<(u32, PathBuf), Weak<Shared>>;

static FOLDERS: Lazy<Mutex<Folders>> = Lazy::new(Mutex::default);

/// What this process knows of an existing folder. It is forgotten with the last handle on it.
pub(super) fn in_folder(folder: &Path) -> Arc<Shared> {
    let real = (std::process::id(), std::fs::canonicalize(folder).unwrap_or_else(|_| folder.into()));
    let mut folders = FOLDERS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(shared) = folders.get(&real).and_then(Weak::upgrade) {
        return shared;
    }
    // The path as the register set it, for messages; made absolute, because the current folder may change.
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.into());
    let mut shared = Shared::default();
    shared.folder = Some(folder);
    let shared = Arc::new(shared);
    folders.insert(real, Arc::downgrade(&shared));
    shared
}

/// With the last handle nothing is left of the view: a program that unloads this library has nothing to lose.
impl Drop for Shared {
    fn drop(&mut self) {
        if self.folder.is_none() {
            return;
        }
        let mut folders = FOLDERS.lock().unwrap_or_else(PoisonError::into_inner);
        folders.retain(|_, shared| shared.strong_count() > 0);
        if folders.is_empty() {
            *folders = Folders::new();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The view ends with its last handle.
    #[test]
    fn api_one_folder_has_one_view_however_its_path_is_written() {
        let folder = std::env::temp_dir();
        let one = in_folder(&folder);
        assert!(Arc::ptr_eq(&one, &in_folder(&folder.join("."))));
        let weak = Arc::downgrade(&one);
        drop(one);
        assert!(weak.upgrade().is_none(), "it is forgotten");
    }
}
