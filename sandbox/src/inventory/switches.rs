//! How the API and its token server behave, where the documents leave it open or a test wants it otherwise.

use crate::{
    settings::{count, one_number, one_of, only_known},
    tokens::Told,
};
use serde_json::Value;

/// What the list of devices is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Devices {
    /// No byte at all.
    Empty,
    /// `{}`.
    Object,
    /// An object with devices in it.
    Populated,
    /// One `{"result": …}` on each line, as a stream is written.
    Lines,
}

/// In which form refusals are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Errors {
    Own,
    Text,
    Html,
    Empty,
}

/// All of them. Steps are made slow or failing by faults, not here.
#[derive(Debug, Clone)]
pub struct Switches {
    pub devices: Devices,
    pub errors: Errors,
    /// The status for a project that is somebody else's.
    pub foreign_project: u16,
    /// The status of a token server that does not know a client or its secret.
    pub token_refusal: u16,
    pub expires_in: Told,
    /// Seconds.
    pub token_lifetime: u64,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            devices: Devices::Object,
            errors: Errors::Own,
            foreign_project: 403,
            token_refusal: 401,
            expires_in: Told::Seconds,
            token_lifetime: 43_199,
        }
    }
}

const NAMES: [&str; 7] = [
    "devices",
    "errors",
    "foreign_project",
    "token_refusal",
    "expires_in",
    "token_lifetime",
    "forget",
];

impl Switches {
    /// These with the keys of `body` changed; an error names the key. `forget` is an act and no switch.
    pub fn changed(&self, body: &Value) -> Result<Self, String> {
        only_known(body, &NAMES)?;
        let mut new = self.clone();
        let devices = [
            ("empty", Devices::Empty),
            ("object", Devices::Object),
            ("populated", Devices::Populated),
            ("lines", Devices::Lines),
        ];
        one_of(body, "devices", &devices, &mut new.devices)?;
        let errors = [
            ("own", Errors::Own),
            ("text", Errors::Text),
            ("html", Errors::Html),
            ("empty", Errors::Empty),
        ];
        one_of(body, "errors", &errors, &mut new.errors)?;
        one_number(
            body,
            "foreign_project",
            [403, 404],
            &mut new.foreign_project,
        )?;
        one_number(body, "token_refusal", [401, 400], &mut new.token_refusal)?;
        count(body, "token_lifetime", &mut new.token_lifetime)?;
        new.expires_in.change(body)?;
        Ok(new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn switches_are_changed_one_by_one_and_mistakes_are_named() {
        let first = Switches::default()
            .changed(&json!({"devices": "lines", "token_lifetime": 60}))
            .expect("is read");
        let second = first
            .changed(&json!({"foreign_project": 404, "expires_in": "text"}))
            .expect("is read");
        assert_eq!(
            (second.devices, second.token_lifetime),
            (Devices::Lines, 60)
        );
        assert_eq!((first.foreign_project, second.foreign_project), (403, 404));
        for (body, name) in [
            (json!({"device": "lines"}), "device"),
            (json!({"devices": "many"}), "many"),
            (json!({"foreign_project": 400}), "foreign_project"),
            (json!({"token_refusal": "401"}), "token_refusal"),
            (json!({"token_lifetime": -1}), "token_lifetime"),
            (json!("lines"), "object"),
        ] {
            let message = first.changed(&body).expect_err("is refused");
            assert!(message.contains(name), "{message}");
        }
    }
}
