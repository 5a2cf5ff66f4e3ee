-- CreateTable
CREATE TABLE "cluster" (
    "id" BIGSERIAL NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "context" TEXT,
    "server" TEXT,
    "uid" TEXT,
    "is_demo" BOOLEAN NOT NULL DEFAULT false,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "schedule_interval_minutes" INTEGER,
    "schedule_paused" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cluster_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "snapshot" (
    "id" BIGSERIAL NOT NULL,
    "cluster_id" BIGINT NOT NULL,
    "seq" INTEGER NOT NULL,
    "taken_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "duration_ms" INTEGER NOT NULL,
    "trigger" TEXT NOT NULL,
    "kube_version" TEXT,
    "catalogue_version" TEXT NOT NULL,
    "scope_hash" TEXT NOT NULL,
    "coverage_id" BIGINT NOT NULL,
    "score_id" BIGINT NOT NULL,
    "facts" JSONB NOT NULL,
    "counts" JSONB NOT NULL,

    CONSTRAINT "snapshot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "coverage_set" (
    "id" BIGSERIAL NOT NULL,
    "cluster_id" BIGINT NOT NULL,
    "digest" BYTEA NOT NULL,
    "body" JSONB NOT NULL,

    CONSTRAINT "coverage_set_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "score_set" (
    "id" BIGSERIAL NOT NULL,
    "cluster_id" BIGINT NOT NULL,
    "digest" BYTEA NOT NULL,
    "body" JSONB NOT NULL,

    CONSTRAINT "score_set_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scan" (
    "id" UUID NOT NULL,
    "cluster_id" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "progress" JSONB,
    "error" TEXT,
    "snapshot_seq" INTEGER,
    "lease_until" TIMESTAMPTZ(3),
    "owner" TEXT,

    CONSTRAINT "scan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "resource" (
    "id" BIGSERIAL NOT NULL,
    "cluster_id" BIGINT NOT NULL,
    "key" TEXT NOT NULL,
    "api_group" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "namespace" TEXT,
    "name" TEXT NOT NULL,
    "labels" JSONB,
    "scope" TEXT NOT NULL,
    "owner" JSONB,
    "team" TEXT,
    "uid" TEXT,
    "first_seq" INTEGER NOT NULL,
    "gone_seq" INTEGER,

    CONSTRAINT "resource_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "resource_version" (
    "id" BIGSERIAL NOT NULL,
    "resource_id" BIGINT NOT NULL,
    "cluster_id" BIGINT NOT NULL,
    "from_seq" INTEGER NOT NULL,
    "to_seq" INTEGER,
    "digest" BYTEA NOT NULL,
    "body" BYTEA NOT NULL,
    "managers" JSONB,

    CONSTRAINT "resource_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "finding" (
    "id" BIGSERIAL NOT NULL,
    "cluster_id" BIGINT NOT NULL,
    "public_id" TEXT NOT NULL,
    "fingerprint" BYTEA NOT NULL,
    "control_id" TEXT NOT NULL,
    "layer" TEXT NOT NULL,
    "resource_id" BIGINT NOT NULL,
    "locator" TEXT NOT NULL,
    "first_seq" INTEGER NOT NULL,

    CONSTRAINT "finding_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "finding_span" (
    "id" BIGSERIAL NOT NULL,
    "finding_id" BIGINT NOT NULL,
    "cluster_id" BIGINT NOT NULL,
    "opened_seq" INTEGER NOT NULL,
    "closed_seq" INTEGER,
    "open_since_seq" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "reason" TEXT,
    "evidence" JSONB NOT NULL,
    "digest" BYTEA NOT NULL,
    "opened_cause" TEXT NOT NULL,
    "closed_cause" TEXT,
    "stale_since_seq" INTEGER,

    CONSTRAINT "finding_span_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tally" (
    "id" BIGSERIAL NOT NULL,
    "cluster_id" BIGINT NOT NULL,
    "dimension" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "from_seq" INTEGER NOT NULL,
    "to_seq" INTEGER,
    "n" INTEGER NOT NULL,
    "failing" INTEGER NOT NULL,
    "waived" INTEGER NOT NULL,
    "unknown" INTEGER NOT NULL,
    "subsumed" INTEGER NOT NULL,
    "not_applicable" INTEGER NOT NULL,
    "manual" INTEGER NOT NULL,
    "stale" INTEGER NOT NULL,
    "worst" TEXT,

    CONSTRAINT "tally_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "cluster_slug_key" ON "cluster"("slug");

-- CreateIndex
CREATE INDEX "snapshot_cluster_id_taken_at_idx" ON "snapshot"("cluster_id", "taken_at");

-- CreateIndex
CREATE UNIQUE INDEX "snapshot_cluster_id_seq_key" ON "snapshot"("cluster_id", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "coverage_set_cluster_id_digest_key" ON "coverage_set"("cluster_id", "digest");

-- CreateIndex
CREATE UNIQUE INDEX "score_set_cluster_id_digest_key" ON "score_set"("cluster_id", "digest");

-- CreateIndex
CREATE INDEX "scan_cluster_id_created_at_idx" ON "scan"("cluster_id", "created_at");

-- CreateIndex
CREATE INDEX "scan_state_idx" ON "scan"("state");

-- CreateIndex
CREATE UNIQUE INDEX "resource_cluster_id_key_key" ON "resource"("cluster_id", "key");

-- CreateIndex
CREATE INDEX "resource_version_resource_id_from_seq_idx" ON "resource_version"("resource_id", "from_seq");

-- CreateIndex
CREATE INDEX "resource_version_cluster_id_to_seq_from_seq_idx" ON "resource_version"("cluster_id", "to_seq", "from_seq");

-- CreateIndex
CREATE UNIQUE INDEX "finding_public_id_key" ON "finding"("public_id");

-- CreateIndex
CREATE INDEX "finding_resource_id_idx" ON "finding"("resource_id");

-- CreateIndex
CREATE UNIQUE INDEX "finding_cluster_id_fingerprint_key" ON "finding"("cluster_id", "fingerprint");

-- CreateIndex
CREATE INDEX "finding_span_finding_id_opened_seq_idx" ON "finding_span"("finding_id", "opened_seq");

-- CreateIndex
CREATE INDEX "finding_span_cluster_id_closed_seq_opened_seq_idx" ON "finding_span"("cluster_id", "closed_seq", "opened_seq");

-- CreateIndex
CREATE INDEX "finding_span_cluster_id_opened_seq_idx" ON "finding_span"("cluster_id", "opened_seq");

-- CreateIndex
CREATE INDEX "tally_cluster_id_to_seq_from_seq_idx" ON "tally"("cluster_id", "to_seq", "from_seq");

-- CreateIndex
CREATE INDEX "tally_cluster_id_dimension_key_from_seq_idx" ON "tally"("cluster_id", "dimension", "key", "from_seq");

-- The body is deflated already: do not try to compress it again.
ALTER TABLE "resource_version" ALTER COLUMN "body" SET STORAGE EXTERNAL;
