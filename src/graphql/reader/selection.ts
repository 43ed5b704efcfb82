// A selection as GraphQL executes it: fragments opened, fields of one response key merged, @include and @skip obeyed.
import {
  getArgumentValues,
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import type { Read } from '../../storage/reader/shape.js';
import type { Questions } from './questions.js';

export type Args = Record<string, any>;

/** A field, or the operation itself. */
export interface Selecting {
  selectionSet?: SelectionSetNode;
}

export class Selection {
  private readonly fragments: Map<string, FragmentDefinitionNode>;

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly questions: Questions,
  ) {
    this.fragments = new Map(
      document.definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each]] : [])),
    );
  }

  /** The fields that these nodes select on a concrete type, in response order. */
  under(type: GraphQLObjectType, nodes: readonly Selecting[]): Map<string, FieldNode[]> {
    const fields = new Map<string, FieldNode[]>();
    const visit = (each: SelectionNode): void => {
      if (!this.included(each)) return;
      if (each.kind === Kind.FIELD) {
        const key = each.alias?.value ?? each.name.value;
        fields.set(key, [...(fields.get(key) ?? []), each]);
        return;
      }
      const fragment = each.kind === Kind.FRAGMENT_SPREAD ? this.fragments.get(each.name.value)! : each;
      if (this.applies(fragment.typeCondition?.name.value, type)) fragment.selectionSet.selections.forEach(visit);
    };
    for (const { selectionSet } of nodes) selectionSet?.selections.forEach(visit);
    return fields;
  }

  private included(node: SelectionNode): boolean {
    if (!node.directives?.length) return true;
    return this.questions.ask(
      ({ variables }) =>
        getDirectiveValues(GraphQLSkipDirective, node, variables)?.if !== true &&
        getDirectiveValues(GraphQLIncludeDirective, node, variables)?.if !== false,
    );
  }

  private applies(condition: string | undefined, type: GraphQLObjectType): boolean {
    if (!condition || condition === type.name) return true;
    const wanted = this.schema.getType(condition);
    return isAbstractType(wanted) && this.schema.isSubType(wanted, type);
  }
}

/** The arguments of a field, coerced once in each request, and once for all where no variable is in them. */
export function argsOf(field: GraphQLField<unknown, unknown>, node: FieldNode): Read<Args> {
  if (!(node.arguments ?? []).some(({ value }) => hasVariable(value))) {
    const fixed = getArgumentValues(field, node);
    return () => fixed;
  }
  const coerced = remembered((variables: Record<string, unknown>): Args => getArgumentValues(field, node, variables));
  return ({ variables }) => coerced(variables);
}

function hasVariable(value: ValueNode): boolean {
  switch (value.kind) {
    case Kind.VARIABLE:
      return true;
    case Kind.LIST:
      return value.values.some(hasVariable);
    case Kind.OBJECT:
      return value.fields.some((field) => hasVariable(field.value));
    default:
      return false;
  }
}

/** A function of an object that is worked out once for each. */
export function remembered<K extends object, V>(work: (of: K) => V): (of: K) => V {
  const done = new WeakMap<K, { value: V }>();
  return (of) => {
    const known = done.get(of) ?? { value: work(of) };
    done.set(of, known);
    return known.value;
  };
}
