//! When to look whether consent was given.

/// When to look: often at first, then more seldom, and never while nobody can see it.
#[derive(Default)]
pub struct Rhythm {
    /// How long the page has been seen.
    seconds: u32,
    last: u32,
}

impl Rhythm {
    /// A quarter of an hour.
    pub const END: u32 = 900;

    /// A second has passed. Says whether it is time to look.
    pub fn second(&mut self, visible: bool) -> bool {
        if !visible {
            return false;
        }
        self.seconds += 1;
        let pause = match self.seconds {
            0..=60 => 5,
            61..=300 => 10,
            _ => 20,
        };
        let due = self.seconds - self.last >= pause;
        if due {
            self.last = self.seconds;
        }
        due
    }

    /// True after a quarter of an hour.
    pub const fn is_over(&self) -> bool {
        self.seconds >= Self::END
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looks(visible: impl Fn(u32) -> bool, until: u32) -> Vec<u32> {
        let mut rhythm = Rhythm::default();
        (1..=until)
            .filter(|second| rhythm.second(visible(*second)))
            .collect()
    }

    #[test]
    fn it_looks_often_at_first_and_more_seldom_later() {
        let looks = looks(|_| true, Rhythm::END);
        assert_eq!(looks[..3], [5, 10, 15]);
        assert!(
            looks
                .windows(2)
                .all(|two| (5..=20).contains(&(two[1] - two[0])))
        );
        let within =
            |range: std::ops::Range<u32>| looks.iter().filter(|at| range.contains(at)).count();
        assert_eq!((within(1..61), within(301..901)), (12, 30));
        assert!(
            *looks.last().expect("it looks") > 300,
            "five minutes at least"
        );
    }

    #[test]
    fn nothing_is_asked_while_nobody_sees_it() {
        assert_eq!(
            looks(|second| !(7..5000).contains(&second), 5010),
            [5, 5003, 5008]
        );
    }
}
