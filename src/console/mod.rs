//! The single-page app: its pages, and the state that they share.

pub(crate) mod access;
pub(crate) mod adapter;
pub(crate) mod around;
pub(crate) mod attempt;
pub(crate) mod awaiting;
pub(crate) mod confirm;
pub(crate) mod consent;
mod credentials;
mod csv;
pub(crate) mod destinations;
mod filters;
pub(crate) mod hosted;
pub(crate) mod inventory;
pub(crate) mod keeper;
pub(crate) mod kept;
mod list;
mod list_row;
pub(crate) mod outcome;
mod overview;
pub(crate) mod parts;
pub(crate) mod preset;
pub(crate) mod program;
pub(crate) mod record;
pub(crate) mod registry;
pub(crate) mod remote;
pub(crate) mod session;
mod settings;
mod shell;
pub(crate) mod source;
pub(crate) mod status;
mod storefront;

use crate::api::{Config, Cookies, Method, Request};
use crate::browser;
use crate::route::{Query, Route};
use crate::text;
use crate::ui::view::{View, mount_forever};
pub(crate) use program::Program;
pub(crate) use session::{Place, Session};

/// Starts the storefronts' program in the page's body.
pub fn start() {
    start_program(&program::STOREFRONTS);
}

/// Starts the agents' program in the page's body.
pub fn start_agents() {
    start_program(&program::AGENTS);
}

/// Starts the program of destinations and inventory in the page's body.
pub fn start_clients() {
    start_program(&program::CLIENTS);
}

/// Reads `credenza.json` beside the page, then shows the page of the address whenever it is the program's.
fn start_program(program: &'static Program) {
    let theme = browser::load_theme();
    browser::set_theme(theme.as_deref());
    browser::spawn(async move {
        let config = read_config().await;
        match config {
            Ok(config) => mount_forever(&browser::body(), move || app(config, program)),
            Err(why) => {
                browser::clear_body();
                mount_forever(&browser::body(), move || shell::unconfigured(why));
            }
        }
    });
}

/// Reads and checks the configuration, or says in a sentence why it cannot be used.
async fn read_config() -> Result<Config, String> {
    let base = browser::base();
    let request = Request {
        method: Method::Get,
        url: words!("{}credenza.json", base),
        headers: Vec::new(),
        body: None,
        cookies: Cookies::Omit,
        timeout_ms: crate::api::DEFAULT_TIMEOUT_MS,
        public_keys: &[],
    };
    let response = browser::send(request)
        .await
        .map_err(|_| text::CONFIG_UNREACHABLE)?;
    if response.status != 200 {
        return Err(text::config_missing(response.status));
    }
    Config::parse(&response.body, &browser::origin(), &base).map_err(|error| text::config(&error))
}

fn app(config: Config, program: &'static Program) -> View {
    let session = Session::new(config, program);
    clean_address(session);
    browser::on_arrival(move || arrive(session));
    browser::on_link(move |path, search| {
        if session.route_of(path) == Route::Nowhere {
            return false;
        }
        browser::push(&[path, search].concat());
        browser::scroll_to_top();
        true
    });
    browser::on_connection_change(move |online| session.online.set(online));
    browser::on_page_show(move || (program.mask)(session));
    browser::ignore_stray_files();
    browser::on_resize(move || session.resized.bump());
    browser::ask_before_unload(move || (program.has_typed_text)(session));
    (program.begin)(session);
    shell::shell(session)
}

/// The address changed, by this program, by another, or by the person: show its page.
fn arrive(session: Session) {
    session.query.set(Query::parse(&browser::search()));
    session.route.set(session.route_of(&browser::path()));
    clean_address(session);
}

/// Takes secret-like parameters out of the address, and turns `?source=` into the page it means.
fn clean_address(session: Session) {
    let mut query = session.query.get_untracked();
    let secret = query.drop_secrets();
    let mut route = session.route.get_untracked();
    let source = query.get("source").to_owned();
    let short = match route {
        Route::Storefront(id) if !source.is_empty() => {
            query.set("source", "");
            route = Route::Source(id, source);
            true
        }
        _ => false,
    };
    if secret || short {
        let path = if route == Route::Nowhere {
            browser::path()
        } else {
            session.path(&route)
        };
        browser::replace(&(path + &query.to_search()));
        session.query.set(query);
        session.route.set(route);
    }
}
