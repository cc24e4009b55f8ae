//! The package's memory: all that a call took is given back at once, when the next one begins.
//!
//! Nothing is given back on the way: what does that is a tenth of the core's code, and an ordinary call needs only a few thousand
//! bytes. Of what a large one took, JavaScript rids itself by starting another core (`js/exchange.js`).

#[cfg(target_family = "wasm")]
pub use in_webassembly::{end, give_back};

/// Elsewhere memory is the library's own, which takes it back piece by piece.
#[cfg(not(target_family = "wasm"))]
pub const unsafe fn give_back(_: *const u8) {}

/// There nobody has to look how much is taken.
#[cfg(not(target_family = "wasm"))]
pub const fn end() -> usize {
    0
}

#[cfg(target_family = "wasm")]
mod in_webassembly {
    use core::arch::wasm32::{memory_grow, memory_size};
    use std::alloc::{GlobalAlloc, Layout};
    use std::cell::Cell;
    use std::ptr;

    const PAGE_BYTES: usize = 1 << 16;

    #[global_allocator]
    static REGION: Region = Region { next: Cell::new(0) };

    struct Region {
        /// Where free memory begins, though not before [`__heap_base`].
        next: Cell<usize>,
    }

    unsafe extern "C" {
        /// Behind everything that the linker has placed.
        safe static __heap_base: u8;
    }

    /// Gives back all memory from an address on.
    ///
    /// # Safety
    ///
    /// Nothing that lies there is used any more.
    pub unsafe fn give_back(from: *const u8) {
        REGION.next.set(from.addr());
    }

    /// Where memory that is taken ends.
    pub fn end() -> usize {
        REGION.next.get()
    }

    /// Few large steps take less time than many small ones.
    fn grow(pages: usize) -> bool {
        memory_grow(0, pages) != usize::MAX
    }

    // SAFETY: the module has one thread: it is built without atomics, and its memory is not shared.
    unsafe impl Sync for Region {}

    // SAFETY: a piece lies behind all that were given out and not given back, in memory that is there.
    unsafe impl GlobalAlloc for Region {
        unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
            let free = self.next.get().max((&raw const __heap_base).addr());
            let start = free.next_multiple_of(layout.align());
            let Some(end) = start.checked_add(layout.size()) else {
                return ptr::null_mut();
            };
            let pages = memory_size(0);
            let missing = end.div_ceil(PAGE_BYTES).saturating_sub(pages);
            if missing > 0 && !grow(missing.max(pages / 4)) && !grow(missing) {
                return ptr::null_mut();
            }
            self.next.set(end);
            ptr::with_exposed_provenance_mut(start)
        }

        unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}

        /// The last piece grows where it is.
        unsafe fn realloc(&self, piece: *mut u8, layout: Layout, size: usize) -> *mut u8 {
            let next = self.next.get();
            if piece.addr() + layout.size() == next {
                self.next.set(piece.addr());
            }
            // SAFETY: who calls this has made sure that the new size makes a layout.
            let grown = unsafe {
                let layout = Layout::from_size_align_unchecked(size, layout.align());
                self.alloc(layout)
            };
            if grown.is_null() {
                self.next.set(next);
            } else if grown != piece {
                // SAFETY: the new piece lies behind the old one, and both are at least that long.
                unsafe {
                    ptr::copy_nonoverlapping(piece, grown, layout.size().min(size));
                }
            }
            grown
        }
    }
}
