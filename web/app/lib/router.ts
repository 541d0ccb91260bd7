// The History API, a base path, and nothing else. All state that a reader may want back lives in the address.
import { useEffect, useState } from 'preact/hooks';

/** Where the pages live: `/`, or `/prefix/` behind a proxy, from `<base href>`. */
export const base = new URL('.', document.baseURI).pathname;

/** Parameters that follow the reader from page to page. */
const CARRIED = ['lang', 'theme'];

export interface Place {
  /** Decoded path below the base, without a slash at either end; empty for home. */
  path: string;
  params: URLSearchParams;
}

/** An address below the base that is not a page: `graphql`, `schema.graphql`, `graphiql`. */
export function url(to: string): string {
  return base + to.replace(/^\//, '');
}

/** The address of a page, with what the reader carries along. */
export function href(to: string): string {
  const [rest = '', hash] = to.split('#');
  const [path = '', query = ''] = rest.split('?');
  let text = query;
  const carried = carriedNow();
  if (query || carried.length) {
    const params = new URLSearchParams(query);
    for (const [name, value] of carried) if (!params.has(name)) params.set(name, value);
    text = queryText(params);
  }
  return url(path) + (text ? `?${text}` : '') + (hash ? `#${hash}` : '');
}

let carriedOf: [string, [string, string][]] = ['', []];

/** What the address carries; hundreds of links ask, so it is read once per address. */
function carriedNow(): readonly [string, string][] {
  const now = location.search;
  if (carriedOf[0] !== now) carriedOf = [now, [...new URLSearchParams(now)].filter(([name, value]) => value && CARRIED.includes(name))];
  return carriedOf[1];
}

/** Commas and colons stay readable in an address. */
export function queryText(params: URLSearchParams): string {
  return params.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
}

export function here(): Place {
  const below = location.pathname.startsWith(base) ? location.pathname.slice(base.length) : location.pathname.slice(1);
  return { path: decode(below.replace(/\/$/, '')), params: new URLSearchParams(location.search) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const listeners = new Set<() => void>();
const tell = () => {
  for (const listener of [...listeners]) listener();
};

interface Kept {
  scroll?: number;
  focus?: string;
}

export function navigate(to: string, how: { replace?: boolean; stay?: boolean; focus?: string } = {}): void {
  const target = to.startsWith(base) && to.includes('://') === false && to !== '' ? to : href(to);
  go(target, how);
}

function go(address: string, how: { replace?: boolean; stay?: boolean; focus?: string }): void {
  if (address === location.pathname + location.search + location.hash && !how.replace) return;
  if (how.replace) {
    history.replaceState(history.state, '', address);
  } else {
    const kept: Kept = { ...(history.state as Kept), scroll: scrollY };
    if (how.focus) kept.focus = how.focus;
    history.replaceState(kept, '');
    history.pushState({}, '', address);
  }
  tell();
  if (!how.replace && !how.stay) arrive();
}

/** Changes parameters of the page in view. Typing replaces, choosing pushes. */
export function setParams(change: (params: URLSearchParams) => void, replace = false): void {
  const params = new URLSearchParams(location.search);
  change(params);
  const text = queryText(params);
  go(location.pathname + (text ? `?${text}` : ''), { replace, stay: true });
}

export function usePlace(): Place {
  const [place, set] = useState(here);
  useEffect(() => {
    const listener = () => set(here());
    listeners.add(listener);
    listener();
    return () => {
      listeners.delete(listener);
    };
  }, []);
  return place;
}

/** A new page: to its top, and the reader of a screen reader to its title. */
function arrive(): void {
  if (location.hash) {
    scrollToHash();
    return;
  }
  scrollTo(0, 0);
  whenThere(
    () => document.querySelector<HTMLElement>('main h1'),
    (h1) => h1.focus({ preventScroll: true }),
  );
}

function scrollToHash(): void {
  const id = decode(location.hash.slice(1));
  whenThere(
    () => document.getElementById(id),
    (element) => {
      // The browser itself marks only where it loads a page.
      for (const old of document.querySelectorAll('.aimed')) old.classList.remove('aimed');
      element.classList.add('aimed');
      element.scrollIntoView();
      if (element.tabIndex < 0 && !element.hasAttribute('tabindex')) element.setAttribute('tabindex', '-1');
      element.focus({ preventScroll: true });
    },
  );
}

function whenThere(find: () => HTMLElement | null, then: (element: HTMLElement) => void): void {
  const until = performance.now() + 3000;
  const address = location.href;
  const look = () => {
    if (location.href !== address) return;
    const element = find();
    if (element && !document.querySelector('main :is([data-loading], [data-unfolding])')) then(element);
    else if (performance.now() < until) requestAnimationFrame(look);
    else if (element) then(element);
  };
  requestAnimationFrame(look);
}

/** Back: to where the reader was, with the link focused that was followed. */
function returned(): void {
  tell();
  const kept = (history.state ?? {}) as Kept;
  const find = () => (kept.focus ? document.querySelector<HTMLElement>(kept.focus) : document.querySelector('main h1'));
  whenThere(find as () => HTMLElement | null, (element) => {
    scrollTo(0, kept.scroll ?? 0);
    element.focus({ preventScroll: true });
  });
}

/** A selector that finds the link again: its address, and which of those with that address it is. */
function selectorOf(link: HTMLAnchorElement | SVGAElement): string | undefined {
  const key = link.closest<HTMLElement>('[data-focus]')?.dataset.focus;
  if (key) return `[data-focus="${CSS.escape(key)}"]`;
  const address = link.getAttribute('href');
  return address ? `main a[href="${CSS.escape(address)}"]` : undefined;
}

export function startRouter(): void {
  history.scrollRestoration = 'manual';
  addEventListener('popstate', returned);
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element).closest?.('a[href]') as HTMLAnchorElement | null;
    if (!link || link.hasAttribute('download') || link.dataset.native !== undefined) return;
    const target = link.getAttribute('target');
    if (target && target !== '_self') return;
    const address = new URL(link.getAttribute('href') ?? '', document.baseURI);
    if (address.origin !== location.origin || !address.pathname.startsWith(base)) return;
    event.preventDefault();
    link.closest('dialog')?.close();
    const same = address.pathname === location.pathname && address.search === location.search && address.hash;
    const focus = selectorOf(link);
    go(address.pathname + address.search + address.hash, focus ? { focus } : {});
    if (same) scrollToHash();
  });
  if (location.hash) scrollToHash();
}
