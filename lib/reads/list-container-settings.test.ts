import { expect, it } from "vitest";
import { type Failure, listContainerSettings } from "./list-container-settings";

const spec = {
  securityContext: { runAsNonRoot: true },
  containers: [
    { name: "app", image: "shop/cart:1", securityContext: { privileged: true, capabilities: { drop: ["ALL"] } } },
    { name: "log", image: "shop/log:2" },
  ],
  initContainers: [
    { name: "mesh", image: "mesh:1", restartPolicy: "Always" },
    { name: "setup", image: "setup:1" },
  ],
};
const deployment = (pod: unknown) => ({ apiVersion: "apps/v1", kind: "Deployment", spec: { template: { spec: pod } } });
const privileged: Failure = {
  controlId: "container-privileged",
  severity: "critical",
  evidence: [{ path: "x", value: "true", message: "m", container: "app" }],
};

const cellsOf = (name: string, failing: readonly Failure[] = []) =>
  listContainerSettings(deployment(spec), failing)?.rows.find((row) => row.setting === name)?.cells;

it("says which container is a sidecar and which runs before the others", () => {
  expect(listContainerSettings(deployment(spec), [])?.containers.map(({ name, role }) => `${name} ${role}`)).toEqual([
    "app container",
    "log container",
    "mesh sidecar",
    "setup init",
  ]);
});

it("takes the container's own value, then the pod's where that one is inherited", () => {
  expect(cellsOf("privileged")?.map((cell) => cell.value)).toEqual(["true", "not set", "not set", "not set"]);
  expect(cellsOf("runAsNonRoot")?.[1]?.value).toBe("true (pod)");
  expect(cellsOf("capabilities.drop")?.[0]?.value).toBe("ALL");
});

it("marks only the container that a failure names, and all of them when it names none", () => {
  expect(cellsOf("privileged", [privileged])?.map((cell) => cell.severity)).toEqual(["critical", null, null, null]);
  const everywhere: Failure = { controlId: "seccomp-not-set", severity: "medium", evidence: [{ path: "spec", value: null, message: "m" }] };
  expect(cellsOf("seccompProfile", [everywhere])?.map((cell) => cell.severity)).toEqual(["medium", "medium", "medium", "medium"]);
});

it("says nothing of what a privileged container has anyway", () => {
  expect(cellsOf("seccompProfile")?.map((cell) => cell.isCovered)).toEqual([true, false, false, false]);
  expect(cellsOf("privileged")?.some((cell) => cell.isCovered)).toBe(false);
});

it("has no rows for an object without containers, of whatever shape", () => {
  expect(listContainerSettings({ kind: "ConfigMap" }, [])).toBeNull();
  expect(listContainerSettings(deployment({ containers: "none" }), [])).toBeNull();
});
