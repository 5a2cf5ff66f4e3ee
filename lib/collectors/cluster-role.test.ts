import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import { describe, expect, it } from "vitest";
import { record, records, texts } from "@/lib/model/json";
import { ALL_COLLECTORS } from "./all-collectors";

const documents = parseAllDocuments(readFileSync(new URL("../../deploy/cluster-role.yaml", import.meta.url), "utf8")).map((document) =>
  record(document.toJS()),
);
const rules = records(documents.find((document) => document.kind === "ClusterRole")?.rules);
const resourceRules = rules.filter((rule) => texts(rule.resources).length > 0);

describe("the published ClusterRole", () => {
  it("grants exactly the resources that the collectors read", () => {
    const granted = resourceRules.flatMap((rule) => texts(rule.apiGroups).flatMap((group) => texts(rule.resources).map((resource) => `${resource}.${group}`)));
    const needed = ALL_COLLECTORS.flatMap((collector) => collector.kinds.map((kind) => `${kind.resource}.${kind.group}`));
    expect(granted.toSorted()).toEqual([...new Set(needed)].toSorted());
  });

  it("grants nothing that changes anything, and no Secrets", () => {
    for (const rule of resourceRules) expect(["get", "list", "watch"]).toEqual(expect.arrayContaining([...texts(rule.verbs)]));
    expect(resourceRules.flatMap((rule) => texts(rule.resources))).not.toContain("secrets");
    for (const rule of resourceRules) if (texts(rule.resources).includes("*")) expect(texts(rule.apiGroups)).toEqual(["constraints.gatekeeper.sh"]);
  });

  it("grants discovery and the version", () => {
    const paths = rules.flatMap((rule) => texts(rule.nonResourceURLs));
    expect(paths).toEqual(expect.arrayContaining(["/version", "/api", "/apis", "/apis/*"]));
  });
});
