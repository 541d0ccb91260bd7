// Which page does an address mean, and how does its code come?
import type { ComponentType } from 'preact';
import { allWords } from './i18n';
import { here } from './lib/router';

type Props = Record<string, string>;
type Loaded = ComponentType<Props>;

interface Route {
  page: string;
  props: Props;
}

type Code = () => Promise<{ default: unknown }>;
const thing =
  (name: keyof typeof import('./pages/things')): Code =>
  () =>
    import('./pages/things').then((pages) => ({ default: pages[name] }));
const aside =
  (name: keyof typeof import('./pages/asides')): Code =>
  () =>
    import('./pages/asides').then((pages) => ({ default: pages[name] }));

const PAGES: Record<string, Code> = {
  home: () => import('./pages/home'),
  trials: () => import('./pages/trials'),
  references: () => import('./pages/references'),
  reference: () => import('./pages/reference'),
  matrix: () => import('./pages/matrix'),
  graph: () => import('./pages/graph'),
  paths: () => import('./pages/paths'),
  entity: thing('entity'),
  source: thing('source'),
  statement: thing('statement'),
  trial: thing('trial'),
  about: aside('about'),
  api: aside('api'),
  conflicts: aside('conflicts'),
  list: aside('list'),
  search: aside('search'),
  unmapped: aside('unmapped'),
};

/** Pages that need only the first words. */
const FIRST = ['home', 'trials'];

/** What stands first in an address; the server has the same list. */
const ALONE = ['trials', 'references', 'matrix', 'graph', 'paths', 'search', 'conflicts', 'unmapped', 'about', 'api'];
const LISTS = ['targets', 'diseases', 'drugs', 'regimens'];
const ENTITIES = ['target', 'disease', 'drug', 'regimen'];
const THINGS = ['trial', 'reference', 'statement', 'source'];

/** Which page an address means. */
export function routeOf(path: string): Route | null {
  const [first = '', ...rest] = path.split('/');
  const id = rest.join('/');
  if (!id) {
    if (first === '') return { page: 'home', props: {} };
    if (ALONE.includes(first)) return { page: first, props: {} };
    return LISTS.includes(first) ? { page: 'list', props: { kind: first } } : null;
  }
  if (THINGS.includes(first)) return { page: first, props: { id: withKind(first, id) } };
  return ENTITIES.includes(first) ? { page: 'entity', props: { kind: first, id } } : null;
}

/** Statements and sources are asked for by global id; all else by any id that is known. */
const withKind = (kind: string, id: string) =>
  (kind === 'statement' || kind === 'source') && !id.startsWith(`${kind}:`) ? `${kind}:${id}` : id;

export const loaded = new Map<string, Loaded>();

export async function fetchPage({ page }: Route): Promise<Loaded> {
  const known = loaded.get(page);
  if (known) return known;
  const code = PAGES[page]!();
  if (!FIRST.includes(page)) await allWords();
  const component = (await code).default as Loaded;
  loaded.set(page, component);
  return component;
}

export async function preloadPage(words: Promise<void>): Promise<void> {
  const route = routeOf(here().path);
  if (route) {
    void PAGES[route.page]!().catch(() => undefined);
    await words;
    await fetchPage(route).catch(() => undefined);
  } else await words.then(allWords);
}
