import "server-only";
import { defineCollector, kindsOf } from "./define-collector";

const optional = { optional: true };

/** Networks beside the one that every pod is in. */
export const podNetworksCollector = defineCollector({
  id: "pod-networks",
  kinds: [
    ...kindsOf(
      "k8s.ovn.org",
      ["v1"],
      [
        ["userdefinednetworks", "UserDefinedNetwork"],
        ["clusteruserdefinednetworks", "ClusterUserDefinedNetwork"],
        ["clusternetworkconnects", "ClusterNetworkConnect"],
      ],
      optional,
    ),
    ...kindsOf("k8s.cni.cncf.io", ["v1"], [["network-attachment-definitions", "NetworkAttachmentDefinition"]], optional),
  ],
});
