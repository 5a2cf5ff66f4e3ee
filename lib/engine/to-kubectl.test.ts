import { expect, it } from "vitest";
import { toKubectl } from "./to-kubectl";

const target = { apiVersion: "apps/v1", kind: "Deployment", namespace: "shop", name: "cart" };
const patch = { ops: [], risk: "none" } as const;
const adding = (value: string) => [{ op: "add" as const, path: "/metadata/labels/a", value }];

it("patches by an argument, quoted for the shell", () => {
  expect(toKubectl(target, patch, adding("it's"))).toBe(
    `kubectl patch deployment.apps/cart -n shop --type=json -p '[{"op":"add","path":"/metadata/labels/a","value":"it'\\''s"}]'`,
  );
});

it("takes a patch from a file that is too long, in bytes, for any command line", () => {
  const short = JSON.stringify(adding("")).length;
  expect(toKubectl(target, patch, adding("x".repeat(131_071 - short)))).toContain(" -p '[");
  expect(toKubectl(target, patch, adding("x".repeat(131_072 - short)))).toBe("kubectl patch deployment.apps/cart -n shop --type=json --patch-file patch.json");
  expect(toKubectl(target, patch, adding("é".repeat(65_600)))).toContain("--patch-file");
});
