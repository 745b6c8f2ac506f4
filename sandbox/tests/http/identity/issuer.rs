//! Another authorization server in the place of the registry's own, and what the console is told.

use super::opens;
use crate::{
    registry::{KEY, call},
    server::{Server, once},
};
use serde_json::{Value, json};

/// A second sandbox plays the other server.
fn pair() -> (Server, Server, String) {
    let other = Server::demo();
    let issuer = format!("http://{}/", other.auth);
    let named = issuer.clone();
    let server = Server::with(move |setup| {
        setup.issuer = Some(named);
        setup.services.registry = true;
    });
    (server, other, issuer)
}

#[test]
fn another_server_stands_in_the_resources_document_and_behind_the_gateway() {
    let (server, other, issuer) = pair();
    let origin = issuer.trim_end_matches('/');
    let resource = server.get("/gateway/registry/.well-known/oauth-protected-resource/api");
    let resource = resource.json();
    assert_eq!(resource["authorization_servers"], json!([issuer]));
    assert_eq!(resource["resource"], format!("{origin}/api"));
    let told = server.get("/gateway/registry/.well-known/oauth-authorization-server");
    assert_eq!(told.json()["issuer"], issuer);
    assert_eq!(
        told.header("access-control-allow-origin"),
        Some("*"),
        "passed on as it came"
    );

    let kind = ("Content-Type", "application/json");
    let body =
        json!({"redirect_uris": ["https://a.example/cb"], "token_endpoint_auth_method": "none"});
    let registered = server.raw(
        "POST",
        "/gateway/registry/register",
        &[kind],
        &body.to_string(),
    );
    assert_eq!(registered.status, 201, "{}", registered.text());
    let id = registered.json()["client_id"].clone();
    let path = format!(
        "/authorize?client_id={}&response_type=code&code_challenge=x&code_challenge_method=S256&a=%2Fb",
        id.as_str().expect("is told")
    );
    assert_eq!(
        once(other.auth, "GET", &path, &[], "").status,
        200,
        "the other knows it"
    );
    assert_eq!(
        once(server.auth, "GET", &path, &[], "").status,
        400,
        "ours does not"
    );
    let passed = server.get(&format!("/gateway/registry{path}"));
    assert_eq!(passed.status, 200);
    let asked = other
        .requests()
        .into_iter()
        .rfind(|row| row["path"] == "/authorize");
    let query = asked.expect("is logged")["query"].clone();
    assert!(
        query.as_str().expect("is text").ends_with("a=%2Fb"),
        "{query}"
    );
    // The API stays ours, and so does its page where nothing is.
    let nothing = server.get("/gateway/registry/api/unknown");
    assert!(nothing.status == 404 && nothing.text().contains("Cannot GET"));
    drop(other);
    let gone = server.get("/gateway/registry/.well-known/oauth-authorization-server");
    assert_eq!(gone.status, 502);
}

#[test]
fn its_tokens_are_the_seeded_persons_and_keys_stay_keys() {
    let (server, _other, _) = pair();
    for token in ["opaque-token", "a.b.c"] {
        assert!(opens(&server, token), "{token}");
    }
    assert!(!opens(&server, "sk_unknown"));
    let key = call(&server, KEY, "GET", "api/me/agents", &Value::Null);
    assert_eq!(key.status, 400, "a key has no organisations");
    assert_eq!(server.get("/gateway/registry/api/me").status, 401);
    // Without another server nobody is let in like that.
    assert!(!opens(&Server::demo(), "opaque-token"));
}

#[test]
fn the_configuration_speaks_of_the_registry_when_it_is_told_to() {
    let read = |server: &Server| server.get("/credenza.json").json();
    assert_eq!(read(&Server::demo()).get("registry"), None);
    let own = Server::with(|setup| setup.services.registry = true);
    let section = json!({"api": "gateway/registry", "identity": format!("http://{}", own.auth),
        "access": "sign-in", "label": "Sandbox"});
    assert_eq!(read(&own)["registry"], section);
    let policy = own
        .get("/")
        .header("content-security-policy")
        .map(str::to_owned);
    assert!(policy.is_some_and(|policy| policy.contains("connect-src 'self';")));

    let (server, _other, issuer) = pair();
    assert_eq!(
        read(&server)["registry"]["identity"],
        issuer.trim_end_matches('/')
    );

    // What a given configuration says stays; what it leaves open is filled in.
    let given = Server::with(|setup| {
        setup.services.registry = true;
        setup.config =
            Some(json!({"callback": "cb.html", "registry": {"label": "Mine", "access": "token"}}));
    });
    let told = read(&given);
    assert_eq!(told["callback"], "cb.html");
    assert_eq!(told["registry"]["access"], "token");
    assert_eq!(
        told["registry"]["identity"],
        format!("http://{}", given.auth)
    );
}
