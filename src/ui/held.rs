//! Values of this thread for those who ask for values that any thread may have.
//!
//! Leptos' signals ask for that, although a page has one thread. They are given a number; the value itself stands in a
//! list of the thread, each type in a list of its own, so that whoever has the number and knows the type needs no look at
//! what is there. (A wrapper that remembers its thread brings along what the library knows of threads, with an
//! allocator of its own; one list for all types brings a number of sixteen bytes for each of them.)

use std::cell::RefCell;
use std::mem::{self, ManuallyDrop};
use std::rc::Rc;
use std::thread::LocalKey;

/// A type whose values can be held; [`hold!`] makes it one.
pub trait Hold: Sized + 'static {
    /// Where its values stand.
    fn list() -> &'static LocalKey<List<Self>>;

    /// Keeps a value until [`Hold::free`], and says where.
    fn keep(self) -> usize {
        let value = Rc::new(self);
        Self::list().with(|list| list.keep(value))
    }

    /// The value in a place. On any other thread there is none.
    fn at(place: usize) -> Rc<Self> {
        Self::list().with(|list| list.get(place))
    }

    /// Lets the value in a place go.
    fn free(place: usize) {
        // It goes when the list is at rest again: it may hold others.
        drop(Self::list().with(|list| list.take(place)));
    }
}

/// The values of one type. It never goes, so that what holds values can be the last to go.
pub struct List<T>(ManuallyDrop<RefCell<Places<T>>>);

struct Places<T> {
    values: Vec<Option<Rc<T>>>,
    free: Vec<usize>,
}

// Nothing in here drops a value, so that one compiled form of each serves for all types.
impl<T> List<T> {
    /// Without values.
    pub const fn empty() -> Self {
        Self(ManuallyDrop::new(RefCell::new(Places {
            values: Vec::new(),
            free: Vec::new(),
        })))
    }

    #[inline(never)]
    fn keep(&self, value: Rc<T>) -> usize {
        let places = &mut *self.0.borrow_mut();
        let place = places.free.pop().unwrap_or(places.values.len());
        if place == places.values.len() {
            places.values.push(None);
        }
        // The place is free.
        mem::forget(places.values[place].replace(value));
        place
    }

    #[inline(never)]
    fn get(&self, place: usize) -> Rc<T> {
        self.0.borrow().values[place]
            .clone()
            .expect("a page has one thread")
    }

    #[inline(never)]
    fn take(&self, place: usize) -> Option<Rc<T>> {
        let places = &mut *self.0.borrow_mut();
        places.free.push(place);
        places.values[place].take()
    }
}

/// Says that values of these types can be held: by [`State`](crate::ui::state::State) and
/// [`Derived`](crate::ui::state::Derived). Each type is named once, by the module that has it or the first that needs it.
macro_rules! hold {
    ($($type:ty),+ $(,)?) => {
        $(const _: () = {
            use $crate::ui::held::{Hold, List};
            thread_local! {
                static LIST: List<$type> = const { List::empty() };
            }
            impl Hold for $type {
                fn list() -> &'static std::thread::LocalKey<List<Self>> {
                    &LIST
                }
            }
        };)+
    };
}

pub(crate) use hold;

#[cfg(test)]
mod tests {
    use super::*;

    struct Seen(Rc<()>);

    struct Outer(Option<usize>);

    impl Drop for Outer {
        fn drop(&mut self) {
            self.0.into_iter().for_each(Self::free);
        }
    }

    hold!(Seen, Outer);

    #[test]
    fn a_value_is_there_until_it_is_let_go() {
        let seen = Rc::new(());
        let keep = || Seen(Rc::clone(&seen)).keep();
        let (first, second) = (keep(), keep());
        assert!(Rc::ptr_eq(&Seen::at(first).0, &seen));
        assert_eq!(Rc::strong_count(&seen), 3);
        Seen::free(first);
        assert_eq!(Rc::strong_count(&seen), 2);
        let third = keep();
        assert_eq!((first, second, third), (0, 1, 0), "places are used again");
        Seen::free(second);
        Seen::free(third);
        assert_eq!(Rc::strong_count(&seen), 1);
    }

    #[test]
    fn a_value_may_hold_others_of_its_type() {
        let inner = Outer(None).keep();
        let outer = Outer(Some(inner)).keep();
        Outer::free(outer);
        assert_eq!(Outer(None).keep(), inner, "it went after the outer one");
    }
}
