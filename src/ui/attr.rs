//! What can stand in an attribute: a text, nothing, or what a closure gives.

use std::borrow::Cow;

use super::view::El;

/// What can be the value of an attribute.
pub trait IntoAttr {
    /// Sets the attribute `name` of `el`.
    fn set(self, el: El, name: &'static str) -> El;
}

/// What can be a fixed value, or what a closure gives.
pub trait Value {
    /// The text; `None` for no attribute.
    fn value(self) -> Option<Cow<'static, str>>;
}

impl Value for &'static str {
    fn value(self) -> Option<Cow<'static, str>> {
        Some(Cow::Borrowed(self))
    }
}

impl Value for String {
    fn value(self) -> Option<Cow<'static, str>> {
        Some(Cow::Owned(self))
    }
}

impl Value for Cow<'static, str> {
    fn value(self) -> Option<Self> {
        Some(self)
    }
}

impl<T: Value> Value for Option<T> {
    fn value(self) -> Option<Cow<'static, str>> {
        self.and_then(T::value)
    }
}

impl IntoAttr for &str {
    fn set(self, el: El, name: &'static str) -> El {
        el.attr_fixed(name, self)
    }
}

impl IntoAttr for String {
    fn set(self, el: El, name: &'static str) -> El {
        el.attr_fixed(name, &self)
    }
}

impl<T: IntoAttr> IntoAttr for Option<T> {
    fn set(self, el: El, name: &'static str) -> El {
        match self {
            Some(value) => value.set(el, name),
            None => el,
        }
    }
}

impl<F: Fn() -> T + 'static, T: Value> IntoAttr for F {
    fn set(self, el: El, name: &'static str) -> El {
        el.attr_changing(name, Box::new(move || self().value()))
    }
}
