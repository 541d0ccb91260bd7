// The same neighbourhood as a list.
import { word } from '../../i18n';
import type { GraphNode } from '../../lib/graph';
import { EntityLink } from '../../ui/names';
import { short } from './drawing';

export function Twin({ nodes, links }: { nodes: GraphNode[]; links: { from: string; to: string; relation: string }[] }) {
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
