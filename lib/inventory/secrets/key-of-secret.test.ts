import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { redact } from "./redact";

const hides = (values: object): readonly boolean[] => {
  const base = { metadata: { name: "app", namespace: "shop" } };
  const bodies = [
    { apiVersion: "helm.toolkit.fluxcd.io/v2", kind: "HelmRelease", ...base, spec: { values } },
    { apiVersion: "helm.cattle.io/v1", kind: "HelmChartConfig", ...base, spec: { valuesContent: stringify(values) } },
    { apiVersion: "v1", kind: "ConfigMap", ...base, data: { "values.json": JSON.stringify(values) } },
  ];
  return bodies.map((body) => redact(body) !== body);
};

describe("values that name a key of a Secret are none themselves, as an object, as YAML and as JSON", () => {
  test.each<[object]>([
    [{ basicAuth: { enabled: true, secretKey: "basic-auth-1" } }],
    [{ basicAuth: { secretName: "shop-1", secretKey: "auth2024" } }],
    [{ basicAuth: { secretKey: "auth2024", host: "a.example.com", existingSecret: "shop-1" } }],
    [
      {
        externalSecrets: [
          { secretKey: "dbPassword1", remoteRef: { key: "shop/db" } },
          { remoteRef: { key: "shop/a" }, secretKey: "password" },
        ],
      },
    ],
    [{ token: { existingSecretName: "github-1", tokenSecretKey: "gh_token_2" } }],
    [{ users: [{ name: "ada", existingSecret: "users-1", existingSecretKey: "password-1" }] }],
    [{ database: { secretName: "db-1", secretKey: "elasticsearchAdminPassword2024" } }],
    [{ existingSecretAdminPassword: "admin-1", s3: { existingSecret: "s3-1", secretAccessKeyKey: "secret-key-1" } }],
  ])("%j", (values) => {
    expect(hides(values)).toEqual([false, false, false]);
  });
});

describe("what is a credential stays one", () => {
  test.each<[object]>([
    [{ users: [{ accessKey: "app", secretKey: "console123" }] }],
    [{ backup: { accessKey: "backup", secretKey: "backup-secret-1", existingSecret: "" } }],
    [{ s3: { existingSecret: "s3-1", accessKeyId: "app", secretKey: "backup-secret-1" } }],
    [{ secretKey: "my-secret-key-123" }],
    [{ auth: { existingSecret: "", secretKey: "a8f5f167f44f4964e6c998dee827110c" } }],
    [{ auth: { existingSecret: "app-1" }, secretKey: "a8f5f167f44f4964e6c998dee827110c" }],
    [{ tls: [{ secretName: "a-1" }, { secretKey: "a8f5f167f44f4964e6c998dee827110c" }] }],
    [{ auth: { existingSecret: "app-1", password: "Tr0ub4dor-99" } }],
    [{ auth: { secretName: "app-1", secretKey: `ghp_${"a1B2c3D4e5F6".repeat(3)}` } }],
    [{ existingSecret: "app-1", secretKey: "r8OwDznj8Pq1kC7mVb2XxYt5LgH3sNfQ" }],
    [{ webserverSecretKeySecretName: "web-1", webserverSecretKey: "9f86d081884c7d659a2feaa0c55ad015" }],
    [{ s3: { existingSecret: "s3-1", secretKey: "kJalrXtnFMbK7dEGabPxRfiCYvQmLw2zTuHsNe5o" } }],
    [{ encryptionKey: { value: "0123456789abcdef0123456789abcdef0123" } }],
    [{ nextauth: { secret: { value: "q8Zk2Lr7Tn4Vb9Xc1Md6" } } }],
  ])("%j", (values) => {
    expect(hides(values)).toEqual([true, true, true]);
  });
});
