// How is a row or column named, in the page, in an address, in a file?
import type { MatrixQuery } from '../../gql/graphql';
import { t, word } from '../../i18n';
import { bare, shortName } from '../../lib/format';
import { csv, download } from '../../lib/table';
import { type FacetName, facetNamed } from '../../lib/trials';

const FAMILY: Partial<Record<FacetName, string>> = { status: 'status', phase: 'phase', area: 'area', role: 'role' };

export type Matrix = MatrixQuery['matrix'];

export const name = (facet: FacetName, bucket: { key: string; label: string }) => {
  const family = FAMILY[facet];
  return family ? word(family, bucket.key) : shortName(bucket.key, bucket.label);
};

export const value = (facet: FacetName, key: string) => (facetNamed(facet)?.kind ? bare(key) : key);

export function save(matrix: Matrix, rows: FacetName, columns: FacetName): void {
  const counts = new Map(matrix.cells.map((c) => [`${c.row} ${c.column}`, c.count]));
  const sheet = {
    columns: [`${t(`facet.${rows}`)} \\ ${t(`facet.${columns}`)}`, ...matrix.columns.map((c) => name(columns, c))],
    rows: matrix.rows.map((r, i) => [name(rows, r), ...matrix.columns.map((_, j) => counts.get(`${i} ${j}`) ?? 0)]),
  };
  download(`trialweave-${rows}-${columns}.csv`, csv(sheet), 'text/csv');
}
