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
    let mut json = String::with_capacity(room);
    json.push('{');
    for (name, value, form) in members {
        if value.is_empty() {
            continue;
        }
        if json.len() > 1 {
            json.push(',');
        }
        string(&mut json, name);
        json.push(':');
        match form {
            Form::Bare => json.push_str(value),
            Form::Text => string(&mut json, value),
            Form::List | Form::OneOrMore => list(&mut json, value, *form == Form::List),
        }
    }
    json.push('}');
    Secret::new(json)
}

fn list(json: &mut String, value: &str, always: bool) {
    let start = json.len();
    let mut count = 0;
    json.push('[');
    for item in value.split_whitespace() {
        if count > 0 {
            json.push(',');
        }
        string(json, item);
        count += 1;
    }
    if always || count != 1 {
        json.push(']');
    } else {
        json.remove(start);
    }
}

/// A JSON string (RFC 8259 section 7).
fn string(json: &mut String, text: &str) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    json.push('"');
    for char in text.chars() {
        match char {
            '"' | '\\' => {
                json.push('\\');
                json.push(char);
            }
            '\0'..='\x1f' => {
                // Less than 32.
                let code = u32::from(char) as usize;
                json.push_str("\\u00");
                json.push(char::from(HEX[code >> 4]));
                json.push(char::from(HEX[code & 15]));
            }
            _ => json.push(char),
        }
    }
    json.push('"');
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
