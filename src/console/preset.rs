//! Values of the configuration for the fields of forms.

use crate::api::{ServiceConfig, is_loopback};
use crate::browser;
use crate::credential::{Draft, FormSpec};

/// A form of a service without a word in it but what is preset.
pub fn preset(service: &ServiceConfig, rows: &[&'static FormSpec]) -> Draft {
    let mut draft = Draft::default();
    draft.on_loopback = is_loopback(&browser::origin());
    for (name, value) in &service.preset {
        for spec in rows {
            if let Some(field) = spec.field(name) {
                draft.preset(spec, field, value);
            }
        }
    }
    draft
}
