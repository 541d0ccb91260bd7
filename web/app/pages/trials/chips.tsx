// What is chosen, in words that say AND and OR.
import { t } from '../../i18n';
import { changed, FACETS, isWide, NONE, narrow, type TrialsState, toggled } from '../../lib/trials';
import { type FacetData, type Go, labelOf, type Names, shortValue } from './choice';

/** What is chosen, in words that say AND and OR. */
export function Chips({ state, facets, names, go }: { state: TrialsState; facets: readonly FacetData[]; names: Names; go: Go }) {
  const parts = FACETS.filter((f) => state.chosen[f.name]?.length).map((facet) => {
    const values = state.chosen[facet.name] ?? [];
    const data = facets.find((f) => f.dimension === facet.dimension);
    const label = (value: string) => {
      const bucket = data?.buckets.find((b) => shortValue(facet, b.key) === value);
      return labelOf(facet, value, bucket?.label ?? names.get(`${facet.kind}:${narrow(value)}`));
    };
    const isAll = state.all.includes(facet.name);
    const between = isAll ? t('chip.and') : t('chip.or');
    return (
      <fieldset class="chip">
        <legend>{t(`facet.${facet.name}`)}</legend>
        {values.map((value, i) => (
          <>
            {i > 0 &&
              (facet.many ? (
                <button
                  type="button"
                  class="chip-between"
                  title={isAll ? t('chip.makeOr') : t('chip.makeAnd')}
                  onClick={() =>
                    go(
                      changed(state, {
                        all: isAll ? state.all.filter((n) => n !== facet.name) : [...state.all, facet.name],
                      }),
                    )
                  }
                >
                  {between}
                </button>
              ) : (
                <span class="chip-between">{between}</span>
              ))}
            <span class="chip-value">
              {label(value)}
              {facet.name === 'disease' && value !== NONE && (
                <button type="button" class="chip-scope" onClick={() => go(widened(state, value))}>
                  {isWide(value) ? t('chip.wide') : t('chip.alone')}
                </button>
              )}
              <button
                type="button"
                aria-label={t('chip.remove', { value: label(value) })}
                onClick={() => go(toggled(state, facet.name, value))}
              >
                ×
              </button>
            </span>
          </>
        ))}
      </fieldset>
    );
  });
  const single = (name: string, value: string, remove: () => void) => (
    <fieldset class="chip">
      <legend>{name}</legend>
      <span class="chip-value">
        {value}
        <button type="button" aria-label={t('chip.remove', { value })} onClick={remove}>
          ×
        </button>
      </span>
    </fieldset>
  );
  if (state.text) parts.push(single(t('facet.text'), state.text, () => go(changed(state, { text: '' }))));
  if (state.conflict) parts.push(single(t('facet.flags'), t('facet.conflict'), () => go(changed(state, { conflict: false }))));
  if (state.reference) parts.push(single(t('facet.flags'), t('facet.reference'), () => go(changed(state, { reference: false }))));
  if (parts.length === 0) return null;
  return (
    <div class="chips" role="group" aria-label={t('chip.chosen')}>
      {parts.map((part, i) => (
        <>
          {i > 0 && <span class="chip-and">{t('chip.and')}</span>}
          {part}
        </>
      ))}
      <button type="button" class="text-button" onClick={() => go(cleared(state))}>
        {t('chip.clear')}
      </button>
    </div>
  );
}

/** With all below it, or alone. */
function widened(state: TrialsState, value: string): TrialsState {
  const next = isWide(value) ? narrow(value) : `${value}*`;
  return changed(state, {
    chosen: { ...state.chosen, disease: (state.chosen.disease ?? []).map((v) => (v === value ? next : v)) },
  });
}

export const cleared = (state: TrialsState): TrialsState =>
  changed(state, { chosen: {}, all: [], text: '', conflict: false, reference: false });
