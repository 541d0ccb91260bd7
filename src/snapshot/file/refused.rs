//! Why is a snapshot file not served, and what is to be done about it?
//!
//! Must not know: how a file is laid out.

use std::fmt;
use std::io;

/// Why a file is not served.
#[derive(Debug)]
pub enum Refused {
    /// It cannot be read or written.
    Io(io::Error),
    /// It begins with other bytes than a snapshot.
    Foreign,
    /// It was written by another version of the program, or on a machine that orders bytes differently.
    Version(String),
    /// Bytes are missing or too many.
    Length {
        /// As the file says.
        expected: u64,
        /// As it is.
        found: u64,
    },
    /// Bytes changed since it was written.
    Damaged(String),
    /// Its bytes are as they were written, and say what cannot be.
    Unsound(String),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let again = "write it again with `trialweave build DATA -o FILE`";
        match self {
            Self::Io(why) => write!(f, "the snapshot cannot be read: {why}"),
            Self::Foreign => write!(f, "the file is no snapshot. Fix: {again}, or name the folder of a data package"),
            Self::Version(what) => write!(f, "the snapshot is {what}. Fix: {again} of the version that serves it"),
            Self::Length { expected, found } => {
                write!(f, "the snapshot has {found} bytes where it says {expected}: it is cut. Fix: copy it again")
            }
            Self::Damaged(what) => write!(f, "the snapshot is damaged: {what}. Fix: copy it again, or {again}"),
            Self::Unsound(what) => write!(f, "the snapshot is not sound: {what}. Fix: {again}"),
        }
    }
}

impl std::error::Error for Refused {}

impl From<io::Error> for Refused {
    fn from(why: io::Error) -> Self {
        Self::Io(why)
    }
}
