//! SSH private keys: in OpenSSH's own form, or in one of the older forms that OpenSSL writes.

mod container;

use ssh_key::public::{EcdsaPublicKey, KeyData, RsaPublicKey};
use ssh_key::{HashAlg, Mpint, PublicKey};

use crate::credential::pem::{self, Half, KeyKind, KeyProblem, PrivateKey};
use crate::credential::spec::{Own, Told};
use crate::credential::{Problem, Secret};

/// The text is one SSH private key.
pub static SSH_KEY: Own = Own {
    name: "ssh_key",
    list: false,
    judge: |judged| {
        let wrong = read(judged.value).err()?;
        Some(Problem::Own("not_an_ssh_key", words_for(wrong).to_owned()))
    },
};

/// A private key that was recognised.
struct Key {
    /// What it is, as it stands in a sentence: "an Ed25519 key in OpenSSH’s form".
    what: String,
    public: Option<PublicKey>,
    locked: bool,
    doubt: Option<Doubt>,
    /// The key in lines that end in LF.
    text: Secret,
}

/// What speaks against a key that can be read.
#[derive(Clone, Copy)]
enum Doubt {
    Dsa,
    Short,
}

/// What was pasted instead, or what is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wrong {
    Putty,
    OtherProgram,
    Hardware,
    Certificate,
    Pem(KeyProblem),
}

/// The key in the lines that it should have; nothing when the text is no key that can be used.
pub fn canonical(text: &str) -> Option<Secret> {
    read(text).ok().map(|key| key.text)
}

fn read(text: &str) -> Result<Key, Wrong> {
    if text.len() > pem::LIMIT {
        return Err(Wrong::Pem(KeyProblem::NotPem));
    }
    let squeezed = pem::squeeze(text);
    let has = |mark: &[u8]| pem::split(&squeezed, mark).is_some();
    if has(b"PuTTY-User-Key-File") {
        return Err(Wrong::Putty);
    }
    if has(b"-cert-v01@openssh.com") {
        return Err(Wrong::Certificate);
    }
    match pem::read(text) {
        Ok(key) => Ok(of_pem(key)),
        Err(KeyProblem::OpenSsh) => openssh(digits(&squeezed, "OPENSSH PRIVATE KEY")?),
        Err(KeyProblem::Encrypted) => locked(&squeezed),
        Err(KeyProblem::Unknown) if has(b"-BEGINDSAPRIVATEKEY-") => dsa(&squeezed),
        Err(KeyProblem::Unknown) if has(b"-BEGINSSH2ENCRYPTED") => Err(Wrong::OtherProgram),
        // Digits alone, which tell by their beginning what they are.
        Err(KeyProblem::NotPem) if squeezed.starts_with(container::DIGITS) => {
            openssh(pem::trim(&squeezed))
        }
        Err(KeyProblem::NotPem) if squeezed.starts_with(b"sk-") => {
            Err(Wrong::Pem(KeyProblem::PublicKey))
        }
        Err(problem) => Err(Wrong::Pem(problem)),
    }
}

/// What stands between the lines of the block with this label.
fn digits<'a>(squeezed: &'a [u8], label: &str) -> Result<&'a [u8], Wrong> {
    let label: Vec<u8> = label.bytes().filter(|byte| *byte != b' ').collect();
    let begin = [b"-BEGIN", label.as_slice(), b"-"].concat();
    let found = pem::split(squeezed, &begin).and_then(|(_, rest)| pem::split(rest, b"-END"));
    let (body, end) = found.ok_or(Wrong::Pem(KeyProblem::Cut))?;
    if end.starts_with(&label) {
        Ok(pem::trim(body))
    } else {
        Err(Wrong::Pem(KeyProblem::Cut))
    }
}

/// A key in OpenSSH's own form.
fn openssh(digits: &[u8]) -> Result<Key, Wrong> {
    let broken = Wrong::Pem(KeyProblem::Broken);
    let text = pem::framing("OPENSSH PRIVATE KEY", "", digits, 70);
    let bytes = pem::bytes(digits).ok_or(broken)?;
    let found = container::read(&bytes)?;
    let public = PublicKey::from_bytes(found.public).map_err(|_| broken)?;
    let (what, doubt) = match public.key_data() {
        KeyData::Ed25519(_) => ("an Ed25519 key".to_owned(), None),
        KeyData::Rsa(key) => {
            let modulus = key.n.as_positive_bytes().unwrap_or_default();
            let unused = modulus
                .first()
                .map_or(0, |byte| byte.leading_zeros() as usize);
            let bits = modulus.len() * 8 - unused;
            rsa(bits)
        }
        KeyData::Ecdsa(EcdsaPublicKey::NistP256(_)) => curve("P-256"),
        KeyData::Ecdsa(EcdsaPublicKey::NistP384(_)) => curve("P-384"),
        KeyData::Ecdsa(EcdsaPublicKey::NistP521(_)) => curve("P-521"),
        KeyData::Dsa(_) => ("a DSA key".to_owned(), Some(Doubt::Dsa)),
        KeyData::SkEd25519(_) | KeyData::SkEcdsaSha2NistP256(_) => return Err(Wrong::Hardware),
        _ => ("a key of another kind".to_owned(), None),
    };
    Ok(Key {
        what: words!("{} in OpenSSH’s form", what),
        public: Some(public),
        locked: found.locked,
        doubt,
        text,
    })
}

/// A key in a form of OpenSSL's.
fn of_pem(key: PrivateKey) -> Key {
    let (what, doubt) = match key.kind {
        KeyKind::Rsa { bits } => rsa(bits as usize),
        KeyKind::EcP256 => curve("P-256"),
        KeyKind::EcOther(name) => curve(name),
        KeyKind::Other(name) => (words!("a key of the kind {}", name), None),
    };
    let public = key.with_half(|half| match half {
        Half::Rsa(exponent, modulus) => {
            let e = Mpint::from_positive_bytes(exponent).ok()?;
            let n = Mpint::from_positive_bytes(modulus).ok()?;
            Some(KeyData::Rsa(RsaPublicKey { e, n }))
        }
        // The length of a point tells a curve of this many bits, not which one it is.
        Half::Point(point)
            if matches!(
                key.kind,
                KeyKind::EcP256 | KeyKind::EcOther("P-384" | "P-521")
            ) =>
        {
            EcdsaPublicKey::from_sec1_bytes(point)
                .ok()
                .map(KeyData::Ecdsa)
        }
        Half::Point(_) => None,
    });
    Key {
        what: words!("{} in PEM form", what),
        public: public.map(PublicKey::from),
        locked: false,
        doubt,
        text: key.pem,
    }
}

fn rsa(bits: usize) -> (String, Option<Doubt>) {
    let what = words!("an RSA key of {} bits", bits.to_string());
    (what, (bits < 2048).then_some(Doubt::Short))
}

fn curve(name: &str) -> (String, Option<Doubt>) {
    (words!("an ECDSA key on {}", name), None)
}

/// A key of OpenSSL's that a passphrase locks: as a whole, or with a header that says how.
fn locked(squeezed: &[u8]) -> Result<Key, Wrong> {
    let text = match digits(squeezed, "ENCRYPTED PRIVATE KEY") {
        Ok(digits) => {
            pem::decode(digits).map_err(Wrong::Pem)?;
            pem::framing("ENCRYPTED PRIVATE KEY", "", digits, 64)
        }
        Err(wrong) => with_header(squeezed, wrong)?,
    };
    Ok(Key {
        what: "a private key in PEM form".to_owned(),
        public: None,
        locked: true,
        doubt: None,
        text,
    })
}

/// The form of RFC 1421: a header names the cipher and where it begins, an empty line ends it.
fn with_header(squeezed: &[u8], mut wrong: Wrong) -> Result<Secret, Wrong> {
    for label in ["RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY"] {
        let Ok(body) = digits(squeezed, label) else {
            continue;
        };
        wrong = Wrong::Pem(KeyProblem::Broken);
        let Some((_, rest)) = pem::split(body, b"DEK-Info:") else {
            continue;
        };
        let Some((cipher, rest)) = pem::split(rest, b",") else {
            continue;
        };
        // A block of the cipher in hexadecimal digits: 8 bytes for those with DES, 16 for the others.
        let length = if pem::split(cipher, b"DES").is_some() {
            16
        } else {
            32
        };
        let Some((start, body)) = rest.split_at_checked(length) else {
            continue;
        };
        let (Ok(cipher), Ok(start)) = (str::from_utf8(cipher), str::from_utf8(start)) else {
            continue;
        };
        let whole = pem::bytes(body)
            .is_some_and(|bytes| !bytes.is_empty() && bytes.len().is_multiple_of(8));
        if whole && start.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            let head = [
                "\nProc-Type: 4,ENCRYPTED\nDEK-Info: ",
                cipher,
                ",",
                start,
                "\n",
            ]
            .concat();
            return Ok(pem::framing(label, &head, body, 64));
        }
    }
    Err(wrong)
}

/// A DSA key in the old form of OpenSSL's.
fn dsa(squeezed: &[u8]) -> Result<Key, Wrong> {
    if pem::split(squeezed, b"4,ENCRYPTED").is_some() {
        return locked(squeezed);
    }
    let digits = digits(squeezed, "DSA PRIVATE KEY")?;
    pem::decode(digits).map_err(Wrong::Pem)?;
    Ok(Key {
        what: "a DSA key in PEM form".to_owned(),
        public: None,
        locked: false,
        doubt: Some(Doubt::Dsa),
        text: pem::framing("DSA PRIVATE KEY", "", digits, 64),
    })
}

/// What was pasted instead, and what to do about it.
const fn words_for(wrong: Wrong) -> &'static str {
    match wrong {
        Wrong::Putty => {
            "This is a PuTTY key. Export it as an OpenSSH key with PuTTYgen and paste that"
        }
        Wrong::OtherProgram => {
            "This is a key in the form of another SSH program. Turn it into an OpenSSH key with ssh-keygen -i and \
             paste that"
        }
        Wrong::Hardware => {
            "This key works only together with the security key that it was made on. Make one that is kept in a file"
        }
        Wrong::Certificate
        | Wrong::Pem(KeyProblem::Certificate | KeyProblem::CertificateRequest) => {
            "This is a certificate. Paste the private key that belongs to it"
        }
        Wrong::Pem(KeyProblem::PublicKey) => {
            "This is a public key. Paste the private key that belongs to it; its file has the same name without .pub"
        }
        Wrong::Pem(KeyProblem::Several) => {
            "There is more than one private key here. Paste the one to use"
        }
        Wrong::Pem(KeyProblem::Cut) => {
            "A part of the private key is missing. Paste all of it, from its BEGIN line to its END line"
        }
        Wrong::Pem(KeyProblem::Broken) => {
            "The private key is damaged or not whole. Copy it again from its file, or drop the file here"
        }
        Wrong::Pem(KeyProblem::Json) => {
            "This is a JSON file. Paste only the private key that stands in it"
        }
        Wrong::Pem(
            KeyProblem::NotPem | KeyProblem::Unknown | KeyProblem::Encrypted | KeyProblem::OpenSsh,
        ) => {
            "This is no SSH private key. Paste the text that begins with BEGIN OPENSSH PRIVATE KEY"
        }
    }
}

/// What a key says of itself.
pub fn tells(value: &str, _: i64) -> Vec<Told> {
    let Ok(key) = read(value) else {
        return Vec::new();
    };
    let mut found = words!("This is {}.", key.what);
    if let Some(public) = &key.public {
        let print = public.fingerprint(HashAlg::Sha256).to_string();
        found.push_str(&words!(" Its fingerprint is {}.", print));
    }
    let mut told = vec![Told::found(found)];
    if key.locked {
        told.push(Told::doubt(
            "This key is locked with a passphrase.",
            "Adobe has no field for a passphrase, so it may not be able to use the key. ssh-keygen -p takes the \
             passphrase off a copy. It is sent as it stands.",
        ));
    }
    let doubt = key.doubt.map(|doubt| match doubt {
        Doubt::Dsa => Told::doubt(
            "This is a DSA key.",
            "Most servers take none any more. An Ed25519 key, or an RSA key of 3072 bits, is safer.",
        ),
        Doubt::Short => Told::doubt(
            "This RSA key is short.",
            "Many servers take none with fewer than 2048 bits. One of 3072 bits is safer.",
        ),
    });
    told.extend(doubt);
    told
}

#[cfg(test)]
mod tests;
