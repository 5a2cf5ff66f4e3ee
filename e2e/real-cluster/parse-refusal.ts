/** What the admission plugin writes for each of its checks (k8s.io/pod-security-admission/policy, ForbiddenReason). */
const CHECKS: readonly (readonly [string, string])[] = [
  ["allowPrivilegeEscalation != false", "allowPrivilegeEscalation"],
  ["forbidden AppArmor profiles", "appArmorProfile"],
  ["forbidden AppArmor profile", "appArmorProfile"],
  ["non-default capabilities", "capabilities_baseline"],
  ["unrestricted capabilities", "capabilities_restricted"],
  ["host namespaces", "hostNamespaces"],
  ["hostPath volumes", "hostPathVolumes"],
  ["hostPort", "hostPorts"],
  ["probe or lifecycle host", "hostProbesAndHostLifecycle"],
  ["privileged", "privileged"],
  ["procMount", "procMount"],
  ["restricted volume types", "restrictedVolumes"],
  ["runAsNonRoot != true", "runAsNonRoot"],
  ["runAsUser=0", "runAsUser"],
  ["seLinuxOptions", "seLinuxOptions"],
  ["seccompProfile", "seccompProfile"],
  ["forbidden sysctls", "sysctls"],
  ["hostProcess", "windowsHostProcess"],
];

/** The ids of the checks that a refusal names, sorted. Two checks have a restricted form with the same words. */
export function parseRefusal(message: string, level: string, minor: number): readonly string[] {
  const list = /violates PodSecurity "[^"]*": (.*)$/s.exec(message)?.[1];
  if (list === undefined) throw new Error(`not a refusal of Pod Security: ${message}`);
  const ids = splitReasons(list).map((reason) => {
    const id = CHECKS.find(([words]) => reason === words || reason.startsWith(`${words} (`))?.[1];
    if (id === undefined) throw new Error(`unknown reason "${reason}" in: ${message}`);
    if (id === "seccompProfile") return level === "restricted" && minor >= 19 ? "seccompProfile_restricted" : "seccompProfile_baseline";
    if (id === "procMount") return level === "restricted" && minor >= 35 ? "procMount_restricted" : id;
    return id;
  });
  return ids.sort();
}

/** Splits at the commas that stand outside of brackets and quotes. */
function splitReasons(list: string): readonly string[] {
  const reasons: string[] = [];
  let depth = 0;
  let isQuoted = false;
  let current = "";
  for (const sign of list) {
    if (sign === '"') isQuoted = !isQuoted;
    else if (!isQuoted && sign === "(") depth += 1;
    else if (!isQuoted && sign === ")") depth -= 1;
    if (sign === "," && depth === 0 && !isQuoted) {
      reasons.push(current.trim());
      current = "";
    } else current += sign;
  }
  return [...reasons, current.trim()];
}
