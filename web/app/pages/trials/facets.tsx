// What may be chosen, and how many trials each choice leaves.
import './facets.css';
import { useEffect, useRef, useState } from 'preact/hooks';
import { number, t } from '../../i18n';
import {
  canLack,
  changed,
  choices,
  type Facet,
  type FacetName,
  facetOf,
  isWide,
  NONE,
  parseTrials,
  type TrialsState,
  toggled,
} from '../../lib/trials';
import { type FacetData, type Go, labelOf, type Names, shortValue } from './choice';

export function FacetPanel({ state, facets, names, go }: { state: TrialsState; facets: readonly FacetData[]; names: Names; go: Go }) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState(state.text);
  const typed = useRef(state.text);
  useEffect(() => {
    if (state.text !== typed.current) {
      typed.current = state.text;
      setText(state.text);
    }
  }, [state.text]);
  useEffect(() => {
    if (text === state.text) return;
    const timer = setTimeout(() => {
      typed.current = text;
      go(changed(parseTrials(new URLSearchParams(location.search)), { text }), true);
    }, 40);
    return () => clearTimeout(timer);
  }, [text]);
  const n = choices(state);
  return (
    <aside class={open ? 'facets open' : 'facets'} aria-label={t('facet.panel')}>
      <button type="button" class="button facets-toggle" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('facet.panel')}
        {n > 0 && <span class="count">{n}</span>}
      </button>
      <div class="facets-body">
        <label class="facet-text">
          <span>{t('facet.text')}</span>
          <input type="search" value={text} placeholder={t('facet.textHint')} onInput={(e) => setText(e.currentTarget.value)} />
        </label>
        {facets.map((data) => {
          const facet = facetOf(data.dimension);
          return facet && <FacetBox key={facet.name} facet={facet} data={data} state={state} names={names} go={go} />;
        })}
        <fieldset class="facet">
          <legend>{t('facet.flags')}</legend>
          <label class="choice">
            <input type="checkbox" checked={state.conflict} onChange={() => go(changed(state, { conflict: !state.conflict }))} />
            <span>{t('facet.conflict')}</span>
          </label>
          <label class="choice">
            <input type="checkbox" checked={state.reference} onChange={() => go(changed(state, { reference: !state.reference }))} />
            <span>{t('facet.reference')}</span>
          </label>
        </fieldset>
      </div>
    </aside>
  );
}

const SHOWN = 7;

const FOLDED: FacetName[] = ['role', 'regimen', 'country', 'sponsor', 'year', 'source'];

function FacetBox({ facet, data, state, names, go }: { facet: Facet; data: FacetData; state: TrialsState; names: Names; go: Go }) {
  const [all, setAll] = useState(false);
  const [find, setFind] = useState('');
  const chosen = state.chosen[facet.name] ?? [];
  const buckets = data.buckets.map((b) => ({
    value: shortValue(facet, b.key),
    label: labelOf(facet, b.key, b.label),
    count: b.count,
  }));
  for (const value of chosen) {
    if (value !== NONE && !isWide(value) && !buckets.some((b) => b.value === value)) {
      buckets.push({ value, label: labelOf(facet, value, names.get(`${facet.kind}:${value}`)), count: 0 });
    }
  }
  if (data.missing > 0 || chosen.includes(NONE)) {
    if (canLack(facet)) buckets.push({ value: NONE, label: t('facet.none'), count: data.missing });
  }
  if (buckets.length === 0) return null;
  const wanted = find.trim().toLowerCase();
  const matching = wanted ? buckets.filter((b) => b.label.toLowerCase().includes(wanted)) : buckets;
  const shown = all || wanted ? matching : matching.filter((b, i) => i < SHOWN || chosen.includes(b.value));
  const most = Math.max(1, ...buckets.map((b) => b.count));
  return (
    <details class="facet" open={!FOLDED.includes(facet.name) || chosen.length > 0}>
      <summary>{t(`facet.${facet.name}`)}</summary>
      {(all || buckets.length > 30) && (
        <input
          type="search"
          class="facet-find"
          aria-label={t('facet.find', { facet: t(`facet.${facet.name}`) })}
          placeholder={t('facet.findHint')}
          value={find}
          onInput={(e) => setFind(e.currentTarget.value)}
        />
      )}
      <ul>
        {shown.map((b) => (
          <li key={b.value}>
            <label class="choice">
              <input type="checkbox" checked={chosen.includes(b.value)} onChange={() => go(toggled(state, facet.name, b.value))} />
              <span>{b.label}</span>
              <span class="choice-count">{number(b.count)}</span>
              <meter class="choice-bar" min={0} max={most} value={b.count} aria-hidden="true" />
            </label>
          </li>
        ))}
      </ul>
      {!wanted && buckets.length > shown.length && (
        <button type="button" class="text-button" onClick={() => setAll(true)}>
          {t('facet.showAll', { n: buckets.length })}
        </button>
      )}
      {(all || wanted) && data.otherBuckets > 0 && <p class="aside">{t('facet.rest', { n: number(data.otherBuckets) })}</p>}
      {all && !wanted && buckets.length > SHOWN && (
        <button type="button" class="text-button" onClick={() => setAll(false)}>
          {t('facet.showLess')}
        </button>
      )}
    </details>
  );
}
