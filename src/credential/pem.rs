//! A pasted private key: what it is, and its one canonical text.
//!
//! Copying does much to a key. Line breaks become `\n` or spaces or nothing, a word processor draws
//! the dashes, quotation marks come along. None of these carries meaning between the two marks of a
//! key, so all of it is dropped first. What is left must decode to the last byte.

use zeroize::Zeroizing;

use super::{Problem, Secret};

mod asn1;
pub mod told;

/// What a private key is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// RSA (RFC 8017, appendix A.1.2).
    Rsa {
        /// The length of its modulus.
        bits: u32,
    },
    /// An elliptic curve key on P-256 (RFC 5915), as ES256 wants it.
    EcP256,
    /// An elliptic curve key on another curve: its name, or that it has none that we know.
    EcOther(&'static str),
    /// Any other kind of key: its name, or that it has none that we know.
    Other(&'static str),
}

/// A private key that was recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrivateKey {
    /// What the key is made for.
    pub kind: KeyKind,
    /// The key under its own label, in lines of 64 characters that end in LF (RFC 7468, section 3).
    pub pem: Secret,
}

/// What was pasted instead, or what is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyProblem {
    /// A private key that a passphrase locks.
    Encrypted,
    /// A certificate, or a chain of them, without a key.
    Certificate,
    /// A request for a certificate.
    CertificateRequest,
    /// The public half of a key.
    PublicKey,
    /// A private key in the format of OpenSSH.
    OpenSsh,
    /// More than one private key.
    Several,
    /// No `BEGIN` and `END` lines, and no key in base64 either; or more than 64 KiB.
    NotPem,
    /// The beginning or the end is missing.
    Cut,
    /// No base64 between the lines, or not what the label says.
    Broken,
    /// A JSON document, such as a service account's file.
    Json,
    /// Something else between `BEGIN` and `END` lines.
    Unknown,
}

/// What reads private keys.
pub trait ReadKeys {
    /// Does what [`read`] does, or says that it cannot yet.
    fn read(text: &str) -> Result<PrivateKey, Problem>;
}

/// They are read in this module.
pub struct Here;

impl ReadKeys for Here {
    fn read(text: &str) -> Result<PrivateKey, Problem> {
        read(text).map_err(Problem::Key)
    }
}

/// Longer texts are not looked at. An RSA key of 16,384 bits takes 13 kB.
pub const LIMIT: usize = 64 * 1024;

// The marks and labels are compared as `squeeze` leaves them.
const BEGIN: &[u8] = b"-BEGIN";
const END: &[u8] = b"-END";

/// The labels of a private key that is not encrypted, and what reads the DER below each.
const FORMS: [Form; 3] = [
    Form {
        squeezed: b"PRIVATEKEY",
        label: "PRIVATE KEY",
        read: asn1::pkcs8,
    },
    Form {
        squeezed: b"ECPRIVATEKEY",
        label: "EC PRIVATE KEY",
        read: asn1::sec1,
    },
    Form {
        squeezed: b"RSAPRIVATEKEY",
        label: "RSA PRIVATE KEY",
        read: asn1::pkcs1,
    },
];

struct Form {
    squeezed: &'static [u8],
    label: &'static str,
    read: fn(&[u8]) -> Option<KeyKind>,
}

/// Recognises the one private key in a pasted text.
///
/// Takes PKCS#8 (RFC 5958), SEC1 (RFC 5915) and PKCS#1 (RFC 8017) as PEM (RFC 7468), with anything
/// before, between and after the blocks, or as base64 alone. Certificates beside a key are passed
/// over. The DER stays byte for byte what was pasted, and the canonical text reads as itself.
/// Fails with what the text is instead. That the numbers make a working key is not checked.
pub fn read(text: &str) -> Result<PrivateKey, KeyProblem> {
    if text.len() > LIMIT {
        return Err(KeyProblem::NotPem);
    }
    let text = squeeze(text);
    if text.first() == Some(&b'{') {
        return Err(KeyProblem::Json);
    }
    let Some((_, mut rest)) = split(&text, BEGIN) else {
        return bare(&text);
    };
    let mut key = None;
    let mut beside = KeyProblem::Unknown;
    loop {
        let (block, next) = match split(rest, BEGIN) {
            Some((block, next)) => (block, Some(next)),
            None => (rest, None),
        };
        match framed(block) {
            Err(KeyProblem::Unknown) => {}
            Err(
                problem @ (KeyProblem::Certificate
                | KeyProblem::CertificateRequest
                | KeyProblem::PublicKey),
            ) => beside = problem,
            found if key.is_none() => key = Some(found),
            _ => return Err(KeyProblem::Several),
        }
        match next {
            Some(next) => rest = next,
            None => return key.unwrap_or(Err(beside)),
        }
    }
}

/// Leaves the visible ASCII characters alone, without quotation marks and written escapes.
///
/// A character that is dropped here although it meant something is missed later: DER tells its
/// own length.
pub(super) fn squeeze(text: &str) -> Zeroizing<Vec<u8>> {
    // Nothing gets longer, so the buffer never moves and leaves no copy behind.
    let mut kept = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut rest = text.as_bytes();
    loop {
        rest = match rest {
            // Line breaks as JSON and shells write them, `=` as some writers of JSON do (\u003d),
            // then any backslash that is left, and quotation marks.
            [b'\\', b'u', a, b, c, d, rest @ ..]
                if [a, b, c, d].iter().all(|digit| digit.is_ascii_hexdigit()) =>
            {
                rest
            }
            [b'\\', b'n' | b'r' | b't', rest @ ..] | [b'\\' | b'"' | b'\'' | b'`', rest @ ..] => {
                rest
            }
            // U+2010 to U+2015, from the hyphen to the horizontal bar.
            [0xe2, 0x80, 0x90..=0x95, rest @ ..] => {
                kept.push(b'-');
                rest
            }
            [visible @ b'!'..=b'~', rest @ ..] => {
                kept.push(*visible);
                rest
            }
            [_, rest @ ..] => rest,
            [] => return kept,
        };
    }
}

/// What stands before and after the first `mark`.
pub(super) fn split<'a>(text: &'a [u8], mark: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let at = text.windows(mark.len()).position(|seen| seen == mark)?;
    Some((text.get(..at)?, text.get(at + mark.len()..)?))
}

/// Reads what follows one `BEGIN`, up to the next one.
fn framed(block: &[u8]) -> Result<PrivateKey, KeyProblem> {
    let (label, rest) = split(block, b"-").ok_or(KeyProblem::Cut)?;
    let Some(form) = FORMS.iter().find(|form| form.squeezed == label) else {
        return Err(match label {
            b"ENCRYPTEDPRIVATEKEY" => KeyProblem::Encrypted,
            b"OPENSSHPRIVATEKEY" => KeyProblem::OpenSsh,
            _ if label.ends_with(b"CERTIFICATE") => KeyProblem::Certificate,
            _ if label.ends_with(b"CERTIFICATEREQUEST") => KeyProblem::CertificateRequest,
            _ if label.ends_with(b"PUBLICKEY") => KeyProblem::PublicKey,
            _ => KeyProblem::Unknown,
        });
    };
    // The header that OpenSSL writes (RFC 1421, section 4.6.1.1). Base64 has no comma.
    if split(rest, b"4,ENCRYPTED").is_some() {
        return Err(KeyProblem::Encrypted);
    }
    let (body, end) = split(rest, END).ok_or(KeyProblem::Cut)?;
    if !end.starts_with(label) {
        let cut = label.starts_with(end);
        return Err(if cut {
            KeyProblem::Cut
        } else {
            KeyProblem::Broken
        });
    }
    let digits = trim(body);
    let der = decode(digits).map_err(|problem| match problem {
        KeyProblem::NotPem => KeyProblem::Broken,
        problem => problem,
    })?;
    let kind = (form.read)(&der).ok_or(KeyProblem::Broken)?;
    Ok(form.write(kind, digits))
}

/// Reads base64 without lines around it, perhaps with a name and `=` or `:` in front.
fn bare(text: &[u8]) -> Result<PrivateKey, KeyProblem> {
    if text.starts_with(b"ssh-") || text.starts_with(b"ecdsa-sha2-") {
        return Err(KeyProblem::PublicKey);
    }
    if split(text, END).is_some() {
        return Err(KeyProblem::Cut);
    }
    // Any SEQUENCE begins with M in base64.
    let named = split(text, b"=M").or_else(|| split(text, b":M"));
    let digits = named.map_or(0, |(name, _)| name.len() + 1);
    let digits = trim(text.get(digits..).unwrap_or_default());
    let der = decode(digits)?;
    for form in &FORMS {
        if let Some(kind) = (form.read)(&der) {
            return Ok(form.write(kind, digits));
        }
    }
    // A certificate or a public key without its lines is not told apart: it is no key.
    Err(KeyProblem::NotPem)
}

/// Drops what may stand around the digits: dashes, padding, and how a line of code ends.
pub(super) fn trim(mut body: &[u8]) -> &[u8] {
    while let [b'-', inner @ ..] | [inner @ .., b'-' | b'=' | b',' | b';'] = body {
        body = inner;
    }
    body
}

/// The one DER SEQUENCE that `digits` hold, to the last byte.
pub(super) fn decode(digits: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyProblem> {
    // Room for everything at once, so that no copy is left behind by growing.
    let mut der = Zeroizing::new(Vec::with_capacity(digits.len() / 4 * 3 + 2));
    // A cut seldom falls between two groups of four digits. The groups before it still tell.
    let (groups, last) = digits.split_at(digits.len() / 4 * 4);
    for group in groups.chunks(4) {
        push_bytes(group, &mut der).ok_or(KeyProblem::NotPem)?;
    }
    let full = last.is_empty() || push_bytes(last, &mut der).is_some();
    let told = asn1::told_length(&der).ok_or(KeyProblem::NotPem)?;
    if told > der.len() {
        Err(KeyProblem::Cut)
    } else if told == der.len() && full {
        Ok(der)
    } else {
        Err(KeyProblem::Broken)
    }
}

/// The bytes of base64 (RFC 4648, section 4), padded as it should be.
pub fn base64(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let digits = text.trim_end_matches('=');
    let padded = text.len().is_multiple_of(4) && text.len() - digits.len() < 3;
    padded.then(|| bytes(digits.as_bytes())).flatten()
}

/// The bytes of base64 without its padding.
pub(super) fn bytes(digits: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    // Room for everything at once, so that no copy is left behind by growing.
    let mut bytes = Zeroizing::new(Vec::with_capacity(digits.len()));
    for group in digits.chunks(4) {
        push_bytes(group, &mut bytes)?;
    }
    Some(bytes)
}

/// Decodes up to four digits of base64. Bits that belong to no byte must be zero.
fn push_bytes(group: &[u8], out: &mut Vec<u8>) -> Option<()> {
    let mut bits = 0_u32;
    for digit in group {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
    }
    let bytes = group.len() * 6 / 8;
    let spare = group.len() * 6 - bytes * 8;
    if bytes == 0 || bits & ((1 << spare) - 1) != 0 {
        return None;
    }
    let [_, all @ ..] = (bits >> spare << (8 * (3 - bytes))).to_be_bytes();
    out.extend_from_slice(all.get(..bytes)?);
    Some(())
}

impl Form {
    /// The canonical text. The digits are those that were read, so the DER stays the same.
    fn write(&self, kind: KeyKind, digits: &[u8]) -> PrivateKey {
        PrivateKey {
            kind,
            pem: framing(self.label, "", digits, 64),
        }
    }
}

/// A block with this label: what stands above its digits, and the digits in lines of this many.
pub(super) fn framing(label: &str, head: &str, digits: &[u8], width: usize) -> Secret {
    let padded = digits.len().next_multiple_of(4);
    // Room for everything at once, so that no copy is left behind by growing.
    let room = padded + padded / width + 2 * label.len() + head.len() + 40;
    let mut pem = String::with_capacity(room);
    for part in ["-----BEGIN ", label, "-----", head] {
        pem.push_str(part);
    }
    for at in 0..padded {
        if at % width == 0 {
            pem.push('\n');
        }
        pem.push(digits.get(at).map_or('=', |digit| char::from(*digit)));
    }
    for part in ["\n-----END ", label, "-----\n"] {
        pem.push_str(part);
    }
    Secret::new(pem)
}

/// The public half of a key that was recognised, where its text holds it.
pub(super) enum Half<'a> {
    /// The exponent and the modulus.
    Rsa(&'a [u8], &'a [u8]),
    /// The point of an elliptic curve key (SEC 1, section 2.3.3).
    Point(&'a [u8]),
}

impl PrivateKey {
    /// Passes the public half to `use_it`, if the text holds it.
    pub(super) fn with_half<T>(&self, use_it: impl Fn(Half<'_>) -> Option<T>) -> Option<T> {
        let text = squeeze(self.pem.expose());
        let (_, block) = split(&text, b"KEY-")?;
        let (digits, _) = split(block, END)?;
        let der = decode(trim(digits)).ok()?;
        use_it(asn1::half(&der)?)
    }
}

#[cfg(test)]
mod tests;
