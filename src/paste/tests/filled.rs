//! What each service makes of it.

use super::sources::SERVICE_ACCOUNT;
use super::*;

#[test]
fn storefront_bodies_choose_their_row() {
    for (text, row, fields, unused) in [
        (
            r#"{"accountIdentifier": "acme", "auth": {"type": "bearer", "token": "k1"}}"#,
            "api_key",
            "accountIdentifier=acme\ntoken=k1\ntype=bearer",
            "",
        ),
        (
            r#"{"account_identifier": "acme", "auth": {"type": "apikey", "token": "k1"}}"#,
            "api_key",
            "accountIdentifier=acme\ntoken=k1\ntype=api_key",
            "",
        ),
        (
            r#"{"type": "basic", "username": "ann", "password": " p "}"#,
            "basic",
            "username=ann\npassword= p ",
            "",
        ),
        (
            r#"{"auth": {"username": "ann", "password": "p"}}"#,
            "basic",
            "username=ann\npassword=p",
            "",
        ),
        (
            r#"{"accountIdentifier": "a", "marketplaceAccount": true, "auth": {"type": "basic", "username": "u", "password": "***"}}"#,
            "basic",
            "accountIdentifier=a\nusername=u",
            "marketplaceAccount, auth.password",
        ),
    ] {
        assert_eq!(
            filled(Service::Storefront, "jwt", text),
            (row, fields.to_owned(), unused.to_owned()),
            "{text}"
        );
    }
}

#[test]
fn a_service_account_fills_the_form_for_a_key() {
    let (row, fields, unused) = filled(Service::Storefront, "api_key", SERVICE_ACCOUNT);
    let expected = "privateKey=-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n\n\
                    issuer=robot@acme-1.iam.gserviceaccount.com\n\
                    subject=robot@acme-1.iam.gserviceaccount.com\n\
                    keyId=0123456789abcdef\n\
                    tokenEndpointUrl=https://oauth2.googleapis.com/token\n\
                    audienceUrl=https://oauth2.googleapis.com/token\n\
                    algorithm=RS256";
    assert_eq!((row, fields.as_str()), ("jwt", expected));
    assert_eq!(
        unused,
        "type, project_id, client_id, auth_uri, universe_domain"
    );
    // Its client and its project are Google's own.
    assert_eq!(
        filled(Service::Inventory, "client_credentials", SERVICE_ACCOUNT).0,
        ""
    );
    assert_eq!(filled(Service::Registry, "static", SERVICE_ACCOUNT).0, "");
}

static ACCESS: &[&FormSpec] = &[&catalog::INTERCHANGE_ACCESS];

#[test]
fn calls_to_a_source_fill_what_authorizes_them() {
    for (text, row, fields) in [
        (
            "curl https://ads.example/v1 -H 'Authorization: Bearer k1'",
            "api_key",
            "token=k1\ntype=bearer",
        ),
        (
            "curl https://ads.example/v1 -H 'x-api-key: k1'",
            "api_key",
            "token=k1",
        ),
        (
            "curl https://ads.example/v1 -u ann:p",
            "basic",
            "username=ann\npassword=p",
        ),
        (
            "curl https://ads.example/v1 -H 'Authorization: Bearer k1' -d '{\"query\": 1}'",
            "api_key",
            "token=k1\ntype=bearer",
        ),
        // A call to Interchange itself: the token in its header is the person's own.
        (
            "curl -X POST https://api.interchange.io/x -H 'Authorization: Bearer scope3_1' -d '{\"accountIdentifier\": \"acme\", \"auth\": {\"type\": \"api_key\", \"token\": \"k2\"}}'",
            "api_key",
            "accountIdentifier=acme\ntoken=k2\ntype=api_key",
        ),
        (
            "curl -X POST https://api.interchange.io/x -H 'Authorization: Bearer scope3_1' -d '{\"accountIdentifier\": \"acme\"}'",
            "jwt",
            "accountIdentifier=acme",
        ),
    ] {
        let (found, list, _) = filled(Service::Storefront, "jwt", text);
        assert_eq!((found, list.as_str()), (row, fields), "{text}");
    }
    let text = "curl https://api.interchange.io/x -H 'Authorization: Bearer scope3_1' -d '{\"accountIdentifier\": \"a\"}'";
    assert_eq!(
        filled_in(ACCESS, ACCESS[0], text),
        (
            "access",
            "accessToken=scope3_1".to_owned(),
            "accountIdentifier".to_owned()
        )
    );
}

/// The documented command, with values where it has places for them.
fn adobe(body: &str) -> String {
    [
        "curl -X POST https://platform.adobe.io/data/core/activation/authoring/credentials \\\n \
         -H 'Authorization: Bearer eyJ0b2tlbg' \\\n \
         -H 'Content-Type: application/json' \\\n \
         -H 'x-gw-ims-org-id: AC3428435BF324E90A49402A@AdobeOrg' \\\n \
         -H 'x-api-key: e053e1a87cf74c68' \\\n \
         -H 'x-sandbox-name: prod' \\\n \
         -d '\n",
        body,
        "'\n",
    ]
    .concat()
}

#[test]
fn adobe_commands_fill_the_row_of_their_body() {
    for (body, row, fields) in [
        (
            r#"{"type": "OAUTH2_USER_CREDENTIAL", "name": "acme", "oauth2UserAuthentication": {"url": "https://a.example", "clientId": "c", "clientSecret": "s", "username": "u", "password": "p", "header": "h"}}"#,
            "oauth2_user_credential",
            "name=acme\nurl=https://a.example\nclientId=c\nclientSecret=s\nusername=u\npassword=p\nheader=h",
        ),
        (
            r#"{"basicAuthentication": {"url": "string", "username": "u", "password": "p"}}"#,
            "basic",
            "username=u\npassword=p",
        ),
        (
            r#"{"s3Authentication": {"accessId": "AKIA", "secretKey": "s"}}"#,
            "s3",
            "accessId=AKIA\nsecretKey=s",
        ),
        (
            r#"{"type": "basic", "s3Authentication": {"accessId": "AKIA", "secretKey": "s"}}"#,
            "s3",
            "accessId=AKIA\nsecretKey=s",
        ),
        (
            r#"{"sshAuthentication": {"username": "u", "sshKey": "k"}}"#,
            "ssh",
            "username=u\nsshKey=k",
        ),
        (
            r#"{"azureConnectionStringAuthentication": {"connectionString": "AccountName=a"}}"#,
            "azure_connection_string",
            "connectionString=AccountName=a",
        ),
        (
            r#"{"azureAuthentication": {"url": "https://a.example", "tenant": "t", "servicePrincipalId": "i", "servicePrincipalKey": "k"}}"#,
            "azure_service_principal",
            "url=https://a.example\ntenant=t\nservicePrincipalId=i\nservicePrincipalKey=k",
        ),
        // Flat, with the type of the documents.
        (
            r#"{"type": "SSH", "username": "u", "ssh_key": "k"}"#,
            "ssh",
            "username=u\nsshKey=k",
        ),
    ] {
        let (found, list, unused) = filled(Service::Destinations, "oauth1", &adobe(body));
        assert_eq!((found, list.as_str()), (row, fields), "{body}");
        assert!(
            unused.starts_with("Authorization, x-gw-ims-org-id, x-api-key, x-sandbox-name"),
            "{unused}"
        );
        // The token in the header goes to the form for our own access, and nothing of the body does.
        let ours = filled_in(
            catalog::ADOBE_ACCESS,
            catalog::ADOBE_ACCESS[0],
            &adobe(body),
        );
        let list = "imsOrgId=AC3428435BF324E90A49402A@AdobeOrg\napiKey=e053e1a87cf74c68\naccessToken=eyJ0b2tlbg\nsandboxName=prod";
        assert_eq!((ours.0, ours.1.as_str()), ("adobe_token", list), "{body}");
    }
}

#[test]
fn the_documented_command_itself_only_chooses_the_row() {
    let body = r#"{
       "oauth2UserAuthentication":{"url":"string","clientId":"string","clientSecret":"string"},
       "oauth2ClientAuthentication":{"url":"string","clientId":"string","clientSecret":"string","developerToken":"string"}
    }"#;
    let text = adobe(body).replace("eyJ0b2tlbg", "{ACCESS_TOKEN}");
    let (row, fields, unused) = filled(Service::Destinations, "oauth2_client_credential", &text);
    assert_eq!((row, fields.as_str()), ("oauth2_client_credential", ""));
    assert!(
        unused.contains("Authorization")
            && unused.contains("oauth2ClientAuthentication.developerToken"),
        "{unused}"
    );
    // A look at the list carries the person's own token, which is nobody's credential.
    let list = "curl https://platform.adobe.io/x -H 'Authorization: Bearer abc' -H 'x-gw-ims-org-id: a@AdobeOrg' -H 'x-api-key: b'";
    assert_eq!(
        filled(Service::Destinations, "oauth2_access_token", list).0,
        ""
    );
}

#[test]
fn answers_are_read_like_bodies() {
    let text = r#"{"items": [{"instanceId": "n55affa0", "createdDate": "2021-06-07T06:41:48Z", "type": "BASIC", "name": "acme",
        "basicAuthentication": {"username": "u", "password": "p"}}, {"instanceId": "n2"}]}"#;
    let (row, fields, unused) = filled(Service::Destinations, "s3", text);
    assert_eq!(
        (row, fields.as_str()),
        ("basic", "name=acme\nusername=u\npassword=p")
    );
    assert_eq!(unused, "items.instanceId, items.createdDate, items[1]");
}

#[test]
fn files_of_others_find_their_row() {
    let ssh = include_str!("../../../tests/fixtures/ssh/ed25519").trim();
    for (text, row, fields) in [
        (
            "[default]\naws_access_key_id = AKIA\naws_secret_access_key = s",
            "s3",
            "accessId=AKIA\nsecretKey=s".to_owned(),
        ),
        (
            "Access key ID,Secret access key\nAKIA,s",
            "s3",
            "accessId=AKIA\nsecretKey=s".to_owned(),
        ),
        (
            "AWS_ACCESS_KEY_ID=AKIA\nAWS_SECRET_ACCESS_KEY=s\nAWS_REGION=eu-west-1",
            "s3",
            "accessId=AKIA\nsecretKey=s".to_owned(),
        ),
        (
            r#"{"AccessKey": {"UserName": "a", "AccessKeyId": "AKIA", "SecretAccessKey": "s", "Status": "Active"}}"#,
            "s3",
            "accessId=AKIA\nsecretKey=s".to_owned(),
        ),
        (
            "AccountName=a;AccountKey=YWI=",
            "azure_connection_string",
            "connectionString=AccountName=a;AccountKey=YWI=".to_owned(),
        ),
        (
            "AZURE_STORAGE_CONNECTION_STRING='AccountName=a;AccountKey=YWI='",
            "azure_connection_string",
            "connectionString=AccountName=a;AccountKey=YWI=".to_owned(),
        ),
        (
            r#"{"appId": "i", "displayName": "d", "password": "k", "tenant": "t"}"#,
            "azure_service_principal",
            "tenant=t\nservicePrincipalId=i\nservicePrincipalKey=k".to_owned(),
        ),
        (ssh, "ssh", ["sshKey=", ssh].concat()),
        (
            "SFTP_USER=ann\nSFTP_PASSWORD=p",
            "basic",
            "username=ann\npassword=p".to_owned(),
        ),
        (
            "curl https://auth.example/token -d grant_type=client_credentials -d client_id=c -d client_secret=s",
            "oauth2_client_credential",
            "url=https://auth.example/token\nclientId=c\nclientSecret=s".to_owned(),
        ),
    ] {
        let (found, list, _) = filled(Service::Destinations, "oauth1", text);
        assert_eq!((found, list), (row, fields), "{text}");
    }
}

#[test]
fn the_registry_is_filled_from_variables_and_commands() {
    let env = "# Acme, staging\nexport ACME_TOKEN_URL=https://auth.example/token\nACME_CLIENT_ID='abc'\n\
               ACME_CLIENT_SECRET=\"s3cret\"\nACME_SCOPE=read\nDATABASE_URL=postgres://u:p@h/d\nREFRESH_TOKEN=r";
    assert_eq!(
        filled(Service::Registry, "static", env),
        (
            "oauth_client_credentials",
            "token_endpoint=https://auth.example/token\nclient_id=abc\nclient_secret=s3cret\nscope=read".to_owned(),
            "DATABASE_URL, REFRESH_TOKEN".to_owned()
        )
    );
    for (text, row, fields) in [
        (
            r#"{"token_endpoint": "https://a.example", "client_id": "i", "client_secret": "s", "auth_method": "body", "resource": ["urn:a", "urn:b"]}"#,
            "oauth_client_credentials",
            "token_endpoint=https://a.example\nclient_id=i\nclient_secret=s\nresource=urn:a urn:b\nauth_method=body",
        ),
        (
            "curl -X POST https://auth.example/token -u abc:s3cret -d grant_type=client_credentials -d scope='a b'",
            "oauth_client_credentials",
            "token_endpoint=https://auth.example/token\nclient_id=abc\nclient_secret=s3cret\nscope=a b",
        ),
        (
            r#"{"auth_token": "t", "auth_type": "basic"}"#,
            "static",
            "auth_token=t\nauth_type=basic",
        ),
        (
            "curl https://agent.example/mcp -H 'Authorization: Bearer t'",
            "static",
            "auth_token=t\nauth_type=bearer",
        ),
        (
            "curl https://agent.example/mcp -u ann:p",
            "static",
            "auth_token=ann:p\nauth_type=basic",
        ),
        (
            "curl -X PUT https://registry.example/connect -H 'Authorization: Bearer sk_1' --json '{\"auth_token\": \"t\"}'",
            "static",
            "auth_token=t",
        ),
    ] {
        let (found, list, _) = filled(Service::Registry, "static", text);
        assert_eq!((found, list.as_str()), (row, fields), "{text}");
    }
    let pair = filled(
        Service::Registry,
        "oauth_client_credentials",
        "curl https://agent.example/mcp -u ann:p",
    );
    assert_eq!(pair.2, "");
}

#[test]
fn the_inventory_is_filled_from_both_steps_of_its_documents() {
    let first = "curl -X POST https://auth.dev.retailmedia.verve.com/oauth/v2/token \\\n  \
                 -H 'Content-Type: application/x-www-form-urlencoded' -H 'Accept: application/json' \\\n  \
                 -d 'grant_type=client_credentials&client_id=your-user%40your-org&client_secret=your-client-secret&scope=openid'";
    assert_eq!(
        filled(Service::Inventory, "client_credentials", first),
        (
            "client_credentials",
            "client_id=your-user@your-org\nclient_secret=your-client-secret".to_owned(),
            "scope, token_endpoint".to_owned()
        )
    );
    let second = "curl -X POST https://api.dev.retailmedia.verve.com/v1alpha/inventory/devices \\\n  \
                  -H 'Authorization: Bearer eyJhbGciOiJSUzI1NiIsImtpZCI6' \\\n  \
                  -H 'X-Verve-Namespace: project:01ABCDEFGHIJKLMNOPQRSTUVWX' -H 'Content-Type: application/json' -d '{}'";
    assert_eq!(
        filled(Service::Inventory, "client_credentials", second),
        (
            "client_credentials",
            "project_id=01ABCDEFGHIJKLMNOPQRSTUVWX".to_owned(),
            "Authorization".to_owned()
        )
    );
    let env = "VERVE_CLIENT_ID=a@b\nVERVE_CLIENT_SECRET=s\nVERVE_PROJECT_ID=01AB";
    assert_eq!(
        filled(Service::Inventory, "client_credentials", env).1,
        "client_id=a@b\nclient_secret=s\nproject_id=01AB"
    );
}
