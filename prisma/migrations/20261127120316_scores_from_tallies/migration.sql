-- AlterTable
ALTER TABLE "snapshot" DROP COLUMN "score_id";

-- DropTable
DROP TABLE "score_set";
