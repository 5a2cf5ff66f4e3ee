-- Every scan adds a row, whether anything changed or not: its numbers are compressed in place, which PostgreSQL does by itself only for longer rows.
ALTER TABLE "snapshot" SET (toast_tuple_target = 256);
ALTER TABLE "snapshot" ALTER COLUMN "facts" SET STORAGE MAIN;
ALTER TABLE "snapshot" ALTER COLUMN "counts" SET STORAGE MAIN;
