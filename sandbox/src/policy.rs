//! The headers that guard pages.

use axum::{
    http::{HeaderValue, header},
    response::Response,
};
use serde_json::Value;
use std::collections::BTreeSet;
use url::Url;

/// The policy of the console's pages. Only the origins of services that the configuration names by an
/// absolute URL may be reached besides our own.
pub fn for_console(config: &Value) -> String {
    let mut connect = "'self'".to_owned();
    for origin in foreign_origins(config) {
        connect.push(' ');
        connect.push_str(&origin);
    }
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
         connect-src {connect}; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; \
         require-trusted-types-for 'script'; trusted-types 'none'"
    )
}

/// The policy of the few pages that the sandbox draws itself: text, one stylesheet and plain forms.
pub const OF_OWN_PAGES: &str = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; \
    frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// The same for a form whose answer leads to `address`: browsers hold a form to where its redirects lead, too.
pub fn of_a_form_that_leads_to(address: &str) -> String {
    let source = Url::parse(address).map_or_else(
        |_| String::new(),
        |url| match url.origin() {
            origin if origin.is_tuple() => format!(" {}", origin.ascii_serialization()),
            _ => format!(" {}:", url.scheme()),
        },
    );
    OF_OWN_PAGES.replace("form-action 'self'", &format!("form-action 'self'{source}"))
}

/// The policy of a page that loads no module: the console's own without the leave to compile one.
pub fn without_wasm(policy: &str) -> String {
    policy.replace(" 'wasm-unsafe-eval'", "")
}

/// Sets the policy and its companions on an answer.
pub fn guard(response: &mut Response, policy: &str) {
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    );
    headers.insert(
        "cross-origin-opener-policy",
        HeaderValue::from_static("same-origin"),
    );
}

fn foreign_origins(config: &Value) -> BTreeSet<String> {
    let services = config
        .as_object()
        .into_iter()
        .flat_map(serde_json::Map::values);
    let addresses = services
        .filter_map(Value::as_object)
        // `identity` is where the browser navigates; calls go through `api` and `auth`.
        .flat_map(|service| ["api", "auth"].map(|key| service.get(key)))
        .flatten();
    addresses
        .filter_map(Value::as_str)
        .filter_map(|text| Url::parse(text).ok())
        .filter(|url| matches!(url.scheme(), "http" | "https"))
        .map(|url| url.origin().ascii_serialization())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_absolute_addresses_widen_the_policy() {
        let closed = for_console(
            &json!({"callback": "c.html", "storefront": {"api": "gateway/storefront"}}),
        );
        assert!(closed.contains("connect-src 'self';"), "{closed}");
        let open = for_console(&json!({
            "storefront": {"api": "https://api.example/api/v2"},
            "destinations": {"api": "https://b.example:8443/x", "auth": "gateway/ims"},
        }));
        assert!(
            open.contains("connect-src 'self' https://api.example https://b.example:8443;"),
            "{open}"
        );
    }
}
