//! The shape of a row of the catalog.

use std::fmt;

use super::pem::PrivateKey;
use super::{Problem, Secret};

/// One of the systems whose credentials this product handles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Service {
    /// Interchange buyer API: credentials for the inventory sources of a storefront.
    Storefront,
    /// Adobe Destination SDK: the credentials with which Adobe signs in at a destination.
    Destinations,
    /// Verve: the client credentials of its Inventory API.
    Inventory,
    /// AgenticAdvertising.org registry: the credentials of agents.
    Registry,
}

impl Service {
    /// The stable name: the key in `credenza.json` and the form's `data-service`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Storefront => "storefront",
            Self::Destinations => "destinations",
            Self::Inventory => "inventory",
            Self::Registry => "registry",
        }
    }
}

/// One way to authenticate to one service.
#[derive(Debug)]
pub struct FormSpec {
    /// The service whose endpoint takes the values.
    pub service: Service,
    /// The name of this way, unique within the service; also the form's `data-auth`.
    pub id: &'static str,
    /// Other spellings under which a `type` is read (a link, a preset).
    pub aliases: &'static [&'static str],
    /// What the person holds, in their words.
    pub title: &'static str,
    /// How to tell that this is the right row.
    pub hint: &'static str,
    /// The page of the API's documentation that explains the values.
    pub help: &'static str,
    /// Whether the body has an `auth` at all, and what stands in it that no person types.
    pub auth: Auth,
    /// The fields, in the order in which they are drawn and in which errors are reported.
    pub fields: &'static [FieldSpec],
}

/// The `auth` member of a request body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Auth {
    /// An object with the fields of the form and these fixed members, such as the `type`. Without
    /// either it is the empty object.
    Members(&'static [(&'static str, &'static str)]),
    /// Left out.
    Absent,
    /// One object under a name of its own, and beside it a `type`, unless that is empty.
    Named {
        /// The value of `type`; empty where the documents give none.
        kind: &'static str,
        /// The name of the object.
        key: &'static str,
    },
}

impl Auth {
    /// The members that no person types.
    pub const fn fixed(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Members(fixed) => fixed,
            Self::Absent | Self::Named { .. } => &[],
        }
    }
}

impl FormSpec {
    /// The field whose name on the wire is `name`.
    pub fn field(&self, name: &str) -> Option<&'static FieldSpec> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// True when `name` is this row's id or one of its aliases, in any case.
    pub fn answers_to(&self, name: &str) -> bool {
        self.id.eq_ignore_ascii_case(name)
            || self
                .aliases
                .iter()
                .any(|alias| alias.eq_ignore_ascii_case(name))
    }
}

/// One field of a form. `{source}` in a text stands for the name of the source.
#[derive(Debug)]
pub struct FieldSpec {
    /// The name on the wire, and the control's `name`.
    pub name: &'static str,
    /// The visible label.
    pub label: &'static str,
    /// What the field holds, as it stands in a sentence: "Enter {noun}".
    pub noun: &'static str,
    /// A line of help under the label; empty when the label says it all.
    pub hint: &'static str,
    /// How it is drawn, cleaned and guarded.
    pub kind: FieldKind,
    /// Where the value goes in the request body.
    pub place: Place,
    /// What the value must satisfy.
    pub rules: &'static [Rule],
    /// What looks wrong without being refused.
    pub warnings: &'static [Warning],
    /// What the value itself tells, such as what a key was made for and when it ends.
    pub tells: Tells,
    /// The `autocomplete` token, so that password managers neither fill nor save the wrong thing.
    pub autocomplete: &'static str,
    /// Drawn under "More options": it has a default that suits most people.
    pub aside: bool,
}

/// Reads a value that is not empty, at a time in milliseconds since 1970.
pub type Tells = fn(&str, i64) -> Vec<Told>;

/// Something that a value tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// What looks wrong about it, in short; empty when nothing does.
    pub title: String,
    /// What was found. It repeats no secret.
    pub text: String,
    /// What may have been meant, to be taken over on the person's word.
    pub instead: Option<String>,
}

impl Told {
    /// Something that was recognised.
    pub fn found(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// Something that looks wrong without being refused.
    pub fn doubt(title: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            text: text.into(),
            instead: None,
        }
    }
}

/// For a value that tells nothing.
pub fn silent(_: &str, _: i64) -> Vec<Told> {
    Vec::new()
}

/// How a field is drawn, cleaned and guarded.
#[derive(Clone, Copy, Debug)]
pub enum FieldKind {
    /// A line of text that anyone may see. Surrounding space is dropped.
    Text,
    /// The same for what is often copied with this in front, which is dropped.
    Prefixed(&'static str),
    /// A key or token: masked, trimmed, checked for characters that copying brings in.
    Token,
    /// A password: masked, and never touched, not even at its edges.
    Password,
    /// A private key in PEM (RFC 7468): several lines, masked, brought into one canonical form by what reads it.
    PrivateKey(fn(&str) -> Result<PrivateKey, Problem>),
    /// A secret of several lines whose form its rules judge: masked, and sent with LF at the ends of its lines. The
    /// function gives the lines that it should have, where copying has lost them.
    Lines(fn(&str) -> Option<Secret>),
    /// One of a few values; the first is the default.
    Choice(&'static [Choice]),
    /// On or off, and off at first; `true` in the body when it is on. It is drawn only where the page
    /// offers it.
    Switch,
}

impl FieldKind {
    /// True when the value must not be shown, logged or stored.
    pub const fn is_secret(self) -> bool {
        match self {
            Self::Token | Self::Password | Self::PrivateKey(_) | Self::Lines(_) => true,
            Self::Text | Self::Prefixed(_) | Self::Choice(_) | Self::Switch => false,
        }
    }

    /// True when the value is chosen and not typed: losing it is no loss.
    pub const fn is_chosen(self) -> bool {
        match self {
            Self::Choice(_) | Self::Switch => true,
            Self::Text
            | Self::Prefixed(_)
            | Self::Token
            | Self::Password
            | Self::PrivateKey(_)
            | Self::Lines(_) => false,
        }
    }

    /// True when the value takes several lines, and may come from a file.
    pub const fn has_lines(self) -> bool {
        matches!(self, Self::PrivateKey(_) | Self::Lines(_))
    }
}

/// One option of a [`FieldKind::Choice`].
#[derive(Debug, PartialEq, Eq)]
pub struct Choice {
    /// The value on the wire.
    pub value: &'static str,
    /// What the person reads.
    pub label: &'static str,
}

/// Where a value goes in the request body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A member of the body itself. Such a field belongs to every way of one service, so what was
    /// typed stays when the person chooses another way.
    Root,
    /// A member of the `auth` object, or of the one that stands in its place.
    Auth,
}

/// A check that one service alone needs, as a function: its code comes along with the rows that name it, and with no
/// others.
pub struct Own {
    /// What it is called.
    pub name: &'static str,
    /// Whether the value is several texts between white space, and sent as a list of them.
    pub list: bool,
    /// What is wrong with a value that is not empty.
    pub judge: fn(&Judged<'_>) -> Option<Problem>,
}

/// A value, and what stands around it.
pub struct Judged<'a> {
    /// The value.
    pub value: &'a str,
    /// Our own page is on a loopback.
    pub on_loopback: bool,
    /// What was typed into another field of the same form, by its name.
    pub other: &'a dyn Fn(&str) -> Secret,
}

impl PartialEq for Own {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Own {}

impl fmt::Debug for Own {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// What a value must satisfy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// There must be a value.
    Required,
    /// At most this many UTF-16 units, which is how the servers of the field count.
    MaxLength(usize),
    /// RFC 7617 section 2: a user-id with a colon cannot be sent.
    NoColon,
    /// No control characters.
    NoControl,
    /// Nothing that a header cannot carry (RFC 9110 section 5.5).
    Ascii,
    /// An absolute https address without a fragment, as RFC 6749 section 3.2 wants a token endpoint.
    Https,
    /// An absolute URI (RFC 3986 section 4.3) of any scheme.
    Uri,
    /// A check that one service alone needs.
    Own(&'static Own),
    /// The key fits the signature algorithm in the field of this name, when one is chosen: ES256 is
    /// ECDSA over P-256 (RFC 7518 section 3.4), RS256 is RSA of 2048 bits or more (section 3.3).
    FitsAlgorithm(&'static str),
}

/// What looks wrong about a value without being refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warning {
    /// Values of this kind start with these characters.
    StartsOtherwise(&'static str),
    /// Values that start with these characters are the person's own access token, not the key of
    /// the source.
    LooksLikeOurAccess(&'static str),
}

impl Warning {
    /// True when it holds for `value`, which is not empty.
    pub fn applies(self, value: &str) -> bool {
        match self {
            Self::StartsOtherwise(prefix) => !value.starts_with(prefix),
            Self::LooksLikeOurAccess(prefix) => value.starts_with(prefix),
        }
    }
}
