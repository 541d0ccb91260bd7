// What lies around a node: capped, always laid the same way, every node a step further.
import './graph.css';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { fragment, graphql } from '../gql';
import { apiLang, number, t, word } from '../i18n';
import { useQuery } from '../lib/client';
import { bare, fileName, pageOf, shortName } from '../lib/format';
import { type GraphNode, graphJson, graphMl, join, type Laid, layout, MOST_NODES, type Part } from '../lib/graph';
import { href, setParams, usePlace } from '../lib/router';
import { download } from '../lib/table';
import { Empty, EntityLink, Link, Page } from '../ui/basics';
import { type Kind, KindMark, SHAPES } from '../ui/marks';
import { Picker } from '../ui/picker';

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
const short = (n: GraphNode) => shortName(n.id, n.label);

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

interface View {
  x: number;
  y: number;
  width: number;
  height: number;
}

function Drawing({
  parts,
  hidden,
  limit,
  opened,
}: {
  parts: readonly (Part & { truncated: boolean })[];
  hidden: ReadonlySet<string>;
  limit: number;
  opened: string[];
}) {
  const everything = useMemo(() => join(parts, new Set(), 1000), [parts]);
  const key = [...hidden].join();
  const picture = useMemo(() => join(parts, hidden), [parts, key]);
  const laid = useMemo(() => layout(picture, short), [picture]);
  const fit = useMemo(() => around([...laid.values()]), [laid]);
  const [view, setView] = useState<View | null>(null);
  const [selected, setSelected] = useState<string | null>(null);
  const svg = useRef<SVGSVGElement>(null);
  const drag = useRef<{ x: number; y: number; view: View } | null>(null);
  useEffect(() => setView(null), [fit]);
  const seen = view ?? fit;
  const node = selected ? laid.get(selected) : undefined;
  const first = picture.nodes[0];
  const near = new Set(picture.links.filter((l) => l.from === selected || l.to === selected).flatMap((l) => [l.from, l.to]));

  const kinds = new Map<string, number>();
  for (const n of everything.nodes.slice(1)) kinds.set(n.kind, (kinds.get(n.kind) ?? 0) + 1);
  const zoom = (by: number) =>
    setView({
      x: seen.x + (seen.width * (1 - by)) / 2,
      y: seen.y + (seen.height * (1 - by)) / 2,
      width: seen.width * by,
      height: seen.height * by,
    });
  const expand = (n: GraphNode) => {
    if (n.id === first?.id) setParams((p) => p.set('limit', String(Math.min(MOST_NODES, limit + 20))));
    else setParams((p) => p.set('open', [...opened.filter((x) => x !== n.id), n.id].slice(-4).join(',')));
  };
  const canExpand = (n: GraphNode) =>
    n.hidden > 0 && picture.nodes.length < MOST_NODES && !opened.includes(n.id) && (n.id !== first?.id || limit < MOST_NODES);
  const center = (n: GraphNode) =>
    setParams((p) => {
      for (const name of ['open', 'limit']) p.delete(name);
      p.set('focus', n.id);
    });
  if (!first) return <Empty>{t('graph.nothing')}</Empty>;
  const name = fileName('trialweave', first.id);

  return (
    <div class="graph-page">
      <fieldset class="legend">
        <legend class="sr">{t('graph.kinds')}</legend>
        {[...kinds].sort().map(([kind, n]) => (
          <label class="choice kind-choice">
            <input
              type="checkbox"
              checked={!hidden.has(kind)}
              onChange={() =>
                setParams((p) => {
                  const next = hidden.has(kind) ? [...hidden].filter((k) => k !== kind) : [...hidden, kind];
                  if (next.length) p.set('hide', next.join(','));
                  else p.delete('hide');
                })
              }
            />
            <KindMark kind={kind as Kind} />
            <span>{word('kind', kind.toUpperCase())}</span>
            <span class="choice-count">{number(n)}</span>
          </label>
        ))}
        <span class="legend-lines" aria-hidden="true">
          <svg width="150" height="14" viewBox="0 0 150 14">
            <path class="edge" d="M0 7H26" />
            <path class="edge r-cites" d="M62 7H88" />
          </svg>
        </span>
        <span class="legend-words">
          {t('graph.solid')} · {t('graph.dashed')}
        </span>
      </fieldset>
      <p class="result-count" role="status" aria-live="polite">
        {t('graph.count', { nodes: picture.nodes.length, links: picture.links.length })}
        {(parts[0]?.truncated || picture.dropped > 0) && ` ${t('graph.cut', { most: MOST_NODES })}`}
      </p>
      <div class="graph-box">
        <svg
          ref={svg}
          class="graph"
          viewBox={`${seen.x} ${seen.y} ${seen.width} ${seen.height}`}
          role="group"
          aria-label={t('graph.label', { name: short(first) })}
          onPointerDown={(e) => {
            if ((e.target as Element).closest('.node')) return;
            drag.current = { x: e.clientX, y: e.clientY, view: seen };
            (e.currentTarget as Element).setPointerCapture?.(e.pointerId);
          }}
          onPointerMove={(e) => {
            const d = drag.current;
            const box = svg.current?.getBoundingClientRect();
            if (!d || !box) return;
            const scale = Math.max(d.view.width / box.width, d.view.height / box.height);
            setView({ ...d.view, x: d.view.x - (e.clientX - d.x) * scale, y: d.view.y - (e.clientY - d.y) * scale });
          }}
          onPointerUp={() => {
            drag.current = null;
          }}
        >
          <g aria-hidden="true">
            {picture.links.map((l) => {
              const a = laid.get(l.from);
              const b = laid.get(l.to);
              if (!a || !b) return null;
              const lit = selected && (l.from === selected || l.to === selected);
              return (
                <line
                  class={`edge r-${l.relation.toLowerCase().replaceAll('_', '-')}${lit ? ' lit' : ''}`}
                  x1={a.x}
                  y1={a.y}
                  x2={b.x}
                  y2={b.y}
                >
                  <title>{word('relation', l.relation)}</title>
                </line>
              );
            })}
          </g>
          {picture.nodes.map((n) => {
            const p = laid.get(n.id);
            if (!p) return null;
            const big = n.id === first.id ? 2.6 : 1.7;
            const dim = selected !== null && selected !== n.id && !near.has(n.id);
            return (
              <g
                class={`node k-${n.kind}${selected === n.id ? ' selected' : ''}${dim ? ' dim' : ''}`}
                transform={`translate(${p.x.toFixed(1)} ${p.y.toFixed(1)})`}
                tabIndex={0}
                role="button"
                aria-label={`${word('kind', n.kind.toUpperCase())} ${cut(short(n))}${n.hidden ? ` +${n.hidden}, ${t('graph.more', { n: n.hidden })}` : ''}`}
                data-id={n.id}
                onFocus={() => setSelected(n.id)}
                onClick={() => setSelected(n.id)}
                onDblClick={() => canExpand(n) && expand(n)}
                onKeyDown={(e) => {
                  if (e.key === 'Enter' && canExpand(n)) expand(n);
                  else if (e.key === ' ') {
                    e.preventDefault();
                    center(n);
                  } else if (e.key === 'Escape') setSelected(null);
                }}
              >
                <path d={SHAPES[n.kind]} transform={`scale(${big}) translate(-8 -8)`} vector-effect="non-scaling-stroke" />
                <text y={8 * big + 13} text-anchor="middle" class={n.id === first.id ? 'first' : undefined}>
                  {cut(short(n))}
                </text>
                {n.hidden > 0 && (
                  <text class="hidden-count" x={8 * big} y={-6 * big}>
                    +{n.hidden}
                  </text>
                )}
              </g>
            );
          })}
        </svg>
        <div class="graph-tools" role="group" aria-label={t('graph.view')}>
          <button type="button" class="icon-button" aria-label={t('graph.in')} title={t('graph.in')} onClick={() => zoom(0.8)}>
            +
          </button>
          <button type="button" class="icon-button" aria-label={t('graph.out')} title={t('graph.out')} onClick={() => zoom(1.25)}>
            −
          </button>
          <button type="button" class="icon-button" aria-label={t('graph.fit')} title={t('graph.fit')} onClick={() => setView(null)}>
            ⤢
          </button>
        </div>
        <aside class="graph-side" aria-label={t('graph.selected')} aria-live="polite">
          {node ? (
            <>
              <p class="graph-name">
                <EntityLink id={node.id} label={node.kind === 'trial' ? bare(node.id) : node.label} />
              </p>
              {node.kind === 'trial' && <p class="muted">{node.label}</p>}
              <p class="muted">{node.hidden ? t('graph.more', { n: node.hidden }) : t('graph.allShown')}</p>
              <div class="row">
                <a class="button small" href={href(pageOf(node.id))}>
                  {t('graph.open')}
                </a>
                <button type="button" class="button small" disabled={!canExpand(node)} onClick={() => expand(node)}>
                  {t('graph.expand', { n: Math.min(20, node.hidden || 20) })}
                </button>
                {node.id !== first.id && (
                  <button type="button" class="button small" onClick={() => center(node)}>
                    {t('graph.center')}
                  </button>
                )}
              </div>
            </>
          ) : (
            <p class="muted">{t('graph.help')}</p>
          )}
        </aside>
      </div>
      <div class="row">
        <span class="muted">{t('graph.save')}</span>
        <button
          type="button"
          class="button small"
          onClick={() => svg.current && download(`${name}.svg`, svgText(svg.current, fit), 'image/svg+xml')}
        >
          SVG
        </button>
        <button type="button" class="button small" onClick={() => svg.current && savePng(svg.current, fit, `${name}.png`)}>
          PNG
        </button>
        <button type="button" class="button small" onClick={() => download(`${name}.json`, graphJson(picture), 'application/json')}>
          JSON
        </button>
        <button type="button" class="button small" onClick={() => download(`${name}.graphml`, graphMl(picture), 'application/graphml+xml')}>
          GraphML
        </button>
      </div>
      <details class="twin">
        <summary>{t('graph.list')}</summary>
        <Twin nodes={picture.nodes} links={picture.links} />
      </details>
    </div>
  );
}

const cut = (text: string) => ([...text].length > 26 ? `${[...text].slice(0, 25).join('')}…` : text);

function around(nodes: Laid[]): View {
  if (nodes.length === 0) return { x: -100, y: -100, width: 200, height: 200 };
  const wide = (n: Laid) => Math.min(26, short(n).length) * 3.4 + 14;
  const x1 = Math.min(...nodes.map((n) => n.x - wide(n)));
  const x2 = Math.max(...nodes.map((n) => n.x + wide(n)));
  const y1 = Math.min(...nodes.map((n) => n.y - 34));
  const y2 = Math.max(...nodes.map((n) => n.y + 40));
  const width = Math.max(300, x2 - x1);
  const height = Math.max(240, y2 - y1);
  return { x: (x1 + x2 - width) / 2, y: (y1 + y2 - height) / 2, width, height };
}

function Twin({ nodes, links }: { nodes: GraphNode[]; links: { from: string; to: string; relation: string }[] }) {
  const byId = new Map(nodes.map((n) => [n.id, n]));
  return (
    <ul class="twin-list">
      {nodes.map((n) => (
        <li data-twin={n.id}>
          <EntityLink id={n.id} label={short(n)} />
          <span class="muted">
            {' '}
            {links
              .filter((l) => l.from === n.id || l.to === n.id)
              .slice(0, 12)
              .map((l) => {
                const other = byId.get(l.from === n.id ? l.to : l.from);
                return `${word('relation', l.relation)} ${l.from === n.id ? '→' : '←'} ${other ? short(other) : ''}`;
              })
              .join('; ')}
          </span>
        </li>
      ))}
    </ul>
  );
}

const COPIED = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'font-size',
  'font-weight',
  'font-family',
  'paint-order',
  'stroke-linejoin',
  'opacity',
];

/** The picture as a file of its own: what the style sheet says is written onto each element. */
function svgText(svg: SVGSVGElement, view: View): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const from = svg.querySelectorAll('path,line,text,g');
  copy.querySelectorAll('path,line,text,g').forEach((element, i) => {
    const style = getComputedStyle(from[i]!);
    for (const name of COPIED) {
      const value = style.getPropertyValue(name);
      if (value) element.setAttribute(name, value);
    }
    for (const name of ['class', 'tabindex', 'role', 'aria-label', 'aria-hidden', 'data-id']) element.removeAttribute(name);
  });
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('viewBox', `${view.x} ${view.y} ${view.width} ${view.height}`);
  copy.setAttribute('width', String(Math.round(view.width)));
  copy.setAttribute('height', String(Math.round(view.height)));
  for (const name of ['class', 'role', 'aria-label']) copy.removeAttribute(name);
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  for (const [name, value] of Object.entries({
    x: view.x,
    y: view.y,
    width: view.width,
    height: view.height,
    fill: getComputedStyle(document.body).backgroundColor,
  })) {
    ground.setAttribute(name, String(value));
  }
  copy.prepend(ground);
  return new XMLSerializer().serializeToString(copy);
}

function savePng(svg: SVGSVGElement, view: View, name: string): void {
  const image = new Image();
  image.onload = () => {
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(view.width * 2);
    canvas.height = Math.round(view.height * 2);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => blob && download(name, blob), 'image/png');
  };
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(svg, view))}`;
}
