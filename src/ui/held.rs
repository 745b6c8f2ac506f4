//! Values of this thread for those who ask for values that any thread may have.
//!
//! Leptos' signals ask for that, although a page has one thread. They are given a number; the value itself stands in a
//! list of the thread. (A wrapper that remembers its thread brings along what the library knows of threads, with an
//! allocator of its own.)

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

/// Where a value stands. Dropping it drops the value.
pub struct Held(usize);

#[derive(Default)]
struct List {
    values: Vec<Option<Rc<dyn Any>>>,
    free: Vec<usize>,
}

thread_local! {
    static LIST: RefCell<List> = RefCell::default();
}

impl Held {
    /// Keeps a value.
    pub fn new(value: Rc<dyn Any>) -> Self {
        LIST.with_borrow_mut(|list| {
            let at = list.free.pop().unwrap_or(list.values.len());
            if at == list.values.len() {
                list.values.push(None);
            }
            list.values[at] = Some(value);
            Self(at)
        })
    }

    /// The value. On any other thread there is none.
    pub fn get(&self) -> Rc<dyn Any> {
        LIST.with_borrow(|list| list.values[self.0].clone())
            .expect("a page has one thread")
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // The value goes when the list is at rest again: it may hold others.
        let _value = LIST.try_with(|list| {
            let list = &mut *list.borrow_mut();
            list.free.push(self.0);
            list.values[self.0].take()
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_there_as_long_as_it_is_held() {
        let value: Rc<dyn Any> = Rc::new(7);
        let (first, second) = (Held::new(Rc::clone(&value)), Held::new(Rc::new("text")));
        assert_eq!(first.get().downcast_ref(), Some(&7));
        assert_eq!(Rc::strong_count(&value), 2);
        drop(first);
        assert_eq!(Rc::strong_count(&value), 1);
        let third = Held::new(value);
        assert_eq!((second.0, third.0), (1, 0), "places are used again");
    }

    #[test]
    fn a_value_may_hold_others() {
        let inner = Rc::new(());
        let held = Held::new(Rc::new(Held::new(inner.clone())));
        drop(held);
        assert_eq!(Rc::strong_count(&inner), 1);
    }
}
