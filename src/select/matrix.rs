//! How many trials have each pair of values of two dimensions?
//!
//! Cross-tables over a set of trials. Must not know: filters, labels.

use roaring::RoaringBitmap;

use super::dimension::Dimension;
use super::facet::{Bucket, ByKey, Facet, behind, each_trial, facet, ranked};
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
}

/// Most cells of a cross-table.
pub const CELLS_CAP: usize = 20_000;

/// Most cells that are counted for all values before the limits choose among them.
const WHOLE: usize = 1 << 16;

/// Counts the trials of a set by two dimensions.
///
/// Complexity: linear in the trials and the pairs of their values, plus the cells. Dimensions with few values are
/// counted in one go.
#[must_use]
pub fn matrix(
    snapshot: &Snapshot,
    trials: &RoaringBitmap,
    rows: Dimension,
    columns: Dimension,
    empty: bool,
    limits: (usize, usize),
) -> Matrix {
    let (row_keys, column_keys) = (rows.keys(snapshot), columns.keys(snapshot));
    let (height, width) = (behind(&row_keys), behind(&column_keys));
    let (by_row, by_column, counts) = if height.saturating_mul(width) <= WHOLE {
        let (cells, totals) = whole(snapshot, trials, rows, columns, (height, width));
        let by_row = ranked(rows, &row_keys, &totals.0, 0, empty, limits.0);
        let by_column = ranked(columns, &column_keys, &totals.1, 0, empty, limits.1);
        let row = |r: &Bucket| &cells[r.key as usize * width..][..width];
        let counts = by_row.buckets.iter().flat_map(|r| by_column.buckets.iter().map(move |c| row(r)[c.key as usize]));
        let counts = counts.collect();
        (by_row, by_column, counts)
    } else {
        let by_row = facet(snapshot, trials, rows, empty, limits.0);
        let by_column = facet(snapshot, trials, columns, empty, limits.1);
        let counts = chosen(snapshot, trials, (&row_keys, &by_row), (&column_keys, &by_column));
        (by_row, by_column, counts)
    };
    Matrix {
        rows: by_row.buckets,
        columns: by_column.buckets,
        counts,
        total: trials.len() as u32,
        left_out: (by_row.other_buckets, by_column.other_buckets),
    }
}

/// Counts all cells of a table, by key, and the trials of every row and column, in one pass.
fn whole(
    snapshot: &Snapshot,
    trials: &RoaringBitmap,
    rows: Dimension,
    columns: Dimension,
    (height, width): (usize, usize),
) -> (Vec<u32>, (ByKey, ByKey)) {
    let graph = snapshot.graph();
    let mut cells = vec![0u32; height * width];
    let (mut of_rows, mut of_columns) = (ByKey::below(height), ByKey::below(width));
    let mut keys = Vec::new();
    each_trial(snapshot, trials, |trial| {
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
    (cells, (of_rows, of_columns))
}

/// Counts the cells of the rows and columns that were chosen.
fn chosen(
    snapshot: &Snapshot,
    trials: &RoaringBitmap,
    (row_keys, by_row): (&[u32], &Facet),
    (column_keys, by_column): (&[u32], &Facet),
) -> Vec<u32> {
    const NOWHERE: u32 = u32::MAX;
    let graph = snapshot.graph();
    let places = |keys: &[u32], facet: &Facet| {
        let mut places = ByKey::new(keys, NOWHERE);
        (0..).zip(&facet.buckets).for_each(|(at, bucket)| places.set(bucket.key, at));
        places
    };
    let (row_at, column_at) = (places(row_keys, by_row), places(column_keys, by_column));
    let width = by_column.buckets.len();
    let mut counts = vec![0; by_row.buckets.len() * width];
    let mut keys = Vec::new();
    let at = |places: &ByKey, key| places.get(key).filter(|at| *at != NOWHERE);
    each_trial(snapshot, trials, |trial| {
        keys.clear();
        by_column.dimension.each_key(graph, trial, |key| keys.extend(at(&column_at, key)));
        if keys.is_empty() {
            return;
        }
        by_row.dimension.each_key(graph, trial, |key| {
            if let Some(row) = at(&row_at, key) {
                let line = &mut counts[row as usize * width..][..width];
                keys.iter().for_each(|column| line[*column as usize] += 1);
            }
        });
    });
    counts
}
