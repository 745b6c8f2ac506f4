//! Closures that are called again and again.

/// A closure that gives something: `dyn Fn()` without the two ways to be called once, whose code comes
/// along for every closure that is kept as one. There are hundreds.
pub trait Give<T> {
    /// Calls it.
    fn give(&self) -> T;
}

impl<T, F: Fn() -> T> Give<T> for F {
    fn give(&self) -> T {
        self()
    }
}

/// The same for a closure that takes something.
pub trait Take<T> {
    /// Calls it.
    fn take(&self, value: T);
}

impl<T, F: Fn(T)> Take<T> for F {
    fn take(&self, value: T) {
        self(value);
    }
}
