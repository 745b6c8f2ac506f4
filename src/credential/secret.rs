//! A string that must not be shown, logged or stored.

use std::fmt;

use zeroize::Zeroizing;

/// A secret string: its `Debug` is redacted, it has no `Display`, and its memory is zeroed on drop.
///
/// Copies that JavaScript makes of it (an input's value, a request body) cannot be zeroed; that is
/// a limit of the platform.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes ownership of `value`.
    pub fn new(value: impl Into<String>) -> Self {
        Self(Zeroizing::new(value.into()))
    }

    /// The text itself. Call this only where it leaves for its one destination.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// True when there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret([redacted])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_never_shows_the_text() {
        let secret = Secret::new("hunter2");
        assert_eq!(
            format!("{secret:?} {secret:#?}"),
            "Secret([redacted]) Secret([redacted])"
        );
    }
}
