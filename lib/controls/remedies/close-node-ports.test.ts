import { expect, test } from "vitest";
import { applyPatch } from "../../engine/apply-patch";
import { toKubeObject } from "../../inventory/kube-object";
import { service } from "../../inventory/testing";
import { record } from "../../model/json";
import { closeNodePorts } from "./close-node-ports";

const closed = (spec: object): unknown => {
  const object = { ...service(), spec };
  return record(applyPatch(object, closeNodePorts(toKubeObject(object, () => "workload")))).spec;
};

test("a Service of type NodePort gets one of the cluster's addresses, and loses what the API server takes only from Services that are open to the outside", () => {
  const ports = [{ port: 80, nodePort: 30080 }, { port: 81 }];
  expect(closed({ type: "NodePort", externalTrafficPolicy: "Local", ports })).toEqual({ type: "ClusterIP", ports: [{ port: 80 }, { port: 81 }] });
});

test("a load balancer stays one, without the node ports that it would keep otherwise", () => {
  expect(closed({ type: "LoadBalancer", externalTrafficPolicy: "Local", ports: [{ port: 80, nodePort: 30080 }] })).toEqual({
    type: "LoadBalancer",
    allocateLoadBalancerNodePorts: false,
    externalTrafficPolicy: "Local",
    ports: [{ port: 80 }],
  });
});
