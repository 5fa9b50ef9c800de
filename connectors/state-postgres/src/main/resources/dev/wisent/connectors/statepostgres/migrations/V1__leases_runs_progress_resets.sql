-- A step that was ever released is never changed; a new one is added as V2__….sql (R11).
-- Names begin with wisent_: the schema may hold tables of others. A lease and a copy of progress belong to a job, which is a stream of a pipeline.

CREATE TABLE wisent_leases (
    pipeline_id text NOT NULL,
    stream text NOT NULL,
    run text NOT NULL,
    host text NOT NULL,
    pid bigint NOT NULL,
    process_start timestamptz NOT NULL, -- by the holder's clock, to tell a process from another with the same id
    since timestamptz NOT NULL, -- by the holder's clock, for people
    expires timestamptz NOT NULL, -- by this database's clock
    PRIMARY KEY (pipeline_id, stream)
);

CREATE TABLE wisent_runs (
    run text PRIMARY KEY,
    seq bigint GENERATED ALWAYS AS IDENTITY,
    pipeline_id text NOT NULL,
    pipeline text NOT NULL,
    status text NOT NULL,
    started timestamptz NOT NULL,
    ended timestamptz,
    error_code text,
    error_message text,
    summary text NOT NULL
);
CREATE INDEX wisent_runs_by_start ON wisent_runs (started DESC, seq DESC);
CREATE INDEX wisent_runs_of_pipeline ON wisent_runs (pipeline_id, started DESC, seq DESC);

CREATE TABLE wisent_progress (
    pipeline_id text NOT NULL,
    stream text NOT NULL,
    json text NOT NULL, -- text, not jsonb: it comes back as it was written
    saved timestamptz NOT NULL,
    PRIMARY KEY (pipeline_id, stream)
);

CREATE TABLE wisent_resets (
    pipeline_id text NOT NULL,
    stream text NOT NULL,
    id text NOT NULL,
    asked timestamptz NOT NULL,
    run text, -- the run that began it, and the number of its claim
    claim bigint,
    status text NOT NULL,
    PRIMARY KEY (pipeline_id, stream)
);
