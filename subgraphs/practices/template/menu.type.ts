import { Field, ID, ObjectType } from 'type-graphql';
import { createId } from '../../../core/ids.ts';
import type {
  Audience,
  PracticeCategoryRecord,
  ServiceAreaRecord,
} from '../../../legacy/ports/practices.port.ts';
import { UrlScalar } from '../../shared/scalars.ts';

@ObjectType({ simpleResolvers: true, description: 'An entry of a card.' })
export class ServiceEntry {
  @Field(() => ID, { description: 'Opaque and permanent.' })
  id!: string;

  @Field(() => String, { description: 'In Italian.' })
  title!: string;

  @Field(() => String, { description: 'In Italian.' })
  description!: string;

  @Field(() => Boolean, { description: 'Whether it needs a sign-in.' })
  requiresSignIn!: boolean;

  @Field(() => UrlScalar, { nullable: true, description: 'Link target. Null if the portal decides.' })
  url!: string | null;
}

@ObjectType({ simpleResolvers: true, description: "A card of the portal's home page." })
export class ServiceArea {
  @Field(() => ID, { description: 'Opaque and permanent.' })
  id!: string;

  @Field(() => String, { description: 'In Italian.' })
  title!: string;

  @Field(() => String, { description: 'In Italian.' })
  description!: string;

  @Field(() => UrlScalar, { nullable: true, description: 'Link target. Null for a card with entries.' })
  url!: string | null;

  @Field(() => [ServiceEntry], { description: 'Its entries, in order.' })
  services!: readonly ServiceEntry[];
}

@ObjectType({ simpleResolvers: true, description: 'A procedure, with a template for each school year.' })
export class Procedure {
  @Field(() => ID, { description: 'Opaque and permanent.' })
  id!: string;

  @Field(() => String, { description: 'In Italian.' })
  title!: string;

  readonly code!: string;
}

@ObjectType({ simpleResolvers: true, description: 'A category of procedures. SCUO is SERVIZI SCOLASTICI.' })
export class PracticeCategory {
  @Field(() => ID, { description: 'Shape: `SCUO`.' })
  code!: string;

  @Field(() => String, { description: 'In Italian.' })
  title!: string;

  @Field(() => String, { nullable: true, description: 'Introduction, in Italian. Null if there is none.' })
  notice!: string | null;

  @Field(() => [Procedure], { description: 'Its procedures, in order.' })
  procedures!: readonly Procedure[];
}

export function toServiceArea(
  { code: area, services, ...same }: ServiceAreaRecord,
  audience: Audience,
): ServiceArea {
  return {
    ...same,
    id: createId('ServiceArea', area, audience),
    services: services.map(({ code, ...entry }) => ({
      ...entry,
      id: createId('ServiceEntry', area, code, audience),
    })),
  };
}

export function toPracticeCategory({ procedures, ...same }: PracticeCategoryRecord): PracticeCategory {
  return {
    ...same,
    procedures: procedures.map(({ code, title }) => ({ id: createId('Procedure', code), code, title })),
  };
}
