//! Reads the documented error envelope, and what comes in its place.
//!
//! The envelope is `{"data": null, "error": {code, message, field?, details?}}`; a probed 401 carried
//! `{"error": "text", "message": "text"}` instead, and proxies answer with pages of their own. The registry
//! puts a sentence or a name into `error`, and `code` and `field` beside it (registry.md, section 10); a token
//! endpoint puts a name into it, and `error_description` beside it (RFC 6749 section 5.2). Adobe's gateway has
//! `error_code` and `message`, its services `title` and `detail` or others (destinations.md, section 6), and gRPC a
//! number for `code` (inventory.md, section 8).

use super::error::{FieldProblem, ForbiddenReason};
use super::json::{Json, Parsed};
use super::redact::Sent;

/// Where a sentence may stand, the most telling first.
const SAID: [&str; 5] = [
    "message",
    "error_description",
    "detail",
    "title",
    "errorMessage",
];

/// What could be read of the envelope; everything may be missing.
pub(super) struct Envelope<'a> {
    /// The documented code; empty when there was none.
    pub(super) code: String,
    /// The message for the whole.
    pub(super) message: Option<String>,
    field: String,
    body: Option<Parsed<'a>>,
}

impl<'a> Envelope<'a> {
    /// Reads `body`, which may be anything.
    pub(super) fn read(body: &'a str, sent: &Sent) -> Self {
        let body = Parsed::parse(body);
        let root = root(body.as_ref());
        let error = root.at_key("error");
        // With a text for `error`, the sentence meant for people may stand beside it.
        let holder = if error.is_object() { error } else { root };
        let said = |key| holder.at_key(key).string();
        let mut message = None;
        for key in SAID {
            message = message.or_else(|| said(key));
        }
        let mut code = holder.at_key("code");
        for other in [holder.at_key("error_code"), error] {
            if code.is_null() && !other.is_object() {
                code = other;
            }
        }
        Self {
            message: message
                .or_else(|| error.string())
                .and_then(|text| sent.clean(&text)),
            code: code_only(plain(code)),
            field: dotted(&text_of(holder.at_key("field"))),
            body,
        }
    }

    fn details(&self) -> Json<'_> {
        root(self.body.as_ref()).at_key("error").at_key("details")
    }

    /// One problem per item of `details.issues`, and one for `field` when no issue names it.
    pub(super) fn field_errors(&self, sent: &Sent) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        let mut told = self.field.is_empty();
        for issue in items(self.details().at_key("issues")) {
            let path = dotted(&path_of(issue.at_key("path")));
            let message = sent.clean(&text_of(issue.at_key("message")));
            if path.is_empty() && message.is_none() {
                continue;
            }
            told |= path == self.field;
            let message = message.unwrap_or_default();
            problems.push(FieldProblem { path, message });
        }
        // Adobe's services list what led to a refusal in one of two shapes, or say it in one text (destinations.md,
        // section 6).
        let root = root(self.body.as_ref());
        let report = root.at_key("report");
        let by_status = root.at_key("errors").members().flat_map(items);
        let links = items(report.at_key("errorChain")).chain(by_status);
        let listed = links.map(|link| link.get("errorMessage").unwrap_or(link.at_key("message")));
        let texts = [
            report.at_key("detailed-message"),
            root.at_key("errorDetails"),
        ];
        for said in listed.chain(texts) {
            if let Some(message) = sent.clean(&text_of(said)) {
                let path = String::new();
                problems.push(FieldProblem { path, message });
            }
        }
        if !told {
            problems.push(FieldProblem {
                path: self.field.clone(),
                message: self.message.clone().unwrap_or_default(),
            });
        }
        problems
    }

    /// What a 403 with this code means. Names are the server's and lose what was sent, as messages do.
    pub(super) fn forbidden_reason(&self, sent: &Sent) -> ForbiddenReason {
        match self.code.as_str() {
            "TOS_ACCEPTANCE_REQUIRED" => ForbiddenReason::Terms,
            "FORBIDDEN" => ForbiddenReason::Role,
            "CUSTOMER_SCOPE_REQUIRED" => {
                let mut available = Vec::new();
                for listed in items(self.details().at_key("availableCustomers")) {
                    available.extend(sent.clean(&customer(listed)));
                }
                ForbiddenReason::CustomerScope { available }
            }
            _ => ForbiddenReason::Other,
        }
    }
}

/// The value of a body, which may be none.
fn root<'a>(body: Option<&'a Parsed<'_>>) -> Json<'a> {
    body.map_or(Json::NULL, Parsed::root)
}

/// The items of an array; an object has none.
fn items(json: Json<'_>) -> impl Iterator<Item = Json<'_>> {
    let array = if json.is_array() { json } else { Json::NULL };
    array.members()
}

/// This text, or the empty one.
fn text_of(json: Json<'_>) -> String {
    json.string().unwrap_or_default()
}

/// This text, or this number as it is written, or the empty text.
fn plain(json: Json<'_>) -> String {
    match json.number() {
        Some(number) => number.to_owned(),
        None => text_of(json),
    }
}

/// Codes are words; a sentence in the place of one is none.
fn code_only(text: String) -> String {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if text.len() <= 64 && text.bytes().all(fits) {
        text
    } else {
        String::new()
    }
}

/// "name (id)" of one available customer; empty when there is nothing to show. Its shape is not
/// documented: texts, numbers and objects with the usual names are read.
fn customer(value: Json<'_>) -> String {
    if !value.is_object() {
        return plain(value);
    }
    let first = |keys: &[&str]| {
        let mut found = String::new();
        for key in keys {
            if found.is_empty() {
                found = plain(value.at_key(key));
            }
        }
        found
    };
    let mut name = first(&["name", "company", "customerName"]);
    let id = first(&["id", "customerId"]);
    if name.is_empty() {
        return id;
    }
    if !id.is_empty() {
        name.push_str(" (");
        name.push_str(&id);
        name.push(')');
    }
    name
}

/// A path given as a text or as steps.
fn path_of(json: Json<'_>) -> String {
    let mut path = text_of(json);
    for step in items(json) {
        path.push('.');
        path.push_str(&plain(step));
    }
    path
}

/// One spelling for paths: `auth["token"]`, `auth[token]` and `body.auth.token` are `auth.token`.
fn dotted(path: &str) -> String {
    let mut out = String::new();
    let mut new_step = false;
    for c in path.chars() {
        if matches!(c, '.' | '[' | ']' | '"' | '\'') || c.is_whitespace() {
            new_step = true;
            continue;
        }
        if new_step && !out.is_empty() {
            out.push('.');
        }
        new_step = false;
        out.push(c);
    }
    match out.strip_prefix("body.") {
        Some(rest) => rest.to_owned(),
        None => out,
    }
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
