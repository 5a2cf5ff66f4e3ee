import { expect, it } from "vitest";
import { findControl } from "../controls/registry";
import { buildInventory } from "../inventory/build-inventory";
import { DEFAULT_SETTINGS } from "../inventory/inventory";
import { daemonSet, deployment, namespace } from "../inventory/testing";
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

it("lets go of a pinned version where it raises a level: what meets it was judged by the checks of the server", () => {
  const prefix = "pod-security.kubernetes.io/";
  const shop = (level: string) =>
    namespace({
      labels: { [`${prefix}enforce`]: level, [`${prefix}enforce-version`]: "v1.30", [`${prefix}audit`]: "restricted", [`${prefix}audit-version`]: "v1.31" },
    });
  // Before 1.35 restricted refuses root also in a user namespace.
  const cart = deployment({ podSpec: { hostUsers: false, securityContext: { runAsNonRoot: false, runAsUser: 0 } } });
  for (const [id, level, unpinned] of [
    ["psa-enforce-missing", "privileged", ["enforce"]],
    ["psa-below-restricted", "baseline", ["enforce", "audit"]],
  ] as const) {
    const control = findControl(id);
    if (control === null) throw new Error(`no control ${id}`);
    const at = { isComplete: true, kubeVersion: { major: 1, minor: 36, text: "v1.36.0" }, observedAt: "2026-11-25T00:00:00Z", settings: DEFAULT_SETTINGS };
    const ops = proposePatch(buildInventory([shop(level), cart], at), control, toResourceRef(shop(level)))?.ops;
    expect(ops).toContainEqual({ op: "set", path: `metadata.labels["${prefix}enforce"]`, value: "restricted" });
    const pins = unpinned.map((mode) => ({ op: "set", path: `metadata.labels["${prefix}${mode}-version"]`, value: "latest" }));
    expect(ops?.filter(({ path }) => path.includes("-version"))).toEqual(pins);
  }
});
