-- AlterTable
ALTER TABLE "resource" DROP COLUMN "labels";
