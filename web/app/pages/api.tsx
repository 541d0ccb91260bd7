// The API in five minutes.
import { documentText, graphql } from '../gql';
import { t } from '../i18n';
import { useQuery } from '../lib/client';
import { url } from '../lib/router';
import { CopyButton } from '../ui/dialog';
import { curlText, endpoint, graphiqlHref } from '../ui/graphql-button';
import { Page, Section } from '../ui/page';

const FIRST = graphql(`
  query QuickStart($target: ID!) {
    meta {
      release
    }
    trials(filter: { target: { some: { id: { eq: $target } } }, status: { eq: RECRUITING } }, first: 5) {
      totalCount
      nodes {
        nctId
        title
        phases
        diseases {
          printed
          disease {
            label
          }
        }
        rows {
          source {
            title
          }
          table
          row
        }
      }
    }
  }
`);

export default function Api() {
  const variables = { target: 'target:cd19' };
  const asked = useQuery(FIRST, variables);
  const address = endpoint();
  const query = documentText(FIRST).trim();
  const samples: [string, string][] = [
    ['curl', curlText(FIRST, variables)],
    [
      'JavaScript',
      `const response = await fetch('${address}', {\n  method: 'POST',\n  headers: { 'content-type': 'application/json' },\n  body: JSON.stringify({\n    query: \`${query}\`,\n    variables: ${JSON.stringify(variables)},\n  }),\n});\nconst { data, errors } = await response.json();\nif (errors) throw new Error(errors[0].message);\nconsole.log(data.trials.totalCount);`,
    ],
    [
      'Python',
      `import json, urllib.request\n\nquery = """${query}"""\nbody = json.dumps({"query": query, "variables": ${JSON.stringify(variables)}}).encode()\nrequest = urllib.request.Request("${address}", body, {"content-type": "application/json"})\nanswer = json.load(urllib.request.urlopen(request))\nprint(answer["data"]["trials"]["totalCount"])`,
    ],
  ];
  return (
    <Page title={t('api.title')} document={FIRST} variables={variables} below={<p class="lead">{t('api.lead')}</p>}>
      <div class="body">
        <div class="row">
          <a class="button primary wide-only" href={graphiqlHref(FIRST, variables)} data-native="">
            {t('graphql.open')}
          </a>
          <a class="button" href={url('schema.graphql')} data-native="">
            schema.graphql
          </a>
        </div>
        <dl class="facts">
          <div class="fact">
            <dt>{t('api.address')}</dt>
            <dd>
              <code>{address}</code>
            </dd>
          </div>
          <div class="fact">
            <dt>{t('api.methods')}</dt>
            <dd>{t('api.methodsHelp')}</dd>
          </div>
          <div class="fact">
            <dt>{t('api.subscriptions')}</dt>
            <dd>
              <code>{new URL(url('graphql/ws'), location.origin).href.replace(/^http/, 'ws')}</code> (graphql-transport-ws)
            </dd>
          </div>
        </dl>
        {samples.map(([name, text]) => (
          <Section id={name.toLowerCase()} title={name} tools={<CopyButton text={text} label={t('common.copy')} />}>
            <pre class="code-box" tabindex={0}>
              <code>{text}</code>
            </pre>
          </Section>
        ))}
        <Section id="answer" title={t('api.answer')}>
          <pre class="code-box" tabindex={0}>
            <code>{asked.failure ? asked.failure.message : asked.data ? JSON.stringify({ data: asked.data }, null, 2) : '…'}</code>
          </pre>
        </Section>
        <Section id="rules" title={t('api.rules')}>
          <ul class="prose">
            <li>{t('api.rule1')}</li>
            <li>{t('api.rule2')}</li>
            <li>{t('api.rule3')}</li>
            <li>{t('api.rule4')}</li>
          </ul>
        </Section>
      </div>
    </Page>
  );
}
