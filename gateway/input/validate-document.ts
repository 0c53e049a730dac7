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
 * Validates a document against the public schema: the specification's rules, and ours of what a value may be. Who hides
 * the schema accepts no introspection either, and suggests no names.
 *
 * A literal that does not fit is BAD_USER_INPUT, in the words in which a variable is refused; anything else is
 * GRAPHQL_VALIDATION_FAILED. At most `maxErrors`.
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

/** The specification's rule, with the place and the sentence that a variable would get; and what no scalar looks for. */
function valuesFit(context: ValidationContext): ASTVisitor {
  let node: ASTNode | null = null;
  let way: Parameters<typeof placeOf> = [[], [], undefined];
  let isReported = false;
  const report = (sentence: string) => {
    isReported = true;
    const { argument, path } = placeOf(...way);
    // A field that is unknown is a mistake of the object.
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

/** Past what the planner reads. */
function isTooLong({ value }: IntValueNode): boolean {
  return value.length > 20 || BigInt.asIntN(64, BigInt(value)) !== BigInt(value);
}

/** A `subscription` where there are none: the specification's rules let it pass. */
function knownRoots(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition(node) {
      if (context.getSchema().getRootType(node.operation)) return;
      const message = `This API has no operations of the kind "${node.operation}".`;
      context.reportError(new GraphQLError(message, { nodes: [node] }));
    },
  };
}
