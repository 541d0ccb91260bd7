// A piece of the graph as a picture and as files. The layout is seeded: the same nodes always lie in the same places.
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

const STEPS = 220;
const SPRING = 130;

/** Room that a node and its name take, as half a width and half a height. */
const room = (name: string): [number, number] => [Math.max(22, Math.min(26, [...name].length) * 4.2), 31];

/**
 * Springs along links, repulsion between all, names kept apart; each step cooler than the last. No chance in it: the
 * same picture comes out every time. All pairs are looked at, which for the 80 nodes of a picture is quicker than a tree.
 */
export function layout({ nodes, links }: Picture, nameOf: (n: GraphNode) => string = (n) => n.label): Map<string, Laid> {
  const n = nodes.length;
  const at = new Map(nodes.map((node, i) => [node.id, i]));
  const x = new Float64Array(n);
  const y = new Float64Array(n);
  const rooms = nodes.map((n) => room(nameOf(n)));
  for (let i = 0; i < n; i++) {
    const radius = i === 0 ? 0 : 60 + 26 * Math.sqrt(i);
    x[i] = radius * Math.cos(i * 2.399963) * 1.25;
    y[i] = radius * Math.sin(i * 2.399963);
  }
  const wires = links.map((l) => [at.get(l.from) ?? 0, at.get(l.to) ?? 0] as const);
  const degree = new Float64Array(n);
  for (const [a, b] of wires) {
    degree[a]!++;
    degree[b]!++;
  }
  const fx = new Float64Array(n);
  const fy = new Float64Array(n);
  for (let step = 0; step < STEPS; step++) {
    const heat = 1 - step / STEPS;
    fx.fill(0);
    fy.fill(0);
    for (let i = 0; i < n; i++) {
      for (let j = i + 1; j < n; j++) {
        const dx = x[i]! - x[j]! || (i - j) * 0.01;
        const dy = y[i]! - y[j]! || 0.01;
        const square = Math.max(60, dx * dx + dy * dy);
        let push = 5200 / square;
        const wide = rooms[i]![0] + rooms[j]![0] + 6 - Math.abs(dx);
        const high = rooms[i]![1] + rooms[j]![1] - Math.abs(dy);
        if (wide > 0 && high > 0) push += Math.min(wide, high) * 0.35;
        const length = Math.sqrt(square);
        // Names are wide and low: where two overlap, up and down is the shorter way out.
        const px = (dx / length) * push * (wide > 0 && high > 0 && high < wide ? 0.4 : 1);
        const py = (dy / length) * push * (wide > 0 && high > 0 && high < wide ? 1.8 : 1);
        fx[i]! += px;
        fy[i]! += py;
        fx[j]! -= px;
        fy[j]! -= py;
      }
      fx[i]! -= x[i]! * 0.012;
      fy[i]! -= y[i]! * 0.022;
    }
    for (const [a, b] of wires) {
      const dx = x[b]! - x[a]!;
      const dy = y[b]! - y[a]!;
      const length = Math.hypot(dx, dy) || 1;
      const pull = ((length - SPRING) / length) * (0.32 / Math.sqrt(Math.min(degree[a]!, degree[b]!) || 1));
      fx[a]! += dx * pull;
      fy[a]! += dy * pull;
      fx[b]! -= dx * pull;
      fy[b]! -= dy * pull;
    }
    const most = 2 + 38 * heat;
    for (let i = 1; i < n; i++) {
      const force = Math.hypot(fx[i]!, fy[i]!) || 1;
      const move = Math.min(most, force) / force;
      x[i]! += fx[i]! * move;
      y[i]! += fy[i]! * move;
    }
  }
  // What still overlaps is moved apart along the shorter way; the middle stays.
  for (let round = 0; round < 80; round++) {
    let moved = false;
    for (let i = 0; i < n; i++) {
      for (let j = i + 1; j < n; j++) {
        const dx = x[j]! - x[i]! || 0.01 * (j - i);
        const dy = y[j]! - y[i]! || 0.01;
        const wide = rooms[i]![0] + rooms[j]![0] - Math.abs(dx);
        const high = rooms[i]![1] + rooms[j]![1] - Math.abs(dy);
        if (wide <= 0.5 || high <= 0.5) continue;
        moved = true;
        const share = i === 0 ? 0 : 0.5;
        if (wide < high) {
          x[i]! -= Math.sign(dx) * wide * share;
          x[j]! += Math.sign(dx) * wide * (1 - share);
        } else {
          y[i]! -= Math.sign(dy) * high * share;
          y[j]! += Math.sign(dy) * high * (1 - share);
        }
      }
    }
    if (!moved) break;
  }
  return new Map(nodes.map((node, i) => [node.id, { ...node, x: x[i]!, y: y[i]! }]));
}

export function graphJson({ nodes, links }: Picture): string {
  return `${JSON.stringify({ nodes: nodes.map(({ id, kind, label }) => ({ id, kind, label })), links }, null, 2)}\n`;
}

const xml = (text: string) =>
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '').replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`);

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
