//! The sandbox's own calls: one request over one connection, to a loopback address in plain http.

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::Request,
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::Response,
};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use std::time::Duration;
use tokio::net::TcpStream;
use url::{Host, Url};

/// The documented time limit of an exchange.
const PATIENCE: Duration = Duration::from_secs(30);
const MOST_BYTES: usize = 16 << 20;

/// Sends a request to `url`, whose path and query replace those of `parts`. An error says in words why there
/// is no answer.
pub async fn send(url: &Url, parts: Parts, body: Bytes) -> Result<Response<Bytes>, String> {
    let carried = tokio::time::timeout(PATIENCE, carry(url, parts, body));
    carried
        .await
        .map_err(|_| "the connection timed out".to_owned())?
}

async fn carry(url: &Url, mut parts: Parts, body: Bytes) -> Result<Response<Bytes>, String> {
    let host = match (url.scheme(), url.host()) {
        ("http", Some(Host::Ipv4(address))) if address.is_loopback() => address.to_string(),
        ("http", Some(Host::Domain("localhost"))) => "localhost".to_owned(),
        _ => {
            return Err(format!(
                "getaddrinfo ENOTFOUND {}",
                url.host_str().unwrap_or_default()
            ));
        }
    };
    let port = url.port_or_known_default().unwrap_or(80);
    let stream = TcpStream::connect((host.as_str(), port))
        .await
        .map_err(|error| format!("connect {error}"))?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
        .await
        .map_err(|error| error.to_string())?;
    let driver = tokio::spawn(connection);
    let target = &url[url::Position::BeforePath..url::Position::AfterQuery];
    parts.uri = target
        .parse()
        .map_err(|_| "the address cannot be asked".to_owned())?;
    let authority = &url[url::Position::BeforeHost..url::Position::AfterPort];
    let authority = HeaderValue::from_str(authority).map_err(|error| error.to_string())?;
    parts.headers.insert(header::HOST, authority);
    parts.headers.remove(header::CONNECTION);
    parts.headers.remove(header::TRANSFER_ENCODING);
    parts
        .headers
        .insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    let answer = sender
        .send_request(Request::from_parts(parts, Body::from(body)))
        .await
        .map_err(|error| error.to_string());
    let read = match answer {
        Err(error) => Err(error),
        Ok(answer) => {
            let (parts, body) = answer.into_parts();
            to_bytes(Body::new(body), MOST_BYTES)
                .await
                .map(|bytes| Response::from_parts(parts, bytes))
                .map_err(|error| error.to_string())
        }
    };
    driver.abort();
    read
}

/// An answer that came as an answer of ours.
pub fn passed_on(answer: Result<Response<Bytes>, String>) -> Response {
    match answer {
        Ok(answer) => {
            let (mut parts, body) = answer.into_parts();
            for name in [
                header::CONNECTION,
                header::TRANSFER_ENCODING,
                header::CONTENT_LENGTH,
            ] {
                parts.headers.remove(name);
            }
            Response::from_parts(parts, Body::from(body))
        }
        Err(_) => crate::pages::proxy_error(StatusCode::BAD_GATEWAY),
    }
}
