//! Which part of an ordered list is the page asked for?
//!
//! Relay's first, after, last, before over positions of a list that has a total order. Must not know: what the list
//! holds, how a cursor is written.

/// What a client asks of a list. Positions count from 0 over the whole list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PageArgs {
    /// At most so many, from the front.
    pub first: Option<u32>,
    /// At most so many, from the back.
    pub last: Option<u32>,
    /// Only what comes behind this position.
    pub after: Option<u32>,
    /// Only what comes before this position.
    pub before: Option<u32>,
}

/// A part of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Position of its first item.
    pub start: u32,
    /// Position behind its last item.
    pub end: u32,
    /// Length of the whole list.
    pub total: u32,
}

/// Why there is no such page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadPage {
    /// Both `first` and `last` are given.
    FirstAndLast,
    /// A size is negative (as given).
    Negative,
    /// A size is over the cap (as given).
    OverCap(u32),
}

impl Page {
    /// Items on a page when no size is given.
    pub const DEFAULT: u32 = 25;
    /// Most items on a page.
    pub const CAP: u32 = 1000;

    /// The page of a list of this length.
    ///
    /// # Errors
    /// Where both sizes are given, or one is over the cap.
    ///
    /// Complexity: constant.
    ///
    /// ```
    /// use trialweave::select::{Page, PageArgs};
    /// let page = Page::of(10, PageArgs { first: Some(3), after: Some(4), ..PageArgs::default() }).unwrap();
    /// assert_eq!((page.start, page.end, page.has_next(), page.has_previous()), (5, 8, true, true));
    /// ```
    pub fn of(total: u32, args: PageArgs) -> Result<Self, BadPage> {
        if args.first.is_some() && args.last.is_some() {
            return Err(BadPage::FirstAndLast);
        }
        if let Some(size) = args.first.into_iter().chain(args.last).find(|size| *size > Self::CAP) {
            return Err(BadPage::OverCap(size));
        }
        let mut start = args.after.map_or(0, |at| at.saturating_add(1)).min(total);
        let mut end = args.before.unwrap_or(total).min(total).max(start);
        if let Some(last) = args.last {
            start = start.max(end.saturating_sub(last));
        } else {
            end = end.min(start.saturating_add(args.first.unwrap_or(Self::DEFAULT)));
        }
        Ok(Self { start, end, total })
    }

    /// Whether the list goes on behind the page.
    #[must_use]
    pub fn has_next(self) -> bool {
        self.end < self.total
    }

    /// Whether there is something before the page.
    #[must_use]
    pub fn has_previous(self) -> bool {
        self.start > 0
    }
}
