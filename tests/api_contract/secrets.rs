//! No secret of a fixture is in what was read, and none that was sent in an error.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use credenza::api::{Client, Request, Response};
use credenza::credential::{Secret, catalog};
use serde_json::{Value, json};

use crate::damaged::each_replacement;
use crate::fixtures::{answer, client, pairs, recorded};
use crate::table::{all, requests, responses};
use crate::typed::request;

fn is_secret(name: &str) -> bool {
    let mut fields = catalog::all().flat_map(|spec| spec.fields);
    matches!(name, "access_token" | "refresh_token")
        || fields.any(|field| field.kind.is_secret() && field.name == name)
}

/// The secrets of a body that is an object, a list or a form.
pub fn of(body: &Value) -> Vec<String> {
    match body {
        Value::Array(items) => items.iter().flat_map(of).collect(),
        Value::Object(members) => {
            let each = members.iter().map(|(name, value)| match value.as_str() {
                Some(text) if is_secret(name) => vec![text.to_owned()],
                Some(_) => Vec::new(),
                None => of(value),
            });
            each.flatten().collect()
        }
        Value::String(form) if form.contains('=') => {
            let pairs = pairs(form).into_iter();
            let secret = pairs.filter(|(name, _)| is_secret(name));
            secret.map(|(_, value)| value).collect()
        }
        _ => Vec::new(),
    }
}

/// Puts a text that stands nowhere else in the place of each secret, and counts them.
fn marked(value: &mut Value) -> usize {
    match value {
        Value::Array(items) => items.iter_mut().map(marked).sum(),
        Value::Object(members) => {
            let each = members.iter_mut().map(|(name, value)| {
                if value.is_string() && is_secret(name) {
                    *value = json!("canary-7f3a");
                    1
                } else {
                    marked(value)
                }
            });
            each.sum()
        }
        _ => 0,
    }
}

/// The fixtures of these services may hold secrets in their answers.
fn is_ours(name: &str) -> bool {
    ["destinations/", "inventory/", "registry/tokens"]
        .iter()
        .any(|folder| name.starts_with(folder))
}

#[test]
fn what_is_read_holds_no_secret_and_neither_does_an_error() {
    let mut count = 0;
    let look = |name: &str, response: &Response| {
        for parse in all() {
            let read = format!("{:?}", parse(response));
            assert!(!read.contains("canary"), "{name}: {read}");
        }
    };
    for (name, own, _) in responses().filter(|row| is_ours(row.0)) {
        let (response, mut body) = recorded(name);
        count += marked(&mut body);
        each_replacement(&body, &mut |changed| {
            look(name, &answer(response.status, changed.to_string()));
        });
        let text = body.to_string();
        look(name, &answer(response.status, text.as_str()));
        for (cut, _) in text.char_indices() {
            let read = own(&answer(response.status, &text[..cut]));
            let read = format!("{read:?}");
            assert!(!read.contains("canary"), "{name}: {read}");
        }
    }
    // Ten answers with three or more, and those with a token.
    assert!(count > 40, "only {count} secrets were looked for");
}

#[test]
fn what_cannot_be_read_shows_no_secret() {
    // As it is printed, this list is no JSON.
    let (response, _) = recorded("destinations/list-pages");
    let keys = ["secretKey", "password"];
    let mut text = response.body;
    for key in keys {
        let value = format!("\"{key}\":\"string\"");
        assert!(text.contains(&value), "{key}");
        text = text.replace(&value, &format!("\"{key}\":\"canary-7f3a\""));
    }
    for (cut, _) in text.char_indices() {
        for parse in all() {
            let read = format!("{:?}", parse(&answer(200, &text[..cut])));
            assert!(!read.contains("canary"), "{read}");
        }
    }
}

thread_local! {
    static TURN: Cell<usize> = const { Cell::new(0) };
}

/// Repeats a text: the status and the body.
type Echo = fn(&str) -> (u16, String);

/// Ways in which a server may repeat what it was sent.
const ECHOES: [Echo; 11] = [
    |said| (400, json!({"message": said}).to_string()),
    |said| {
        let chain = json!([{"errorMessage": said}]);
        (400, json!({"report": {"errorChain": chain}}).to_string())
    },
    |said| {
        (
            400,
            json!({"errors": {"400": [{"message": said}]}}).to_string(),
        )
    },
    |said| {
        let refusal = json!({"error": "invalid_request", "error_description": said});
        (400, refusal.to_string())
    },
    |said| {
        (
            403,
            json!({"error_code": "403025", "message": said}).to_string(),
        )
    },
    |said| (400, json!({"errorDetails": said}).to_string()),
    |said| {
        let refusal = json!({"error": "invalid_client", "error_description": said});
        (401, refusal.to_string())
    },
    |said| (409, json!({"detail": said}).to_string()),
    |said| (500, json!({"code": 13, "message": said}).to_string()),
    |said| (200, format!("{{\"said\":{}", json!(said))),
    |said| (200, said.to_owned()),
];

fn echoing(client: &Client) -> Client {
    let send = |request: Request| {
        let sent = request.body.unwrap_or_default();
        let said = match serde_json::from_str::<Value>(sent.expose()) {
            Ok(body) => of(&body).join(" and "),
            // A server has a form as it was meant, and may have it as it came.
            Err(_) => [
                of(&json!(sent.expose())).join(" and ").as_str(),
                sent.expose(),
            ]
            .join(" or "),
        };
        let (status, body) = ECHOES[TURN.get()](&["no ", &said].concat());
        let response: Pin<Box<dyn Future<Output = _>>> =
            Box::pin(std::future::ready(Ok(answer(status, body))));
        response
    };
    Client::new(client.base.clone(), client.access.clone(), send)
}

/// What comes of one request, with each way to repeat it.
#[track_caller]
fn check(name: &str, request: &Request, secrets: &[String]) {
    for turn in 0..ECHOES.len() {
        TURN.set(turn);
        let mut call = echoing(&client()).call(request.clone());
        let mut context = Context::from_waker(Waker::noop());
        let Poll::Ready(answer) = Pin::new(&mut call).poll(&mut context) else {
            panic!("the answer is there at once")
        };
        let error = answer
            .read(credenza::api::storefront::parse_register)
            .expect_err("nothing here is good");
        let shown = format!("{error:?}");
        for secret in secrets {
            assert!(!shown.contains(secret.as_str()), "{name}, {turn}: {shown}");
        }
    }
}

#[test]
fn no_secret_that_was_sent_comes_back_in_an_error() {
    let mut count = 0;
    for (name, build) in requests() {
        let body = request(name)["body"].take();
        let mut secrets = of(&body);
        // One character stands in most words.
        secrets.retain(|secret| secret.len() > 1);
        count += secrets.len();
        let built = build(&client(), Secret::new(body.to_string()));
        check(name, &built, &secrets);
    }
    assert!(count > 30, "only {count} secrets were sent");
}
