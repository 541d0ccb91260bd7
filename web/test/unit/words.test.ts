// Every word in both languages, none missing, none unused; values as words.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { fill, loadLanguage, t, word } from '../../app/i18n';
import { en } from '../../app/i18n/en';
import { enPages } from '../../app/i18n/en-pages';
import { zh } from '../../app/i18n/zh';
import { zhPages } from '../../app/i18n/zh-pages';
import { authorsText, bare, dateText, langOf, pageOf, phaseText, placeText, shortName } from '../../app/lib/format';

const english: Record<string, string> = { ...en, ...enPages };
const chinese: Record<string, string> = { ...zh, ...zhPages };
const walk = (p: string): string[] => (statSync(p).isDirectory() ? readdirSync(p).flatMap((n) => walk(join(p, n))) : [p]);
const code = walk('app')
  .filter((f) => /\.tsx?$/.test(f) && !f.includes('/i18n/') && !f.includes('/gql/'))
  .map((f) => readFileSync(f, 'utf8'))
  .join('\n');
const schema = readFileSync('../schema/schema.graphql', 'utf8').replace(/"""[\s\S]*?"""/g, '');
const values = (name: string) => new RegExp(`enum ${name} \\{([^}]*)\\}`).exec(schema)?.[1]?.split(/\s+/).filter(Boolean) ?? [];

describe('the words', () => {
  it('are the same in both languages', () => {
    expect(Object.keys(chinese).sort()).toEqual(Object.keys(english).sort());
  });

  it('leave no gap and lose no value on the way', () => {
    const named = (s: string) => [...new Set([...s.matchAll(/\{(\w+)\}/g)].map((m) => m[1]))].sort();
    for (const [key, text] of Object.entries(english)) {
      expect(text.trim(), key).not.toBe('');
      expect(chinese[key]?.trim(), key).not.toBe('');
      expect(named(chinese[key] ?? ''), key).toEqual(named(text));
    }
  });

  it('are Chinese in Chinese', () => {
    const same = Object.keys(english).filter((k) => english[k] === chinese[k]);
    expect(same.sort()).toEqual(['agency.NIH', 'api.title', 'nav.api']);
  });

  it('are all used', () => {
    const families = [...code.matchAll(/t\(`([\w.]+)\.\$\{/g), ...code.matchAll(/word\('(\w+)'/g), ...code.matchAll(/word\(family/g)].map(
      (m) => m[1] ?? '',
    );
    const dynamic = new Set([...families, 'area', 'targetKind', 'drugKind', 'status', 'phase', 'role']);
    const unused = Object.keys(english).filter((key) => {
      const family = key.slice(0, key.lastIndexOf('.'));
      return !code.includes(`'${key}'`) && !dynamic.has(family) && !dynamic.has(key.split('.')[0] ?? '');
    });
    expect(unused).toEqual([]);
  });

  it('cover every value of the contract', () => {
    const families: Record<string, string> = {
      NodeKind: 'kind',
      TrialStatus: 'status',
      Phase: 'phase',
      DiseaseArea: 'area',
      DrugRole: 'role',
      TargetRole: 'targetRole',
      TargetKind: 'targetKind',
      DrugKind: 'drugKind',
      DiseaseQualifier: 'qualifier',
      SourceField: 'field',
      Mapping: 'mapping',
      Verification: 'verification',
      KnownBy: 'knownBy',
      AgencyClass: 'agency',
      StatementType: 'statementType',
      ReferenceType: 'referenceType',
      Standing: 'standing',
      SourceType: 'sourceType',
      CitationIntent: 'cito',
      RelationKind: 'relation',
    };
    for (const [name, family] of Object.entries(families)) {
      expect(values(name).length, name).toBeGreaterThan(0);
      for (const value of values(name)) expect(english[`${family}.${value}`], `${family}.${value}`).toBeTruthy();
    }
  });

  it('tell one from many and write numbers as the reader does', () => {
    expect(fill('{n} trial|{n} trials', { n: 1 }, 'en')).toBe('1 trial');
    expect(fill('{n} trial|{n} trials', { n: 0 }, 'en')).toBe('0 trials');
    expect(fill('{n} trial|{n} trials', { n: 12345 }, 'en')).toBe('12,345 trials');
    expect(fill('{a} {b}', { a: 'x' }, 'en')).toBe('x {b}');
  });
});

describe('values', () => {
  beforeAll(() => loadLanguage('en', true));

  it('keep the precision a date has', () => {
    expect(dateText('2016-03', 'en')).toBe('Mar 2016');
    expect(dateText('2016', 'en')).toBe('2016');
    expect(dateText('2022-12-08', 'en')).toBe('8 Dec 2022');
    expect(dateText('2022-12-08', 'zh')).toBe('2022年12月8日');
    expect(dateText('soon', 'en')).toBe('soon');
    expect(dateText(null, 'en')).toBe('');
  });

  it('join phases', () => {
    expect(phaseText(['PHASE1', 'PHASE2'])).toBe('Phase 1/2');
    expect(phaseText(['EARLY_PHASE1'])).toBe('Early phase 1');
    expect(phaseText([])).toBe('No phase given');
    expect(word('status', 'SOME_NEW_VALUE')).toBe('Some new value');
    expect(t('trials.count', { n: 2 })).toBe('2 trials');
  });

  it('cite as a bibliography does', () => {
    const work = {
      authors: ['Marin D', 'Li Y', 'Basar R'],
      authorsCut: true,
      title: 'x',
      journal: 'Nature Medicine',
      year: 2024,
      volume: '30',
      issue: '3',
      pages: '772-784',
    };
    expect(authorsText(work)).toBe('Marin D, Li Y, Basar R, et al');
    expect(placeText(work)).toBe('Nature Medicine 2024;30(3):772-784');
    expect(placeText({ ...work, volume: null, issue: null, pages: null })).toBe('Nature Medicine 2024');
    expect(authorsText({ authors: ['陈凤群', '覃金洲', '刘韬', '王'], authorsCut: false })).toBe('陈凤群，覃金洲，刘韬，等');
  });

  it('find their page', () => {
    expect(pageOf('statement:carnk-review-2025/F09')).toBe('statement/carnk-review-2025/F09');
    expect(pageOf('regimen:a+b')).toBe('regimen/a%2Bb');
    expect(bare('target:cd19')).toBe('cd19');
    expect(langOf('CAR-NK 细胞')).toBe('zh-CN');
    expect(langOf('CAR-NK')).toBe('en');
    expect(shortName('target:cd19', 'CD19（B 淋巴细胞抗原）')).toBe('CD19');
    expect(shortName('trial:NCT1', 'A title')).toBe('NCT1');
  });
});
