//! The few pages that the sandbox draws itself. They carry no script and no inline style.

use crate::policy;
use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};

const STYLE: &str = include_str!("pages.css");

/// A page of our own. `body` is HTML whose foreign parts went through [`escape`]; `style` is the path of the
/// stylesheet on the same origin.
pub fn page(status: StatusCode, title: &str, style: &str, body: &str) -> Response {
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <link rel=\"stylesheet\" href=\"{style}\">\n</head>\n<body>\n\
         <main>\n{body}\n</main>\n</body>\n</html>\n",
        title = escape(title),
    );
    let mut response = html_response(status, html);
    policy::guard(&mut response, policy::OF_OWN_PAGES);
    response
}

/// The stylesheet of these pages.
pub async fn style() -> Response {
    let mut response = Response::new(Body::from(STYLE));
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/css; charset=utf-8"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    response
}

/// What a reverse proxy answers when nobody is behind it: HTML where JSON was expected.
pub fn proxy_error(status: StatusCode) -> Response {
    let reason = status.canonical_reason().unwrap_or("Error");
    let title = format!("{} {reason}", status.as_u16());
    html_response(
        status,
        format!(
            "<html>\n<head><title>{title}</title></head>\n<body>\n<center><h1>{title}</h1></center>\n\
             <hr><center>proxy</center>\n</body>\n</html>\n"
        ),
    )
}

/// Text made safe for HTML, also inside a quoted attribute.
pub fn escape(text: &str) -> String {
    text.chars()
        .fold(String::with_capacity(text.len()), |mut out, c| {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\'' => out.push_str("&#39;"),
                _ => out.push(c),
            }
            out
        })
}

fn html_response(status: StatusCode, html: String) -> Response {
    let mut response = Response::new(Body::from(html));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_foreign_becomes_markup() {
        assert_eq!(
            escape(r#"<a title="x">'&"#),
            "&lt;a title=&quot;x&quot;&gt;&#39;&amp;"
        );
    }
}
