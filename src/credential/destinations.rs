//! What Adobe's Destination SDK and Platform ask of a value (destinations.md, sections 1 and 2), and what a value of
//! theirs tells.

pub mod azure;
pub mod ssh;

use super::Problem;
use super::spec::{Own, Told};

/// An organisation's id ends like this (section 1).
const ORGANISATION: &str = "@AdobeOrg";

/// It ends in `@AdobeOrg`, with something in front of that.
pub(super) static ORGANISATION_ID: Own = Own {
    name: "organisation_id",
    list: false,
    judge: |judged| {
        let front = judged.value.strip_suffix(ORGANISATION);
        let fits = front.is_some_and(|front| {
            !front.is_empty() && front.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
        let words = "The organisation ID ends in @AdobeOrg, with letters and digits in front. \
                     Copy it from the Developer Console";
        (!fits).then(|| Problem::Own("not_an_organisation", words.to_owned()))
    },
};

/// What is unusual about an organisation's id: all that are known have 24 hexadecimal digits in capitals.
pub(super) fn organisation(value: &str, _: i64) -> Vec<Told> {
    let Some(front) = value.strip_suffix(ORGANISATION) else {
        return Vec::new();
    };
    let hex = |byte: u8| byte.is_ascii_digit() || (b'A'..=b'F').contains(&byte);
    if front.len() == 24 && front.bytes().all(hex) {
        return Vec::new();
    }
    vec![Told::doubt(
        "This is an unusual organisation ID.",
        "Most have 24 characters from 0 to 9 and A to F before the @. It is used as it stands.",
    )]
}

/// Small letters, digits and hyphens, a letter first, up to 256 (section 1).
pub(super) static SANDBOX_NAME: Own = Own {
    name: "sandbox_name",
    list: false,
    judge: |judged| {
        let value = judged.value.as_bytes();
        let fits = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-';
        let first = value.first().is_some_and(u8::is_ascii_lowercase);
        let words = "The sandbox name has small letters, digits and hyphens only, and begins with a \
                     letter, such as prod";
        let fits = first && value.len() <= 256 && value.iter().all(fits);
        (!fits).then(|| Problem::Own("not_a_sandbox_name", words.to_owned()))
    },
};

/// No space and nothing that cannot be seen, in what a header carries.
pub(super) static ONE_WORD: Own = Own {
    name: "one_word",
    list: false,
    judge: |judged| {
        let fits = judged.value.bytes().all(|byte| byte.is_ascii_graphic());
        let words = "Copy it again; it has a space or another sign that it cannot have";
        (!fits).then(|| Problem::Own("not_one_word", words.to_owned()))
    },
};

/// What is unusual about an AWS access key ID.
pub(super) fn access_id(value: &str, _: i64) -> Vec<Told> {
    let capital = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    let fits = value.len() == 20 && value.bytes().all(capital);
    let doubt = match value.get(..4) {
        Some("AKIA") if fits => return Vec::new(),
        Some("ASIA") if fits => Told::doubt(
            "This is a temporary access key.",
            "It stops working after some hours, and there is no place for the session token that \
             belongs to it.",
        ),
        _ => Told::doubt(
            "This does not look like an AWS access key ID.",
            "Those begin with AKIA and have 20 capital letters and digits. It is sent as it stands.",
        ),
    };
    vec![doubt]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::Secret;
    use crate::credential::spec::Judged;

    #[track_caller]
    fn code(own: &Own, value: &str) -> &'static str {
        let judged = Judged {
            value,
            on_loopback: false,
            other: &|_| Secret::default(),
        };
        (own.judge)(&judged).map_or("", |problem| problem.code())
    }

    #[test]
    fn an_organisation_ends_in_its_mark() {
        for good in ["AC3428435BF324E90A49402A@AdobeOrg", "acme@AdobeOrg"] {
            assert_eq!(code(&ORGANISATION_ID, good), "", "{good}");
        }
        for bad in [
            "acme",
            "@AdobeOrg",
            "acme@adobeorg",
            "a b@AdobeOrg",
            "x@AdobeOrg ",
        ] {
            assert_eq!(code(&ORGANISATION_ID, bad), "not_an_organisation", "{bad}");
        }
        let doubts = |value| organisation(value, 0).len();
        assert_eq!(doubts("AC3428435BF324E90A49402A@AdobeOrg"), 0);
        assert_eq!(doubts("ac3428435bf324e90a49402a@AdobeOrg"), 1);
        assert_eq!(doubts("acme@AdobeOrg"), 1);
        assert_eq!(doubts("acme"), 0);
    }

    #[test]
    fn a_sandbox_has_a_plain_name() {
        let long = ["a", &"b".repeat(255)].concat();
        for good in ["prod", "a", "dev-2", &long] {
            assert_eq!(code(&SANDBOX_NAME, good), "", "{good}");
        }
        let longer = [&long, "c"].concat();
        for bad in ["Prod", "2dev", "-a", "a_b", "a b", "\u{e9}", &longer] {
            assert_eq!(code(&SANDBOX_NAME, bad), "not_a_sandbox_name", "{bad}");
        }
    }

    #[test]
    fn unusual_access_keys_are_told_and_not_refused() {
        let title = |value| access_id(value, 0).first().map(|told| told.title.clone());
        assert_eq!(title("AKIAIOSFODNN7EXAMPLE"), None);
        assert!(title("ASIAIOSFODNN7EXAMPLE").is_some_and(|title| title.contains("temporary")));
        for odd in ["AKIA", "akiaiosfodnn7example", "string", "\u{e9}\u{e9}"] {
            assert!(
                title(odd).is_some_and(|title| title.contains("does not look")),
                "{odd}"
            );
        }
    }
}
