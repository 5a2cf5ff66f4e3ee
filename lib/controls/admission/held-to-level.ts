import { type JsonRecord, records, texts } from "../../model/json";
import { type Danger, DANGERS } from "../../pod-security/exemplary-pods";
import { anyOf, type Refusal } from "./refusal";

/** The controls of the Pod Security Standards by which Kyverno refuses a danger, as an exclusion names them. */
const BASELINE: Readonly<Record<string, readonly string[]>> = {
  privileged: ["Privileged Containers"],
  ...Object.fromEntries(["hostNamespaces", "hostNetwork", "hostPID", "hostIPC"].map((check) => [check, ["Host Namespaces"]])),
  hostPathVolumes: ["HostPath Volumes"],
  capabilities_baseline: ["Capabilities"],
  hostPorts: ["Host Ports"],
  appArmorProfile: ["AppArmor"],
  seLinuxOptions: ["SELinux"],
  sysctls: ["Sysctls"],
  seccompProfile_baseline: ["Seccomp"],
};
/** Those that do so at the level restricted beside them: one that is left out does not take the other with it. */
const RESTRICTED: typeof BASELINE = {
  privileged: ["Privilege Escalation"],
  hostPathVolumes: ["Volume Types"],
  allowPrivilegeEscalation: ["Privilege Escalation"],
  capabilities_restricted: ["Capabilities"],
  runAsNonRoot: ["Running as Non-root"],
  runAsUser: ["Running as Non-root", "Running as Non-root user"],
  restrictedVolumes: ["Volume Types"],
};

/** What a rule that holds pods to a level speaks of. */
export const OF_LEVELS: readonly string[] = [...DANGERS.flatMap(({ fields }) => fields), "ephemeralContainers"];

/** Whether a rule of Kyverno refuses pods with a danger by holding them to a level, in all containers. */
export function heldToLevel({ level, exclude }: JsonRecord, { check }: Pick<Danger, "check">): Refusal {
  const controls = [
    ...(level === "baseline" || level === "restricted" ? (BASELINE[check] ?? []) : []),
    ...(level === "restricted" ? (RESTRICTED[check] ?? []) : []),
  ];
  const refusalBy = (control: string): Refusal => {
    const left = records(exclude).filter(({ controlName }) => controlName === control);
    const isWhole = ({ images, values }: JsonRecord): boolean => (texts(images).length === 0 || texts(images).includes("*")) && texts(values).length === 0;
    return left.length === 0 || (!left.some(isWhole) && `what it leaves out of ${control} is for whoever writes a pod to name`);
  };
  return anyOf(controls.map(refusalBy));
}
