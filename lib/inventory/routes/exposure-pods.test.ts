import { expect, test } from "vitest";
import { exposureView } from "./exposure";
import { deployment, pod, service, statefulSet } from "../testing";
import { contextOf, exposuresOf } from "./testing-exposure";

const chosen = (name: string) => ({
  apiVersion: "discovery.k8s.io/v1",
  kind: "EndpointSlice",
  metadata: { name: "app-1", namespace: "shop", labels: { "kubernetes.io/service-name": "app" } },
  endpoints: [{ addresses: ["10.0.0.9"], targetRef: { kind: "Pod", name, namespace: "shop" } }, { addresses: ["10.0.0.8"] }],
});

test("sees a Service by a label that a program gives to its own pod while it runs", () => {
  const active = service({ spec: { type: "NodePort", selector: { app: "app", "vault-active": "true" } } });
  const context = contextOf(statefulSet(), active, chosen("app-0"));
  const exposures = context.slices.workloads.flatMap((workload) =>
    context
      .view(exposureView)(workload)
      .map(({ exposure }) => exposure),
  );
  expect(exposures).toEqual(["node"]);
});

test("counts ports that are opened on the node by any template of a custom kind", () => {
  const worker = deployment({ container: { ports: [{ containerPort: 80, hostPort: 8080 }] } });
  const cluster = {
    apiVersion: "ray.io/v1",
    kind: "RayCluster",
    metadata: { name: "ray", namespace: "shop" },
    spec: { headGroupSpec: deployment().spec, workerGroupSpecs: [worker.spec] },
  };
  const context = contextOf(cluster);
  const [workload] = context.slices.workloads;
  expect(
    workload &&
      context
        .view(exposureView)(workload)
        .map((entry) => entry.path),
  ).toEqual(["spec.workerGroupSpecs[0].template.spec.containers[0].ports[0].hostPort"]);
});

test("counts ports that are opened on the node itself", () => {
  expect(exposuresOf(deployment({ name: "other" }))).toEqual([]);
  const context = contextOf(deployment({ container: { ports: [{ containerPort: 80, hostPort: 8080 }] } }));
  const entries = context.slices.workloads.flatMap((workload) => context.view(exposureView)(workload));
  expect(entries).toEqual([expect.objectContaining({ exposure: "node", path: "spec.template.spec.containers[0].ports[0].hostPort", value: 8080 })]);
});

test("sees the Service of one pod of a StatefulSet, by the label that its controller adds", () => {
  const context = contextOf(
    statefulSet({ name: "db" }),
    service({ spec: { type: "NodePort", selector: { app: undefined, "statefulset.kubernetes.io/pod-name": "db-0" } } }),
  );
  const [db] = context.slices.workloads;
  expect(db && context.view(exposureView)(db)).toEqual([expect.objectContaining({ exposure: "node" })]);
});

const ownedBy = { ownerReferences: [{ apiVersion: "postgresql.cnpg.io/v1", kind: "Cluster", name: "app", uid: "1", controller: true }] };

test.each([
  ["a Rollout", { ...deployment(), apiVersion: "argoproj.io/v1alpha1", kind: "Rollout" }, "app-7d9c5b8f6-x2x9z", ["node"]],
  ["another Rollout", { ...deployment(), apiVersion: "argoproj.io/v1alpha1", kind: "Rollout" }, "app-db-7d9c5b8f6-x2x9z", []],
  ["a Deployment", deployment(), "app-7d9c5b8f6-x2x9z", ["node"]],
  ["another owner", deployment(), "app-db-0", []],
  ["a DaemonSet whose name begins like that of a Deployment", deployment(), "app-db-x2x9z", []],
  ["a StatefulSet whose name begins like that of a DaemonSet", { ...deployment(), kind: "DaemonSet" }, "app-cache", []],
  ["a DaemonSet", { ...deployment(), kind: "DaemonSet" }, "app-x2x9z", ["node"]],
  ["an operator that counts them", pod({ name: "app-1", metadata: ownedBy }), "app-1", ["node"]],
  ["no StatefulSet", statefulSet(), "app-x2x9z", []],
])("sees a Service whose pods somebody chose by name, of %s", (_, object, name, expected) => {
  const context = contextOf(object, service({ spec: { selector: undefined, type: "NodePort" } }), chosen(name));
  const exposures = context.slices.workloads.flatMap((workload) =>
    context
      .view(exposureView)(workload)
      .map(({ exposure }) => exposure),
  );
  expect(exposures).toEqual(expected);
});

test.each([
  ["only for programs on the node", { hostPort: 6379, hostIP: "127.0.0.1" }, []],
  ["only for programs on the node, by its newer address", { hostPort: 6379, hostIP: "::1" }, []],
  ["on one address of the node", { hostPort: 6379, hostIP: "10.0.0.4" }, ["node"]],
])("tells of a port that is open %s", (_, port, expected) => {
  const context = contextOf(deployment({ container: { ports: [{ containerPort: 6379, ...port }] } }));
  const [workload] = context.slices.workloads;
  expect(
    workload &&
      context
        .view(exposureView)(workload)
        .map(({ exposure }) => exposure),
  ).toEqual(expected);
});
