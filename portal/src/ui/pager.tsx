/** Forward by cursors, back by those that were used. */
export function Pager(props: {
  readonly pageNumber: number;
  readonly hasNext: boolean;
  onPrevious(): void;
  onNext(): void;
}) {
  const { pageNumber, hasNext, onPrevious, onNext } = props;
  if (pageNumber === 1 && !hasNext) return null;
  return (
    <nav className="portal-pager" aria-label="Pagine dell’elenco">
      <button
        type="button"
        className="btn btn-outline-primary"
        disabled={pageNumber === 1}
        onClick={onPrevious}
      >
        Pagina precedente
      </button>
      <span>Pagina {pageNumber}</span>
      <button type="button" className="btn btn-outline-primary" disabled={!hasNext} onClick={onNext}>
        Pagina successiva
      </button>
    </nav>
  );
}
