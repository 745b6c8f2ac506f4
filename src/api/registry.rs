//! The registry service (AgenticAdvertising.org): the endpoints that this product uses.
//!
//! Nothing that was saved can be read back, and a save replaces everything. Addresses and texts in the
//! results are the server's and are checked where they are used.

mod account;

mod interactive;

mod save;

mod status;

mod tried;

pub use account::{
    Account, Agent, Organization, account_request, agents_request, parse_account, parse_agents,
};
pub use interactive::{
    AgentConsent, consent_path, consent_request, forget_consent_request, parse_consent,
};
pub use save::{
    Probe, Saved, connect_request, disconnect_request, field_named, is_unknown_here, parse_saved,
    parse_taken_back, prepare_request, save_request,
};
pub use status::{AuthStatus, parse_status, status_request};
pub use tried::{Tried, TryError, parse_test, test_request};

use super::client::Client;
use super::encode::{push_encoded, push_query};
use super::http::{Method, Request};
use crate::credential::{Form, object};

/// How long a save may take: the server looks at the agent before it answers, 10 seconds twice
/// (registry.md, section 4).
const SAVE_TIMEOUT_MS: u32 = 40_000;

/// `/api/registry/agents/{encodedUrl}` and what follows. The server decodes the segment twice
/// (registry.md, section 3), so that it is encoded twice here and nowhere else.
fn agent_path(agent_url: &str, rest: &str) -> String {
    let mut once = String::new();
    push_encoded(&mut once, agent_url);
    let mut path = String::from("/api/registry/agents/");
    push_encoded(&mut path, &once);
    path.push_str(rest);
    path
}

/// A path with `?org=`, when an organisation was chosen.
fn with_org(mut path: String, organization: &str) -> String {
    push_query(&mut path, "org", organization);
    path
}

/// A write about an agent whose body names the organisation at most. There must be a body: without one
/// `/connect` fails (registry.md, section 6).
fn bare_request(client: &Client, method: Method, path: &str, organization: &str) -> Request {
    let body = object(&[("organization_id", organization, Form::Text)]);
    let mut request = client.request_with_body(method, path, body, &["organization_id"]);
    request.timeout_ms = SAVE_TIMEOUT_MS;
    request
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agent_is_encoded_twice() {
        // What `encodeURIComponent` makes of it, twice.
        assert_eq!(
            agent_path("https://a.ex/x%2Fy", "/connect"),
            "/api/registry/agents/https%253A%252F%252Fa.ex%252Fx%25252Fy/connect"
        );
    }
}
