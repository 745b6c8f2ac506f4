//! An SSH key: what it is brought into, what is wrong with it, and what it tells.

use credenza::credential::clean::clean;
use credenza::credential::{Draft, Secret, Service, catalog, validate};

/// Takes anything; panics when a promise is broken.
pub fn run(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    let spec = catalog::find(Service::Destinations, "ssh").expect("row");
    let field = spec.field("sshKey").expect("field");
    let (once, _) = clean(field.kind, &Secret::new(text));
    let (twice, _) = clean(field.kind, &once);
    assert!(once == twice, "cleaning what is clean changes nothing");
    assert!(!once.expose().contains('\r'));

    let mut draft = Draft::default();
    for (name, value) in [("name", "acme"), ("username", "ann"), ("sshKey", text)] {
        draft.set(spec, spec.field(name).expect("field"), Secret::new(value));
    }
    let told = (field.tells)(text, 0);
    match validate(spec, &draft) {
        Ok(credential) => {
            let key = credential.secret("sshKey");
            assert!(key == once);
            assert!(key.expose().starts_with("-----BEGIN ") && key.expose().ends_with("-----\n"));
            assert!(key.expose().is_ascii());
            assert!(!told.is_empty(), "what was taken is told");
            assert!(
                told == (field.tells)(key.expose(), 0),
                "the same key tells the same"
            );
        }
        Err(errors) => {
            assert!(errors.iter().all(|error| error.field == "sshKey"));
            assert!(told.is_empty(), "what was refused tells nothing");
        }
    }
}
