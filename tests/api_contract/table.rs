//! Which parser reads which fixture, and what builds the recorded requests.

use credenza::api::registry as rg;
use credenza::api::storefront::{self as sf, ListQuery, StatusFilter, Visibility};
use credenza::api::{ApiError, Client, Request, Response};
use credenza::credential::{Credential, Secret, Service, catalog};
use credenza::oauth::{discovery, registration, token};

use crate::clients;

/// Reads an answer and tells what was read, as `Debug` prints it.
pub type Parser = fn(&Response) -> Result<String, ApiError>;
/// Builds the request of a fixture; the second argument is the fixture's body.
pub type Builder = fn(&Client, Secret) -> Request;

pub fn shown<T: std::fmt::Debug>(result: Result<T, ApiError>) -> Result<String, ApiError> {
    result.map(|value| format!("{value:?}"))
}

pub const LIST: Parser = |response| shown(sf::parse_list(response));
pub const DETAIL: Parser = |response| shown(sf::parse_detail(response));
pub const CAPABILITIES: Parser = |response| shown(sf::parse_capabilities(response));
pub const CREDENTIALS: Parser = |response| shown(sf::parse_credentials(response));
pub const REGISTER: Parser = |response| shown(sf::parse_register(response));
pub const ACCOUNT: Parser = |response| shown(sf::parse_account(response));
pub const CONNECTION: Parser = |response| shown(sf::parse_connection(response));
pub const ME: Parser = |response| shown(rg::parse_account(response));
pub const AGENTS: Parser = |response| shown(rg::parse_agents(response));
pub const STATUS: Parser = |response| shown(rg::parse_status(response));
pub const SAVED: Parser = |response| shown(rg::parse_saved(response));
pub const TRIED: Parser = |response| shown(rg::parse_test(response));
pub const CONSENT: Parser = |response| shown(rg::parse_consent(response));
pub const SERVER: Parser = |response| shown(discovery::parse_server(response));
pub const RESOURCE: Parser = |response| shown(discovery::parse_resource(response));
pub const REGISTERED: Parser = |response| shown(registration::parse_registration(response));
pub const TOKENS: Parser = |response| shown(token::parse_tokens(response));
pub const READING: [Parser; 17] = [
    LIST,
    DETAIL,
    CAPABILITIES,
    CREDENTIALS,
    REGISTER,
    ACCOUNT,
    CONNECTION,
    ME,
    AGENTS,
    STATUS,
    SAVED,
    TRIED,
    CONSENT,
    SERVER,
    RESOURCE,
    REGISTERED,
    TOKENS,
];

/// Every parser.
pub fn all() -> impl Iterator<Item = Parser> {
    let lists = [&READING[..], &clients::READING, &clients::BY_STATUS];
    lists.into_iter().flatten().copied()
}

/// Every fixture with a response: its parser, and the code of its error ("" for a success).
pub fn responses() -> impl Iterator<Item = (&'static str, Parser, &'static str)> {
    RESPONSES.iter().chain(clients::RESPONSES).copied()
}

/// Every fixture with a request, and what builds it.
pub fn requests() -> impl Iterator<Item = (&'static str, Builder)> {
    REQUESTS.iter().chain(clients::REQUESTS).copied()
}

const RESPONSES: &[(&str, Parser, &str)] = &[
    ("registered-active", REGISTER, ""),
    ("registered-active-wrapped", REGISTER, ""),
    ("registered-pending", REGISTER, ""),
    ("registered-pending-wrapped", REGISTER, ""),
    ("registered-pending-old", REGISTER, ""),
    ("registered-by-nobody", REGISTER, ""),
    ("registered-numeric-id", REGISTER, ""),
    ("list", LIST, ""),
    ("list-wrapped", LIST, ""),
    ("list-empty", LIST, ""),
    ("list-old", LIST, ""),
    ("detail", DETAIL, ""),
    ("detail-wrapped", DETAIL, ""),
    ("detail-adapter", DETAIL, ""),
    ("detail-sources", DETAIL, ""),
    ("detail-sources-wrapped", DETAIL, ""),
    ("detail-sources-capital-status", DETAIL, ""),
    ("capabilities", CAPABILITIES, ""),
    ("capabilities-wrapped", CAPABILITIES, ""),
    ("credentials", CREDENTIALS, ""),
    ("credentials-wrapped", CREDENTIALS, ""),
    ("credentials-several", CREDENTIALS, ""),
    ("credentials-empty", CREDENTIALS, ""),
    ("credentials-old", CREDENTIALS, ""),
    ("account-admin", ACCOUNT, ""),
    ("account-no-role", ACCOUNT, ""),
    ("connection", CONNECTION, ""),
    ("error-shape", REGISTER, "rejected"),
    ("error-field", REGISTER, "rejected"),
    ("error-issues-text", REGISTER, "rejected"),
    ("error-issues-steps", REGISTER, "rejected"),
    ("error-bad-request", REGISTER, "rejected"),
    ("error-invalid-state", REGISTER, "rejected"),
    ("error-unprocessable", REGISTER, "rejected"),
    ("error-unauthorized", REGISTER, "unauthorized"),
    ("error-unauthorized-text", REGISTER, "unauthorized"),
    ("error-credit", REGISTER, "payment_required"),
    ("error-role", REGISTER, "forbidden_role"),
    ("error-terms", REGISTER, "forbidden_terms"),
    ("error-customer-scope", REGISTER, "forbidden_customer_scope"),
    ("error-access-denied", REGISTER, "forbidden"),
    ("error-alpha", REGISTER, "forbidden"),
    ("error-feature", REGISTER, "forbidden"),
    ("error-not-found", REGISTER, "not_found"),
    ("error-conflict", REGISTER, "conflict"),
    ("error-rate-limited", REGISTER, "rate_limited"),
    ("error-rate-limited-reset", REGISTER, "rate_limited"),
    ("error-internal", REGISTER, "server"),
    ("error-not-implemented", REGISTER, "server"),
    ("error-unavailable", REGISTER, "server"),
    ("registry/me", ME, ""),
    ("registry/agents", AGENTS, ""),
    ("registry/status", STATUS, ""),
    ("registry/status-nothing", STATUS, ""),
    ("registry/save", SAVED, ""),
    ("registry/save-least", SAVED, ""),
    ("registry/save-offline", SAVED, ""),
    ("registry/connect-bearer", SAVED, ""),
    ("registry/connect-nothing", SAVED, ""),
    ("registry/test-ok", TRIED, ""),
    ("registry/test-oauth", TRIED, ""),
    ("registry/test-malformed", TRIED, ""),
    ("registry/test-network", TRIED, ""),
    ("registry/consent", CONSENT, ""),
    ("registry/error-missing-field", SAVED, "rejected"),
    ("registry/error-agent-url", SAVED, "rejected"),
    ("registry/error-unauthorized", SAVED, "unauthorized"),
    ("registry/error-permission", SAVED, "forbidden"),
    ("registry/error-suspended", SAVED, "forbidden"),
    ("registry/error-nothing-saved", TRIED, "not_found"),
    ("registry/error-too-large", SAVED, "refused"),
    ("registry/error-rate-limited", SAVED, "rate_limited"),
    ("registry/error-save-failed", SAVED, "server"),
    ("registry/metadata-server", SERVER, ""),
    ("registry/metadata-resource", RESOURCE, ""),
    ("registry/registered", REGISTERED, ""),
    ("registry/tokens", TOKENS, ""),
    ("registry/tokens-refused", TOKENS, "rejected"),
    ("registry/tokens-dead", TOKENS, "server"),
];

const REGISTER_AT_SRC_MAIN: Builder =
    |client, body| sf::register_request(client, 42, "src_main", body);

const REQUESTS: &[(&str, Builder)] = &[
    ("register-api-key", REGISTER_AT_SRC_MAIN),
    ("register-bearer", REGISTER_AT_SRC_MAIN),
    ("register-basic", REGISTER_AT_SRC_MAIN),
    ("register-jwt", REGISTER_AT_SRC_MAIN),
    ("register-oauth", REGISTER_AT_SRC_MAIN),
    ("register-none", REGISTER_AT_SRC_MAIN),
    ("register-marketplace", REGISTER_AT_SRC_MAIN),
    ("list", |client, _| {
        sf::list_request(client, &ListQuery::default())
    }),
    ("list-wrapped", |client, _| {
        sf::list_request(client, &every_filter())
    }),
    ("detail", |client, _| sf::detail_request(client, 42)),
    ("detail-adapter", |client, _| sf::detail_request(client, 47)),
    ("capabilities", |client, _| {
        sf::capabilities_request(client, 42)
    }),
    ("credentials", |client, _| sf::credentials_request(client)),
    ("account-admin", |client, _| sf::account_request(client)),
    ("connection", |client, _| sf::connection_request(client, 47)),
    ("registry/me", |client, _| rg::account_request(client)),
    ("registry/agents", |client, _| {
        rg::agents_request(client, ORGANIZATION)
    }),
    ("registry/status", |client, _| {
        rg::status_request(client, AGENT, ORGANIZATION)
    }),
    ("registry/status-nothing", |client, _| {
        rg::status_request(client, AGENT, "")
    }),
    ("registry/save", |client, body| {
        let typed = typed("client_credentials", &body);
        rg::save_request(client, AGENT, ORGANIZATION, &typed)
    }),
    ("registry/save-least", |client, body| {
        rg::save_request(client, AGENT, "", &typed("client_credentials", &body))
    }),
    ("registry/connect-bearer", |client, body| {
        rg::connect_request(client, AGENT, ORGANIZATION, &typed("static", &body))
    }),
    ("registry/connect-basic", |client, body| {
        rg::connect_request(client, AGENT, "", &typed("static", &body))
    }),
    ("registry/connect-nothing", |client, _| {
        rg::prepare_request(client, AGENT, ORGANIZATION)
    }),
    ("registry/connect-empty", |client, _| {
        rg::prepare_request(client, AGENT, "")
    }),
    ("registry/disconnect", |client, _| {
        rg::disconnect_request(client, AGENT, ORGANIZATION)
    }),
    ("registry/test-ok", |client, _| {
        rg::test_request(client, AGENT, ORGANIZATION)
    }),
    ("registry/test-oauth", |client, _| {
        rg::test_request(client, AGENT, "")
    }),
    ("registry/consent", |client, _| {
        rg::consent_request(client, CONTEXT)
    }),
    ("registry/consent-forgotten", |client, _| {
        rg::forget_consent_request(client, CONTEXT)
    }),
    ("registry/registered", |client, _| {
        let callback = "https://console.example/oauth-callback.html";
        registration::registration_request(client, "/register", callback, "Credenza")
    }),
];

const AGENT: &str = "https://sales.example/mcp";
const ORGANIZATION: &str = "org_01";
const CONTEXT: &str = "5e0c1f2a-0000-4000-8000-000000000001";

/// What a person types so that this body is sent.
fn typed(way: &str, body: &Secret) -> Credential {
    let spec = catalog::find(Service::Registry, way).expect("the catalog has this row");
    let body: serde_json::Value = serde_json::from_str(body.expose()).expect("JSON");
    crate::typed::typed(spec, &body)
}

fn every_filter() -> ListQuery {
    ListQuery {
        name: "ctv".into(),
        status: Some(StatusFilter::Transacting),
        channel: "ctv".into(),
        region: "US".into(),
        visibility: Visibility::Private,
        publisher_domain: "premiumctv.example".into(),
        limit: 100,
        offset: 20,
    }
}
