//! The ten bodies of a credential, and what each must have (destinations.md, section 2).

/// One way to authenticate.
#[derive(Debug)]
pub struct Kind {
    /// The value of `type`. No document gives one for the two of Azure.
    pub name: Option<&'static str>,
    /// The key that the members stand under.
    pub key: &'static str,
    pub required: &'static [&'static str],
    pub optional: &'static [&'static str],
}

/// Every one of them. What the documents leave open is not demanded.
pub const KINDS: [Kind; 10] = [
    Kind {
        name: Some("BASIC"),
        key: "basicAuthentication",
        required: &["username", "password"],
        optional: &["url"],
    },
    Kind {
        name: Some("S3"),
        key: "s3Authentication",
        required: &["accessId", "secretKey"],
        optional: &[],
    },
    Kind {
        name: Some("SSH"),
        key: "sshAuthentication",
        required: &["username", "sshKey"],
        optional: &[],
    },
    Kind {
        name: None,
        key: "azureAuthentication",
        required: &["tenant", "servicePrincipalId", "servicePrincipalKey"],
        optional: &["url"],
    },
    Kind {
        name: None,
        key: "azureConnectionStringAuthentication",
        required: &["connectionString"],
        optional: &[],
    },
    Kind {
        name: Some("OAUTH1"),
        key: "oauth1Authentication",
        required: &["apiKey", "apiSecret", "accessToken", "tokenSecret"],
        optional: &[],
    },
    Kind {
        name: Some("OAUTH2_USER_CREDENTIAL"),
        key: "oauth2UserAuthentication",
        required: &["url", "clientId", "clientSecret", "username", "password"],
        optional: &["header"],
    },
    Kind {
        name: Some("OAUTH2_CLIENT_CREDENTIAL"),
        key: "oauth2ClientAuthentication",
        required: &["url", "clientId", "clientSecret"],
        optional: &["header", "developerToken"],
    },
    Kind {
        name: Some("OAUTH2_ACCESS_TOKEN"),
        key: "oauth2AccessTokenAuthentication",
        required: &["accessToken"],
        optional: &["expiration", "username", "userId", "url", "header"],
    },
    Kind {
        name: Some("OAUTH2_REFRESH_TOKEN"),
        key: "oauth2RefreshTokenAuthentication",
        required: &["refreshToken", "clientId", "clientSecret", "url"],
        optional: &["expiration", "header"],
    },
];

/// A `type` that has no body, in the documents a comment alone.
pub const WITHOUT_BODY: &str = "NONE";

/// The members that nobody may see again where secrets are masked.
pub const SECRETS: [&str; 12] = [
    "password",
    "secretKey",
    "sshKey",
    "servicePrincipalKey",
    "connectionString",
    "apiSecret",
    "tokenSecret",
    "clientSecret",
    "developerToken",
    "accessToken",
    "refreshToken",
    "header",
];

impl Kind {
    /// The one whose members stand under this key; names are case sensitive.
    pub fn of_key(key: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.key == key)
    }

    /// Whether the body may have this member.
    pub fn has(&self, member: &str) -> bool {
        self.required.contains(&member) || self.optional.contains(&member)
    }
}
