// How is a thing named, linked and quoted? Knows ids and printed text, no page.
import type { ComponentChildren } from 'preact';
import { currentLang, number, t, word } from '../i18n';
import { bare, dateText, langOf, pageOf } from '../lib/format';
import { href } from '../lib/router';

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
