// The citation trace in four columns: reference, statements, trials, targets and diseases and drugs.
import './trace.css';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { number, t } from '../../i18n';
import { pageOf } from '../../lib/format';
import { href } from '../../lib/router';
import { KindMark } from '../../ui/marks';
import { Section } from '../../ui/page';
import { TraceList } from './list';
import type { ReferenceData } from './way';
import { traceOf, wayThrough } from './way';

export function Trace({ reference }: { reference: ReferenceData }) {
  const graph = useMemo(() => traceOf(reference), [reference]);
  const [lit, setLit] = useState<string | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const [lines, setLines] = useState<{ d: string; from: string; to: string }[]>([]);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const way = lit ? wayThrough(graph.links, lit) : null;

  useLayoutEffect(() => {
    const draw = () => {
      const root = box.current;
      if (!root || getComputedStyle(root).display === 'none') return;
      const frame = root.getBoundingClientRect();
      const at = (id: string) => root.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]`)?.getBoundingClientRect();
      const next: typeof lines = [];
      for (const [from, to] of graph.links) {
        const a = at(from);
        const b = at(to);
        if (!a || !b) continue;
        const x1 = a.right - frame.left;
        const y1 = a.top + a.height / 2 - frame.top;
        const x2 = b.left - frame.left;
        const y2 = b.top + b.height / 2 - frame.top;
        const bend = Math.max(18, (x2 - x1) / 2);
        next.push({
          d: `M${x1.toFixed(1)} ${y1.toFixed(1)}C${(x1 + bend).toFixed(1)} ${y1.toFixed(1)} ${(x2 - bend).toFixed(1)} ${y2.toFixed(1)} ${x2.toFixed(1)} ${y2.toFixed(1)}`,
          from,
          to,
        });
      }
      setLines(next);
      setSize({ width: frame.width, height: frame.height });
    };
    draw();
    if (!('ResizeObserver' in globalThis) || !box.current) return;
    const observer = new ResizeObserver(draw);
    observer.observe(box.current);
    return () => observer.disconnect();
  }, [graph]);
  useEffect(() => setLit(null), [reference.id]);

  const columns = [t('common.reference'), t('common.statements'), t('nav.trials'), t('trace.entities')];
  const enter = (id: string) => () => setLit(id);
  return (
    <Section id="trace" title={t('trace.title')}>
      <p class="muted">{t('trace.help')}</p>
      <div class="trace" ref={box}>
        <svg class="trace-lines" width={size.width} height={size.height} aria-hidden="true">
          {lines.map((l) => (
            <path d={l.d} class={way ? (way.has(l.from) && way.has(l.to) ? 'lit' : 'dim') : undefined} />
          ))}
        </svg>
        {columns.map((title, column) => (
          <div class="trace-column">
            <h3>
              {title} <span class="count">{number(graph.nodes.filter((n) => n.column === column).length)}</span>
            </h3>
            <ul>
              {graph.nodes
                .filter((n) => n.column === column)
                .map((n) => (
                  <li>
                    <a
                      href={href(pageOf(n.id))}
                      class={`trace-node k-${n.kind}${way ? (way.has(n.id) ? ' lit' : ' dim') : ''}`}
                      data-node={n.id}
                      data-focus={`trace ${n.id}`}
                      onMouseEnter={enter(n.id)}
                      onMouseLeave={() => setLit(null)}
                      onFocus={enter(n.id)}
                      onBlur={() => setLit(null)}
                    >
                      <KindMark kind={n.kind} size={14} />
                      <span>
                        <span lang={n.lang}>{n.label}</span>
                        {n.detail && <span class="aside">{n.detail}</span>}
                      </span>
                    </a>
                  </li>
                ))}
            </ul>
          </div>
        ))}
      </div>
      {reference.trials.totalCount > reference.trials.nodes.length && (
        <p class="muted">{t('trace.cut', { shown: reference.trials.nodes.length, all: reference.trials.totalCount })}</p>
      )}
      <details class="twin">
        <summary>{t('trace.list')}</summary>
        <TraceList reference={reference} />
      </details>
    </Section>
  );
}
