//! The question before a marketplace account is made.

use super::attempt::{self, Target};
use super::kept::Kept;
use super::session::Session;
use crate::browser;
use crate::text;
use crate::ui::state::{State, effect};
use crate::ui::tag::{dialog, div, h2, p};
use crate::ui::view::{Anchor, Draw, View};
use crate::ui::{button, facts};

/// A dialog that opens while `kept.confirming` is true.
pub fn confirm(session: Session, kept: Kept, target: State<Target>) -> View {
    let root = Anchor::default();
    effect(move || {
        let open = kept.confirming.get();
        // Its content is drawn in the same turn; it can be shown in the next.
        browser::spawn(async move {
            browser::sleep(0).await;
            match root.get() {
                Some(root) if open => browser::show_dialog(&root),
                Some(root) => browser::close_dialog(&root),
                None => {}
            }
        });
    });
    dialog()
        .anchor(root)
        .attr("class", "cz-dialog")
        .attr("aria-label", text::CONFIRM_TITLE)
        .on("close", move |_| kept.confirming.set(false))
        .child(move || {
            kept.confirming
                .get()
                .then(|| question(session, kept, target))
        })
        .draw()
}

fn question(session: Session, kept: Kept, target: State<Target>) -> View {
    let name = kept.name.get_untracked();
    let identifier = kept.identifier();
    let mut rows = vec![
        (text::SOURCE, name.as_str().draw()),
        (text::ACCOUNT, identifier.draw()),
    ];
    let label = session.label();
    if !label.is_empty() {
        rows.push((text::ENVIRONMENT, label.draw()));
    }
    let go_on = move || attempt::confirmed(session, kept, target.get_untracked());
    (
        // Not the button: a key that is still held down must not create anything.
        h2().attr("class", "cz-panel__title")
            .attr("tabindex", "-1")
            .attr("autofocus", "")
            .child(text::CONFIRM_TITLE),
        p().child(text::fill(text::CONFIRM_TEXT, &name)),
        facts(rows),
        div().attr("class", "cz-actions").child((
            button(
                "confirm",
                "cz-button--primary",
                text::CREATE_MARKETPLACE,
                go_on,
            ),
            button("go-back", "cz-button--quiet", text::GO_BACK, move || {
                kept.confirming.set(false);
            }),
        )),
    )
        .draw()
}
