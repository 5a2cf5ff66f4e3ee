import { describeControl } from "../testing";
import control from "./custom-resource-holds-secret";

const object = (apiVersion: string, kind: string, spec: object, metadata: object = {}) => ({
  apiVersion,
  kind,
  metadata: { name: "app", namespace: "shop", ...metadata },
  spec,
});
const PASSWORD = "Sup3rS3cret!x9";
const OPERATION = { op: "add", path: "/data/password", value: PASSWORD };
const BEARER = "Bearer abcdefghijklmnop1234567890";
const MARKER = "«redacted: named-literal, 14 characters»";
const helmRelease = (values: object, metadata: object = {}) => object("helm.toolkit.fluxcd.io/v2", "HelmRelease", { interval: "5m", values }, metadata);
const application = (helm: object) => object("argoproj.io/v1alpha1", "Application", { project: "shop", source: { helm } });
const chartConfig = (valuesContent: string) => object("helm.cattle.io/v1", "HelmChartConfig", { valuesContent });
const kustomization = (spec: object) => object("kustomize.toolkit.fluxcd.io/v1", "Kustomization", spec);
const middleware = (spec: object) => object("traefik.io/v1alpha1", "Middleware", spec);
const virtualService = (rule: object) =>
  object("networking.istio.io/v1", "VirtualService", { hosts: ["a.example.com"], http: [{ ...rule, route: [{ destination: { host: "app" } }] }] });

describeControl(control, {
  fails: [
    {
      name: "a password in values of Flux",
      objects: [helmRelease({ auth: { postgresPassword: PASSWORD } })],
      severity: "medium",
      evidence: [
        { path: "spec.values.auth.postgresPassword", value: MARKER, message: "Field spec.values.auth.postgresPassword holds a credential (named as one)." },
      ],
    },
    {
      name: "one of digits, which is a number there",
      objects: [helmRelease({ auth: { password: 482915 } }), application({ parameters: [{ name: "auth.password", value: 482915 }] })],
      target: { kind: "HelmRelease", name: "app" },
      evidence: [{ path: "spec.values.auth.password", value: "«redacted: default-password, 6 characters»" }],
    },
    {
      name: "in a variable of a container among them",
      objects: [helmRelease({ extraContainers: [{ name: "a", image: "a", env: [{ name: "DB_PASSWORD", value: PASSWORD }] }] })],
      evidence: [{ path: "spec.values.extraContainers[0].env[0].value", value: MARKER }],
    },
    {
      name: "in an annotation",
      objects: [helmRelease({}, { annotations: { "example.com/token": BEARER } })],
      evidence: [{ path: 'metadata.annotations["example.com/token"]' }],
    },
    {
      name: "a password in the text of values of Argo CD, and in parameters",
      objects: [application({ values: `auth:\n  password: ${PASSWORD}\n`, parameters: [{ name: "auth.password", value: PASSWORD }] })],
      evidence: [
        { path: "spec.source.helm.values", value: MARKER, message: "Entry password of spec.source.helm.values holds a credential (named as one)." },
        { path: "spec.source.helm.parameters[0].value", value: MARKER },
      ],
    },
    { name: "while routes cannot be read", objects: [helmRelease({ auth: { password: PASSWORD } })], missing: ["gateways"] },
    {
      name: "in the template of applications",
      objects: [
        object("argoproj.io/v1alpha1", "ApplicationSet", {
          template: { spec: { project: "shop", source: { helm: { valuesObject: { auth: { password: PASSWORD } } } } } },
        }),
      ],
    },
    { name: "in what K3s adds to a chart", objects: [chartConfig(`grafana:\n  adminPassword: ${PASSWORD}\n`)] },
    {
      name: "in what Flux substitutes",
      objects: [kustomization({ postBuild: { substitute: { db_password: PASSWORD } } })],
    },
    {
      name: "in a Secret that a patch writes, whatever it is called",
      objects: [
        kustomization({ patches: [{ patch: `apiVersion: v1\nkind: Secret\nmetadata:\n  name: app\nstringData:\n  user: ada\n  entry: "${PASSWORD}"\n` }] }),
      ],
      evidence: [
        { path: "spec.patches[0].patch", message: "Entry user of spec.patches[0].patch holds a credential (named as one)." },
        { path: "spec.patches[0].patch", value: MARKER, message: "Entry entry of spec.patches[0].patch holds a credential (named as one)." },
      ],
    },
    {
      name: "in an operation of a patch",
      objects: [
        kustomization({
          patches: [{ patch: `- op: replace\n  path: /data/password\n  value: ${PASSWORD}\n` }, { patch: JSON.stringify([OPERATION]) }],
          patchesJson6902: [{ patch: [OPERATION] }],
        }),
      ],
      evidence: [
        { path: "spec.patches[0].patch", value: MARKER },
        { path: "spec.patches[1].patch", value: MARKER },
        { path: "spec.patchesJson6902[0].patch[0].value", value: MARKER },
      ],
    },
    {
      name: "a header that a Middleware sends",
      objects: [middleware({ headers: { customRequestHeaders: { Authorization: "Basic YWRtaW46U3VwM3JTM2NyZXQheDk=" } } })],
      severity: "high",
      evidence: [{ path: "spec.headers.customRequestHeaders.Authorization" }],
    },
    { name: "a header that a VirtualService sets", objects: [virtualService({ headers: { request: { set: { Authorization: BEARER } } } })] },
    {
      name: "a token of a live account",
      objects: [helmRelease({ notifier: { text: `ghp_${"a1B2c3D4e5F6".repeat(3)}` } })],
      severity: "critical",
    },
  ],
  passes: [
    {
      name: "references to what holds them",
      objects: [
        helmRelease({
          auth: { existingSecret: "pg-auth-1", secretKeys: { adminPasswordKey: "postgres-password" } },
          env: [{ name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "pg1", key: "password" } } }],
        }),
      ],
    },
    {
      name: "what is filled in later",
      objects: [
        helmRelease({
          a: { password: "${DB_PASSWORD}", token: "{{ .Values.token }}", apiKey: "vault:secret/data/x#key", secretKey: "ref+vault://secret/x/y" },
          b: { password: "<path:secret/data/db#password>", clientSecret: "ENC[AES256_GCM,data:abcd1234==,iv:aaaa,tag:bbbb,type:str]" },
        }),
      ],
    },
    {
      name: "an annotation of an Ingress that names a Secret",
      objects: [helmRelease({ ingress: { annotations: { "nginx.ingress.kubernetes.io/auth-secret": "basic-auth-1" } } })],
    },
    {
      name: "patches of a Secret to be filled in, and of other things",
      objects: [
        kustomization({
          patches: [
            { patch: "apiVersion: v1\nkind: Secret\nmetadata:\n  name: app1\nstringData:\n  entry: ${ENTRY}\ntype: Opaque\n" },
            { patch: "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: app1\ndata:\n  entry: Some1Setting2\n" },
            { patch: "- op: add\n  path: /spec/replicas\n  value: a1b2c3d4e5\n" },
          ],
        }),
      ],
    },
    { name: "numbers of other things", objects: [helmRelease({ tokenExpiration: 3600, maxTokens: 4096, passwordMinLength: 12, password: { length: 16 } })] },
    { name: "a text of values that names a Secret", objects: [application({ values: "auth:\n  existingSecret: pg-auth-1\n  password: $(DB_PASSWORD)\n" })] },
    { name: "a Middleware that asks by a Secret", objects: [middleware({ basicAuth: { secret: "users-1" } })] },
    { name: "a VirtualService that looks for a header", objects: [virtualService({ match: [{ headers: { authorization: { prefix: "Bearer " } } }] })] },
  ],
  unknown: [
    { name: "routes cannot be read", objects: [], target: { kind: "Cluster", name: "cluster" }, missing: ["gateways"] },
    { name: "applications cannot be read", objects: [helmRelease({})], target: { kind: "Cluster", name: "cluster" }, missing: ["releases"] },
  ],
});
