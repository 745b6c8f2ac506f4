//! Private keys, read by a module of its own: most people hold another kind of credential, and load nothing for this one.

use crate::browser;
use crate::credential::pem::{PrivateKey, ReadKeys, told};
use crate::credential::{FieldKind, FormSpec, Problem};

/// What that module tells of a text; [`Elsewhere`] understands it.
pub fn tell(text: &str) -> String {
    told::tell(text).expose().to_owned()
}

/// What reads private keys, once it is there. Until then nothing is known of them.
pub struct Elsewhere;

impl ReadKeys for Elsewhere {
    fn read(text: &str) -> Result<PrivateKey, Problem> {
        let told = browser::ask_keys(text).ok_or(Problem::KeyUnread)?;
        told::hear(&told).map_err(Problem::Key)
    }
}

/// Has it loaded ahead of time when a form wants a private key.
pub fn prepare(spec: &FormSpec) {
    let mut fields = spec.fields.iter();
    if fields.any(|field| matches!(field.kind, FieldKind::PrivateKey(_))) {
        browser::ask_keys("");
    }
}
