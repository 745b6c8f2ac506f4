//! The one thing that is kept between visits: the choice of light or dark. No secret is ever stored.

use super::{base, window};

/// The stored theme, if one was chosen on this deployment.
pub fn load_theme() -> Option<String> {
    storage()?.get_item(&key()).ok().flatten()
}

/// Keeps the theme; `None` forgets it. Where storage is refused, the choice lasts as long as the page.
pub fn save_theme(theme: Option<&str>) {
    let Some(storage) = storage() else { return };
    let _ = match theme {
        Some(theme) => storage.set_item(&key(), theme),
        None => storage.remove_item(&key()),
    };
}

/// The key carries the base, so that two deployments on one origin do not meet.
fn key() -> String {
    words!("credenza.theme {}", base())
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}
