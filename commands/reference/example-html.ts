import { escapeHtml } from '../../core/http/escape-html.ts';
import type { Example, Outcome } from './read-examples.ts';

/** People of the demo town who ask. */
const callers: Readonly<Record<Example['as'], string>> = {
  anonymous: 'Nobody signed in.',
  claudia: 'Asked by Claudia Rossi, who filed the applications of her children Luca and Sofia.',
  marco: 'Asked by Marco Bianchi, the father of Luca and Sofia, who filed nothing.',
  giulia: 'Asked by Giulia Ferrari, the mother of Tommaso.',
  paolo: 'Asked by Paolo Locatelli, who has no children.',
  business: 'Asked by Trattoria del Borgo S.r.l.',
  integrator: "Asked by an integrator's program",
  'bad token': 'With a token that is not a JWT.',
};

/** A document, its variables and its answer. */
export function exampleHtml(example: Example, outcome: Outcome | undefined): string {
  const { name, title, as, scope, document } = example;
  const program = `${scope === undefined ? ', with every scope' : ` with the scope ${scope}`}.`;
  const variables = Object.keys(outcome?.variables ?? {}).length > 0;
  return [
    `<section id="example-${name}"><h3>${escapeHtml(title)}</h3>`,
    `<p>${callers[as]}${as === 'integrator' ? escapeHtml(program) : ''}${faultOf(example)}</p>`,
    block('Operation', document.trim()),
    variables ? block('Variables', JSON.stringify(outcome?.variables, null, 2)) : '',
    outcome === undefined
      ? ''
      : block(`Answer, status ${outcome.status}`, JSON.stringify(outcome.body, null, 2)),
    '</section>',
  ]
    .filter(Boolean)
    .join('\n');
}

function faultOf({ faults, legacy }: Example): string {
  if (legacy === 'down') return ' While the legacy system does not answer.';
  if (legacy === 'unreadable') return ' While a row of the legacy system breaks its contract.';
  if (faults === undefined) return '';
  return ` While pagoPA is made to fail: <code>${escapeHtml(JSON.stringify(faults))}</code>.`;
}

function block(title: string, text: string): string {
  return `<h4>${escapeHtml(title)}</h4>\n<pre tabindex="0"><code>${escapeHtml(text)}</code></pre>`;
}
