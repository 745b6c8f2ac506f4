//! Which row of a form pasted values belong to, and which field each of them fills.

use super::names::{
    TOKEN_ENDPOINTS, aliases, is_common, is_for_several, is_known, is_placeholder, last,
    sounds_secret, squashed,
};
use super::{Kind, Pasted};
use crate::credential::{Auth, Choice, FieldKind, FieldSpec, FormSpec, Rule, Secret};

/// What pasted values are for a form.
#[derive(Debug)]
pub struct Filling {
    /// What the text was taken for.
    pub kind: Kind,
    /// The row that they belong to.
    pub spec: &'static FormSpec,
    /// What goes into which field, as if it had been typed, in the order of the fields.
    pub fields: Vec<(&'static FieldSpec, Secret)>,
    /// The names of values that were not used, up to 20 of them.
    pub unused: Vec<String>,
}

/// So many names are given back at most, and so much of each.
const NAMES: usize = 20;
const LENGTH: usize = 60;

/// Finds the row of `specs` that the values are for, and fills its fields. What the text says of its row counts
/// first, then which row takes the most, then what the person has `chosen`. Nothing when no value fits any row.
///
/// A switch is left alone: a page need not draw it, and what nobody sees nobody should send.
pub fn fill(
    specs: &'static [&'static FormSpec],
    chosen: &'static FormSpec,
    pasted: Pasted,
) -> Option<Filling> {
    let text = Text::of(specs, &pasted);
    let said = text
        .body_key(specs, chosen)
        .or_else(|| text.kind_of_row(specs));
    let taken = match said {
        Some(spec) => text.take(spec),
        None => text.best(specs, chosen),
    };
    if said.is_none() && taken.places.iter().all(Option::is_none) {
        return None;
    }
    let mut fields = Vec::with_capacity(taken.places.len());
    for (field, place) in taken.spec.fields.iter().zip(&taken.places) {
        if let Some(found) = place.and_then(|at| text.names.get(at)) {
            fields.push((field, typed(field, found.value)));
        }
    }
    Some(Filling {
        kind: pasted.kind,
        spec: taken.spec,
        fields,
        unused: text.unused(&taken, said.is_some()),
    })
}

/// A name of the text, as it is compared.
struct Name<'a> {
    full: &'a str,
    value: &'a Secret,
    /// The part of it by which fields are looked for.
    key: String,
    /// That is not the whole name: something stands in front of it.
    behind: bool,
    /// It stands beside the body of a request.
    header: bool,
    usable: bool,
}

/// All of them, and what they say together.
struct Text<'a> {
    kind: Kind,
    names: Vec<Name<'a>>,
    /// It is a call of the very API that the form is for: what authorizes it is the person's own.
    own_call: bool,
}

/// The values that a row takes.
struct Taken {
    spec: &'static FormSpec,
    /// For each field the place of its value in the text.
    places: Vec<Option<usize>>,
    /// How many have the field's own name.
    exact: usize,
}

impl<'a> Text<'a> {
    fn of(specs: &[&FormSpec], pasted: &'a Pasted) -> Self {
        let fields = specs.iter().flat_map(|spec| spec.fields);
        let fields: Vec<String> = fields.map(|field| squashed(field.name)).collect();
        let mut names = Vec::with_capacity(pasted.values.len());
        for (full, value) in &pasted.values {
            let called = matches!(pasted.kind, Kind::Curl | Kind::Request);
            let header = called && full.starts_with("header.");
            let whole = squashed(last(full));
            let key = match pasted.kind {
                Kind::Env | Kind::AwsProfile => ending(full, &fields),
                _ => whole.clone(),
            };
            names.push(Name {
                full,
                value,
                behind: key != whole,
                key,
                header,
                usable: !is_placeholder(value.expose()),
            });
        }
        let has = |key: &str| names.iter().any(|name| name.key == key);
        let speaks = |name: &Name<'_>| !name.header && fields.contains(&name.key);
        let called = has("xgwimsorgid") || has("xvervenamespace");
        let own_call = matches!(pasted.kind, Kind::Curl | Kind::Request)
            && (called || !has("granttype") && names.iter().any(speaks));
        Self {
            kind: pasted.kind,
            names,
            own_call,
        }
    }

    /// The row whose object the text has, by its name; of several the one with the most values.
    fn body_key(
        &self,
        specs: &[&'static FormSpec],
        chosen: &'static FormSpec,
    ) -> Option<&'static FormSpec> {
        let mut best: Option<(usize, &'static FormSpec)> = None;
        for spec in specs {
            let Auth::Named { key, .. } = spec.auth else {
                continue;
            };
            let below = |name: &&Name<'_>| is_below(name.full, key);
            let here = self.names.iter().filter(below);
            if here.clone().next().is_none() {
                continue;
            }
            let mut count = here.filter(|name| name.usable).count() * 2;
            // Where all are alike, the person's own choice stands.
            count += usize::from(spec.id == chosen.id);
            if best.is_none_or(|(most, _)| count > most) {
                best = Some((count, spec));
            }
        }
        best.map(|(_, spec)| spec)
    }

    /// The row that the text names as its `type`.
    fn kind_of_row(&self, specs: &[&'static FormSpec]) -> Option<&'static FormSpec> {
        for name in &self.names {
            let says = matches!(
                name.key.as_str(),
                "type" | "authtype" | "authenticationtype" | "granttype"
            );
            if !says || name.header || !name.usable {
                continue;
            }
            let value = name.value.expose();
            let mut specs = specs.iter();
            let found = specs.find(|spec| {
                let named = matches!(spec.auth, Auth::Named { kind, .. } if kind.eq_ignore_ascii_case(value));
                named || spec.answers_to(value)
            });
            if let Some(spec) = found {
                return Some(spec);
            }
        }
        None
    }

    /// The row that takes the most values, all of its secrets among them; without one the chosen row.
    fn best(&self, specs: &[&'static FormSpec], chosen: &'static FormSpec) -> Taken {
        let mut best = self.take(chosen);
        let mut most = best.worth();
        for spec in specs {
            let taken = self.take(spec);
            let worth = taken.worth();
            if worth > most {
                (best, most) = (taken, worth);
            }
        }
        best
    }

    /// Which value each field of a row takes: first by the field's own name, then by others.
    fn take(&self, spec: &'static FormSpec) -> Taken {
        let mut taken = Taken {
            spec,
            places: vec![None; spec.fields.len()],
            exact: 0,
        };
        for own_name in [true, false] {
            for (at, field) in spec.fields.iter().enumerate() {
                let free = taken.places.get(at).is_some_and(Option::is_none);
                if !free || matches!(field.kind, FieldKind::Switch) {
                    continue;
                }
                let key = squashed(field.name);
                let found = if own_name {
                    self.look_for(&key, field, &taken)
                } else {
                    let others = others(spec, field, &key).split(' ');
                    let mut others = others.filter(|other| !other.is_empty());
                    others.find_map(|other| self.look_for(other, field, &taken))
                };
                if found.is_some() && own_name {
                    taken.exact += 1;
                }
                if let Some(place) = taken.places.get_mut(at) {
                    *place = found;
                }
            }
        }
        taken
    }

    /// The place of the value under `key` that `field` can take. One in the body goes before a header, and a whole
    /// name before the end of one. Of two names that end alike neither is meant.
    fn look_for(&self, key: &str, field: &FieldSpec, taken: &Taken) -> Option<usize> {
        let mut found: Option<(usize, u8)> = None;
        let mut twice = false;
        for (at, name) in self.names.iter().enumerate() {
            let used = taken.places.contains(&Some(at)) && !is_for_several(key);
            if name.key != key || used || !self.may_fill(name, field, taken.spec) {
                continue;
            }
            let rank = u8::from(!name.behind) * 2 + u8::from(!name.header);
            match found {
                Some((_, better)) if better > rank => {}
                Some((_, same)) if same == rank => twice |= name.behind,
                _ => {
                    found = Some((at, rank));
                    twice = false;
                }
            }
        }
        found.filter(|_| !twice).map(|(at, _)| at)
    }

    fn may_fill(&self, name: &Name<'_>, field: &FieldSpec, spec: &FormSpec) -> bool {
        if !name.usable || (sounds_secret(&name.key) && !field.kind.is_secret()) {
            return false;
        }
        if let FieldKind::Choice(choices) = field.kind
            && choice(choices, name.value.expose()).is_none()
        {
            return false;
        }
        // The other names in a service account's file are about Google's own things.
        if self.kind == Kind::ServiceAccount && spec.field("privateKey").is_none() {
            return false;
        }
        if name.header {
            let ours = [
                "accessToken",
                "apiKey",
                "imsOrgId",
                "sandboxName",
                "project_id",
            ]
            .contains(&field.name)
                && !matches!(spec.auth, Auth::Named { .. });
            return ours || !self.own_call;
        }
        // What stands in the object of another row is for that row.
        let mut parts = name.full.split('.').rev().skip(1);
        let foreign = |part: &str| {
            let part = squashed(part);
            let own = matches!(spec.auth, Auth::Named { key, .. } if squashed(key) == part);
            part.ends_with("authentication") && part != "authentication" && !own
        };
        !parts.any(foreign)
    }

    fn unused(&self, taken: &Taken, row_was_said: bool) -> Vec<String> {
        let mut unused: Vec<String> = Vec::new();
        let pair = self.names.iter().position(|name| name.key == "pair");
        let pair_used = pair.is_some() && taken.places.contains(&pair);
        for (at, name) in self.names.iter().enumerate() {
            let key = name.key.as_str();
            let told = match key {
                "pair" | "granttype" => true,
                "authtype" => name.header || row_was_said,
                "type" => row_was_said,
                "username" | "password" => pair_used && name.header,
                _ => false,
            };
            if told || taken.places.contains(&Some(at)) || unused.len() == NAMES {
                continue;
            }
            let shown = name.full.strip_prefix("header.").unwrap_or(name.full);
            let visible = shown.chars().filter(|c| !c.is_control());
            let mut shown: String = visible.take(LENGTH).collect();
            if !sounds_like_a_name(&shown) {
                HIDDEN.clone_into(&mut shown);
            }
            if !shown.is_empty() && !unused.contains(&shown) {
                unused.push(shown);
            }
        }
        unused
    }
}

/// What stands for a name that might be a value: names have few digits, and words of some length.
const HIDDEN: &str = "…";

fn sounds_like_a_name(name: &str) -> bool {
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    let words = name.split(|c: char| !c.is_alphanumeric());
    digits <= 3 && words.into_iter().all(|word| word.len() <= 32)
}

impl Taken {
    /// How well the values fit: a row that lacks a secret which it must have is worth nothing.
    fn worth(&self) -> usize {
        let (mut count, mut secrets, mut missing) = (0, 0, 0);
        for (field, place) in self.spec.fields.iter().zip(&self.places) {
            let required = field.rules.contains(&Rule::Required);
            if place.is_some() {
                count += usize::from(!field.kind.is_chosen());
                secrets += usize::from(required && field.kind.is_secret());
            } else if required && field.kind.is_secret() {
                return 0;
            } else {
                missing += usize::from(required);
            }
        }
        if secrets == 0 {
            return 0;
        }
        // No row has a hundred fields.
        (count * 100 + self.exact) * 100 + 99 - missing
    }
}

/// Other names under which a field of this row is looked for.
fn others(spec: &FormSpec, field: &FieldSpec, key: &str) -> &'static str {
    if key == "url" && field.rules.contains(&Rule::Https) && spec.field("clientId").is_some() {
        return TOKEN_ENDPOINTS;
    }
    aliases(key)
}

/// True when a dotted name lies below this part.
fn is_below(name: &str, part: &str) -> bool {
    let part = squashed(part);
    let mut parts = name.split('.').rev().skip(1);
    parts.any(|own| squashed(own) == part)
}

/// The longest end of a variable's name that a field has, or the whole name.
fn ending(name: &str, fields: &[String]) -> String {
    let mut from = name;
    loop {
        let key = squashed(from);
        let known = is_known(&key) || fields.contains(&key);
        if known && (from.len() == name.len() || !is_common(&key)) {
            return key;
        }
        match from.split_once(['_', '-', '.']) {
            Some((_, rest)) => from = rest,
            None => return squashed(name),
        }
    }
}

fn choice(choices: &'static [Choice], value: &str) -> Option<&'static Choice> {
    let value = squashed(value);
    let mut choices = choices.iter();
    choices.find(|choice| !value.is_empty() && squashed(choice.value) == value)
}

/// The value as the form would have it.
fn typed(field: &FieldSpec, value: &Secret) -> Secret {
    match field.kind {
        FieldKind::Choice(choices) => choice(choices, value.expose())
            .map_or_else(Secret::default, |choice| Secret::new(choice.value)),
        _ => value.clone(),
    }
}
