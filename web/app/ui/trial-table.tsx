// One table of trials for every page that shows some.
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { fragment, graphql } from '../gql';
import type { TrialRowFragment } from '../gql/graphql';
import { number, t, word } from '../i18n';
import { bare, pageOf, phaseText } from '../lib/format';
import { href } from '../lib/router';
import type { Cell, Sheet } from '../lib/table';
import { type Column, sortable, USUAL_COLUMNS } from '../lib/trials';
import { DateText, EntityLink, Missing } from './basics';
import { Status } from './marks';

export const TrialRow = fragment(
  graphql(`
    fragment TrialRow on Trial {
      id
      nctId
      label(lang: $lang)
      status
      phases
      area
      startDate
      firstPosted
      enrollment
      countries
      sponsor {
        name
      }
      targets {
        role
        printed
        target {
          id
          label(lang: EN)
        }
      }
      diseases {
        printed
        qualifiers
        disease {
          id
          label(lang: $lang)
        }
      }
      drugs {
        role
        printed
        drug {
          id
          label(lang: $lang)
        }
      }
      rows {
        table
        row
        source {
          id
        }
      }
      conflicts {
        field
      }
      references(first: 1) {
        totalCount
      }
    }
  `),
);

export type TrialParts = TrialRowFragment;

export const columnName = (column: Column): string => t(`column.${column}`);

function Many({ children }: { children: ComponentChildren[] }) {
  if (children.length === 0) return <Missing />;
  return (
    <ul class="cell-list">
      {children.map((child) => (
        <li>{child}</li>
      ))}
    </ul>
  );
}

const MOST = 4;

/** A long list in a cell is cut; the rest comes when it is asked for. */
function Cut({ children }: { children: ComponentChildren[] }) {
  const [open, setOpen] = useState(false);
  if (children.length <= MOST) return <Many>{children}</Many>;
  return (
    <>
      <Many>{children.slice(0, MOST - 1)}</Many>
      <details class="more" onToggle={(e) => setOpen(e.currentTarget.open)}>
        <summary>{t('common.more', { n: children.length - MOST + 1 })}</summary>
        {open && <Many>{children.slice(MOST - 1)}</Many>}
      </details>
    </>
  );
}

function cell(trial: TrialParts, column: Column): ComponentChildren {
  switch (column) {
    case 'status':
      return (
        <>
          <Status status={trial.status} />
          {trial.conflicts.some((c) => c.field === 'STATUS') && <Differs id={trial.id} />}
        </>
      );
    case 'phase':
      return (
        <>
          <span class="phase">{phaseText(trial.phases)}</span>
          {trial.conflicts.some((c) => c.field === 'PHASE') && <Differs id={trial.id} />}
        </>
      );
    case 'targets':
      return (
        <Many>
          {trial.targets.map(({ target, role }) => (
            <EntityLink
              id={target.id}
              label={target.label}
              extra={role === 'BINDER' && <span class="aside">{word('targetRole', role)}</span>}
            />
          ))}
        </Many>
      );
    case 'diseases':
      return (
        <Cut>
          {trial.diseases.map(({ disease, qualifiers }) => (
            <EntityLink
              id={disease.id}
              label={disease.label}
              extra={qualifiers.length > 0 && <span class="aside">{qualifiers.map((q) => word('qualifier', q)).join(', ')}</span>}
            />
          ))}
        </Cut>
      );
    case 'drugs':
      if (trial.drugs.length === 0) return <span class="missing">{t('facet.none')}</span>;
      return (
        <Cut>
          {trial.drugs.map(({ drug }) => (
            <EntityLink id={drug.id} label={drug.label} />
          ))}
        </Cut>
      );
    case 'start':
      return <DateText date={trial.startDate} />;
    case 'posted':
      return <DateText date={trial.firstPosted} />;
    case 'enrollment':
      return trial.enrollment === null || trial.enrollment === undefined ? <Missing /> : number(trial.enrollment);
    case 'sponsor':
      return trial.sponsor?.name ?? <Missing />;
    case 'countries':
      return trial.countries.length ? trial.countries.join(', ') : <Missing />;
    case 'rows':
      return (
        <ul class="cell-list">
          {trial.rows.map((row) => (
            <li>
              <a href={href(`${pageOf(row.source.id)}#r-${row.table}-${row.row}`)}>
                {t('row.short', { table: row.table, row: String(row.row) })}
              </a>
            </li>
          ))}
        </ul>
      );
    case 'references':
      return trial.references.totalCount ? <a href={href(`${pageOf(trial.id)}#references`)}>{number(trial.references.totalCount)}</a> : '0';
  }
}

function Differs({ id }: { id: string }) {
  return (
    <a class="differs" href={href(`${pageOf(id)}#conflicts`)} title={t('conflict.differs')}>
      ≠<span class="sr">{t('conflict.differs')}</span>
    </a>
  );
}

/** Widths in rem, weighed on a screen of 1360 pixels. Given ones lay out faster, and do not jump from one choice to the next. */
const WIDTH: Record<Column, number> = {
  status: 7,
  phase: 5.8,
  targets: 6.8,
  diseases: 11.6,
  drugs: 9.5,
  start: 5.7,
  enrollment: 6.4,
  sponsor: 10,
  countries: 8,
  posted: 6.4,
  rows: 8,
  references: 5.8,
};
const TRIAL_WIDTH = 13.8;

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
  useEffect(() => setWhole(rows), [rows]);
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
      class="table trials"
      data-unfolding={shown.length < trials.length ? '' : undefined}
      style={{ minWidth: `${columns.reduce((sum, c) => sum + WIDTH[c], TRIAL_WIDTH)}rem` }}
    >
      <caption class="sr">{caption}</caption>
      <colgroup>
        {[TRIAL_WIDTH, ...columns.map((c) => WIDTH[c])].map((width) => (
          <col style={{ width: `${width}rem` }} />
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

/** What a column says, as plain text for a file. */
function plain(trial: TrialParts, column: Column): Cell {
  const join = (texts: string[]) => texts.join('; ');
  switch (column) {
    case 'status':
      return word('status', trial.status);
    case 'phase':
      return trial.phases.length ? phaseText(trial.phases) : '';
    case 'targets':
      return join(trial.targets.map((x) => x.target.label));
    case 'diseases':
      return join(
        trial.diseases.map(
          (x) => x.disease.label + (x.qualifiers.length ? ` (${x.qualifiers.map((q) => word('qualifier', q)).join(', ')})` : ''),
        ),
      );
    case 'drugs':
      return join(trial.drugs.map((x) => x.drug.label));
    case 'start':
      return trial.startDate;
    case 'posted':
      return trial.firstPosted;
    case 'enrollment':
      return trial.enrollment;
    case 'sponsor':
      return trial.sponsor?.name;
    case 'countries':
      return join([...trial.countries]);
    case 'rows':
      return join(trial.rows.map((r) => `${bare(r.source.id)} ${r.table}.${r.row}`));
    case 'references':
      return trial.references.totalCount;
  }
}

/** The table as a sheet: the columns in view, in words of the reader's language, and the printed targets and diseases. */
export function trialSheet(trials: readonly TrialParts[], columns: readonly Column[]): Sheet {
  const printed = columns.includes('targets') || columns.includes('diseases');
  const names = [t('column.trial'), t('column.title'), ...columns.map(columnName)];
  if (printed) names.push(t('column.printedTargets'), t('column.printedDiseases'));
  return {
    columns: names,
    rows: trials.map((trial) => {
      const row: Cell[] = [trial.nctId ?? bare(trial.id), trial.label, ...columns.map((c) => plain(trial, c))];
      if (printed) {
        row.push(trial.targets.flatMap((x) => x.printed).join('; '), trial.diseases.flatMap((x) => x.printed).join('; '));
      }
      return row;
    }),
  };
}
