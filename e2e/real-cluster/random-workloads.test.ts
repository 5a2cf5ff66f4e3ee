import { fc } from "@/lib/model/testing-properties";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listControls } from "@/lib/controls/registry";
import { record } from "@/lib/model/json";
import { KUBERNETES_MINOR } from "../control-plane/versions";
import { manifest, type Manifest } from "../world/manifest";
import { nodeManifests } from "../world/nodes";
import { applyManifests } from "./apply-manifests";
import { applyReader } from "./apply-reader";
import { compareVerdicts } from "./compare-verdicts";
import { describeOnCluster } from "./describe-on-cluster";
import { judgeManifests } from "./judge-manifests";
import { listPathOf, objectPathOf } from "./object-path";
import { randomPod } from "./random-pod";
import { scanCluster } from "./scan-cluster";
import { waitForControllers } from "./wait-for-controllers";

const NAMESPACE = manifest("v1", "Namespace", null, "random-workloads");
const COUNT = 120;

function toDeployment(pod: Manifest, index: number): Manifest {
  const labels = { app: `random-${index}` };
  const template = { metadata: { ...record(pod.metadata), name: undefined, labels }, spec: pod.spec };
  return manifest("apps/v1", "Deployment", "random-workloads", `random-${index}`, { spec: { replicas: 1, selector: { matchLabels: labels }, template } });
}

describeOnCluster("random workloads that run", { controllers: true }, (controlPlane) => {
  beforeAll(() => applyManifests(controlPlane, [...nodeManifests(), NAMESPACE]));
  afterAll(() => controlPlane.request("DELETE", objectPathOf(NAMESPACE)));

  test("are judged live as their manifests were, whatever the server and its controllers filled in", async () => {
    const accepted: Manifest[] = [];
    for (const deployment of fc.sample(randomPod, COUNT).map(toDeployment)) {
      if ((await controlPlane.request("POST", listPathOf(deployment), deployment)).status === 201) accepted.push(deployment);
    }
    expect(accepted.length).toBeGreaterThan(COUNT / 2);
    await waitForControllers(controlPlane);
    const observedAt = new Date().toISOString();
    const live = (await scanCluster(await applyReader(controlPlane), observedAt)).verdicts;
    const written = judgeManifests([...nodeManifests(), NAMESPACE, ...accepted], listControls(), { minor: KUBERNETES_MINOR, observedAt });
    const ours = written.filter(({ resource }) => resource.namespace === "random-workloads");
    expect(compareVerdicts(ours, live).differences).toEqual([]);
  });
});
