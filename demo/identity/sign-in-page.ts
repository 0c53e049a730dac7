import { escapeHtml } from '../../core/http/escape-html.ts';
import { people, trattoria } from '../town/people.ts';
import { page } from './pages.ts';
import { type Level, levels, type SignInForm } from './sign-in.ts';

export interface SignInPageOptions {
  readonly action: string;
  /** The lowest level that the client accepts. */
  readonly atLeast: Level;
  /** The previous input, and the reason for its refusal. */
  readonly refused: { readonly form: Partial<SignInForm>; readonly problem: string } | null;
}

/**
 * The page on which a demo person signs in, laid out like the guide's: digital identity, or login and password.
 */
export function signInPage({ action, atLeast, refused }: SignInPageOptions): string {
  const typed = refused?.form ?? {};
  return page(
    'Accedi ai servizi online',
    `${refused === null ? '' : `<p role="alert">${escapeHtml(refused.problem)}</p>`}
<div class="ways">
<form method="post" action="${escapeHtml(action)}">
<h2>Identità digitale</h2>
<small>Accedi con la tua identità digitale: SPID, CIE o CNS.</small>
<label for="person">Persona dimostrativa</label>
<select id="person" name="person">${personOptions(typed.code)}</select>
<label for="level">Livello di sicurezza</label>
<select id="level" name="level">${levelOptions(atLeast, typed.level)}</select>
<label for="other">Un altro codice fiscale (facoltativo)</label>
<input id="other" name="code" maxlength="16" autocomplete="off" autocapitalize="characters" aria-describedby="other-help">
<small id="other-help">Per le persone caricate con <code>demo:load</code>.</small>
<div class="buttons">
<button name="method" value="spid">Entra con SPID</button>
<button name="method" value="cie">Entra con CIE</button>
<button name="method" value="cns">Entra con CNS</button>
</div>
</form>
<form method="post" action="${escapeHtml(action)}">
<h2>Login e password</h2>
<small>Accesso consentito alle sole partite IVA (D.L. 16 luglio 2020, n. 76).</small>
<input type="hidden" name="method" value="password"><input type="hidden" name="level" value="1">
<label for="login">Login (partita IVA)</label>
<input id="login" name="code" value="${trattoria.partitaIva}" inputmode="numeric" autocomplete="username">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" aria-describedby="password-help">
<small id="password-help">Quella dimostrativa è «demo».</small>
<div class="buttons"><button>Entra con LOGIN</button></div>
</form>
</div>
<form method="post" action="${escapeHtml(action)}"><button class="plain" name="cancel" value="1">Annulla e torna al portale</button></form>`,
  );
}

function personOptions(chosen: string | undefined): string {
  return people
    .filter(({ canSignIn }) => canSignIn)
    .map(
      ({ codiceFiscale, firstName, lastName }) =>
        `<option value="${codiceFiscale}"${selected(codiceFiscale === chosen)}>${firstName} ${lastName} (${codiceFiscale})</option>`,
    )
    .join('');
}

function levelOptions(atLeast: Level, chosen: string | undefined): string {
  const usual = String(Math.max(atLeast, 2));
  return levels
    .filter((level) => level >= atLeast)
    .map((level) => `<option${selected(String(level) === (chosen ?? usual))}>${level}</option>`)
    .join('');
}

function selected(isSelected: boolean): string {
  return isSelected ? ' selected' : '';
}
