-- AlterTable
ALTER TABLE "resource" DROP COLUMN "owner",
DROP COLUMN "team",
DROP COLUMN "uid";
