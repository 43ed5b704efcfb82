// Apollo Server as it comes: its own HTTP server and plugins, graphql-js, and a DataLoader for each relation and request.
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import DataLoader from 'dataloader';
import { amountResolvers, caseOf, casesOf, relations, typeDefs } from './graph.js';

const resolvers = {
  Query: { case: (_, { id }) => caseOf(id), cases: (_, args) => casesOf(args) },
  ...amountResolvers,
};
for (const [type, fields] of Object.entries(relations))
  for (const [field, [key, batch]] of Object.entries(fields)) {
    resolvers[type] ??= {};
    resolvers[type][field] = (row, args, loaders) => {
      // A field has the same arguments everywhere in these queries.
      const loader = (loaders[`${type}.${field}`] ??= new DataLoader((keys) => batch(keys, args), { cache: false }));
      return loader.load(row[key]);
    };
  }
const server = new ApolloServer({ typeDefs, resolvers, logger: { debug() {}, info() {}, warn() {}, error() {} } });
const { url } = await startStandaloneServer(server, { listen: { port: 0, host: '127.0.0.1' }, context: async () => ({}) });
process.send({ url: new URL(url).origin });
