//! The time of new rows and of the request log.

use jiff::Timestamp;

/// Now, as the API writes times: UTC with milliseconds, such as `2026-02-23T19:55:11.602Z`.
pub fn now() -> String {
    format!("{:.3}", Timestamp::now())
}
