//! JSON: what an API takes or gives, and the key file of a Google service account.

use super::{Kind, Pasted, Unread, Values};
use crate::api::json::{Json, Parsed};
use crate::credential::Secret;

/// Values further inside are not taken; a documented body has three levels at most.
const DEPTH: u8 = 8;

/// Longer names are cut; none that is known comes near.
const NAME: usize = 100;

pub fn read(text: &str) -> Result<Pasted, Unread> {
    let mut values = Values::default();
    if !take(text, &mut values) {
        return Err(if is_cut(text) {
            Unread::Cut
        } else {
            Unread::Broken
        });
    }
    let mut kind = Kind::Body;
    if is_service_account(&values) {
        kind = Kind::ServiceAccount;
        // Google signs with RSA keys alone.
        values.push("algorithm", Secret::new("RS256"));
    }
    Ok(Pasted {
        kind,
        values: values.checked()?,
    })
}

fn is_service_account(values: &Values) -> bool {
    values.has("private_key") && values.has("client_email")
}

/// Adds the values of a JSON document; says false when it is none.
pub fn take(text: &str, values: &mut Values) -> bool {
    let Some(parsed) = Parsed::parse(text) else {
        return false;
    };
    let mut path = String::new();
    walk(parsed.root(), &mut path, DEPTH, values);
    true
}

fn walk(here: Json<'_>, path: &mut String, depth: u8, values: &mut Values) {
    if here.is_object() {
        if depth == 0 {
            return;
        }
        for member in here.members() {
            let before = path.len();
            push_name(path, &member.key());
            walk(member, path, depth - 1, values);
            path.truncate(before);
        }
    } else if here.is_array() {
        items(here, path, depth, values);
    } else if let Some(text) = here.string() {
        values.push(path, Secret::new(text));
    } else if let Some(number) = here.number() {
        values.push(path, Secret::new(number));
    } else if let Some(truth) = here.boolean() {
        values.push(path, Secret::new(if truth { "true" } else { "false" }));
    }
}

/// A list of texts is one value with spaces in it. Of a list of objects the first counts, and the others are named
/// without a value.
fn items(list: Json<'_>, path: &mut String, depth: u8, values: &mut Values) {
    let mut texts = String::new();
    for (at, item) in list.members().enumerate() {
        if let Some(text) = item.string() {
            if !texts.is_empty() {
                texts.push(' ');
            }
            texts.push_str(&text);
        } else if at == 0 && depth > 0 {
            walk(item, path, depth - 1, values);
        } else {
            let before = path.len();
            path.push('[');
            path.push_str(&at.to_string());
            path.push(']');
            values.push(path, Secret::default());
            path.truncate(before);
        }
    }
    if !texts.is_empty() {
        values.push(path, Secret::new(texts));
    }
}

fn push_name(path: &mut String, name: &str) {
    if !path.is_empty() {
        path.push('.');
    }
    path.extend(name.chars().take(NAME));
}

/// True when a bracket or a text is never closed, so that the end is missing.
fn is_cut(text: &str) -> bool {
    let (mut open, mut inside, mut escaped) = (0_usize, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if inside => escaped = true,
            b'"' => inside = !inside,
            b'{' | b'[' if !inside => open += 1,
            b'}' | b']' if !inside => open = open.saturating_sub(1),
            _ => {}
        }
    }
    inside || open > 0
}
