// PostGraphile 5 over the gateway's own tables; the relations that the tables do not declare are told by smart tags.
import { createServer } from 'node:http';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { jsonPgSmartTags } from 'postgraphile/utils';

const { databaseUrl } = JSON.parse(process.argv[2]);

const key = (column, table, one, many) =>
  `(${column}) references ${table} (id)|@fieldName ${one}|@foreignFieldName ${many}Page|@foreignSimpleFieldName ${many}`;
const foreignKeys = {
  contact_point: key('borrower_id', 'borrower', 'borrower', 'contactPoints'),
  loan: key('borrower_id', 'borrower', 'borrower', 'loans'),
  instalment: key('loan_id', 'loan', 'loan', 'instalments'),
  recovery_case: key('borrower_id', 'borrower', 'borrower', 'cases'),
  case_exposure: key('case_id', 'recovery_case', 'case', 'exposures'),
  timeline_entry: key('case_id', 'recovery_case', 'case', 'timeline'),
  interaction: key('case_id', 'recovery_case', 'case', 'interactions'),
  promise_to_pay: key('case_id', 'recovery_case', 'case', 'promises'),
  handoff: key('case_id', 'recovery_case', 'case', 'handoffs'),
  agency_placement: key('case_id', 'recovery_case', 'case', 'placements'),
  bureau_flag: key('case_id', 'recovery_case', 'case', 'bureauFlags'),
};

const server = createServer();
const instance = postgraphile({
  extends: [PostGraphileAmberPreset],
  plugins: [
    jsonPgSmartTags({
      version: 1,
      config: { class: Object.fromEntries(Object.entries(foreignKeys).map(([table, foreignKey]) => [table, { tags: { foreignKey } }])) },
    }),
  ],
  disablePlugins: ['PgIndexBehaviorsPlugin'],
  schema: { defaultBehavior: '+list +connection -mutation' },
  pgServices: [
    makePgService({
      connectionString: databaseUrl,
      schemas: ['public'],
      poolConfig: { max: 8, options: '-c jit=off -c plan_cache_mode=force_generic_plan' },
    }),
  ],
  grafserv: { graphiql: false, watch: false },
  grafast: { explain: false },
});
if (process.env.PRINT_SCHEMA) {
  const { printSchema } = await import('postgraphile/graphql');
  process.stdout.write(printSchema(await instance.getSchema()));
}
await instance.createServ(grafserv).addTo(server);
server.listen(0, '127.0.0.1', () => process.send?.({ url: `http://127.0.0.1:${server.address().port}` }));
