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
    OTHER: { description: 'Another digital identity that the municipality accepts.' },
    VAT_PASSWORD: { description: 'Login and password; for a partita IVA only.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true, description: 'The signed-in citizen. No caller sees another citizen.' })
export class Citizen {
  @Field(() => ID, { description: 'Opaque and permanent; contains no codice fiscale.' })
  id!: string;

  @Field(() => CodiceFiscaleScalar, { description: 'From the digital identity.' })
  codiceFiscale!: CodiceFiscale;

  @Field(() => String, { description: 'Given names, from the digital identity.' })
  firstName!: string;

  @Field(() => String, { description: 'Family name, from the digital identity.' })
  lastName!: string;

  @Field(() => SignInMethodEnum, { description: 'How the citizen signed in.' })
  signInMethod!: SignInMethod;
}
