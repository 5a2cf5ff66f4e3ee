-- CreateTable
CREATE TABLE "forgotten_cluster" (
    "slug" TEXT NOT NULL,
    "forgotten_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "forgotten_cluster_pkey" PRIMARY KEY ("slug")
);
