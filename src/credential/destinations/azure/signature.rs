//! Shared access signatures: the query of an address that carries its own permission, and when that ends.

/// When a signature ends, always in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// In milliseconds since 1970.
    pub millis: i64,
    year: u32,
    month: u32,
    day: u32,
    hour: u32,
    minute: u32,
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

impl End {
    /// `1 Jan 2027, 00:00 UTC`.
    pub fn words(self) -> String {
        let at = self.month as usize - 1;
        let month = MONTHS.get(at).copied().unwrap_or_default();
        words!(
            "{} {} {}, {}:{} UTC",
            self.day.to_string(),
            month,
            self.year.to_string(),
            two(self.hour),
            two(self.minute)
        )
    }
}

/// A number with two digits.
fn two(number: u32) -> String {
    let zero = if number < 10 { "0" } else { "" };
    [zero, &number.to_string()].concat()
}

/// One parameter of a signature as it is written, if it is there and not empty.
pub fn part<'a>(signature: &'a str, name: &str) -> Option<&'a str> {
    let mut parts = signature.split(['?', '&']);
    let value = parts.find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='))?;
    (!value.is_empty()).then_some(value)
}

/// When a signature ends, if it says so in a way that is documented: a day, with minutes, or with seconds.
pub fn end(signature: &str) -> Option<End> {
    instant(&decoded(part(signature, "se")?))
}

/// A value with its percent signs read. What is no code stays as it is.
fn decoded(value: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        if let (b'%', [high, low, after @ ..]) = (first, after)
            && let (Some(high), Some(low)) = (digit(*high, 16), digit(*low, 16))
            && let Ok(byte) = u8::try_from(high * 16 + low)
        {
            out.push(byte);
            rest = after;
        } else {
            out.push(*first);
        }
    }
    out
}

fn digit(byte: u8, base: u32) -> Option<u32> {
    char::from(byte).to_digit(base)
}

fn instant(text: &[u8]) -> Option<End> {
    let number = |at: usize, length: usize| -> Option<u32> {
        let mut sum = 0;
        for byte in text.get(at..at + length)? {
            sum = sum * 10 + digit(*byte, 10)?;
        }
        Some(sum)
    };
    let is = |at: usize, wanted: u8| text.get(at) == Some(&wanted);
    let (year, month, day) = (number(0, 4)?, number(5, 2)?, number(8, 2)?);
    let (mut hour, mut minute, mut second) = (0, 0, 0);
    if text.len() > 10 {
        (hour, minute) = (number(11, 2)?, number(14, 2)?);
        let mut at = 16;
        if is(at, b':') {
            second = number(17, 2)?;
            at = 19;
        }
        // Seven digits behind a point are taken too; none of them counts here.
        if is(at, b'.') {
            at += 1;
            while number(at, 1).is_some() {
                at += 1;
            }
        }
        let whole = is(10, b'T') && is(13, b':') && is(at, b'Z') && at + 1 == text.len();
        if !whole {
            return None;
        }
    }
    let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    let longest = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    let fits = is(4, b'-') && is(7, b'-') && year >= 1970 && (1..=longest).contains(&day);
    if !fits || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let minutes = (days(year, month, day) * 24 + i64::from(hour)) * 60 + i64::from(minute);
    Some(End {
        millis: (minutes * 60 + i64::from(second)) * 1000,
        year,
        month,
        day,
        hour,
        minute,
    })
}

/// Days since 1970-01-01. Years begin in March here, so that the leap day is a year's last.
fn days(year: u32, month: u32, day: u32) -> i64 {
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let leap = year / 4 - year / 100 + year / 400;
    i64::from(year * 365 + leap + (month * 153 + 2) / 5 + day) - 719_469
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(se: &str) -> Option<(i64, String)> {
        let end = end(&["sv=2024-11-04&sp=rw&se=", se, "&sig=c2ln"].concat())?;
        Some((end.millis, end.words()))
    }

    #[test]
    fn every_documented_way_to_write_the_end_is_read() {
        let new_year = Some((1_798_761_600_000, "1 Jan 2027, 00:00 UTC".to_owned()));
        for se in [
            "2027-01-01",
            "2027-01-01T00:00Z",
            "2027-01-01T00:00:00Z",
            "2027-01-01T00%3A00%3A00Z",
            "2027-01-01T00%3a00Z",
            "2027-01-01T00:00:00.0000000Z",
        ] {
            assert_eq!(told(se), new_year, "{se}");
        }
        let leap = Some((1_835_481_599_000, "29 Feb 2028, 23:59 UTC".to_owned()));
        assert_eq!(told("2028-02-29T23:59:59Z"), leap);
    }

    #[test]
    fn what_is_no_end_is_none() {
        for se in [
            "",
            "soon",
            "2027-13-01",
            "2027-02-29",
            "2027-00-10",
            "2027-01-00",
            "2027-01-01T24:00Z",
            "2027-01-01T00:60Z",
            "2027-01-01T00:00",
            "2027-01-01T00:00:00+01:00",
            "2027-01-01 00:00Z",
            "1066-10-14",
            "2027/01/01",
            "%32%",
            "2027-01-\u{e9}1",
        ] {
            assert_eq!(told(se), None, "{se}");
        }
        assert_eq!(end("sv=1&sig=2"), None);
        // A parameter whose name only ends the same way is another one.
        assert_eq!(end("base=2027-01-01&sig=2"), None);
    }
}
