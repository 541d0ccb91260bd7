// The picture of a neighbourhood: kinds that can be hidden, a view that moves, a node that is chosen.
import './drawing.css';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { number, t, word } from '../../i18n';
import { bare, fileName, pageOf, shortName } from '../../lib/format';
import { type GraphNode, graphJson, graphMl, join, type Laid, layout, MOST_NODES, type Part } from '../../lib/graph';
import { href, setParams } from '../../lib/router';
import { download } from '../../lib/table';
import { type Kind, KindMark, SHAPES } from '../../ui/marks';
import { EntityLink } from '../../ui/names';
import { Empty } from '../../ui/states';
import { savePng, svgText } from './save';
import { Twin } from './twin';

export const short = (n: GraphNode) => shortName(n.id, n.label);

export interface View {
  x: number;
  y: number;
  width: number;
  height: number;
}

export function Drawing({
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
