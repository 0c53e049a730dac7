import 'reflect-metadata';
import { Directive, Field, InterfaceType, ObjectType } from 'type-graphql';
import type { RequestContext } from './request-context.ts';

/** The shape of every foreseen refusal, in all subgraphs. */
@InterfaceType({
  description:
    'A foreseen refusal, as data. Unions of outcomes gain only members that implement it: treat an unknown member as your default case.',
})
export abstract class Problem {
  @Field(() => String, { description: 'Permanent; the descriptions of the types list theirs.' })
  code!: string;

  @Field(() => String, { description: 'For the person who asked; follows Accept-Language (it default, en).' })
  message!: string;
}

@Directive('@shareable')
@ObjectType({
  implements: Problem,
  simpleResolvers: true,
  description:
    'Unknown to the caller, or not theirs: the two cannot be told apart. Code: NOT_ALLOWED, or one that the mutation lists.',
})
export class NotAllowed extends Problem {}

@Directive('@shareable')
@ObjectType({
  implements: Problem,
  simpleResolvers: true,
  description: 'The same key came before with other content. Code: IDEMPOTENCY_KEY_REUSED.',
})
export class IdempotencyKeyReused extends Problem {}

/** A sentence for people, in the language of the request. */
export interface Sentence {
  readonly it: string;
  readonly en: string;
}

export function notAllowed({ language }: RequestContext): NotAllowed {
  const message = {
    it: 'Non esiste, o non è consentito a chi ha effettuato l’accesso.',
    en: 'There is no such thing, or it is not yours.',
  }[language];
  return Object.assign(new NotAllowed(), { code: 'NOT_ALLOWED', message });
}

export function idempotencyKeyReused({ language }: RequestContext): IdempotencyKeyReused {
  const message = {
    it: 'Questa chiave è già stata usata per una richiesta diversa: generarne una nuova.',
    en: 'This key was used for a different request before: make a new one.',
  }[language];
  return Object.assign(new IdempotencyKeyReused(), { code: 'IDEMPOTENCY_KEY_REUSED', message });
}
