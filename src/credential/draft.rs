//! What was typed into a form, in memory only.

use super::{FieldKind, FieldSpec, FormSpec, Place, Secret};

/// What was typed into one field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The text; a [`Secret`] whatever the field, so that no kind of field is ever logged.
    pub text: Secret,
    /// The person said that the unusual characters in it belong there.
    pub kept_as_is: bool,
    /// Nobody typed it: it was preset, and closing the page loses nothing.
    pub preset: bool,
    /// Nobody chose it: it follows from another field, and may follow again.
    pub proposed: bool,
    /// Whether the service holds a secret here that a save replaces.
    pub stored: Stored,
}

/// What the service holds in the place of a secret. It is a state and no value: the secret itself is not known here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stored {
    /// Nothing.
    #[default]
    Nothing,
    /// A secret, which must be entered again or removed on purpose.
    Saved,
    /// A secret, which the person said to remove.
    Removed,
}

/// What was typed into the forms of one target (one source, one agent), one entry per field.
///
/// Fields of the body itself are shared by all ways to authenticate; fields of `auth` belong to
/// one way, so that switching loses nothing and sends nothing of another way.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Our own page is on a loopback, so that addresses there can be meant.
    pub on_loopback: bool,
    entries: Vec<(Key, FieldKind, Entry)>,
}

/// The way (empty when shared) and the field's name.
type Key = (&'static str, &'static str);

impl Draft {
    /// What was typed into `field` of `spec`; the default choice when nothing was.
    pub fn get(&self, spec: &FormSpec, field: &FieldSpec) -> Entry {
        let key = key(spec, field);
        match self.entries.iter().find(|(k, ..)| *k == key) {
            Some((.., entry)) => entry.clone(),
            None => default(field),
        }
    }

    /// Keeps what was typed. A changed text takes back an earlier "It belongs there".
    pub fn set(&mut self, spec: &FormSpec, field: &FieldSpec, text: Secret) {
        let entry = self.entry(spec, field);
        if entry.text != text {
            *entry = Entry {
                text,
                stored: entry.stored,
                ..Entry::default()
            };
        }
    }

    /// Says what the service holds in a field. What was typed there goes when it is to be removed.
    pub fn store(&mut self, spec: &FormSpec, field: &FieldSpec, stored: Stored) {
        let entry = self.entry(spec, field);
        entry.stored = stored;
        if stored == Stored::Removed {
            entry.text = Secret::default();
        }
    }

    /// Fills a field that anyone may see with a value of the configuration. A secret is never preset:
    /// a configuration is a file that everyone can read.
    pub fn preset(&mut self, spec: &FormSpec, field: &FieldSpec, text: &str) {
        if !field.kind.is_secret() {
            *self.entry(spec, field) = Entry {
                text: Secret::new(text),
                preset: true,
                ..Entry::default()
            };
        }
    }

    /// Chooses a value that follows from another field, unless the person chose one. Says whether the
    /// field now has this value.
    pub fn propose(&mut self, spec: &FormSpec, field: &FieldSpec, value: &str) -> bool {
        let key = key(spec, field);
        let chosen = self
            .entries
            .iter()
            .any(|(k, _, entry)| *k == key && !entry.proposed);
        if !chosen {
            *self.entry(spec, field) = Entry {
                text: Secret::new(value),
                proposed: true,
                ..Entry::default()
            };
        }
        self.get(spec, field).text.expose() == value
    }

    /// Takes over what was chosen, and not typed, in the form of another target: choices and switches. Where
    /// our page is stays too.
    pub fn choose_like(&mut self, other: &Self, spec: &FormSpec) {
        self.on_loopback = other.on_loopback;
        for field in spec.fields {
            if field.kind.is_chosen() {
                let entry = other.get(spec, field);
                if !entry.proposed {
                    self.set(spec, field, entry.text);
                }
            }
        }
    }

    /// Keeps the unusual characters of a token on the person's word.
    pub fn keep_as_is(&mut self, spec: &FormSpec, field: &FieldSpec) {
        self.entry(spec, field).kept_as_is = true;
    }

    /// Forgets every secret, of every way; what anyone may see stays.
    pub fn forget_secrets(&mut self) {
        self.entries.retain(|(_, kind, _)| !kind.is_secret());
    }

    /// What stands in it was used: leaving the page loses nothing that was typed.
    pub fn settle(&mut self) {
        for (.., entry) in &mut self.entries {
            entry.preset = true;
        }
    }

    /// True when something was typed that leaving the page would lose.
    pub fn has_typed_text(&self) -> bool {
        let typed = |(_, kind, entry): &(Key, FieldKind, Entry)| {
            !kind.is_chosen() && !entry.preset && !entry.text.is_empty()
        };
        self.entries.iter().any(typed)
    }

    fn entry(&mut self, spec: &FormSpec, field: &FieldSpec) -> &mut Entry {
        let key = key(spec, field);
        let at = self
            .entries
            .iter()
            .position(|(k, ..)| *k == key)
            .unwrap_or_else(|| {
                self.entries.push((key, field.kind, default(field)));
                self.entries.len() - 1
            });
        &mut self.entries[at].2
    }
}

fn key(spec: &FormSpec, field: &FieldSpec) -> Key {
    match field.place {
        Place::Root => ("", field.name),
        Place::Auth => (spec.id, field.name),
    }
}

fn default(field: &FieldSpec) -> Entry {
    match field.kind {
        FieldKind::Choice(choices) => Entry {
            text: Secret::new(choices[0].value),
            ..Entry::default()
        },
        FieldKind::Text
        | FieldKind::Prefixed(_)
        | FieldKind::Token
        | FieldKind::Password
        | FieldKind::PrivateKey(_)
        | FieldKind::Lines(_)
        | FieldKind::Switch => Entry::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Problem, Service, catalog, validate};
    use super::*;

    fn row(id: &str) -> &'static FormSpec {
        catalog::find(Service::Storefront, id).expect("the catalog has this row")
    }

    fn typed(draft: &Draft, id: &str, name: &str) -> String {
        let spec = row(id);
        draft
            .get(spec, spec.field(name).expect("field"))
            .text
            .expose()
            .to_owned()
    }

    #[test]
    fn switching_the_way_keeps_both_drafts_and_shares_the_body() {
        let (key, basic) = (row("api_key"), row("basic"));
        let mut draft = Draft::default();
        draft.set(
            key,
            key.field("accountIdentifier").expect("field"),
            Secret::new("acme"),
        );
        draft.set(key, key.field("token").expect("field"), Secret::new("k1"));
        draft.set(
            basic,
            basic.field("password").expect("field"),
            Secret::new("p1"),
        );
        assert_eq!(typed(&draft, "basic", "accountIdentifier"), "acme");
        assert_eq!(typed(&draft, "api_key", "token"), "k1");
        assert_eq!(typed(&draft, "basic", "password"), "p1");
    }

    #[test]
    fn what_is_stored_is_entered_again_or_removed() {
        let row = catalog::find(Service::Destinations, "oauth2_client_credential").expect("row");
        let field = |name| row.field(name).expect("field");
        let mut draft = Draft::default();
        for (name, value) in [
            ("name", "Acme"),
            ("url", "https://auth.example/token"),
            ("clientId", "id"),
        ] {
            draft.preset(row, field(name), value);
        }
        for name in ["clientSecret", "developerToken"] {
            draft.store(row, field(name), Stored::Saved);
        }
        let problems = |draft: &Draft| {
            let errors = validate(row, draft).err().unwrap_or_default();
            let told = errors.into_iter().map(|error| (error.field, error.problem));
            told.collect::<Vec<_>>()
        };
        // Whether it can be removed follows from whether the service needs it.
        assert_eq!(
            problems(&draft),
            [
                ("clientSecret", Problem::StillSaved(false)),
                ("developerToken", Problem::StillSaved(true))
            ]
        );
        assert!(!draft.has_typed_text());
        draft.set(row, field("clientSecret"), Secret::new("s3"));
        draft.set(row, field("developerToken"), Secret::new("typed"));
        assert_eq!(problems(&draft), []);
        // What was typed before it was removed is not sent.
        draft.store(row, field("developerToken"), Stored::Removed);
        let body = validate(row, &draft).expect("removed").body();
        assert!(
            !body.expose().contains("developerToken"),
            "{}",
            body.expose()
        );
        // Taking that back asks for it again.
        draft.store(row, field("developerToken"), Stored::Saved);
        assert_eq!(
            problems(&draft),
            [("developerToken", Problem::StillSaved(true))]
        );
    }

    #[test]
    fn forgetting_secrets_keeps_the_rest() {
        let (key, basic) = (row("api_key"), row("basic"));
        let mut draft = Draft::default();
        for (spec, name) in [(key, "accountIdentifier"), (key, "token"), (key, "type")] {
            draft.set(
                spec,
                spec.field(name).expect("field"),
                Secret::new("bearer"),
            );
        }
        draft.set(
            basic,
            basic.field("password").expect("field"),
            Secret::new("p1"),
        );
        draft.set(
            basic,
            basic.field("username").expect("field"),
            Secret::new("ann"),
        );
        draft.forget_secrets();
        assert_eq!(typed(&draft, "api_key", "token"), "");
        assert_eq!(typed(&draft, "basic", "password"), "");
        assert_eq!(typed(&draft, "basic", "username"), "ann");
        assert_eq!(typed(&draft, "api_key", "type"), "bearer");
    }

    #[test]
    fn a_choice_alone_is_nothing_to_lose() {
        let key = row("api_key");
        let mut draft = Draft::default();
        draft.set(
            key,
            key.field("type").expect("field"),
            Secret::new("bearer"),
        );
        assert!(!draft.has_typed_text());
        draft.set(key, key.field("token").expect("field"), Secret::new("k"));
        assert!(draft.has_typed_text());
    }

    #[test]
    fn presets_fill_what_anyone_may_see_and_nothing_else() {
        let key = row("api_key");
        let mut draft = Draft::default();
        for name in ["accountIdentifier", "token"] {
            draft.preset(key, key.field(name).expect("field"), "acme");
        }
        assert_eq!(typed(&draft, "basic", "accountIdentifier"), "acme");
        assert_eq!(typed(&draft, "api_key", "token"), "");
        assert!(!draft.has_typed_text());
        draft.set(
            key,
            key.field("accountIdentifier").expect("field"),
            Secret::new("acme-2"),
        );
        assert!(draft.has_typed_text());
    }

    #[test]
    fn what_follows_from_another_field_gives_way_to_a_choice() {
        let jwt = row("jwt");
        let algorithm = jwt.field("algorithm").expect("field");
        let mut draft = Draft::default();
        assert!(draft.propose(jwt, algorithm, "ES256"));
        assert!(draft.propose(jwt, algorithm, "RS256"));
        assert_eq!(typed(&draft, "jwt", "algorithm"), "RS256");
        draft.set(jwt, algorithm, Secret::new("ES256"));
        assert!(!draft.propose(jwt, algorithm, "RS256"));
        assert_eq!(typed(&draft, "jwt", "algorithm"), "ES256");
    }

    #[test]
    fn the_next_form_keeps_choices_and_nothing_that_was_typed() {
        let key = row("api_key");
        let mut draft = Draft::default();
        for (name, value) in [
            ("accountIdentifier", "acme"),
            ("token", "k"),
            ("type", "bearer"),
            ("marketplaceAccount", "true"),
        ] {
            draft.set(key, key.field(name).expect("field"), Secret::new(value));
        }
        draft.on_loopback = true;
        let mut next = Draft::default();
        next.choose_like(&draft, key);
        assert!(next.on_loopback);
        assert_eq!(typed(&next, "api_key", "type"), "bearer");
        assert_eq!(typed(&next, "api_key", "marketplaceAccount"), "true");
        assert_eq!(typed(&next, "api_key", "token"), "");
        assert_eq!(typed(&next, "api_key", "accountIdentifier"), "");
        assert!(!next.has_typed_text());
    }

    #[test]
    fn a_changed_text_takes_back_the_word_that_it_is_right() {
        let key = row("api_key");
        let token = key.field("token").expect("field");
        let mut draft = Draft::default();
        draft.set(key, token, Secret::new("a b"));
        draft.keep_as_is(key, token);
        draft.set(key, token, Secret::new("a b"));
        assert!(draft.get(key, token).kept_as_is);
        draft.set(key, token, Secret::new("a b c"));
        assert!(!draft.get(key, token).kept_as_is);
    }
}
