//! The documented rate limits: calls of one caller, counted over a while.

use axum::http::{HeaderMap, HeaderValue};
use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

const MINUTE: Duration = Duration::from_mins(1);
/// The documented general limit.
pub const PER_MINUTE: u32 = 100;

/// What is told in the headers of every answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    pub limit: u32,
    pub remaining: u32,
    /// Whole seconds until the count starts again.
    pub reset: u64,
    pub exceeded: bool,
}

impl Allowance {
    /// Writes it into the headers of an answer.
    pub fn tell(&self, headers: &mut HeaderMap) {
        headers.insert("ratelimit-limit", HeaderValue::from(self.limit));
        headers.insert("ratelimit-remaining", HeaderValue::from(self.remaining));
        headers.insert("ratelimit-reset", HeaderValue::from(self.reset));
    }
}

/// Counts requests in fixed windows.
#[derive(Debug)]
pub struct Limiter {
    most: u32,
    window: Duration,
    windows: HashMap<String, (Instant, u32)>,
}

impl Limiter {
    pub fn new(per_minute: u32) -> Self {
        Self::over(per_minute, MINUTE)
    }

    /// Counts over windows of another length.
    pub fn over(most: u32, window: Duration) -> Self {
        Self {
            most,
            window,
            windows: HashMap::new(),
        }
    }

    /// Counts one request of `caller` at `now`.
    pub fn take(&mut self, caller: &str, now: Instant) -> Allowance {
        let fresh = (now, 0);
        let window = self.windows.entry(caller.to_owned()).or_insert(fresh);
        if now.duration_since(window.0) >= self.window {
            *window = fresh;
        }
        window.1 = window.1.saturating_add(1);
        let left = self.window.saturating_sub(now.duration_since(window.0));
        Allowance {
            limit: self.most,
            remaining: self.most.saturating_sub(window.1),
            // Rounded up: whoever waits that long is let in.
            reset: left.as_secs() + u64::from(left.subsec_nanos() > 0),
            exceeded: window.1 > self.most,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_each_caller_and_starts_again_after_a_minute() {
        let start = Instant::now();
        let mut limiter = Limiter::new(2);
        assert_eq!(limiter.take("a", start).remaining, 1);
        assert_eq!(limiter.take("a", start).remaining, 0);
        let third = limiter.take("a", start + Duration::from_millis(1500));
        assert!(third.exceeded);
        assert_eq!(third.reset, 59);
        assert!(!limiter.take("b", start).exceeded);
        assert!(!limiter.take("a", start + MINUTE).exceeded);
    }
}
