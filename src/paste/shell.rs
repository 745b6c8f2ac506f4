//! The words of a command as a shell would read them, whichever shell it was copied for.

use super::Unread;
use crate::credential::Secret;
use crate::credential::seek::holds;

/// The words of the first command of a text. It goes on where a line says so, and where the next one begins with an
/// option, as documents that lost their backslashes print it. Fails when a quotation mark is never closed.
pub fn words(text: &str) -> Result<Vec<Secret>, Unread> {
    let windows = ["^\n", "^\"", "^{"].iter().any(|mark| holds(text, mark));
    let plain = if windows {
        Secret::new(without_carets(text))
    } else {
        Secret::new(text)
    };
    let mut words = Vec::new();
    let mut rest = plain.expose();
    loop {
        rest = rest.trim_start_matches([' ', '\t']);
        if let Some(behind) = continued(rest) {
            rest = behind;
            continue;
        }
        if rest.is_empty() || rest.starts_with(['|', ';', '>', '<', '&']) {
            return Ok(words);
        }
        if let Some(below) = rest.strip_prefix('\n') {
            if !below.trim_start().starts_with('-') {
                return Ok(words);
            }
            rest = below.trim_start();
            continue;
        }
        let (word, behind) = word(rest)?;
        words.push(word);
        rest = behind;
    }
}

/// What stands below a line that says that it goes on.
fn continued(rest: &str) -> Option<&str> {
    let behind = rest.strip_prefix(['\\', '`', '^'])?;
    let behind = behind.trim_start_matches([' ', '\t']);
    // A command that was copied up to such a line.
    if behind.is_empty() && rest.starts_with('\\') {
        return Some(behind);
    }
    behind.strip_prefix('\n')
}

/// A command for the shell of Windows: a caret in front of a character takes its meaning away, and at the end of a
/// line says that it goes on.
fn without_carets(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            '^' => match rest.next() {
                Some('\n') => plain.push(' '),
                Some(c) => plain.push(c),
                None => {}
            },
            c => plain.push(c),
        }
    }
    plain
}

/// The word at the beginning, and what stands behind it.
fn word(text: &str) -> Result<(Secret, &str), Unread> {
    let mut word = String::with_capacity(text.len());
    let mut rest = text.chars();
    loop {
        let here = rest.as_str();
        if here.starts_with([' ', '\t', '\n']) || continued(here).is_some() {
            return Ok((Secret::new(word), here));
        }
        match rest.next() {
            None | Some(';' | '|') => return Ok((Secret::new(word), here)),
            Some('\'') => single(&mut rest, &mut word)?,
            Some('"') => double(&mut rest, &mut word)?,
            Some('$') if rest.as_str().starts_with('\'') => {
                rest.next();
                escaped(&mut rest, &mut word)?;
            }
            Some('\\') => word.extend(rest.next()),
            Some(c) => word.push(c),
        }
    }
}

fn single(rest: &mut std::str::Chars<'_>, word: &mut String) -> Result<(), Unread> {
    loop {
        match rest.next().ok_or(Unread::Cut)? {
            '\'' => return Ok(()),
            c => word.push(c),
        }
    }
}

fn double(rest: &mut std::str::Chars<'_>, word: &mut String) -> Result<(), Unread> {
    loop {
        match rest.next().ok_or(Unread::Cut)? {
            '"' => return Ok(()),
            '\\' => match rest.next().ok_or(Unread::Cut)? {
                '\n' => {}
                c @ ('"' | '\\' | '$' | '`') => word.push(c),
                c => {
                    word.push('\\');
                    word.push(c);
                }
            },
            c => word.push(c),
        }
    }
}

/// The inside of `$'…'`, in which a backslash writes what cannot be typed.
fn escaped(rest: &mut std::str::Chars<'_>, word: &mut String) -> Result<(), Unread> {
    loop {
        match rest.next().ok_or(Unread::Cut)? {
            '\'' => return Ok(()),
            '\\' => match rest.next().ok_or(Unread::Cut)? {
                'n' => word.push('\n'),
                'r' => word.push('\r'),
                't' => word.push('\t'),
                'u' => word.extend(code(rest, 4)),
                'x' => word.extend(code(rest, 2)),
                c => word.push(c),
            },
            c => word.push(c),
        }
    }
}

/// The character that up to so many hexadecimal digits stand for.
fn code(rest: &mut std::str::Chars<'_>, most: usize) -> Option<char> {
    let mut code = 0;
    for _ in 0..most {
        let Some(digit) = rest.as_str().chars().next().and_then(|c| c.to_digit(16)) else {
            break;
        };
        rest.next();
        code = code * 16 + digit;
    }
    char::from_u32(code)
}
