//! Which absolute addresses may be called or opened: https, and plain http only between loopbacks.

use crate::credential::{self, is_loopback_host};

/// The origin of an absolute http(s) address: the slice up to its path. Nothing when `url` is not
/// one, carries a user name, or holds a character that browsers read in ways of their own.
pub fn origin_of(url: &str) -> Option<&str> {
    let start = scheme(url);
    let mut end = None;
    for (at, c) in url.char_indices() {
        if c == '\\' || c.is_whitespace() || c.is_control() {
            return None;
        }
        if at >= start && end.is_none() {
            match c {
                '/' | '?' | '#' => end = Some(at),
                '@' => return None,
                _ => {}
            }
        }
    }
    let origin = url.get(..end.unwrap_or(url.len()))?;
    (start > 0 && !host_of(origin).is_empty()).then_some(origin)
}

/// True when `url` is on this very machine: `localhost`, a name under it, `127.…` or `[::1]`.
pub fn is_loopback(url: &str) -> bool {
    let Some(origin) = origin_of(url) else {
        return false;
    };
    is_loopback_host(&host_of(origin).to_ascii_lowercase())
}

/// True when a page of `own_origin` may call or open `url`: any https address, or a loopback one over
/// plain http while the page itself is on a loopback.
pub fn may_open(url: &str, own_origin: &str) -> bool {
    match origin_of(url) {
        Some(origin) if origin.starts_with("https://") => true,
        Some(origin) => is_loopback(origin) && is_loopback(own_origin),
        None => false,
    }
}

/// How long the scheme is, with its slashes; 0 when it is none of ours.
fn scheme(url: &str) -> usize {
    for scheme in ["https://", "http://"] {
        if url.starts_with(scheme) {
            return scheme.len();
        }
    }
    0
}

/// The host of an origin, with the brackets of an IPv6 address.
fn host_of(origin: &str) -> &str {
    credential::host_of(origin.get(scheme(origin)..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_end_before_the_path() {
        assert_eq!(
            origin_of("https://a.example:8443/x?y#z"),
            Some("https://a.example:8443")
        );
        assert_eq!(origin_of("https://a.example?x"), Some("https://a.example"));
        assert_eq!(origin_of("http://[::1]:80"), Some("http://[::1]:80"));
        for bad in [
            "",
            "/x",
            "//a",
            "ftp://a",
            "https://",
            "https:///x",
            "https://u@a",
            "https://a\\@b",
        ] {
            assert_eq!(origin_of(bad), None, "{bad}");
        }
        assert_eq!(origin_of("javascript:alert(1)"), None);
        assert_eq!(origin_of("https://a b"), None);
    }

    #[test]
    fn plain_http_only_between_loopbacks() {
        let here = "http://127.0.0.1:8080";
        for url in [
            "http://localhost:9080/x",
            "http://127.4.5.6",
            "http://[::1]:1/",
            "http://a.localhost",
        ] {
            assert!(may_open(url, here), "{url}");
            assert!(!may_open(url, "https://console.example"), "{url}");
        }
        for url in [
            "http://a.example",
            "http://127.0.0.1.example",
            "http://127.1",
            "http://notlocalhost",
        ] {
            assert!(!may_open(url, here), "{url}");
        }
        assert!(may_open("https://a.example/authorize?x=1", here));
        assert!(!may_open("javascript:alert(1)", here) && !may_open("data:text/html,x", here));
    }
}
