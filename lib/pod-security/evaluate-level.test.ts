import { describe, expect, test } from "vitest";
import { createPodView } from "../inventory/workloads/pod-view";
import type { JsonRecord } from "../model/json";
import { CHECKS } from "./check-table";
import { evaluateLevel, isRefused, listChecks } from "./evaluate-level";

const HARD: JsonRecord = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };
const GOOD: JsonRecord = {
  securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
  containers: [{ name: "app", image: "app", securityContext: HARD }],
};

function view(spec: JsonRecord, annotations: JsonRecord = {}) {
  return createPodView({ source: "template", path: "spec", spec: { ...GOOD, ...spec }, metadata: { annotations }, onWindowsNode: false });
}

function container(context: JsonRecord, more: JsonRecord = {}): JsonRecord {
  return { containers: [{ name: "app", image: "app", securityContext: { ...HARD, ...context }, ...more }] };
}

function violated(level: "baseline" | "restricted", minor: number, spec: JsonRecord, annotations: JsonRecord = {}): string[] {
  const { violations } = evaluateLevel(level, minor, view(spec, annotations));
  expect(isRefused(level, minor, view(spec, annotations))).toBe(violations.length > 0);
  return [...new Set(violations.map(({ check }) => check))];
}

function podContext(more: JsonRecord): JsonRecord {
  return { securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" }, ...more } };
}

const SECCOMP = "container.seccomp.security.alpha.kubernetes.io/";
const APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";

describe("a level at a policy version", () => {
  test("a hardened pod passes both levels at every version from 1.19", () => {
    for (let minor = 19; minor <= 37; minor++) expect(violated("restricted", minor, {})).toEqual([]);
  });

  test.each<[name: string, level: "baseline" | "restricted", minor: number, spec: JsonRecord, expected: string[]]>([
    ["privileged", "baseline", 0, container({ privileged: true }), ["privileged"]],
    ["privileged false", "baseline", 0, container({ privileged: false }), []],
    ["each host namespace, once", "baseline", 0, { hostPID: true, hostIPC: true }, ["hostNamespaces"]],
    [
      "the node's network fills in host ports",
      "baseline",
      37,
      { hostNetwork: true, ...container({}, { ports: [{ containerPort: 80 }] }) },
      ["hostNamespaces", "hostPorts"],
    ],
    ["host port 0 is not set", "baseline", 37, container({}, { ports: [{ containerPort: 80, hostPort: 0 }] }), []],
    ["a hostPath volume", "baseline", 37, { volumes: [{ name: "v", hostPath: { path: "/x" } }] }, ["hostPathVolumes"]],
    ["restricted names the volume check instead", "restricted", 37, { volumes: [{ name: "v", hostPath: { path: "/x" } }] }, ["restrictedVolumes"]],
    ["a volume without a source is an emptyDir", "restricted", 37, { volumes: [{ name: "v" }, { name: "w", hostPath: null }] }, []],
    ["image volumes are allowed in every version", "restricted", 19, { volumes: [{ name: "v", image: { reference: "x" } }] }, []],
    [
      "restricted replaces the baseline capability check from 1.22",
      "restricted",
      22,
      container({ capabilities: { drop: ["ALL"], add: ["chown"] } }),
      ["capabilities_restricted"],
    ],
    ["and not before", "restricted", 21, container({ capabilities: { add: ["chown"] } }), ["capabilities_baseline"]],
    ["lower case all is not ALL", "restricted", 37, container({ capabilities: { drop: ["all"] } }), ["capabilities_restricted"]],
    ["escalation is judged from 1.8", "restricted", 7, { ...podContext({}), containers: [{ name: "app" }] }, []],
    [
      "escalation unset",
      "restricted",
      19,
      { containers: [{ name: "app", securityContext: { capabilities: { drop: ["ALL"] } } }] },
      ["allowPrivilegeEscalation"],
    ],
    [
      "a bad pod value counts although the container overrides it",
      "restricted",
      37,
      { ...podContext({ runAsNonRoot: false }), ...container({ runAsNonRoot: true }) },
      ["runAsNonRoot"],
    ],
    ["user 0 from 1.23", "restricted", 23, podContext({ runAsUser: 0 }), ["runAsUser"]],
    ["user 0 before 1.23", "restricted", 22, podContext({ runAsUser: 0 }), []],
    ["a user namespace relaxes root from 1.35", "restricted", 35, { hostUsers: false, ...podContext({ runAsUser: 0, runAsNonRoot: false }) }, []],
    ["and not at 1.34", "restricted", 34, { hostUsers: false, ...podContext({ runAsUser: 0, runAsNonRoot: false }) }, ["runAsNonRoot", "runAsUser"]],
    ["hostUsers true relaxes nothing", "restricted", 35, { hostUsers: true, ...podContext({ runAsUser: 0 }) }, ["runAsUser"]],
    ["an unmasked /proc in a user namespace passes baseline from 1.35", "baseline", 35, { hostUsers: false, ...container({ procMount: "Unmasked" }) }, []],
    ["and fails it at 1.34", "baseline", 34, { hostUsers: false, ...container({ procMount: "Unmasked" }) }, ["procMount"]],
    ["restricted has its own check from 1.35", "restricted", 35, { hostUsers: false, ...container({ procMount: "Unmasked" }) }, ["procMount_restricted"]],
    ["seccomp fields are not read up to 1.18", "restricted", 18, podContext({ seccompProfile: { type: "Unconfined" } }), []],
    ["seccomp fields from 1.19", "baseline", 19, podContext({ seccompProfile: { type: "Unconfined" } }), ["seccompProfile_baseline"]],
    ["an empty seccomp profile is a bad one", "baseline", 19, podContext({ seccompProfile: {} }), ["seccompProfile_baseline"]],
    ["no seccomp profile at restricted", "restricted", 19, { securityContext: { runAsNonRoot: true } }, ["seccompProfile_restricted"]],
    ["AppArmor by field", "baseline", 0, container({ appArmorProfile: { type: "Unconfined" } }), ["appArmorProfile"]],
    ["container_engine_t from 1.31", "baseline", 31, podContext({ seLinuxOptions: { type: "container_engine_t" } }), []],
    ["container_engine_t at 1.30", "baseline", 30, podContext({ seLinuxOptions: { type: "container_engine_t" } }), ["seLinuxOptions"]],
    ["an SELinux type with a space behind it", "baseline", 37, podContext({ seLinuxOptions: { type: "container_t " } }), ["seLinuxOptions"]],
    ["an SELinux level is free", "baseline", 37, podContext({ seLinuxOptions: { level: "s0:c1", user: "", role: "" } }), []],
    ["a sysctl that 1.37 allows", "baseline", 37, podContext({ sysctls: [{ name: "net.ipv4.tcp_notsent_lowat", value: "1" }] }), []],
    ["and 1.36 does not", "baseline", 36, podContext({ sysctls: [{ name: "net.ipv4.tcp_notsent_lowat", value: "1" }] }), ["sysctls"]],
    ["a sysctl that 1.29 allows, at 1.28", "baseline", 28, podContext({ sysctls: [{ name: "net.ipv4.tcp_fin_timeout", value: "1" }] }), ["sysctls"]],
    ["a probe host from 1.34", "baseline", 34, container({}, { livenessProbe: { tcpSocket: { host: "localhost" } } }), ["hostProbesAndHostLifecycle"]],
    ["a probe host at 1.33", "baseline", 33, container({}, { livenessProbe: { tcpSocket: { host: "localhost" } } }), []],
    ["a hook's host", "baseline", 37, container({}, { lifecycle: { preStop: { httpGet: { host: "a" } } } }), ["hostProbesAndHostLifecycle"]],
    ["an empty probe host", "baseline", 37, container({}, { startupProbe: { httpGet: { host: "" } } }), []],
    ["HostProcess at the pod", "baseline", 0, podContext({ windowsOptions: { hostProcess: true } }), ["windowsHostProcess"]],
    [
      "Windows is excused from three checks from 1.25",
      "restricted",
      25,
      { os: { name: "windows" }, securityContext: { runAsNonRoot: true }, containers: [{ name: "app" }] },
      [],
    ],
    [
      "and from none at 1.24",
      "restricted",
      24,
      { os: { name: "windows" }, securityContext: { runAsNonRoot: true }, containers: [{ name: "app" }] },
      ["allowPrivilegeEscalation", "capabilities_restricted", "seccompProfile_restricted"],
    ],
    ["init containers count", "baseline", 37, { initContainers: [{ name: "init", securityContext: { privileged: true } }] }, ["privileged"]],
    ["ephemeral containers count", "baseline", 37, { ephemeralContainers: [{ name: "debug", securityContext: { privileged: true } }] }, ["privileged"]],
  ])("%s", (_, level, minor, spec, expected) => {
    expect(violated(level, minor, spec)).toEqual(expected);
  });

  test("up to 1.18 only seccomp annotations of the pod and of containers that exist count", () => {
    expect(violated("baseline", 18, {}, { [`${SECCOMP}app`]: "unconfined" })).toEqual(["seccompProfile_baseline"]);
    expect(violated("baseline", 18, {}, { "seccomp.security.alpha.kubernetes.io/pod": "unconfined" })).toEqual(["seccompProfile_baseline"]);
    expect(violated("baseline", 18, {}, { [`${SECCOMP}other`]: "unconfined", [`${SECCOMP}app`]: "docker/default" })).toEqual([]);
    expect(violated("baseline", 19, {}, { [`${SECCOMP}app`]: "unconfined" })).toEqual([]);
  });

  test("an AppArmor annotation counts even when its container does not exist", () => {
    expect(violated("baseline", 37, {}, { [`${APP_ARMOR}ghost`]: "unconfined" })).toEqual(["appArmorProfile"]);
    expect(violated("baseline", 37, {}, { [`${APP_ARMOR}app`]: "", [`${APP_ARMOR}b`]: "localhost/x", [`${APP_ARMOR}c`]: "runtime/default" })).toEqual([]);
  });

  test("every violated check is named before any is named twice", () => {
    const spec = { hostPID: true, hostIPC: true, ...container({ privileged: true, capabilities: { add: ["A", "B", "C"] } }) };
    const checks = evaluateLevel("baseline", 37, view(spec)).violations.map(({ check }) => check);
    expect(new Set(checks.slice(0, 3)).size).toBe(3);
    expect(checks).toHaveLength(6);
  });

  test("restricted runs baseline's checks and its own, without those that they replace", () => {
    const ids = listChecks("restricted", 37).map(({ id }) => id);
    expect(ids).toHaveLength(CHECKS.length - 4);
    expect(ids).not.toContain("procMount");
    expect(listChecks("restricted", 34).map(({ id }) => id)).toContain("procMount");
  });
});

describe("what the API server would refuse", () => {
  test.each<[name: string, spec: JsonRecord, path: string]>([
    ["a text for a boolean", { hostPID: "true" }, "spec.hostPID"],
    ["a number for a boolean", container({ privileged: 1 }), "spec.containers[0].securityContext.privileged"],
    ["a text for a number", podContext({ runAsUser: "0" }), "spec.securityContext.runAsUser"],
    [
      "a security context that is a text",
      { securityContext: "x", ...container({ runAsNonRoot: true, seccompProfile: { type: "Localhost" } }) },
      "spec.securityContext",
    ],
    ["containers as a map", { containers: { app: {} } }, "spec.containers"],
    ["no containers", { containers: undefined }, "spec.containers"],
    ["an empty list of containers", { containers: [] }, "spec.containers"],
    ["a container that is null", { containers: [null] }, "spec.containers"],
    ["volumes as a map", { volumes: { a: {} } }, "spec.volumes"],
    ["a dropped capability that is a number", container({ capabilities: { drop: ["ALL", 5] } }), "spec.containers[0].securityContext.capabilities.drop[1]"],
    ["a probe that is a text", container({}, { livenessProbe: "x" }), "spec.containers[0].livenessProbe"],
  ])("%s is noted and never passes", (_, spec, path) => {
    const { violations, odd } = evaluateLevel("restricted", 37, view(spec));
    expect(violations).toEqual([]);
    expect(odd.map((field) => field.path)).toContain(path);
  });

  test("a violation stands beside a refused field", () => {
    const { violations, odd } = evaluateLevel("baseline", 37, view({ hostPID: "true", ...container({ privileged: true }) }));
    expect(violations.map(({ check }) => check)).toEqual(["privileged"]);
    expect(odd).toHaveLength(1);
  });
});
