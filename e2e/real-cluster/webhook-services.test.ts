import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dig, text } from "@/lib/model/json";
import { findBinaries } from "../control-plane/binaries";
import type { ControlPlane } from "../control-plane/control-plane";
import { startControlPlane } from "../control-plane/start";
import { applyManifests } from "./apply-manifests";
import { waitUntil } from "./wait-until";

const canRun = !("reason" in findBinaries());

const SORTS = {
  headless: { clusterIP: "None", selector: { app: "app" }, ports: [{ port: 443 }] },
  name: { type: "ExternalName", externalName: "policies.invalid" },
  closed: { selector: { app: "app" }, ports: [{ port: 8443 }] },
  portless: { clusterIP: "None", selector: { app: "app" }, ports: [{ port: 8443 }] },
};

const REFUSED = 'cannot route to service with ClusterIP "None"';
const NO_PORT = "no service port 443 found";
const EXPECTED = [
  // A name is looked up, whatever comes of it.
  { flag: "--enable-aggregator-routing=false", headless: REFUSED, name: "policies.invalid", portless: REFUSED, closed: NO_PORT },
  {
    flag: "--enable-aggregator-routing=true",
    headless: "no endpoints available for service",
    name: 'unsupported service type "ExternalName"',
    portless: NO_PORT,
    closed: NO_PORT,
  },
];

/** What an API server says that is to ask a webhook which names a Service of each sort, and fails closed. */
describe.skipIf(!canRun).each(EXPECTED)("Services of webhooks, with $flag", ({ flag, ...expected }) => {
  let controlPlane: ControlPlane;
  let stop = async (): Promise<void> => {};

  beforeAll(async () => {
    const started = await startControlPlane({ apiServerFlags: [flag] });
    if ("reason" in started) throw new Error(started.reason);
    ({ controlPlane } = started);
    stop = () => started.stop();
  });
  afterAll(() => stop());

  test.each(["headless", "name", "portless", "closed"] as const)("%s", async (sort) => {
    const metadata = { name: sort };
    const rule = { operations: ["CREATE"], apiGroups: [""], apiVersions: ["v1"], resources: ["configmaps"] };
    const hook = {
      name: `${sort}.example.com`,
      clientConfig: { service: { name: "app", namespace: sort } },
      rules: [rule],
      namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": sort } },
      sideEffects: "None",
      admissionReviewVersions: ["v1"],
      failurePolicy: "Fail",
    };
    await applyManifests(controlPlane, [
      { apiVersion: "v1", kind: "Namespace", metadata },
      { apiVersion: "v1", kind: "Service", metadata: { name: "app", namespace: sort }, spec: SORTS[sort] },
      { apiVersion: "admissionregistration.k8s.io/v1", kind: "ValidatingWebhookConfiguration", metadata, webhooks: [hook] },
    ]);
    let said = "";
    await waitUntil("the webhook to be asked", async () => {
      const probe = { apiVersion: "v1", kind: "ConfigMap", metadata: { generateName: "probe-" } };
      const { body } = await controlPlane.request("POST", `/api/v1/namespaces/${sort}/configmaps`, probe);
      said = text(dig(body, "message")) ?? "";
      return said.includes("failed calling webhook");
    });
    expect(said).toContain(expected[sort]);
  });
});
