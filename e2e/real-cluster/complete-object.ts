import { dig, isRecord, type JsonRecord, list, record, records } from "@/lib/model/json";

const SOME_DATA = Buffer.from("none").toString("base64");

function withSpec(object: JsonRecord, change: (spec: JsonRecord) => JsonRecord): JsonRecord {
  return { ...object, spec: change(record(object.spec)) };
}

function completeWebhook(webhook: JsonRecord): JsonRecord {
  const everything = { operations: ["*"], apiGroups: ["*"], apiVersions: ["*"], resources: ["pods"] };
  return {
    sideEffects: "None",
    admissionReviewVersions: ["v1"],
    clientConfig: { url: "https://guard.example.com/" },
    ...webhook,
    rules: records(webhook.rules).map((rule) => ({ ...everything, ...rule })),
  };
}

/** One that says no more than its name, by which a control knows whose cluster this is. */
function completeDefinition(spec: JsonRecord, name: string): JsonRecord {
  const [plural = "", ...group] = name.split(".");
  const schema = { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } };
  return {
    group: group.join("."),
    scope: "Cluster",
    names: { plural, singular: plural, kind: plural, listKind: `${plural}list` },
    versions: [{ name: "v1", served: true, storage: true, schema }],
    ...spec,
  };
}

/** What a server asks for and a manifest in a table leaves out. Nothing that a control would judge. */
export function completeObject(object: JsonRecord): JsonRecord {
  switch (object.kind) {
    case "Pod": {
      if (dig(object, "metadata", "annotations", "kubernetes.io/config.mirror") === undefined) return object;
      return withSpec(object, ({ serviceAccountName: _none, ...spec }) => spec);
    }
    // One pod at a time: the old one is gone before a new one comes.
    case "Deployment":
      return withSpec(object, (spec) => ({ strategy: { type: "Recreate" }, ...spec }));
    case "StatefulSet":
      return withSpec(object, (spec) => ({ podManagementPolicy: "Parallel", ...spec }));
    case "ValidatingWebhookConfiguration":
    case "MutatingWebhookConfiguration":
      return { ...object, webhooks: list(object.webhooks).map((webhook) => (isRecord(webhook) ? completeWebhook(webhook) : webhook)) };
    case "APIService": {
      const trusted = (spec: JsonRecord) => (spec.caBundle === undefined ? {} : { caBundle: SOME_DATA });
      return withSpec(object, (spec) => ({ groupPriorityMinimum: 100, versionPriority: 100, ...spec, ...trusted(spec) }));
    }
    case "CustomResourceDefinition":
      return withSpec(object, (spec) => completeDefinition(spec, String(dig(object, "metadata", "name"))));
    case "EndpointSlice":
      return { addressType: "IPv4", ...object };
    case "Secret":
      return object.type === "kubernetes.io/tls" ? { ...object, data: { "tls.crt": SOME_DATA, "tls.key": SOME_DATA } } : object;
    case "Ingress":
      return withSpec(object, (spec) =>
        Array.isArray(spec.rules)
          ? { ...spec, rules: records(spec.rules).map(({ http, ...rule }) => (list(dig(http, "paths")).length > 0 ? { http, ...rule } : rule)) }
          : spec,
      );
    default:
      return object;
  }
}
