-- CreateTable
CREATE TABLE "tally_pause" (
    "id" BIGSERIAL NOT NULL,
    "cluster_id" BIGINT NOT NULL,
    "from_seq" INTEGER NOT NULL,
    "to_seq" INTEGER NOT NULL,
    "first_id" BIGINT NOT NULL,
    "tallies" BYTEA NOT NULL,

    CONSTRAINT "tally_pause_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "tally_pause_cluster_id_to_seq_from_seq_idx" ON "tally_pause"("cluster_id", "to_seq", "from_seq");
