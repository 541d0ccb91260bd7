//! Cross-tables of trials by two dimensions.

use std::sync::Arc;

use super::super::declare::{Field, Obj, Object, Size, input, leaf, many, one};
use super::super::error::{Code, FieldError, Res};
use super::connection::{List, connection, page};
use super::facet::{dimension, every, limit};
use super::{Base, Counting, Extra, Listed, T};
use crate::select;

pub(super) fn roots() -> Vec<Field> {
    vec![
        one(
            "matrix",
            "Matrix!",
            "Cross-table of trials by two dimensions. With `includeEmpty`, cells without a trial are listed: the white \
             space. Each cell opens its trials.",
            |cx, _, args| {
                let (rows, columns) = (dimension(args.number("rows")), dimension(args.number("columns")));
                let limits = (limit(args, "rowLimit", 50)?, limit(args, "columnLimit", 50)?);
                if limits.0 * limits.1 > select::CELLS_CAP {
                    let message =
                        format!("{} rows by {} columns are more than {} cells", limits.0, limits.1, select::CELLS_CAP);
                    return Err(FieldError::new(Code::LimitExceeded, message)
                        .argument("rowLimit")
                        .limit("matrixCells"));
                }
                let trials = cx.filtered(args)?.unwrap_or_else(|| every(cx));
                let by = [rows, columns];
                let matrix = cx.paced(|pace| select::matrix(cx.snapshot, &trials, by, false, limits, pace))?;
                cx.work(matrix.work)?;
                let empty = !args.get("includeEmpty").is_some_and(|v| v.is(false));
                let extra = Arc::new(Extra::Matrix(matrix, trials));
                Ok(Some(Obj::with(T::Matrix, u32::from(empty), args.fingerprint, &extra)))
            },
        )
        .args([
            input("rows", "Dimension!", "Dimension of the rows."),
            input("columns", "Dimension!", "Dimension of the columns."),
            input("filter", "TrialFilter", "Only trials that fit."),
            input("includeEmpty", "Boolean", "Whether cells without a trial are listed; true where left out."),
            input(
                "rowLimit",
                "Int",
                "Most rows, those with most trials first; 50 where left out. Rows times columns may be 20000.",
            ),
            input("columnLimit", "Int", "Most columns, likewise."),
        ])
        .cost(100),
    ]
}

fn matrix_of(o: &Obj) -> Res<(&select::Matrix, &select::NodeSet)> {
    match o.extra.as_deref() {
        Some(Extra::Matrix(matrix, trials)) => Ok((matrix, trials)),
        _ => Err(FieldError::new(Code::InternalServerError, "a table without its counts")),
    }
}

pub(super) fn objects() -> Vec<Object> {
    vec![matrix_object(), cell_object()]
}

fn matrix_object() -> Object {
    let side = |name, doc, write| many(name, "[Bucket!]!", doc, write).size(Size::Usual(20));
    Object::new(
        T::Matrix,
        "A cross-table of trials. A trial with several values of a dimension counts in several cells.",
        vec![
            side("rows", "Values of the rows, most trials first, then by key.", |_, o, _, out| {
                if let Some(extra) = &o.extra {
                    let count = matrix_of(o)?.0.rows.len() as u32;
                    out.extend((0..count).map(|at| Some(Obj::with(T::Bucket, at, 0, extra))));
                }
                Ok(())
            }),
            side("columns", "Values of the columns, most trials first, then by key.", |_, o, _, out| {
                if let Some(extra) = &o.extra {
                    let count = matrix_of(o)?.0.columns.len() as u32;
                    out.extend((0..count).map(|at| Some(Obj::with(T::Bucket, at, 1, extra))));
                }
                Ok(())
            }),
            many("cells", "[MatrixCell!]!", "The cells, row after row.", |_, o, _, out| {
                if let Some(extra) = &o.extra {
                    let counts = matrix_of(o)?.0.counts.iter().enumerate();
                    let listed = counts.filter(|(_, count)| o.a == 1 || **count > 0);
                    out.extend(listed.map(|(at, _)| Some(Obj::with(T::MatrixCell, at as u32, o.b, extra))));
                }
                Ok(())
            })
            .size(Size::Usual(400)),
            leaf("total", "Int!", "Trials that the table counts, each once.", |_, o, _, out| {
                out.int(matrix_of(o)?.0.total);
                Ok(())
            }),
            leaf("otherRows", "Int!", "Rows that the limit left out.", |_, o, _, out| {
                out.int(matrix_of(o)?.0.left_out.0);
                Ok(())
            }),
            leaf("otherColumns", "Int!", "Columns that the limit left out.", |_, o, _, out| {
                out.int(matrix_of(o)?.0.left_out.1);
                Ok(())
            }),
        ],
    )
}

fn cell_object() -> Object {
    Object::new(
        T::MatrixCell,
        "A cell of a cross-table.",
        vec![
            leaf("row", "Int!", "Place of its row in `rows`, from 0.", |_, o, _, out| {
                out.int(o.a as usize / matrix_of(o)?.0.columns.len().max(1));
                Ok(())
            }),
            leaf("column", "Int!", "Place of its column in `columns`, from 0.", |_, o, _, out| {
                out.int(o.a as usize % matrix_of(o)?.0.columns.len().max(1));
                Ok(())
            }),
            leaf("count", "Int!", "How many trials.", |_, o, _, out| {
                out.int(matrix_of(o)?.0.counts[o.a as usize]);
                Ok(())
            }),
            connection("trials", "TrialConnection!", "The trials, by registry number.", |cx, o, args| {
                let (matrix, trials) = matrix_of(o)?;
                let width = matrix.columns.len().max(1);
                let (row, column) = (matrix.rows[o.a as usize / width], matrix.columns[o.a as usize % width]);
                let with = select::having(cx.snapshot, &select::having(cx.snapshot, trials, row), column);
                cx.work(with.len())?;
                let with = Arc::new(with);
                let counting = Counting {
                    base: Some(Base::These(Arc::clone(&with))),
                    filter: None,
                    listed: Listed::These(Arc::clone(&with)),
                };
                page(cx, T::TrialConnection, o, args, "trials", List::Set(with), Some(counting))
            }),
        ],
    )
}
