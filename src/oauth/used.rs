//! Which answers were taken, so that two tabs with one address make one exchange.

use super::flow::LIFETIME_MS;
use crate::api::json::Parsed;
use crate::credential::{Form, object};

/// Takes the answer whose state has this hash, at the time `now`. `stored` is the list as it is kept, an object of
/// hashes and of the milliseconds until which each is remembered; what comes back is to be kept in its place.
/// Nothing when the answer was taken before.
///
/// Whoever calls this holds the lock on the list, and lets it go only when the new one is kept.
pub fn take(stored: &str, hash: &str, now: i64) -> Option<String> {
    let mut kept = vec![(hash.to_owned(), (now + LIFETIME_MS).to_string())];
    // A list that cannot be read holds nothing.
    if let Some(list) = Parsed::parse(stored) {
        for member in list.root().members() {
            let until = member.integer().and_then(|until| i64::try_from(until).ok());
            let Some(until) = until.filter(|until| *until > now) else {
                continue;
            };
            if member.key() == hash {
                return None;
            }
            kept.push((member.key(), until.to_string()));
        }
    }
    let members: Vec<_> = kept
        .iter()
        .map(|(hash, until)| (hash.as_str(), until.as_str(), Form::Bare))
        .collect();
    Some(object(&members).expose().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_700_000_000_000;

    #[test]
    fn d21_an_answer_is_taken_once() {
        let first = take("", "a", NOW).expect("nobody took it");
        assert_eq!(first, r#"{"a":1700000600000}"#);
        assert_eq!(take(&first, "a", NOW + 1), None);
        assert_eq!(take(&first, "a", NOW + LIFETIME_MS - 1), None);
        let both = take(&first, "b", NOW + 1).expect("another answer");
        assert_eq!(both, r#"{"b":1700000600001,"a":1700000600000}"#);
    }

    #[test]
    fn d37_answers_are_forgotten_after_ten_minutes() {
        let list = take("", "a", NOW).expect("the first");
        let later = take(&list, "b", NOW + LIFETIME_MS).expect("another");
        assert_eq!(later, r#"{"b":1700001200000}"#);
    }

    #[test]
    fn a_list_that_cannot_be_read_holds_nothing() {
        for stored in ["[", "7", "[1]", r#"{"a":"x"}"#, r#"{"a":-1}"#, "null"] {
            assert!(take(stored, "a", NOW).is_some(), "{stored}");
        }
    }
}
