// How are the values of a facet named, and how is a choice made?
import type { TrialsQuery } from '../../gql/graphql';
import { t, word } from '../../i18n';
import { shortName } from '../../lib/format';
import { type Facet, type FacetName, NONE, type TrialsState } from '../../lib/trials';

export type FacetData = TrialsQuery['trials']['facets'][number];

/** The value of a bucket as the address writes it. */
export const shortValue = (facet: Facet, key: string) =>
  facet.kind && key.startsWith(`${facet.kind}:`) ? key.slice(facet.kind.length + 1) : key;

const FAMILY: Partial<Record<FacetName, string>> = { status: 'status', phase: 'phase', area: 'area', role: 'role' };

export function labelOf(facet: Facet, key: string, label?: string): string {
  const family = FAMILY[facet.name];
  if (key === NONE) return t('facet.none');
  return family ? word(family, key) : label ? shortName(`${facet.kind ?? ''}:`, label) : key;
}

export type Names = ReadonlyMap<string, string>;

/** The names of the chosen nodes, by global id. */
export function namesOf(data: TrialsQuery): Names {
  return new Map(data.chosen.flatMap((n) => (n && 'label' in n ? [[n.id, n.label]] : [])));
}

export type Go = (state: TrialsState, replace?: boolean) => void;
