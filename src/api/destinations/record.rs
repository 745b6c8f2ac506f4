//! Reads credential configurations. Secrets are dropped here: whether they come live or masked is not documented, so
//! that all that is kept is that there is one (destinations.md, section 4).

use crate::api::error::ApiError;
use crate::api::http::Response;
use crate::api::json::{self, Json, Node};
use crate::credential::{Auth, FieldSpec, FormSpec, Place, catalog};

/// What one line of a list says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// `instanceId`: an opaque text.
    pub id: String,
    /// `name`; empty when there is none.
    pub name: String,
    /// `type` as it was read, which no document fixes; empty when there is none.
    pub kind: String,
    /// When it was made, in ISO 8601; empty when that is not told.
    pub created: String,
    /// When it was changed last, likewise.
    pub modified: String,
}

/// One credential configuration without its secrets.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// What stands in a list.
    pub row: Row,
    /// The row of the catalog whose object is there, by its name; nothing when none is known.
    pub spec: Option<&'static FormSpec>,
    /// What anyone may see, by field.
    pub shown: Vec<(&'static FieldSpec, String)>,
    /// The secret fields in which something is stored.
    pub stored: Vec<&'static FieldSpec>,
    /// Names that are not known here. A save would drop them.
    pub strange: Vec<String>,
}

/// Members of the whole that are known, besides the one object.
const KNOWN: [&str; 5] = [
    "instanceId",
    "name",
    "type",
    "createdDate",
    "lastModifiedDate",
];

impl Record {
    /// The public value by which people tell two of them apart: of `clientId`, `username`, `accessId`, `url` and
    /// `servicePrincipalId` the first that is there.
    pub fn identifier(&self) -> &str {
        for name in [
            "clientId",
            "username",
            "accessId",
            "servicePrincipalId",
            "url",
        ] {
            let mut known = self.shown.iter();
            if let Some((_, value)) = known.find(|(field, _)| field.name == name) {
                return value;
            }
        }
        ""
    }

    /// The `type` that a save sends: the documented one where there is one, unless the service said one that is not
    /// known here, which goes back as it came.
    pub fn kind_to_send(&self) -> &str {
        let Some(FormSpec {
            id,
            auth: Auth::Named { kind, key },
            ..
        }) = self.spec
        else {
            return &self.row.kind;
        };
        let said = self.row.kind.as_str();
        let all = catalog::DESTINATIONS.iter();
        let mut others = all.filter_map(|spec| match spec.auth {
            Auth::Named { kind, key } => Some([kind, key, spec.id]),
            Auth::Members(_) | Auth::Absent => None,
        });
        let known = [*kind, key, id].contains(&said)
            || others.any(|names| {
                let mut names = names.into_iter();
                names.any(|name| name.eq_ignore_ascii_case(said))
            });
        if known || said.is_empty() { kind } else { said }
    }
}

/// Reads a list: an object with `items`, a bare array, or one object (section 3).
pub fn parse_list(response: &Response) -> Result<Vec<Record>, ApiError> {
    json::read(response, |node| {
        if node.json().is_array() {
            node.list("", record)
        } else if node.json().get("instanceId").is_some() {
            vec![record(node)]
        } else {
            node.list("items", record)
        }
    })
}

/// Reads one.
pub fn parse_record(response: &Response) -> Result<Record, ApiError> {
    let mut all = parse_list(response)?;
    match (all.pop(), all.is_empty()) {
        (Some(record), true) => Ok(record),
        _ => Err(json::unreadable(response, "instanceId".to_owned())),
    }
}

/// Reads what was made, where the answer says; a success without a word is one too (section 3).
pub fn parse_created(response: &Response) -> Result<Option<Record>, ApiError> {
    super::parse_done(response)?;
    let body = response.body.trim();
    if matches!(body, "" | "{}" | "[]") {
        return Ok(None);
    }
    Ok(parse_list(response)?.pop())
}

fn record(node: &Node<'_>) -> Record {
    let text = |key| node.opt_text(key).unwrap_or_default();
    let row = Row {
        id: node.id("instanceId"),
        name: text("name"),
        kind: text("type"),
        created: text("createdDate"),
        modified: text("lastModifiedDate"),
    };
    let mut record = Record {
        row,
        ..Record::default()
    };
    for member in node.json().members() {
        let key = member.key();
        if KNOWN.contains(&key.as_str()) || member.is_null() {
            continue;
        }
        let spec = spec_of(&key).filter(|_| member.is_object() && record.spec.is_none());
        match spec {
            Some(spec) => {
                record.spec = Some(spec);
                fields(&mut record, spec, member);
            }
            None => record.strange.push(key),
        }
    }
    record
}

/// The row of the catalog whose object has this name.
fn spec_of(key: &str) -> Option<&'static FormSpec> {
    let mut all = catalog::DESTINATIONS.iter().copied();
    all.find(|spec| matches!(spec.auth, Auth::Named { key: own, .. } if own == key))
}

fn fields(record: &mut Record, spec: &'static FormSpec, object: Json<'_>) {
    for member in object.members() {
        let name = member.key();
        // As older documents spell it.
        let name = match name.as_str() {
            "acccessToken" => "accessToken",
            "SSHKey" => "sshKey",
            name => name,
        };
        if member.is_null() {
            continue;
        }
        let field = spec.field(name).filter(|field| field.place == Place::Auth);
        match (field, plain(member)) {
            (Some(field), Some(value)) if field.kind.is_secret() => {
                if value {
                    record.stored.push(field);
                }
            }
            (Some(field), Some(_)) => {
                let number = member.number().map(str::to_owned);
                let value = number.or_else(|| member.string()).unwrap_or_default();
                record.shown.push((field, value));
            }
            _ => record.strange.push(name.to_owned()),
        }
    }
}

/// True for a text or number with something in it, false for the empty text; nothing for what is neither. The value
/// itself is not made into a text here.
fn plain(json: Json<'_>) -> Option<bool> {
    if json.number().is_some() {
        return Some(true);
    }
    json.is_empty_text().map(|empty| !empty)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::testing::response;

    const USER: &str = r#"{"instanceId":"n55","createdDate":"2021-06-07T06:41:48.641943Z",
        "lastModifiedDate":"2021-06-08T06:41:48.641943Z","type":"OAUTH2_USER_CREDENTIAL","name":"acme",
        "oauth2UserAuthentication":{"url":"ABCD","clientId":"ID","clientSecret":"hunter2","username":"ann",
        "password":"","header":null,"more":"hunter2"},"other":{"x":"hunter2"}}"#;

    #[test]
    fn secrets_are_there_or_not_and_nothing_else() {
        let record = parse_record(&response(200, USER)).expect("reads");
        assert!(!format!("{record:?}").contains("hunter2"));
        let names = |fields: &[&FieldSpec]| fields.iter().map(|f| f.name).collect::<Vec<_>>();
        assert_eq!(names(&record.stored), ["clientSecret"]);
        let shown: Vec<_> = record
            .shown
            .iter()
            .map(|(f, v)| (f.name, v.as_str()))
            .collect();
        assert_eq!(
            shown,
            [("url", "ABCD"), ("clientId", "ID"), ("username", "ann")]
        );
        assert_eq!(record.strange, ["more", "other"]);
        assert_eq!(record.identifier(), "ID");
        assert_eq!(record.kind_to_send(), "OAUTH2_USER_CREDENTIAL");
    }

    #[test]
    fn every_shape_of_a_list_is_read() {
        let many = format!("[{USER},{USER}]");
        let items = format!("{{\"items\":{many}}}");
        for (body, count) in [
            (USER, 1),
            (&many, 2),
            (&items, 2),
            ("[]", 0),
            ("{\"items\":[]}", 0),
        ] {
            let list = parse_list(&response(200, body)).map(|list| list.len());
            assert_eq!(list, Ok(count), "{body}");
        }
        for body in [
            "",
            "{}",
            "7",
            "{\"items\":{}}",
            "[7]",
            "{\"instanceId\":[]}",
        ] {
            assert!(parse_list(&response(200, body)).is_err(), "{body}");
        }
        assert!(parse_record(&response(200, &many)).is_err());
        assert!(parse_record(&response(200, "[]")).is_err());
    }

    #[test]
    fn the_object_decides_and_a_strange_type_goes_back_as_it_came() {
        for (kind, key, sent) in [
            ("\"BASIC\"", "basicAuthentication", "BASIC"),
            ("\"basic\"", "basicAuthentication", "BASIC"),
            ("\"basic\"", "s3Authentication", "S3"),
            ("\"s3Authentication\"", "s3Authentication", "S3"),
            ("\"SOMETHING_NEW\"", "s3Authentication", "SOMETHING_NEW"),
            ("null", "s3Authentication", "S3"),
            ("null", "azureAuthentication", ""),
            ("\"AZURE\"", "azureAuthentication", "AZURE"),
            ("\"X\"", "newAuthentication", "X"),
        ] {
            let body = format!("{{\"instanceId\":\"n1\",\"type\":{kind},\"{key}\":{{}}}}");
            let record = parse_record(&response(200, &body)).expect("reads");
            assert_eq!(record.kind_to_send(), sent, "{body}");
        }
    }

    #[test]
    fn a_success_may_say_nothing() {
        for body in ["", "{}", "[]", " "] {
            let made = parse_created(&response(201, body));
            assert!(matches!(made, Ok(None)), "{body}");
        }
        let items = format!("{{\"items\":[{USER}]}}");
        for body in [USER, &items] {
            let made = parse_created(&response(200, body)).expect("reads");
            assert_eq!(made.map(|record| record.row.id).as_deref(), Some("n55"));
        }
        for body in ["<html>", "{\"instanceId\":", "7"] {
            assert!(parse_created(&response(200, body)).is_err(), "{body}");
        }
    }
}
