//! From what was typed to what may be sent.

use super::clean::{Suspicious, clean, suspicious};
use super::pem::{KeyKind, KeyProblem};
use super::spec::Judged;
use super::write::{Form, Member, object};
use super::{
    Algorithm, Auth, Draft, FieldKind, FieldSpec, FormSpec, Place, Rule, Secret, Stored, url,
};

/// Values that passed every check of their form. Only [`validate`] makes one.
#[derive(Clone, Debug)]
pub struct Credential {
    spec: &'static FormSpec,
    values: Vec<(&'static FieldSpec, Secret)>,
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name on the wire.
    pub field: &'static str,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What can be wrong with a value. The words for it are in `text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// There is no value.
    Missing,
    /// Longer than the service takes; holds the limit and the length, in UTF-16 units.
    TooLong(usize, usize),
    /// A username with a colon.
    HasColon,
    /// A control character.
    HasControl,
    /// A character that a header cannot carry.
    NotAscii,
    /// A character that copying may have brought in; the person decides.
    Suspicious(Suspicious),
    /// The value is none of the choices.
    NotAChoice,
    /// Not an absolute https address.
    NotAnAddress,
    /// Plain http where the service sends something secret.
    NotHttps,
    /// An address with a part behind `#`.
    HasFragment,
    /// Not an absolute URI.
    NotAUri,
    /// An address of a private network, or of the machine itself.
    PrivateHost,
    /// A reference to a variable that the service lets nobody use.
    NotAReference,
    /// More values than the service takes; holds the limit and how many there are.
    TooMany(usize, usize),
    /// Neither a username and a password with a colon between them, nor the base64 of that.
    NotAPair,
    /// Not a private key that can be used; what it is instead.
    Key(KeyProblem),
    /// What reads private keys is not there yet, so that nothing is known.
    KeyUnread,
    /// A private key that does not fit this signature algorithm.
    KeyMisfit(KeyKind, Algorithm),
    /// The service holds a secret here that a save would replace by nothing; whether it can be removed.
    StillSaved(bool),
    /// What one service alone asks for; the stable code and what to do about it.
    Own(&'static str, String),
    /// The server refused the value, in its own words.
    Server(String),
}

impl Problem {
    /// The stable code, for events and tests.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::TooLong(..) => "too_long",
            Self::HasColon => "has_colon",
            Self::HasControl => "has_control",
            Self::NotAscii => "not_ascii",
            Self::Suspicious(_) => "suspicious_character",
            Self::NotAChoice => "not_a_choice",
            Self::NotAnAddress => "not_an_address",
            Self::NotHttps => "not_https",
            Self::HasFragment => "has_fragment",
            Self::NotAUri => "not_a_uri",
            Self::PrivateHost => "private_host",
            Self::NotAReference => "not_a_reference",
            Self::TooMany(..) => "too_many",
            Self::NotAPair => "not_a_pair",
            Self::Key(_) => "not_a_private_key",
            Self::KeyUnread => "key_not_read",
            Self::KeyMisfit(..) => "key_does_not_fit",
            Self::StillSaved(_) => "still_saved",
            Self::Own(code, _) => code,
            Self::Server(_) => "refused_by_server",
        }
    }
}

/// Checks a draft against a form. Returns every error at once, in the order of the fields.
pub fn validate(spec: &'static FormSpec, draft: &Draft) -> Result<Credential, Vec<FieldError>> {
    let mut values = Vec::with_capacity(spec.fields.len());
    let mut errors = Vec::new();
    for field in spec.fields {
        let entry = draft.get(spec, field);
        let (value, _) = clean(field.kind, &entry.text);
        if value.is_empty() && entry.stored == Stored::Saved {
            let removable = !field.rules.contains(&Rule::Required);
            errors.push(FieldError {
                field: field.name,
                problem: Problem::StillSaved(removable),
            });
            continue;
        }
        let other = |name: &str| {
            let other = spec.field(name);
            other.map_or_else(Secret::default, |other| draft.get(spec, other).text)
        };
        match check(
            field,
            value.expose(),
            entry.kept_as_is,
            draft.on_loopback,
            &other,
        ) {
            Some(problem) => errors.push(FieldError {
                field: field.name,
                problem,
            }),
            None => values.push((field, value)),
        }
    }
    if errors.is_empty() {
        Ok(Credential { spec, values })
    } else {
        Err(errors)
    }
}

/// The first thing that is wrong with a value, if anything is.
///
/// `other` tells what was typed into another field of the same form.
fn check(
    field: &FieldSpec,
    value: &str,
    kept_as_is: bool,
    on_loopback: bool,
    other: &dyn Fn(&str) -> Secret,
) -> Option<Problem> {
    if value.is_empty() {
        return field
            .rules
            .contains(&Rule::Required)
            .then_some(Problem::Missing);
    }
    for rule in field.rules {
        let problem = match *rule {
            Rule::Required => None,
            Rule::MaxLength(max) => too_long(value, max),
            Rule::NoColon => value
                .as_bytes()
                .contains(&b':')
                .then_some(Problem::HasColon),
            Rule::Ascii => (!value.is_ascii()).then_some(Problem::NotAscii),
            Rule::NoControl => value
                .chars()
                .any(char::is_control)
                .then_some(Problem::HasControl),
            Rule::Https => url::https(value),
            Rule::Uri => url::uri(value),
            Rule::Own(own) => (own.judge)(&Judged {
                value,
                on_loopback,
                other,
            }),
            Rule::FitsAlgorithm(name) => misfit(field, value, other(name).expose()),
        };
        if problem.is_some() {
            return problem;
        }
    }
    match field.kind {
        FieldKind::Token if !kept_as_is => suspicious(value).map(Problem::Suspicious),
        FieldKind::Choice(choices) => {
            (!choices.iter().any(|choice| choice.value == value)).then_some(Problem::NotAChoice)
        }
        FieldKind::Switch => (value != ON).then_some(Problem::NotAChoice),
        FieldKind::PrivateKey(read) => read(value).err(),
        FieldKind::Text
        | FieldKind::Prefixed(_)
        | FieldKind::Token
        | FieldKind::Password
        | FieldKind::Lines(_) => None,
    }
}

/// A rule for several texts between white space.
fn is_list(rule: &Rule) -> bool {
    matches!(rule, Rule::Own(own) if own.list)
}

/// More than `max` UTF-16 units, which is how the servers count.
pub(super) fn too_long(value: &str, max: usize) -> Option<Problem> {
    let length = value.encode_utf16().count();
    (length > max).then_some(Problem::TooLong(max, length))
}

/// The value of a switch that is on.
pub(super) const ON: &str = "true";

/// Whether the private key in a field fits the algorithm of this name. A key that cannot be read is
/// another problem, and so is an algorithm that is not known.
fn misfit(field: &FieldSpec, value: &str, algorithm: &str) -> Option<Problem> {
    let FieldKind::PrivateKey(read) = field.kind else {
        return None;
    };
    let mut all = Algorithm::ALL.into_iter();
    let algorithm = all.find(|one| one.name() == algorithm)?;
    let kind = read(value).ok()?.kind;
    (!algorithm.fits(kind)).then_some(Problem::KeyMisfit(kind, algorithm))
}

impl Credential {
    /// The form that these values passed.
    pub const fn spec(&self) -> &'static FormSpec {
        self.spec
    }

    /// The value of one field, for the one call that carries it.
    pub fn secret(&self, name: &str) -> Secret {
        let found = self.values.iter().find(|(field, _)| field.name == name);
        found.map_or_else(Secret::default, |(_, value)| value.clone())
    }

    /// The value of a field that is not secret.
    pub fn shown(&self, name: &str) -> Option<&str> {
        let (_, value) = self
            .values
            .iter()
            .find(|(field, _)| field.name == name && !field.kind.is_secret())?;
        Some(value.expose())
    }

    /// True when the switch of this name is on.
    pub fn is_on(&self, name: &str) -> bool {
        self.shown(name) == Some(ON)
    }

    /// The request body as JSON: members of the body, then `auth`, unless this way leaves it out (fact
    /// sheet, section 5).
    pub fn body(&self) -> Secret {
        self.body_with(&[])
    }

    /// The same with members that no person types into this form, such as whose credential it is; an
    /// empty one is left out.
    pub fn body_with(&self, also: &[Member<'_>]) -> Secret {
        let mut members = self.at(Place::Root);
        members.extend_from_slice(also);
        let key = match self.spec.auth {
            Auth::Members(_) => "auth",
            Auth::Named { key, .. } => key,
            Auth::Absent => return object(&members),
        };
        let fixed = self.spec.auth.fixed().iter();
        let mut inner: Vec<_> = fixed
            .map(|(name, value)| (*name, *value, Form::Text))
            .collect();
        inner.append(&mut self.at(Place::Auth));
        let auth = object(&inner);
        members.push((key, auth.expose(), Form::Bare));
        object(&members)
    }

    /// What goes to `place`.
    fn at(&self, place: Place) -> Vec<Member<'_>> {
        let mut members = Vec::new();
        for (field, value) in &self.values {
            if field.place == place {
                let form = match field.kind {
                    FieldKind::Switch => Form::Bare,
                    _ if field.rules.iter().any(is_list) => Form::OneOrMore,
                    _ => Form::Text,
                };
                members.push((field.name, value.expose(), form));
            }
        }
        members
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Service, catalog};
    use super::*;

    fn draft(spec: &'static FormSpec, values: &[(&str, &str)]) -> Draft {
        let mut draft = Draft::default();
        for (name, value) in values {
            draft.set(spec, spec.field(name).expect("field"), Secret::new(*value));
        }
        draft
    }

    fn row(id: &str) -> &'static FormSpec {
        catalog::find(Service::Storefront, id).expect("row")
    }

    fn codes(id: &str, values: &[(&str, &str)]) -> Vec<(&'static str, &'static str)> {
        let spec = row(id);
        let errors = validate(spec, &draft(spec, values)).expect_err("the draft is wrong");
        errors
            .iter()
            .map(|error| (error.field, error.problem.code()))
            .collect()
    }

    #[test]
    fn all_errors_come_at_once_in_field_order() {
        assert_eq!(
            codes("basic", &[("username", "a:b")]),
            [
                ("accountIdentifier", "missing"),
                ("username", "has_colon"),
                ("password", "missing")
            ]
        );
        assert_eq!(
            codes(
                "api_key",
                &[
                    ("token", "a b"),
                    ("type", "telepathy"),
                    ("accountIdentifier", "\t ")
                ]
            ),
            [
                ("accountIdentifier", "missing"),
                ("token", "suspicious_character"),
                ("type", "not_a_choice")
            ]
        );
    }

    #[test]
    fn lengths_are_counted_as_the_server_counts() {
        let long = "\u{1f600}".repeat(128);
        let errors = codes("api_key", &[("accountIdentifier", &long), ("token", "k")]);
        assert_eq!(errors, [("accountIdentifier", "too_long")]);
        let fits = "\u{1f600}".repeat(127);
        let spec = row("api_key");
        assert!(
            validate(
                spec,
                &draft(spec, &[("accountIdentifier", &fits), ("token", "k")])
            )
            .is_ok()
        );
    }

    #[test]
    fn unusual_characters_pass_on_the_persons_word() {
        let spec = row("api_key");
        let mut typed = draft(spec, &[("accountIdentifier", "acme"), ("token", "a b")]);
        assert!(validate(spec, &typed).is_err());
        typed.keep_as_is(spec, spec.field("token").expect("field"));
        let body = validate(spec, &typed).expect("kept").body();
        assert!(body.expose().contains("\"a b\""));
    }

    #[test]
    fn values_are_escaped_and_nothing_of_another_way_is_sent() {
        let (key, basic) = (row("api_key"), row("basic"));
        let mut typed = draft(
            basic,
            &[
                ("accountIdentifier", "ac\"me{"),
                ("username", "ann\\"),
                ("password", " p\u{7}\u{e9} "),
            ],
        );
        typed.set(
            key,
            key.field("token").expect("field"),
            Secret::new("other-secret"),
        );
        let body = validate(basic, &typed).expect("complete").body();
        let json: serde_json::Value = serde_json::from_str(body.expose()).expect("JSON");
        assert_eq!(
            json,
            serde_json::json!({
                "accountIdentifier": "ac\"me{",
                "auth": {"type": "basic", "username": "ann\\", "password": " p\u{7}\u{e9} "}
            })
        );
    }
}
