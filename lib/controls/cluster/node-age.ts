import { platformView } from "../../inventory/cloud/cloud-provider";
import { daysBetween } from "../../inventory/values/days";
import { createdAtOf } from "../../inventory/nodes/node-pools";
import { isControlPlaneNode } from "../../inventory/workloads/node-placement";
import { defineControl, notApplicable, unknown, weakness } from "../define";
import { ofVirtualNode } from "../virtual-node";

const LIMIT_DAYS = 90;
const AKS_IMAGE = "kubernetes.azure.com/node-image-version";
const AKS_IMAGE_LIMIT_DAYS = 45;

/** `AKSUbuntu-2204gen2containerd-202510.19.1` -> 2025-10-19; null when it does not say. */
function readImageDate(version: string): string | null {
  const found = /-(\d{4})(\d{2})\.(\d{2})(?:\.|$)/.exec(version);
  return found ? `${found[1]}-${found[2]}-${found[3]}` : null;
}

export default defineControl({
  id: "node-age",
  layer: "cluster",
  severity: "low",
  maxSeverity: "medium",
  title: "Nodes are replaced regularly",
  failure: "has not been replaced for a long time",
  why: "Replacing a node brings a patched image and throws away whatever has settled on the old one, an intruder included.",
  action: "Replace old nodes",
  fix: "Let the pool replace its nodes at least every quarter: node auto-upgrade, Karpenter's expireAfter, or instance refresh.",
  verify: "kubectl get nodes --sort-by=.metadata.creationTimestamp -L kubernetes.azure.com/node-image-version",
  lookFor: "An AGE above 90 days; on AKS also an image whose date, the last part of its name, is over 45 days ago.",
  tips: ["S4"],
  frameworks: { nsa: ["UP"], owasp: ["K07"] },
  references: ["https://karpenter.sh/docs/concepts/disruption/", "https://learn.microsoft.com/azure/aks/node-image-upgrade"],
  subject: "node",
  reads: ["nodes"],
  check: (node, context) => {
    const { observedAt } = context;
    const virtual = ofVirtualNode(node);
    if (virtual) return virtual;
    if (isControlPlaneNode(node)) return notApplicable("Nodes of the control plane are not expected to be replaced regularly.");
    const { provider, isLocal } = context.view(platformView);
    if (isLocal || provider === null) return notApplicable("Only machines of a cloud are expected to be replaced regularly.");
    const image = node.labels[AKS_IMAGE];
    const builtOn = image ? readImageDate(image) : null;
    const imageDays = builtOn ? daysBetween(builtOn, observedAt) : 0;
    if (imageDays > AKS_IMAGE_LIMIT_DAYS)
      return [
        weakness(`metadata.labels["${AKS_IMAGE}"]`, image, `Its image is over ${AKS_IMAGE_LIMIT_DAYS} days old; AKS publishes one a week.`, {
          severity: "medium",
        }),
      ];
    const createdAt = createdAtOf(node);
    const ageDays = createdAt ? daysBetween(createdAt, observedAt) : Number.NaN;
    if (Number.isNaN(ageDays)) return unknown("The node does not say when it was made.");
    // Not how old: a sentence that is another one each day is stored each day.
    return ageDays > LIMIT_DAYS ? [weakness("metadata.creationTimestamp", createdAt, `It is over ${LIMIT_DAYS} days old.`)] : [];
  },
  remedy: null,
});
