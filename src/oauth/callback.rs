//! Judges what comes back from the page on which a person agrees or does not.

use super::flow::{Flow, Part};
use crate::api::encode::decoded;
use crate::api::one_line;
use crate::credential::Secret;

/// An answer that passed every check. Only [`check`] makes one, and only with one can a token be asked for.
#[derive(Debug)]
pub struct Granted {
    flow: Flow,
    code: Secret,
}

impl Granted {
    /// The flow that it answers.
    pub const fn flow(&self) -> &Flow {
        &self.flow
    }

    /// The code, for the one call that carries it.
    pub const fn code(&self) -> &Secret {
        &self.code
    }

    /// The flow alone, when the code was used.
    pub fn into_flow(self) -> Flow {
        self.flow
    }
}

/// Why an answer grants nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Denied {
    /// It came to another page than the one that was registered.
    WrongPath,
    /// A parameter came twice, or parameters contradict each other.
    Repeated,
    /// No sign-in waits here: another browser, another profile, or the page was loaded anew.
    NoneWaiting,
    /// None of those that wait has this state.
    UnknownState,
    /// The answer to this sign-in has come before.
    UsedState,
    /// It came later than ten minutes after the click.
    Expired,
    /// It names another issuer than the one that was asked (RFC 9207 section 2.4).
    WrongIssuer,
    /// It names none, although the server says that it always does.
    MissingIssuer,
    /// The server or the person said no. Texts are plain and short.
    Refused {
        /// The code (RFC 6749 section 4.1.2.1).
        error: String,
        /// The server's words; empty when there were none.
        description: String,
    },
    /// It brings neither a code nor an error.
    NoCode,
}

impl Denied {
    /// The stable name.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::WrongPath => "wrong_path",
            Self::Repeated => "repeated_parameters",
            Self::NoneWaiting => "none_waiting",
            Self::UnknownState => "unknown_state",
            Self::UsedState => "used_state",
            Self::Expired => "expired",
            Self::WrongIssuer => "wrong_issuer",
            Self::MissingIssuer => "missing_issuer",
            Self::Refused { .. } => "refused",
            Self::NoCode => "no_code",
        }
    }
}

/// The longest query that is looked at, in bytes.
const LONGEST: usize = 8192;

/// Judges `query` (with or without its `?`), which came to the address `arrived`, by the flows that wait.
///
/// The order is fixed: own path, repeated parameters, state, expiry, issuer, error, code. A flow whose state
/// came is used up by that, whatever follows.
pub fn check(
    flows: &mut [Flow],
    own: &str,
    arrived: &str,
    query: &str,
    now: i64,
) -> Result<Granted, Denied> {
    if arrived != own {
        return Err(Denied::WrongPath);
    }
    let parameters = parameters(query).ok_or(Denied::Repeated)?;
    let get = |name: &str| {
        let mut all = parameters.iter();
        let found = all.find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value.as_str())
    };
    let (code, error) = (get("code"), get("error"));
    if !code.is_empty() && (!error.is_empty() || !get("auth_code").is_empty()) {
        return Err(Denied::Repeated);
    }
    if flows.is_empty() {
        return Err(Denied::NoneWaiting);
    }
    let mut known = flows.iter_mut();
    let Some(waiting) = known.find(|flow| flow.get(Part::State) == get("state")) else {
        return Err(Denied::UnknownState);
    };
    if waiting.used {
        return Err(Denied::UsedState);
    }
    let flow = std::mem::take(waiting);
    waiting.set(Part::State, Secret::from(flow.get(Part::State)));
    waiting.created_at = flow.created_at;
    waiting.used = true;
    if flow.is_over(now) {
        return Err(Denied::Expired);
    }
    if flow.get(Part::RedirectUri) != own {
        return Err(Denied::WrongPath);
    }
    let told = parameters.iter().any(|(name, _)| name == "iss");
    if told && get("iss") != flow.get(Part::Issuer) {
        return Err(Denied::WrongIssuer);
    }
    if !told && flow.tells_issuer {
        return Err(Denied::MissingIssuer);
    }
    if !error.is_empty() {
        return Err(Denied::Refused {
            error: one_line(error, 64),
            description: one_line(get("error_description"), 200),
        });
    }
    if code.is_empty() {
        return Err(Denied::NoCode);
    }
    let code = Secret::new(code);
    Ok(Granted { flow, code })
}

/// The parameters of a query; nothing when one of them comes twice (RFC 6749 section 3.1), or when it is too
/// long to be an answer.
fn parameters(query: &str) -> Option<Vec<(String, String)>> {
    let query = query.strip_prefix('?').unwrap_or(query);
    let mut parameters: Vec<(String, String)> = Vec::new();
    if query.len() > LONGEST {
        return None;
    }
    for pair in query.split('&') {
        if pair.is_empty() {
            continue;
        }
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let name = decoded(name);
        if parameters.iter().any(|(known, _)| *known == name) {
            return None;
        }
        parameters.push((name, decoded(value)));
    }
    Some(parameters)
}

#[cfg(test)]
mod tests;
