import { type EntryPoint, limitReach, sayRanges } from "./entry-point";
import { platformView } from "../cloud/cloud-provider";
import { isPublicAddress } from "../../model/ip-address";
import type { KubeObject } from "../kube-object";
import { readLoadBalancer } from "./load-balancer";
import { amount, type JsonRecord, list, record, records } from "../../model/json";
import { publicNodeView } from "../nodes/public-node";
import { type TargetGroupBinding, targetGroupBindingsView } from "./target-group-bindings";
import { defineView } from "../view";

/** Whether a load balancer leads through ports of the nodes, or has kept those that it had. */
function keepsNodePorts({ allocateLoadBalancerNodePorts, ports }: JsonRecord): boolean {
  return allocateLoadBalancerNodePorts !== false || records(ports).some(({ nodePort }) => amount(nodePort));
}

function ofService(service: KubeObject, provider: Parameters<typeof readLoadBalancer>[1], publicNode: KubeObject | null): EntryPoint {
  const spec = record(service.body.spec);
  const base = { via: service, hasSignIn: false };
  const addresses = list(spec.externalIPs).filter((ip): ip is string => typeof ip === "string");
  if (addresses.some(isPublicAddress))
    return {
      ...base,
      exposure: "external",
      path: "spec.externalIPs",
      value: addresses,
      message: `Service ${service.ref.name} answers on a public external IP.`,
    };
  const balancer = readLoadBalancer(service, provider);
  if (balancer) {
    const reach = balancer.reach === "pending" ? "possible" : balancer.reach;
    const ranges = balancer.ranges.map(({ cidr }) => cidr);
    const message = `Service ${service.ref.name} is a load balancer. ${balancer.because}${sayRanges(ranges)}`;
    const exposure = limitReach(reach, ranges);
    const untold = balancer.hiddenBecause === null || reach === "internal" ? {} : { untold: balancer.hiddenBecause };
    const entry = { ...base, exposure, path: "spec.type", value: "LoadBalancer", message, ...untold };
    // Ranges of a load balancer do not hold for the ports of nodes.
    const isNarrow = exposure === "internal" || exposure === "external-restricted";
    if (!isNarrow || publicNode === null || !keepsNodePorts(spec)) return entry;
    return { ...entry, exposure: "node", message: `${message} It opens a port on node ${publicNode.ref.name} too, which has a public address.` };
  }
  if (spec.type === "NodePort")
    return { ...base, exposure: "node", path: "spec.type", value: "NodePort", message: `Service ${service.ref.name} opens a port on every node.` };
  if (addresses.length > 0)
    return {
      ...base,
      exposure: "node",
      path: "spec.externalIPs",
      value: addresses,
      message: `Service ${service.ref.name} answers on every node to what is sent to external IP ${addresses[0]}.`,
    };
  return {
    ...base,
    exposure: "internal",
    path: "spec.type",
    value: spec.type ?? "ClusterIP",
    message: `Service ${service.ref.name} is reachable in the cluster.`,
  };
}

/** Where the load balancer is, and for whom, is kept outside of the cluster. */
function ofBinding({ binding, group, isByNode }: TargetGroupBinding): EntryPoint {
  const { name } = binding.ref;
  return {
    exposure: "possible",
    via: binding,
    path: "spec.serviceRef",
    value: record(binding.body.spec).serviceRef,
    message: `TargetGroupBinding ${name} registers its ${isByNode ? "nodes" : "pods"} with a load balancer of AWS.`,
    hasSignIn: false,
    untold: `Who may connect to the load balancer of target group ${group}, which TargetGroupBinding ${name} leads here, is decided outside of the cluster.`,
  };
}

/** The way in that a Service opens by itself, or else a TargetGroupBinding of one of its ports that is asked for; by default of any. */
export const serviceExposureView = defineView({
  reads: ["nodes", "targetGroupBindings"],
  compute: ({ view }): ((service: KubeObject, isAsked?: (port: TargetGroupBinding["port"]) => boolean) => EntryPoint) => {
    const { provider } = view(platformView);
    const publicNode = view(publicNodeView);
    const bindings = Map.groupBy(view(targetGroupBindingsView), ({ key }) => key);
    return (service, isAsked = () => true) => {
      const own = ofService(service, provider, publicNode);
      const binding = own.exposure === "internal" ? bindings.get(`${service.ref.namespace}/${service.ref.name}`)?.find(({ port }) => isAsked(port)) : undefined;
      return binding ? ofBinding(binding) : own;
    };
  },
});
