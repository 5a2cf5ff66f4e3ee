import { describe, expect, it } from "vitest";
import { isRead } from "./is-read";

describe("isRead", () => {
  it.each(["SELECT 1", '  -- why\n SELECT "updated_at" FROM scan', "/* a */ (SELECT 1)", "WITH a AS (SELECT 1) SELECT * FROM a;", "SHOW server_version"])(
    "takes %j for a read",
    (sql) => expect(isRead(sql)).toBe(true),
  );

  it.each([
    "INSERT INTO a VALUES (1)",
    "WITH a AS (DELETE FROM b RETURNING *) SELECT * FROM a",
    "SELECT * FROM a FOR UPDATE",
    "SELECT * FROM a FOR NO KEY UPDATE",
    "SELECT nextval('a')",
    "SELECT pg_advisory_lock(1)",
    "SELECT 1; SELECT 2",
    "BEGIN",
    "SELECT 1 INTO b",
    "",
  ])("does not take %j for a read", (sql) => expect(isRead(sql)).toBe(false));
});
