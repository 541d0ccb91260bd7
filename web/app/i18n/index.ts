// Every word of the interface, in the reader's language. What sources print is never translated.
import type { Language } from '../gql/graphql';
import { setParams } from '../lib/router';
import { keep, recall } from '../lib/theme';
import type { CoreMessages } from './en';
import type { PageMessages } from './en-pages';

export type Lang = 'en' | 'zh';
export type MessageKey = keyof CoreMessages | keyof PageMessages;
const KEY = 'trialweave-lang';

let lang: Lang = 'en';
let messages: Record<string, string> = {};
let rest: Promise<void> = Promise.resolve();
const listeners = new Set<() => void>();

export function onLanguage(listener: () => void): void {
  listeners.add(listener);
}

export function wantedLang(): Lang {
  const said = new URLSearchParams(location.search).get('lang') ?? recall(KEY);
  if (said === 'en' || said === 'zh') return said;
  return navigator.language?.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/** The language of the page in view. */
export const currentLang = (): Lang => lang;
/** The same, as the contract spells it. */
export const apiLang = (): Language => (lang === 'zh' ? 'ZH' : 'EN');

/** Loads the words of the first pages; those of the others follow by themselves. */
export async function loadLanguage(next: Lang = wantedLang(), whole = false): Promise<void> {
  const later = next === 'zh' ? import('./zh-pages').then((m) => m.zhPages) : import('./en-pages').then((m) => m.enPages);
  const core = next === 'zh' ? (await import('./zh')).zh : (await import('./en')).en;
  rest = later.then((pages) => {
    if (lang === next) messages = { ...core, ...pages };
  });
  if (whole) await later;
  lang = next;
  messages = whole ? { ...core, ...(await later) } : { ...core };
  if (new URLSearchParams(location.search).has('lang')) keep(KEY, next);
  document.documentElement.lang = next === 'zh' ? 'zh-CN' : 'en';
  for (const listener of listeners) listener();
}

export async function setLanguage(next: Lang): Promise<void> {
  keep(KEY, next);
  setParams((params) => params.set('lang', next), true);
  await loadLanguage(next, true);
}

/** Until the words of all pages are there. */
export const allWords = (): Promise<void> => rest;

export type Values = Record<string, string | number>;

/** `one|many` picks by `n`; `{name}` is filled in, numbers in the reader's way. */
export function fill(text: string, values: Values, locale: string): string {
  const forms = text.split('|');
  const form = forms.length > 1 && Number(values.n) !== 1 ? forms[1]! : forms[0]!;
  return form.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? digits(locale).format(value) : value;
  });
}

export function t(key: MessageKey, values: Values = {}): string {
  return fill(messages[key] ?? '', values, lang === 'zh' ? 'zh-CN' : 'en');
}

/** The word for an enum value, or the value made readable where there is none yet. */
export function word(family: string, value: string): string {
  const known = messages[`${family}.${value}`];
  return (
    known ??
    value
      .replaceAll('_', ' ')
      .toLowerCase()
      .replace(/^./, (c) => c.toUpperCase())
  );
}

/** A formatter takes far longer to make than to use, and a page writes hundreds of numbers. */
const formats: Record<string, Intl.NumberFormat> = {};
const digits = (locale: string): Intl.NumberFormat => (formats[locale] ??= new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }));

export function number(value: number): string {
  return digits(lang === 'zh' ? 'zh-CN' : 'en').format(value);
}
