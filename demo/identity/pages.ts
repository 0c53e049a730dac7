import { escapeHtml } from '../../core/http/escape-html.ts';
import { bodyName, people, trattoria } from '../town/people.ts';

/** One page of the provider. It needs no script and works with a keyboard. */
export function page(title: string, content: string, script = ''): string {
  return `<!doctype html>
<html lang="it">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} – ${bodyName}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<header><p>${bodyName}</p><p>Accesso ai servizi online</p></header>
<main>
<p class="notice">Accesso dimostrativo: questa pagina sostituisce SPID, CIE e CNS, e le persone sono inventate.</p>
<h1>${escapeHtml(title)}</h1>
${content}
</main>
${script === '' ? '' : `<script>${script}</script>`}
</body>
</html>
`;
}

/** For a request that cannot continue, such as one with a return address on another machine. */
export function problemPage(problem: string): string {
  return page(
    'Accesso non riuscito',
    `<p role="alert">${escapeHtml(problem)}</p>
<p>Torna al portale e ripeti l’accesso.</p>`,
  );
}

export function signedOutPage(): string {
  return page('Sei uscito dai servizi online', '<p>Puoi chiudere questa pagina.</p>');
}

/**
 * Asks whether to sign out. A client that names the session by its id_token has asked already: then the form
 * submits itself, and the button is for browsers without scripts.
 */
export function signOutPage(form: string, isConfirmed: boolean): string {
  const complete = form.replace(
    '</form>',
    '<input type="hidden" name="logout" value="yes"><button>Esci</button></form>',
  );
  return page('Uscita dai servizi online', complete, isConfirmed ? 'document.forms[0].submit()' : '');
}

/** The provider's own page: its people, and how a program gets a token. */
export function peoplePage(): string {
  const citizens = people.filter(({ canSignIn }) => canSignIn);
  const rows = [
    ...citizens.map((one) => [`${one.firstName} ${one.lastName}`, one.codiceFiscale, 'SPID, CIE, CNS']),
    [trattoria.name, trattoria.partitaIva, 'login e password'],
  ].map((cells) => `<tr>${cells.map((cell) => `<td>${escapeHtml(cell ?? '')}</td>`).join('')}</tr>`);
  return page(
    'Persone dimostrative',
    `<table><thead><tr><th scope="col">Nome</th><th scope="col">Codice</th><th scope="col">Accesso</th></tr></thead>
<tbody>${rows.join('')}</tbody></table>
<p>Un token per un programma: <code>npm run --silent token -- RSSCLD84C52A794Q</code>. Che cosa vede ciascuno è in
<code>docs/demo-town.md</code>.</p>`,
  );
}

export const fontPath = '/fonts/titillium-web';

const style = `
@font-face{font-family:"Titillium Web";font-weight:400;font-display:swap;src:url(${fontPath}/400)}
@font-face{font-family:"Titillium Web";font-weight:600;font-display:swap;src:url(${fontPath}/600)}
*{box-sizing:border-box}
body{margin:0;font:1.125rem/1.5 "Titillium Web",system-ui,sans-serif;color:#17324d;background:#fff}
header{background:#06c;color:#fff;padding:1rem max(1.5rem,calc(50% - 30rem))}
header p{margin:0} header p:first-child{font-size:1.5rem;font-weight:600}
main{max-width:63rem;margin:0 auto;padding:1.5rem}
h1{font-size:2rem;line-height:1.2;margin:1rem 0 1.5rem}
h2{font-size:1.25rem;margin:0 0 .5rem}
.notice{background:#e6f0fa;border-left:4px solid #06c;margin:0;padding:.75rem 1rem;font-size:1rem}
[role=alert]{background:#fdecec;border-left:4px solid #b0233c;padding:.75rem 1rem}
.ways{display:grid;gap:1.5rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr))}
.ways form{border:1px solid #d9dadb;border-top:4px solid #06c;border-radius:4px;padding:1.5rem;box-shadow:0 2px 10px #0002}
label{display:block;font-weight:600;font-size:1rem;margin:1rem 0 .25rem}
select,input{font:inherit;color:inherit;background:#fff;width:100%;min-height:3rem;padding:.5rem;border:1px solid #5c6f82;border-radius:4px}
.buttons{display:grid;gap:.75rem;margin-top:1.5rem}
button{font:inherit;font-weight:600;color:#fff;background:#06c;border:0;border-radius:4px;min-height:3rem;padding:.6rem 1.5rem;cursor:pointer}
button:hover{background:#0059b3}
button.plain{color:#06c;background:none;box-shadow:inset 0 0 0 2px #06c;margin-top:1.5rem}
:focus-visible{outline:3px solid #ff9900;outline-offset:2px}
table{border-collapse:collapse}td,th{text-align:left;padding:.5rem 1.5rem .5rem 0;border-bottom:1px solid #d9dadb}
small{font-size:1rem;color:#455b71}
`;
