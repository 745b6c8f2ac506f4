//! Signing in: from the click to a grant, in a tab of its own or with the whole tab.

use std::cell::Cell;
use std::rc::Rc;

use super::{Awaited, Door, Registry, Waiting};
use crate::api::ApiError;
use crate::browser::{self, Channel, Store, Tab};
use crate::oauth::callback::{self, Denied, Granted};
use crate::oauth::discovery::{
    OPENID, RESOURCE, SERVER, Server, Untrusted, check, document_request, parse_resource,
    parse_server,
};
use crate::oauth::flow::{Flow, LIFETIME_MS, sweep};
use crate::oauth::record::FlowRecord;
use crate::oauth::registration::{parse_registration, recall, registration_request, remember};
use crate::oauth::token::{Grant, exchange_request, parse_tokens};
use crate::oauth::used;
use crate::text::{self, Message, registry as words};

/// The name of the stored client, of the list of answers that were taken, and of the stored answer.
const CLIENT: &str = "client";
const USED: &str = "used";
const CALLBACK: &str = "callback";
/// How the names of stored sign-ins begin.
const FLOW: &str = "flow.";
/// What we call ourselves at the provider.
const OUR_NAME: &str = "Credenza";

/// Begins a sign-in: with the whole tab if it is to happen `here`, else in a tab of its own, which opens in the
/// click's own task.
pub fn start(registry: Registry, here: bool) {
    if matches!(&*registry.door.peek(), Door::Preparing | Door::Exchanging) {
        return;
    }
    registry.note.set(None);
    if !browser::is_secure() {
        return registry.note.set(Some(Rc::new(words::insecure())));
    }
    let tab = if here {
        None
    } else {
        browser::open_tab(text::TAB_WAITS)
    };
    let turn = registry.next_turn();
    registry.door.set(Door::Preparing);
    browser::spawn(async move {
        let prepared = prepare(registry).await;
        let given_up = registry.turn.get() != turn;
        let done = match prepared {
            Ok((flow, url)) if !given_up && here => leave(registry, flow, &url),
            Ok((flow, url)) if !given_up => {
                wait(registry, flow, url, tab.as_ref());
                return;
            }
            Ok(_) => Ok(()),
            Err(message) => Err(message),
        };
        if let Some(tab) = tab {
            tab.close();
        }
        if let (Err(message), false) = (done, given_up) {
            fail(registry, message);
        }
    });
}

/// The person waits no longer. Nothing that comes later is taken.
pub fn cancel(registry: Registry) {
    registry.next_turn();
    registry.waiting.take();
    registry.door.set(Door::Out);
    browser::focus_heading();
}

/// Begins again: as somebody new at the provider, in case it does not know us any more. It says so only on a page of
/// its own, from which nobody comes back.
pub fn start_again(registry: Registry) {
    Store::Visits.write(CLIENT, None);
    start(registry, false);
}

fn fail(registry: Registry, message: Message) {
    registry.door.set(Door::Out);
    registry.note.set(Some(Rc::new(message)));
}

/// Reads the documents, registers where that is needed, and makes the flow and its address.
async fn prepare(registry: Registry) -> Result<(Flow, String), Message> {
    let server = server(registry).await?;
    let client_id = client_id(registry, &server).await?;
    let config = &registry.session.config;
    let chance = browser::chance().ok_or_else(words::insecure)?;
    let page = [browser::path(), browser::search()].concat();
    let flow = Flow::begin(
        &registry.provider,
        &server,
        &client_id,
        &config.callback,
        &page,
        &chance,
        browser::now(),
    );
    let url = flow.authorization_url(&server.authorization_endpoint, &browser::origin(), &[]);
    let url = url.ok_or_else(|| words::untrusted(Untrusted::Endpoint))?;
    Ok((flow, url))
}

/// What the provider tells about itself, once it passed every check.
async fn server(registry: Registry) -> Result<Server, Message> {
    let client = registry.public_client();
    let failed = |error: ApiError| words::unprepared(&error);
    let provider = &registry.provider;
    let request = document_request(&client, &provider.resource(), RESOURCE);
    let resource = client.call(request).await.read(parse_resource);
    let resource = resource.map_err(failed)?;
    let read = |name| client.call(document_request(&client, &provider.identity, name));
    let mut server = read(SERVER).await.read(parse_server);
    if matches!(server, Err(ApiError::NotFound)) {
        server = read(OPENID).await.read(parse_server);
    }
    let server = server.map_err(failed)?;
    check(provider, &browser::origin(), &resource, server).map_err(words::untrusted)
}

/// Who we are to the provider: as it was kept, or by registering now.
async fn client_id(registry: Registry, server: &Server) -> Result<String, Message> {
    let redirect = &registry.session.config.callback;
    let kept = Store::Visits.read(CLIENT).unwrap_or_default();
    if let Some(client_id) = recall(&kept, &server.issuer, redirect) {
        return Ok(client_id);
    }
    let Some(path) = &server.registration_path else {
        return Err(words::no_registration());
    };
    let client = registry.public_client();
    let request = registration_request(&client, path, redirect, OUR_NAME);
    let registered = client.call(request).await.read(parse_registration);
    let registered = registered.map_err(|error| words::unregistered(&error))?;
    if !registered.serves(redirect) {
        return Err(words::no_registration());
    }
    let kept = remember(&server.issuer, redirect, &registered.client_id);
    Store::Visits.write(CLIENT, Some(&kept));
    Ok(registered.client_id)
}

/// Sends the tab on, and listens for the answer.
fn wait(registry: Registry, flow: Flow, url: String, tab: Option<&Tab>) {
    let hash = flow.hash();
    let name = hash.clone();
    let channel = Channel::open(&hash, move |query| heard(registry, &name, &query));
    let mut all = registry.waiting.borrow_mut();
    sweep(&mut all.flows, browser::now());
    let Awaited { flows, channels } = &mut *all;
    channels.retain(|(hash, _)| flows.iter().any(|flow| flow.hash() == *hash));
    flows.push(flow);
    channels.extend(channel.map(|channel| (hash.clone(), channel)));
    drop(all);
    if let Some(tab) = tab {
        tab.go(&url);
    }
    let opened = tab.is_some();
    let waiting = Rc::new(Waiting { url, opened, hash });
    registry.door.set(Door::Waiting(Rc::clone(&waiting)));
    browser::spawn(async move {
        browser::sleep(i32::try_from(LIFETIME_MS).unwrap_or(i32::MAX)).await;
        if registry.door.get_untracked() == Door::Waiting(waiting) {
            fail(registry, words::denied(&Denied::Expired));
        }
    });
}

/// Keeps the flow in this tab and leaves for the provider's page.
fn leave(registry: Registry, flow: Flow, url: &str) -> Result<(), Message> {
    let name = [FLOW, &flow.hash()].concat();
    let mut record = FlowRecord::new(flow);
    if let Some(kept) = registry.kept_here() {
        record = record.with(*kept.form.spec.peek(), &kept.form.draft.peek());
    }
    if !Store::Tab.write(&name, Some(record.text().expose())) {
        return Err(words::no_storage());
    }
    registry.leaving.set(true);
    browser::leave_to(url);
    Ok(())
}

/// The tab went away for a sign-in: it may go on in another, or here with the same address.
pub fn go_here(registry: Registry) {
    let Door::Waiting(waiting) = registry.door.get_untracked() else {
        return;
    };
    let mut all = registry.waiting.borrow_mut();
    let found = all
        .flows
        .iter()
        .position(|flow| flow.hash() == waiting.hash);
    let flow = found.map(|at| all.flows.remove(at));
    all.channels.retain(|(hash, _)| *hash != waiting.hash);
    drop(all);
    if let Some(flow) = flow.filter(|flow| !flow.used)
        && let Err(message) = leave(registry, flow, &waiting.url)
    {
        fail(registry, message);
    }
}

/// An answer came over the channel of the sign-in called `hash`.
fn heard(registry: Registry, hash: &str, query: &str) {
    let mut all = registry.waiting.borrow_mut();
    let channel = all.channels.iter().find(|(known, _)| known == hash);
    let Some(channel) = channel.map(|(_, channel)| channel.clone()) else {
        return;
    };
    channel.tell("received");
    let callback = &registry.session.config.callback;
    let judged = callback::check(&mut all.flows, callback, callback, query, browser::now());
    let waits = all
        .flows
        .iter()
        .any(|flow| !flow.used && flow.hash() == hash);
    drop(all);
    match judged {
        Ok(granted) => {
            registry.door.set(Door::Exchanging);
            browser::spawn(async move {
                let hash = granted.flow().hash();
                let outcome = exchange(registry, granted).await;
                channel.tell(outcome);
                settle(registry, &hash);
            });
        }
        // It was said before how that went.
        Err(Denied::UsedState) => {}
        Err(denied) => {
            channel.tell(if matches!(denied, Denied::Refused { .. }) {
                "refused"
            } else {
                "failed"
            });
            registry.note.set(Some(Rc::new(words::denied(&denied))));
            if !waits {
                settle(registry, hash);
            }
            // What was no answer to it does not end a sign-in.
            if !waits && matches!(&*registry.door.peek(), Door::Waiting(_)) {
                registry.door.set(Door::Out);
            }
        }
    }
}

/// The sign-in called `hash` has had its answer: nothing is heard of it any more.
fn settle(registry: Registry, hash: &str) {
    let mut all = registry.waiting.borrow_mut();
    all.channels.retain(|(known, _)| known != hash);
}

/// A tab that went away comes back: takes the answer that the callback page kept, if there is one.
pub fn arrive(registry: Registry) {
    let query = Store::Tab.read(CALLBACK);
    Store::Tab.write(CALLBACK, None);
    let now = browser::now();
    let mut records = Vec::new();
    for name in Store::Tab.names(FLOW) {
        let record = Store::Tab
            .read(&name)
            .and_then(|text| FlowRecord::read(&text));
        match record.filter(|record| !record.flow.is_over(now)) {
            Some(record) => records.push((name, record)),
            None => {
                Store::Tab.write(&name, None);
            }
        }
    }
    let Some(query) = query else {
        return;
    };
    let callback = &registry.session.config.callback;
    let mut flows: Vec<Flow> = records
        .iter()
        .map(|(_, record)| record.flow.clone())
        .collect();
    let judged = callback::check(&mut flows, callback, callback, &query, now);
    for ((name, record), flow) in records.iter().zip(&flows) {
        if flow.used {
            Store::Tab.write(name, None);
            if let Some(kept) = registry.kept_here() {
                let spec = kept.form.spec.get_untracked();
                kept.form.draft.update(|draft| record.restore(spec, draft));
            }
        }
    }
    match judged {
        Ok(granted) => {
            registry.door.set(Door::Exchanging);
            browser::spawn(async move {
                exchange(registry, granted).await;
            });
        }
        Err(denied) => fail(registry, words::denied(&denied)),
    }
}

/// Makes tokens of what was granted, unless another tab did. Says for the callback page how it went.
async fn exchange(registry: Registry, granted: Granted) -> &'static str {
    let hash = granted.flow().hash();
    let fresh = Rc::new(Cell::new(true));
    let found = Rc::clone(&fresh);
    browser::under_lock(USED, move || {
        let stored = Store::Visits.read(USED).unwrap_or_default();
        match used::take(&stored, &hash, browser::now()) {
            Some(list) => {
                Store::Visits.write(USED, Some(&list));
            }
            None => found.set(false),
        }
    })
    .await;
    if !fresh.get() {
        fail(registry, words::denied(&Denied::UsedState));
        return "failed";
    }
    let client = registry.public_client();
    let request = exchange_request(&client, &granted);
    let turn = registry.turn.get();
    let tokens = client.call(request).await.read(parse_tokens);
    // The person gave up in the meantime.
    if registry.turn.get() != turn {
        return "failed";
    }
    match tokens {
        Ok(tokens) => {
            registry.accept(Grant::new(granted, tokens, browser::now()));
            browser::focus_heading();
            "connected"
        }
        Err(error) => {
            if words::is_unknown_client(&error) {
                Store::Visits.write(CLIENT, None);
            }
            fail(registry, words::not_exchanged(&error));
            "failed"
        }
    }
}
