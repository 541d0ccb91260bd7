// The crossed table: every number opens its trials.
import './grid.css';
import { number, t } from '../../i18n';
import { href, queryText } from '../../lib/router';
import type { Sheet } from '../../lib/table';
import { type FacetName, parseTrials, writeTrials } from '../../lib/trials';
import { type Matrix, name, value } from './bucket';
import { type Crossed, expected } from './gaps';

const MOST_ROWS = 30;
/** As many as a wide screen holds, alone and beside the list of white space. */
const MOST_COLUMNS = { counts: 32, white: 24 };

/** The rows and columns with most trials, unless all are wanted. */
export function limited(matrix: Matrix, view: keyof typeof MOST_COLUMNS, all: boolean) {
  const pick = (list: Matrix['rows']) =>
    list
      .map((bucket, index) => ({ bucket, index }))
      .filter((x) => x.bucket.count > 0)
      .sort((a, b) => b.bucket.count - a.bucket.count);
  const known = [pick(matrix.rows), pick(matrix.columns)] as const;
  const rows = all ? known[0] : known[0].slice(0, MOST_ROWS);
  const columns = all ? known[1] : known[1].slice(0, MOST_COLUMNS[view]);
  const counts = new Map(matrix.cells.map((c) => [`${c.row} ${c.column}`, c.count]));
  return {
    rows,
    columns,
    counts,
    most: Math.max(1, ...matrix.cells.map((c) => c.count)),
    /** How many there are, with those that the answer left out. */
    allRows: known[0].length + matrix.otherRows,
    allColumns: known[1].length + matrix.otherColumns,
    /** Whether the answer holds more than is shown. */
    more: rows.length < known[0].length || columns.length < known[1].length,
  };
}

/** The table in view, as a sheet. */
export const gridSheet = ({ rows, columns, counts }: ReturnType<typeof limited>, down: FacetName, across: FacetName): Sheet => ({
  columns: [`${t(`facet.${down}`)} \\ ${t(`facet.${across}`)}`, ...columns.map((c) => name(across, c.bucket))],
  rows: rows.map((r) => [name(down, r.bucket), ...columns.map((c) => counts.get(`${r.index} ${c.index}`) ?? 0)]),
});

function cellAddress(params: URLSearchParams, pairs: [FacetName, string][]): string {
  const state = parseTrials(params);
  const chosen = { ...state.chosen };
  for (const [facet, key] of pairs) chosen[facet] = [value(facet, key)];
  return `trials?${queryText(writeTrials({ ...state, chosen, all: [] }))}`;
}

export function Grid({
  matrix,
  whole,
  pairs,
  rows,
  columns,
  white,
  params,
}: {
  matrix: ReturnType<typeof limited>;
  whole: Crossed;
  /** Pairs that have a trial, themselves or by a narrower disease. */
  pairs: ReadonlySet<string>;
  rows: FacetName;
  columns: FacetName;
  white: boolean;
  params: URLSearchParams;
}) {
  const level = (n: number) => Math.max(1, Math.ceil((Math.log(n + 1) / Math.log(matrix.most + 1)) * 6));
  return (
    <div class="scroll matrix-box" tabindex={0} role="region" aria-label={t('matrix.title')}>
      <table class={white ? 'matrix white' : 'matrix'}>
        <caption class="sr">{t('matrix.caption', { rows: t(`facet.${rows}`), columns: t(`facet.${columns}`) })}</caption>
        <thead>
          <tr>
            <td />
            {matrix.columns.map(({ bucket }) => (
              <th scope="col">
                <a href={href(cellAddress(params, [[columns, bucket.key]]))}>
                  <span>{name(columns, bucket)}</span>
                </a>
                <span class="total">{number(bucket.count)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {matrix.rows.map(({ bucket: row, index }) => (
            <tr>
              <th scope="row">
                <a href={href(cellAddress(params, [[rows, row.key]]))}>{name(rows, row)}</a> <span class="total">{number(row.count)}</span>
              </th>
              {matrix.columns.map(({ bucket: column, index: at }) => {
                const n = matrix.counts.get(`${index} ${at}`) ?? 0;
                if (n === 0) {
                  const narrower = pairs.has(`${index} ${at}`);
                  const chance = expected(whole, index, at);
                  const why = narrower ? t('matrix.narrower') : white ? t('matrix.expected', { n: Math.round(chance * 10) / 10 }) : '';
                  const level = narrower ? 'narrower' : `w${chance >= 3 ? 4 : chance >= 1 ? 3 : chance >= 0.3 ? 2 : 1}`;
                  return (
                    <td class={`zero ${level}`} title={`${name(rows, row)} × ${name(columns, column)}: 0${why && ` · ${why}`}`}>
                      <span aria-hidden="true">{narrower ? '▿' : '·'}</span>
                      <span class="sr">0{narrower ? ` ${why}` : ''}</span>
                    </td>
                  );
                }
                return (
                  <td class={`heat h${level(n)}`}>
                    <a
                      href={href(
                        cellAddress(params, [
                          [rows, row.key],
                          [columns, column.key],
                        ]),
                      )}
                      title={`${name(rows, row)} × ${name(columns, column)}: ${n}`}
                      aria-label={t('matrix.cell', { row: name(rows, row), column: name(columns, column), n })}
                    >
                      {number(n)}
                    </a>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
