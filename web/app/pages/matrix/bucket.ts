// How is a row or column named, in the page, in an address, in a file?
import type { MatrixQuery } from '../../gql/graphql';
import { word } from '../../i18n';
import { bare, shortName } from '../../lib/format';
import { type FacetName, facetNamed } from '../../lib/trials';

const FAMILY: Partial<Record<FacetName, string>> = { status: 'status', phase: 'phase', area: 'area', role: 'role' };

export type Matrix = MatrixQuery['matrix'];

export const name = (facet: FacetName, bucket: { key: string; label: string }) => {
  const family = FAMILY[facet];
  return family ? word(family, bucket.key) : shortName(bucket.key, bucket.label);
};

export const value = (facet: FacetName, key: string) => (facetNamed(facet)?.kind ? bare(key) : key);
