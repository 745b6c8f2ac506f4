//! The built console: its files, compressed where that is accepted, and index.html for its routes.

use crate::{
    answer::{ApiError, json_response},
    journal::hex,
    policy, reload,
    state::Sandbox,
};
use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
    response::Response,
    routing::get,
};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::path::Path;

const TYPES: [(&str, &str); 18] = [
    ("html", "text/html; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("wasm", "application/wasm"),
    ("json", "application/json; charset=utf-8"),
    ("map", "application/json; charset=utf-8"),
    ("webmanifest", "application/manifest+json"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("ico", "image/x-icon"),
    ("webp", "image/webp"),
    ("jpg", "image/jpeg"),
    ("woff2", "font/woff2"),
    ("txt", "text/plain; charset=utf-8"),
    ("xml", "application/xml"),
    ("br", "application/octet-stream"),
    ("gz", "application/octet-stream"),
];

/// `credenza.json`, which the sandbox answers itself.
pub fn routes(sandbox: &Sandbox) -> Router<Sandbox> {
    Router::new().route(
        &format!("{}credenza.json", sandbox.setup().base),
        get(config),
    )
}

async fn config(State(sandbox): State<Sandbox>) -> Response {
    let mut response = json_response(StatusCode::OK, sandbox.config());
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// Everything that is no route: a file of the site, one of the console's own routes, or nothing.
pub async fn serve(State(sandbox): State<Sandbox>, request: Request) -> Response {
    let (asked, _) = request.into_parts();
    let mut response = answer(&sandbox, &asked).await;
    if is_callback(&sandbox, asked.uri.path()) {
        policy::guard(&mut response, &policy::without_wasm(sandbox.policy()));
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    } else {
        policy::guard(&mut response, sandbox.policy());
    }
    response
}

/// Whether a path is that of the page to which people come back with a code.
fn is_callback(sandbox: &Sandbox, path: &str) -> bool {
    let told = sandbox.config().get("callback").and_then(Value::as_str);
    let name = path
        .strip_prefix(sandbox.setup().base.as_str())
        .and_then(file_name);
    name.as_deref() == Some(told.unwrap_or("oauth-callback.html"))
}

async fn answer(sandbox: &Sandbox, asked: &Parts) -> Response {
    let setup = sandbox.setup();
    let path = asked.uri.path();
    if format!("{path}/") == setup.base {
        return redirect(&setup.base, asked.uri.query());
    }
    let Some(rest) = path.strip_prefix(setup.base.as_str()) else {
        return not_found();
    };
    if rest == "gateway" || rest.starts_with("gateway/") {
        return sandbox
            .world()
            .settings
            .answer(Err(ApiError::not_found("There is no such resource")));
    }
    if rest == "_sandbox" || rest.starts_with("_sandbox/") {
        return not_found();
    }
    if !matches!(asked.method, Method::GET | Method::HEAD) {
        return plain(
            StatusCode::METHOD_NOT_ALLOWED,
            "Only reading is possible here\n",
        );
    }
    if let Some(name) = file_name(rest)
        && let Some(response) = file(&setup.site, &name, &asked.headers).await
    {
        return if name == "index.html" {
            page(setup.watch, response)
        } else {
            response
        };
    }
    // Source ids and agent addresses may contain a dot; only what looks like a file of a site is one.
    if extension(rest).is_some() {
        return not_found();
    }
    match file(&setup.site, "index.html", &asked.headers).await {
        Some(response) => page(setup.watch, response),
        None => plain(
            StatusCode::NOT_FOUND,
            "The console has not been built yet\n",
        ),
    }
}

/// The file that a path means, or `None` for a path that can mean none.
fn file_name(rest: &str) -> Option<String> {
    if rest.is_empty() {
        return Some("index.html".to_owned());
    }
    let decoded = percent_decoded(rest)?;
    let odd = |segment: &str| segment.is_empty() || segment.starts_with('.');
    let fine = !decoded.contains(['\\', '\0', ':']) && !decoded.split('/').any(odd);
    fine.then_some(decoded)
}

async fn file(site: &Path, name: &str, headers: &HeaderMap) -> Option<Response> {
    let accepted = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let mut found = None;
    for (coding, suffix) in [("br", ".br"), ("gzip", ".gz")] {
        if found.is_none() && accepts(accepted, coding) {
            found = read(&site.join(format!("{name}{suffix}")))
                .await
                .map(|bytes| (bytes, Some(coding)));
        }
    }
    // A compressed copy without its original is left over from an earlier build.
    let original = site.join(name);
    if !tokio::fs::metadata(&original)
        .await
        .is_ok_and(|data| data.is_file())
    {
        return None;
    }
    let (bytes, coding) = match found {
        Some(found) => found,
        None => (read(&original).await?, None),
    };
    let tag = format!("\"{}\"", &hex(&Sha256::digest(&bytes))[..20]);
    let known = headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|value| value.as_bytes() == tag.as_bytes());

    let mut response = Response::new(if known {
        Body::empty()
    } else {
        Body::from(bytes)
    });
    if known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    let told = response.headers_mut();
    let kind = extension(name).and_then(|known| TYPES.iter().find(|(ext, _)| *ext == known));
    let kind = kind.map_or("application/octet-stream", |(_, kind)| *kind);
    told.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    told.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    let caching = if is_hashed(name) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    told.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    told.insert(header::ETAG, HeaderValue::from_str(&tag).ok()?);
    if let Some(coding) = coding {
        told.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    Some(response)
}

async fn read(path: &Path) -> Option<Vec<u8>> {
    tokio::fs::read(path).await.ok()
}

/// Tells a page where it can listen for a new build.
fn page(watch: bool, mut response: Response) -> Response {
    if watch && let Ok(value) = HeaderValue::from_str(&format!("reload;desc=\"{}\"", reload::PATH))
    {
        response.headers_mut().insert("server-timing", value);
    }
    response
}

/// Whether a name carries the hash of its content: `-` or `.` and 12 or more hexadecimal digits before the ending.
fn is_hashed(name: &str) -> bool {
    let stem = name
        .rsplit('/')
        .next()
        .and_then(|file| file.split('.').next())
        .unwrap_or_default();
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    let hash = stem.rsplit('-').next().unwrap_or_default();
    hash.len() >= 12 && hash.len() < stem.len() && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The ending of a path, when it is one that sites have.
fn extension(path: &str) -> Option<&'static str> {
    let (_, ending) = path.rsplit('/').next()?.rsplit_once('.')?;
    TYPES
        .iter()
        .map(|(known, _)| *known)
        .find(|known| ending.eq_ignore_ascii_case(known))
}

/// Whether a coding is accepted; `;q=0` refuses it.
fn accepts(header: &str, coding: &str) -> bool {
    header.split(',').any(|part| {
        let mut pieces = part.split(';').map(str::trim);
        let named = pieces
            .next()
            .is_some_and(|name| name.eq_ignore_ascii_case(coding));
        let refused = pieces.any(|piece| {
            piece
                .strip_prefix("q=")
                .and_then(|q| q.trim().parse::<f32>().ok())
                .is_some_and(|q| q <= 0.0)
        });
        named && !refused
    })
}

/// `None` for what is not UTF-8 or has a `%` without two digits.
pub fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        if first != b'%' {
            bytes.push(first);
            rest = tail;
            continue;
        }
        let digit = |at: usize| char::from(*tail.get(at)?).to_digit(16);
        bytes.push(u8::try_from(digit(0)? * 16 + digit(1)?).ok()?);
        rest = &tail[2..];
    }
    String::from_utf8(bytes).ok()
}

fn redirect(base: &str, query: Option<&str>) -> Response {
    let to = query.map_or_else(|| base.to_owned(), |query| format!("{base}?{query}"));
    let mut response = plain(StatusCode::PERMANENT_REDIRECT, "");
    if let Ok(to) = HeaderValue::from_str(&to) {
        response.headers_mut().insert(header::LOCATION, to);
    }
    response
}

fn not_found() -> Response {
    plain(StatusCode::NOT_FOUND, "There is nothing here\n")
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashed_names_are_recognised() {
        for name in [
            "console-0123456789abcdef.js",
            "console-0123456789abcdef_bg.wasm",
            "a/form-00112233445566aa77.css",
        ] {
            assert!(is_hashed(name), "{name}");
        }
        for name in [
            "index.html",
            "boot.js",
            "oauth-callback.js",
            "0123456789abcdef.js",
            "x-0123.js",
        ] {
            assert!(!is_hashed(name), "{name}");
        }
    }

    #[test]
    fn no_path_leaves_the_site() {
        for rest in [
            "../secret.txt",
            "a/%2e%2e/b.js",
            "%2Fetc/passwd.txt",
            ".git/config",
            "a%5cb.js",
            "%zz.js",
        ] {
            assert_eq!(file_name(rest), None, "{rest}");
        }
        assert_eq!(file_name("a/b%20c.js").as_deref(), Some("a/b c.js"));
    }

    #[test]
    fn codings_are_read_with_their_weight() {
        assert!(accepts("gzip, deflate, br", "br"));
        assert!(accepts("br;q=0.5", "br"));
        assert!(!accepts("br;q=0, gzip", "br"));
        assert!(!accepts("", "br"));
    }
}
