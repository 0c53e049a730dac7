import { people, trattoria } from '../town/people.ts';

/** The page on which a demo person is chosen. Works without scripts and with a keyboard. */
export function signInPage(action: string, problem: string | null): string {
  const citizens = people
    .filter(({ canSignIn }) => canSignIn)
    .map(
      ({ codiceFiscale, firstName, lastName }) =>
        `<option value="${codiceFiscale}">${firstName} ${lastName}</option>`,
    );
  return `<!doctype html>
<html lang="it">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Accesso dimostrativo</title>
<style>
body{font:1.05rem/1.5 system-ui;max-width:34rem;margin:2rem auto;padding:0 1rem;color:#17324d}
fieldset{border:1px solid #5c6f82;border-radius:4px;margin:0 0 1.5rem;padding:1rem}
label{display:block;margin:.6rem 0 .2rem} select,input{font:inherit;padding:.4rem;width:100%;box-sizing:border-box}
button{font:inherit;background:#06c;color:#fff;border:0;border-radius:4px;padding:.6rem 1.2rem;margin-top:1rem}
[role=alert]{background:#fdecec;border-left:4px solid #cc334d;padding:.6rem 1rem}
</style>
</head>
<body>
<main>
<h1>Accesso dimostrativo</h1>
<p>Questa pagina sostituisce SPID, CIE, CNS e l'accesso con password: le persone sono inventate.</p>
${problem === null ? '' : `<p role="alert">${escapeHtml(problem)}</p>`}
<form method="post" action="${action}">
<fieldset><legend>Identità digitale</legend>
<label for="code">Chi accede</label><select id="code" name="code">${citizens.join('')}</select>
<label for="method">Con</label><select id="method" name="method"><option value="spid">SPID</option><option value="cie">CIE</option><option value="cns">CNS</option></select>
<label for="level">Livello</label><select id="level" name="level"><option>1</option><option selected>2</option><option>3</option></select>
<button>Entra con identità digitale</button></fieldset>
</form>
<form method="post" action="${action}">
<fieldset><legend>Login e password (solo partite IVA)</legend>
<input type="hidden" name="method" value="password"><input type="hidden" name="level" value="1">
<label for="vat">Partita IVA</label><input id="vat" name="code" value="${trattoria.partitaIva}" inputmode="numeric" autocomplete="username">
<label for="password">Password</label><input id="password" name="password" type="password" autocomplete="current-password">
<button>Entra con password</button></fieldset>
</form>
</main>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}
