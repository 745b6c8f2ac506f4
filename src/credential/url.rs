//! Whether what was typed is an address that can be meant.

use super::Problem;
use super::seek::behind_last;

/// What is wrong with an absolute https address without a fragment, if anything is.
pub(super) fn https(value: &str) -> Option<Problem> {
    match behind(value, "https://") {
        Some(rest) => whole(rest),
        None if behind(value, "http:").is_some() => Some(Problem::NotHttps),
        None => Some(Problem::NotAnAddress),
    }
}

/// The same, for one that the registry reaches: its host is public, or, while our own page is on a loopback,
/// on a loopback too, over http as well.
pub(super) fn public(value: &str, on_loopback: bool) -> Option<Problem> {
    let rest = behind(value, "https://").or_else(|| behind(value, "http://"));
    let rest = rest.unwrap_or_default();
    let host = host_of(authority_of(rest)).to_ascii_lowercase();
    let host = host.trim_end_matches('.');
    if on_loopback && is_loopback_host(host) {
        return whole(rest);
    }
    https(value).or_else(|| is_private(host).then_some(Problem::PrivateHost))
}

/// What stands behind a scheme, in whatever case it is written.
fn behind<'a>(value: &'a str, scheme: &str) -> Option<&'a str> {
    let head = value.get(..scheme.len())?;
    let starts = head.eq_ignore_ascii_case(scheme);
    starts.then_some(value.get(scheme.len()..)?)
}

/// What is wrong with an address behind its scheme.
fn whole(rest: &str) -> Option<Problem> {
    let authority = authority_of(rest);
    // A name and password in an address are a secret in the wrong place.
    if host_of(authority).is_empty() || authority.as_bytes().contains(&b'@') || !is_plain(rest) {
        Some(Problem::NotAnAddress)
    } else if rest.as_bytes().contains(&b'#') {
        Some(Problem::HasFragment)
    } else {
        None
    }
}

fn authority_of(rest: &str) -> &str {
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

/// The host in front of a port, with the brackets of an IPv6 address; nothing when one never closes.
pub fn host_of(authority: &str) -> &str {
    let mut end = authority.len();
    let mut bracket = false;
    for (at, byte) in authority.bytes().enumerate() {
        match byte {
            b'[' if at == 0 => bracket = true,
            b']' if bracket => {
                end = at + 1;
                bracket = false;
                break;
            }
            b':' if !bracket => {
                end = at;
                break;
            }
            _ => {}
        }
    }
    if bracket {
        ""
    } else {
        authority.get(..end).unwrap_or_default()
    }
}

/// True when a host in small letters is this very machine: `localhost`, a name under it, `127.…` or `[::1]`.
pub fn is_loopback_host(host: &str) -> bool {
    host == "localhost"
        || host.ends_with(".localhost")
        || host == "[::1]"
        || matches!(numbers(host), Some([127, ..]))
}

/// True when a host in small letters is in a private network or on the machine itself, or is written so
/// that it might be: the registry refuses these (registry.md, section 9), and more of them after it has
/// looked them up.
fn is_private(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[') {
        // Of IPv6 only 2000::/3 is given out, and 2002::/16 in it stands for IPv4 addresses.
        let group = address.split(':').next().unwrap_or_default();
        return group.len() != 4 || !group.starts_with(['2', '3']) || group == "2002";
    }
    for name in ["localhost", "local", "internal"] {
        if let Some(before) = host.strip_suffix(name)
            && (before.is_empty() || before.ends_with('.'))
        {
            return true;
        }
    }
    // A host whose last part begins with a digit is an IPv4 address to a browser, in whatever spelling.
    let last = behind_last(host, b'.');
    last.starts_with(|c: char| c.is_ascii_digit())
        && match numbers(host) {
            None | Some([0 | 10 | 127, ..] | [169, 254, ..] | [192, 168, ..]) => true,
            Some([100, second, ..]) => second & 0xc0 == 64,
            Some([172, second, ..]) => second & 0xf0 == 16,
            Some(_) => false,
        }
}

/// Four numbers up to 255 with dots between them, each in the one spelling that has no second meaning.
fn numbers(host: &str) -> Option<[u8; 4]> {
    let mut numbers = [0; 4];
    let mut count = 0;
    for part in host.split('.') {
        if part.len() > 1 && !part.starts_with(|c: char| matches!(c, '1'..='9')) {
            return None;
        }
        *numbers.get_mut(count)? = part.parse().ok()?;
        count += 1;
    }
    (count == 4).then_some(numbers)
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
            ("https://[::1/t", Problem::NotAnAddress),
            ("https://a.example/#top", Problem::HasFragment),
            ("javascript:alert(1)", Problem::NotAnAddress),
            ("", Problem::NotAnAddress),
        ] {
            assert_eq!(https(bad), Some(problem), "{bad}");
        }
    }

    #[test]
    fn private_hosts_are_known_in_every_spelling() {
        for host in [
            "localhost",
            "LOCALHOST.",
            "a.localhost",
            "db.local",
            "metadata.google.internal",
            "127.0.0.1",
            "10.1.2.3",
            "0.0.0.0",
            "100.64.0.1",
            "100.127.255.255",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.9.9",
            "192.168.0.1:8443",
            "2130706433",
            "0x7f.0.0.1",
            "127.1",
            "010.0.0.1",
            "1.2.3.4.5",
            "1.2.3.400",
            "[::1]",
            "[fe80::1]",
            "[fc00::1]",
            "[::ffff:10.0.0.1]",
            "[2002:7f00:1::]",
            "[64:ff9b::1]",
        ] {
            let address = ["https://", host, "/token"].concat();
            assert_eq!(
                public(&address, false),
                Some(Problem::PrivateHost),
                "{host}"
            );
        }
        for host in [
            "auth.example",
            "localhost.example",
            "notlocal",
            "8.8.8.8",
            "100.128.0.1",
            "172.32.0.1",
            "192.169.0.1",
            "[2606:4700::1]:443",
            "10.example",
            "169.example.com",
        ] {
            let address = ["https://", host, "/token"].concat();
            assert_eq!(public(&address, false), None, "{host}");
        }
    }

    #[test]
    fn loopbacks_pass_while_our_own_page_is_on_one() {
        for address in [
            "http://127.0.0.1:9080/demo/token",
            "HTTP://LocalHost:9080",
            "https://127.4.5.6/",
            "http://a.localhost/x?y",
            "http://[::1]:9080/mcp",
        ] {
            assert_eq!(public(address, true), None, "{address}");
            assert!(public(address, false).is_some(), "{address}");
        }
        for (address, problem) in [
            ("http://auth.example/token", Problem::NotHttps),
            ("http://127.0.0.1.example/token", Problem::NotHttps),
            ("http://192.168.0.1/token", Problem::NotHttps),
            ("http://0x7f.0.0.1/token", Problem::NotHttps),
            ("http://127.0.0.1@auth.example/", Problem::NotHttps),
            ("https://192.168.0.1/token", Problem::PrivateHost),
            ("https://printer.local/", Problem::PrivateHost),
            ("https://0177.0.0.1/", Problem::PrivateHost),
            ("http://u:p@localhost/", Problem::NotHttps),
            ("http://u@a.localhost/", Problem::NotAnAddress),
            ("http://localhost/#top", Problem::HasFragment),
            ("ftp://localhost/", Problem::NotAnAddress),
            ("localhost", Problem::NotAnAddress),
            ("", Problem::NotAnAddress),
        ] {
            assert_eq!(public(address, true), Some(problem), "{address}");
        }
        assert_eq!(public("https://auth.example/token", true), None);
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
