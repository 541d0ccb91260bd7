// What has every page: a title, tools, sections with addresses, and its states?
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { AnyDoc } from '../gql';
import { t } from '../i18n';
import type { Asked } from '../lib/client';
import { GraphqlButton } from './graphql-button';
import { type Kind, KindMark } from './marks';
import { Count, Link } from './names';
import { Trouble, Waiting } from './states';

/** A part of a page with its own address and a count. */
export function Section({
  id,
  title,
  count,
  children,
  tools,
}: {
  id: string;
  title: string;
  count?: number;
  children: ComponentChildren;
  tools?: ComponentChildren;
}) {
  return (
    <section id={id} class="section" aria-labelledby={`${id}-title`}>
      <div class="section-head">
        <h2 id={`${id}-title`}>
          {title}
          {count !== undefined && <Count n={count} />}
        </h2>
        {tools}
      </div>
      {children}
    </section>
  );
}

export interface TocEntry {
  id: string;
  title: string;
  count?: number;
}

/** The sections of a page with their counts; the one in view is marked. */
export function Toc({ entries }: { entries: TocEntry[] }) {
  const [current, setCurrent] = useState('');
  const ids = entries.map((e) => e.id).join();
  useEffect(() => {
    if (!('IntersectionObserver' in globalThis)) return;
    const observer = new IntersectionObserver(
      (seen) => {
        for (const entry of seen) if (entry.isIntersecting) setCurrent(entry.target.id);
      },
      { rootMargin: '-10% 0px -75% 0px' },
    );
    for (const id of ids.split(',')) {
      const element = document.getElementById(id);
      if (element) observer.observe(element);
    }
    return () => observer.disconnect();
  }, [ids]);
  return (
    <nav class="toc" aria-label={t('common.onThisPage')}>
      <ul>
        {entries.map(({ id, title, count }) => (
          <li>
            <a href={`${location.pathname}${location.search}#${id}`} aria-current={current === id ? 'true' : undefined}>
              {title}
              {count !== undefined && <Count n={count} />}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** True once something has lasted: a quick answer shall not flicker, nor the page be painted twice for it. */
function useSlow(lasts: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = lasts && setTimeout(() => setSlow(true), 150);
    return () => {
      if (timer) clearTimeout(timer);
      setSlow(false);
    };
  }, [lasts]);
  return slow;
}

/** Frame of a page: title, tools, and its states. */
export function Page<R>({
  title,
  kind,
  above,
  below,
  document,
  variables,
  asked,
  children,
  tools,
  browserTitle,
}: {
  title: ComponentChildren;
  kind?: Kind;
  above?: ComponentChildren;
  below?: ComponentChildren;
  document?: AnyDoc;
  variables?: unknown;
  asked?: Asked<R>;
  children?: ComponentChildren | ((data: R) => ComponentChildren);
  tools?: ComponentChildren;
  browserTitle?: string;
}) {
  const name = browserTitle ?? (typeof title === 'string' ? title : '');
  useEffect(() => {
    globalThis.document.title = name ? `${name} · Trialweave` : 'Trialweave';
  }, [name]);
  const failed = asked?.failure;
  const slow = useSlow(asked?.stale === true);
  const data = asked?.data;
  return (
    <article class="page" aria-busy={asked?.loading ? 'true' : undefined}>
      <header class="page-head">
        {above && <p class="above">{above}</p>}
        <div class="page-title">
          <h1 tabindex={-1}>
            {kind && <KindMark kind={kind} size={26} />}
            <span>{title}</span>
          </h1>
          <div class="page-tools">
            {tools}
            {document && <GraphqlButton document={document} variables={variables} />}
          </div>
        </div>
        {below}
      </header>
      {failed && asked ? (
        <Trouble failure={failed} retry={asked.retry} />
      ) : asked && !data ? (
        <Waiting />
      ) : typeof children === 'function' ? (
        <div class={slow ? 'stale' : undefined} data-loading={asked?.stale ? '' : undefined}>
          {children(data as R)}
        </div>
      ) : (
        children
      )}
    </article>
  );
}

export function NotFound({ what }: { what?: string }) {
  return (
    <Page title={t('notFound.title')}>
      <p>{what ? t('notFound.what', { what }) : t('notFound.page')}</p>
      <p>
        <Link to="search" class="button">
          {t('nav.search')}
        </Link>{' '}
        <Link to="" class="button">
          {t('nav.home')}
        </Link>
      </p>
    </Page>
  );
}
