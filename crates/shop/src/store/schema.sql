-- Times are milliseconds since 1970, amounts are kuruş, and columns of JSON are named in the Rust files.

CREATE TABLE IF NOT EXISTS shop (
    prefix TEXT NOT NULL -- in front of each number that a provider sees
);

CREATE TABLE IF NOT EXISTS sellers (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    attempt TEXT NOT NULL UNIQUE, -- the write that adds it
    key TEXT                      -- the provider's, once it is added
);

CREATE TABLE IF NOT EXISTS products (
    id INTEGER PRIMARY KEY,
    seller INTEGER NOT NULL REFERENCES sellers,
    name TEXT NOT NULL,
    price INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS orders (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    form TEXT NOT NULL UNIQUE, -- a double click sends one form twice
    at INTEGER NOT NULL,
    total INTEGER NOT NULL,
    buyer TEXT NOT NULL,
    phone TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS lines (
    order_id INTEGER NOT NULL REFERENCES orders,
    seller INTEGER NOT NULL REFERENCES sellers,
    name TEXT NOT NULL,
    price INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS payments (
    key TEXT PRIMARY KEY,
    order_id INTEGER NOT NULL REFERENCES orders,
    at INTEGER NOT NULL,
    state TEXT NOT NULL,
    attempt TEXT,
    expected TEXT, -- of the return
    url TEXT,      -- of the bank's page
    verified TEXT, -- by the signature of the return
    paid TEXT,     -- confirmed by the service
    ended_at INTEGER,
    asks INTEGER NOT NULL DEFAULT 0,
    due INTEGER, -- when the service is asked next
    note TEXT
);

CREATE TABLE IF NOT EXISTS attempts (
    id INTEGER PRIMARY KEY, -- in the order of their turn
    key TEXT NOT NULL UNIQUE,
    object TEXT NOT NULL, -- one write of an object is open at a time
    kind TEXT NOT NULL,
    order_id INTEGER,
    request TEXT NOT NULL,
    attempt TEXT, -- from before it is sent
    state TEXT NOT NULL,
    since INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    due INTEGER, -- when it goes on by itself; without it, a person decides
    note TEXT,
    step TEXT
);

CREATE TABLE IF NOT EXISTS shares (
    attempt TEXT PRIMARY KEY, -- the write that enters it
    order_id INTEGER NOT NULL REFERENCES orders,
    seller INTEGER NOT NULL REFERENCES sellers,
    entry TEXT -- the provider's key of it
);

CREATE TABLE IF NOT EXISTS callbacks (
    digest TEXT PRIMARY KEY, -- of kind and body
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    times INTEGER NOT NULL,
    content_type TEXT,
    body BLOB NOT NULL,
    verdict TEXT
);

CREATE TABLE IF NOT EXISTS parcels (
    id INTEGER PRIMARY KEY,
    order_id INTEGER NOT NULL REFERENCES orders,
    carrier TEXT NOT NULL,
    number TEXT NOT NULL,
    attempt TEXT, -- the write that orders it
    status TEXT,
    asked_at INTEGER,
    UNIQUE (order_id, carrier, number)
);

CREATE TABLE IF NOT EXISTS installments (
    number TEXT PRIMARY KEY,
    order_id INTEGER NOT NULL REFERENCES orders,
    secret TEXT NOT NULL UNIQUE, -- the part of its addresses that cannot be guessed
    amount INTEGER NOT NULL,
    state TEXT NOT NULL,
    attempt TEXT, -- the write that activates it
    paid TEXT,
    led INTEGER NOT NULL DEFAULT 0, -- a form with a token was made
    failed INTEGER NOT NULL DEFAULT 0,
    refunded INTEGER NOT NULL DEFAULT 0, -- the part that was given back
    due INTEGER,
    note TEXT
);
