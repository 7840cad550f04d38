-- Bastion's tables, run once by the server when it first loads the plugin. It may stop half-way and run again.

CREATE TABLE IF NOT EXISTS ofBastionPolicy (
  ruleId                VARCHAR(64)     NOT NULL,
  ruleVersion           INTEGER         NOT NULL,
  ruleMode              VARCHAR(8)      NOT NULL,
  body                  TEXT            NOT NULL,
  author                VARCHAR(256)    NOT NULL,
  changedAt             BIGINT          NOT NULL,
  CONSTRAINT ofBastionPolicy_pk PRIMARY KEY (ruleId, ruleVersion)
);

CREATE TABLE IF NOT EXISTS ofBastionAudit (
  entryNumber           BIGINT          NOT NULL,
  entryId               VARCHAR(36)     NOT NULL,
  happenedAt            BIGINT          NOT NULL,
  guard                 VARCHAR(32)     NOT NULL,
  actor                 VARCHAR(256)    NOT NULL,
  action                VARCHAR(64)     NOT NULL,
  subject               VARCHAR(1024)   NOT NULL,
  ruleId                VARCHAR(64),
  ruleVersion           INTEGER         NOT NULL,
  ruleMode              VARCHAR(8)      NOT NULL,
  detail                VARCHAR(4096)   NOT NULL,
  previousHash          VARCHAR(64)     NOT NULL,
  entryHash             VARCHAR(64)     NOT NULL,
  CONSTRAINT ofBastionAudit_pk PRIMARY KEY (entryNumber),
  CONSTRAINT ofBastionAudit_id_uq UNIQUE (entryId)
);

-- The end of the audit chain, one row. Who extends the chain locks it first, by counting up.
CREATE TABLE IF NOT EXISTS ofBastionAuditHead (
  id                    INTEGER         NOT NULL,
  entryNumber           BIGINT          NOT NULL,
  entryHash             VARCHAR(64)     NOT NULL,
  locked                BIGINT          NOT NULL,
  CONSTRAINT ofBastionAuditHead_pk PRIMARY KEY (id)
);
INSERT INTO ofBastionAuditHead (id, entryNumber, entryHash, locked)
  SELECT v.id, 0, '0000000000000000000000000000000000000000000000000000000000000000', 0
  FROM (VALUES (1)) AS v (id)
  WHERE NOT EXISTS (SELECT 1 FROM ofBastionAuditHead);

-- Small documents of several kinds: sanctions, cases, retractions, what counts for and against rules.
CREATE TABLE IF NOT EXISTS ofBastionRecord (
  kind                  VARCHAR(32)     NOT NULL,
  id                    VARCHAR(64)     NOT NULL,
  scope                 VARCHAR(64)     NOT NULL,
  changedAt             BIGINT          NOT NULL,
  expiresAt             BIGINT          NOT NULL,
  body                  TEXT            NOT NULL,
  CONSTRAINT ofBastionRecord_pk PRIMARY KEY (kind, id)
);
CREATE INDEX IF NOT EXISTS ofBastionRecord_kind ON ofBastionRecord (kind, changedAt);
CREATE INDEX IF NOT EXISTS ofBastionRecord_scope ON ofBastionRecord (kind, scope, changedAt);
CREATE INDEX IF NOT EXISTS ofBastionRecord_expiry ON ofBastionRecord (expiresAt);

-- The key log: leaves in their order, the full tiles of the tree above them, how many leaves there are (one row, locked by
-- who appends, by counting up), and the salts under which leaves commit to accounts.
CREATE TABLE IF NOT EXISTS ofBastionKeyLeaf (
  leafIndex             BIGINT          NOT NULL,
  entry                 BYTEA           NOT NULL,
  subject               VARCHAR(64)     NOT NULL,
  opening               BYTEA,
  CONSTRAINT ofBastionKeyLeaf_pk PRIMARY KEY (leafIndex)
);
CREATE INDEX IF NOT EXISTS ofBastionKeyLeaf_subject ON ofBastionKeyLeaf (subject, leafIndex);

CREATE TABLE IF NOT EXISTS ofBastionKeyTile (
  tileLevel             INTEGER         NOT NULL,
  tileNumber            BIGINT          NOT NULL,
  root                  BYTEA           NOT NULL,
  hashes                BYTEA           NOT NULL,
  CONSTRAINT ofBastionKeyTile_pk PRIMARY KEY (tileLevel, tileNumber)
);

CREATE TABLE IF NOT EXISTS ofBastionKeySize (
  id                    INTEGER         NOT NULL,
  leaves                BIGINT          NOT NULL,
  locked                BIGINT          NOT NULL,
  CONSTRAINT ofBastionKeySize_pk PRIMARY KEY (id)
);
INSERT INTO ofBastionKeySize (id, leaves, locked)
  SELECT v.id, 0, 0 FROM (VALUES (1)) AS v (id) WHERE NOT EXISTS (SELECT 1 FROM ofBastionKeySize);

CREATE TABLE IF NOT EXISTS ofBastionKeySalt (
  account               VARCHAR(64)     NOT NULL,
  salt                  BYTEA           NOT NULL,
  CONSTRAINT ofBastionKeySalt_pk PRIMARY KEY (account)
);

INSERT INTO ofVersion (name, version) VALUES ('bastion', 1);
