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
  description: 'Status of a practice.',
  valuesConfig: {
    DRAFT: { description: 'In compilazione, or suspended: not filed.' },
    SUBMITTED: {
      description: 'Inviata: stored permanently here; the protocol register has not confirmed it yet.',
    },
    REGISTERED: { description: 'Protocollata: it has a protocol number.' },
    INTEGRATION_REQUESTED: { description: 'The office asks for an integration.' },
    ACCEPTED: { description: 'The office accepted it.' },
    REJECTED: { description: 'The office rejected it: see `outcome` of its protocollo.' },
    WITHDRAWN: { description: 'The applicant withdrew it.' },
    UNKNOWN: { description: 'The legacy system has a status code that is not known here.' },
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
    ONLINE: { description: 'In this service.' },
    PREVIOUS_PORTAL: {
      description:
        'On the portal that the municipality used before, or that the legacy system has of its own.',
    },
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
  description: "The audience of a menu: the tabs of the portal's home page.",
  valuesConfig: {
    CITIZENS: { description: 'Cittadini.' },
    BUSINESSES: { description: 'Imprese.' },
    OTHER_BODIES: { description: 'Altri enti.' },
  },
});
