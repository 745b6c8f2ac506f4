//! What is printed at the start: one line for programs, then the text for people.

use crate::{
    accounts::ACCOUNTS,
    destinations, inventory,
    registry::{DEMO_KEY, DEMO_USER},
    state::Services,
};
use serde_json::json;
use std::fmt::Write;

/// The whole text. `console` and `auth` are the two addresses, each with a slash at its end; the credentials of
/// the other services are told when the configuration has them.
pub fn text(console: &str, auth: &str, services: Services) -> String {
    let mut text = format!(
        "{{\"console\":{},\"auth\":{}}}\n",
        json!(console),
        json!(auth)
    );
    let _ = write!(
        text,
        "\nThe console is at  {console}\nProviders play at  {auth}\n\nAccess tokens of the sandbox:\n"
    );
    for account in &ACCOUNTS {
        let _ = writeln!(text, "  {:<21}{}", account.token, account.purpose);
    }
    if services.registry {
        let _ = write!(
            text,
            "\nTokens of the agent registry:\n  {DEMO_USER:<21}a person in two organisations, as after signing in\n  \
             {DEMO_KEY:<21}an organisation's key: nothing of the person's is reached\n"
        );
    }
    if services.destinations {
        let _ = write!(
            text,
            "\nCredentials of the destinations (Developer Console):\n  Client ID            {}\n  \
             Client Secret        {}\n  Organization ID      {}\n  Sandbox              {}\n  \
             Access token         {}\n",
            destinations::DEMO_CLIENT,
            destinations::DEMO_SECRET,
            destinations::DEMO_ORG,
            destinations::DEMO_SANDBOX,
            destinations::DEMO_TOKEN
        );
    }
    if services.inventory {
        let _ = write!(
            text,
            "\nCredentials of the inventory:\n  Client ID            {}\n  Client Secret        {}\n  \
             Project ID           {}\n",
            inventory::DEMO_CLIENT,
            inventory::DEMO_SECRET,
            inventory::DEMO_PROJECT
        );
    }
    let _ = write!(
        text,
        "\nTry this first:\n  1. Open {console}\n  2. Choose Premium CTV Storefront and paste scope3_demo_buyer\n  \
         3. Connect \"Premium CTV \u{2014} Direct\" with any key\n\nStop with Ctrl+C. Nothing is kept.\n"
    );
    text
}
