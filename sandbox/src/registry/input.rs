//! The checks of a body with client credentials: the first problem in a fixed order (registry.md, section 4).

use super::{
    address::is_external,
    model::{ClientCredentials, Placement},
    refusal::Refusal,
};
use serde_json::Value;

/// What a reference to a variable of the server begins with.
pub const REFERENCE: &str = "$ENV:";

/// The credentials in a body. `own` is the second port's origin.
pub fn read(body: Option<&Value>, own: &str) -> Result<ClientCredentials, Refusal> {
    let body = body.filter(|body| body.is_object()).ok_or_else(|| {
        let words = "oauth_client_credentials must be an object.";
        Refusal::of_field("oauth_client_credentials", "invalid_blob_shape", words)
    })?;
    let token_endpoint = needed(body, "token_endpoint")?;
    // The documented limit of 2048 is not enforced.
    if !is_external(token_endpoint, own) {
        return Err(wrong(
            "token_endpoint",
            "invalid_url",
            "is not a URL that can be reached",
        ));
    }
    let client_id = named(body, "client_id", 2048)?;
    let client_secret = named(body, "client_secret", 8192)?;
    let scope = optional(body, "scope", 1024)?;
    let resources = resources(body)?;
    let audience = optional(body, "audience", 2048)?;
    let placement = match body.get("auth_method") {
        None | Some(Value::Null) => Placement::Basic,
        Some(Value::String(method)) if method.is_empty() || method == "basic" => Placement::Basic,
        Some(Value::String(method)) if method == "body" => Placement::Body,
        Some(_) => {
            let words = "must be basic or body";
            return Err(wrong("auth_method", "invalid_auth_method_value", words));
        }
    };
    Ok(ClientCredentials {
        token_endpoint: token_endpoint.to_owned(),
        client_id,
        client_secret,
        scope,
        resources,
        audience,
        placement,
    })
}

fn needed<'a>(body: &'a Value, field: &str) -> Result<&'a str, Refusal> {
    body.get(field)
        .and_then(Value::as_str)
        .filter(|text| !text.is_empty())
        .ok_or_else(|| wrong(field, "missing_field", "is required"))
}

/// A text, or a reference to a variable of the server by its own rule.
fn named(body: &Value, field: &str, most: usize) -> Result<String, Refusal> {
    let text = needed(body, field)?;
    within(text, field, most)?;
    if text.starts_with(REFERENCE) && !is_reference(text) {
        return Err(wrong(
            field,
            "invalid_env_reference",
            "must be a reference of the form $ENV:ADCP_OAUTH_<NAME>",
        ));
    }
    Ok(text.to_owned())
}

fn is_reference(text: &str) -> bool {
    let name = text
        .strip_prefix(REFERENCE)
        .and_then(|rest| rest.strip_prefix("ADCP_OAUTH_"));
    let plain = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_';
    name.is_some_and(|name| !name.is_empty() && name.bytes().all(plain))
}

/// Nothing, the empty text and `null` are one.
fn optional(body: &Value, field: &str, most: usize) -> Result<Option<String>, Refusal> {
    match body.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.is_empty() => Ok(None),
        Some(Value::String(text)) => {
            within(text, field, most)?;
            Ok(Some(text.clone()))
        }
        Some(_) => Err(wrong(field, "invalid_field_type", "must be a string")),
    }
}

fn resources(body: &Value) -> Result<Vec<String>, Refusal> {
    const FIELD: &str = "resource";
    let Some(Value::Array(items)) = body.get(FIELD) else {
        let one = match body.get(FIELD) {
            Some(value) if !value.is_null() && !value.is_string() => {
                let words = "must be a string or an array of strings";
                return Err(wrong(FIELD, "invalid_field_type", words));
            }
            _ => optional(body, FIELD, 2048)?,
        };
        return Ok(one.into_iter().collect());
    };
    if items.is_empty() {
        return Err(wrong(
            FIELD,
            "array_too_few",
            "must have at least one entry",
        ));
    }
    if items.len() > 8 {
        return Err(wrong(
            FIELD,
            "array_too_many",
            "must have at most 8 entries",
        ));
    }
    let mut resources = Vec::new();
    let mut sum = 0;
    for item in items {
        let text = item.as_str().filter(|text| !text.is_empty());
        let text = text.ok_or_else(|| {
            wrong(
                FIELD,
                "invalid_field_type",
                "must have entries that are non-empty strings",
            )
        })?;
        sum += within(text, FIELD, 2048)?;
        resources.push(text.to_owned());
    }
    if sum > 8192 {
        let words = "must not exceed 8192 characters in all";
        return Err(wrong(FIELD, "aggregate_too_long", words));
    }
    Ok(resources)
}

/// The length in UTF-16 units, as JavaScript counts.
fn within(text: &str, field: &str, most: usize) -> Result<usize, Refusal> {
    let length = text.encode_utf16().count();
    if length > most {
        let words = format!("exceeds {most} characters");
        return Err(wrong(field, "field_too_long", &words));
    }
    Ok(length)
}

fn wrong(field: &str, code: &str, words: &str) -> Refusal {
    let error = format!("oauth_client_credentials.{field} {words}.");
    Refusal::of_field(field, code, error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Map, json};

    fn right() -> Map<String, Value> {
        let body = json!({"token_endpoint": "https://auth.example/token", "client_id": "id", "client_secret": "s"});
        body.as_object().cloned().expect("is an object")
    }

    fn judged(changes: &Value) -> Result<ClientCredentials, (String, String)> {
        let mut body = right();
        body.extend(changes.as_object().cloned().expect("is an object"));
        read(Some(&Value::Object(body)), "http://127.0.0.1:1").map_err(|refusal| {
            let told = |key: &str| refusal.body[key].as_str().expect("is told").to_owned();
            (told("field"), told("code"))
        })
    }

    #[test]
    fn every_code_is_told_on_its_field() {
        let long = |count: usize| "a".repeat(count);
        for (changes, field, code) in [
            (
                json!({"token_endpoint": ""}),
                "token_endpoint",
                "missing_field",
            ),
            (
                json!({"token_endpoint": 1}),
                "token_endpoint",
                "missing_field",
            ),
            (
                json!({"token_endpoint": "auth"}),
                "token_endpoint",
                "invalid_url",
            ),
            (
                json!({"token_endpoint": "https://10.0.0.1/"}),
                "token_endpoint",
                "invalid_url",
            ),
            (json!({"client_id": null}), "client_id", "missing_field"),
            (
                json!({"client_id": long(2049)}),
                "client_id",
                "field_too_long",
            ),
            (
                json!({"client_id": "$ENV:HOME"}),
                "client_id",
                "invalid_env_reference",
            ),
            (
                json!({"client_secret": []}),
                "client_secret",
                "missing_field",
            ),
            (
                json!({"client_secret": long(8193)}),
                "client_secret",
                "field_too_long",
            ),
            (
                json!({"client_secret": "$ENV:ADCP_OAUTH_"}),
                "client_secret",
                "invalid_env_reference",
            ),
            (
                json!({"client_secret": "$ENV:ADCP_OAUTH_a"}),
                "client_secret",
                "invalid_env_reference",
            ),
            (json!({"scope": 1}), "scope", "invalid_field_type"),
            (json!({"scope": long(1025)}), "scope", "field_too_long"),
            (json!({"resource": 1}), "resource", "invalid_field_type"),
            (
                json!({"resource": ["a", ""]}),
                "resource",
                "invalid_field_type",
            ),
            (
                json!({"resource": long(2049)}),
                "resource",
                "field_too_long",
            ),
            (
                json!({"resource": [long(2049)]}),
                "resource",
                "field_too_long",
            ),
            (json!({"resource": []}), "resource", "array_too_few"),
            (
                json!({"resource": vec!["a"; 9]}),
                "resource",
                "array_too_many",
            ),
            (
                json!({"resource": vec![long(2048); 5]}),
                "resource",
                "aggregate_too_long",
            ),
            (json!({"audience": {}}), "audience", "invalid_field_type"),
            (
                json!({"audience": long(2049)}),
                "audience",
                "field_too_long",
            ),
            (
                json!({"auth_method": "post"}),
                "auth_method",
                "invalid_auth_method_value",
            ),
            (
                json!({"auth_method": true}),
                "auth_method",
                "invalid_auth_method_value",
            ),
        ] {
            let wanted = (field.to_owned(), code.to_owned());
            assert_eq!(judged(&changes), Err(wanted), "{changes}");
        }
        for body in [None, Some(json!([]))] {
            let refusal = read(body.as_ref(), "").expect_err("is no object");
            assert_eq!(refusal.body["code"], "invalid_blob_shape");
            assert_eq!(refusal.body["field"], "oauth_client_credentials");
        }
    }

    #[test]
    fn only_the_first_problem_is_told_in_the_order_of_the_fields() {
        let order = [
            "token_endpoint",
            "client_id",
            "client_secret",
            "scope",
            "resource",
            "audience",
            "auth_method",
        ];
        for at in 0..order.len() {
            let wrong: Map<_, _> = order[at..]
                .iter()
                .map(|name| ((*name).to_owned(), json!(7)))
                .collect();
            let (field, _) = judged(&Value::Object(wrong)).expect_err("is refused");
            assert_eq!(field, order[at]);
        }
    }

    #[test]
    fn lengths_are_counted_in_utf_16_and_nothing_is_trimmed() {
        // One character of two units.
        assert!(judged(&json!({"scope": "\u{1f30a}".repeat(512)})).is_ok());
        assert!(judged(&json!({"scope": "\u{1f30a}".repeat(513)})).is_err());
        let kept = judged(
            &json!({"client_id": " $ENV:x ", "client_secret": "$env:y\n", "scope": "",
            "resource": "", "audience": null, "auth_method": ""}),
        )
        .expect("is taken");
        assert_eq!(kept.client_id, " $ENV:x ");
        assert_eq!(kept.client_secret, "$env:y\n");
        assert_eq!(
            (kept.scope, kept.audience, kept.resources.len()),
            (None, None, 0)
        );
        assert_eq!(kept.placement, Placement::Basic);
        let endpoint = format!("https://auth.example/{}", "a".repeat(3000));
        let referring = json!({"client_secret": "$ENV:ADCP_OAUTH_A_1", "token_endpoint": endpoint});
        assert!(judged(&referring).is_ok());
    }
}
