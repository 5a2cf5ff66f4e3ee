import { expect, test } from "vitest";
import { explainIssue } from "./explain-issue";
import { networkPageQuery } from "./network";

test.each([
  [{}, null],
  [{ find: "shop", limit: "20" }, null],
  [{ by: "matrix", from: "shop", to: "~" }, null],
  [{ by: "workload" }, null],
  [{ by: "workload", workload: "shop/Deployment/cart", at: "7" }, null],
  [{ by: "policy", namespace: "shop", workload: "shop/Deployment/cart", callers: "named" }, null],
  [{ from: "shop" }, "from: to, the other end, is missing."],
  [{ to: "shop" }, "to: from, the other end, is missing."],
  [{ from: "shop", to: "~", find: "sh" }, "find: it is part of all namespaces together, not of from and to."],
  [{ by: "matrix", from: "shop", to: "~", limit: "5" }, "limit: it is part of all namespaces together, not of from and to."],
  [{ workload: "shop/Deployment/cart" }, "workload: it is part of by=workload and by=policy alone."],
  [{ by: "matrix", callers: "named" }, "callers: it is part of by=policy alone."],
  [{ by: "workload", namespace: "shop" }, "namespace: it is part of by=policy alone."],
  [{ by: "workload", from: "shop", to: "~" }, "from: it is part of by=matrix alone."],
  [{ by: "policy", find: "shop" }, "find: it is part of by=matrix alone."],
])("refuses what the question of the page does not heed: %j", (asked, sentence) => {
  const issue = networkPageQuery.safeParse(asked).error?.issues[0];
  expect(issue === undefined ? null : explainIssue(issue)).toBe(sentence);
});
