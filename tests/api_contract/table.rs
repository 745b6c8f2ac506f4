//! Which parser reads which fixture, and what builds the recorded requests.

use credenza::api::storefront::{self as sf, ListQuery, StatusFilter, Visibility};
use credenza::api::{ApiError, Client, Request, Response};
use credenza::credential::Secret;

/// Reads an answer and tells what was read, as `Debug` prints it.
pub type Parser = fn(&Response) -> Result<String, ApiError>;
/// Builds the request of a fixture; the second argument is the fixture's body.
pub type Builder = fn(&Client, Secret) -> Request;

fn shown<T: std::fmt::Debug>(result: Result<T, ApiError>) -> Result<String, ApiError> {
    result.map(|value| format!("{value:?}"))
}

pub const LIST: Parser = |response| shown(sf::parse_list(response));
pub const DETAIL: Parser = |response| shown(sf::parse_detail(response));
pub const CAPABILITIES: Parser = |response| shown(sf::parse_capabilities(response));
pub const CREDENTIALS: Parser = |response| shown(sf::parse_credentials(response));
pub const REGISTER: Parser = |response| shown(sf::parse_register(response));
pub const ACCOUNT: Parser = |response| shown(sf::parse_account(response));
pub const CONNECTION: Parser = |response| shown(sf::parse_connection(response));
pub const ALL: [Parser; 7] = [
    LIST,
    DETAIL,
    CAPABILITIES,
    CREDENTIALS,
    REGISTER,
    ACCOUNT,
    CONNECTION,
];

/// Every fixture with a response: its parser, and the code of its error ("" for a success).
pub const RESPONSES: &[(&str, Parser, &str)] = &[
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
];

const REGISTER_AT_SRC_MAIN: Builder =
    |client, body| sf::register_request(client, 42, "src_main", body);

/// Every fixture with a request, and what builds it.
pub const REQUESTS: &[(&str, Builder)] = &[
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
];

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
