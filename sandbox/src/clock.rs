//! The time of new rows and of the request log.

use jiff::Timestamp;

/// Now, as the API writes times: UTC with milliseconds, such as `2026-02-23T19:55:11.602Z`.
pub fn now() -> String {
    format!("{:.3}", Timestamp::now())
}

/// Now with microseconds, such as `2021-06-07T06:41:48.641943Z`.
pub fn now_exactly() -> String {
    format!("{:.6}", Timestamp::now())
}

/// Now, in milliseconds since 1970.
pub fn milliseconds() -> i64 {
    Timestamp::now().as_millisecond()
}

/// Now, in whole seconds since 1970.
pub fn seconds() -> i64 {
    Timestamp::now().as_second()
}
