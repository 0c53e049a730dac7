import { AreaPage } from '../home/area-page.tsx';

export function PracticesPage() {
  return (
    <AreaPage
      title="Pratiche"
      path="/pratiche"
      pages={[
        {
          title: 'Apertura pratiche',
          text: 'Strumenti per la presentazione o l’integrazione di una pratica in modalità telematica',
          to: '/pratiche/apertura',
        },
        {
          title: 'Consultazione pratiche',
          text: 'Consultazione delle proprie pratiche',
          to: '/pratiche/mie',
        },
        {
          title: 'Consultazione protocolli',
          text: 'Consultazione dello stato avanzamento dei protocolli collegati alle istanze online',
          to: '/pratiche/protocolli',
        },
      ]}
    />
  );
}
