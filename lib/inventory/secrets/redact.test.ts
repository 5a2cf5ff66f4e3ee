import { fc } from "../../model/testing-properties";
import { describe, expect, test } from "vitest";
import { dig, isRecord, type JsonRecord, list, record, text } from "../../model/json";
import { redact } from "./redact";
import { findSecretInEntry, findSecretsInArguments, findSecretsInData } from "./secret-detector";
import { findSecretInText } from "./secret-in-text";
import { findRedactionMarker, readRedactedLines } from "./secret-match";
import {
  apiServerMetrics,
  apiServerProbe,
  configMap,
  cronJob,
  deployment,
  engineWebhook,
  ingress,
  kubeletConfig,
  node,
  pod,
  roleBinding,
  service,
} from "../testing";

/** Made up; put together here so that no scanner takes this file for a leak. */
const SECRETS = [
  `AKIA${"ABCDEFGH234567IJ"}`,
  `ghp_${"a1B2c3D4e5F6".repeat(3)}`,
  `xoxb-${"1234567890-abcdefghij"}`,
  "postgres://cart:Sup3rS3cret@db:5432/cart",
  `-----BEGIN RSA ${"PRIVATE KEY"}-----\nMIIEow\n-----END RSA ${"PRIVATE KEY"}-----`,
  "tr0ub4dor&3x-pump",
  "hunter2",
  "changeme",
];
const NAMES = ["DB_PASSWORD", "API_TOKEN", "LOG_LEVEL", "client_secret", "url", "MAX_TOKENS", "password"];
const secret = fc.constantFrom(...SECRETS);
const value = fc.oneof(secret, fc.constantFrom("info", "true", "/run/secrets/db", "$(OTHER)", "https://example.com", ""), fc.string());
const name = fc.constantFrom(...NAMES);

const containerOf = (body: JsonRecord) => record(dig(body, "spec", "template", "spec", "containers", 0));

describe("redact", () => {
  test.each([
    ["a flag beside its value", { args: ["run", "--api-token", "tr0ub4dor&3x-pump"] }],
    ["a script", { command: ["sh", "-c"], args: ["mysql -uroot -ptr0ub4dor&3x-pump cart"] }],
    ["what a program takes", { command: ["redis-cli"], args: ["-a", "tr0ub4dor&3x-pump"] }],
    ["the script of a step", { command: ["bash"], source: "set -e\nmysql -uroot -ptr0ub4dor&3x-pump cart\n" }],
  ])("hides %s in a copy of a container, wherever it is kept", (_, container) => {
    const copy = (own: object) => JSON.stringify({ name: "main", container: { image: "app:1", ...own } });
    const keep = (own: object) => ({
      metadata: { name: "a", annotations: { "workflows.argoproj.io/template": copy(own) } },
      data: { "pod.json": copy(own) },
      spec: { containers: [{ name: "wait", env: [{ name: "ARGO_TEMPLATE", value: copy(own) }] }] },
    });
    for (const kind of ["Pod", "ConfigMap"]) {
      const hidden = JSON.stringify(redact({ apiVersion: "v1", kind, ...keep(container) }));
      expect(hidden.split("«redacted: ").length - 1).toBe(2);
      const plain = { apiVersion: "v1", kind, ...keep({ command: ["sh", "-c"], args: ["run --token $(TOKEN) --verbose"] }) };
      expect(redact(plain)).toBe(plain);
    }
  });

  test("hides what the script of a step of Argo Workflows gives to programs, and leaves the step as it is where it gives nothing", () => {
    const workflow = (source: string) => ({
      apiVersion: "argoproj.io/v1alpha1",
      kind: "WorkflowTemplate",
      metadata: { name: "import" },
      spec: { templates: [{ name: "load", script: { image: "mysql:8", command: ["bash"], source } }] },
    });
    expect(JSON.stringify(redact(workflow("mysql -uroot -ptr0ub4dor3xpump cart\n")))).toMatch(/"source":"«redacted: named-literal, 15 characters»"/);
    const plain = workflow("mysql -uroot -p$PASSWORD cart\n");
    expect(redact(plain)).toBe(plain);
  });

  test("hides credentials in variables, flags, scripts, probes, annotations and ConfigMaps, and keeps their names", () => {
    const [key = "", token = "", , url = ""] = SECRETS;
    const container = {
      env: [
        { name: "AWS_ACCESS_KEY_ID", value: key },
        { name: "DB_PASSWORD", value: "tr0ub4dor&3x-pump" },
        { name: "LOG_LEVEL", value: "info" },
      ],
      args: [`--token=${token}`, "--password", "tr0ub4dor&3x-pump", "--verbose"],
      livenessProbe: { httpGet: { port: 80, httpHeaders: [{ name: "Authorization", value: token }] } },
      lifecycle: { preStop: { exec: { command: ["curl", url] } } },
    };
    const redacted = redact(deployment({ container, annotations: { "example.com/hook": token, team: "shop" }, podAnnotations: { "example.com/dsn": url } }));
    const whole = JSON.stringify(redacted);
    for (const hidden of [key, token, url, "tr0ub4dor"]) expect(whole).not.toContain(hidden);
    expect(containerOf(redacted).env).toEqual([
      { name: "AWS_ACCESS_KEY_ID", value: "«redacted: aws-access-key-id, 20 characters»" },
      { name: "DB_PASSWORD", value: "«redacted: named-literal, 17 characters»" },
      { name: "LOG_LEVEL", value: "info" },
    ]);
    expect(containerOf(redacted).args).toEqual([
      expect.stringMatching(/^--token=«redacted: /),
      "--password",
      expect.stringMatching(/^«redacted: /),
      "--verbose",
    ]);
    expect(dig(redacted, "metadata", "annotations", "team")).toBe("shop");
  });

  test("hides what a custom kind holds beside its containers, and leaves the rest of it", () => {
    const [, token = "", , url = ""] = SECRETS;
    const container = { name: "c", image: "shop/cart", env: [{ name: "DB_PASSWORD", value: "tr0ub4dor&3x-pump" }], args: [`--token=${token}`] };
    const spec = {
      replicas: 2,
      adminPassword: "tr0ub4dor&3x-pump",
      settings: { auth: [{ name: "API_TOKEN", value: token }], dsn: url, level: "info" },
      config: `log: info\npassword: tr0ub4dor&3x-pump\n`,
      passwordSecret: { name: "cart-db", key: "password" },
      sidecar: container,
      template: { metadata: { annotations: { "example.com/dsn": url, team: "shop" } }, spec: { containers: [container] } },
    };
    const redacted = redact({ apiVersion: "example.com/v1", kind: "Cart", metadata: { name: "cart", annotations: { "example.com/hook": token } }, spec });
    const whole = JSON.stringify(redacted);
    for (const hidden of [token, url, "tr0ub4dor"]) expect(whole).not.toContain(hidden);
    expect(redacted.spec).toMatchObject({
      replicas: 2,
      adminPassword: "«redacted: named-literal, 17 characters»",
      settings: { auth: [{ name: "API_TOKEN" }], level: "info" },
      config: "password: «redacted: named-literal, 17 characters»",
      passwordSecret: { name: "cart-db", key: "password" },
      sidecar: { image: "shop/cart", args: [expect.stringMatching(/^--token=«redacted: /)] },
      template: { metadata: { annotations: { team: "shop" } }, spec: { containers: [{ args: [expect.stringMatching(/^--token=«redacted: /)] }] } },
    });
    expect(redact(redacted)).toBe(redacted);
  });

  test("reads what a custom kind says beside an image, and variables that are no list", () => {
    const spec = {
      image: "registry.example/db:15",
      adminPassword: "tr0ub4dor&3x-pump",
      env: { DB_PASSWORD: "tr0ub4dor&3x-pump", LOG_LEVEL: "info" },
      template: { spec: { containers: [{ name: "c", image: "shop/cart" }] } },
    };
    const marker = "«redacted: named-literal, 17 characters»";
    expect(redact({ apiVersion: "example.com/v1", kind: "Cart", metadata: { name: "cart" }, spec }).spec).toEqual({
      ...spec,
      adminPassword: marker,
      env: { DB_PASSWORD: marker, LOG_LEVEL: "info" },
    });
  });

  test("reads settings that are called metadata and are of no object", () => {
    const template = { spec: { containers: [{ name: "c", image: "shop/cart" }] } };
    const triggers = [
      { type: "redis", metadata: { host: "cache", password: "tr0ub4dor&3x-pump" } },
      { metadata: [{ name: "apiKey", value: "tr0ub4dor&3x-pump" }] },
    ];
    const redacted = redact({ apiVersion: "keda.sh/v1alpha1", kind: "ScaledJob", metadata: { name: "cart" }, spec: { jobTargetRef: { template }, triggers } });
    const marker = "«redacted: named-literal, 17 characters»";
    expect(dig(redacted, "spec", "triggers")).toEqual([
      { type: "redis", metadata: { host: "cache", password: marker } },
      { metadata: [{ name: "apiKey", value: marker }] },
    ]);
  });

  test("reads what a request is compared with as the header that it would come in", () => {
    const key = "q8Zk29dkfQwe8";
    const marker = "«redacted: named-literal, 13 characters»";
    const when = (header: string, value: string) => [{ key: `request.headers[${header}]`, values: [value, "b"], notValues: [value] }];
    const match = (value: string) => ({ headers: { "x-api-key": { exact: value } }, uri: { prefix: "/q8Zk29dkfQwe8" } });
    const shown = redact({ kind: "AuthorizationPolicy", spec: { rules: [{ when: when("x-api-key", key) }] } });
    expect(dig(shown, "spec", "rules", 0, "when")).toEqual([{ key: "request.headers[x-api-key]", values: [marker, "b"], notValues: [marker] }]);
    const routed = redact({ kind: "VirtualService", spec: { http: [{ match: [match(key)] }] } });
    expect(dig(routed, "spec", "http", 0, "match", 0)).toEqual(match(marker));
    const proxied = redact({ kind: "HTTPProxy", spec: { routes: [{ conditions: [{ header: { name: "x-api-key", contains: key } }] }] } });
    expect(dig(proxied, "spec", "routes", 0, "conditions", 0, "header")).toEqual({ name: "x-api-key", contains: marker });
    const plain = { kind: "AuthorizationPolicy", spec: { rules: [{ when: when("x-team", key) }] } };
    expect(redact(plain)).toBe(plain);
  });

  test("takes what only shares its name with a kind without texts for what it is", () => {
    const spec = { password: "tr0ub4dor&3x-pump" };
    for (const kind of ["Role", "Endpoints"])
      expect(redact({ apiVersion: "example.com/v1", kind, spec }).spec).toEqual({ password: "«redacted: named-literal, 17 characters»" });
  });

  test("leaves of an address where it leads", () => {
    const hook = (url: string) => ({
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingWebhookConfiguration",
      webhooks: [{ clientConfig: { url } }],
    });
    const redacted = redact(hook("https://ada:tr0ub4dor3x@hooks.example.com/x?v=1&token=xK9-pump-rail-77"));
    expect(dig(redacted, "webhooks", 0, "clientConfig", "url")).toBe(
      "https://ada:«redacted: url-credentials, 11 characters»@hooks.example.com/x?v=1&token=«redacted: url-credentials, 16 characters»",
    );
    expect(redact(redacted)).toBe(redacted);
    const two = redact(hook(`https://ada:tr0ub4dor3x@hooks.example.com/${SECRETS[1]}`));
    expect(JSON.stringify(two)).not.toContain(SECRETS[1]);
  });

  test("leaves of the address of an image where it leads", () => {
    const image = "https://ci:tr0ub4dor3x@registry.example.com/shop/app:1.0.0";
    expect(containerOf(redact(deployment({ container: { image } }))).image).toBe(
      "https://ci:«redacted: url-credentials, 11 characters»@registry.example.com/shop/app:1.0.0",
    );
  });

  test("hides credentials in where a container works and mounts, and in the path that a probe asks for, once", () => {
    const container = {
      workingDir: `/srv/${SECRETS[1]}`,
      volumeMounts: [{ name: "a", mountPath: "/data", subPath: `of-${SECRETS[1]}` }],
      livenessProbe: { httpGet: { port: 80, path: "/ready?verbose=1&token=xK9-pump-rail-77" } },
    };
    const redacted = redact(deployment({ container }));
    expect(JSON.stringify(redacted)).not.toContain(SECRETS[1]);
    expect(containerOf(redacted)).toMatchObject({
      volumeMounts: [{ name: "a", mountPath: "/data" }],
      livenessProbe: { httpGet: { path: "/ready?verbose=1&token=«redacted: url-credentials, 16 characters»" } },
    });
    expect(redact(redacted)).toBe(redacted);
  });

  test("looks behind a marker that somebody wrote", () => {
    const note = `«redacted: url-credentials, 9 characters» ${SECRETS[1]}`;
    expect(JSON.stringify(redact(service({ annotations: { note } })))).not.toContain(SECRETS[1]);
  });

  test("leaves what other kinds say that is no credential, and what labels are compared with", () => {
    const bodies: readonly JsonRecord[] = [
      ...[apiServerMetrics(), apiServerProbe(), kubeletConfig(), node(), ingress(), roleBinding(), engineWebhook()],
      service({ spec: { selector: { token: "tr0ub4dor-3x-pump" } } }),
      { apiVersion: "v1", kind: "ServiceAccount", secrets: [{ name: "builder-token-x7k2p" }], imagePullSecrets: [{ name: "regcred-1" }] },
      { kind: "Ingress", metadata: { annotations: { "example.com/auth-secret": "shop/basic-auth-2", "checksum/token": "9f86d081884c7d659a2feaa0c55ad015" } } },
      {
        kind: "StorageClass",
        parameters: { "csi.storage.k8s.io/node-stage-secret-name": "creds-2", fsType: "ext4", kmsKeyId: "arn:aws:kms:eu-1:1:key/9f86d081" },
      },
      {
        kind: "ClusterPolicy",
        spec: {
          rules: [{ verifyImages: [{ imageRegistryCredentials: { secrets: ["regcred-1"] } }], pattern: { spec: { automountServiceAccountToken: false } } }],
        },
      },
      { kind: "ConstraintTemplate", spec: { targets: [{ rego: 'secret = data.inventory["v1"][name]\ntoken = input.review.object.token_9\n' }] } },
      { kind: "ValidatingAdmissionPolicy", spec: { validations: [{ expression: "object.spec.password=='x1' && object.spec.token!=variables.token9" }] } },
      { kind: "ClusterRole", rules: [{ resources: ["secrets", "serviceaccounts/token"], resourceNames: ["bootstrap-token-0a1b2c"], verbs: ["get"] }] },
      { kind: "HTTPRoute", spec: { rules: [{ filters: [{ requestHeaderModifier: { set: [{ name: "X-Forwarded-Host", value: "shop.example.com" }] } }] }] } },
      { kind: "CSIDriver", spec: { tokenRequests: [{ audience: "vault.example.com", expirationSeconds: 3600 }] } },
    ];
    for (const body of bodies) expect(redact(body)).toBe(body);
  });

  test("reaches the pod template of every kind", () => {
    const container = { env: [{ name: "DB_PASSWORD", value: "tr0ub4dor&3x-pump" }] };
    for (const body of [pod({ container }), cronJob({ container }), deployment({ container, apiVersion: "extensions/v1beta1" })]) {
      expect(JSON.stringify(redact(body))).toContain("«redacted: named-literal, 17 characters»");
    }
    const init = pod({ podSpec: { initContainers: [{ name: "init", ...container }], ephemeralContainers: [{ name: "debug", ...container }] } });
    expect(JSON.stringify(redact(init)).match(/«redacted/g)).toHaveLength(2);
  });

  test("drops kubectl's copy of the object, of whatever kind", () => {
    const copied = service({ annotations: { "kubectl.kubernetes.io/last-applied-configuration": "{}", team: "shop" } });
    expect(dig(redact(copied), "metadata", "annotations")).toEqual({ team: "shop" });
  });

  test("gives the very same object back when it holds nothing to hide", () => {
    for (const body of [deployment(), configMap(), service()]) expect(redact(body)).toBe(body);
  });

  test("keeps the keys of a configuration file that it hides", () => {
    const file = "db.user=cart\ndb.password=tr0ub4dor&3x-pump\nmail.password=an0ther-0ne-entirely\n";
    const data = record(redact(configMap({ data: { "app.properties": file, mode: "production" } })).data);
    expect(data.mode).toBe("production");
    expect(text(data["app.properties"])?.split("\n")).toEqual([
      "db.password: «redacted: named-literal, 17 characters»",
      "mail.password: «redacted: named-literal, 20 characters»",
    ]);
  });

  test("judges the very same file by what it is called, wherever it is seen again", () => {
    const file = `login.password=changeme\n${"title=Welcome\n".repeat(50)}`;
    const isHidden = (name: string) => record(redact(configMap({ data: { [name]: file } })).data)[name] !== file;
    const names = ["app.properties", "messages_de.properties", "app.properties", "messages_de.properties"];
    expect(names.map(isHidden)).toEqual([true, false, true, false]);
  });

  test("finds credentials in binary data as well", () => {
    const redacted = redact(configMap({ binaryData: { blob: btoa(`x ${SECRETS[0]} y`) } }));
    expect(record(redacted.binaryData).blob).toBe("«redacted: aws-access-key-id, 20 characters»");
  });

  test("leaves markers that say of variables what the detector says", () => {
    fc.assert(
      fc.property(name, value, (key, item) => {
        const [entry] = containerOf(redact(deployment({ container: { env: [{ name: key, value: item }] } }))).env as JsonRecord[];
        expect(findRedactionMarker(entry?.value)).toEqual(findSecretInEntry(key, item));
      }),
    );
  });

  test("leaves markers that say of arguments what the detector says", () => {
    const argument = fc.oneof(
      value,
      fc.constantFrom("mysql", "curl", "-u", "--", "-ptr0ub4dor&3x-pump", "cart:tr0ub4dor&3x-pump", "SSHPASS=tr0ub4dor&3x-pump", "env"),
      fc.tuple(name, value).map(([flag, item]) => `--${flag}=${item}`),
      name.map((flag) => `--${flag}`),
      fc.tuple(name, value).map(([key, item]) => `export ${key}=${item}; run`),
    );
    const markersOf = (items: readonly unknown[]) => items.map(findRedactionMarker).flatMap((match, index) => (match ? [{ index, match }] : []));
    const secretsOf = (...given: Parameters<typeof findSecretsInArguments>) => findSecretsInArguments(...given).map(({ index, match }) => ({ index, match }));
    fc.assert(
      fc.property(fc.array(argument, { maxLength: 5 }), fc.array(argument, { maxLength: 2 }), (args, command) => {
        const redacted = containerOf(redact(deployment({ container: { args, command } })));
        expect([markersOf(list(redacted.command)), markersOf(list(redacted.args))]).toEqual([secretsOf(command), secretsOf(args, command)]);
      }),
      { numRuns: 1000 },
    );
  });

  test("leaves markers that say of ConfigMaps what the detector says", () => {
    const line = fc.tuple(name, value).map(([key, item]) => `${key}: ${item}`);
    const file = fc.oneof(
      value,
      fc.array(line, { maxLength: 5 }).map((lines) => lines.join("\n")),
      fc.dictionary(name, value).map((entries) => JSON.stringify(entries)),
    );
    fc.assert(
      fc.property(fc.oneof(name, fc.constant("app.yaml")), file, (key, item) => {
        const data = record(redact(configMap({ data: { [key]: item } })).data);
        expect(readRedactedLines(String(data[key])) ?? []).toEqual(findSecretsInData(key, item));
      }),
      { numRuns: 1000 },
    );
  });

  test("leaves a marker that says of an annotation what the detector says, and is done after one pass", () => {
    fc.assert(
      fc.property(value, (item) => {
        const once = redact(pod({ annotations: { note: item } }));
        expect(findRedactionMarker(dig(once, "metadata", "annotations", "note"))).toEqual(findSecretInText(item));
        expect(redact(once)).toBe(once);
      }),
    );
  });

  test.each(["", "x", "{{ .password }}", "user=\u0024{USER}\npassword=Tr0ub4dor33x9\n"])("is done after one pass with a Secret of a template: %j", (entry) => {
    const once = redact({
      apiVersion: "template.openshift.io/v1",
      kind: "Template",
      objects: [{ kind: "Secret", stringData: { entry }, data: { entry: btoa(entry) } }],
    });
    expect(redact(once)).toBe(once);
  });

  test("never throws, whatever the shape", () => {
    fc.assert(
      fc.property(fc.constantFrom("Pod", "CronJob", "ConfigMap", "Service"), fc.jsonValue(), fc.jsonValue(), (kind, metadata, spec) =>
        isRecord(redact({ kind, metadata, spec, data: spec, binaryData: metadata })),
      ),
    );
  });
});
