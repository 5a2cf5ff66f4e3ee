import type { PathStep } from "../model/field-path";
import { isRecord, type JsonRecord, record, text } from "../model/json";
import { apiGroup } from "../model/resource-ref";
import { podTemplatePaths, templateSteps } from "./pod-template-path";
import { mapChanged, redactContainer, withChanged } from "./redact-container";
import { findSecretInText, findSecretsInData, MAX_SCANNED_CHARACTERS } from "./secret-detector";
import { redactionMarker, writeRedactedLines } from "./secret-match";
import { podSpecPath, toWorkloadKind } from "./workload-kind";
import { LAST_APPLIED } from "./trim-object";
import { CONTAINER_LISTS } from "./workload";

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

/** kubectl's copy of the whole object repeats every credential in it: it goes. */
export function redactAnnotations(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const { [LAST_APPLIED]: lastApplied, ...annotations } = value;
  const kept = lastApplied === undefined ? value : annotations;
  return redactTexts(kept, (_, item) => {
    const match = findSecretInText(item);
    return match ? redactionMarker(match) : item;
  });
}

function redactMetadata(value: unknown): unknown {
  return isRecord(value) ? withChanged(value, { annotations: redactAnnotations(value.annotations) }) : value;
}

/** A pod spec without credentials in its containers. */
export function redactPodSpec(spec: JsonRecord): JsonRecord {
  return withChanged(spec, Object.fromEntries(CONTAINER_LISTS.map((name) => [name, mapChanged(spec[name], redactContainer)])));
}

/**
 * What a custom kind says beside its containers: settings of what it runs, texts and lists of names with values among them. Nobody knows its fields, so each text
 * is read like a value of a ConfigMap.
 */
function redactCustom(key: string, value: unknown): unknown {
  if (typeof value === "string") {
    const matches = findSecretsInData(key, value);
    return matches.length === 0 ? value : writeRedactedLines(matches);
  }
  if (Array.isArray(value)) return mapChanged(value, (item) => redactCustom(key, item));
  if (!isRecord(value)) return value;
  if (typeof value.image === "string") return redactContainer(value);
  const toItem = ([name, item]: readonly [string, unknown]): [string, unknown] => {
    if (name === "metadata") return [name, redactMetadata(item)];
    return [name, redactCustom(name === "value" ? (text(value.name) ?? name) : name, item)];
  };
  return withChanged(value, Object.fromEntries(Object.entries(value).map(toItem)));
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
    data: redactTexts(body.data, (key, item) => {
      const matches = findSecretsInData(key, item);
      return matches.length === 0 ? item : writeRedactedLines(matches);
    }),
    binaryData: redactTexts(body.binaryData, (_, item) => {
      const match = findSecretInText(item) ?? findSecretInText(decode(item));
      return match ? redactionMarker(match) : item;
    }),
  });
}

/**
 * An object as it may be stored: literal credentials in pod specs, annotations and ConfigMaps are replaced by markers that keep the
 * rule and the length. Controls look for the markers alone. The very same object when there is nothing to hide.
 */
export function redact(body: JsonRecord): JsonRecord {
  const group = apiGroup({ apiVersion: text(body.apiVersion) ?? "v1" });
  const kind = text(body.kind) ?? "";
  const workloadKind = toWorkloadKind(group, kind);
  const paths = workloadKind ? [podSpecPath(workloadKind)] : podTemplatePaths({ apiVersion: text(body.apiVersion) ?? "v1", kind }, body);
  const shown = kind === "ConfigMap" ? redactConfigMap(body) : body;
  if (paths.length === 0) return withChanged(shown, { metadata: redactMetadata(shown.metadata) });
  const beside = workloadKind ? shown : redactCustom("", shown);
  // On its way to a template it passes the metadata of the object.
  return record(paths.reduce<unknown>((whole, path) => redactTemplate(whole, templateSteps(path)), beside));
}
