// How two things are connected, each step with its evidence.
import './paths.css';
import { graphql } from '../gql';
import type { PathsQuery } from '../gql/graphql';
import { apiLang, t, word } from '../i18n';
import { useQuery } from '../lib/client';
import { bare, shortName } from '../lib/format';
import { setParams, usePlace } from '../lib/router';
import { EntityLink, Printed } from '../ui/names';
import { Page } from '../ui/page';
import { Picker } from '../ui/picker';
import { SourceLink } from '../ui/sides';
import { Empty } from '../ui/states';

const PATHS = graphql(`
  query Paths($from: ID!, $to: ID!, $hops: Int, $most: Int, $lang: Language!) {
    from: node(id: $from) {
      id
      ... on Entity {
        label(lang: $lang)
      }
    }
    to: node(id: $to) {
      id
      ... on Entity {
        label(lang: $lang)
      }
    }
    paths(from: $from, to: $to, maxHops: $hops, maxPaths: $most) {
      truncated
      paths {
        length
        steps {
          relation
          forward
          from {
            id
            label(lang: $lang)
          }
          to {
            id
            label(lang: $lang)
          }
          assertions {
            printed
            asOf
            source {
              id
              title(lang: $lang)
            }
            row {
              table
              row
            }
          }
          statements {
            id
            number
            text(lang: $lang)
          }
        }
      }
    }
  }
`);

/** Paths that are shown at first, and that are ever asked for. */
const FIRST = 12;
const MOST = 100;
type Step = PathsQuery['paths']['paths'][number]['steps'][number];
const EXAMPLES: [string, string][] = [
  ['target:cd19', 'reference:marin-2024'],
  ['target:nkg2d', 'drug:cyclophosphamide'],
  ['disease:aml', 'target:cd33'],
];

export default function Paths() {
  const { params } = usePlace();
  const from = params.get('from') ?? '';
  const to = params.get('to') ?? '';
  const hops = Math.min(6, Math.max(1, Number(params.get('hops') ?? 4) || 4));
  const most = Math.min(MOST, Math.max(1, Number(params.get('most') ?? FIRST) || FIRST));
  const variables = { from, to, hops, most, lang: apiLang() };
  const ready = Boolean(from && to);
  const asked = useQuery(PATHS, variables, !ready);
  const name = (end: 'from' | 'to') => {
    const id = end === 'from' ? from : to;
    const node = asked.data?.[end];
    return id.startsWith('trial:') ? bare(id) : node && node.id === id && 'label' in node ? node.label : bare(id);
  };
  const set = (end: 'from' | 'to') => (found: { node: { id: string } }) => setParams((p) => p.set(end, found.node.id));
  return (
    <Page
      title={t('paths.title')}
      document={PATHS}
      variables={variables}
      asked={ready ? asked : undefined}
      below={
        <>
          <p class="lead">{t('paths.lead')}</p>
          <div class="filter-row ends">
            <Picker label={t('paths.from')} choose={set('from')} initial={from && name('from')} />
            <button
              type="button"
              class="icon-button"
              aria-label={t('matrix.swap')}
              title={t('matrix.swap')}
              onClick={() =>
                setParams((p) => {
                  p.set('from', to);
                  p.set('to', from);
                })
              }
            >
              ⇄
            </button>
            <Picker label={t('paths.to')} choose={set('to')} initial={to && name('to')} />
            <label>
              <span>{t('paths.hops')}</span>{' '}
              <select value={String(hops)} onChange={(e) => setParams((p) => p.set('hops', e.currentTarget.value))}>
                {[1, 2, 3, 4, 5, 6].map((n) => (
                  <option value={String(n)}>{n}</option>
                ))}
              </select>
            </label>
          </div>
        </>
      }
    >
      {ready ? (
        (data: NonNullable<typeof asked.data>) => (
          <div class="body">
            <p class="result-count" role="status" aria-live="polite">
              {t('paths.count', { n: data.paths.paths.length })}
            </p>
            {data.paths.paths.length === 0 && (
              <div class="nothing">
                <Empty>{t('paths.nothing', { hops })}</Empty>
                {hops < 6 && (
                  <button type="button" class="button" onClick={() => setParams((p) => p.set('hops', String(hops + 1)))}>
                    {t('paths.deeper', { hops: hops + 1 })}
                  </button>
                )}
              </div>
            )}
            <ol class="paths">
              {data.paths.paths.map((path, i) => (
                <li>
                  <h2>{t('paths.steps', { n: path.length })}</h2>
                  <ol class="path">
                    {path.steps[0] && (
                      <li class="path-node">
                        <EntityLink id={path.steps[0].from.id} label={short(path.steps[0].from)} />
                      </li>
                    )}
                    {path.steps.map((step) => (
                      <>
                        <li class="path-step">
                          <span class="path-relation">
                            {step.forward ? '' : '← '}
                            {word('relation', step.relation)}
                            {step.forward ? ' →' : ''}
                          </span>
                        </li>
                        <li class="path-node">
                          <EntityLink id={step.to.id} label={short(step.to)} />
                        </li>
                      </>
                    ))}
                  </ol>
                  <details class="evidence" open={i === 0}>
                    <summary>{t('paths.evidence')}</summary>
                    <ol>
                      {path.steps.map((step) => (
                        <li>
                          <Evidence step={step} />
                        </li>
                      ))}
                    </ol>
                  </details>
                </li>
              ))}
            </ol>
            {data.paths.truncated && (
              <p class="row muted">
                {t('paths.truncated')}
                {data.paths.paths.length === most && most < MOST && (
                  <button type="button" class="button" onClick={() => setParams((p) => p.set('most', String(Math.min(MOST, most * 3))))}>
                    {t('paths.more')}
                  </button>
                )}
              </p>
            )}
          </div>
        )
      ) : (
        <div class="body">
          <p class="muted">{t('paths.examples')}</p>
          <ul class="pill-list">
            {EXAMPLES.map(([a, b]) => (
              <li>
                <button
                  type="button"
                  class="button small"
                  onClick={() =>
                    setParams((p) => {
                      p.set('from', a);
                      p.set('to', b);
                    })
                  }
                >
                  {bare(a)} ⇄ {bare(b)}
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Page>
  );
}

const short = (e: { id: string; label: string }) => shortName(e.id, e.label);

function Evidence({ step }: { step: Step }) {
  return (
    <>
      <strong>
        {short(step.from)} – {short(step.to)}
      </strong>
      {step.assertions.length === 0 && step.statements.length === 0 && <span class="muted"> {t('paths.structural')}</span>}
      <ul>
        {step.assertions.slice(0, 4).map((a) => (
          <li>
            <Printed text={a.printed} /> <SourceLink source={a.source} row={a.row} asOf={a.asOf} />
          </li>
        ))}
        {step.statements.slice(0, 4).map((s) => (
          <li>
            <EntityLink id={s.id} label={s.number} /> {s.text}
          </li>
        ))}
      </ul>
    </>
  );
}
