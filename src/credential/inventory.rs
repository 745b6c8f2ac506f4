//! What Verve's Inventory API asks of a value, and what a value of its tells (inventory.md, section 2).

use super::seek::split_at;
use super::spec::Told;

/// A client ID copied from an encoded request has `%40` in the place of its `@`.
pub(super) fn client_id(value: &str, _: i64) -> Vec<Told> {
    let Some((user, organisation)) = split_at(value, "%40") else {
        return Vec::new();
    };
    vec![Told {
        title: "This looks encoded.".to_owned(),
        text: "%40 stands for @ in a request that was written out. It is encoded again when it is sent."
            .to_owned(),
        instead: Some([user, "@", organisation].concat()),
    }]
}

/// Project IDs are 26 capital letters and digits in the documents, whose own example is no ULID.
pub(super) fn project_id(value: &str, _: i64) -> Vec<Told> {
    let fits = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    if value.len() == 26 && value.bytes().all(fits) {
        return Vec::new();
    }
    vec![Told::doubt(
        "This is an unusual project ID.",
        "Most have 26 capital letters and digits. It is used as it stands.",
    )]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_is_offered_plain() {
        assert_eq!(client_id("your-user@your-org", 0), []);
        let told = client_id("your-user%40your-org", 0);
        assert_eq!(told[0].instead.as_deref(), Some("your-user@your-org"));
    }

    #[test]
    fn the_documented_project_is_a_usual_one() {
        assert_eq!(project_id("01ABCDEFGHIJKLMNOPQRSTUVWX", 0), []);
        for odd in ["01abcdefghijklmnopqrstuvwx", "01AB", "acme"] {
            assert_eq!(project_id(odd, 0).len(), 1, "{odd}");
        }
    }
}
