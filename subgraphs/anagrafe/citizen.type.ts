import { Directive, Field, ID, ObjectType } from 'type-graphql';
import type { SignInMethod } from '../../core/identity/caller.ts';
import type { CodiceFiscale } from '../../core/values/index.ts';
import { describeEnum } from '../shared/describe-enum.ts';
import { CodiceFiscaleScalar } from '../shared/scalars.ts';

export const SignInMethodEnum = describeEnum<SignInMethod>('SignInMethod', 'How the caller signed in.', {
  SPID: 'Sistema Pubblico di Identità Digitale.',
  CIE: 'Carta d’Identità Elettronica.',
  CNS: 'Carta Nazionale dei Servizi, or Tessera Sanitaria.',
  EIDAS: 'The digital identity of another European country.',
  OTHER: 'Another digital identity that the municipality accepts.',
  VAT_PASSWORD: 'Login and password; for a partita IVA only.',
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
