//! A pasted text: it is read, and what it holds fills the rows of every form.

use credenza::credential::{FieldKind, FormSpec, Secret, catalog};
use credenza::paste::{Pasted, fill, read};

const FORMS: &[&[&FormSpec]] = &[
    catalog::STOREFRONT,
    catalog::DESTINATIONS,
    catalog::INVENTORY,
    catalog::REGISTRY,
    catalog::ADOBE_ACCESS,
    catalog::ADOBE_GATEWAY,
];

/// Takes anything; panics when a promise of `paste` is broken.
pub fn run(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    let Ok(pasted) = read(text) else {
        return;
    };
    assert!(!pasted.values.is_empty() && pasted.values.len() <= 200);
    for specs in FORMS {
        for chosen in *specs {
            let again = Pasted {
                kind: pasted.kind,
                values: pasted.values.clone(),
            };
            fills(specs, chosen, again, &pasted.values);
        }
    }
}

fn fills(
    specs: &'static [&'static FormSpec],
    chosen: &'static FormSpec,
    pasted: Pasted,
    values: &[(String, Secret)],
) {
    let Some(filling) = fill(specs, chosen, pasted) else {
        return;
    };
    assert!(specs.iter().any(|spec| std::ptr::eq(*spec, filling.spec)));
    let mut before = None;
    for (field, value) in &filling.fields {
        let own = filling
            .spec
            .fields
            .iter()
            .position(|own| own.name == field.name);
        assert!(own > before, "in the order of the row, once each");
        before = own;
        match field.kind {
            FieldKind::Switch => panic!("a switch is left alone"),
            FieldKind::Choice(choices) => {
                assert!(choices.iter().any(|choice| choice.value == value.expose()));
            }
            _ => assert!(
                values.iter().any(|(_, known)| known == value),
                "a value of the text"
            ),
        }
        assert!(!value.is_empty());
    }
    assert!(filling.unused.len() <= 20);
    for name in &filling.unused {
        assert!(!name.is_empty() && name.chars().count() <= 60 && !name.contains(char::is_control));
    }
}
