//! Storefronts that connect elsewhere: the hand-off to Interchange's own page.

use std::rc::Rc;

use super::parts::new_tab_link;
use super::record::copy_button;
use super::session::{Remote, Session};
use crate::api::storefront::{connection_request, parse_connection};
use crate::api::{ApiError, may_open};
use crate::browser;
use crate::credential::number::digits;
use crate::text;
use crate::ui::state::State;
use crate::ui::tag::div;
use crate::ui::view::{Draw, View};
use crate::ui::{Icon, Tone, button, facts, notice, panel};

crate::ui::held::hold!(Hand);

/// Where the hand-off stands.
#[derive(Clone, Default)]
pub enum Hand {
    /// Nobody asked.
    #[default]
    Idle,
    /// The address is on its way.
    Asking,
    /// It is here, and whether a tab went there.
    Here(String, bool),
    /// It could not be had.
    Failed(Rc<ApiError>),
    /// It is here and must not be opened.
    Unsafe,
}

/// What the storefront says of itself, and the way to where it is connected. `hand` is the page's: this panel is
/// made anew whenever another answer about the storefront arrives.
pub fn panel_for(session: Session, id: u64, hand: State<Hand>) -> View {
    let known = session.storefront(id);
    let Some(detail) = known.detail.ready() else {
        return View::default();
    };
    let provider = detail.adapter_provider_type.as_deref().unwrap_or_default();
    let connected = detail.adapter_status.as_deref() == Some("connected");
    let status = detail.adapter_status.as_deref();
    let (tone, picture) = if connected {
        (Tone::Ok, Icon::OK)
    } else {
        (Tone::Info, Icon::OUT)
    };
    let status = facts(vec![(text::STATUS, text::adapter_status(status).draw())]);
    let lines = text::summary(&[
        (text::SERVICE, text::INTERCHANGE),
        (text::ENVIRONMENT, session.label()),
        (text::STOREFRONT, &detail.name),
        (text::STOREFRONT_ID, &digits(id)),
        (
            text::STATUS,
            &text::adapter_status(detail.adapter_status.as_deref()),
        ),
    ]);
    let (copy, said) = copy_button("copy", text::COPY_SUMMARY, move || lines.clone());
    let open = move || {
        if matches!(&*hand.read(), Hand::Asking) {
            text::OPENING
        } else {
            text::OPEN_CONNECTION
        }
    };
    let rest = (
        status,
        div()
            .attr("role", "status")
            .child(move || hand_off(&hand.read())),
        div().attr("class", "cz-actions").child((
            button("open-connection", "cz-button--primary", open, move || {
                ask(session, id, hand);
            }),
            button("retry", "", text::CHECK_NOW, move || {
                hand.set(Hand::Idle);
                session.load_storefront(id);
                browser::focus_heading();
            }),
            copy,
        )),
        said,
    );
    panel(
        tone,
        picture,
        &text::adapter_title(provider),
        text::ADAPTER_TEXT,
        rest.draw(),
    )
}

/// Asks for the address and sends a tab there. The tab opens in the click's own task.
fn ask(session: Session, id: u64, hand: State<Hand>) {
    if matches!(&*hand.peek(), Hand::Asking) {
        return;
    }
    let tab = browser::open_tab(text::TAB_WAITS);
    hand.set(Hand::Asking);
    let request = connection_request(&session.client(), id);
    session.load(request, parse_connection, move |answer| {
        let next = match answer {
            Remote::Ready(address) if may_open(&address, &browser::origin()) => {
                if let Some(tab) = &tab {
                    tab.go(&address);
                }
                Hand::Here(address, tab.is_some())
            }
            Remote::Failed(error) => Hand::Failed(error),
            _ => Hand::Unsafe,
        };
        if let (Some(tab), false) = (&tab, matches!(next, Hand::Here(..))) {
            tab.close();
        }
        hand.set(next);
    });
}

fn hand_off(hand: &Hand) -> Option<View> {
    match hand {
        Hand::Idle | Hand::Asking => None,
        Hand::Here(address, opened) => {
            let (tone, title, words) = if *opened {
                (Tone::Info, "", text::CONNECTION_OPENED)
            } else {
                (Tone::Warn, text::TAB_BLOCKED, text::TAB_BLOCKED_TEXT)
            };
            let link = new_tab_link(address.clone(), text::OPEN_CONNECTION, Some(Icon::OUT))
                .attr("class", "cz-button cz-button--small");
            Some(notice(tone, title, words, Some(link.draw())))
        }
        Hand::Failed(error) => {
            let message = text::api_error(error, text::INTERCHANGE);
            Some(notice(Tone::Bad, &message.title, &message.detail, None))
        }
        Hand::Unsafe => Some(notice(
            Tone::Bad,
            text::ADDRESS_REFUSED,
            text::ADDRESS_REFUSED_TEXT,
            None,
        )),
    }
}
