//! Each row of the catalog against the recorded bodies: what the documents show is typed into the form, and what
//! comes out is what they show.

use std::collections::BTreeSet;

use credenza::api::destinations::{self as ds, Whose};
use credenza::api::{Access, Client, Request, inventory as iv};
use credenza::credential::{Auth, Credential, FormSpec, Service, catalog};
use credenza::oauth::client_credentials::token_request;
use serde_json::{Value, json};

use crate::clients::{PROJECT, bare};
use crate::fixtures::{client, pairs};
use crate::header;
use crate::typed::{of_form, request, typed};

/// Which row of which service sends the body of which fixture.
const ROWS: &[(Service, &str, &str)] = &[
    (Service::Storefront, "api_key", "register-api-key"),
    (Service::Storefront, "api_key", "register-bearer"),
    (Service::Storefront, "api_key", "register-marketplace"),
    (Service::Storefront, "basic", "register-basic"),
    (Service::Storefront, "jwt", "register-jwt"),
    (Service::Storefront, "oauth", "register-oauth"),
    (Service::Storefront, "none", "register-none"),
    (
        Service::Registry,
        "oauth_client_credentials",
        "registry/save",
    ),
    (
        Service::Registry,
        "oauth_client_credentials",
        "registry/save-least",
    ),
    (Service::Registry, "static", "registry/connect-bearer"),
    (Service::Registry, "static", "registry/connect-basic"),
    (Service::Destinations, "basic", "destinations/create-basic"),
    (Service::Destinations, "basic", "destinations/replace-least"),
    (Service::Destinations, "s3", "destinations/create-s3"),
    (Service::Destinations, "s3", "destinations/replace-encoded"),
    (Service::Destinations, "ssh", "destinations/create-ssh"),
    (
        Service::Destinations,
        "azure_service_principal",
        "destinations/create-azure",
    ),
    (
        Service::Destinations,
        "azure_connection_string",
        "destinations/create-azure-connection-string",
    ),
    (
        Service::Destinations,
        "oauth1",
        "destinations/create-oauth1",
    ),
    (
        Service::Destinations,
        "oauth2_user_credential",
        "destinations/create-oauth2-user",
    ),
    (
        Service::Destinations,
        "oauth2_user_credential",
        "destinations/replace",
    ),
    (
        Service::Destinations,
        "oauth2_client_credential",
        "destinations/create-oauth2-client",
    ),
    (
        Service::Destinations,
        "oauth2_access_token",
        "destinations/create-oauth2-access-token",
    ),
    (
        Service::Destinations,
        "oauth2_refresh_token",
        "destinations/create-oauth2-refresh-token",
    ),
];

/// The rows whose values go into headers and into the request for a token, and the fixture with most of them.
const ACCESS: &[(Service, &str, &str)] = &[
    (
        Service::Destinations,
        "adobe_client",
        "destinations/ims-token",
    ),
    (Service::Destinations, "adobe_token", "destinations/list"),
    (Service::Destinations, "adobe_headers", "destinations/list"),
    (Service::Inventory, "client_credentials", "inventory/token"),
];

fn row(service: Service, id: &str) -> &'static FormSpec {
    let mut all = catalog::all().filter(|spec| spec.service == service);
    let found = all.find(|spec| spec.id == id);
    found.unwrap_or_else(|| panic!("{id}: no such row"))
}

fn body_of(credential: &Credential) -> Value {
    let body = match credential.spec().auth {
        Auth::Named { .. } => ds::create_request(&client(), credential).body,
        Auth::Members(_) | Auth::Absent => Some(credential.body()),
    };
    let body = body.expect("there is one");
    serde_json::from_str(body.expose()).expect("a body is JSON")
}

#[test]
fn every_row_sends_the_body_of_its_fixture() {
    for (service, id, name) in ROWS {
        let mut expected = request(name)["body"].take();
        let spec = row(*service, id);
        let credential = typed(spec, &expected);
        // Whose credential it is stands beside the form.
        if let Some(body) = expected.as_object_mut() {
            body.remove("organization_id");
        }
        // The key goes out in one canonical form, whose last line may or may not end.
        let trimmed = |mut body: Value| {
            if let Some(key) = body.pointer_mut("/auth/privateKey") {
                *key = Value::from(key.as_str().map(str::trim_end));
            }
            body
        };
        let body = body_of(&credential);
        assert_eq!(trimmed(body.clone()), trimmed(expected), "{id}, {name}");
        if let Auth::Named { kind, key } = spec.auth {
            let told = body.get("type").and_then(Value::as_str);
            assert_eq!(told.unwrap_or_default(), kind, "{id}");
            let members = body.as_object().expect("an object");
            let objects = members.iter().filter(|(_, value)| value.is_object());
            assert_eq!(objects.map(|(key, _)| key).collect::<Vec<_>>(), [key]);
            assert!(members.contains_key("name"), "{id}");
        }
    }
}

fn carries(request: &Request, name: &str) {
    let recorded = crate::typed::request(name);
    for (header, value) in recorded["headers"].as_object().expect("headers") {
        assert_eq!(
            crate::header(request, header),
            value.as_str(),
            "{name}: {header}"
        );
    }
    if let Some(form) = recorded["body"].as_str() {
        let sent = request.body.as_ref().map(|body| pairs(body.expose()));
        assert_eq!(sent, Some(pairs(form)), "{name}");
    }
}

#[test]
fn what_gives_access_goes_out_as_recorded() {
    let headers = request("destinations/list")["headers"].take();
    let (adobe, verve) = (
        request("destinations/ims-token")["body"].take(),
        request("inventory/token")["body"].take(),
    );
    let all = json!({
        "imsOrgId": headers["x-gw-ims-org-id"],
        "sandboxName": headers["x-sandbox-name"],
        "apiKey": of_form(&adobe, "client_id"),
        "clientSecret": of_form(&adobe, "client_secret"),
        "accessToken": "at-canary",
        "client_id": of_form(&verve, "client_id"),
        "client_secret": of_form(&verve, "client_secret"),
        // As it is often copied.
        "project_id": format!("project:{PROJECT}"),
    });
    for (service, id, name) in ACCESS {
        let credential = typed(row(*service, id), &all);
        let shown = |name| credential.shown(name).unwrap_or_default().to_owned();
        let whose = Whose {
            organisation: shown("imsOrgId"),
            key: shown("apiKey"),
            sandbox: shown("sandboxName"),
        };
        let with = |access| Client {
            access,
            ..client().with(whose.headers())
        };
        let (request, token) = match *id {
            "adobe_client" => {
                let (key, secret) = (&whose.key, credential.secret("clientSecret"));
                carries(&ds::list_request(&with(Access::None)), "destinations/list");
                let client = bare(&client());
                let path = ds::TOKEN_PATH;
                let request = token_request(&client, path, key, &secret, ds::TOKEN_SCOPE);
                (request, None)
            }
            "adobe_token" => {
                let access = Access::Token(Some(credential.secret("accessToken")));
                (ds::list_request(&with(access)), Some("Bearer at-canary"))
            }
            "adobe_headers" => (ds::list_request(&with(Access::Gateway)), None),
            _ => {
                let namespace = iv::namespace(&shown("project_id"));
                let check = iv::check_request(&client().with(namespace));
                carries(&check, "inventory/devices");
                let secret = credential.secret("client_secret");
                let (client, id) = (bare(&client()), shown("client_id"));
                let path = iv::TOKEN_PATH;
                let request = token_request(&client, path, &id, &secret, iv::TOKEN_SCOPE);
                (request, None)
            }
        };
        carries(&request, name);
        assert_eq!(header(&request, "Authorization"), token, "{id}");
    }
}

#[test]
fn every_row_has_a_fixture() {
    let services = [
        Service::Storefront,
        Service::Destinations,
        Service::Inventory,
        Service::Registry,
    ];
    let lists = services.map(catalog::rows);
    let access = [catalog::ADOBE_ACCESS, catalog::ADOBE_GATEWAY];
    let rows = lists.into_iter().chain(access).flatten();
    let rows: BTreeSet<_> = rows.map(|spec| (spec.service.name(), spec.id)).collect();
    let tabled = ROWS.iter().chain(ACCESS);
    let tabled: BTreeSet<_> = tabled.map(|row| (row.0.name(), row.1)).collect();
    assert_eq!(rows, tabled);
}
