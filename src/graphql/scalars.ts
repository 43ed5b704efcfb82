// Scalars that the library does not offer in the form that the conventions ask for.
import { GraphQLDate, GraphQLDateTime } from 'graphql-scalars';
import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

const parse = (value: unknown): string => {
  if (typeof value !== 'string' || !/^-?\d{1,18}(\.\d{1,9})?$/.test(value))
    throw new GraphQLError(`Decimal must be a string of digits, such as "12.50"`);
  return value;
};

/** Travels as a string, so that no client reads it as a float. */
export const Decimal = new GraphQLScalarType({
  name: 'Decimal',
  description: 'A decimal number as a string.',
  serialize: String,
  parseValue: parse,
  parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined),
});

/** Checked as the library does, then kept as the text it was: a JavaScript Date would cut an instant to milliseconds. */
function asText(scalar: GraphQLScalarType, description: string): GraphQLScalarType<string, string> {
  const checked = (value: unknown): string => (scalar.parseValue(value), String(value));
  return new GraphQLScalarType({
    name: scalar.name,
    description,
    serialize: String,
    parseValue: checked,
    parseLiteral: (node) => checked(node.kind === Kind.STRING ? node.value : undefined),
  });
}

const digits = (value: unknown): string => {
  if (typeof value !== 'string' || !/^\d{1,18}$/.test(value)) throw new GraphQLError('Sequence must be a string of digits');
  return value;
};

/** A place in an order, compared as a number and carried as text. */
export const Sequence = new GraphQLScalarType({
  name: 'Sequence',
  description: 'A place in an order, as a string of digits.',
  serialize: String,
  parseValue: digits,
  parseLiteral: (node) => digits(node.kind === Kind.STRING ? node.value : undefined),
});

export const DateTime = asText(GraphQLDateTime, 'An instant in UTC, RFC 3339.');
export const LocalDate = asText(GraphQLDate, 'A business day, in the time zone of the business calendar.');
