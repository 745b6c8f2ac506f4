//! `/storefronts`: every storefront of both visibilities, searched by name, page by page.

use std::rc::Rc;

use leptos::prelude::*;

use super::access::{gate, on_asker};
use super::filters::{choice_field, filters_of, search_field};
use super::list_row::storefront_row;
use super::parts::{empty, load_error, page_head, skeleton_rows, still};
use super::session::{Remote, Session};
use crate::api::storefront::{
    ListQuery, Page, StatusFilter, StorefrontSummary, Visibility, list_request, parse_list,
};
use crate::browser;
use crate::credential::number::digits;
use crate::route::Route;
use crate::text;
use crate::ui::button;
use crate::ui::state::{Derived, State, effect};
use crate::ui::tag::{div, p, span, ul};
use crate::ui::view::{Draw, View};

crate::ui::held::hold!(Wanted, Vec<Stream>);

/// How many rows one request asks for.
const PAGE_SIZE: u16 = 20;
/// How long typing must pause before the server is asked, in milliseconds.
const PAUSE: i32 = 250;

/// The rows of one visibility. The API lists one at a time; the person wants both.
#[derive(Clone, Debug)]
struct Stream {
    visibility: Visibility,
    rows: Vec<Rc<StorefrontSummary>>,
    total: u64,
    next: Option<u64>,
    state: Remote<()>,
}

/// What the address asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Wanted {
    name: String,
    status: String,
    visibility: String,
}

#[derive(Clone, Copy)]
struct List {
    session: Session,
    streams: State<Vec<Stream>>,
    /// Counts questions; an answer to an earlier one is thrown away.
    round: State<u32>,
}

/// The page.
pub fn page(session: Session) -> View {
    let wanted = Derived::new(move || {
        let query = session.query.read();
        let get = |name: &str| query.get(name).to_owned();
        Wanted {
            name: get("name"),
            status: get("status"),
            visibility: get("visibility"),
        }
    });
    let list = List {
        session,
        streams: State::default(),
        round: State::new(0),
    };
    on_asker(session, move || list.ask(&untrack(|| wanted.get())));
    let asked = std::cell::RefCell::new(untrack(|| wanted.get()));
    effect(move || {
        let now = wanted.get();
        if asked.replace(now.clone()) != now {
            untrack(|| list.ask(&now));
        }
    });
    let company = move || {
        session
            .account
            .read()
            .ready()
            .map(|account| account.company.clone())
    };
    (
        page_head(
            None,
            still(text::STOREFRONTS),
            Derived::new(move || text::storefronts_sub(company().as_deref())),
            None,
        ),
        gate(
            session,
            Box::new(move || {
                (filters(session, wanted), move || {
                    results(&list, &wanted.read())
                })
                    .draw()
            }),
        ),
    )
        .draw()
}

impl List {
    /// Asks for the first page of everything that is wanted.
    fn ask(self, wanted: &Wanted) {
        self.round.bump();
        let stream = |visibility| Stream {
            visibility,
            rows: Vec::new(),
            total: 0,
            next: Some(0),
            state: Remote::Unasked,
        };
        self.streams.set(match wanted.visibility.as_str() {
            "public" => vec![stream(Visibility::Public)],
            "private" => vec![stream(Visibility::Private)],
            _ => vec![stream(Visibility::Public), stream(Visibility::Private)],
        });
        for at in 0..self.streams.with_untracked(Vec::len) {
            self.more(at, wanted, false);
        }
    }

    /// Asks for the next page of one visibility; its first row may take the focus.
    fn more(self, at: usize, wanted: &Wanted, focus: bool) {
        let Some((visibility, Some(offset))) = self.streams.with_untracked(|streams| {
            streams
                .get(at)
                .map(|stream| (stream.visibility, stream.next))
        }) else {
            return;
        };
        let query = ListQuery {
            name: wanted.name.trim().to_owned(),
            status: StatusFilter::named(&wanted.status),
            visibility,
            limit: PAGE_SIZE,
            offset,
            ..ListQuery::default()
        };
        self.set(at, |stream| stream.state = Remote::Loading);
        let round = self.round.get_untracked();
        let request = list_request(&self.session.client(), &query);
        let before: usize = self.streams.with_untracked(|streams| {
            streams
                .iter()
                .take(at + 1)
                .map(|stream| stream.rows.len())
                .sum()
        });
        self.session
            .load(request, parse_list, move |answer: Remote<Page>| {
                if self.round.try_peek().as_deref() != Some(&round) {
                    return;
                }
                self.set(at, |stream| match answer {
                    Remote::Ready(page) => {
                        stream.rows.extend(page.items.into_iter().map(Rc::new));
                        stream.total = page.total;
                        stream.next = page.next_offset.filter(|_| page.has_more);
                        stream.state = Remote::Ready(());
                    }
                    Remote::Failed(error) => stream.state = Remote::Failed(error),
                    Remote::Unasked | Remote::Loading => {}
                });
                if focus {
                    focus_row(before);
                }
            });
    }

    fn set(self, at: usize, f: impl FnOnce(&mut Stream)) {
        self.streams.update(|streams| {
            if let Some(stream) = streams.get_mut(at) {
                f(stream);
            }
        });
    }
}

/// The button that was pressed is gone by now: the first of the new rows takes the focus in its place.
fn focus_row(before: usize) {
    browser::spawn(async move {
        browser::sleep(0).await;
        let row = words!("main li:nth-child({}) > div a", digits(before + 1));
        browser::focus_first(&browser::body(), &row);
    });
}

/// Name, visibility and status. They live in the address, so that reload and back keep them.
fn filters(session: Session, wanted: Derived<Wanted>) -> View {
    let set = move |name: &'static str, value: &str| {
        let mut query = session.query.get_untracked();
        query.set(name, value);
        browser::replace(&(session.path(&Route::Storefronts) + &query.to_search()));
        session.query.set(query);
    };
    let typed = State::new(0_u32);
    let search = move |value: String| {
        typed.bump();
        let turn = typed.get_untracked();
        browser::spawn(async move {
            browser::sleep(PAUSE).await;
            if typed.try_peek().as_deref() == Some(&turn) {
                set("name", &value);
            }
        });
    };
    let visibilities = [
        ("", text::VISIBILITY_BOTH.to_owned()),
        ("public", text::VISIBILITY_PUBLIC.to_owned()),
        ("private", text::VISIBILITY_PRIVATE.to_owned()),
    ];
    let mut statuses = vec![("", text::ANY_STATUS.to_owned())];
    statuses.extend(StatusFilter::ALL.map(|s| (s.as_str(), text::readiness(s.as_str()))));
    filters_of(
        text::STOREFRONTS,
        vec![
            search_field(
                "name",
                text::NAME,
                Derived::new(move || wanted.get().name),
                search,
            ),
            choice_field(
                "visibility",
                text::VISIBILITY,
                visibilities.to_vec(),
                Derived::new(move || wanted.get().visibility),
                move |value| set("visibility", &value),
            ),
            choice_field(
                "status",
                text::STATUS,
                statuses,
                Derived::new(move || wanted.get().status),
                move |value| set("status", &value),
            ),
        ],
    )
}

/// The count, the rows, what could not be read, and the way to more.
fn results(list: &List, wanted: &Wanted) -> View {
    let list = *list;
    let streams = list.streams.read();
    let session = list.session;
    let shown: u64 = streams.iter().map(|s| s.rows.len() as u64).sum();
    let total: u64 = streams.iter().map(|s| s.total).sum();
    let loading = streams
        .iter()
        .any(|s| matches!(s.state, Remote::Loading | Remote::Unasked));
    let failed: Vec<_> = (0..streams.len())
        .filter_map(|at| Some((at, streams[at].state.failed()?.clone())))
        .collect();
    let partly = failed.len() < streams.len();
    let again = {
        let wanted = wanted.clone();
        move |which: Vec<usize>| {
            let wanted = wanted.clone();
            move || which.iter().for_each(|at| list.more(*at, &wanted, true))
        }
    };
    let rows: Vec<View> = streams
        .iter()
        .flat_map(|s| &s.rows)
        .map(|row| storefront_row(session, row))
        .collect();
    let nothing = rows.is_empty() && !loading && failed.is_empty();
    let more = streams
        .iter()
        .position(|s| s.next.is_some() && s.state.ready().is_some());
    let count = text::storefront_count(
        shown,
        total,
        loading && shown == 0,
        !failed.is_empty() && !partly,
    );
    // What failed for one reason is said once; trying again tries all of it.
    let which = failed.iter().map(|(at, _)| *at).collect();
    let errors = failed
        .first()
        .map(|(_, error)| load_error(error, again(which)));
    let waits = loading && rows.is_empty();
    (
        div().attr("class", "cz-bar-line").child(
            p().attr("class", "cz-live")
                .attr("role", "status")
                .child(count),
        ),
        errors,
        (!rows.is_empty()).then(|| {
            ul().attr("class", "cz-rows")
                .attr("role", "list")
                .child(rows)
        }),
        waits.then(|| skeleton_rows("cz-row cz-row--storefront")),
        nothing.then(|| nothing_found(session, wanted)),
        more.filter(|_| !waits).map(|at| {
            div().attr("class", "cz-more").child((
                button("more", "", text::LOAD_MORE, again(vec![at])),
                span()
                    .attr("class", "cz-muted cz-num")
                    .child(text::some_of(shown, total)),
            ))
        }),
    )
        .draw()
}

fn nothing_found(session: Session, wanted: &Wanted) -> View {
    let filtered = *wanted
        != Wanted {
            name: String::new(),
            status: String::new(),
            visibility: String::new(),
        };
    if !filtered {
        return empty(text::NO_STOREFRONTS_TITLE, text::NO_STOREFRONTS_TEXT, None);
    }
    let clear = move || {
        browser::push(&session.path(&Route::Storefronts));
        session.query.set(crate::route::Query::default());
    };
    empty(
        &text::nothing_found(&wanted.name),
        text::NOTHING_FOUND_TEXT,
        Some(button("clear-filters", "", text::CLEAR_FILTERS, clear)),
    )
}
