//! Reads the documented error envelope, and what comes in its place.
//!
//! The envelope is `{"data": null, "error": {code, message, field?, details?}}`; a probed 401 carried
//! `{"error": "text", "message": "text"}` instead, and proxies answer with pages of their own.

use serde_json::Value;

use super::error::{FieldProblem, ForbiddenReason};
use super::redact::Sent;

/// What could be read of the envelope; everything may be missing.
pub(super) struct Envelope {
    /// The documented code; empty when there was none.
    pub(super) code: String,
    /// The message for the whole.
    pub(super) message: Option<String>,
    field: Option<String>,
    details: Value,
}

impl Envelope {
    /// Reads `body`, which may be anything.
    pub(super) fn read(body: &str, sent: &Sent) -> Self {
        let mut body: Value = serde_json::from_str(body).unwrap_or_default();
        let mut error = body.get_mut("error").map(Value::take).unwrap_or_default();
        // With a text for `error`, the sentence meant for people may stand beside it.
        let message = match &error {
            Value::String(text) => body.get("message").and_then(Value::as_str).or(Some(text)),
            Value::Object(fields) => fields.get("message").and_then(Value::as_str),
            _ => body.get("message").and_then(Value::as_str),
        };
        Self {
            message: message.and_then(|text| sent.clean(text)),
            code: error
                .get("code")
                .and_then(Value::as_str)
                .map_or_else(String::new, code_only),
            field: error.get("field").and_then(Value::as_str).map(dotted),
            details: error
                .get_mut("details")
                .map(Value::take)
                .unwrap_or_default(),
        }
    }

    /// One problem per item of `details.issues`, and one for `field` when no issue names it.
    pub(super) fn field_errors(&self, sent: &Sent) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        for issue in self
            .details
            .get("issues")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let path = match issue.get("path") {
                Some(Value::String(path)) => dotted(path),
                Some(Value::Array(steps)) => joined(steps),
                _ => String::new(),
            };
            let message = issue.get("message").and_then(Value::as_str);
            let message = message
                .and_then(|text| sent.clean(text))
                .unwrap_or_default();
            if path.is_empty() && message.is_empty() {
                continue;
            }
            problems.push(FieldProblem { path, message });
        }
        if let Some(field) = self.field.as_ref().filter(|field| !field.is_empty())
            && !problems.iter().any(|problem| problem.path == *field)
        {
            let message = self.message.clone().unwrap_or_default();
            problems.push(FieldProblem {
                path: field.clone(),
                message,
            });
        }
        problems
    }

    /// What a 403 with this code means.
    pub(super) fn forbidden_reason(&self) -> ForbiddenReason {
        match self.code.as_str() {
            "TOS_ACCEPTANCE_REQUIRED" => ForbiddenReason::Terms,
            "FORBIDDEN" => ForbiddenReason::Role,
            "CUSTOMER_SCOPE_REQUIRED" => {
                let listed = self
                    .details
                    .get("availableCustomers")
                    .and_then(Value::as_array);
                let available = listed.into_iter().flatten().filter_map(customer).collect();
                ForbiddenReason::CustomerScope { available }
            }
            _ => ForbiddenReason::Other,
        }
    }
}

/// Codes are upper-case words; whatever else a foreign value holds is dropped.
fn code_only(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '_')
        .take(64)
        .collect()
}

/// "name (id)" of one available customer. Its shape is not documented: texts, numbers and objects
/// with the usual names are read.
fn customer(value: &Value) -> Option<String> {
    let plain = |value: &Value| match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let first = |keys: &[&str]| keys.iter().find_map(|key| value.get(key).and_then(plain));
    if !value.is_object() {
        return plain(value);
    }
    let name = first(&["name", "company", "customerName"]);
    match (name, first(&["id", "customerId"])) {
        (Some(mut name), Some(id)) => {
            name.push_str(" (");
            name.push_str(&id);
            name.push(')');
            Some(name)
        }
        (name, id) => name.or(id),
    }
}

/// A path given as steps.
fn joined(steps: &[Value]) -> String {
    let mut path = String::new();
    for step in steps {
        if !path.is_empty() {
            path.push('.');
        }
        match step {
            Value::String(text) => path.push_str(text),
            Value::Number(number) => path.push_str(&number.to_string()),
            _ => {}
        }
    }
    dotted(&path)
}

/// One spelling for paths: `auth["token"]`, `auth[token]` and `body.auth.token` are `auth.token`.
fn dotted(path: &str) -> String {
    let is_mark = |c: char| matches!(c, '.' | '[' | ']' | '"' | '\'') || c.is_whitespace();
    let mut steps: Vec<&str> = path
        .split(is_mark)
        .filter(|step| !step.is_empty())
        .collect();
    if steps.len() > 1 && steps[0] == "body" {
        steps.remove(0);
    }
    steps.join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_have_one_spelling() {
        for path in [
            "auth.token",
            "auth[\"token\"]",
            "auth['token']",
            "auth[token]",
            "body.auth.token",
            " .auth..token",
        ] {
            assert_eq!(dotted(path), "auth.token", "{path}");
        }
        assert_eq!(dotted("sources[0].id"), "sources.0.id");
        assert_eq!(dotted("body"), "body");
        assert_eq!(dotted(""), "");
    }
}
