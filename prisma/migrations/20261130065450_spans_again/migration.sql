-- CreateTable
CREATE TABLE "span_again" (
    "id" BIGSERIAL NOT NULL,
    "cluster_id" BIGINT NOT NULL,
    "from_seq" INTEGER NOT NULL,
    "to_seq" INTEGER,
    "open_since_seq" INTEGER NOT NULL,
    "opened_cause" TEXT NOT NULL,
    "closed_cause" TEXT,
    "stale_since_seq" INTEGER,
    "stale_reason" TEXT,
    "first_id" BIGINT NOT NULL,
    "spans" BYTEA NOT NULL,

    CONSTRAINT "span_again_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "span_again_cluster_id_to_seq_from_seq_idx" ON "span_again"("cluster_id", "to_seq", "from_seq");
