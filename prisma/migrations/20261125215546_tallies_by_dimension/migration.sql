-- DropIndex
DROP INDEX "tally_cluster_id_to_seq_from_seq_idx";

-- CreateIndex
CREATE INDEX "tally_cluster_id_dimension_to_seq_from_seq_idx" ON "tally"("cluster_id", "dimension", "to_seq", "from_seq");
