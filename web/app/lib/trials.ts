// The list of trials as an address: which values are chosen, in what order, which page. Both ways, without loss.
import type {
  Dimension,
  DiseaseFilter,
  DrugFilter,
  OrderDirection,
  Phase,
  TargetFilter,
  TrialFilter,
  TrialOrder,
  TrialOrderField,
  TrialStatus,
} from '../gql/graphql';

/** One dimension of choice: its name in the address, its facet, and the kind whose ids its values are. */
export interface Facet {
  name: FacetName;
  dimension: Dimension;
  /** Values are global ids of this kind, written bare in the address. */
  kind?: string;
  /** Several values of one trial: "all of these" makes sense beside "any of these". */
  many?: boolean;
}
export type FacetName =
  | 'status'
  | 'phase'
  | 'area'
  | 'target'
  | 'disease'
  | 'drug'
  | 'role'
  | 'regimen'
  | 'country'
  | 'sponsor'
  | 'year'
  | 'source';

export const FACETS: readonly Facet[] = [
  { name: 'status', dimension: 'STATUS' },
  { name: 'phase', dimension: 'PHASE', many: true },
  { name: 'target', dimension: 'TARGET', kind: 'target', many: true },
  { name: 'disease', dimension: 'DISEASE', kind: 'disease', many: true },
  { name: 'drug', dimension: 'DRUG', kind: 'drug', many: true },
  { name: 'area', dimension: 'AREA' },
  { name: 'role', dimension: 'DRUG_ROLE', many: true },
  { name: 'regimen', dimension: 'REGIMEN', kind: 'regimen' },
  { name: 'country', dimension: 'COUNTRY', many: true },
  { name: 'sponsor', dimension: 'SPONSOR' },
  { name: 'year', dimension: 'START_YEAR' },
  { name: 'source', dimension: 'SOURCE', kind: 'source', many: true },
];
export const facetNamed = (name: string): Facet | undefined => FACETS.find((f) => f.name === name);
export const facetOf = (dimension: Dimension): Facet | undefined => FACETS.find((f) => f.dimension === dimension);

/** Stands for "none given" among the values of a dimension. */
export const NONE = 'none';

export const COLUMNS = [
  'status',
  'phase',
  'targets',
  'diseases',
  'drugs',
  'start',
  'enrollment',
  'sponsor',
  'countries',
  'posted',
  'rows',
  'references',
] as const;
export type Column = (typeof COLUMNS)[number];
export const USUAL_COLUMNS: readonly Column[] = ['status', 'phase', 'targets', 'diseases', 'drugs', 'start', 'enrollment'];

const SORTS: Record<string, TrialOrderField> = {
  id: 'ID',
  title: 'TITLE',
  status: 'STATUS',
  phase: 'PHASE',
  start: 'START_DATE',
  enrollment: 'ENROLLMENT',
  posted: 'FIRST_POSTED',
};
export const sortable = (column: string): boolean => column in SORTS;

export interface TrialsState {
  text: string;
  chosen: Partial<Record<FacetName, string[]>>;
  /** Dimensions of which a trial must have all chosen values, not any. */
  all: FacetName[];
  conflict: boolean;
  reference: boolean;
  sort: string;
  down: boolean;
  columns: readonly Column[];
  after: string;
  before: string;
  page: number;
}

export const PAGE_SIZE = 50;

/** A disease with all below it is written with a star: `lymphoma*`. Without one it is meant alone, as facets and matrix count it. */
export const isWide = (value: string): boolean => value.endsWith('*');
export const narrow = (value: string): string => value.replace(/\*$/, '');

/** Global ids of all chosen nodes, to ask for their names. */
export function chosenIds(state: TrialsState): string[] {
  return FACETS.flatMap((f) => (f.kind ? (state.chosen[f.name] ?? []).filter((v) => v !== NONE).map((v) => `${f.kind}:${narrow(v)}`) : []));
}

export function parseTrials(params: URLSearchParams): TrialsState {
  const list = (name: string) => [
    ...new Set(
      (params.get(name) ?? '')
        .split(',')
        .map((v) => v.trim())
        .filter(Boolean)
        .map(unescapeValue),
    ),
  ];
  const chosen: TrialsState['chosen'] = {};
  for (const { name } of FACETS) {
    const values = list(name);
    if (values.length) chosen[name] = values;
  }
  const sort = params.get('sort') ?? '';
  const columns = COLUMNS.filter((c) => list('cols').includes(c));
  const page = Number.parseInt(params.get('page') ?? '1', 10);
  const field = sort.replace(/^-/, '');
  return {
    text: params.get('q') ?? '',
    chosen,
    all: list('all').filter((n): n is FacetName => facetNamed(n)?.many === true),
    conflict: params.get('conflict') === '1',
    reference: params.get('reference') === '1',
    sort: field in SORTS ? field : '',
    down: sort.startsWith('-') && field in SORTS,
    columns: columns.length ? columns : USUAL_COLUMNS,
    after: params.get('after') ?? '',
    before: params.get('before') ?? '',
    page: page > 0 ? page : 1,
  };
}

const escapeValue = (value: string) => value.replaceAll('\\', '\\\\').replaceAll(',', '\\;');
const unescapeValue = (value: string) => value.replace(/\\([\\;])/g, (_, c) => (c === ';' ? ',' : '\\'));

/** Writes the state into an address that may hold more; leaves out what is as usual. */
export function writeTrials(state: TrialsState, params = new URLSearchParams()): URLSearchParams {
  const set = (name: string, value: string) => (value ? params.set(name, value) : params.delete(name));
  set('q', state.text);
  for (const { name } of FACETS) set(name, (state.chosen[name] ?? []).map(escapeValue).join(','));
  set('all', state.all.filter((n) => (state.chosen[n]?.length ?? 0) > 1).join(','));
  set('conflict', state.conflict ? '1' : '');
  set('reference', state.reference ? '1' : '');
  set('sort', state.sort ? (state.down ? '-' : '') + state.sort : '');
  const usual = state.columns.length === USUAL_COLUMNS.length && state.columns.every((c) => USUAL_COLUMNS.includes(c));
  set('cols', usual ? '' : COLUMNS.filter((c) => state.columns.includes(c)).join(','));
  set('after', state.after);
  set('before', state.before);
  set('page', state.page > 1 ? String(state.page) : '');
  return params;
}

/** A change of what is asked goes back to the first page. */
export function changed(state: TrialsState, change: Partial<TrialsState>): TrialsState {
  return { ...state, after: '', before: '', page: 1, ...change };
}

export function toggled(state: TrialsState, name: FacetName, value: string): TrialsState {
  const now = state.chosen[name] ?? [];
  const next = now.includes(value) ? now.filter((v) => v !== value) : [...now, value];
  const chosen = { ...state.chosen, [name]: next };
  if (next.length === 0) delete chosen[name];
  return changed(state, { chosen, all: next.length > 1 ? state.all : state.all.filter((n) => n !== name) });
}

export function choices(state: TrialsState): number {
  const values = Object.values(state.chosen).reduce((sum, v) => sum + v.length, 0);
  return values + (state.text ? 1 : 0) + (state.conflict ? 1 : 0) + (state.reference ? 1 : 0);
}

/** The question: AND across dimensions, OR within one, or AND where asked for. Null: all trials. */
export function toFilter(state: TrialsState): TrialFilter | null {
  const and: TrialFilter[] = [];
  for (const facet of FACETS) {
    const values = state.chosen[facet.name] ?? [];
    if (values.length === 0) continue;
    if (state.all.includes(facet.name)) for (const value of values) and.push(anyOf(facet, [value]));
    else and.push(anyOf(facet, values));
  }
  if (state.text) and.push({ text: state.text });
  if (state.conflict) and.push({ hasConflict: true });
  if (state.reference) and.push({ hasReference: true });
  if (and.length === 0) return null;
  return and.length === 1 ? and[0]! : { and };
}

function anyOf(facet: Facet, values: string[]): TrialFilter {
  const given = values.filter((v) => v !== NONE);
  const parts: TrialFilter[] = [];
  if (given.length) parts.push(...having(facet, given));
  if (given.length < values.length) {
    const none = lacking(facet);
    if (none) parts.push(none);
  }
  return parts.length === 1 ? parts[0]! : { or: parts };
}

function having(facet: Facet, values: string[]): TrialFilter[] {
  const ids = facet.kind ? values.map((v) => (v.includes(':') ? v : `${facet.kind}:${v}`)) : values;
  switch (facet.name) {
    case 'status':
      return [{ status: { in: values as TrialStatus[] } }];
    case 'phase':
      return [{ phase: { includesAny: values as Phase[] } }];
    case 'area':
      return [{ area: { in: values as never[] } }];
    case 'target':
      return [{ target: { some: { id: { in: ids } } satisfies TargetFilter } }];
    case 'disease': {
      const alone = ids.filter((id) => !isWide(id));
      const wide: DiseaseFilter[] = ids.filter(isWide).map((id) => ({ within: { id: narrow(id), expand: 'DESCENDANTS' } }));
      const parts: DiseaseFilter[] = alone.length ? [{ id: { in: alone } }, ...wide] : wide;
      return [{ disease: { some: parts.length === 1 ? parts[0]! : { or: parts } } }];
    }
    case 'drug':
      return [{ drug: { some: { id: { in: ids } } satisfies DrugFilter } }];
    case 'role':
      return [{ drug: { role: { in: values as never[] }, count: { gte: 1 } } }];
    case 'regimen':
      return ids.map((id) => ({ regimen: { exactly: regimenDrugs(id) } }));
    case 'country':
      return [{ country: { in: values } }];
    case 'sponsor':
      return [{ sponsor: { in: values } }];
    case 'year':
      return [{ startYear: { in: values.map(Number).filter(Number.isInteger) } }];
    case 'source':
      return [{ source: { in: ids } }];
  }
}

/** A regimen's id spells its drugs: `regimen:cyclophosphamide+fludarabine`. */
export function regimenDrugs(id: string): string[] {
  return id
    .slice(id.indexOf(':') + 1)
    .split('+')
    .map((drug) => `drug:${drug}`);
}

function lacking(facet: Facet): TrialFilter | null {
  switch (facet.name) {
    case 'phase':
      return { phase: { isEmpty: true } };
    case 'target':
      return { target: { count: { eq: 0 } } };
    case 'disease':
      return { disease: { count: { eq: 0 } } };
    case 'drug':
    case 'role':
      return { drug: { count: { eq: 0 } } };
    case 'regimen':
      return { regimen: { isEmpty: true } };
    case 'country':
      return { country: { isNull: true } };
    case 'sponsor':
      return { sponsor: { isNull: true } };
    case 'year':
      return { startYear: { isNull: true } };
    default:
      return null;
  }
}

export const canLack = (facet: Facet): boolean => lacking(facet) !== null;

export function toOrder(state: TrialsState): TrialOrder[] | null {
  const field = SORTS[state.sort];
  const direction: OrderDirection = state.down ? 'DESC' : 'ASC';
  return field ? [{ field, direction }] : null;
}
