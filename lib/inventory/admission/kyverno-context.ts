import { isRecord, type JsonRecord, list, parseJson, record, records, text } from "../../model/json";
import type { KubeObject } from "../kube-object";
import { findRedactionMarker } from "../secrets/secret-match";
import { defineView } from "../view";
import { LOOKED_UP } from "./kyverno-texts";

/** All of a text, as what is named in it and, of a ConfigMap, the key: `{{ allowed.data."the-key" }}`. */
const LOOK_UP = /^\s*\{\{\s*(\w+)(?:\.data\.(?:(\w+)|"([^"\\]+)"))?\s*\}\}\s*$/;

/** What some releases read as a pattern in a list that is written as JSON in a text, and others do not. */
const WILD = /[*?]/;

function isConstant(value: unknown): boolean {
  return value !== undefined && !LOOKED_UP.test(JSON.stringify(value));
}

/** What a condition is given by a text of a ConfigMap: a list where it is one that is written as JSON; undefined = releases differ in it. */
function readText(written: string): unknown {
  const read = parseJson(written);
  if (read === undefined) return written;
  return Array.isArray(read) && read.every((item) => typeof item === "string") && !WILD.test(written) ? read : undefined;
}

/** What a name that a rule gives to something stands for; undefined = that is told elsewhere, or by the object. */
type LookUp = (name: string, key: string | undefined) => unknown;

function lookUpIn(rule: JsonRecord, findConfigMap: (namespace: string, name: string) => JsonRecord | undefined): LookUp {
  const entries = new Map(records(rule.context).map((entry) => [text(entry.name), entry]));
  return (name, key) => {
    const { variable, configMap } = entries.get(name) ?? {};
    const { value, jmesPath } = record(variable);
    if (key === undefined) return jmesPath === undefined && isConstant(value) ? value : undefined;
    const found = isRecord(configMap) ? findConfigMap(text(configMap.namespace) ?? "default", text(configMap.name) ?? "") : undefined;
    const written = text(record(found?.data)[key]);
    return written === undefined || !isConstant(written) || findRedactionMarker(written) ? undefined : readText(written);
  };
}

/** Patterns are left as they are: in these a list is a pattern for a list. */
const PATTERNS: ReadonlySet<string> = new Set(["pattern", "anyPattern"]);

function resolve(value: unknown, lookUp: LookUp): unknown {
  if (Array.isArray(value)) return list(value).map((item) => resolve(item, lookUp));
  if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, PATTERNS.has(key) ? item : resolve(item, lookUp)]));
  const [whole, name = "", plain, quoted] = typeof value === "string" ? (LOOK_UP.exec(value) ?? []) : [];
  return whole === undefined ? value : (lookUp(name, plain ?? quoted) ?? value);
}

/** A policy of Kyverno with what its rules look up in ConfigMaps, and in constants that they name, in place of the names. */
export const withContextView = defineView({
  reads: ["configMaps"],
  compute: ({ slices }): ((policy: KubeObject) => KubeObject) => {
    const configMaps = new Map(slices.configMaps.map(({ ref, body }) => [`${ref.namespace}/${ref.name}`, body]));
    const findConfigMap = (namespace: string, name: string): JsonRecord | undefined => configMaps.get(`${namespace}/${name}`);
    return (policy) => {
      const spec = record(policy.body.spec);
      if (!records(spec.rules).some(({ context }) => list(context).length > 0)) return policy;
      const rules = records(spec.rules).map((rule) => {
        const lookUp = lookUpIn(rule, findConfigMap);
        const { validate, preconditions } = rule;
        return {
          ...rule,
          ...(isRecord(validate) && { validate: resolve(validate, lookUp) }),
          ...(preconditions !== undefined && { preconditions: resolve(preconditions, lookUp) }),
        };
      });
      return { ...policy, body: { ...policy.body, spec: { ...spec, rules } } };
    };
  },
});
