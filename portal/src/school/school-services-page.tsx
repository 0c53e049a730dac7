import { AreaPage } from '../home/area-page.tsx';

export function SchoolServicesPage() {
  return (
    <AreaPage
      title="Servizi scolastici"
      path="/servizi-scolastici"
      pages={[
        {
          title: 'Scheda anagrafica',
          text: 'Consultazione della scheda anagrafica e dell’iscrizione scolastica',
          to: '/servizi-scolastici/scheda',
        },
        {
          title: 'Documenti contabili',
          text: 'Consultazione dei documenti contabili emessi',
          to: '/servizi-scolastici/documenti',
        },
        {
          title: 'Pagamento servizi scolastici',
          text: 'Pagamenti online dei propri documenti contabili dei servizi scolastici con il sistema di PagoPA',
          to: '/servizi-scolastici/pagamento',
        },
      ]}
    />
  );
}
