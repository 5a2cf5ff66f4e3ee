import { expect, test } from "vitest";
import { proposePatch } from "../../engine/propose-patch";
import { buildInventory } from "../../inventory/build-inventory";
import { itemsOf } from "../../inventory/slices";
import { WHOLE_CLUSTER } from "../../inventory/testing-context";
import { deployment, ingress, limitRange, node, pod as podOf, statefulSet } from "../../inventory/testing";
import { type JsonRecord, record, records } from "../../model/json";
import { toResourceRef } from "../../model/resource-ref";
import exposedAdminInterface from "../code/exposed-admin-interface";
import ingressWithoutTls from "../code/ingress-without-tls";
import containerPrivileged from "../container/container-privileged";
import defaultSaInUse from "../container/default-sa-in-use";
import hostpathVolume from "../container/hostpath-volume";
import netRawRetained from "../container/net-raw-retained";
import hostpathSensitive from "../container/hostpath-sensitive";
import privilegeEscalationAllowed from "../container/privilege-escalation-allowed";
import pssBaseline from "../container/pss-baseline";
import resourceLimitsMissing from "../container/resource-limits-missing";
import resourceRequestsMissing from "../container/resource-requests-missing";
import type { AnyControl, Weakness } from "../define";
import { dropHostMounts } from "./drop-host-mounts";
import { pinDigest } from "./pin-digest";

const volumes = [{ name: "node", hostPath: { path: "/etc" } }];
const [workload] = itemsOf(buildInventory([deployment({ podSpec: { volumes } })], WHOLE_CLUSTER).slices.workloads);
const [pod] = workload?.views() ?? [];

const weak = (path: string, value: string, hint?: string): Weakness => ({ path, value, message: "", ...(hint !== undefined && { hint }) }) as Weakness;

test("volumes of the node are not dropped where claims that stay mount it, too", () => {
  if (!pod) throw new Error("a Deployment has a template");
  const [volume, claim] = [weak("spec.template.spec.volumes[0].hostPath", "/etc", "node"), weak("spec.hostPath.path", "/etc")];
  expect(dropHostMounts(pod, [volume])?.ops.length).toBeGreaterThan(0);
  expect(dropHostMounts(pod, [volume, claim])).toBeNull();
});

test("no image is pinned where the digest of another is not known", () => {
  if (!workload) throw new Error("a Deployment is a workload");
  const [known, unknown] = [
    weak("spec.template.spec.containers[0].image", "a:1", `sha256:${"0".repeat(64)}`),
    weak("spec.template.spec.containers[1].image", "b:1"),
  ];
  expect(pinDigest(workload, [known])?.ops).toHaveLength(1);
  expect(pinDigest(workload, [known, unknown])).toBeNull();
});

const propose = (control: AnyControl, object: JsonRecord, ...others: readonly JsonRecord[]) =>
  proposePatch(buildInventory([object, ...others], WHOLE_CLUSTER), control, toResourceRef(object));

test("no mount is dropped of a claim that a StatefulSet makes for each of its pods", () => {
  const claims = { volumeClaimTemplates: [{ metadata: { name: "data" }, spec: { volumeName: "node-etc" } }] };
  const disk = { apiVersion: "v1", kind: "PersistentVolume", metadata: { name: "node-etc" }, spec: { hostPath: { path: "/etc" } } };
  const container = { volumeMounts: [{ name: "data", mountPath: "/data" }] };
  expect(propose(hostpathSensitive, statefulSet({ container, spec: claims }), disk)).toBeNull();
  const claimed = { name: "data", ephemeral: { volumeClaimTemplate: { spec: { volumeName: "node-etc" } } } };
  expect(propose(hostpathSensitive, statefulSet({ container, podSpec: { volumes: [claimed] } }), disk)).not.toBeNull();
});

test("no limit is set that makes a container request more than its pod does", () => {
  const whole = { resources: { requests: { cpu: "10m", memory: "100Mi" } } };
  expect(propose(resourceLimitsMissing, deployment({ podSpec: whole, container: { resources: { requests: undefined, limits: undefined } } }))).toBeNull();
  const own = { resources: { requests: { memory: "50Mi" }, limits: undefined } };
  expect(propose(resourceLimitsMissing, deployment({ podSpec: whole, container: own }))?.ops).toHaveLength(1);
});

test("amounts are those that the LimitRange of the namespace lets in", () => {
  const old = podOf({ metadata: { creationTimestamp: "2026-11-20T00:00:00Z" }, container: { resources: { requests: undefined, limits: undefined } } });
  const within = (limits: JsonRecord) => limitRange({ spec: { limits: [{ type: "Container", ...limits }] } });
  const amounts = (range: JsonRecord) =>
    [resourceLimitsMissing, resourceRequestsMissing].map((control) => propose(control, old, range)?.ops.find(({ path }) => path.endsWith(".memory")));
  expect(amounts(within({ max: { memory: "32Mi" } }))).toMatchObject([{ value: "32Mi" }, { value: "32Mi" }]);
  expect(amounts(within({ min: { memory: "1Gi" } }))).toMatchObject([{ value: "1Gi" }, { value: "1Gi" }]);
  expect(amounts(within({ default: { memory: "2Gi" }, defaultRequest: { memory: "1Gi" } }))).toMatchObject([{ value: "2Gi" }, { value: "1Gi" }]);
});

test("a volume of another type keeps it, though a hostPath stands there that is not set", () => {
  const object = deployment({ podSpec: { volumes: [{ name: "config", hostPath: null, configMap: { name: "config" } }, ...volumes] } });
  expect(propose(hostpathVolume, object)?.ops.map(({ path }) => path)).toEqual([
    "spec.template.spec.volumes[1].hostPath",
    "spec.template.spec.volumes[1].emptyDir",
  ]);
});

test("a pod that leaves the network of its node keeps the ports that it listens on", () => {
  const container = { image: "docker.io/library/redis:7.4.1", ports: [{ containerPort: 6379 }] };
  const patch = propose(
    exposedAdminInterface,
    deployment({ podSpec: { hostNetwork: true }, container }),
    node({ spec: { providerID: "aws:///eu-west-1a/i-1" } }),
  );
  expect(patch?.ops).toEqual([{ op: "remove", path: "spec.template.spec.hostNetwork" }]);
});

test("a certificate takes the name of none that an Ingress has: it would be overwritten", () => {
  const [rule] = records(record(ingress().spec).rules);
  const rules = [rule, { ...rule, host: "new.example.com" }];
  const tls = [{ hosts: ["app.example.com"], secretName: "app-tls" }];
  const patch = propose(ingressWithoutTls, ingress({ spec: { rules, tls } }));
  expect(patch?.ops).toEqual([{ op: "set", path: "spec.tls[-]", value: { hosts: ["new.example.com"], secretName: "app-tls-2" } }]);
  expect(patch?.create?.map(({ metadata }) => metadata)).toEqual([{ name: "app-tls-2", namespace: "shop" }]);
});

test.each([containerPrivileged, netRawRetained, privilegeEscalationAllowed, pssBaseline])(
  "a container that $id takes privileged mode from mounts nothing back to its node",
  (control) => {
    const volumeMounts = [{ name: "node", mountPath: "/x", mountPropagation: "Bidirectional" }];
    const securityContext = { privileged: true, allowPrivilegeEscalation: undefined };
    const object = deployment({ podSpec: { volumes: [{ name: "node", emptyDir: {} }] }, container: { securityContext, volumeMounts } });
    expect(propose(control, object)?.ops).toContainEqual({
      op: "set",
      path: "spec.template.spec.containers[0].volumeMounts[0].mountPropagation",
      value: "HostToContainer",
    });
  },
);

test("a token that the pod mounts by a volume of its own is not said to go with the setting for all pods", () => {
  const token = { name: "token", projected: { sources: [{ serviceAccountToken: { path: "token" } }] } };
  const container = { volumeMounts: [{ name: "token", mountPath: "/token" }] };
  const account = { serviceAccountName: "default", automountServiceAccountToken: undefined };
  expect(propose(defaultSaInUse, deployment({ podSpec: { ...account, volumes: [token] }, container }))).toBeNull();
  expect(propose(defaultSaInUse, deployment({ podSpec: account }))?.ops).toHaveLength(1);
});
