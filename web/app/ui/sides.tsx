// Who says so? A source with its row and date, a value in words, and sides that disagree.
import type { TrialQuery } from '../gql/graphql';
import { t, word } from '../i18n';
import { pageOf, phaseText } from '../lib/format';
import { href } from '../lib/router';
import { Status } from './marks';
import { DateText, Printed } from './names';

type TrialData = NonNullable<TrialQuery['trial']>;

/** Where a source prints a row. */
export const rowOf = (source: string, row?: { table: string; row: number } | null): string =>
  pageOf(source) + (row ? `#r-${row.table}-${row.row}` : '');

export function SourceLink({
  source,
  row,
  asOf,
}: {
  source: { id: string; title: string };
  row?: { table: string; row: number } | null;
  asOf?: string | null;
}) {
  return (
    <span>
      <a href={href(rowOf(source.id, row))}>
        {source.title}
        {row && `, ${t('row.short', { table: row.table, row: String(row.row) })}`}
      </a>
      {asOf && (
        <span class="aside">
          {t('common.asOf')} <DateText date={asOf} />
        </span>
      )}
    </span>
  );
}

/** A normalised value in words. */
export function ValueText({ field, value }: { field: string; value: string }) {
  if (field === 'STATUS') return <Status status={value} />;
  if (field === 'PHASE') return <>{phaseText(value.split('|').filter(Boolean))}</>;
  if (value === 'NONE_REPORTED') return <>{t('facet.none')}</>;
  if (field === 'SPONSOR_CLASS') return <>{word('agency', value)}</>;
  return <>{value.split('|').join(', ')}</>;
}

export function ConflictCard({ conflict }: { conflict: Pick<TrialData['conflicts'][number], 'field' | 'resolved' | 'rule' | 'sides'> }) {
  return (
    <article class="conflict">
      <h3>{word('field', conflict.field)}</h3>
      <ul class="sides">
        {conflict.sides.map((side) => (
          <li class={side.value === conflict.resolved ? 'shown' : undefined}>
            <span class="side-value">
              <ValueText field={conflict.field} value={side.value} />
              {side.value === conflict.resolved && <span class="badge">{t('conflict.shown')}</span>}
            </span>
            <Printed text={side.printed} />
            <SourceLink source={side.source} row={side.row} asOf={side.asOf} />
          </li>
        ))}
      </ul>
      <p class="muted">{conflict.rule}</p>
    </article>
  );
}
