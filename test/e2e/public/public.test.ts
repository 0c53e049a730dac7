import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { claudia, creditorCode } from '../../../demo/town/people.ts';
import { FamilyDocument, NoticeDocument, PublicDocument } from '../client.generated.ts';
import { openTestTown, type TestTown, transports } from '../open-test-town.ts';

describe.each(transports)('without a sign-in, subgraphs %s', (transport) => {
  let town: TestTown;
  beforeAll(async () => {
    town = await openTestTown(transport);
  });
  afterAll(() => town.close());

  it('shows menus, procedures with their templates, and kinds of payment', async () => {
    const { data, errors } = await town.ask(PublicDocument, {});
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      me: null,
      myBusiness: null,
      municipality: {
        name: 'Comune di Calvenzano',
        codiceFiscale: creditorCode,
        offices: [{ phone: '0363/860734-33' }],
      },
    });
    expect(data?.serviceAreas).toHaveLength(6);
    const procedures = data?.practiceCategories?.[0]?.procedures ?? [];
    expect(procedures.map(({ title }) => title)[0]).toBe('Iscrizione Servizi Scolastici');
    const templates = procedures[0]?.templates ?? [];
    expect(templates.map(({ isOpen }) => isOpen)).toEqual([true, false, false, false, false, false, false]);
    expect(templates[2]?.title).toBe('Modello Iscrizione Mensa A.S. 2024/2025');
    expect(templates[0]?.form.fields.length).toBeGreaterThan(15);
    expect(data?.paymentKinds?.totalCount).toBeGreaterThan(40);
    const sheet = await fetch(templates[0]?.informationSheet?.downloadUrl ?? '');
    expect([sheet.status, (await sheet.text()).slice(0, 5)]).toEqual([200, '%PDF-']);
  });

  it('shows a notice to anyone with its number, and more to its debtor only', async () => {
    const token = await town.tokenOf(claudia.codiceFiscale);
    const answer = await town.post(
      { query: '{ me { debts(status: [PAYABLE]) { numeroAvviso amount iuv } } }' },
      { authorization: `Bearer ${token}` },
    );
    const { data } = (await answer.json()) as {
      data: { me: { debts: { numeroAvviso: string; amount: number; iuv: string }[] } };
    };
    const { numeroAvviso = '', amount, iuv } = data.me.debts[0] ?? {};
    const wanted = { numeroAvviso, creditor: creditorCode };
    const known = await town.ask(NoticeDocument, { ...wanted, debtor: claudia.codiceFiscale.toLowerCase() });
    expect(known.data).toMatchObject({
      paymentNotice: { creditorName: 'Comune di Calvenzano', amount, status: 'PAYABLE' },
      paymentArchive: { status: 'PAYABLE' },
    });
    expect(JSON.stringify(known)).not.toMatch(/Claudia|Rossi|RSSCLD/);
    const guessed = await town.ask(NoticeDocument, { ...wanted, debtor: 'BNCMRC82L25L400X' });
    expect(guessed.data?.paymentArchive).toBeNull();

    const byIuv = {
      query: 'query ($iuv: Iuv!) { paymentStatusByIuv(iuv: $iuv) { status amount } }',
      variables: { iuv },
    };
    const codeOf = async (headers?: Record<string, string>) => (await town.post(byIuv, headers)).json();
    expect(await codeOf()).toMatchObject({
      data: { paymentStatusByIuv: null },
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
    expect(await codeOf({ authorization: `Bearer ${token}` })).toMatchObject({
      errors: [{ extensions: { code: 'FORBIDDEN' } }],
    });
    const machine = await town.machineToken('payment:status');
    expect(await codeOf({ authorization: `Bearer ${machine}` })).toEqual({
      data: { paymentStatusByIuv: { status: 'PAYABLE', amount } },
    });
    expect((await town.ask(FamilyDocument, {}, machine)).data).toEqual({ me: null });
  });

  it.each([
    [
      'a codice fiscale with a wrong check letter',
      { numeroAvviso: '301000000000004285', creditor: 'RSSCLD84C52A794A', debtor: 'x' },
    ],
    [
      'a notice number with wrong check digits',
      { numeroAvviso: '301000000000004286', creditor: creditorCode, debtor: 'x' },
    ],
  ])('refuses %s with a sentence', async (_, variables) => {
    const response = await town.ask(NoticeDocument, variables);
    expect(response.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect(response.errors?.[0]?.message).toMatch(/expected/);
  });

  it.each([
    ['no page of more than a hundred', '{ paymentKinds(first: 101) { totalCount } }'],
    ['no cursor of another list', '{ paymentKinds(after: "SW52b2ljZQ") { totalCount } }'],
  ])('accepts %s', async (_, query) => {
    expect(await (await town.post({ query })).json()).toMatchObject({
      data: { paymentKinds: null },
      errors: [
        { path: ['paymentKinds'], extensions: { code: 'BAD_USER_INPUT', requestId: expect.any(String) } },
      ],
    });
  });
});
