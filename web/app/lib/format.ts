// Values as words: dates with the precision they have, phases joined, citations as a bibliography prints them.
import { t, word } from '../i18n';

/** By language and precision: making one takes longer than to write a table's dates with it. */
const dateFormats: Record<string, Intl.DateTimeFormat> = {};

/** A date of year, month or day precision; never more precise than the source. */
export function dateText(date: string | null | undefined, locale: string): string {
  if (!date) return '';
  const match = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(date);
  if (!match) return date;
  const [, year, month, day] = match;
  const value = new Date(Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1)));
  const kept = `${locale}${date.length}`;
  dateFormats[kept] ??= new Intl.DateTimeFormat(locale === 'zh' ? 'zh-CN' : 'en-GB', {
    year: 'numeric',
    ...(month ? { month: 'short' } : {}),
    ...(day ? { day: 'numeric' } : {}),
    timeZone: 'UTC',
  });
  return dateFormats[kept].format(value);
}

const ROMAN: Record<string, string> = { PHASE1: '1', PHASE2: '2', PHASE3: '3', PHASE4: '4' };

export function phaseText(phases: readonly string[]): string {
  if (phases.length === 0) return t('phase.none');
  if (phases.length === 1) return word('phase', phases[0]!);
  const numbers = phases.map((p) => ROMAN[p]);
  if (numbers.every(Boolean)) return t('phase.joined', { phases: numbers.join('/') });
  return phases.map((p) => word('phase', p)).join(' / ');
}

/** Chinese where there is a Han character, else English: the language that a printed text is marked with. */
export function langOf(text: string): 'zh-CN' | 'en' {
  return /\p{Script=Han}/u.test(text) ? 'zh-CN' : 'en';
}

export interface CitedWork {
  authors: readonly string[];
  authorsCut: boolean;
  title: string;
  journal?: string | null;
  year?: number | null;
  volume?: string | null;
  issue?: string | null;
  pages?: string | null;
}

export function authorsText(work: Pick<CitedWork, 'authors' | 'authorsCut'>, most = 3): string {
  const shown = work.authors.slice(0, most);
  const cut = work.authorsCut || work.authors.length > most;
  const chinese = shown.some((a) => langOf(a) === 'zh-CN');
  return shown.join(chinese ? '，' : ', ') + (cut ? (chinese ? '，等' : ', et al') : '');
}

/** `Nature Medicine 2024;30(3):772-784` */
export function placeText(work: CitedWork): string {
  const volume = work.volume ? `${work.volume}${work.issue ? `(${work.issue})` : ''}` : work.issue ? `(${work.issue})` : '';
  const where = [volume, work.pages].filter(Boolean).join(':');
  return [work.journal, [work.year, where].filter(Boolean).join(';')].filter(Boolean).join(' ');
}

/** The part of an id behind its kind: `cd19` of `target:cd19`. */
export function bare(id: string): string {
  return id.slice(id.indexOf(':') + 1);
}

/** The page of a node, from its global id. */
export function pageOf(id: string): string {
  const at = id.indexOf(':');
  const kind = at < 0 ? 'trial' : id.slice(0, at);
  const rest = id
    .slice(at + 1)
    .split('/')
    .map(encodeURIComponent)
    .join('/');
  return `${kind}/${rest}`;
}

/** `#rrggbb`-free file name from a title. */
export function fileName(...parts: string[]): string {
  return parts
    .join('-')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80);
}

/** A node's name where room is short: a trial's number, a statement's number, a target without its gloss. */
export function shortName(id: string, label: string): string {
  if (id.startsWith('trial:')) return bare(id);
  if (id.startsWith('statement:')) return id.split('/').pop() ?? label;
  return id.startsWith('target:') ? label.replace(/（[^（）]*）$/, '') : label;
}
