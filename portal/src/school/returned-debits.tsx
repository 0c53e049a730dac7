import { Link } from 'react-router';
import type { PortalSchoolDebtsQuery } from '../api/operations.generated.ts';
import { euro, fullName } from '../ui/formats.ts';
import { Missing } from '../ui/query-state.tsx';

type Rows = NonNullable<PortalSchoolDebtsQuery['me']>['instalments'];
type Row = NonNullable<Rows>['edges'][number]['node'];

/** Direct debits that came back have no notice: they are paid as a spontaneous payment. */
export function ReturnedDebits(props: {
  readonly rows: Rows;
  readonly reason: string | null;
  reload(): void;
}) {
  const { rows, reason, reload } = props;
  if (rows === null) return <Missing what="Le rate insolute" reason={reason} onRetry={reload} />;
  if (rows.edges.length === 0) return null;
  return (
    <section aria-labelledby="returned">
      <h2 id="returned">Rate con addebito SDD non riuscito</h2>
      <p>Queste rate non hanno un avviso: si pagano con il pagamento spontaneo.</p>
      <ul className="portal-list">
        {rows.edges.map(({ node }) => (
          <li key={node.id}>
            <p className="portal-list-title">{titleOf(node)}</p>
            <p>
              Da pagare: <strong>{euro(node.outstanding)}</strong>
            </p>
            {node.spontaneousPaymentKind === null ? null : (
              <Link
                className="btn btn-primary"
                to={`/pagamenti/spontaneo/${node.spontaneousPaymentKind.id}?${new URLSearchParams(prefill(node))}`}
              >
                Paga con {node.spontaneousPaymentKind.name}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function titleOf({ number, invoice }: Row): string {
  if (invoice === null) return `Rata ${number}`;
  const child = invoice.child === null ? '' : `, ${fullName(invoice.child)}`;
  return `Fattura ${invoice.number} del ${invoice.year}, rata ${number}, ${invoice.period.label}${child}`;
}

/** What the form of the payment can take over. */
function prefill({ id, outstanding, invoice }: Row): Record<string, string> {
  return {
    rata: id,
    importo: String(outstanding),
    ...(invoice === null ? {} : { periodo: invoice.period.label }),
    ...(invoice?.child ? { beneficiario: fullName(invoice.child) } : {}),
  };
}
