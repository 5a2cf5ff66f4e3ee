import type { KubeObject } from "../../inventory/kube-object";
import { handlerOf } from "../../inventory/workloads/sandbox-runtime-class";
import { dig, record, records, text, textMap } from "../../model/json";
import { defineControl, safe, unknown, weakness } from "../define";

function handlersOf(node: KubeObject): readonly string[] {
  return records(dig(node.body, "status", "runtimeHandlers")).map((handler) => text(handler.name) ?? "");
}

function sayMissing(name: string, [first, ...others]: readonly KubeObject[], allowed: number): string {
  const node = first?.ref.name ?? "";
  if (allowed === 1) return `RuntimeClass ${name}: node ${node}, the only one that it allows, does not have its handler.`;
  if (others.length === 0) return `RuntimeClass ${name}: node ${node}, one of ${allowed} that it allows, does not have its handler.`;
  return `RuntimeClass ${name}: ${others.length + 1} of the ${allowed} nodes that it allows do not have its handler, ${node} among them.`;
}

export default defineControl({
  id: "runtimeclass-handler-missing",
  layer: "cluster",
  severity: "medium",
  title: "Every RuntimeClass works on the nodes that it allows",
  failure: "has a RuntimeClass without a runtime behind it",
  why: "A pod that asks for a sandbox which its node does not have never starts. Sooner or later somebody removes the sandbox to make it run.",
  action: "Install the runtime that a RuntimeClass names",
  fix: "Install the runtime on every node that the class allows, or narrow `scheduling.nodeSelector` of the class to the nodes that have it.",
  verify:
    "kubectl get runtimeclasses -o custom-columns='CLASS:.metadata.name,HANDLER:.handler,NODES:.scheduling.nodeSelector'; kubectl get nodes -o json | jq -r '.items[] | [.metadata.name, ([.status.runtimeHandlers[]?.name | select(. != \"\")] | join(\",\"))] | @tsv'",
  lookFor: "A HANDLER that a node does not list, though the labels under NODES let the class run there.",
  tips: ["S4"],
  frameworks: { nsa: ["HC"], mitre: ["T1611"] },
  references: ["https://kubernetes.io/docs/concepts/containers/runtime-class/#scheduling"],
  subject: "cluster",
  reads: ["runtimeClasses", "nodes"],
  wholeCluster: "always",
  check: (_cluster, { slices }) => {
    if (slices.runtimeClasses.length === 0) return safe("No RuntimeClass exists.");
    const nodes = slices.nodes.filter((node) => handlersOf(node).length > 0);
    if (nodes.length === 0) return unknown("No node reports its runtime handlers; kubelets do since 1.30.");
    const allows = (item: KubeObject, node: KubeObject): boolean =>
      Object.entries(textMap(record(item.body.scheduling).nodeSelector)).every(([key, value]) => node.labels[key] === value);
    const found = slices.runtimeClasses.flatMap((item) => {
      const allowed = nodes.filter((node) => allows(item, node));
      const missing = allowed.filter((node) => !handlersOf(node).includes(handlerOf(item)));
      if (missing.length === 0) return [];
      return [weakness("handler", handlerOf(item), sayMissing(item.ref.name, missing, allowed.length), { object: item.ref })];
    });
    const mute = slices.nodes.find((node) => !nodes.includes(node) && slices.runtimeClasses.some((item) => allows(item, node)));
    return found.length > 0 || !mute ? found : unknown(`Node ${mute.ref.name} does not report its runtime handlers; kubelets do since 1.30.`);
  },
  remedy: null,
});
