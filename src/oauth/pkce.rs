//! Texts that nobody can guess, and their hashes (RFC 7636).

use sha2::{Digest, Sha256};

use crate::credential::Secret;

/// A text of 43 characters that stands for 32 random bytes: a `code_verifier` (RFC 7636 section 4.1), or a
/// `state`. Every byte comes through whole, so that each character is as likely as the next.
pub fn unguessable(chance: &[u8; 32]) -> Secret {
    Secret::new(base64url(chance))
}

/// The base64url of the SHA-256 of a text: the `code_challenge` of a verifier by `S256` (RFC 7636 section
/// 4.2; there is no other method here), and what a `state` is called by where it must not stand itself.
pub fn hash(text: &str) -> String {
    let digest: [u8; 32] = Sha256::digest(text).into();
    base64url(&digest)
}

/// RFC 4648 section 5, without padding.
fn base64url(bytes: &[u8; 32]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut out = String::with_capacity(43);
    let (mut word, mut bits) = (0_u32, 0);
    // 256 bits are 42 digits and two thirds of one; the byte after them fills it with zeros.
    for byte in bytes.iter().chain([&0]) {
        word = word << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 6 && out.len() < 43 {
            bits -= 6;
            out.push(char::from(DIGITS[(word >> bits & 63) as usize]));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// RFC 7636, Appendix B.
    const OCTETS: [u8; 32] = [
        116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37,
        77, 105, 214, 191, 240, 91, 88, 5, 88, 83, 132, 141, 121,
    ];

    #[test]
    fn d07_challenge_passes_the_rfc_vector() {
        let verifier = unguessable(&OCTETS);
        assert_eq!(
            verifier.expose(),
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        );
        assert_eq!(
            hash(verifier.expose()),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }

    #[test]
    fn hashes_are_those_of_an_established_hash() {
        // FIPS 180-4 examples, in base64url.
        assert_eq!(hash(""), "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU");
        assert_eq!(hash("abc"), "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
    }

    #[test]
    fn d06_verifiers_carry_every_bit_and_have_no_bias() {
        let letters = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let zero = unguessable(&[0; 32]);
        let (mut seen, mut used) = (BTreeSet::new(), BTreeSet::new());
        for bit in 0..256 {
            let mut chance = [0; 32];
            chance[bit / 8] = 128 >> (bit % 8);
            let text = unguessable(&chance).expose().to_owned();
            assert!(text.len() == 43 && text.chars().all(letters), "{text}");
            // Each bit has a place of its own in one character, so that bits without bias make
            // characters without bias.
            let changed = text.bytes().zip(zero.expose().bytes());
            let changed: Vec<_> = changed.enumerate().filter(|(_, (a, b))| a != b).collect();
            assert_eq!((changed.len(), changed[0].0), (1, bit / 6), "{bit}");
            seen.insert(text);
        }
        assert_eq!(seen.len(), 256);
        for value in 0..64_u8 {
            let text = unguessable(&[value << 2; 32]);
            used.extend(text.expose().chars().next());
        }
        assert_eq!(used.len(), 64);
    }

    #[test]
    fn d08_a_state_says_nothing_about_the_flow() {
        let (one, other) = (unguessable(&[7; 32]), unguessable(&[8; 32]));
        assert_ne!(one, other);
        assert!(!format!("{one:?}").contains(one.expose()));
    }
}
