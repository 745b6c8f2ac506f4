//! Replacing and deleting a credential configuration.

use super::Destinations;
use super::kept::{Kept, Next};
use crate::api::destinations::{Record, delete_request, parse_done, update_request};
use crate::api::{ApiError, Client};
use crate::browser;
use crate::console::attempt::count_down_after;
use crate::console::parts::local_time;
use crate::console::remote::Remote;
use crate::credential::Credential;
use crate::text::{Message, and, destinations as words};
use crate::ui::{Phase, Step, Tone};

/// The person pressed the form's button; `anyway` when they know that somebody else changed it.
pub fn save(desk: Destinations, kept: Kept, anyway: bool) {
    if kept.phase.peek().is_busy() || *kept.wait.peek() > 0 {
        return;
    }
    let Some(credential) = kept.form.check() else {
        return;
    };
    kept.told.set(None);
    kept.asked.set(false);
    kept.doing.set(words::COMPARING);
    kept.phase.set(Phase::Submitting(Step::Checking));
    browser::spawn(async move {
        let before = match kept.read(desk).await {
            Ok(record) => record,
            Err(error) => {
                let message = desk.failed_of(&error);
                count_down_after(kept.wait, &error);
                if matches!(error, ApiError::NotFound) {
                    kept.put(Err(error));
                }
                return kept.tell(Tone::Bad, message, Next::Nothing);
            }
        };
        let filled = kept.filled.get_untracked().unwrap_or_default();
        let changed = before.row.modified != filled;
        let same_kind = before.spec.map(|spec| spec.id) == Some(credential.spec().id);
        let kind = before.kind_to_send().to_owned();
        let modified = before.row.modified.clone();
        kept.put(Ok(before));
        if (changed && !anyway) || !same_kind {
            let message = Message::of(words::CHANGED, words::CHANGED_TEXT);
            return kept.tell(Tone::Warn, message, Next::Choose);
        }
        kept.doing.set(words::SAVING);
        kept.phase.set(Phase::Submitting(Step::Sending));
        send(desk, kept, credential, kind, modified).await;
    });
}

async fn send(
    desk: Destinations,
    kept: Kept,
    credential: Credential,
    kind: String,
    before: String,
) {
    let make = move |client: &Client| update_request(client, &kept.id, &credential, &kind);
    let answer = desk.send(make, parse_done).await;
    let lost = match answer {
        Ok(()) => None,
        Err(error) if error.outcome_unknown() => Some(desk.failed_of(&error)),
        Err(ApiError::Rejected {
            message,
            field_errors,
            ..
        }) => {
            kept.phase.set(Phase::Editing);
            return kept.form.refuse(&field_errors, message.as_ref());
        }
        Err(error) => {
            count_down_after(kept.wait, &error);
            let message = desk.failed_of(&error);
            let message = Message::of(
                &message.title,
                &and(&message.detail, crate::text::STILL_HERE),
            );
            return kept.tell(Tone::Bad, message, Next::Nothing);
        }
    };
    kept.doing.set(words::CONFIRMING);
    kept.phase.set(Phase::Submitting(Step::Checking));
    confirm(desk, kept, before, lost).await;
}

/// Reads it once more to see whether it moved.
async fn confirm(desk: Destinations, kept: Kept, before: String, lost: Option<Message>) {
    let why = lost.map_or_else(String::new, |lost| lost.title);
    match kept.read(desk).await {
        Ok(after) if after.row.modified != before => {
            let now = after.row.modified.clone();
            let detail = words::updated(&local_time(&before), &local_time(&now));
            kept.fill(&after);
            kept.put(Ok(after));
            kept.moved.set((before, now));
            kept.tell(
                Tone::Ok,
                Message::of(words::UPDATED, &detail),
                Next::Summary,
            );
            desk.load();
        }
        Ok(after) => {
            kept.put(Ok(after));
            let detail = and(&why, words::NOT_CONFIRMED_TEXT);
            kept.tell(
                Tone::Warn,
                Message::of(words::NOT_CONFIRMED, &detail),
                Next::Read,
            );
        }
        Err(error) => {
            let detail = and(
                &why,
                &and(words::NOT_READ_AGAIN, &desk.failed_of(&error).title),
            );
            kept.tell(
                Tone::Warn,
                Message::of(words::NOT_CONFIRMED, &detail),
                Next::Read,
            );
        }
    }
}

/// Fills the form from what was read last.
pub fn take_newer(kept: Kept) {
    let record = kept.record.peek().ready().cloned();
    if let Some(record) = record {
        kept.fill(&record);
    }
    kept.told.set(None);
    browser::focus_heading();
}

/// The person said to delete it.
pub fn delete(desk: Destinations, kept: Kept) {
    if kept.phase.peek().is_busy() {
        return;
    }
    kept.told.set(None);
    kept.asked.set(false);
    kept.doing.set(words::DELETING);
    kept.phase.set(Phase::Submitting(Step::Sending));
    browser::spawn(async move {
        let make = move |client: &Client| delete_request(client, &kept.id);
        match desk.send(make, parse_done).await {
            Ok(()) => deleted(desk, kept),
            Err(error) if error.outcome_unknown() => {
                let why = desk.failed_of(&error);
                match kept.read(desk).await {
                    Err(ApiError::NotFound) => deleted(desk, kept),
                    _ => kept.tell(
                        Tone::Warn,
                        Message::of(
                            words::NOT_KNOWN_DELETED,
                            &and(&why.title, words::READ_AGAIN_TEXT),
                        ),
                        Next::Read,
                    ),
                }
            }
            Err(error) => {
                let message = desk.failed_of(&error);
                if matches!(error, ApiError::NotFound) {
                    kept.put(Err(error));
                }
                kept.tell(Tone::Bad, message, Next::Nothing);
            }
        }
    });
}

fn deleted(desk: Destinations, kept: Kept) {
    kept.form.renew(crate::credential::Draft::default());
    kept.phase.set(Phase::Editing);
    kept.deleted.set(true);
    let gone = |all: &Remote<std::rc::Rc<Vec<Record>>>| {
        let left = all.ready()?.iter().filter(|one| one.row.id != kept.id);
        Some(left.cloned().collect::<Vec<_>>())
    };
    let left = desk.all.with_untracked(gone);
    if let Some(left) = left {
        desk.put(Ok(left));
    }
    kept.results.bump();
}
