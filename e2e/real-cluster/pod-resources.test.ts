import { afterAll, beforeAll, expect, test } from "vitest";
import requestsMissing from "@/lib/controls/container/resource-requests-missing";
import { fc } from "@/lib/model/testing-properties";
import { record } from "@/lib/model/json";
import { type Manifest, manifest } from "../world/manifest";
import { applyManifests } from "./apply-manifests";
import { describeOnCluster } from "./describe-on-cluster";
import { judgeManifests } from "./judge-manifests";

const RUNS = 300;
const PLACE = "/api/v1/namespaces/pod-resources";

const amounts = fc.option(fc.record({ cpu: fc.constantFrom("0", "100m"), memory: fc.constantFrom("0", "64Mi") }, { requiredKeys: [] }), { nil: undefined });
const resources = fc.option(fc.record({ requests: amounts, limits: amounts }), { nil: undefined });
const randomPod = fc
  .record({ whole: resources, own: fc.array(resources, { minLength: 1, maxLength: 3 }), init: fc.array(resources, { maxLength: 1 }) })
  .map(({ whole, own, init }): Manifest => {
    const toContainers = (list: readonly unknown[], name: string) =>
      list.map((item, index) => ({ name: `${name}-${index}`, image: "example.com/app:1", resources: item }));
    const spec = { resources: whole, containers: toContainers(own, "app"), initContainers: toContainers(init, "init") };
    return JSON.parse(JSON.stringify({ ...manifest("v1", "Pod", "pod-resources", "app", {}), spec }));
  });

const stateOf = (pod: Manifest) => judgeManifests([pod], [requestsMissing], { minor: 37, isComplete: true }).map(({ state }) => state);

describeOnCluster("requests of a pod as a whole", {}, (controlPlane) => {
  beforeAll(() => applyManifests(controlPlane, [manifest("v1", "Namespace", null, "pod-resources", {})]));
  afterAll(() => controlPlane.request("DELETE", PLACE));

  test("are judged in a manifest as the API server fills them in", async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(randomPod, async (pod) => {
        const answer = await controlPlane.request("POST", `${PLACE}/pods?dryRun=All`, pod);
        if (answer.status !== 201) return;
        const live = stateOf({ ...pod, ...record(answer.body) });
        seen.add(live.join());
        expect(stateOf(pod)).toEqual(live);
      }),
      { numRuns: RUNS },
    );
    expect([...seen].sort()).toEqual(["fail", "pass"]);
  });
});
