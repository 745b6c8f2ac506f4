//! Saving what an agent wants, trying it, and taking it back.

use super::kept::{Part, Told};
use super::{Kept, Registry};
use crate::api::registry::{
    connect_request, disconnect_request, forget_consent_request, is_unknown_here, parse_saved,
    parse_taken_back, parse_test, save_request, test_request,
};
use crate::api::{ApiError, Client};

use crate::console::attempt::count_down;
use crate::credential::Draft;
use crate::text::registry::{self as words, Doing};
use crate::ui::{Phase, Step, Tone};

/// The id of the row for client credentials in the catalog.
pub const CLIENT: &str = "oauth_client_credentials";

/// The person pressed the form's button: checks it, saves, and tries what can be tried.
pub fn save(registry: Registry, kept: Kept) {
    if kept.phase.peek().is_busy() || *kept.wait.peek() > 0 {
        return;
    }
    let Some(credential) = kept.form.check() else {
        return;
    };
    let client = kept.form.spec.peek().id == CLIENT;
    let refers = ["client_id", "client_secret"].iter().any(|name| {
        let value = credential.secret(name);
        value.expose().starts_with("$ENV:")
    });
    kept.told.set(Vec::new());
    kept.phase.set(Phase::Submitting(Step::Sending));
    let url = kept.url.clone();
    let organization = registry.organization.get_untracked();
    let make = move |api: &Client| {
        let request = if client {
            save_request
        } else {
            connect_request
        };
        request(api, &url, &organization, &credential)
    };
    registry.act(make, parse_saved, move |answer| match answer {
        Ok(saved) => {
            kept.saved.set(true);
            kept.refers.set(client && refers);
            kept.tell(Tone::Ok, words::saved(&saved, client));
            if client {
                send_test(registry, kept);
            } else {
                kept.phase.set(Phase::Editing);
                kept.forget_typed();
                registry.load_status(&kept.url);
            }
        }
        Err(error) => failed(kept, Doing::Save, &error),
    });
}

/// Tries what is saved.
pub fn test(registry: Registry, kept: Kept) {
    if kept.phase.peek().is_busy() || *kept.wait.peek() > 0 {
        return;
    }
    kept.told.set(Vec::new());
    send_test(registry, kept);
}

fn send_test(registry: Registry, kept: Kept) {
    kept.phase.set(Phase::Submitting(Step::Checking));
    let url = kept.url.clone();
    let organization = registry.organization.get_untracked();
    let make = move |api: &Client| test_request(api, &url, &organization);
    registry.act(make, parse_test, move |answer| {
        match answer {
            Ok(tried) => {
                kept.phase.set(Phase::Editing);
                let tone = if tried.error.is_none() {
                    kept.forget_typed();
                    Tone::Ok
                } else {
                    Tone::Bad
                };
                kept.tell(tone, words::tried(&tried));
            }
            Err(error) => {
                let doing = if *kept.refers.peek() {
                    Doing::TestReference
                } else {
                    Doing::Test
                };
                failed(kept, doing, &error);
            }
        }
        registry.load_status(&kept.url);
    });
}

/// Takes a part back.
pub fn disconnect(registry: Registry, kept: Kept, part: Part) {
    if kept.phase.peek().is_busy() {
        return;
    }
    let status = registry.status_now(&kept.url);
    let context = status.and_then(|status| status.agent_context_id.clone());
    kept.asked.set(None);
    kept.told.set(Vec::new());
    kept.phase.set(Phase::Submitting(Step::Checking));
    let url = kept.url.clone();
    let organization = registry.organization.get_untracked();
    let make = move |api: &Client| match (part, &context) {
        (Part::Consent, Some(context)) => forget_consent_request(api, context),
        _ => disconnect_request(api, &url, &organization),
    };
    registry.act(make, parse_taken_back, move |answer| {
        match answer {
            Ok(()) => {
                kept.phase.set(Phase::Editing);
                kept.tell(Tone::Ok, words::taken_back(part == Part::Consent));
            }
            Err(error) if part == Part::Token && is_unknown_here(&error) => {
                kept.phase.set(Phase::Editing);
                registry.takes_back.set(false);
                kept.tell(Tone::Warn, words::not_taken_back());
            }
            Err(error) => failed(kept, Doing::Disconnect, &error),
        }
        registry.load_status(&kept.url);
    });
}

/// Says why something failed: at the fields that the server named, else beside the form.
pub fn failed(kept: Kept, doing: Doing, error: &ApiError) {
    kept.phase.set(Phase::Editing);
    if let ApiError::RateLimited { retry_after } = error {
        count_down(kept.wait, retry_after.unwrap_or(60));
    }
    if let (
        Doing::Save,
        ApiError::Rejected {
            message,
            field_errors,
            ..
        },
    ) = (doing, error)
    {
        let named = words::field_problems(message.as_deref(), field_errors);
        return kept.form.refuse(&named, message.as_ref());
    }
    kept.say(Told {
        tone: Tone::Bad,
        message: words::failed(doing, error),
        forbidden: matches!(error, ApiError::Forbidden { .. }),
    });
}

/// The person leaves the agent: what was saved and typed is not needed any more.
pub fn left(kept: Kept) {
    if *kept.saved.peek() && !kept.phase.peek().is_busy() {
        kept.forget_typed();
    }
    if !kept.form.draft.with_untracked(Draft::has_typed_text) {
        kept.told.set(Vec::new());
    }
    kept.asked.set(None);
}
