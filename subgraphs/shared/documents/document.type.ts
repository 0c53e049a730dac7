import { Directive, Field, Int, ObjectType } from 'type-graphql';
import type { Instant } from '../../../core/values/index.ts';
import { DateTimeScalar, UrlScalar } from '../scalars.ts';

@Directive('@shareable')
@ObjectType({
  simpleResolvers: true,
  description:
    'A file the caller may fetch with a plain HTTP GET, without a header, until `expiresAt`. Asking for the address neither reads nor makes the file; size and hash are null until it was made.',
})
export class Document {
  @Field(() => String, { description: 'The name to save it under. Shape: `fattura-2020-684.pdf`.' })
  fileName!: string;

  @Field(() => String, { description: 'Shape: `application/pdf`.' })
  mediaType!: string;

  @Field(() => Int, { nullable: true, description: 'Unit: bytes. Null while the file is not made.' })
  sizeBytes!: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'SHA-256 of its bytes. Shape: 64 hexadecimal digits. Null when it is not known.',
  })
  sha256!: string | null;

  @Field(() => UrlScalar, { description: 'Absolute; a short-lived grant for this one document.' })
  downloadUrl!: string;

  @Field(() => DateTimeScalar, { description: 'Until when the address works. Ask again for a new one.' })
  expiresAt!: Instant;
}
