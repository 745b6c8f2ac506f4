//! Leptos' signals and memos with one compiled form for all values.
//!
//! `RwSignal<T>` and `Memo<T>` are compiled anew for every `T`, some kilobytes each. Here the
//! value travels as `Rc<dyn Any>`, so that the reactive part exists once; what is left per type is a
//! downcast.

use std::any::Any;
use std::marker::PhantomData;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::reactive::computed::ArcMemo;
use leptos::reactive::graph::{AnySubscriber, Subscriber as _, ToAnySubscriber as _};

use super::held::Held;
use crate::browser::{self, Give};

/// A value of any type, and how two of them are compared.
struct Erased {
    value: Held,
    same: fn(&dyn Any, &dyn Any) -> bool,
}

impl Erased {
    fn new(value: Rc<dyn Any>, same: fn(&dyn Any, &dyn Any) -> bool) -> Self {
        let value = Held::new(value);
        Self { value, same }
    }

    fn get(&self) -> Rc<dyn Any> {
        self.value.get()
    }
}

impl PartialEq for Erased {
    fn eq(&self, other: &Self) -> bool {
        (self.same)(&*self.get(), &*other.get())
    }
}

/// Values without a comparison are never taken for equal.
fn never(_: &dyn Any, _: &dyn Any) -> bool {
    false
}

fn equal<T: PartialEq + 'static>(a: &dyn Any, b: &dyn Any) -> bool {
    a.downcast_ref::<T>() == b.downcast_ref::<T>()
}

fn open<T: 'static>(value: Rc<dyn Any>) -> Rc<T> {
    value
        .downcast()
        .expect("a handle only ever holds values of its own type")
}

/// A value that views follow. A copy is another handle to the same.
///
/// After the owner under which it was made is gone, writing does nothing.
pub struct State<T> {
    signal: RwSignal<Erased>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for State<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for State<T> {}

impl<T: Default + 'static> Default for State<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T: 'static> State<T> {
    /// A new value under the present owner.
    pub fn new(value: T) -> Self {
        Self {
            signal: new_signal(Rc::new(value)),
            of: PhantomData,
        }
    }

    /// The value; whoever asks is run again when it changes.
    pub fn read(&self) -> Rc<T> {
        open(read(self.signal))
    }

    /// The value, without being told of changes.
    pub fn peek(&self) -> Rc<T> {
        open(peek_held(self.signal))
    }

    /// The value, without being told of changes; `None` when its owner is gone.
    pub fn try_peek(&self) -> Option<Rc<T>> {
        peek(self.signal).map(open)
    }

    /// What `f` makes of the value; whoever asks is run again when it changes.
    pub fn with<U>(&self, f: impl FnOnce(&T) -> U) -> U {
        f(&self.read())
    }

    /// What `f` makes of the value, without being told of changes.
    pub fn with_untracked<U>(&self, f: impl FnOnce(&T) -> U) -> U {
        f(&self.peek())
    }

    /// Puts another value in its place.
    pub fn set(&self, value: T) {
        write(self.signal, Rc::new(value));
    }

    /// Puts a changed copy of the value in its place.
    pub fn update(&self, f: impl FnOnce(&mut T))
    where
        T: Clone,
    {
        if let Some(value) = self.try_peek() {
            let mut value = T::clone(&value);
            f(&mut value);
            self.set(value);
        }
    }
}

impl State<u32> {
    /// Counts one more.
    #[inline(never)]
    pub fn bump(&self) {
        if let Some(count) = self.try_peek() {
            self.set(*count + 1);
        }
    }
}

impl<T: Clone + 'static> State<T> {
    /// A copy of the value; whoever asks is run again when it changes.
    pub fn get(&self) -> T {
        (*self.read()).clone()
    }

    /// A copy of the value, without being told of changes.
    pub fn get_untracked(&self) -> T {
        (*self.peek()).clone()
    }
}

fn new_signal(value: Rc<dyn Any>) -> RwSignal<Erased> {
    RwSignal::new(Erased::new(value, never))
}

fn read(signal: RwSignal<Erased>) -> Rc<dyn Any> {
    signal.with(Erased::get)
}

fn peek(signal: RwSignal<Erased>) -> Option<Rc<dyn Any>> {
    signal.try_with_untracked(Erased::get)
}

fn peek_held(signal: RwSignal<Erased>) -> Rc<dyn Any> {
    peek(signal).expect("the owner of this value is gone")
}

fn write(signal: RwSignal<Erased>, value: Rc<dyn Any>) {
    signal.try_set(Erased::new(value, never));
}

/// A value that follows from others. It changes only when the new value differs from the old.
pub struct Derived<T> {
    memo: Memo<Erased>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Derived<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Derived<T> {}

impl<T: PartialEq + 'static> Derived<T> {
    /// The value that `f` gives, computed again when what it reads has changed.
    pub fn new(f: impl Fn() -> T + 'static) -> Self {
        let f = move || -> Rc<dyn Any> { Rc::new(f()) };
        Self {
            memo: new_memo(Box::new(f), equal::<T>),
            of: PhantomData,
        }
    }

    /// The value; whoever asks is run again when it changes.
    pub fn read(&self) -> Rc<T> {
        open(follow(self.memo))
    }

    /// A copy of the value; whoever asks is run again when it changes.
    pub fn get(&self) -> T
    where
        T: Clone,
    {
        (*self.read()).clone()
    }
}

type Compute = Box<dyn Give<Rc<dyn Any>>>;

fn new_memo(f: Compute, same: fn(&dyn Any, &dyn Any) -> bool) -> Memo<Erased> {
    let held = Held::new(Rc::new(f));
    let memo = ArcMemo::new(move |_| Erased::new(open::<Compute>(held.get()).give(), same));
    let follower = memo.to_any_subscriber();
    on_cleanup(move || leave(&follower));
    memo.into()
}

/// Leptos leaves whoever followed a value in its list until the value changes: one that is shown again and again on pages
/// that come and go would remember all of them.
fn leave(follower: &AnySubscriber) {
    follower.clear_sources(follower);
}

/// An effect for as long as this is held. It runs at once, and whenever what it reads has changed.
pub(super) struct Follow(RenderEffect<()>);

impl Follow {
    pub(super) fn new(mut f: impl FnMut() + 'static) -> Self {
        Self(RenderEffect::new(move |_| f()))
    }
}

impl Drop for Follow {
    fn drop(&mut self) {
        leave(&self.0.to_any_subscriber());
    }
}

fn follow(memo: Memo<Erased>) -> Rc<dyn Any> {
    memo.with(Erased::get)
}

/// Runs `f` soon, not now, and whenever what it reads has changed, for as long as the present owner is.
pub fn effect(f: impl Fn() + 'static) {
    effect_boxed(Box::new(f));
}

/// One kind of effect serves for everything: one that runs at once waits here until the page's other work is done.
fn effect_boxed(f: Box<dyn Give<()>>) {
    let begun = State::new(false);
    let effect = Follow::new(move || {
        if *begun.read() {
            f.give();
        }
    });
    on_cleanup(move || drop(effect));
    browser::spawn(async move { begun.set(true) });
}

/// Runs `f` whenever `count` has changed since this was called.
pub fn on_change(count: State<u32>, f: impl Fn() + 'static) {
    let seen = std::cell::Cell::new(*count.peek());
    effect(move || {
        let now = *count.read();
        if seen.replace(now) != now {
            untrack(&f);
        }
    });
}
