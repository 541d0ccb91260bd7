// The list of trials as an address, and as a question.
import { describe, expect, it } from 'vitest';
import { queryText } from '../../app/lib/router';
import { COLUMNS, changed, chosenIds, FACETS, NONE, parseTrials, toFilter, toggled, toOrder, writeTrials } from '../../app/lib/trials';

const parse = (text: string) => parseTrials(new URLSearchParams(text));
const write = (text: string) => queryText(writeTrials(parse(text)));

describe('an address', () => {
  it.each([
    '',
    'q=cord+blood',
    'target=cd19,cd22',
    'target=cd19,cd22&all=target',
    'status=RECRUITING&phase=PHASE1,PHASE2&target=cd19',
    'disease=lymphoma*&conflict=1',
    'sponsor=Shanghai+Pudong%5C%3B+Ltd&sort=-start',
    'cols=status,rows&page=2&after=abc',
    'target=none&before=xyz&page=3',
    'year=2021,2022&reference=1',
  ])('is written as it was read: %s', (text) => {
    const params = new URLSearchParams(text);
    expect(Object.fromEntries(new URLSearchParams(write(text)))).toEqual(Object.fromEntries(params));
  });

  it('keeps a comma inside a value', () => {
    const state = toggled(parse(''), 'sponsor', 'PersonGen BioTherapeutics (Suzhou) Co., Ltd.');
    const again = parseTrials(new URLSearchParams(queryText(writeTrials(state))));
    expect(again.chosen.sponsor).toEqual(['PersonGen BioTherapeutics (Suzhou) Co., Ltd.']);
    expect(toFilter(again)).toEqual({ sponsor: { in: ['PersonGen BioTherapeutics (Suzhou) Co., Ltd.'] } });
  });

  it('keeps every value of every dimension, however odd', () => {
    for (const { name } of FACETS) {
      for (const odd of ['a,b', 'a;b', 'a\\b', 'a\\;b', '靶点', 'a+b', 'a&b=c', '100%']) {
        const state = toggled(parse(''), name, odd);
        expect(parseTrials(new URLSearchParams(queryText(writeTrials(state)))).chosen[name], `${name} ${odd}`).toEqual([odd]);
      }
    }
  });

  it('forgets what it does not know', () => {
    const state = parse('sort=nonsense&cols=bogus&page=-4&all=status,target&shoe=1');
    expect(state.sort).toBe('');
    expect(state.columns.every((c) => COLUMNS.includes(c))).toBe(true);
    expect(state.page).toBe(1);
    expect(state.all).toEqual(['target']);
  });

  it('leaves other parameters alone', () => {
    const params = writeTrials(parse('target=cd19'), new URLSearchParams('lang=zh&theme=dark&page=3'));
    expect(queryText(params)).toBe('lang=zh&theme=dark&target=cd19');
  });

  it('goes back to the first page when the question changes', () => {
    const next = toggled(parse('after=abc&page=2&sort=start'), 'status', 'RECRUITING');
    expect([next.after, next.page, next.sort]).toEqual(['', 1, 'start']);
    expect(changed(parse('before=x'), { text: 'y' }).before).toBe('');
  });

  it('takes away what was chosen twice', () => {
    const once = toggled(parse('target=cd19,cd22&all=target'), 'target', 'cd22');
    expect(once.chosen).toEqual({ target: ['cd19'] });
    expect(once.all).toEqual([]);
    expect(toggled(once, 'target', 'cd19').chosen).toEqual({});
  });
});

describe('a question', () => {
  const filter = (text: string) => toFilter(parse(text));

  it('is nothing where nothing is chosen', () => {
    expect(filter('')).toBeNull();
    expect(toOrder(parse(''))).toBeNull();
  });

  it('is OR within a dimension and AND across', () => {
    expect(filter('target=cd19,cd22&status=RECRUITING')).toEqual({
      and: [{ status: { in: ['RECRUITING'] } }, { target: { some: { id: { in: ['target:cd19', 'target:cd22'] } } } }],
    });
  });

  it('is AND within where asked for', () => {
    expect(filter('target=cd19,cd70&all=target')).toEqual({
      and: [{ target: { some: { id: { in: ['target:cd19'] } } } }, { target: { some: { id: { in: ['target:cd70'] } } } }],
    });
  });

  it('tells a disease alone from one with all below it', () => {
    expect(filter('disease=lymphoma')).toEqual({ disease: { some: { id: { in: ['disease:lymphoma'] } } } });
    expect(filter('disease=lymphoma*,aml')).toEqual({
      disease: {
        some: { or: [{ id: { in: ['disease:aml'] } }, { within: { id: 'disease:lymphoma', expand: 'DESCENDANTS' } }] },
      },
    });
    expect(chosenIds(parse('disease=lymphoma*,aml&target=none'))).toEqual(['disease:lymphoma', 'disease:aml']);
  });

  it('can ask for what is not reported', () => {
    expect(filter(`drug=${NONE}`)).toEqual({ drug: { count: { eq: 0 } } });
    expect(filter(`drug=rituximab,${NONE}`)).toEqual({
      or: [{ drug: { some: { id: { in: ['drug:rituximab'] } } } }, { drug: { count: { eq: 0 } } }],
    });
    expect(filter(`phase=${NONE}`)).toEqual({ phase: { isEmpty: true } });
  });

  it('asks for exactly the drugs of a regimen', () => {
    expect(filter('regimen=cyclophosphamide%2Bfludarabine')).toEqual({
      regimen: { exactly: ['drug:cyclophosphamide', 'drug:fludarabine'] },
    });
  });

  it('orders up and down', () => {
    expect(toOrder(parse('sort=start'))).toEqual([{ field: 'START_DATE', direction: 'ASC' }]);
    expect(toOrder(parse('sort=-enrollment'))).toEqual([{ field: 'ENROLLMENT', direction: 'DESC' }]);
  });
});
