//! How many trials have each pair of values of two dimensions?
//!
//! Cross-tables over a set of trials: of few values from bitmaps or in one pass, of many from the trials of the rows that
//! are shown. Must not know: filters, labels.

use rustc_hash::FxHashMap;

use super::count::{ByKey, Counted};
use super::dimension::Dimension;
use super::facet::{Bucket, Facet, ranked};
use super::linked::linked;
use super::node_set::NodeSet;
use super::pace::Pace;
use crate::snapshot::Snapshot;

/// A cross-table of a set of trials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    /// Values of the rows, most trials first, then by key.
    pub rows: Vec<Bucket>,
    /// Values of the columns, likewise.
    pub columns: Vec<Bucket>,
    /// Counts, row after row.
    pub counts: Vec<u32>,
    /// Trials of the set.
    pub total: u32,
    /// Rows and columns that the limits left out.
    pub left_out: (u32, u32),
    /// Trials, values and blocks of bitmaps looked at.
    pub work: u64,
}

/// Most cells of a cross-table.
pub const CELLS_CAP: usize = 20_000;

/// So many cells are counted for all values before the limits choose among them, or as many as there are trials.
const WHOLE: usize = 1 << 16;
/// Where all of so many trials are asked for, what is known of each value is less than a pass.
const MANY: u64 = 100_000;
/// What a trial takes in a pass over a table, beside what its values take.
const LOOKS: u64 = 3;

/// Counts the trials of a set by two dimensions.
///
/// Complexity: linear in the trials and the pairs of their values, plus the cells; in the bitmaps of the values, or in the
/// trials of the rows that are given, where these are less. Where the pace stops it, what it gives is no answer.
#[must_use]
pub fn matrix(
    snapshot: &Snapshot,
    trials: &NodeSet,
    [rows, columns]: [Dimension; 2],
    empty: bool,
    limits: (usize, usize),
    pace: &Pace<'_>,
) -> Matrix {
    let set = Counted::new(snapshot, trials, pace);
    if let Some(table) = of_bitmaps(&set, [rows, columns], empty, limits) {
        return table;
    }
    let few = !set.whole || trials.len() < MANY;
    if few
        && rows.behind(snapshot).max(1).saturating_mul(columns.behind(snapshot).max(1))
            <= WHOLE.max(trials.len() as usize)
    {
        return of_all(&set, [rows, columns], empty, limits);
    }
    let (by_rows, by_columns) = (set.by(rows), set.by(columns));
    let by_row = ranked(snapshot, rows, &by_rows.of, empty, limits.0);
    let by_column = ranked(snapshot, columns, &by_columns.of, empty, limits.1);
    let (counts, read) = chosen(&set, &by_row, &by_column);
    table(&set, by_row, by_column, counts, by_rows.work + by_columns.work + read)
}

fn table(set: &Counted<'_>, by_row: Facet, by_column: Facet, counts: Vec<u32>, work: u64) -> Matrix {
    Matrix {
        rows: by_row.buckets,
        columns: by_column.buckets,
        counts,
        total: set.trials.len() as u32,
        left_out: (by_row.other_buckets, by_column.other_buckets),
        work,
    }
}

/// A table from the bitmaps of both dimensions; none where one has no bitmaps, or a pass over the trials is less.
fn of_bitmaps(
    set: &Counted<'_>,
    [rows, columns]: [Dimension; 2],
    empty: bool,
    limits: (usize, usize),
) -> Option<Matrix> {
    let snapshot = set.snapshot;
    let (row_values, column_values) = (rows.values(snapshot)?, columns.values(snapshot)?);
    let looks = LOOKS + rows.looks() + columns.looks();
    if !set.by_bitmaps(row_values.len() * (column_values.len() + 1), looks) {
        return None;
    }
    let (row_values, column_values): (FxHashMap<_, _>, FxHashMap<_, _>) =
        (row_values.into_iter().collect(), column_values.into_iter().collect());
    let (by_rows, by_columns) = (set.by(rows), set.by(columns));
    let by_row = ranked(snapshot, rows, &by_rows.of, empty, limits.0);
    let by_column = ranked(snapshot, columns, &by_columns.of, empty, limits.1);
    let mut counts = Vec::with_capacity(by_row.buckets.len() * by_column.buckets.len());
    for row in &by_row.buckets {
        let of_row = row_values.get(&row.key)?;
        let inside = if set.whole { None } else { Some(*of_row & set.trials.set()) };
        let of_row = inside.as_ref().unwrap_or(of_row);
        for column in &by_column.buckets {
            counts.push(if set.pace.stopped() { 0 } else { set.in_both(of_row, column_values.get(&column.key)?) });
        }
    }
    let work = by_rows.work + by_columns.work + counts.len() as u64 * set.blocks;
    Some(table(set, by_row, by_column, counts, work))
}

/// A table of dimensions with few values, all of which are counted before the limits choose.
fn of_all(set: &Counted<'_>, [rows, columns]: [Dimension; 2], empty: bool, limits: (usize, usize)) -> Matrix {
    let (snapshot, width) = (set.snapshot, columns.behind(set.snapshot));
    let (cells, of_rows, of_columns) = in_one_pass(set, rows, columns);
    let by_row = ranked(snapshot, rows, &of_rows, empty, limits.0);
    let by_column = ranked(snapshot, columns, &of_columns, empty, limits.1);
    let line = |r: &Bucket| &cells[r.key as usize * width..][..width];
    let counts = by_row.buckets.iter().flat_map(|r| by_column.buckets.iter().map(move |c| line(r)[c.key as usize]));
    let counts = counts.collect();
    table(set, by_row, by_column, counts, set.trials.len())
}

/// Counts all cells of a table, by key, and the trials of every row and column.
fn in_one_pass(set: &Counted<'_>, rows: Dimension, columns: Dimension) -> (Vec<u32>, ByKey, ByKey) {
    let graph = set.snapshot.graph();
    let (height, width) = (rows.behind(set.snapshot), columns.behind(set.snapshot));
    let mut cells = vec![0u32; height * width];
    let (mut of_rows, mut of_columns) = (ByKey::new(height, height, 0), ByKey::new(width, width, 0));
    if columns.is_single() {
        crossed(
            set,
            rows,
            columns,
            |row, column, count| cells[row * width + column] = count,
            [&mut of_rows, &mut of_columns],
        );
        return (cells, of_rows, of_columns);
    }
    if rows.is_single() {
        crossed(
            set,
            columns,
            rows,
            |column, row, count| cells[row * width + column] = count,
            [&mut of_columns, &mut of_rows],
        );
        return (cells, of_rows, of_columns);
    }
    let mut keys = Vec::new();
    set.each_trial(|trial| {
        keys.clear();
        columns.each_key(graph, trial, |key| keys.push(key));
        for key in &keys {
            *of_columns.place(*key) += 1;
        }
        rows.each_key(graph, trial, |row| {
            *of_rows.place(row) += 1;
            let line = &mut cells[row as usize * width..][..width];
            for key in &keys {
                line[*key as usize] += 1;
            }
        });
    });
    (cells, of_rows, of_columns)
}

/// Counts all cells of two dimensions, the second of which has one value for each trial: `each` is called with the cells that
/// are not empty, and the trials of every value are counted.
fn crossed(
    set: &Counted<'_>,
    one: Dimension,
    single: Dimension,
    mut each: impl FnMut(usize, usize, u32),
    [of_one, of_single]: [&mut ByKey; 2],
) {
    let graph = set.snapshot.graph();
    let (height, none) = (one.behind(set.snapshot), single.behind(set.snapshot));
    // Trials without a value of the second are counted in a column of their own, behind the others.
    let width = none + 1;
    let (mut cells, mut singles) = (vec![0u32; height * width], vec![0u32; width]);
    let (mut values, mut places) = (Vec::new(), Vec::new());
    set.each_some(|some| {
        values.clear();
        single.each_single(graph, some, |value| values.push(value.unwrap_or(none as u32)));
        values.iter().for_each(|value| singles[*value as usize] += 1);
        match one.relation() {
            Some(relation) => {
                let place = |trial: usize, key: u32| key * width as u32 + values[trial];
                linked(graph.relation(relation), some, &mut places, place);
                places.iter().for_each(|place| cells[*place as usize] += 1);
            }
            None => some.iter().zip(&values).for_each(|(trial, value)| {
                one.each_key(graph, *trial, |key| cells[key as usize * width + *value as usize] += 1);
            }),
        }
    });
    for (key, line) in cells.chunks(width).enumerate() {
        let count: u32 = line.iter().sum();
        if count > 0 {
            of_one.set(key as u32, count);
            line[..none]
                .iter()
                .enumerate()
                .filter(|(_, count)| **count > 0)
                .for_each(|(at, count)| each(key, at, *count));
        }
    }
    (0..).zip(&singles[..none]).for_each(|(key, count)| of_single.set(key, *count));
}

/// Counts the cells of the rows and columns that were chosen; gives how many trials were looked at too.
fn chosen(set: &Counted<'_>, by_row: &Facet, by_column: &Facet) -> (Vec<u32>, u64) {
    let width = by_column.buckets.len();
    let mut counts = vec![0; by_row.buckets.len() * width];
    let listed = |facet: &Facet| -> u64 {
        facet.buckets.iter().map(|b| links(set, b).map_or(u64::MAX / 4096, |l| l.len() as u64)).sum()
    };
    let (of_rows, of_columns) = (listed(by_row), listed(by_column));
    let read = if of_rows.min(of_columns).saturating_mul(2) > set.trials.len() {
        pass(set, by_row, by_column, |row, column| counts[row * width + column] += 1)
    } else if of_rows <= of_columns {
        from_links(set, by_row, by_column, |row, column| counts[row * width + column] += 1)
    } else {
        from_links(set, by_column, by_row, |column, row| counts[row * width + column] += 1)
    };
    (counts, read)
}

/// The trials that are linked to a value, where it is a node.
fn links<'a>(set: &Counted<'a>, bucket: &Bucket) -> Option<&'a [u32]> {
    let relation = bucket.dimension.relation()?;
    Some(set.snapshot.graph().relation(relation).sources(bucket.key))
}

const NOWHERE: u32 = u32::MAX;

/// The place of each value among those of a facet.
fn places(set: &Counted<'_>, facet: &Facet) -> ByKey {
    let mut places = ByKey::new(facet.dimension.behind(set.snapshot), set.trials.len() as usize, NOWHERE);
    (0..).zip(&facet.buckets).for_each(|(at, bucket)| places.set(bucket.key, at));
    places
}

fn place(places: &ByKey, key: u32) -> Option<u32> {
    places.get(key).filter(|at| *at != NOWHERE)
}

/// Looks at the trials of each value of one side; `each` is called with the places of a pair.
fn from_links(set: &Counted<'_>, one: &Facet, other: &Facet, mut each: impl FnMut(usize, usize)) -> u64 {
    let graph = set.snapshot.graph();
    let other_at = places(set, other);
    let mut read = 0;
    for (at, bucket) in one.buckets.iter().enumerate() {
        let trials = links(set, bucket).unwrap_or_default();
        read += trials.len() as u64;
        if !set.pace.spend(trials.len() as u64) {
            break;
        }
        for trial in trials.iter().filter(|trial| set.whole || set.trials.set().contains(**trial)) {
            other.dimension.each_key(graph, *trial, |key| {
                if let Some(place) = place(&other_at, key) {
                    each(at, place as usize);
                }
            });
        }
    }
    read
}

/// Looks at every trial of the set; `each` is called with the places of a pair.
fn pass(set: &Counted<'_>, by_row: &Facet, by_column: &Facet, mut each: impl FnMut(usize, usize)) -> u64 {
    let graph = set.snapshot.graph();
    let (row_at, column_at) = (places(set, by_row), places(set, by_column));
    let mut keys = Vec::new();
    set.each_trial(|trial| {
        keys.clear();
        by_column.dimension.each_key(graph, trial, |key| keys.extend(place(&column_at, key)));
        if keys.is_empty() {
            return;
        }
        by_row.dimension.each_key(graph, trial, |key| {
            if let Some(row) = place(&row_at, key) {
                keys.iter().for_each(|column| each(row as usize, *column as usize));
            }
        });
    });
    set.trials.len()
}
