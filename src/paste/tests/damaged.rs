//! What cannot be read, and that nothing here shows a value.

use super::sources::SERVICE_ACCOUNT;
use super::*;

#[test]
fn what_cannot_be_read_is_named() {
    let deep = ["[".repeat(70), "]".repeat(70)].concat();
    let many: Vec<String> = (0..300).map(|at| format!("A{at}=1")).collect();
    let many = many.join("\n");
    let cut = SERVICE_ACCOUNT.get(..200).expect("long enough");
    let key = include_str!("../../../tests/fixtures/keys/p256.pem");
    let ssh = include_str!("../../../tests/fixtures/ssh/ed25519");
    for (text, unread) in [
        ("", Unread::Empty),
        (" \n\t\u{feff}", Unread::Empty),
        ("```\n```", Unread::Empty),
        (&"A=1\n".repeat(20_000), Unread::TooLong),
        (&many, Unread::TooMany),
        (cut, Unread::Cut),
        ("{\"a\": \"b", Unread::Cut),
        ("{\"a\": [1, 2]],}", Unread::Broken),
        ("{\"a\": 1,}", Unread::Broken),
        ("{'a': 'b'}", Unread::Broken),
        (&deep, Unread::Broken),
        ("{\"a\": \"\\ud800\"}", Unread::Broken),
        ("curl -H 'x-api-key: k https://a.example", Unread::Cut),
        ("curl -d \"{\\\"a\\\": 1", Unread::Cut),
        ("curl -d $'a", Unread::Cut),
        ("CLIENT_ID=\"abc", Unread::Cut),
        (key.get(..80).expect("long enough"), Unread::Cut),
        (ssh.get(..80).expect("long enough"), Unread::Cut),
        (
            include_str!("../../../tests/fixtures/keys/public.pem"),
            Unread::PublicKey,
        ),
        (
            include_str!("../../../tests/fixtures/ssh/ed25519.pub"),
            Unread::PublicKey,
        ),
        (
            include_str!("../../../tests/fixtures/ssh/ssh2-public"),
            Unread::PublicKey,
        ),
        (
            include_str!("../../../tests/fixtures/keys/certificate.pem"),
            Unread::Certificate,
        ),
        (
            include_str!("../../../tests/fixtures/keys/request.pem"),
            Unread::Certificate,
        ),
        (
            include_str!("../../../tests/fixtures/ssh/rsa1024-cert.pub"),
            Unread::Certificate,
        ),
        (
            "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none",
            Unread::Putty,
        ),
        (
            "<!doctype html>\n<html><body>client_id=abc</body></html>",
            Unread::Page,
        ),
        ("<?xml version=\"1.0\"?>", Unread::Page),
        ("\0\u{1}\u{2}PNG\u{0}A=1", Unread::Unknown),
        ("hunter2", Unread::Unknown),
        ("Dear Ann,\nhere are the keys.", Unread::Unknown),
        ("{}", Unread::Nothing),
        ("[]", Unread::Nothing),
        ("curl https://a.example", Unread::Nothing),
        ("Access key ID,Secret access key\n", Unread::Nothing),
        (
            "-----BEGIN PGP MESSAGE-----\nabc\n-----END PGP MESSAGE-----",
            Unread::Unknown,
        ),
    ] {
        let found = read(text).map(|pasted| pasted.kind);
        assert_eq!(found, Err(unread), "{}", text.get(..60).unwrap_or(text));
    }
}

#[test]
fn control_characters_are_values_like_others() {
    let (_, values) = taken("{\"a\": \"b\\u0000\\u001bc\"}");
    assert_eq!(values, [("a".to_owned(), "b\0\u{1b}c".to_owned())]);
}

#[test]
fn values_too_deep_inside_are_left_out() {
    let (_, values) =
        taken(r#"{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"deep":"1"}}}}}}}},"b":"2"}"#);
    assert_eq!(values, [("b".to_owned(), "2".to_owned())]);
}

/// Texts of each kind in which every value has this in it.
const CANARY: &str = "canary7";

fn samples() -> Vec<String> {
    let texts = [
        r#"{"accountIdentifier": "@", "auth": {"type": "basic", "username": "@", "password": "@", "more": ["@", "@"]}}"#,
        "curl -u @:@ https://@:@a.example -H 'Authorization: Bearer @' -H 'x-api-key: @' -H 'Other: @' -d '{\"token\": \"@\"}'",
        "curl https://a.example -d grant_type=client_credentials -d client_id=@ -d 'client_secret=@' -d @ -d '@'",
        "curl https://a.example/@?grant_type=x&client_secret=@ -H '@' -F '@' -F a=@ --data-urlencode =@ -d '{\"@\"'",
        "CLIENT_ID=@\nCLIENT_SECRET=\"@\nmore @\"\nOTHER='@'\n@\n# @",
        "[default]\naws_access_key_id=@\naws_secret_access_key=@\n",
        "Access key ID,Secret access key\n@,\"@\"\n@,@",
        "AccountName=@;AccountKey=@;BlobEndpoint=https://@",
        "-----BEGIN PRIVATE KEY-----\n@\n-----END PRIVATE KEY-----",
        "-----BEGIN OPENSSH PRIVATE KEY-----\n@\n-----END OPENSSH PRIVATE KEY-----",
        "grant_type=client_credentials&client_id=@&client_secret=@",
        "ssh-ed25519 @ @",
        "@",
    ];
    texts.iter().map(|text| text.replace('@', CANARY)).collect()
}

#[test]
fn debug_of_everything_shows_no_value() {
    let lists = [
        catalog::STOREFRONT,
        catalog::DESTINATIONS,
        catalog::INVENTORY,
        catalog::REGISTRY,
        catalog::ADOBE_ACCESS,
    ];
    for text in samples() {
        for cut in 0..=text.len() {
            let Some(part) = text.get(..cut) else {
                continue;
            };
            let heard = format!("{:?}", read(part));
            assert!(!heard.contains(CANARY), "{part}: {heard}");
            // Every form takes its time; some of the cuts will do for it.
            let tried = cut % 5 == 0 || cut == text.len();
            for specs in lists.iter().filter(|_| tried) {
                for chosen in *specs {
                    let filling = read(part)
                        .ok()
                        .and_then(|pasted| fill(specs, chosen, pasted));
                    let heard = format!("{filling:?}");
                    assert!(!heard.contains(CANARY), "{part}: {heard}");
                }
            }
        }
    }
}

#[test]
fn nothing_panics_on_a_text_with_one_byte_changed() {
    let mut texts = samples();
    texts.push(SERVICE_ACCOUNT.to_owned());
    let chosen = catalog::find(Service::Destinations, "s3").expect("row");
    for text in texts {
        for at in 0..text.len() {
            for other in [
                b'\'', b'"', b'\\', b'\n', b'=', b'{', b'}', b'[', b'^', b'$', b'#', b' ', b',',
                b'-', b'%', 0,
            ] {
                let mut bytes = text.clone().into_bytes();
                bytes[at] = other;
                let Ok(changed) = String::from_utf8(bytes) else {
                    continue;
                };
                if let Ok(pasted) = read(&changed) {
                    assert!(pasted.values.len() <= MOST && !pasted.values.is_empty());
                    drop(fill(catalog::DESTINATIONS, chosen, pasted));
                }
            }
        }
    }
}
