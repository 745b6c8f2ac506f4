//! What is known between the click and the answer.

use super::discovery::Server;
use super::pkce;
use super::provider::Provider;
use crate::api::encode::push_query;
use crate::api::may_open;
use crate::credential::Secret;

/// How long an answer is waited for: 10 minutes.
pub const LIFETIME_MS: i64 = 600_000;

/// One text of a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What the answer must repeat. It says nothing and leads nowhere.
    State,
    /// What proves that whoever brings the code began the flow (RFC 7636). Empty once it was used.
    Verifier,
    /// Who was asked.
    Issuer,
    /// Where the code goes, and nowhere else (RFC 9700 section 4.4).
    TokenPath,
    /// Where the answer comes to; the same text in both legs.
    RedirectUri,
    /// Who we are to the server.
    ClientId,
    /// What the token is for (RFC 8707).
    Resource,
    /// What was asked for, space-separated.
    Scope,
    /// The page of the console that goes on afterwards.
    Return,
}

/// One sign-in on its way. Times are milliseconds since 1970.
///
/// Its texts stand in one row, so that making, storing and dropping them is a loop and not code for each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    pub(super) texts: [Secret; 9],
    /// An answer that does not name the issuer is refused.
    pub tells_issuer: bool,
    /// When it began.
    pub created_at: i64,
    /// An answer has come; there is no second one.
    pub used: bool,
}

impl Part {
    /// All of them, in their order.
    pub const ALL: [Self; 9] = [
        Self::State,
        Self::Verifier,
        Self::Issuer,
        Self::TokenPath,
        Self::RedirectUri,
        Self::ClientId,
        Self::Resource,
        Self::Scope,
        Self::Return,
    ];

    /// What it is called where it is stored.
    pub const fn name(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Verifier => "verifier",
            Self::Issuer => "issuer",
            Self::TokenPath => "token_path",
            Self::RedirectUri => "redirect_uri",
            Self::ClientId => "client_id",
            Self::Resource => "resource",
            Self::Scope => "scope",
            Self::Return => "path",
        }
    }
}

/// The parameters of the protocol, which no other parameter may take the place of.
const RESERVED: [&str; 13] = [
    "response_type",
    "response_mode",
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "code_challenge",
    "code_challenge_method",
    "resource",
    "request",
    "request_uri",
    "code",
    "code_verifier",
];

impl Flow {
    /// Begins a sign-in. `chance` holds two times 32 bytes, of which nobody may see the second.
    pub fn begin(
        provider: &Provider,
        server: &Server,
        client_id: &str,
        redirect_uri: &str,
        return_path: &str,
        chance: &[[u8; 32]; 2],
        now: i64,
    ) -> Self {
        let [state, verifier] = chance;
        let mut flow = Self {
            tells_issuer: server.tells_issuer,
            created_at: now,
            ..Self::default()
        };
        flow.set(Part::State, pkce::unguessable(state));
        flow.set(Part::Verifier, pkce::unguessable(verifier));
        flow.set(Part::Resource, Secret::new(provider.resource()));
        for (part, text) in [
            (Part::Issuer, server.issuer.as_str()),
            (Part::TokenPath, &server.token_path),
            (Part::RedirectUri, redirect_uri),
            (Part::ClientId, client_id),
            (Part::Scope, provider.scope),
            (Part::Return, return_path),
        ] {
            flow.set(part, Secret::from(text));
        }
        flow
    }

    /// One of its texts. The verifier is for the one call that carries it.
    pub fn get(&self, part: Part) -> &str {
        self.texts[part as usize].expose()
    }

    pub(super) fn set(&mut self, part: Part, text: Secret) {
        self.texts[part as usize] = text;
    }

    /// What names this flow where its state must not stand: in a storage key or a channel.
    pub fn hash(&self) -> String {
        pkce::hash(self.get(Part::State))
    }

    /// True when no answer counts any more. A clock that was set back ends a flow too.
    pub fn is_over(&self, now: i64) -> bool {
        now < self.created_at || now - self.created_at >= LIFETIME_MS
    }

    /// The page on which the person agrees; nothing when a page of `own_origin` may not open it. An `extra`
    /// parameter with a name of the protocol's own is left out.
    pub fn authorization_url(
        &self,
        endpoint: &str,
        own_origin: &str,
        extra: &[(&str, &str)],
    ) -> Option<String> {
        if !may_open(endpoint, own_origin) || endpoint.contains('#') {
            return None;
        }
        let mut url = endpoint.to_owned();
        let challenge = pkce::hash(self.get(Part::Verifier));
        let own = [
            ("response_type", "code"),
            ("client_id", self.get(Part::ClientId)),
            ("redirect_uri", self.get(Part::RedirectUri)),
            ("scope", self.get(Part::Scope)),
            ("state", self.get(Part::State)),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
            ("resource", self.get(Part::Resource)),
        ];
        for (name, value) in own {
            push_query(&mut url, name, value);
        }
        for (name, value) in extra {
            if !RESERVED.contains(name) {
                push_query(&mut url, name, value);
            }
        }
        Some(url)
    }
}

/// True for a path of this console: one slash in front, and nothing that a browser would read as another
/// host.
pub fn is_return_path(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains(|c: char| c == '\\' || c.is_control())
}

/// Forgets the flows that are over.
pub fn sweep(flows: &mut Vec<Flow>, now: i64) {
    flows.retain(|flow| !flow.is_over(now));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oauth::testing::flow;

    const HERE: &str = "https://console.example";

    fn url(extra: &[(&str, &str)]) -> String {
        let endpoint = "https://id.example/authorize";
        let url = flow(1).authorization_url(endpoint, HERE, extra);
        url.expect("an https address")
    }

    #[test]
    fn d01_d05_only_codes_are_asked_for_and_only_with_a_challenge() {
        let flow = flow(1);
        let expected = [
            "https://id.example/authorize?response_type=code&client_id=client-1",
            "&redirect_uri=https%3A%2F%2Fconsole.example%2Foauth-callback.html",
            "&scope=openid%20profile%20email&state=",
            flow.get(Part::State),
            "&code_challenge=",
            &pkce::hash(flow.get(Part::Verifier)),
            "&code_challenge_method=S256&resource=https%3A%2F%2Fid.example%2Fapi",
        ];
        assert_eq!(url(&[]), expected.concat());
        assert!(!url(&[]).contains(flow.get(Part::Verifier)));
    }

    #[test]
    fn d06_d08_two_flows_share_neither_state_nor_verifier() {
        let (one, other) = (flow(1), flow(2));
        for part in [Part::State, Part::Verifier] {
            assert_ne!(one.get(part), other.get(part));
        }
        assert_ne!(one.get(Part::State), one.get(Part::Verifier));
        assert_ne!(one.hash(), one.get(Part::State));
    }

    #[test]
    fn d13_extra_parameters_do_not_take_the_place_of_our_own() {
        let extra: Vec<_> = RESERVED.map(|name| (name, "evil")).into();
        assert_eq!(url(&extra), url(&[]));
        assert!(url(&[("prompt", "login")]).ends_with("&prompt=login"));
    }

    #[test]
    fn d14_only_an_https_page_is_opened() {
        for endpoint in [
            "javascript:alert(1)",
            "data:text/html,x",
            "blob:https://id.example/x",
            "http://id.example/authorize",
            "http://127.0.0.1/authorize",
            "https://id.example/authorize#x",
            "//id.example/authorize",
        ] {
            assert_eq!(
                flow(1).authorization_url(endpoint, HERE, &[]),
                None,
                "{endpoint}"
            );
        }
        let loopback = "http://127.0.0.1:9080/authorize?a=b";
        let url = flow(1).authorization_url(loopback, "http://localhost:8080", &[]);
        assert!(url.is_some_and(|url| {
            url.starts_with("http://127.0.0.1:9080/authorize?a=b&response_type=code&")
        }));
    }

    #[test]
    fn d15_the_resource_is_absolute_and_has_no_fragment() {
        let flow = flow(1);
        let resource = flow.get(Part::Resource);
        assert!(resource.starts_with("https://") && !resource.contains('#'));
    }

    #[test]
    fn d33_a_way_back_stays_on_this_site() {
        for path in ["/", "/agents", "/agents/x?y=//z"] {
            assert!(is_return_path(path), "{path}");
        }
        for path in [
            "",
            "agents",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "https://x",
        ] {
            assert!(!is_return_path(path), "{path}");
        }
    }
}
