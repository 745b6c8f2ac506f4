//! A map that keeps the order of insertion.

use super::{DefaultHasher, Hasher};

/// A map that keeps the order of insertion. `S` is taken for the sake of the crate's signature.
#[derive(Clone, Debug)]
pub struct IndexMap<K, V, S = DefaultHasher> {
    entries: Vec<(K, V)>,
    hasher: Hasher<S>,
}

impl<K, V, S> Default for IndexMap<K, V, S> {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            hasher: Hasher::default(),
        }
    }
}

impl<K, V> IndexMap<K, V> {
    /// An empty map.
    pub fn new() -> Self {
        Self::default()
    }
}

impl<K: Eq, V, S> IndexMap<K, V, S> {
    /// What stands under a key.
    pub fn get(&self, key: &K) -> Option<&V> {
        let mut found = self.entries.iter().filter(|(known, _)| known == key);
        found.next().map(|(_, value)| value)
    }

    /// True when something stands under a key.
    pub fn contains_key(&self, key: &K) -> bool {
        self.get(key).is_some()
    }

    /// Puts a value under a key, at the end unless the key is there. What stood under it comes back.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        let mut found = self.entries.iter_mut().filter(|(known, _)| *known == key);
        if let Some((_, known)) = found.next() {
            return Some(std::mem::replace(known, value));
        }
        self.entries.push((key, value));
        None
    }

    /// Takes a key out; those behind it move up.
    pub fn shift_remove(&mut self, key: &K) -> Option<V> {
        let at = self.entries.iter().position(|(known, _)| known == key)?;
        Some(self.entries.remove(at).1)
    }
}

impl<K, V, S> IntoIterator for IndexMap<K, V, S> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}
