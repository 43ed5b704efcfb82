// How the typed documents of this front-end are made from the schema: `npm run example:generate`.
import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: 'schema/case-graph.graphql',
  documents: 'examples/worklist/documents.ts',
  generates: {
    'examples/worklist/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false, persistedDocuments: { hashAlgorithm: 'sha256' } },
      config: {
        documentMode: 'string',
        enumsAsTypes: true,
        useTypeImports: true,
        importExtension: '.js',
        emitLegacyCommonJSImports: false,
        strictScalars: true,
        // Money and sequences travel as strings, so that no client reads them as floats.
        scalars: { Date: 'string', DateTime: 'string', Decimal: 'string', Sequence: 'string' },
      },
    },
  },
};
export default config;
