//! Each kind of text, and the names and values in it.

use super::*;

#[test]
fn an_api_body_is_read_with_the_places_of_its_values() {
    assert_eq!(
        listed(
            r#"{"name": "a", "auth": {"type": "basic", "n": 12, "on": true, "no": null, "list": ["a", "b"]}}"#
        ),
        (
            Kind::Body,
            "name=a\nauth.type=basic\nauth.n=12\nauth.on=true\nauth.list=a b".to_owned()
        )
    );
    assert_eq!(
        listed("[{\"a\": \"1\"}, {\"a\": \"2\"}]"),
        (Kind::Body, "a=1\n[1]=".to_owned())
    );
    assert_eq!(listed("{\"a\": \"1\", \"a\": \"2\"}").1, "a=2");
    assert_eq!(
        listed("grant_type=client_credentials&client_id=a%40b&client_secret=c+d%"),
        (
            Kind::Body,
            "grant_type=client_credentials\nclient_id=a@b\nclient_secret=c d%".to_owned()
        )
    );
}

#[test]
fn a_command_is_read_in_every_shells_writing() {
    let expected = "header.x-api-key=k\nheader.x-sandbox-name=prod\na=it's \"b\"\nc=1";
    for text in [
        "curl -X POST https://a.example -H 'x-api-key: k' -H 'x-sandbox-name: prod' -d '{\"a\": \"it'\\''s \\\"b\\\"\", \"c\": 1}'",
        "curl \\\n  --request POST --url https://a.example \\\n  --header \"x-api-key: k\" \\  \n  --header \"x-sandbox-name: prod\" \\\n  --data \"{\\\"a\\\": \\\"it's \\\\\\\"b\\\\\\\"\\\", \\\"c\\\": 1}\" \\\n",
        "$ curl https://a.example -sSH 'x-api-key: k' -Hx-sandbox-name:prod --json $'{\"a\": \"it\\'s \\\\\"b\\\\\"\", \"\\u0063\": \\x31}' | jq .",
        "curl.exe \"https://a.example\" ^\n -H \"x-api-key: k\" ^\n -H \"x-sandbox-name: prod\" ^\n --data-raw \"{\\\"a\\\":\\\"it's \\\\\\\"b\\\\\\\"\\\",\\\"c\\\":1}\"",
        "curl ^\"https://a.example^\" -H ^\"x-api-key: k^\" -H ^\"x-sandbox-name: prod^\" --data-raw ^\"^{^\\^\"a^\\^\":^\\^\"it's ^\\^\\\\^\"b^\\^\\\\^\"^\\^\",^\\^\"c^\\^\":1^}^\"",
        "curl https://a.example `\n -H 'x-api-key: k' `\n -H 'x-sandbox-name: prod' `\n -d '{\"a\": \"it\\u0027s \\\"b\\\"\", \"c\": 1}'",
        // Documents that lost their backslashes, with a remark in front.
        "# Create it\nRequest:\n curl -X POST https://a.example\n -H 'x-api-key: k'\n -H 'x-sandbox-name: prod'\n -d '{\"a\": \"it\\u0027s \\\"b\\\"\", \"c\": 1}'\n\nThe answer is:",
    ] {
        let (kind, list) = listed(text);
        assert_eq!((kind, list.as_str()), (Kind::Curl, expected), "{text}");
    }
}

#[test]
fn options_that_say_nothing_are_passed_over_with_their_values() {
    let text = "curl -sS -o out.json --max-time 30 -A 'me' -k -L --compressed -w '%{http_code}' -b 'c=1' \
                -H 'Content-Type: application/json' -H 'Accept: */*' --retry 3 -d a=1 -d b=2 https://a.example";
    assert_eq!(listed(text).1, "a=1\nb=2");
}

#[test]
fn what_authorizes_a_call_is_taken_apart() {
    for (text, expected) in [
        (
            "curl -u ann:pa:ss https://a.example",
            "header.pair=ann:pa:ss\nheader.auth_type=basic\nheader.username=ann\nheader.password=pa:ss",
        ),
        (
            "curl -H 'Authorization: Basic YW5uOnBhOnNz' https://a.example",
            "header.pair=ann:pa:ss\nheader.auth_type=basic\nheader.username=ann\nheader.password=pa:ss",
        ),
        (
            "curl https://ann:p%40ss+@a.example/x",
            "header.pair=ann:p@ss+\nheader.auth_type=basic\nheader.username=ann\nheader.password=p@ss+",
        ),
        (
            "curl -H 'Authorization: Bearer abc' https://a.example",
            "header.auth_type=bearer\nheader.Authorization=abc",
        ),
        (
            "curl --oauth2-bearer abc https://a.example",
            "header.auth_type=bearer\nheader.Authorization=abc",
        ),
        (
            "curl -H 'X-Verve-Namespace: project:01AB' https://a.example",
            "header.X-Verve-Namespace=01AB",
        ),
    ] {
        assert_eq!(listed(text).1, expected, "{text}");
    }
}

#[test]
fn a_call_for_a_token_names_its_endpoint_and_its_client() {
    for text in [
        "curl -X POST https://auth.example/token -d grant_type=client_credentials -d client_id=a%40b -d client_secret=s%2B",
        "curl https://auth.example/token --data 'grant_type=client_credentials&client_id=a%40b&client_secret=s%2B'",
        "curl https://auth.example/token --data-urlencode grant_type=client_credentials --data-urlencode client_id=a@b --data-urlencode client_secret=s+",
        "curl -X POST 'https://auth.example/token?grant_type=client_credentials&client_id=a%40b&client_secret=s%2B'",
        "curl https://auth.example/token -u 'a%40b:s%2B' -d grant_type=client_credentials",
        "curl https://auth.example/token --json '{\"grant_type\": \"client_credentials\", \"client_id\": \"a@b\", \"client_secret\": \"s+\"}'",
    ] {
        let (_, values) = taken(text);
        for (name, value) in [
            ("client_id", "a@b"),
            ("client_secret", "s+"),
            ("token_endpoint", "https://auth.example/token"),
        ] {
            let found = values.iter().find(|(known, _)| known == name);
            assert_eq!(
                found.map(|(_, value)| value.as_str()),
                Some(value),
                "{text}"
            );
        }
    }
}

#[test]
fn a_service_account_is_known_by_what_is_in_it() {
    let (kind, values) = taken(SERVICE_ACCOUNT);
    assert_eq!(kind, Kind::ServiceAccount);
    assert!(values.contains(&("algorithm".to_owned(), "RS256".to_owned())));
}

/// The file as Google gives it out, with a key of our own.
pub const SERVICE_ACCOUNT: &str = r#"{
  "type": "service_account",
  "project_id": "acme-1",
  "private_key_id": "0123456789abcdef",
  "private_key": "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n",
  "client_email": "robot@acme-1.iam.gserviceaccount.com",
  "client_id": "1234567890",
  "auth_uri": "https://accounts.google.com/o/oauth2/auth",
  "token_uri": "https://oauth2.googleapis.com/token",
  "universe_domain": "googleapis.com"
}"#;

#[test]
fn connection_strings_are_known_by_their_first_name() {
    let text = "DefaultEndpointsProtocol=https;AccountName=acme;\r\n AccountKey=YWI=;EndpointSuffix=core.windows.net\n";
    let whole = "connectionString=DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=YWI=;EndpointSuffix=core.windows.net";
    assert_eq!(listed(text), (Kind::ConnectionString, whole.to_owned()));
    let named = listed("AZURE_STORAGE_CONNECTION_STRING=\"AccountName=acme;AccountKey=YWI=\"");
    assert_eq!(
        named,
        (
            Kind::Env,
            "AZURE_STORAGE_CONNECTION_STRING=AccountName=acme;AccountKey=YWI=".to_owned()
        )
    );
}

#[test]
fn the_default_profile_goes_first() {
    let other = "[work]\naws_access_key_id = AKIAWORK\naws_secret_access_key = w\n";
    let default = "[default]\naws_access_key_id=AKIADEFAULT\naws_secret_access_key=d/+=\naws_session_token=t\n";
    let expected =
        "aws_access_key_id=AKIADEFAULT\naws_secret_access_key=d/+=\naws_session_token=t\n[work]=";
    for text in [[other, default].concat(), [default, "\n", other].concat()] {
        assert_eq!(listed(&text), (Kind::AwsProfile, expected.to_owned()));
    }
    assert_eq!(
        listed(other).1,
        "aws_access_key_id=AKIAWORK\naws_secret_access_key=w"
    );
    let bare = "aws_access_key_id=AKIA\naws_secret_access_key=s";
    assert_eq!(listed(bare), (Kind::AwsProfile, bare.to_owned()));
}

#[test]
fn the_table_of_the_console_is_read() {
    let expected = "Access key ID=AKIAIOSFODNN7EXAMPLE\nSecret access key=wJalr/K7MDENG,+\"";
    for text in [
        "\u{feff}Access key ID,Secret access key\r\nAKIAIOSFODNN7EXAMPLE,\"wJalr/K7MDENG,+\"\"\"\r\n",
        "\"Access key ID\", \"Secret access key\"\n\"AKIAIOSFODNN7EXAMPLE\", \"wJalr/K7MDENG,+\"\"\"",
    ] {
        assert_eq!(listed(text), (Kind::AwsCsv, expected.to_owned()));
    }
    assert_eq!(
        listed("Access key ID,Secret access key\na,b\nc,d").1,
        "Access key ID=a\nSecret access key=b\nfurther rows="
    );
}

#[test]
fn lines_of_variables_are_read_as_a_shell_would() {
    let text = "# Acme\nexport CLIENT_ID=abc # the client\nCLIENT_SECRET='it is # \"s\"'\n\nSCOPE = \"a b\\n\"\nEMPTY=\nset X=1\n\
                $env:Y = \"2\"\nKEY=\"-----BEGIN\nEND-----\"\nZ=a#b\nno line\nT=#x";
    let expected = "CLIENT_ID=abc\nCLIENT_SECRET=it is # \"s\"\nSCOPE=a b\n\nX=1\nY=2\nKEY=-----BEGIN\nEND-----\nZ=a#b\nT=";
    assert_eq!(listed(text), (Kind::Env, expected.to_owned()));
}

#[test]
fn key_files_are_told_apart() {
    let ssh = include_str!("../../../tests/fixtures/ssh/ed25519");
    assert_eq!(
        taken(ssh),
        (
            Kind::SshKey,
            vec![("sshKey".to_owned(), ssh.trim().to_owned())]
        )
    );
    let pem = include_str!("../../../tests/fixtures/keys/p256.pem");
    assert_eq!(
        taken(pem),
        (
            Kind::PrivateKey,
            vec![("privateKey".to_owned(), pem.trim().to_owned())]
        )
    );
    assert_eq!(
        taken(include_str!("../../../tests/fixtures/ssh/dsa-pem")).0,
        Kind::SshKey
    );
    assert_eq!(
        taken(include_str!("../../../tests/fixtures/keys/encrypted.pem")).0,
        Kind::PrivateKey
    );
    assert_eq!(taken(&pem.replace('-', "\u{2013}")).0, Kind::PrivateKey);
    // A letter around it is of no account to the field.
    let (kind, values) = taken(&["Hello Ann,\nhere is the key:\n", pem, "Bye"].concat());
    assert_eq!(
        (kind, values[0].0.as_str()),
        (Kind::PrivateKey, "privateKey")
    );
    // The names in front of it tell that this is a file of settings, with quotation marks or without.
    let settings = ["ID=1\nKEY=", pem, "LAST=2"].concat();
    let expected = [("ID", "1"), ("KEY", pem.trim()), ("LAST", "2")]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(taken(&settings), (Kind::Env, expected.to_vec()));
    assert_eq!(taken(&["KEY=\"", pem, "\""].concat()).0, Kind::Env);
}

#[test]
fn what_copying_puts_around_a_text_is_dropped() {
    for text in [
        "```\nA=1\nB=2\n```",
        "```bash\nA=1\nB=2\n```\nand so on",
        "~~~sh\r\nA=1\r\nB=2\r\n~~~",
        "\u{feff}A=1\r\nB=2\r\n",
        "A=1\rB=2",
        "\n\n  A=1\n B=2  \n",
        "```env\nA=1\nB=2",
    ] {
        assert_eq!(listed(text), (Kind::Env, "A=1\nB=2".to_owned()), "{text:?}");
    }
}

#[test]
fn a_request_is_read_as_documents_print_it() {
    let token = "POST /oauth/v2/token HTTP/1.1\nHost: auth.example\nAccept: application/json\n\n\
                 grant_type=client_credentials&client_id=u%40o&client_secret=s&scope=openid";
    let (kind, text) = listed(token);
    assert_eq!(kind, Kind::Request);
    for line in [
        "client_id=u@o",
        "client_secret=s",
        "https://auth.example/oauth/v2/token",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    let call = "POST /v1/devices HTTP/1.1\nHost: a.example\nAuthorization: Bearer t\n\
                X-Verve-Namespace: project:01AB\n\n{}";
    assert!(listed(call).1.contains("01AB"));
    // Without a version it is something else.
    assert!(read("POST /oauth/v2/token\nHost: a.example\n\nhello").is_err());
}
