export const sharingScopes = ['ENROLMENT', 'ATTENDANCE', 'BILLING', 'PAYING', 'DIET'] as const;
export type SharingScope = (typeof sharingScopes)[number];
