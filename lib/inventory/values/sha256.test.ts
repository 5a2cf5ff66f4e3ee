import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { sha256 } from "./sha256";

test.each(["", "abc", "ü".repeat(40), "a".repeat(55), "a".repeat(56), "a".repeat(64), "long ".repeat(1000)])(
  "equals the digest that Node makes of %j",
  (text) => {
    expect(sha256(text)).toBe(createHash("sha256").update(text).digest("hex"));
  },
);
