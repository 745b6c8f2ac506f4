//! What the registry's server checks in a value (registry.md, sections 4 and 6), so that it is said before
//! anything is sent.

use super::spec::Own;
use super::validate::too_long;
use super::{Problem, pem, url};

/// An address as RFC 6749 section 3.2 wants a token endpoint, whose host is not one of a private network or of the
/// machine itself (section 9). While our own page is on a loopback, one there passes too, over http as well.
pub(super) static PUBLIC_HOST: Own = Own {
    name: "public_host",
    list: false,
    judge: |judged| url::public(judged.value, judged.on_loopback),
};

/// A value that begins with `$ENV:` is the name of a variable that the registry lets be used (section 1).
pub(super) static ENV_REFERENCE: Own = Own {
    name: "env_reference",
    list: false,
    judge: |judged| reference(judged.value),
};

/// Between white space, up to eight texts of up to 2048 UTF-16 units each and 8192 in all (section 4).
pub(super) static RESOURCES: Own = Own {
    name: "resources",
    list: true,
    judge: |judged| resources(judged.value),
};

/// When `auth_type` says `basic`: `user:password` with a user, or the base64 of it (section 6).
pub(super) static BASIC_PAIR: Own = Own {
    name: "basic_pair",
    list: false,
    judge: |judged| {
        let basic = (judged.other)("auth_type").expose() == "basic";
        basic.then(|| pair(judged.value)).flatten()
    },
};

/// What is wrong with a reference to a variable of the registry's own environment, if this is one.
pub(super) fn reference(value: &str) -> Option<Problem> {
    let name = value.strip_prefix("$ENV:")?;
    let rest = name.strip_prefix("ADCP_OAUTH_").unwrap_or_default();
    let fits = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    (rest.is_empty() || !rest.bytes().all(fits)).then_some(Problem::NotAReference)
}

/// What is wrong with one resource, or several with white space between them.
pub(super) fn resources(value: &str) -> Option<Problem> {
    let (mut count, mut sum) = (0, 0);
    for item in value.split_whitespace() {
        if let Some(problem) = too_long(item, 2048) {
            return Some(problem);
        }
        count += 1;
        sum += item.encode_utf16().count();
    }
    if count > 8 {
        Some(Problem::TooMany(8, count))
    } else {
        (sum > 8192).then_some(Problem::TooLong(8192, sum))
    }
}

/// What is wrong with a username and a password in one text.
pub(super) fn pair(value: &str) -> Option<Problem> {
    let text = value.as_bytes();
    let fits = has_user(text) || (!text.contains(&b':') && is_encoded_pair(value));
    (!fits).then_some(Problem::NotAPair)
}

/// True when there is a colon and something in front of the first.
fn has_user(pair: &[u8]) -> bool {
    pair.iter().position(|byte| *byte == b':') > Some(0)
}

/// True for base64 (RFC 4648 section 4) of such a text.
fn is_encoded_pair(value: &str) -> bool {
    pem::base64(value).is_some_and(|text| has_user(&text))
}

#[cfg(test)]
mod tests {
    use super::super::{Draft, FormSpec, Secret, Service, catalog, validate};
    use super::*;

    /// The code of what is wrong with `value` in a field of a row whose other values are right.
    #[track_caller]
    fn code(row: &'static FormSpec, name: &str, value: &str) -> &'static str {
        let mut draft = Draft::default();
        for (known, right) in [
            ("token_endpoint", "https://auth.example/token"),
            ("client_id", "id"),
            ("client_secret", "secret"),
            ("auth_token", "token"),
            ("agent_url", "https://agent.example/mcp"),
            (name, value),
        ] {
            if let Some(field) = row.field(known) {
                let text = if known == name { value } else { right };
                draft.set(row, field, Secret::new(text));
            }
        }
        match validate(row, &draft) {
            Ok(_) => "",
            Err(errors) => {
                assert_eq!((errors.len(), errors[0].field), (1, name), "{value}");
                errors[0].problem.code()
            }
        }
    }

    #[test]
    fn every_limit_of_the_documents_is_checked_before_sending() {
        let client = catalog::find(Service::Registry, "client_credentials").expect("row");
        let connect = catalog::find(Service::Registry, "bearer").expect("row");
        let address = |length: usize| ["https://a.example/", &"x".repeat(length - 18)].concat();
        // Two UTF-16 units each.
        let wide = |units: usize| "\u{1f600}".repeat(units / 2);
        let rows: [(&FormSpec, &str, &str, &str); 32] = [
            (client, "token_endpoint", "", "missing"),
            (client, "token_endpoint", &address(2048), ""),
            (client, "token_endpoint", &address(2049), "too_long"),
            (client, "token_endpoint", "http://auth.example", "not_https"),
            (
                client,
                "token_endpoint",
                "https://u:p@auth.example",
                "not_an_address",
            ),
            (
                client,
                "token_endpoint",
                "https://a.example/#x",
                "has_fragment",
            ),
            (
                client,
                "token_endpoint",
                "https://10.0.0.1/token",
                "private_host",
            ),
            (client, "client_id", "", "missing"),
            (client, "client_id", &wide(2048), ""),
            (client, "client_id", &wide(2050), "too_long"),
            (client, "client_id", "$ENV:HOME", "not_a_reference"),
            (client, "client_id", "$ENV:ADCP_OAUTH_ID", ""),
            (client, "client_id", "a\rb", "has_control"),
            (client, "client_secret", "", "missing"),
            (client, "client_secret", &"x".repeat(8192), ""),
            (client, "client_secret", &"x".repeat(8193), "too_long"),
            (client, "client_secret", "$ENV:HOME", "not_a_reference"),
            (client, "client_secret", "a\u{0}b", "has_control"),
            (client, "scope", &wide(1024), ""),
            (client, "scope", &wide(1026), "too_long"),
            (client, "resource", "urn:a urn:b", ""),
            (client, "resource", "a b c d e f g h i", "too_many"),
            (client, "resource", &wide(2050), "too_long"),
            (client, "resource", "a\u{1}", "has_control"),
            (client, "audience", &wide(2048), ""),
            (client, "audience", &wide(2050), "too_long"),
            (client, "auth_method", "jwt", "not_a_choice"),
            (connect, "auth_token", &"x".repeat(4096), ""),
            (connect, "auth_token", &"x".repeat(4097), "too_long"),
            (connect, "auth_type", "digest", "not_a_choice"),
            (
                &catalog::REGISTRY_AGENT,
                "agent_url",
                "https://localhost/mcp",
                "private_host",
            ),
            (&catalog::REGISTRY_ACCESS, "accessToken", "sk_1", ""),
        ];
        for (row, field, value, expected) in rows {
            assert_eq!(
                code(row, field, value),
                expected,
                "{field}: {} bytes",
                value.len()
            );
        }
    }

    #[test]
    fn loopbacks_are_for_a_page_on_one() {
        let client = catalog::find(Service::Registry, "client_credentials").expect("row");
        for (row, name) in [
            (client, "token_endpoint"),
            (&catalog::REGISTRY_AGENT, "agent_url"),
        ] {
            let field = row.field(name).expect("field");
            let mut draft = Draft::default();
            draft.set(row, field, Secret::new("http://127.0.0.1:9080/demo/token"));
            let mut of = |on_loopback| {
                draft.on_loopback = on_loopback;
                let errors = validate(row, &draft).err().unwrap_or_default();
                let error = errors.into_iter().find(|error| error.field == name);
                error.map(|error| error.problem.code())
            };
            assert_eq!((of(true), of(false)), (None, Some("not_https")), "{name}");
        }
    }

    #[test]
    fn a_pair_is_asked_for_only_with_basic() {
        let row = catalog::find(Service::Registry, "static").expect("row");
        let mut draft = Draft::default();
        draft.set(
            row,
            row.field("auth_token").expect("field"),
            Secret::new("plain"),
        );
        assert!(validate(row, &draft).is_ok());
        draft.set(
            row,
            row.field("auth_type").expect("field"),
            Secret::new("basic"),
        );
        let errors = validate(row, &draft).expect_err("no pair");
        assert_eq!(
            (errors[0].field, errors[0].problem.code()),
            ("auth_token", "not_a_pair")
        );
    }

    #[test]
    fn references_name_what_the_registry_lets_be_used() {
        for good in [
            "plain",
            "$OTHER",
            "$env:x",
            " $ENV:x",
            "$ENV:ADCP_OAUTH_A1_B",
        ] {
            assert_eq!(reference(good), None, "{good}");
        }
        for bad in [
            "$ENV:",
            "$ENV:SECRET",
            "$ENV:ADCP_OAUTH_",
            "$ENV:ADCP_OAUTH_a",
            "$ENV:ADCP_OAUTH_A B",
        ] {
            assert_eq!(reference(bad), Some(Problem::NotAReference), "{bad}");
        }
    }

    #[test]
    fn resources_are_eight_at_most_and_counted_one_by_one() {
        let each = |length: usize, count: usize| vec!["\u{e9}".repeat(length); count].join(" \n");
        assert_eq!(resources(&each(1024, 8)), None);
        assert_eq!(resources(&each(1, 9)), Some(Problem::TooMany(8, 9)));
        assert_eq!(
            resources(&each(2049, 1)),
            Some(Problem::TooLong(2048, 2049))
        );
        assert_eq!(
            resources(&each(2048, 5)),
            Some(Problem::TooLong(8192, 10240))
        );
    }

    #[test]
    fn a_pair_is_written_out_or_encoded() {
        for good in ["ann:secret", "ann:", "YW5uOnNlY3JldA==", "YW5uOg=="] {
            assert_eq!(pair(good), None, "{good}");
        }
        // In turn: no user, no colon, no padding; an encoded text without a colon, and two without a user.
        for bad in [
            ":secret",
            "ann",
            "YW5uOg",
            "YW5uc2VjcmV0",
            "OnNlY3JldA==",
            "OmE6Yg==",
        ] {
            assert_eq!(pair(bad), Some(Problem::NotAPair), "{bad}");
        }
    }
}
