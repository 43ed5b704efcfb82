// How large an operation may be: depth, aliases and roots, refused before anything runs.
import { GraphQLError, Kind, type ASTVisitor, type FragmentDefinitionNode, type SelectionSetNode, type ValidationContext } from 'graphql';

export const limits = { depth: 12, aliases: 30, roots: 20, tokens: 15_000, bodyBytes: 100_000 };

/** The server gives every fault of validation one code; the mark tells this kind apart. */
const tooMuch = (message: string) => new GraphQLError(message, { extensions: { isLimit: true } });

/** Fragments count where they are spread; introspection may go deeper, since its shape is not the caller's. */
export function sizeRule(context: ValidationContext): ASTVisitor {
  const fragments = new Map(
    context
      .getDocument()
      .definitions.flatMap((each) =>
        each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as [string, FragmentDefinitionNode]] : [],
      ),
  );
  return {
    OperationDefinition(operation) {
      let aliases = 0;
      let fields = 0;
      const measure = (set: SelectionSetNode, depth: number, open: ReadonlySet<string>): void => {
        for (const each of set.selections) {
          if (aliases > limits.aliases || fields > 50_000) return;
          if (each.kind === Kind.FIELD) {
            if (each.name.value.startsWith('__')) continue;
            fields++;
            if (each.alias) aliases++;
            if (depth > limits.depth) throw tooMuch(`An operation may be ${limits.depth} fields deep`);
            if (each.selectionSet) measure(each.selectionSet, depth + 1, open);
          } else if (each.kind === Kind.INLINE_FRAGMENT) measure(each.selectionSet, depth, open);
          else if (!open.has(each.name.value)) {
            const fragment = fragments.get(each.name.value);
            if (fragment) measure(fragment.selectionSet, depth, new Set(open).add(each.name.value));
          }
        }
      };
      try {
        measure(operation.selectionSet, 1, new Set());
        if (operation.selectionSet.selections.length > limits.roots) throw tooMuch(`An operation may have ${limits.roots} root fields`);
        if (aliases > limits.aliases) throw tooMuch(`An operation may have ${limits.aliases} aliases`);
        if (fields > 50_000) throw tooMuch('The operation selects too many fields');
      } catch (error) {
        if (!(error instanceof GraphQLError)) throw error;
        context.reportError(error);
      }
    },
  };
}
