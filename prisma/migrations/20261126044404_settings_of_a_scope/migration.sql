-- CreateTable
CREATE TABLE "scope_settings" (
    "cluster_id" BIGINT NOT NULL,
    "scope_hash" TEXT NOT NULL,
    "settings" JSONB NOT NULL,

    CONSTRAINT "scope_settings_pkey" PRIMARY KEY ("cluster_id","scope_hash")
);
