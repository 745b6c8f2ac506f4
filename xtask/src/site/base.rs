//! The base: the path that the console is deployed under.

use std::str::FromStr;

/// A path with a slash at both ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base(String);

impl Base {
    /// The path, as in `/tools/credenza/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A name for files that belong to this base.
    pub fn slug(&self) -> String {
        match self.0.trim_matches('/') {
            "" => "root".to_owned(),
            // A tilde cannot stand in a base, so that no two bases share a name.
            inner => format!("at~{}", inner.replace('/', "~")),
        }
    }
}

impl Default for Base {
    fn default() -> Self {
        Self("/".to_owned())
    }
}

impl FromStr for Base {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let inner = text.trim_matches('/');
        if inner.is_empty() {
            return Ok(Self::default());
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | '.');
        let odd = |segment: &str| segment.is_empty() || segment == "." || segment == "..";
        if inner.chars().all(plain) && !inner.split('/').any(odd) {
            Ok(Self(format!("/{inner}/")))
        } else {
            Err(format!(
                "--base takes a path such as /tools/credenza/, not {text:?}"
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_has_a_slash_at_both_ends() {
        for (typed, base, slug) in [
            ("/", "/", "root"),
            ("", "/", "root"),
            ("tools/credenza", "/tools/credenza/", "at~tools~credenza"),
            ("/tools-credenza/", "/tools-credenza/", "at~tools-credenza"),
        ] {
            let read: Base = typed.parse().expect(typed);
            assert_eq!((read.as_str(), read.slug().as_str()), (base, slug));
        }
        for typed in ["../x", "a//b", "https://x.example/", "a b", "a~b"] {
            assert!(typed.parse::<Base>().is_err(), "{typed}");
        }
    }
}
