import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Sessions, receipts and spontaneous payments. What must never happen is refused here, whatever the code above does:
 * two live sessions of one debt, a session that goes backwards, a second receipt that settles, a receipt that changes.
 */
export class CreatePayments1764100000000 implements MigrationInterface {
  readonly name = 'CreatePayments1764100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE payment_session (
        -- The capability: who knows it may see the session. Jobs and logs know the number.
        id text PRIMARY KEY CHECK (length(id) >= 32),
        number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        state text NOT NULL DEFAULT 'STARTED' CHECK (state IN ('STARTED', 'SETTLED', 'FAILED', 'EXPIRED')),
        failure text CHECK (failure IN ('CANCELLED_BY_PAYER', 'REFUSED', 'AMOUNT_CHANGED', 'OTHER')),
        creditor text NOT NULL, amount bigint NOT NULL CHECK (amount > 0),
        -- Hashes of the caller's idempotency key and of what was asked for under it.
        request_key bytea NOT NULL, request_content bytea NOT NULL,
        created_at timestamptz NOT NULL, expires_at timestamptz NOT NULL CHECK (expires_at > created_at),
        ended_at timestamptz, asked_at timestamptz,
        -- The cart that a payer may have been sent to.
        cart_id uuid UNIQUE, checkout_url text,
        CHECK ((state = 'STARTED') = (ended_at IS NULL)),
        CHECK ((state = 'FAILED') = (failure IS NOT NULL)),
        CHECK ((cart_id IS NULL) = (checkout_url IS NULL))
      );
      -- A key has one session; one without a cart that ended leaves it free again.
      CREATE UNIQUE INDEX payment_session_request ON payment_session (request_key)
        WHERE state = 'STARTED' OR checkout_url IS NOT NULL;

      CREATE TABLE payment_session_item (
        session_id text NOT NULL REFERENCES payment_session, position smallint NOT NULL CHECK (position BETWEEN 1 AND 5),
        creditor text NOT NULL, iuv text NOT NULL, numero_avviso text NOT NULL, debtor text NOT NULL,
        amount bigint NOT NULL CHECK (amount > 0), description text NOT NULL,
        is_live boolean NOT NULL DEFAULT true, receipt_id text,
        PRIMARY KEY (session_id, position)
      );
      CREATE UNIQUE INDEX payment_session_item_live ON payment_session_item (iuv, creditor) WHERE is_live;
      CREATE INDEX payment_session_item_debt ON payment_session_item (iuv, creditor);
      CREATE INDEX payment_session_item_debtor ON payment_session_item (debtor) WHERE is_live;

      CREATE FUNCTION keep_payment_session() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'Payment sessions are kept.'; END IF;
          IF (NEW.id, NEW.creditor, NEW.amount, NEW.request_key, NEW.request_content, NEW.created_at, NEW.expires_at)
            IS DISTINCT FROM (OLD.id, OLD.creditor, OLD.amount, OLD.request_key, OLD.request_content, OLD.created_at, OLD.expires_at)
            OR (OLD.checkout_url IS NOT NULL AND (NEW.cart_id, NEW.checkout_url) IS DISTINCT FROM (OLD.cart_id, OLD.checkout_url))
          THEN RAISE EXCEPTION 'What a payment session is about never changes.'; END IF;
          -- Money that came settles what had failed or expired; nothing else leads away from an end.
          IF NEW.state <> OLD.state AND (OLD.state = 'SETTLED' OR (OLD.state <> 'STARTED' AND NEW.state <> 'SETTLED'))
          THEN RAISE EXCEPTION 'A payment session does not go from % to %.', OLD.state, NEW.state; END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER payment_session_kept BEFORE UPDATE OR DELETE ON payment_session
        FOR EACH ROW EXECUTE FUNCTION keep_payment_session();

      CREATE FUNCTION free_payment_session_items() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          UPDATE payment_session_item SET is_live = false WHERE session_id = NEW.id AND is_live;
          RETURN NULL;
        END $$;
      CREATE TRIGGER payment_session_ended AFTER UPDATE OF state ON payment_session
        FOR EACH ROW WHEN (OLD.state = 'STARTED' AND NEW.state <> 'STARTED') EXECUTE FUNCTION free_payment_session_items();

      CREATE FUNCTION keep_payment_session_item() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'Payment sessions are kept.'; END IF;
          IF (NEW.session_id, NEW.position, NEW.creditor, NEW.iuv, NEW.numero_avviso, NEW.debtor, NEW.amount, NEW.description)
            IS DISTINCT FROM (OLD.session_id, OLD.position, OLD.creditor, OLD.iuv, OLD.numero_avviso, OLD.debtor, OLD.amount, OLD.description)
            OR (OLD.receipt_id IS NOT NULL AND NEW.receipt_id IS DISTINCT FROM OLD.receipt_id)
          THEN RAISE EXCEPTION 'What a payment session is about never changes.'; END IF;
          IF NEW.is_live <> (SELECT state = 'STARTED' FROM payment_session WHERE id = NEW.session_id)
          THEN RAISE EXCEPTION 'An item lives as long as its session.'; END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER payment_session_item_kept BEFORE UPDATE OR DELETE ON payment_session_item
        FOR EACH ROW EXECUTE FUNCTION keep_payment_session_item();

      CREATE TABLE payment_receipt (
        creditor text NOT NULL, iuv text NOT NULL, receipt_id text NOT NULL,
        numero_avviso text NOT NULL, amount bigint NOT NULL CHECK (amount > 0), paid_at timestamptz NOT NULL,
        description text NOT NULL, psp_name text NOT NULL, payment_method text, cart_id text,
        -- Whose debt it is, as we know it, or as the receipt says where we do not.
        debtor text, debtor_name text, payer text, payer_name text,
        source text NOT NULL CHECK (source IN ('NODE', 'POLL')), received_at timestamptz NOT NULL,
        -- The first of a debt settles it; another is money that was paid twice.
        settles boolean NOT NULL,
        -- What the operator should look at.
        remarks text[] NOT NULL,
        PRIMARY KEY (iuv, creditor, receipt_id)
      );
      CREATE UNIQUE INDEX payment_receipt_settles ON payment_receipt (iuv, creditor) WHERE settles;
      CREATE INDEX payment_receipt_debtor ON payment_receipt (debtor) WHERE debtor IS NOT NULL;
      CREATE INDEX payment_receipt_payer ON payment_receipt (payer) WHERE payer IS NOT NULL;
      CREATE INDEX payment_receipt_remarks ON payment_receipt (received_at) WHERE remarks <> '{}';
      CREATE FUNCTION refuse_receipt_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'Receipts are added and never changed or removed.'; END $$;
      CREATE TRIGGER payment_receipt_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_receipt
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_receipt_change();

      -- The thirteen digits of a notice number that are ours to choose: never the same twice.
      CREATE SEQUENCE spontaneous_notice MINVALUE 1 MAXVALUE 9999999999999 NO CYCLE;
      CREATE TABLE spontaneous_payment (
        id bigint PRIMARY KEY, request_key bytea NOT NULL, request_content bytea NOT NULL,
        -- RECORDED: nobody was told of it. CREATED: GPD holds it. DROPPED: nobody ever will be told of it.
        state text NOT NULL DEFAULT 'RECORDED' CHECK (state IN ('RECORDED', 'CREATED', 'DROPPED')),
        creditor text NOT NULL, creditor_name text NOT NULL,
        numero_avviso text NOT NULL UNIQUE, iuv text NOT NULL UNIQUE,
        kind_code text NOT NULL, kind_name text NOT NULL, description text NOT NULL,
        -- Who was signed in; null when nobody was.
        owner text,
        payer text NOT NULL, payer_name text NOT NULL, email text NOT NULL, user_code text, beneficiary_name text,
        period text, school text, notes text,
        amount bigint NOT NULL CHECK (amount > 0), due_on date NOT NULL, created_at timestamptz NOT NULL
      );
      CREATE UNIQUE INDEX spontaneous_payment_request ON spontaneous_payment (request_key) WHERE state <> 'DROPPED';
      CREATE INDEX spontaneous_payment_owner ON spontaneous_payment (owner) WHERE owner IS NOT NULL;
      CREATE INDEX spontaneous_payment_payer ON spontaneous_payment (payer);
      CREATE TABLE spontaneous_instalment (
        payment_id bigint NOT NULL REFERENCES spontaneous_payment,
        year integer NOT NULL, number integer NOT NULL, rata integer NOT NULL, amount bigint NOT NULL CHECK (amount > 0),
        -- Whether this payment is the one way to pay it: neither dropped nor paid.
        is_open boolean NOT NULL DEFAULT true,
        PRIMARY KEY (payment_id, year, number, rata)
      );
      CREATE UNIQUE INDEX spontaneous_instalment_open ON spontaneous_instalment (year, number, rata) WHERE is_open;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE spontaneous_instalment, spontaneous_payment, payment_receipt, payment_session_item, payment_session;
      DROP SEQUENCE spontaneous_notice;
      DROP FUNCTION keep_payment_session, free_payment_session_items, keep_payment_session_item, refuse_receipt_change;`);
  }
}
