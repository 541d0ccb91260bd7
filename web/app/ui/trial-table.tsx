// One table of trials for every page that shows some: columns, order, and which rows come first.
import './trial-table.css';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../i18n';
import { bare, pageOf } from '../lib/format';
import { href } from '../lib/router';
import { type Column, sortable, USUAL_COLUMNS } from '../lib/trials';
import { cell, type TrialParts } from './trial-cells';

export const columnName = (column: Column): string => t(`column.${column}`);

/** Widths in rem, weighed on a screen of 1360 pixels. Given ones lay out faster, and do not jump from one choice to the next. */
const WIDTH: Record<Column, number> = {
  status: 6.8,
  phase: 5.7,
  targets: 6.6,
  diseases: 11,
  drugs: 10.4,
  start: 5.9,
  enrollment: 6.9,
  sponsor: 10,
  countries: 8,
  posted: 6.4,
  rows: 8,
  references: 5.8,
};

const TRIAL_WIDTH = 13.3;
/** What a wide screen has for them. */
const ROOM = 75;

/** More than a screen holds. */
const IN_VIEW = 12;

/** Whether the reader has scrolled. Asked while drawing, the browser would have to lay out the page for it. */
let scrolled = false;

addEventListener('scroll', () => {
  scrolled = scrollY > innerHeight / 2;
});

/** The rows in view first, the others in the next frame: a reader does not wait for what stands below the screen. */
function useUnfolded<T>(rows: readonly T[]): readonly T[] {
  const [whole, setWhole] = useState<readonly T[]>();
  useEffect(() => {
    const frame = requestAnimationFrame(() => setWhole(rows));
    return () => cancelAnimationFrame(frame);
  }, [rows]);
  return whole === rows || scrolled ? rows : rows.slice(0, IN_VIEW);
}

export interface Sorting {
  column: string;
  down: boolean;
  choose: (column: string) => void;
}

export function TrialTable({
  trials,
  columns = USUAL_COLUMNS,
  caption,
  sorting,
}: {
  trials: readonly TrialParts[];
  columns?: readonly Column[];
  caption: string;
  sorting?: Sorting;
}) {
  const shown = useUnfolded(trials);
  const least = columns.reduce((sum, c) => sum + WIDTH[c], TRIAL_WIDTH);
  const head = (name: string, text: string, numeric = false) => {
    const active = sorting?.column === name || (name === 'id' && sorting?.column === '');
    const order = active && sorting ? (sorting.down ? 'descending' : 'ascending') : undefined;
    return (
      <th scope="col" aria-sort={order} class={numeric ? 'numeric' : undefined}>
        {sorting && sortable(name) ? (
          <button type="button" class="sort" onClick={() => sorting.choose(name)}>
            {text}
            <span aria-hidden="true" class="arrow">
              {order === 'descending' ? '▼' : order === 'ascending' ? '▲' : '↕'}
            </span>
          </button>
        ) : (
          text
        )}
      </th>
    );
  };
  return (
    <table
      class={least > ROOM ? 'table trials many' : 'table trials'}
      data-unfolding={shown.length < trials.length ? '' : undefined}
      style={{ '--least': `${least}rem` }}
    >
      <caption class="sr">{caption}</caption>
      <colgroup>
        {[TRIAL_WIDTH, ...columns.map((c) => WIDTH[c])].map((width) => (
          <col style={{ width: `${(100 * width) / least}%` }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {head('id', t('column.trial'))}
          {columns.map((c) => head(c, columnName(c), c === 'enrollment' || c === 'references'))}
        </tr>
      </thead>
      <tbody>
        {shown.map((trial) => (
          <tr key={trial.id}>
            <th scope="row">
              <a class="trial-id" href={href(pageOf(trial.id))}>
                {trial.nctId ?? bare(trial.id)}
              </a>
              {trial.label !== trial.nctId && <span class="trial-title">{trial.label}</span>}
            </th>
            {columns.map((c) => (
              <td key={c} class={`c-${c}`} data-name={columnName(c)}>
                {cell(trial, c)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
