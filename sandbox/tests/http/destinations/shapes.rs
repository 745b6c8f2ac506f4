//! The shapes of answers that the documents leave open, each by a switch.

use super::{BASIC, basic, call, get, post, rows, switch};
use crate::server::Server;
use serde_json::{Value, json};

#[test]
fn a_list_has_four_shapes() {
    let server = Server::demo();
    let all = Value::Array(rows(&server));
    let told = |list: &str| {
        switch(&server, &json!({ "list": list }));
        get(&server, "credentials")
    };
    assert_eq!(told("array").json(), all);
    assert_eq!(told("object").json(), json!({ "items": all }));
    let printed = told("pages-of-doc").text();
    assert!(serde_json::from_str::<Value>(&printed).is_err());
    assert_eq!(
        serde_json::from_str::<Value>(&format!("[{printed}]")).expect("is a list inside"),
        all
    );

    server.tell("reset", &json!({"scenario": "empty"}));
    let made = post(&server, &basic("One")).json();
    assert_eq!(told("items").json(), json!({ "items": [made] }));
    assert_eq!(told("object").json(), made);
    assert_eq!(
        serde_json::from_str::<Value>(&told("pages-of-doc").text()).expect("is one"),
        made
    );
    server.tell(
        "reset",
        &json!({"scenario": "empty", "destinations": {"list": "pages-of-doc"}}),
    );
    assert_eq!(get(&server, "credentials").text(), "");
}

#[test]
fn changes_are_answered_in_four_shapes() {
    let server = Server::demo();
    switch(
        &server,
        &json!({"created_status": 201, "created": "array", "updated": "items"}),
    );
    let answer = post(&server, &basic("a"));
    assert_eq!(
        (answer.status, answer.json()[0]["name"].as_str()),
        (201, Some("a"))
    );
    let answer = call(&server, "PUT", BASIC, &basic("b"));
    assert_eq!(
        (answer.status, answer.json()["items"][0]["name"].as_str()),
        (200, Some("b"))
    );
    switch(&server, &json!({"created": "items", "updated": "array"}));
    assert_eq!(post(&server, &basic("c")).json()["items"][0]["name"], "c");
    assert_eq!(
        call(&server, "PUT", BASIC, &basic("d")).json()[0]["name"],
        "d"
    );
    switch(
        &server,
        &json!({"created": "empty", "updated": "empty", "deleted": 204}),
    );
    let answer = post(&server, &basic("e"));
    assert_eq!((answer.status, answer.body.len()), (201, 0));
    let answer = call(&server, "PUT", BASIC, &basic("f"));
    assert_eq!((answer.status, answer.body.len()), (200, 0));
    assert_eq!(get(&server, BASIC).json()["name"], "f");
    assert_eq!(rows(&server).len(), 12);
    let answer = call(&server, "DELETE", BASIC, &Value::Null);
    assert_eq!((answer.status, answer.body.len()), (204, 0));
    assert_eq!(rows(&server).len(), 11);
}

#[test]
fn secrets_are_live_masked_or_omitted() {
    let server = Server::demo();
    let members = || get(&server, BASIC).json()["basicAuthentication"].take();
    let live = members();
    assert_eq!(live["password"], "Rk7!vTq2-winter-harbor");
    switch(&server, &json!({"secrets": "masked"}));
    let masked = members();
    assert_eq!(
        (&masked["password"], &masked["username"]),
        (&json!("********"), &live["username"])
    );
    // Whoever sends back what an answer had loses what was saved.
    call(
        &server,
        "PUT",
        BASIC,
        &json!({ "basicAuthentication": masked }),
    );
    switch(&server, &json!({"secrets": "live"}));
    assert_eq!(members()["password"], "********");
    switch(&server, &json!({"secrets": "omitted"}));
    let text = get(&server, "credentials").text();
    for secret in [
        "password",
        "secretKey",
        "sshKey",
        "servicePrincipalKey",
        "connectionString",
        "clientSecret",
        "developerToken",
        "accessToken",
        "refreshToken",
        "header",
    ] {
        assert!(
            !text.contains(&format!("\"{secret}\"")),
            "{secret} in {text}"
        );
    }
    assert_eq!(
        members(),
        json!({"username": live["username"], "url": live["url"]})
    );
}

#[test]
fn a_type_is_told_in_four_ways() {
    let server = Server::demo();
    let kind = || get(&server, BASIC).json()["type"].take();
    assert_eq!(kind(), "BASIC");
    for (word, told) in [
        ("bodyKey", json!("basicAuthentication")),
        ("absent", Value::Null),
        ("unknown", json!("SOMETHING_NEW")),
    ] {
        switch(&server, &json!({ "type": word }));
        assert_eq!(kind(), told, "{word}");
    }
}

#[test]
fn mistakes_in_switches_are_named_and_change_nothing() {
    let server = Server::demo();
    for (body, word) in [
        (json!({"lists": "items"}), "lists"),
        (json!({"list": "rows"}), "rows"),
        (json!({"list": "array", "touch": "n-unknown"}), "touch"),
        (json!({"list": "array", "touch": 1}), "touch"),
        (json!({"list": "array", "forget": ["codes"]}), "codes"),
        (json!({"deleted": 202}), "deleted"),
    ] {
        let answer = server.control("POST", "destinations", &body);
        assert_eq!(answer.status, 400, "{body}");
        assert!(
            answer.json()["error"]
                .as_str()
                .is_some_and(|text| text.contains(word)),
            "{}",
            answer.text()
        );
        let reset = server.control("POST", "reset", &json!({"destinations": {"nothing": 1}}));
        assert_eq!(reset.status, 400);
    }
    assert_eq!(rows(&server).len(), 9, "the list is what it was");
}

#[test]
fn a_reset_forgets_data_and_switches() {
    let server = Server::demo();
    switch(
        &server,
        &json!({"list": "array", "errors": "text", "per_minute": 20, "token_lifetime": 1}),
    );
    call(&server, "DELETE", BASIC, &Value::Null);
    switch(&server, &json!({"forget": ["tokens"]}));
    server.tell("reset", &json!({}));
    assert_eq!(rows(&server).len(), 9);
    assert_eq!(get(&server, "credentials/none").json()["status"], 404);
    server.tell(
        "reset",
        &json!({"destinations": {"list": "array", "secrets": "omitted"}}),
    );
    assert_eq!(
        get(&server, "credentials").json().as_array().map(Vec::len),
        Some(9)
    );
}
