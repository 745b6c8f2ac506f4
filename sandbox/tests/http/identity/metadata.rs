//! The documents, on both ports, and what switches make of them.

use crate::server::{Server, once};
use serde_json::{Value, json};

const SERVER: &str = "/.well-known/oauth-authorization-server";
const RESOURCE: &str = "/.well-known/oauth-protected-resource/api";

fn read(server: &Server, path: &str) -> Value {
    let answer = once(server.auth, "GET", path, &[], "");
    assert_eq!(answer.status, 200, "{path}");
    let gateway = server.get(&format!("/gateway/registry{path}"));
    assert_eq!(gateway.json(), answer.json(), "both say the same");
    answer.json()
}

#[test]
fn the_documents_name_the_second_port() {
    let server = Server::demo();
    let origin = format!("http://{}", server.auth);
    assert_eq!(
        read(&server, SERVER),
        json!({
            "issuer": format!("{origin}/"),
            "authorization_endpoint": format!("{origin}/authorize"),
            "token_endpoint": format!("{origin}/token"),
            "registration_endpoint": format!("{origin}/register"),
            "response_types_supported": ["code"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "none"],
            "grant_types_supported": ["authorization_code", "refresh_token"],
            "scopes_supported": ["openid", "profile", "email"],
            "authorization_response_iss_parameter_supported": true,
        })
    );
    assert_eq!(
        read(&server, RESOURCE),
        json!({
            "resource": format!("{origin}/api"),
            "authorization_servers": [origin],
            "bearer_methods_supported": ["header"],
            "scopes_supported": ["openid", "profile", "email"],
        })
    );
    let mcp = read(&server, "/.well-known/oauth-protected-resource/mcp");
    assert_eq!(mcp["resource"], format!("{origin}/mcp"));
    assert_eq!(mcp["authorization_servers"], json!([format!("{origin}/")]));
    let caching = once(server.auth, "GET", RESOURCE, &[], "");
    assert_eq!(
        caching.header("cache-control"),
        Some("public, max-age=3600")
    );
}

#[test]
fn the_issuer_is_switched() {
    let server = Server::demo();
    let origin = format!("http://{}", server.auth);
    for (switch, issuer) in [
        ("plain", origin.clone()),
        ("wrong", "https://issuer.elsewhere.example/".to_owned()),
        ("slash", format!("{origin}/")),
    ] {
        server.tell("registry", &json!({"issuer": switch}));
        assert_eq!(read(&server, SERVER)["issuer"], issuer);
    }
}

#[test]
fn whether_iss_is_advertised_is_switched() {
    let server = Server::demo();
    for (switch, advertised) in [
        ("unadvertised", Value::Null),
        ("wrong", json!(true)),
        ("slash", json!(true)),
        ("missing", json!(true)),
        ("never", Value::Null),
        ("sent", json!(true)),
    ] {
        server.tell("registry", &json!({"iss": switch}));
        let told = read(&server, SERVER)["authorization_response_iss_parameter_supported"].clone();
        assert_eq!(told, advertised, "{switch}");
    }
}

#[test]
fn members_can_be_put_in_and_taken_out_until_a_reset() {
    let server = Server::demo();
    let switches = json!({
        "metadata": {"authorization_endpoint": "javascript:alert(1)", "registration_endpoint": null},
        "resource_metadata": {"resource": "https://elsewhere.example/api"},
    });
    server.tell("registry", &switches);
    let document = read(&server, SERVER);
    assert_eq!(document["authorization_endpoint"], "javascript:alert(1)");
    assert_eq!(document.get("registration_endpoint"), None);
    assert_eq!(
        read(&server, RESOURCE)["resource"],
        "https://elsewhere.example/api"
    );
    server.tell("reset", &json!({}));
    let document = read(&server, SERVER);
    assert_eq!(
        document["authorization_endpoint"],
        format!("http://{}/authorize", server.auth)
    );
    server.tell("reset", &json!({"registry": {"issuer": "wrong"}}));
    assert_ne!(
        read(&server, SERVER)["issuer"],
        format!("http://{}/", server.auth)
    );
}

#[test]
fn switches_that_are_not_there_are_named() {
    let server = Server::demo();
    for (path, body) in [
        ("registry", json!({"isss": "sent"})),
        ("registry", json!({"forget": ["everything"]})),
        ("registry", json!({"forget": "clients"})),
        ("reset", json!({"registry": {"iss": 1}})),
    ] {
        let answer = server.control("POST", path, &body);
        assert_eq!(answer.status, 400, "{body}: {}", answer.text());
    }
}
