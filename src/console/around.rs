//! What stands around the form of a source: the console's heading, links and facts. An element in somebody else's page
//! has others, and carries none of these.

use super::access::{Done, token_form};
use super::adapter;
use super::attempt::Target;
use super::kept::Kept;
use super::outcome::next_button;
use super::parts::page_head;
use super::record::{Record, copy_button};
use super::session::Session;
use super::source::about;
use crate::api::storefront::SourceRow;
use crate::credential::{FormSpec, catalog};
use crate::route::Route;
use crate::text;
use crate::ui::state::{Derived, State};
use crate::ui::view::View;

/// What stands around the form of a source, and what asks for our own token there.
pub struct Around {
    /// The ways to authenticate to it; a program that has sources has at least one.
    pub rows: &'static [&'static FormSpec],
    /// The head: which source it is, of which storefront.
    pub head: fn(Session, Kept, u64) -> View,
    /// The way on after a result: to the next source that needs credentials.
    pub next: fn(Session, Kept, &Target) -> Option<View>,
    /// What is known of the source, beside its form.
    pub beside: fn(Session, State<Target>, Derived<Option<SourceRow>>) -> View,
    /// A button that copies what is known of these credentials of a source, which is named, and the line that says so.
    pub copy: fn(Session, &Target, &str, Vec<Record>) -> (View, View),
    /// A storefront that connects elsewhere.
    pub adapter: fn(Session, u64) -> View,
    /// Asks for our own token, for this reason, and calls what is given once there is one.
    pub token: fn(Session, &'static str, Done) -> View,
}

/// The console's.
pub static CONSOLE: Around = Around {
    rows: catalog::STOREFRONT,
    head,
    next: next_button,
    beside: about,
    copy,
    adapter: |session, id| adapter::panel_for(session, id, State::default()),
    token: token_form,
};

/// Of programs that have no source.
pub static NONE: Around = Around {
    rows: &[],
    head: |_, _, _| View::default(),
    next: |_, _, _| None,
    beside: |_, _, _| View::default(),
    copy: |_, _, _, _| Default::default(),
    adapter: |_, _| View::default(),
    token: |_, _, _| View::default(),
};

fn head(session: Session, kept: Kept, id: u64) -> View {
    page_head(
        Some((
            session.path(&Route::Storefront(id)),
            text::BACK_TO_STOREFRONT,
        )),
        Derived::new(move || text::connect_title(&kept.name.read())),
        Derived::new(move || session.storefront_line(id)),
        None,
    )
}

fn copy(session: Session, target: &Target, source: &str, records: Vec<Record>) -> (View, View) {
    let summary = |record: &Record| record.summary(session, target, source);
    let words = records.iter().map(summary).collect::<Vec<_>>().join("\n\n");
    copy_button("copy", text::COPY_SUMMARY, move || words.clone())
}
