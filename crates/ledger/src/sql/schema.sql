-- Times are milliseconds since 1970. `attempt` and `why` are JSON.

CREATE TABLE kervan_ledger (
    version BIGINT NOT NULL
);

CREATE TABLE kervan_writes (
    number {number},
    provider TEXT NOT NULL,
    merchant TEXT NOT NULL,
    kind TEXT NOT NULL,
    own TEXT NOT NULL,
    object TEXT NOT NULL,
    contents TEXT NOT NULL,
    revision BIGINT NOT NULL,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    tries BIGINT NOT NULL,
    asks BIGINT NOT NULL,
    attempt TEXT,
    request {bytes},
    holder TEXT,
    due BIGINT,
    why TEXT,
    created_at BIGINT NOT NULL,
    since BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    UNIQUE (provider, merchant, kind, own)
);

-- One open write of an object.
CREATE UNIQUE INDEX kervan_writes_open ON kervan_writes (provider, merchant, object)
    WHERE state IN ('prepared', 'sending', 'unknown', 'needs_a_person');

CREATE INDEX kervan_writes_due ON kervan_writes (due, number) WHERE due IS NOT NULL;

CREATE TABLE kervan_history (
    write_number BIGINT NOT NULL,
    version BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    state TEXT NOT NULL,
    tries BIGINT NOT NULL,
    why TEXT,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (write_number, version)
);

-- `reference` is the shop's own name for whatever the address of the post belongs to. `digest` is of the body, its content type
-- and the reference. `subject` is what a verified post is about.
CREATE TABLE kervan_posts (
    number {number},
    provider TEXT NOT NULL,
    merchant TEXT NOT NULL,
    kind TEXT NOT NULL,
    reference TEXT,
    digest TEXT NOT NULL,
    content_type TEXT,
    body {bytes},
    state TEXT NOT NULL,
    times BIGINT NOT NULL,
    subject TEXT,
    why TEXT,
    arrived_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    UNIQUE (provider, merchant, kind, digest)
);

-- One post is applied for a subject.
CREATE UNIQUE INDEX kervan_posts_applied ON kervan_posts (provider, merchant, kind, subject)
    WHERE state = 'applied';

CREATE INDEX kervan_posts_waiting ON kervan_posts (number) WHERE state = 'received';

-- Expectations. `due` is the next question, or the end of the holder's lease.
CREATE TABLE kervan_watches (
    number {number},
    provider TEXT NOT NULL,
    merchant TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    asks BIGINT NOT NULL,
    seen TEXT,
    holder TEXT,
    due BIGINT,
    until BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    UNIQUE (provider, merchant, kind, subject)
);

CREATE INDEX kervan_watches_due ON kervan_watches (due, number) WHERE due IS NOT NULL;

-- How often something was done, for the limits of the providers.
CREATE TABLE kervan_uses (
    provider TEXT NOT NULL,
    merchant TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    used_at BIGINT NOT NULL,
    times BIGINT NOT NULL,
    PRIMARY KEY (provider, merchant, kind, subject)
);
