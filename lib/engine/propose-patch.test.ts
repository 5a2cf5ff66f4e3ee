import { expect, it } from "vitest";
import { findControl } from "../controls/registry";
import { buildInventory } from "../inventory/build-inventory";
import { DEFAULT_SETTINGS } from "../inventory/inventory";
import { daemonSet, namespace } from "../inventory/testing";
import { toResourceRef } from "../model/resource-ref";
import { proposePatch } from "./propose-patch";

const cni = daemonSet({ name: "calico-node", namespace: "kube-system", container: { name: "calico-node", image: "docker.io/calico/node:v3.30.0" } });

interface Template {
  readonly labels: Readonly<Record<string, string>>;
  readonly spec?: object;
}

/** The patch for an object with two templates. */
function propose(id: string, head: Template, worker: Template) {
  const toTemplate = ({ labels, spec }: Template) => ({ template: { metadata: { labels }, spec: { containers: [{ name: "ray", image: "r:1" }], ...spec } } });
  const ray = {
    apiVersion: "ray.io/v1",
    kind: "RayCluster",
    metadata: { name: "ray", namespace: "shop", labels: { "concentric.dev/trust": "untrusted" } },
    spec: { headGroupSpec: toTemplate(head), workerGroupSpecs: [{ groupName: "w", ...toTemplate(worker) }] },
  };
  const options = { isComplete: true, kubeVersion: null, observedAt: "2026-11-25T00:00:00Z", settings: DEFAULT_SETTINGS };
  const control = findControl(id);
  if (control === null) throw new Error(`no control ${id}`);
  return proposePatch(buildInventory([namespace(), namespace({ name: "kube-system" }), cni, ray], options), control, toResourceRef(ray));
}

const [head, worker] = [{ labels: { role: "head" } }, { labels: { role: "worker" } }];

it("is none where each template needs an object of its own under one name, and one where they share it", () => {
  for (const id of ["netpol-ingress-open", "netpol-egress-open"]) {
    expect(propose(id, head, worker)).toBeNull();
    expect(propose(id, head, head)?.create).toHaveLength(1);
  }
  const sandbox = propose("sandbox-runtime-missing", head, worker);
  expect(sandbox?.create).toMatchObject([{ kind: "RuntimeClass" }]);
  expect(sandbox?.ops.map(({ path }) => path)).toEqual([
    "spec.headGroupSpec.template.spec.runtimeClassName",
    "spec.workerGroupSpecs[0].template.spec.runtimeClassName",
  ]);
});

it("is none where one of the templates has none", () => {
  const [weak, hostProcess] = [{ hostNetwork: true }, { hostNetwork: true, securityContext: { windowsOptions: { hostProcess: true } } }];
  expect(propose("host-network", { ...head, spec: weak }, { ...worker, spec: weak })?.ops.length).toBeGreaterThan(1);
  expect(propose("host-network", { ...head, spec: weak }, { ...worker, spec: hostProcess })).toBeNull();
});
