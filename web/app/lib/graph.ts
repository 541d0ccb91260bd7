// A piece of the graph as a picture and as files. The layout is seeded: the same nodes always lie in the same places.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from 'd3-force';
import type { Kind } from '../ui/marks';

export interface GraphNode {
  id: string;
  kind: Kind;
  label: string;
  /** Neighbours that are not in the picture. */
  hidden: number;
}
export interface GraphLink {
  from: string;
  to: string;
  relation: string;
}
export interface Picture {
  nodes: GraphNode[];
  links: GraphLink[];
}
export interface Part {
  nodes: readonly { id: string; kind: string; label: string }[];
  links: readonly { relation: string; from: { id: string }; to: { id: string } }[];
  hidden: readonly { count: number; node: { id: string } }[];
}

/** Most nodes that are drawn: beyond this nobody reads a picture. */
export const MOST_NODES = 80;

/** Joins what lies around several nodes, first come first drawn, up to the cap. */
export function join(parts: readonly Part[], hidden: ReadonlySet<string>, most = MOST_NODES): Picture & { dropped: number } {
  const nodes = new Map<string, GraphNode>();
  let dropped = 0;
  const seen = new Set<string>();
  for (const part of parts) {
    for (const n of part.nodes) {
      const kind = n.kind.toLowerCase() as Kind;
      if (seen.has(n.id) || (hidden.has(kind) && n !== parts[0]?.nodes[0])) continue;
      seen.add(n.id);
      if (nodes.size < most) nodes.set(n.id, { id: n.id, kind, label: n.label, hidden: 0 });
      else dropped++;
    }
  }
  const links = new Map<string, GraphLink>();
  const outside = new Map<string, Set<string>>();
  for (const part of parts) {
    for (const l of part.links) {
      const [from, to] = [l.from.id, l.to.id];
      if (nodes.has(from) && nodes.has(to)) links.set(`${from} ${l.relation} ${to}`, { from, to, relation: l.relation });
      for (const [a, b] of [
        [from, to],
        [to, from],
      ] as const) {
        if (nodes.has(a) && !nodes.has(b)) outside.set(a, (outside.get(a) ?? new Set()).add(b));
      }
    }
  }
  for (const part of parts) {
    for (const h of part.hidden) {
      const node = nodes.get(h.node.id);
      if (node) node.hidden = node.hidden === 0 ? h.count : Math.min(node.hidden, h.count);
    }
  }
  for (const [id, others] of outside) {
    const node = nodes.get(id);
    if (node) node.hidden += others.size;
  }
  return { nodes: [...nodes.values()], links: [...links.values()], dropped };
}

export interface Laid extends GraphNode {
  x: number;
  y: number;
}

export function layout({ nodes, links }: Picture): Map<string, Laid> {
  const laid: Laid[] = nodes.map((n, i) => {
    const angle = i * 2.399963;
    const radius = i === 0 ? 0 : 30 * Math.sqrt(i);
    return { ...n, x: radius * Math.cos(angle), y: radius * Math.sin(angle) };
  });
  const first = laid[0];
  if (first) Object.assign(first, { fx: 0, fy: 0 });
  const wires = links.map((l) => ({ source: l.from, target: l.to }));
  forceSimulation(laid)
    .force(
      'link',
      forceLink<Laid, { source: string; target: string }>(wires)
        .id((n) => n.id)
        .distance(95)
        .strength(0.35),
    )
    .force('charge', forceManyBody<Laid>().strength(-420).distanceMax(600))
    .force('collide', forceCollide<Laid>((n) => 24 + Math.min(40, n.label.length * 1.6)))
    .force('x', forceX<Laid>(0).strength(0.045))
    .force('y', forceY<Laid>(0).strength(0.085))
    .stop()
    .tick(150);
  return new Map(laid.map((n) => [n.id, n]));
}

export function graphJson({ nodes, links }: Picture): string {
  return `${JSON.stringify({ nodes: nodes.map(({ id, kind, label }) => ({ id, kind, label })), links }, null, 2)}\n`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 cannot hold them.
const xml = (text: string) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '').replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`);

export function graphMl({ nodes, links }: Picture): string {
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    '  <key id="label" for="node" attr.name="label" attr.type="string"/>',
    '  <key id="kind" for="node" attr.name="kind" attr.type="string"/>',
    '  <key id="relation" for="edge" attr.name="relation" attr.type="string"/>',
    '  <graph edgedefault="directed">',
    ...nodes.map((n) => `    <node id="${xml(n.id)}"><data key="label">${xml(n.label)}</data><data key="kind">${n.kind}</data></node>`),
    ...links.map((l) => `    <edge source="${xml(l.from)}" target="${xml(l.to)}"><data key="relation">${xml(l.relation)}</data></edge>`),
    '  </graph>',
    '</graphml>',
  ];
  return `${lines.join('\n')}\n`;
}
