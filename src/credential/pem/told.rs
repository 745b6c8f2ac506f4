//! What was read from a text, as a text: for whoever has a module of its own read private keys.
//!
//! The first line is a number, what follows is the key in its canonical form.

use super::{KeyKind, KeyProblem, PrivateKey, asn1, read};
use crate::credential::Secret;
use crate::credential::number::{digits, number};

/// Every problem, by its number.
const PROBLEMS: [KeyProblem; 11] = [
    KeyProblem::Encrypted,
    KeyProblem::Certificate,
    KeyProblem::CertificateRequest,
    KeyProblem::PublicKey,
    KeyProblem::OpenSsh,
    KeyProblem::Several,
    KeyProblem::NotPem,
    KeyProblem::Cut,
    KeyProblem::Broken,
    KeyProblem::Json,
    KeyProblem::Unknown,
];

/// Every kind of key but RSA, by its number from `KINDS_FROM` on.
const KINDS: [KeyKind; 9] = [
    KeyKind::EcP256,
    KeyKind::EcOther("P-384"),
    KeyKind::EcOther("P-521"),
    KeyKind::EcOther("secp256k1"),
    asn1::UNNAMED_CURVE,
    asn1::OTHER_CURVE,
    KeyKind::Other("RSA-PSS"),
    KeyKind::Other("Ed25519"),
    asn1::OTHER_KIND,
];

const KINDS_FROM: usize = 16;

/// The number of an RSA key is this and the bits of its modulus.
const RSA_FROM: usize = 32;

/// Reads a text as [`read`] does, and tells what came of it.
pub fn tell(text: &str) -> Secret {
    let (number, pem) = match read(text) {
        Ok(key) => (number_of_kind(key.kind), key.pem),
        Err(problem) => (number_of_problem(problem), Secret::default()),
    };
    let number = digits(number);
    Secret::new([number.as_str(), "\n", pem.expose()].concat())
}

/// What [`tell`] told. A text that it never tells is no key.
pub fn hear(told: &str) -> Result<PrivateKey, KeyProblem> {
    let (first, pem) = told.split_once('\n').unwrap_or_default();
    let number = number(first).and_then(|number| usize::try_from(number).ok());
    let kind = number.and_then(|number| match number.checked_sub(RSA_FROM) {
        Some(bits) => u32::try_from(bits).ok().map(|bits| KeyKind::Rsa { bits }),
        None => KINDS.get(number.checked_sub(KINDS_FROM)?).copied(),
    });
    if let Some(kind) = kind {
        let pem = Secret::new(pem);
        return Ok(PrivateKey { kind, pem });
    }
    let problem = number.and_then(|number| PROBLEMS.get(number));
    Err(problem.copied().unwrap_or(KeyProblem::NotPem))
}

/// The place in [`PROBLEMS`].
const fn number_of_problem(problem: KeyProblem) -> usize {
    match problem {
        KeyProblem::Encrypted => 0,
        KeyProblem::Certificate => 1,
        KeyProblem::CertificateRequest => 2,
        KeyProblem::PublicKey => 3,
        KeyProblem::OpenSsh => 4,
        KeyProblem::Several => 5,
        KeyProblem::NotPem => 6,
        KeyProblem::Cut => 7,
        KeyProblem::Broken => 8,
        KeyProblem::Json => 9,
        KeyProblem::Unknown => 10,
    }
}

/// One that is not listed is told as one without a name.
fn number_of_kind(kind: KeyKind) -> usize {
    if let KeyKind::Rsa { bits } = kind {
        return RSA_FROM + usize::try_from(bits).unwrap_or_default();
    }
    let listed = KINDS.iter().position(|known| *known == kind);
    KINDS_FROM + listed.unwrap_or(KINDS.len() - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: [&str; 3] = [
        include_str!("../../../tests/fixtures/keys/rsa2048.pem"),
        include_str!("../../../tests/fixtures/keys/p256.pem"),
        include_str!("../../../tests/fixtures/keys/p384.pem"),
    ];

    #[test]
    fn what_is_told_is_heard() {
        for text in KEYS {
            let key = read(text).expect("is a key");
            assert_eq!(hear(tell(text).expose()), Ok(key));
        }
        for text in [
            "",
            "{}",
            "-----BEGIN CERTIFICATE-----",
            "-----BEGIN PRIVATE KEY-----",
        ] {
            assert_eq!(hear(tell(text).expose()), read(text), "{text}");
            assert!(read(text).is_err());
        }
    }

    #[test]
    fn everything_has_a_number_of_its_own() {
        for (at, problem) in PROBLEMS.into_iter().enumerate() {
            assert_eq!(number_of_problem(problem), at);
            assert_eq!(hear(&format!("{at}\n")), Err(problem));
        }
        for kind in asn1::kinds().chain([KeyKind::Rsa { bits: 1024 }]) {
            let heard = hear(&format!("{}\npem", number_of_kind(kind)));
            let pem = Secret::new("pem");
            assert_eq!(heard, Ok(PrivateKey { kind, pem }));
        }
        assert!(PROBLEMS.len() <= KINDS_FROM && KINDS_FROM + KINDS.len() <= RSA_FROM);
    }

    #[test]
    fn anything_else_is_no_key() {
        for told in ["", "7", "11\n", "25\npem", "x\npem", "-1\npem"] {
            assert!(hear(told).is_err(), "{told}");
        }
    }
}
