//! `PUT …/connect` and, where the server knows it, `DELETE …/connect` (registry.md, section 6).

use super::{
    call::Call,
    model::Token,
    refusal::{self, Outcome, Refusal, json},
    save::{owned, with_refresh},
    store::Registry,
};
use crate::state::Sandbox;
use axum::{
    Extension,
    extract::{Request, State},
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};
use base64ct::{Base64, Encoding};
use serde_json::{Value, json};

/// `PUT …/connect`: a token, or the place where a consent will be kept.
pub async fn connect(State(sandbox): State<Sandbox>, Extension(call): Extension<Call>) -> Response {
    let own = &sandbox.setup().auth_origin;
    json(decide(&mut sandbox.world().registry, &call, own))
}

fn decide(registry: &mut Registry, call: &Call, own: &str) -> Outcome {
    const FAILED: &str = "Failed to connect agent";
    let url = call.agent_url(own, FAILED)?;
    // Without a body the handler trips over it.
    let body = call
        .body
        .as_ref()
        .ok_or_else(|| Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, FAILED))?;
    let token = read(body)?;
    let organization = call.organization()?;
    let (agent, owner) = owned(registry, call, &url, organization)?;
    let context = registry.context_to_change(&agent, owner);
    if token.is_some() {
        context.token = token;
    }
    let answer = json!({
        "connected": true,
        "has_auth": context.token.is_some(),
        "agent_context_id": context.id,
    });
    Ok(match token {
        None => answer,
        Some(_) => with_refresh(answer, registry.switches.refresh),
    })
}

/// The token in a body. The empty text means that none was sent; it clears nothing.
fn read(body: &Value) -> Result<Option<Token>, Refusal> {
    let token = match body.get("auth_token") {
        None => "",
        Some(value) => value
            .as_str()
            .ok_or_else(|| Refusal::bad_request("auth_token must be a string"))?,
    };
    if token.encode_utf16().count() > 4096 {
        let words = "auth_token exceeds maximum length";
        return Err(Refusal::bad_request(words));
    }
    if token.contains(['\0', '\r', '\n']) {
        return Err(Refusal::bad_request(
            "Auth token contains invalid characters (NUL, CR, or LF). Paste the token again without line breaks.",
        ));
    }
    if token.is_empty() {
        return Ok(None);
    }
    match body.get("auth_type").map(|kind| kind.as_str()) {
        None | Some(Some("bearer")) => Ok(Some(Token::Bearer)),
        Some(Some("basic")) if is_pair(token) => Ok(Some(Token::Basic)),
        Some(Some("basic")) => Err(Refusal::bad_request(
            "Basic auth_token must be \"username:password\" or the base64 encoding of it",
        )),
        Some(_) => Err(Refusal::bad_request(
            "Invalid auth_type. Valid types: bearer, basic",
        )),
    }
}

/// A name, a colon and perhaps a password; or the base64 of that.
fn is_pair(token: &str) -> bool {
    if token.contains(':') {
        return !token.starts_with(':');
    }
    let decoded = Base64::decode_vec(token).ok();
    let text = decoded.and_then(|bytes| String::from_utf8(bytes).ok());
    text.is_some_and(|text| text.find(':').is_some_and(|at| at > 0))
}

/// Lets `DELETE …/connect` through where the server knows it; elsewhere there is no such route.
pub async fn if_it_is_known(
    State(sandbox): State<Sandbox>,
    request: Request,
    next: Next,
) -> Response {
    if !sandbox.world().registry.switches.connect_delete {
        return refusal::nothing_here(request).await;
    }
    next.run(request).await
}

/// `DELETE …/connect?org=`: forgets the typed token alone, also when there is none.
pub async fn disconnect(
    State(sandbox): State<Sandbox>,
    Extension(call): Extension<Call>,
) -> Response {
    let own = &sandbox.setup().auth_origin;
    match remove(&mut sandbox.world().registry, &call, own) {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(refusal) => json(Err(refusal)),
    }
}

fn remove(registry: &mut Registry, call: &Call, own: &str) -> Result<(), Refusal> {
    let url = call.agent_url(own, "Failed to disconnect agent")?;
    let (agent, owner) = owned(registry, call, &url, call.org()?)?;
    if registry.context(&agent, owner).is_some() {
        registry.context_to_change(&agent, owner).token = None;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_judged_by_their_kind() {
        let basic = |token: &str| read(&json!({"auth_token": token, "auth_type": "basic"}));
        // "user:word" and ":word" in base64.
        for (token, fine) in [
            ("user:word", true),
            ("user:", true),
            (":word", false),
            ("dXNlcjp3b3Jk", true),
            ("Ondvcmq=", false),
            ("plain", false),
        ] {
            assert_eq!(basic(token).is_ok(), fine, "{token}");
        }
        let bearer = read(&json!({"auth_token": "t"})).expect("is taken");
        assert_eq!(bearer, Some(Token::Bearer));
        // The kind of a token that was not sent is nobody's business.
        let nothing = read(&json!({"auth_token": "", "auth_type": "magic"})).expect("is taken");
        assert_eq!(nothing, None);
        assert_eq!(read(&json!({})).expect("is taken"), None);
    }

    #[test]
    fn the_first_problem_of_a_token_is_told() {
        for (body, words) in [
            (json!({"auth_token": 1}), "must be a string"),
            (json!({"auth_token": null}), "must be a string"),
            (json!({"auth_token": "a\n".repeat(3000)}), "maximum length"),
            (
                json!({"auth_token": "a\nb", "auth_type": "x"}),
                "NUL, CR, or LF",
            ),
            (json!({"auth_token": "a", "auth_type": "x"}), "Valid types"),
            (json!({"auth_token": "a", "auth_type": 1}), "Valid types"),
            (
                json!({"auth_token": "a", "auth_type": "basic"}),
                "username:password",
            ),
        ] {
            let refusal = read(&body).expect_err("is refused");
            let error = refusal.body["error"].as_str().expect("is told");
            assert!(error.contains(words), "{error}");
            assert!(refusal.body.get("code").is_none(), "{error}");
        }
    }
}
