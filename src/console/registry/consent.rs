//! Signing in at the agent's own server, through the registry's pages in another tab. Nothing comes back from there,
//! so that what is saved is looked at again and again.

use super::saving::failed;
use super::{Kept, Registry};
use crate::api::registry::{
    consent_path, consent_request, parse_consent, parse_saved, prepare_request,
};
use crate::api::{Client, may_open};
use crate::browser::{self, Tab};
use crate::console::consent::rhythm::Rhythm;
use crate::console::parts::new_tab_link;
use crate::text::{
    self,
    registry::{self as words, Doing},
};
use crate::ui::tag::div;
use crate::ui::view::{Draw, View};
use crate::ui::{Icon, Phase, Step, Tone, button, notice};

/// The person wants to agree: a tab opens in the click's own task, and goes on once its address is known.
pub fn begin(registry: Registry, kept: Kept) {
    if kept.phase.peek().is_busy() || *kept.wait.peek() > 0 {
        return;
    }
    kept.told.set(Vec::new());
    kept.consent.set(None);
    let tab = browser::open_tab(text::TAB_WAITS);
    kept.phase.set(Phase::Submitting(Step::Checking));
    let known = registry.status_now(&kept.url);
    if let Some(id) = known.and_then(|status| status.agent_context_id.clone()) {
        return look(registry, kept, id, tab);
    }
    let url = kept.url.clone();
    let organization = registry.organization.get_untracked();
    let make = move |api: &Client| prepare_request(api, &url, &organization);
    registry.act(make, parse_saved, move |answer| match answer {
        Ok(saved) => match saved.agent_context_id {
            Some(id) => look(registry, kept, id, tab),
            None => give_up(kept, tab, |kept| kept.tell(Tone::Bad, words::no_consent())),
        },
        Err(error) => give_up(kept, tab, |kept| failed(kept, Doing::Consent, &error)),
    });
}

fn give_up(kept: Kept, tab: Option<Tab>, say: impl FnOnce(Kept)) {
    kept.phase.set(Phase::Editing);
    if let Some(tab) = tab {
        tab.close();
    }
    say(kept);
}

/// Asks whether the agent can be agreed to at all, then sends the tab there.
fn look(registry: Registry, kept: Kept, id: String, tab: Option<Tab>) {
    let context = id.clone();
    let make = move |api: &Client| consent_request(api, &context);
    registry.act(make, parse_consent, move |answer| match answer {
        Ok(consent) if !consent.supported => {
            give_up(kept, tab, |kept| kept.tell(Tone::Bad, words::no_consent()));
        }
        Ok(_) => go(registry, kept, &id, tab.as_ref()),
        Err(error) => give_up(kept, tab, |kept| failed(kept, Doing::Consent, &error)),
    });
}

fn go(registry: Registry, kept: Kept, id: &str, tab: Option<&Tab>) {
    kept.phase.set(Phase::Editing);
    let url = [registry.service.identity.as_str(), &consent_path(id)].concat();
    // The identity passed the configuration; what stands behind it is encoded.
    debug_assert!(may_open(&url, &browser::origin()));
    if let Some(tab) = tab {
        tab.go(&url);
    }
    kept.consent.set(Some((url.clone(), tab.is_some())));
    browser::spawn(async move {
        let mut rhythm = Rhythm::default();
        let mut seen = true;
        loop {
            browser::sleep(1000).await;
            let waits = kept
                .consent
                .peek()
                .as_ref()
                .as_ref()
                .is_some_and(|(known, _)| *known == url);
            if !waits || rhythm.is_over() {
                return;
            }
            let status = registry.status_now(&kept.url);
            if status.is_some_and(|status| status.has_valid_oauth) {
                kept.consent.set(None);
                kept.tell(Tone::Ok, words::consented());
                return;
            }
            let visible = browser::is_visible();
            if rhythm.second(visible) || (visible && !seen) {
                registry.load_status(&kept.url);
            }
            seen = visible;
        }
    });
}

/// What is shown while it is waited for.
pub fn panel_for(kept: Kept) -> View {
    let Some((url, opened)) = kept.consent.get() else {
        return View::default();
    };
    let (tone, title) = if opened {
        (Tone::Info, "")
    } else {
        (Tone::Warn, text::TAB_BLOCKED)
    };
    let link = new_tab_link(url, words::OPEN_CONSENT, Some(Icon::OUT));
    let actions = (
        link.attr("class", "cz-button cz-button--small"),
        button(
            "stop-waiting",
            "cz-button--small",
            words::STOP_WAITING,
            move || {
                kept.consent.set(None);
                browser::focus_heading();
            },
        ),
    );
    div()
        .attr("role", "status")
        .child(notice(
            tone,
            title,
            words::CONSENT_WAITS,
            Some(actions.draw()),
        ))
        .draw()
}
