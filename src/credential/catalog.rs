//! Every way to authenticate to every service: the table from which forms, checks, bodies and tests
//! are derived.

use super::{Auth, Choice, FieldKind, FieldSpec, FormSpec, Place, Rule, Service, Warning};

/// The rows of the storefront service, in the order in which a person is offered them.
///
/// No buyer endpoint says which one a source wants, so the person chooses by what they hold
/// (storefront fact sheet, section 5).
static STOREFRONT: &[&FormSpec] = &[
    &STOREFRONT_KEY,
    &STOREFRONT_BASIC,
    &STOREFRONT_JWT,
    &STOREFRONT_OAUTH,
    &STOREFRONT_NOTHING,
];

/// Every row of every service.
pub fn all() -> impl Iterator<Item = &'static FormSpec> {
    STOREFRONT.iter().copied().chain([&INTERCHANGE_ACCESS])
}

/// The token that authorizes our own calls to Interchange (fact sheet, section 2). It is asked for
/// where it is first needed and never leaves memory except as an `Authorization` header.
pub static INTERCHANGE_ACCESS: FormSpec = FormSpec {
    service: Service::Storefront,
    id: "access",
    aliases: &[],
    title: "Interchange access token",
    hint: ACCESS_HINT,
    help: "https://docs.interchange.io/v2/authentication",
    auth: Auth::Members(&[]),
    fields: &[FieldSpec {
        name: "accessToken",
        label: "Interchange access token",
        noun: "your Interchange access token",
        hint: ACCESS_HINT,
        kind: FieldKind::Token,
        place: Place::Auth,
        rules: &[Rule::Required, Rule::Ascii],
        warnings: &[Warning::StartsOtherwise(INTERCHANGE_PREFIX)],
        autocomplete: "current-password",
        aside: false,
    }],
};

/// Whose token it is, and where it comes from.
const ACCESS_HINT: &str = "Not the key of the source you want to connect. An organisation admin creates it at \
                           interchange.io/user-api-keys.";

/// How every Interchange key begins (fact sheet, section 2).
const INTERCHANGE_PREFIX: &str = "scope3_";

/// The rows that a person chooses from.
pub fn rows(service: Service) -> &'static [&'static FormSpec] {
    match service {
        Service::Storefront => STOREFRONT,
    }
}

/// The row of `service` that answers to `name`.
pub fn find(service: Service, name: &str) -> Option<&'static FormSpec> {
    rows(service)
        .iter()
        .copied()
        .find(|spec| spec.answers_to(name))
}

/// The choice of `spec` that `name` stands for: a `type` of `bearer` chooses the row and the way to
/// send it.
pub fn choice_named(
    spec: &'static FormSpec,
    name: &str,
) -> Option<(&'static FieldSpec, &'static Choice)> {
    spec.fields.iter().find_map(|field| match field.kind {
        FieldKind::Choice(choices) => {
            let found = choices
                .iter()
                .find(|choice| choice.value.eq_ignore_ascii_case(name));
            found.map(|choice| (field, choice))
        }
        FieldKind::Text
        | FieldKind::Token
        | FieldKind::Password
        | FieldKind::PrivateKey
        | FieldKind::Switch => None,
    })
}

const STOREFRONT_HELP: &str =
    "https://docs.interchange.io/v2/buyer/storefronts/tasks/register-source-credentials";

/// Storefront fact sheet, section 5: `accountIdentifier`, 1 to 255.
const ACCOUNT_IDENTIFIER: FieldSpec = FieldSpec {
    name: "accountIdentifier",
    label: "Your account name or number at {source}",
    noun: "your account name or number at {source}",
    hint: "It tells your accounts at this source apart. It cannot be changed later.",
    kind: FieldKind::Text,
    place: Place::Root,
    rules: &[Rule::Required, Rule::MaxLength(255), Rule::NoControl],
    warnings: &[],
    autocomplete: "off",
    aside: false,
};

/// `marketplaceAccount`: one account for every buyer of the source, which only an admin may create
/// (storefront fact sheet, section 10).
const MARKETPLACE_ACCOUNT: FieldSpec = FieldSpec {
    name: "marketplaceAccount",
    label: "Shared by every buyer of this source",
    noun: "whether the account is shared",
    hint: "A marketplace account instead of one for your company alone. Only an admin can create it.",
    kind: FieldKind::Switch,
    place: Place::Root,
    rules: &[],
    warnings: &[],
    autocomplete: "off",
    aside: false,
};

/// `auth` alternative 2: a token whose `type` is `api_key`, `apikey` or `bearer`.
static STOREFRONT_KEY: FormSpec = FormSpec {
    service: Service::Storefront,
    id: "api_key",
    aliases: &["apikey", "bearer"],
    title: "A key or token",
    hint: "One long string? Choose this.",
    help: STOREFRONT_HELP,
    auth: Auth::Members(&[]),
    fields: &[
        ACCOUNT_IDENTIFIER,
        FieldSpec {
            name: "token",
            label: "Key or token",
            noun: "the key or token",
            hint: "{source} gave it to you, perhaps as API key, access key or bearer token.",
            kind: FieldKind::Token,
            place: Place::Auth,
            rules: &[Rule::Required],
            warnings: &[Warning::LooksLikeOurAccess(INTERCHANGE_PREFIX)],
            autocomplete: "new-password",
            aside: false,
        },
        FieldSpec {
            name: "type",
            label: "Send it as",
            noun: "how to send it",
            hint: "Leave this as it is unless {source} told you otherwise.",
            kind: FieldKind::Choice(&[
                Choice {
                    value: "api_key",
                    label: "API key",
                },
                Choice {
                    value: "bearer",
                    label: "Bearer token",
                },
            ]),
            place: Place::Auth,
            rules: &[],
            warnings: &[],
            autocomplete: "off",
            aside: true,
        },
        MARKETPLACE_ACCOUNT,
    ],
};

/// `auth` alternative 3: RFC 7617 Basic.
static STOREFRONT_BASIC: FormSpec = FormSpec {
    service: Service::Storefront,
    id: "basic",
    aliases: &["basic_auth"],
    title: "Username and password",
    hint: "The ones you sign in with at the source, or that it made for this.",
    help: STOREFRONT_HELP,
    auth: Auth::Members(&[("type", "basic")]),
    fields: &[
        ACCOUNT_IDENTIFIER,
        FieldSpec {
            name: "username",
            label: "Username at {source}",
            noun: "the username",
            hint: "",
            kind: FieldKind::Text,
            place: Place::Auth,
            rules: &[Rule::Required, Rule::NoColon, Rule::NoControl],
            warnings: &[],
            autocomplete: "off",
            aside: false,
        },
        FieldSpec {
            name: "password",
            label: "Password at {source}",
            noun: "the password",
            hint: "",
            kind: FieldKind::Password,
            place: Place::Auth,
            rules: &[Rule::Required],
            warnings: &[],
            autocomplete: "new-password",
            aside: false,
        },
        MARKETPLACE_ACCOUNT,
    ],
};

/// A line of text that the source gave to the person, as most fields of a JWT are.
const fn given(name: &'static str, label: &'static str, noun: &'static str) -> FieldSpec {
    FieldSpec {
        name,
        label,
        noun,
        hint: "",
        kind: FieldKind::Text,
        place: Place::Auth,
        rules: &[Rule::Required, Rule::NoControl],
        warnings: &[],
        autocomplete: "off",
        aside: false,
    }
}

/// `auth` alternative 1: a key that signs assertions (RFC 7523), with what goes into them and where
/// they are sent. Of the members only `algorithm` and `environment` may be missing.
static STOREFRONT_JWT: FormSpec = FormSpec {
    service: Service::Storefront,
    id: "jwt",
    aliases: &["private_key_jwt"],
    title: "A private key (JWT)",
    hint: "A file or text that begins with BEGIN PRIVATE KEY.",
    help: STOREFRONT_HELP,
    auth: Auth::Members(&[("type", "jwt")]),
    fields: &[
        ACCOUNT_IDENTIFIER,
        FieldSpec {
            name: "privateKey",
            label: "Private key",
            noun: "the private key",
            hint: "Paste all of it, with its BEGIN and END lines, or drop its file here.",
            kind: FieldKind::PrivateKey,
            place: Place::Auth,
            rules: &[Rule::Required, Rule::FitsAlgorithm("algorithm")],
            warnings: &[],
            autocomplete: "off",
            aside: false,
        },
        FieldSpec {
            hint: "The claim “iss”.",
            ..given("issuer", "Issuer", "the issuer")
        },
        FieldSpec {
            hint: "The claim “sub”. Often the same as the issuer.",
            ..given("subject", "Subject", "the subject")
        },
        FieldSpec {
            hint: "The “kid” by which {source} knows the key.",
            ..given("keyId", "Key ID", "the key ID")
        },
        FieldSpec {
            hint: "Separate several by spaces.",
            ..given("scope", "Scope", "the scope")
        },
        FieldSpec {
            hint: "Where {source} gives out access tokens.",
            rules: &[Rule::Required, Rule::Https],
            ..given(
                "tokenEndpointUrl",
                "Token endpoint URL",
                "the token endpoint URL",
            )
        },
        FieldSpec {
            hint: "The claim “aud”. Often the token endpoint URL.",
            rules: &[Rule::Required, Rule::Uri],
            ..given("audienceUrl", "Audience URL", "the audience URL")
        },
        FieldSpec {
            name: "algorithm",
            label: "Algorithm",
            noun: "the algorithm",
            hint: "It follows from the key unless you choose one.",
            kind: FieldKind::Choice(&[
                Choice {
                    value: "",
                    label: "Not stated",
                },
                Choice {
                    value: "ES256",
                    label: "ES256, for an EC P-256 key",
                },
                Choice {
                    value: "RS256",
                    label: "RS256, for an RSA key",
                },
            ]),
            place: Place::Auth,
            rules: &[],
            warnings: &[],
            autocomplete: "off",
            aside: true,
        },
        FieldSpec {
            rules: &[Rule::NoControl],
            aside: true,
            ..given("environment", "Environment", "the environment")
        },
        MARKETPLACE_ACCOUNT,
    ],
};

/// No `auth`: the source sends the person to its own page to agree.
static STOREFRONT_OAUTH: FormSpec = FormSpec {
    service: Service::Storefront,
    id: "oauth",
    aliases: &["oauth2", "consent"],
    title: "I sign in at the provider",
    hint: "Its page opens in a window of its own, where you agree.",
    help: STOREFRONT_HELP,
    auth: Auth::Absent,
    fields: &[ACCOUNT_IDENTIFIER, MARKETPLACE_ACCOUNT],
};

/// `auth` alternative 4: the empty object, for sources that want nothing.
static STOREFRONT_NOTHING: FormSpec = FormSpec {
    service: Service::Storefront,
    id: "none",
    aliases: &["no_auth", "nothing"],
    title: "Nothing",
    hint: "{source} told you that it needs no key.",
    help: STOREFRONT_HELP,
    auth: Auth::Members(&[]),
    fields: &[ACCOUNT_IDENTIFIER, MARKETPLACE_ACCOUNT],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_and_alias_of_a_service_is_unique() {
        let mut seen = Vec::new();
        for spec in all() {
            for name in std::iter::once(&spec.id).chain(spec.aliases) {
                let key = (spec.service, *name);
                assert!(!seen.contains(&key), "{key:?} stands twice");
                seen.push(key);
            }
        }
    }

    #[test]
    fn field_names_are_unique_and_do_not_meet_the_fixed_members() {
        for spec in all() {
            for (at, field) in spec.fields.iter().enumerate() {
                let twin = spec.fields[..at]
                    .iter()
                    .find(|other| other.name == field.name);
                assert!(twin.is_none(), "{}: {} stands twice", spec.id, field.name);
                assert!(
                    !spec
                        .auth
                        .fixed()
                        .iter()
                        .any(|(name, _)| *name == field.name)
                );
            }
        }
    }

    #[test]
    fn a_field_that_sounds_like_a_secret_is_one() {
        for field in all().flat_map(|spec| spec.fields) {
            let name = field.name.to_ascii_lowercase();
            let sounds = ["token", "password", "secret", "privatekey"]
                .iter()
                .any(|s| name.ends_with(s));
            assert_eq!(sounds, field.kind.is_secret(), "{}", field.name);
        }
    }

    #[test]
    fn texts_are_written_like_labels() {
        for spec in all() {
            assert!(!spec.title.ends_with('.') && !spec.hint.is_empty());
            for field in spec.fields {
                assert!(!field.label.ends_with(['.', ':']), "{}", field.label);
                assert!(
                    field.hint.is_empty() || field.hint.ends_with('.'),
                    "{}",
                    field.hint
                );
                assert!(
                    !field.noun.is_empty() && !field.noun.ends_with('.'),
                    "{}",
                    field.noun
                );
            }
        }
    }

    #[test]
    fn a_type_is_found_by_its_alias_in_any_case() {
        for (name, id) in [
            ("bearer", "api_key"),
            ("APIKEY", "api_key"),
            ("basic", "basic"),
            ("JWT", "jwt"),
            ("oauth", "oauth"),
            ("none", "none"),
        ] {
            assert_eq!(
                find(Service::Storefront, name).map(|spec| spec.id),
                Some(id)
            );
        }
        assert!(find(Service::Storefront, "telepathy").is_none());
    }
}
