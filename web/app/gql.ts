// Typed documents without a runtime: `graphql` gives the text back, its type carries result and variables.
import type { graphql as typed } from './gql/gql';
import type { TypedDocumentString } from './gql/graphql';

export const graphql = ((source: string) => source) as unknown as typeof typed;

export type Doc<R, V> = TypedDocumentString<R, V>;
// biome-ignore lint/suspicious/noExplicitAny: any document at all.
export type AnyDoc = Doc<any, any>;
export type ResultOf<D> = D extends Doc<infer R, infer _V> ? R : never;

const fragments = new Map<string, string>();

/** Makes a fragment known, so that documents which spread it carry it. */
export function fragment<D>(source: D): D {
  const text = String(source);
  const name = /fragment\s+(\w+)/.exec(text)?.[1];
  if (name) fragments.set(name, text);
  return source;
}

const texts = new Map<AnyDoc, string>();

/** The whole document, with the fragments it spreads, as it goes over the wire. */
export function documentText(document: AnyDoc): string {
  const known = texts.get(document);
  if (known) return known;
  const parts = [indent(String(document))];
  const seen = new Set<string>();
  for (let i = 0; i < parts.length; i++) {
    for (const [, name] of parts[i]!.matchAll(/\.\.\.\s*(\w+)/g)) {
      if (!name || name === 'on' || seen.has(name)) continue;
      seen.add(name);
      const text = fragments.get(name);
      if (text) parts.push(indent(text));
    }
  }
  const text = `${parts.join('\n\n')}\n`;
  texts.set(document, text);
  return text;
}

/** Indents by brackets, whatever the indentation was. */
function indent(text: string): string {
  let depth = 0;
  const lines: string[] = [];
  for (const line of text.trim().split('\n')) {
    const bare = line.trim();
    if (/^[})]/.test(bare)) depth--;
    lines.push('  '.repeat(Math.max(0, depth)) + bare);
    if (/[{(]$/.test(bare)) depth++;
  }
  return lines.join('\n');
}

export function operationName(document: AnyDoc): string {
  return /(?:query|subscription)\s+(\w+)/.exec(String(document))?.[1] ?? '';
}
