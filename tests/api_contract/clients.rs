//! The same tables for the credentials of destinations and for the inventory.

use credenza::api::destinations::{self as ds, Whose};
use credenza::api::{Access, Client, inventory as iv};
use credenza::credential::{Credential, Secret, Service, catalog};
use credenza::oauth::client_credentials::{parse_token, token_request};
use serde_json::Value;

use crate::table::{Builder, Parser, shown};
use crate::typed::{of_form, request, typed};

pub const RECORDS: Parser = |response| shown(ds::parse_list(response));
pub const RECORD: Parser = |response| shown(ds::parse_record(response));
pub const CREATED: Parser = |response| shown(ds::parse_created(response));
pub const DONE: Parser = |response| shown(ds::parse_done(response));
pub const CHECK: Parser = |response| shown(iv::parse_check(response));
pub const TOKEN: Parser = |response| shown(parse_token(response));
/// Those that read a body.
pub const READING: [Parser; 3] = [RECORDS, RECORD, TOKEN];
/// Those to which a status says enough; the first reads a body where there is one.
pub const BY_STATUS: [Parser; 3] = [CREATED, DONE, CHECK];

/// As in the other table.
pub const RESPONSES: &[(&str, Parser, &str)] = &[
    ("destinations/list", RECORDS, ""),
    ("destinations/list-array", RECORDS, ""),
    ("destinations/list-empty", RECORDS, ""),
    ("destinations/list-object", RECORDS, ""),
    // As it is printed it is no JSON.
    ("destinations/list-pages", RECORDS, "unreadable"),
    ("destinations/one", RECORD, ""),
    ("destinations/one-basic-under-s3", RECORD, ""),
    ("destinations/one-body-key-type", RECORD, ""),
    ("destinations/one-masked", RECORD, ""),
    ("destinations/one-omitted", RECORD, ""),
    ("destinations/one-unknown-type", RECORD, ""),
    ("destinations/created", CREATED, ""),
    ("destinations/created-201", CREATED, ""),
    ("destinations/created-array", CREATED, ""),
    ("destinations/created-empty", CREATED, ""),
    ("destinations/created-items", CREATED, ""),
    ("destinations/replace", DONE, ""),
    ("destinations/delete", DONE, ""),
    ("destinations/delete-204", DONE, ""),
    ("destinations/error-content-type", CREATED, "rejected"),
    ("destinations/error-empty", RECORDS, "server"),
    ("destinations/error-flow", CREATED, "rejected"),
    ("destinations/error-hygiene", RECORDS, "forbidden"),
    (
        "destinations/error-identity-throttled",
        RECORDS,
        "rate_limited",
    ),
    ("destinations/error-key", RECORDS, "forbidden"),
    ("destinations/error-key-missing", RECORDS, "forbidden"),
    ("destinations/error-not-found", RECORD, "not_found"),
    (
        "destinations/error-organization-missing",
        RECORDS,
        "rejected",
    ),
    ("destinations/error-profile", RECORDS, "forbidden"),
    (
        "destinations/error-profile-throttled",
        RECORDS,
        "rate_limited",
    ),
    ("destinations/error-region", RECORDS, "forbidden"),
    ("destinations/error-registry", CREATED, "rejected"),
    ("destinations/error-segmentation", CREATED, "rejected"),
    ("destinations/error-service", DONE, "forbidden"),
    ("destinations/error-service-chain", CREATED, "rejected"),
    ("destinations/error-text", RECORDS, "forbidden"),
    ("destinations/error-throttled", RECORDS, "rate_limited"),
    ("destinations/error-token", RECORDS, "unauthorized"),
    ("destinations/error-token-integer", RECORDS, "unauthorized"),
    ("destinations/error-token-missing", RECORDS, "forbidden"),
    ("destinations/ims-token", TOKEN, ""),
    ("destinations/ims-token-milliseconds", TOKEN, ""),
    ("destinations/ims-token-text", TOKEN, ""),
    ("destinations/ims-token-untold", TOKEN, ""),
    ("destinations/ims-error-client", TOKEN, "rejected"),
    ("destinations/ims-error-scope", TOKEN, "rejected"),
    ("destinations/ims-error-secret", TOKEN, "rejected"),
    ("destinations/ims-error-secret-400", TOKEN, "rejected"),
    ("inventory/devices", CHECK, ""),
    ("inventory/devices-empty", CHECK, ""),
    ("inventory/devices-lines", CHECK, ""),
    ("inventory/devices-populated", CHECK, ""),
    ("inventory/error-method", CHECK, "server"),
    ("inventory/error-namespace", CHECK, "rejected"),
    ("inventory/error-namespace-missing", CHECK, "rejected"),
    ("inventory/error-path", CHECK, "not_found"),
    ("inventory/error-project", CHECK, "forbidden"),
    ("inventory/error-project-unknown", CHECK, "not_found"),
    ("inventory/error-text", CHECK, "server"),
    ("inventory/error-throttled", CHECK, "rate_limited"),
    ("inventory/error-token", CHECK, "unauthorized"),
    ("inventory/error-token-missing", CHECK, "unauthorized"),
    ("inventory/error-unavailable", CHECK, "server"),
    ("inventory/token", TOKEN, ""),
    ("inventory/token-text", TOKEN, ""),
    ("inventory/token-untold", TOKEN, ""),
    ("inventory/token-error-client", TOKEN, "rejected"),
    ("inventory/token-error-grant-type", TOKEN, "rejected"),
    ("inventory/token-error-request", TOKEN, "rejected"),
    ("inventory/token-error-scope", TOKEN, "rejected"),
    ("inventory/token-error-secret", TOKEN, "rejected"),
    ("inventory/token-error-secret-400", TOKEN, "rejected"),
    ("inventory/token-error-server", TOKEN, "server"),
    ("inventory/token-error-unauthorized", TOKEN, "rejected"),
];

const CREATE: Builder =
    |client, body| ds::create_request(&adobe(client), &credential(&body, Service::Destinations));

/// As in the other table.
pub const REQUESTS: &[(&str, Builder)] = &[
    ("destinations/create-azure", CREATE),
    ("destinations/create-azure-connection-string", CREATE),
    ("destinations/create-basic", CREATE),
    ("destinations/create-oauth1", CREATE),
    ("destinations/create-oauth2-access-token", CREATE),
    ("destinations/create-oauth2-client", CREATE),
    ("destinations/create-oauth2-refresh-token", CREATE),
    ("destinations/create-oauth2-user", CREATE),
    ("destinations/create-s3", CREATE),
    ("destinations/create-ssh", CREATE),
    ("destinations/list", |client, _| {
        ds::list_request(&adobe(client))
    }),
    ("destinations/one", |client, _| {
        ds::record_request(&adobe(client), ID)
    }),
    ("destinations/replace", |client, body| {
        let typed = credential(&body, Service::Destinations);
        ds::update_request(&adobe(client), ID, &typed, "OAUTH2_USER_CREDENTIAL")
    }),
    ("destinations/replace-least", |client, body| {
        let typed = credential(&body, Service::Destinations);
        ds::update_request(&adobe(client), ID, &typed, "BASIC")
    }),
    ("destinations/replace-encoded", |client, body| {
        let typed = credential(&body, Service::Destinations);
        ds::update_request(&adobe(client), "n9/b4 e0%2F7d", &typed, "S3")
    }),
    ("destinations/delete", |client, _| {
        ds::delete_request(&adobe(client), ID)
    }),
    ("destinations/ims-token", |client, body| {
        let (id, secret) = pair(&body);
        token_request(&bare(client), ds::TOKEN_PATH, &id, &secret, ds::TOKEN_SCOPE)
    }),
    ("inventory/devices", |client, _| {
        iv::check_request(&verve(client))
    }),
    ("inventory/devices-bare", |client, _| {
        iv::check_request(&verve(client))
    }),
    ("inventory/token", |client, body| {
        let (id, secret) = pair(&body);
        token_request(&bare(client), iv::TOKEN_PATH, &id, &secret, iv::TOKEN_SCOPE)
    }),
];

const ID: &str = "n55affa0-3747-4030-895d-1d1236bb3680";

/// What a person types of this body, whose one object says which form it is.
pub fn credential(body: &Secret, service: Service) -> Credential {
    let body: Value = serde_json::from_str(body.expose()).expect("JSON");
    let mut keys = body.as_object().expect("an object").keys();
    let spec = keys.find_map(|key| catalog::find(service, key).filter(|_| body[key].is_object()));
    typed(spec.expect("one object is known"), &body)
}

/// The id and the secret of a recorded form.
fn pair(body: &Secret) -> (String, Secret) {
    let body: Value = serde_json::from_str(body.expose()).expect("a JSON text");
    let secret = of_form(&body, "client_secret");
    (of_form(&body, "client_id"), Secret::new(secret))
}

/// A token is asked for without one, and without saying whose data is meant.
pub fn bare(client: &Client) -> Client {
    Client::new(client.base.clone(), Access::None, client.send)
}

fn adobe(client: &Client) -> Client {
    let headers = &request("destinations/list")["headers"];
    let text = |name| headers[name].as_str().expect("it is recorded").to_owned();
    let whose = Whose {
        organisation: text("x-gw-ims-org-id"),
        key: text("x-api-key"),
        sandbox: text("x-sandbox-name"),
    };
    client.clone().with(whose.headers())
}

fn verve(client: &Client) -> Client {
    client.clone().with(iv::namespace(PROJECT))
}

/// The one of the documents.
pub const PROJECT: &str = "01ABCDEFGHIJKLMNOPQRSTUVWX";
