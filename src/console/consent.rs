//! Waiting for consent at a provider: the tab for it, looking whether it was given, starting again.
//!
//! Consent ends on the platform's own page and nothing comes back to us, so the list of credentials is
//! all that tells. A tab that was closed says nothing and is not asked.

use std::rc::Rc;

use super::attempt::{Target, as_registration, wait_as_told};
use super::kept::{Kept, MARKETPLACE, Tried};
use super::session::{Door, Session};
use crate::api::storefront::{
    CredentialStatus, RegisteredCredential, Registration, credentials_request, parse_credentials,
    parse_register, register_request,
};
use crate::api::{ApiError, may_open};
use crate::browser;
use crate::credential::{Credential, Draft, FieldError, Problem, Secret, catalog, validate};
use crate::route::Route;
use crate::text;
use crate::ui::{Known, Phase};

pub mod rhythm;

use rhythm::Rhythm;

/// Whether a tab was opened for the provider's page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Opened {
    /// Nobody tried.
    #[default]
    Untried,
    /// Yes, as far as can be told.
    Yes,
    /// The browser did not let us have it.
    No,
}

/// What is known while consent is awaited.
#[derive(Clone, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is known apart from the others"
)]
pub struct Consent {
    /// Whether a tab was opened.
    pub opened: Opened,
    /// A fresh address is on its way.
    pub asking: bool,
    /// The list is being read.
    pub checking: bool,
    /// The list is read from time to time without being asked.
    pub watching: bool,
    /// What the last look or the last start told.
    pub said: String,
    /// `said` tells why the list could not be read.
    pub unread: bool,
    /// Why the list could not be read, when only the person can mend that.
    pub failed: Option<Rc<ApiError>>,
}

/// A credential that waits, and the source it is to be started again for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The source.
    pub target: Target,
    /// The credential's row.
    pub row: RegisteredCredential,
}

impl Waiting {
    /// Of a row that waits: for the first source that it covers.
    pub fn of(row: &RegisteredCredential) -> Option<Self> {
        let pair = row.sources.as_ref()?.first()?;
        let target = Target {
            storefront: pair.storefront_id,
            source: pair.source_id.clone(),
        };
        (row.status == CredentialStatus::Pending).then(|| Self {
            target,
            row: row.clone(),
        })
    }
}

/// True when consent for a row can be started again, in one of the two ways.
pub fn can_start(row: &RegisteredCredential) -> bool {
    Waiting::of(row).is_some()
        || row.status == CredentialStatus::Pending && address(&as_registration(row)).is_some()
}

/// Starts consent for a row of the list: on the page of the first source that it covers, or, when none is
/// left or told, at the address in the row. Call it in the click's own task.
pub fn start_listed(session: Session, row: &RegisteredCredential) {
    match (Waiting::of(row), address(&as_registration(row))) {
        (Some(waiting), _) => start_again(session, waiting),
        (None, Some(address)) => {
            if let Some(tab) = browser::open_tab(text::TAB_WAITS) {
                tab.go(&address);
            }
        }
        (None, None) => {}
    }
}

/// Opens a tab for an address that is not known yet. Call it in the click's own task.
pub fn open_tab(kept: Kept) {
    let tab = browser::open_tab(text::TAB_WAITS);
    kept.consent.set(Consent {
        opened: if tab.is_some() {
            Opened::Yes
        } else {
            Opened::No
        },
        ..Consent::default()
    });
    kept.tab.set(tab);
}

/// No tab is wanted.
pub fn forget_tab(kept: Kept) {
    kept.tab.set(None);
    kept.consent.set(Consent::default());
}

/// There is nothing to show in the tab.
pub fn close_tab(kept: Kept) {
    if let Some(tab) = &*kept.tab.peek() {
        tab.close();
    }
    forget_tab(kept);
}

/// The credential is stored and waits: sends the tab to the provider, and looks from time to time.
pub fn begin(session: Session, kept: Kept, registration: Rc<Registration>) {
    match (address(&registration), &*kept.tab.peek()) {
        (Some(address), Some(tab)) => tab.go(&address),
        (None, Some(tab)) => {
            tab.close();
            kept.consent.set(Consent::default());
        }
        (_, None) => {}
    }
    kept.tab.set(None);
    let id = registration.id.clone();
    kept.becomes(Phase::AwaitingConsent(registration));
    watch(session, kept, id);
}

/// Where consent is given, if that is an address that may be opened.
pub fn address(registration: &Registration) -> Option<String> {
    let url = &registration.oauth.as_ref()?.authorization_url;
    may_open(url, &browser::origin()).then(|| url.clone())
}

/// Looks from time to time, for a quarter of an hour in which the page is seen.
fn watch(session: Session, kept: Kept, id: String) {
    kept.watch.bump();
    let round = *kept.watch.peek();
    kept.consent.update(|consent| consent.watching = true);
    browser::spawn(async move {
        let mut rhythm = Rhythm::default();
        loop {
            browser::sleep(1000).await;
            if *kept.watch.peek() != round || !waits(kept, &id) {
                return;
            }
            if rhythm.is_over() {
                kept.consent.update(|consent| {
                    consent.watching = false;
                    text::STOPPED_LOOKING.clone_into(&mut consent.said);
                });
                return;
            }
            if rhythm.second(browser::is_visible()) && *kept.wait.peek() == 0 {
                look(session, kept, id.clone(), false);
            }
        }
    });
}

/// True while this credential is the one that is waited for.
fn waits(kept: Kept, id: &str) -> bool {
    matches!(&*kept.phase.peek(), Phase::AwaitingConsent(of) if of.id == id)
}

/// The person is back: whatever waits is looked at.
pub fn look_at_all(session: Session) {
    for (_, _, kept) in session.all_kept() {
        if let Phase::AwaitingConsent(of) = kept.phase.get_untracked() {
            let asked = kept.consent.peek().failed.is_none();
            look(session, kept, of.id.clone(), asked);
        }
    }
}

/// Reads the list. What it says is told when the person `asked`, or when it changes something. Nobody
/// but the person tries again what only the person can mend.
pub fn look(session: Session, kept: Kept, id: String, asked: bool) {
    let now = kept.consent.peek();
    let shut = session.door_now() != Door::Open;
    let stuck = now.failed.is_some() && !asked;
    if now.checking || now.asking || shut || stuck || *kept.wait.peek() > 0 {
        return;
    }
    kept.consent.update(|consent| consent.checking = true);
    let client = session.client();
    let call = client.call(credentials_request(&client));
    let put = session.new_list();
    browser::spawn(async move {
        let answer = call.await.read(parse_credentials);
        kept.consent.update(|consent| consent.checking = false);
        let rows = match answer {
            Ok(rows) => rows,
            Err(error) if waits(kept, &id) => return could_not(kept, error, true),
            Err(error) => return wait_as_told(kept, &error),
        };
        let row = rows.iter().find(|row| row.id == id).map(as_registration);
        put(rows);
        // The person may have gone on to something else in the meantime.
        if !waits(kept, &id) {
            return;
        }
        let said = match row {
            Some(row) if row.status != CredentialStatus::Pending => {
                kept.becomes(Phase::Connected(Rc::new(row), Known::Consented));
                return;
            }
            Some(_) if asked => text::CONSENT_NOT_YET.to_owned(),
            Some(_) if kept.consent.peek().unread => String::new(),
            Some(_) => kept.consent.peek().said.clone(),
            None => text::CONSENT_NOT_LISTED.to_owned(),
        };
        say(kept, said, None, false);
    });
}

/// The list could not be read, or, when `looked` is false, consent could not be started again.
fn could_not(kept: Kept, error: ApiError, looked: bool) {
    wait_as_told(kept, &error);
    let message = text::api_error(&error, text::INTERCHANGE);
    let words = if looked {
        text::could_not_check(&message)
    } else {
        text::could_not_start(&message)
    };
    let mends = matches!(error, ApiError::Unauthorized | ApiError::SessionEnded);
    say(kept, words, mends.then(|| Rc::new(error)), looked);
}

/// Writes only what is new, so that nothing is read out twice and no focus is lost.
fn say(kept: Kept, said: String, failed: Option<Rc<ApiError>>, unread: bool) {
    let now = kept.consent.peek();
    if now.said != said || now.failed.is_some() != failed.is_some() {
        kept.consent.update(|consent| {
            consent.said = said;
            consent.failed = failed;
            consent.unread = unread;
        });
    }
}

/// Starts consent again, from anywhere in the console, and shows the page of the source. The address in
/// the row is used when there is one that was not tried here yet; otherwise the same registration is
/// sent again, which makes a fresh one. Call it in the click's own task.
pub fn start_again(session: Session, waiting: Waiting) {
    let Waiting { target, row } = waiting;
    let kept = session.kept(target.storefront, &target.source);
    // The wait that the server asked for is told beside the button; nothing is sent before its end.
    let told = waits(kept, &row.id) && *kept.wait.peek() > 0;
    if kept.phase.peek().is_busy() || kept.consent.peek().asking || told {
        return;
    }
    let registration = Rc::new(as_registration(&row));
    let tried = match &*kept.phase.peek() {
        Phase::AwaitingConsent(shown) => address(shown),
        _ => None,
    };
    let marketplace = row.account_type.as_deref() == Some("MARKETPLACE");
    kept.tried.set(Tried {
        identifier: row.account_identifier.clone(),
        known: Vec::new(),
        marketplace,
    });
    let fresh = address(&registration).filter(|address| Some(address) != tried.as_ref());
    let credential = same(&row, marketplace);
    open_tab(kept);
    let route = Route::Source(target.storefront, target.source.clone());
    if *session.route.peek() != route {
        session.go(route);
    }
    match (fresh, credential) {
        (Some(_), _) => begin(session, kept, registration),
        (None, Some(credential)) => {
            // An address that is shown stays until there is another.
            if !waits(kept, &row.id) {
                kept.becomes(Phase::AwaitingConsent(registration));
            }
            ask(session, kept, target, row, &credential);
        }
        (None, None) => another_identifier(kept, &row),
    }
}

/// The registration that the row came from; nothing when its identifier would not pass our own checks.
fn same(row: &RegisteredCredential, marketplace: bool) -> Option<Credential> {
    let spec = &catalog::STOREFRONT_OAUTH;
    let mut draft = Draft::default();
    draft.set(
        spec,
        spec.field(IDENTIFIER)?,
        Secret::new(row.account_identifier.as_str()),
    );
    if marketplace {
        draft.set(spec, spec.field(MARKETPLACE)?, Secret::new("true"));
    }
    validate(spec, &draft).ok()
}

/// The name of the identifier on the wire.
const IDENTIFIER: &str = "accountIdentifier";

/// Sends the same registration again.
fn ask(
    session: Session,
    kept: Kept,
    target: Target,
    row: RegisteredCredential,
    credential: &Credential,
) {
    kept.consent.update(|consent| consent.asking = true);
    let client = session.client();
    let (storefront, source) = (target.storefront, &target.source);
    let request = register_request(&client, storefront, source, credential.body());
    let call = client.call(request);
    browser::spawn(async move {
        let answer = call.await.read(parse_register);
        kept.consent.update(|consent| consent.asking = false);
        match answer {
            Ok(new) if new.oauth.is_some() || new.status == CredentialStatus::Pending => {
                begin(session, kept, Rc::new(new));
            }
            Ok(new) => {
                close_tab(kept);
                kept.becomes(Phase::Connected(Rc::new(new), Known::Answered));
            }
            Err(ApiError::Conflict { .. }) => {
                close_tab(kept);
                another_identifier(kept, &row);
            }
            Err(error) => {
                close_tab(kept);
                let unknown = error.outcome_unknown();
                could_not(kept, error, false);
                watch(session, kept, row.id.clone());
                // Perhaps it was carried out all the same: the list says how the entry stands.
                if unknown {
                    look(session, kept, row.id, false);
                }
                return;
            }
        }
        session.load_credentials();
    });
}

/// The platform keeps the old entry and gives no new address for it: the form asks for another
/// identifier.
fn another_identifier(kept: Kept, row: &RegisteredCredential) {
    close_tab(kept);
    kept.adding.set(true);
    kept.phase.set(Phase::Editing);
    let spec = &catalog::STOREFRONT_OAUTH;
    kept.form.spec.set(spec);
    if let Some(field) = spec.field(IDENTIFIER) {
        kept.form
            .draft
            .update(|draft| draft.set(spec, field, Secret::default()));
    }
    let words = text::another_identifier(&row.account_identifier);
    let error = FieldError {
        field: IDENTIFIER,
        problem: Problem::Server(words),
    };
    // Said once the form is there to say it.
    browser::spawn(async move {
        browser::sleep(0).await;
        kept.form.report(vec![error], Vec::new());
    });
}
