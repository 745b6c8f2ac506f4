//! One build at a time.

use crate::Done;
use std::{
    fs::{File, TryLockError},
    path::Path,
};

/// Waits until no other build of a site runs. The lock ends with the returned value, or with the process.
pub fn take(path: &Path) -> Done<File> {
    let wrong = |error: std::io::Error| format!("{} cannot be locked: {error}", path.display());
    let file = File::create(path).map_err(wrong)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            println!("site    waiting for another build to end");
            file.lock().map_err(wrong)?;
        }
        Err(TryLockError::Error(error)) => return Err(wrong(error)),
    }
    Ok(file)
}
