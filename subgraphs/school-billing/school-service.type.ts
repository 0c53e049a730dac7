import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({
  simpleResolvers: true,
  description: 'A service one enrols for and pays by use (servizio a domanda individuale).',
})
export class SchoolService {
  @Field(() => ID, { description: "The register's code. Shape: `MENSA`." })
  code!: string;

  @Field(() => String, { description: 'Shape: `Mensa scolastica`.' })
  name!: string;
}
