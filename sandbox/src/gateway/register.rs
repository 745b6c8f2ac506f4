//! `POST buyer/storefronts/{id}/sources/{source}/credentials`: one registration.

use super::{
    credentials::{oauth, old_oauth},
    storefront::{missing, storefront_id},
};
use crate::{
    accounts::Account,
    answer::{ApiError, Issue, Outcome},
    clock,
    model::{AuthKind, Credential, Source, Status},
    registration::{Application, AuthSent, read},
    state::Sandbox,
    world::World,
};
use axum::{
    Extension,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use serde_json::{Value, json};

pub async fn register(
    State(sandbox): State<Sandbox>,
    Extension(caller): Extension<&'static Account>,
    Path((storefront, source)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let mut world = sandbox.world();
    let is_json = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| {
            value
                .trim_start()
                .to_ascii_lowercase()
                .starts_with("application/json")
        });
    let outcome = match serde_json::from_slice(&body) {
        Ok(body) if is_json => decide(&mut world, caller, &storefront, &source, &body),
        _ => Err(ApiError::new(
            StatusCode::BAD_REQUEST,
            "BAD_REQUEST",
            "The body has to be JSON and say so",
        )),
    };
    world.settings.answer(outcome)
}

fn decide(
    world: &mut World,
    caller: &'static Account,
    storefront: &str,
    source: &str,
    body: &Value,
) -> Outcome {
    let (id, application) = match (storefront_id(storefront), read(body)) {
        (Ok(id), Ok(application)) => (id, application),
        (id, application) => {
            let mut issues: Vec<Issue> = id.err().into_iter().collect();
            issues.extend(application.err().unwrap_or_default());
            return Err(ApiError::validation(issues));
        }
    };
    let source = world
        .storefront(id)
        .ok_or_else(missing)?
        .sources
        .iter()
        .find(|row| row.id == source)
        .ok_or_else(|| ApiError::not_found("The source does not exist or is not visible to you"))?
        .clone();
    if application.marketplace && !caller.is_admin() {
        return Err(ApiError::forbidden(
            "FORBIDDEN",
            "Only an admin may create a marketplace account",
        ));
    }
    if source.requires_credentials == Some(false) {
        let message =
            "This source needs no credentials of yours; individual registration is not possible";
        return Err(ApiError::new(
            StatusCode::BAD_REQUEST,
            "BAD_REQUEST",
            message,
        ));
    }
    let kind = world.auth_kind(&source);
    fits(kind, application.auth).map_err(|issue| ApiError::validation(vec![issue]))?;

    let taken = world.credentials.iter().find(|row| {
        row.company == caller.company_id
            && row.agent == source.agent
            && row.identifier == application.identifier
    });
    match taken {
        Some(row) if row.status == Status::Pending && !world.settings.pending_conflict => {
            let row = row.clone();
            Ok((StatusCode::CREATED, answer(world, &row, id, &source)))
        }
        Some(_) => Err(ApiError {
            field: Some("accountIdentifier".to_owned()),
            ..ApiError::new(StatusCode::CONFLICT, "CONFLICT", "Resource already exists")
        }),
        None => {
            let row = create(world, caller, application, &source, kind);
            Ok((StatusCode::CREATED, answer(world, &row, id, &source)))
        }
    }
}

/// Whether what was sent is what the agent takes.
fn fits(kind: AuthKind, sent: AuthSent) -> Result<(), Issue> {
    let wanted = match (kind, sent) {
        // The consent takes the place of any secret.
        (AuthKind::OAuth, _)
        | (AuthKind::ApiKey, AuthSent::Token)
        | (AuthKind::BasicAuth, AuthSent::Basic)
        | (AuthKind::Jwt, AuthSent::Jwt)
        | (AuthKind::NoAuth, AuthSent::Nothing | AuthSent::Absent) => return Ok(()),
        (AuthKind::ApiKey, _) => "an API key or token (type api_key or bearer)",
        (AuthKind::BasicAuth, _) => "a username and password (type basic)",
        (AuthKind::Jwt, _) => "a private key (type jwt)",
        (AuthKind::NoAuth, _) => "no credentials (an empty object)",
    };
    let path = if matches!(sent, AuthSent::Absent | AuthSent::Nothing) {
        "auth"
    } else {
        "auth.type"
    };
    Err(Issue::new(
        path,
        format!("The agent behind this source takes {wanted}"),
    ))
}

fn create(
    world: &mut World,
    caller: &Account,
    application: Application,
    source: &Source,
    kind: AuthKind,
) -> Credential {
    let now = clock::now();
    let row = Credential {
        id: world.take_id(),
        company: caller.company_id,
        identifier: application.identifier,
        marketplace: application.marketplace,
        status: if kind == AuthKind::OAuth {
            Status::Pending
        } else {
            Status::Active
        },
        registered_by: Some(caller.user.to_owned()),
        created_at: now.clone(),
        updated_at: now,
        agent: source.agent,
    };
    world.credentials.push(row.clone());
    row
}

/// The documented body of a 201, with a fresh address while consent is missing.
fn answer(world: &mut World, row: &Credential, storefront: u64, source: &Source) -> Value {
    let mut body = json!({
        "id": row.id,
        "accountIdentifier": row.identifier,
        "status": row.status.name(),
        "registeredBy": row.registered_by,
        "createdAt": row.created_at,
    });
    if row.status == Status::Pending {
        let state = world.consents.open_for_credential(&row.id);
        body["oauth"] = if world.settings.old_rows {
            old_oauth(world, row, &state)
        } else {
            oauth(world, row, &state, storefront, source)
        };
    }
    body
}
