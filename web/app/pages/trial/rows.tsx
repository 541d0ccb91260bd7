// What do the sources print of this trial, row beside row, and where do rows of one source differ?
import type { TrialQuery } from '../../gql/graphql';
import { t, word } from '../../i18n';
import { Printed } from '../../ui/names';
import { Section } from '../../ui/page';
import { SourceLink } from '../../ui/sides';

export type TrialData = NonNullable<TrialQuery['trial']>;

/** Every printed row side by side; a cell that differs between rows of one source is marked. */
export function Rows({ trial }: { trial: TrialData }) {
  const fields = [...new Set(trial.rows.flatMap((r) => r.cells.map((c) => c.field)))];
  const printed = (row: TrialData['rows'][number], field: string) => row.cells.find((c) => c.field === field)?.printed;
  const marked = (row: TrialData['rows'][number], field: string) =>
    trial.rows.some((other) => other !== row && other.source.id === row.source.id && printed(other, field) !== printed(row, field));
  return (
    <Section id="rows" title={t('trial.rows')} count={trial.rows.length}>
      <p class="muted">{t('trial.rowsHelp')}</p>
      <div class="scroll" tabindex={0} role="region" aria-label={t('trial.rows')}>
        <table class="table printed-rows">
          <caption class="sr">{t('trial.rows')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('assertion.field')}</th>
              {trial.rows.map((row) => (
                <th scope="col">
                  <SourceLink source={row.source} row={row} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <tr>
                <th scope="row">{word('field', field)}</th>
                {trial.rows.map((row) => {
                  const text = printed(row, field);
                  const odd = marked(row, field);
                  return (
                    <td class={odd ? 'odd' : undefined}>
                      {text === undefined ? <span class="missing">–</span> : <Printed text={text} />}
                      {odd && <span class="badge">{t('trial.rowDiffers')}</span>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
