//! Keys that OpenSSL made, and everything that copying may do to them.

use base64ct::{Base64, Encoding};
use der::asn1::ObjectIdentifier;

use super::*;

macro_rules! key {
    ($name:literal) => {
        include_str!(concat!("../../../tests/fixtures/keys/", $name, ".pem"))
    };
}

const GOOD: &[(&str, KeyKind)] = &[
    (key!("p256"), KeyKind::EcP256),
    (key!("p256-sec1"), KeyKind::EcP256),
    (key!("p384"), KeyKind::EcOther("P-384")),
    (key!("secp256k1"), KeyKind::EcOther("secp256k1")),
    (key!("explicit"), KeyKind::EcOther("another curve")),
    (key!("ed25519"), KeyKind::Other("Ed25519")),
    (key!("rsa2048"), KeyKind::Rsa { bits: 2048 }),
    (key!("rsa2048-pkcs1"), KeyKind::Rsa { bits: 2048 }),
    (key!("rsa1024"), KeyKind::Rsa { bits: 1024 }),
    (key!("pss"), KeyKind::Other("RSA-PSS")),
];

/// The base64 of a text with one block, in one line.
fn digits(pem: &str) -> String {
    let lines = pem.lines().filter(|line| !line.starts_with('-'));
    lines.collect()
}

fn der(pem: &str) -> Vec<u8> {
    let mut buffer = vec![0; pem.len()];
    let decoded = Base64::decode(digits(pem), &mut buffer).expect("fixtures are base64");
    decoded.to_vec()
}

fn framed_as(label: &str, der: &[u8]) -> String {
    let mut buffer = vec![0; der.len() * 2 + 4];
    let digits = Base64::encode(der, &mut buffer).expect("the buffer is large enough");
    format!("-----BEGIN {label}-----{digits}-----END {label}-----")
}

/// A DER value with a short length.
fn value(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u8::try_from(content.len()).expect("short");
    assert!(length < 0x80, "short");
    [&[tag, length], content].concat()
}

fn oid(arcs: &str) -> Vec<u8> {
    value(0x06, ObjectIdentifier::new_unwrap(arcs).as_bytes())
}

fn problem(text: &str) -> Option<KeyProblem> {
    read(text).err()
}

#[test]
fn keys_are_recognised_and_their_text_is_canonical() {
    for (text, kind) in GOOD {
        let key = read(text).unwrap_or_else(|problem| panic!("{problem:?}: {text}"));
        // OpenSSL writes the canonical form.
        assert_eq!((key.kind, key.pem.expose()), (*kind, *text));
        assert_eq!(read(key.pem.expose()), Ok(key.clone()), "not idempotent");
    }
}

#[test]
fn every_mangled_form_is_read_alike() {
    type Mangle = fn(&str) -> String;
    const MANGLED: &[(&str, Mangle)] = &[
        ("CRLF", |t| t.replace('\n', "\r\n")),
        ("CR", |t| t.replace('\n', "\r")),
        ("escaped LF", |t| t.replace('\n', "\\n")),
        ("escaped CRLF", |t| t.replace('\n', "\\r\\n")),
        ("escaped twice", |t| t.replace('\n', "\\\\n")),
        ("a line continued", |t| t.replace('\n', "\\n\\\n")),
        ("spaces", |t| t.replace('\n', " ")),
        ("tabs", |t| t.replace('\n', "\t")),
        ("no-break spaces", |t| t.replace([' ', '\n'], "\u{a0}")),
        ("one line", |t| t.replace('\n', "")),
        ("no space at all", |t| t.replace([' ', '\n'], "")),
        ("blank lines", |t| {
            format!("\n{}\n\n", t.replace('\n', "\n\n"))
        }),
        ("indented", |t| format!("  {}", t.replace('\n', "\n    "))),
        ("base64 alone", digits),
        ("base64 in lines", |t| digits(t).replace('A', "A\r\n")),
        ("base64, escaped", |t| digits(t).replace('A', "A\\n")),
        ("base64 in quotes", |t| format!("\"{}\",", digits(t))),
        ("base64 with a name", |t| {
            format!("privateKey={}", digits(t))
        }),
        ("base64 in YAML", |t| format!("a: \nkey: '{}'\n", digits(t))),
        ("quotes", |t| format!("\"{}\"", t.replace('\n', "\\n"))),
        ("apostrophes", |t| format!("'{t}'")),
        ("curly quotes", |t| format!("\u{201c}{t}\u{201d}")),
        ("a name", |t| format!("privateKey={t}")),
        ("a shell line", |t| format!("export KEY=\"{t}\"; echo")),
        ("a member", |t| {
            let text = t.replace('\n', "\\n").replace('/', "\\/");
            format!("\"private_key\": \"{}\",\n", text.replace('=', "\\u003d"))
        }),
        ("Bag Attributes", |t| {
            format!("Bag Attributes\n    localKeyID: 01 AB\nKey Attributes: <None>\n{t}\nend")
        }),
        ("a byte order mark", |t| format!("\u{feff}{t}")),
        ("zero width", |t| t.replace('A', "A\u{200b}\u{ad}\u{2060}")),
        ("en dashes", |t| t.replace("--", "\u{2013}")),
        ("em dashes", |t| t.replace("-----", "\u{2014}\u{2013}-")),
        ("fewer dashes", |t| t.replace("-----", "-")),
        ("padding lost", |t| t.replace('=', "")),
        ("lines of 76", |t| {
            let label = t.lines().next().unwrap_or_default();
            let end = label.replace("BEGIN", "END");
            let all = digits(t);
            let lines: Vec<_> = all
                .as_bytes()
                .chunks(76)
                .map(String::from_utf8_lossy)
                .collect();
            format!("{label}\n{}\n{end}", lines.join("\n"))
        }),
        ("parameters in front", |t| key!("parameters").to_owned() + t),
        ("a chain behind", |t| {
            t.to_owned() + key!("certificate") + key!("certificate")
        }),
        ("a chain in front", |t| key!("certificate").to_owned() + t),
        ("its public half", |t| {
            key!("public").to_owned() + t + key!("public-rsa")
        }),
    ];
    for (text, kind) in GOOD {
        for (how, mangle) in MANGLED {
            let mangled = mangle(text);
            let key =
                read(&mangled).unwrap_or_else(|problem| panic!("{problem:?}, {how}: {mangled}"));
            assert_eq!((key.kind, key.pem.expose()), (*kind, *text), "{how}");
        }
    }
}

#[test]
fn everything_else_is_told_what_it_is() {
    use KeyProblem as P;
    let p256 = key!("p256");
    let lines = |label: &str, inner: &str| {
        format!("-----BEGIN {label}-----\n{inner}\n-----END {label}-----\n")
    };
    let table = [
        (P::Encrypted, key!("encrypted").to_owned()),
        (P::Encrypted, key!("encrypted-sec1").to_owned()),
        (P::Encrypted, key!("encrypted-sec1").replace('\n', " ")),
        (P::NotPem, digits(key!("encrypted"))),
        (
            P::Encrypted,
            key!("encrypted").to_owned() + key!("certificate"),
        ),
        (P::Certificate, key!("certificate").to_owned()),
        (P::Certificate, key!("certificate").repeat(3)),
        (
            P::Certificate,
            key!("certificate").replace("CERT", "TRUSTED CERT"),
        ),
        (P::NotPem, digits(key!("certificate"))),
        (P::CertificateRequest, key!("request").to_owned()),
        (P::NotPem, digits(key!("request"))),
        (P::PublicKey, key!("public").to_owned()),
        (P::PublicKey, key!("public-rsa").to_owned()),
        (P::NotPem, digits(key!("public"))),
        (P::NotPem, digits(key!("public-rsa"))),
        (P::PublicKey, "ssh-rsa AAAAB3NzaC1yc2E= me@here".to_owned()),
        (P::PublicKey, "ecdsa-sha2-nistp256 AAAAE2Vj".to_owned()),
        (
            P::PublicKey,
            "---- BEGIN SSH2 PUBLIC KEY ----\nAAAA".to_owned(),
        ),
        (P::OpenSsh, key!("openssh").to_owned()),
        (P::Several, p256.repeat(2)),
        (P::Several, p256.to_owned() + key!("rsa1024")),
        (P::Several, p256.to_owned() + key!("encrypted")),
        (
            P::Several,
            p256.to_owned() + key!("certificate") + &p256[..60],
        ),
        (P::NotPem, String::new()),
        (P::NotPem, " \u{200b}\n".to_owned()),
        (P::NotPem, "a token, or so".to_owned()),
        (P::NotPem, "My0wn/Passw0rd".to_owned()),
        (P::NotPem, "M".to_owned()),
        (P::NotPem, "eyJhbGciOiJFUzI1NiJ9.e30.AAAA".to_owned()),
        (P::NotPem, "C:\\users\\me\\key.pem".to_owned()),
        (P::NotPem, "ключ".to_owned()),
        (P::NotPem, p256.to_owned() + &" ".repeat(LIMIT)),
        (P::Cut, "-----BEGIN PRIVATE KEY-----".to_owned()),
        (P::Cut, p256.replacen("-----BEGIN PRIVATE KEY-----", "", 1)),
        (P::Cut, p256.replace("-----END", "-----")),
        (P::Cut, lines("PRIVATE KEY", &digits(p256)[..90])),
        (P::Cut, digits(p256)[..91].to_owned()),
        (P::Broken, lines("PRIVATE KEY", "")),
        (P::Broken, lines("PRIVATE KEY", "(the key)")),
        (P::Broken, p256.replacen("MIG", "MI*G", 1)),
        (P::Broken, p256.replace("END PRIVATE", "END EC PRIVATE")),
        (P::Broken, p256.replace(" PRIVATE", " EC PRIVATE")),
        (P::Broken, lines("PRIVATE KEY", &digits(key!("p256-sec1")))),
        (
            P::Broken,
            lines("RSA PRIVATE KEY", &digits(key!("rsa2048"))),
        ),
        (P::Broken, digits(p256).replace('=', "") + "AAAA"),
        (
            P::Json,
            format!(
                "\n{{\"type\": \"service_account\", \"private_key\": \"{}\"}}",
                p256.replace('\n', "\\n")
            ),
        ),
        (P::Json, "{}".to_owned()),
        (P::Unknown, lines("PKCS7", "MIIB")),
        (P::Unknown, lines("DSA PRIVATE KEY", "MIIB")),
        (P::Unknown, key!("parameters").to_owned()),
    ];
    for (wanted, text) in table {
        assert_eq!(problem(&text), Some(wanted), "{text}");
    }
}

#[test]
fn what_a_label_promises_must_be_inside_to_the_last_byte() {
    let sound = |label, der: &[u8]| read(&framed_as(label, der)).map(|key| key.kind);
    for (text, kind) in GOOD {
        let label = text[11..].split("-----").next().unwrap_or_default();
        let mut bytes = der(text);
        assert_eq!(sound(label, &bytes), Ok(*kind));
        bytes.push(0);
        assert_eq!(sound(label, &bytes), Err(KeyProblem::Broken), "{label}");
    }

    // An EC key around something else; an RSA key around an EC key.
    let one = value(0x02, &[1]);
    let zero = value(0x02, &[0]);
    let ec = value(
        0x30,
        &[oid("1.2.840.10045.2.1"), oid("1.3.132.0.35")].concat(),
    );
    let rsa = value(0x30, &oid("1.2.840.113549.1.1.1"));
    let inner = value(0x30, &[one.clone(), value(0x04, &[7; 32])].concat());
    let key = |algorithm: &[u8], private: &[u8]| {
        value(0x30, &[&zero, algorithm, &value(0x04, private)].concat())
    };
    assert_eq!(
        sound("PRIVATE KEY", &key(&ec, &inner)),
        Ok(KeyKind::EcOther("P-521"))
    );
    assert_eq!(
        sound("PRIVATE KEY", &key(&ec, &[7; 32])),
        Err(KeyProblem::Broken)
    );
    assert_eq!(
        sound("PRIVATE KEY", &key(&rsa, &inner)),
        Err(KeyProblem::Broken)
    );
    let empty = value(0x30, &[one.clone(), value(0x04, &[])].concat());
    assert_eq!(sound("EC PRIVATE KEY", &empty), Err(KeyProblem::Broken));
    assert_eq!(
        sound("EC PRIVATE KEY", &inner),
        Ok(KeyKind::EcOther("an unnamed curve"))
    );

    // Algorithms by their numbers; what is inside is theirs.
    // A curve is no algorithm.
    let (arcs, name) = ("1.2.840.10045.3.1.7", "another kind of key");
    let algorithm = value(0x30, &oid(arcs));
    assert_eq!(
        sound("PRIVATE KEY", &key(&algorithm, &[4, 1, 7])),
        Ok(KeyKind::Other(name))
    );

    // A modulus is as long as its number, whatever zeros stand in front.
    let small = |modulus: &[u8]| {
        let numbers = [zero.clone(), value(0x02, modulus), one.repeat(7)].concat();
        sound("RSA PRIVATE KEY", &value(0x30, &numbers))
    };
    assert_eq!(small(&[0x00, 0x80]), Ok(KeyKind::Rsa { bits: 8 }));
    assert_eq!(small(&[0x01, 0x00]), Ok(KeyKind::Rsa { bits: 9 }));
    for modulus in [&[][..], &[0x00], &[0x80, 0x00]] {
        assert_eq!(small(modulus), Err(KeyProblem::Broken));
    }
}

/// Whatever is read must be the whole key, and read as itself.
#[track_caller]
fn check(text: &str, whole: &str) {
    if let Ok(key) = read(text) {
        assert_eq!(key.pem.expose(), whole, "{text}");
    }
}

#[test]
fn a_key_cut_anywhere_is_the_whole_key_or_none() {
    for (text, _) in GOOD {
        let label = text.find('\n').expect("a line");
        let end = text.find("-----END").expect("an end");
        for at in 0..text.len() {
            check(&text[..at], text);
            check(&text[at..], text);
            check(&format!("{}\u{feff}", &text[..at]), text);
            if (label..end).contains(&at) {
                assert_eq!(problem(&text[..at]), Some(KeyProblem::Cut), "{at}");
                assert_eq!(problem(&text[at..]), Some(KeyProblem::Cut), "{at}");
            }
        }
        let alone = digits(text);
        let full = alone.trim_end_matches('=').len();
        for at in 0..alone.len() {
            check(&alone[..at], text);
            if (8..full).contains(&at) {
                assert_eq!(problem(&alone[..at]), Some(KeyProblem::Cut), "{at}");
            }
            // What is left of a PKCS#8 key can be the key inside it, under that one's label.
            if let (1.., Ok(key)) = (at, read(&alone[at..])) {
                assert!(!key.pem.expose().contains("BEGIN PRIVATE KEY"), "{at}");
            }
        }
    }
}

#[test]
fn damaged_texts_never_panic() {
    const ODD: [&str; 16] = [
        "A",
        "-",
        "=",
        "\\",
        "\\u",
        "\n",
        "\"",
        "\u{2014}",
        "-----BEGIN ",
        "-----END ",
        "PRIVATE KEY",
        "M",
        "/",
        "{",
        "é",
        "\u{1f511}",
    ];
    let mut seed = 0x2545_f491_u32;
    let mut chance = |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 17;
        seed ^= seed << 5;
        seed as usize % below
    };
    for round in 0..2_000 {
        let (text, _) = GOOD[round % GOOD.len()];
        let mut text = if chance(3) == 0 {
            digits(text)
        } else {
            text.to_owned()
        };
        for _ in 0..=chance(3) {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            let at = places[chance(places.len())];
            match chance(4) {
                0 => drop(text.remove(at)),
                1 => text.insert_str(at, ODD[chance(ODD.len())]),
                2 => text.replace_range(at..=at, "Q"),
                _ => {
                    let tail = text[at..].to_owned();
                    text.push_str(&tail);
                }
            }
        }
        if let Ok(key) = read(&text) {
            assert_eq!(read(key.pem.expose()), Ok(key.clone()), "{text}");
        }
    }
}

#[test]
fn debug_shows_the_kind_and_not_the_key() {
    let key = read(key!("p256")).expect("a key");
    assert_eq!(
        format!("{key:?}"),
        "PrivateKey { kind: EcP256, pem: Secret([redacted]) }"
    );
}
