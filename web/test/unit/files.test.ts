// What leaves the house: sheets, graphs, citations.
import { describe, expect, it } from 'vitest';
import { graphJson, graphMl, join, layout, type Part } from '../../app/lib/graph';
import { csv, harmless, json, tsv } from '../../app/lib/table';

describe('a sheet', () => {
  const sheet = {
    columns: ['id', 'text', 'n'],
    rows: [
      ['NCT1', '淋巴瘤, "B"', 3],
      ['NCT2', '=HYPERLINK("http://x")', null],
      ['NCT3', 'two\nlines', -2],
    ],
  };

  it('begins with a byte order mark, ends lines with CRLF and quotes what needs it', () => {
    expect(csv(sheet)).toBe('\uFEFFid,text,n\r\nNCT1,"淋巴瘤, ""B""",3\r\nNCT2,"\'=HYPERLINK(""http://x"")",\r\nNCT3,"two\nlines",-2\r\n');
  });

  it.each(['=1+1', '+1+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '＋1', '－1', '＠x', '-cmd'])(
    'takes the sting out of %j',
    (text) => {
      expect(harmless(text)).toBe(`'${text}`);
      expect(csv({ columns: ['x'], rows: [[text]] })).not.toMatch(/\r\n"?[=+\-@\t]/);
    },
  );

  it.each(['-5', '-5.25', '5-FU', 'CAR-NK', '', '中文', 'a=b', '1 期'])('leaves %j alone', (text) => {
    expect(harmless(text)).toBe(text);
  });

  it('has no tab and no line end inside a cell of TSV', () => {
    expect(tsv(sheet)).toBe('id\ttext\tn\nNCT1\t淋巴瘤, "B"\t3\nNCT2\t\'=HYPERLINK("http://x")\t\nNCT3\ttwo lines\t-2\n');
    expect(tsv({ columns: ['x'], rows: [['a\tb']] })).toBe('x\na b\n');
  });

  it('is a list of objects as JSON, the text as it is', () => {
    expect(JSON.parse(json(sheet))[1]).toEqual({ id: 'NCT2', text: '=HYPERLINK("http://x")', n: null });
  });
});

describe('a piece of the graph', () => {
  const node = (id: string, kind = 'TRIAL') => ({ id, kind, label: id });
  const star = (middle: string, n: number, offset = 0): Part => ({
    nodes: [node(middle, 'TARGET'), ...Array.from({ length: n }, (_, i) => node(`trial:${i + offset}`))],
    links: Array.from({ length: n }, (_, i) => ({
      relation: 'HAS_TARGET',
      from: { id: `trial:${i + offset}` },
      to: { id: middle },
    })),
    hidden: [{ count: 7, node: { id: 'trial:1' } }],
  });

  it('is capped, and says how many it dropped', () => {
    const picture = join([star('target:a', 70), star('target:b', 70, 35)], new Set());
    expect(picture.nodes).toHaveLength(80);
    expect(picture.dropped).toBe(2 + 105 - 80);
    const ids = new Set(picture.nodes.map((n) => n.id));
    expect(picture.links.every((l) => ids.has(l.from) && ids.has(l.to))).toBe(true);
  });

  it('hides kinds but never its middle', () => {
    const picture = join([star('target:a', 5)], new Set(['trial', 'target']));
    expect(picture.nodes.map((n) => n.id)).toEqual(['target:a']);
    expect(picture.nodes[0]?.hidden).toBe(5);
  });

  it('has each link once', () => {
    expect(join([star('target:a', 5), star('target:a', 5)], new Set()).links).toHaveLength(5);
  });

  it('is always laid the same way, with no two names on top of each other', () => {
    const picture = join([star('target:a', 30)], new Set());
    const one = [...layout(picture).values()];
    expect([...layout(picture).values()]).toEqual(one);
    expect(one.every((n) => Number.isFinite(n.x) && Number.isFinite(n.y))).toBe(true);
    let overlaps = 0;
    for (const a of one) for (const b of one) if (a.id < b.id && Math.abs(a.x - b.x) < 30 && Math.abs(a.y - b.y) < 16) overlaps++;
    expect(overlaps).toBe(0);
  });

  it('lays nothing and one node without complaint', () => {
    expect(layout({ nodes: [], links: [] }).size).toBe(0);
    expect(layout(join([star('target:a', 0)], new Set())).get('target:a')).toMatchObject({ x: 0, y: 0 });
  });

  it('is whole as JSON and well-formed as GraphML', () => {
    const picture = join([star('target:a', 3)], new Set());
    picture.nodes[0]!.label = 'a < b & "c" \u0001';
    expect(JSON.parse(graphJson(picture)).nodes).toHaveLength(4);
    const parsed = new DOMParser().parseFromString(graphMl(picture).replaceAll('attr.', ''), 'application/xml');
    expect(parsed.querySelector('parsererror')).toBeNull();
    expect(parsed.querySelectorAll('node')).toHaveLength(4);
    expect(parsed.querySelectorAll('edge')).toHaveLength(3);
    expect(graphMl(picture)).not.toContain('\u0001');
  });
});
