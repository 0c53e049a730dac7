import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import express, { type Express, type Request, type Response } from 'express';
import { Provider } from 'oidc-provider';
import { closeServer, listenAt } from '../../core/http/listen.ts';
import type { DemoBusiness, DemoPerson } from '../town/people.ts';
import { type FrontEnds, frontEndsOf, portal } from './clients.ts';
import { configuration } from './configuration.ts';
import { providerKeys } from './keys.ts';
import { fontPath, peoplePage, problemPage } from './pages.ts';
import {
  authenticationOf,
  type FindPerson,
  type Level,
  levelAsked,
  type SignInForm,
  SignInProblem,
  signIn,
} from './sign-in.ts';
import { signInPage } from './sign-in-page.ts';
import { userInfo } from './user-info.ts';

export interface IdentityProviderOptions {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** The audience of access tokens. */
  readonly audience: string;
  readonly findPerson: FindPerson;
  /** Origins of front ends on other machines. */
  readonly frontEnds?: readonly string[];
}

export interface IdentityProvider {
  readonly issuer: string;
  close(): Promise<void>;
}

/** A real OpenID provider that plays SPID, CIE, CNS and the VAT login for the town's people. */
export async function startIdentityProvider(options: IdentityProviderOptions): Promise<IdentityProvider> {
  const server = createServer();
  const { host } = options;
  const port = await listenAt(server, { port: options.port, host, portVariable: 'DEMO_IDENTITY_PORT' });
  const issuer = `http://${options.host}:${port}`;
  const accounts = new Map<string, DemoPerson | DemoBusiness>();
  const keys = await providerKeys(options.dataDir);
  const frontEnds = frontEndsOf(options.frontEnds ?? []);
  const provider = new Provider(issuer, configuration(options.audience, keys, accounts, frontEnds));
  acceptFrontEnds(provider, frontEnds);
  const app = express();
  app.disable('x-powered-by');
  serveFonts(app);
  app.get('/', (_request, response) => void response.type('html').send(peoplePage()));
  serveSignIn(app, provider, accounts, options.findPerson);
  app.use('/me', userInfo(issuer, options.audience, keys, frontEnds));
  app.use(provider.callback());
  server.on('request', app);
  return {
    issuer,
    close: () => closeServer(server, 0),
  };
}

/** Front ends may return to any of their pages, after signing in and after signing out. */
function acceptFrontEnds(provider: Provider, frontEnds: FrontEnds): void {
  const { redirectUriAllowed, postLogoutRedirectUriAllowed } = provider.Client.prototype;
  provider.Client.prototype.redirectUriAllowed = function (address) {
    return this.clientId === portal.clientId
      ? frontEnds.isAddress(address)
      : redirectUriAllowed.call(this, address);
  };
  provider.Client.prototype.postLogoutRedirectUriAllowed = function (address) {
    return this.clientId === portal.clientId
      ? frontEnds.isAddress(address)
      : postLogoutRedirectUriAllowed.call(this, address);
  };
}

function serveSignIn(
  app: Express,
  provider: Provider,
  accounts: Map<string, DemoPerson | DemoBusiness>,
  findPerson: FindPerson,
): void {
  const interaction = async (request: Request, response: Response) => {
    try {
      return await provider.interactionDetails(request, response);
    } catch {
      const problem = 'La sessione di accesso è scaduta o appartiene a un’altra finestra.';
      respond(request, response, problem, problemPage(problem));
      return null;
    }
  };
  app.get('/interaction/:uid', async (request, response) => {
    const details = await interaction(request, response);
    if (details === null) return;
    // Consent is always given: the portal belongs to the town.
    if (details.prompt.name === 'consent')
      return provider.interactionFinished(
        request,
        response,
        { consent: {} },
        { mergeWithLastSubmission: true },
      );
    const atLeast = levelAsked(details.params.acr_values);
    response.type('html').send(signInPage({ action: request.originalUrl, atLeast, refused: null }));
  });
  app.post('/interaction/:uid', express.urlencoded({ extended: false }), async (request, response) => {
    const details = await interaction(request, response);
    if (details === null) return;
    const { cancel, ...form } = request.body as Record<string, string>;
    if (cancel !== undefined) return provider.interactionFinished(request, response, cancelled);
    const atLeast = levelAsked(details.params.acr_values);
    try {
      const found = await signIn(toForm(form), findPerson, atLeast);
      accounts.set(found.accountId, found.person);
      const login = { accountId: found.accountId, ...authenticationOf(found) };
      await provider.interactionFinished(request, response, { login });
    } catch (error) {
      refuse(request, response, error, toForm(form), atLeast);
    }
  });
}

const cancelled = { error: 'access_denied', error_description: 'The sign-in was cancelled.' };

/** The page offers its people, and a field for any other code. */
function toForm(body: Record<string, string>): SignInForm {
  const { code = '', person = '', method = '', level = '', password = '' } = body;
  return { code: code.trim() || person, method, level, password };
}

function refuse(
  request: Request,
  response: Response,
  error: unknown,
  form: SignInForm,
  atLeast: Level,
): void {
  const isOurs = error instanceof SignInProblem;
  const problem = isOurs ? error.italian : 'L’accesso non è riuscito.';
  const html = signInPage({ action: request.originalUrl, atLeast, refused: { form, problem } });
  respond(request, response, isOurs ? error.message : 'The sign-in failed.', html);
}

function respond(request: Request, response: Response, problem: string, html: string): void {
  response.status(400);
  if (request.accepts(['html', 'json']) === 'json') response.json({ problem });
  else response.type('html').send(html);
}

/** The typeface of the public administration, from a package: the page looks the same without Internet. */
function serveFonts(app: Express): void {
  const fonts = createRequire(import.meta.url);
  for (const [weight, name] of [
    ['400', '400Regular'],
    ['600', '600SemiBold'],
  ]) {
    const path = fonts.resolve(`@expo-google-fonts/titillium-web/${name}/TitilliumWeb_${name}.ttf`);
    app.get(`${fontPath}/${weight}`, (_request, response) =>
      response.sendFile(path, { maxAge: '1d', dotfiles: 'allow' }),
    );
  }
}
