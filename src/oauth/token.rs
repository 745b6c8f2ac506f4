//! From a grant to tokens, and from tokens to newer ones (RFC 6749 sections 4.1.3, 5 and 6).

use super::callback::Granted;
use super::flow::{Flow, Part};
use super::provider::Provider;
use crate::api::json::{self, unreadable};
use crate::api::{ApiError, Client, Request, Response};
use crate::credential::Secret;

/// The longest answer that is read, in bytes.
const LONGEST: usize = 64 * 1024;
/// How long before its end a token is renewed, in milliseconds.
const AHEAD_MS: i64 = 60_000;

/// What a token endpoint answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tokens {
    access: Secret,
    refresh: Secret,
    /// What was granted; nothing when that is what was asked for (RFC 6749 section 5.1).
    scope: Option<String>,
    /// Seconds that the access token lasts; nothing when that is unknown.
    expires_in: Option<i64>,
}

/// What one sign-in gave. It lives in memory only. Times are milliseconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// What authorizes our calls.
    pub access: Secret,
    /// What was granted, space-separated.
    pub scope: String,
    /// When it ends, if that is known.
    pub expires_at: Option<i64>,
    /// When to renew it: a minute ahead, or half-way for one that lasts less than two.
    pub renew_at: Option<i64>,
    refresh: Secret,
    /// The sign-in that it came from, whose verifier is used up.
    flow: Flow,
}

impl Tokens {
    /// What authorizes calls.
    pub(super) fn access(&self) -> Secret {
        self.access.clone()
    }

    /// How long that lasts, in the unit in which the server counts.
    pub(super) const fn expires_in(&self) -> Option<i64> {
        self.expires_in
    }
}

impl Grant {
    /// What the exchange of `granted` gave at the time `now`.
    pub fn new(granted: Granted, tokens: Tokens, now: i64) -> Self {
        let mut flow = granted.into_flow();
        flow.set(Part::Verifier, Secret::default());
        let first = Self {
            access: Secret::default(),
            scope: flow.get(Part::Scope).to_owned(),
            expires_at: None,
            renew_at: None,
            refresh: Secret::default(),
            flow,
        };
        first.renewed(tokens, now)
    }

    /// The grant after a refresh at the time `now`. A new refresh token takes the place of the old one, which
    /// must not be sent again; without a new one the old one stays. What is not said about the scope is as it
    /// was.
    pub fn renewed(self, tokens: Tokens, now: i64) -> Self {
        let lasts = tokens
            .expires_in
            .map(|seconds| seconds.saturating_mul(1000));
        Self {
            access: tokens.access,
            scope: tokens.scope.unwrap_or(self.scope),
            expires_at: lasts.map(|lasts| now.saturating_add(lasts)),
            renew_at: lasts.map(|lasts| now.saturating_add(lasts - AHEAD_MS.min(lasts / 2))),
            refresh: if tokens.refresh.is_empty() {
                self.refresh
            } else {
                tokens.refresh
            },
            flow: self.flow,
        }
    }

    /// Who gave it.
    pub fn issuer(&self) -> &str {
        self.flow.get(Part::Issuer)
    }

    /// What was asked for and not granted.
    pub fn lacks(&self) -> Vec<&str> {
        let granted = |wanted: &&str| !self.scope.split(' ').any(|scope| scope == *wanted);
        self.flow
            .get(Part::Scope)
            .split(' ')
            .filter(granted)
            .collect()
    }

    /// True when it can and should be renewed.
    pub fn is_due(&self, now: i64) -> bool {
        !self.refresh.is_empty() && self.renew_at.is_some_and(|at| now >= at)
    }
}

/// Asks for the tokens of what was granted.
pub fn exchange_request(client: &Client, granted: &Granted) -> Request {
    let flow = granted.flow();
    form_request(
        client,
        flow,
        &[
            ("grant_type", "authorization_code"),
            ("code", granted.code().expose()),
            ("redirect_uri", flow.get(Part::RedirectUri)),
            ("code_verifier", flow.get(Part::Verifier)),
        ],
    )
}

/// Asks for newer tokens; nothing when the server gave nothing to ask with.
pub fn refresh_request(client: &Client, grant: &Grant) -> Option<Request> {
    if grant.refresh.is_empty() {
        return None;
    }
    let parameters = [
        ("grant_type", "refresh_token"),
        ("refresh_token", grant.refresh.expose()),
    ];
    Some(form_request(client, &grant.flow, &parameters))
}

/// A form for the token endpoint of `flow`, from a client that has no secret.
fn form_request(client: &Client, flow: &Flow, parameters: &[(&str, &str)]) -> Request {
    let always = [
        ("client_id", flow.get(Part::ClientId)),
        ("resource", flow.get(Part::Resource)),
    ];
    let all = [parameters, &always].concat();
    client.request_with_form(flow.get(Part::TokenPath), &all)
}

/// Reads tokens. What does not fit is told by its path alone: any excerpt might be a token.
pub fn parse_tokens(response: &Response) -> Result<Tokens, ApiError> {
    let mut read = if response.body.len() > LONGEST {
        Err(unreadable(response, String::new()))
    } else {
        json::read(response, |node| {
            let kind = node.text("token_type");
            if !kind.eq_ignore_ascii_case("bearer") {
                node.misfit("token_type");
            }
            let access = Secret::new(node.text("access_token"));
            if access.is_empty() {
                node.misfit("access_token");
            }
            Tokens {
                access,
                refresh: Secret::new(node.opt_text("refresh_token").unwrap_or_default()),
                scope: node.opt_text("scope"),
                expires_in: node.plain("expires_in").and_then(|text| seconds(&text)),
            }
        })
    };
    if let Err(ApiError::Unreadable { excerpt, .. }) = &mut read {
        excerpt.clear();
    }
    read
}

/// Whole seconds of a number that may have a fraction; nothing for one below zero and for what is no number.
fn seconds(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let seconds = whole.parse().ok()?;
    (plain(whole) && plain(fraction)).then_some(seconds)
}

/// True when a failed refresh means that the sign-in is over, so that nothing is asked again: a refusal, or
/// what this provider says in its place. (Its own 500 has an error in JSON; the page of a proxy that stands
/// before it says nothing about the token.)
pub fn is_over(provider: &Provider, error: &ApiError) -> bool {
    match error {
        ApiError::Rejected { .. }
        | ApiError::Unauthorized
        | ApiError::SessionEnded
        | ApiError::Forbidden { .. } => true,
        ApiError::Server {
            status: 500,
            message: Some(_),
        } => provider.dead_token_is_500,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
