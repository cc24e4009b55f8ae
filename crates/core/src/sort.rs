//! Sorting. The heart of it is compiled once, whatever is sorted: the standard library's would be compiled for each type.

/// Puts a list in order; equal ones in any.
pub(crate) fn sort<T>(list: &mut [T], is_before: impl Fn(&T, &T) -> bool) {
    heap_sort(list.len(), &mut By { list, is_before });
}

/// What can compare and exchange its places.
trait Places {
    fn is_before(&self, one: usize, other: usize) -> bool;
    fn swap(&mut self, one: usize, other: usize);
}

struct By<'l, T, F> {
    list: &'l mut [T],
    is_before: F,
}

impl<T, F: Fn(&T, &T) -> bool> Places for By<'_, T, F> {
    fn is_before(&self, one: usize, other: usize) -> bool {
        (self.is_before)(&self.list[one], &self.list[other])
    }

    fn swap(&mut self, one: usize, other: usize) {
        self.list.swap(one, other);
    }
}

#[inline(never)]
fn heap_sort(length: usize, list: &mut dyn Places) {
    // The second half of the steps makes a heap, which the first half takes apart from its last place on.
    for step in (0..length + length / 2).rev() {
        match step.checked_sub(length) {
            Some(root) => sift(root, length, list),
            None => {
                list.swap(0, step);
                sift(0, step, list);
            }
        }
    }
}

/// Moves what stands at a root down to where nothing below it, before the end of the heap, belongs behind it.
fn sift(mut root: usize, end: usize, list: &mut dyn Places) {
    loop {
        let mut child = 2 * root + 1;
        if child >= end {
            return;
        }
        if child + 1 < end && list.is_before(child, child + 1) {
            child += 1;
        }
        if !list.is_before(root, child) {
            return;
        }
        list.swap(root, child);
        root = child;
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use proptest::prelude::*;

    use super::sort;

    proptest! {
        #[test]
        fn sorts_as_the_standard_library_does(list: Vec<u8>) {
            let (mut own, mut expected) = (list.clone(), list);
            sort(&mut own, |one, other| one < other);
            expected.sort_unstable();
            prop_assert_eq!(own, expected);
        }
    }
}
