//! Writes and reads numbers. By hand, because the library's way brings the machinery of formatting into the module, and
//! reads anew for every type.

/// A whole number in decimal digits. It is zero or above, and fits 64 bits.
pub fn digits(number: impl TryInto<u64>) -> String {
    let number = number.try_into();
    debug_assert!(number.is_ok(), "no number that is written here is negative");
    write(number.unwrap_or_default())
}

fn write(mut number: u64) -> String {
    let mut reversed = [0; 20];
    let mut count = 0;
    loop {
        // A remainder of ten is one digit.
        reversed[count] = u8::try_from(number % 10).unwrap_or_default();
        number /= 10;
        count += 1;
        if number == 0 {
            break;
        }
    }
    let digits = reversed[..count].iter().rev();
    digits.map(|digit| char::from(b'0' + digit)).collect()
}

/// The whole number that these decimal digits are, if it fits 64 bits.
pub fn number(digits: &str) -> Option<u64> {
    let add = |number: u64, byte: u8| {
        let digit = byte.checked_sub(b'0').filter(|digit| *digit < 10)?;
        number.checked_mul(10)?.checked_add(u64::from(digit))
    };
    (!digits.is_empty())
        .then(|| digits.bytes().try_fold(0, add))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_writes_what_the_library_writes() {
        for number in [
            0,
            1,
            9,
            10,
            99,
            100,
            65_535,
            1_000_000,
            u64::MAX - 1,
            u64::MAX,
        ] {
            assert_eq!(digits(number), number.to_string());
            assert_eq!(super::number(&digits(number)), Some(number));
        }
        assert_eq!(digits(7_u16), "7");
    }

    #[test]
    fn what_is_no_whole_number_is_none() {
        for text in [
            "",
            "-1",
            "+1",
            "1.0",
            "1e3",
            " 1",
            "a",
            "18446744073709551616",
            "99999999999999999999",
        ] {
            assert_eq!(number(text), None, "{text}");
        }
        assert_eq!(number("007"), Some(7));
    }
}
