//! What OpenSSH writes around a private key (PROTOCOL.key of its sources), read as far as tells a whole key from
//! a part of one.
//!
//! The library's own reader of it takes no key whose secret number begins with a zero byte, which OpenSSH leaves
//! out: one in 512 of those on P-256. So it is given the public half alone.

use super::Wrong;
use crate::credential::pem::KeyProblem;

/// How every one of these begins in base64.
pub const DIGITS: &[u8] = b"b3BlbnNzaC1rZXktdjEA";

const MAGIC: &[u8] = b"openssh-key-v1\0";

/// The one key of a container that is whole.
pub struct Found<'a> {
    /// The public half, in the form of RFC 4253 (section 6.6).
    pub public: &'a [u8],
    /// A passphrase locks the private half.
    pub locked: bool,
}

pub fn read(bytes: &[u8]) -> Result<Found<'_>, Wrong> {
    let mut fields = Fields(bytes);
    fields.whole().ok_or(Wrong::Pem(KeyProblem::Broken))?
}

/// Texts and numbers, one after the other (RFC 4251, section 5).
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn number(&mut self) -> Option<usize> {
        let (number, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        usize::try_from(u32::from_be_bytes(*number)).ok()
    }

    /// The next text; nothing, and nothing taken, when there is no whole one.
    fn text(&mut self) -> Option<&'a [u8]> {
        let mut ahead = Self(self.0);
        let length = ahead.number()?;
        let (text, rest) = ahead.0.split_at_checked(length)?;
        self.0 = rest;
        Some(text)
    }

    fn whole(&mut self) -> Option<Result<Found<'a>, Wrong>> {
        self.0 = self.0.strip_prefix(MAGIC)?;
        let cipher = self.text()?;
        self.text()?;
        self.text()?;
        match self.number()? {
            1 => {}
            0 => return None,
            _ => return Some(Err(Wrong::Pem(KeyProblem::Several))),
        }
        let public = self.text()?;
        let private = self.text()?;
        let locked = cipher != b"none";
        let whole = if locked {
            // Some ciphers leave a mark of 16 bytes behind.
            !private.is_empty() && matches!(self.0.len(), 0 | 16)
        } else {
            self.0.is_empty() && belongs(private, public)?
        };
        whole.then_some(Ok(Found { public, locked }))
    }
}

/// True when the private half repeats the public one, and ends as it should.
fn belongs(private: &[u8], public: &[u8]) -> Option<bool> {
    let mut fields = Fields(private);
    // The same number twice tells that a passphrase was the right one.
    if fields.number()? != fields.number()? {
        return Some(false);
    }
    let mut known = Fields(public);
    let name = known.text()?;
    if name == b"ssh-rsa" {
        // The one kind that turns the two numbers round.
        let (exponent, modulus) = (known.text()?, known.text()?);
        let told = [fields.text()?, fields.text()?, fields.text()?];
        if told != [name, modulus, exponent] {
            return Some(false);
        }
    } else if let Some(rest) = fields.0.strip_prefix(public) {
        fields.0 = rest;
        // Of a security key's there is a byte before the texts.
        if name.starts_with(b"sk-") {
            return Some(true);
        }
    } else {
        return Some(false);
    }
    // The secret numbers and a comment, then 1, 2, 3 and so on up to a whole block.
    while fields.text().is_some() {}
    let filled = fields.0.iter().zip(1_u8..).all(|(byte, at)| *byte == at);
    Some(private.len().is_multiple_of(8) && fields.0.len() < 8 && filled)
}
