import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { whyTrustsNothing } from "@/lib/inventory/admission/ca-bundle";
import { addressOf } from "@/lib/inventory/admission/webhook-address";
import { toKubeObject } from "@/lib/inventory/kube-object";
import { makeCertificate } from "@/lib/kube/testing-certificate";
import { dig, parseJson, text } from "@/lib/model/json";
import { findBinaries } from "../control-plane/binaries";
import type { ControlPlane } from "../control-plane/control-plane";
import { startControlPlane } from "../control-plane/start";
import { applyManifests } from "./apply-manifests";
import { waitUntil } from "./wait-until";

const [PAST, FUTURE] = ["20200102000000Z", "20990101000000Z"] as const;
const HEARD = "denied the request: heard";
const UNKNOWN = "certificate signed by unknown authority";

const PURPOSE = "incompatible key usage";
const NOT_FOR = (host: string) => `no certificate in its caBundle may vouch for ${host}`;
const NAMED = [
  ["permitted;DNS:localhost", HEARD, null],
  ["permitted;DNS:example.com", "is not permitted by any constraint", NOT_FOR("localhost")],
  ["excluded;DNS:localhost", "is excluded by constraint", NOT_FOR("localhost")],
  ["excluded;DNS:example.com", HEARD, null],
  ["critical,excluded;DNS:.localhost", HEARD, null],
  ["permitted;IP:10.0.0.0/255.0.0.0", HEARD, null],
] as const;

const folder = mkdtempSync(join(tmpdir(), "webhook-trust-"));
const make = (end: typeof PAST | typeof FUTURE, says: Parameters<typeof makeCertificate>[2] = {}) => makeCertificate(folder, end, says);
const authority = make(FUTURE);
const canRun = !("reason" in findBinaries()) && authority !== null;

interface Case {
  readonly served: NonNullable<ReturnType<typeof make>>;
  readonly bundle: string;
  readonly says: string;
  readonly told: string | null;
  readonly host?: string;
}

/** What answers has a certificate for 127.0.0.1: one that the first of these signed, or itself. */
function certificates(): Record<string, Case> {
  const known = (made: ReturnType<typeof make>) => made ?? { key: "", cert: "" };
  const signedBy = (signer: ReturnType<typeof known>) => known(make(FUTURE, { signer, basicConstraints: "CA:FALSE" }));
  const [own, other] = [known(authority), known(make(FUTURE))];
  const expired = known(make(PAST));
  const alone = known(make(FUTURE, { basicConstraints: "CA:FALSE" }));
  const stranger = known(make(FUTURE, { basicConstraints: "CA:FALSE", subjectAltName: "DNS:stranger.example.com" }));
  const idle = known(make(FUTURE, { keyUsage: "digitalSignature", subjectAltName: "DNS:stranger.example.com" }));
  const [clients, both] = [known(make(FUTURE, { extendedKeyUsage: "clientAuth" })), known(make(FUTURE, { extendedKeyUsage: "clientAuth,serverAuth" }))];
  const client = known(make(FUTURE, { basicConstraints: "CA:FALSE", extendedKeyUsage: "clientAuth" }));
  const itself = known(make(FUTURE, { nameConstraints: "permitted;DNS:example.com", subjectAltName: "DNS:localhost" }));
  const garbage = `-----BEGIN CERTIFICATE-----\n${btoa("no certificate")}\n-----END CERTIFICATE-----\n`;
  return {
    "who signed it": { served: signedBy(own), bundle: own.cert, says: HEARD, told: null },
    "the very one that it has": { served: alone, bundle: alone.cert, says: HEARD, told: null },
    "one that is over beside who signed it": { served: signedBy(own), bundle: expired.cert + own.cert, says: HEARD, told: null },
    "who signed it, over": { served: signedBy(expired), bundle: expired.cert, says: "expired", told: "no certificate in its caBundle is valid at this time" },
    "who signed it, and may not": {
      served: signedBy(stranger),
      bundle: stranger.cert,
      says: "x509: ",
      told: NOT_FOR("127.0.0.1"),
    },
    "an authority that is for other uses": {
      served: signedBy(idle),
      bundle: idle.cert,
      says: "x509: ",
      told: NOT_FOR("127.0.0.1"),
    },
    "an authority that is for clients alone": { served: signedBy(clients), bundle: clients.cert, says: PURPOSE, told: NOT_FOR("127.0.0.1") },
    "the very one that it has, which is for clients alone": { served: client, bundle: client.cert, says: PURPOSE, told: NOT_FOR("127.0.0.1") },
    "an authority that is for servers, too": { served: signedBy(both), bundle: both.cert, says: HEARD, told: null },
    ...Object.fromEntries(
      NAMED.map(([nameConstraints, says, told]) => {
        const named = known(make(FUTURE, { nameConstraints }));
        const served = known(make(FUTURE, { signer: named, basicConstraints: "CA:FALSE", subjectAltName: "DNS:localhost" }));
        return [`an authority with ${nameConstraints}`, { served, bundle: named.cert, says, told, host: "localhost" }];
      }),
    ),
    "the very one that it has, which may sign for others alone": { served: itself, bundle: itself.cert, says: HEARD, told: null, host: "localhost" },
    "files that were joined without a new line": {
      served: signedBy(own),
      bundle: expired.cert.trimEnd() + own.cert,
      says: "unable to load root certificates",
      told: "its caBundle holds no certificate",
    },
    "words, and lines that return": { served: signedBy(own), bundle: `# own\n${own.cert}`.replaceAll("\n", "\r\n"), says: HEARD, told: null },
    "a new line": { served: signedBy(own), bundle: "\n", says: "unable to load root certificates", told: "its caBundle holds no certificate" },
    "no certificate": { served: signedBy(own), bundle: garbage, says: "unable to load root certificates", told: "its caBundle holds no certificate" },
    // Who signed what answers is not seen.
    "somebody else": { served: signedBy(own), bundle: other.cert, says: UNKNOWN, told: null },
    nothing: { served: signedBy(own), bundle: "", says: UNKNOWN, told: null },
  };
}

/** What an API server says of the answer of a webhook by what is in the bundle of it, and whether the bundle alone tells. */
describe.skipIf(!canRun)("bundles of webhooks", () => {
  const cases: Record<string, Case> = canRun ? certificates() : {};
  const servers: Server[] = [];
  let controlPlane: ControlPlane;
  let stop = async (): Promise<void> => {};

  beforeAll(async () => {
    const started = await startControlPlane();
    if ("reason" in started) throw new Error(started.reason);
    ({ controlPlane } = started);
    stop = () => started.stop();
  });
  afterAll(async () => {
    await stop();
    for (const server of servers) server.closeAllConnections();
    for (const server of servers) server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function serve(served: { readonly key: string; readonly cert: string }): Promise<number> {
    const server = createServer(served, async (request, response) => {
      const uid = dig(parseJson(Buffer.concat(await Array.fromAsync(request)).toString()), "request", "uid");
      const review = { apiVersion: "admission.k8s.io/v1", kind: "AdmissionReview", response: { uid, allowed: false, status: { message: "heard" } } };
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(review));
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return (server.address() as AddressInfo).port; // safe: it listens at a port
  }

  test.each(Object.entries(cases))("%s", async (what, { served, bundle, says, told, host = "127.0.0.1" }) => {
    const name = what.replaceAll(/\W+/g, "-").toLowerCase();
    const clientConfig = { url: `https://${host}:${await serve(served)}/`, ...(bundle !== "" && { caBundle: btoa(bundle) }) };
    const hook = {
      name: `${name}.example.com`,
      clientConfig,
      rules: [{ operations: ["CREATE"], apiGroups: [""], apiVersions: ["v1"], resources: ["configmaps"] }],
      namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
      sideEffects: "None",
      admissionReviewVersions: ["v1"],
      failurePolicy: "Fail",
    };
    const body = { apiVersion: "admissionregistration.k8s.io/v1", kind: "ValidatingWebhookConfiguration", metadata: { name }, webhooks: [hook] };
    await applyManifests(controlPlane, [{ apiVersion: "v1", kind: "Namespace", metadata: { name } }, body]);
    let said = "";
    await waitUntil("the webhook to be asked", async () => {
      const probe = { apiVersion: "v1", kind: "ConfigMap", metadata: { generateName: "probe-" } };
      const { body } = await controlPlane.request("POST", `/api/v1/namespaces/${name}/configmaps`, probe);
      said = text(dig(body, "message")) ?? "";
      return said.includes("admission webhook") || said.includes("calling webhook");
    });
    expect(said).toContain(says);
    const asked = { spec: hook, configuration: toKubeObject({ ...body, metadata: { name, creationTimestamp: new Date().toISOString() } }, () => "platform") };
    expect(whyTrustsNothing(asked, addressOf(asked), new Date().toISOString())).toBe(told);
  });
});
