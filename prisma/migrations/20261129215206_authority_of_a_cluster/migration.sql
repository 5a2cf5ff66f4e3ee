-- AlterTable
ALTER TABLE "cluster" ADD COLUMN     "authority" TEXT;
