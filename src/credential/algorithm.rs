//! The signature algorithms that the service names.

use super::pem::KeyKind;

/// A signature algorithm of JSON Web Tokens (RFC 7518 section 3.1) that the service names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// ECDSA over the curve P-256.
    Es256,
    /// RSA with a modulus of at least 2048 bits.
    Rs256,
}

impl Algorithm {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Es256, Self::Rs256];

    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Es256 => "ES256",
            Self::Rs256 => "RS256",
        }
    }

    /// True when a key of this kind can sign with it.
    pub const fn fits(self, kind: KeyKind) -> bool {
        match (self, kind) {
            (Self::Es256, KeyKind::EcP256) => true,
            (Self::Rs256, KeyKind::Rsa { bits }) => bits >= 2048,
            _ => false,
        }
    }

    /// The one that a key of this kind can sign with, if there is one.
    pub fn of(kind: KeyKind) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.fits(kind))
    }
}
