import { platformView } from "../../inventory/cloud/cloud-provider";
import { publicNodeView } from "../../inventory/nodes/public-node";
import { record, records } from "../../model/json";
import { defineControl, safe, weakness } from "../define";
import { closeNodePorts } from "../remedies/close-node-ports";

export default defineControl({
  id: "service-nodeport",
  layer: "cluster",
  severity: "low",
  maxSeverity: "medium",
  title: "Services open no ports on nodes",
  failure: "opens a port on every node",
  why: "A node port answers on every node, past ingress rules and often past the firewall that was thought to be in front. It also shows outsiders which nodes exist.",
  action: "Replace node ports with an Ingress or a Gateway",
  fix: "Use type ClusterIP behind an Ingress or a Gateway, and first move the clients of the node port there.",
  verify: "kubectl get svc -A --field-selector spec.type=NodePort",
  lookFor: "The number after the colon under PORT(S) is open on every node.",
  tips: ["S2"],
  frameworks: { nsa: ["NP"], mitre: ["T1133"], owasp: ["K05", "K06"] },
  references: ["https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport"],
  subject: "service",
  reads: ["nodes"],
  check: (service, context) => {
    const spec = record(service.body.spec);
    if (spec.type === "ExternalName") return safe("An ExternalName Service is only a name.");
    if (spec.type !== "NodePort") return [];
    const open = context.view(platformView).isLocal ? null : context.view(publicNodeView);
    const ports = records(spec.ports).flatMap((port) => (typeof port.nodePort === "number" ? [port.nodePort] : []));
    const where = ports.length > 0 ? ` (${ports.join(", ")})` : "";
    const opens = ports.length === 1 ? `Its port${where} is open` : `Its ports${where} are open`;
    const message = open ? `${opens} on node ${open.ref.name}, which has a public address.` : `${opens} on every node.`;
    return [weakness("spec.type", "NodePort", message, open ? { severity: "medium" } : {})];
  },
  remedy: (service) => ({
    ops: closeNodePorts(service),
    risk: "may-break",
    note: "Whoever connects to a node port must come through an Ingress, a Gateway or a load balancer.",
  }),
});
