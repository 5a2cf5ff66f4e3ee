import { z } from "zod";
import { admissionResponse } from "../contracts/admission";
import { clusterSchema, listClustersResponse, saveScheduleBody, scanProgressSchema } from "../contracts/clusters";
import { controlResponse, listControlsResponse } from "../contracts/controls";
import { findingResponse, listFindingsQuery, listFindingsResponse } from "../contracts/findings";
import { exportFrameworkQuery, exportFrameworkResponse, frameworkQuery, frameworkResponse, listFrameworksResponse } from "../contracts/frameworks";
import { ownControlSchema, testOwnControlResponse } from "../contracts/own-controls";
import { layerQuery, layerResponse, overviewResponse } from "../contracts/overview";
import { listPodSecurityQuery, listPodSecurityResponse, podSecurityResponse } from "../contracts/pod-security";
import { listResourcesQuery, listResourcesResponse, resourceResponse } from "../contracts/resources";
import { compareResponse, listSnapshotsQuery, listSnapshotsResponse, searchResponse, sourcesResponse } from "../contracts/snapshots";
import { saveSettingsBody, settingsResponse } from "../contracts/settings";
import { whoCanQuery, whoCanResponse } from "../contracts/who-can";
import { layerSchema, momentQuerySchema } from "../contracts/words";

/** viewer < triager < admin: who may do more may do less. */
export const ROLES = ["viewer", "triager", "admin"] as const;
export type Role = (typeof ROLES)[number];

export interface EndpointSpec {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below /api/v1, with `{name}` for parameters. */
  readonly path: string;
  readonly role: Role;
  readonly summary: string;
  readonly params: z.ZodType;
  readonly query: z.ZodType;
  readonly body: z.ZodType | null;
  readonly response: z.ZodType;
}

const none = z.strictObject({});
const cluster = z.object({ cluster: z.string().max(100) });
const moment = momentQuerySchema;

function define<const S extends EndpointSpec>(spec: S): S {
  return spec;
}

/** Every endpoint, the role that it needs, and its contract: the one place where they are declared. */
export const ENDPOINTS = {
  listClusters: define({
    method: "GET",
    path: "/clusters",
    role: "viewer",
    summary: "Clusters that are known, with their latest scores",
    params: none,
    query: none,
    body: null,
    response: listClustersResponse,
  }),
  getCluster: define({
    method: "GET",
    path: "/clusters/{cluster}",
    role: "viewer",
    summary: "One cluster",
    params: cluster,
    query: none,
    body: null,
    response: clusterSchema,
  }),
  createDemo: define({
    method: "POST",
    path: "/demo",
    role: "admin",
    summary: "Make the demo cluster with 90 days of history",
    params: none,
    query: none,
    body: null,
    response: z.object({ slug: z.string() }),
  }),
  saveSchedule: define({
    method: "PUT",
    path: "/clusters/{cluster}/schedule",
    role: "admin",
    summary: "Set how often a cluster is scanned",
    params: cluster,
    query: none,
    body: saveScheduleBody,
    response: clusterSchema,
  }),
  getSettings: define({
    method: "GET",
    path: "/clusters/{cluster}/settings",
    role: "viewer",
    summary: "What a cluster is judged with: trusted registries, platform namespaces, changed and own controls",
    params: cluster,
    query: none,
    body: null,
    response: settingsResponse,
  }),
  saveSettings: define({
    method: "PATCH",
    path: "/clusters/{cluster}/settings",
    role: "admin",
    summary: "Change settings; the next scan uses them",
    params: cluster,
    query: none,
    body: saveSettingsBody,
    response: settingsResponse,
  }),
  addOwnControl: define({
    method: "POST",
    path: "/clusters/{cluster}/own-controls",
    role: "admin",
    summary: "Add a control written in CEL; the next scan judges it",
    params: cluster,
    query: none,
    body: ownControlSchema,
    response: settingsResponse,
  }),
  changeOwnControl: define({
    method: "PUT",
    path: "/clusters/{cluster}/own-controls/{control}",
    role: "admin",
    summary: "Change an own control",
    params: cluster.extend({ control: z.string().max(100) }),
    query: none,
    body: ownControlSchema,
    response: settingsResponse,
  }),
  deleteOwnControl: define({
    method: "DELETE",
    path: "/clusters/{cluster}/own-controls/{control}",
    role: "admin",
    summary: "Take an own control away; what it found is remembered",
    params: cluster.extend({ control: z.string().max(100) }),
    query: none,
    body: null,
    response: settingsResponse,
  }),
  testOwnControl: define({
    method: "POST",
    path: "/clusters/{cluster}/own-control-tests",
    role: "admin",
    summary: "Try an own control on the latest snapshot, without keeping anything",
    params: cluster,
    query: none,
    body: ownControlSchema,
    response: testOwnControlResponse,
  }),
  startScan: define({
    method: "POST",
    path: "/clusters/{cluster}/scans",
    role: "triager",
    summary: "Scan a cluster now",
    params: cluster,
    query: none,
    body: null,
    response: scanProgressSchema,
  }),
  cancelScan: define({
    method: "DELETE",
    path: "/clusters/{cluster}/scans",
    role: "triager",
    summary: "Cancel the running scan; the last snapshot stands",
    params: cluster,
    query: none,
    body: null,
    response: scanProgressSchema,
  }),
  getOverview: define({
    method: "GET",
    path: "/clusters/{cluster}/overview",
    role: "viewer",
    summary: "Where the cluster stands, what changed, what to fix first",
    params: cluster,
    query: moment,
    body: null,
    response: overviewResponse,
  }),
  getLayer: define({
    method: "GET",
    path: "/clusters/{cluster}/layers/{layer}",
    role: "viewer",
    summary: "How the score of one layer is made",
    params: cluster.extend({ layer: layerSchema }),
    query: layerQuery,
    body: null,
    response: layerResponse,
  }),
  listFindings: define({
    method: "GET",
    path: "/clusters/{cluster}/findings",
    role: "viewer",
    summary: "Findings, filtered, sorted, one page at a time",
    params: cluster,
    query: listFindingsQuery,
    body: null,
    response: listFindingsResponse,
  }),
  getFinding: define({
    method: "GET",
    path: "/clusters/{cluster}/findings/{id}",
    role: "viewer",
    summary: "One finding, at a moment, with what happened since",
    params: cluster.extend({ id: z.string().max(40) }),
    query: moment,
    body: null,
    response: findingResponse,
  }),
  listResources: define({
    method: "GET",
    path: "/clusters/{cluster}/resources",
    role: "viewer",
    summary: "Resources with their open findings",
    params: cluster,
    query: listResourcesQuery,
    body: null,
    response: listResourcesResponse,
  }),
  getResource: define({
    method: "GET",
    path: "/clusters/{cluster}/resources/{groupKind}/{namespace}/{name}",
    role: "viewer",
    summary: "One resource, ring by ring",
    params: cluster.extend({ groupKind: z.string().max(200), namespace: z.string().max(253), name: z.string().max(253) }),
    query: moment,
    body: null,
    response: resourceResponse,
  }),
  listControls: define({
    method: "GET",
    path: "/clusters/{cluster}/controls",
    role: "viewer",
    summary: "The catalogue, with counts for a cluster",
    params: cluster,
    query: moment,
    body: null,
    response: listControlsResponse,
  }),
  getControl: define({
    method: "GET",
    path: "/clusters/{cluster}/controls/{control}",
    role: "viewer",
    summary: "One control: definition and subjects",
    params: cluster.extend({ control: z.string().max(100) }),
    query: moment,
    body: null,
    response: controlResponse,
  }),
  listFrameworks: define({
    method: "GET",
    path: "/clusters/{cluster}/frameworks",
    role: "viewer",
    summary: "Frameworks, with how many of their clauses fail",
    params: cluster,
    query: moment,
    body: null,
    response: listFrameworksResponse,
  }),
  getFramework: define({
    method: "GET",
    path: "/clusters/{cluster}/frameworks/{framework}",
    role: "viewer",
    summary: "One framework, clause by clause, with the controls that decide each",
    params: cluster.extend({ framework: z.string().max(40) }),
    query: frameworkQuery,
    body: null,
    response: frameworkResponse,
  }),
  exportFramework: define({
    method: "GET",
    path: "/clusters/{cluster}/frameworks/{framework}/export",
    role: "viewer",
    summary: "The clauses of one framework as a file: JSON as described, or CSV with the same columns",
    params: cluster.extend({ framework: z.string().max(40) }),
    query: exportFrameworkQuery,
    body: null,
    response: exportFrameworkResponse,
  }),
  getAdmission: define({
    method: "GET",
    path: "/clusters/{cluster}/admission",
    role: "viewer",
    summary: "What decides at admission, what it does, and what is wrong with it",
    params: cluster,
    query: moment,
    body: null,
    response: admissionResponse,
  }),
  listPodSecurity: define({
    method: "GET",
    path: "/clusters/{cluster}/pod-security",
    role: "viewer",
    summary: "Pod Security by namespace: what is enforced, and what could be enforced today without refusing anything",
    params: cluster,
    query: listPodSecurityQuery,
    body: null,
    response: listPodSecurityResponse,
  }),
  getPodSecurity: define({
    method: "GET",
    path: "/clusters/{cluster}/pod-security/{namespace}",
    role: "viewer",
    summary: "Pod Security of one namespace, with each field that stands in the way of a level",
    params: cluster.extend({ namespace: z.string().max(253) }),
    query: moment,
    body: null,
    response: podSecurityResponse,
  }),
  compare: define({
    method: "GET",
    path: "/clusters/{cluster}/compare",
    role: "viewer",
    summary: "What is different between `since` and `at`",
    params: cluster,
    query: moment,
    body: null,
    response: compareResponse,
  }),
  listSnapshots: define({
    method: "GET",
    path: "/clusters/{cluster}/snapshots",
    role: "viewer",
    summary: "Snapshots, newest first",
    params: cluster,
    query: listSnapshotsQuery,
    body: null,
    response: listSnapshotsResponse,
  }),
  getSources: define({
    method: "GET",
    path: "/clusters/{cluster}/sources",
    role: "viewer",
    summary: "What was read and what was not",
    params: cluster,
    query: moment,
    body: null,
    response: sourcesResponse,
  }),
  whoCan: define({
    method: "GET",
    path: "/clusters/{cluster}/who-can",
    role: "viewer",
    summary: "Who may do something, or what somebody may do, with the bindings and rules that say so",
    params: cluster,
    query: whoCanQuery,
    body: null,
    response: whoCanResponse,
  }),
  search: define({
    method: "GET",
    path: "/clusters/{cluster}/search",
    role: "viewer",
    summary: "Find a resource, control or finding by name",
    params: cluster,
    query: moment.extend({ q: z.string().min(1).max(200) }),
    body: null,
    response: searchResponse,
  }),
} as const;

export type EndpointName = keyof typeof ENDPOINTS;
