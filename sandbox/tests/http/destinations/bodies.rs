//! Creating, changing and deleting, and what a body has to be.

use super::{BASIC, basic, call, get, post, problems, rows, switch};
use crate::server::Server;
use serde_json::{Value, json};

#[test]
fn a_credential_is_created_changed_and_deleted() {
    let server = Server::demo();
    let answer = post(&server, &basic("Mine"));
    assert_eq!(answer.status, 200, "{}", answer.text());
    let made = answer.json();
    let id = made["instanceId"].as_str().expect("has an id");
    assert!(id.starts_with('n') && id.len() == 36, "{id}");
    let created = made["createdDate"].as_str().expect("has a date");
    assert!(
        created.len() == 27 && created.ends_with('Z') && created.as_bytes()[19] == b'.',
        "{created}"
    );
    assert_eq!(made["lastModifiedDate"], created);
    assert_eq!(
        (&made["type"], &made["name"]),
        (&json!("BASIC"), &json!("Mine"))
    );
    assert_eq!(
        made["basicAuthentication"],
        json!({"username": "u", "password": "hunter2"})
    );
    let path = format!("credentials/{id}");
    assert_eq!(get(&server, &path).json(), made);
    assert_eq!(rows(&server).len(), 10);

    // A change replaces everything: the name and the type were left out.
    let answer = call(
        &server,
        "PUT",
        &path,
        &json!({"s3Authentication": {"accessId": "a", "secretKey": "b"}}),
    );
    let changed = answer.json();
    assert_eq!(
        (&changed["instanceId"], &changed["createdDate"]),
        (&made["instanceId"], &made["createdDate"])
    );
    assert!(
        changed["lastModifiedDate"].as_str() > Some(created),
        "{changed}"
    );
    let members: Vec<_> = changed
        .as_object()
        .expect("is an object")
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(
        members,
        [
            "createdDate",
            "instanceId",
            "lastModifiedDate",
            "s3Authentication"
        ]
    );
    assert_eq!(get(&server, &path).json(), changed);

    let gone = call(&server, "DELETE", &path, &Value::Null);
    assert_eq!((gone.status, gone.body.len()), (200, 0));
    for method in ["GET", "DELETE"] {
        let answer = call(&server, method, &path, &Value::Null);
        assert_eq!(
            (answer.status, answer.json()["title"].as_str()),
            (404, Some("Resource not found"))
        );
    }
    assert_eq!(call(&server, "PUT", &path, &basic("x")).status, 404);
    assert_eq!(rows(&server).len(), 9);
    let again = post(&server, &basic("Mine")).json();
    assert_ne!(
        again["instanceId"], made["instanceId"],
        "an id is not used twice"
    );
}

#[test]
fn every_documented_body_is_taken_as_it_is() {
    let server = Server::demo();
    for (kind, key, members) in [
        (
            Some("BASIC"),
            "basicAuthentication",
            "url username password",
        ),
        (Some("S3"), "s3Authentication", "accessId secretKey"),
        (Some("SSH"), "sshAuthentication", "username sshKey"),
        (
            None,
            "azureAuthentication",
            "url tenant servicePrincipalId servicePrincipalKey",
        ),
        (
            None,
            "azureConnectionStringAuthentication",
            "connectionString",
        ),
        (
            Some("OAUTH1"),
            "oauth1Authentication",
            "apiKey apiSecret accessToken tokenSecret",
        ),
        (
            Some("OAUTH2_USER_CREDENTIAL"),
            "oauth2UserAuthentication",
            "url clientId clientSecret username password header",
        ),
        (
            Some("OAUTH2_CLIENT_CREDENTIAL"),
            "oauth2ClientAuthentication",
            "url clientId clientSecret header developerToken",
        ),
        (
            Some("OAUTH2_ACCESS_TOKEN"),
            "oauth2AccessTokenAuthentication",
            "accessToken expiration username userId url header",
        ),
        (
            Some("OAUTH2_REFRESH_TOKEN"),
            "oauth2RefreshTokenAuthentication",
            "refreshToken expiration clientId clientSecret url header",
        ),
    ] {
        let members: Value = members
            .split(' ')
            .map(|name| (name.to_owned(), json!("string")))
            .collect();
        let bare = json!({ key: members });
        let mut full = bare.clone();
        full["name"] = json!("a name");
        if let Some(kind) = kind {
            full["type"] = json!(kind);
        }
        for body in [bare, full] {
            let answer = post(&server, &body);
            assert_eq!(answer.status, 200, "{body}: {}", answer.text());
            let mut told = answer.json();
            for added in ["instanceId", "createdDate", "lastModifiedDate"] {
                told.as_object_mut().expect("is an object").remove(added);
            }
            assert_eq!(told, body);
        }
        // Each of them alone is too little or too much.
        let answer = post(&server, &json!({ key: {"elsewhere": "x"} }));
        assert_eq!(answer.status, 400);
        assert!(problems(&answer).contains(&format!("{key}.elsewhere is not known")));
    }
}

#[test]
fn every_problem_of_a_body_is_told_without_its_values() {
    let server = Server::demo();
    let one = |body: Value| {
        let answer = post(&server, &body);
        assert_eq!(answer.status, 400, "{body}");
        assert!(!answer.text().contains("hunter2"), "{}", answer.text());
        assert_eq!(answer.json()["title"], "BadRequestError");
        problems(&answer)
    };
    let none = one(json!({"type": "BASIC"}));
    assert!(
        none[0].contains("basicAuthentication") && none[0].ends_with("is missing"),
        "{none:?}"
    );
    let basic = json!({"username": "u", "password": "hunter2"});
    let two = one(
        json!({"basicAuthentication": basic, "s3Authentication": {"accessId": "a", "secretKey": "b"}}),
    );
    assert_eq!(two, ["There is more than one authentication"]);
    assert_eq!(
        one(json!({"type": "basic", "basicAuthentication": basic})),
        ["type is not a known value"]
    );
    assert_eq!(
        one(json!({"type": "S3", "basicAuthentication": basic})),
        ["type S3 does not go with the authentication"]
    );
    assert_eq!(
        one(
            json!({"type": "BASIC", "azureConnectionStringAuthentication": {"connectionString": "x"}})
        ),
        ["type BASIC does not go with the authentication"]
    );
    assert_eq!(
        one(
            json!({"basicAuthentication": {"password": 1, "Username": "u"}, "name": 5, "instanceId": "n1"})
        ),
        [
            "instanceId is not known",
            "name is not a string",
            "basicAuthentication.Username is not known",
            "basicAuthentication.password is not a string",
            "basicAuthentication.username is missing",
        ]
    );
    assert_eq!(
        one(json!({"basicAuthentication": {"username": "", "password": "hunter2"}})),
        ["basicAuthentication.username is missing"]
    );
    assert_eq!(
        one(json!({"s3Authentication": "x"}))[0],
        "s3Authentication is not an object"
    );
    let named = one(json!({"BasicAuthentication": basic}));
    assert_eq!(
        named[0], "BasicAuthentication is not known",
        "names are case sensitive"
    );
    for body in ["", "[]", "{", "null"] {
        let answer = server.raw(
            "POST",
            "/gateway/destinations/credentials",
            &super::HEADERS,
            body,
        );
        assert_eq!(
            (answer.status, problems(&answer)),
            (400, vec!["The body is not a JSON object".to_owned()])
        );
    }
    assert_eq!(rows(&server).len(), 9);
}

#[test]
fn a_put_may_send_back_what_an_answer_had() {
    let server = Server::demo();
    let mut whole = get(&server, BASIC).json();
    whole["name"] = json!("Renamed");
    let answer = call(&server, "PUT", BASIC, &whole);
    assert_eq!(
        (answer.status, answer.json()["name"].as_str()),
        (200, Some("Renamed"))
    );
    assert_eq!(answer.json()["createdDate"], whole["createdDate"]);
    whole["instanceId"] = json!("another");
    let answer = call(&server, "PUT", BASIC, &whole);
    assert_eq!(problems(&answer), ["instanceId is not the one of the path"]);
    assert_eq!(get(&server, BASIC).json()["name"], "Renamed");
}

#[test]
fn an_opaque_id_is_found_when_it_is_encoded() {
    let server = Server::demo();
    let odd = rows(&server)[8]["instanceId"]
        .as_str()
        .expect("has an id")
        .to_owned();
    assert_eq!(odd, "n9/b4 e0%2F7d");
    let path = "credentials/n9%2Fb4%20e0%252F7d";
    assert_eq!(get(&server, path).json()["instanceId"], odd.as_str());
    assert_eq!(
        get(&server, "credentials/n9%2Fb4%20e0%2F7d").status,
        404,
        "half encoded is another one"
    );
    assert_eq!(call(&server, "DELETE", path, &Value::Null).status, 200);
    assert_eq!(rows(&server).len(), 8);
}

#[test]
fn an_ignored_change_and_one_of_somebody_else() {
    let server = Server::demo();
    let before = get(&server, BASIC).json();
    switch(&server, &json!({"ignore_put": true}));
    let answer = call(&server, "PUT", BASIC, &basic("New"));
    assert_eq!((answer.status, answer.json()), (200, before.clone()));
    assert_eq!(get(&server, BASIC).json(), before);
    assert_eq!(
        call(&server, "PUT", BASIC, &json!({})).status,
        400,
        "it is looked at all the same"
    );
    switch(
        &server,
        &json!({"ignore_put": false, "touch": before["instanceId"]}),
    );
    let mut after = get(&server, BASIC).json();
    assert!(
        after["lastModifiedDate"].as_str() > before["lastModifiedDate"].as_str(),
        "{after}"
    );
    after["lastModifiedDate"] = before["lastModifiedDate"].clone();
    assert_eq!(after, before);
}

#[test]
fn the_demo_has_nine_that_are_alike_and_other_scenarios_fewer() {
    let server = Server::demo();
    let all = rows(&server);
    let count = |fits: &dyn Fn(&Value) -> bool| all.iter().filter(|row| fits(row)).count();
    assert_eq!(all.len(), 9);
    assert_eq!(count(&|row| row["name"].is_null()), 1);
    assert_eq!(count(&|row| row["type"].is_null()), 3);
    let acme = "Acme audience export";
    assert_eq!(
        count(&|row| row["name"]
            .as_str()
            .is_some_and(|name| name.starts_with(acme))),
        6
    );
    assert_eq!(
        count(&|row| row["name"].as_str().is_some_and(|name| name.len() > 150)),
        1
    );
    for (scenario, rows_there) in [("empty", 0), ("twelve", 2), ("large", 9), ("old-shapes", 9)] {
        server.tell("reset", &json!({"scenario": scenario}));
        assert_eq!(rows(&server).len(), rows_there, "{scenario}");
    }
}
