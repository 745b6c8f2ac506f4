//! One request through a real `fetch`: what comes back, and what is told when nothing does.
#![cfg(target_arch = "wasm32")]

use credenza::api::{Cookies, Method, Request, Response, TransportError};
use credenza::browser;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

async fn get(url: String) -> Result<Response, TransportError> {
    let request = Request {
        method: Method::Get,
        url,
        headers: Vec::new(),
        body: None,
        cookies: Cookies::Omit,
        timeout_ms: 10_000,
        public_keys: &[],
    };
    browser::send(request).await
}

#[wasm_bindgen_test]
async fn an_answer_comes_with_its_status_headers_and_body() {
    // The server of the tests is on the page's own origin.
    let answer = get(browser::origin() + "/").await.expect("it answers");
    assert_eq!(answer.status, 200);
    assert!(
        answer
            .header("content-type")
            .is_some_and(|kind| kind.contains("html"))
    );
    assert!(
        answer.is_html() && answer.body.contains("<html"),
        "{answer:?}"
    );
    assert!(!answer.redirected);
}

#[wasm_bindgen_test]
async fn a_status_of_failure_is_an_answer_as_well() {
    let answer = get(browser::origin() + "/there/is/no/such/file")
        .await
        .expect("it answers");
    assert_eq!(answer.status, 404);
}

#[wasm_bindgen_test]
async fn where_nobody_listens_the_network_is_to_blame() {
    // The highest port: nothing is handed out there, and the browser does not refuse it by itself.
    let answer = get("http://127.0.0.1:65535/".to_owned()).await;
    assert_eq!(answer.err(), Some(TransportError::Network));
}

#[wasm_bindgen_test]
async fn what_is_no_address_is_an_error_and_no_panic() {
    assert_eq!(
        get("http://[".to_owned()).await.err(),
        Some(TransportError::Network)
    );
}
