//! The items of all lists of a body, on the stack for ordinary requests.

use alloc::vec::Vec;
use core::ops::Deref;

use arrayvec::ArrayVec;

use super::Item;

/// Items that a body holds without an allocation: more than an ordinary request has.
const INLINE: usize = 6;

#[derive(Debug, Clone, Default)]
pub(crate) struct Items<'a> {
    inline: ArrayVec<Item<'a>, INLINE>,
    /// All items, once there are too many.
    heap: Vec<Item<'a>>,
}

impl<'a> Items<'a> {
    #[inline]
    pub fn push(&mut self, item: Item<'a>) {
        if !self.heap.is_empty() {
            self.heap.push(item);
        } else if let Err(full) = self.inline.try_push(item) {
            self.heap.extend(self.inline.drain(..));
            self.heap.push(full.element());
        }
    }
}

impl<'a> Deref for Items<'a> {
    type Target = [Item<'a>];

    #[inline(always)]
    fn deref(&self) -> &[Item<'a>] {
        if self.heap.is_empty() {
            &self.inline
        } else {
            &self.heap
        }
    }
}

impl<'a> Extend<Item<'a>> for Items<'a> {
    fn extend<I: IntoIterator<Item = Item<'a>>>(&mut self, items: I) {
        items.into_iter().for_each(|item| self.push(item));
    }
}

impl<'a> FromIterator<Item<'a>> for Items<'a> {
    fn from_iter<I: IntoIterator<Item = Item<'a>>>(items: I) -> Self {
        let mut all = Self::default();
        all.extend(items);
        all
    }
}
