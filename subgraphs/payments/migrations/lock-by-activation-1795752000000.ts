import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Only pagoPA's activation locks a debt; our sessions do not: any number of sessions of one debt may be open.
 * A session has an owner, so that its payer finds it again, and lasts as long as pagoPA collects for its cart.
 *
 * `is_live` and its trigger stay for the version before, which locks by them: drop them when no program reads them.
 */
export class LockByActivation1795752000000 implements MigrationInterface {
  readonly name = 'LockByActivation1795752000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX payment_session_item_live;

      -- The person or business that was signed in; null if nobody was.
      ALTER TABLE payment_session ADD COLUMN owner text;
      CREATE INDEX payment_session_owner ON payment_session (owner) WHERE owner IS NOT NULL AND state = 'STARTED';

      CREATE OR REPLACE FUNCTION keep_payment_session() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'Payment sessions are kept.'; END IF;
          IF (NEW.id, NEW.creditor, NEW.amount, NEW.request_key, NEW.request_content, NEW.created_at)
            IS DISTINCT FROM (OLD.id, OLD.creditor, OLD.amount, OLD.request_key, OLD.request_content, OLD.created_at)
            OR (OLD.checkout_url IS NOT NULL AND (NEW.cart_id, NEW.checkout_url) IS DISTINCT FROM (OLD.cart_id, OLD.checkout_url))
          THEN RAISE EXCEPTION 'What a payment session is about never changes.'; END IF;
          IF NEW.expires_at <> OLD.expires_at AND (OLD.state <> 'STARTED' OR NEW.expires_at < OLD.expires_at)
          THEN RAISE EXCEPTION 'A payment session only lasts longer, and only while it is open.'; END IF;
          -- Money that came settles what had failed or expired; nothing else leads away from an end.
          IF NEW.state <> OLD.state AND (OLD.state = 'SETTLED' OR (OLD.state <> 'STARTED' AND NEW.state <> 'SETTLED'))
          THEN RAISE EXCEPTION 'A payment session does not go from % to %.', OLD.state, NEW.state; END IF;
          RETURN NEW;
        END $$;

      CREATE OR REPLACE FUNCTION keep_payment_session_item() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'Payment sessions are kept.'; END IF;
          IF (NEW.session_id, NEW.position, NEW.creditor, NEW.iuv, NEW.numero_avviso, NEW.debtor, NEW.amount, NEW.description)
            IS DISTINCT FROM (OLD.session_id, OLD.position, OLD.creditor, OLD.iuv, OLD.numero_avviso, OLD.debtor, OLD.amount, OLD.description)
            OR (OLD.receipt_id IS NOT NULL AND NEW.receipt_id IS DISTINCT FROM OLD.receipt_id)
          THEN RAISE EXCEPTION 'What a payment session is about never changes.'; END IF;
          RETURN NEW;
        END $$;

      -- The last paGetPaymentV2 of each debt that our station answered with the debt. A later one replaces it: pagoPA
      -- asks again only once the earlier one is over.
      CREATE TABLE payment_activation (
        creditor text NOT NULL, iuv text NOT NULL, debtor text NOT NULL,
        -- As the node states it in paymentNote; null if the debt is paid without a cart of ours.
        cart_id text,
        activated_at timestamptz NOT NULL, locked_until timestamptz NOT NULL CHECK (locked_until > activated_at),
        PRIMARY KEY (iuv, creditor)
      );
      CREATE INDEX payment_activation_debtor ON payment_activation (debtor);
      CREATE INDEX payment_activation_cart ON payment_activation (cart_id) WHERE cart_id IS NOT NULL;`);
  }

  async down(): Promise<void> {
    throw new Error('Sessions of one debt may be open at once by now: this cannot be undone.');
  }
}
