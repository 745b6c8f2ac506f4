//! The order of the server's checks, and what each says.

use super::{ACME, SALES, SIGNALS, USER, call, credentials, encoded, error, of, put, status};
use crate::{connection::Answer, server::Server};
use serde_json::{Value, json};

const NOT_MINE: &str = "https://somebody.elsewhere.example";
const PRIVATE: &str = "https://10.0.0.1";

#[test]
fn a_save_is_judged_in_the_servers_order() {
    let server = Server::demo();
    let save = |token: &str, agent: &str, body: &Value| {
        call(
            &server,
            token,
            "PUT",
            &of(agent, "oauth-client-credentials"),
            body,
        )
    };
    let nothing = json!({});
    let odd_organization = credentials(&server, &json!({"organization_id": " x"}));
    let right = credentials(&server, &json!({}));

    server.tell("registry", &json!({"per_hour": 0}));
    assert_eq!(save("nobody", PRIVATE, &nothing).status, 429);
    server.tell("registry", &json!({"per_hour": 60}));
    assert_eq!(save("nobody", PRIVATE, &nothing).status, 401);
    let told = error(&save(USER, PRIVATE, &nothing));
    assert_eq!(told, (400, "Invalid agent URL".to_owned()));
    let told = save(USER, NOT_MINE, &nothing).json();
    assert_eq!(
        (&told["code"], &told["field"]),
        (&json!("missing_field"), &json!("token_endpoint"))
    );
    let told = save(USER, NOT_MINE, &odd_organization);
    let words = "organization_id must be a non-empty organization ID";
    assert_eq!(error(&told), (400, words.to_owned()));
    assert_eq!(told.json().get("code"), None);
    let told = error(&save(USER, NOT_MINE, &right));
    let words = "You do not have permission to modify this agent";
    assert_eq!(told, (403, words.to_owned()));

    let saved = save(USER, SALES, &right);
    assert_eq!(saved.status, 200);
    let saved = saved.json();
    assert_eq!(saved["auth_type"], "oauth_client_credentials");
    assert_eq!(
        (&saved["connected"], &saved["has_auth"]),
        (&json!(true), &json!(true))
    );
    assert_eq!(saved["refresh"]["online"], true);
    assert_eq!(
        saved["agent_context_id"],
        status(&server, SALES)["agent_context_id"]
    );
}

#[test]
fn a_field_is_told_over_the_wire() {
    let server = Server::demo();
    for (changes, code, field) in [
        (
            json!({"token_endpoint": null}),
            "missing_field",
            "token_endpoint",
        ),
        (
            json!({"token_endpoint": "https://127.0.0.1/x"}),
            "invalid_url",
            "token_endpoint",
        ),
        (
            json!({"client_id": "$ENV:PATH"}),
            "invalid_env_reference",
            "client_id",
        ),
        (
            json!({"client_secret": "x".repeat(8193)}),
            "field_too_long",
            "client_secret",
        ),
        (json!({"scope": []}), "invalid_field_type", "scope"),
        (json!({"resource": []}), "array_too_few", "resource"),
        (
            json!({"resource": vec!["r"; 9]}),
            "array_too_many",
            "resource",
        ),
        (
            json!({"resource": vec!["r".repeat(2000); 5]}),
            "aggregate_too_long",
            "resource",
        ),
        (
            json!({"auth_method": "none"}),
            "invalid_auth_method_value",
            "auth_method",
        ),
    ] {
        let body = credentials(&server, &changes);
        let answer = put(&server, &of(SALES, "oauth-client-credentials"), &body);
        assert_eq!(answer.status, 400, "{changes}");
        let told = answer.json();
        assert_eq!(
            (&told["code"], &told["field"]),
            (&json!(code), &json!(field)),
            "{changes}"
        );
    }
    let blob = put(&server, &of(SALES, "oauth-client-credentials"), &json!([]));
    assert_eq!(blob.json()["code"], "invalid_blob_shape");
    assert_eq!(
        status(&server, SALES)["has_auth"],
        false,
        "nothing was saved"
    );
}

#[test]
fn a_body_is_judged_before_everything_else() {
    let server = Server::demo();
    let path = format!(
        "/gateway/registry/{}",
        of(PRIVATE, "oauth-client-credentials")
    );
    let send = |kind: &str, body: &str| -> Answer {
        let bearer = format!("Bearer {USER}");
        let headers = [("Authorization", bearer.as_str()), ("Content-Type", kind)];
        server.raw("PUT", &path, &headers, body)
    };
    server.tell("registry", &json!({"per_hour": 0}));
    for body in ["{", "\"text\"", "null", "7"] {
        let answer = send("application/json", body);
        assert_eq!(
            error(&answer),
            (400, "Malformed request body".to_owned()),
            "{body}"
        );
        assert_eq!(answer.json()["type"], "entity.parse.failed");
    }
    let large = format!("{{\"x\":\"{}\"}}", "x".repeat(10 << 20));
    let answer = send("application/json", &large);
    assert_eq!(error(&answer), (413, "Request body too large".to_owned()));
    server.tell("registry", &json!({"per_hour": 60}));
    // Within the limit, though it is more than other routes of the sandbox take.
    let long = format!("{{\"x\":\"{}\"}}", "x".repeat(3 << 20));
    assert_eq!(
        error(&send("application/json", &long)).1,
        "Invalid agent URL"
    );
    // What does not say that it is JSON is no body at all.
    let path = of(SALES, "oauth-client-credentials");
    let bearer = format!("Bearer {USER}");
    let headers = [
        ("Authorization", bearer.as_str()),
        ("Content-Type", "text/plain"),
    ];
    let answer = server.raw("PUT", &format!("/gateway/registry/{path}"), &headers, "{}");
    assert_eq!(answer.json()["code"], "invalid_blob_shape");
}

#[test]
fn three_routes_share_one_bucket_and_failures_count() {
    let server = Server::demo();
    server.tell("registry", &json!({"per_hour": 3}));
    let first = call(&server, "nobody", "PUT", &of(SALES, "connect"), &json!({}));
    assert_eq!(
        (first.status, first.header("ratelimit-remaining")),
        (401, Some("2"))
    );
    assert_eq!(first.header("ratelimit-policy"), Some("3;w=3600"));
    let saved = put(&server, &of(SALES, "oauth-client-credentials"), &json!({}));
    assert_eq!(
        (saved.status, saved.header("ratelimit-remaining")),
        (400, Some("1"))
    );
    let test = of(SALES, "oauth-client-credentials/test");
    let tested = call(&server, USER, "POST", &test, &Value::Null);
    assert_eq!(
        (tested.status, tested.header("ratelimit-remaining")),
        (404, Some("0"))
    );
    let over = call(&server, USER, "POST", &test, &Value::Null);
    assert_eq!(error(&over), (429, "Too many requests".to_owned()));
    assert_eq!(over.json()["retryAfter"], 3600);
    let wait: u64 = over
        .header("retry-after")
        .and_then(|text| text.parse().ok())
        .expect("tells the wait");
    assert!((3500..=3600).contains(&wait), "{wait}");
    // Reading is not limited.
    assert_eq!(status(&server, SIGNALS)["has_auth"], true);
    server.tell("reset", &json!({}));
    assert_eq!(put(&server, &of(SALES, "connect"), &json!({})).status, 200);
}

#[test]
fn a_save_replaces_everything_and_tells_the_look_at_the_agent_as_switched() {
    let server = Server::demo();
    let save = of(SIGNALS, "oauth-client-credentials");
    let body = credentials(
        &server,
        &json!({"resource": ["a", "b"], "auth_method": "body"}),
    );
    for (refresh, online) in [("offline", json!(false)), ("absent", Value::Null)] {
        server.tell("registry", &json!({"refresh": refresh}));
        let answer = put(&server, &save, &body).json();
        assert_eq!(answer["refresh"]["online"], online);
        assert_eq!(answer.get("refresh").is_some(), refresh == "offline");
    }
    let test = of(SIGNALS, "oauth-client-credentials/test");
    let org = json!({"organization_id": ACME});
    assert_eq!(call(&server, USER, "POST", &test, &org).json()["ok"], true);
    let sent = server
        .requests()
        .into_iter()
        .rfind(|row| row["path"] == "/demo/token");
    let sent = sent.expect("was asked");
    assert_eq!(sent["body"]["resource"], json!(["a", "b"]));
    assert_eq!(sent["body"].get("scope"), None, "the seeded scope is gone");
    assert_eq!(sent["headers"].get("authorization"), None);
    assert_eq!(sent["body"]["client_secret"]["length"], 11);
}

#[test]
fn once_encoded_addresses_are_the_same_where_they_have_no_percent() {
    let server = Server::demo();
    let path = encoded(1, "HTTPS://Signals.Meridian.EXAMPLE/MCP/", "auth-status");
    assert_eq!(super::get(&server, &path).json()["has_auth"], true);
}
