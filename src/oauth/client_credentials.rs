//! A token for what a client's own id and secret authorize (RFC 6749 section 4.4). There is nothing to renew it with:
//! it is asked for again.

use super::token::Tokens;
pub use super::token::parse_tokens as parse_token;
use crate::api::{ApiError, Client, Request};
use crate::credential::Secret;
use crate::credential::seek::holds;

/// A number of seconds above this counts milliseconds: one of Adobe's documents does (destinations.md, section 7).
const SURELY_MILLISECONDS: i64 = 1_000_000;

/// An instant by two clocks, in milliseconds: the device's, which may be set, and one that only runs but may stand
/// still while the device sleeps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// Since 1970.
    pub wall: i64,
    /// Since the page was opened.
    pub steady: i64,
}

impl Moment {
    /// How long ago it was at `now`, at least: by whichever clock says more.
    pub fn ago(self, now: Self) -> i64 {
        (now.wall - self.wall).max(now.steady - self.steady).max(0)
    }
}

/// A token and its life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientToken {
    /// What authorizes calls.
    pub access: Secret,
    /// How long it lasts from when it was given, in milliseconds; nothing when that was not told.
    pub lasts: Option<i64>,
    /// When it was given.
    pub given: Moment,
    /// At which age it is asked for again, in milliseconds.
    renew: Option<i64>,
}

impl ClientToken {
    /// What was answered at `given`. It is asked for again at nine tenths of its life, a little before or after by
    /// `chance`, so that the pages that were opened together do not ask together.
    pub fn new(tokens: &Tokens, given: Moment, chance: u8) -> Self {
        let told = tokens.expires_in().filter(|told| *told > 0);
        let lasts = told.map(|told| {
            if told > SURELY_MILLISECONDS {
                told
            } else {
                told * 1000
            }
        });
        // Between 88 and 92 hundredths.
        let share = 8800 + i64::from(chance) * 400 / 255;
        Self {
            access: tokens.access(),
            lasts,
            given,
            renew: lasts.map(|lasts| lasts / 10_000 * share + lasts % 10_000 * share / 10_000),
        }
    }

    /// How much of its life is left, in milliseconds; nothing when it is not known how long it lasts.
    pub fn left(&self, now: Moment) -> Option<i64> {
        Some((self.lasts? - self.given.ago(now)).max(0))
    }

    /// True when it should be asked for again.
    pub fn is_due(&self, now: Moment) -> bool {
        self.renew.is_some_and(|age| self.given.ago(now) >= age)
    }
}

/// Asks for a token at `path`. The names and values go into the body, as both services document it.
pub fn token_request(
    client: &Client,
    path: &str,
    id: &str,
    secret: &Secret,
    scope: &str,
) -> Request {
    let parameters = [
        ("grant_type", "client_credentials"),
        ("client_id", id),
        ("client_secret", secret.expose()),
        ("scope", scope),
    ];
    client.request_with_form(path, &parameters)
}

/// Why the server gave no token, by the name of RFC 6749 section 5.2 and not by the status, which differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The id or the secret is not known there.
    Client,
    /// The client may not ask for this.
    Scope,
    /// Anything else.
    Other,
}

/// What a failed request means; nothing when it says nothing about the client.
pub fn refusal(error: &ApiError) -> Option<Refusal> {
    Some(match error {
        ApiError::Unauthorized => Refusal::Client,
        ApiError::Rejected { code, message, .. } | ApiError::Forbidden { code, message, .. } => {
            let about = |word| message.as_ref().is_some_and(|said| holds(said, word));
            match code.as_str() {
                "invalid_client" | "invalid_grant" => Refusal::Client,
                "invalid_scope" | "unauthorized_client" => Refusal::Scope,
                _ if about("client_id") || about("client_secret") => Refusal::Client,
                _ => Refusal::Other,
            }
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Response;

    fn token(told: &str, chance: u8) -> ClientToken {
        let body =
            format!("{{\"access_token\":\"t\",\"token_type\":\"bearer\",\"expires_in\":{told}}}");
        let response = Response {
            status: 200,
            body,
            ..Response::default()
        };
        let given = Moment {
            wall: 1_000_000,
            steady: 5_000,
        };
        ClientToken::new(&parse_token(&response).expect("reads"), given, chance)
    }

    fn later(wall: i64, steady: i64) -> Moment {
        Moment {
            wall: 1_000_000 + wall,
            steady: 5_000 + steady,
        }
    }

    #[test]
    fn a_life_is_told_in_seconds_or_milliseconds_or_not() {
        for (told, lasts) in [
            ("43199", Some(43_199_000)),
            ("86399", Some(86_399_000)),
            ("86399992", Some(86_399_992)),
            ("0", None),
            ("-5", None),
            ("\"soon\"", None),
            ("null", None),
        ] {
            assert_eq!(token(told, 0).lasts, lasts, "{told}");
        }
    }

    #[test]
    fn it_is_due_at_nine_tenths_of_its_life_give_or_take() {
        for (chance, due) in [(0, 880_000), (127, 899_900), (255, 920_000)] {
            let token = token("1000", chance);
            assert!(!token.is_due(later(due - 1000, due - 1000)), "{chance}");
            assert!(token.is_due(later(due, due)), "{chance}");
        }
        assert!(!token("null", 0).is_due(later(i64::MAX / 4, 0)));
    }

    #[test]
    fn neither_a_clock_set_back_nor_a_sleep_makes_it_last_longer() {
        let token = token("1000", 0);
        // The clock was set back by a day.
        assert_eq!(token.left(later(-86_400_000, 600_000)), Some(400_000));
        // The device slept, and the steady clock stood still.
        assert_eq!(token.left(later(600_000, 1_000)), Some(400_000));
        assert_eq!(token.left(later(5_000_000, 1_000)), Some(0));
        assert_eq!(token.left(later(-50, -50)), Some(1_000_000));
    }

    #[test]
    fn the_name_decides_and_not_the_status() {
        let rejected = |code: &str, message: &str| ApiError::Rejected {
            status: 400,
            code: code.into(),
            message: Some(message.into()),
            field_errors: Vec::new(),
        };
        for (error, expected) in [
            (ApiError::Unauthorized, Some(Refusal::Client)),
            (rejected("invalid_client", ""), Some(Refusal::Client)),
            (
                rejected("", "invalid client_id parameter"),
                Some(Refusal::Client),
            ),
            (rejected("invalid_scope", ""), Some(Refusal::Scope)),
            (rejected("invalid_request", ""), Some(Refusal::Other)),
            (ApiError::Network, None),
            (ApiError::NotFound, None),
        ] {
            assert_eq!(refusal(&error), expected, "{error:?}");
        }
    }
}
