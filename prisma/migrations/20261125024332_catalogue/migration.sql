-- CreateTable
CREATE TABLE "catalogue" (
    "version" TEXT NOT NULL,
    "controls" JSONB NOT NULL,

    CONSTRAINT "catalogue_pkey" PRIMARY KEY ("version")
);
