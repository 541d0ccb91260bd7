// Our example queries as a tab of GraphiQL: each with its question, which is the comment it begins with.

export interface Example {
  name: string;
  title: string;
  /** The question in Chinese: comment lines in Chinese, or one that begins with `zh:`. */
  zh: string;
  query: string;
  variables: string;
}

/** A line that is Chinese, not one that names a Chinese word. */
const isChinese = (line: string) => (line.match(/\p{Script=Han}/gu)?.length ?? 0) * 4 > line.length;

/** The comment lines in front of the first operation are the question; a `variables:` line in them is JSON. */
export function readExample(path: string, text: string): Example {
  const name =
    path
      .split('/')
      .pop()
      ?.replace(/\.graphql$/, '') ?? path;
  const comments: string[] = [];
  for (const line of text.split('\n')) {
    if (!line.startsWith('#')) break;
    comments.push(line.replace(/^#+\s?/, ''));
  }
  const take = (prefix: string) => {
    const at = comments.findIndex((c) => c.toLowerCase().startsWith(`${prefix}:`));
    return at < 0
      ? ''
      : (comments
          .splice(at, 1)[0]
          ?.slice(prefix.length + 1)
          .trim() ?? '');
  };
  const variables = take('variables');
  const zh = take('zh');
  const en = take('en');
  const words = comments.map((c) => c.trim()).filter(Boolean);
  const title = en || words.filter((w) => !isChinese(w)).join(' ') || name.replaceAll('-', ' ');
  const chinese = zh || words.filter(isChinese).join('');
  return { name, title, zh: chinese, query: text.trim(), variables };
}

const files = import.meta.glob('../../schema/examples/*.graphql', {
  query: '?raw',
  import: 'default',
  eager: true,
}) as Record<string, string>;
const variables = import.meta.glob('../../schema/examples/*.variables.json', {
  query: '?raw',
  import: 'default',
  eager: true,
}) as Record<string, string>;

export const examples: Example[] = Object.entries(files)
  .map(([path, text]) => {
    const example = readExample(path, text);
    return {
      ...example,
      variables: example.variables || (variables[path.replace(/\.graphql$/, '.variables.json')] ?? ''),
    };
  })
  .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
