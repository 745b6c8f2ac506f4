//! What AWS gives out for an access key: a credentials file, and the table of its console.

use super::{Kind, Pasted, Unread, Values, env};
use crate::credential::Secret;
use crate::credential::seek::{holds, seek};

/// True for the lines of a credentials file, with the names of its profiles or without.
pub fn is_profile(text: &str) -> bool {
    holds(text, "aws_access_key_id") || holds(text, "aws_secret_access_key")
}

/// The values of the profile `default`, or of the first. Other profiles are named without a value.
pub fn profile(text: &str) -> Result<Pasted, Unread> {
    let mut values = Values::default();
    let mut chosen: Option<&str> = None;
    let mut first: Option<&str> = None;
    for section in sections(text) {
        let is_default = name_of(section) == Some("default");
        if is_default && chosen.is_none() {
            chosen = Some(section);
        } else if has_key(section) && first.is_none() {
            first = Some(section);
        }
    }
    let chosen = chosen.or(first).ok_or(Unread::Unknown)?;
    env::take(chosen, &mut values)?;
    for section in sections(text) {
        if let Some(name) = name_of(section).filter(|_| section != chosen) {
            values.push(&["[", name, "]"].concat(), Secret::default());
        }
    }
    Ok(Pasted {
        kind: Kind::AwsProfile,
        values: values.checked()?,
    })
}

fn has_key(section: &str) -> bool {
    holds(section, "aws_")
}

/// The parts of a file that begin with a name in brackets, and the one before the first.
fn sections(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = seek(text, "\n[");
        rest = end.and_then(|end| text.get(end + 1..));
        Some(end.map_or(text, |end| text.get(..end).unwrap_or_default()))
    })
}

/// The name in the brackets.
fn name_of(section: &str) -> Option<&str> {
    let line = section.trim_start().strip_prefix('[')?;
    let (name, _) = line.split_once(']')?;
    let name = name.trim();
    Some(name.strip_prefix("profile ").unwrap_or(name))
}

/// The first row of the console's table; nothing when this is another text.
pub fn table(text: &str) -> Option<Result<Pasted, Unread>> {
    let (head, rest) = text.split_once('\n').unwrap_or((text, ""));
    let lower = head.to_ascii_lowercase();
    let is_one =
        holds(&lower, "access key id") && holds(&lower, "secret access key") && head.contains(',');
    is_one.then(|| rows(head, rest))
}

fn rows(head: &str, rest: &str) -> Result<Pasted, Unread> {
    let mut lines = rest.lines().filter(|line| !line.trim().is_empty());
    let mut cells = cells(lines.next().ok_or(Unread::Nothing)?).into_iter();
    let mut values = Values::default();
    for name in self::cells(head) {
        if let Some(cell) = cells.next() {
            values.push(name.expose(), cell);
        }
    }
    if lines.next().is_some() {
        values.push("further rows", Secret::default());
    }
    Ok(Pasted {
        kind: Kind::AwsCsv,
        values: values.checked()?,
    })
}

/// The cells of a line (RFC 4180, section 2).
fn cells(line: &str) -> Vec<Secret> {
    let mut cells = Vec::new();
    let mut rest = line.trim();
    loop {
        let mut cell = String::with_capacity(rest.len());
        let mut next = None;
        if let Some(inside) = rest.strip_prefix('"') {
            // Two marks stand for one; behind the closing one nothing counts up to the comma.
            let mut chars = inside.chars();
            let mut open = true;
            while let Some(c) = chars.next() {
                match c {
                    '"' if open && chars.as_str().starts_with('"') => {
                        chars.next();
                        cell.push('"');
                    }
                    '"' => open = false,
                    ',' if !open => {
                        next = Some(chars.as_str());
                        break;
                    }
                    c if open => cell.push(c),
                    _ => {}
                }
            }
        } else {
            let (inside, after) = rest
                .split_once(',')
                .map_or((rest, None), |(a, b)| (a, Some(b)));
            cell.push_str(inside.trim());
            next = after;
        }
        cells.push(Secret::new(cell));
        match next {
            Some(after) => rest = after.trim_start(),
            None => return cells,
        }
    }
}
