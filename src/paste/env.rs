//! Lines of names and values: a `.env` file, or what sets the variables of a shell.

use super::{Kind, Pasted, Unread, Values};
use crate::credential::Secret;
use crate::credential::seek::{seek, split_at};

pub fn read(text: &str) -> Result<Pasted, Unread> {
    let mut values = Values::default();
    if !take(text, &mut values)? {
        return Err(Unread::Unknown);
    }
    Ok(Pasted {
        kind: Kind::Env,
        values: values.checked()?,
    })
}

/// Adds the value of each line that has one; says false when there is no such line.
pub fn take(text: &str, values: &mut Values) -> Result<bool, Unread> {
    let mut any = false;
    let mut rest = text;
    while !rest.is_empty() {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        let Some((name, at)) = head(line) else {
            rest = after;
            continue;
        };
        any = true;
        let value = line.get(at..).unwrap_or_default();
        let mark = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        rest = if let Some(mark) = mark {
            // A value in quotation marks may go on in the lines below.
            let inside = rest.get(at + 1..).unwrap_or_default();
            let (value, behind) = quoted(inside, mark).ok_or(Unread::Cut)?;
            values.push(name, value);
            behind.split_once('\n').map_or("", |(_, below)| below)
        } else if let Some((key, below)) = key(rest.get(at..).unwrap_or_default()) {
            values.push(name, Secret::new(key));
            below
        } else {
            values.push(name, Secret::new(without_remark(value)));
            after
        };
    }
    Ok(any)
}

/// The name at the beginning of a line, and where its value begins.
fn head(line: &str) -> Option<(&str, usize)> {
    let (before, value) = line.split_once('=')?;
    let mut name = before.trim();
    for word in ["export ", "set ", "SET ", "$env:", "$Env:"] {
        name = name.strip_prefix(word).unwrap_or(name).trim_start();
    }
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
    let is_name =
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && name.bytes().all(fits);
    let space = value.len() - value.trim_start().len();
    // What ends in the signs that fill up base64 is a value, and no name that has none.
    let is_name = is_name && !value.trim().bytes().all(|byte| byte == b'=');
    is_name.then_some((name, before.len() + 1 + space))
}

/// A private key that goes on below its name without quotation marks, and what stands below it.
fn key(text: &str) -> Option<(&str, &str)> {
    if !text.starts_with("-----BEGIN ") {
        return None;
    }
    let end = seek(text, "\n-----END ")?;
    let (_, last) = text.split_at(end + 1);
    let length = last.find('\n').unwrap_or(last.len());
    Some(text.split_at(end + 1 + length))
}

/// A value without quotation marks, up to a remark behind it.
fn without_remark(value: &str) -> &str {
    let value = if value.starts_with('#') { "" } else { value };
    split_at(value, " #")
        .map_or(value, |(value, _)| value)
        .trim()
}

/// What stands before the closing mark, and what stands behind it.
fn quoted(text: &str, mark: char) -> Option<(Secret, &str)> {
    let mut value = String::with_capacity(text.len());
    let mut rest = text.chars();
    loop {
        match rest.next()? {
            c if c == mark => return Some((Secret::new(value), rest.as_str())),
            '\\' if mark == '"' => match rest.next()? {
                'n' => value.push('\n'),
                'r' => value.push('\r'),
                't' => value.push('\t'),
                c @ ('"' | '\\' | '$' | '`') => value.push(c),
                c => {
                    value.push('\\');
                    value.push(c);
                }
            },
            c => value.push(c),
        }
    }
}
