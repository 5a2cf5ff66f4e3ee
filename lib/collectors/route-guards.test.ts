import { expect, it } from "vitest";
import { routeGuardsCollector } from "./route-guards";

const metadata = { name: "gate", namespace: "shop" };
const kept = (apiVersion: string, kind: string, fields: object) => routeGuardsCollector.project?.({ apiVersion, kind, metadata, ...fields });

it.each(["KongPlugin", "KongClusterPlugin"])(
  "keeps of a %s what it is, whom it lets in, and where a password stood, and none of those that it is handed",
  (kind) => {
    const config = {
      client_secret: ["tr0ub4dor&3x"],
      provider: "s3cr3t",
      add: { headers: ["x-version:2", "x-api-key:tr0ub4dor&3x"] },
      timeout: 10,
      anonymous: "guest",
      allow: ["10.0.0.0/8"],
    };
    const valueFrom = { secretKeyRef: { name: "oidc", key: "id" } };
    const configPatches = [
      { path: "/client_secret", value: "s3cr3t" },
      { path: "/client_id", valueFrom },
    ];
    expect(kept("configuration.konghq.com/v1", kind, { plugin: "openid-connect", disabled: false, config, configPatches, configFrom: valueFrom })).toEqual({
      apiVersion: "configuration.konghq.com/v1",
      kind,
      metadata,
      plugin: "openid-connect",
      disabled: false,
      config: {
        client_secret: ["«redacted: named-literal, 12 characters»"],
        add: { headers: [null, "x-api-key: «redacted: named-literal, 12 characters»"] },
        anonymous: "guest",
        allow: ["10.0.0.0/8"],
      },
      configPatches: [{ valueFrom }],
      configFrom: valueFrom,
    });
  },
);

it("keeps of a Middleware which plugins it has, and of what they are handed the names of Secrets alone, and where a password stood", () => {
  expect(
    kept("traefik.io/v1alpha1", "Middleware", { spec: { basicAuth: { secret: "users" }, plugin: { oidc: { clientSecret: "tr0ub4dor&3x", text: "s3cr3t" } } } }),
  ).toEqual({
    apiVersion: "traefik.io/v1alpha1",
    kind: "Middleware",
    metadata,
    spec: { basicAuth: { secret: "users" }, plugin: { oidc: { clientSecret: "«redacted: named-literal, 12 characters»" } } },
  });
  expect(kept("traefik.io/v1alpha1", "Middleware", { spec: { plugin: { limit: { average: 10, text: "s3cr3t" } } } })).toMatchObject({
    spec: { plugin: { limit: {} } },
  });
  const settings = { issuer: "https://id.example.com", client: { password: "s3cr3t", key: "urn:k8s:secret:oidc:key" } };
  expect(kept("traefik.io/v1alpha1", "Middleware", { spec: { plugin: { oidc: settings } } })).toMatchObject({
    spec: { plugin: { oidc: { client: { key: "urn:k8s:secret:oidc:key" } } } },
  });
  expect(kept("traefik.io/v1alpha1", "Middleware", { spec: { compress: {} } })).toMatchObject({ spec: { compress: {} } });
});

it("keeps of a BackendConfig whether it asks for a sign-in, and by which Secret", () => {
  const iap = { enabled: true, oauthclientCredentials: { clientSecret: "s3cr3t", secretName: "iap" } };
  const spec = { iap: { enabled: true, oauthclientCredentials: { secretName: "iap" } } };
  const base = { apiVersion: "cloud.google.com/v1", kind: "BackendConfig", metadata };
  expect(kept("cloud.google.com/v1", "BackendConfig", { spec: { iap, timeoutSec: 30 } })).toEqual({ ...base, spec });
  const cdn = { enabled: true, signedUrlKeys: [{ keyName: "one", keyValue: "s3cr3t", secretName: "signing" }] };
  expect(kept("cloud.google.com/v1", "BackendConfig", { spec: { iap, cdn } })).toEqual({
    ...base,
    spec: { ...spec, cdn: { signedUrlKeys: [{ secretName: "signing" }] } },
  });
});
