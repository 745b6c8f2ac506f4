//! Instants as text (RFC 3339), read without a clock and without a calendar of the browser's.

use crate::credential::number::digits;

/// Milliseconds since 1970-01-01 UTC of an instant such as `2026-02-23T19:55:11.602Z`; nothing when it
/// is no date and time with an offset. Digits beyond the millisecond are dropped.
pub fn millis(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    let number = |at: usize, length: usize| -> Option<i64> {
        let digits = bytes.get(at..at + length)?;
        digits.iter().try_fold(0, |sum, byte| {
            byte.is_ascii_digit()
                .then(|| sum * 10 + i64::from(byte - b'0'))
        })
    };
    let is = |at: usize, wanted: &[u8]| bytes.get(at).is_some_and(|byte| wanted.contains(byte));
    let marks: [(usize, &[u8]); 5] = [(4, b"-"), (7, b"-"), (10, b"Tt "), (13, b":"), (16, b":")];
    if !marks.iter().all(|(at, wanted)| is(*at, wanted)) {
        return None;
    }
    let (year, month, day) = (number(0, 4)?, number(5, 2)?, number(8, 2)?);
    let (hour, minute, second) = (number(11, 2)?, number(14, 2)?, number(17, 2)?);
    let fits = (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && hour < 24
        && minute < 60
        && second < 61;
    let mut at = 19;
    let mut millis = 0;
    if is(at, b".") {
        at += 1;
        let mut worth = 100;
        while let Some(digit) = number(at, 1) {
            millis += digit * worth;
            worth /= 10;
            at += 1;
        }
    }
    let offset = if is(at, b"Zz") {
        at += 1;
        0
    } else {
        let sign = match bytes.get(at)? {
            b'+' => 1,
            b'-' => -1,
            _ => return None,
        };
        if !is(at + 3, b":") {
            return None;
        }
        let minutes = number(at + 1, 2)? * 60 + number(at + 4, 2)?;
        at += 6;
        sign * minutes
    };
    let minutes = (days(year, month, day) * 24 + hour) * 60 + minute - offset;
    (fits && at == bytes.len()).then_some((minutes * 60 + second) * 1000 + millis)
}

/// The same instant in UTC, always with milliseconds, as copied texts carry it; nothing when it is
/// none.
pub fn utc(text: &str) -> Option<String> {
    millis(text).map(utc_of)
}

/// An instant, in milliseconds since 1970, in ISO 8601 and UTC.
pub fn utc_of(millis: i64) -> String {
    let (day, rest) = (millis.div_euclid(86_400_000), millis.rem_euclid(86_400_000));
    let (year, month, date) = date(day);
    let mut out = String::new();
    let parts = [
        (year, 4, '-'),
        (month, 2, '-'),
        (date, 2, 'T'),
        (rest / 3_600_000, 2, ':'),
        (rest / 60_000 % 60, 2, ':'),
        (rest / 1000 % 60, 2, '.'),
        (rest % 1000, 3, 'Z'),
    ];
    for (value, width, end) in parts {
        let digits = digits(value);
        for _ in digits.len()..width {
            out.push('0');
        }
        out.push_str(&digits);
        out.push(end);
    }
    out
}

/// Days since 1970-01-01. Years begin in March here, so that the leap day is a year's last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let leap = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap + (month * 153 + 2) / 5 + day - 1 - 719_468
}

/// Year, month and day of a count of days since 1970-01-01.
fn date(day: i64) -> (i64, i64, i64) {
    // The first guess is never late, and early by a year at most for each 1,460 years of distance.
    let mut year = 1970 + (day.div_euclid(366)).min(day.div_euclid(365));
    while days(year + 1, 1, 1) <= day {
        year += 1;
    }
    let mut month = 12;
    while days(year, month, 1) > day {
        month -= 1;
    }
    (year, month, day - days(year, month, 1) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_read_and_written_in_utc() {
        for (text, expected) in [
            ("2026-02-23T19:55:11.602Z", "2026-02-23T19:55:11.602Z"),
            ("2026-01-15T10:00:00Z", "2026-01-15T10:00:00.000Z"),
            ("2026-01-01T00:30:00+01:00", "2025-12-31T23:30:00.000Z"),
            ("2026-12-31T22:30:00.5-02:00", "2027-01-01T00:30:00.500Z"),
            ("2024-02-29t23:59:59.123456z", "2024-02-29T23:59:59.123Z"),
            ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
            ("2000-03-01 00:00:00Z", "2000-03-01T00:00:00.000Z"),
            ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59.000Z"),
            ("1900-01-01T00:00:00Z", "1900-01-01T00:00:00.000Z"),
        ] {
            assert_eq!(utc(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(millis("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(millis("2026-11-24T12:00:00Z"), Some(1_795_521_600_000));
    }

    #[test]
    fn every_day_of_four_centuries_comes_back() {
        for day in -70_000..146_097 {
            let (year, month, date) = date(day);
            assert_eq!(days(year, month, date), day);
            assert!((1..=12).contains(&month) && (1..=31).contains(&date));
        }
    }

    #[test]
    fn what_is_no_instant_is_none() {
        for text in [
            "",
            "yesterday",
            "2026-02-23",
            "2026-02-23T19:55:11",
            "2026-13-01T00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:00:00ZZ",
            "2026-01-01T00:00:00+0100",
            "2026-01-0\u{e9}T00:00:00Z",
            "-026-01-01T00:00:00Z",
        ] {
            assert_eq!(millis(text), None, "{text}");
        }
    }
}
