import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({
  simpleResolvers: true,
  description: 'A service with enrolment and payment by use (*servizio a domanda individuale*).',
})
export class SchoolService {
  @Field(() => ID, { description: 'Code of the service in the legacy system. Shape: `MENSA`.' })
  code!: string;

  @Field(() => String, { description: 'Shape: `Mensa scolastica`.' })
  name!: string;
}
