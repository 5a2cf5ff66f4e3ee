-- AlterTable
ALTER TABLE "finding_span" ADD COLUMN     "stale_reason" TEXT;
