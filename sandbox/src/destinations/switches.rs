//! How the API and its token server behave, where the documents disagree or a test wants it otherwise.

use crate::{
    settings::{calls, count, one_number, one_of, only_known, switch},
    tokens::Told,
};
use axum::http::{Method, StatusCode};
use serde_json::Value;

/// What a list is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// `{"items": […]}`.
    Items,
    Array,
    /// One bare object where there is just one; `items` otherwise.
    Object,
    /// Objects with commas between them and nothing around, as a page of the documents prints it.
    PagesOfDoc,
}

/// What the answer to a change is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    Object,
    Array,
    Items,
    Empty,
}

/// What becomes of secrets in answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secrets {
    Live,
    Masked,
    Omitted,
}

/// What stands as `type` in answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// The documented word, where one was sent.
    Enum,
    /// The key of the body, as a sample of the documents has it.
    BodyKey,
    Absent,
    /// A word that no document has.
    Unknown,
}

/// In whose words refusals are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Errors {
    /// In those of whoever refuses: the gateway or the service behind it.
    Own,
    Gateway,
    Service,
    /// As the flow service of the same platform does.
    Flow,
    /// As its segmentation service does.
    Segmentation,
    Text,
    Html,
    Empty,
}

/// How the gateway writes its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    Text,
    Number,
}

/// All of them. Steps are made slow or failing by faults, not here.
#[derive(Debug, Clone)]
pub struct Switches {
    pub list: List,
    pub created: Changed,
    pub created_status: u16,
    pub updated: Changed,
    pub deleted: u16,
    pub secrets: Secrets,
    pub kind: Type,
    pub errors: Errors,
    pub error_code: Code,
    /// A `PUT` succeeds and changes nothing.
    pub ignore_put: bool,
    /// Whether the caller may author destinations.
    pub permission: bool,
    /// Calls for each minute.
    pub per_minute: u32,
    /// The status of a token server that does not know a client or its secret.
    pub token_refusal: u16,
    pub expires_in: Told,
    /// Seconds.
    pub token_lifetime: u64,
    /// Tokens for each minute.
    pub tokens_per_minute: u32,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            list: List::Items,
            created: Changed::Object,
            created_status: 200,
            updated: Changed::Object,
            deleted: 200,
            secrets: Secrets::Live,
            kind: Type::Enum,
            errors: Errors::Own,
            error_code: Code::Text,
            ignore_put: false,
            permission: true,
            per_minute: 100_000,
            token_refusal: 401,
            expires_in: Told::Seconds,
            token_lifetime: 86_399,
            tokens_per_minute: 100_000,
        }
    }
}

const NAMES: [&str; 18] = [
    "list",
    "created",
    "created_status",
    "updated",
    "deleted",
    "secrets",
    "type",
    "errors",
    "error_code",
    "ignore_put",
    "permission",
    "per_minute",
    "token_refusal",
    "expires_in",
    "token_lifetime",
    "tokens_per_minute",
    "touch",
    "forget",
];

impl Switches {
    /// These with the keys of `body` changed; an error names the key. `touch` and `forget` are acts and no
    /// switches.
    pub fn changed(&self, body: &Value) -> Result<Self, String> {
        only_known(body, &NAMES)?;
        let mut new = self.clone();
        let list = [
            ("items", List::Items),
            ("array", List::Array),
            ("object", List::Object),
            ("pages-of-doc", List::PagesOfDoc),
        ];
        one_of(body, "list", &list, &mut new.list)?;
        let changed = [
            ("object", Changed::Object),
            ("array", Changed::Array),
            ("items", Changed::Items),
            ("empty", Changed::Empty),
        ];
        one_of(body, "created", &changed, &mut new.created)?;
        one_of(body, "updated", &changed, &mut new.updated)?;
        let secrets = [
            ("live", Secrets::Live),
            ("masked", Secrets::Masked),
            ("omitted", Secrets::Omitted),
        ];
        one_of(body, "secrets", &secrets, &mut new.secrets)?;
        let kind = [
            ("enum", Type::Enum),
            ("bodyKey", Type::BodyKey),
            ("absent", Type::Absent),
            ("unknown", Type::Unknown),
        ];
        one_of(body, "type", &kind, &mut new.kind)?;
        let errors = [
            ("own", Errors::Own),
            ("gateway", Errors::Gateway),
            ("service", Errors::Service),
            ("flow", Errors::Flow),
            ("segmentation", Errors::Segmentation),
            ("text", Errors::Text),
            ("html", Errors::Html),
            ("empty", Errors::Empty),
        ];
        one_of(body, "errors", &errors, &mut new.errors)?;
        let code = [("string", Code::Text), ("integer", Code::Number)];
        one_of(body, "error_code", &code, &mut new.error_code)?;
        one_number(body, "created_status", [200, 201], &mut new.created_status)?;
        one_number(body, "deleted", [200, 204], &mut new.deleted)?;
        one_number(body, "token_refusal", [401, 400], &mut new.token_refusal)?;
        switch(body, "ignore_put", &mut new.ignore_put)?;
        switch(body, "permission", &mut new.permission)?;
        calls(body, "per_minute", &mut new.per_minute)?;
        calls(body, "tokens_per_minute", &mut new.tokens_per_minute)?;
        count(body, "token_lifetime", &mut new.token_lifetime)?;
        new.expires_in.change(body)?;
        Ok(new)
    }

    /// The status of a success.
    pub fn usual(&self, method: &Method) -> StatusCode {
        let status = match *method {
            Method::POST => self.created_status,
            Method::DELETE => self.deleted,
            _ => 200,
        };
        StatusCode::from_u16(status).unwrap_or(StatusCode::OK)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn switches_are_changed_one_by_one_and_mistakes_are_named() {
        let first = Switches::default()
            .changed(&json!({"list": "array", "deleted": 204, "expires_in": "zero"}))
            .expect("is read");
        let second = first
            .changed(&json!({"created_status": 201, "permission": false, "type": "bodyKey"}))
            .expect("is read");
        assert_eq!((second.list, second.kind), (List::Array, Type::BodyKey));
        assert_eq!(second.expires_in, Told::Zero);
        assert!(!second.permission && first.permission);
        let status = |method| second.usual(&method).as_u16();
        let told = [Method::POST, Method::PUT, Method::DELETE].map(status);
        assert_eq!(told, [201, 200, 204]);
        for (body, name) in [
            (json!({"lists": "items"}), "lists"),
            (json!({"list": "maybe"}), "maybe"),
            (json!({"created_status": 204}), "created_status"),
            (json!({"deleted": "200"}), "deleted"),
            (json!({"permission": "on"}), "permission"),
            (json!({"per_minute": -1}), "per_minute"),
            (
                json!({"tokens_per_minute": 5_000_000_000_u64}),
                "tokens_per_minute",
            ),
            (json!({"expires_in": 5}), "expires_in"),
            (json!([]), "object"),
        ] {
            let message = first.changed(&body).expect_err("is refused");
            assert!(message.contains(name), "{message}");
        }
    }
}
