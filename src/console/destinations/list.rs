//! `/destinations`: every credential configuration of the organisation and sandbox.

use super::Destinations;
use super::access::{gate, on_asker};
use super::standing::beside;
use crate::api::destinations::Record;
use crate::browser;
use crate::console::filters::{choice_of, filters_of, search_field};
use crate::console::parts::{
    empty, link_button, load_error_with, mono, page_head, skeleton_rows, time,
};
use crate::console::remote::Remote;
use crate::route::Route;
use crate::text::destinations as words;
use crate::ui::state::Derived;
use crate::ui::tag::{a, div, li, p, ul};
use crate::ui::view::{Draw, View};
use crate::ui::{Icon, icon};

/// The page.
pub fn page(desk: Destinations) -> View {
    on_asker(desk, move || desk.arrive());
    let title = desk.title();
    let open = Derived::new(move || desk.whose.read().is_some());
    let new = move || {
        open.get().then(|| {
            link_button(
                "cz-button--primary",
                desk.session.path(&Route::NewDestination),
                words::NEW,
            )
        })
    };
    (
        page_head(
            None,
            Derived::new(move || title.clone()),
            desk.sub(),
            Some(new.draw()),
        ),
        gate(
            desk,
            Box::new(move || {
                div()
                    .attr("class", "cz-columns")
                    .child((
                        div()
                            .attr("class", "cz-stack")
                            .child((filters(desk), move || content(desk))),
                        beside(desk),
                    ))
                    .draw()
            }),
        ),
    )
        .draw()
}

fn filters(desk: Destinations) -> View {
    let session = desk.session;
    let get =
        move |name: &'static str| Derived::new(move || session.query.read().get(name).to_owned());
    let set = move |name: &'static str, value: &str| {
        let mut query = session.query.get_untracked();
        query.set(name, value);
        browser::replace(&[browser::path(), query.to_search()].concat());
        session.query.set(query);
    };
    let kinds = move || {
        let mut options = vec![(String::new(), words::ANY_KIND.to_owned())];
        for record in desk
            .all
            .read()
            .ready()
            .into_iter()
            .flat_map(|all| all.iter())
        {
            let kind = words::kind(record.spec, &record.row.kind);
            if !options.iter().any(|(known, _)| *known == kind) {
                options.push((kind.clone(), kind));
            }
        }
        choice_of("type", words::KIND, options, get("type"), move |kind| {
            set("type", &kind);
        })
    };
    filters_of(
        words::FILTERS,
        vec![
            search_field("find", words::FIND, get("find"), move |text| {
                set("find", &text);
            }),
            kinds.draw(),
        ],
    )
}

fn content(desk: Destinations) -> View {
    match &*desk.all.read() {
        Remote::Unasked | Remote::Loading => (
            p().attr("class", "cz-visually-hidden")
                .attr("role", "status")
                .child(words::READING),
            skeleton_rows("cz-row cz-row--destination"),
        )
            .draw(),
        Remote::Failed(error) => load_error_with(words::failed(error), move || desk.load()),
        Remote::Ready(all) if all.is_empty() => empty(words::NONE, words::NONE_TEXT, None),
        Remote::Ready(all) => {
            let query = desk.session.query.read();
            let find = browser::lower_case(query.get("find").trim());
            let kind = query.get("type").to_owned();
            let fits = |record: &&Record| {
                let row = &record.row;
                let texts = [row.name.as_str(), &row.id, record.identifier()];
                let mut texts = texts.into_iter();
                let found =
                    find.is_empty() || texts.any(|text| browser::lower_case(text).contains(&find));
                found && (kind.is_empty() || words::kind(record.spec, &row.kind) == kind)
            };
            let shown: Vec<&Record> = all.iter().filter(fits).collect();
            let count = p()
                .attr("class", "cz-live")
                .attr("role", "status")
                .child(words::how_many(all.len(), shown.len()));
            if shown.is_empty() {
                return (
                    count,
                    empty(words::NOTHING_FITS, words::NOTHING_FITS_TEXT, None),
                )
                    .draw();
            }
            let rows: Vec<View> = shown.into_iter().map(|one| row(desk, one)).collect();
            (
                count,
                ul().attr("class", "cz-rows")
                    .attr("role", "list")
                    .attr("aria-label", words::DESTINATIONS)
                    .child(rows),
            )
                .draw()
        }
    }
}

fn row(desk: Destinations, record: &Record) -> View {
    let row = &record.row;
    let href = desk.session.path(&Route::Destination(row.id.clone()));
    let identifier = record.identifier();
    let changed = (!row.modified.is_empty()).then(|| {
        p().attr("class", "cz-row__meta")
            .child((words::MODIFIED, " ", time(&row.modified)))
    });
    li().attr("class", "cz-row cz-row--destination")
        .child((
            div().child((
                p().attr("class", "cz-row__title").child(
                    a().attr("class", "cz-row__link")
                        .attr("href", href)
                        .child(words::named(&row.name).to_owned()),
                ),
                p().attr("class", "cz-row__meta")
                    .child(words::kind(record.spec, &row.kind)),
            )),
            div().attr("class", "cz-row__meta").child((
                (!identifier.is_empty()).then(|| p().child(mono(identifier.to_owned()))),
                p().child(mono(row.id.clone())),
                changed,
            )),
            div().attr("class", "cz-row__go").child(icon(Icon::GO)),
        ))
        .draw()
}
