// The citation trace as nested lists: for phones, for print, for ears.
import { t, word } from '../../i18n';
import { bare } from '../../lib/format';
import { Marker } from '../../ui/evidence';
import { EntityLink } from '../../ui/names';
import type { ReferenceData } from './way';

/** The same as nested lists: for phones, for print, for ears. */
export function TraceList({ reference }: { reference: ReferenceData }) {
  const trials = new Map(reference.trials.nodes.map((x) => [x.id, x]));
  const told = new Set<string>();
  const ends = (id: string) => {
    const trial = trials.get(id);
    if (!trial) return null;
    return (
      <ul>
        {[...trial.targets.map((x) => x.target), ...trial.diseases.map((x) => x.disease), ...trial.drugs.map((x) => x.drug)].map((e) => (
          <li>
            <EntityLink id={e.id} label={e.label} />
          </li>
        ))}
      </ul>
    );
  };
  return (
    <ul class="tree">
      {reference.statements.nodes.map((s) => (
        <li>
          <EntityLink id={s.id} label={s.number} /> {s.text}{' '}
          {s.cites.map((c) => (
            <Marker marker={c.marker} id={c.reference.id} title={c.reference.title} />
          ))}
          <ul>
            {s.mentionedTrials.map((m) => {
              if (m.trial) told.add(m.trial.id);
              return m.trial ? (
                <li>
                  <EntityLink id={m.trial.id} label={m.registryId} /> <span class="aside">{word('knownBy', m.knownBy)}</span>
                  {ends(m.trial.id)}
                </li>
              ) : (
                <li>
                  {m.registryId} <span class="aside">{t('statement.notInData')}</span>
                </li>
              );
            })}
            {s.about
              .filter((e) => e.kind !== 'TRIAL')
              .map((e) => (
                <li>
                  <EntityLink id={e.id} label={e.label} />
                </li>
              ))}
          </ul>
        </li>
      ))}
      {reference.trials.nodes
        .filter((x) => !told.has(x.id))
        .map((x) => (
          <li>
            <EntityLink id={x.id} label={x.nctId ?? bare(x.id)} />
            {ends(x.id)}
          </li>
        ))}
    </ul>
  );
}
