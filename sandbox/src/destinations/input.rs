//! The body of a `POST` or a `PUT`: one way to authenticate, perhaps its `type`, perhaps a name.

use super::{
    kinds::{KINDS, Kind, WITHOUT_BODY},
    refusal::Refusal,
    store::Content,
};
use serde_json::{Map, Value};

/// What an answer has besides, and a `PUT` may send along (destinations.md, section 3).
const OF_ANSWERS: [&str; 3] = ["instanceId", "createdDate", "lastModifiedDate"];

/// Reads a body; a `PUT` knows the id that it is for. A refusal tells every problem and no value.
pub fn read(bytes: &[u8], id: Option<&str>) -> Result<Content, Refusal> {
    let malformed = || Refusal::of_body(vec!["The body is not a JSON object".to_owned()]);
    let Ok(Value::Object(body)) = serde_json::from_slice::<Value>(bytes) else {
        return Err(malformed());
    };
    let mut problems = unknown_members(&body, id.is_some());
    if let Some(id) = id
        && body.get("instanceId").is_some_and(|sent| *sent != id)
    {
        problems.push("instanceId is not the one of the path".to_owned());
    }
    let told = text(&body, "type", &mut problems);
    let name = text(&body, "name", &mut problems);
    let mut kinds = KINDS.iter().filter(|kind| body.contains_key(kind.key));
    let kind = match (kinds.next(), kinds.next()) {
        (Some(kind), None) => Some(kind),
        (None, _) => {
            let keys: Vec<_> = KINDS.iter().map(|kind| kind.key).collect();
            problems.push(format!("One of {} is missing", keys.join(", ")));
            None
        }
        (Some(_), Some(_)) => {
            problems.push("There is more than one authentication".to_owned());
            None
        }
    };
    if let Some(told) = &told {
        let known = told == WITHOUT_BODY || KINDS.iter().any(|kind| kind.name == Some(told));
        if !known {
            problems.push("type is not a known value".to_owned());
        } else if kind.is_some_and(|kind| kind.name != Some(told)) {
            problems.push(format!("type {told} does not go with the authentication"));
        }
    }
    let members = kind.map(|kind| members(kind, &body[kind.key], &mut problems));
    match kind.zip(members) {
        Some((kind, members)) if problems.is_empty() => Ok(Content {
            kind: told,
            name,
            key: kind.key,
            members,
        }),
        _ => Err(Refusal::of_body(problems)),
    }
}

fn unknown_members(body: &Map<String, Value>, replaces: bool) -> Vec<String> {
    let known = |key: &str| {
        matches!(key, "type" | "name")
            || Kind::of_key(key).is_some()
            || (replaces && OF_ANSWERS.contains(&key))
    };
    let unknown = body.keys().filter(|key| !known(key));
    unknown.map(|key| format!("{key} is not known")).collect()
}

fn text(body: &Map<String, Value>, key: &str, problems: &mut Vec<String>) -> Option<String> {
    match body.get(key) {
        None => None,
        Some(Value::String(text)) => Some(text.clone()),
        Some(_) => {
            problems.push(format!("{key} is not a string"));
            None
        }
    }
}

fn members(kind: &Kind, sent: &Value, problems: &mut Vec<String>) -> Map<String, Value> {
    let Some(sent) = sent.as_object() else {
        problems.push(format!("{} is not an object", kind.key));
        return Map::new();
    };
    for (name, value) in sent {
        if !kind.has(name) {
            problems.push(format!("{}.{name} is not known", kind.key));
        } else if !value.is_string() {
            problems.push(format!("{}.{name} is not a string", kind.key));
        }
    }
    for name in kind.required {
        let missing = sent.get(*name).is_none_or(|value| *value == "");
        if missing {
            problems.push(format!("{}.{name} is missing", kind.key));
        }
    }
    sent.clone()
}
