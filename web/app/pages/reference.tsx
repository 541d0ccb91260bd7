// The citation trace: from a reference to the statements that cite it, the trials they speak of, and what those are about.
import './reference.css';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { graphql } from '../gql';
import type { ReferenceQuery } from '../gql/graphql';
import { apiLang, number, t, word } from '../i18n';
import { useQuery } from '../lib/client';
import { authorsText, bare, langOf, pageOf, phaseText, placeText } from '../lib/format';
import { href } from '../lib/router';
import { EntityLink, Fact, Link, Missing, Notes, NotFound, Page, Section, Toc, Xrefs } from '../ui/basics';
import { Marker, ReferenceItem, StatementCard } from '../ui/evidence';
import { type Kind, KindMark } from '../ui/marks';
import { Cite } from './references';

const REFERENCE = graphql(`
  query Reference($id: String!, $lang: Language!) {
    reference(id: $id) {
      ...ReferenceParts
      pmcid
      journalPrinted
      language
      defects
      evidence
      xrefs {
        curie
        url
        verified
        verification
        match
      }
      notes {
        id
        text(lang: $lang)
      }
      statements(first: 100) {
        totalCount
        nodes {
          ...StatementParts
        }
      }
      trials(first: 40) {
        totalCount
        nodes {
          id
          nctId
          label(lang: $lang)
          phases
          targets {
            target {
              id
              label(lang: EN)
            }
          }
          diseases {
            disease {
              id
              label(lang: $lang)
            }
          }
          drugs {
            drug {
              id
              label(lang: $lang)
            }
          }
        }
      }
      citedBy(first: 50) {
        totalCount
        edges {
          marker
          cito
          node {
            id
            title
          }
          statement {
            id
            number
          }
        }
      }
      cites(first: 100) {
        totalCount
        nodes {
          ...ReferenceParts
        }
      }
    }
  }
`);

type ReferenceData = NonNullable<ReferenceQuery['reference']>;

export default function Reference({ id }: { id: string }) {
  const variables = { id, lang: apiLang() };
  const asked = useQuery(REFERENCE, variables);
  if (asked.data && !asked.data.reference && !asked.stale) return <NotFound what={id} />;
  const reference = asked.data?.reference;
  const marker = reference?.markers[0]?.marker;
  return (
    <Page
      title={reference ? <span lang={langOf(reference.title)}>{reference.title}</span> : bare(id)}
      browserTitle={reference?.title ?? id}
      kind="reference"
      above={
        <>
          <Link to="references">{t('nav.references')}</Link>
          {marker && ` · [${marker}]`}
        </>
      }
      below={
        reference && (
          <p class="lead">
            <span lang={langOf(reference.authors.join())}>{authorsText(reference, 6)}</span>.{' '}
            <span lang={langOf(reference.journal ?? '')}>{placeText(reference)}</span>
          </p>
        )
      }
      document={REFERENCE}
      variables={variables}
      asked={asked}
      tools={
        reference && (
          <>
            <Link to={`graph?focus=${reference.id}`} class="button small">
              {t('nav.graph')}
            </Link>
            <Cite ids={[reference.id]} />
          </>
        )
      }
    >
      {({ reference }) =>
        reference && (
          <div class="with-toc">
            <Toc
              entries={[
                { id: 'trace', title: t('trace.title') },
                { id: 'statements', title: t('common.statements'), count: reference.statements.totalCount },
                { id: 'trials', title: t('nav.trials'), count: reference.trials.totalCount },
                ...(reference.cites.totalCount ? [{ id: 'cites', title: t('reference.cites'), count: reference.cites.totalCount }] : []),
              ]}
            />
            <div class="body">
              <dl class="facts">
                <Fact name={t('references.type')}>{word('referenceType', reference.referenceType)}</Fact>
                <Fact name={t('reference.standing')}>{word('standing', reference.standing)}</Fact>
                <Fact name={t('entity.ids')}>
                  <Xrefs xrefs={reference.xrefs} />
                </Fact>
                <Fact name={t('reference.marked')}>
                  {reference.markers.length ? (
                    reference.markers.map((m) => (
                      <a href={href(pageOf(m.source.id))}>
                        [{m.marker}] {bare(m.source.id)}
                      </a>
                    ))
                  ) : (
                    <Missing />
                  )}
                </Fact>
                {reference.defects && <Fact name={t('reference.defects')}>{reference.defects}</Fact>}
              </dl>
              <Notes notes={reference.notes} />
              <Trace reference={reference} />
              <Section id="statements" title={t('common.statements')} count={reference.statements.totalCount}>
                {reference.statements.totalCount === 0 && <p class="empty">{t('reference.noStatements')}</p>}
                {reference.statements.nodes.map((s) => (
                  <StatementCard statement={s} />
                ))}
              </Section>
              <Section id="trials" title={t('reference.restingTrials')} count={reference.trials.totalCount}>
                {reference.trials.totalCount === 0 && <p class="empty">{t('reference.noTrials')}</p>}
                <ul class="pill-list">
                  {reference.trials.nodes.map((x) => (
                    <li>
                      <EntityLink id={x.id} label={x.nctId ?? bare(x.id)} /> <span class="aside">{phaseText(x.phases)}</span>
                    </li>
                  ))}
                </ul>
                {reference.trials.totalCount > reference.trials.nodes.length && (
                  <p class="muted">{t('trace.cut', { shown: reference.trials.nodes.length, all: reference.trials.totalCount })}</p>
                )}
              </Section>
              {reference.cites.totalCount > 0 && (
                <Section id="cites" title={t('reference.cites')} count={reference.cites.totalCount}>
                  <ol class="reference-list">
                    {[...new Map(reference.cites.nodes.map((r) => [r.id, r])).values()].map((r) => (
                      <li>
                        <ReferenceItem reference={r} />
                      </li>
                    ))}
                  </ol>
                </Section>
              )}
            </div>
          </div>
        )
      }
    </Page>
  );
}

export interface TraceNode {
  id: string;
  kind: Kind;
  column: 0 | 1 | 2 | 3;
  label: string;
  detail?: string;
  lang?: string;
}
export interface TraceGraph {
  nodes: TraceNode[];
  links: [string, string][];
}

/** Reference → statements → trials → targets, diseases, drugs; only links that the data has. */
export function traceOf(reference: ReferenceData): TraceGraph {
  const nodes = new Map<string, TraceNode>();
  const links = new Map<string, [string, string]>();
  const add = (node: TraceNode) => {
    if (!nodes.has(node.id)) nodes.set(node.id, node);
  };
  const link = (a: string, b: string) => links.set(`${a}\n${b}`, [a, b]);
  const marker = reference.markers[0]?.marker;
  add({
    id: reference.id,
    kind: 'reference',
    column: 0,
    label: (marker ? `[${marker}] ` : '') + authorsText(reference, 1),
    detail: String(reference.year ?? ''),
  });
  for (const trial of reference.trials.nodes) {
    add({
      id: trial.id,
      kind: 'trial',
      column: 2,
      label: trial.nctId ?? bare(trial.id),
      detail: phaseText(trial.phases),
    });
  }
  for (const statement of reference.statements.nodes) {
    add({
      id: statement.id,
      kind: 'statement',
      column: 1,
      label: statement.text,
      detail: statement.number,
      lang: langOf(statement.text),
    });
    link(reference.id, statement.id);
    for (const mention of statement.mentionedTrials) {
      if (!mention.trial) continue;
      add({
        id: mention.trial.id,
        kind: 'trial',
        column: 2,
        label: bare(mention.trial.id),
        detail: word('knownBy', mention.knownBy),
      });
      link(statement.id, mention.trial.id);
    }
    for (const about of statement.about) {
      if (about.kind === 'TRIAL') continue;
      add({ id: about.id, kind: about.kind.toLowerCase() as Kind, column: 3, label: about.label });
      link(statement.id, about.id);
    }
  }
  const reached = new Set([...links.values()].map(([, to]) => to));
  for (const trial of reference.trials.nodes) {
    if (!reached.has(trial.id)) link(reference.id, trial.id);
    const ends: [string, string, Kind][] = [
      ...trial.targets.map((x): [string, string, Kind] => [x.target.id, x.target.label, 'target']),
      ...trial.diseases.map((x): [string, string, Kind] => [x.disease.id, x.disease.label, 'disease']),
      ...trial.drugs.map((x): [string, string, Kind] => [x.drug.id, x.drug.label, 'drug']),
    ];
    for (const [id, label, kind] of ends) {
      add({ id, kind, column: 3, label });
      link(trial.id, id);
    }
  }
  const rank: Partial<Record<Kind, number>> = { target: 0, disease: 1, drug: 2 };
  const ordered = [...nodes.values()].sort((a, b) => a.column - b.column || (rank[a.kind] ?? 0) - (rank[b.kind] ?? 0));
  return { nodes: ordered, links: [...links.values()] };
}

/** All that lies on a way through a node: what it rests on and what rests on it. */
export function wayThrough(links: readonly [string, string][], id: string): Set<string> {
  const lit = new Set([id]);
  const walk = (from: string, forward: boolean) => {
    for (const [a, b] of links) {
      const [here, there] = forward ? [a, b] : [b, a];
      if (here === from && !lit.has(there)) {
        lit.add(there);
        walk(there, forward);
      }
    }
  };
  walk(id, true);
  const down = new Set(lit);
  walk(id, false);
  for (const x of down) lit.add(x);
  return lit;
}

function Trace({ reference }: { reference: ReferenceData }) {
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

/** The same as nested lists: for phones, for print, for ears. */
function TraceList({ reference }: { reference: ReferenceData }) {
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
