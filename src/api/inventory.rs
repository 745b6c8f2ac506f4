//! Verve's Inventory API: the token, and the call by which a setup is checked (inventory.md, sections 3 to 5).

use super::client::Client;
use super::error::ApiError;
use super::http::{Method, Request, Response};
use super::json::unreadable;
use super::refusal;
use crate::api::redact::Sent;
use crate::credential::Secret;

/// Where tokens are given out, below the address of the authorization server (section 3).
pub const TOKEN_PATH: &str = "/oauth/v2/token";
/// What a token is asked for.
pub const TOKEN_SCOPE: &str = "openid";

/// The header that says whose inventory is meant: `project:<id>`, the only form that is documented (section 4).
pub fn namespace(project: &str) -> Vec<(&'static str, Secret)> {
    let value = Secret::new(words!("project:{}", project));
    vec![("X-Verve-Namespace", value)]
}

/// `POST /v1alpha/inventory/devices` lists devices, which changes nothing (section 5).
pub fn check_request(client: &Client) -> Request {
    client.request_with_body(
        Method::Post,
        "/v1alpha/inventory/devices",
        Secret::new("{}"),
        &[],
    )
}

/// Any 200 is a success, with or without a body (section 5). A page comes from somebody else. Gives the status.
pub fn parse_check(response: &Response) -> Result<u16, ApiError> {
    refusal::judge(response, false, &Sent::default())?;
    if response.is_html() {
        return Err(unreadable(response, String::new()));
    }
    Ok(response.status)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Access;
    use crate::api::testing::{client, header, response};

    #[test]
    fn the_check_names_the_project_and_sends_an_empty_object() {
        let request = check_request(&client(Access::None).with(namespace("01AB")));
        assert_eq!(header(&request, "X-Verve-Namespace"), Some("project:01AB"));
        assert_eq!(request.body.expect("a body").expose(), "{}");
    }

    #[test]
    fn any_success_is_one() {
        for body in [
            "",
            "{}",
            "{\"devices\":[]}",
            "{\"result\":{}}\n{\"result\":{}}",
        ] {
            assert_eq!(parse_check(&response(200, body)), Ok(200), "{body}");
        }
        for (status, body) in [(200, "<html>"), (401, ""), (501, "{\"code\":12}")] {
            assert!(parse_check(&response(status, body)).is_err(), "{status}");
        }
    }
}
