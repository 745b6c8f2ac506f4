//! Under which names people keep what a field wants, and which values are only a place for one.

/// Names compare by their letters and digits alone: `client_id`, `clientId` and `CLIENT-ID` are one.
pub fn squashed(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        }
    }
    out
}

/// The last part of a dotted name.
pub fn last(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or_default()
}

/// Other names of a field, each of them squashed. The first of a line is the field's own.
const ALIASES: &str = "\
clientid appid applicationid oauthclientid consumerkey
clientsecret appsecret oauthclientsecret consumersecret clientsecrets
tokenendpoint tokenurl tokenuri accesstokenurl tokenendpointurl oauthtokenurl
tokenendpointurl tokenurl tokenuri accesstokenurl tokenendpoint oauthtokenurl
secretkey secretaccesskey awssecretaccesskey awssecretkey s3secretkey
accessid accesskeyid awsaccesskeyid awsaccesskey s3accesskey accesskey
tenant tenantid directoryid azuretenantid
serviceprincipalid clientid appid applicationid azureclientid
serviceprincipalkey clientsecret password azureclientsecret
username user login userid sftpuser sshuser
password pass passwd pwd
imsorgid orgid organizationid organisationid imsorg xgwimsorgid
sandboxname sandbox xsandboxname
apikey xapikey clientid consumerkey
apisecret apikeysecret consumersecret
accesstoken bearertoken token oauthtoken authorization
tokensecret accesstokensecret oauthtokensecret
token apikey apitoken accesstoken bearertoken authtoken xapikey authorization
authtoken token apikey apitoken accesstoken bearertoken authorization pair
projectid project xvervenamespace namespace
privatekey signingkey pem
sshkey sshprivatekey privatekey
issuer iss clientemail
subject sub clientemail
keyid kid privatekeyid
audienceurl aud audience tokenuri
algorithm alg
scope scopes
connectionstring azurestorageconnectionstring storageconnectionstring azurewebjobsstorage
developertoken devtoken
accountidentifier accountid
agenturl agent
authmethod tokenendpointauthmethod
type authtype
authtype type
refreshtoken
";

/// Where a platform gives out tokens, in a row that has a client.
pub const TOKEN_ENDPOINTS: &str = "tokenendpoint tokenurl tokenuri accesstokenurl tokenendpointurl";

/// True for a name that some field has, or has as another name.
pub fn is_known(name: &str) -> bool {
    ALIASES.lines().any(|line| is_among(line, name))
}

/// True when a text is one of these words.
pub fn is_among(words: &str, text: &str) -> bool {
    words.split(' ').any(|word| word == text)
}

/// Other names of the field with this one, with spaces between them.
pub fn aliases(field: &str) -> &'static str {
    let mut lines = ALIASES.lines().filter_map(|line| line.split_once(' '));
    let line = lines.find(|(first, _)| *first == field);
    line.map_or("", |(_, others)| others)
}

/// Google puts one value where a form asks for two.
pub fn is_for_several(name: &str) -> bool {
    matches!(name, "clientemail" | "tokenuri")
}

/// Names of fields that too many variables end in.
pub fn is_common(field: &str) -> bool {
    matches!(
        field,
        "url"
            | "name"
            | "type"
            | "header"
            | "expiration"
            | "resource"
            | "user"
            | "key"
            | "environment"
    )
}

/// True when a name says that its value is secret, so that it goes into no field that shows it.
pub fn sounds_secret(name: &str) -> bool {
    SECRETS.split(' ').any(|end| name.ends_with(end))
}

const SECRETS: &str = "secret secrets password passwd pass pwd token privatekey secretkey secretaccesskey sshkey \
                       signature authorization connectionstring accountkey credential credentials";

/// True for what documents print in the place of a value, and servers in the place of a secret.
pub fn is_placeholder(value: &str) -> bool {
    let value = value.trim();
    let between = |start: &str, end: &str| value.starts_with(start) && value.ends_with(end);
    let only = |mark: &[char]| value.chars().all(|c| mark.contains(&c));
    let variable = value.strip_prefix('$').is_some_and(|name| {
        let fits = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
        name.bytes().all(fits) || (name.starts_with(['{', '(']) && name.ends_with(['}', ')']))
    });
    matches!(value, "" | "string" | "\u{2026}" | "...")
        || between("{", "}")
        || between("<", ">")
        || between("[", "]")
        || (value.len() > 2 && between("%", "%"))
        || value.starts_with("***")
        || value.ends_with("***")
        || only(&['*', '\u{2022}', '.'])
        || (value.len() > 3 && only(&['x', 'X']))
        || variable
}

/// True when the first name of the text is one of a connection string.
pub fn is_connection_string(text: &str) -> bool {
    const NAMES: &[&str] = &[
        "defaultendpointsprotocol",
        "accountname",
        "accountkey",
        "sharedaccesssignature",
        "endpointsuffix",
        "usedevelopmentstorage",
        "blobendpoint",
        "queueendpoint",
        "tableendpoint",
        "fileendpoint",
    ];
    let first = text.trim_start_matches([';', ' ']).split_once('=');
    first.is_some_and(|(name, _)| {
        NAMES
            .iter()
            .any(|known| name.trim().eq_ignore_ascii_case(known))
    })
}
