// The frame around every page: header, routes, keys.
import { Component, type ComponentChildren, type ComponentType } from 'preact';
import { useEffect, useReducer, useState } from 'preact/hooks';
import { allWords, currentLang, onLanguage, setLanguage, t } from './i18n';
import { Failure, offline } from './lib/client';
import { here, href, navigate, type Place, url, usePlace } from './lib/router';
import { applyTheme, setTheme, type Theme, theme } from './lib/theme';
import { NotFound, Page, Trouble, Waiting } from './ui/basics';

type Props = Record<string, string>;
type Loaded = ComponentType<Props>;
interface Route {
  page: string;
  props: Props;
}

const PAGES: Record<string, () => Promise<{ default: unknown }>> = {
  home: () => import('./pages/home'),
  trials: () => import('./pages/trials'),
  references: () => import('./pages/references'),
  matrix: () => import('./pages/matrix'),
  graph: () => import('./pages/graph'),
  paths: () => import('./pages/paths'),
  search: () => import('./pages/search'),
  conflicts: () => import('./pages/conflicts'),
  unmapped: () => import('./pages/unmapped'),
  about: () => import('./pages/about'),
  api: () => import('./pages/api'),
  list: () => import('./pages/list'),
  entity: () => import('./pages/entity'),
  trial: () => import('./pages/trial'),
  reference: () => import('./pages/reference'),
  statement: () => import('./pages/statement'),
  source: () => import('./pages/source'),
};
/** Pages that need only the first words. */
const FIRST = ['home', 'trials'];
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

const loaded = new Map<string, Loaded>();
async function fetchPage({ page }: Route): Promise<Loaded> {
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

export function App() {
  const place = usePlace();
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const [overlay, setOverlay] = useState<'search' | 'help' | null>(null);
  useEffect(() => onLanguage(() => redraw(0)), []);
  useEffect(() => keys(setOverlay), []);
  useEffect(applyTheme, [place]);
  useEffect(() => {
    const timer = setTimeout(() => void palette().catch(() => undefined), 1500);
    return () => clearTimeout(timer);
  }, []);
  return (
    <>
      <a class="skip" href={`${location.pathname}${location.search}#main`}>
        {t('nav.skip')}
      </a>
      <Header place={place} openSearch={() => setOverlay('search')} />
      <main id="main" tabindex={-1}>
        <Guard key={place.path}>
          <Routed place={place} />
        </Guard>
      </main>
      <Footer />
      <NetworkNotice />
      {overlay && <Overlay name={overlay} close={() => setOverlay(null)} />}
    </>
  );
}

function Routed({ place }: { place: Place }) {
  const route = routeOf(place.path);
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const [failed, setFailed] = useState(false);
  const known = route ? loaded.get(route.page) : undefined;
  useEffect(() => {
    if (!route || known) return;
    let stop = false;
    fetchPage(route).then(
      () => !stop && redraw(0),
      () => !stop && setFailed(true),
    );
    return () => {
      stop = true;
    };
  }, [place.path]);
  if (!route) return <NotFound />;
  if (failed) return <Unloaded />;
  if (!known) return <Waiting />;
  const Known = known;
  return <Known key={`${route.page} ${Object.values(route.props).join()}`} {...route.props} />;
}

/** The page's code did not come: the server is away, or it was updated and the code has another name now. */
function Unloaded() {
  const [away, setAway] = useState<boolean | null>(null);
  const look = (back: () => void) =>
    fetch(url('health'), { cache: 'no-store' }).then(
      ({ ok }) => (ok ? back() : setAway(true)),
      () => setAway(true),
    );
  const retry = () => void look(() => location.reload());
  useEffect(() => {
    void look(() => setAway(false));
    addEventListener('online', retry);
    return () => removeEventListener('online', retry);
  }, []);
  if (away === null) return <Waiting />;
  if (!away) return <Broken />;
  return (
    <Page title={t('trouble.page')}>
      <Trouble failure={new Failure('unreachable', '')} retry={retry} />
    </Page>
  );
}

function Broken() {
  return (
    <Page title={t('trouble.page')}>
      <p>{t('trouble.pageHelp')}</p>
      <button type="button" class="button" onClick={() => location.reload()}>
        {t('trouble.reload')}
      </button>
    </Page>
  );
}

/** A page that breaks leaves the frame standing. */
class Guard extends Component<{ children: ComponentChildren }, { broken: boolean }> {
  override state = { broken: false };
  static override getDerivedStateFromError() {
    return { broken: true };
  }
  override componentDidCatch(error: unknown) {
    console.error(error);
  }
  override render() {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

const MAIN = ['trials', 'matrix', 'graph', 'paths', 'references'] as const;
const MORE = ['targets', 'diseases', 'drugs', 'regimens', 'conflicts', 'unmapped', 'about', 'api'] as const;

function Header({ place, openSearch }: { place: Place; openSearch: () => void }) {
  const at = place.path.split('/')[0] ?? '';
  const link = (name: (typeof MAIN)[number] | (typeof MORE)[number]) => (
    <a href={href(name)} aria-current={at === name ? 'page' : undefined}>
      {t(`nav.${name}`)}
    </a>
  );
  return (
    <header class="site">
      <div class="site-bar">
        <a class="brand" href={href('')}>
          <svg width="26" height="26" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <path class="warp" d="M8 3v26M16 3v26M24 3v26" />
            <path class="weft" d="M3 8h2.5M10.5 8H21.5M26.5 8H29M3 16h10.5M18.5 16H29M3 24h2.5M10.5 24H21.5M26.5 24H29" />
          </svg>
          Trialweave
        </a>
        <nav class="main-nav" aria-label={t('nav.main')}>
          {MAIN.map(link)}
        </nav>
        <details class="menu more-nav" key={place.path}>
          <summary>{t('nav.more')}</summary>
          <nav class="menu-body" aria-label={t('nav.more')}>
            <div class="only-narrow">{MAIN.map(link)}</div>
            {MORE.map(link)}
            <a href={url('graphiql')} data-native="" class="wide-only">
              GraphiQL
            </a>
          </nav>
        </details>
        <button type="button" class="search-button" onClick={openSearch} aria-label={t('nav.search')} aria-keyshortcuts="/ Control+K">
          <svg width="15" height="15" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d="M7 1.8a5.2 5.2 0 1 1 0 10.4A5.2 5.2 0 0 1 7 1.8ZM11 11l3.6 3.6" />
          </svg>
          <span>{t('nav.search')}</span>
          <kbd aria-hidden="true">/</kbd>
        </button>
        <Settings />
      </div>
    </header>
  );
}

function Settings() {
  const lang = currentLang();
  const now = theme();
  const next: Record<Theme, Theme> = { auto: 'dark', dark: 'light', light: 'auto' };
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  return (
    <div class="settings">
      <button
        type="button"
        class="plain-button"
        lang={lang === 'zh' ? 'en' : 'zh-CN'}
        onClick={() => setLanguage(lang === 'zh' ? 'en' : 'zh')}
      >
        {lang === 'zh' ? 'English' : '中文'}
      </button>
      <button
        type="button"
        class="plain-button"
        aria-label={t('theme.label', { theme: t(`theme.${now}`) })}
        title={t('theme.label', { theme: t(`theme.${now}`) })}
        onClick={() => {
          setTheme(next[now]);
          redraw(0);
        }}
      >
        <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" focusable="false" class={`theme-mark ${now}`}>
          <circle cx="8" cy="8" r="6.2" />
          <path d="M8 1.8a6.2 6.2 0 0 1 0 12.4Z" />
        </svg>
      </button>
    </div>
  );
}

function Footer() {
  return (
    <footer class="site-foot">
      <p>{t('foot.text')}</p>
      <p>
        <a href={href('about')}>{t('nav.about')}</a> <a href={href('api')}>{t('nav.api')}</a>{' '}
        <a href={url('graphiql')} data-native="" class="wide-only">
          GraphiQL
        </a>{' '}
        <a href={url('schema.graphql')} data-native="">
          schema.graphql
        </a>
      </p>
    </footer>
  );
}

function NetworkNotice() {
  const [gone, setGone] = useState(offline);
  useEffect(() => {
    const update = () => setGone(offline());
    addEventListener('online', update);
    addEventListener('offline', update);
    return () => {
      removeEventListener('online', update);
      removeEventListener('offline', update);
    };
  }, []);
  return (
    <div role="status" class={gone ? 'network' : 'network gone'}>
      {gone && t('trouble.offlineNotice')}
    </div>
  );
}

/** The palette and the help come only when called; the palette's code before that, so that no key typed after `/` is lost. */
const palette = () => import('./ui/palette');
function Overlay({ name, close }: { name: 'search' | 'help'; close: () => void }) {
  const [Part, setPart] = useState<ComponentType<{ close: () => void }> | null>(null);
  useEffect(() => {
    const load = name === 'search' ? palette() : import('./ui/help');
    load.then((m) => setPart(() => m.default), close);
  }, [name]);
  return Part && <Part close={close} />;
}

const GO: Record<string, string> = {
  h: '',
  t: 'trials',
  m: 'matrix',
  r: 'references',
  g: 'graph',
  p: 'paths',
  c: 'conflicts',
};

function keys(open: (overlay: 'search' | 'help' | null) => void): () => void {
  let pending = 0;
  const onKey = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      open('search');
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (target.closest('input, textarea, select, [contenteditable], dialog')) return;
    if (event.timeStamp - pending < 1200 && event.key in GO) {
      pending = 0;
      event.preventDefault();
      navigate(GO[event.key]!);
    } else if (event.key === 'g') pending = event.timeStamp;
    else if (event.key === '/') {
      event.preventDefault();
      open('search');
    } else if (event.key === '?') open('help');
    else if (event.key === 'j' || event.key === 'k') step(event.key === 'j' ? 1 : -1);
  };
  addEventListener('keydown', onKey);
  return () => removeEventListener('keydown', onKey);
}

/** To the next or previous row. */
function step(by: number): void {
  const rows = [
    ...document.querySelectorAll<HTMLElement>('main tbody th a, main .hits > li > a, main .reference-title, main .entity-list .entity'),
  ];
  if (rows.length === 0) return;
  const now = rows.indexOf(document.activeElement as HTMLElement);
  rows[Math.min(rows.length - 1, Math.max(0, now + by))]?.focus();
}
