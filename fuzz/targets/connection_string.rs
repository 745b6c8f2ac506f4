//! An Azure connection string: what is wrong with it, what it tells, and that neither repeats its key.

use credenza::credential::{Draft, Problem, Secret, Service, Told, catalog, validate};

/// 2026-11-25, in milliseconds.
const NOW: i64 = 1_795_564_800_000;

/// Takes anything; panics when a promise is broken.
pub fn run(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    let spec = catalog::find(Service::Destinations, "azure_connection_string").expect("row");
    let field = spec.field("connectionString").expect("field");
    let mut draft = Draft::default();
    draft.set(
        spec,
        spec.field("name").expect("field"),
        Secret::new("acme"),
    );
    draft.set(spec, field, Secret::new(text));
    draft.keep_as_is(spec, field);
    let told = (field.tells)(text, NOW);
    let mut heard: Vec<String> = told.iter().flat_map(said).collect();
    match validate(spec, &draft) {
        Ok(credential) => {
            let sent = credential.secret("connectionString");
            let told = (field.tells)(sent.expose(), NOW);
            assert!(
                told.iter().any(|told| told.title.is_empty()),
                "what was taken is told"
            );
        }
        Err(errors) => heard.extend(errors.into_iter().map(|error| match error.problem {
            Problem::Own(_, words) => words,
            other => other.code().to_owned(),
        })),
    }
    for part in text.split(';') {
        let value = part.split_once('=').map_or("", |(_, value)| value.trim());
        // Our own sentences, hosts and accounts have no such run of capitals, small letters and digits.
        let mixed = value.chars().any(|c| c.is_ascii_uppercase())
            && value.chars().any(|c| c.is_ascii_digit())
            && value.chars().any(|c| c.is_ascii_lowercase());
        if value.len() > 12 && mixed {
            assert!(
                !heard.iter().any(|heard| heard.contains(value)),
                "a value is repeated"
            );
        }
    }
}

fn said(told: &Told) -> [String; 2] {
    [told.title.clone(), told.text.clone()]
}
