// The way to the next page of a list, and back to its first.
import { t } from '../i18n';
import { setParams, usePlace } from '../lib/router';

export function Onward({ pageInfo }: { pageInfo: { hasNextPage: boolean; endCursor?: string | null } }) {
  const begun = usePlace().params.has('after');
  if (!pageInfo.hasNextPage && !begun) return null;
  return (
    <nav class="pager" aria-label={t('pager.label')}>
      {begun && (
        <button type="button" class="button" onClick={() => setParams((p) => p.delete('after'))}>
          {t('pager.first')}
        </button>
      )}
      {pageInfo.hasNextPage && (
        <button type="button" class="button" onClick={() => setParams((p) => p.set('after', pageInfo.endCursor ?? ''))}>
          {t('pager.next')} →
        </button>
      )}
    </nav>
  );
}
