import { expect, test } from "vitest";
import { SECRET_PATTERNS } from "./secret-patterns";

test.each(["http://shop.shop.svc.cluster.local:8080/healthz", "registry.example.com/team/app:1.27.3", "server.port = 8080\nlog.level.root = info"])(
  "nothing in an ordinary text makes it look for any format: %s",
  (text) => {
    expect(SECRET_PATTERNS.filter(({ hint }) => (typeof hint === "string" ? text.includes(hint) : hint.test(text)))).toEqual([]);
  },
);
