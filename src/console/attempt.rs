//! One try to register a credential: sent once, never repeated by itself.

use std::rc::Rc;

use leptos::prelude::untrack;

use super::consent;
use super::kept::{Kept, MARKETPLACE, Tried};
use super::session::Session;
use super::source::is_session_failure;
use crate::api::ApiError;
use crate::api::storefront::{
    CredentialStatus, RegisteredCredential, Registration, account_request, credentials_request,
    matching, parse_account, parse_credentials, parse_register, register_request,
};
use crate::browser;
use crate::credential::{Auth, Credential, FieldError, Problem};
use crate::text;
use crate::ui::state::State;
use crate::ui::{Failure, Known, Offer, Phase, Step};

/// Where a credential is to be registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The storefront's id.
    pub storefront: u64,
    /// The source's id.
    pub source: String,
}

/// The person presses the form's button, whatever it says at the moment.
pub fn go_on(session: Session, kept: Kept, target: Target) {
    match kept.phase.get_untracked() {
        Phase::Failed(failure) if is_session_failure(&failure) => {
            after_new_session(session, kept, target);
        }
        Phase::Failed(failure) if matches!(*failure, Failure::OtherCompany(..)) => {
            continue_for_company(session, kept, target);
        }
        _ => submit(session, kept, target, false),
    }
}

/// The person said that a marketplace account is meant.
pub fn confirmed(session: Session, kept: Kept, target: Target) {
    kept.confirming.set(false);
    submit(session, kept, target, true);
}

/// The person submits the form. Errors of the form are shown; otherwise one request is sent. After
/// an outcome that could not be told, the list is read first.
fn submit(session: Session, kept: Kept, target: Target, confirmed: bool) {
    let phase = kept.phase.get_untracked();
    if phase.is_busy() || kept.wait.get_untracked() > 0 {
        return;
    }
    let Some(credential) = kept.form.check() else {
        return;
    };
    if let (Some(before), Some(now)) = (*kept.company.peek(), company(session))
        && before != now
    {
        ask_for_company(session, kept);
        return;
    }
    if let Phase::Failed(failure) = &phase
        && let Failure::Unchecked(lost, _) = &**failure
    {
        check(session, kept, target, lost.clone());
    } else if credential.is_on(MARKETPLACE) && !confirmed {
        kept.confirming.set(true);
    } else {
        send(session, kept, target, credential);
    }
}

/// The person gave a new token after a 401. The form goes on when it is for the same company.
pub fn after_new_token(session: Session, kept: Kept, target: Target) {
    let (meant, offer) = untrack(|| (kept.is_marketplace(), session.offer()));
    kept.form.offer.set(offer);
    if meant && offer == Offer::No {
        // Something else would be sent than was confirmed: the person decides.
        kept.may_go_on();
        kept.form
            .report(Vec::new(), vec![text::ROLE_FORBIDS.to_owned()]);
    } else if kept.company.peek().is_some() && *kept.company.peek() == company(session) {
        submit(session, kept, target, false);
    } else {
        ask_for_company(session, kept);
    }
}

/// The person signed in again in another tab. Behind a gateway the company may be another one now,
/// so the account is read before the form goes on.
fn after_new_session(session: Session, kept: Kept, target: Target) {
    let before = kept.phase.get_untracked();
    if before.is_busy() {
        return;
    }
    kept.phase.set(Phase::Submitting(Step::Sending));
    let client = session.client();
    let call = client.call(account_request(&client));
    browser::spawn(async move {
        let answer = call.await.read(parse_account);
        let still_ended = matches!(answer, Err(ApiError::SessionEnded));
        if still_ended {
            kept.becomes(before);
            return;
        }
        kept.phase.set(before);
        session.changed_account(answer.into());
        session.reopen();
        after_new_token(session, kept, target);
    });
}

/// The person wants the form to be for the company that asks now.
fn continue_for_company(session: Session, kept: Kept, target: Target) {
    kept.company.set(company(session));
    kept.may_go_on();
    submit(session, kept, target, false);
}

/// The company that asks now, if it is known.
fn company(session: Session) -> Option<u64> {
    session.account.peek().ready().map(|account| account.id)
}

/// The form was filled for another company than the one that asks now, or it cannot be told.
fn ask_for_company(session: Session, kept: Kept) {
    let name = session
        .account
        .peek()
        .ready()
        .map(|account| account.company.clone());
    let lost = match kept.phase.get_untracked() {
        Phase::Failed(failure) => failure.lost().cloned(),
        _ => None,
    };
    kept.failed(Failure::OtherCompany(name, lost));
}

fn send(session: Session, kept: Kept, target: Target, credential: Credential) {
    if session.host.is_some_and(|host| !host.lets_send()) {
        return;
    }
    kept.phase.set(Phase::Submitting(Step::Sending));
    let client = session.client();
    if kept.company.peek().is_none() {
        kept.company.set(company(session));
    }
    kept.tried.set(Tried {
        identifier: credential
            .shown("accountIdentifier")
            .unwrap_or_default()
            .to_owned(),
        known: session.credentials.with_untracked(|rows| {
            let rows = rows.ready().map(Vec::as_slice).unwrap_or_default();
            rows.iter().map(|row| row.id.clone()).collect()
        }),
        marketplace: credential.is_on(MARKETPLACE),
    });
    // The address is known only after the call, but a window opens only in the click's own task.
    if credential.spec().auth == Auth::Absent {
        consent::open_tab(kept);
    } else {
        consent::forget_tab(kept);
    }
    let request = register_request(
        &client,
        target.storefront,
        &target.source,
        credential.body(),
    );
    browser::spawn(async move {
        match client.call(request).await.read(parse_register) {
            Ok(registration) => registered(session, kept, registration, Known::Answered),
            Err(error) if error.outcome_unknown() => {
                check(session, kept, target, Rc::new(error));
            }
            Err(error) => refused(session, kept, error),
        }
    });
}

/// The answer was lost for the reason `lost`: the list tells whether the credential is there.
fn check(session: Session, kept: Kept, target: Target, lost: Rc<ApiError>) {
    kept.phase.set(Phase::Submitting(Step::Checking));
    let client = session.client();
    let request = credentials_request(&client);
    let put = session.new_list();
    browser::spawn(async move {
        match client.call(request).await.read(parse_credentials) {
            Ok(rows) => {
                let tried = kept.tried.peek();
                let (storefront, source) = (target.storefront, &target.source);
                let found = matching(&rows, storefront, source, &tried.identifier, &tried.known);
                let found = found.map(as_registration);
                put(rows);
                if let Some(registration) = found {
                    registered(session, kept, registration, Known::Listed);
                } else {
                    consent::close_tab(kept);
                    kept.failed(Failure::NotListed(lost));
                }
            }
            Err(why) => {
                wait_as_told(kept, &why);
                consent::close_tab(kept);
                kept.failed(Failure::Unchecked(lost, Rc::new(why)));
            }
        }
    });
}

/// A row of the list, as the registration would have been answered.
pub fn as_registration(row: &RegisteredCredential) -> Registration {
    Registration {
        id: row.id.clone(),
        account_identifier: row.account_identifier.clone(),
        status: row.status.clone(),
        registered_by: row.registered_by.clone(),
        created_at: row.created_at.clone(),
        oauth: row.oauth.clone(),
    }
}

/// It is stored. The secrets are forgotten, and the list is read for everything that it covers.
fn registered(session: Session, kept: Kept, registration: Registration, known: Known) {
    let registration = Rc::new(registration);
    kept.refill(session.preset());
    kept.form.notes.set(Vec::new());
    kept.form.quiet();
    kept.company.set(None);
    kept.adding.set(false);
    let waits = registration.oauth.is_some() || registration.status == CredentialStatus::Pending;
    if waits {
        consent::begin(session, kept, registration);
    } else {
        consent::close_tab(kept);
        kept.becomes(Phase::Connected(registration, known));
    }
    session.load_credentials();
}

/// Nothing was stored. What concerns a field is said at the field.
fn refused(session: Session, kept: Kept, error: ApiError) {
    consent::close_tab(kept);
    match &error {
        ApiError::Rejected {
            field_errors,
            message,
            ..
        } => {
            kept.phase.set(Phase::Editing);
            kept.form.refuse(field_errors, message.as_ref());
            return;
        }
        ApiError::Conflict { .. } => {
            kept.phase.set(Phase::Editing);
            let problem = Problem::Server(text::ALREADY_REGISTERED.to_owned());
            kept.form.report(
                vec![FieldError {
                    field: "accountIdentifier",
                    problem,
                }],
                Vec::new(),
            );
            // The list shows what is registered, perhaps by a colleague a moment ago.
            session.load_credentials();
            return;
        }
        _ => wait_as_told(kept, &error),
    }
    kept.failed(Failure::Refused(Rc::new(error)));
}

/// Counts the seconds that the server asked us to wait, if it did.
pub fn wait_as_told(kept: Kept, error: &ApiError) {
    count_down_after(kept.wait, error);
}

/// Counts down what a service that asks us to slow down told, or a minute; any other failure asks for no wait.
pub fn count_down_after(wait: State<u32>, error: &ApiError) {
    if let ApiError::RateLimited { retry_after } = error {
        count_down(wait, retry_after.unwrap_or(60));
    }
}

/// Counts `seconds` down in `wait`.
pub fn count_down(wait: State<u32>, seconds: u32) {
    let counts = *wait.peek() > 0;
    wait.set(seconds);
    if counts {
        return;
    }
    browser::spawn(async move {
        while wait.get_untracked() > 0 {
            browser::sleep(1000).await;
            wait.update(|wait| *wait = wait.saturating_sub(1));
        }
    });
}
