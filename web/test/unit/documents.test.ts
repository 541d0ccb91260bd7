// Documents, the trace, white space, examples.
import { describe, expect, it } from 'vitest';
import { documentText, fragment, operationName } from '../../app/gql';
import { gaps, tried } from '../../app/pages/matrix/gaps';
import { gridSheet, limited } from '../../app/pages/matrix/grid';
import { wayThrough } from '../../app/pages/reference/way';
import { routeOf } from '../../app/routes';
import { curlText } from '../../app/ui/graphql-button';
import { readExample } from '../../graphiql/examples';

describe('a document', () => {
  fragment('fragment Inner on X {\n a }' as never);
  fragment('fragment Outer on X {\n   ...Inner }' as never);
  const doc = '\n   query Q($a: Int) {\n  x {\n ...Outer\n ...Inner\n ... on Y {\n z\n }\n }\n }' as never;

  it('carries each fragment that it spreads, once, and is indented by its brackets', () => {
    expect(documentText(doc)).toBe(
      'query Q($a: Int) {\n  x {\n    ...Outer\n    ...Inner\n    ... on Y {\n      z\n    }\n  }\n}\n\nfragment Outer on X {\n  ...Inner }\n\nfragment Inner on X {\n  a }\n',
    );
    expect(operationName(doc)).toBe('Q');
  });

  it('can be pasted into a shell', () => {
    expect(curlText('query Q { a(b: "it\'s") }' as never, {})).toContain(`'\\''`);
  });
});

describe('an address', () => {
  it.each([
    ['', { page: 'home', props: {} }],
    ['trials', { page: 'trials', props: {} }],
    ['targets', { page: 'list', props: { kind: 'targets' } }],
    ['trial/NCT05654038', { page: 'trial', props: { id: 'NCT05654038' } }],
    ['regimen/a+b', { page: 'entity', props: { kind: 'regimen', id: 'a+b' } }],
    ['statement/carnk-review-2025/F09', { page: 'statement', props: { id: 'statement:carnk-review-2025/F09' } }],
    ['source/carnk-review-2025', { page: 'source', props: { id: 'source:carnk-review-2025' } }],
    ['nonsense', null],
    ['trial', null],
    ['nonsense/1', null],
  ])('%j', (path, route) => {
    expect(routeOf(path)).toEqual(route);
  });
});

describe('white space', () => {
  const bucket = (count: number) => ({ key: 'k', label: 'l', count });
  it('lists empty cells, the most surprising first', () => {
    const matrix = {
      rows: [bucket(10), bucket(2)],
      columns: [bucket(8), bucket(4)],
      cells: [
        { row: 0, column: 0, count: 8 },
        { row: 0, column: 1, count: 0 },
      ],
      total: 12,
    };
    expect(gaps(matrix).map((g) => [g.row, g.column])).toEqual([
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
    expect(gaps(matrix)[0]?.expected).toBeCloseTo(40 / 12);
    expect(gaps(matrix, new Map(), 1)).toHaveLength(1);
  });

  it('is none where a narrower disease is tried', () => {
    const named = (key: string) => ({ key, label: key, count: 5 });
    const matrix = {
      rows: [named('target:a')],
      columns: [named('disease:lymphoma'), named('disease:b-cell'), named('disease:aml')],
      cells: [{ row: 0, column: 1, count: 5 }],
      total: 20,
    };
    const above = new Map([['disease:b-cell', ['disease:lymphoma', 'disease:cancer']]]);
    expect([...tried(matrix, above)].sort()).toEqual(['0 0', '0 1']);
    expect(gaps(matrix, above).map((g) => g.column)).toEqual([2]);
  });
});

describe('the matrix in view', () => {
  const bucket = (kind: string, i: number) => ({ key: `${kind}:${i}`, label: `${kind} ${i}`, count: 200 - i });
  const matrix = {
    rows: Array.from({ length: 40 }, (_, i) => bucket('target', i)),
    columns: Array.from({ length: 60 }, (_, i) => bucket('disease', i)),
    cells: [
      { row: 0, column: 0, count: 7 },
      { row: 39, column: 59, count: 3 },
    ],
    otherRows: 460,
    otherColumns: 1940,
    total: 10_000,
  };
  it('counts what it leaves out, and what the answer left out', () => {
    expect(limited(matrix, 'counts', false)).toMatchObject({ allRows: 500, allColumns: 2000, more: true });
    expect(limited(matrix, 'white', false).columns.length).toBeLessThan(limited(matrix, 'counts', false).columns.length);
    const whole = limited(matrix, 'counts', true);
    expect([whole.rows.length, whole.columns.length, whole.allRows, whole.more]).toEqual([40, 60, 500, false]);
  });
  it('is what its sheet holds', () => {
    const view = limited(matrix, 'counts', false);
    const sheet = gridSheet(view, 'target', 'disease');
    expect(sheet.columns).toHaveLength(view.columns.length + 1);
    expect(sheet.rows).toHaveLength(view.rows.length);
    expect(sheet.rows[0]?.slice(0, 3)).toEqual(['target 0', 7, 0]);
    expect(gridSheet(limited(matrix, 'counts', true), 'target', 'disease').rows[39]?.at(-1)).toBe(3);
  });
});

describe('the way through a node', () => {
  const links: [string, string][] = [
    ['r', 's1'],
    ['r', 's2'],
    ['s1', 't1'],
    ['t1', 'x'],
    ['s2', 'y'],
  ];
  it('goes down to all it leads to and up to all that leads to it', () => {
    expect([...wayThrough(links, 't1')].sort()).toEqual(['r', 's1', 't1', 'x']);
    expect([...wayThrough(links, 'r')].sort()).toEqual(['r', 's1', 's2', 't1', 'x', 'y']);
  });
});

describe('an example', () => {
  it('has its question, in two languages where it gives them', () => {
    expect(readExample('a/co-targets.graphql', '# With what is CD19 studied?\n{ x }')).toMatchObject({
      name: 'co-targets',
      title: 'With what is CD19 studied?',
      zh: '',
    });
    expect(readExample('a/b.graphql', '# en: What?\n# zh: 什么？\n# variables: {"a":1}\nquery($a:Int){x}')).toMatchObject({
      title: 'What?',
      zh: '什么？',
      variables: '{"a":1}',
    });
    expect(
      readExample(
        'a/q26.graphql',
        '# 26. Search "间皮素" or "mesothelin": same target?\n#     搜索“间皮素”或“mesothelin”：是否同一靶标？\n{ x }',
      ),
    ).toMatchObject({
      title: '26. Search "间皮素" or "mesothelin": same target?',
      zh: '搜索“间皮素”或“mesothelin”：是否同一靶标？',
    });
    expect(readExample('a/no-words.graphql', '{ x }').title).toBe('no words');
  });
});

describe('short keys', () => {
  it('leave alone every family whose keys are put together at run time', async () => {
    const { readdirSync, readFileSync, statSync } = await import('node:fs');
    const walk = (p: string): string[] => (statSync(p).isDirectory() ? readdirSync(p).flatMap((n) => walk(`${p}/${n}`)) : [p]);
    const code = walk('app')
      .filter((f) => /\.tsx?$/.test(f) && !f.includes('/gql/'))
      .map((f) => readFileSync(f, 'utf8'))
      .join('\n');
    const families = [...code.matchAll(/t\(`(\w+)[.\w]*\.\$\{/g), ...code.matchAll(/word\('(\w+)'/g)].map((m) => m[1] ?? '');
    const config = readFileSync('vite.config.ts', 'utf8');
    const kept = new Set(/FAMILIES =\s*\/\^\(([^)]*)\)/.exec(config)?.[1]?.split('|'));
    expect([...new Set(families)].filter((f) => !kept.has(f) && f !== 'references')).toEqual([]);
    expect(config).toContain("key.startsWith('references.by.')");
  });
});
