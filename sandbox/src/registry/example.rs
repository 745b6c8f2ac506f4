//! What faults make of the registry's answers: its own shapes, which have no envelope.

use axum::http::StatusCode;
use serde_json::{Value, json};

/// An error with a status of choice, as the part of the registry at `path`, which is what follows its prefix, would
/// tell it.
pub fn error(path: &str, status: StatusCode) -> Value {
    if matches!(path, "token" | "register" | "authorize") {
        let code = match status.as_u16() {
            429 => "too_many_requests",
            400 => "invalid_request",
            401 => "invalid_client",
            _ => "server_error",
        };
        return json!({ "error": code, "error_description": "The sandbox was told to answer this way" });
    }
    match status.as_u16() {
        401 => super::refusal::Refusal::signed_out().body,
        403 => json!({ "error": "You do not have permission to modify this agent" }),
        413 => json!({ "error": "Request body too large" }),
        429 => super::refusal::Refusal::too_many(0).body,
        503 => json!({
            "error": "Service temporarily unavailable",
            "message": "The session could not be checked",
        }),
        _ => json!({ "error": "Internal server error" }),
    }
}

/// A success, to be garbled where the real one must not come about.
pub fn success(path: &str) -> Value {
    if path == "token" {
        json!({ "access_token": "a.b.c", "token_type": "bearer", "refresh_token": "d", "expires_in": 900 })
    } else if path == "register" {
        json!({
            "client_id": "00000000-0000-4000-a000-000000000000",
            "client_id_issued_at": 1_767_225_600,
            "redirect_uris": ["https://console.example/oauth-callback.html"],
            "token_endpoint_auth_method": "none",
        })
    } else if path.ends_with("/test") {
        json!({ "ok": true, "latency_ms": 312 })
    } else {
        json!({
            "connected": true,
            "has_auth": true,
            "agent_context_id": "00000000-0000-4000-a000-000000000000",
            "auth_type": "oauth_client_credentials",
        })
    }
}
