-- DropIndex
DROP INDEX "finding_resource_id_idx";

-- DropIndex
DROP INDEX "finding_span_cluster_id_opened_seq_idx";
