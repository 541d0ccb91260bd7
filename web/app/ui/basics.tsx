// Small parts that every page is made of.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type AnyDoc, documentText } from '../gql';
import { currentLang, number, t, word } from '../i18n';
import { type Asked, type Failure, isMissingField, offline } from '../lib/client';
import { bare, dateText, langOf, pageOf } from '../lib/format';
import { href, url } from '../lib/router';
import { type Kind, KindMark } from './marks';

export function Link({ to, children, ...rest }: { to: string; children: ComponentChildren; [name: string]: unknown }) {
  return (
    <a href={href(to)} {...rest}>
      {children}
    </a>
  );
}

/** A node as a link: its shape, its name. The id says kind and page. */
export function EntityLink({ id, label, extra }: { id: string; label: string; extra?: ComponentChildren }) {
  const kind = id.slice(0, id.indexOf(':'));
  return (
    <a class="entity" href={href(pageOf(id))} data-kind={kind}>
      {label}
      {extra}
    </a>
  );
}

/** Text as a source prints it, marked with its own language. */
export function Printed({ text, block }: { text: string; block?: boolean }) {
  return block ? (
    <q class="printed block" lang={langOf(text)}>
      {text}
    </q>
  ) : (
    <q class="printed" lang={langOf(text)}>
      {text}
    </q>
  );
}

/** What sources print for a thing, shown only where it differs from the name beside it. */
export function AsPrinted({ texts, besides }: { texts: readonly string[]; besides: string }) {
  const other = texts.filter((text) => text !== besides);
  if (other.length === 0) return null;
  return (
    <span class="as-printed">
      {other.map((text) => (
        <Printed text={text} />
      ))}
    </span>
  );
}

export function DateText({ date }: { date: string | null | undefined }) {
  return date ? <time dateTime={date}>{dateText(date, currentLang())}</time> : <Missing />;
}

/** No source says. */
export function Missing() {
  return (
    <span class="missing" title={t('common.noSource')}>
      {t('common.missing')}
    </span>
  );
}

export function Count({ n }: { n: number }) {
  return <span class="count">{number(n)}</span>;
}

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

/** A skeleton that comes only after a moment, so that fast answers do not flicker. */
export function Waiting({ rows = 6 }: { rows?: number }) {
  return (
    <div class="waiting" data-loading role="status">
      <span class="sr">{t('common.loading')}</span>
      {Array.from({ length: rows }, (_, i) => (
        <span key={i} class="bone" />
      ))}
    </div>
  );
}

export function Trouble({ failure, retry }: { failure: Failure; retry: () => void }) {
  const missing = isMissingField(failure);
  const title =
    failure.kind === 'unreachable'
      ? offline()
        ? t('trouble.offline')
        : t('trouble.unreachable')
      : missing
        ? t('trouble.missing')
        : t('trouble.refused');
  return (
    <div class="trouble" role="alert">
      <h2>{title}</h2>
      <p>{failure.kind === 'unreachable' ? t('trouble.unreachableHelp') : missing ? t('trouble.missingHelp') : t('trouble.refusedHelp')}</p>
      {failure.problems.length > 0 && (
        <ul class="problems">
          {failure.problems.slice(0, 5).map((p) => (
            <li>
              {p.path && <code>{p.path.join(' › ')}</code>} {p.message}
              {p.extensions?.code && <code class="code">{p.extensions.code}</code>}
            </li>
          ))}
        </ul>
      )}
      <button type="button" class="button" onClick={retry}>
        {t('trouble.retry')}
      </button>
    </div>
  );
}

export function Empty({ children }: { children: ComponentChildren }) {
  return <p class="empty">{children}</p>;
}

export function CopyButton({ text, label }: { text: string | (() => string); label: string }) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    const value = typeof text === 'function' ? text() : text;
    try {
      await navigator.clipboard.writeText(value);
    } catch {
      const area = document.createElement('textarea');
      area.value = value;
      (document.querySelector('dialog[open]') ?? document.body).append(area);
      area.select();
      document.execCommand('copy');
      area.remove();
    }
    setDone(true);
    setTimeout(() => setDone(false), 1600);
  };
  return (
    <button type="button" class="button small" onClick={copy}>
      <span aria-live="polite">{done ? t('common.copied') : label}</span>
    </button>
  );
}

export function Dialog({
  title,
  close,
  children,
  wide,
}: {
  title: string;
  close: () => void;
  children: ComponentChildren;
  wide?: boolean;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    if (dialog && !dialog.open) dialog.showModal?.();
    dialog?.querySelector<HTMLElement>('[data-first]')?.focus();
  }, []);
  return (
    <dialog
      ref={ref}
      class={wide ? 'dialog wide' : 'dialog'}
      aria-labelledby="dialog-title"
      onClose={close}
      onClick={(event) => {
        if (event.target === ref.current) ref.current?.close();
      }}
    >
      <div class="dialog-body">
        <header class="dialog-head">
          <h2 id="dialog-title">{title}</h2>
          <button type="button" class="icon-button" aria-label={t('common.close')} onClick={() => ref.current?.close()}>
            ×
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}

/** The absolute address of the API. */
export const endpoint = (): string => new URL(url('graphql'), location.origin).href;

export function curlText(document: AnyDoc, variables: unknown): string {
  const body = JSON.stringify({ query: documentText(document), variables });
  return `curl ${endpoint()} \\\n  -H 'content-type: application/json' \\\n  --data-binary '${body.replaceAll("'", "'\\''")}'`;
}

export function graphiqlHref(document: AnyDoc, variables: unknown): string {
  const params = new URLSearchParams({ query: documentText(document), variables: JSON.stringify(variables, null, 2) });
  return `${url('graphiql')}?${params}`;
}

/** The one query behind the page, to read, to copy, to try. */
export function GraphqlButton({ document, variables }: { document: AnyDoc; variables: unknown }) {
  const [open, setOpen] = useState(false);
  const text = open ? documentText(document) : '';
  return (
    <>
      <button type="button" class="button small graphql-button" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        GraphQL
      </button>
      {open && (
        <Dialog title={t('graphql.title')} close={() => setOpen(false)} wide>
          <p>{t('graphql.help')}</p>
          <h3>{t('graphql.query')}</h3>
          <pre class="code-box" tabindex={0}>
            <code>{text}</code>
          </pre>
          <h3>{t('graphql.variables')}</h3>
          <pre class="code-box short" tabindex={0}>
            <code>{JSON.stringify(variables, null, 2)}</code>
          </pre>
          <div class="row">
            <a class="button primary wide-only" href={graphiqlHref(document, variables)} data-native="">
              {t('graphql.open')}
            </a>
            <CopyButton text={text} label={t('graphql.copyQuery')} />
            <CopyButton text={() => curlText(document, variables)} label={t('graphql.copyCurl')} />
          </div>
        </Dialog>
      )}
    </>
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

/** A row of name and value. */
export function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Other names of a node, without repeats. */
export function Synonyms({
  labels,
  synonyms,
  besides,
}: {
  labels: readonly { text: string; lang: string }[];
  synonyms: readonly { text: string; lang: string }[];
  besides: string;
}) {
  const names = new Map<string, string>();
  for (const { text, lang } of [...labels, ...synonyms]) if (text !== besides) names.set(text, lang);
  if (names.size === 0) return <Missing />;
  return (
    <ul class="names">
      {[...names].map(([text, lang]) => (
        <li lang={lang === 'ZH' ? 'zh-CN' : 'en'}>{text}</li>
      ))}
    </ul>
  );
}

export interface XrefParts {
  curie: string;
  url?: string | null;
  verified: boolean;
  match?: string;
  verification?: string;
}

/** Identifiers elsewhere; those that were not looked up say so. */
export function Xrefs({ xrefs }: { xrefs: readonly XrefParts[] }) {
  if (xrefs.length === 0) return <Missing />;
  return (
    <ul class="names">
      {xrefs.map((x) => (
        <li>
          {x.url ? (
            <a href={x.url} rel="noreferrer external" class="external">
              {x.curie}
            </a>
          ) : (
            x.curie
          )}
          {x.match && x.match !== 'EXACT' && <span class="aside">{word('match', x.match)}</span>}
          {!x.verified && (
            <span class="aside unverified" title={t('xref.unverifiedHelp')}>
              {word('verification', x.verification ?? 'UNKNOWN')}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** What curators have to say about a node. */
export function Notes({ notes }: { notes: readonly { id: string; text: string }[] }) {
  if (notes.length === 0) return null;
  return (
    <aside class="notes" aria-label={t('common.notes')}>
      <h2 class="small-title">{t('common.notes')}</h2>
      <ul>
        {notes.map((note) => (
          <li id={bare(note.id)}>
            {note.text} <span class="aside">{bare(note.id)}</span>
          </li>
        ))}
      </ul>
    </aside>
  );
}
