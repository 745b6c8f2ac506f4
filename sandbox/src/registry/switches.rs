//! How the registry and its authorization server behave, where a test wants it otherwise.

use crate::settings::{calls, count, one_of, only_known, switch, word};
use serde_json::{Map, Value};

/// Whether an authorization answer names its issuer (RFC 9207).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Iss {
    /// Advertised and sent.
    Sent,
    /// Sent without having been advertised.
    Unadvertised,
    /// Advertised, and another server's is sent.
    Wrong,
    /// Advertised, and the one that is sent differs by the slash at its end.
    Slash,
    /// Advertised and not sent.
    Missing,
    /// Neither, as the documented server does it.
    Never,
}

/// Which issuer the metadata names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Issuer {
    /// The origin with a slash at its end, as the documented server does it.
    Slash,
    /// The origin alone.
    Plain,
    /// Another server's.
    Wrong,
}

/// Who decides at the consent page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    Ask,
    Approve,
    Deny,
}

/// What follows a denial.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denial {
    /// The client is told, as RFC 6749 has it.
    Told,
    /// The person is left at the registry, as the documented server does it.
    Stranded,
}

/// What the server found when it looked at the agent after a save.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refresh {
    Online,
    Offline,
    /// The look failed, and the answer does not speak of it.
    Absent,
}

/// All of them. Steps are made slow or failing by faults, not here.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own, set apart from the others"
)]
pub struct Switches {
    pub iss: Iss,
    pub issuer: Issuer,
    pub consent: Consent,
    pub denial: Denial,
    /// `error_description` of a denial.
    pub denial_description: String,
    /// Seconds; 0 makes every code an expired one.
    pub code_lifetime: u64,
    /// Seconds.
    pub token_lifetime: u64,
    /// Whether a token answer tells its lifetime.
    pub expires_in: bool,
    /// A token answer of 4 MiB.
    pub oversized_token: bool,
    pub registration_refused: bool,
    /// Whether the server knows `DELETE …/connect`, which is newer than the documents.
    pub connect_delete: bool,
    pub refresh: Refresh,
    /// Calls that save, test or connect, for each hour.
    pub per_hour: u32,
    /// Whether `/api/me` lets an organisation key in, as somebody without organisations.
    pub me_for_keys: bool,
    /// Members put into the authorization server's metadata; `null` takes one out.
    pub metadata: Map<String, Value>,
    /// The same for the resource's metadata.
    pub resource_metadata: Map<String, Value>,
    /// The same for a token answer.
    pub token_answer: Map<String, Value>,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            iss: Iss::Sent,
            issuer: Issuer::Slash,
            consent: Consent::Ask,
            denial: Denial::Told,
            denial_description: "The person denied access".to_owned(),
            code_lifetime: 300,
            token_lifetime: 900,
            expires_in: true,
            oversized_token: false,
            registration_refused: false,
            connect_delete: false,
            refresh: Refresh::Online,
            per_hour: 60,
            me_for_keys: false,
            metadata: Map::new(),
            resource_metadata: Map::new(),
            token_answer: Map::new(),
        }
    }
}

const NAMES: [&str; 18] = [
    "iss",
    "issuer",
    "consent",
    "denial",
    "denial_description",
    "code_lifetime",
    "token_lifetime",
    "expires_in",
    "oversized_token",
    "registration_refused",
    "connect_delete",
    "refresh",
    "per_hour",
    "me_for_keys",
    "metadata",
    "resource_metadata",
    "token_answer",
    "forget",
];

impl Switches {
    /// These with the keys of `body` changed; an error names the key. `forget` is an act and no switch.
    pub fn changed(&self, body: &Value) -> Result<Self, String> {
        only_known(body, &NAMES)?;
        let mut new = self.clone();
        let iss = [
            ("sent", Iss::Sent),
            ("unadvertised", Iss::Unadvertised),
            ("wrong", Iss::Wrong),
            ("slash", Iss::Slash),
            ("missing", Iss::Missing),
            ("never", Iss::Never),
        ];
        one_of(body, "iss", &iss, &mut new.iss)?;
        let issuer = [
            ("slash", Issuer::Slash),
            ("plain", Issuer::Plain),
            ("wrong", Issuer::Wrong),
        ];
        one_of(body, "issuer", &issuer, &mut new.issuer)?;
        let consent = [
            ("ask", Consent::Ask),
            ("approve", Consent::Approve),
            ("deny", Consent::Deny),
        ];
        one_of(body, "consent", &consent, &mut new.consent)?;
        let denial = [("told", Denial::Told), ("stranded", Denial::Stranded)];
        one_of(body, "denial", &denial, &mut new.denial)?;
        let refresh = [
            ("online", Refresh::Online),
            ("offline", Refresh::Offline),
            ("absent", Refresh::Absent),
        ];
        one_of(body, "refresh", &refresh, &mut new.refresh)?;
        if let Some(text) = word(body, "denial_description")? {
            text.clone_into(&mut new.denial_description);
        }
        count(body, "code_lifetime", &mut new.code_lifetime)?;
        count(body, "token_lifetime", &mut new.token_lifetime)?;
        calls(body, "per_hour", &mut new.per_hour)?;
        switch(body, "expires_in", &mut new.expires_in)?;
        switch(body, "oversized_token", &mut new.oversized_token)?;
        switch(body, "registration_refused", &mut new.registration_refused)?;
        switch(body, "connect_delete", &mut new.connect_delete)?;
        switch(body, "me_for_keys", &mut new.me_for_keys)?;
        members(body, "metadata", &mut new.metadata)?;
        members(body, "resource_metadata", &mut new.resource_metadata)?;
        members(body, "token_answer", &mut new.token_answer)?;
        Ok(new)
    }
}

/// `document` with members put in, and those that are `null` taken out.
pub fn with_members(mut document: Value, members: &Map<String, Value>) -> Value {
    if let Some(object) = document.as_object_mut() {
        for (key, value) in members {
            if value.is_null() {
                object.remove(key);
            } else {
                object.insert(key.clone(), value.clone());
            }
        }
    }
    document
}

fn members(body: &Value, key: &str, target: &mut Map<String, Value>) -> Result<(), String> {
    match body.get(key) {
        None => {}
        Some(Value::Null) => target.clear(),
        Some(Value::Object(members)) => members.clone_into(target),
        Some(_) => return Err(format!("{key} takes an object.")),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn switches_are_changed_one_by_one_and_mistakes_are_named() {
        let first = Switches::default()
            .changed(&json!({"iss": "wrong", "token_lifetime": 60, "metadata": {"a": 1}}))
            .expect("is read");
        let second = first
            .changed(&json!({"issuer": "plain", "connect_delete": true, "metadata": null}))
            .expect("is read");
        assert_eq!((second.iss, second.issuer), (Iss::Wrong, Issuer::Plain));
        assert_eq!(second.token_lifetime, 60);
        assert!(second.connect_delete && first.metadata.len() == 1 && second.metadata.is_empty());
        for (body, name) in [
            (json!({"isss": "sent"}), "isss"),
            (json!({"iss": "maybe"}), "maybe"),
            (json!({"per_hour": -1}), "per_hour"),
            (json!({"per_hour": 5_000_000_000_u64}), "per_hour"),
            (json!({"expires_in": 1}), "expires_in"),
            (json!({"metadata": []}), "metadata"),
            (json!([]), "object"),
        ] {
            let message = first.changed(&body).expect_err("is refused");
            assert!(message.contains(name), "{message}");
        }
    }

    #[test]
    fn members_are_put_in_and_taken_out() {
        let Value::Object(members) = json!({"a": null, "b": 2}) else {
            unreachable!("it is an object")
        };
        assert_eq!(
            with_members(json!({"a": 1, "c": 3}), &members),
            json!({"b": 2, "c": 3})
        );
    }
}
