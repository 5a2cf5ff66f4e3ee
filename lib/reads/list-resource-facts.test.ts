import { expect, it } from "vitest";
import type { Layer } from "@/lib/model/layer";
import { listResourceFacts } from "./list-resource-facts";

const paths = { serviceAccount: (name: string) => `/sa/${name}`, namespace: (name: string) => `/ns/${name}` };

function factsOf(layer: Layer, manifest: object, namespace: string | null = "shop"): Record<string, string> {
  return Object.fromEntries(listResourceFacts(layer, manifest, namespace, paths).map(({ name, value }) => [name, value]));
}

const workload = (spec: object, more: object = {}) => ({ kind: "Deployment", spec: { ...more, template: { spec } } });

it("counts what all containers of a pod take their variables from", () => {
  const from = (...names: string[]) => ({ envFrom: names.map((name) => ({ configMapRef: { name } })) });
  const factOf = (spec: object) => factsOf("code", workload(spec))["Env from"];
  expect(factOf({ containers: [from("a")] })).toBe("1 source");
  expect(factOf({ initContainers: [from("a")], containers: [from(), from("b", "c")] })).toBe("3 sources");
  expect(factOf({ containers: [{}] })).toBeUndefined();
});

it("names each Secret that a pod mounts once, projected ones too", () => {
  const volumes = [
    { secret: { secretName: "tls" } },
    { projected: { sources: [{ secret: { name: "key" } }, { configMap: { name: "ca" } }, { secret: { name: "tls" } }] } },
    { configMap: { name: "conf" } },
  ];
  expect(factsOf("code", workload({ volumes }))).toEqual({ "Secrets mounted": "tls, key" });
});

it("names twelve keys and counts the others", () => {
  const data = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, ""]));
  const keysOf = (count: number, more: object = {}) => factsOf("code", { kind: "ConfigMap", data: data(count), ...more }).Keys;
  expect(keysOf(12)).toMatch(/, k11$/);
  expect(keysOf(14)).toMatch(/, k11, 2 more$/);
  expect(keysOf(1, { binaryData: { logo: "" } })).toBe("k0, logo");
});

it("names the containers that debug a pod, too, and counts what they take their variables from", () => {
  const debug = { name: "debug", image: "b:1", envFrom: [{ secretRef: { name: "key" } }] };
  const pod = { kind: "Pod", spec: { containers: [{ name: "web", image: "a:1" }], ephemeralContainers: [debug] } };
  expect(factsOf("container", pod)).toEqual({ Containers: "web, debug", Image: "b:1" });
  expect(factsOf("code", pod)).toEqual({ "Env from": "1 source" });
});

it("says of a workload where it runs, under which account and how often", () => {
  expect(factsOf("cluster", workload({}, { replicas: 0 }))).toEqual({ Namespace: "shop", "Service account": "default", Replicas: "0" });
  expect(factsOf("cluster", { kind: "Pod", spec: { serviceAccountName: "app", runtimeClassName: "gvisor" } })).toEqual({
    Namespace: "shop",
    "Service account": "app",
    "Runtime class": "gvisor",
  });
  expect(factsOf("cluster", { kind: "Namespace" }, null)).toEqual({});
});

it("names the containers of a pod in the order in which they start, and each image once", () => {
  const containers = [{ name: "web", image: "a:1" }];
  expect(listResourceFacts("container", workload({ initContainers: [{ name: "init", image: "a:1" }], containers }), "shop", paths)).toEqual([
    { name: "Containers", value: "init, web", href: null },
    { name: "Image", value: "a:1", href: null },
  ]);
});
