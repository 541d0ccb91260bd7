// Every word of the interface, in the reader's language. What sources print is never translated.
import type { Language } from '../gql/graphql';
import { setParams } from '../lib/router';
import { keep, recall } from '../lib/theme';
import type { MessageKey, Messages } from './en';

export type Lang = 'en' | 'zh';
const KEY = 'trialweave-lang';

let lang: Lang = 'en';
let messages: Messages;
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

export async function loadLanguage(next: Lang = wantedLang()): Promise<void> {
  messages = next === 'zh' ? (await import('./zh')).zh : (await import('./en')).en;
  lang = next;
  if (new URLSearchParams(location.search).has('lang')) keep(KEY, next);
  document.documentElement.lang = next === 'zh' ? 'zh-CN' : 'en';
  for (const listener of listeners) listener();
}

export async function setLanguage(next: Lang): Promise<void> {
  keep(KEY, next);
  setParams((params) => params.set('lang', next), true);
  await loadLanguage(next);
}

export type Values = Record<string, string | number>;

/** `one|many` picks by `n`; `{name}` is filled in, numbers in the reader's way. */
export function fill(text: string, values: Values, locale: string): string {
  const forms = text.split('|');
  const form = forms.length > 1 && Number(values.n) !== 1 ? forms[1]! : forms[0]!;
  return form.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? new Intl.NumberFormat(locale).format(value) : value;
  });
}

export function t(key: MessageKey, values: Values = {}): string {
  return fill(messages[key], values, lang === 'zh' ? 'zh-CN' : 'en');
}

/** The word for an enum value, or the value made readable where there is none yet. */
export function word(family: string, value: string): string {
  const known = (messages as Record<string, string>)[`${family}.${value}`];
  return known ?? value.replaceAll('_', ' ').toLowerCase().replace(/^./, (c) => c.toUpperCase());
}

export function number(value: number): string {
  return new Intl.NumberFormat(lang === 'zh' ? 'zh-CN' : 'en', { maximumFractionDigits: 2 }).format(value);
}
