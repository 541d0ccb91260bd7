//! How is a release kept in one file, and when is such a file trusted?
//!
//! A head (magic, version, byte order, length, table of sections, checksum of all that), then the sections: what the
//! release is called, the columns of the graph, the tables of ids. Each begins at a multiple of 64 bytes and has a
//! checksum of its own. A file is used only if length, head, every checksum, every rule of every column and what must
//! hold between columns are right: a file that is cut, flipped, foreign or made to harm is refused with a reason. Must
//! not know: what the columns mean (that is `graph`).

mod refused;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use serde_json::{Value, json};
use twox_hash::XxHash3_128;

use super::Snapshot;
use crate::domain::{Bilingual, NodeKind, Rule as Precedence, SourceField, SourceType};
use crate::graph::{Column, Fill, Graph, Mapping, Packed, Parts, Rule};
use crate::index::Index;

pub use refused::Refused;

const MAGIC: &[u8; 16] = b"trialweave-snap\n";
/// Grows with every change of the list of columns or of what their bytes mean.
const VERSION: u32 = 2;
const BYTE_ORDER: u32 = 0x0102_0304;
/// Magic, version, byte order, length of the file, number of sections.
const HEAD: usize = 16 + 4 + 4 + 8 + 8;
const NAME: usize = 48;
/// Name, offset, length, checksum.
const ENTRY: usize = NAME + 8 + 8 + CHECKSUM;
const CHECKSUM: usize = 16;
/// Bytes of which one core makes the checksum.
const PART: usize = 1 << 25;
const ALIGN: usize = 64;
/// Bytes that are written at once, so that the system can keep them in its large pages.
const WRITTEN: usize = 1 << 23;
/// More sections than any version has.
const MOST_SECTIONS: usize = 4096;

/// A section: name, place in the file, checksum.
#[derive(Debug, Clone)]
struct Section {
    name: String,
    range: Range<usize>,
    checksum: [u8; CHECKSUM],
}

impl Snapshot {
    /// Whether the file at this path begins as a snapshot does.
    #[must_use]
    pub fn is_file(path: &Path) -> bool {
        let mut start = [0; MAGIC.len()];
        let read = |mut file: File| io::Read::read_exact(&mut file, &mut start);
        path.is_file() && File::open(path).and_then(read).is_ok() && start == *MAGIC
    }

    /// Writes the release into a file: beside it first, then renamed, so that no one ever sees half of it.
    ///
    /// # Errors
    /// Where the file cannot be written.
    ///
    /// Complexity: linear in the bytes.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.partial", std::process::id()));
        let beside: PathBuf = path.with_file_name(name);
        let done = self.write_to(&beside).and_then(|()| std::fs::rename(&beside, path));
        if done.is_err() {
            // What is left of it helps nobody; the first fault is the one to tell.
            let _ = std::fs::remove_file(&beside);
        }
        done
    }

    fn write_to(&self, path: &Path) -> io::Result<()> {
        let mut count = Count(0);
        let Ok(()) = self.each(&mut count);
        let sections = count.0 + 1;
        let mut out = Writer {
            out: BufWriter::with_capacity(WRITTEN, File::create_new(path)?),
            at: 0,
            sections: Vec::with_capacity(sections),
        };
        out.bytes(&vec![0; HEAD + sections * ENTRY + CHECKSUM])?;
        out.section("release", &serde_json::to_vec(&self.about())?)?;
        self.each(&mut out)?;
        let Writer { mut out, at, sections } = out;
        let mut head = Vec::new();
        head.extend(MAGIC);
        head.extend(VERSION.to_le_bytes());
        head.extend(BYTE_ORDER.to_ne_bytes());
        head.extend((at as u64).to_le_bytes());
        head.extend((sections.len() as u64).to_le_bytes());
        for section in &sections {
            let mut name = section.name.clone().into_bytes();
            name.resize(NAME, 0);
            head.extend(name);
            head.extend((section.range.start as u64).to_le_bytes());
            head.extend((section.range.len() as u64).to_le_bytes());
            head.extend(section.checksum);
        }
        head.extend(checksum(&head));
        out.seek(SeekFrom::Start(0))?;
        out.write_all(&head)?;
        out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
    }

    /// Calls `look` with every column of the file.
    fn each<L: Parts>(&self, look: &mut L) -> Result<(), L::Stop> {
        self.graph.look(look)?;
        for (kind, slots) in NodeKind::ALL.iter().zip(self.index.ids.tables()) {
            look.part(&ids_of(*kind), slots)?;
        }
        Ok(())
    }

    /// What each part takes: bytes in memory of ours, and bytes of a mapped file, which the system reads as they are
    /// asked for. Without what is built at the first search.
    #[must_use]
    pub fn sizes(&self) -> Vec<(String, (usize, usize))> {
        let mut sizes = Sizes::default();
        let Ok(()) = self.each(&mut sizes);
        let mut sizes: Vec<_> = sizes.0.into_iter().collect();
        sizes.push(("bitmaps".into(), (self.index.bitmap_bytes(), 0)));
        sizes.push(("heads".into(), (self.index.heads.bytes(), 0)));
        sizes.push(("linked".into(), (self.index.linked.bytes(), 0)));
        sizes
    }

    /// Opens a file. Its columns stay there, mapped; only what is asked for is read again.
    ///
    /// # Errors
    /// Why it is refused.
    ///
    /// Complexity: linear in the bytes, on all cores.
    pub fn open(path: &Path) -> Result<Self, Refused> {
        let file = File::open(path)?;
        if file.metadata()?.len() < (HEAD + CHECKSUM) as u64 {
            return Err(Refused::Foreign);
        }
        let map = Mapping::open(&file)?;
        let sections = sections(map.bytes())?;
        let wrong = |section: &&Section| checksum(&map.bytes()[section.range.clone()]) != section.checksum;
        // What is read checks itself, so it need not wait for the checksums; a damaged file is called damaged all the same.
        let (damaged, read) = rayon::join(|| sections.par_iter().find_first(wrong), || read(&map, &sections));
        if let Some(section) = damaged {
            return Err(Refused::Damaged(format!("the checksum of `{}` is wrong", section.name)));
        }
        let (about, graph, tables) = read?;
        let graph = Arc::new(graph);
        let (unsound, index) = rayon::join(|| graph.unsound(), || Index::with_ids(&graph, tables));
        if let Some(what) = unsound {
            return Err(Refused::Unsound(what.into()));
        }
        map.forget();
        let (release, title, version, rules) = about;
        Ok(Self { release, title, version, rules, graph, index })
    }

    fn about(&self) -> Value {
        let rule = |rule: &Precedence| {
            let precedence: Vec<_> = rule.precedence.iter().map(|kind| kind.text()).collect();
            json!({"field": rule.field.text(), "precedence": precedence, "en": rule.text.en, "zh": rule.text.zh})
        };
        let rules: Vec<_> = self.rules.iter().map(rule).collect();
        json!({"release": self.release, "title": self.title, "version": self.version, "rules": rules})
    }
}

/// What the sections hold, each value checked for itself: what the release is called, its graph, its tables of ids.
fn read(map: &Arc<Mapping>, sections: &[Section]) -> Result<(About, Graph, [Column<u64>; 8]), Refused> {
    let mut reader = Reader { map, sections: sections.iter() };
    let about = reader.next("release")?;
    let about = about_of(&map.bytes()[about]).ok_or_else(|| Refused::Unsound("its name cannot be read".into()))?;
    let graph = Graph::fill(&mut reader)?;
    if !graph.has_sound_texts() {
        return Err(Refused::Unsound("a text is no JSON text".into()));
    }
    let mut tables: [Column<u64>; 8] = Default::default();
    for (kind, slots) in NodeKind::ALL.iter().zip(&mut tables) {
        let rule = Rule::Maybe(graph.count(*kind) as usize);
        reader.fill(&ids_of(*kind), slots, (None, rule), 0)?;
    }
    match reader.sections.next() {
        Some(more) => Err(Refused::Unsound(format!("nothing reads `{}`", more.name))),
        None => Ok((about, graph, tables)),
    }
}

/// Release, title, version and rules.
type About = (String, String, String, Vec<Precedence>);

fn about_of(bytes: &[u8]) -> Option<About> {
    let about: Value = serde_json::from_slice(bytes).ok()?;
    let text = |of: &Value, key: &str| of.get(key)?.as_str().map(str::to_owned);
    let rule = |rule: &Value| {
        let kinds = rule.get("precedence")?.as_array()?.iter();
        Some(Precedence {
            field: SourceField::parse(rule.get("field")?.as_str()?)?,
            precedence: kinds.map(|kind| SourceType::parse(kind.as_str()?)).collect::<Option<_>>()?,
            text: Bilingual { en: text(rule, "en")?, zh: text(rule, "zh")? },
        })
    };
    let rules = about.get("rules")?.as_array()?.iter().map(rule).collect::<Option<_>>()?;
    Some((text(&about, "release")?, text(&about, "title")?, text(&about, "version")?, rules))
}

fn ids_of(kind: NodeKind) -> String {
    format!("ids.{}", kind.text().to_lowercase())
}

/// XXH3 of the bytes; of many bytes that of the checksums of their parts, so that all cores can take part. It finds damage,
/// not harm: what is read is held against every rule all the same.
fn checksum(bytes: &[u8]) -> [u8; CHECKSUM] {
    let sum = |bytes: &[u8]| XxHash3_128::oneshot(bytes).to_le_bytes();
    if bytes.len() <= PART {
        return sum(bytes);
    }
    let sums: Vec<_> = bytes.par_chunks(PART).map(sum).collect();
    sum(sums.as_flattened())
}

/// The sections that a file says it has, the head checked.
fn sections(bytes: &[u8]) -> Result<Vec<Section>, Refused> {
    let number = |at: usize| -> Result<usize, Refused> {
        let eight = bytes.get(at..at + 8).and_then(|b| b.try_into().ok()).map(u64::from_le_bytes);
        eight.and_then(|n| usize::try_from(n).ok()).ok_or_else(|| Refused::Damaged("its head".into()))
    };
    let four = |at: usize| bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).unwrap_or_default();
    if bytes.get(..MAGIC.len()) != Some(MAGIC) {
        return Err(Refused::Foreign);
    }
    let version = u32::from_le_bytes(four(16));
    if version != VERSION {
        return Err(Refused::Version(format!("of format {version}, this program reads format {VERSION}")));
    }
    if u32::from_ne_bytes(four(20)) != BYTE_ORDER || cfg!(target_endian = "big") {
        return Err(Refused::Version("from a machine with another order of bytes".into()));
    }
    let (length, count) = (number(24)?, number(32)?);
    if length != bytes.len() {
        return Err(Refused::Length { expected: length as u64, found: bytes.len() as u64 });
    }
    let end = HEAD + count.min(MOST_SECTIONS) * ENTRY;
    let (head, sum) = (bytes.get(..end), bytes.get(end..end + CHECKSUM));
    if count > MOST_SECTIONS || head.zip(sum).is_none_or(|(head, sum)| checksum(head) != *sum) {
        return Err(Refused::Damaged("the checksum of its head is wrong".into()));
    }
    let mut sections = Vec::with_capacity(count);
    for entry in (HEAD..end).step_by(ENTRY) {
        let name = bytes[entry..entry + NAME].split(|b| *b == 0).next().unwrap_or_default();
        let name = String::from_utf8_lossy(name).into_owned();
        let (start, length) = (number(entry + NAME)?, number(entry + NAME + 8)?);
        let range = start.checked_add(length).filter(|end| *end <= bytes.len()).map(|end| start..end);
        let range = range.filter(|r| r.start % ALIGN == 0);
        let range = range.ok_or_else(|| Refused::Unsound(format!("`{name}` lies outside of the file")))?;
        let mut checksum = [0; CHECKSUM];
        checksum.copy_from_slice(&bytes[entry + NAME + 16..entry + ENTRY]);
        sections.push(Section { name, range, checksum });
    }
    Ok(sections)
}

/// Adds up the bytes of each group of columns, the first word of their names.
#[derive(Default)]
struct Sizes(BTreeMap<String, (usize, usize)>);

impl Parts for Sizes {
    type Stop = std::convert::Infallible;

    fn part<T: Packed>(&mut self, name: &str, column: &Column<T>) -> Result<(), Self::Stop> {
        let group = name.split('.').next().unwrap_or(name).to_owned();
        let (owned, mapped) = column.bytes();
        let sum = self.0.entry(group).or_default();
        *sum = (sum.0 + owned, sum.1 + mapped);
        Ok(())
    }
}

/// Counts sections.
struct Count(usize);

impl Parts for Count {
    type Stop = std::convert::Infallible;

    fn part<T: Packed>(&mut self, _: &str, _: &Column<T>) -> Result<(), Self::Stop> {
        self.0 += 1;
        Ok(())
    }
}

struct Writer {
    out: BufWriter<File>,
    at: usize,
    sections: Vec<Section>,
}

impl Writer {
    fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.at += bytes.len();
        self.out.write_all(bytes)
    }

    fn section(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let gap = self.at.next_multiple_of(ALIGN) - self.at;
        self.bytes(&[0; ALIGN][..gap])?;
        let range = self.at..self.at + bytes.len();
        // While one core hands the bytes to the system, the others add them up.
        let (done, checksum) = if bytes.len() > 1 << 20 {
            rayon::join(|| self.bytes(bytes), || checksum(bytes))
        } else {
            (self.bytes(bytes), checksum(bytes))
        };
        self.sections.push(Section { name: name.to_owned(), range, checksum });
        done
    }
}

impl Parts for Writer {
    type Stop = io::Error;

    fn part<T: Packed>(&mut self, name: &str, column: &Column<T>) -> io::Result<()> {
        self.section(name, &T::packed(column))
    }
}

struct Reader<'a> {
    map: &'a Arc<Mapping>,
    sections: std::slice::Iter<'a, Section>,
}

impl Reader<'_> {
    fn next(&mut self, name: &str) -> Result<Range<usize>, Refused> {
        match self.sections.next() {
            Some(section) if section.name == name => Ok(section.range.clone()),
            found => {
                let found = found.map_or("nothing", |section| section.name.as_str());
                Err(Refused::Unsound(format!("`{found}` stands where `{name}` should")))
            }
        }
    }
}

impl Fill for Reader<'_> {
    type Stop = Refused;

    fn fill<T: Packed>(
        &mut self,
        name: &str,
        column: &mut Column<T>,
        (rows, rule): (Option<usize>, Rule),
        texts: usize,
    ) -> Result<(), Refused> {
        let range = self.next(name)?;
        let unsound = |what: &str| Refused::Unsound(format!("{what} in `{name}`"));
        *column = T::column(self.map, range).ok_or_else(|| unsound("there is something that is no value"))?;
        if rows.is_some_and(|rows| rows != column.len()) {
            return Err(unsound("there are too few or too many values"));
        }
        if rule.holds(column, texts) { Ok(()) } else { Err(unsound("a value is not possible")) }
    }
}
