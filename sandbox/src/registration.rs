//! Checks the body of a registration against its documented schema, and tells every problem at once.

use crate::answer::Issue;
use serde_json::{Map, Value};
use url::Url;

/// A registration whose form is right.
#[derive(Debug, PartialEq, Eq)]
pub struct Application {
    pub identifier: String,
    pub auth: AuthSent,
    pub marketplace: bool,
}

/// Which of the documented alternatives was sent. The secrets in it go no further.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthSent {
    Absent,
    /// `{}`
    Nothing,
    Token,
    Basic,
    Jwt,
}

const JWT_TEXTS: [&str; 5] = ["privateKey", "issuer", "subject", "keyId", "scope"];
const JWT_URLS: [&str; 2] = ["tokenEndpointUrl", "audienceUrl"];

/// Reads a parsed body.
pub fn read(body: &Value) -> Result<Application, Vec<Issue>> {
    let Value::Object(body) = body else {
        return Err(vec![Issue {
            path: Vec::new(),
            message: "Expected an object".to_owned(),
        }]);
    };
    let mut issues = Vec::new();
    let identifier = match body.get("accountIdentifier") {
        None => Err("Required"),
        Some(Value::String(text)) => match text.encode_utf16().count() {
            0 => Err("Expected at least 1 character"),
            1..=255 => Ok(text.clone()),
            _ => Err("Expected at most 255 characters"),
        },
        Some(_) => Err("Expected a string"),
    };
    let identifier = identifier.unwrap_or_else(|message| {
        issues.push(Issue::new("accountIdentifier", message));
        String::new()
    });
    let auth = match body.get("auth") {
        None => AuthSent::Absent,
        Some(Value::Object(auth)) => read_auth(auth, &mut issues),
        Some(_) => {
            issues.push(Issue::new("auth", "Expected an object"));
            AuthSent::Absent
        }
    };
    let marketplace = match body.get("marketplaceAccount") {
        None => false,
        Some(Value::Bool(flag)) => *flag,
        Some(_) => {
            issues.push(Issue::new("marketplaceAccount", "Expected a boolean"));
            false
        }
    };
    if issues.is_empty() {
        Ok(Application {
            identifier,
            auth,
            marketplace,
        })
    } else {
        Err(issues)
    }
}

fn read_auth(auth: &Map<String, Value>, issues: &mut Vec<Issue>) -> AuthSent {
    if auth.is_empty() {
        return AuthSent::Nothing;
    }
    match auth.get("type").map(Value::as_str) {
        Some(Some("bearer" | "apikey" | "api_key")) => {
            text(auth, "token", 1, issues);
            AuthSent::Token
        }
        Some(Some("basic")) => {
            text(auth, "username", 1, issues);
            // The password has no least length: an empty one is allowed.
            text(auth, "password", 0, issues);
            AuthSent::Basic
        }
        Some(Some("jwt")) => {
            for key in JWT_TEXTS {
                text(auth, key, 1, issues);
            }
            for key in JWT_URLS {
                address(auth, key, issues);
            }
            if auth
                .get("algorithm")
                .is_some_and(|value| !matches!(value.as_str(), Some("ES256" | "RS256")))
            {
                issues.push(Issue::new("auth.algorithm", "Expected ES256 or RS256"));
            }
            if auth
                .get("environment")
                .is_some_and(|value| !value.is_string())
            {
                issues.push(Issue::new("auth.environment", "Expected a string"));
            }
            AuthSent::Jwt
        }
        None => {
            issues.push(Issue::new("auth.type", "Required"));
            AuthSent::Absent
        }
        Some(_) => {
            issues.push(Issue::new(
                "auth.type",
                "Expected jwt, bearer, apikey, api_key or basic",
            ));
            AuthSent::Absent
        }
    }
}

fn text<'a>(
    auth: &'a Map<String, Value>,
    key: &str,
    least: usize,
    issues: &mut Vec<Issue>,
) -> Option<&'a str> {
    let message = match auth.get(key) {
        None => "Required",
        Some(Value::String(value)) if value.len() >= least => return Some(value),
        Some(Value::String(_)) => "Expected at least 1 character",
        Some(_) => "Expected a string",
    };
    issues.push(Issue::new(&format!("auth.{key}"), message));
    None
}

fn address(auth: &Map<String, Value>, key: &str, issues: &mut Vec<Issue>) {
    let before = issues.len();
    if let Some(value) = text(auth, key, 0, issues)
        && Url::parse(value).is_err()
    {
        issues.push(Issue::new(
            &format!("auth.{key}"),
            "Expected an absolute URL",
        ));
    }
    debug_assert!(issues.len() <= before + 1, "one problem for each field");
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn paths(body: &Value) -> Vec<String> {
        read(body)
            .expect_err("has problems")
            .iter()
            .map(|issue| issue.path.join("."))
            .collect()
    }

    #[test]
    fn every_alternative_is_read() {
        let jwt = json!({"type": "jwt", "privateKey": "k", "issuer": "i", "subject": "s", "keyId": "1", "scope": "a",
            "tokenEndpointUrl": "https://a.example/t", "audienceUrl": "https://a.example", "algorithm": "ES256",
            "environment": "live"});
        for (auth, sent) in [
            (json!({}), AuthSent::Nothing),
            (json!({"type": "bearer", "token": "t"}), AuthSent::Token),
            (json!({"type": "apikey", "token": "t"}), AuthSent::Token),
            (json!({"type": "api_key", "token": "t"}), AuthSent::Token),
            (
                json!({"type": "basic", "username": "u", "password": ""}),
                AuthSent::Basic,
            ),
            (jwt, AuthSent::Jwt),
        ] {
            let read = read(&json!({"accountIdentifier": "a", "auth": auth})).expect("is right");
            assert_eq!(read.auth, sent);
        }
        let plain =
            read(&json!({"accountIdentifier": "a", "marketplaceAccount": true})).expect("is right");
        assert_eq!((plain.auth, plain.marketplace), (AuthSent::Absent, true));
    }

    #[test]
    fn every_problem_is_told_at_once() {
        let body = json!({"accountIdentifier": "", "marketplaceAccount": "yes",
            "auth": {"type": "jwt", "tokenEndpointUrl": "agent.example/token", "audienceUrl": "https://a.example",
                     "privateKey": "", "algorithm": "HS256"}});
        let wanted = [
            "accountIdentifier",
            "auth.privateKey",
            "auth.issuer",
            "auth.subject",
            "auth.keyId",
            "auth.scope",
            "auth.tokenEndpointUrl",
            "auth.algorithm",
            "marketplaceAccount",
        ];
        assert_eq!(paths(&body), wanted);
    }

    #[test]
    fn the_identifier_is_1_to_255_characters() {
        assert!(read(&json!({"accountIdentifier": "é".repeat(255)})).is_ok());
        for body in [
            json!({}),
            json!({"accountIdentifier": 5}),
            json!({"accountIdentifier": "a".repeat(256)}),
        ] {
            assert_eq!(paths(&body), ["accountIdentifier"]);
        }
    }

    #[test]
    fn odd_auths_are_named() {
        for (auth, path) in [
            (json!(null), "auth"),
            (json!("key"), "auth"),
            (json!({"token": "t"}), "auth.type"),
            (json!({"type": "oauth"}), "auth.type"),
            (json!({"type": 1}), "auth.type"),
            (json!({"type": "api_key"}), "auth.token"),
            (json!({"type": "basic", "username": "u"}), "auth.password"),
        ] {
            assert_eq!(
                paths(&json!({"accountIdentifier": "a", "auth": auth})),
                [path]
            );
        }
    }
}
