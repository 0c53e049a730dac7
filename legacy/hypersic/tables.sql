-- The tables (or views) that the adapter reads. What each column means, and which part is known fact and
-- which our design, stands in README.md beside this file. Only the demo runs this script: in production
-- the municipality's DBA provides the same names.
--
-- Conventions of the house: code columns are char(n) and come padded with blanks; a missing text is '' and
-- not null; flags are -1 (yes) and 0 (no); timestamps are local time without a zone (Europe/Rome).

CREATE TABLE IF NOT EXISTS "TAB_ENTE" (
  "CF_ENTE" char(16) PRIMARY KEY, "DESCR" varchar(100) NOT NULL, "PROV" char(2) NOT NULL
);
CREATE TABLE IF NOT EXISTS "TAB_UFFICI" (
  "COD_UFF" char(6) PRIMARY KEY, "DESCR" varchar(100) NOT NULL, "TELEF" varchar(30) NOT NULL DEFAULT '',
  "E_MAIL" varchar(100) NOT NULL DEFAULT '', "ORDINE" integer NOT NULL DEFAULT 0
);

-- Anagrafe -------------------------------------------------------------------------------------------
CREATE TABLE IF NOT EXISTS "AN_SOGG" (
  "COD_SOGG" char(10) PRIMARY KEY,
  "TIPO_SOGG" char(1) NOT NULL,                      -- F person, G body or company
  "COD_FISC" char(16) NOT NULL DEFAULT '', "PART_IVA" char(11) NOT NULL DEFAULT '',
  "COGNOME" varchar(50) NOT NULL DEFAULT '', "NOME" varchar(50) NOT NULL DEFAULT '',
  "RAG_SOC" varchar(100) NOT NULL DEFAULT '',
  "DATA_NASC" date, "COM_NASC" varchar(60) NOT NULL DEFAULT '',
  "COD_FAM" char(10) NOT NULL DEFAULT '',            -- '' when not resident
  "COD_PAR" char(2) NOT NULL DEFAULT '',             -- IS head, CG spouse, CV partner, FG child, GE parent, AL other
  "IND_VIA" varchar(80) NOT NULL DEFAULT '', "IND_CIV" varchar(10) NOT NULL DEFAULT '',
  "IND_CAP" char(5) NOT NULL DEFAULT '', "IND_COM" varchar(60) NOT NULL DEFAULT '', "IND_PROV" char(2) NOT NULL DEFAULT '',
  "E_MAIL" varchar(100) NOT NULL DEFAULT '', "TELEF" varchar(30) NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS "AN_SOGG_CF" ON "AN_SOGG" ("COD_FISC");
CREATE INDEX IF NOT EXISTS "AN_SOGG_PI" ON "AN_SOGG" ("PART_IVA");
CREATE INDEX IF NOT EXISTS "AN_SOGG_FAM" ON "AN_SOGG" ("COD_FAM");

-- Servizi a domanda individuale (school services) ----------------------------------------------------
CREATE TABLE IF NOT EXISTS "SDI_SERV" (
  "COD_SERV" char(6) PRIMARY KEY, "DESCR" varchar(80) NOT NULL,
  "COD_TIPO_PAG" char(6) NOT NULL DEFAULT ''         -- kind of spontaneous payment that pays for it
);
CREATE TABLE IF NOT EXISTS "SDI_SCUOLE" (
  "COD_SCU" char(6) PRIMARY KEY, "DESCR" varchar(80) NOT NULL, "COD_GRADO" char(1) NOT NULL  -- I, P, S
);
CREATE TABLE IF NOT EXISTS "SDI_DOMANDE" (
  "ANNO_DOM" smallint NOT NULL, "NUM_DOM" integer NOT NULL,
  "COD_ALUN" char(10) NOT NULL, "COD_RICH" char(10) NOT NULL,          -- pupil, applicant (AN_SOGG)
  "ANNO_SCOL" char(9) NOT NULL,                                        -- 2020/2021
  "COD_SERV" char(6) NOT NULL, "COD_SCU" char(6) NOT NULL, "CLASSE" varchar(10) NOT NULL DEFAULT '',
  "STATO" char(1) NOT NULL,                                            -- P pending, A active, S suspended, C ended, R rejected
  "DATA_INI" date, "DATA_FIN" date,
  "MOD_PAG" char(1) NOT NULL DEFAULT '',                               -- P pagoPA, D SDD
  "DIETA" varchar(200) NOT NULL DEFAULT '', "BANCA_APP" varchar(80) NOT NULL DEFAULT '',
  "COD_PRAT" integer NOT NULL DEFAULT 0,                               -- PRAT_ISTANZE that made it, 0 none
  PRIMARY KEY ("ANNO_DOM", "NUM_DOM")
);
CREATE INDEX IF NOT EXISTS "SDI_DOMANDE_AL" ON "SDI_DOMANDE" ("COD_ALUN");
CREATE INDEX IF NOT EXISTS "SDI_DOMANDE_RI" ON "SDI_DOMANDE" ("COD_RICH");
CREATE TABLE IF NOT EXISTS "SDI_FATT" (
  "ANNO_FATT" smallint NOT NULL, "NUM_FATT" integer NOT NULL,
  "DATA_FATT" date NOT NULL, "COD_ALUN" char(10) NOT NULL, "COD_INTE" char(10) NOT NULL,  -- pupil, holder
  "ANNO_DOM" smallint NOT NULL, "NUM_DOM" integer NOT NULL,            -- the application it bills
  "PER_DA" char(6) NOT NULL, "PER_A" char(6) NOT NULL,                 -- AAAAMM
  "IMPORTO" numeric(12,2) NOT NULL, "BANCA_APP" varchar(80) NOT NULL DEFAULT '',
  PRIMARY KEY ("ANNO_FATT", "NUM_FATT")
);
CREATE INDEX IF NOT EXISTS "SDI_FATT_AL" ON "SDI_FATT" ("COD_ALUN");
CREATE INDEX IF NOT EXISTS "SDI_FATT_DOM" ON "SDI_FATT" ("ANNO_DOM", "NUM_DOM");
CREATE TABLE IF NOT EXISTS "SDI_FATT_RATE" (
  "ANNO_FATT" smallint NOT NULL, "NUM_FATT" integer NOT NULL, "NUM_RATA" smallint NOT NULL,
  "IMPORTO" numeric(12,2) NOT NULL, "PAGATO" numeric(12,2) NOT NULL DEFAULT 0, "DATA_SCAD" date,
  "MESSA_RUOLO" smallint NOT NULL DEFAULT 0, "COD_IUV" varchar(35) NOT NULL DEFAULT '',
  "MOD_PAG" char(1) NOT NULL DEFAULT '',                               -- P pagoPA, D SDD
  "STATO_SDD" char(1) NOT NULL DEFAULT '',                             -- '' none, P sent, C collected, I returned (insoluto)
  PRIMARY KEY ("ANNO_FATT", "NUM_FATT", "NUM_RATA")
);
CREATE TABLE IF NOT EXISTS "SDI_FATT_RIGHE" (
  "ANNO_FATT" smallint NOT NULL, "NUM_FATT" integer NOT NULL, "NUM_RIGA" smallint NOT NULL,
  "DESCR" varchar(120) NOT NULL, "QTA" integer NOT NULL, "PREZZO" numeric(12,2) NOT NULL, "IMPORTO" numeric(12,2) NOT NULL,
  PRIMARY KEY ("ANNO_FATT", "NUM_FATT", "NUM_RIGA")
);
CREATE TABLE IF NOT EXISTS "SDI_FATT_ALLEG" (
  "ANNO_FATT" smallint NOT NULL, "NUM_FATT" integer NOT NULL, "PROGR" smallint NOT NULL,
  "TIPOLOGIA" varchar(40) NOT NULL, "DESCR" varchar(120) NOT NULL,     -- descriptions repeat
  "ID_FILE" integer NOT NULL DEFAULT 0,                                -- DOC_FILE, 0 none
  PRIMARY KEY ("ANNO_FATT", "NUM_FATT", "PROGR")
);
CREATE TABLE IF NOT EXISTS "SDI_PRES" (
  "COD_ALUN" char(10) NOT NULL, "DATA_PRES" date NOT NULL, "COD_SERV" char(6) NOT NULL,
  "STATO" char(1) NOT NULL,                                            -- P present, A absent, C closed
  PRIMARY KEY ("COD_ALUN", "DATA_PRES", "COD_SERV")
);

-- Stored files: rows of at most 64 kB ----------------------------------------------------------------
CREATE TABLE IF NOT EXISTS "DOC_FILE" (
  "ID_FILE" integer PRIMARY KEY, "NOME_FILE" varchar(200) NOT NULL, "TIPO_MIME" varchar(100) NOT NULL,
  "DIM_BYTE" integer NOT NULL, "HASH_SHA256" char(64) NOT NULL DEFAULT '', "DATA_INS" timestamp NOT NULL
);
CREATE TABLE IF NOT EXISTS "DOC_FILE_BLOCCHI" (
  "ID_FILE" integer NOT NULL, "PROGR" integer NOT NULL, "DATI" bytea NOT NULL,
  PRIMARY KEY ("ID_FILE", "PROGR")
);

-- Payments -------------------------------------------------------------------------------------------
CREATE TABLE IF NOT EXISTS "PAG_TIPI" (
  "COD_TIPO" char(6) PRIMARY KEY, "DESCR" varchar(120) NOT NULL, "ATTIVO" smallint NOT NULL DEFAULT -1
);
CREATE TABLE IF NOT EXISTS "PAG_TIPI_CAMPI" (
  "COD_TIPO" char(6) NOT NULL, "PROGR" smallint NOT NULL, "COD_CAMPO" varchar(40) NOT NULL, "ETICH" varchar(120) NOT NULL,
  "AIUTO" varchar(400) NOT NULL DEFAULT '', "OBBLIGO" smallint NOT NULL DEFAULT 0, "NASCOSTO" smallint NOT NULL DEFAULT 0,
  "OPZIONI" varchar(400) NOT NULL DEFAULT '',                          -- separated by ;
  PRIMARY KEY ("COD_TIPO", "PROGR")
);
CREATE TABLE IF NOT EXISTS "PAG_POSIZ" (
  "ID_POS" integer PRIMARY KEY,
  "CF_ENTE" char(16) NOT NULL, "COD_IUV" varchar(35) NOT NULL, "COD_AVVISO" varchar(35) NOT NULL,
  "COD_DEB" char(16) NOT NULL,                                         -- debtor: codice fiscale or partita IVA
  "CAUSALE" varchar(140) NOT NULL, "IMPORTO" numeric(12,2) NOT NULL, "DATA_SCAD" date,
  "STATO" char(2) NOT NULL,                                            -- AP open, PA paid, SC expired, AN cancelled
  "COD_ALUN" char(10) NOT NULL DEFAULT '',
  "ANNO_FATT" smallint NOT NULL DEFAULT 0, "NUM_FATT" integer NOT NULL DEFAULT 0, "NUM_RATA" smallint NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS "PAG_POSIZ_DEB" ON "PAG_POSIZ" ("COD_DEB");
CREATE INDEX IF NOT EXISTS "PAG_POSIZ_IUV" ON "PAG_POSIZ" ("COD_IUV");
CREATE INDEX IF NOT EXISTS "PAG_POSIZ_AVV" ON "PAG_POSIZ" ("COD_AVVISO");
CREATE TABLE IF NOT EXISTS "PAG_RICEV" (
  "ID_RICEV" varchar(35) PRIMARY KEY, "ID_POS" integer NOT NULL, "DATA_PAG" timestamp NOT NULL, "IMPORTO" numeric(12,2) NOT NULL,
  "PSP" varchar(120) NOT NULL DEFAULT '', "COD_PAG" char(16) NOT NULL DEFAULT '', "NOM_PAG" varchar(100) NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS "PAG_RICEV_POS" ON "PAG_RICEV" ("ID_POS");
CREATE INDEX IF NOT EXISTS "PAG_RICEV_PAG" ON "PAG_RICEV" ("COD_PAG");

-- Portal, procedures, applications, register ---------------------------------------------------------
CREATE TABLE IF NOT EXISTS "PORT_AREE" (
  "COD_AREA" char(8) NOT NULL, "UTENZA" char(1) NOT NULL,              -- C citizens, I businesses, A other bodies
  "ORDINE" integer NOT NULL, "TITOLO" varchar(80) NOT NULL, "DESCR" varchar(300) NOT NULL, "URL" varchar(200) NOT NULL DEFAULT '',
  PRIMARY KEY ("COD_AREA", "UTENZA")
);
CREATE TABLE IF NOT EXISTS "PORT_VOCI" (
  "COD_AREA" char(8) NOT NULL, "UTENZA" char(1) NOT NULL, "COD_VOCE" char(8) NOT NULL,
  "ORDINE" integer NOT NULL, "TITOLO" varchar(80) NOT NULL, "DESCR" varchar(300) NOT NULL,
  "RICH_LOGIN" smallint NOT NULL DEFAULT 0, "URL" varchar(200) NOT NULL DEFAULT '',
  PRIMARY KEY ("COD_AREA", "UTENZA", "COD_VOCE")
);
CREATE TABLE IF NOT EXISTS "PRAT_CATEG" (
  "COD_CAT" char(6) NOT NULL, "UTENZA" char(1) NOT NULL, "TITOLO" varchar(120) NOT NULL, "AVVISO" varchar(400) NOT NULL DEFAULT '',
  PRIMARY KEY ("COD_CAT", "UTENZA")
);
CREATE TABLE IF NOT EXISTS "PRAT_PROC" (
  "COD_PROC" char(8) PRIMARY KEY, "COD_CAT" char(6) NOT NULL, "ORDINE" integer NOT NULL, "TITOLO" varchar(160) NOT NULL
);
CREATE TABLE IF NOT EXISTS "PRAT_ISTANZE" (
  "COD_PRAT" integer PRIMARY KEY, "COD_RICH" char(10) NOT NULL, "COD_ALUN" char(10) NOT NULL DEFAULT '',
  "COD_PROC" char(8) NOT NULL DEFAULT '', "OGGETTO" varchar(200) NOT NULL,
  "CANALE" char(1) NOT NULL,                                           -- W previous portal, S counter, O filed through us
  "STATO" char(2) NOT NULL,      -- RE registered, IN integration requested, AC accepted, RI rejected, RT withdrawn
  "DATA_INS" timestamp NOT NULL, "DATA_AGG" timestamp NOT NULL,
  "COD_PROT" integer NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS "PRAT_ISTANZE_RI" ON "PRAT_ISTANZE" ("COD_RICH");
CREATE INDEX IF NOT EXISTS "PRAT_ISTANZE_PR" ON "PRAT_ISTANZE" ("COD_PROT");
CREATE TABLE IF NOT EXISTS "PRAT_EVENTI" (
  "COD_PRAT" integer NOT NULL, "PROGR" smallint NOT NULL, "DATA_ORA" timestamp NOT NULL, "STATO" char(2) NOT NULL,
  "NOTE" varchar(400) NOT NULL DEFAULT '',
  PRIMARY KEY ("COD_PRAT", "PROGR")
);
CREATE TABLE IF NOT EXISTS "PRAT_DOC" (
  "COD_PRAT" integer NOT NULL, "PROGR" smallint NOT NULL, "TIPO" char(1) NOT NULL,   -- E outcome, A attachment
  "DESCR" varchar(120) NOT NULL, "DATA_EMI" timestamp NOT NULL, "ID_FILE" integer NOT NULL DEFAULT 0,
  PRIMARY KEY ("COD_PRAT", "PROGR")
);
CREATE TABLE IF NOT EXISTS "PROT_GEN" (
  "COD_PROT" integer PRIMARY KEY, "ANNO" smallint NOT NULL, "NUMERO" integer NOT NULL, "DATA_REG" timestamp NOT NULL,
  "TIPOLOGIA" char(1) NOT NULL,                                        -- A incoming, P outgoing, I internal
  "OGGETTO" varchar(300) NOT NULL, "COD_MITT" char(10) NOT NULL DEFAULT '',
  "STATO" char(2) NOT NULL, "ESITO" varchar(400) NOT NULL DEFAULT '',
  UNIQUE ("ANNO", "NUMERO")
);
CREATE INDEX IF NOT EXISTS "PROT_GEN_MI" ON "PROT_GEN" ("COD_MITT");
CREATE TABLE IF NOT EXISTS "PRAT_INTEGR" (
  "COD_PRAT" integer NOT NULL, "PROGR" smallint NOT NULL, "DATA_RICH" timestamp NOT NULL,
  "TESTO" varchar(400) NOT NULL, "DATA_SCAD" date,
  PRIMARY KEY ("COD_PRAT", "PROGR")
);
CREATE TABLE IF NOT EXISTS "PRAT_INTEGR_ALL" (
  "COD_PRAT" integer NOT NULL, "PROGR" smallint NOT NULL, "COD_ALLEG" varchar(40) NOT NULL,
  "DESCR" varchar(120) NOT NULL, "OBBLIGO" smallint NOT NULL DEFAULT -1,
  "TIPI_MIME" varchar(200) NOT NULL DEFAULT '',                        -- separated by ;, '' any
  "MAX_BYTE" integer NOT NULL DEFAULT 0,                               -- 0 no limit but ours
  PRIMARY KEY ("COD_PRAT", "PROGR", "COD_ALLEG")
);
