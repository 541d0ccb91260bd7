// GraphiQL, whole and offline: workers, fonts and styles from our own folder. React only here.
import './workers';
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import 'graphiql/graphiql.css';
import './graphiql.css';
import { DOC_EXPLORER_PLUGIN } from '@graphiql/plugin-doc-explorer';
import { HISTORY_PLUGIN } from '@graphiql/plugin-history';
import { type GraphiQLPlugin, ToolbarButton, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createClient } from 'graphql-ws';
import { createElement as h, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { examples } from './examples';

const base = new URL('.', document.baseURI).pathname;
const address = new URL(`${base}graphql`, location.origin).href;
const params = new URLSearchParams(location.search);
const said = params.get('lang') ?? recall('trialweave-lang') ?? (navigator.language.startsWith('zh') ? 'zh' : 'en');
const zh = said === 'zh';
const theme = params.get('theme') ?? recall('trialweave-theme');
document.documentElement.lang = zh ? 'zh-CN' : 'en';

function recall(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

const words = zh
  ? {
      examples: '示例',
      find: '查找示例',
      none: '没有示例。',
      copy: '复制为 cURL',
      copied: '已复制',
      back: '返回浏览页面',
    }
  : {
      examples: 'Examples',
      find: 'Find an example',
      none: 'There are no examples.',
      copy: 'Copy as cURL',
      copied: 'Copied',
      back: 'Back to the explorer',
    };

// The address follows the editors, so that it can be shared at any time.
function share(name: 'query' | 'variables', value: string | undefined): void {
  const now = new URLSearchParams(location.search);
  if (value?.trim()) now.set(name, value);
  else now.delete(name);
  const text = now.toString();
  history.replaceState(null, '', location.pathname + (text && text.length < 30_000 ? `?${text}` : ''));
}

function ExampleList() {
  const { addTab, updateActiveTabValues, run } = useGraphiQLActions();
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const [find, setFind] = useState('');
  const wanted = find.trim().toLowerCase();
  const shown = examples.filter((e) => !wanted || `${e.title} ${e.zh} ${e.name} ${e.query}`.toLowerCase().includes(wanted));
  void updateActiveTabValues;
  return h(
    'section',
    { className: 'tw-examples', 'aria-label': words.examples },
    h('h2', { className: 'tw-title' }, words.examples),
    h('input', {
      type: 'search',
      placeholder: words.find,
      'aria-label': words.find,
      value: find,
      onChange: (e: { target: { value: string } }) => setFind(e.target.value),
    }),
    shown.length === 0 ? h('p', null, words.none) : null,
    h(
      'ul',
      null,
      shown.map((e) =>
        h(
          'li',
          { key: e.name },
          h(
            'button',
            {
              type: 'button',
              onClick: () => {
                if (queryEditor?.getValue().trim()) addTab();
                setTimeout(() => {
                  queryEditor?.setValue(e.query);
                  variableEditor?.setValue(e.variables);
                  setTimeout(() => run(), 50);
                });
              },
            },
            h('span', { lang: zh && e.zh ? 'zh-CN' : 'en' }, zh && e.zh ? e.zh : e.title),
            h('small', null, e.name),
          ),
        ),
      ),
    ),
  );
}

const EXAMPLES: GraphiQLPlugin = {
  title: words.examples,
  icon: () =>
    h(
      'svg',
      {
        viewBox: '0 0 24 24',
        width: 20,
        height: 20,
        fill: 'none',
        stroke: 'currentColor',
        strokeWidth: 1.6,
        'aria-hidden': true,
      },
      h('path', { d: 'M5 4h14v16H5zM9 9h6M9 13h6M9 17h3' }),
    ),
  content: ExampleList,
};

function curl(query: string, variables: string): string {
  let values: unknown;
  try {
    values = variables.trim() ? JSON.parse(variables) : undefined;
  } catch {
    values = undefined;
  }
  const body = JSON.stringify({ query, variables: values });
  return `curl ${address} \\\n  -H 'content-type: application/json' \\\n  --data-binary '${body.replaceAll("'", "'\\''")}'`;
}

function CopyCurl() {
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const [done, setDone] = useState(false);
  return h(
    ToolbarButton,
    {
      label: done ? words.copied : words.copy,
      onClick: async () => {
        await navigator.clipboard?.writeText(curl(queryEditor?.getValue() ?? '', variableEditor?.getValue() ?? '')).catch(() => undefined);
        setDone(true);
        setTimeout(() => setDone(false), 1500);
      },
    },
    h('span', { className: 'tw-curl', 'aria-hidden': true }, 'cURL'),
  );
}

const client = createClient({
  url: () => address.replace(/^http/, 'ws').replace(/graphql$/, 'graphql/ws'),
  lazy: true,
});

function App() {
  const query = params.get('query');
  const variables = params.get('variables');
  return h(
    GraphiQL,
    {
      fetcher: createGraphiQLFetcher({ url: address, wsClient: client }),
      plugins: [EXAMPLES, HISTORY_PLUGIN],
      referencePlugin: DOC_EXPLORER_PLUGIN,
      visiblePlugin: query ? undefined : EXAMPLES,
      ...(query ? { initialQuery: query, initialVariables: variables ?? '' } : {}),
      defaultQuery: examples[0]?.query ?? '{\n  meta {\n    dataTitle\n    release\n    counts {\n      kind\n      count\n    }\n  }\n}\n',
      defaultEditorToolsVisibility: variables ? 'variables' : undefined,
      ...(theme === 'dark' || theme === 'light' ? { defaultTheme: theme } : {}),
      onEditQuery: (value: string) => share('query', value),
      onEditVariables: (value: string) => share('variables', value),
      shouldPersistHeaders: false,
    } as Parameters<typeof GraphiQL>[0],
    h(GraphiQL.Logo, null, h('a', { href: base, className: 'tw-back', title: words.back }, 'Trialweave')),
    h(GraphiQL.Toolbar, {
      children: ({ prettify, copy, merge }: { prettify: unknown; copy: unknown; merge: unknown }) =>
        h('div', { className: 'tw-tools' }, prettify as never, copy as never, merge as never, h(CopyCurl)),
    } as never),
  );
}

const root = document.getElementById('graphiql');
if (root) createRoot(root).render(h(App));
