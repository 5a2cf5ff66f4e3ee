import { expect, it } from "vitest";
import { restOfEvidence } from "@/lib/model/verdict";
import { type Asked, type Judged, listContainerSettings } from "./list-container-settings";

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
const privileged: Judged = {
  state: "fail",
  controlId: "container-privileged",
  severity: "critical",
  evidence: [{ path: "x", value: "true", message: "m", container: "app" }],
};

const ASKED: Asked = { isInForce: () => true, held: new Set(["container-privileged"]) };
const cellsOf = (name: string, failing: readonly Judged[] = [], asked = ASKED) =>
  listContainerSettings(deployment(spec), failing, asked)?.rows.find((row) => row.setting === name)?.cells;

it("says which container is a sidecar and which runs before the others", () => {
  expect(listContainerSettings(deployment(spec), [], ASKED)?.containers.map(({ name, role }) => `${name} ${role}`)).toEqual([
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
  const everywhere: Judged = { state: "fail", controlId: "seccomp-not-set", severity: "medium", evidence: [{ path: "spec", value: null, message: "m" }] };
  expect(cellsOf("seccompProfile", [everywhere])?.map((cell) => cell.severity)).toEqual(["medium", "medium", "medium", "medium"]);
});

it("says nothing of what a privileged container has anyway", () => {
  expect(cellsOf("seccompProfile")?.map((cell) => cell.isCovered)).toEqual([true, false, false, false]);
  expect(cellsOf("privileged")?.some((cell) => cell.isCovered)).toBe(false);
});

it("has no rows for an object without containers, of whatever shape", () => {
  expect(listContainerSettings({ kind: "ConfigMap" }, [], ASKED)).toBeNull();
  expect(listContainerSettings(deployment({ containers: "none" }), [], ASKED)).toBeNull();
});

it("tells nothing of containers that cut evidence does not name, nor of any when the control could not be asked", () => {
  const cut: Judged = { ...privileged, evidence: [...privileged.evidence, restOfEvidence(3)] };
  const marks = (judged: Judged) => cellsOf("privileged", [judged])?.map(({ severity, isTold }) => severity ?? isTold);
  expect(marks(cut)).toEqual(["critical", false, false, false]);
  expect(marks({ ...privileged, state: "unknown", evidence: [] })).toEqual([false, false, false, false]);
  expect(marks(privileged)).toEqual(["critical", true, true, true]);
});

it("tells nothing of what no control said: one that is off, that does not apply, or whose object is gone", () => {
  const marks = (asked: Asked, judged: readonly Judged[] = []) => cellsOf("privileged", judged, asked)?.map(({ isTold }) => isTold);
  const nobody = [false, false, false, false];
  expect(marks(ASKED)).toEqual([true, true, true, true]);
  expect(marks({ ...ASKED, held: new Set() })).toEqual(nobody);
  expect(marks({ ...ASKED, held: new Set() }, [privileged])).toEqual([true, true, true, true]);
  expect(marks({ ...ASKED, isInForce: (id) => id !== "container-privileged" })).toEqual(nobody);
});
