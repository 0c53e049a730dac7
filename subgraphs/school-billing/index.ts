import {
  createSubgraph,
  type Subgraph,
  type SubgraphDefinition,
} from '../shared/subgraph/create-subgraph.ts';
import { schoolBillingAccess } from './access.ts';
import { AccessLogResolver } from './access-log.resolver.ts';
import { findEnrolment, instalmentById, invoiceById } from './by-id.loader.ts';
import { visibleChildById } from './child.reference.ts';
import { BillingChildResolver } from './child.resolver.ts';
import { BillingChild } from './child.stub.ts';
import { BillingCitizenResolver, signedInBillingCitizen } from './citizen.resolver.ts';
import { BillingCitizen } from './citizen.stub.ts';
import { EnrolmentResolver } from './enrolment.resolver.ts';
import { toEnrolment } from './enrolment.type.ts';
import { InstalmentResolver } from './instalment.resolver.ts';
import { toInstalment } from './instalment.type.ts';
import { InvoiceResolver } from './invoice.resolver.ts';
import { toInvoice } from './invoice.type.ts';
import { invoiceAttachmentDocument } from './invoice-attachment.document.ts';
import { InvoiceAttachmentResolver } from './invoice-attachment.resolver.ts';
import { invoiceListDocument } from './invoice-list.document.ts';
import { findShare } from './share.loader.ts';
import { ChildSharesResolver, ReceivedSharesResolver, ShareResolver } from './share.resolver.ts';

/** A child's enrolments, invoices and attendance, for the parent who filed the application and those they share it with. */
export const schoolBillingDefinition: SubgraphDefinition = {
  name: 'school-billing',
  resolvers: [
    BillingChildResolver,
    BillingCitizenResolver,
    EnrolmentResolver,
    InvoiceResolver,
    InstalmentResolver,
    InvoiceAttachmentResolver,
    ChildSharesResolver,
    ReceivedSharesResolver,
    ShareResolver,
    AccessLogResolver,
  ],
  orphanedTypes: [BillingChild, BillingCitizen],
  access: schoolBillingAccess,
  references: {
    Child: ({ id }, context) => visibleChildById(context).load(id),
    Citizen: ({ id }, context) => signedInBillingCitizen(context, id),
    Enrolment: async ({ id }, context) => ifFound(await findEnrolment(context, id), toEnrolment),
    Invoice: async ({ id }, context) => ifFound(await invoiceById(context).load(id), toInvoice),
    Instalment: async ({ id }, context) =>
      ifFound(await instalmentById(context).load(id), (record) => toInstalment(record)),
    SchoolDataShare: ({ id }, context) => findShare(context, id),
  },
  documents: { InvoiceAttachment: invoiceAttachmentDocument, InvoiceList: invoiceListDocument },
};

export function createSchoolBillingSubgraph(): Promise<Subgraph> {
  return createSubgraph(schoolBillingDefinition);
}

function ifFound<Found, Entity>(found: Found | null, toEntity: (found: Found) => Entity): Entity | null {
  return found === null ? null : toEntity(found);
}
