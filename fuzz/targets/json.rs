//! JSON that may be anything: what reads it agrees with an established reader, and no answer of an API panics.

use credenza::api::{Config, ConfigProblem, Response, registry, storefront};

/// Deeper documents are refused by our reader, and only later by the other one.
const DEPTH: usize = 60;

/// Takes anything; panics when a promise is broken.
pub fn run(data: &[u8]) {
    let Some((first, rest)) = data.split_first() else {
        return;
    };
    let Ok(text) = str::from_utf8(rest) else {
        return;
    };
    agrees(text);
    let status = match first % 8 {
        0..4 => 200,
        4 => 201,
        5 => 400,
        6 => 403,
        _ => 500,
    };
    let response = Response {
        status,
        headers: Vec::new(),
        body: text.to_owned(),
        redirected: false,
    };
    answers(&response);
}

/// Whether the text is JSON at all is what the configuration says first.
fn agrees(text: &str) {
    let ours = match Config::parse(text, "https://console.example", "/") {
        Err(error) => error.problem != ConfigProblem::NotJson,
        Ok(_) => true,
    };
    match serde_json::from_str::<serde_json::Value>(text) {
        Ok(_) => {
            let deep = text
                .bytes()
                .filter(|byte| matches!(byte, b'[' | b'{'))
                .count()
                > DEPTH;
            assert!(ours || deep, "JSON was refused");
        }
        // A number that fits nowhere is none to the other reader; ours keeps it as it is written.
        Err(error) => assert!(
            !ours || error.to_string().starts_with("number out of range"),
            "{error}"
        ),
    }
}

/// Every function that reads an answer, with its values dropped.
fn answers(response: &Response) {
    drop(storefront::parse_account(response));
    drop(storefront::parse_connection(response));
    drop(storefront::parse_credentials(response));
    drop(storefront::parse_detail(response));
    drop(storefront::parse_capabilities(response));
    drop(storefront::parse_list(response));
    drop(storefront::parse_register(response));
    drop(registry::parse_account(response));
    drop(registry::parse_agents(response));
    drop(registry::parse_consent(response));
    drop(registry::parse_saved(response));
    drop(registry::parse_taken_back(response));
    drop(registry::parse_status(response));
    drop(registry::parse_test(response));
}
