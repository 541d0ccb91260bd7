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

/** The whole document, with the fragments it spreads, as it goes over the wire. */
export function documentText(document: AnyDoc): string {
  const parts = [dedent(String(document))];
  const seen = new Set<string>();
  for (let i = 0; i < parts.length; i++) {
    for (const [, name] of parts[i]!.matchAll(/\.\.\.\s*(\w+)/g)) {
      if (!name || name === 'on' || seen.has(name)) continue;
      seen.add(name);
      const text = fragments.get(name);
      if (text) parts.push(dedent(text));
    }
  }
  return `${parts.join('\n\n')}\n`;
}

function dedent(text: string): string {
  const lines = text.replace(/^\n+|\s+$/g, '').split('\n');
  const indents = lines.filter((l) => l.trim()).map((l) => l.length - l.trimStart().length);
  const least = Math.min(...indents);
  return lines.map((l) => l.slice(least)).join('\n');
}

export function operationName(document: AnyDoc): string {
  return /(?:query|subscription)\s+(\w+)/.exec(String(document))?.[1] ?? '';
}
