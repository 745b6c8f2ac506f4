//! `/`: what is configured, what needs attention, and the next step of each.

use std::rc::Rc;

use super::access::{gate, on_asker};
use super::consent;
use super::list_row::storefront_row;
use super::parts::{link_button, load_error, page_head, part, still, time};
use super::session::{Door, Remote, Session};
use super::status::again_button;
use crate::api::storefront::{
    CredentialStatus, ListQuery, Page, RegisteredCredential, Visibility, list_request, parse_list,
};
use crate::api::{AccessKind, ApiError, ServiceConfig};
use crate::route::Route;
use crate::text;
use crate::ui::state::State;
use crate::ui::tag::{a, div, h2, li, p, section, span, ul};
use crate::ui::view::{Draw, View};
use crate::ui::{Icon, icon};

crate::ui::held::hold!([Remote<Rc<Page>>; 2]);

/// How many things of one kind are shown; the rest is a link away.
const SHOWN: usize = 5;
/// How many storefronts one request may ask for.
const LOOKED_AT: u16 = 100;

/// The storefronts of both visibilities, as far as they were read.
type Storefronts = State<[Remote<Rc<Page>>; 2]>;

/// The page.
pub fn page(session: Session) -> View {
    let storefronts: Storefronts = State::default();
    let load = move || {
        session.load_credentials();
        for (at, visibility) in [Visibility::Public, Visibility::Private]
            .into_iter()
            .enumerate()
        {
            let query = ListQuery {
                visibility,
                limit: LOOKED_AT,
                ..ListQuery::default()
            };
            let request = list_request(&session.client(), &query);
            session.load(request, parse_list, move |page| {
                storefronts.update(|all| all[at] = page.shared());
            });
        }
    };
    if session.service().is_some() {
        on_asker(session, load);
    }
    let attention = move || {
        let ready = session.service().is_some() && session.door() != Door::TokenNeeded;
        ready.then(|| {
            let content = move || attention(session, storefronts, load);
            gate(session, Box::new(content))
        })
    };
    (
        page_head(None, still(text::OVERVIEW), still(text::OVERVIEW_SUB), None),
        services(session),
        attention,
    )
        .draw()
}

fn services(session: Session) -> View {
    let card = session.service().map(|service| {
        let access = move || match (service.access, session.door()) {
            (AccessKind::Gateway, _) => text::ACCESS_GATEWAY.to_owned(),
            (_, Door::TokenNeeded) => text::ACCESS_TOKEN_NEEDED.to_owned(),
            _ => {
                let account = session.account.read();
                text::access_token_of(account.ready().map(|account| account.company.as_str()))
            }
        };
        let name = text::with_label(text::INTERCHANGE, session.label());
        let href = session.path(&Route::Storefronts);
        let words = [text::STOREFRONTS, text::STOREFRONT_CARD];
        service_card(href, words, name, access.draw())
    });
    let registry = session.config.registry.as_ref().map(|service| {
        let label = service.label.as_deref().unwrap_or_default();
        let name = text::with_label(text::registry::NAME, label);
        let how = match service.access {
            AccessKind::SignIn => text::registry::ACCESS_SIGN_IN,
            AccessKind::Token => text::registry::USE_KEY,
            AccessKind::Gateway => text::ACCESS_GATEWAY,
        };
        let href = session.path(&Route::Agents);
        let words = [text::registry::AGENTS, text::registry::CARD];
        service_card(href, words, name, how.draw())
    });
    let client = |service: Option<&ServiceConfig>,
                  route: Route,
                  [title, about, name, how]: [&'static str; 4]| {
        let service = service?;
        let label = service.label.as_deref().unwrap_or_default();
        let how = match service.access {
            AccessKind::Gateway => text::ACCESS_GATEWAY,
            AccessKind::Token | AccessKind::SignIn => how,
        };
        let name = text::with_label(name, label);
        let href = session.path(&route);
        Some(service_card(href, [title, about], name, how.draw()))
    };
    let destinations = {
        use text::destinations::{ACCESS_TOKEN, CARD, DESTINATIONS, NAME};
        client(
            session.destinations_service(),
            Route::Destinations,
            [DESTINATIONS, CARD, NAME, ACCESS_TOKEN],
        )
    };
    let inventory = {
        use text::inventory::{ACCESS, CARD, INVENTORY, NAME};
        client(
            session.inventory_service(),
            Route::Inventory,
            [INVENTORY, CARD, NAME, ACCESS],
        )
    };
    let cards = [card, destinations, inventory, registry];
    let none = cards
        .iter()
        .all(Option::is_none)
        .then(|| p().child(text::NO_SERVICES));
    section()
        .attr("class", "cz-section")
        .attr("aria-label", text::SERVICES)
        .child((
            h2().attr("class", "cz-section__title")
                .child(text::SERVICES),
            ul().attr("class", "cz-rows")
                .attr("role", "list")
                .child(cards.into_iter().flatten().collect::<Vec<_>>()),
            none,
        ))
        .draw()
}

/// One service: the way to its pages, what it is, its name, and who authorizes our calls.
fn service_card(href: String, [title, about]: [&'static str; 2], name: String, how: View) -> View {
    li().attr("class", "cz-row cz-row--service")
        .child((
            div().child((
                p().attr("class", "cz-row__title").child(
                    a().attr("class", "cz-row__link")
                        .attr("href", href)
                        .child(title),
                ),
                p().attr("class", "cz-row__meta").child(about),
            )),
            p().attr("class", "cz-row__meta").child(name),
            p().attr("class", "cz-row__meta").child(how),
            span().attr("class", "cz-row__go").child(icon(Icon::GO)),
        ))
        .draw()
}

/// What waits for the person: consents, and sources without credentials.
fn attention(session: Session, storefronts: Storefronts, load: impl Fn() + Copy + 'static) -> View {
    let all = storefronts.read();
    let list = session.credentials.read();
    let pages: Vec<&Rc<Page>> = all.iter().filter_map(Remote::ready).collect();
    let waits = |row: &&RegisteredCredential| row.status == CredentialStatus::Pending;
    let pending: Vec<&RegisteredCredential> =
        list.ready().into_iter().flatten().filter(waits).collect();
    let open = pages.iter().flat_map(|page| &page.items).filter(|row| {
        let counts = (row.connected_source_count, row.source_count);
        row.adapter_provider_type.is_none()
            && matches!(counts, (Some(ready), Some(all)) if ready < all)
    });
    let open: Vec<_> = open.collect();
    let loading = matches!(*list, Remote::Loading | Remote::Unasked)
        || all
            .iter()
            .any(|page| matches!(page, Remote::Loading | Remote::Unasked));
    let failed: Option<&Rc<ApiError>> = list
        .failed()
        .or_else(|| all.iter().find_map(Remote::failed));
    let nothing = pending.is_empty() && open.is_empty() && failed.is_none();
    let count = match (nothing, loading) {
        (true, true) => text::LOOKING_UP,
        (true, false) => text::NOTHING_OPEN,
        (false, _) => "",
    };
    let credentials = session.path(&Route::Credentials) + "?status=pending";
    let rows = pending
        .iter()
        .take(SHOWN)
        .map(|row| pending_row(session, row));
    let rows = rows.collect::<Vec<_>>();
    let more = pages.iter().any(|page| page.has_more);
    part(
        text::ATTENTION,
        p().attr("class", "cz-live")
            .attr("role", "status")
            .child(count)
            .draw(),
        (
            failed.map(|error| load_error(error, load)),
            group(text::PENDING_CONSENTS, rows, pending.len(), credentials),
            group(
                text::OPEN_SOURCES,
                open.iter()
                    .take(SHOWN)
                    .map(|row| storefront_row(session, row))
                    .collect(),
                open.len(),
                session.path(&Route::Storefronts),
            ),
            more.then(|| p().attr("class", "cz-muted").child(text::ONLY_FIRST)),
        )
            .draw(),
    )
}

/// Some rows under a title, and the way to the rest.
fn group(title: &'static str, rows: Vec<View>, all: usize, rest: String) -> Option<View> {
    let more = all > rows.len();
    let view = div().attr("class", "cz-stack--tight").child((
        p().attr("class", "cz-row__title").child(title),
        ul().attr("class", "cz-rows")
            .attr("role", "list")
            .attr("aria-label", title)
            .child(rows),
        more.then(|| link_button("cz-button--small", rest, text::all_of(all))),
    ));
    (all > 0).then(|| view.draw())
}

fn pending_row(session: Session, row: &RegisteredCredential) -> View {
    let again = row.clone();
    let press = move || consent::start_listed(session, &again);
    let label = text::start_again(&row.account_identifier);
    li().attr("class", "cz-row cz-row--pending")
        .child((
            div().child((
                p().attr("class", "cz-row__title")
                    .child(row.account_identifier.clone()),
                p().attr("class", "cz-row__meta")
                    .child(text::sources_of(row.sources.as_deref())),
            )),
            p().attr("class", "cz-row__meta").child((
                text::PENDING_SINCE,
                " ",
                time(&row.created_at),
            )),
            div()
                .attr("class", "cz-row__end")
                .child(consent::can_start(row).then(|| again_button(label, press))),
        ))
        .draw()
}
