import { expect, test } from "vitest";
import type { JsonRecord } from "../model/json";
import { findIngressController } from "./routes/ingress-controller";
import { ingressEntriesView } from "./routes/ingress-entry";
import { findHostTls } from "./routes/ingress-tls";
import { guardOfPolicies } from "./routes/istio-guards";
import { listHostPathMounts } from "./workloads/host-path-mounts";
import { toKubeObject } from "./kube-object";
import { mayLeadTo } from "./routes/service-port-target";
import { createTestContext } from "./testing-context";
import { deployment, ingress, service } from "./testing";

/** Objects of one field each, and how often it was read of all of them. */
function counted(field: string, values: readonly unknown[]) {
  let reads = 0;
  const items = values.map((value) => ({
    get [field](): unknown {
      reads += 1;
      return value;
    },
  }));
  return { items, reads: () => reads };
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i);

function podOf(container: JsonRecord, podSpec: JsonRecord = {}) {
  const context = createTestContext([deployment({ container, podSpec })]);
  const [workload] = context.slices.workloads;
  const pod = workload?.views()[0];
  if (!workload || !pod) throw new Error("The Deployment has no pod.");
  return { context, workload, pod };
}

test("TLS of an Ingress is read once for all of its hosts", () => {
  const context = createTestContext([]);
  const readsFor = (count: number) => {
    const tls = counted(
      "hosts",
      range(count).map((i) => [`t${i}.example.com`]),
    );
    const object = toKubeObject({ ...ingress(), spec: { tls: tls.items } }, () => "workload");
    const controller = findIngressController(object, context);
    for (const i of range(count)) expect(findHostTls(object, `h${i}.example.com`, controller, context)).toBeNull();
    expect(findHostTls(object, "t1.example.com", controller, context)).toBe(object);
    return tls.reads();
  };
  const once = readsFor(100);
  expect(readsFor(200)).toBe(2 * once);
});

test("mounts of volumes that share a name are as many as mounts and volumes, not as their product, and none is missing", () => {
  const mountsOf = (count: number) => {
    const volumes = range(count).map((i) => ({ name: "v", hostPath: { path: `/data/${i}` } }));
    const volumeMounts = range(count).map((i) => ({ name: "v", mountPath: `/m${i}`, readOnly: i > 0 }));
    const { context, workload, pod } = podOf({ volumeMounts }, { volumes });
    const mounts = listHostPathMounts(workload, pod, context);
    expect(new Set(mounts.filter(({ isWritable }) => isWritable).map(({ hostPath }) => hostPath)).size).toBe(count);
    return mounts.length;
  };
  const once = mountsOf(100);
  expect(mountsOf(200)).toBeLessThan(2 * once + 100);
});

test("a path that is longer than any that Linux takes is judged by its first folders", () => {
  const hostPath = `/etc${"/.".repeat(5_000)}/kubernetes${"/a".repeat(5_000)}`;
  const { context, workload, pod } = podOf({ volumeMounts: [{ name: "v", mountPath: "/m" }] }, { volumes: [{ name: "v", hostPath: { path: hostPath } }] });
  const [mount] = listHostPathMounts(workload, pod, context);
  expect(mount?.hostPath).toHaveLength(4_096);
  expect(mount?.hostPath.startsWith("/etc/kubernetes/a/a/")).toBe(true);
});

test("the ports of a Service are read once for all that ask for one", () => {
  const { pod } = podOf({ ports: range(5).map((i) => ({ name: `p${i}`, containerPort: 8_000 + i })) });
  const [container] = pod.containers;
  if (!container) throw new Error("The pod has no container.");
  const readsFor = (count: number) => {
    const ports = counted("name", range(count).map(String));
    const object = toKubeObject({ ...service(), spec: { ports: ports.items } }, () => "workload");
    for (const i of range(count)) mayLeadTo(object, pod, container, `${i}`);
    return ports.reads();
  };
  const once = readsFor(100);
  expect(readsFor(200)).toBe(2 * once);
});

test("the rules of policies of Istio are read once for all routes of a Gateway", () => {
  const readsFor = (count: number) => {
    const rules = counted(
      "to",
      range(count).map((i) => [{ operation: { hosts: [`h${i}.example.com`] } }]),
    );
    const policy = toKubeObject({ kind: "AuthorizationPolicy", metadata: { name: "gate", namespace: "shop" }, spec: { rules: rules.items } }, () => "workload");
    const guardOf = guardOfPolicies([policy]);
    for (const i of range(count)) expect(guardOf([`h${i}.example.com`]).hasSignIn).toBe(false);
    return rules.reads();
  };
  const once = readsFor(100);
  expect(readsFor(200)).toBe(2 * once);
});

test("what leads to a controller is followed once for all Ingresses that it serves", () => {
  const at = (ip: string) => ({ status: { loadBalancer: { ingress: [{ ip }] } } });
  const to = (name: string) => ({ rules: [{ http: { paths: [{ backend: { service: { name, port: { number: 80 } } } }] } }] });
  const readsFor = (count: number) => {
    const fronts = range(count).map((i) => ingress({ metadata: { name: `f${i}`, namespace: "edge" }, spec: to("nginx"), ...at("34.1.2.3") }));
    const served = range(count).map((i) => ingress({ metadata: { name: `i${i}` }, ...at("10.96.0.9") }));
    const context = createTestContext([service({ name: "nginx", namespace: "edge", spec: { clusterIP: "10.96.0.9" } }), ...fronts, ...served]);
    const { ofIngress } = context.view(ingressEntriesView);
    const [nginx] = context.slices.services;
    if (!nginx) throw new Error("The controller has no Service.");
    const { ref } = nginx;
    let reads = 0;
    Object.defineProperty(nginx, "ref", {
      get: () => {
        reads += 1;
        return ref;
      },
    });
    for (const object of context.slices.ingresses.filter(({ ref: { namespace } }) => namespace === "shop")) {
      expect(ofIngress(object, () => undefined)(undefined).exposure).toBe("external");
    }
    return reads;
  };
  const once = readsFor(20);
  expect(readsFor(40)).toBeLessThan(2 * once + 1);
});
