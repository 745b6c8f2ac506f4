//! `/storefronts/:id/sources/:sourceId`: connecting one source.

use std::borrow::Cow;
use std::rc::Rc;

use super::access::{gate, on_asker};
use super::attempt::{self, Target};
use super::confirm::confirm;
use super::kept::Kept;
use super::parts::{
    cancel, empty, load_error, mono, new_tab_link, skeleton_rows, status_pill, way,
};
use super::session::{Remote, Session};
use super::{outcome, status};
use crate::api::ApiError;
use crate::api::storefront::{SourceRow, SourceStatus};
use crate::browser;
use crate::credential::{Auth, catalog};
use crate::route::Route;
use crate::text;
use crate::ui::state::{Derived, State, effect};
use crate::ui::tag::{aside, div, h2, p, span, strong};
use crate::ui::view::{Anchor, Draw, View};
use crate::ui::{
    Failure, FormParts, Icon, Phase, Step, Tone, credential_form, facts, icon, notice,
};

crate::ui::held::hold!(Target, Shape, Option<SourceRow>);

/// What the page shows; the form is drawn anew only when this changes.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// It is not known yet.
    Waiting,
    /// It could not be read.
    Failed,
    /// There is no such source.
    Gone,
    /// It needs no credentials.
    NothingNeeded,
    /// Its storefront connects elsewhere.
    Adapter,
    /// It waits to be filled in.
    Form,
    /// It has accounts already.
    Status,
    /// Connected or waiting for consent.
    Result,
}

/// The page.
pub fn page(session: Session, id: u64, source: &str) -> View {
    drawn(session, known(session, id, source))
}

/// A source whose page is open.
pub struct Known {
    /// Its form.
    pub kept: Kept,
    /// Which one it is.
    pub target: Target,
    /// What is told of it, once that was read.
    pub row: Derived<Option<SourceRow>>,
    /// What is to be shown of it.
    pub shape: Derived<Shape>,
}

/// The page of a source.
pub fn drawn(session: Session, source: Known) -> View {
    let Known {
        kept,
        target,
        row,
        shape,
    } = source;
    (
        (session.program.around.head)(session, kept, target.storefront),
        gate(
            session,
            Box::new(move || {
                let target = State::new(target.clone());
                (move || body(session, kept, target, &shape.read(), row)).draw()
            }),
        ),
    )
        .draw()
}

/// Reads what is to be known of a source, and keeps its form in step with that.
pub fn known(session: Session, id: u64, source: &str) -> Known {
    on_asker(session, move || session.load_storefront(id));
    let kept = session.kept(id, source);
    if matches!(kept.phase.get_untracked(), Phase::Connected(..)) {
        kept.phase.set(Phase::Editing);
    }
    let target = Target {
        storefront: id,
        source: source.to_owned(),
    };
    preselect(session, kept);
    let here = target.source.clone();
    let row = Derived::new(move || {
        session
            .sources(id)
            .into_iter()
            .find(|row| row.source_id == here)
    });
    effect(move || {
        if let Some(row) = row.get() {
            kept.name.set(row.name);
        }
    });
    // Until something is typed, the form is for whoever asks now.
    effect(move || {
        let account = session.account.read();
        if let (Some(account), false) = (account.ready(), kept.form.draft.read().has_typed_text()) {
            kept.company.set(Some(account.id));
        }
    });
    effect(move || kept.form.offer.set(session.offer()));
    let shape = Derived::new(move || shape(session, id, kept, row.get().map(|row| row.status)));
    Known {
        kept,
        target,
        row,
        shape,
    }
}

/// `?type=` chooses the way; `bearer` and `api_key` are two ways to send one key.
fn preselect(session: Session, kept: Kept) {
    let wanted = session
        .query
        .with_untracked(|query| query.get("type").to_owned());
    let Some(spec) = catalog::find_in(kept.form.specs, &wanted) else {
        return;
    };
    if kept.phase.get_untracked().shows_form() && !kept.phase.get_untracked().is_busy() {
        kept.form.spec.set(spec);
        if let Some((field, choice)) = catalog::choice_named(spec, &wanted) {
            kept.form
                .draft
                .update(|draft| draft.set(spec, field, choice.value.into()));
        }
    }
}

/// What is to be shown of a source.
fn shape(session: Session, id: u64, kept: Kept, row: Option<SourceStatus>) -> Shape {
    if !kept.phase.read().shows_form() {
        return Shape::Result;
    }
    let known = session.storefront(id);
    match (&known.detail, &known.capabilities) {
        (Remote::Failed(error), _) if matches!(**error, ApiError::NotFound) => Shape::Gone,
        (Remote::Failed(_), _) => Shape::Failed,
        (Remote::Ready(detail), rows) => match (&detail.adapter_provider_type, row) {
            (Some(_), _) => Shape::Adapter,
            (None, Some(SourceStatus::NoneNeeded)) => Shape::NothingNeeded,
            (None, Some(status)) if opens_on_status(kept, status) => Shape::Status,
            (None, Some(_)) => Shape::Form,
            // The rows were read and this one is not among them.
            (None, None) if rows.ready().is_some() => Shape::Gone,
            // The rows could not be read: the server knows whether the source is there.
            (None, None) if rows.failed().is_some() => Shape::Form,
            (None, None) => Shape::Waiting,
        },
        (Remote::Unasked | Remote::Loading, _) => Shape::Waiting,
    }
}

/// A source that has accounts opens on them, unless another is being added: the form is in use, or was
/// asked for.
fn opens_on_status(kept: Kept, status: SourceStatus) -> bool {
    let idle = matches!(*kept.phase.read(), Phase::Editing)
        && !kept.adding.get()
        && !kept.form.draft.read().has_typed_text();
    idle && matches!(status, SourceStatus::Connected | SourceStatus::Pending)
}

fn body(
    session: Session,
    kept: Kept,
    target: State<Target>,
    shape: &Shape,
    row: Derived<Option<SourceRow>>,
) -> View {
    let id = target.with_untracked(|target| target.storefront);
    let around = session.program.around;
    match shape {
        Shape::Waiting => skeleton_rows("cz-row cz-row--source"),
        Shape::Failed => match session.storefront(id).detail.failed() {
            Some(error) => load_error(error, move || session.load_storefront(id)),
            None => View::default(),
        },
        Shape::Gone => empty(
            text::SOURCE_GONE_TITLE,
            text::SOURCE_GONE_TEXT,
            Some(way(session, Route::Storefronts, "", text::TO_STOREFRONTS)),
        ),
        Shape::NothingNeeded => empty(
            text::NOTHING_NEEDED_TITLE,
            text::NOTHING_NEEDED_TEXT,
            Some(way(
                session,
                Route::Storefront(id),
                "",
                text::BACK_TO_STOREFRONT,
            )),
        ),
        Shape::Adapter => (around.adapter)(session, id),
        Shape::Status => status::panel_for(session, kept, target, row),
        Shape::Form => columns(
            form(session, kept, target),
            (around.beside)(session, target, row),
        ),
        Shape::Result => columns(
            outcome::panel_for(session, kept, target),
            (around.beside)(session, target, row),
        ),
    }
}

fn columns(main: View, beside: View) -> View {
    div()
        .attr("class", "cz-columns")
        .child((main, beside))
        .draw()
}

fn form(session: Session, kept: Kept, target: State<Target>) -> View {
    let around = session.program.around;
    let root = Anchor::default();
    outcome::focus_results(kept, root, "h2[tabindex]");
    let where_to = p().attr("class", "cz-form__where").child((
        icon(Icon::LOCK),
        span().child((
            text::GOES_TO,
            strong().child(text::with_label(text::INTERCHANGE, session.label())),
            move || text::fill(text::GOES_TO_END, &kept.name.read()),
        )),
    ));
    let submit = move || -> Cow<'static, str> {
        match kept.phase.get() {
            Phase::Submitting(Step::Sending) => text::SENDING.into(),
            Phase::Submitting(Step::Checking) => text::READING_LIST.into(),
            Phase::Failed(failure) => match (kept.wait.get(), &*failure) {
                (0, failure) if is_session_failure(failure) => text::CONTINUE.into(),
                (0, Failure::Refused(_)) => text::TRY_AGAIN.into(),
                (0, Failure::NotListed(_)) => text::SEND_AGAIN.into(),
                (0, Failure::Unchecked(..)) => text::CHECK_AGAIN.into(),
                (0, Failure::OtherCompany(company, _)) => {
                    text::continue_for(company.as_deref()).into()
                }
                (seconds, _) => text::retry_in(seconds).into(),
            },
            _ if kept.is_marketplace() => text::CREATE_MARKETPLACE.into(),
            _ if kept.form.spec.get().auth == Auth::Absent => text::CONNECT_AND_SIGN_IN.into(),
            _ => text::CONNECT_SOURCE.into(),
        }
    };
    let failed = Derived::new(move || matches!(*kept.phase.read(), Phase::Failed(_)));
    let press = move || attempt::go_on(session, kept, target.get_untracked());
    let parts = FormParts {
        phase: kept.phase,
        top: where_to.draw(),
        before: (
            move || {
                (!failed.get()).then(|| {
                    let words = text::CANNOT_BE_CHANGED;
                    notice(Tone::Warn, "", words, None)
                })
            },
            move || outcome::failure(session, kept, target),
            p().attr("class", "cz-form__progress")
                .attr("role", "status")
                .child(move || match *kept.phase.read() {
                    Phase::Submitting(Step::Sending) => text::SENDING_LONG,
                    Phase::Submitting(Step::Checking) => text::CHECKING_LONG,
                    _ => "",
                }),
        )
            .draw(),
        submit: Box::new(submit),
        action: Box::new(move || match &*kept.phase.read() {
            Phase::Failed(failure) if wants_word(failure) => "continue",
            Phase::Failed(_) => "retry",
            _ => "connect",
        }),
        waits: Box::new(move || kept.wait.get() > 0),
        beside: cancel(
            session,
            Route::Storefront(target.with_untracked(|target| target.storefront)),
        ),
        on_submit: Box::new(press),
    };
    // A refused token is asked for beside the form, not inside it: each is a form of its own.
    let token = move || {
        outcome::wants_token(&kept.phase.read()).then(|| {
            let done = move || attempt::after_new_token(session, kept, target.get_untracked());
            (around.token)(session, text::TOKEN_REFUSED, Rc::new(done))
        })
    };
    div()
        .anchor(root)
        .attr("class", "cz-stack")
        .child((
            token,
            credential_form(kept.form, parts),
            confirm(session, kept, target),
        ))
        .draw()
}

/// What is known about the source, beside the form.
pub fn about(session: Session, target: State<Target>, row: Derived<Option<SourceRow>>) -> View {
    let rows = move || {
        let mut rows = vec![(
            text::SOURCE_ID,
            mono(target.with_untracked(|t| t.source.clone())),
        )];
        if let Some(row) = row.get() {
            rows.push((text::STATUS, status_pill(row.status)));
            if !row.accounts.is_empty() {
                let names = row.accounts.iter().map(|a| a.account_identifier.as_str());
                let names = text::joined(names, ", ");
                rows.push((text::ACCOUNTS, mono(names)));
            }
        }
        let company = session
            .account
            .read()
            .ready()
            .map(|account| account.company.clone());
        if let Some(company) = company {
            rows.push((text::FOR, text::whole_company(&company).draw()));
        }
        let label = session.label();
        if !label.is_empty() {
            rows.push((text::ENVIRONMENT, label.draw()));
        }
        facts(rows)
    };
    let help = catalog::STOREFRONT_HELP.to_owned();
    aside()
        .attr("class", "cz-aside")
        .attr("aria-label", text::ABOUT_CONNECTION)
        .child((
            h2().attr("class", "cz-section__title")
                .child(text::ABOUT_CONNECTION),
            rows,
            p().attr("class", "cz-muted").child(text::SEVERAL_ACCOUNTS),
            p().child(new_tab_link(help, text::HELP_LINK, None).attr("class", "cz-link")),
        ))
        .draw()
}

/// Moves the focus once the page has drawn what it goes to.
pub fn focus_soon(root: Anchor, selector: &'static str) {
    browser::spawn(async move {
        browser::sleep(0).await;
        if let Some(root) = root.get() {
            browser::focus_first(&root, selector);
        }
    });
}

/// True when the failure is one that signing in again in another tab mends.
pub fn is_session_failure(failure: &Failure) -> bool {
    matches!(failure.last(), Some(ApiError::SessionEnded))
}

/// True when going on needs the person's word: something changed since the form was filled.
pub fn wants_word(failure: &Failure) -> bool {
    is_session_failure(failure) || matches!(failure, Failure::OtherCompany(..))
}

/// True when the failure is one that a new token mends.
pub fn is_token_failure(failure: &Failure) -> bool {
    matches!(failure.last(), Some(ApiError::Unauthorized))
}
