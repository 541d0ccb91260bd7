// Which pairs has no trial, and how many would one expect?
import { number, t } from '../../i18n';
import type { FacetName } from '../../lib/trials';
import { Link } from '../../ui/names';
import { type Matrix, name, value } from './bucket';

export interface Gap {
  row: number;
  column: number;
  /** Trials one would see if the two had nothing to do with each other. */
  expected: number;
}

export type Crossed = Pick<Matrix, 'rows' | 'columns' | 'cells' | 'total'>;

/** What lies above a disease, by its id. */
export type Above = ReadonlyMap<string, readonly string[]>;

/**
 * Pairs that have a trial, themselves or by a narrower disease: a trial of B-cell lymphoma is one of lymphoma, though the
 * table counts it only where it is named.
 */
export function tried(matrix: Crossed, above: Above): Set<string> {
  const places = (list: Crossed['rows']) => new Map(list.map((b, i) => [b.key, i]));
  const rows = places(matrix.rows);
  const columns = places(matrix.columns);
  const wider = (key: string, at: number, places: ReadonlyMap<string, number>) => [
    at,
    ...(above.get(key) ?? []).map((id) => places.get(id)).filter((i) => i !== undefined),
  ];
  const pairs = new Set<string>();
  for (const { row, column, count } of matrix.cells) {
    if (count === 0) continue;
    for (const r of wider(matrix.rows[row]!.key, row, rows))
      for (const c of wider(matrix.columns[column]!.key, column, columns)) pairs.add(`${r} ${c}`);
  }
  return pairs;
}

export const expected = (matrix: Crossed, row: number, column: number) =>
  (matrix.rows[row]!.count * matrix.columns[column]!.count) / Math.max(1, matrix.total);

/** Pairs without a trial, those first where most would be expected by chance. */
export function gaps(matrix: Crossed, above: Above = new Map(), most = 24): Gap[] {
  const filled = tried(matrix, above);
  const found: Gap[] = [];
  matrix.rows.forEach((r, row) => {
    matrix.columns.forEach((c, column) => {
      if (!filled.has(`${row} ${column}`) && r.count > 0 && c.count > 0) {
        found.push({ row, column, expected: expected(matrix, row, column) });
      }
    });
  });
  return found.sort((a, b) => b.expected - a.expected || a.row - b.row || a.column - b.column).slice(0, most);
}

export function Gaps({ matrix, above, rows, columns }: { matrix: Matrix; above: Above; rows: FacetName; columns: FacetName }) {
  const list = gaps(matrix, above);
  if (list.length === 0) return null;
  return (
    <section class="section" aria-labelledby="gaps-title">
      <h2 id="gaps-title">{t('matrix.gaps')}</h2>
      <p class="muted">{t('matrix.gapsHelp')}</p>
      <ol class="gaps">
        {list.map((gap) => {
          const row = matrix.rows[gap.row]!;
          const column = matrix.columns[gap.column]!;
          return (
            <li>
              <Link to={`trials?${rows}=${encodeURIComponent(value(rows, row.key))}`}>{name(rows, row)}</Link>{' '}
              <span class="muted">({number(row.count)})</span> ×{' '}
              <Link to={`trials?${columns}=${encodeURIComponent(value(columns, column.key))}`}>{name(columns, column)}</Link>{' '}
              <span class="muted">({number(column.count)})</span>
              <span class="aside">{t('matrix.expected', { n: Math.round(gap.expected * 10) / 10 })}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
