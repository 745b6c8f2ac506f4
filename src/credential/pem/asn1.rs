//! The few structures of ASN.1 that keys are written in, read only as far as tells them apart.

use der::asn1::ObjectIdentifier;
use der::{Decode, Length, Reader, SliceReader};

use super::{Half, KeyKind};

// Tags, as X.690 (section 8.1.2) makes them of class, form and number. Keys need no longer ones.
const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const OCTET_STRING: u8 = 0x04;
const OID: u8 = 0x06;
const SEQUENCE: u8 = 0x30;
/// `[0]` and `[1]` around something, and `[1]` in place of a primitive's own tag.
const TAGGED_0: u8 = 0xa0;
const TAGGED_1: u8 = 0xa1;
const IMPLICIT_1: u8 = 0x81;

const fn oid(arcs: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(arcs)
}

const RSA: ObjectIdentifier = oid("1.2.840.113549.1.1.1");
const EC: ObjectIdentifier = oid("1.2.840.10045.2.1");

/// A curve that its key does not name.
pub const UNNAMED_CURVE: KeyKind = KeyKind::EcOther("an unnamed curve");
/// A curve that has no name here.
pub const OTHER_CURVE: KeyKind = KeyKind::EcOther("another curve");
/// An algorithm that has no name here.
pub const OTHER_KIND: KeyKind = KeyKind::Other("another kind of key");

/// The other algorithms that have a name here (RFC 4055 and 8410): those that sign tokens elsewhere.
const ALGORITHMS: &Names = &[
    (oid("1.2.840.113549.1.1.10"), KeyKind::Other("RSA-PSS")),
    (oid("1.3.101.112"), KeyKind::Other("Ed25519")),
];

/// The curves that have a name here (RFC 5480, section 2.1.1.1; SEC 2 for the last).
const CURVES: &Names = &[
    (oid("1.2.840.10045.3.1.7"), KeyKind::EcP256),
    (oid("1.3.132.0.34"), KeyKind::EcOther("P-384")),
    (oid("1.3.132.0.35"), KeyKind::EcOther("P-521")),
    (oid("1.3.132.0.10"), KeyKind::EcOther("secp256k1")),
];

type Names = [(ObjectIdentifier, KeyKind)];

#[cfg(test)]
pub fn kinds() -> impl Iterator<Item = KeyKind> {
    let named = ALGORITHMS.iter().chain(CURVES);
    let named = named.map(|(_, kind)| *kind);
    named.chain([UNNAMED_CURVE, OTHER_CURVE, OTHER_KIND])
}

fn named(names: &Names, oid: &[u8]) -> Option<KeyKind> {
    let name = names.iter().find(|(known, _)| known.as_bytes() == oid);
    name.map(|(_, kind)| *kind)
}

/// The length that a SEQUENCE tells of itself. Whatever is recognised here begins in it with an
/// INTEGER or another SEQUENCE; anything else is no DER but happens to look like it.
pub fn told_length(der: &[u8]) -> Option<usize> {
    let mut reader = SliceReader::new(der).ok()?;
    let outer = reader.read_byte().ok()?;
    let length = Length::decode(&mut reader).ok()?;
    let inner = reader.peek_byte()?;
    let told = usize::try_from((reader.position() + length).ok()?).ok()?;
    (outer == SEQUENCE && matches!(inner, INTEGER | SEQUENCE)).then_some(told)
}

/// `OneAsymmetricKey` (RFC 5958, section 2), with the key inside it where its kind is known to us.
pub fn pkcs8(der: &[u8]) -> Option<KeyKind> {
    let mut key = Values::of(der)?;
    let [0 | 1] = key.next(INTEGER)? else {
        return None;
    };
    let mut algorithm = key.inside(SEQUENCE)?;
    let private = key.next(OCTET_STRING)?;
    key.next(TAGGED_0);
    key.next(IMPLICIT_1);
    key.end()?;

    let oid = algorithm.next(OID)?;
    if oid == RSA.as_bytes() {
        pkcs1(private)
    } else if oid == EC.as_bytes() {
        sec1(private)?;
        curve(algorithm)
    } else {
        Some(named(ALGORITHMS, oid).unwrap_or(OTHER_KIND))
    }
}

/// `ECPrivateKey` (RFC 5915, section 3).
pub fn sec1(der: &[u8]) -> Option<KeyKind> {
    let mut key = Values::of(der)?;
    let [1] = key.next(INTEGER)? else {
        return None;
    };
    key.next(OCTET_STRING)?.first()?;
    let parameters = key.inside(TAGGED_0);
    key.next(TAGGED_1);
    key.end()?;
    parameters.map_or(Some(UNNAMED_CURVE), curve)
}

/// `ECParameters` (RFC 5480, section 2.1.1): a name, or the curve's own numbers.
fn curve(mut parameters: Values) -> Option<KeyKind> {
    let name = parameters.next(OID);
    if name.is_none() {
        parameters.next(SEQUENCE)?;
    }
    parameters.end()?;
    let kind = name.and_then(|oid| named(CURVES, oid));
    Some(kind.unwrap_or(OTHER_CURVE))
}

/// `RSAPrivateKey` (RFC 8017, appendix A.1.2).
pub fn pkcs1(der: &[u8]) -> Option<KeyKind> {
    let mut key = Values::of(der)?;
    let [0 | 1] = key.next(INTEGER)? else {
        return None;
    };
    let modulus = key.positive()?;
    // The exponents, the primes and what is worked out from them.
    for _ in 0..7 {
        key.positive()?;
    }
    // Further primes.
    key.next(SEQUENCE);
    key.end()?;
    let unused = modulus.first()?.leading_zeros();
    let bits = u32::try_from(modulus.len()).ok()?.checked_mul(8)? - unused;
    Some(KeyKind::Rsa { bits })
}

/// The public half of a key that one of the above recognised: an RSA key holds it, one of a curve may.
pub fn half(der: &[u8]) -> Option<Half<'_>> {
    let mut key = Values::of(der)?;
    key.next(INTEGER)?;
    if key.inside(SEQUENCE).is_some() {
        return half(key.next(OCTET_STRING)?);
    }
    if let Some(modulus) = key.positive() {
        return Some(Half::Rsa(key.positive()?, modulus));
    }
    key.next(OCTET_STRING)?;
    key.next(TAGGED_0);
    let [0, point @ ..] = key.inside(TAGGED_1)?.next(BIT_STRING)? else {
        return None;
    };
    Some(Half::Point(point))
}

/// Values of DER, one after the other.
struct Values<'a>(SliceReader<'a>);

impl<'a> Values<'a> {
    fn new(der: &'a [u8]) -> Option<Self> {
        SliceReader::new(der).ok().map(Self)
    }

    /// The content of the next value if it has this tag; otherwise nothing is taken.
    fn next(&mut self, tag: u8) -> Option<&'a [u8]> {
        let mut ahead = self.0.clone();
        if ahead.read_byte().ok()? != tag {
            return None;
        }
        let length = Length::decode(&mut ahead).ok()?;
        let value = ahead.read_slice(length).ok()?;
        self.0 = ahead;
        Some(value)
    }

    /// The values of the one SEQUENCE that `der` is.
    fn of(der: &'a [u8]) -> Option<Self> {
        let mut whole = Self::new(der)?;
        let values = whole.inside(SEQUENCE)?;
        whole.end()?;
        Some(values)
    }

    /// The values inside the next one, if it has this tag.
    fn inside(&mut self, tag: u8) -> Option<Self> {
        Self::new(self.next(tag)?)
    }

    /// The next value as a positive number without its leading zeros (X.690, section 8.3).
    fn positive(&mut self) -> Option<&'a [u8]> {
        let number = self.next(INTEGER)?;
        let zeros = number.iter().take_while(|byte| **byte == 0).count();
        let digits = number.get(zeros..)?;
        (number.first()? < &0x80 && !digits.is_empty()).then_some(digits)
    }

    /// Nothing more, or this is not what it was taken for.
    fn end(self) -> Option<()> {
        self.0.is_finished().then_some(())
    }
}
