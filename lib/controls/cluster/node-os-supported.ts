import { AKS_IMAGE_ENDS, ENDED_SYSTEMS, SYSTEM_SUPPORT, SYSTEM_SUPPORT_AS_OF } from "../../inventory/data/node-systems";
import { daysBetween, isPast } from "../../inventory/values/days";
import { OS_IMAGE_PATH, osImageOf, recogniseSystem } from "../../inventory/nodes/node-system";
import { defineControl, unknown, weakness } from "../define";
import { ofVirtualNode } from "../virtual-node";

const SOON_DAYS = 90;

export default defineControl({
  id: "node-os-supported",
  layer: "cluster",
  severity: "high",
  title: "The operating system of every node is supported",
  failure: "runs an operating system that is out of support",
  why: "A system out of support gets no fixes: every kernel flaw published since then stays open on that node, and a kernel flaw is a way out of every container on it.",
  action: "Replace nodes whose system is out of support",
  fix: "Replace the node pool with one that has a supported image; drain and delete the old nodes.",
  verify: "kubectl get nodes -o custom-columns=NAME:.metadata.name,OS:.status.nodeInfo.osImage,KERNEL:.status.nodeInfo.kernelVersion",
  lookFor: "Compare OS with the support dates of its vendor, in the references.",
  tips: ["S4", "S1"],
  frameworks: { nsa: ["UP"], mitre: ["T1068", "T1611"], owasp: ["K07"] },
  references: ["https://endoflife.date", "https://kubernetes.io/docs/concepts/security/security-checklist/"],
  subject: "node",
  reads: [],
  check: (node, { observedAt }) => {
    const virtual = ofVirtualNode(node);
    if (virtual) return virtual;
    const image = osImageOf(node);
    const system = recogniseSystem(node);
    if (!system) return unknown(image ? `The operating system "${image}" is not one that we know.` : "The node does not say which operating system it runs.");
    const ended = ENDED_SYSTEMS[system.id];
    if (ended) return [weakness(OS_IMAGE_PATH, image, ended)];
    const key = `${system.id} ${system.version}`;
    const name = `${system.name}${system.version ? ` ${system.version}` : ""}`;
    const imagesEnd = node.labels["kubernetes.azure.com/cluster"] === undefined ? undefined : AKS_IMAGE_ENDS[key];
    if (imagesEnd !== undefined && isPast(imagesEnd, observedAt))
      return [weakness(OS_IMAGE_PATH, image, `AKS has made no images of ${name} since ${imagesEnd}: its nodes get no fixes.`)];
    const support = SYSTEM_SUPPORT[key];
    if (!support) return unknown(`Our table of ${SYSTEM_SUPPORT_AS_OF} has no support dates for ${name}.`);
    const last = support.extended ?? support.free;
    if (isPast(last, observedAt)) return [weakness(OS_IMAGE_PATH, image, `Support of ${name} ended on ${last} (table of ${SYSTEM_SUPPORT_AS_OF}).`)];
    if (isPast(support.free, observedAt)) {
      return [
        weakness(
          OS_IMAGE_PATH,
          image,
          `Free support of ${name} ended on ${support.free}; only extended support lasts until ${last} (table of ${SYSTEM_SUPPORT_AS_OF}).`,
          { severity: "medium" },
        ),
      ];
    }
    const end = imagesEnd ?? support.free;
    const until = `${end}${imagesEnd === undefined ? "" : ", the last day on which AKS makes images of it"} (table of ${SYSTEM_SUPPORT_AS_OF})`;
    if (daysBetween(observedAt, end) < SOON_DAYS) return [weakness(OS_IMAGE_PATH, image, `Support of ${name} ends on ${until}.`, { severity: "medium" })];
    return { state: "pass", notes: [weakness(OS_IMAGE_PATH, image, `${name} is supported until ${until}.`)] };
  },
  remedy: null,
});
