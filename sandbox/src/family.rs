//! Which API a path belongs to, and how that one tells what no handler of it foresaw.

use crate::{
    answer::{ApiError, Panicked, code_of, json_response},
    destinations, inventory, registry,
    state::Sandbox,
};
use axum::{
    extract::{Request, State},
    http::{Method, StatusCode},
    middleware::Next,
    response::Response,
};
use serde_json::json;

/// One of the APIs, or a server that gives tokens for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Everything that is no other one's, the console's files as well.
    Storefront,
    Registry,
    Destinations,
    /// Gives tokens for the destinations.
    Ims,
    Inventory,
    /// Gives tokens for the inventory.
    InventoryAuth,
}

/// The segments below the gateway that each lead to a service of their own.
const SEGMENTS: [(&str, Family); 4] = [
    ("destinations", Family::Destinations),
    ("ims", Family::Ims),
    ("inventory", Family::Inventory),
    ("inventory-auth", Family::InventoryAuth),
];

/// A path as its API sees it.
#[derive(Debug, Clone)]
pub struct Place {
    pub family: Family,
    /// What follows the gateway's prefix; of the newer services, the one that all of them share.
    pub below: Option<String>,
}

impl Place {
    /// The place of a path on either port.
    pub fn of(sandbox: &Sandbox, path: &str) -> Self {
        let place = |family, below: Option<&str>| Self {
            family,
            below: below.map(str::to_owned),
        };
        if let Some(below) = registry::below(sandbox, path) {
            return place(Family::Registry, Some(below));
        }
        let gateway = format!("{}gateway/", sandbox.setup().base);
        let Some(below) = path.strip_prefix(gateway.as_str()) else {
            return place(Family::Storefront, None);
        };
        let segment = below.split('/').next().unwrap_or_default();
        match SEGMENTS.iter().find(|(name, _)| *name == segment) {
            Some((_, family)) => place(*family, Some(below)),
            None => place(Family::Storefront, below.strip_prefix("storefront/")),
        }
    }

    fn path(&self) -> &str {
        self.below.as_deref().unwrap_or_default()
    }

    /// The status of a success without a body.
    pub fn usual(&self, sandbox: &Sandbox, method: &Method) -> StatusCode {
        let created = match self.family {
            Family::Storefront => *method == Method::POST,
            Family::Registry => self.path() == "register",
            Family::Destinations => {
                return sandbox.world().destinations.switches.usual(method);
            }
            Family::Ims | Family::Inventory | Family::InventoryAuth => false,
        };
        if created {
            StatusCode::CREATED
        } else {
            StatusCode::OK
        }
    }

    /// An error of this API with a status of choice.
    pub fn failure(&self, sandbox: &Sandbox, status: StatusCode) -> Response {
        let plain = |body| json_response(status, &body);
        match self.family {
            Family::Storefront => {
                let message = match status.as_u16() {
                    413 => "The body is longer than 1 MiB",
                    429 => "Too many requests",
                    503 => "The service is not available at the moment",
                    _ => "The sandbox was told to answer this way",
                };
                let error = ApiError::new(status, code_of(status), message);
                sandbox.world().settings.answer(Err(error))
            }
            Family::Registry => plain(registry::example::error(self.path(), status)),
            Family::Destinations => {
                destinations::failure(&sandbox.world().destinations.switches, status)
            }
            Family::Inventory => inventory::failure(&sandbox.world().inventory.switches, status),
            Family::Ims | Family::InventoryAuth => {
                let code = match status.as_u16() {
                    429 => "too_many_requests",
                    400 => "invalid_request",
                    401 => "invalid_client",
                    _ => "server_error",
                };
                let words = "The sandbox was told to answer this way";
                plain(json!({ "error": code, "error_description": words }))
            }
        }
    }

    /// A success, to be garbled where the real one must not come about.
    pub fn success(&self) -> Response {
        let token = |seconds: u32| json!({ "access_token": "a.b.c", "token_type": "Bearer", "expires_in": seconds });
        let (status, body) = match self.family {
            Family::Storefront => {
                let row = json!({
                    "id": "123",
                    "accountIdentifier": "my-publisher-account",
                    "status": "ACTIVE",
                    "registeredBy": "user@example.com",
                    "createdAt": "2026-01-15T10:00:00Z",
                });
                (StatusCode::CREATED, json!({ "data": row, "error": null }))
            }
            Family::Registry => (StatusCode::OK, registry::example::success(self.path())),
            Family::Destinations => (StatusCode::OK, destinations::example()),
            Family::Inventory => (StatusCode::OK, inventory::example()),
            Family::Ims => (StatusCode::OK, token(86_399)),
            Family::InventoryAuth => (StatusCode::OK, token(43_199)),
        };
        json_response(status, &body)
    }
}

/// Tells a panic as the API tells every failure that it did not foresee.
pub async fn in_its_own_words(
    State(sandbox): State<Sandbox>,
    request: Request,
    next: Next,
) -> Response {
    let place = Place::of(&sandbox, request.uri().path());
    let response = next.run(request).await;
    let is_own = place.family != Family::Storefront;
    if is_own && response.extensions().get::<Panicked>().is_some() {
        return place.failure(&sandbox, StatusCode::INTERNAL_SERVER_ERROR);
    }
    response
}
