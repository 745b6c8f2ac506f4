//! Keys that OpenSSH made, everything that copying does to them, and what people paste in their place.

use super::*;
use crate::credential::clean::clean;
use crate::credential::spec::Judged;
use crate::credential::{FieldKind, Secret};

macro_rules! key {
    ($name:literal) => {
        include_str!(concat!("../../../../tests/fixtures/ssh/", $name))
    };
}

/// Each key, what it is said to be, and what `ssh-keygen -l` says of its public half.
const GOOD: &[(&str, &str, &str)] = &[
    (
        key!("ed25519"),
        "an Ed25519 key in OpenSSH’s form",
        "SHA256:D5Sdn9TigKK9MncZn7x9fIWKJd02RhzDufuw74eTlDU",
    ),
    (
        key!("rsa"),
        "an RSA key of 3072 bits in OpenSSH’s form",
        "SHA256:zE1ObVQQnEt3UM5fnPyFuWhnel+xZEBrPI/O7sz+AKw",
    ),
    (
        key!("rsa1024"),
        "an RSA key of 1024 bits in OpenSSH’s form",
        "SHA256:KsjaICIXHCCvramUmJxlXOJburdCM413uqITmPGG+mk",
    ),
    (
        key!("ecdsa256"),
        "an ECDSA key on P-256 in OpenSSH’s form",
        "SHA256:UYzmEgNN30DXO154etmUQSQBwWrexMJcI2s/QVkdMJE",
    ),
    (
        key!("ecdsa256-short"),
        "an ECDSA key on P-256 in OpenSSH’s form",
        "SHA256:GjqkF+G+tynl3xZZp3mbS8qJIb3Ym4GAQmuiwNmMA2c",
    ),
    (
        key!("ecdsa384"),
        "an ECDSA key on P-384 in OpenSSH’s form",
        "SHA256:r/NcG+h9F3Lg3OzpOPyRHUziLeqbJK2y9VbhYcgAUw0",
    ),
    (
        key!("ecdsa521"),
        "an ECDSA key on P-521 in OpenSSH’s form",
        "SHA256:Y7j73voNrrzn429mkVjZLoNPgvl6r050f42fOf+W9zs",
    ),
    (
        key!("dsa"),
        "a DSA key in OpenSSH’s form",
        "SHA256:4Egf9TWDzP3CtnQ1OLXZmHcHez6rGkssSOyYeFfrMeA",
    ),
    (
        key!("locked"),
        "an Ed25519 key in OpenSSH’s form",
        "SHA256:87zyFAEUcueopqOCJyGDIljf3MyocLFikFF5FLxmq+0",
    ),
    (
        key!("rsa-pem"),
        "an RSA key of 2048 bits in PEM form",
        "SHA256:132csuwyI8t8W0dntVdWRw2yO36NzfXWHZ2izOybAIg",
    ),
    (
        key!("rsa-pkcs8"),
        "an RSA key of 2048 bits in PEM form",
        "SHA256:qtI8qFzkz2k27T/jxRGxp4ZGwrttcOBy1OAVjfYNnYY",
    ),
    (
        key!("ecdsa-pem"),
        "an ECDSA key on P-256 in PEM form",
        "SHA256:o3VVA3X5RfM8iZeIq8F/zKXVr4DH+PjKxJTxdhs+PDA",
    ),
    (
        key!("ecdsa-pkcs8"),
        "an ECDSA key on P-256 in PEM form",
        "SHA256:F35T85dOtKYDCYpoPndquLqtljjJTdOGSx/e8jMbEE0",
    ),
    (key!("dsa-pem"), "a DSA key in PEM form", ""),
    (key!("locked-pem"), "a private key in PEM form", ""),
    (key!("locked-pkcs8"), "a private key in PEM form", ""),
    (key!("locked-dsa"), "a private key in PEM form", ""),
];

fn problem(value: &str) -> Option<Problem> {
    let judged = Judged {
        value,
        on_loopback: false,
        other: &|_| Secret::default(),
    };
    (SSH_KEY.judge)(&judged)
}

#[track_caller]
fn refused(value: &str, words: &str) {
    match problem(value) {
        Some(Problem::Own("not_an_ssh_key", said)) => assert!(said.contains(words), "{said}"),
        other => panic!("{other:?} for {words}"),
    }
    assert_eq!(tells(value, 0), []);
}

fn cleaned(value: &str) -> String {
    clean(FieldKind::Lines(canonical), &Secret::new(value))
        .0
        .expose()
        .to_owned()
}

#[test]
fn keys_are_recognised_with_the_fingerprint_that_openssh_gives_them() {
    for (key, what, print) in GOOD {
        assert_eq!(problem(key), None, "{what}");
        let told = tells(key, 0);
        let print = if print.is_empty() {
            String::new()
        } else {
            format!(" Its fingerprint is {print}.")
        };
        assert_eq!(told[0], Told::found(format!("This is {what}.{print}")));
        assert_eq!(cleaned(key), *key, "what OpenSSH wrote is canonical");
    }
}

#[test]
fn what_speaks_against_a_key_is_a_doubt() {
    let doubts = |key: &str| -> String {
        let told = tells(key, 0);
        told.into_iter().map(|told| told.title).collect()
    };
    for (key, title) in [
        (key!("ed25519"), ""),
        (key!("rsa-pem"), ""),
        (key!("rsa1024"), "This RSA key is short."),
        (key!("dsa"), "This is a DSA key."),
        (key!("dsa-pem"), "This is a DSA key."),
        (key!("locked"), "This key is locked with a passphrase."),
        (key!("locked-pem"), "This key is locked with a passphrase."),
        (
            key!("locked-pkcs8"),
            "This key is locked with a passphrase.",
        ),
    ] {
        assert_eq!(doubts(key), title);
    }
}

#[test]
fn every_mangled_form_is_sent_as_the_key() {
    for (key, what, _) in GOOD {
        let mangled = [
            key.replace('\n', "\r\n"),
            key.replace('\n', " "),
            key.replace('\n', ""),
            key.replace('\n', "\\n"),
            key.replace('\n', "\\r\\n"),
            key.replace('\n', "\n\n"),
            key.replace('\n', "\n    "),
            key.replace('-', "\u{2013}"),
            format!("\u{feff}  \n{key}\n\n"),
            format!("SSH_KEY=\"{}\"", key.trim_end()),
            format!("\"{}\",", key.replace('\n', "\\n")),
            format!("This is my key:\n{key}bye"),
        ];
        for text in mangled {
            // A cipher's name has a hyphen of its own, and so has the header; those stay.
            if text.contains("Proc\u{2013}Type") {
                continue;
            }
            assert_eq!(cleaned(&text), *key, "{what}: {text}");
        }
    }
}

#[test]
fn cleaning_what_is_clean_changes_nothing() {
    // Found by the fuzzer: `\\u` took the four bytes behind it along, which were others once the space at the end of
    // its line was gone.
    let begin = "-----BEGIN OPENSSH PRIVATE KEY-----\n";
    let text = key!("ed25519").replace(begin, &[begin, "\\u \n\nJU\n"].concat());
    assert_eq!(cleaned(&cleaned(&text)), cleaned(&text));
}

#[test]
fn digits_alone_are_a_key_in_openssh_form() {
    let lines = key!("ed25519")
        .lines()
        .filter(|line| !line.starts_with('-'));
    let digits: String = lines.collect();
    assert_eq!(cleaned(&digits), key!("ed25519"));
}

#[test]
fn what_is_no_private_key_is_named() {
    let both = [key!("ed25519"), key!("rsa")].concat();
    let mixed = [key!("rsa-pem"), key!("ed25519")].concat();
    for (value, words) in [
        (key!("ed25519.pub"), "a public key"),
        (key!("rsa.pub"), "a public key"),
        (key!("ecdsa256.pub"), "a public key"),
        (
            "sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5",
            "a public key",
        ),
        (key!("ssh2-public"), "a public key"),
        (
            include_str!("../../../../tests/fixtures/keys/public.pem"),
            "a public key",
        ),
        (key!("rsa1024-cert.pub"), "a certificate"),
        (
            include_str!("../../../../tests/fixtures/keys/certificate.pem"),
            "a certificate",
        ),
        (
            "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: test\nPublic-Lines: 2",
            "PuTTYgen",
        ),
        (
            "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nP2/56wAAAi4AAAA3",
            "another SSH program",
        ),
        (&both, "more than one"),
        (&mixed, "more than one"),
        ("{\"private_key\": \"\"}", "a JSON file"),
        ("hunter2", "no SSH private key"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----", "missing"),
        (
            "-----BEGIN OPENSSH PRIVATE KEY-----\n-----END OPENSSH PRIVATE KEY-----",
            "damaged",
        ),
        (
            "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\n-----END RSA PRIVATE KEY-----",
            "damaged",
        ),
        (&"a".repeat(pem::LIMIT + 1), "no SSH private key"),
    ] {
        refused(value, words);
    }
}

#[test]
fn a_key_of_a_security_key_is_of_no_use_elsewhere() {
    let text = |text: &[u8]| {
        [
            &u32::try_from(text.len()).expect("short").to_be_bytes()[..],
            text,
        ]
        .concat()
    };
    let public = [
        text(b"sk-ssh-ed25519@openssh.com"),
        text(&[7; 32]),
        text(b"ssh:"),
    ]
    .concat();
    let private = [
        &[0; 8][..],
        &public,
        &[1],
        &text(b"handle"),
        &text(b""),
        &text(b"test"),
    ]
    .concat();
    let bytes = [
        b"openssh-key-v1\0",
        &text(b"none")[..],
        &text(b"none"),
        &text(b""),
        &[0, 0, 0, 1],
        &text(&public),
        &text(&private),
    ]
    .concat();
    let mut buffer = vec![0; bytes.len() * 2];
    let digits =
        <base64ct::Base64 as base64ct::Encoding>::encode(&bytes, &mut buffer).expect("room");
    refused(digits, "security key");
}

#[test]
fn a_key_cut_anywhere_is_the_whole_key_or_none() {
    for (key, what, _) in GOOD {
        // Every place of a short key, and so many of a long one that they take no longer.
        for cut in (0..key.len()).step_by(1 + key.len() / 600) {
            for part in [key.get(..cut), key.get(cut..)].into_iter().flatten() {
                if let Some(kept) = canonical(part) {
                    assert_eq!(kept.expose(), *key, "{what}, at {cut}");
                }
            }
            // A piece lost in the middle, with both lines there.
            let (Some(before), Some(after)) = (key.get(..cut), key.get(cut + 5..)) else {
                continue;
            };
            // The digits of an encrypted part have nothing to tell their number by.
            let loose = what.starts_with("a private key in PEM");
            if let Some(kept) = canonical(&[before, after].concat()).filter(|_| !loose) {
                assert_eq!(kept.expose(), *key, "{what}, without 5 at {cut}");
            }
        }
    }
}

#[test]
fn nothing_that_is_said_repeats_the_key() {
    for (key, what, _) in GOOD {
        let lines: Vec<&str> = key.lines().filter(|line| line.len() > 40).collect();
        for value in [
            key.to_string(),
            key.replace('7', "8"),
            key.replace('\n', "\\n"),
        ] {
            let heard = format!("{:?} {:?}", problem(&value), tells(&value, 0));
            assert!(
                lines.iter().all(|line| !heard.contains(&line[..12])),
                "{what}: {heard}"
            );
        }
    }
}
