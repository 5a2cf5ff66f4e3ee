import { isRecord, type JsonRecord, list, record, records, text, texts } from "../model/json";
import type { KubeObject } from "./kube-object";
import { listWebhooks } from "./security-webhook";
import { defineView } from "./view";

/** One policy of any engine, and whether it can refuse anything. */
export interface AdmissionPolicy {
  readonly object: KubeObject;
  readonly engine: "Kyverno" | "Gatekeeper" | "ValidatingAdmissionPolicy" | "Sigstore policy-controller";
  readonly path: string;
  readonly value: unknown;
  /** null = it refuses; else why it does not. */
  readonly laxBecause: string | null;
  /** It refuses what it can judge, and lets through what it cannot. */
  readonly failsOpen: boolean;
  /** It looks at pods, or at what makes them. */
  readonly seesPods: boolean;
}

const POD_KINDS = /^(?:pods?|deployments?|daemonsets?|statefulsets?|replicasets?|jobs?|cronjobs?|replicationcontrollers?|\*)$/i;

function kindsOfRule(rule: JsonRecord): string[] {
  const match = record(rule.match);
  return [...records(match.any), ...records(match.all), match]
    .flatMap((item) => texts(record(item.resources).kinds))
    .map((kind) => kind.split("/").at(-1) ?? kind);
}

function fromKyverno(object: KubeObject): AdmissionPolicy[] {
  const spec = record(object.body.spec);
  const rules = records(spec.rules).filter((rule) => isRecord(rule.validate) || list(rule.verifyImages).length > 0);
  if (rules.length === 0) return [];
  const actions = rules
    .flatMap((rule) => [text(record(rule.validate).failureAction), ...records(rule.verifyImages).map((item) => text(item.failureAction))])
    .filter((action) => action !== undefined);
  const whole = text(spec.validationFailureAction);
  const elsewhere = [spec.validationFailureActionOverrides, ...rules.map((rule) => record(rule.validate).failureActionOverrides)]
    .flatMap(records)
    .flatMap((item) => text(item.action) ?? []);
  const enforces =
    [...actions, ...elsewhere].some((action) => /^enforce$/i.test(action)) ||
    (actions.length < rules.length && whole !== undefined && /^enforce$/i.test(whole));
  const lax = enforces ? (spec.admission === false ? "it is not used at admission" : null) : "it only audits";
  const failsOpen = spec.failurePolicy === "Ignore";
  const path = whole === undefined && actions.length > 0 ? "spec.rules" : "spec.validationFailureAction";
  return [
    {
      object,
      engine: "Kyverno",
      path,
      value: whole ?? actions[0],
      laxBecause: lax,
      failsOpen,
      seesPods: rules.flatMap(kindsOfRule).some((kind) => POD_KINDS.test(kind)),
    },
  ];
}

function fromValidatingPolicy(object: KubeObject): AdmissionPolicy[] {
  const spec = record(object.body.spec);
  const actions = texts(spec.validationActions ?? spec.validationAction);
  const resources = records(record(spec.matchConstraints).resourceRules).flatMap((rule) => texts(rule.resources));
  const lax = actions.includes("Deny") ? null : `it only ${actions.length > 0 ? `${actions.join(" and ").toLowerCase()}s` : "audits"}`;
  return [
    {
      object,
      engine: "Kyverno",
      path: "spec.validationActions",
      value: spec.validationActions,
      laxBecause: lax,
      failsOpen: spec.failurePolicy === "Ignore",
      seesPods: object.ref.kind === "ImageValidatingPolicy" || resources.some((item) => POD_KINDS.test(item)),
    },
  ];
}

function fromConstraint(object: KubeObject): AdmissionPolicy[] {
  const spec = record(object.body.spec);
  const action = text(spec.enforcementAction) ?? "deny";
  const scoped =
    action === "scoped" &&
    records(spec.scopedEnforcementActions).some(
      (item) => item.action === "deny" && records(item.enforcementPoints).some(({ name }) => name === "*" || name === "validation.gatekeeper.sh"),
    );
  const kinds = records(record(spec.match).kinds).flatMap((item) => texts(item.kinds));
  const lax = action === "deny" || scoped ? null : `it only reports (${action})`;
  return [
    {
      object,
      engine: "Gatekeeper",
      path: "spec.enforcementAction",
      value: spec.enforcementAction,
      laxBecause: lax,
      failsOpen: false,
      seesPods: kinds.length === 0 || kinds.some((kind) => POD_KINDS.test(kind)),
    },
  ];
}

function fromAdmissionPolicy(object: KubeObject, bindings: readonly KubeObject[]): AdmissionPolicy[] {
  const spec = record(object.body.spec);
  const own = bindings.filter((item) => item.ref.kind === "ValidatingAdmissionPolicyBinding" && record(item.body.spec).policyName === object.ref.name);
  const resources = records(record(spec.matchConstraints).resourceRules).flatMap((rule) => texts(rule.resources));
  const denies = own.some((item) => texts(record(item.body.spec).validationActions).includes("Deny"));
  const lax = own.length === 0 ? "no binding puts it into effect" : denies ? null : "its bindings only warn or audit";
  const value = own.flatMap((item) => texts(record(item.body.spec).validationActions));
  return [
    {
      object,
      engine: "ValidatingAdmissionPolicy",
      path: denies ? "spec.failurePolicy" : "spec",
      value: denies ? spec.failurePolicy : value,
      laxBecause: lax,
      failsOpen: spec.failurePolicy === "Ignore",
      seesPods: resources.some((item) => POD_KINDS.test(item)),
    },
  ];
}

function fromEngineObject(object: KubeObject): AdmissionPolicy[] {
  const { kind } = object.ref;
  if (kind === "ClusterPolicy" || kind === "Policy") return fromKyverno(object);
  if (kind === "ValidatingPolicy" || kind === "ImageValidatingPolicy") return fromValidatingPolicy(object);
  if (kind === "ConstraintTemplate") return [];
  if (kind === "ClusterImagePolicy") {
    const { mode } = record(object.body.spec);
    return [
      {
        object,
        engine: "Sigstore policy-controller",
        path: "spec.mode",
        value: mode,
        laxBecause: mode === "warn" ? "it only warns" : null,
        failsOpen: false,
        seesPods: true,
      },
    ];
  }
  return fromConstraint(object);
}

/** Every policy that admission knows. */
export const admissionPoliciesView = defineView({
  reads: ["admissionPolicies", "policyEngineObjects"],
  compute: ({ slices }): readonly AdmissionPolicy[] => {
    const native = slices.admissionPolicies.filter((item) => item.ref.kind === "ValidatingAdmissionPolicy");
    return [...native.flatMap((item) => fromAdmissionPolicy(item, slices.admissionPolicies)), ...slices.policyEngineObjects.flatMap(fromEngineObject)];
  },
});

/** Engines whose policies are no objects that we read: their webhook is all there is to see. */
const OPAQUE_ENGINES = new Set(["Kubewarden", "K-Rail", "jsPolicy", "Datree", "NeuVector", "StackRox", "Aqua", "Open Policy Agent", "Polaris"]);

export function isOpaqueEngine(engine: string): boolean {
  return OPAQUE_ENGINES.has(engine);
}

/** A webhook of such an engine that does not fail open. */
export function findOpaqueEngine(webhooks: readonly KubeObject[]): { readonly object: KubeObject; readonly engine: string } | null {
  for (const object of webhooks) {
    const hook = listWebhooks(object).find((item) => item.engine !== null && OPAQUE_ENGINES.has(item.engine) && item.isValidating && !item.failsOpen);
    if (hook?.engine) return { object, engine: hook.engine };
  }
  return null;
}
