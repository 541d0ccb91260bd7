// The frame around every page: what is loaded, what broke, what lies above it.
import { Component, type ComponentChildren, type ComponentType } from 'preact';
import { useEffect, useReducer, useState } from 'preact/hooks';
import { onLanguage, t } from './i18n';
import { keys } from './keys';
import { Failure } from './lib/client';
import { type Place, url, usePlace } from './lib/router';
import { applyTheme } from './lib/theme';
import { fetchPage, loaded, routeOf } from './routes';
import { Footer, Header, NetworkNotice } from './ui/header';
import { NotFound, Page } from './ui/page';
import { Trouble, Waiting } from './ui/states';

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
