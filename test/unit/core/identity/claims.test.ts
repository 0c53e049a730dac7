import { describe, expect, it } from '@jest/globals';
import type { JWTPayload } from 'jose';
import type { AppError } from '../../../../core/errors.ts';
import { challengeHeader } from '../../../../core/identity/challenge.ts';
import { toCaller } from '../../../../core/identity/claims.ts';
import { createPersonId, isIdOf } from '../../../../core/identity/person-id.ts';

const idSecret = 'i'.repeat(32);
const code = 'RSSCLD84C52A794Q';
const eid = 'https://attributes.eid.gov.it/';
const acr = 'https://www.spid.gov.it/SpidL2';
const claudia = {
  acr,
  [`${eid}fiscal_number`]: `TINIT-${code}`,
  given_name: 'Claudia',
  family_name: 'Rossi',
};
const program = { client_id: 'integrator', sub: 'integrator', scope: 'payment:status' };

const callerOf = (claims: JWTPayload) => toCaller(claims, [idSecret]);
function refusalOf(claims: JWTPayload): AppError {
  try {
    toCaller(claims, [idSecret]);
  } catch (error) {
    return error as AppError;
  }
  throw new Error('It was accepted.');
}

describe('the claims of a token', () => {
  it('name a citizen by an opaque id', () => {
    expect(callerOf(claudia)).toEqual({
      kind: 'citizen',
      id: 'whVmK2psaVGyU7kNp9Wnt6',
      codiceFiscale: code,
      firstName: 'Claudia',
      lastName: 'Rossi',
      birthDate: null,
      email: null,
      phone: null,
      signInMethod: 'SPID',
      level: 2,
    });
    expect(createPersonId('another', code)).not.toBe(createPersonId(idSecret, code));
  });

  it('name the same citizen after the secret of ids was changed, and by the ids of before', () => {
    const rotated = toCaller(claudia, ['n'.repeat(32), idSecret]);
    const id = createPersonId('n'.repeat(32), code);
    expect(rotated).toMatchObject({ kind: 'citizen', id, formerIds: ['whVmK2psaVGyU7kNp9Wnt6'] });
    expect(isIdOf(rotated, id)).toBe(true);
    expect(isIdOf(rotated, 'whVmK2psaVGyU7kNp9Wnt6')).toBe(true);
    expect(isIdOf(rotated, createPersonId(idSecret, 'RSSCLD84C52A794R'))).toBe(false);
    expect(isIdOf(toCaller(claudia, ['n'.repeat(32)]), 'whVmK2psaVGyU7kNp9Wnt6')).toBe(false);
    expect(isIdOf({ kind: 'machine', clientId: id, scopes: [] }, id)).toBe(false);
  });

  it.each([
    ['SPID with its prefix', { [`${eid}fiscal_number`]: `TINIT-${code}` }],
    ['SPID in lower case', { [`${eid}fiscal_number`]: `tinit-${code.toLowerCase()}` }],
    ['the older name', { 'https://attributes.spid.gov.it/fiscal_number': code }],
    ["SPID's older guideline", { 'https://attributes.spid.gov.it/fiscalNumber': code }],
    ['SAML and OneIdentity', { fiscalNumber: `TINIT-${code}` }],
    ['a proxy in front of SAML', { fiscalNumber: [`TINIT-${code}`] }],
    ['a plain name', { fiscal_number: code }],
    ['several names that agree', { fiscal_number: code, fiscalNumber: `TINIT-${code.toLowerCase()}` }],
  ])('hold the codice fiscale of %s', (_, claims) => {
    expect(callerOf({ acr, ...claims })).toMatchObject({ kind: 'citizen', codiceFiscale: code });
  });

  it.each([
    'Fiscal_Number',
    'FISCAL_NUMBER',
    'fiscalnumber',
    'FiscalNumber',
    'CODICE_FISCALE',
    'codiceFiscale',
    'https://ATTRIBUTES.eid.gov.it/fiscal_number',
    'https://attributes.eid.gov.it.example.org/fiscal_number',
    'http://attributes.eid.gov.it/fiscal_number',
    'https://attributes.eid.gov.it/Fiscal_Number',
    ' fiscal_number',
    'fiscal_number\u0000',
  ])('hold no codice fiscale under %j', (name) => {
    expect(refusalOf({ acr, [name]: code }).message).toMatch(/names neither/);
    expect(callerOf({ ...claudia, [name]: 'VRDMRC80A01A794X' })).toMatchObject({ codiceFiscale: code });
  });

  it.each<[string, JWTPayload, RegExp]>([
    ['two codici fiscali', { ...claudia, fiscalNumber: 'VRDMRC80A01A794X' }, /two different codes/],
    ['one that is none beside one', { ...claudia, codice_fiscale: 'admin' }, /two different codes/],
    ['two partite IVA', { vat_number: '03123450169', ivaCode: '00488410010', amr: ['pwd'] }, /two different/],
    ['a list of two', { acr, fiscal_number: [code, 'VRDMRC80A01A794X'] }, /names neither/],
    ['nobody', { acr, sub: 'somebody' }, /names neither/],
    ['nobody, in an inherited way', Object.create({ ...claudia }) as JWTPayload, /names neither/],
    ['an unreadable code beside a program', { ...program, fiscal_number: 'TINIT-nobody' }, /names neither/],
    ['the code of a body as a person', { acr, fiscal_number: '00300120169' }, /names neither/],
    ['a program and another subject', { ...program, sub: 'somebody' }, /names neither/],
    ['a program with an empty subject', { ...program, sub: '' }, /names neither/],
    ['a program without a scope', { client_id: 'integrator', sub: 'integrator' }, /names neither/],
    ['a scope without a program', { scope: 'payment:status' }, /names neither/],
    ['Client_Id', { Client_Id: 'integrator', scope: 'payment:status' }, /names neither/],
    ['AZP', { AZP: 'integrator', scope: 'payment:status' }, /names neither/],
    ['Scope', { client_id: 'integrator', RequestContext: 'payment:status' }, /names neither/],
    [
      'a scope with a prefix',
      { client_id: 'integrator', [`${eid}scope`]: 'payment:status' },
      /names neither/,
    ],
    ['a password for a citizen', { ...claudia, amr: ['pwd'] }, /partita IVA only/],
    ['a password as a text', { ...claudia, amr: 'pwd' }, /partita IVA only/],
    ['a password twice', { ...claudia, amr: ['pwd', 'pwd'] }, /partita IVA only/],
    ['a password by its stated method', { ...claudia, sign_in_method: 'VAT_PASSWORD' }, /partita IVA only/],
  ])('are refused when they hold %s', (_, claims, sentence) => {
    const { code: errorCode, message } = refusalOf(claims);
    expect([errorCode, message]).toEqual(['UNAUTHENTICATED', expect.stringMatching(sentence)]);
    expect(message).not.toContain(code);
  });

  it.each<[string, JWTPayload]>([
    ['a password and a second method', { ...claudia, amr: ['pwd', 'otp'] }],
    ['a method that has "pwd" in its name', { ...claudia, amr: ['hwpwd'] }],
    ['no method', { ...claudia, amr: [] }],
    ['AMR', { ...claudia, AMR: ['pwd'] }],
    ['Sign_In_Method', { ...claudia, Sign_In_Method: 'VAT_PASSWORD' }],
  ])('of a citizen are accepted with %s', (_, claims) => {
    expect(callerOf(claims)).toMatchObject({ kind: 'citizen', signInMethod: 'SPID' });
  });

  it.each<[string, JWTPayload, string, number]>([
    ['SpidL3', { acr: 'https://www.spid.gov.it/SpidL3' }, 'SPID', 3],
    ['CieL2', { acr: 'https://idserver.servizicie.interno.gov.it/CieL2' }, 'CIE', 2],
    ["SPID's levels at CIE", { acr, sign_in_method: 'CIE' }, 'CIE', 2],
    ['a smart card', { acr: 'urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI' }, 'CNS', 3],
    [
      'a certificate of the connection',
      { acr: 'urn:oasis:names:tc:SAML:2.0:ac:classes:TLSClient' },
      'CNS',
      3,
    ],
    ['eIDAS high', { acr: 'http://eidas.europa.eu/LoA/high' }, 'EIDAS', 3],
    ['eIDAS substantial', { acr: 'http://eidas.europa.eu/LoA/substantial' }, 'EIDAS', 2],
    ['a broker that says which', { acr, idp_type: 'cns' }, 'CNS', 2],
    ['a broker with a name of its own', { acr, idp_type: 'library card' }, 'OTHER', 2],
  ])('say the method and level of %s', (_, claims, signInMethod, level) => {
    expect(callerOf({ ...claudia, ...claims })).toMatchObject({ signInMethod, level });
  });

  it.each<[string, JWTPayload]>([
    ['level 1', { acr: 'https://www.spid.gov.it/SpidL1' }],
    ['eIDAS low', { acr: 'http://eidas.europa.eu/LoA/low' }],
    ['words that are not known', { acr: 'very high' }],
    ['a level with something appended', { acr: 'https://www.spid.gov.it/SpidL2/extra' }],
    ['a level with something before it', { acr: 'https://evil.example/https://www.spid.gov.it/SpidL2' }],
    ["another server's level", { acr: 'https://evil.example/CieL3' }],
    ['level 4', { acr: 'https://www.spid.gov.it/SpidL4' }],
    ['nothing', { acr: undefined }],
    ['ACR in place of acr', { acr: undefined, ACR: acr }],
    ['ACR beside acr', { acr: 'https://www.spid.gov.it/SpidL1', ACR: 'https://www.spid.gov.it/SpidL3' }],
    ['acr with a prefix', { acr: undefined, [`${eid}acr`]: acr }],
    ['two levels in a list', { acr: [acr, 'https://www.spid.gov.it/SpidL3'] }],
    ['a stated method alone', { acr: undefined, sign_in_method: 'CIE', amr: ['hwk', 'pin'] }],
  ])('ask for a higher sign-in, as in RFC 9470, for %s', (_, claims) => {
    expect(challengeHeader(refusalOf({ ...claudia, ...claims }))).toBe(
      'Bearer error="insufficient_user_authentication", error_description="A sign-in with SPID level 2 or higher is needed.", acr_values="https://www.spid.gov.it/SpidL2"',
    );
  });

  it('name a business by its password, and a program by its scopes', () => {
    const business = {
      [`${eid}vat_number`]: 'VATIT-03123450169',
      [`${eid}company_name`]: 'Trattoria',
      amr: ['pwd'],
    };
    expect(callerOf(business)).toMatchObject({
      kind: 'business',
      partitaIva: '03123450169',
      name: 'Trattoria',
    });
    expect(callerOf({ ...program, scope: ' payment:status  other ' })).toEqual({
      kind: 'machine',
      clientId: 'integrator',
      scopes: ['payment:status', 'other'],
    });
    expect(callerOf({ azp: 'integrator', scope: 'payment:status' })).toMatchObject({
      clientId: 'integrator',
    });
  });
});
