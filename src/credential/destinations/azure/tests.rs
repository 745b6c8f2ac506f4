//! Connection strings as Azure gives them out, and what people paste in their place.

use super::*;
use crate::credential::Secret;
use crate::credential::spec::Judged;

/// 64 bytes in base64.
const KEY: &str =
    "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcA==";
const SIGNATURE: &str = "sv=2024-11-04&ss=b&srt=sco&sp=rwl&se=2027-01-01T00:00:00Z&spr=https&sig=dGhlLXNpZ25hdHVyZQ%3D%3D";
/// 2026-11-25.
const NOW: i64 = 1_795_564_800_000;

fn problem(value: &str) -> Option<Problem> {
    let judged = Judged {
        value,
        on_loopback: false,
        other: &|_| Secret::default(),
    };
    (CONNECTION_STRING.judge)(&judged)
}

fn code(value: &str) -> &'static str {
    problem(value).map_or("", |problem| problem.code())
}

fn said(value: &str) -> String {
    match problem(value) {
        Some(Problem::Own(_, words)) => words,
        other => panic!("{other:?}"),
    }
}

fn texts(value: &str) -> Vec<String> {
    let told = tells(value, NOW);
    told.into_iter()
        .map(|told| [told.title, told.text].concat())
        .collect()
}

fn whole() -> String {
    [
        "DefaultEndpointsProtocol=https;AccountName=acmestore;AccountKey=",
        KEY,
        ";EndpointSuffix=core.windows.net",
    ]
    .concat()
}

fn signed() -> String {
    [
        "BlobEndpoint=https://acmestore.blob.core.windows.net/;QueueEndpoint=https://acmestore.queue.core.windows.net/;\
         SharedAccessSignature=",
        SIGNATURE,
    ]
    .concat()
}

#[test]
fn what_azure_gives_out_is_taken() {
    let same = [
        whole(),
        signed(),
        ["accountname=acmestore;ACCOUNTKEY=", KEY].concat(),
        [";;AccountKey=", KEY, " ;\nAccountName = acmestore;"].concat(),
        ["AccountName=acmestore;SharedAccessSignature=?", SIGNATURE].concat(),
        whole().replace("0c2Vj", "0c2\nVj"),
    ];
    for value in same {
        assert_eq!(code(&value), "", "{value}");
        assert!(!tells(&value, NOW).is_empty(), "{value}");
    }
}

#[test]
fn what_is_missing_is_named() {
    for (value, code_of, words) in [
        (
            "AccountName=acmestore",
            "no_key",
            "no AccountKey and no SharedAccessSignature",
        ),
        (
            "AccountName=acmestore;AccountKey=",
            "no_key",
            "no AccountKey",
        ),
        (
            "EndpointSuffix=core.windows.net;AccountKey=YWI=",
            "no_account",
            "no AccountName and no BlobEndpoint",
        ),
        (
            "BlobEndpoint=https://a.blob.core.windows.net;AccountKey=YWI=",
            "no_account",
            "but no AccountName",
        ),
        (
            "BlobEndpoint=acme;SharedAccessSignature=sig=a",
            "no_account",
            "is no address",
        ),
        (
            "AccountName=acmestore;AccountKey=c2VjcmV0c",
            "key_is_damaged",
            "cut",
        ),
        (
            "AccountName=acmestore;AccountKey=c2Vj\u{2026}mV0",
            "key_is_damaged",
            "cut",
        ),
        (
            "AccountName=acmestore;SharedAccessSignature=sv=2024&sp=r",
            "no_key",
            "no sig",
        ),
        (
            "SharedAccessSignature=sv=1&sig=2",
            "no_account",
            "no AccountName",
        ),
        (
            "UseDevelopmentStorage=true",
            "names_this_computer",
            "on your own computer",
        ),
        (
            "UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://127.0.0.1",
            "names_this_computer",
            "own computer",
        ),
        (
            "AccountName=devstoreaccount1;AccountKey=YWI=",
            "names_this_computer",
            "own computer",
        ),
        (
            "BlobEndpoint=http://127.0.0.1:10000/a;SharedAccessSignature=sig=1",
            "names_this_computer",
            "own computer",
        ),
        (
            "Endpoint=sb://acme.example/;SharedAccessKeyName=Root;SharedAccessKey=YWI=",
            "not_a_connection_string",
            "message",
        ),
        (
            "AccountName=a;AccountKey",
            "not_a_connection_string",
            "no = in it",
        ),
        (
            "AccountName=a;accountname=b;AccountKey=YWI=",
            "twice",
            "AccountName twice",
        ),
    ] {
        assert_eq!(code(value), code_of, "{value}");
        assert!(said(value).contains(words), "{value}: {}", said(value));
        assert_eq!(tells(value, NOW), [], "{value}");
    }
}

#[test]
fn what_was_pasted_instead_is_named() {
    let address = ["https://acmestore.blob.core.windows.net/?", SIGNATURE].concat();
    let quoted = ["AZURE_STORAGE=\"", &whole(), "\""].concat();
    for (value, words) in [
        (address.as_str(), "address with a shared access signature"),
        ("https://acmestore.blob.core.windows.net", "address alone"),
        (SIGNATURE, "signature alone"),
        (KEY, "account key alone"),
        (&quoted, "quotation marks"),
        ("acmestore", "no connection string"),
    ] {
        assert_eq!(code(value), "not_a_connection_string", "{value}");
        assert!(said(value).contains(words), "{value}: {}", said(value));
    }
    let long = ["AccountName=", &"a".repeat(LIMIT)].concat();
    assert_eq!(problem(&long), Some(Problem::TooLong(LIMIT, LIMIT + 12)));
}

#[test]
fn it_says_whose_storage_it_is_and_until_when() {
    assert_eq!(
        texts(&whole()),
        ["Storage account acmestore, with an account key."]
    );
    assert_eq!(
        texts(&signed()),
        [
            "Storage at acmestore.blob.core.windows.net, with a shared access signature until 1 Jan 2027, 00:00 UTC."
        ]
    );
    let policy = "AccountName=acmestore;SharedAccessSignature=sv=1&si=policy&sig=a";
    assert_eq!(
        texts(policy),
        ["Storage account acmestore, with a shared access signature."]
    );
}

#[test]
fn an_end_that_is_near_or_past_is_a_doubt() {
    let ending = |se: &str| {
        let value = signed().replace("2027-01-01T00:00:00Z", se);
        let told = tells(&value, NOW);
        assert!(told[0].title.is_empty());
        told.get(1)
            .map(|told| told.title.clone())
            .unwrap_or_default()
    };
    assert_eq!(ending("2026-12-02T00:00:01Z"), "");
    assert_eq!(ending("2026-12-02"), "This signature ends soon.");
    assert_eq!(ending("2026-11-25T00:00:01Z"), "This signature ends soon.");
    assert_eq!(ending("2026-11-25"), "This signature has ended.");
    assert_eq!(ending("whenever"), "");
}

#[test]
fn what_is_unusual_is_a_doubt() {
    for (value, words) in [
        (
            "AccountName=acmestore;AccountKey=YWI=",
            "unusual account key",
        ),
        (
            "AccountName=Acme_Store;SharedAccessSignature=sig=1",
            "unusual account name",
        ),
        (
            "DefaultEndpointsProtocol=http;AccountName=acmestore;SharedAccessSignature=sig=1",
            "asks for http",
        ),
        (
            "BlobEndpoint=http://acme.example;SharedAccessSignature=sig=1",
            "asks for http",
        ),
    ] {
        assert_eq!(code(value), "", "{value}");
        let doubts: Vec<Told> = tells(value, NOW)
            .into_iter()
            .filter(|told| !told.title.is_empty())
            .collect();
        assert_eq!(doubts.len(), 1, "{value}");
        assert!(doubts[0].title.contains(words), "{value}: {doubts:?}");
    }
}

#[test]
fn no_key_and_no_signature_is_repeated() {
    let mangled = [
        whole(),
        signed(),
        KEY.to_owned(),
        SIGNATURE.to_owned(),
        // What a person may do by mistake: a secret in the place of a name, of an account, of an endpoint.
        ["AccountName=", KEY, ";AccountKey=", KEY].concat(),
        [KEY, "=;", KEY, "=;AccountName=a"].concat(),
        [
            "BlobEndpoint=https://a:c2VjcmV0@b.example/;SharedAccessSignature=",
            SIGNATURE,
        ]
        .concat(),
        [
            "BlobEndpoint=https://a.example/?",
            SIGNATURE,
            ";SharedAccessSignature=",
            SIGNATURE,
        ]
        .concat(),
    ];
    for value in mangled {
        for cut in 0..=value.len() {
            let Some(part) = value.get(..cut) else {
                continue;
            };
            let heard = [format!("{:?}", problem(part)), texts(part).concat()].concat();
            for secret in ["c2VjcmV0", "dGhlLXNpZ25hdHVyZQ"] {
                assert!(!heard.contains(secret), "{part}: {heard}");
            }
        }
    }
}
