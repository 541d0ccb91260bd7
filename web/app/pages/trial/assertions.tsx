// Every single claim of every source about this trial: value, printed text, how one became the other.
import { t, word } from '../../i18n';
import { EntityLink, Printed } from '../../ui/names';
import { Section } from '../../ui/page';
import { SourceLink, ValueText } from '../../ui/sides';
import type { TrialData } from './rows';

export function Assertions({ trial }: { trial: TrialData }) {
  return (
    <Section id="assertions" title={t('trial.assertions')} count={trial.assertions.length}>
      <details>
        <summary>{t('trial.assertionsHelp')}</summary>
        <table class="table">
          <caption class="sr">{t('trial.assertions')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('assertion.field')}</th>
              <th scope="col">{t('assertion.value')}</th>
              <th scope="col">{t('assertion.printed')}</th>
              <th scope="col">{t('assertion.mapping')}</th>
              <th scope="col">{t('assertion.source')}</th>
            </tr>
          </thead>
          <tbody>
            {trial.assertions.map((a) => (
              <tr>
                <th scope="row">{word('field', a.field)}</th>
                <td data-name={t('assertion.value')}>
                  {a.entity ? <EntityLink id={a.entity.id} label={a.entity.label} /> : <ValueText field={a.field} value={a.value} />}
                </td>
                <td data-name={t('assertion.printed')}>
                  <Printed text={a.printed} />
                </td>
                <td data-name={t('assertion.mapping')}>{word('mapping', a.mapping)}</td>
                <td data-name={t('assertion.source')}>
                  <SourceLink source={a.source} row={a.row} asOf={a.asOf} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </Section>
  );
}
