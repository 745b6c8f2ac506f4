//! Whether what was typed is an address that can be meant.

use super::Problem;

/// What is wrong with an absolute https address without a fragment, if anything is.
pub(super) fn https(value: &str) -> Option<Problem> {
    let scheme = "https://";
    let starts = value
        .get(..scheme.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(scheme));
    if !starts {
        return Some(match scheme_of(value) {
            Some("http" | "HTTP") => Problem::NotHttps,
            _ => Problem::NotAnAddress,
        });
    }
    let rest = &value[scheme.len()..];
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let named = host.split(':').next().is_some_and(|name| !name.is_empty());
    // A name and password in an address are a secret in the wrong place.
    if !named || host.as_bytes().contains(&b'@') || !is_plain(rest) {
        Some(Problem::NotAnAddress)
    } else if rest.as_bytes().contains(&b'#') {
        Some(Problem::HasFragment)
    } else {
        None
    }
}

/// What is wrong with an absolute URI, if anything is.
pub(super) fn uri(value: &str) -> Option<Problem> {
    match scheme_of(value) {
        Some("https" | "http") if value.ends_with("//") => Some(Problem::NotAnAddress),
        Some(scheme) if value.len() > scheme.len() + 1 && is_plain(value) => None,
        _ => Some(Problem::NotAUri),
    }
}

/// The scheme in front of the first colon (RFC 3986 section 3.1).
fn scheme_of(value: &str) -> Option<&str> {
    let (scheme, _) = value.split_once(':')?;
    let letters = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    let fits = scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(letters);
    fits.then_some(scheme)
}

/// No character that an address cannot hold as it is.
fn is_plain(text: &str) -> bool {
    !text.contains(|c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '\\' | '"' | '<' | '>')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_endpoint_is_an_https_address_without_fragment() {
        for good in [
            "https://auth.example/token",
            "HTTPS://auth.example",
            "https://a.example:8443/t?x=1",
            "https://[::1]/t",
        ] {
            assert_eq!(https(good), None, "{good}");
        }
        for (bad, problem) in [
            ("auth.example/token", Problem::NotAnAddress),
            ("http://auth.example", Problem::NotHttps),
            ("https://", Problem::NotAnAddress),
            ("https:///token", Problem::NotAnAddress),
            ("https://u:p@auth.example", Problem::NotAnAddress),
            ("https://a b.example", Problem::NotAnAddress),
            ("https://a.example/#top", Problem::HasFragment),
            ("javascript:alert(1)", Problem::NotAnAddress),
            ("", Problem::NotAnAddress),
        ] {
            assert_eq!(https(bad), Some(problem), "{bad}");
        }
    }

    #[test]
    fn an_audience_is_any_absolute_uri() {
        for good in [
            "https://api.example",
            "http://api.example/x#y",
            "urn:example:ads",
            "api://client-id",
        ] {
            assert_eq!(uri(good), None, "{good}");
        }
        for bad in ["api.example", "", "urn:", "1a:b", "https://a b", "a b:c"] {
            assert_eq!(uri(bad), Some(Problem::NotAUri), "{bad}");
        }
        assert_eq!(uri("https://"), Some(Problem::NotAnAddress));
    }
}
