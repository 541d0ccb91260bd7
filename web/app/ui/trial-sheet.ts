// The same table as a sheet: plain text, for a file.
import { t, word } from '../i18n';
import { bare, phaseText } from '../lib/format';
import type { Cell, Sheet } from '../lib/table';
import type { Column } from '../lib/trials';
import type { TrialParts } from './trial-cells';
import { columnName } from './trial-table';

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
