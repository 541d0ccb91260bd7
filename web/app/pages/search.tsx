// Words in, things out: grouped by kind, with the name or the sentence that matched.
import { useEffect, useState } from 'preact/hooks';
import { graphql } from '../gql';
import type { NodeKind } from '../gql/graphql';
import { apiLang, number, t, word } from '../i18n';
import { useQuery } from '../lib/client';
import { bare, langOf, pageOf } from '../lib/format';
import { href, setParams, usePlace } from '../lib/router';
import { type Kind, KindMark } from '../ui/marks';
import { Page } from '../ui/page';
import { Empty } from '../ui/states';

const SEARCH = graphql(`
  query Search($text: String!, $kinds: [NodeKind!], $after: String, $lang: Language!) {
    search(text: $text, kinds: $kinds, first: 30, after: $after) {
      totalCount
      relaxed
      kindCounts {
        kind
        count
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        matched
        highlights
        node {
          id
          kind
          label(lang: $lang)
        }
      }
    }
  }
`);

export default function Search() {
  const { params } = usePlace();
  const q = params.get('q') ?? '';
  const kind = params.get('kind') as NodeKind | null;
  const [text, setText] = useState(q);
  useEffect(() => setText(q), [q]);
  useEffect(() => {
    if (text === q) return;
    const timer = setTimeout(
      () =>
        setParams((p) => {
          p.delete('after');
          if (text) p.set('q', text);
          else p.delete('q');
        }, true),
      60,
    );
    return () => clearTimeout(timer);
  }, [text]);
  const variables = { text: q.trim(), kinds: kind ? [kind] : null, after: params.get('after'), lang: apiLang() };
  const asked = useQuery(SEARCH, variables, !q.trim());
  const nothing = !q.trim();
  const choose = (next: string | null) =>
    setParams((p) => {
      p.delete('after');
      if (next) p.set('kind', next);
      else p.delete('kind');
    });
  return (
    <Page
      title={t('search.title')}
      document={SEARCH}
      variables={variables}
      asked={nothing ? undefined : asked}
      below={
        <label class="search-big">
          <span class="sr">{t('search.label')}</span>
          <input type="search" value={text} placeholder={t('search.hint')} onInput={(e) => setText(e.currentTarget.value)} />
        </label>
      }
    >
      {nothing ? (
        <p class="muted">{t('search.help')}</p>
      ) : (
        (data: NonNullable<typeof asked.data>) => (
          <div class="body">
            <div class="filter-row" role="group" aria-label={t('search.kinds')}>
              <button type="button" class="button small" aria-pressed={!kind} onClick={() => choose(null)}>
                {t('common.all')}
              </button>
              {data.search.kindCounts
                .filter((c) => c.count > 0 || c.kind === kind)
                .map((c) => (
                  <button
                    type="button"
                    class="button small"
                    aria-pressed={kind === c.kind}
                    onClick={() => choose(kind === c.kind ? null : c.kind)}
                  >
                    <KindMark kind={c.kind.toLowerCase() as Kind} size={14} /> {word('kind', c.kind)}{' '}
                    <span class="count">{number(c.count)}</span>
                  </button>
                ))}
            </div>
            <p class="result-count" role="status" aria-live="polite">
              {t('search.found', { n: data.search.totalCount, text: q })}
            </p>
            {data.search.relaxed && <p class="muted">{t('search.relaxed')}</p>}
            {data.search.totalCount === 0 && <Empty>{t('search.nothing', { text: q })}</Empty>}
            <ol class="hits">
              {data.search.edges.map(({ node, matched, highlights }) => (
                <li key={node.id} data-kind={node.kind.toLowerCase()}>
                  <a href={href(pageOf(node.id))}>
                    <KindMark kind={node.kind.toLowerCase() as Kind} title />
                    <span lang={langOf(node.label)}>{node.kind === 'TRIAL' ? `${bare(node.id)} · ${node.label}` : node.label}</span>
                  </a>
                  {(highlights.length ? highlights : matched && matched !== node.label ? [matched] : [])
                    .filter((text) => plainText(text) !== node.label)
                    .map((text) => (
                      <p class="hit-text" lang={langOf(text)}>
                        <Marked text={text} />
                      </p>
                    ))}
                </li>
              ))}
            </ol>
            {data.search.pageInfo.hasNextPage && (
              <button type="button" class="button" onClick={() => setParams((p) => p.set('after', data.search.pageInfo.endCursor ?? ''))}>
                {t('pager.next')} →
              </button>
            )}
          </div>
        )
      )}
    </Page>
  );
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'" };
const unescaped = (text: string) => text.replace(/&(amp|lt|gt|quot|#39|#x27);/g, (all, name: string) => ENTITIES[name] ?? all);
const plainText = (text: string) => unescaped(text.replace(/<\/?em>/g, ''));

/** The server's `<em>` as marks; all else is text and stays text. */
export function Marked({ text }: { text: string }) {
  return <>{text.split(/<\/?em>/).map((part, i) => (i % 2 ? <mark>{unescaped(part)}</mark> : unescaped(part)))}</>;
}
