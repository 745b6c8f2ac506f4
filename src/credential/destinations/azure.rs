//! Azure Storage connection strings: what is missing in one, and what it says of itself.
//!
//! Pairs of a name and a value with semicolons between them. No key and no signature is repeated here; the
//! name of an account and the host of an endpoint may be.

mod signature;

use crate::credential::seek::split_at;
use crate::credential::spec::{Own, Told};
use crate::credential::{Problem, host_of, is_loopback_host, pem};
use signature::End;

/// The string can be read, and has an account and something that authorizes.
pub static CONNECTION_STRING: Own = Own {
    name: "connection_string",
    list: false,
    judge: |judged| judge(judged.value),
};

/// Longer texts are not looked at. A signature of everything takes some 300 characters.
const LIMIT: usize = 8192;

/// An account key has this many bytes.
const KEY_LENGTH: usize = 64;

/// What of a connection string is of use here; empty where it has none.
#[derive(Default)]
struct Parts<'a> {
    account: &'a str,
    key: &'a str,
    signature: &'a str,
    endpoint: &'a str,
    protocol: &'a str,
    emulator: bool,
    bus: bool,
}

fn judge(value: &str) -> Option<Problem> {
    let own = |code, words: &str| Some(Problem::Own(code, words.to_owned()));
    if value.len() > LIMIT {
        return Some(Problem::TooLong(LIMIT, value.encode_utf16().count()));
    }
    if let Some(words) = something_else(value) {
        return own("not_a_connection_string", words);
    }
    let parts = match split(value) {
        Ok(parts) => parts,
        Err(problem) => return Some(problem),
    };
    if parts.emulator || is_loopback_host(&host_at(parts.endpoint)) {
        return own(
            "names_this_computer",
            "This names a storage emulator on your own computer, which Adobe cannot reach. Copy the connection \
             string of your storage account",
        );
    }
    if parts.bus {
        return own(
            "not_a_connection_string",
            "This is the connection string of a message service. Copy the one of your storage account",
        );
    }
    if parts.account.is_empty() && parts.endpoint.is_empty() {
        return own(
            "no_account",
            "The connection string has no AccountName and no BlobEndpoint. Copy it whole from “Access keys”",
        );
    }
    if !parts.endpoint.is_empty() && host_at(parts.endpoint).is_empty() {
        return own(
            "no_account",
            "The BlobEndpoint in the connection string is no address. Copy the connection string again",
        );
    }
    if parts.key.is_empty() && parts.signature.is_empty() {
        return own(
            "no_key",
            "The connection string has no AccountKey and no SharedAccessSignature. Copy it whole from “Access keys”",
        );
    }
    if !parts.key.is_empty() && parts.account.is_empty() {
        return own(
            "no_account",
            "The connection string has an AccountKey but no AccountName. Copy it whole from “Access keys”",
        );
    }
    if !parts.key.is_empty() && key_length(parts.key).is_none() {
        return own(
            "key_is_damaged",
            "The AccountKey in the connection string is cut or has a sign that it cannot have. Copy it again from \
             “Access keys”",
        );
    }
    let signed = parts.signature.is_empty() || signature::part(parts.signature, "sig").is_some();
    if !signed {
        return own(
            "no_key",
            "The SharedAccessSignature in the connection string has no sig in it, so it is not whole. Copy it again",
        );
    }
    None
}

/// What was pasted in place of a connection string, where that can be told.
fn something_else(value: &str) -> Option<&'static str> {
    let value = value.trim();
    let is_address = starts(value, "https://") || starts(value, "http://");
    if value.contains('"') {
        Some(
            "Leave out the quotation marks, and a name in front of them. The connection string alone belongs here",
        )
    } else if is_address && signature::part(value, "sig").is_some() {
        Some(
            "This is an address with a shared access signature. Copy “Connection string” from the page on which the \
             signature was made",
        )
    } else if is_address {
        Some(
            "This is an address alone. Copy “Connection string” from “Access keys” of your storage account",
        )
    } else if !value.contains(';') && signature::part(value, "sig").is_some() && value.contains('&')
    {
        // With the name in front it is a part of one, and what is missing is told below.
        let named = starts(value, "SharedAccessSignature");
        (!named).then_some(
            "This is a shared access signature alone. Copy “Connection string” from the page on which it was made",
        )
    } else if !value.contains(';') && key_length(value) == Some(KEY_LENGTH) {
        Some(
            "This is an account key alone. Copy “Connection string”, which stands below it on “Access keys”",
        )
    } else {
        (!value.contains('=')).then_some(
            "This is no connection string. Copy it from “Access keys” of your storage account; it has AccountName= \
             in it",
        )
    }
}

fn starts(value: &str, start: &str) -> bool {
    let head = value.get(..start.len());
    head.is_some_and(|head| head.eq_ignore_ascii_case(start))
}

/// Takes a string apart. Names are read in any case and order, and a value may have `=` in it.
fn split(value: &str) -> Result<Parts<'_>, Problem> {
    let mut parts = Parts::default();
    let mut seen: Vec<&str> = Vec::new();
    for pair in value.split(';') {
        let pair = pair.trim();
        if pair.is_empty() {
            continue;
        }
        let Some((name, value)) = pair.split_once('=') else {
            let words =
                "A part of the connection string has no = in it, so it is not whole. Copy it again";
            return Err(Problem::Own("not_a_connection_string", words.to_owned()));
        };
        let (name, value) = (name.trim(), value.trim());
        if seen.iter().any(|seen| seen.eq_ignore_ascii_case(name)) {
            return Err(Problem::Own("twice", twice(name)));
        }
        seen.push(name);
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        if is("AccountName") {
            parts.account = value;
            parts.emulator |= value.eq_ignore_ascii_case("devstoreaccount1");
        } else if is("AccountKey") {
            parts.key = value;
        } else if is("SharedAccessSignature") {
            parts.signature = value;
        } else if is("BlobEndpoint") {
            parts.endpoint = value;
        } else if is("DefaultEndpointsProtocol") {
            parts.protocol = value;
        } else if is("UseDevelopmentStorage") || is("DevelopmentStorageProxyUri") {
            parts.emulator |= !value.eq_ignore_ascii_case("false");
        } else if is("SharedAccessKeyName") {
            parts.bus = true;
        }
    }
    Ok(parts)
}

/// A name that is known is repeated; anything else may be a part of a secret.
fn twice(name: &str) -> String {
    let known = [
        "AccountName",
        "AccountKey",
        "SharedAccessSignature",
        "BlobEndpoint",
        "DefaultEndpointsProtocol",
        "EndpointSuffix",
    ];
    let known = known.iter().find(|known| known.eq_ignore_ascii_case(name));
    words!(
        "The connection string has {} twice. Paste one connection string alone",
        known.copied().unwrap_or("a name")
    )
}

/// How many bytes a key in base64 has, wherever lines were broken in it.
fn key_length(key: &str) -> Option<usize> {
    let digits: String = key.split_whitespace().collect();
    pem::base64(&digits).map(|bytes| bytes.len())
}

/// The host of an address in small letters, if it is one that can be shown.
fn host_at(address: &str) -> String {
    let Some((scheme, rest)) = split_at(address, "://") else {
        return String::new();
    };
    if !scheme.eq_ignore_ascii_case("https") && !scheme.eq_ignore_ascii_case("http") {
        return String::new();
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host_of(authority).to_ascii_lowercase();
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b".-[]:".contains(&byte);
    if authority.contains('@') || !host.bytes().all(fits) {
        return String::new();
    }
    host
}

/// What a connection string says of itself.
pub fn tells(value: &str, now_ms: i64) -> Vec<Told> {
    let Ok(parts) = split(value) else {
        return Vec::new();
    };
    if judge(value).is_some() {
        return Vec::new();
    }
    let mut told = Vec::with_capacity(2);
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let usual = (3..=24).contains(&parts.account.len()) && parts.account.bytes().all(fits);
    let place = if usual {
        words!("Storage account {}", parts.account)
    } else if parts.account.is_empty() {
        words!("Storage at {}", host_at(parts.endpoint))
    } else {
        told.push(Told::doubt(
            "This is an unusual account name.",
            "Those of Azure have 3 to 24 small letters and digits. It is sent as it stands.",
        ));
        "A storage account".to_owned()
    };
    if parts.key.is_empty() {
        let end = signature::end(parts.signature);
        let until = end.map_or_else(String::new, |end| words!(" until {}", end.words()));
        told.push(Told::found(words!(
            "{}, with a shared access signature{}.",
            place,
            until
        )));
        told.extend(end.and_then(|end| ending(end, now_ms)));
    } else {
        told.push(Told::found(words!("{}, with an account key.", place)));
        if key_length(parts.key) != Some(KEY_LENGTH) {
            told.push(Told::doubt(
                "This is an unusual account key.",
                "Most have 88 characters. If it was not copied whole, copy it again.",
            ));
        }
    }
    if parts.protocol.eq_ignore_ascii_case("http") || starts(parts.endpoint, "http://") {
        told.push(Told::doubt(
            "This asks for http.",
            "Over http others could read along. Ask for the string with https in it.",
        ));
    }
    told
}

/// What there is to say about a signature that has ended, or soon will.
fn ending(end: End, now_ms: i64) -> Option<Told> {
    const SOON: i64 = 7 * 24 * 3600 * 1000;
    let left = end.millis - now_ms;
    if left <= 0 {
        return Some(Told::doubt(
            "This signature has ended.",
            words!("It ended on {}. Make a new one.", end.words()),
        ));
    }
    (left <= SOON).then(|| {
        Told::doubt(
            "This signature ends soon.",
            words!(
                "After {} Adobe cannot use it any more. Make one that lasts longer.",
                end.words()
            ),
        )
    })
}

#[cfg(test)]
mod tests;
