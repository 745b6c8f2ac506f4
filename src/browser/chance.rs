//! Chance that nobody can foresee.

use super::window;

/// Two times 32 bytes, of the browser's generator for secrets; nothing where it has none.
pub fn chance() -> Option<[[u8; 32]; 2]> {
    let mut bytes = [[0; 32]; 2];
    let crypto = window().crypto().ok()?;
    for part in &mut bytes {
        crypto.get_random_values_with_u8_array(part).ok()?;
    }
    Some(bytes)
}

/// True where the page may use what browsers keep for safe pages, such as the hash that the callback page needs.
pub fn is_secure() -> bool {
    window().is_secure_context()
}
