import { registerEnumType } from 'type-graphql';

export const PracticeStatusEnum = {
  DRAFT: 'DRAFT',
  SUBMITTED: 'SUBMITTED',
  REGISTERED: 'REGISTERED',
  INTEGRATION_REQUESTED: 'INTEGRATION_REQUESTED',
  ACCEPTED: 'ACCEPTED',
  REJECTED: 'REJECTED',
  WITHDRAWN: 'WITHDRAWN',
  UNKNOWN: 'UNKNOWN',
} as const;
export type PracticeStatus = keyof typeof PracticeStatusEnum;

registerEnumType(PracticeStatusEnum, {
  name: 'PracticeStatus',
  description: 'How far a practice is.',
  valuesConfig: {
    DRAFT: { description: 'In compilazione, or suspended: nothing was filed.' },
    SUBMITTED: { description: 'Inviata: recorded here for good; the register has not answered yet.' },
    REGISTERED: { description: 'Protocollata: it has its protocol number.' },
    INTEGRATION_REQUESTED: { description: 'The office asks for more.' },
    ACCEPTED: { description: 'The office accepted it.' },
    REJECTED: { description: 'The office rejected it: see `outcome` of its protocollo.' },
    WITHDRAWN: { description: 'The applicant withdrew it.' },
    UNKNOWN: { description: 'The register holds a code that is not known here.' },
  },
});

export const PracticeChannelEnum = {
  ONLINE: 'ONLINE',
  PREVIOUS_PORTAL: 'PREVIOUS_PORTAL',
  COUNTER: 'COUNTER',
} as const;
export type PracticeChannel = keyof typeof PracticeChannelEnum;

registerEnumType(PracticeChannelEnum, {
  name: 'PracticeChannel',
  description: 'Where a practice was filed.',
  valuesConfig: {
    ONLINE: { description: 'Here.' },
    PREVIOUS_PORTAL: { description: "On hyperSIC's own portal." },
    COUNTER: { description: 'At the office.' },
  },
});

export const AudienceEnum = {
  CITIZENS: 'CITIZENS',
  BUSINESSES: 'BUSINESSES',
  OTHER_BODIES: 'OTHER_BODIES',
} as const;

registerEnumType(AudienceEnum, {
  name: 'Audience',
  description: "Whom a menu is for: the tabs of the portal's home page.",
  valuesConfig: {
    CITIZENS: { description: 'Cittadini.' },
    BUSINESSES: { description: 'Imprese.' },
    OTHER_BODIES: { description: 'Altri enti.' },
  },
});
