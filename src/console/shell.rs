//! What surrounds every page: the way past the header, the header, the footer.

use super::parts;
use super::session::Session;
use crate::browser;
use crate::route::Route;
use crate::text;
use crate::ui::state::{Derived, State};
use crate::ui::tag;
use crate::ui::tag::{
    a, div, fieldset, footer, header, input, label, legend, li, main as html_main, nav, p, span, ul,
};
use crate::ui::view::{Draw, View};
use crate::ui::{Icon, Tone, icon, notice};

/// The whole page, while its address is one of the program's.
pub fn shell(session: Session) -> View {
    let ours = Derived::new(move || session.owns(&session.route.read()));
    (move || ours.get().then(|| whole(session))).draw()
}

fn whole(session: Session) -> View {
    let route = Derived::new(move || session.route.get());
    let page = move || {
        let route = route.read();
        // It is drawn no more in a moment.
        if !session.owns(&route) {
            return View::default();
        }
        (session.program.page)(session, &route).unwrap_or_else(|| nowhere(session))
    };
    let offline = move || {
        (!session.online.get())
            .then(|| notice(Tone::Warn, text::OFFLINE_TITLE, text::OFFLINE_TEXT, None))
    };
    div()
        .attr("class", "cz-app")
        .child((
            a().attr("class", "cz-skip")
                .attr("href", "#main")
                .child(text::SKIP)
                .on("click", |event| {
                    event.prevent_default();
                    browser::focus_main();
                }),
            top(session, route),
            div()
                .attr("class", "cz-offline")
                .attr("role", "status")
                .child(offline),
            html_main()
                .attr("class", "cz-main")
                .attr("id", "main")
                .attr("tabindex", "-1")
                .child(div().attr("class", "cz-page").child(page)),
            footer().attr("class", "cz-footer").child(
                div().attr("class", "cz-footer__inner").child((
                    p().child(text::FOOTER),
                    p().attr("class", "cz-num")
                        .child(concat!("Credenza ", env!("CARGO_PKG_VERSION"))),
                )),
            ),
        ))
        .draw()
}

fn top(session: Session, route: Derived<Route>) -> View {
    let link = move |target: Route, words: &'static str| {
        let href = session.path(&target);
        let here = move || {
            let now = route.read();
            let inside = matches!(*now, Route::Storefront(_) | Route::Source(..));
            let agent = matches!(*now, Route::Agent(_));
            let destination = matches!(*now, Route::Destination(_) | Route::NewDestination);
            let above = (inside && target == Route::Storefronts)
                || (agent && target == Route::Agents)
                || (destination && target == Route::Destinations);
            (*now == target || above).then_some("page")
        };
        li().child(
            a().attr("class", "cz-nav__link")
                .attr("href", href)
                .attr("aria-current", here)
                .child(words),
        )
    };
    let hidden = |words| span().attr("class", "cz-visually-hidden").child(words);
    let label = session.label();
    let company = move || {
        let account = session.account.read();
        account.ready().map(|account| {
            p().attr("class", "cz-company").child((
                hidden(text::COMPANY_PREFIX),
                span()
                    .attr("class", "cz-company__name")
                    .attr("title", account.company.clone())
                    .child(account.company.clone()),
            ))
        })
    };
    header()
        .attr("class", "cz-header")
        .child(
            div().attr("class", "cz-header__inner").child((
                div().attr("class", "cz-header__brand").child((
                    a().attr("class", "cz-brand")
                        .attr("href", session.path(&Route::Overview))
                        .child((icon(Icon::BRAND), "Credenza")),
                    (!label.is_empty()).then(|| {
                        span()
                            .attr("class", "cz-chip")
                            .child((hidden(text::ENVIRONMENT_PREFIX), label))
                    }),
                )),
                nav()
                    .attr("class", "cz-nav")
                    .attr("aria-label", text::MAIN_NAV)
                    .child(
                        ul().attr("class", "cz-nav__list")
                            .attr("role", "list")
                            .child((
                                link(Route::Overview, text::OVERVIEW),
                                session.service().map(|_| {
                                    (
                                        link(Route::Storefronts, text::STOREFRONTS),
                                        link(Route::Credentials, text::CREDENTIALS),
                                    )
                                }),
                                session.destinations_service().map(|_| {
                                    link(Route::Destinations, text::destinations::DESTINATIONS)
                                }),
                                session
                                    .inventory_service()
                                    .map(|_| link(Route::Inventory, text::inventory::INVENTORY)),
                                session
                                    .config
                                    .registry
                                    .as_ref()
                                    .map(|_| link(Route::Agents, text::registry::AGENTS)),
                                link(Route::Settings, text::SETTINGS),
                            )),
                    ),
                div()
                    .attr("class", "cz-header__end")
                    .child((company, theme_switch())),
            )),
        )
        .draw()
}

/// Light, dark, or as the device has it.
fn theme_switch() -> View {
    let chosen = State::new(browser::load_theme().unwrap_or_default());
    let option = move |value: &'static str, picture: Icon, words: &'static str| {
        label()
            .attr("class", "cz-theme__option")
            .attr("title", words)
            .child((
                input()
                    .attr("class", "cz-theme__input")
                    .attr("type", "radio")
                    .attr("name", "theme")
                    .attr("value", value)
                    .prop("checked", move || chosen.with(|chosen| chosen == value))
                    .on("change", move |_| {
                        let theme = (!value.is_empty()).then_some(value);
                        chosen.set(value.to_owned());
                        browser::set_theme(theme);
                        browser::save_theme(theme);
                    }),
                icon(picture),
                span().attr("class", "cz-visually-hidden").child(words),
            ))
    };
    fieldset()
        .attr("class", "cz-theme")
        .child((
            legend()
                .attr("class", "cz-visually-hidden")
                .child(text::APPEARANCE),
            option("", Icon::AUTO, text::THEME_AUTO),
            option("light", Icon::SUN, text::THEME_LIGHT),
            option("dark", Icon::MOON, text::THEME_DARK),
        ))
        .draw()
}

fn nowhere(session: Session) -> View {
    (
        parts::page_head(
            None,
            parts::still(text::NOWHERE_TITLE),
            parts::still(text::NOWHERE_TEXT),
            None,
        ),
        div().attr("class", "cz-actions").child((
            parts::link_button(
                "cz-button--primary",
                session.path(&Route::Overview),
                text::TO_OVERVIEW,
            ),
            session.service().map(|_| {
                parts::link_button("", session.path(&Route::Storefronts), text::TO_STOREFRONTS)
            }),
        )),
    )
        .draw()
}

/// The page that is shown when the configuration cannot be used.
pub fn unconfigured(why: String) -> View {
    browser::set_title(&text::page_title(text::UNCONFIGURED_TITLE));
    html_main()
        .attr("class", "cz-main")
        .child(
            div().attr("class", "cz-page").child((
                tag::h1()
                    .attr("class", "cz-page__title")
                    .child(text::UNCONFIGURED_TITLE),
                div().attr("role", "alert").child(notice(
                    Tone::Bad,
                    &why,
                    text::UNCONFIGURED_TEXT,
                    None,
                )),
            )),
        )
        .draw()
}
