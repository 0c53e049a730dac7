import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import type { SignInMethod } from '../../core/identity/caller.ts';
import type { CodiceFiscale } from '../../core/values/index.ts';
import { CodiceFiscaleScalar } from '../shared/scalars.ts';

export const SignInMethodEnum = {
  SPID: 'SPID',
  CIE: 'CIE',
  CNS: 'CNS',
  EIDAS: 'EIDAS',
  OTHER: 'OTHER',
  VAT_PASSWORD: 'VAT_PASSWORD',
} as const satisfies Record<SignInMethod, SignInMethod>;

registerEnumType(SignInMethodEnum, {
  name: 'SignInMethod',
  description: 'How the caller signed in.',
  valuesConfig: {
    SPID: { description: 'Sistema Pubblico di Identità Digitale.' },
    CIE: { description: 'Carta d’Identità Elettronica.' },
    CNS: { description: 'Carta Nazionale dei Servizi, or Tessera Sanitaria.' },
    EIDAS: { description: 'The digital identity of another European country.' },
    OTHER: { description: 'Another digital identity that the body accepts.' },
    VAT_PASSWORD: { description: 'Login and password, which only a partita IVA may use.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true, description: 'The citizen who is signed in. Nobody ever sees another.' })
export class Citizen {
  @Field(() => ID, { description: 'Opaque, the same for ever; holds no codice fiscale.' })
  id!: string;

  @Field(() => CodiceFiscaleScalar, { description: 'As the digital identity says.' })
  codiceFiscale!: CodiceFiscale;

  @Field(() => String, { description: 'Given names, as the digital identity says.' })
  firstName!: string;

  @Field(() => String, { description: 'Family name, as the digital identity says.' })
  lastName!: string;

  @Field(() => SignInMethodEnum, { description: 'How the citizen signed in.' })
  signInMethod!: SignInMethod;
}
