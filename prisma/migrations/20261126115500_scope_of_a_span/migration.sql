-- AlterTable
ALTER TABLE "finding_span" ADD COLUMN     "scope" TEXT NOT NULL DEFAULT 'workload';

-- What was of the platform when it was last seen is taken to have been so: nobody wrote down what it was before.
UPDATE "finding_span" s SET "scope" = r."scope" FROM "finding" f JOIN "resource" r ON r."id" = f."resource_id" WHERE f."id" = s."finding_id" AND r."scope" <> 'workload';

-- AlterTable
ALTER TABLE "finding_span" ALTER COLUMN "scope" DROP DEFAULT;
