//! Addresses of agents and token endpoints: which are let in, and how they are compared (registry.md, 3 and 9).

use crate::site::percent_decoded;
use std::net::{Ipv4Addr, Ipv6Addr};
use url::{Host, Url};

/// The once-decoded agent address out of a request's path; an error is the part that cannot be decoded.
/// `None` for a path that has no agent in it.
pub fn agent_in(path: &str) -> Option<Result<String, String>> {
    let (_, rest) = path.split_once("/api/registry/agents/")?;
    let segment = rest.split('/').next()?;
    Some(percent_decoded(segment).ok_or_else(|| segment.to_owned()))
}

/// Whether the server would take this address, judged by its text alone. `own` is the origin that is let in
/// though it is private: the sandbox's second port, which stands for a public server.
pub fn is_external(text: &str, own: &str) -> bool {
    let Ok(url) = Url::parse(text) else {
        return false;
    };
    if !matches!(url.scheme(), "http" | "https") {
        return false;
    }
    if url.origin().ascii_serialization() == own {
        return true;
    }
    match url.host() {
        None => false,
        Some(Host::Domain(name)) => {
            let private = ["local", "internal", "localhost"];
            let last = name.rsplit('.').next().unwrap_or_default();
            !name.split('.').any(str::is_empty) && !private.contains(&last)
        }
        Some(Host::Ipv4(address)) => !is_private(address),
        Some(Host::Ipv6(address)) => !is_private_6(address),
    }
}

/// How agents are told apart: without surrounding space, in lower case, without slashes at the end. `None` for
/// what no agent can be called.
pub fn canonical(address: &str) -> Option<String> {
    let text = address.trim().to_lowercase();
    let text = text.trim_end_matches('/');
    let odd = |c: char| c == '*' || c.is_whitespace() || c.is_control();
    (!text.contains(odd)).then(|| text.to_owned())
}

fn is_private(address: Ipv4Addr) -> bool {
    let [a, b, _, _] = address.octets();
    matches!(a, 0 | 10 | 127)
        || (a == 100 && (64..128).contains(&b))
        || (a == 169 && b == 254)
        || (a == 172 && (16..32).contains(&b))
        || (a == 192 && b == 168)
}

/// Private by itself, or a way to write a private address of the older kind.
fn is_private_6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    let older = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        is_private(Ipv4Addr::new(a, b, c, d))
    };
    let inner = match parts {
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            older(high, low)
        }
        [0x2002, high, low, ..] => older(high, low),
        _ => false,
    };
    inner
        || address.is_unspecified()
        || address.is_loopback()
        || matches!(parts[0] & 0xffc0, 0xfe80 | 0xfec0)
        || parts[0] & 0xfe00 == 0xfc00
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_hosts_are_refused_however_they_are_written() {
        for address in [
            "ftp://agent.example",
            "agent.example",
            "https://a..example/x",
            "https://agent.example./x",
            "http://localhost:3000",
            "https://a.localhost",
            "https://printer.local",
            "https://metadata.google.internal",
            "https://169.254.169.254/latest",
            "https://0x7f.1/",
            "https://10.1.2.3",
            "https://100.64.0.1",
            "https://172.31.0.1",
            "https://192.168.0.1",
            "https://[::1]/",
            "https://[::]/",
            "https://[fe80::1]/",
            "https://[fec0::1]/",
            "https://[fd00::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://[::10.0.0.1]/",
            "https://[2002:a00:1::]/",
            "https://[64:ff9b::a00:1]/",
            "http://127.0.0.1:9081",
        ] {
            assert!(!is_external(address, "http://127.0.0.1:9080"), "{address}");
        }
        for address in [
            "https://agent.example:8443/mcp",
            "http://agent.example",
            "https://user:secret@agent.example",
            "https://100.128.0.1",
            "https://172.32.0.1",
            "https://[2001:db8::1]/",
            "http://127.0.0.1:9080/token",
        ] {
            assert!(is_external(address, "http://127.0.0.1:9080"), "{address}");
        }
    }

    #[test]
    fn agents_are_told_apart_in_lower_case() {
        let same = Some("https://agent.example/mcp".to_owned());
        assert_eq!(canonical(" HTTPS://Agent.EXAMPLE/MCP// "), same);
        for odd in [
            "https://*.example",
            "https://a.example/a b",
            "https://a\u{1}.example",
        ] {
            assert_eq!(canonical(odd), None, "{odd:?}");
        }
    }

    #[test]
    fn a_path_is_decoded_once_here() {
        let read = |segment| agent_in(&format!("/x/api/registry/agents/{segment}/connect"));
        assert_eq!(
            read("https%3A%2F%2Fa.example%2Fx%252Fy"),
            Some(Ok("https://a.example/x%2Fy".to_owned()))
        );
        assert_eq!(read("%E0%A4%A"), Some(Err("%E0%A4%A".to_owned())));
        assert_eq!(agent_in("/api/me"), None);
    }
}
