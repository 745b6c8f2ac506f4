//! Our own small router: addresses to pages and back, below the base of the deployment. Pure.

use crate::credential::number::digits;

/// A page of the console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// `/`
    Overview,
    /// `/storefronts`
    Storefronts,
    /// `/storefronts/:id`
    Storefront(u64),
    /// `/storefronts/:id/sources/:sourceId`
    Source(u64, String),
    /// `/credentials`
    Credentials,
    /// `/destinations`
    Destinations,
    /// `/destinations/new`
    NewDestination,
    /// `/destinations/:instanceId`
    Destination(String),
    /// `/inventory`
    Inventory,
    /// `/agents`
    Agents,
    /// `/agents/:encodedUrl`
    Agent(String),
    /// `/settings`
    Settings,
    /// Anything else.
    Nowhere,
}

/// The largest integer that every JSON reader keeps exactly (storefront fact sheet, section 5).
const MAX_ID: u64 = (1 << 53) - 1;

/// Every pattern of [`Route::parse`], for the test that compares them with the list of states.
pub const PATTERNS: &[&str] = &[
    "/",
    "/storefronts",
    "/storefronts/:id",
    "/storefronts/:id/sources/:sourceId",
    "/credentials",
    "/destinations",
    "/destinations/new",
    "/destinations/:instanceId",
    "/inventory",
    "/agents",
    "/agents/:encodedUrl",
    "/settings",
];

impl Route {
    /// The page of a path (as in `location.pathname`) below `base`, which ends in a slash.
    pub fn parse(base: &str, path: &str) -> Self {
        let Some(rest) = path.strip_prefix(base.trim_end_matches('/')) else {
            return Self::Nowhere;
        };
        let parts: Option<Vec<String>> = rest
            .split('/')
            .filter(|part| !part.is_empty())
            .map(decode)
            .collect();
        let Some(parts) = parts else {
            return Self::Nowhere;
        };
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        match parts.as_slice() {
            [] => Self::Overview,
            ["storefronts"] => Self::Storefronts,
            ["storefronts", id] => id_of(id).map_or(Self::Nowhere, Self::Storefront),
            ["storefronts", id, "sources", source] => {
                id_of(id).map_or(Self::Nowhere, |id| Self::Source(id, (*source).to_owned()))
            }
            ["credentials"] => Self::Credentials,
            ["destinations"] => Self::Destinations,
            ["destinations", "new"] => Self::NewDestination,
            ["destinations", id] => Self::Destination((*id).to_owned()),
            ["inventory"] => Self::Inventory,
            ["agents"] => Self::Agents,
            ["agents", url] => Self::Agent((*url).to_owned()),
            ["settings"] => Self::Settings,
            _ => Self::Nowhere,
        }
    }

    /// The path of this page below `base`.
    pub fn path(&self, base: &str) -> String {
        let mut path = base.trim_end_matches('/').to_owned();
        match self {
            Self::Overview | Self::Nowhere => path.push('/'),
            Self::Storefronts => path.push_str("/storefronts"),
            Self::Storefront(id) => {
                path.push_str("/storefronts/");
                path.push_str(&digits(*id));
            }
            Self::Source(id, source) => {
                let id = digits(*id);
                for part in ["/storefronts/", &id, "/sources/", &encode(source)] {
                    path.push_str(part);
                }
            }
            Self::Credentials => path.push_str("/credentials"),
            Self::Destinations => path.push_str("/destinations"),
            Self::NewDestination => path.push_str("/destinations/new"),
            Self::Destination(id) => {
                path.push_str("/destinations/");
                path.push_str(&encode(id));
            }
            Self::Inventory => path.push_str("/inventory"),
            Self::Agents => path.push_str("/agents"),
            Self::Agent(url) => {
                path.push_str("/agents/");
                path.push_str(&encode(url));
            }
            Self::Settings => path.push_str("/settings"),
        }
        path
    }
}

fn id_of(text: &str) -> Option<u64> {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    text.parse()
        .ok()
        .filter(|id| plain && (1..=MAX_ID).contains(id))
}

/// Names and values of a query string, decoded, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Reads a query string, with or without its question mark. What cannot be decoded is empty, so
    /// that a parameter is known by its name all the same.
    pub fn parse(search: &str) -> Self {
        let mut pairs = Vec::new();
        for pair in search.trim_start_matches('?').split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            if !name.is_empty() {
                let read = |text: &str| decode(&plain_spaces(text)).unwrap_or_default();
                pairs.push((read(name), read(value)));
            }
        }
        Self(pairs)
    }

    /// The first value of `name`; empty when there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(n, _)| n == name)
            .map_or("", |(_, value)| value)
    }

    /// Sets `name`, or takes it out when the value is empty.
    pub fn set(&mut self, name: &str, value: &str) {
        self.0.retain(|(n, _)| n != name);
        if !value.is_empty() {
            self.0.push((name.to_owned(), value.to_owned()));
        }
    }

    /// Takes out every parameter that sounds like a secret. Returns whether there was one.
    ///
    /// A secret in an address is in histories and logs already; using it would teach people to
    /// put it there.
    pub fn drop_secrets(&mut self) -> bool {
        let before = self.0.len();
        self.0.retain(|(name, _)| !sounds_secret(name));
        self.0.len() != before
    }

    /// The query string with its question mark; empty when there are no parameters.
    pub fn to_search(&self) -> String {
        let mut search = String::new();
        for (name, value) in &self.0 {
            search.push(if search.is_empty() { '?' } else { '&' });
            search.push_str(&encode(name));
            search.push('=');
            search.push_str(&encode(value));
        }
        search
    }
}

fn sounds_secret(name: &str) -> bool {
    let mut plain = name.as_bytes().to_ascii_lowercase();
    plain.retain(u8::is_ascii_alphanumeric);
    let parts = [
        "token",
        "secret",
        "passw",
        "pwd",
        "apikey",
        "privatekey",
        "accesskey",
        "bearer",
    ];
    let whole = [
        "key",
        "credential",
        "auth",
        "authorization",
        "jwt",
        "pass",
        "passphrase",
    ];
    let has = |part: &&str| {
        plain
            .windows(part.len())
            .any(|some| some == part.as_bytes())
    };
    parts.iter().any(has) || whole.iter().any(|word| word.as_bytes() == plain)
}

/// A plus sign stands for a space in a query.
fn plain_spaces(text: &str) -> String {
    text.chars()
        .map(|c| if c == '+' { ' ' } else { c })
        .collect()
}

/// Percent-encodes everything but the unreserved characters of RFC 3986 section 2.3.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            const HEX: &[u8; 16] = b"0123456789ABCDEF";
            out.push('%');
            for digit in [byte >> 4, byte & 15] {
                out.push(char::from(HEX[usize::from(digit)]));
            }
        }
    }
    out
}

/// Undoes percent-encoding; `None` when an escape is cut or the bytes are not UTF-8.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_found_below_every_base() {
        let routes = [
            Route::Overview,
            Route::Storefronts,
            Route::Storefront(42),
            Route::Source(42, "src_main".to_owned()),
            Route::Source(MAX_ID, "a/b c%2F?ü".to_owned()),
            Route::Credentials,
            Route::Settings,
        ];
        for base in ["/", "/tools/credenza/"] {
            for route in &routes {
                assert_eq!(&Route::parse(base, &route.path(base)), route);
            }
        }
    }

    #[test]
    fn foreign_addresses_lead_nowhere() {
        for path in [
            "/else",
            "/storefronts/0",
            "/storefronts/-1",
            "/storefronts/+1",
            "/storefronts/1e3",
            "/storefronts/9007199254740992",
            "/storefronts/42/sources",
            "/storefronts/%zz",
            "/storefronts/42/sources/%ff",
            "/storefronts/42/sources/a/b",
            "/settings/more",
        ] {
            assert_eq!(Route::parse("/", path), Route::Nowhere, "{path}");
        }
        assert_eq!(
            Route::parse("/tools/credenza/", "/storefronts"),
            Route::Nowhere
        );
        assert_eq!(
            Route::parse("/tools/credenza/", "/tools/credenza"),
            Route::Overview
        );
        assert_eq!(Route::parse("/", "/storefronts/"), Route::Storefronts);
    }

    #[test]
    fn no_page_lies_where_the_gateway_does() {
        assert!(
            PATTERNS
                .iter()
                .all(|pattern| !pattern.starts_with("/gateway"))
        );
        assert_eq!(Route::parse("/", "/gateway/storefront/x"), Route::Nowhere);
    }

    #[test]
    fn queries_survive_the_round_trip() {
        let mut query = Query::parse("?name=a%20b&x=1+2&bad=%ff&flag");
        assert_eq!(
            (query.get("name"), query.get("x"), query.get("bad")),
            ("a b", "1 2", "")
        );
        query.set("name", "");
        query.set("x", "ü&=");
        assert_eq!(query.to_search(), "?bad=&flag=&x=%C3%BC%26%3D");
        assert_eq!(Query::parse(&query.to_search()), query);
    }

    #[test]
    fn parameters_that_sound_like_secrets_are_taken_out() {
        let mut cut = Query::parse("?token=abc%zz");
        assert!(cut.drop_secrets());
        assert_eq!(cut.to_search(), "");
        let mut query =
            Query::parse("?type=bearer&access_token=a&apiKey=b&client-secret=c&key=d&pass=e");
        assert!(query.drop_secrets());
        assert_eq!(query.to_search(), "?type=bearer");
        assert!(!query.drop_secrets());
        let mut harmless = Query::parse("?source=src_main&name=monkey&author=x&type=jwt");
        assert!(!harmless.drop_secrets());
    }
}
