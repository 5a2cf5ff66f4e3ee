-- AlterTable
ALTER TABLE "evidence" ADD COLUMN     "reason" TEXT;

-- What spans of earlier releases say is of their digests, too: spans of this one do not say it again.
UPDATE "evidence" e SET "reason" = s."reason"
FROM (SELECT DISTINCT "cluster_id", "digest", "reason" FROM "finding_span" WHERE "reason" IS NOT NULL) s
WHERE s."cluster_id" = e."cluster_id" AND s."digest" = e."digest";
