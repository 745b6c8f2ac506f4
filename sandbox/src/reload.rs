//! Tells open pages that the site was built anew, with `--watch` only.

use crate::{answer::json_response, state::Sandbox};
use axum::{
    body::Body,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use futures_util::stream;
use serde_json::json;
use std::{
    path::PathBuf,
    time::{Duration, SystemTime},
};

/// The path at which pages listen; it is named in the `Server-Timing` header of every page, so that a page
/// need not ask for something that is not there.
pub const PATH: &str = "/_sandbox/reload";
const EACH: Duration = Duration::from_secs(1);

/// `GET /_sandbox/reload`: an event stream with one `reload` for each change of index.html.
pub async fn events(State(sandbox): State<Sandbox>) -> Response {
    let setup = sandbox.setup();
    if !setup.watch {
        return json_response(
            StatusCode::NOT_FOUND,
            &json!({ "error": "The sandbox was started without --watch" }),
        );
    }
    let index = setup.site.join("index.html");
    let seen = changed(index.clone()).await;
    let changes = stream::unfold((index, seen), |(index, seen)| async move {
        loop {
            tokio::time::sleep(EACH).await;
            let now = changed(index.clone()).await;
            // While a build runs the file may be gone for a moment; that is not a change yet.
            if now.is_some() && now != seen {
                return Some((
                    Ok::<_, std::convert::Infallible>("event: reload\ndata: {}\n\n"),
                    (index, now),
                ));
            }
        }
    });
    // The first line makes the browser report the stream as open.
    let hello = stream::once(async { Ok("retry: 1000\n\n") });
    let mut response = Response::new(Body::from_stream(futures_util::StreamExt::chain(
        hello, changes,
    )));
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/event-stream"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn changed(file: PathBuf) -> Option<SystemTime> {
    tokio::fs::metadata(file).await.ok()?.modified().ok()
}
