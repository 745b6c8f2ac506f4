//! A file that is one private key.

use super::{Kind, Pasted, Unread, one};
use crate::credential::Secret;
use crate::credential::pem::{self, KeyProblem};
use crate::credential::seek::holds;

/// The private key that a text is, or what it is instead; nothing when it is no key at all.
pub fn read(text: &str) -> Option<Result<Pasted, Unread>> {
    if text.starts_with("PuTTY-User-Key-File") {
        return Some(Err(Unread::Putty));
    }
    // OpenSSL may say in front of a block what is in it; a file of settings has its names there.
    let head = text.lines().next().unwrap_or_default();
    let framed = head.starts_with(['-', '\u{2013}', '\u{2014}']) && holds(head, "BEGIN")
        || text.starts_with("Bag Attributes");
    let public = ["ssh-", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-"]
        .iter()
        .any(|start| text.starts_with(start));
    if public {
        let is_certificate = holds(head, "-cert-v01@");
        return Some(Err(if is_certificate {
            Unread::Certificate
        } else {
            Unread::PublicKey
        }));
    }
    framed.then(|| inside(text))
}

/// The one private key that stands anywhere in a text.
pub fn inside(text: &str) -> Result<Pasted, Unread> {
    let found = match pem::read(text) {
        Err(KeyProblem::PublicKey) => Err(Unread::PublicKey),
        Err(KeyProblem::Certificate | KeyProblem::CertificateRequest) => Err(Unread::Certificate),
        Err(KeyProblem::Cut) => Err(Unread::Cut),
        Err(KeyProblem::OpenSsh) if !holds(text, "END") => Err(Unread::Cut),
        Err(KeyProblem::OpenSsh) => Ok(Kind::SshKey),
        // What else is wrong with a key, its field says better.
        Ok(_) | Err(KeyProblem::Encrypted | KeyProblem::Broken | KeyProblem::Several) => {
            Ok(Kind::PrivateKey)
        }
        Err(KeyProblem::Unknown) if holds(text, "BEGIN DSA PRIVATE KEY") => Ok(Kind::SshKey),
        Err(KeyProblem::Unknown | KeyProblem::NotPem | KeyProblem::Json) => Err(Unread::Unknown),
    };
    found.map(|kind| {
        let name = match kind {
            Kind::SshKey => "sshKey",
            _ => "privateKey",
        };
        one(kind, name, Secret::new(text))
    })
}
