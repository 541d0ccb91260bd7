// What lies around a node: capped, always laid the same way, every node a step further.
import { fragment, graphql } from '../gql';
import { apiLang, t } from '../i18n';
import { useQuery } from '../lib/client';
import { bare } from '../lib/format';
import { MOST_NODES, type Part } from '../lib/graph';
import { setParams, usePlace } from '../lib/router';
import { type Kind, KindMark } from '../ui/marks';
import { Link } from '../ui/names';
import { Page } from '../ui/page';
import { Picker } from '../ui/picker';
import { Drawing } from './graph/drawing';

fragment(
  graphql(`
    fragment GraphPart on Subgraph {
      truncated
      nodes {
        id
        kind
        label(lang: $lang)
      }
      links {
        relation
        from {
          id
        }
        to {
          id
        }
      }
      hidden {
        count
        node {
          id
        }
      }
    }
  `),
);

const GRAPH = graphql(`
  query Graph(
    $id: ID!
    $hops: Int
    $limit: Int
    $lang: Language!
    $id1: ID!
    $with1: Boolean!
    $id2: ID!
    $with2: Boolean!
    $id3: ID!
    $with3: Boolean!
    $id4: ID!
    $with4: Boolean!
  ) {
    middle: neighborhood(id: $id, hops: $hops, limit: $limit) {
      ...GraphPart
    }
    opened1: neighborhood(id: $id1, hops: 1, limit: 21) @include(if: $with1) {
      ...GraphPart
    }
    opened2: neighborhood(id: $id2, hops: 1, limit: 21) @include(if: $with2) {
      ...GraphPart
    }
    opened3: neighborhood(id: $id3, hops: 1, limit: 21) @include(if: $with3) {
      ...GraphPart
    }
    opened4: neighborhood(id: $id4, hops: 1, limit: 21) @include(if: $with4) {
      ...GraphPart
    }
  }
`);

const EXAMPLES = ['target:nkg2d', 'target:cd19', 'disease:lupus-nephritis', 'drug:rituximab', 'reference:marin-2024', 'trial:NCT03056339'];

const FIRST = 40;

export default function GraphPage() {
  const { params } = usePlace();
  const focus = params.get('focus') ?? '';
  const hops = params.get('hops') === '2' ? 2 : 1;
  const limit = Math.min(MOST_NODES, Math.max(10, Number(params.get('limit') ?? FIRST) || FIRST));
  const opened = (params.get('open') ?? '').split(',').filter(Boolean).slice(-4);
  const hidden = new Set((params.get('hide') ?? '').split(',').filter(Boolean));
  const at = (i: number) => opened[i] ?? focus;
  const variables = {
    id: focus,
    hops,
    limit,
    lang: apiLang(),
    id1: at(0),
    with1: opened.length > 0,
    id2: at(1),
    with2: opened.length > 1,
    id3: at(2),
    with3: opened.length > 2,
    id4: at(3),
    with4: opened.length > 3,
  };
  const asked = useQuery(GRAPH, variables, !focus);
  const picker = (
    <div class="filter-row">
      <Picker
        label={t('graph.find')}
        choose={(s) =>
          setParams((p) => {
            for (const name of ['open', 'limit', 'hide']) p.delete(name);
            p.set('focus', s.node.id);
          })
        }
      />
      <label>
        <span>{t('graph.hops')}</span>{' '}
        <select value={String(hops)} onChange={(e) => setParams((p) => p.set('hops', e.currentTarget.value))}>
          <option value="1">1</option>
          <option value="2">2</option>
        </select>
      </label>
    </div>
  );
  return (
    <Page title={t('graph.title')} document={GRAPH} variables={variables} asked={focus ? asked : undefined} below={picker}>
      {focus ? (
        (data: NonNullable<typeof asked.data>) => {
          const parts = [data.middle, data.opened1, data.opened2, data.opened3, data.opened4].filter(
            (p) => p !== undefined && p !== null,
          ) as (Part & { truncated: boolean })[];
          return <Drawing parts={parts} hidden={hidden} limit={limit} opened={opened} />;
        }
      ) : (
        <div class="body">
          <p class="muted">{t('graph.examples')}</p>
          <ul class="pill-list">
            {EXAMPLES.map((id) => (
              <li>
                <Link to={`graph?focus=${id}`} class="entity">
                  <KindMark kind={id.split(':')[0] as Kind} size={14} /> {bare(id)}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Page>
  );
}
