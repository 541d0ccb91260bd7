// References as a file for a reference manager: BibTeX, RIS, CSL-JSON.
import { useState } from 'preact/hooks';
import { graphql } from '../gql';
import { number, t } from '../i18n';
import { request } from '../lib/client';
import { download } from '../lib/table';
import { copyText } from './dialog';

const CITATIONS = graphql(`
  query Citations($ids: [ID!]!, $style: CitationStyle!) {
    nodes(ids: $ids) {
      ... on Reference {
        id
        citation(style: $style)
      }
    }
  }
`);

const STYLES = {
  BIBTEX: ['bib', 'application/x-bibtex'],
  RIS: ['ris', 'application/x-research-info-systems'],
  CSL_JSON: ['json', 'application/json'],
} as const;
const NAMES = { BIBTEX: 'BibTeX', RIS: 'RIS', CSL_JSON: 'CSL JSON' } as const;
/** What one pastes into a text. */
const TEXTS = { VANCOUVER: 'Vancouver', APA: 'APA' } as const;
type Style = keyof typeof STYLES | keyof typeof TEXTS;

/** References as a file for a reference manager. */
export function Cite({ ids }: { ids: readonly string[] }) {
  const [busy, setBusy] = useState('');
  const take = async (style: Style) => {
    setBusy(t('export.busy'));
    try {
      const texts: string[] = [];
      for (let i = 0; i < ids.length; i += 100) {
        const { nodes } = await request(CITATIONS, { ids: ids.slice(i, i + 100), style });
        for (const node of nodes) if (node && 'citation' in node) texts.push(node.citation);
      }
      if (style in TEXTS) {
        await copyText(`${texts.join('\n')}\n`);
        setBusy(t('common.copied'));
        return;
      }
      const [extension, type] = STYLES[style as keyof typeof STYLES];
      const content =
        style === 'CSL_JSON'
          ? `${JSON.stringify(
              texts.flatMap((x) => JSON.parse(x)),
              null,
              2,
            )}\n`
          : `${texts.map((x) => x.trim()).join('\n\n')}\n`;
      download(`trialweave-references.${extension}`, content, type);
      setBusy(t('export.doneReferences', { n: texts.length }));
    } catch (cause) {
      setBusy(String((cause as Error).message));
    }
  };
  return (
    <details class="menu">
      <summary class="button small">{t('references.cite')}</summary>
      <div class="menu-body">
        <p class="muted">{t('references.citeHelp', { n: ids.length })}</p>
        {(Object.keys(STYLES) as (keyof typeof STYLES)[]).map((style) => (
          <button type="button" class="button small" onClick={() => take(style)}>
            {NAMES[style]}
          </button>
        ))}
        <p class="muted">{t('references.copyHelp')}</p>
        {(Object.keys(TEXTS) as (keyof typeof TEXTS)[]).map((style) => (
          <button type="button" class="button small" onClick={() => take(style)}>
            {TEXTS[style]}
          </button>
        ))}
        <p role="status" class="muted">
          {busy || number(ids.length)}
        </p>
      </div>
    </details>
  );
}
