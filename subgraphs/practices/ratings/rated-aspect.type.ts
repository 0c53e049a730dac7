import { describeEnum } from '../../shared/describe-enum.ts';

// The words are the published norm's. Source: Design Comuni, C.SE.1.7.
const aspects = {
  INSTRUCTIONS_CLEAR: 'Le indicazioni erano chiare',
  INSTRUCTIONS_COMPLETE: 'Le indicazioni erano complete',
  PROGRESS_CLEAR: 'Capivo sempre che stavo procedendo correttamente',
  NO_TECHNICAL_PROBLEMS: 'Non ho avuto problemi tecnici',
  INSTRUCTIONS_UNCLEAR: 'A volte le indicazioni non erano chiare',
  INSTRUCTIONS_INCOMPLETE: 'A volte le indicazioni non erano complete',
  PROGRESS_UNCLEAR: 'A volte non capivo se stavo procedendo correttamente',
  TECHNICAL_PROBLEMS: 'Ho avuto problemi tecnici',
  OTHER: 'Altro',
} as const;
export type RatedAspect = keyof typeof aspects;

/** The aspect's name on the page. */
export const aspectNames: Readonly<Record<RatedAspect, string>> = aspects;

const forMany: readonly RatedAspect[] = [
  'INSTRUCTIONS_CLEAR',
  'INSTRUCTIONS_COMPLETE',
  'PROGRESS_CLEAR',
  'NO_TECHNICAL_PROBLEMS',
];

/** Four or five stars take the good aspects, one to three the hard ones; `OTHER` fits any number. */
export function fits(aspect: RatedAspect, stars: number): boolean {
  return aspect === 'OTHER' || forMany.includes(aspect) === stars >= 4;
}

const described = Object.entries(aspects).map(([aspect, name]) => {
  const isForAny = aspect === 'OTHER';
  const stars = forMany.includes(aspect as RatedAspect) ? '4 or 5 stars' : '1 to 3 stars';
  return [aspect, `«${name}». With ${isForAny ? 'any number of stars' : stars}.`];
});

export const RatedAspectEnum = describeEnum<RatedAspect>(
  'RatedAspect',
  'A reason for a rating, in the words of the published norm.',
  Object.fromEntries(described),
);
