//! One row of the list of storefronts.

use super::parts::readiness_pill;
use super::session::Session;
use crate::api::storefront::StorefrontSummary;
use crate::credential::number::digits;
use crate::route::Route;
use crate::text;
use crate::ui::tag::{a, div, li, p, progress, span, ul};
use crate::ui::view::{Draw, View};
use crate::ui::{Icon, icon};

/// Name, channels, how many sources are ready, and whether it does business.
pub fn storefront_row(session: Session, row: &StorefrontSummary) -> View {
    let channels = row
        .channels
        .iter()
        .map(|channel| li().child(text::channel(channel)))
        .collect::<Vec<_>>();
    let share = match (
        row.adapter_provider_type.as_ref(),
        row.connected_source_count,
        row.source_count,
    ) {
        (Some(_), ..) => span().child(text::CONNECTS_ELSEWHERE).draw(),
        (None, _, Some(0)) => span().child(text::NO_SOURCES).draw(),
        (None, Some(connected), Some(all)) => (
            span().child(text::sources_ready(connected, all)),
            progress()
                .attr("class", "cz-share__bar")
                .attr("value", digits(connected))
                .attr("max", digits(all))
                .attr("aria-hidden", "true"),
        )
            .draw(),
        _ => ().draw(),
    };
    li().attr("class", "cz-row cz-row--storefront")
        .child((
            div().child((
                p().attr("class", "cz-row__title").child(
                    a().attr("class", "cz-row__link")
                        .attr("href", session.path(&Route::Storefront(row.id)))
                        .child(row.name.clone()),
                ),
                p().attr("class", "cz-row__meta")
                    .child(row.publisher_domain.clone()),
            )),
            ul().attr("class", "cz-tags")
                .attr("role", "list")
                .attr("aria-label", text::CHANNELS)
                .child(channels),
            div().attr("class", "cz-share").child(share),
            div().child(
                row.readiness
                    .as_ref()
                    .map(|ready| readiness_pill(&ready.effective_status)),
            ),
            span().attr("class", "cz-row__go").child(icon(Icon::GO)),
        ))
        .draw()
}
