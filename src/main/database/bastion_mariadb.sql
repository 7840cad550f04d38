-- Bastion's tables, run once by the server when it first loads the plugin. It may stop half-way and run again.
-- Text is kept as UTF-8 bytes: what the connection's character set can carry differs from set-up to set-up, and one
-- emoji in the name of a room must not stop the audit log. InnoDB, because the audit log needs transactions.

CREATE TABLE IF NOT EXISTS ofBastionPolicy (
  ruleId                VARCHAR(64)     NOT NULL,
  ruleVersion           INTEGER         NOT NULL,
  ruleMode              VARCHAR(8)      NOT NULL,
  body                  MEDIUMBLOB      NOT NULL,
  author                VARBINARY(1024) NOT NULL,
  changedAt             BIGINT          NOT NULL,
  PRIMARY KEY (ruleId, ruleVersion)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS ofBastionAudit (
  entryNumber           BIGINT          NOT NULL,
  entryId               VARCHAR(36)     NOT NULL,
  happenedAt            BIGINT          NOT NULL,
  guard                 VARCHAR(32)     NOT NULL,
  actor                 VARBINARY(1024) NOT NULL,
  action                VARCHAR(64)     NOT NULL,
  subject               VARBINARY(4096) NOT NULL,
  ruleId                VARCHAR(64),
  ruleVersion           INTEGER         NOT NULL,
  ruleMode              VARCHAR(8)      NOT NULL,
  detail                BLOB            NOT NULL,
  previousHash          VARCHAR(64)     NOT NULL,
  entryHash             VARCHAR(64)     NOT NULL,
  PRIMARY KEY (entryNumber),
  CONSTRAINT ofBastionAudit_id_uq UNIQUE (entryId)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

-- The end of the audit chain, one row. Who extends the chain locks it first, by counting up.
CREATE TABLE IF NOT EXISTS ofBastionAuditHead (
  id                    INTEGER         NOT NULL,
  entryNumber           BIGINT          NOT NULL,
  entryHash             VARCHAR(64)     NOT NULL,
  locked                BIGINT          NOT NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;
INSERT IGNORE INTO ofBastionAuditHead (id, entryNumber, entryHash, locked)
  VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000', 0);

-- Small documents of several kinds: sanctions, cases, retractions, what counts for and against rules.
CREATE TABLE IF NOT EXISTS ofBastionRecord (
  kind                  VARCHAR(32)     NOT NULL,
  id                    VARCHAR(64)     NOT NULL,
  scope                 VARCHAR(64)     NOT NULL,
  changedAt             BIGINT          NOT NULL,
  expiresAt             BIGINT          NOT NULL,
  body                  MEDIUMBLOB      NOT NULL,
  PRIMARY KEY (kind, id),
  INDEX ofBastionRecord_kind (kind, changedAt),
  INDEX ofBastionRecord_scope (kind, scope, changedAt),
  INDEX ofBastionRecord_expiry (expiresAt)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

-- The key log: leaves in their order, the full tiles of the tree above them, how many leaves there are (one row, locked by
-- who appends, by counting up), and the salts under which leaves commit to accounts.
CREATE TABLE IF NOT EXISTS ofBastionKeyLeaf (
  leafIndex             BIGINT          NOT NULL,
  entry                 VARBINARY(128)  NOT NULL,
  subject               VARCHAR(64)     NOT NULL,
  opening               VARBINARY(2048),
  PRIMARY KEY (leafIndex),
  INDEX ofBastionKeyLeaf_subject (subject, leafIndex)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS ofBastionKeyTile (
  tileLevel             INTEGER         NOT NULL,
  tileNumber            BIGINT          NOT NULL,
  root                  VARBINARY(32)   NOT NULL,
  hashes                VARBINARY(8192) NOT NULL,
  PRIMARY KEY (tileLevel, tileNumber)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE IF NOT EXISTS ofBastionKeySize (
  id                    INTEGER         NOT NULL,
  leaves                BIGINT          NOT NULL,
  locked                BIGINT          NOT NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;
INSERT IGNORE INTO ofBastionKeySize (id, leaves, locked) VALUES (1, 0, 0);

CREATE TABLE IF NOT EXISTS ofBastionKeySalt (
  account               VARCHAR(64)     NOT NULL,
  salt                  VARBINARY(32)   NOT NULL,
  PRIMARY KEY (account)
) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

INSERT INTO ofVersion (name, version) VALUES ('bastion', 1);
