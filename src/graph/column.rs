//! Where do the values of a column lie: in memory of ours, or in a file that is mapped?
//!
//! The only file with `unsafe`, and why it is sound:
//!
//! - **The map.** [`Mapping::open`] maps a file for reading only. Rust asks that nobody changes or cuts the file while it
//!   is mapped. Snapshot files are written beside and renamed, never changed in place by this program, and the guide for
//!   operators says the same; whoever overwrites a served file in place breaks that promise, as with any mapped file.
//! - **The lifetime.** A mapped [`Column`] holds a slice of the map for as long as it lives, and beside it a count on the
//!   map itself: the map cannot go before the slice. The slice leaves a column only borrowed from it.
//! - **The values.** Only types of which every pattern of bits is a value ([`bytemuck::AnyBitPattern`]: numbers and
//!   numbers of texts) are read in place; length and alignment are checked by bytemuck. All else is decoded, value by
//!   value, into memory of ours. So no byte of a file is ever taken for a value that it is not, whether or not a
//!   checksum was looked at; and a number that points nowhere meets the bounds checks of slices.
//! - **The hint.** [`ahead`] tells the processor an address that is read soon. The hint reads nothing that the program
//!   sees and may name any address; here it is that of an item.
#![allow(unsafe_code, reason = "mapped files; the argument stands above")]

use std::fs::File;
use std::io;
use std::ops::{Deref, Range};
use std::sync::Arc;

use bytemuck::AnyBitPattern;

/// A file mapped for reading.
#[derive(Debug)]
pub struct Mapping {
    map: memmap2::Mmap,
}

impl Mapping {
    /// Maps a file.
    ///
    /// # Errors
    /// Where the system does not map it.
    pub fn open(file: &File) -> io::Result<Arc<Self>> {
        // SAFETY: see the head of this file, "The map".
        let map = unsafe { memmap2::Mmap::map(file)? };
        // All of it is looked at next, by several cores: the system may begin to read. If it cannot, it reads later.
        #[cfg(unix)]
        let _ = map.advise(memmap2::Advice::WillNeed);
        Ok(Arc::new(Self { map }))
    }

    /// All bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.map
    }

    /// Lets the system forget what it holds of the file in this process; it is read again where it is asked for.
    pub fn forget(&self) {
        #[cfg(unix)]
        // SAFETY: the map is shared with the file and only read, so pages that are dropped come back as they were.
        let _ = unsafe { self.map.unchecked_advise(memmap2::UncheckedAdvice::DontNeed) };
    }

    /// A column in place; none where the range, its alignment or its length do not fit.
    #[must_use]
    pub fn column<T: AnyBitPattern>(self: &Arc<Self>, range: Range<usize>) -> Option<Column<T>> {
        let items: &[T] = bytemuck::try_cast_slice(self.map.get(range)?).ok()?;
        // SAFETY: see the head of this file, "The lifetime".
        let items: &'static [T] = unsafe { std::mem::transmute::<&[T], &'static [T]>(items) };
        Some(Column(Place::Mapped { items, _file: Arc::clone(self) }))
    }
}

/// Tells the processor that an item is read soon, so that memory is not waited for then. An item that is not there is
/// none of its business.
#[inline]
pub fn ahead<T>(items: &[T], at: usize) {
    #[cfg(target_arch = "x86_64")]
    if let Some(item) = items.get(at) {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: see the head of this file, "The hint".
        unsafe { _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(item).cast()) }
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = (items, at);
}

/// The values of a column, one after another.
pub struct Column<T: 'static>(Place<T>);

enum Place<T: 'static> {
    Owned(Vec<T>),
    Mapped { items: &'static [T], _file: Arc<Mapping> },
}

impl<T> Column<T> {
    /// Bytes held in memory of ours, and bytes in a mapped file.
    #[must_use]
    pub fn bytes(&self) -> (usize, usize) {
        match &self.0 {
            Place::Owned(items) => (items.capacity() * size_of::<T>(), 0),
            Place::Mapped { items, .. } => (0, size_of_val(*items)),
        }
    }

    /// Adds a value. A column in a file stays as it is.
    pub(super) fn push(&mut self, item: T) {
        if let Place::Owned(items) = &mut self.0 {
            items.push(item);
        }
    }

    /// Adds the values of another column, each as it is `moved`.
    pub(super) fn take(&mut self, more: &Self, moved: impl Fn(T) -> T)
    where
        T: Copy,
    {
        self.extend(more.iter().map(|item| moved(*item)));
    }

    /// Makes room for so many columns like this one.
    pub(super) fn reserve(&mut self, like: &Self, columns: usize) {
        if let Place::Owned(items) = &mut self.0 {
            items.reserve_exact(super::strings::with_spare(like.len(), columns));
        }
    }

    /// Gives back the room for values that did not come, where it is worth the way.
    pub(super) fn shrink(&mut self) {
        if let Place::Owned(items) = &mut self.0
            && items.capacity() - items.len() > items.len() / 16
        {
            items.shrink_to_fit();
        }
    }

    /// The values in memory of ours; those of a file are none.
    pub(super) fn owned(&mut self) -> Option<&mut Vec<T>> {
        if let Place::Owned(items) = &mut self.0 { Some(items) } else { None }
    }
}

impl<T> Deref for Column<T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        match &self.0 {
            Place::Owned(items) => items,
            Place::Mapped { items, .. } => items,
        }
    }
}

impl<T> Default for Column<T> {
    fn default() -> Self {
        Self(Place::Owned(Vec::new()))
    }
}

impl<T> From<Vec<T>> for Column<T> {
    fn from(items: Vec<T>) -> Self {
        Self(Place::Owned(items))
    }
}

impl<T> FromIterator<T> for Column<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self(Place::Owned(items.into_iter().collect()))
    }
}

impl<T> Extend<T> for Column<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        if let Place::Owned(own) = &mut self.0 {
            own.extend(items);
        }
    }
}

impl<'a, T> IntoIterator for &'a Column<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: Clone> Clone for Column<T> {
    fn clone(&self) -> Self {
        match &self.0 {
            Place::Owned(items) => Self(Place::Owned(items.clone())),
            Place::Mapped { items, _file } => Self(Place::Mapped { items, _file: Arc::clone(_file) }),
        }
    }
}

impl<T: std::fmt::Debug> std::fmt::Debug for Column<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        (**self).fmt(f)
    }
}
