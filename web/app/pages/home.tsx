// What this is, how much there is, and where to begin.
import { graphql } from '../gql';
import type { HomeQuery } from '../gql/graphql';
import { apiLang, number, t, word } from '../i18n';
import { useQuery } from '../lib/client';
import { bare, pageOf, shortName } from '../lib/format';
import { href, navigate } from '../lib/router';
import { GraphqlButton } from '../ui/graphql-button';
import { type Kind, SHAPES } from '../ui/marks';
import { DateText, EntityLink, Link } from '../ui/names';
import { Picker } from '../ui/picker';
import { Trouble, Waiting } from '../ui/states';

const HOME = graphql(`
  query Home($lang: Language!) {
    meta {
      dataTitle
      dataVersion
      release
      conflictCount
      counts {
        kind
        count
      }
      sources {
        id
        title(lang: $lang)
        sourceType
        asOf
      }
    }
    unmapped(first: 1) {
      totalCount
    }
    schemaGraph {
      from
      relation
      to
      count
    }
    trials(first: 1) {
      totalCount
      facets(dimensions: [TARGET, DISEASE, STATUS, PHASE], limit: 8) {
        dimension
        buckets {
          key
          label(lang: $lang)
          count
        }
      }
    }
    matrix(rows: TARGET, columns: AREA, rowLimit: 8) {
      total
      rows {
        key
        label(lang: $lang)
        count
      }
      columns {
        key
        count
      }
      cells {
        row
        column
        count
      }
    }
  }
`);

const QUESTIONS: [string, 'home.q1' | 'home.q2' | 'home.q3' | 'home.q4' | 'home.q5' | 'home.q6'][] = [
  ['trials?target=cd19&phase=PHASE1,PHASE2', 'home.q1'],
  ['matrix?rows=target&columns=disease&view=white', 'home.q2'],
  ['trials?regimen=cyclophosphamide%2Bfludarabine', 'home.q3'],
  ['reference/marin-2024', 'home.q4'],
  ['paths?from=target:cd19&to=reference:marin-2024', 'home.q5'],
  ['conflicts?field=PHASE', 'home.q6'],
];

export default function Home() {
  const variables = { lang: apiLang() };
  const asked = useQuery(HOME, variables);
  document.title = 'Trialweave';
  const data = asked.data;
  return (
    <article class="page home">
      <header class="hero">
        <div>
          <h1 tabindex={-1}>{t('home.title')}</h1>
          <p class="lead">{t('home.lead')}</p>
          <Picker
            label={t('search.label')}
            placeholder={t('search.hint')}
            choose={(s) => navigate(pageOf(s.node.id))}
            submit={(text) => navigate(`search?q=${encodeURIComponent(text)}`)}
          />
        </div>
        {data ? <Weave data={data} /> : <div class="weave-space" data-loading={asked.failure ? undefined : ''} />}
      </header>
      {asked.failure && <Trouble failure={asked.failure} retry={asked.retry} />}
      {!data && !asked.failure && <Waiting rows={4} />}
      {data && (
        <>
          <section aria-labelledby="home-questions">
            <h2 id="home-questions">{t('home.questions')}</h2>
            <ul class="questions">
              {QUESTIONS.map(([to, key]) => (
                <li>
                  <Link to={to}>{t(key)}</Link>
                </li>
              ))}
            </ul>
          </section>
          <div class="home-columns">
            {data.trials.facets
              .filter((f) => f.dimension === 'TARGET' || f.dimension === 'DISEASE')
              .map((facet) => {
                const kind = facet.dimension === 'TARGET' ? 'target' : 'disease';
                const most = Math.max(1, ...facet.buckets.map((b) => b.count));
                return (
                  <figure class="bars">
                    <figcaption>{t(kind === 'target' ? 'home.topTargets' : 'home.topDiseases')}</figcaption>
                    <ul>
                      {facet.buckets.map((b) => (
                        <li>
                          <EntityLink id={b.key} label={shortName(b.key, b.label)} />
                          <meter min={0} max={most} value={b.count} aria-hidden="true" />
                          <Link to={`trials?${kind}=${bare(b.key)}`} class="bar-count" aria-label={t('trials.count', { n: b.count })}>
                            {number(b.count)}
                          </Link>
                        </li>
                      ))}
                    </ul>
                    <Link to={`${kind}s`}>{t('home.all')}</Link>
                  </figure>
                );
              })}
            <Preview matrix={data.matrix} />
          </div>
          <section class="home-foot" aria-label={t('about.sources')}>
            <p>
              {t('home.data', { title: data.meta.dataTitle, version: data.meta.dataVersion })}{' '}
              {data.meta.sources.map((s, i) => (
                <>
                  {i > 0 && '; '}
                  <a href={href(pageOf(s.id))}>{s.title}</a> (<DateText date={s.asOf} />)
                </>
              ))}
              .
            </p>
            <p>
              <Link to="conflicts">{t('home.conflicts', { n: data.meta.conflictCount })}</Link> ·{' '}
              <Link to="unmapped">{t('home.unmapped', { n: data.unmapped.totalCount })}</Link> ·{' '}
              <GraphqlButton document={HOME} variables={variables} />
            </p>
          </section>
        </>
      )}
    </article>
  );
}

/** Where the kinds lie in the picture, in units of a 400 x 280 box. */
const PLACES: Record<Kind, [number, number]> = {
  statement: [65, 60],
  reference: [65, 205],
  trial: [200, 132],
  target: [335, 40],
  disease: [355, 132],
  drug: [335, 232],
  regimen: [222, 250],
  source: [190, 26],
};
const PAGES: Partial<Record<Kind, string>> = {
  trial: 'trials',
  target: 'targets',
  disease: 'diseases',
  drug: 'drugs',
  regimen: 'regimens',
  reference: 'references',
  source: 'about#sources',
};

/** The kinds and how they are joined, with real counts: a map that is also a way in. */
function Weave({ data }: { data: HomeQuery }) {
  const count = new Map(data.meta.counts.map((c) => [c.kind.toLowerCase(), c.count]));
  const review = data.meta.sources.find((s) => s.sourceType === 'REVIEW');
  const told = review ? `${pageOf(review.id)}#statements` : 'about#sources';
  const kinds = (Object.keys(PLACES) as Kind[]).filter((k) => count.has(k));
  const pairs = new Map<string, { a: Kind; b: Kind; n: number; relations: string[] }>();
  for (const link of data.schemaGraph) {
    const a = link.from.toLowerCase() as Kind;
    const b = link.to.toLowerCase() as Kind;
    if (a === b || link.count === 0 || !PLACES[a] || !PLACES[b]) continue;
    const key = [a, b].sort().join();
    const pair = pairs.get(key) ?? { a, b, n: 0, relations: [] };
    pair.n += link.count;
    pair.relations.push(`${word('relation', link.relation)} ${number(link.count)}`);
    pairs.set(key, pair);
  }
  return (
    <figure class="weave">
      <svg viewBox="0 0 420 290" role="group" aria-label={t('home.weave')}>
        <g aria-hidden="true">
          {[...pairs.values()].map(({ a, b, n, relations }) => {
            const [x1, y1] = PLACES[a];
            const [x2, y2] = PLACES[b];
            const bow = a === 'statement' && b !== 'reference' && b !== 'trial' ? -34 : 0;
            return (
              <path
                class="edge"
                d={`M${x1} ${y1}Q${(x1 + x2) / 2} ${(y1 + y2) / 2 + bow} ${x2} ${y2}`}
                stroke-width={1 + Math.log2(n) / 2.6}
              >
                <title>{relations.join(', ')}</title>
              </path>
            );
          })}
        </g>
        {kinds.map((kind) => {
          const [x, y] = PLACES[kind];
          const big = kind === 'trial' ? 3.4 : 2.4;
          return (
            <a href={href(PAGES[kind] ?? told)} class={`node k-${kind}`}>
              <g transform={`translate(${x} ${y})`}>
                <path d={SHAPES[kind]} transform={`scale(${big}) translate(-8 -8)`} vector-effect="non-scaling-stroke" />
                <text class="weave-count" y={5} text-anchor="middle">
                  {number(count.get(kind) ?? 0)}
                </text>
                <text y={8 * big + 13} text-anchor="middle">
                  {word('kinds', kind)}
                </text>
              </g>
            </a>
          );
        })}
      </svg>
    </figure>
  );
}

function Preview({ matrix }: { matrix: HomeQuery['matrix'] }) {
  const most = Math.max(1, ...matrix.cells.map((c) => c.count));
  const level = (n: number) => Math.max(1, Math.ceil((Math.log(n + 1) / Math.log(most + 1)) * 6));
  return (
    <figure class="bars">
      <figcaption>{t('home.matrix')}</figcaption>
      <table class="matrix small">
        <caption class="sr">{t('home.matrix')}</caption>
        <thead>
          <tr>
            <td />
            {matrix.columns.map((c) => (
              <th scope="col">{word('area', c.key)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {matrix.rows.map((row, i) => (
            <tr>
              <th scope="row">
                <a href={href(pageOf(row.key))}>{shortName(row.key, row.label)}</a>
              </th>
              {matrix.columns.map((column, j) => {
                const n = matrix.cells.find((c) => c.row === i && c.column === j)?.count ?? 0;
                return n ? (
                  <td class={`heat h${level(n)}`}>
                    <a
                      href={href(`trials?target=${bare(row.key)}&area=${column.key}`)}
                      aria-label={t('matrix.cell', { row: row.label, column: word('area', column.key), n })}
                    >
                      {number(n)}
                    </a>
                  </td>
                ) : (
                  <td class="zero">
                    <span aria-hidden="true">·</span>
                    <span class="sr">0</span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <Link to="matrix">{t('home.wholeMatrix')}</Link>
    </figure>
  );
}
