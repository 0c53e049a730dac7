-- What the stand-in of hyperSIC's protocol service keeps beside the tables that the adapter reads.

ALTER TABLE "PROT_GEN" ADD COLUMN IF NOT EXISTS "ANNO_PREC" smallint NOT NULL DEFAULT 0;
ALTER TABLE "PROT_GEN" ADD COLUMN IF NOT EXISTS "NUM_PREC" integer NOT NULL DEFAULT 0;
CREATE TABLE IF NOT EXISTS "PROT_ALLEG" (
  "COD_PROT" integer NOT NULL, "PROGR" integer NOT NULL, "NOME" varchar(200) NOT NULL, "ID_FILE" integer NOT NULL,
  "DATA_INS" timestamptz NOT NULL DEFAULT now(),
  "LETTO" smallint NOT NULL DEFAULT 0,                                 -- -1 the back office has dealt with it
  PRIMARY KEY ("COD_PROT", "PROGR")
);
CREATE INDEX IF NOT EXISTS "PROT_ALLEG_NL" ON "PROT_ALLEG" ("LETTO") WHERE "LETTO" = 0;
