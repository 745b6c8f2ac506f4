//! Every way to authenticate to every service: the table from which forms, checks, bodies and tests
//! are derived.

use std::marker::PhantomData;

use super::pem::{Here, ReadKeys};
use super::{
    Auth, Choice, FieldKind, FieldSpec, FormSpec, Place, Rule, Service, Warning, destinations,
    inventory, registry, silent,
};

/// The rows of the storefront service.
pub static STOREFRONT: &[&FormSpec] = Storefront::<Here>::ROWS;

/// The rows of the registry service: what is saved for an agent.
pub static REGISTRY: &[&FormSpec] = &[&REGISTRY_CLIENT, &REGISTRY_TOKEN];

/// Every row of every service.
pub fn all() -> impl Iterator<Item = &'static FormSpec> {
    let lists = [
        STOREFRONT,
        DESTINATIONS,
        INVENTORY,
        REGISTRY,
        ADOBE_ACCESS,
        ADOBE_GATEWAY,
    ];
    lists.into_iter().flatten().copied().chain([
        &INTERCHANGE_ACCESS,
        &REGISTRY_ACCESS,
        &REGISTRY_AGENT,
    ])
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
        tells: silent,
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
        Service::Destinations => DESTINATIONS,
        Service::Inventory => INVENTORY,
        Service::Registry => REGISTRY,
    }
}

/// The row of `service` that answers to `name`.
pub fn find(service: Service, name: &str) -> Option<&'static FormSpec> {
    find_in(rows(service), name)
}

/// The one of these rows that answers to `name`.
pub fn find_in(rows: &[&'static FormSpec], name: &str) -> Option<&'static FormSpec> {
    let mut rows = rows.iter().copied();
    rows.find(|spec| spec.answers_to(name))
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
        | FieldKind::Prefixed(_)
        | FieldKind::Token
        | FieldKind::Password
        | FieldKind::PrivateKey(_)
        | FieldKind::Lines(_)
        | FieldKind::Switch => None,
    })
}

/// Where Interchange describes how a source is connected.
pub const STOREFRONT_HELP: &str =
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
    tells: silent,
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
    tells: silent,
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
            tells: silent,
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
            tells: silent,
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
            tells: silent,
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
            tells: silent,
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
        tells: silent,
        autocomplete: "off",
        aside: false,
    }
}

/// The storefront service, with `K` for what reads private keys.
pub struct Storefront<K>(PhantomData<K>);

impl<K: ReadKeys> Storefront<K> {
    /// The rows of the service, in the order in which a person is offered them.
    ///
    /// No buyer endpoint says which one a source wants, so the person chooses by what they hold
    /// (storefront fact sheet, section 5).
    pub const ROWS: &'static [&'static FormSpec] = &[
        &STOREFRONT_KEY,
        &STOREFRONT_BASIC,
        &Self::JWT,
        &STOREFRONT_OAUTH,
        &STOREFRONT_NOTHING,
    ];

    /// `auth` alternative 1: a key that signs assertions (RFC 7523), with what goes into them and where
    /// they are sent. Of the members only `algorithm` and `environment` may be missing.
    const JWT: FormSpec = FormSpec {
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
                kind: FieldKind::PrivateKey(K::read),
                place: Place::Auth,
                rules: &[Rule::Required, Rule::FitsAlgorithm("algorithm")],
                warnings: &[],
                tells: silent,
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
                tells: silent,
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
}

/// No `auth`: the source sends the person to its own page to agree.
pub static STOREFRONT_OAUTH: FormSpec = FormSpec {
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

const REGISTRY_HELP: &str = "https://docs.adcontextprotocol.org/docs/registry/api-reference/agent-compliance/save-oauth-20-client-credentials-for-an-agent";

/// A value that the registry may keep as a reference to a variable on its own server.
const REFERABLE: &str = "What begins with $ENV:ADCP_OAUTH_ names a variable of the registry’s own server, not of this \
                         computer.";

/// Of an address that the registry reaches (registry.md, section 9).
const ADDRESS_RULES: &[Rule] = &[
    Rule::Required,
    Rule::MaxLength(2048),
    Rule::Own(&registry::PUBLIC_HOST),
];

/// A line of text of one body without an `auth` of its own.
const fn line(name: &'static str, label: &'static str, noun: &'static str) -> FieldSpec {
    FieldSpec {
        place: Place::Root,
        aside: true,
        ..given(name, label, noun)
    }
}

/// `PUT …/oauth-client-credentials` (registry.md, section 4): a save replaces everything that was saved.
static REGISTRY_CLIENT: FormSpec = FormSpec {
    service: Service::Registry,
    id: "oauth_client_credentials",
    aliases: &["client_credentials"],
    title: "A client ID and a client secret",
    hint: "The registry fetches access tokens with them (OAuth 2.0 client credentials).",
    help: REGISTRY_HELP,
    auth: Auth::Absent,
    fields: &[
        FieldSpec {
            hint: "Where the agent’s authorization server gives out access tokens.",
            rules: ADDRESS_RULES,
            aside: false,
            ..line("token_endpoint", "Token endpoint", "the token endpoint")
        },
        FieldSpec {
            hint: REFERABLE,
            rules: &[
                Rule::Required,
                Rule::MaxLength(2048),
                Rule::NoControl,
                Rule::Own(&registry::ENV_REFERENCE),
            ],
            aside: false,
            ..line("client_id", "Client ID", "the client ID")
        },
        FieldSpec {
            hint: REFERABLE,
            kind: FieldKind::Token,
            rules: &[
                Rule::Required,
                Rule::MaxLength(8192),
                Rule::NoControl,
                Rule::Own(&registry::ENV_REFERENCE),
            ],
            autocomplete: "new-password",
            aside: false,
            ..line("client_secret", "Client secret", "the client secret")
        },
        FieldSpec {
            hint: "Separate several by spaces.",
            rules: &[Rule::MaxLength(1024), Rule::NoControl],
            ..line("scope", "Scope", "the scope")
        },
        FieldSpec {
            hint: "What the token is for (RFC 8707). Separate several by spaces, up to eight.",
            rules: &[Rule::NoControl, Rule::Own(&registry::RESOURCES)],
            ..line("resource", "Resource", "the resource")
        },
        FieldSpec {
            hint: "Some servers ask for it in place of a resource.",
            rules: &[Rule::MaxLength(2048), Rule::NoControl],
            ..line("audience", "Audience", "the audience")
        },
        FieldSpec {
            hint: "Where ID and secret stand in the registry’s request. Try the other one when the server says \
                   that the client is unknown.",
            kind: FieldKind::Choice(&[
                // What the registry takes when nothing is said.
                Choice {
                    value: "",
                    label: "In the Authorization header (basic)",
                },
                Choice {
                    value: "body",
                    label: "In the body",
                },
            ]),
            rules: &[],
            ..line(
                "auth_method",
                "Client authentication",
                "how the client is authenticated",
            )
        },
    ],
};

/// `PUT …/connect` (registry.md, section 6): one text that goes out with every call to the agent.
static REGISTRY_TOKEN: FormSpec = FormSpec {
    service: Service::Registry,
    id: "static",
    aliases: &["bearer", "basic"],
    title: "A token, or a username and password",
    hint: "One that stays the same. It goes before everything else that is saved for the agent.",
    help: REGISTRY_HELP,
    auth: Auth::Absent,
    fields: &[
        FieldSpec {
            hint: "For basic: username:password, or the base64 of that.",
            kind: FieldKind::Token,
            rules: &[
                Rule::Required,
                Rule::MaxLength(4096),
                Rule::NoControl,
                Rule::Own(&registry::BASIC_PAIR),
            ],
            autocomplete: "new-password",
            aside: false,
            ..line("auth_token", "Token", "the token")
        },
        FieldSpec {
            hint: "",
            kind: FieldKind::Choice(&[
                Choice {
                    value: "bearer",
                    label: "Bearer token",
                },
                Choice {
                    value: "basic",
                    label: "Username and password (basic)",
                },
            ]),
            rules: &[],
            aside: false,
            ..line("auth_type", "Send it as", "how to send it")
        },
    ],
};

/// An organisation key in place of a sign-in. By the server's code it is nobody's membership, so that saving
/// for an agent is refused to it (registry.md, section 1).
pub static REGISTRY_ACCESS: FormSpec = FormSpec {
    service: Service::Registry,
    id: "access",
    aliases: &[],
    title: "Registry organisation key",
    hint: REGISTRY_ACCESS_HINT,
    help: "https://docs.adcontextprotocol.org/docs/registry",
    auth: Auth::Absent,
    fields: &[FieldSpec {
        hint: REGISTRY_ACCESS_HINT,
        kind: FieldKind::Token,
        rules: &[Rule::Required, Rule::Ascii],
        warnings: &[Warning::StartsOtherwise("sk_")],
        tells: silent,
        autocomplete: "current-password",
        aside: false,
        ..line(
            "accessToken",
            "Registry organisation key",
            "your registry organisation key",
        )
    }],
};

const REGISTRY_ACCESS_HINT: &str =
    "It reads. The registry may refuse to save an agent’s credentials with it; sign in for that.";

/// The address of an agent that stands in no list. One with a query cannot be registered, so nothing can be
/// saved for it (registry.md, section 8).
pub static REGISTRY_AGENT: FormSpec = FormSpec {
    service: Service::Registry,
    id: "agent",
    aliases: &[],
    title: "An agent by its address",
    hint: "It must be registered by your organisation.",
    help: "https://docs.adcontextprotocol.org/docs/registry/registering-an-agent",
    auth: Auth::Absent,
    fields: &[FieldSpec {
        rules: ADDRESS_RULES,
        aside: false,
        ..line("agent_url", "Agent URL", "the agent URL")
    }],
};

/// The rows of Adobe's Destination SDK (destinations.md, section 2): first what the newest documents list, then what
/// only older ones do.
pub static DESTINATIONS: &[&FormSpec] = &[
    &DESTINATIONS_BASIC,
    &DESTINATIONS_S3,
    &DESTINATIONS_SSH,
    &DESTINATIONS_AZURE,
    &DESTINATIONS_CONNECTION_STRING,
    &DESTINATIONS_OAUTH1,
    &DESTINATIONS_USER,
    &DESTINATIONS_CLIENT,
    &DESTINATIONS_TOKEN,
    &DESTINATIONS_REFRESH,
];

const DESTINATIONS_HELP: &str = "https://experienceleague.adobe.com/docs/experience-platform/destinations/destination-sdk/credentials-api/create-credential-configuration.html";

/// Of the types that the newest documents do not list any more.
const OLDER: &str = "Older: the newest documents do not list it.";

/// `name`, which every type has (section 2).
const CREDENTIAL_NAME: FieldSpec = FieldSpec {
    hint: "By which you find it again, such as the name of your destination.",
    aside: false,
    ..line("name", "Name", "a name for the credential")
};

/// A secret of one type that must be there.
const fn secret(name: &'static str, label: &'static str, noun: &'static str) -> FieldSpec {
    FieldSpec {
        kind: FieldKind::Token,
        rules: &[Rule::Required],
        autocomplete: "new-password",
        ..given(name, label, noun)
    }
}

/// Whatever a platform wants in a header, which may be anything.
const HEADER: FieldSpec = FieldSpec {
    hint: "Whatever your platform wants in a header when Adobe signs in. Most want nothing.",
    kind: FieldKind::Password,
    rules: &[Rule::NoControl],
    autocomplete: "new-password",
    aside: true,
    ..given("header", "Authorization header", "the authorization header")
};

/// Where a platform gives out tokens.
const PROVIDER_URL: FieldSpec = FieldSpec {
    hint: "Where your platform gives out tokens.",
    rules: &[Rule::Required, Rule::Https],
    ..given(
        "url",
        "URL of the authorization server",
        "the URL of the authorization server",
    )
};

/// The same where it may be left out.
const PROVIDER_URL_ASIDE: FieldSpec = FieldSpec {
    rules: &[Rule::Https],
    aside: true,
    ..PROVIDER_URL
};

/// A text whose unit the documents leave open.
const EXPIRATION: FieldSpec = FieldSpec {
    hint: "How long the token lasts, as a text. The documents name no unit; ask Adobe which one it takes.",
    rules: &[Rule::NoControl],
    aside: true,
    ..given("expiration", "Expiration", "the expiration")
};

const PLATFORM_CLIENT_ID: FieldSpec = FieldSpec {
    hint: "By which your platform knows Adobe.",
    ..given("clientId", "Client ID at your platform", "the client ID")
};

/// Not the one that signs a person in to Adobe.
const PLATFORM_CLIENT_SECRET: FieldSpec = secret(
    "clientSecret",
    "Client secret of your platform (Adobe will use it)",
    "the client secret of your platform",
);

const PLATFORM_USER: FieldSpec = FieldSpec {
    rules: &[Rule::Required, Rule::NoControl],
    ..given(
        "username",
        "Username at your platform",
        "the username at your platform",
    )
};

const PLATFORM_PASSWORD: FieldSpec = FieldSpec {
    kind: FieldKind::Password,
    ..secret(
        "password",
        "Password at your platform",
        "the password at your platform",
    )
};

static DESTINATIONS_BASIC: FormSpec = FormSpec {
    service: Service::Destinations,
    id: "basic",
    aliases: &["basicAuthentication"],
    title: "Username and password",
    hint: "Adobe signs in at your platform with HTTP Basic.",
    help: DESTINATIONS_HELP,
    auth: Auth::Named {
        kind: "BASIC",
        key: "basicAuthentication",
    },
    fields: &[
        CREDENTIAL_NAME,
        PLATFORM_USER,
        PLATFORM_PASSWORD,
        FieldSpec {
            hint: "Where your platform takes them, if it wants that.",
            rules: &[Rule::Https],
            aside: true,
            ..given("url", "URL", "the URL")
        },
    ],
};

static DESTINATIONS_S3: FormSpec = FormSpec {
    service: Service::Destinations,
    id: "s3",
    aliases: &["s3Authentication"],
    title: "Amazon S3 access key",
    hint: "An access key ID and its secret access key.",
    help: DESTINATIONS_HELP,
    auth: Auth::Named {
        kind: "S3",
        key: "s3Authentication",
    },
    fields: &[
        CREDENTIAL_NAME,
        FieldSpec {
            hint: "It begins with AKIA.",
            tells: destinations::access_id,
            ..given("accessId", "Access key ID", "the access key ID")
        },
        secret("secretKey", "Secret access key", "the secret access key"),
    ],
};

static DESTINATIONS_SSH: FormSpec = FormSpec {
    service: Service::Destinations,
    id: "ssh",
    aliases: &["sshAuthentication"],
    title: "SFTP with an SSH key",
    hint: "A username, and a private key that your server knows.",
    help: DESTINATIONS_HELP,
    auth: Auth::Named {
        kind: "SSH",
        key: "sshAuthentication",
    },
    fields: &[
        CREDENTIAL_NAME,
        FieldSpec {
            ..given("username", "SSH username", "the SSH username")
        },
        FieldSpec {
            hint: "Paste all of it, with its BEGIN and END lines, or drop its file here.",
            kind: FieldKind::Lines(destinations::ssh::canonical),
            rules: &[Rule::Required, Rule::Own(&destinations::ssh::SSH_KEY)],
            tells: destinations::ssh::tells,
            autocomplete: "off",
            ..given("sshKey", "SSH private key", "the SSH private key")
        },
    ],
};

/// The documents give no `type` for it.
static DESTINATIONS_AZURE: FormSpec = FormSpec {
    service: Service::Destinations,
    id: "azure_service_principal",
    aliases: &["azureAuthentication"],
    title: "Azure service principal",
    hint: "For Azure Data Lake Storage: a tenant, and an ID and key of an app registration.",
    help: DESTINATIONS_HELP,
    auth: Auth::Named {
        kind: "",
        key: "azureAuthentication",
    },
    fields: &[
        CREDENTIAL_NAME,
        FieldSpec {
            hint: "Such as https://account.dfs.core.windows.net.",
            rules: &[Rule::Required, Rule::Https],
            ..given("url", "Storage URL", "the storage URL")
        },
        FieldSpec {
            hint: "The ID of the directory, or its domain.",
            ..given("tenant", "Tenant", "the tenant")
        },
        given(
            "servicePrincipalId",
            "Service principal ID",
            "the service principal ID",
        ),
        secret(
            "servicePrincipalKey",
            "Service principal key",
            "the service principal key",
        ),
    ],
};

/// The documents give no `type` for it.
static DESTINATIONS_CONNECTION_STRING: FormSpec = FormSpec {
    service: Service::Destinations,
    id: "azure_connection_string",
    aliases: &["azureConnectionStringAuthentication"],
    title: "Azure connection string",
    hint: "For Azure Blob Storage: one long text with AccountName= in it, or a BlobEndpoint=.",
    help: DESTINATIONS_HELP,
    auth: Auth::Named {
        kind: "",
        key: "azureConnectionStringAuthentication",
    },
    fields: &[
        CREDENTIAL_NAME,
        FieldSpec {
            hint: "From “Access keys” or “Shared access signature” of your storage account.",
            rules: &[
                Rule::Required,
                Rule::Own(&destinations::azure::CONNECTION_STRING),
            ],
            tells: destinations::azure::tells,
            ..secret(
                "connectionString",
                "Connection string",
                "the connection string",
            )
        },
    ],
};

static DESTINATIONS_OAUTH1: FormSpec = FormSpec {
    service: Service::Destinations,
    id: "oauth1",
    aliases: &["oauth1Authentication"],
    title: "OAuth 1",
    hint: OLDER,
    help: DESTINATIONS_HELP,
    auth: Auth::Named {
        kind: "OAUTH1",
        key: "oauth1Authentication",
    },
    fields: &[
        CREDENTIAL_NAME,
        secret(
            "apiKey",
            "API key of your platform",
            "the API key of your platform",
        ),
        secret(
            "apiSecret",
            "API secret of your platform",
            "the API secret of your platform",
        ),
        secret("accessToken", "Access token", "the access token"),
        secret("tokenSecret", "Token secret", "the token secret"),
    ],
};

static DESTINATIONS_USER: FormSpec = FormSpec {
    service: Service::Destinations,
    id: "oauth2_user_credential",
    aliases: &["oauth2UserAuthentication"],
    title: "OAuth 2 with a username and password",
    hint: OLDER,
    help: DESTINATIONS_HELP,
    auth: Auth::Named {
        kind: "OAUTH2_USER_CREDENTIAL",
        key: "oauth2UserAuthentication",
    },
    fields: &[
        CREDENTIAL_NAME,
        PROVIDER_URL,
        PLATFORM_CLIENT_ID,
        PLATFORM_CLIENT_SECRET,
        PLATFORM_USER,
        PLATFORM_PASSWORD,
        HEADER,
    ],
};

static DESTINATIONS_CLIENT: FormSpec = FormSpec {
    service: Service::Destinations,
    id: "oauth2_client_credential",
    aliases: &["oauth2ClientAuthentication", "oauth2_client_credentials"],
    title: "OAuth 2 client credentials",
    hint: OLDER,
    help: DESTINATIONS_HELP,
    auth: Auth::Named {
        kind: "OAUTH2_CLIENT_CREDENTIAL",
        key: "oauth2ClientAuthentication",
    },
    fields: &[
        CREDENTIAL_NAME,
        PROVIDER_URL,
        PLATFORM_CLIENT_ID,
        PLATFORM_CLIENT_SECRET,
        FieldSpec {
            hint: "Some advertising platforms want one beside the client ID.",
            rules: &[],
            aside: true,
            ..secret("developerToken", "Developer token", "the developer token")
        },
        HEADER,
    ],
};

static DESTINATIONS_TOKEN: FormSpec = FormSpec {
    service: Service::Destinations,
    id: "oauth2_access_token",
    aliases: &["oauth2AccessTokenAuthentication"],
    title: "OAuth 2 access token",
    hint: OLDER,
    help: DESTINATIONS_HELP,
    auth: Auth::Named {
        kind: "OAUTH2_ACCESS_TOKEN",
        key: "oauth2AccessTokenAuthentication",
    },
    fields: &[
        CREDENTIAL_NAME,
        secret("accessToken", "Access token", "the access token"),
        EXPIRATION,
        FieldSpec {
            rules: &[Rule::NoControl],
            aside: true,
            ..PLATFORM_USER
        },
        FieldSpec {
            rules: &[Rule::NoControl],
            aside: true,
            ..given(
                "userId",
                "User ID at your platform",
                "the user ID at your platform",
            )
        },
        PROVIDER_URL_ASIDE,
        HEADER,
    ],
};

static DESTINATIONS_REFRESH: FormSpec = FormSpec {
    service: Service::Destinations,
    id: "oauth2_refresh_token",
    aliases: &["oauth2RefreshTokenAuthentication"],
    title: "OAuth 2 refresh token",
    hint: OLDER,
    help: DESTINATIONS_HELP,
    auth: Auth::Named {
        kind: "OAUTH2_REFRESH_TOKEN",
        key: "oauth2RefreshTokenAuthentication",
    },
    fields: &[
        CREDENTIAL_NAME,
        PROVIDER_URL,
        PLATFORM_CLIENT_ID,
        PLATFORM_CLIENT_SECRET,
        secret("refreshToken", "Refresh token", "the refresh token"),
        EXPIRATION,
        HEADER,
    ],
};

/// The headers that every call to Adobe carries (section 1), as fields of the forms for our own access.
const ORGANISATION_FIELD: FieldSpec = FieldSpec {
    hint: "It ends in @AdobeOrg.",
    rules: &[Rule::Required, Rule::Own(&destinations::ORGANISATION_ID)],
    tells: destinations::organisation,
    aside: false,
    ..line("imsOrgId", "Organisation ID", "the organisation ID")
};

const SANDBOX_FIELD: FieldSpec = FieldSpec {
    hint: "Such as prod.",
    rules: &[Rule::Required, Rule::Own(&destinations::SANDBOX_NAME)],
    aside: false,
    ..line("sandboxName", "Sandbox name", "the sandbox name")
};

const API_KEY_FIELD: FieldSpec = FieldSpec {
    hint: "The client ID of your project in the Adobe Developer Console.",
    rules: &[Rule::Required, Rule::Own(&destinations::ONE_WORD)],
    aside: false,
    ..line("apiKey", "API key (client ID)", "the API key")
};

/// How we ask Adobe ourselves: with what its Developer Console gave out, from which a token is made, or with a token
/// that is at hand (sections 1 and 7).
pub static ADOBE_ACCESS: &[&FormSpec] = &[&ADOBE_CLIENT, &ADOBE_TOKEN];

const ADOBE_HELP: &str = "https://experienceleague.adobe.com/docs/experience-platform/landing/platform-apis/api-authentication.html";

static ADOBE_CLIENT: FormSpec = FormSpec {
    service: Service::Destinations,
    id: "adobe_client",
    aliases: &[],
    title: "Client ID and client secret",
    hint: "Of an OAuth server-to-server credential in the Adobe Developer Console.",
    help: ADOBE_HELP,
    auth: Auth::Absent,
    fields: &[
        ORGANISATION_FIELD,
        API_KEY_FIELD,
        FieldSpec {
            hint: "It stays in memory. Adobe gives us a token for it that lasts a day.",
            place: Place::Root,
            autocomplete: "current-password",
            ..secret(
                "clientSecret",
                "Adobe Developer Console client secret (signs you in to Adobe)",
                "the Adobe Developer Console client secret",
            )
        },
        SANDBOX_FIELD,
    ],
};

static ADOBE_TOKEN: FormSpec = FormSpec {
    service: Service::Destinations,
    id: "adobe_token",
    aliases: &[],
    title: "An access token",
    hint: "One that you have already, such as from the Developer Console.",
    help: ADOBE_HELP,
    auth: Auth::Absent,
    fields: &[
        ORGANISATION_FIELD,
        API_KEY_FIELD,
        FieldSpec {
            rules: &[Rule::Required, Rule::Ascii],
            place: Place::Root,
            autocomplete: "current-password",
            ..secret(
                "accessToken",
                "Adobe access token",
                "your Adobe access token",
            )
        },
        SANDBOX_FIELD,
    ],
};

/// Behind a gateway that adds the rest.
pub static ADOBE_GATEWAY: &[&FormSpec] = &[&ADOBE_HEADERS];

static ADOBE_HEADERS: FormSpec = FormSpec {
    service: Service::Destinations,
    id: "adobe_headers",
    aliases: &[],
    title: "Where to look",
    hint: "Which organisation and sandbox to show.",
    help: ADOBE_HELP,
    auth: Auth::Absent,
    fields: &[
        ORGANISATION_FIELD,
        SANDBOX_FIELD,
        FieldSpec {
            hint: "The client ID of your project in the Adobe Developer Console, unless the gateway adds it.",
            rules: &[Rule::Own(&destinations::ONE_WORD)],
            aside: true,
            ..API_KEY_FIELD
        },
    ],
};

/// The one row of Verve's Inventory API (inventory.md, section 2).
pub static INVENTORY: &[&FormSpec] = &[&INVENTORY_CLIENT];

static INVENTORY_CLIENT: FormSpec = FormSpec {
    service: Service::Inventory,
    id: "client_credentials",
    aliases: &[],
    title: "Client ID and client secret",
    hint: "You got them at onboarding, one set per environment.",
    help: "https://docs.retailmedia.verve.com/get-started/authentication/",
    auth: Auth::Absent,
    fields: &[
        FieldSpec {
            hint: "It has an @ in it, such as your-user@your-org.",
            rules: &[Rule::Required, Rule::NoControl],
            tells: inventory::client_id,
            aside: false,
            ..line("client_id", "Client ID", "the client ID")
        },
        FieldSpec {
            hint: "It came separately, over a secure channel.",
            place: Place::Root,
            autocomplete: "current-password",
            ..secret("client_secret", "Client secret", "the client secret")
        },
        FieldSpec {
            hint: "26 capital letters and digits.",
            kind: FieldKind::Prefixed("project:"),
            rules: &[Rule::Required, Rule::Own(&destinations::ONE_WORD)],
            tells: inventory::project_id,
            aside: false,
            ..line("project_id", "Project ID", "the project ID")
        },
    ],
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
            let mut sounds = ["token", "password", "secret", "connectionstring", "header"]
                .iter()
                .any(|s| name.ends_with(s));
            // Every key is one but the name of one, and what Adobe calls an API key, which is a client's ID.
            sounds |= name.ends_with("key") && !field.label.ends_with("ID)");
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
