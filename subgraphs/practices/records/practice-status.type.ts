import { describeEnum } from '../../shared/describe-enum.ts';

export const PracticeStatusEnum = describeEnum('PracticeStatus', 'Status of a practice.', {
  DRAFT: 'In compilazione, or suspended: not filed.',
  SUBMITTED: 'Inviata: stored permanently here; the protocol register has not confirmed it yet.',
  REGISTERED: 'Protocollata: it has a protocol number.',
  INTEGRATION_REQUESTED: 'The office asks for an integration.',
  ACCEPTED: 'The office accepted it.',
  REJECTED: 'The office rejected it: see `outcome` of its protocollo.',
  WITHDRAWN: 'The applicant withdrew it.',
  UNKNOWN: 'The legacy system has a status code that is not known here.',
});
export type PracticeStatus = keyof typeof PracticeStatusEnum;

export const PracticeChannelEnum = describeEnum('PracticeChannel', 'Where a practice was filed.', {
  ONLINE: 'In this service.',
  PREVIOUS_PORTAL:
    'On the portal that the municipality used before, or that the legacy system has of its own.',
  COUNTER: 'At the office.',
});
export type PracticeChannel = keyof typeof PracticeChannelEnum;

export const AudienceEnum = describeEnum(
  'Audience',
  "The audience of a menu: the tabs of the portal's home page.",
  {
    CITIZENS: 'Cittadini.',
    BUSINESSES: 'Imprese.',
    OTHER_BODIES: 'Altri enti.',
  },
);
