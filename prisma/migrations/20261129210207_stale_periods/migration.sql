-- CreateTable
CREATE TABLE "stale_period" (
    "id" BIGSERIAL NOT NULL,
    "cluster_id" BIGINT NOT NULL,
    "from_seq" INTEGER NOT NULL,
    "to_seq" INTEGER NOT NULL,
    "reason" TEXT,
    "first_id" BIGINT NOT NULL,
    "findings" BYTEA NOT NULL,

    CONSTRAINT "stale_period_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "stale_period_cluster_id_to_seq_from_seq_idx" ON "stale_period"("cluster_id", "to_seq", "from_seq");
