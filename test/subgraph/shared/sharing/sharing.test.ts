import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createId } from '../../../../core/ids.ts';
import { romeDateOf, toInstant } from '../../../../core/values/index.ts';
import { luca, sofia } from '../../../../demo/town/people.ts';
import { receiveReceipt } from '../../../../subgraphs/payments/receipts/receive-receipt.action.ts';
import {
  liftRestriction,
  restrictSubject,
} from '../../../../subgraphs/retention/subjects/restrict-subject.ts';
import type { SharingScope } from '../../../../subgraphs/shared/entitlement.ts';
import { block, lift } from '../../../../subgraphs/shared/sharing/protection.ts';
import { birthOfLuca, birthOfSofia } from '../../../support/people.ts';
import { differences } from '../../../support/sharing-doors.ts';
import { type Model, Rules } from '../../../support/sharing-model.ts';
import { mutationDoors } from '../../../support/sharing-mutations.ts';
import {
  children,
  factsOf,
  type Name,
  names,
  openSharingTown,
  persons,
  type SharingTown,
} from '../../../support/sharing-town.ts';

/** `npm run soak` asks for hundreds. */
const runs = Number(process.env.SHARING_RUNS ?? 6);
const isSoak = process.env.SHARING_RUNS !== undefined;
const dayMs = 86_400_000;
const scopes: readonly SharingScope[] = ['ENROLMENT', 'ATTENDANCE', 'BILLING', 'PAYING', 'DIET'];
const lucas = luca.codiceFiscale;
const sofias = sofia.codiceFiscale;

let town: SharingTown;
beforeAll(async () => {
  town = await openSharingTown();
  await town.legacyDatabase.query(`UPDATE "SDI_DOMANDE" SET "DIETA" = 'senza glutine' WHERE "NUM_DOM" < 900`);
}, 180_000);
afterAll(() => town.close());

const dayIn = (days: number) => romeDateOf(new Date(town.services.clock.now().getTime() + days * dayMs));
const childIdOf = (code: string) => createId('Child', children[code] ?? '');
const shareMutation = `mutation ($input: ShareSchoolDataInput!) { outcome: shareSchoolData(input: $input) { __typename
  ... on SchoolDataShared { share { id } } ... on NotAllowed { code } ... on ShareInvalid { problems { code } } } }`;
const revokeMutation = `mutation ($id: ID!) { outcome: revokeShare(input: { shareId: $id }) { __typename } }`;
const payMutation = `mutation ($input: StartPaymentInput!) { outcome: startPayment(input: $input) { __typename } }`;
const applyMutation = `mutation ($input: StartPracticeInput!) { outcome: startPractice(input: $input) { __typename } }`;

interface Outcome {
  readonly __typename: string;
  readonly code?: string;
  readonly share?: { readonly id: string };
  readonly problems?: readonly { readonly code: string }[];
}

/** A course of events in the town, and what the model says of it. */
class Course {
  readonly model: Model = { shares: [], blocks: [], restricted: [], today: town.services.clock.today() };
  readonly addresses = new Set<string>();
  private readonly ids = new Map<string, string>();
  private filed = 5_000;

  async rules(): Promise<Rules> {
    this.model.today = town.services.clock.today();
    return new Rules(this.model, await factsOf(town));
  }

  async check(people: readonly Name[] = names): Promise<readonly string[]> {
    const facts = await factsOf(town);
    this.model.today = town.services.clock.today();
    const rules = new Rules(this.model, facts);
    const found: string[] = [];
    for (const name of people)
      found.push(...(await differences(town, persons[name], rules, facts, this.addresses)));
    return found;
  }

  async share(
    giver: Name,
    recipient: Name,
    child: string,
    given: readonly SharingScope[],
    endsIn: number | null,
  ) {
    const rules = await this.rules();
    const [from, to] = [persons[giver].codiceFiscale, persons[recipient].codiceFiscale];
    const endsOn = endsIn === null ? null : dayIn(endsIn);
    const input = {
      childId: childIdOf(child),
      recipientCodiceFiscale: to,
      scopes: given,
      endsOn,
      idempotencyKey: randomUUID(),
    };
    const outcome = await ask('school-billing', shareMutation, giver, { input });
    expect([giver, recipient, codeOf(outcome)]).toEqual([
      giver,
      recipient,
      expectedOf(rules, from, to, child),
    ]);
    if (outcome.share === undefined) return;
    this.model.shares = this.model.shares.filter(
      (one) => keyOf(one) !== keyOf({ giver: from, recipient: to, child }),
    );
    this.model.shares.push({ giver: from, recipient: to, child, scopes: given, endsOn });
    this.ids.set(keyOf({ giver: from, recipient: to, child }), outcome.share.id);
  }

  async revoke(position: number) {
    const share = this.model.shares[position % Math.max(1, this.model.shares.length)];
    if (share === undefined) return;
    const giver = names.find((name) => persons[name].codiceFiscale === share.giver) as Name;
    await ask('school-billing', revokeMutation, giver, { id: this.ids.get(keyOf(share)) });
    // Whoever sees the child no more cannot end the share; it shows nothing meanwhile.
    if ((await this.rules()).blockOf(share.giver, share.child) !== undefined) return;
    this.model.shares = this.model.shares.filter((one) => one !== share);
  }

  async block(person: Name, child: string, endsIn: number | null) {
    const code = persons[person].codiceFiscale;
    const until = endsIn === null ? null : dayIn(endsIn);
    if ((await this.rules()).blockOf(code, child) !== undefined) return;
    await block(town.services, { child, person: code, until, reference: 'act' });
    this.model.blocks = this.model.blocks.filter((one) => one.person !== code || one.child !== child);
    this.model.blocks.push({ person: code, child, until, sinceMs: town.services.clock.now().getTime() });
  }

  async lift(position: number) {
    const found = this.model.blocks[position % Math.max(1, this.model.blocks.length)];
    if (found === undefined) return;
    await lift(town.services, { ...found, reference: 'over' });
    this.model.blocks = this.model.blocks.filter((one) => one !== found);
  }

  async restrict(code: string) {
    await restrictSubject(town.services, code as never, [], '');
    this.model.restricted = [...new Set([...this.model.restricted, code])];
  }

  async liftRestriction(position: number) {
    const code = this.model.restricted[position % Math.max(1, this.model.restricted.length)];
    if (code === undefined) return;
    expect(await liftRestriction(town.services, code as never)).toBe(true);
    this.model.restricted = this.model.restricted.filter((one) => one !== code);
  }

  /** As of a child that they see, or else by its code as of a child that nobody knows. */
  async apply(person: Name, child: string) {
    const isSeen = (await this.rules()).visible(persons[person].codiceFiscale, 'Child').has(childIdOf(child));
    const newChild = {
      codiceFiscale: child,
      firstName: 'Un',
      lastName: 'Bimbo',
      birthDate: child === lucas ? birthOfLuca : birthOfSofia,
    };
    const input = {
      templateId: createId('PracticeTemplate', 'ISCR-2026'),
      idempotencyKey: randomUUID(),
      ...(isSeen ? { childId: childIdOf(child) } : { newChild }),
    };
    const outcome = await ask('practices', applyMutation, person, { input });
    expect(outcome.__typename).toBe('PracticeStarted');
  }

  /** The office accepts an application, and bills it. */
  async accept(person: Name, child: string) {
    this.filed++;
    const { legacyDatabase } = town;
    const subject = async (code: string) =>
      (await legacyDatabase.query(`SELECT "COD_SOGG" AS key FROM "AN_SOGG" WHERE "COD_FISC" = $1`, [code]))
        .rows[0].key;
    const [applicant, pupil] = [await subject(persons[person].codiceFiscale), await subject(child)];
    const values = [2026, this.filed, applicant, pupil];
    await legacyDatabase.query(
      `INSERT INTO "SDI_DOMANDE" SELECT (r).* FROM (SELECT jsonb_populate_record(d, jsonb_build_object('ANNO_DOM', $1::int, 'NUM_DOM', $2::int,
         'COD_RICH', $3::text, 'COD_ALUN', $4::text, 'STATO', 'A', 'COD_PRAT', 0)) AS r FROM "SDI_DOMANDE" d WHERE "NUM_DOM" = 911) q`,
      values,
    );
    await legacyDatabase.query(
      `INSERT INTO "SDI_FATT" SELECT (r).* FROM (SELECT jsonb_populate_record(f, jsonb_build_object('ANNO_FATT', $1::int, 'NUM_FATT', $2::int,
         'ANNO_DOM', $1::int, 'NUM_DOM', $2::int, 'COD_INTE', $3::text, 'COD_ALUN', $4::text)) AS r FROM "SDI_FATT" f WHERE "NUM_FATT" = 90911) q`,
      values,
    );
  }

  async decideAnew() {
    await town.legacyDatabase.query(`UPDATE "SDI_DOMANDE" SET "STATO" = 'R' WHERE "NUM_DOM" = $1`, [
      this.filed,
    ]);
  }

  async pay(person: Name, which: number) {
    const facts = await factsOf(town);
    const debts = [...new Set(facts.filter(({ type }) => type === 'Debt').map(({ id }) => id))];
    const id = debts[which % debts.length] ?? '';
    const isAllowed = (await this.rules()).payable(persons[person].codiceFiscale).has(id);
    const input = { debtIds: [id], returnUrl: 'https://portal.test/', idempotencyKey: randomUUID() };
    const before = town.pagopa.carts.length;
    const { __typename } = await ask('payments', payMutation, person, { input });
    expect([person, id, __typename !== 'NotAllowed']).toEqual([person, id, isAllowed]);
    const cart = town.pagopa.carts[before];
    if (cart === undefined) return;
    // pagoPA names the payer or does not; it is the person who started either way.
    const payer = which % 2 === 0 ? null : { codiceFiscale: persons[person].codiceFiscale, name: 'Chi Paga' };
    const paidAt = toInstant(town.services.clock.now());
    for (const receipt of town.pagopa.pay(cart, { payer: payer as never, paidAt }))
      await receiveReceipt(town.services, receipt, 'NODE');
  }

  async end() {
    await town.owner.query(
      `DELETE FROM subject_restriction; DELETE FROM school_share_key; DELETE FROM school_share; DELETE FROM protection_block`,
    );
    await town.owner.query(`TRUNCATE practice CASCADE`);
    await town.legacyDatabase.query(`DELETE FROM "SDI_FATT" WHERE "NUM_FATT" BETWEEN 5000 AND 6000`);
    await town.legacyDatabase.query(`DELETE FROM "SDI_DOMANDE" WHERE "NUM_DOM" BETWEEN 5000 AND 6000`);
  }
}

const keyOf = ({ giver, recipient, child }: { giver: string; recipient: string; child: string }) =>
  `${giver} ${recipient} ${child}`;
const codeOf = ({ __typename, code, problems }: Outcome) => code ?? problems?.[0]?.code ?? __typename;

async function ask(
  subgraph: string,
  source: string,
  as: Name,
  variables: Record<string, unknown>,
): Promise<Outcome> {
  const { data, errors } = await town.query(subgraph, source, persons[as], variables);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data.outcome as Outcome;
}

/** What sharing is answered with, in the words of the issue. */
function expectedOf(rules: Rules, giver: string, recipient: string, child: string): string {
  if (!rules.visible(giver, 'Child').has(childIdOf(child))) return 'NOT_ALLOWED';
  if (!rules.isApplicant(giver, child))
    return rules.givers(giver, child, scopes).length > 0 ? 'SHARED_BY_ANOTHER' : 'NOT_APPLICANT';
  if (giver === recipient) return 'RECIPIENT_IS_CALLER';
  return rules.isApplicant(recipient, child) ? 'RECIPIENT_IS_APPLICANT' : 'SchoolDataShared';
}

it('asks every mutation that names a child, a debt, a practice or a share', () => {
  const doors = mutationDoors(town.subgraphs).map(({ mutation, field }) => `${mutation} ${field}`);
  expect(doors).toEqual(
    expect.arrayContaining([
      'shareSchoolData childId',
      'revokeShare shareId',
      'startPayment debtIds',
      'startPractice childId',
      'savePractice practiceId',
    ]),
  );
});

describe('the access matrix of shares and blocks', () => {
  let course: Course;
  afterEach(() => course.end());

  const callers: Readonly<Record<string, (of: Course) => Promise<void>>> = {
    'nobody shares or hides': async () => undefined,
    ...Object.fromEntries(
      scopes.map((scope) => [
        `shared with ${scope}`,
        (of: Course) => of.share('claudia', 'marco', lucas, [scope], null),
      ]),
    ),
    'shared with all': async (of) => {
      await of.share('claudia', 'paolo', lucas, scopes, null);
      await of.share('claudia', 'marco', sofias, scopes, null);
    },
    revoked: async (of) => {
      await of.share('claudia', 'paolo', lucas, scopes, null);
      expect(await of.check(['paolo'])).toEqual([]);
      await of.revoke(0);
    },
    ended: async (of) => {
      await of.share('claudia', 'paolo', lucas, scopes, 1);
      expect(await of.check(['paolo'])).toEqual([]);
      town.pass(2 * dayMs);
    },
    'blocked as parent': (of) => of.block('marco', sofias, null),
    'blocked as applicant': async (of) => {
      expect(await of.check(['giulia', 'claudia'])).toEqual([]);
      await of.block('giulia', lucas, null);
      await of.block('claudia', sofias, 5);
    },
    'blocked with a share': async (of) => {
      await of.share('claudia', 'paolo', lucas, scopes, null);
      await of.share('giulia', 'marco', lucas, ['BILLING'], null);
      expect(await of.check(['paolo', 'marco'])).toEqual([]);
      await of.block('paolo', lucas, null);
      await of.block('giulia', lucas, null);
    },
    restricted: async (of) => {
      await of.share('claudia', 'paolo', lucas, scopes, null);
      await of.share('claudia', 'marco', sofias, scopes, null);
      await of.share('claudia', 'giulia', sofias, scopes, null);
      await of.restrict(persons.paolo.codiceFiscale);
      await of.restrict(sofias);
    },
  };

  it.each(Object.keys(callers))('%s: every root, entity, edge, mutation, notice and file', async (name) => {
    course = new Course();
    await callers[name]?.(course);
    // The giver has most of what there is, which shares do not change.
    const isOfAll = ['nobody shares or hides', 'shared with all', 'blocked as applicant'].includes(name);
    expect(await course.check(isOfAll ? names : ['marco', 'giulia', 'paolo'])).toEqual([]);
  });
});

const name = fc.constantFrom(...names);
const child = fc.constantFrom(lucas, sofias);
const endsIn = fc.constantFrom(null, null, 0, 1, 3);
const number = fc.nat(1_000);
type Step = (course: Course) => Promise<void>;
const step: fc.Arbitrary<readonly [string, Step]> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        fc.constantFrom<Name>('claudia', 'claudia', 'giulia', 'marco'),
        name,
        child,
        fc.subarray([...scopes], { minLength: 1 }),
        endsIn,
      )
      .map(
        ([giver, recipient, of, given, days]) =>
          [
            `share ${giver} ${recipient} ${of} ${given} ${days}`,
            (course: Course) => course.share(giver, recipient, of, given, days),
          ] as const,
      ),
  },
  { weight: 1, arbitrary: number.map((n) => [`revoke ${n}`, (course: Course) => course.revoke(n)] as const) },
  {
    weight: 1,
    arbitrary: fc.nat(2).map((days) => [`pass ${days}`, async () => town.pass(days * dayMs)] as const),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(name, child, endsIn)
      .map(
        ([person, of, days]) =>
          [`block ${person} ${of} ${days}`, (course: Course) => course.block(person, of, days)] as const,
      ),
  },
  { weight: 1, arbitrary: number.map((n) => [`lift ${n}`, (course: Course) => course.lift(n)] as const) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(...names.map((one) => persons[one].codiceFiscale), lucas, sofias)
      .map((code) => [`restrict ${code}`, (course: Course) => course.restrict(code)] as const),
  },
  {
    weight: 1,
    arbitrary: number.map(
      (n) => [`lift restriction ${n}`, (course: Course) => course.liftRestriction(n)] as const,
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(name, child)
      .map(
        ([person, of]) => [`apply ${person} ${of}`, (course: Course) => course.apply(person, of)] as const,
      ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(name, child)
      .map(
        ([person, of]) => [`accept ${person} ${of}`, (course: Course) => course.accept(person, of)] as const,
      ),
  },
  { weight: 1, arbitrary: fc.constant([`decide anew`, (course: Course) => course.decideAnew()] as const) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(name, number)
      .map(([person, n]) => [`pay ${person} ${n}`, (course: Course) => course.pay(person, n)] as const),
  },
);

it(`shows nobody a field more than the model allows, whatever is shared, blocked, filed and paid (${runs} runs)`, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(step, name), { minLength: 3, maxLength: isSoak ? 12 : 6 }),
      async (steps) => {
        const course = new Course();
        const done: string[] = [];
        try {
          for (const [[what, act], watcher] of steps) {
            // No two things happen at one moment.
            town.pass(1_000);
            done.push(what);
            await act(course);
            expect([done, await course.check([watcher])]).toEqual([done, []]);
          }
          expect([done, await course.check(isSoak ? names : ['marco', 'giulia', 'paolo'])]).toEqual([
            done,
            [],
          ]);
        } finally {
          await course.end();
        }
      },
    ),
    { numRuns: runs, endOnFailure: !isSoak },
  );
}, 3_600_000);
