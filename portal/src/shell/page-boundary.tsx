import { Component, type ReactNode } from 'react';
import { Alert } from '../ui/alert.tsx';
import { Page } from '../ui/page.tsx';
import { reloadPage } from '../ui/use-typed.ts';

interface BoundaryProps {
  /** The address: another one is tried anew. */
  readonly place: string;
  readonly children: ReactNode;
}

/** A page whose script does not come, for want of a network or because a newer portal has taken its place. */
export class PageBoundary extends Component<BoundaryProps, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override componentDidUpdate({ place }: BoundaryProps): void {
    if (this.state.hasFailed && place !== this.props.place) this.setState({ hasFailed: false });
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <Page title="Servizi online">
        <Alert kind="danger" title="La pagina non si è aperta" isUrgent>
          <p>Controlla la connessione, poi ricarica la pagina. Quello che hai salvato è rimasto.</p>
          <button type="button" className="btn btn-primary" onClick={reloadPage}>
            Ricarica la pagina
          </button>
        </Alert>
      </Page>
    );
  }
}
