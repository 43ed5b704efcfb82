// Mercurius with its JIT, and its loaders, each a batched statement.
import Fastify from 'fastify';
import mercurius from 'mercurius';
import { amountResolvers, caseOf, casesOf, relations, typeDefs } from './graph.js';

const loaders = {};
for (const [type, fields] of Object.entries(relations))
  for (const [field, [key, batch]] of Object.entries(fields)) {
    loaders[type] ??= {};
    loaders[type][field] = {
      loader: (asked) =>
        batch(
          asked.map(({ obj }) => obj[key]),
          asked[0].params,
        ),
      opts: { cache: false },
    };
  }
const app = Fastify();
await app.register(mercurius, {
  schema: typeDefs,
  resolvers: { Query: { case: (_, { id }) => caseOf(id), cases: (_, args) => casesOf(args) }, ...amountResolvers },
  loaders,
  jit: 1,
});
process.send({ url: await app.listen({ port: 0, host: '127.0.0.1' }) });
