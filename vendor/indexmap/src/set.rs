//! A set that keeps the order of insertion.

use super::{DefaultHasher, Hasher};

/// A set that keeps the order of insertion. `S` is taken for the sake of the crate's signature.
pub struct IndexSet<T, S = DefaultHasher> {
    items: Vec<T>,
    hasher: Hasher<S>,
}

impl<T: Clone, S> Clone for IndexSet<T, S> {
    fn clone(&self) -> Self {
        Self {
            items: self.items.clone(),
            hasher: self.hasher,
        }
    }
}

impl<T: std::fmt::Debug, S> std::fmt::Debug for IndexSet<T, S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(&self.items).finish()
    }
}

impl<T, S> Default for IndexSet<T, S> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            hasher: Hasher::default(),
        }
    }
}

impl<T> IndexSet<T> {
    /// An empty set.
    pub fn new() -> Self {
        Self::default()
    }
}

impl<T, S> IndexSet<T, S> {
    /// An empty set; there is nothing to prepare.
    pub fn with_capacity_and_hasher(_: usize, _: S) -> Self {
        Self::default()
    }

    /// How many items it has.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// True when it has none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The items in their order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }

    /// The item at a place.
    pub fn get_index(&self, at: usize) -> Option<&T> {
        self.items.get(at)
    }
}

impl<T: Eq, S> IndexSet<T, S> {
    /// Adds an item at the end, unless it is there. True when it was not.
    pub fn insert(&mut self, item: T) -> bool {
        self.insert_full(item).1
    }

    /// The same, with the place where it is.
    pub fn insert_full(&mut self, item: T) -> (usize, bool) {
        if let Some(at) = self.get_index_of(&item) {
            return (at, false);
        }
        self.items.push(item);
        (self.items.len() - 1, true)
    }

    /// Takes an item out; those behind it move up.
    pub fn shift_remove(&mut self, item: &T) -> bool {
        let at = self.get_index_of(item);
        if let Some(at) = at {
            self.items.remove(at);
        }
        at.is_some()
    }

    /// The place of an item.
    pub fn get_index_of(&self, item: &T) -> Option<usize> {
        self.items.iter().position(|known| known == item)
    }

    /// The place of an item, and the item itself.
    pub fn get_full(&self, item: &T) -> Option<(usize, &T)> {
        let at = self.get_index_of(item)?;
        Some((at, &self.items[at]))
    }

    /// True when an item is there.
    pub fn contains(&self, item: &T) -> bool {
        self.items.contains(item)
    }
}

impl<T, S> IntoIterator for IndexSet<T, S> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, T, S> IntoIterator for &'a IndexSet<T, S> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl<T: Eq, S> Extend<T> for IndexSet<T, S> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        for item in items {
            self.insert(item);
        }
    }
}

impl<T: Eq, S> FromIterator<T> for IndexSet<T, S> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut set = Self::default();
        set.extend(items);
        set
    }
}
