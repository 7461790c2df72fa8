-- The shop's own tables. Those of the ledger, `kervan_*`, are beside them. Times are milliseconds since 1970,
-- amounts are kuruş, and columns of JSON are named in the Rust files. `{number}` is a number that the database
-- counts up.

CREATE TABLE IF NOT EXISTS shop (
    layout BIGINT NOT NULL, -- the version of these tables
    prefix TEXT NOT NULL, -- in front of each number that a provider sees
    secret TEXT NOT NULL  -- the key of the hashes of requests
);

CREATE TABLE IF NOT EXISTS sellers (
    id {number},
    name TEXT NOT NULL,
    write TEXT NOT NULL UNIQUE, -- the write that adds it
    key TEXT                    -- the provider's, once it is added
);

CREATE TABLE IF NOT EXISTS products (
    id {number},
    seller BIGINT NOT NULL REFERENCES sellers (id),
    name TEXT NOT NULL,
    price BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS orders (
    id {number},
    number TEXT NOT NULL UNIQUE,
    form TEXT NOT NULL UNIQUE, -- a double click sends one form twice
    at BIGINT NOT NULL,
    total BIGINT NOT NULL,
    buyer TEXT NOT NULL,
    phone TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS lines (
    id {number},
    order_id BIGINT NOT NULL REFERENCES orders (id),
    seller BIGINT NOT NULL REFERENCES sellers (id),
    name TEXT NOT NULL,
    price BIGINT NOT NULL
);

-- Writes, beside their entries in the ledger. One without an entry waits for the end of another one of its object.
CREATE TABLE IF NOT EXISTS writes (
    id {number},
    provider TEXT NOT NULL,
    merchant TEXT NOT NULL,
    kind TEXT NOT NULL,
    own TEXT NOT NULL,
    object TEXT NOT NULL,
    order_id BIGINT,
    request TEXT NOT NULL,
    note TEXT, -- the latest error, in words
    UNIQUE (provider, merchant, kind, own)
);

CREATE TABLE IF NOT EXISTS payments (
    id {number},
    key TEXT NOT NULL UNIQUE,
    order_id BIGINT NOT NULL REFERENCES orders (id),
    at BIGINT NOT NULL,
    state TEXT NOT NULL,
    program BIGINT NOT NULL, -- that has begun it
    secret TEXT NOT NULL UNIQUE, -- the part of its return's address that cannot be guessed
    attempt TEXT,
    expected TEXT, -- of the return
    url TEXT,      -- of the bank's page
    verified TEXT, -- by the signature of the return
    paid TEXT,     -- confirmed by the service
    ended_at BIGINT,
    note TEXT
);

CREATE TABLE IF NOT EXISTS shares (
    id {number},
    write TEXT NOT NULL UNIQUE, -- the write that enters it
    order_id BIGINT NOT NULL REFERENCES orders (id),
    seller BIGINT NOT NULL REFERENCES sellers (id),
    entry TEXT -- the provider's key of it
);

-- What the shop says of each post in the ledger's inbox.
CREATE TABLE IF NOT EXISTS verdicts (
    post BIGINT PRIMARY KEY,
    verdict TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS parcels (
    id {number},
    order_id BIGINT NOT NULL REFERENCES orders (id),
    carrier TEXT NOT NULL,
    number TEXT NOT NULL,
    write TEXT, -- the write that orders it
    status TEXT,
    asked_at BIGINT,
    UNIQUE (order_id, carrier, number)
);

CREATE TABLE IF NOT EXISTS installments (
    id {number},
    number TEXT NOT NULL UNIQUE,
    order_id BIGINT NOT NULL REFERENCES orders (id),
    secret TEXT NOT NULL UNIQUE, -- the part of its addresses that cannot be guessed
    amount BIGINT NOT NULL,
    state TEXT NOT NULL,
    write TEXT, -- the write that activates it
    paid TEXT,
    led BIGINT NOT NULL DEFAULT 0, -- a form with a token was made
    failed BIGINT NOT NULL DEFAULT 0,
    refunded BIGINT NOT NULL DEFAULT 0, -- the part that was given back
    note TEXT
);
