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
        if self.heap.is_empty() && !self.inline.is_full() {
            self.inline.push(item);
        } else {
            self.push_to_heap(item);
        }
    }

    #[cold]
    fn push_to_heap(&mut self, item: Item<'a>) {
        self.heap.extend(self.inline.take());
        self.heap.push(item);
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
