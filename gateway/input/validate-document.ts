import {
  type ASTNode,
  type ASTVisitor,
  type DocumentNode,
  GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  type IntValueNode,
  Kind,
  NoSchemaIntrospectionCustomRule,
  specifiedRules,
  type ValidationContext,
  type ValidationRule,
  ValuesOfCorrectTypeRule,
  validate,
  visitInParallel,
} from 'graphql';
import { maxErrors } from '../limits/limits.ts';
import { inputError, placeOf } from './place.ts';
import { isStorable, longIdSentence, longNumberSentence, sentenceFor, textSentence } from './sentences.ts';

/**
 * Validates a document against the public schema: the specification's rules, and our rules for values. With a
 * hidden schema, introspection is refused and no names are suggested.
 *
 * A literal that does not fit is BAD_USER_INPUT, with the same sentence as a variable; all other errors are
 * GRAPHQL_VALIDATION_FAILED. At most `maxErrors` are returned.
 */
export function validateDocument(
  schema: GraphQLSchema,
  document: DocumentNode,
  { hidesSchema = false } = {},
): readonly GraphQLError[] {
  const all = hidesSchema ? [...rules, NoSchemaIntrospectionCustomRule] : rules;
  const errors = validate(schema, document, all, { maxErrors, hideSuggestions: hidesSchema });
  return errors.map((error) =>
    error.extensions.code === 'BAD_USER_INPUT'
      ? error
      : new GraphQLError(error.message, {
          ...(error.nodes ? { nodes: error.nodes } : {}),
          extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
        }),
  );
}

const rules: readonly ValidationRule[] = [
  ...specifiedRules.filter((rule) => rule !== ValuesOfCorrectTypeRule),
  valuesFit,
  knownRoots,
];

/**
 * The specification's rule with the place and sentence of a variable's error, and with the checks that no scalar
 * makes.
 */
function valuesFit(context: ValidationContext): ASTVisitor {
  let node: ASTNode | null = null;
  let way: Parameters<typeof placeOf> = [[], [], undefined];
  let isReported = false;
  const report = (sentence: string) => {
    isReported = true;
    const { argument, path } = placeOf(...way);
    // An unknown field is an error of the object.
    const place = { argument, path: node?.kind === Kind.OBJECT_FIELD ? path.slice(0, -1) : path };
    context.reportError(inputError(sentence, place, node === null ? [] : [node]));
  };
  const reporting: ValidationContext = Object.create(context, {
    reportError: {
      value: (error: GraphQLError) => {
        const type = node?.kind === Kind.OBJECT_FIELD ? context.getParentInputType() : context.getInputType();
        const isNull = node?.kind === Kind.NULL;
        report(type ? sentenceFor(type as GraphQLInputType, isNull, error) : error.message);
      },
    },
  });
  const begin: ASTVisitor = {
    enter(entered, _key, parent, path, ancestors) {
      node = entered;
      way = [path, ancestors, parent];
      isReported = false;
    },
  };
  const end: ASTVisitor = {
    StringValue: ({ value }) => void (isReported || isStorable(value) || report(textSentence)),
    IntValue(value) {
      if (isReported || !isTooLong(value)) return;
      report(getNamedType(context.getInputType())?.name === 'ID' ? longIdSentence : longNumberSentence);
    },
    FloatValue: ({ value }) =>
      void (isReported || Number.isFinite(Number(value)) || report(longNumberSentence)),
  };
  return visitInParallel([begin, ValuesOfCorrectTypeRule(reporting), end]);
}

/** A number beyond the planner's range. */
function isTooLong({ value }: IntValueNode): boolean {
  return value.length > 20 || BigInt.asIntN(64, BigInt(value)) !== BigInt(value);
}

/** A `subscription` where there are none: the specification's rules accept it. */
function knownRoots(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition(node) {
      if (context.getSchema().getRootType(node.operation)) return;
      const message = `This API has no operations of the kind "${node.operation}".`;
      context.reportError(new GraphQLError(message, { nodes: [node] }));
    },
  };
}
