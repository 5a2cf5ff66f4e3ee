import { describe, expect, it } from "vitest";
import { createLogger } from "./logger";

describe("createLogger", () => {
  it("never writes a password, token or connection string, at any of three depths", () => {
    const lines: string[] = [];
    const logger = createLogger({ level: "info" }, { write: (line) => void lines.push(line) });
    logger.info({ token: "s3cret", user: { password: "s3cret" }, request: { headers: { authorization: "s3cret" } }, databaseUrl: "s3cret" }, "Signed in");
    expect(lines.join("")).not.toContain("s3cret");
    expect(lines.join("")).toContain('"msg":"Signed in"');
  });
});
