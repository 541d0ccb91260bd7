// What does a reader see while there is no answer: not yet, not at all, none?
import type { ComponentChildren } from 'preact';
import { t } from '../i18n';
import { type Failure, isMissingField, offline } from '../lib/client';

/** A skeleton that comes only after a moment, so that fast answers do not flicker. */
export function Waiting({ rows = 6 }: { rows?: number }) {
  return (
    <div class="waiting" data-loading role="status">
      <span class="sr">{t('common.loading')}</span>
      {Array.from({ length: rows }, (_, i) => (
        <span key={i} class="bone" />
      ))}
    </div>
  );
}

export function Trouble({ failure, retry }: { failure: Failure; retry: () => void }) {
  const missing = isMissingField(failure);
  const title =
    failure.kind === 'unreachable'
      ? offline()
        ? t('trouble.offline')
        : t('trouble.unreachable')
      : missing
        ? t('trouble.missing')
        : t('trouble.refused');
  return (
    <div class="trouble" role="alert">
      <h2>{title}</h2>
      <p>{failure.kind === 'unreachable' ? t('trouble.unreachableHelp') : missing ? t('trouble.missingHelp') : t('trouble.refusedHelp')}</p>
      {failure.problems.length > 0 && (
        <ul class="problems">
          {failure.problems.slice(0, 5).map((p) => (
            <li>
              {p.path && <code>{p.path.join(' › ')}</code>} {p.message}
              {p.extensions?.code && <code class="code">{p.extensions.code}</code>}
            </li>
          ))}
        </ul>
      )}
      <button type="button" class="button" onClick={retry}>
        {t('trouble.retry')}
      </button>
    </div>
  );
}

export function Empty({ children }: { children: ComponentChildren }) {
  return <p class="empty">{children}</p>;
}
