-- The tables of version 1. A version that was published is never changed: the next one is 0002.sql.
CREATE TABLE counterfoil.invoices (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    provider text NOT NULL,
    account text NOT NULL,
    kind text NOT NULL,
    key text NOT NULL,
    number text,
    status text,
    day date,
    issue_date date,
    due_date date,
    delivery_date date,
    issued_at timestamptz,
    created_at timestamptz,
    updated_at timestamptz,
    currency text,
    seller_name text,
    buyer_name text,
    sign integer,
    is_fiscal boolean,
    net numeric,
    tax numeric,
    gross numeric,
    due numeric,
    signed_net numeric,
    signed_tax numeric,
    signed_gross numeric,
    signed_due numeric,
    paid boolean,
    completeness text,
    record_model text,
    record_key text,
    json text NOT NULL,
    sequence bigint NOT NULL,
    written_at timestamptz NOT NULL,
    missing_at timestamptz,
    deleted_at timestamptz,
    UNIQUE (account, key, kind, provider)
);
CREATE INDEX invoices_by_day ON counterfoil.invoices (day);
CREATE INDEX invoices_by_number ON counterfoil.invoices (number);
CREATE INDEX invoices_by_sequence ON counterfoil.invoices (sequence);
CREATE TABLE counterfoil.lines (
    invoice bigint NOT NULL REFERENCES counterfoil.invoices (id) ON DELETE CASCADE,
    position integer NOT NULL,
    sku text,
    name text,
    quantity numeric,
    unit text,
    unit_price numeric,
    unit_price_gross numeric,
    net numeric,
    gross numeric,
    signed_net numeric,
    discount numeric,
    tax_code text,
    tax_category text,
    tax_rate numeric,
    tax_amount numeric,
    duty_amount numeric,
    note text,
    PRIMARY KEY (invoice, position)
);
CREATE TABLE counterfoil.records (
    account text NOT NULL,
    model text NOT NULL,
    key text NOT NULL,
    content bytea NOT NULL,
    PRIMARY KEY (account, key, model)
);
CREATE TABLE counterfoil.cursors (account text PRIMARY KEY, cursor bytea NOT NULL);
CREATE TABLE counterfoil.mappings (account text PRIMARY KEY, mapping text NOT NULL);
CREATE TABLE counterfoil.unreadable (
    id bigint GENERATED ALWAYS AS IDENTITY,
    account text NOT NULL,
    slice text NOT NULL,
    key text NOT NULL,
    code text NOT NULL,
    path text,
    text text NOT NULL,
    raw bytea NOT NULL,
    PRIMARY KEY (account, key)
);
-- One row, which a transaction that writes invoices locks: so `sequence` grows in the order of commits.
CREATE TABLE counterfoil.state (sequence bigint NOT NULL);
INSERT INTO counterfoil.state VALUES (0);
