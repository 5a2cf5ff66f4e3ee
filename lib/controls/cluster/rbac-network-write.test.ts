import { everywhere, inShop, rule } from "../../graph/rbac/testing";
import { clusterRole, roleBinding } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-network-write";

describeControl(control, {
  fails: [
    {
      name: "policies of the whole cluster",
      objects: everywhere("networking.k8s.io", ["networkpolicies"], ["delete"]),
      severity: "high",
      evidence: [{ path: "rules[0]" }],
    },
    { name: "policies of a namespace", objects: inShop("networking.k8s.io", ["networkpolicies"], ["update"]), severity: "medium" },
    { name: "endpoints", objects: inShop("discovery.k8s.io", ["endpointslices"], ["patch"]), severity: "medium" },
    { name: "any kind of the Gateway API", objects: everywhere("gateway.networking.k8s.io", ["listenersets"], ["create"]), severity: "medium" },
    { name: "every kind of the Gateway API", objects: everywhere("gateway.networking.k8s.io", ["*"], ["create"]), severity: "medium" },
    { name: "taking all policies away at once", objects: inShop("networking.k8s.io", ["networkpolicies"], ["deletecollection"]), severity: "medium" },
    { name: "policies of Antrea", objects: everywhere("crd.antrea.io", ["clusternetworkpolicies"], ["delete"]), severity: "high" },
    { name: "policies of EKS", objects: everywhere("networking.k8s.aws", ["clusternetworkpolicies"], ["delete"]), severity: "high" },
    { name: "policies of Calico for the whole cluster", objects: everywhere("projectcalico.org", ["globalnetworkpolicies"], ["update"]), severity: "high" },
    { name: "who may call whom in Istio", objects: inShop("security.istio.io", ["authorizationpolicies"], ["delete"]), severity: "medium" },
    { name: "labels and addresses of pods by their status", objects: everywhere("", ["pods/status"], ["patch"]), severity: "medium" },
    { name: "networks that pods are attached to", objects: inShop("k8s.cni.cncf.io", ["network-attachment-definitions"], ["create"]), severity: "medium" },
    { name: "redirects of Cilium", objects: inShop("cilium.io", ["ciliumlocalredirectpolicies"], ["create"]), severity: "medium" },
    { name: "routes of Istio", objects: inShop("networking.istio.io", ["virtualservices"], ["create"]), severity: "medium" },
  ],
  passes: [
    {
      name: "policies of the whole cluster through a RoleBinding",
      objects: [
        clusterRole({
          rules: [
            rule("policy.networking.k8s.io", ["clusternetworkpolicies"], ["create"]),
            rule("cilium.io", ["ciliumclusterwidenetworkpolicies"], ["create"]),
          ],
        }),
        roleBinding({ roleRef: { kind: "ClusterRole", name: "app" } }),
      ],
    },
    { name: "the status of Ingresses", objects: everywhere("networking.k8s.io", ["ingresses/status"], ["update"]) },
    { name: "reading", objects: everywhere("networking.k8s.io", ["networkpolicies"], ["get"]) },
  ],
});
