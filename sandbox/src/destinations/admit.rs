//! What is judged before a handler runs: the gateway looks at token, key and organisation, the service at the
//! sandbox and at what the caller may do.

use super::{refusal::Refusal, store::Destinations};
use crate::{gate::gateway_adds, site, state::Sandbox, tokens::bearer};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use std::time::Instant;

/// The Client ID of the credential in the Developer Console, printed at the start.
pub const DEMO_CLIENT: &str = "4c9d7e21f0b84a63958e1c2da7f3b605";
/// Its secret.
pub const DEMO_SECRET: &str = "p8e-Xq4vT2mLw9RkZs7BdJ1hNcYf5UgA";
/// An access token that was made for it before.
pub const DEMO_TOKEN: &str = "ims_demo_access_token";
/// The organisation that the credential belongs to.
pub const DEMO_ORG: &str = "7A1C428F5DE324E90A49402B@AdobeOrg";
/// The sandbox of the organisation that has credentials.
pub const DEMO_SANDBOX: &str = "prod";

/// Every sandbox of the organisation.
const SANDBOXES: [&str; 2] = [DEMO_SANDBOX, "acme-dev"];

/// The sandbox that an admitted call is made in.
#[derive(Debug, Clone, Copy)]
pub struct Place(pub &'static str);

/// Lets a call through to its handler.
pub async fn admit(State(sandbox): State<Sandbox>, mut request: Request, next: Next) -> Response {
    let admitted = {
        let mut world = sandbox.world();
        let headers = request.headers();
        let added = gateway_adds(&world, headers);
        // A portal answers itself where nobody is signed in: the call does not get as far as Adobe.
        if !added && headers.contains_key("x-credenza") && bearer(headers).is_none() {
            return StatusCode::UNAUTHORIZED.into_response();
        }
        let destinations = &mut world.destinations;
        judge(destinations, &request, added)
            .map_err(|refusal| refusal.answer(&destinations.switches))
    };
    match admitted {
        Ok(place) => {
            request.extensions_mut().insert(place);
            next.run(request).await
        }
        Err(response) => response,
    }
}

/// `added` means that a portal in front adds the token, and the key where there is none.
fn judge(
    destinations: &mut Destinations,
    request: &Request,
    added: bool,
) -> Result<Place, Refusal> {
    let headers = request.headers();
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let token = if added {
        Some(DEMO_TOKEN)
    } else {
        bearer(headers)
    };
    let token = token.ok_or_else(|| Refusal::of_gateway("403010", "Oauth token is missing."))?;
    let key = text("x-api-key").or(added.then_some(DEMO_CLIENT));
    let key = key
        .filter(|key| !key.is_empty())
        .ok_or_else(|| Refusal::of_gateway("403000", "Api Key is required"))?;
    let client = destinations
        .tokens
        .client(token)
        .ok_or_else(|| Refusal::of_gateway("401013", "Oauth token is not valid"))?;
    // The key has to be the Client ID that the token was made for.
    if key != client {
        return Err(Refusal::of_gateway("403003", "Api Key is invalid"));
    }
    organization(text("x-gw-ims-org-id"))?;
    let allowance = destinations.limiter.take(key, Instant::now());
    if allowance.exceeded {
        return Err(Refusal::too_many(allowance.reset));
    }
    let place = sandbox_named(text("x-sandbox-name"))?;
    if !destinations.switches.permission {
        let words = "The access control permission Destination Authoring is missing";
        return Err(Refusal::of_service(StatusCode::FORBIDDEN, words));
    }
    if site::percent_decoded(request.uri().path()).is_none() {
        return Err(Refusal::not_found());
    }
    content_type(request.method(), headers)?;
    Ok(place)
}

fn organization(id: Option<&str>) -> Result<(), Refusal> {
    let id = id
        .filter(|id| !id.is_empty())
        .ok_or_else(|| Refusal::of_gateway("400003", "Missing header"))?;
    if id == DEMO_ORG {
        return Ok(());
    }
    let well_formed = id.strip_suffix("@AdobeOrg").is_some_and(|name| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    Err(if well_formed {
        Refusal::of_gateway("403025", "Profile is not valid")
    } else {
        Refusal::of_gateway("403027", "User region is missing")
    })
}

fn sandbox_named(name: Option<&str>) -> Result<Place, Refusal> {
    let name = name.filter(|name| !name.is_empty()).ok_or_else(|| {
        Refusal::of_service(
            StatusCode::BAD_REQUEST,
            "The header x-sandbox-name is missing",
        )
    })?;
    let known = SANDBOXES.iter().find(|known| **known == name);
    known.map(|name| Place(name)).ok_or_else(|| {
        let words = "The organization has no sandbox of the name in x-sandbox-name, or you have no access to it";
        Refusal::of_service(StatusCode::FORBIDDEN, words)
    })
}

fn content_type(method: &Method, headers: &HeaderMap) -> Result<(), Refusal> {
    let says_json = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|kind| kind.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"));
    if [Method::POST, Method::PUT].contains(method) && !says_json {
        return Err(Refusal::content_type());
    }
    Ok(())
}
