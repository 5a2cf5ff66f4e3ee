import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import { describe, expect, it } from "vitest";
import { isNeverListed } from "@/lib/inventory/slice-kind";
import { type JsonRecord, record, records, texts } from "@/lib/model/json";
import { OPT_IN_SOURCES } from "@/lib/model/opt-in-source";
import { ALL_COLLECTORS } from "./all-collectors";
import { ALL_OPT_IN_READERS } from "./all-opt-in-readers";

function rulesOf(file: string): readonly JsonRecord[] {
  const documents = parseAllDocuments(readFileSync(new URL(`../../${file}`, import.meta.url), "utf8")).map((document) => record(document.toJS()));
  return records(documents.find((document) => document.kind === "ClusterRole")?.rules);
}

const rules = rulesOf("deploy/cluster-role.yaml");
const resourceRules = rules.filter((rule) => texts(rule.resources).length > 0);

describe("the published ClusterRole", () => {
  it("grants exactly the resources that the collectors read", () => {
    const granted = resourceRules.flatMap((rule) => texts(rule.apiGroups).flatMap((group) => texts(rule.resources).map((resource) => `${resource}.${group}`)));
    const needed = ALL_COLLECTORS.flatMap((collector) =>
      collector.kinds.flatMap(({ kind, sliceKind = kind, ...list }) => (isNeverListed(sliceKind) ? [] : `${list.resource}.${list.group}`)),
    );
    expect(granted.toSorted()).toEqual([...new Set(needed)].toSorted());
  });

  it("grants nothing that changes anything, nothing that is never asked, and no Secrets", () => {
    for (const rule of resourceRules) expect(["get", "list"]).toEqual(expect.arrayContaining([...texts(rule.verbs)]));
    expect(resourceRules.flatMap((rule) => texts(rule.resources))).not.toContain("secrets");
    for (const rule of resourceRules) if (texts(rule.resources).includes("*")) expect(texts(rule.apiGroups)).toEqual(["constraints.gatekeeper.sh"]);
  });

  it("grants discovery and the version", () => {
    const paths = rules.flatMap((rule) => texts(rule.nonResourceURLs));
    expect(paths).toEqual(expect.arrayContaining(["/version", "/api", "/apis", "/apis/*"]));
  });
});

describe("the ClusterRole of each opt-in source", () => {
  it("grants one thing to read, and none of it is in the published ClusterRole", () => {
    const grants = Object.fromEntries(ALL_OPT_IN_READERS.map(({ source, grant }) => [source, grant === null ? [] : rulesOf(grant)]));
    expect(grants).toEqual({
      "secret-metadata": [{ apiGroups: [""], resources: ["secrets"], verbs: ["list"] }],
      "kubelet-config": [{ apiGroups: [""], resources: ["nodes/proxy"], verbs: ["get"] }],
      "api-server-metrics": [{ nonResourceURLs: ["/metrics"], verbs: ["get"] }],
      "api-server-probe": [],
    });
    expect(JSON.stringify(rules)).not.toMatch(/"secrets"|nodes\/proxy|\/metrics/);
  });

  it("has a reader for every source, each of which says how to get it", () => {
    expect(ALL_OPT_IN_READERS.map(({ source }) => source).toSorted()).toEqual(OPT_IN_SOURCES.toSorted());
    for (const { grant, on } of ALL_OPT_IN_READERS) if (grant !== null) expect(on).toContain(grant);
  });
});
