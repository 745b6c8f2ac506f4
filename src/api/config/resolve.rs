//! Makes the addresses of the configuration absolute, and refuses those that browsers read in ways of
//! their own.

use super::ConfigProblem;
use crate::api::address::{may_open, origin_of};

/// Makes `value` absolute: an address of its own, a path from the origin's root, or a path under `base`.
pub(super) fn resolve(value: &str, origin: &str, base: &str) -> Result<String, ConfigProblem> {
    let value = value.trim();
    if value.is_empty() {
        return Err(ConfigProblem::Missing);
    }
    let mut plain = !value.starts_with("//");
    for c in value.chars() {
        plain &= !(matches!(c, '?' | '#' | '\\') || c.is_whitespace() || c.is_control());
    }
    let mut scheme = false;
    for (at, step) in value.split('/').enumerate() {
        plain &= !is_dots(step);
        // A colon in the first step would make a scheme of it.
        if at == 0 {
            scheme = step.ends_with(':');
            plain &= scheme || !step.as_bytes().contains(&b':');
        } else {
            plain &= scheme || !step.ends_with(':');
        }
    }
    if !plain {
        return Err(ConfigProblem::NotAnAddress);
    }
    let mut absolute = String::new();
    if !scheme {
        absolute.push_str(origin);
        if !value.starts_with('/') {
            absolute.push_str(base);
        }
    }
    absolute.push_str(value);
    if origin_of(&absolute).is_none() {
        Err(ConfigProblem::NotAnAddress)
    } else if may_open(&absolute, origin) {
        Ok(absolute)
    } else {
        Err(ConfigProblem::NotHttps)
    }
}

/// True for one or two dots, encoded or not, which browsers take for a step through the path.
fn is_dots(step: &str) -> bool {
    let mut dots = 0;
    let mut rest = step;
    while let Some(after) = rest
        .strip_prefix('.')
        .or_else(|| rest.strip_prefix("%2e"))
        .or_else(|| rest.strip_prefix("%2E"))
    {
        rest = after;
        dots += 1;
    }
    rest.is_empty() && (dots == 1 || dots == 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: &str = "https://console.example";

    #[track_caller]
    fn check(value: &str, expected: Result<&str, ConfigProblem>) {
        assert_eq!(
            resolve(value, HERE, "/base/").as_deref().map_err(|p| *p),
            expected,
            "{value}"
        );
    }

    #[test]
    fn paths_become_absolute() {
        check(
            "gateway/storefront",
            Ok("https://console.example/base/gateway/storefront"),
        );
        check(" /api ", Ok("https://console.example/api"));
        check("a/b:c", Ok("https://console.example/base/a/b:c"));
        check("https://api.example/v2", Ok("https://api.example/v2"));
    }

    #[test]
    fn what_is_no_plain_address_is_refused() {
        for value in [
            "//evil.example",
            "a?b",
            "a#b",
            "../a",
            "a/./b",
            "a/%2E%2e/b",
            "a\\b",
            "a b",
            "javascript:x",
            "data:,x",
            "ftp://a",
            "https://u@a",
            "https://",
            "HTTPS://a",
        ] {
            check(value, Err(ConfigProblem::NotAnAddress));
        }
        check("", Err(ConfigProblem::Missing));
    }

    #[test]
    fn plain_http_stays_between_loopbacks() {
        let loopback = "http://127.0.0.1:9000/api";
        assert_eq!(
            resolve(loopback, "http://localhost:8080", "/").as_deref(),
            Ok(loopback)
        );
        check(loopback, Err(ConfigProblem::NotHttps));
        check("http://api.example", Err(ConfigProblem::NotHttps));
        // A page that itself came in the clear would send its token in the clear.
        let relative = resolve("gateway", "http://intranet.example", "/");
        assert_eq!(relative, Err(ConfigProblem::NotHttps));
    }
}
