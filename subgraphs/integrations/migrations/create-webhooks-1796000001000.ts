import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Endpoints of integrators, events and their deliveries. Triggers of the domains' tables call `announce_event`: an event
 * exists if and only if the change that it announces is committed, by whichever statement it is made.
 */
export class CreateWebhooks1796000001000 implements MigrationInterface {
  readonly name = 'CreateWebhooks1796000001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webhook_endpoint (
        id uuid PRIMARY KEY, client text NOT NULL, url text NOT NULL CHECK (length(url) <= 2000),
        event_types text[] NOT NULL CHECK (event_types <> '{}'), created_at timestamptz NOT NULL DEFAULT now(),
        -- Hashes of the idempotency key and of the content under it.
        request_key text NOT NULL, request_content text NOT NULL,
        disabled_reason text CHECK (disabled_reason IN ('OWNER', 'GONE', 'FAILING')),
        -- Failed attempts in a row, and since when.
        failures integer NOT NULL DEFAULT 0, failing_since timestamptz,
        -- No attempt before this time.
        paused_until timestamptz,
        -- A worker delivers to the endpoint until then; a later time is not needed, the worker renews it.
        claimed_by uuid, claimed_until timestamptz,
        UNIQUE (client, request_key)
      );
      CREATE TABLE webhook_secret (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        endpoint_id uuid NOT NULL REFERENCES webhook_endpoint ON DELETE CASCADE,
        secret text NOT NULL, expires_at timestamptz
      );
      CREATE INDEX webhook_secret_endpoint ON webhook_secret (endpoint_id);

      CREATE TABLE webhook_event (
        id text PRIMARY KEY DEFAULT 'evt_' || replace(gen_random_uuid()::text, '-', ''),
        number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        type text NOT NULL, client text, object text NOT NULL, data jsonb NOT NULL,
        occurred_at timestamptz NOT NULL DEFAULT clock_timestamp()
      );
      CREATE UNIQUE INDEX webhook_event_settled ON webhook_event (object) WHERE type = 'DEBT_SETTLED';
      CREATE INDEX webhook_event_time ON webhook_event (occurred_at);

      CREATE TABLE webhook_delivery (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        endpoint_id uuid NOT NULL REFERENCES webhook_endpoint ON DELETE CASCADE,
        event_id text NOT NULL REFERENCES webhook_event ON DELETE CASCADE,
        object text NOT NULL, created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        attempts integer NOT NULL DEFAULT 0, last_status integer, next_attempt_at timestamptz DEFAULT clock_timestamp(),
        delivered_at timestamptz,
        CHECK (delivered_at IS NULL OR next_attempt_at IS NULL)
      );
      -- next_attempt_at is null once the delivery is over: delivered, or given up.
      CREATE INDEX webhook_delivery_due ON webhook_delivery (endpoint_id, next_attempt_at) WHERE next_attempt_at IS NOT NULL;
      CREATE INDEX webhook_delivery_object ON webhook_delivery (endpoint_id, object, id) WHERE next_attempt_at IS NOT NULL;
      CREATE INDEX webhook_delivery_list ON webhook_delivery (endpoint_id, id);
      CREATE INDEX webhook_delivery_event ON webhook_delivery (event_id);

      CREATE FUNCTION announce_event(type_ text, client_ text, object_ text, data_ jsonb) RETURNS void
      LANGUAGE sql AS $$
        WITH event AS (
          INSERT INTO webhook_event (type, client, object, data) VALUES (type_, client_, object_, data_)
          ON CONFLICT DO NOTHING RETURNING id
        )
        INSERT INTO webhook_delivery (endpoint_id, event_id, object)
        SELECT endpoint.id, event.id, object_ FROM event, webhook_endpoint AS endpoint
        WHERE endpoint.disabled_reason IS NULL AND type_ = ANY (endpoint.event_types)
          AND (client_ IS NULL OR endpoint.client = client_)
        -- One that is deleted at this moment is left out: it must not fail the change that is announced.
        FOR KEY SHARE OF endpoint
      $$;
      -- An id as the API writes it: base64url of Type:parts.
      CREATE FUNCTION api_id(text_ text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
        SELECT rtrim(translate(replace(encode(convert_to(text_, 'UTF8'), 'base64'), E'\\n', ''), '+/', '-_'), '=')
      $$;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION announce_event, api_id;
      DROP TABLE webhook_delivery, webhook_event, webhook_secret, webhook_endpoint`);
  }
}
