import { expect, test } from "vitest";
import { buildInventory } from "../build-inventory";
import { findLimit, findRequest, listLastingContainers } from "./container-resources";
import { createContext } from "../context";
import { WHOLE_CLUSTER } from "../testing-context";
import { deployment, limitRange } from "../testing";

function sources(part: Parameters<typeof deployment>[0], minor: number | null, source: "template" | "runtime" = "template") {
  const kubeVersion = minor === null ? null : { major: 1, minor, text: "" };
  const inventory = buildInventory([deployment(part), limitRange()], { ...WHOLE_CLUSTER, kubeVersion });
  const context = createContext(inventory);
  const [workload] = context.slices.workloads;
  const view = workload?.views()[0];
  const container = view?.containers[0];
  if (!workload || !view || !container) throw new Error("no container");
  const pod = { ...view, source };
  return {
    limit: findLimit("memory", container, workload, pod, context),
    request: findRequest("memory", container, workload, pod, context),
    lasting: listLastingContainers(view).map(({ name }) => name),
  };
}

test("a container's own amounts come first, then the pod's, then the namespace's", () => {
  const whole = { resources: { limits: { memory: "1Gi" } } };
  expect(sources({ podSpec: whole }, 34)).toMatchObject({ limit: "container", request: "container" });
  expect(sources({ podSpec: whole, container: { resources: undefined } }, 34)).toMatchObject({ limit: "pod", request: "pod" });
  expect(sources({ podSpec: whole, container: { resources: undefined } }, 33)).toMatchObject({ limit: "limit-range", request: "limit-range" });
});

test("an amount of zero is set: neither a LimitRange nor the limit fills it", () => {
  const zero = (amounts: unknown) => ({ container: { resources: amounts } });
  expect(sources(zero({ requests: undefined, limits: { memory: "0" } }), null)).toMatchObject({ limit: null, request: null });
  expect(sources(zero({ requests: { memory: 0 }, limits: { memory: "1Gi" } }), null)).toMatchObject({ limit: "container", request: null });
  expect(sources(zero({ requests: { memory: null }, limits: { memory: null } }), null)).toMatchObject({ limit: null, request: null });
});

test("a live pod already carries what a LimitRange gave, so nothing more is added", () => {
  expect(sources({ container: { resources: undefined } }, null, "runtime")).toMatchObject({ limit: null, request: null });
});

test("app containers and sidecars last, init containers do not", () => {
  const initContainers = [{ name: "once" }, { name: "proxy", restartPolicy: "Always" }];
  expect(sources({ podSpec: { initContainers } }, null).lasting).toEqual(["proxy", "app"]);
});
