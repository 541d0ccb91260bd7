// Which nodes and links has a citation trace, and what lies on a way through one of them? Knows no pixel.
import type { ReferenceQuery } from '../../gql/graphql';
import { word } from '../../i18n';
import { authorsText, bare, langOf, phaseText } from '../../lib/format';
import type { Kind } from '../../ui/marks';

export type ReferenceData = NonNullable<ReferenceQuery['reference']>;

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
