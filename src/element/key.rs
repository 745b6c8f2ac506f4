//! Private keys, read by a module of its own: most people hold another kind of credential, and load nothing for this one.

use crate::browser;
use crate::console::Session;
use crate::credential::pem::{PrivateKey, ReadKeys, told};
use crate::credential::{FieldKind, FormSpec, Problem};
use crate::text::{element as words, wording};
use crate::ui::FormState;

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
pub(super) fn prepare(spec: &FormSpec) {
    if wants(spec) {
        browser::ask_keys("");
    }
}

/// It is there, and reads what was typed before; or it is not, for the reason of this `code`, which the page is told.
pub(super) fn came(session: Session, form: FormState, code: &str) {
    if !wants(form.spec.get_untracked()) {
        return;
    }
    match session.host {
        Some(host) if !code.is_empty() => host.fail(code, &wording::of(words::NO_KEYS), true),
        _ => form.read_keys(),
    }
}

fn wants(spec: &FormSpec) -> bool {
    let mut fields = spec.fields.iter();
    fields.any(|field| matches!(field.kind, FieldKind::PrivateKey(_)))
}
