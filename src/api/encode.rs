//! Percent-encoding of path segments and query values (RFC 3986, section 2), and the values of forms.

use crate::credential::number::digits;

/// Appends `text` with everything but unreserved characters encoded, so that a `/`, `%` or space in
/// an id stays inside its segment.
pub(crate) fn push_encoded(out: &mut String, text: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for &byte in text.as_bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}

/// A name or value of a form (WHATWG URL, section 5.1): a plus is a space. What is no UTF-8 is nothing.
pub(crate) fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let digit = |at: usize| char::from(*bytes.get(at)?).to_digit(16);
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        out.push(match (*byte, digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                at += 2;
                // Two digits are less than 256.
                u8::try_from(high << 4 | low).unwrap_or_default()
            }
            (b'+', ..) => b' ',
            _ => *byte,
        });
        at += 1;
    }
    String::from_utf8(out).unwrap_or_default()
}

/// Appends `/` and the decimal `id`.
pub(crate) fn push_id(out: &mut String, id: u64) {
    out.push('/');
    out.push_str(&digits(id));
}

/// Appends `?name=value`, or `&name=value` when there is a query already. An empty value is left out.
pub(crate) fn push_query(out: &mut String, name: &str, value: &str) {
    if value.is_empty() {
        return;
    }
    out.push(if out.as_bytes().contains(&b'?') {
        '&'
    } else {
        '?'
    });
    out.push_str(name);
    out.push('=');
    push_encoded(out, value);
}

/// True when `segment` can be one path segment. The empty text cannot, and neither can `.` and `..`,
/// which every browser takes for a step through the path even when they are encoded.
pub fn is_addressable(segment: &str) -> bool {
    !matches!(segment, "" | "." | "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(text: &str) -> String {
        let mut out = String::new();
        push_encoded(&mut out, text);
        out
    }

    #[test]
    fn only_unreserved_characters_pass() {
        assert_eq!(encoded("src_main-1.~"), "src_main-1.~");
        assert_eq!(encoded("a/b%2F c?#&+"), "a%2Fb%252F%20c%3F%23%26%2B");
        assert_eq!(encoded("ü\u{0}"), "%C3%BC%00");
    }

    #[test]
    fn queries_grow_by_what_is_there() {
        let mut out = String::from("/x");
        push_query(&mut out, "name", "");
        push_query(&mut out, "name", "a b&c");
        push_query(&mut out, "limit", "20");
        assert_eq!(out, "/x?name=a%20b%26c&limit=20");
    }

    #[test]
    fn dot_segments_cannot_be_addressed() {
        assert!(is_addressable("src_main") && is_addressable("..."));
        assert!(!is_addressable("") && !is_addressable(".") && !is_addressable(".."));
    }
}
