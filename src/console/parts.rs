//! Pieces that several pages are made of.

use std::borrow::Cow;

use super::session::Session;
use crate::api::ApiError;
use crate::api::storefront::SourceStatus;
use crate::api::time::millis;
use crate::browser::{self, Detail};
use crate::route::Route;
use crate::text::{self, Message};
use crate::ui::state::{Derived, effect};
use crate::ui::tag;
use crate::ui::tag::{a, div, h1, h2, li, p, section, span, ul};
use crate::ui::view::{Anchor, Draw, El, View};
use crate::ui::{Icon, Tone, button, icon, notice};

/// The head of a page: a way back, the heading, a line below it, something beside it.
///
/// The heading takes the focus when the person came here from another page.
pub fn page_head(
    back: Option<(String, &'static str)>,
    title: Derived<String>,
    sub: Derived<String>,
    beside: Option<View>,
) -> View {
    if browser::is_embedded() {
        return head_of_element(title, sub);
    }
    let heading = Anchor::default();
    effect(move || browser::set_title(&text::page_title(&title.get())));
    let head = div()
        .attr("class", "cz-page__head")
        .child((
            div().attr("class", "cz-page__titles").child((
                back.map(|(href, words)| {
                    a().attr("class", "cz-back")
                        .attr("href", href)
                        .child((icon(Icon::BACK), words))
                }),
                h1().anchor(heading)
                    .attr("aria-describedby", move || {
                        (!sub.read().is_empty()).then_some("page-sub")
                    })
                    .attr("class", "cz-page__title")
                    .attr("tabindex", "-1")
                    .child(move || title.get()),
                move || {
                    let sub = sub.get();
                    (!sub.is_empty()).then(|| {
                        p().attr("class", "cz-page__sub")
                            .attr("id", "page-sub")
                            .child(sub)
                    })
                },
            )),
            beside,
        ))
        .draw();
    // The heading can take the focus once it is in the page.
    browser::spawn(async move {
        browser::sleep(0).await;
        if let Some(heading) = heading.get() {
            browser::focus_after_navigation(&heading);
        }
    });
    head
}

/// The same in somebody else's page, whose heading and title are its own.
pub fn head_of_element(title: Derived<String>, sub: Derived<String>) -> View {
    let below = move || {
        let sub = sub.get();
        (!sub.is_empty()).then(|| p().attr("class", "cz-page__sub").child(sub))
    };
    div()
        .attr("class", "cz-page__titles")
        .child((
            h2().attr("class", "cz-page__title")
                .child(move || title.get()),
            below,
        ))
        .draw()
}

/// How a program leads elsewhere.
pub struct Ways {
    /// To another page, with this class of a button, in these words.
    pub to: fn(Session, Route, &'static str, Cow<'static, str>) -> View,
    /// Away from a form: back to a page.
    pub cancel: fn(Session, Route) -> View,
}

/// The console has links.
pub static LINKS: Ways = Ways {
    to: |session, route, class, words| link_button(class, session.path(&route), words),
    cancel: |session, route| link_button("cz-button--quiet", session.path(&route), text::CANCEL),
};

/// An element has the page of one credential besides its own, and no other; the page around it is told that the person
/// turns away.
pub static BUTTONS: Ways = Ways {
    to: |session, route, class, words| match route {
        Route::Destination(_) => button("open", class, words, move || session.go(route.clone())),
        _ => View::default(),
    },
    cancel: |session, _| {
        button("cancel", "cz-button--quiet", text::CANCEL, move || {
            if let Some(host) = session.host {
                host.tell("cancel", &Detail::default());
            }
        })
    },
};

/// The way to another page, with this class of a button, where the program has it.
pub fn way(
    session: Session,
    route: Route,
    class: &'static str,
    words: impl Into<Cow<'static, str>>,
) -> View {
    (session.program.ways.to)(session, route, class, words.into())
}

/// Turns away from a form, back to a page.
pub fn cancel(session: Session, route: Route) -> View {
    (session.program.ways.cancel)(session, route)
}

/// A titled part of a page.
pub fn part(title: &'static str, beside: View, rest: View) -> View {
    section()
        .attr("class", "cz-section")
        .attr("aria-label", title)
        .child((
            div()
                .attr("class", "cz-bar-line")
                .child((h2().attr("class", "cz-section__title").child(title), beside)),
            rest,
        ))
        .draw()
}

/// How things stand with a source, in a word, a picture and a colour.
pub fn status_pill(status: SourceStatus) -> View {
    let (tone, picture, words) = match status {
        SourceStatus::Connected => (Tone::Ok, Icon::OK, text::STATUS_CONNECTED),
        SourceStatus::NeedsCredentials => (Tone::Warn, Icon::KEY, text::STATUS_NEEDS),
        SourceStatus::NoneNeeded => (Tone::None, Icon::NONE, text::STATUS_NONE_NEEDED),
        SourceStatus::Pending => (Tone::Info, Icon::WAIT, text::STATUS_PENDING),
        SourceStatus::Unknown => (Tone::None, Icon::UNKNOWN, text::STATUS_UNKNOWN),
    };
    pill(tone, picture, words)
}

/// Whether a storefront does business, as its `effectiveStatus` says.
pub fn readiness_pill(status: &str) -> View {
    let (tone, picture) = match status {
        "live" => (Tone::Ok, Icon::OK),
        "blocked" => (Tone::Bad, Icon::BLOCKED),
        "paused" => (Tone::None, Icon::PAUSE),
        _ => (Tone::None, Icon::NONE),
    };
    pill(tone, picture, &text::readiness(status))
}

/// A state in a word, a picture and a colour.
pub fn pill(tone: Tone, picture: Icon, words: &str) -> View {
    span()
        .attr("class", "cz-pill")
        .attr("data-tone", tone.name())
        .child((icon(picture), words))
        .draw()
}

/// An instant, where the person is; the text of the server when it cannot be read as one.
pub fn time(iso: &str) -> View {
    let shown = local_time(iso);
    tag::time()
        .attr("class", "cz-num")
        .attr("datetime", iso.to_owned())
        .child(shown)
        .draw()
}

/// A text that stays.
pub fn still(words: &'static str) -> Derived<String> {
    Derived::new(move || words.to_owned())
}

/// The same as text.
pub fn local_time(iso: &str) -> String {
    millis(iso).map_or_else(|| iso.to_owned(), browser::local_time)
}

/// A value that is copied rather than read.
pub fn mono(value: String) -> View {
    span().attr("class", "cz-mono").child(value).draw()
}

/// What failed to be read, and the way to try again.
pub fn load_error(error: &ApiError, again: impl Fn() + 'static) -> View {
    load_error_of(error, text::INTERCHANGE, again)
}

/// The same for the service of this name.
pub fn load_error_of(error: &ApiError, api: &str, again: impl Fn() + 'static) -> View {
    load_error_with(text::api_error(error, api), again)
}

/// The same in these words.
pub fn load_error_with(message: Message, again: impl Fn() + 'static) -> View {
    // The button goes with the message; the heading keeps the person's place.
    let retry = button("retry", "cz-button--small", text::TRY_AGAIN, move || {
        again();
        browser::focus_heading();
    });
    error_with(&message, retry)
}

/// What failed, and a button.
fn error_with(message: &Message, retry: View) -> View {
    div()
        .attr("role", "alert")
        .child(notice(
            Tone::Bad,
            &message.title,
            &message.detail,
            Some(retry),
        ))
        .draw()
}

/// Rows that are on their way.
pub fn skeleton_rows(class: &'static str) -> View {
    let line = |class: &'static str| span().attr("class", class);
    let row = || {
        li().attr("class", class).child((
            div().child((line("cz-skeleton"), line("cz-skeleton cz-skeleton--short"))),
            line("cz-skeleton"),
            line("cz-skeleton"),
            line("cz-skeleton"),
        ))
    };
    let rows = (0..5).map(|_| row()).collect::<Vec<_>>();
    ul().attr("class", "cz-rows")
        .attr("aria-hidden", "true")
        .child(rows)
        .draw()
}

/// There is nothing to show, and what to do about it.
pub fn empty(title: &str, words: &str, actions: Option<View>) -> View {
    div()
        .attr("class", "cz-empty")
        .child((
            icon(Icon::SEARCH),
            h2().attr("class", "cz-empty__title").child(title),
            p().attr("class", "cz-empty__text").child(words),
            actions.map(|actions| div().attr("class", "cz-actions").child(actions)),
        ))
        .draw()
}

/// A link that looks like a button.
pub fn link_button(class: &'static str, href: String, label: impl Draw) -> View {
    link(class, href, label.draw())
}

#[inline(never)]
fn link(class: &'static str, href: String, label: View) -> View {
    a().attr("class", ["cz-button ", class].concat())
        .attr("href", href)
        .child(label)
        .draw()
}

/// The address of the page on which one source is connected.
pub fn source_path(session: Session, storefront: u64, source: &str) -> String {
    session.path(&Route::Source(storefront, source.to_owned()))
}

/// A link to another site, which opens in a new tab, says so, and tells that site nothing of this page.
pub fn new_tab_link(address: String, words: &'static str, picture: Option<Icon>) -> El {
    a().attr("href", address)
        .attr("target", "_blank")
        .attr("rel", "noopener noreferrer")
        .child((
            words,
            picture.map(icon),
            span()
                .attr("class", "cz-visually-hidden")
                .child(text::NEW_TAB),
        ))
}
