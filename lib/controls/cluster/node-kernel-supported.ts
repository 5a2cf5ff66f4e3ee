import { KERNEL_ENDS, KERNEL_RELEASES_AS_OF, OPEN_KERNEL_DAYS } from "../../inventory/data/kernel-releases";
import { ENDED_SYSTEMS, SYSTEM_SUPPORT } from "../../inventory/data/node-systems";
import { daysBetween, isPast } from "../../inventory/values/days";
import { type RecognisedSystem, recogniseSystem } from "../../inventory/nodes/node-system";
import { providerIdOf } from "../../inventory/cloud/cloud-provider";
import type { KubeObject } from "../../inventory/kube-object";
import { dig, text } from "../../model/json";
import { defineControl, unknown, weakness } from "../define";
import { ofNoLinuxNode } from "../virtual-node";

const PATH = "status.nodeInfo.kernelVersion";

/** kind and k3d: the kernel is that of the machine below, and so are its vendor and fixes. */
function isContainer(node: KubeObject, system: RecognisedSystem | null): boolean {
  return system?.id === "k3s" || providerIdOf(node).startsWith("kind://");
}

/** Vendors keep old lines alive with patches of their own, as long as they support the system; then nobody patches their builds. Null = not known. */
function isVendorPatched(system: RecognisedSystem | null, observedAt: string): boolean | null {
  if (!system || system.class === "local") return null;
  if (ENDED_SYSTEMS[system.id]) return false;
  const support = SYSTEM_SUPPORT[`${system.id} ${system.version}`];
  return support ? !isPast(support.extended ?? support.free, observedAt) : null;
}

function compareLines(a: string, b: string): number {
  const [majorA = 0, minorA = 0] = a.split(".").map(Number);
  const [majorB = 0, minorB = 0] = b.split(".").map(Number);
  return majorA - majorB || minorA - minorB;
}

export default defineControl({
  id: "node-kernel-supported",
  layer: "cluster",
  severity: "medium",
  title: "The kernel of every node gets fixes",
  failure: "runs a kernel that gets no more fixes",
  why: "All containers of a node share its kernel. A published flaw in it is a way out of each of them.",
  action: "Replace nodes whose kernel gets no fixes",
  fix: "Replace the node with one that has a supported operating system, whose vendor patches the kernel.",
  verify: "kubectl get nodes -o custom-columns=NAME:.metadata.name,OS:.status.nodeInfo.osImage,KERNEL:.status.nodeInfo.kernelVersion",
  lookFor: "A kernel series that has ended, on a system whose vendor no longer patches it.",
  tips: ["S4"],
  frameworks: { nsa: ["UP"], mitre: ["T1068", "T1611"], owasp: ["K07"] },
  references: ["https://www.kernel.org/category/releases.html"],
  subject: "node",
  reads: [],
  check: (node, { observedAt }) => {
    const other = ofNoLinuxNode(node);
    if (other) return other;
    const value = text(dig(node.body, "status", "nodeInfo", "kernelVersion"));
    const line = /^(\d+\.\d+)/.exec(value ?? "")?.[1];
    if (!value || !line) return unknown("The node does not say which kernel it runs.");
    const shown = recogniseSystem(node);
    const system = isContainer(node, shown) ? null : shown;
    const isPatched = isVendorPatched(system, observedAt);
    if (compareLines(line, "4.18") < 0)
      return [weakness(PATH, value, `Linux ${line} is too old for today's seccomp and cgroups.`, isPatched ? { severity: "low" } : {})];
    if (isPatched) return { state: "pass", notes: [weakness(PATH, value, `The vendor of the operating system patches Linux ${line}.`)] };
    if (isPatched === false) return [weakness(PATH, value, `The vendor of the operating system patches Linux ${line} no more.`)];
    const newest = Object.keys(KERNEL_ENDS).sort(compareLines).at(-1) ?? line;
    if (compareLines(line, newest) > 0) return unknown(`Linux ${line} is newer than our table of ${KERNEL_RELEASES_AS_OF}.`);
    const end = KERNEL_ENDS[line];
    if (end === null && daysBetween(KERNEL_RELEASES_AS_OF, observedAt) > OPEN_KERNEL_DAYS)
      return unknown(`Linux ${line} was supported on ${KERNEL_RELEASES_AS_OF}, the day of our table, without a date for its end: it may be over.`);
    if (end === null || (end !== undefined && !isPast(end, observedAt))) return [];
    const when = end === undefined ? "ended" : `ended on ${end}`;
    if (system?.class !== "local")
      return unknown(`Support of Linux ${line} ${when}; until when the vendor of ${system?.name ?? "the system"} patches it is not in our tables.`);
    return [weakness(PATH, value, `Support of Linux ${line} ${when} (table of ${KERNEL_RELEASES_AS_OF}), and no vendor that we know patches it.`)];
  },
  remedy: null,
});
