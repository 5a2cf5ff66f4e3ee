import { describe, expect, test } from "vitest";
import { createPodView } from "../../inventory/workloads/pod-view";
import type { JsonRecord } from "../../model/json";
import { evaluateLevel } from "../../pod-security/evaluate-level";
import { type Danger, DANGERS, TAKEOVERS } from "../../pod-security/exemplary-pods";
import { heldToLevel } from "./held-to-level";

const LATEST = 37;

/** What Kyverno calls the checks of Pod Security where a rule leaves them out. */
const CONTROL_OF: Readonly<Record<string, string>> = {
  privileged: "Privileged Containers",
  hostNamespaces: "Host Namespaces",
  hostPathVolumes: "HostPath Volumes",
  capabilities_baseline: "Capabilities",
  capabilities_restricted: "Capabilities",
  hostPorts: "Host Ports",
  appArmorProfile: "AppArmor",
  seLinuxOptions: "SELinux",
  sysctls: "Sysctls",
  seccompProfile_baseline: "Seccomp",
  seccompProfile_restricted: "Seccomp",
  allowPrivilegeEscalation: "Privilege Escalation",
  runAsNonRoot: "Running as Non-root",
  runAsUser: "Running as Non-root user",
  restrictedVolumes: "Volume Types",
};
const CONTROLS = [...new Set(Object.values(CONTROL_OF))];
const LEVELS = { baseline: ["baseline"], restricted: ["baseline", "restricted"] } as const;

/** The controls by which Kyverno refuses a pod at a level: it runs those of baseline at restricted, too. */
function refusing(level: keyof typeof LEVELS, spec: JsonRecord): ReadonlySet<string | undefined> {
  const view = createPodView({ source: "template", path: "spec", spec, metadata: {}, onWindowsNode: false });
  const violations = LEVELS[level].flatMap((own) => evaluateLevel(own, LATEST, view).violations);
  return new Set(violations.map(({ check }) => CONTROL_OF[check]));
}

/** Kyverno has no name for one of them, and older releases do not know it. */
const NAMED: readonly Danger[] = [...DANGERS, ...TAKEOVERS].filter(({ check }) => check !== "hostProbesAndHostLifecycle");

describe.each(["baseline", "restricted"] as const)("held to %s", (level) => {
  test.each(NAMED.map((danger) => [danger.check, danger] as const))("a pod with %s is refused by what the level forbids", (_, danger) => {
    const found = danger.pods.map((spec) => refusing(level, spec));
    expect(heldToLevel({ level }, danger)).toBe(found.every((controls) => controls.size > 0));
    for (const controlName of CONTROLS) {
      const isLeft = found.every((controls) => controls.difference(new Set([controlName])).size > 0);
      expect([controlName, heldToLevel({ level, exclude: [{ controlName }] }, danger)]).toEqual([controlName, isLeft]);
    }
  });
});

test("what is left out for some images, or of some values, is for whoever writes a pod to name", () => {
  const [danger] = TAKEOVERS;
  const tell = (more: JsonRecord, level = "baseline") => danger && heldToLevel({ level, exclude: [{ controlName: "Privileged Containers", ...more }] }, danger);
  const because = "what it leaves out of Privileged Containers is for whoever writes a pod to name";
  expect([{ images: ["a/*"] }, { values: ["true"] }, { images: ["a/*", "*"] }].map((more) => tell(more))).toEqual([because, because, false]);
  expect(tell({ images: ["a/*"] }, "restricted")).toBe(true);
});

test("privileged holds nobody to anything", () => {
  expect(NAMED.map((danger) => heldToLevel({ level: "privileged" }, danger))).toEqual(NAMED.map(() => false));
});
