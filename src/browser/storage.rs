//! What is kept in the browser: the choice of light or dark, who we registered as, which answers were taken, and a
//! sign-in for which the whole tab went away. No token and no typed secret is ever stored.

use super::{base, window};

/// Where something is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Store {
    /// Between visits, for every tab.
    Visits,
    /// In this tab, until it is closed.
    Tab,
}

/// The stored theme, if one was chosen on this deployment.
pub fn load_theme() -> Option<String> {
    Store::Visits.read("theme")
}

/// Keeps the theme; `None` forgets it. Where storage is refused, the choice lasts as long as the page.
pub fn save_theme(theme: Option<&str>) {
    Store::Visits.write("theme", theme);
}

/// The full name of a key or a channel. It carries the base, so that two deployments on one origin do not meet.
pub(super) fn named(name: &str) -> String {
    words!("credenza.{} {}", name, base())
}

impl Store {
    /// What is kept under `name`.
    pub fn read(self, name: &str) -> Option<String> {
        self.open()?.get_item(&named(name)).ok().flatten()
    }

    /// Keeps `value` under `name`, or forgets it. False when storage is full or refused.
    pub fn write(self, name: &str, value: Option<&str>) -> bool {
        self.open().is_some_and(|storage| {
            let done = match value {
                Some(value) => storage.set_item(&named(name), value),
                None => storage.remove_item(&named(name)),
            };
            done.is_ok()
        })
    }

    /// The names of this deployment that begin with `start`.
    pub fn names(self, start: &str) -> Vec<String> {
        let mut names = Vec::new();
        let Some(storage) = self.open() else {
            return names;
        };
        let whole = named("");
        let (before, after) = whole.split_at("credenza.".len());
        for at in 0..storage.length().unwrap_or_default() {
            let key = storage.key(at).ok().flatten().unwrap_or_default();
            let name = key.strip_prefix(before);
            let name = name.and_then(|name| name.strip_suffix(after));
            names.extend(name.filter(|name| name.starts_with(start)).map(Into::into));
        }
        names
    }

    fn open(self) -> Option<web_sys::Storage> {
        let storage = match self {
            Self::Visits => window().local_storage(),
            Self::Tab => window().session_storage(),
        };
        storage.ok().flatten()
    }
}
