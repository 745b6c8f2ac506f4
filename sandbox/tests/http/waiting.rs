//! Credentials that wait for consent: registered again, played by a test, and listed with their address.

use crate::{
    consent::{decide, path, state, status},
    server::{ADMIN, BUYER, PODCASTS, RADIO, SUPER, Server, once},
};
use serde_json::{Value, json};

fn radio() -> Value {
    json!({"accountIdentifier": "acme-radio"})
}

/// The address that a registration or a row tells.
fn address(row: &Value) -> &str {
    row["oauth"]["authorizationUrl"]
        .as_str()
        .expect("has an address")
}

fn page(server: &Server, url: &str) -> u16 {
    once(server.auth, "GET", path(url), &[], "").status
}

fn row(server: &Server, token: &str, id: &str) -> Value {
    let rows = server.credentials(token);
    let found = rows.into_iter().find(|row| row["id"] == id);
    found.expect("is listed")
}

fn play(server: &Server, id: &str, outcome: &str) -> u16 {
    let body = json!({"id": id, "outcome": outcome});
    server.control("POST", "consent", &body).status
}

#[test]
fn a_waiting_identifier_gets_a_new_address_and_the_earlier_one_ends() {
    let server = Server::demo();
    let before = server.credentials(BUYER).len();
    let register = || {
        let answer = server.register(BUYER, RADIO, &radio());
        assert_eq!(answer.status, 201);
        answer.data()
    };
    let (first, second) = (register(), register());
    for row in [&first, &second] {
        assert_eq!(
            (row["id"].as_str(), row["status"].as_str()),
            (Some("731"), Some("PENDING"))
        );
    }
    assert_eq!(
        server.credentials(BUYER).len(),
        before,
        "it is the same row"
    );
    let (old, new) = (address(&first), address(&second));
    assert_ne!(state(old), state(new));
    assert_eq!((page(&server, old), page(&server, new)), (400, 200));
    assert_eq!(decide(&server, old, "approve").status, 400);
    assert_eq!(status(&server, "731"), "PENDING");
    assert_eq!(decide(&server, new, "approve").status, 200);
    assert_eq!(status(&server, "731"), "ACTIVE");
    let taken = server.register(BUYER, RADIO, &radio());
    assert_eq!(taken.status, 409, "it waits no longer");
}

#[test]
fn a_waiting_identifier_may_be_a_conflict() {
    let server = Server::demo();
    server.tell("reset", &json!({"pending_again": "conflict"}));
    let first = server.register(BUYER, PODCASTS, &radio()).data();
    for path in [PODCASTS, RADIO] {
        let again = server.register(BUYER, path, &radio());
        let error = again.error();
        assert_eq!(
            (
                again.status,
                error["code"].as_str(),
                error["field"].as_str()
            ),
            (409, Some("CONFLICT"), Some("accountIdentifier"))
        );
    }
    // The refusal takes nothing away.
    assert_eq!(page(&server, address(&first)), 200);
}

#[test]
fn a_marketplace_account_waits_for_consent_too() {
    let server = Server::demo();
    let body = json!({"accountIdentifier": "acme-shared", "marketplaceAccount": true});
    assert_eq!(server.register(BUYER, PODCASTS, &body).status, 403);
    let created = server.register(ADMIN, PODCASTS, &body);
    assert_eq!(created.status, 201);
    let created = created.data();
    assert_eq!(created["status"], "PENDING");
    let id = created["id"].as_str().expect("has an id");
    let kind = |token| {
        let row = row(&server, token, id);
        (row["accountType"].clone(), row["status"].clone())
    };
    assert_eq!(kind(SUPER), (json!("MARKETPLACE"), json!("PENDING")));
    decide(&server, address(&created), "approve");
    assert_eq!(kind(ADMIN), (json!("MARKETPLACE"), json!("ACTIVE")));
    assert!(server.credentials(BUYER).iter().all(|row| row["id"] != id));
}

#[test]
fn a_test_may_approve_what_nobody_opened() {
    let server = Server::demo();
    let created = server
        .register(BUYER, PODCASTS, &json!({"accountIdentifier": "acme-pods"}))
        .data();
    let id = created["id"].as_str().expect("has an id");
    let before = row(&server, BUYER, id);
    assert_eq!(play(&server, id, "approve"), 204);
    let after = row(&server, BUYER, id);
    assert_eq!(after["status"], "ACTIVE");
    assert_eq!(after["createdAt"], before["createdAt"]);
    assert_eq!(page(&server, address(&created)), 400, "it is used up");
    assert_eq!(play(&server, id, "approve"), 404, "it waits no longer");
    assert_eq!(play(&server, id, "deny"), 404);
    // A seeded row waits without anybody having been told its address.
    assert_eq!(play(&server, "731", "approve"), 204);
    assert_eq!(status(&server, "731"), "ACTIVE");
}

#[test]
fn a_test_may_deny_what_nobody_opened_and_it_can_be_started_again() {
    let server = Server::demo();
    assert_eq!(play(&server, "731", "deny"), 204);
    assert_eq!(status(&server, "731"), "PENDING");
    let first = server.register(BUYER, RADIO, &radio()).data();
    assert_eq!(first["id"], "731");
    assert_eq!(page(&server, address(&first)), 200);

    assert_eq!(play(&server, "731", "deny"), 204);
    assert_eq!(page(&server, address(&first)), 400, "it is used up");
    assert_eq!(
        play(&server, "731", "approve"),
        404,
        "there is no consent to give"
    );
    assert_eq!(status(&server, "731"), "PENDING");
    let second = server.register(BUYER, RADIO, &radio()).data();
    assert_eq!(second["id"], "731");
    assert_ne!(address(&second), address(&first));
    assert_eq!(page(&server, address(&second)), 200);
    assert_eq!(play(&server, "731", "approve"), 204);
    assert_eq!(status(&server, "731"), "ACTIVE");
}

#[test]
fn waiting_rows_may_be_listed_with_their_address() {
    let server = Server::demo();
    assert!(row(&server, BUYER, "731").get("oauth").is_none());
    let odd = server.control("POST", "reset", &json!({"listed_oauth": "yes"}));
    assert_eq!(odd.status, 400);

    server.tell("reset", &json!({"listed_oauth": true}));
    let waiting = row(&server, BUYER, "731");
    let seeded = address(&waiting).to_owned();
    assert_eq!(
        waiting["oauth"],
        json!({"authorizationUrl": seeded, "storefrontId": 43, "sourceId": "src_radio",
            "sourceName": "Harbor Radio"})
    );
    // To look is not to start anew.
    assert_eq!(row(&server, BUYER, "731"), waiting);
    assert_eq!(page(&server, &seeded), 200);
    let with_block = |row: &&Value| row.get("oauth").is_some();
    assert_eq!(
        server.credentials(ADMIN).iter().filter(with_block).count(),
        1
    );

    let again = server.register(BUYER, RADIO, &radio()).data();
    assert_ne!(address(&again), seeded);
    assert_eq!(row(&server, BUYER, "731")["oauth"], again["oauth"]);

    assert_eq!(play(&server, "731", "deny"), 204);
    let denied = row(&server, BUYER, "731");
    assert_eq!(denied["status"], "PENDING");
    assert!(denied.get("oauth").is_none(), "no consent is open");
    server.register(BUYER, RADIO, &radio());
    assert!(row(&server, BUYER, "731").get("oauth").is_some());
    assert_eq!(play(&server, "731", "approve"), 204);
    assert!(row(&server, BUYER, "731").get("oauth").is_none());

    server.tell("reset", &json!({}));
    assert!(row(&server, BUYER, "731").get("oauth").is_none());
    // The older rows have a block of their own.
    server.tell(
        "reset",
        &json!({"scenario": "old-shapes", "listed_oauth": true}),
    );
    let old = server.read("buyer/storefronts/credentials").json();
    assert_eq!(old[1]["oauth"]["agentName"], "Harbor Radio");
    assert!(old[1]["oauth"].get("sourceId").is_none());
}
