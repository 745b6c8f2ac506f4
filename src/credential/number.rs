//! Writes numbers. By hand, because the library's way brings the machinery of formatting into the module.

/// A whole number in decimal digits; one that is negative, or too large for 64 bits, is none of those that occur here and
/// is written as a zero.
pub fn digits(number: impl TryInto<u64>) -> String {
    write(number.try_into().unwrap_or_default())
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
        }
        assert_eq!(digits(7_u16), "7");
        assert_eq!(digits(-1_i32), "0");
    }
}
