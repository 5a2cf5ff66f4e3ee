import { expect, it } from "vitest";
import { askHref } from "./ask-href";

it("writes one short address for each question, without what is empty or holds anyway", () => {
  expect(askHref("/c/a", { by: "capability", verb: "get,list", resource: "secrets", namespace: null, name: " " })).toBe(
    "/c/a/who-can?verb=get,list&resource=secrets",
  );
  expect(askHref("/c/a", { by: "subject", subject: "Group/system:authenticated" })).toBe("/c/a/who-can?by=subject&subject=Group/system:authenticated");
  expect(askHref("/c/a", { by: "subject", subject: "User/a&b=c" })).toBe("/c/a/who-can?by=subject&subject=User/a%26b%3Dc");
  expect(askHref("/c/a", {})).toBe("/c/a/who-can");
});
