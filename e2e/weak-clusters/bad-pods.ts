/** The weaknesses that the first part of a bad pod's name stands for; the same for every kind of controller. */
export const BAD_POD_WEAKNESSES: Readonly<Record<string, { readonly found: readonly string[]; readonly met: readonly string[] }>> = {
  "everything-allowed": {
    found: ["container-privileged", "host-network", "host-pid", "host-ipc", "hostpath-volume", "hostpath-sensitive", "pss-baseline"],
    met: [],
  },
  "priv-and-hostpid": { found: ["container-privileged", "host-pid", "pss-baseline"], met: ["host-network", "host-ipc", "hostpath-volume"] },
  priv: { found: ["container-privileged", "pss-baseline"], met: ["host-pid", "host-network", "host-ipc", "hostpath-volume"] },
  hostpath: { found: ["hostpath-volume", "hostpath-sensitive", "pss-baseline"], met: ["container-privileged", "host-pid"] },
  hostpid: { found: ["host-pid", "pss-baseline"], met: ["container-privileged", "host-network", "host-ipc", "hostpath-volume"] },
  hostnetwork: { found: ["host-network", "pss-baseline"], met: ["container-privileged", "host-pid", "host-ipc", "hostpath-volume"] },
  hostipc: { found: ["host-ipc", "pss-baseline"], met: ["container-privileged", "hostpath-volume"] },
  "nothing-allowed": {
    found: ["pss-restricted", "privilege-escalation-allowed", "run-as-non-root", "sa-token-automounted"],
    met: ["pss-baseline", "container-privileged", "host-pid", "host-network", "host-ipc", "hostpath-volume"],
  },
};

/** `hostpath` of `hostpath-exec-pod`; the longest name counts. */
export function findBadPod(name: string): string | undefined {
  return Object.keys(BAD_POD_WEAKNESSES)
    .filter((prefix) => name === prefix || name.startsWith(`${prefix}-`))
    .toSorted((a, b) => b.length - a.length)[0];
}
