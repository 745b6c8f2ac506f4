//! Nine credentials that are hard to tell apart, one for each way that a page of the documents describes.

use super::{
    DEMO_SANDBOX,
    kinds::Kind,
    store::{Content, Row},
};
use crate::settings::Scenario;
use serde_json::{Value, json};

const LONG: &str = "Acme audience export for the quarterly retail media campaign of all regions, refreshed every \
    night from the unified profile and delivered to the partner's landing zone until the end of the pilot (EU)";

/// The credentials of a scenario.
pub fn of(scenario: Scenario) -> Vec<Row> {
    match scenario {
        Scenario::Empty => Vec::new(),
        Scenario::Twelve => nine().into_iter().take(2).collect(),
        Scenario::Demo | Scenario::Large | Scenario::OldShapes => nine(),
    }
}

fn nine() -> Vec<Row> {
    vec![
        row(
            "n55affa0-3747-4030-895d-1d1236bb3680",
            1,
            Some("BASIC"),
            Some("Acme audience export"),
            "basicAuthentication",
            json!({
                "url": "https://sftp.acmebrand.example/login",
                "username": "acme-export",
                "password": "Rk7!vTq2-winter-harbor",
            }),
        ),
        row(
            "n55affa0-3747-4030-895d-1d1236bb3681",
            2,
            Some("S3"),
            Some("Acme audience export (EU)"),
            "s3Authentication",
            json!({
                "accessId": "AKIADEMOACMEEU000001",
                "secretKey": "m4Zt9wQx/1LrYpB7cDkNv2HsGf8aUeJo3iTnRq5X",
            }),
        ),
        row(
            "n0c7d1e5-5b1f-4c58-9d0f-7a4e2f61b390",
            3,
            Some("SSH"),
            Some("Acme audience export (US)"),
            "sshAuthentication",
            json!({
                "username": "acme-export-us",
                "sshKey": "c3NoLWRlbW8ta2V5LW9mLWFjbWUtdXMtbm90LWEtcmVhbC1vbmU=",
            }),
        ),
        row(
            "n2f9b6a8-91c3-4e07-b2da-3c5580e7d41f",
            4,
            None,
            Some("Acme audience export EU"),
            "azureAuthentication",
            json!({
                "url": "https://login.azure.example/oauth2/token",
                "tenant": "acmebrand.example",
                "servicePrincipalId": "8d2f6c1b-77aa-4f0e-9c35-1b6f0e42d9a7",
                "servicePrincipalKey": "Zk8~vQ2pL.rT6wYx-9HsDcB4nMfJ1uGe",
            }),
        ),
        row(
            "n8e41c07-d2a6-45f9-83be-60f17c9a2b5d",
            5,
            None,
            Some(LONG),
            "azureConnectionStringAuthentication",
            json!({
                "connectionString": "DefaultEndpointsProtocol=https;AccountName=acmeexport;\
                    AccountKey=bXlkZW1vYWNjb3VudGtleWZvcmFjbWU=;EndpointSuffix=storage.azure.example",
            }),
        ),
        row(
            "nb63a9f2-0d74-4b8c-a5e1-94d8372cf016",
            6,
            Some("OAUTH2_USER_CREDENTIAL"),
            Some("Northlight lookalikes"),
            "oauth2UserAuthentication",
            json!({
                "url": "https://auth.northlight.example/token",
                "clientId": "northlight-acme",
                "clientSecret": "7c2b91e4d8f04a6b",
                "username": "acme@northlight.example",
                "password": "copper-lantern-42",
                "header": "Basic bm9ydGhsaWdodDphY21l",
            }),
        ),
        // Like the samples of the newer documents, which leave `type` out.
        row(
            "nd17e5b0-6f82-4c39-b90a-2e6c84f5a713",
            7,
            None,
            Some("Northlight lookalikes (test)"),
            "oauth2ClientAuthentication",
            json!({
                "url": "https://auth.northlight.example/token",
                "clientId": "northlight-acme-test",
                "clientSecret": "e08d5f17b3a94c62",
                "developerToken": "dev-5f1c0a7be2",
            }),
        ),
        row(
            "n4a8c2d6-ee15-4d97-8f6b-b71d09c35e28",
            8,
            Some("OAUTH2_ACCESS_TOKEN"),
            None,
            "oauth2AccessTokenAuthentication",
            json!({
                "accessToken": "ya29-demo-Vb3kLw8QzTn5",
                "expiration": "3600",
                "username": "acme",
                "userId": "100482",
            }),
        ),
        // An id is opaque: whoever puts this one into a path has to encode it.
        row(
            "n9/b4 e0%2F7d",
            9,
            Some("OAUTH2_REFRESH_TOKEN"),
            Some("Acme audience export (EU) "),
            "oauth2RefreshTokenAuthentication",
            json!({
                "refreshToken": "1//demo-Hq6vYx2RbKp9",
                "clientId": "acme-refresh",
                "clientSecret": "4b7d02e9c1f85a36",
                "url": "https://auth.acmebrand.example/token",
                "expiration": "2592000",
            }),
        ),
    ]
}

fn row(
    id: &str,
    day: u32,
    kind: Option<&str>,
    name: Option<&str>,
    key: &str,
    members: Value,
) -> Row {
    let kind_of = Kind::of_key(key).expect("a seeded body is a known one");
    let Value::Object(members) = members else {
        unreachable!("a seeded body is an object")
    };
    let created = format!("2026-0{day}-07T06:41:48.641943Z");
    Row {
        id: id.to_owned(),
        sandbox: DEMO_SANDBOX,
        modified: created.clone(),
        created,
        content: Content {
            kind: kind.map(str::to_owned),
            name: name.map(str::to_owned),
            key: kind_of.key,
            members,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::destinations::{input, kinds::KINDS};

    #[test]
    fn every_seeded_credential_is_one_that_could_be_saved() {
        let rows = nine();
        for row in &rows {
            let mut body = json!({ row.content.key: row.content.members });
            if let Some(kind) = &row.content.kind {
                body["type"] = json!(kind);
            }
            if let Some(name) = &row.content.name {
                body["name"] = json!(name);
            }
            let read = input::read(body.to_string().as_bytes(), None);
            assert_eq!(read.expect("is taken"), row.content, "{}", row.id);
        }
        let keys: Vec<_> = rows.iter().map(|row| row.content.key).collect();
        let old = KINDS.iter().map(|kind| kind.key);
        let missing: Vec<_> = old.filter(|key| !keys.contains(key)).collect();
        assert_eq!(missing, ["oauth1Authentication"]);
    }
}
