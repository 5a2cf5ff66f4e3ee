import type { SliceName } from "../../inventory/slices";
import type { Context } from "../../inventory/view";
import type { Patch, PatchOp } from "../../model/patch";
import { policyMinor } from "../../pod-security/policy-version";
import apparmorUnconfined from "../container/apparmor-unconfined";
import capabilitiesBeyondBaseline from "../container/capabilities-beyond-baseline";
import capabilitiesNotDropped from "../container/capabilities-not-dropped";
import containerPrivileged from "../container/container-privileged";
import hostIpc from "../container/host-ipc";
import hostNetwork from "../container/host-network";
import hostPid from "../container/host-pid";
import hostPort from "../container/host-port";
import hostpathVolume from "../container/hostpath-volume";
import privilegeEscalationAllowed from "../container/privilege-escalation-allowed";
import probeHostField from "../container/probe-host-field";
import procMountUnmasked from "../container/proc-mount-unmasked";
import runAsNonRoot from "../container/run-as-non-root";
import runAsRootUid from "../container/run-as-root-uid";
import seccompNotSet from "../container/seccomp-not-set";
import seccompUnconfined from "../container/seccomp-unconfined";
import selinuxCustomOptions from "../container/selinux-custom-options";
import unsafeSysctls from "../container/unsafe-sysctls";
import volumeTypesNonrestricted from "../container/volume-types-nonrestricted";
import windowsHostProcess from "../container/windows-host-process";
import type { Control } from "../define";
import type { SubjectTypes } from "../subject";
import { sayWindows } from "./say-windows";

type PodControl = Control<"workload", never>;

/** The first policy version that leaves out pods of Windows. */
const WINDOWS_SINCE = 25;

const ON_WINDOWS = "Pod Security leaves a pod out of what it asks of Linux when its spec says that it is for Windows; the API then refuses fields of Linux.";

/** Loosest first: of two values for one field the later, stricter one stays. A field that one takes away is gone. */
const BASELINE: readonly PodControl[] = [
  containerPrivileged,
  windowsHostProcess,
  hostNetwork,
  hostPid,
  hostIpc,
  hostPort,
  hostpathVolume,
  capabilitiesBeyondBaseline,
  seccompUnconfined,
  apparmorUnconfined,
  selinuxCustomOptions,
  procMountUnmasked,
  unsafeSysctls,
  probeHostField,
];
const RESTRICTED: readonly PodControl[] = [
  ...BASELINE,
  volumeTypesNonrestricted,
  privilegeEscalationAllowed,
  capabilitiesNotDropped,
  runAsNonRoot,
  runAsRootUid,
  seccompNotSet,
];

/** The patches of every control that stands in the way of a level, as one. */
export function meetLevel(level: "baseline" | "restricted", subject: SubjectTypes["workload"], context: Context<SliceName & never>): Patch | null {
  const { pod } = subject;
  const isExempt = policyMinor(context.kubeVersion) >= WINDOWS_SINCE;
  // Older policies ask of every pod for fields that the API refuses in a pod of Windows.
  if (level === "restricted" && pod.isWindowsForAdmission && !isExempt) return null;
  // One that only its nodes show gains nothing by them: once it says so, it is asked for none.
  const isUnsaid = level === "restricted" && pod.os === "windows" && !pod.isWindowsForAdmission && isExempt;
  // Windows has no user namespaces: what this one excused is asked again, so saying the one and keeping the other contradict each other.
  if (isUnsaid && pod.spec.hostUsers === false) return null;
  const ops = new Map<string, PatchOp>();
  for (const control of level === "baseline" ? BASELINE : RESTRICTED) {
    const outcome = control.check(subject, context);
    const patch = "state" in outcome || outcome.length === 0 ? null : control.remedy?.(subject, outcome, context);
    for (const op of patch?.ops ?? []) if (op.op === "remove" || ops.get(op.path)?.op !== "remove") ops.set(op.path, op);
  }
  if (ops.size === 0) return null;
  const found = [...ops.values()];
  if (isUnsaid) return { ops: sayWindows(pod, found), risk: "may-break", note: ON_WINDOWS };
  return { ops: found, risk: "may-break", note: "Try the steps one by one: each of these fields has its own control and patch." };
}
