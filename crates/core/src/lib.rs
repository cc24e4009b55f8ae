//! Checks and prices Seedance 2.0 video requests before they are sent.
#![no_std]
extern crate alloc;
