-- AlterTable
ALTER TABLE "finding_span" ALTER COLUMN "evidence" DROP NOT NULL;

-- CreateTable
CREATE TABLE "evidence" (
    "cluster_id" BIGINT NOT NULL,
    "digest" BYTEA NOT NULL,
    "body" JSONB NOT NULL,

    CONSTRAINT "evidence_pkey" PRIMARY KEY ("cluster_id","digest")
);
