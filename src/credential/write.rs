//! Writes JSON objects (RFC 8259) of texts. By hand, because the library's writer brings the machinery of
//! formatting and of files into the module.

use super::Secret;

/// How a value stands in the object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As a text.
    Text,
    /// As it is: a number, a truth value, an object that was written before.
    Bare,
    /// As a list of the texts between its white space.
    List,
    /// The same; a single one as a text.
    OneOrMore,
}

/// Name and value of a member.
pub type Member<'a> = (&'a str, &'a str, Form);

/// An object with these members; one with an empty value is left out.
pub fn object(members: &[Member<'_>]) -> Secret {
    // Twice the text is room enough for any escaping that occurs in practice, so that the buffer does
    // not move and leave a copy behind.
    let mut room = 256;
    for (_, value, _) in members {
        room += 2 * value.len() + 64;
    }
    let mut json = Vec::with_capacity(room);
    json.push(b'{');
    for (name, value, form) in members {
        if value.is_empty() {
            continue;
        }
        if json.len() > 1 {
            json.push(b',');
        }
        string(&mut json, name);
        json.push(b':');
        match form {
            Form::Bare => json.extend_from_slice(value.as_bytes()),
            Form::Text => string(&mut json, value),
            Form::List | Form::OneOrMore => list(&mut json, value, *form == Form::List),
        }
    }
    json.push(b'}');
    Secret::new(String::from_utf8(json).expect("JSON of strings is UTF-8"))
}

fn list(json: &mut Vec<u8>, value: &str, always: bool) {
    let start = json.len();
    let mut count = 0;
    json.push(b'[');
    for item in value.split_whitespace() {
        if count > 0 {
            json.push(b',');
        }
        string(json, item);
        count += 1;
    }
    if always || count != 1 {
        json.push(b']');
    } else {
        json.remove(start);
    }
}

/// A JSON string (RFC 8259 section 7).
fn string(json: &mut Vec<u8>, text: &str) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    json.push(b'"');
    for byte in text.bytes() {
        match byte {
            b'"' | b'\\' => json.extend_from_slice(&[b'\\', byte]),
            0..=0x1f => {
                json.extend_from_slice(b"\\u00");
                json.push(HEX[usize::from(byte >> 4)]);
                json.push(HEX[usize::from(byte & 15)]);
            }
            _ => json.push(byte),
        }
    }
    json.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_is_written_its_own_way_and_nothing_empty_is() {
        let json = object(&[
            ("a", "x\"y\u{1}", Form::Text),
            ("gone", "", Form::Text),
            ("b", "true", Form::Bare),
            ("c", "one", Form::List),
            ("d", "one", Form::OneOrMore),
            ("e", " one\ntwo ", Form::OneOrMore),
        ]);
        let json: serde_json::Value = serde_json::from_str(json.expose()).expect("JSON");
        assert_eq!(
            json,
            serde_json::json!({"a": "x\"y\u{1}", "b": true, "c": ["one"], "d": "one", "e": ["one", "two"]})
        );
        assert_eq!(object(&[]).expose(), "{}");
    }
}
