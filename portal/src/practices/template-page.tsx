import { Link, useParams } from 'react-router';
import { PortalTemplate, type PortalTemplateQuery } from '../api/operations.generated.ts';
import { usePageQuery } from '../api/use-page-query.ts';
import { heads } from '../heads.ts';
import { Alert } from '../ui/alert.tsx';
import { Contact } from '../ui/contact.tsx';
import { DocumentLink } from '../ui/document-link.tsx';
import { longDay } from '../ui/formats.ts';
import { Page } from '../ui/page.tsx';
import { QueryState } from '../ui/query-state.tsx';
import { openingCrumb } from './crumbs.ts';
import { sizeText, typesText } from './file-texts.ts';

type Template = NonNullable<PortalTemplateQuery['practiceTemplate']>;

/** Scheda informativa: all that one wants to know before AVVIA PRATICA, which leads straight to the sign-in. */
export function TemplatePage() {
  const { templateId = '' } = useParams();
  const query = usePageQuery(PortalTemplate, { id: templateId });
  const template = query.data?.practiceTemplate;
  return (
    <Page {...heads.template} title={template?.title ?? 'Scheda informativa'}>
      <QueryState query={query}>
        {template === null || template === undefined ? (
          <Alert kind="warning" title="Questo modello non esiste">
            <Link to={openingCrumb.to}>Torna alle pratiche</Link>
          </Alert>
        ) : (
          <Sheet template={template} reload={query.reload} />
        )}
      </QueryState>
    </Page>
  );
}

function Sheet({ template, reload }: { readonly template: Template; reload(): void }) {
  const { isOpen, opensOn, closesOn, decidedWithinDays, contact, requiredAttachments } = template;
  const sections = [...new Set(template.form.fields.flatMap(({ group }) => (group === null ? [] : [group])))];
  return (
    <>
      {isOpen ? (
        <p className="portal-actions">
          <Link className="btn btn-primary btn-lg" to={`/pratiche/avvia/${template.id}`}>
            AVVIA PRATICA
          </Link>
        </p>
      ) : (
        <Alert kind="info" title="Le domande non si possono presentare oggi">
          <p>
            {opensOn === null ? null : `Si presentano dal ${longDay(opensOn)}`}
            {closesOn === null ? null : ` al ${longDay(closesOn)}`}.
          </p>
        </Alert>
      )}
      <h2>A chi è rivolto</h2>
      <p>
        {template.concernsChild
          ? 'A chi esercita la responsabilità genitoriale. Le fatture saranno intestate a chi presenta la domanda, che ne vedrà i dati.'
          : 'A chiunque ne abbia bisogno.'}
      </p>
      <h2>Come fare</h2>
      <p>
        Si accede con SPID, CIE o CNS. I dati già noti al Comune sono compilati; restano da indicare quelli
        nuovi. In ogni momento si può sospendere e riprendere, anche da un altro dispositivo.
      </p>
      {sections.length === 0 ? null : <p>Il modulo chiede: {sections.join(', ')}.</p>}
      <h2>Cosa serve</h2>
      {requiredAttachments.length === 0 ? (
        <p>Nessun allegato.</p>
      ) : (
        <ul>
          {requiredAttachments.map(({ code, label, required, mediaTypes, maxBytes }) => (
            <li key={code}>
              {label} ({required ? 'obbligatorio' : 'se serve'}): {typesText(mediaTypes)}, al massimo{' '}
              {sizeText(maxBytes)}
            </li>
          ))}
        </ul>
      )}
      <h2>Tempi e scadenze</h2>
      <p>
        {opensOn === null ? null : `Le domande si presentano dal ${longDay(opensOn)}. `}
        {closesOn === null ? null : `Si chiude il ${longDay(closesOn)}. `}
        {decidedWithinDays === null
          ? null
          : `L’esito arriva entro ${decidedWithinDays} giorni dalla presa in carico.`}
      </p>
      {contact === null ? null : (
        <>
          <h2>Contatti</h2>
          <Contact office={contact} />
        </>
      )}
      <Files template={template} reload={reload} />
    </>
  );
}

function Files({ template, reload }: { readonly template: Template; reload(): void }) {
  const { informationSheet, blankForm } = template;
  if (informationSheet === null && blankForm === null) return null;
  return (
    <>
      <h2>Documenti</h2>
      <ul className="portal-files">
        {informationSheet === null ? null : (
          <li>
            <DocumentLink file={informationSheet} onExpired={reload}>
              Scheda informativa (PDF)
            </DocumentLink>
          </li>
        )}
        {blankForm === null ? null : (
          <li>
            <DocumentLink file={blankForm} onExpired={reload}>
              Modulo da compilare a mano e inviare per e-mail (PDF)
            </DocumentLink>
          </li>
        )}
      </ul>
    </>
  );
}
