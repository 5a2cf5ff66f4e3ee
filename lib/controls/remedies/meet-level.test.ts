import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { applyPatch } from "../../engine/apply-patch";
import { createContext } from "../../inventory/context";
import { buildInventory } from "../../inventory/build-inventory";
import type { Inventory } from "../../inventory/inventory";
import { WHOLE_CLUSTER } from "../../inventory/testing-context";
import { deployment, pod } from "../../inventory/testing";
import type { JsonRecord } from "../../model/json";
import { evaluateLevel } from "../../pod-security/evaluate-level";
import type { Level } from "../../pod-security/check";
import { meetLevel } from "./meet-level";

const ORACLE = new URL("../../../../shared/oracle/psa.jsonl", import.meta.url);
if (!existsSync(ORACLE)) process.stdout.write("Skipped: pods labelled by a real API server are not beside the project (../shared).\n");

function toInventory(object: JsonRecord, minor: number): Inventory {
  return buildInventory([object], { ...WHOLE_CLUSTER, kubeVersion: { major: 1, minor, text: "" } });
}

function viewOf(inventory: Inventory) {
  const context = createContext(inventory);
  const [workload] = context.slices.workloads;
  const [view] = workload?.views() ?? [];
  if (!workload || !view) throw new Error("no pod");
  return { context, workload, pod: view, containers: view.containers };
}

function checksAfter(object: JsonRecord, level: Level, minor: number): string[] {
  const { context, ...subject } = viewOf(toInventory(object, minor));
  const patch = meetLevel(level, subject, context);
  const patched = patch ? applyPatch(object, patch.ops) : object;
  return evaluateLevel(level, minor, viewOf(toInventory(patched, minor)).pod).violations.map(({ check }) => check);
}

test("one patch lifts a pod with every kind of weakness to restricted", () => {
  const worst = deployment({
    podSpec: {
      hostPID: true,
      hostNetwork: true,
      securityContext: {
        runAsNonRoot: false,
        runAsUser: 0,
        seccompProfile: { type: "Unconfined" },
        seLinuxOptions: { type: "spc_t" },
        sysctls: [{ name: "kernel.msgmax", value: "1" }],
      },
      volumes: [
        { name: "run", hostPath: { path: "/run" } },
        { name: "share", nfs: { server: "a", path: "/" } },
      ],
      initContainers: [
        { name: "init", image: "i:1", securityContext: { privileged: true, capabilities: { add: ["SYS_ADMIN"] }, procMount: "Unmasked" } },
        { name: "next", image: "i:1", securityContext: { capabilities: { add: ["NET_BIND_SERVICE", "CHOWN", "SYS_ADMIN"] } } },
      ],
    },
    container: {
      livenessProbe: { httpGet: { host: "10.0.0.1", port: 80 } },
      securityContext: { capabilities: { drop: ["all"], add: ["chown", "NET_BIND_SERVICE"] }, runAsUser: 0 },
    },
  });
  expect(checksAfter(worst, "restricted", 37)).toEqual([]);
  expect(checksAfter(worst, "baseline", 37)).toEqual([]);
});

test("a pod that only its nodes show to be for Windows says so, and has none of the fields that are then refused", () => {
  const onWindows = deployment({
    podSpec: {
      nodeSelector: { "kubernetes.io/os": "windows" },
      shareProcessNamespace: false,
      securityContext: { runAsNonRoot: undefined, runAsUser: 1000, fsGroup: 1, seccompProfile: { type: "RuntimeDefault" } },
      volumes: [{ name: "share", nfs: { server: "a", path: "/" } }],
    },
    container: { securityContext: { readOnlyRootFilesystem: true, capabilities: undefined, privileged: false, allowPrivilegeEscalation: true } },
  });
  const { context, ...subject } = viewOf(toInventory(onWindows, 37));
  const patched = applyPatch(onWindows, meetLevel("restricted", subject, context)?.ops ?? []);
  const { pod: after } = viewOf(toInventory(patched, 37));
  expect(after.spec.os).toEqual({ name: "windows" });
  expect([after.spec.shareProcessNamespace, after.securityContext, after.containers[0]?.securityContext]).toEqual([undefined, { runAsNonRoot: true }, {}]);
  expect(checksAfter(onWindows, "restricted", 37)).toEqual([]);
  expect(checksAfter(onWindows, "restricted", 24)).toEqual([]);
});

test("no patch says Windows of a pod whose user namespace, which Windows has not, excuses it from what is asked of root", () => {
  const podSpec = { nodeSelector: { "kubernetes.io/os": "windows" }, securityContext: { runAsNonRoot: undefined } };
  const container = { securityContext: { capabilities: undefined } };
  const patchOf = (object: JsonRecord) => {
    const { context, ...subject } = viewOf(toInventory(object, 37));
    return meetLevel("restricted", subject, context);
  };
  expect(patchOf(deployment({ podSpec, container }))).not.toBeNull();
  expect(patchOf(deployment({ podSpec: { ...podSpec, hostUsers: false }, container }))).toBeNull();
});

test("a pod that meets the level needs no patch", () => {
  const { context, ...subject } = viewOf(toInventory(pod(), 37));
  expect(meetLevel("restricted", subject, context)).toBeNull();
});

test.skipIf(!existsSync(ORACLE))(
  "the patch lifts every refused pod of a real API server; none is offered where policies asked pods of Windows for what these cannot have",
  () => {
    const labels = readFileSync(ORACLE, "utf8")
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { case: string; level: Level; version: string; expected: string; objects: JsonRecord[] }); // safe: third-party data
    const left = labels.flatMap((label) => {
      const minor = label.version === "latest" ? 36 : Number(label.version.slice(2));
      const [object] = label.objects;
      if (label.expected === "pass" || !object) return [];
      const checks = checksAfter(object, label.level, minor);
      const isImpossible = label.level === "restricted" && minor < 25 && viewOf(toInventory(object, minor)).pod.isWindowsForAdmission;
      return isImpossible === checks.length > 0 ? [] : [`${label.case} ${label.level} 1.${minor}: ${checks.join(" ")}`];
    });
    expect(left).toEqual([]);
  },
);
