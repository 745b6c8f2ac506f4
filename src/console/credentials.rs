//! `/credentials`: everything that the company has registered, filtered and sorted in the page.

mod rows;

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::untrack;

use super::access::{gate, on_asker};
use super::consent;
use super::csv::csv;
use super::filters::{choice_field, filters_of, search_field};
use super::parts::{empty, link_button, load_error, local_time, page_head, skeleton_rows, still};
use super::session::{Remote, Session};
use crate::api::is_addressable;
use crate::api::storefront::CredentialStatus;
use crate::browser::{self, Line};
use crate::route::Route;
use crate::text;
use crate::ui::button;
use crate::ui::state::{Derived, State, effect};
use crate::ui::table::{Column, TableParts, table};
use crate::ui::tag::{div, p};
use crate::ui::view::{Draw, View};
use rows::{COLUMNS, Rows, Wanted, Write};

crate::ui::held::hold!(Wanted, (usize, usize), Rc<RefCell<Rows>>);

/// How many rows are made ready at a time while there is nothing else to do.
const SOME: usize = 100;
const WRITE: Write = Write {
    time: local_time,
    low: browser::lower_case,
};
/// The name of the file.
const FILE: &str = "credenza-credentials.csv";

static TABLE: [Column; 8] = {
    const fn column(at: usize, label: &'static str, tag: &'static str) -> Column {
        let key = COLUMNS[at];
        Column { key, label, tag }
    }
    [
        column(0, text::ACCOUNT, "span"),
        column(1, text::SOURCES, "a"),
        column(2, text::TYPE, "span"),
        column(3, text::STATUS, "span"),
        column(4, text::REGISTERED_BY, "span"),
        column(5, text::CREATED, "span"),
        column(6, text::UPDATED, "span"),
        Column {
            key: "",
            label: text::NEXT_STEP,
            tag: "button",
        },
    ]
};

/// The page's state: cheap to copy.
#[derive(Clone, Copy)]
struct Page {
    session: Session,
    wanted: State<Wanted>,
    rows: State<Rc<RefCell<Rows>>>,
    /// Counts the changes of what is shown.
    changes: State<u32>,
}

/// The page.
pub fn page(session: Session) -> View {
    let page = Page {
        session,
        wanted: State::new(Wanted::of(&session.query.peek())),
        rows: State::new(Rc::new(RefCell::new(Rows::new(Rc::default(), WRITE)))),
        changes: State::default(),
    };
    on_asker(session, move || session.load_credentials());
    effect(move || {
        let list = session.credentials.read();
        untrack(|| page.take(list));
    });
    // Back, forth, and a link to this very page.
    effect(move || {
        let asked = Wanted::of(&session.query.read());
        if asked != *page.wanted.peek() && *session.route.peek() == Route::Credentials {
            untrack(|| page.want(asked));
        }
    });
    let company = move || {
        let account = session.account.read();
        text::credentials_sub(account.ready().map(|account| account.company.as_str()))
    };
    (
        page_head(None, still(text::CREDENTIALS), Derived::new(company), None),
        gate(
            session,
            Box::new(move || (page.filters(), page.results()).draw()),
        ),
    )
        .draw()
}

impl Page {
    /// Another list is here.
    fn take(self, list: Rc<Remote<Vec<crate::api::storefront::RegisteredCredential>>>) {
        let mut rows = Rows::new(list, WRITE);
        rows.want(&self.wanted.peek());
        let rows = Rc::new(RefCell::new(rows));
        let weak = Rc::downgrade(&rows);
        self.rows.set(rows);
        self.changes.bump();
        browser::spawn(async move {
            loop {
                browser::idle().await;
                // While the list is on its way: the first time of all takes far longer than the others.
                browser::local_time(0);
                let more = weak.upgrade().map(|rows| rows.borrow_mut().prepare(SOME));
                if more != Some(true) {
                    return;
                }
            }
        });
    }

    /// Something else is wanted.
    fn want(self, wanted: Wanted) {
        self.rows.peek().borrow_mut().want(&wanted);
        self.wanted.set(wanted);
        self.changes.bump();
    }

    /// The person changed what is wanted: the page and its address follow at once, so that whoever leaves
    /// in the middle of a word finds it again.
    fn change(self, f: Box<dyn FnOnce(&mut Wanted)>) {
        let mut wanted = self.wanted.get_untracked();
        f(&mut wanted);
        let mut query = self.session.query.get_untracked();
        wanted.write(&mut query);
        self.want(wanted);
        let path = self.session.path(&Route::Credentials);
        browser::replace(&(path + &query.to_search()));
        self.session.query.set(query);
    }

    /// The search over all columns, and the choices beside it. They live in the address.
    fn filters(self) -> View {
        let words = |pairs: [(&'static str, &'static str); 3]| {
            pairs
                .map(|(value, words)| (value, words.to_owned()))
                .to_vec()
        };
        let part =
            move |of: fn(&Wanted) -> &String| Derived::new(move || of(&self.wanted.read()).clone());
        let kinds = [
            ("", text::VISIBILITY_BOTH),
            ("CLIENT", text::CLIENT),
            ("MARKETPLACE", text::MARKETPLACE),
        ];
        let statuses = [
            ("", text::ANY_STATUS),
            ("ACTIVE", text::ACTIVE),
            ("PENDING", text::PENDING),
        ];
        filters_of(
            text::CREDENTIALS,
            vec![
                search_field("filter", text::FILTER, part(|w| &w.filter), move |value| {
                    self.change(Box::new(|wanted| wanted.filter = value));
                }),
                choice_field(
                    "type",
                    text::TYPE,
                    words(kinds),
                    part(|w| &w.kind),
                    move |value| {
                        self.change(Box::new(|wanted| wanted.kind = value));
                    },
                ),
                choice_field(
                    "status",
                    text::STATUS,
                    words(statuses),
                    part(|w| &w.status),
                    move |value| self.change(Box::new(|wanted| wanted.status = value)),
                ),
            ],
        )
    }

    /// The count, the table, or why there is none.
    fn results(self) -> View {
        let counts = Derived::new(move || {
            self.changes.read();
            self.rows.read().borrow().counts()
        });
        let loading = Derived::new(move || {
            matches!(
                *self.session.credentials.read(),
                Remote::Loading | Remote::Unasked
            )
        });
        let failed = move || {
            let list = self.session.credentials.read();
            let again = move || self.session.load_credentials();
            list.failed().map(|error| load_error(error, again))
        };
        let is_failed = Derived::new(move || self.session.credentials.read().failed().is_some());
        let count = move || {
            let (all, shown) = counts.get();
            (!is_failed.get()).then(|| text::credential_count(all, shown, loading.get()))
        };
        let save = move || {
            let rows = self.rows.peek();
            let text = csv(rows.borrow().all_shown());
            browser::save_file(FILE, "text/csv;charset=utf-8", &text);
        };
        let has_rows = Derived::new(move || counts.get().1 > 0);
        let body = move || match (is_failed.get(), loading.get(), has_rows.get()) {
            (true, ..) => View::default(),
            (_, true, _) => skeleton_rows("cz-row cz-row--source"),
            (_, _, true) => self.table(),
            (_, _, false) => (move || self.nothing()).draw(),
        };
        (
            div().attr("class", "cz-bar-line").child((
                p().attr("class", "cz-live")
                    .attr("role", "status")
                    .child(count),
                move || {
                    has_rows
                        .get()
                        .then(|| button("csv", "cz-button--small", text::DOWNLOAD_CSV, save))
                },
            )),
            failed,
            body,
        )
            .draw()
    }

    fn nothing(self) -> View {
        let wanted = self.wanted.read();
        let clear = move || {
            self.change(Box::new(|wanted| {
                for part in [&mut wanted.filter, &mut wanted.kind, &mut wanted.status] {
                    part.clear();
                }
            }));
            browser::focus_heading();
        };
        let clear = || button("clear-filters", "", text::CLEAR_FILTERS, clear);
        if wanted.kind == "MARKETPLACE" && wanted.filter.trim().is_empty() {
            let (title, words) = (text::NONE_VISIBLE_TITLE, text::NONE_VISIBLE_TEXT);
            empty(title, words, Some(clear()))
        } else if wanted.is_narrow() {
            let (title, words) = (text::NO_CREDENTIAL_FITS, text::NO_CREDENTIAL_FITS_TEXT);
            empty(title, words, Some(clear()))
        } else {
            let path = self.session.path(&Route::Storefronts);
            let way = link_button("", path, text::TO_STOREFRONTS);
            let (title, words) = (text::NO_CREDENTIALS_TITLE, text::NO_CREDENTIALS_TEXT);
            empty(title, words, Some(way))
        }
    }

    fn table(self) -> View {
        let sort = Derived::new(move || {
            let wanted = self.wanted.read();
            let (key, down) = wanted.order();
            let known = COLUMNS.iter().find(|column| **column == key);
            // No column has this name.
            (known.copied().unwrap_or("?"), down)
        });
        let on_sort = move |key: &'static str| {
            self.change(Box::new(move |wanted| {
                // Times begin with the newest, everything else with A.
                let (now, down) = wanted.order();
                let first = matches!(key, "created" | "updated");
                let down = if now == key { !down } else { first };
                wanted.sort = [if down { "-" } else { "" }, key].concat();
            }));
        };
        let on_press = move |row: usize| {
            let rows = self.rows.peek();
            let row = rows.borrow().shown(row).cloned();
            if let Some(row) = row {
                consent::start_listed(self.session, &row);
            }
        };
        table(TableParts {
            label: text::CREDENTIALS,
            columns: &TABLE,
            sort,
            on_sort: Box::new(on_sort),
            count: Box::new(move || self.rows.peek().borrow().counts().1),
            fill: Box::new(move |row, line| self.fill(row, line)),
            changes: self.changes,
            resized: self.session.resized,
            on_press: Box::new(on_press),
        })
    }

    /// Writes one credential into a row of the page.
    fn fill(self, row: usize, line: &Line) {
        let rows = self.rows.peek();
        let rows = rows.borrow();
        let (Some(credential), Some(words)) = (rows.shown(row), rows.words(row)) else {
            return;
        };
        for (cell, words) in words.cells.iter().enumerate() {
            line.write(cell, words);
        }
        let first = credential.sources.as_ref().and_then(|pairs| pairs.first());
        let first = first.filter(|pair| is_addressable(&pair.source_id));
        let href = first.map(|pair| {
            let route = Route::Source(pair.storefront_id, pair.source_id.clone());
            self.session.path(&route)
        });
        line.mark(1, "href", href.as_deref());
        let tone = match credential.status {
            CredentialStatus::Active => "ok",
            CredentialStatus::Pending => "info",
            CredentialStatus::Other(_) => "none",
        };
        line.mark(3, "data-tone", Some(tone));
        let waits = consent::can_start(credential);
        line.write(7, if waits { text::START_AGAIN } else { "" });
        line.mark(7, "hidden", (!waits).then_some(""));
        let name = waits.then(|| text::start_again(&credential.account_identifier));
        line.mark(7, "aria-label", name.as_deref());
        line.mark(7, "data-action", waits.then_some("start-again"));
    }
}
