//! Private keys, read by a module of its own: most people hold another kind of credential, and load nothing for this one.

use crate::browser;
use crate::console::Session;
use crate::credential::pem::{KeyProblem, LIMIT, PrivateKey, ReadKeys, told};
use crate::credential::{FieldError, FieldKind, FieldSpec, FormSpec, Problem, Secret};
use crate::text::{self, wording};
use crate::ui::FormState;
use crate::ui::state::{Derived, effect, on_change};

/// What that module tells of a text; [`Elsewhere`] understands it.
pub fn tell(text: String) -> Secret {
    told::tell(Secret::new(text).expose())
}

/// What reads private keys, once it is there. Until then nothing is known of them.
pub struct Elsewhere;

impl ReadKeys for Elsewhere {
    fn read(text: &str) -> Result<PrivateKey, Problem> {
        // An empty text would have it loaded.
        if text.is_empty() || text.len() > LIMIT {
            return Err(Problem::Key(KeyProblem::NotPem));
        }
        let told = browser::ask_keys(text).ok_or(Problem::KeyUnread)?;
        told::hear(told.expose()).map_err(Problem::Key)
    }
}

/// Has it loaded while a form that wants a private key is `shown`, and once more when that did not pass because it had not
/// come.
pub(super) fn watch(form: FormState, shown: impl Fn() -> bool + 'static) {
    let shown = Derived::new(shown);
    effect(move || {
        let spec = form.spec.get();
        if shown.get() {
            prepare(form, spec);
        }
    });
    on_change(form.reports, move || {
        if form.errors.peek().iter().any(waits) {
            prepare(form, form.spec.get_untracked());
        }
    });
}

/// Where it is there already, it reads what was typed before the person chose another way.
fn prepare(form: FormState, spec: &FormSpec) {
    if wants(spec) && browser::ask_keys("").is_some() {
        read(form);
    }
}

/// It is there, and reads what was typed before; or it is not, for the reason of this `code`, which the page is told.
pub(super) fn came(session: Session, form: FormState, code: &str) {
    if !wants(form.spec.get_untracked()) {
        return;
    }
    match session.host {
        Some(host) if !code.is_empty() => {
            let words = wording::of(text::KEY_UNREAD);
            host.fail(code, &words, code == "key_unreachable");
        }
        _ => read(form),
    }
}

/// Reads what was typed before it was there.
fn read(form: FormState) {
    for field in form.spec.get_untracked().fields {
        if !is_key(field) {
            continue;
        }
        // Under the cursor nothing changes; it is read when the person leaves it.
        let root = form.root.get();
        if !root.is_some_and(|root| browser::is_focused(&root, field.name)) {
            form.left(field);
        }
        let from_file = form
            .files
            .peek()
            .iter()
            .any(|(name, _)| *name == field.name);
        if from_file || form.errors.peek().iter().any(waits) {
            form.judge(field);
        }
    }
    // Whether it passes may be another matter now.
    form.draft.update(|_| ());
}

fn waits(error: &FieldError) -> bool {
    error.problem == Problem::KeyUnread
}

fn is_key(field: &FieldSpec) -> bool {
    matches!(field.kind, FieldKind::PrivateKey(_))
}

fn wants(spec: &FormSpec) -> bool {
    spec.fields.iter().any(is_key)
}
