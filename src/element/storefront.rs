//! The form of one source of a storefront.

use super::Service;
use super::key::{self, Elsewhere};
use super::status::{Standing, code, say, watch_failure};
use crate::api::Settings;
use crate::api::storefront::{CredentialStatus, SourceRow, SourceStatus};
use crate::browser::{self, Host};
use crate::console::around::Around;
use crate::console::attempt::Target;
use crate::console::consent;
use crate::console::hosted::token;
use crate::console::kept::Kept;
use crate::console::program::Program;
use crate::console::remote::Remote;
use crate::console::session::Door;
use crate::console::source::{self, Shape};
use crate::console::{Session, parts};
use crate::credential::FormSpec;
use crate::credential::catalog::{STOREFRONT_HELP, Storefront};
use crate::credential::number::number;
use crate::route::Route;
use crate::text::{self, element as words};
use crate::ui::state::{Derived, on_change};
use crate::ui::view::{Draw as _, View};
use crate::ui::{Failure, FormState, Icon, Phase, Tone, notice};

/// All that the module draws.
pub static SERVICES: &[Service] = &[Service {
    name: "storefront",
    program: &PROGRAM,
    rows: ROWS,
    route,
    form,
    reset: |session| {
        if let Some((_, kept)) = here(session)
            && !kept.phase.peek().is_busy()
        {
            kept.refill(session.preset());
        }
    },
    forget: |session| {
        session.forget_token();
        for (_, _, kept) in session.all_kept() {
            kept.refill(session.preset());
            kept.company.set(None);
            kept.watch.bump();
        }
    },
    begin: || {
        browser::on_return(|| super::sessions().into_iter().for_each(consent::look_at_all));
        super::begin();
    },
}];

/// The ways to authenticate to a source.
const ROWS: &[&FormSpec] = Storefront::<Elsewhere>::ROWS;

static PROGRAM: Program = Program::of_element(page, |_| {}, |session| session.mask(), &AROUND);

static AROUND: Around = Around {
    rows: ROWS,
    head,
    next: |_, _, _| None,
    beside: |_, _, _| View::default(),
    // The page around has the record.
    copy: |_, _, _, _| Default::default(),
    adapter: elsewhere,
    token,
};

fn route(settings: &Settings) -> Result<Route, &'static str> {
    let id = number(settings.get("storefrontId"));
    let source = settings.get("sourceId");
    match id {
        Some(_) if source.is_empty() => Err("source-id"),
        Some(id) => Ok(Route::Source(id, source.to_owned())),
        None => Err("storefront-id"),
    }
}

/// The form that is shown for a session.
fn form(session: Session) -> Option<FormState> {
    session.service()?;
    here(session).map(|(_, kept)| kept.form)
}

/// The source that the element is for, and its form.
fn here(session: Session) -> Option<(Target, Kept)> {
    let Route::Source(storefront, source) = session.route.get_untracked() else {
        return None;
    };
    let kept = session.kept(storefront, &source);
    Some((Target { storefront, source }, kept))
}

fn page(session: Session, route: &Route) -> Option<View> {
    let (Route::Source(id, source), Some(host)) = (route, session.host) else {
        return None;
    };
    let known = source::known(session, *id, source);
    watch(session, host, *id, &known);
    Some(source::drawn(session, known))
}

fn head(session: Session, kept: Kept, id: u64) -> View {
    parts::head_of_element(
        Derived::new(move || text::connect_title(&kept.name.read())),
        Derived::new(move || session.storefront_line(id)),
    )
}

/// A storefront that connects on a page of Interchange: from here, a link leads there.
fn elsewhere(session: Session, id: u64) -> View {
    let known = session.storefront(id);
    let provider = known
        .detail
        .ready()
        .and_then(|detail| detail.adapter_provider_type.clone());
    let help = STOREFRONT_HELP.to_owned();
    let link = parts::new_tab_link(help, text::HELP_LINK, Some(Icon::OUT));
    let way = link.attr("class", "cz-button cz-button--small").draw();
    let title = text::adapter_title(provider.as_deref().unwrap_or_default());
    notice(Tone::Info, &title, words::ELSEWHERE, Some(way))
}

/// How things stand, once that is known.
fn status(
    session: Session,
    kept: Kept,
    id: u64,
    row: Derived<Option<SourceRow>>,
    shape: Derived<Shape>,
) -> Option<&'static str> {
    match &*kept.phase.read() {
        Phase::AwaitingConsent(_) => return Some("pending"),
        Phase::Connected(of, _) if of.status == CredentialStatus::Active => {
            return Some("connected");
        }
        _ => {}
    }
    if session.door() != Door::Open {
        // The page's own token is on its way; a person is asked for theirs.
        let waits = session.host.is_some_and(Host::gives_token);
        return (!waits).then_some("unknown");
    }
    let row = row.get().map(|row| row.status);
    match *shape.read() {
        Shape::Waiting => None,
        Shape::NothingNeeded => Some("none_needed"),
        Shape::Failed | Shape::Gone | Shape::Adapter => Some("unknown"),
        Shape::Form | Shape::Status | Shape::Result => Some(match row {
            Some(SourceStatus::Connected) => "connected",
            Some(SourceStatus::NeedsCredentials) => "needs_credentials",
            Some(SourceStatus::Pending) => "pending",
            Some(SourceStatus::NoneNeeded) => "none_needed",
            // What is missing may be on its way.
            Some(SourceStatus::Unknown) | None if reads(session, id) => return None,
            Some(SourceStatus::Unknown) | None => "unknown",
        }),
    }
}

/// True while something is being read that tells how things stand.
fn reads(session: Session, id: u64) -> bool {
    let known = session.storefront(id);
    let waits = matches!(
        &*session.credentials.read(),
        Remote::Unasked | Remote::Loading
    );
    waits || matches!(known.capabilities, Remote::Unasked | Remote::Loading)
}

/// Tells the page how things stand, and what changed.
fn watch(session: Session, host: Host, id: u64, known: &source::Known) {
    let (kept, row, shape) = (known.kept, known.row, known.shape);
    let standing = move || {
        let status = status(session, kept, id, row, shape)?;
        let mut here = false;
        let (id, account) = match &*kept.phase.read() {
            Phase::AwaitingConsent(of) | Phase::Connected(of, _) => {
                here = true;
                (of.id.clone(), of.account_identifier.clone())
            }
            _ => {
                let first = row.get().and_then(|row| row.accounts.into_iter().next());
                first.map_or_else(Default::default, |account| {
                    let id = account.credential_id.unwrap_or_default();
                    (id, account.account_identifier)
                })
            }
        };
        Some(Standing {
            status,
            id,
            account,
            here,
            saves: 0,
        })
    };
    super::status::watch(host, "storefront", standing);
    key::watch(kept.form, move || {
        // While something is being read, the form may yet give way to what is connected.
        session.door() == Door::Open && *shape.read() == Shape::Form && !reads(session, id)
    });
    on_change(kept.results, move || {
        if let Phase::Failed(failure) = &*kept.phase.peek() {
            // The page is asked for another token; if it has none, that is told.
            let asks = source::is_token_failure(failure) && host.gives_token();
            if !asks {
                tell_failure(host, failure);
            }
        }
    });
    watch_failure(host, text::INTERCHANGE, move || {
        session.storefront(id).detail.failed().cloned()
    });
}

fn tell_failure(host: Host, failure: &Failure) {
    let (code, error) = match failure {
        Failure::Refused(error) => (code(error), error),
        Failure::NotListed(lost) => ("not_stored", lost),
        Failure::Unchecked(lost, _) => ("outcome_unknown", lost),
        Failure::OtherCompany(company, _) => {
            let title = text::other_company_title(company.as_deref(), false);
            return host.fail("other_company", &title, true);
        }
    };
    host.fail(code, &say(error, text::INTERCHANGE), true);
}
