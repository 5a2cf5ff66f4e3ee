import { describe, expect, it } from "vitest";
import { isAggregated, parseAggregated, parseGroupVersions, parseResourceList } from "./parse-discovery";

describe("parseAggregated", () => {
  it("lists what can be listed, and tells an aggregated API that is down from one that is not there", () => {
    const found = parseAggregated({
      kind: "APIGroupDiscoveryList",
      items: [
        {
          metadata: { name: "apps" },
          versions: [
            {
              version: "v1",
              freshness: "Current",
              resources: [
                { resource: "deployments", responseKind: { group: "apps", version: "v1", kind: "Deployment" }, scope: "Namespaced", verbs: ["get", "list"] },
                { resource: "reviews", responseKind: { kind: "Review" }, scope: "Cluster", verbs: ["create"] },
              ],
            },
          ],
        },
        { metadata: { name: "metrics.k8s.io" }, versions: [{ version: "v1beta1", freshness: "Stale", resources: [] }] },
      ],
    });
    expect(found.kinds).toEqual([{ group: "apps", version: "v1", resource: "deployments", kind: "Deployment", namespaced: true }]);
    expect([...found.faults.keys()]).toEqual(["metrics.k8s.io"]);
  });

  it.each([null, "text", { items: "x" }, { items: [{ versions: [{ resources: [null, 3] }] }] }])("makes nothing of %j", (document) => {
    expect(parseAggregated(document).kinds).toEqual([]);
  });
});

describe("parseResourceList", () => {
  it("leaves out subresources", () => {
    const resources = [
      { name: "pods", kind: "Pod", namespaced: true, verbs: ["list"] },
      { name: "pods/log", kind: "Pod", namespaced: true, verbs: ["get", "list"] },
    ];
    expect(parseResourceList({ resources }, "", "v1")?.map((kind) => kind.resource)).toEqual(["pods"]);
  });
});

it.each([null, "text", {}, { message: "sign in" }, { kind: "APIGroupDiscoveryList", items: {}, groups: "x", resources: { a: 1 } }])(
  "takes %j for no answer at all, and not for one that names nothing",
  (document) => {
    expect(isAggregated(document)).toBe(false);
    expect(parseGroupVersions(document)).toBeNull();
    expect(parseResourceList(document, "apps", "v1")).toBeNull();
  },
);

it("takes null for none of the resources of a group", () => {
  expect(parseResourceList({ resources: null }, "apps", "v1")).toEqual([]);
});
