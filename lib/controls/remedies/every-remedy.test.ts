import { isDeepStrictEqual } from "node:util";
import { fc } from "../../model/testing-properties";
import { expect, test } from "vitest";
import { applyPatch } from "../../engine/apply-patch";
import { judge } from "../../engine/judge";
import { patchObjects } from "../../engine/patch-objects";
import { proposePatch } from "../../engine/propose-patch";
import { toJsonPatch } from "../../engine/to-kubectl";
import { buildInventory } from "../../inventory/build-inventory";
import type { Inventory } from "../../inventory/inventory";
import { WHOLE_CLUSTER } from "../../inventory/testing-context";
import { cronJob, deployment, namespace, networkPolicy, pod, statefulSet } from "../../inventory/testing";
import { isRecord, type JsonRecord } from "../../model/json";
import { resourceKey, toResourceRef } from "../../model/resource-ref";
import type { Verdict } from "../../model/verdict";
import { findControl, listControls } from "../registry";

const rarely = (...values: readonly unknown[]): fc.Arbitrary<unknown> => fc.option(fc.constantFrom(...values), { freq: 2, nil: undefined });
const profile = rarely({ type: "Unconfined" }, { type: "RuntimeDefault" });
const security = {
  runAsNonRoot: rarely(true, false),
  runAsUser: rarely(0, 1000),
  seccompProfile: profile,
  appArmorProfile: profile,
  seLinuxOptions: rarely({ type: "spc_t", level: "s0" }, { role: "object_r" }),
};
const container = (name: string): fc.Arbitrary<JsonRecord> =>
  fc.record({
    name: fc.constant(name),
    image: fc.constant("registry.example/app:1"),
    securityContext: fc.record({
      ...security,
      privileged: rarely(true, true, false),
      procMount: rarely("Unmasked"),
      capabilities: rarely(
        { add: ["NET_BIND_SERVICE", "CHOWN", "SYS_ADMIN"] },
        { add: ["SYS_ADMIN", "CAP_NET_RAW"], drop: ["NET_RAW"] },
        { add: ["ALL"], drop: ["ALL"] },
        { add: ["NET_BIND_SERVICE"], drop: ["all"] },
      ),
    }),
    ports: rarely([{ containerPort: 80, hostPort: 80 }, { containerPort: 81 }], [{ containerPort: 80 }]),
    volumeMounts: rarely([{ name: "node", mountPath: "/node", mountPropagation: "Bidirectional" }], [{ name: "data", mountPath: "/tmp" }]),
    livenessProbe: rarely({ httpGet: { port: 80, host: "10.0.0.1" } }),
  });
const podSpec = fc.record({
  hostNetwork: rarely(true),
  hostPID: rarely(true),
  hostIPC: rarely(true),
  shareProcessNamespace: rarely(true),
  nodeSelector: rarely({ "kubernetes.io/os": "windows" }),
  dnsPolicy: rarely("ClusterFirstWithHostNet"),
  securityContext: fc.record({ ...security, sysctls: rarely([{ name: "net.core.somaxconn", value: "1" }]), supplementalGroups: rarely([0, 5]) }),
  volumes: fc.constantFrom(
    [
      { name: "node", hostPath: { path: "/var/run/docker.sock" } },
      { name: "data", emptyDir: {} },
    ],
    [
      { name: "data", nfs: { server: "a", path: "/" } },
      { name: "node", hostPath: { path: "/etc" } },
    ],
  ),
  containers: fc.oneof(fc.tuple(container("app")), fc.tuple(container("app"), container("side"))),
  initContainers: fc.oneof(fc.constant([]), fc.tuple(container("first"))),
});
const annotations = rarely({ "container.apparmor.security.beta.kubernetes.io/app": "unconfined" });

/** A namespace with a workload that has many weaknesses at once, of one kind or another. */
const weakWorld = fc
  .record({ spec: podSpec, annotations, make: fc.constantFrom(deployment, statefulSet, cronJob, pod) })
  .map(({ spec, make, annotations: podAnnotations }) => {
    const made = make({ podSpec: spec, ...(isRecord(podAnnotations) && { podAnnotations }) });
    return [namespace(), namespace({ name: "kube-system" }), networkPolicy(), JSON.parse(JSON.stringify(made)) as JsonRecord]; // safe: a manifest, without what is undefined
  });

function toInventory(objects: readonly JsonRecord[]): Inventory {
  const kubeVersion = { major: 1, minor: 37, text: "v1.37.0" };
  return buildInventory(objects, { ...WHOLE_CLUSTER, kubeVersion });
}

const keyOf = ({ control, resource, locator }: Verdict): string => `${control} on ${resourceKey(resource)} ${locator}`;
const judgeAll = (objects: readonly JsonRecord[]) => new Map([...judge(toInventory(objects), listControls())].map((verdict) => [keyOf(verdict), verdict]));
const fails = (verdict: Verdict | undefined): boolean => verdict?.state === "fail" || verdict?.state === "subsumed";

/** JSON Patch as an API server takes it: what is not there can be neither replaced nor removed. */
function applyJsonPatch(object: unknown, patch: ReturnType<typeof toJsonPatch>): unknown {
  const copy = structuredClone(object);
  for (const { op, path, value } of patch) {
    const steps = path
      .split("/")
      .slice(1)
      .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
    const last = steps.pop() ?? "";
    const parent = steps.reduce<unknown>((node, step) => (node as JsonRecord)[step], copy); // safe: a missing parent throws, which fails the test
    // Safe: as above.
    if (op === "test" && !isDeepStrictEqual((parent as JsonRecord)[last] ?? null, value)) throw new RangeError(`${op} ${path}`);
    if (op === "test") continue;
    if (Array.isArray(parent)) {
      const index = last === "-" ? parent.length : Number(last);
      if (op !== "add" && index >= parent.length) throw new RangeError(`${op} ${path}`);
      parent.splice(index, op === "add" ? 0 : 1, ...(op === "remove" ? [] : [value]));
    } else if (isRecord(parent)) {
      const node = parent as Record<string, unknown>; // safe: a copy of this test's own
      if (op !== "add" && !Object.hasOwn(node, last)) throw new RangeError(`${op} ${path}`);
      if (op === "remove") delete node[last];
      else node[last] = value;
    } else throw new RangeError(path);
  }
  return copy;
}

const OFF_THE_NETWORK = ["netpol-egress-open", "netpol-ingress-open"];
const OFF_THE_NODE = ["user-namespace-missing"];
/** Questions that make no sense of a pod which shares its node, and begin to apply to one that does not any more: no patch could answer them as well. */
const BEGINS_TO_APPLY: Readonly<Record<string, readonly string[]>> = {
  "host-port": [...OFF_THE_NETWORK, ...OFF_THE_NODE],
  "host-network": [...OFF_THE_NETWORK, ...OFF_THE_NODE],
  "host-pid": OFF_THE_NODE,
  "host-ipc": OFF_THE_NODE,
  "pss-baseline": [...OFF_THE_NETWORK, ...OFF_THE_NODE],
  "pss-restricted": [...OFF_THE_NETWORK, ...OFF_THE_NODE],
};

/** All that a patch may touch which says that the pods restart, and no more: whatever else it takes away or forbids, a program may lean on. */
const RESTARTS_ONLY = /\.(?:image|imagePullPolicy|pullPolicy|reference|ephemeralContainers|resources\.requests\.\w+)$/;

test("whatever is weak in a pod, each patch applies as it is shown, turns its control green, breaks no other on any object and leaves nothing to do", () => {
  fc.assert(
    fc.property(weakWorld, (objects) => {
      const before = judgeAll(objects);
      for (const [key, verdict] of before) {
        const control = findControl(verdict.control);
        const patch = control && fails(verdict) ? proposePatch(toInventory(objects), control, verdict.resource, verdict.locator) : null;
        if (!control || !patch) continue;
        if (patch.risk === "restart") for (const { path } of patch.ops) expect(path, key).toMatch(RESTARTS_ONLY);
        const target = resourceKey(patch.target ?? verdict.resource);
        const object = objects.find((candidate) => resourceKey(toResourceRef(candidate)) === target);
        if (object) expect(applyJsonPatch(object, toJsonPatch(object, patch.ops)), key).toEqual(applyPatch(object, patch.ops));
        const patched = patchObjects(objects, verdict.resource, patch);
        const after = judgeAll(patched);
        expect(fails(after.get(key)), `${key} stays red: ${JSON.stringify(patch)}`).toBe(false);
        const begins = BEGINS_TO_APPLY[verdict.control] ?? [];
        const isExpected = (was: Verdict | undefined, now: Verdict): boolean => was?.state === "not-applicable" && begins.includes(now.control);
        const broken = [...after].filter(([other, now]) => fails(now) && !fails(before.get(other)) && !isExpected(before.get(other), now));
        expect(
          broken.map(([other]) => other),
          `broken by ${key}: ${JSON.stringify(patch)}`,
        ).toEqual([]);
        if (after.get(key)?.state === "pass") expect(proposePatch(toInventory(patched), control, verdict.resource, verdict.locator), `${key} again`).toBeNull();
      }
    }),
    { numRuns: 20 },
  );
});

/** Applied as the server would; null = refused. */
function tryJsonPatch(object: JsonRecord, patch: ReturnType<typeof toJsonPatch>): JsonRecord | null {
  try {
    return applyJsonPatch(object, patch) as JsonRecord; // safe: a patch of an object leaves an object
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return null;
    throw error;
  }
}

test("patches of one snapshot that are applied one after the other, in any order, do not undo each other", () => {
  fc.assert(
    fc.property(weakWorld, fc.infiniteStream(fc.nat()), (objects, picks) => {
      const inventory = toInventory(objects);
      const [subject] = [...judgeAll(objects).values()].filter(({ resource }) => resource.kind !== "Namespace" && resource.kind !== "Cluster");
      const own = subject && resourceKey(subject.resource);
      const proposals = [...judgeAll(objects)].flatMap(([key, verdict]) => {
        const control = findControl(verdict.control);
        if (!control || !fails(verdict) || resourceKey(verdict.resource) !== own) return [];
        const patch = proposePatch(inventory, control, verdict.resource, verdict.locator);
        return patch && patch.ops.length > 0 && !patch.target ? [{ key, patch, order: Number(picks.next().value) }] : [];
      });
      let object = objects.find((candidate) => resourceKey(toResourceRef(candidate)) === own) ?? {};
      const original = object;
      const applied: string[] = [];
      for (const { key, patch } of proposals.toSorted((a, b) => a.order - b.order)) {
        const next = tryJsonPatch(object, toJsonPatch(original, patch.ops));
        if (next) applied.push(key);
        object = next ?? object;
      }
      const after = judgeAll(objects.map((candidate) => (candidate === original ? object : candidate)));
      expect(
        applied.filter((key) => fails(after.get(key))),
        JSON.stringify(object),
      ).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test("the quota that is proposed leaves load balancers their node ports, which count against a bound on those", () => {
  const inventory = toInventory([namespace(), deployment()]);
  const control = findControl("resourcequota-missing");
  const patch = control && proposePatch(inventory, control, { apiVersion: "v1", kind: "Namespace", namespace: null, name: "shop" }, "");
  expect(patch?.create).toMatchObject([{ kind: "ResourceQuota", spec: { hard: { pods: "50", "services.loadbalancers": "2" } } }]);
  expect(JSON.stringify(patch)).not.toContain("services.nodeports");
});
