//! Looks for a text in a text. By hand, because the library's way, which is quick in long texts, weighs a kilobyte on the
//! wire.

/// Where `part`, which is not empty, begins in `text` for the first time.
pub fn seek(text: &str, part: &str) -> Option<usize> {
    let part = part.as_bytes();
    text.as_bytes()
        .windows(part.len())
        .position(|some| some == part)
}

/// True when `part` stands somewhere in `text`.
pub fn holds(text: &str, part: &str) -> bool {
    seek(text, part).is_some()
}

/// What stands before the first `part`, and what stands behind it.
pub fn split_at<'a>(text: &'a str, part: &str) -> Option<(&'a str, &'a str)> {
    let at = seek(text, part)?;
    Some((text.get(..at)?, text.get(at + part.len()..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_finds_what_the_library_finds() {
        for text in ["", "a", "ab", "aab", "\u{e9}ab\u{e9}", "abab"] {
            for part in ["a", "ab", "b\u{e9}", "aab", "x"] {
                assert_eq!(seek(text, part), text.find(part), "{text} {part}");
                assert_eq!(split_at(text, part), text.split_once(part), "{text} {part}");
                assert_eq!(holds(text, part), text.contains(part), "{text} {part}");
            }
        }
    }
}
