// Composes the contract into a supergraph, alone and beside another subgraph that extends a trial. Usage: compose.mjs SDL
import { readFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';

const own = { name: 'trialweave', url: 'http://localhost/graphql', typeDefs: parse(readFileSync(process.argv[2], 'utf8')) };
const other = {
  name: 'notes',
  url: 'http://localhost/notes',
  typeDefs: parse(`
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key"])
    type Trial @key(fields: "id") { id: ID! reading: [String!]! }
    type Query { latest: Trial }
  `),
};
for (const services of [[own], [own, other]]) {
  const { errors, supergraphSdl } = composeServices(services);
  if (errors) {
    for (const error of errors) console.log(error.message);
    process.exit(1);
  }
  if (!supergraphSdl.includes('join__type(graph: TRIALWEAVE, key: "id")')) throw new Error('no keys');
}
console.log('composition: all good');
