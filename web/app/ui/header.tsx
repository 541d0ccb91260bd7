// The head and foot of every page: the way to the others, language, theme, whether the network is there.
import { useEffect, useReducer, useState } from 'preact/hooks';
import { currentLang, setLanguage, t } from '../i18n';
import { offline } from '../lib/client';
import { href, type Place, url } from '../lib/router';
import { setTheme, type Theme, theme } from '../lib/theme';

const MAIN = ['trials', 'matrix', 'graph', 'paths', 'references'] as const;

const MORE = ['targets', 'diseases', 'drugs', 'regimens', 'conflicts', 'unmapped', 'about', 'api'] as const;

export function Header({ place, openSearch }: { place: Place; openSearch: () => void }) {
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

export function Footer() {
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

export function NetworkNotice() {
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
