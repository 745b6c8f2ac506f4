//! The agent's address in a path, which the server decodes twice (registry.md, section 3).

use super::{ACME, SALES, WITH_PERCENT, credentials, encoded, error, get, of, put, status};
use crate::server::Server;
use serde_json::json;

#[test]
fn an_address_with_a_percent_is_exact_only_when_it_is_encoded_twice() {
    let server = Server::demo();
    let body = credentials(&server, &json!({}));
    let once = put(
        &server,
        &encoded(1, WITH_PERCENT, "oauth-client-credentials"),
        &body,
    );
    assert_eq!(
        once.status, 403,
        "it became https://agent.quarry.example/a/b"
    );
    let twice = put(
        &server,
        &encoded(2, WITH_PERCENT, "oauth-client-credentials"),
        &body,
    );
    assert_eq!(twice.status, 200);
    assert_eq!(status(&server, WITH_PERCENT)["has_auth"], true);
}

#[test]
fn what_cannot_be_decoded_fails_at_the_first_or_at_the_second_time() {
    let server = Server::demo();
    let first = get(&server, "api/registry/agents/%E0%A4%A/auth-status");
    assert_eq!(
        error(&first),
        (400, "Failed to decode param '%E0%A4%A'".to_owned())
    );
    for (rest, words) in [
        ("auth-status", "Failed to get agent auth status"),
        (
            "oauth-client-credentials",
            "Failed to save OAuth client credentials",
        ),
        ("connect", "Failed to connect agent"),
    ] {
        // A bare percent after the first time.
        let path = encoded(1, "https://a.example/100%", rest);
        let answer = if rest == "auth-status" {
            get(&server, &path)
        } else {
            put(&server, &path, &json!({}))
        };
        assert_eq!(error(&answer), (500, words.to_owned()));
    }
}

#[test]
fn addresses_are_compared_in_lower_case_and_without_slashes_at_their_end() {
    let server = Server::demo();
    let body = credentials(&server, &json!({}));
    for agent in [
        "HTTPS://SALES.STREAMHAUS.EXAMPLE/",
        "https://agent.harbor.example:8443/adcp/V2//",
    ] {
        let answer = put(&server, &of(agent, "oauth-client-credentials"), &body);
        assert_eq!(answer.status, 200, "{agent}");
    }
    assert_eq!(status(&server, SALES)["has_auth"], true);
    assert_eq!(
        status(&server, "https://agent.harbor.example:8443/AdCP/v2")["has_auth"],
        true
    );
    for agent in [
        "https://*.streamhaus.example",
        "https://sales.streamhaus.example/a b",
    ] {
        let path = encoded(2, agent, "oauth-client-credentials").replace('+', "%2520");
        assert_ne!(put(&server, &path, &body).status, 200, "{agent}");
    }
}

#[test]
fn private_addresses_are_no_agents() {
    let server = Server::demo();
    for agent in [
        "http://localhost:3000",
        "ftp://a.example",
        "nonsense",
        "https://192.168.1.1",
    ] {
        let path = of(agent, &format!("auth-status?org={ACME}"));
        assert_eq!(
            error(&get(&server, &path)),
            (400, "Invalid agent URL".to_owned()),
            "{agent}"
        );
    }
}
