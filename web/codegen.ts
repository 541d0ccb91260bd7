// Types of every document in app/, from the contract. `schema-ahead.graphql` is read beside it as long as it exists.
import { existsSync } from 'node:fs';
import type { CodegenConfig } from '@graphql-codegen/cli';

const schema = ['../schema/schema.graphql'];
if (existsSync('schema-ahead.graphql')) schema.push('schema-ahead.graphql');

const config: CodegenConfig = {
  schema,
  documents: ['app/**/*.{ts,tsx}', '!app/gql/**'],
  ignoreNoDocuments: true,
  generates: {
    'app/gql/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: 'string',
        enumsAsTypes: true,
        useTypeImports: true,
        scalars: { URL: 'string', PartialDate: 'string' },
      },
    },
  },
};
export default config;
