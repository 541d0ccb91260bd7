//! What is a date when only the year, or the year and month, is known?
//!
//! Must not know: time zones, clocks, calendars other than the one printed.

use std::fmt;

/// A date as precise as its source: `2017-06-21`, `2019-05` or `2019`. Packed, so that order is the order of the text.
///
/// ```
/// use trialweave::domain::PartialDate;
/// let d: PartialDate = "2019-05".parse().unwrap();
/// assert_eq!((d.year(), d.month(), d.day()), (2019, Some(5), None));
/// assert_eq!(d.to_string(), "2019-05");
/// assert!("2019-02-30".parse::<PartialDate>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate(u32);

impl PartialDate {
    /// A date from its parts; none where the parts name no day of the calendar (years 1000 to 9999).
    #[must_use]
    pub fn new(year: u16, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        if !(1000..=9999).contains(&year) {
            return None;
        }
        let (m, d) = match (month, day) {
            (None, None) => (0, 0),
            (Some(m @ 1..=12), None) => (m, 0),
            (Some(m @ 1..=12), Some(d)) if d >= 1 && d <= days_in(year, m) => (m, d),
            _ => return None,
        };
        Some(Self(u32::from(year) << 9 | u32::from(m) << 5 | u32::from(d)))
    }

    /// The packed form: year, month (0 unknown) and day (0 unknown) from high to low bits.
    #[must_use]
    pub const fn packed(self) -> u32 {
        self.0
    }

    /// Whether a number is a date in its packed form, or 0.
    ///
    /// ```
    /// use trialweave::domain::PartialDate;
    /// let day: PartialDate = "2024-02-29".parse().unwrap();
    /// assert!(PartialDate::is_packed(0) && PartialDate::is_packed(day.packed()));
    /// assert!(!PartialDate::is_packed(day.packed() + 1) && !PartialDate::is_packed(u32::MAX));
    /// ```
    #[must_use]
    pub fn is_packed(packed: u32) -> bool {
        let some = |part: u32| (part != 0).then_some(part as u8);
        let date =
            u16::try_from(packed >> 9).ok().and_then(|year| Self::new(year, some(packed >> 5 & 15), some(packed & 31)));
        packed == 0 || date.is_some()
    }

    /// The date with this packed form. Zero stands for "no date".
    #[must_use]
    pub const fn from_packed(packed: u32) -> Option<Self> {
        if packed == 0 { None } else { Some(Self(packed)) }
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> u16 {
        (self.0 >> 9) as u16
    }

    /// The month, where known.
    #[must_use]
    pub const fn month(self) -> Option<u8> {
        match (self.0 >> 5 & 15) as u8 {
            0 => None,
            m => Some(m),
        }
    }

    /// The day, where known.
    #[must_use]
    pub const fn day(self) -> Option<u8> {
        match (self.0 & 31) as u8 {
            0 => None,
            d => Some(d),
        }
    }

    /// The text, written into a place of the caller's: dates stand in long lists, and this takes no memory of its own.
    ///
    /// ```
    /// use trialweave::domain::PartialDate;
    /// let d = PartialDate::new(2019, Some(5), None).unwrap();
    /// assert_eq!(d.text(&mut [0; 10]), "2019-05");
    /// ```
    #[must_use]
    pub fn text(self, place: &mut [u8; 10]) -> &str {
        let digit = |n: u32| b'0' + (n % 10) as u8;
        let (year, month, day) = (self.0 >> 9, self.0 >> 5 & 15, self.0 & 31);
        *place = [
            digit(year / 1000),
            digit(year / 100),
            digit(year / 10),
            digit(year),
            b'-',
            digit(month / 10),
            digit(month),
            b'-',
            digit(day / 10),
            digit(day),
        ];
        let length = match (month, day) {
            (0, _) => 4,
            (_, 0) => 7,
            _ => 10,
        };
        std::str::from_utf8(&place[..length]).unwrap_or_default()
    }
}

fn days_in(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text(&mut [0; 10]))
    }
}

/// Why a text is no partial date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotADate;

impl fmt::Display for NotADate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a date: expected YYYY-MM-DD, YYYY-MM or YYYY of the calendar")
    }
}

impl std::error::Error for NotADate {}

impl std::str::FromStr for PartialDate {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        fn number<T: std::str::FromStr>(part: &str, digits: usize) -> Result<T, NotADate> {
            if part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()) {
                part.parse().map_err(|_| NotADate)
            } else {
                Err(NotADate)
            }
        }
        let mut parts = text.split('-');
        let year = number(parts.next().ok_or(NotADate)?, 4)?;
        let month = parts.next().map(|p| number(p, 2)).transpose()?;
        let day = parts.next().map(|p| number(p, 2)).transpose()?;
        if parts.next().is_some() {
            return Err(NotADate);
        }
        Self::new(year, month, day).ok_or(NotADate)
    }
}
