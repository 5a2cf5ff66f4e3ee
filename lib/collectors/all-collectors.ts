import "server-only";
import { accessCollector } from "./access";
import { admissionCollector } from "./admission";
import { apiServicesCollector } from "./api-services";
import { certificatesCollector } from "./certificates";
import { configMapsCollector } from "./config-maps";
import { customResourcesCollector } from "./custom-resources";
import { customRoutesCollector } from "./custom-routes";
import { customSettingsCollector } from "./custom-settings";
import type { Collector } from "./define-collector";
import { disruptionBudgetsCollector } from "./disruption-budgets";
import { gatewaysCollector } from "./gateways";
import { namespacesCollector } from "./namespaces";
import { networkCollector } from "./network";
import { nodeClassesCollector } from "./node-classes";
import { nodesCollector } from "./nodes";
import { operatedCollector, runsCollector } from "./operated";
import { otherNetworkPoliciesCollector } from "./other-network-policies";
import { podsCollector } from "./pods";
import { podNetworksCollector } from "./pod-networks";
import { policyEnginesCollector } from "./policy-engines";
import { releasesCollector } from "./releases";
import { replicaSetsCollector } from "./replica-sets";
import { resourceQuotasCollector } from "./resource-quotas";
import { routeGuardsCollector } from "./route-guards";
import { secretStoresCollector } from "./secret-stores";
import { storageCollector } from "./storage";
import { tlsSettingsCollector } from "./tls-settings";
import { workloadsCollector } from "./workloads";

/** Everything that a scan reads. Secrets are in no collector. */
export const ALL_COLLECTORS: readonly Collector[] = [
  namespacesCollector,
  resourceQuotasCollector,
  nodesCollector,
  nodeClassesCollector,
  workloadsCollector,
  replicaSetsCollector,
  podsCollector,
  accessCollector,
  networkCollector,
  configMapsCollector,
  storageCollector,
  admissionCollector,
  apiServicesCollector,
  customResourcesCollector,
  disruptionBudgetsCollector,
  gatewaysCollector,
  customRoutesCollector,
  routeGuardsCollector,
  tlsSettingsCollector,
  otherNetworkPoliciesCollector,
  podNetworksCollector,
  policyEnginesCollector,
  releasesCollector,
  customSettingsCollector,
  operatedCollector,
  runsCollector,
  secretStoresCollector,
  certificatesCollector,
];
