import { toPart } from "../../model/clause-part";
import { clauseGroup, type Framework } from "../framework";

export const pss: Framework = {
  key: "pss",
  name: "Pod Security Standards",
  version: "1.37",
  about: "Each check as the admission plugin decides it, of what runs and of what templates would make.",
  asOf: "2026-11",
  source: "Pod Security admission, policy versions 1.0 to 1.37. Ids are the level and the plugin's name of the check.",
  leftOut: null,
  platform: null,
  columns: [],
  clauses: [
    ...clauseGroup("Baseline", {
      baseline: "The level as a whole",
      "baseline/privileged": "No privileged containers",
      "baseline/hostNamespaces": "No process, IPC or network namespace of the node",
      "baseline/hostPathVolumes": "No volumes from paths of the node",
      "baseline/hostPorts": "No ports on the node",
      "baseline/hostProbesAndHostLifecycle": "Probes and lifecycle hooks name no other host",
      "baseline/windowsHostProcess": "No Windows host processes",
      "baseline/capabilities_baseline": "No capabilities beyond the default set",
      "baseline/appArmorProfile": "AppArmor is not switched off",
      "baseline/seLinuxOptions": "SELinux types of containers only, no own user or role",
      "baseline/procMount": { title: "The default /proc mask", parts: [toPart("baseline", "procMount")] },
      "baseline/seccompProfile_baseline": "Seccomp is not switched off",
      "baseline/sysctls": "Safe sysctls only",
    }),
    ...clauseGroup("Restricted", {
      restricted: "The level as a whole",
      "restricted/restrictedVolumes": "Volume types that hold no path of the node or storage of it",
      "restricted/allowPrivilegeEscalation": "No way to gain privileges after the start",
      "restricted/runAsNonRoot": "Containers must run as non-root",
      "restricted/runAsUser": { title: "No user 0", parts: [toPart("restricted", "runAsUser")] },
      "restricted/seccompProfile_restricted": "A seccomp profile is set",
      // What is added beyond the baseline level is one control's to say, for both levels.
      "restricted/capabilities_restricted": {
        title: "All capabilities dropped, at most NET_BIND_SERVICE added",
        controls: ["capabilities-beyond-baseline"],
      },
      "restricted/procMount_restricted": "The default /proc mask, also with a user namespace",
    }),
  ],
};
