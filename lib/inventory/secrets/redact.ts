import type { PathStep } from "../../model/field-path";
import { isRecord, type JsonRecord, list, record, text } from "../../model/json";
import { remembered } from "../../model/remembered";
import { apiGroup } from "../../model/resource-ref";
import { entryName } from "./config-text";
import { podTemplatePaths, templateSteps } from "../workloads/pod-template-path";
import { isListOfContainer, mapChanged, redactArguments, redactContainer, withChanged } from "./redact-container";
import { redactField } from "./redact-field";
import { findSecretsInData } from "./secret-detector";
import { findSecretInText, MAX_SCANNED_CHARACTERS } from "./secret-in-text";
import { findRedactionMarker, readRedactedLines, redactionMarker, toMatch, writeRedactedLines } from "./secret-match";
import { findSlice, isSettings, toSliceKind } from "../slice-kind";
import { COPIES } from "../trim-object";
import { CONTAINER_LISTS } from "../workloads/workload";
import { podSpecPath, toWorkloadKind } from "../workloads/workload-kind";

/** Entries that are no text stay as they are. */
function redactTexts(value: unknown, toText: (key: string, item: string) => string): unknown {
  if (!isRecord(value)) return value;
  const changes: (readonly [string, string])[] = [];
  for (const key in value) {
    const item = value[key];
    const redacted = typeof item === "string" ? toText(key, item) : item;
    if (typeof redacted === "string" && redacted !== item) changes.push([key, redacted]);
  }
  return changes.length === 0 ? value : { ...value, ...Object.fromEntries(changes) };
}

type ToText = (key: string, item: string) => string;

/** Copies of the whole object, which repeat every credential in it, go. */
export function redactAnnotations(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const kept = COPIES.some((name) => name in value) ? Object.fromEntries(Object.entries(value).filter(([name]) => !COPIES.includes(name))) : value;
  return redactTexts(kept, redactField);
}

function redactMetadata(value: unknown): unknown {
  return isRecord(value) ? withChanged(value, { annotations: redactAnnotations(value.annotations) }) : value;
}

/** Settings of other things go by that name too: those of a trigger, in texts or in pairs of a name and a value. */
function isOfObject(metadata: unknown): boolean {
  return isRecord(metadata) && ["name", "generateName", "labels", "annotations"].some((name) => name in metadata);
}

/** What is compared with labels must stay as the labels are. */
const isOfLabels = remembered((name) => /labels$|selectors?$|^matchExpressions$/i.test(name), { limit: 5_000, holds: (name) => name.length <= 64 });

const SECRET_VALUES: ReadonlySet<string> = new Set(["data", "stringData"]);

/** What a template fills in, of OpenShift or of another kind. */
const FILLED_IN = /\$\{|\{\{/;

/** Whatever it is called, a text of a Secret is a credential, but for what is filled in, or empty. */
function hideValue(key: string, item: string, toText: ToText): string {
  if (item === "" || readRedactedLines(item) !== null) return item;
  return FILLED_IN.test(item) ? toText(key, item) : redactionMarker(findRedactionMarker(item) ?? toMatch("named-literal", item.length));
}

/** The values of a Secret; of one that a policy makes, as part of what it is to be. */
function hideSecret(value: unknown, toText: ToText): unknown {
  if (!isRecord(value)) return value;
  const parts = Object.entries(value).filter(([name, item]) => SECRET_VALUES.has(name) && isRecord(item));
  if (parts.length === 0) return redactTexts(value, (key, item) => hideValue(key, item, toText));
  return withChanged(record(redactTree(value, toText)), Object.fromEntries(parts.map(([name, item]) => [name, hideSecret(item, toText)])));
}

/** How a text has to be that a request brings: under the name of a header or a parameter, or beside it. */
const COMPARED: ReadonlySet<string> = new Set(["exact", "prefix", "regex", "contains", "notexact", "notcontains"]);

/** Of a condition of Istio: the header whose values it names. */
const CONDITION_ON_HEADER = /^request\.headers\[(.+)\]$/;

/** What an item is called; `key` = what its holder is. */
function itemName(holder: JsonRecord, name: string, key: string): string {
  if (COMPARED.has(name)) return text(holder.name) ?? key;
  const header = name === "values" || name === "notValues" ? CONDITION_ON_HEADER.exec(text(holder.key) ?? "")?.[1] : undefined;
  return header ?? entryName(holder, name, key);
}

/** `key` = what the holder itself is called. */
function redactItem(holder: JsonRecord, name: string, toText: ToText, key: string): unknown {
  const item = holder[name];
  if (typeof item === "number" && toText === redactUnknownField) return redactNumber(item, itemName(holder, name, key));
  if (typeof item !== "string" && (typeof item !== "object" || item === null)) return item;
  if (name === "metadata" && isOfObject(item)) return redactMetadata(item);
  if (isOfLabels(name) || isListOfContainer(name, item)) return item;
  // A Secret that a policy makes, or a template brings along.
  if (holder.kind === "Secret" && SECRET_VALUES.has(name)) return hideSecret(item, toText);
  return redactTree(item, toText, itemName(holder, name, key));
}

/** Nobody knows which lists a program is started with. What holds a marker keeps what stands before it: a header its name. */
function redactLikeArguments(items: unknown): unknown {
  if (!list(items).every((item) => typeof item === "string")) return items;
  const shown = list(redactArguments(items));
  return mapChanged(items, (item, index) => (findRedactionMarker(item) === null ? shown[index] : item));
}

/** All texts of a value through a mapper, which is told what each is called; of metadata the annotations alone, and containers as those of pods. */
function redactTree(value: unknown, toText: ToText, key = ""): unknown {
  if (typeof value === "string") return toText(key, value);
  if (Array.isArray(value)) {
    const items = mapChanged(value, (item) => redactTree(item, toText, key));
    return toText === redactUnknownField ? redactLikeArguments(items) : items;
  }
  if (!isRecord(value)) return value;
  const changes: [string, unknown][] = [];
  for (const name in value) {
    const shown = redactItem(value, name, toText, key);
    if (shown !== value[name]) changes.push([name, shown]);
  }
  return redactContainer(changes.length === 0 ? value : { ...value, ...Object.fromEntries(changes) });
}

/** Settings that go by any name, without credentials. */
export function redactSettings(value: unknown): unknown {
  return redactTree(value, redactUnknownField);
}

/** A pod spec without credentials in its containers and in what its volumes are told. */
export function redactPodSpec(spec: JsonRecord): JsonRecord {
  const containers = CONTAINER_LISTS.map((name) => [name, mapChanged(spec[name], redactContainer)]);
  return withChanged(spec, { ...Object.fromEntries(containers), volumes: redactTree(spec.volumes, redactField) });
}

const hideInText: ToText = (key, item) => {
  const matches = findSecretsInData(key, item);
  return matches.length === 0 ? item : writeRedactedLines(matches);
};

/** Namespaces hold files that are the same in each, as certificates are: a long text is looked through once, unless many others come in between. */
const hideInFile = remembered((item) => remembered((key) => hideInText(key, item), { limit: 10 }), { limit: 32 });

const isFile = ({ length }: string): boolean => length >= 500 && length <= 500_000;

/** As KubeVirt takes what a machine starts with: `userDataBase64`. */
const ENCODED = /Base64$/;

/** Keys are bytes and no text: what holds one is seen as it is written. */
function hideEncoded(key: string, item: string): string {
  const plain = decode(item);
  const shown = hideInText(key, plain);
  return shown === plain ? hideInText(key, item) : shown;
}

/**
 * Nobody knows the fields of a kind of others that runs pods, nor of values for Helm: each text is read like a value of a ConfigMap. One under a name with a
 * prefix is an annotation to be: `nginx.ingress.kubernetes.io/auth-secret`.
 */
const redactUnknownField: ToText = (key, item) => {
  if (key.includes("/")) return redactField(key, item);
  if (ENCODED.test(key)) return hideEncoded(key, item);
  return isFile(item) ? hideInFile(item)(key) : hideInText(key, item);
};

/** YAML takes a password of digits for a number: in values it counts as it would in a file of them. */
function redactNumber(item: number, key: string): unknown {
  const shown = redactUnknownField(key, String(item));
  return shown === String(item) ? item : shown;
}

/** Walks to the pod spec; the metadata beside it and above it are redacted on the way. */
function redactTemplate(value: unknown, [step, ...rest]: readonly PathStep[]): unknown {
  if (typeof step === "number") return mapChanged(value, (item, index) => (index === step ? redactTemplate(item, rest) : item));
  if (!isRecord(value) || step === undefined) return value;
  const below = value[step];
  const inner = rest.length > 0 ? redactTemplate(below, rest) : isRecord(below) ? redactPodSpec(below) : below;
  return withChanged(value, { metadata: redactMetadata(value.metadata), [step]: inner });
}

function decode(value: string): string {
  try {
    return atob(value.slice(0, MAX_SCANNED_CHARACTERS));
  } catch {
    return "";
  }
}

function redactConfigMap(body: JsonRecord): JsonRecord {
  return withChanged(body, {
    metadata: redactMetadata(body.metadata),
    data: redactTexts(body.data, redactUnknownField),
    binaryData: redactTexts(body.binaryData, (_, item) => {
      const match = findSecretInText(item) ?? findSecretInText(decode(item));
      return match ? redactionMarker(match) : item;
    }),
  });
}

/** Claims that pods get one of each have annotations of their own. */
function redactClaims(body: JsonRecord): JsonRecord {
  const spec = record(body.spec);
  const volumeClaimTemplates = mapChanged(spec.volumeClaimTemplates, (claim) =>
    isRecord(claim) ? withChanged(claim, { metadata: redactMetadata(claim.metadata) }) : claim,
  );
  return withChanged(body, { spec: isRecord(body.spec) ? withChanged(spec, { volumeClaimTemplates }) : body.spec });
}

/** They list addresses, or names of what is in the cluster, and nothing else, and are many. */
const WITHOUT_TEXTS: Readonly<Record<string, readonly string[]>> = {
  "": ["Endpoints"],
  "discovery.k8s.io": ["EndpointSlice"],
  "rbac.authorization.k8s.io": ["Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"],
};

/**
 * An object as it may be stored: literal credentials in pod specs, annotations, ConfigMaps and the fields of any other kind are replaced by markers that
 * keep the rule and the length. Controls look for the markers alone. The very same object when there is nothing to hide.
 */
export function redact(body: JsonRecord): JsonRecord {
  const apiVersion = text(body.apiVersion) ?? "v1";
  const kind = text(body.kind) ?? "";
  if (kind === "ConfigMap") return redactConfigMap(body);
  const group = apiGroup({ apiVersion });
  if (Object.hasOwn(WITHOUT_TEXTS, group) && WITHOUT_TEXTS[group]?.includes(kind)) return withChanged(body, { metadata: redactMetadata(body.metadata) });
  const workloadKind = toWorkloadKind(group, kind);
  const paths = workloadKind ? [podSpecPath(workloadKind)] : podTemplatePaths({ apiVersion, kind }, body);
  const sliceKind = toSliceKind(group, kind) ?? "";
  const isOpen = paths.length > 0 || findSlice(sliceKind) === "releases" || isSettings(sliceKind);
  const beside = workloadKind ? redactClaims(body) : record(redactTree(body, isOpen ? redactUnknownField : redactField));
  // On its way to a template it passes the metadata of the object.
  return record(paths.reduce<unknown>((whole, path) => redactTemplate(whole, templateSteps(path)), beside));
}
