//! What is known about the inventory while the sandbox runs.

use super::switches::Switches;
use crate::tokens::Tokens;
use serde_json::Value;

/// The service account, printed at the start.
pub const DEMO_CLIENT: &str = "demo-user@demo-org";
/// Its secret.
pub const DEMO_SECRET: &str = "Vw3kQz8TnR5bLx2JdHs7GfPc9YmA";
/// The project that the account may see: the documented placeholder, which no strict reader of ULIDs would take.
pub const DEMO_PROJECT: &str = "01ABCDEFGHIJKLMNOPQRSTUVWX";

/// The switches, and the tokens that were given.
#[derive(Debug)]
pub struct Inventory {
    pub switches: Switches,
    pub tokens: Tokens,
}

impl Inventory {
    pub fn new(switches: Switches) -> Self {
        Self {
            switches,
            tokens: Tokens::default(),
        }
    }

    /// Changes some switches, and forgets what it is told to. An error names what does not fit, and then nothing
    /// is changed.
    pub fn switch(&mut self, body: &Value) -> Result<(), String> {
        let switches = self.switches.changed(body)?;
        self.tokens.forget(body.get("forget"))?;
        self.switches = switches;
        Ok(())
    }
}
