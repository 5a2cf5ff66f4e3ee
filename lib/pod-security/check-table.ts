import type { Check } from "./check";
import { allowPrivilegeEscalation } from "./checks/allow-privilege-escalation";
import { appArmorProfile } from "./checks/app-armor-profile";
import { capabilitiesBaseline } from "./checks/capabilities-baseline";
import { capabilitiesRestricted } from "./checks/capabilities-restricted";
import { hostNamespaces } from "./checks/host-namespaces";
import { hostPathVolumes } from "./checks/host-path-volumes";
import { hostPorts } from "./checks/host-ports";
import { hostProbesAndHostLifecycle } from "./checks/host-probes-and-host-lifecycle";
import { privileged } from "./checks/privileged";
import { procMount, procMountRestricted } from "./checks/proc-mount";
import { restrictedVolumes } from "./checks/restricted-volumes";
import { runAsNonRoot } from "./checks/run-as-non-root";
import { runAsUser } from "./checks/run-as-user";
import { seLinuxOptions } from "./checks/se-linux-options";
import { seccompProfileBaseline } from "./checks/seccomp-profile-baseline";
import { seccompProfileRestricted } from "./checks/seccomp-profile-restricted";
import { sysctls } from "./checks/sysctls";
import { windowsHostProcess } from "./checks/windows-host-process";

/** Every check of the Pod Security admission plugin, policy versions 1.0 to 1.37. */
export const CHECKS: readonly Check[] = [
  allowPrivilegeEscalation,
  appArmorProfile,
  capabilitiesBaseline,
  capabilitiesRestricted,
  hostNamespaces,
  hostPathVolumes,
  hostPorts,
  hostProbesAndHostLifecycle,
  privileged,
  procMount,
  procMountRestricted,
  restrictedVolumes,
  runAsNonRoot,
  runAsUser,
  seLinuxOptions,
  seccompProfileBaseline,
  seccompProfileRestricted,
  sysctls,
  windowsHostProcess,
];
