//! Leptos' signals and memos with one compiled form for all values.
//!
//! `RwSignal<T>` and `Memo<T>` are compiled anew for every `T`, some kilobytes each. Here they have the number of a place
//! where the value stands ([`held`](super::held)), so that the reactive part exists once; what is left per type is to look
//! there. Each type is made known with [`hold!`](super::held::hold).

use std::marker::PhantomData;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::reactive::computed::ArcMemo;
use leptos::reactive::graph::{AnySubscriber, Subscriber as _, ToAnySubscriber as _};

use super::held::Hold;
use crate::browser::{self, Give};

crate::ui::held::hold!(
    bool,
    u32,
    u64,
    usize,
    &'static str,
    String,
    Vec<String>,
    Option<u64>,
    Option<&'static str>,
    Option<String>,
    Compute,
);

/// A value of any type: where it stands, how it is let go, and how two of them are compared.
struct Erased {
    place: usize,
    free: fn(usize),
    same: fn(usize, usize) -> bool,
}

impl Erased {
    /// A value that is never taken for equal to another.
    fn new(place: usize, free: fn(usize)) -> Self {
        let same = |_, _| false;
        Self { place, free, same }
    }

    fn place(&self) -> usize {
        self.place
    }
}

impl Drop for Erased {
    fn drop(&mut self) {
        (self.free)(self.place);
    }
}

impl PartialEq for Erased {
    fn eq(&self, other: &Self) -> bool {
        (self.same)(self.place, other.place)
    }
}

fn equal<T: Hold + PartialEq>(a: usize, b: usize) -> bool {
    T::at(a) == T::at(b)
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

impl<T: Default + Hold> Default for State<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T: Hold> State<T> {
    /// A new value under the present owner.
    pub fn new(value: T) -> Self {
        Self {
            signal: new_signal(value.keep(), T::free),
            of: PhantomData,
        }
    }

    /// The value; whoever asks is run again when it changes.
    pub fn read(&self) -> Rc<T> {
        T::at(read(self.signal))
    }

    /// The value, without being told of changes.
    pub fn peek(&self) -> Rc<T> {
        T::at(peek_held(self.signal))
    }

    /// The value, without being told of changes; `None` when its owner is gone.
    pub fn try_peek(&self) -> Option<Rc<T>> {
        peek(self.signal).map(T::at)
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
        write(self.signal, value.keep(), T::free);
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

impl<T: Clone + Hold> State<T> {
    /// A copy of the value; whoever asks is run again when it changes.
    pub fn get(&self) -> T {
        (*self.read()).clone()
    }

    /// A copy of the value, without being told of changes.
    pub fn get_untracked(&self) -> T {
        (*self.peek()).clone()
    }
}

fn new_signal(place: usize, free: fn(usize)) -> RwSignal<Erased> {
    RwSignal::new(Erased::new(place, free))
}

fn read(signal: RwSignal<Erased>) -> usize {
    signal.with(Erased::place)
}

fn peek(signal: RwSignal<Erased>) -> Option<usize> {
    signal.try_with_untracked(Erased::place)
}

fn peek_held(signal: RwSignal<Erased>) -> usize {
    peek(signal).expect("the owner of this value is gone")
}

fn write(signal: RwSignal<Erased>, place: usize, free: fn(usize)) {
    signal.try_set(Erased::new(place, free));
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

impl<T: PartialEq + Hold> Derived<T> {
    /// The value that `f` gives, computed again when what it reads has changed.
    pub fn new(f: impl Fn() -> T + 'static) -> Self {
        let f = move || f().keep();
        Self {
            memo: new_memo(Box::new(f), T::free, equal::<T>),
            of: PhantomData,
        }
    }

    /// The value; whoever asks is run again when it changes.
    pub fn read(&self) -> Rc<T> {
        T::at(follow(self.memo))
    }

    /// A copy of the value; whoever asks is run again when it changes.
    pub fn get(&self) -> T
    where
        T: Clone,
    {
        (*self.read()).clone()
    }
}

type Compute = Box<dyn Give<usize>>;

fn new_memo(f: Compute, free: fn(usize), same: fn(usize, usize) -> bool) -> Memo<Erased> {
    let held = Erased::new(f.keep(), Compute::free);
    let memo = ArcMemo::new(move |_| Erased {
        place: Compute::at(held.place()).give(),
        free,
        same,
    });
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

fn follow(memo: Memo<Erased>) -> usize {
    memo.with(Erased::place)
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
