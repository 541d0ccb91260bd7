// Which question is behind this page, and how does one ask it elsewhere?
import { useState } from 'preact/hooks';
import { type AnyDoc, documentText } from '../gql';
import { t } from '../i18n';
import { url } from '../lib/router';
import { CopyButton, Dialog } from './dialog';

/** The absolute address of the API. */
export const endpoint = (): string => new URL(url('graphql'), location.origin).href;

export function curlText(document: AnyDoc, variables: unknown): string {
  const body = JSON.stringify({ query: documentText(document), variables });
  return `curl ${endpoint()} \\\n  -H 'content-type: application/json' \\\n  --data-binary '${body.replaceAll("'", "'\\''")}'`;
}

export function graphiqlHref(document: AnyDoc, variables: unknown): string {
  const params = new URLSearchParams({ query: documentText(document), variables: JSON.stringify(variables, null, 2) });
  return `${url('graphiql')}?${params}`;
}

/** The one query behind the page, to read, to copy, to try. */
export function GraphqlButton({ document, variables }: { document: AnyDoc; variables: unknown }) {
  const [open, setOpen] = useState(false);
  const text = open ? documentText(document) : '';
  return (
    <>
      <button type="button" class="button small graphql-button" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        GraphQL
      </button>
      {open && (
        <Dialog title={t('graphql.title')} close={() => setOpen(false)} wide>
          <p>{t('graphql.help')}</p>
          <h3>{t('graphql.query')}</h3>
          <pre class="code-box" tabindex={0}>
            <code>{text}</code>
          </pre>
          <h3>{t('graphql.variables')}</h3>
          <pre class="code-box short" tabindex={0}>
            <code>{JSON.stringify(variables, null, 2)}</code>
          </pre>
          <div class="row">
            <a class="button primary wide-only" href={graphiqlHref(document, variables)} data-native="">
              {t('graphql.open')}
            </a>
            <CopyButton text={text} label={t('graphql.copyQuery')} />
            <CopyButton text={() => curlText(document, variables)} label={t('graphql.copyCurl')} />
          </div>
        </Dialog>
      )}
    </>
  );
}
