//! What stays in this tab's storage while it is away at the provider's page.
//!
//! It is the one place where a verifier leaves memory, for ten minutes at most; without the code, which
//! only this page gets, it opens nothing. Tokens and typed secrets are never part of it.

use super::flow::{Flow, LIFETIME_MS, Part, is_return_path};
use crate::api::Response;
use crate::api::json::{self, Node};
use crate::credential::{Draft, Form, FormSpec, Secret, object};

/// How the record says that the whole tab went away. The callback page reads it too.
const REDIRECT: &str = "redirect";

/// A flow and what was typed before it, without secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowRecord {
    /// The flow.
    pub flow: Flow,
    /// What was typed into fields that anyone may see.
    pub draft: Vec<(String, String)>,
}

impl FlowRecord {
    /// Keeps `flow`, when nothing was typed.
    pub const fn new(flow: Flow) -> Self {
        let draft = Vec::new();
        Self { flow, draft }
    }

    /// Keeps what anyone may see of `draft` too.
    pub fn with(mut self, spec: &FormSpec, draft: &Draft) -> Self {
        for field in spec.fields {
            if !field.kind.is_secret() {
                let text = draft.get(spec, field).text;
                let kept = (field.name.to_owned(), text.expose().to_owned());
                self.draft.push(kept);
            }
        }
        self
    }

    /// Puts what was kept back into `draft`. A name that is no field of `spec`, or is a secret's, is passed
    /// over.
    pub fn restore(&self, spec: &FormSpec, draft: &mut Draft) {
        for (name, text) in &self.draft {
            if let Some(field) = spec.field(name)
                && !field.kind.is_secret()
            {
                draft.set(spec, field, Secret::new(text.as_str()));
            }
        }
    }

    /// The text to store. The callback page reads `mode`, `expires` and `path` of it.
    pub fn text(&self) -> Secret {
        let flow = &self.flow;
        let mut draft = Vec::new();
        for (name, text) in &self.draft {
            draft.push((name.as_str(), text.as_str(), Form::Text));
        }
        let draft = object(&draft);
        let expires = (flow.created_at + LIFETIME_MS).to_string();
        let tells = if flow.tells_issuer { "true" } else { "false" };
        let mut members = vec![
            ("mode", REDIRECT, Form::Text),
            ("expires", expires.as_str(), Form::Bare),
            ("draft", draft.expose(), Form::Bare),
            ("tells_issuer", tells, Form::Bare),
        ];
        for part in Part::ALL {
            members.push((part.name(), flow.get(part), Form::Text));
        }
        object(&members)
    }

    /// Reads what was stored; nothing when it is not whole, of another mode, or leads to another site.
    pub fn read(text: &str) -> Option<Self> {
        let stored = Response {
            status: 200,
            body: text.to_owned(),
            ..Response::default()
        };
        let record = json::read(&stored, record).ok()?;
        let flow = &record.flow;
        let fits = is_return_path(flow.get(Part::Return))
            && flow.get(Part::TokenPath).starts_with('/')
            && !flow.get(Part::Verifier).is_empty();
        fits.then_some(record)
    }
}

fn record(node: &Node<'_>) -> FlowRecord {
    if node.text("mode") != REDIRECT {
        node.misfit("mode");
    }
    let expires = i64::try_from(node.integer("expires")).unwrap_or_default();
    let mut flow = Flow {
        tells_issuer: node.boolean("tells_issuer"),
        created_at: expires - LIFETIME_MS,
        ..Flow::default()
    };
    for part in Part::ALL {
        flow.set(part, Secret::new(node.text(part.name())));
    }
    let draft = node.pairs("draft");
    FlowRecord { flow, draft }
}

#[cfg(test)]
mod tests;
