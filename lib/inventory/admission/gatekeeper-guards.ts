import { type JsonRecord, list, record, texts } from "../../model/json";
import type { ResourceRef } from "../../model/resource-ref";
import { judgedInView, missedByEnginesView } from "./asked-engines";
import { constraintsInCelView } from "./gatekeeper-cel";
import { constraintChooses, constraintMeansPods, constraintSeesNamespace, isConstraint, whyConstraintOnlyReports } from "./gatekeeper-constraint";
import { gatekeeperTemplatesView, UNREAD_TEMPLATE, UNTOLD_TEMPLATE } from "./gatekeeper-templates";
import type { PolicyNamespace } from "./policy-namespace";
import { READ_FOR_HEARING } from "./unheard-webhooks";
import { defineView } from "../view";

/** Ways to take over a node, by the check of Pod Security that forbids each, or the namespace of the host that it takes: the field that a template then speaks of. */
const WAYS: ReadonlyMap<string, string> = new Map([
  ...["privileged", "hostNetwork", "hostPID", "hostIPC"].map((way) => [way, way] as const),
  ["hostPathVolumes", "hostPath"],
]);

/** Of Gatekeeper's library, and of the initiatives of Azure Policy: what constraints keep out, and why their parameters may let some of it in, as part of a sentence. */
const OF_GATEKEEPER: readonly {
  readonly kind: RegExp;
  readonly ways: readonly string[];
  /** What its template speaks of where that is not the field. */
  readonly word?: string;
  readonly isOff?: (parameters: JsonRecord) => boolean;
  readonly doubtOf?: (parameters: JsonRecord) => string | null;
}[] = [
  {
    kind: /^K8s(?:PSPPrivilegedContainer|Azure(?:V\d+)?NoPrivilege)$/,
    ways: ["privileged"],
    doubtOf: ({ exemptImages, excludedImages, excludedContainers }) => {
      const [image] = [exemptImages, excludedImages].flatMap(texts);
      const [container] = texts(excludedContainers);
      const left = image !== undefined ? `images (${image})` : container !== undefined ? `containers (${container})` : null;
      return left && `it leaves out ${left} that whoever writes a pod can name`;
    },
  },
  { kind: /^K8s(?:PSP|Azure(?:V\d+)?Block)HostNamespace$/, ways: ["hostPID", "hostIPC"] },
  {
    kind: /^K8s(?:PSP|Azure(?:V\d+)?)HostNetworkingPorts$/,
    ways: ["hostNetwork"],
    isOff: ({ hostNetwork, allowHostNetwork }) => hostNetwork === true || allowHostNetwork === true,
  },
  {
    kind: /^K8s(?:PSP|Azure(?:V\d+)?)HostFilesystem$/,
    ways: ["hostPathVolumes"],
    doubtOf: ({ allowedHostPaths }) =>
      [...list(allowedHostPaths), ...list(record(allowedHostPaths).paths)].length > 0 ? "it allows some paths of the host" : null,
  },
  { kind: /^K8sPSPVolumeTypes$/, ways: ["hostPathVolumes"], word: "volumes", isOff: ({ volumes }) => texts(volumes).includes("hostPath") },
];

/** A constraint of Gatekeeper that keeps ways to take over a node out of a namespace. */
export interface GatekeeperGuard {
  readonly ref: ResourceRef;
  readonly ways: ReadonlySet<string>;
  /** Why it does not here, as part of a sentence; null = it does, or may. */
  readonly idleBecause: string | null;
  /** A text = why nobody can tell, as part of a sentence. */
  readonly refuses: boolean | string;
  /** Whether it may look at containers that are added to a running pod: newer templates leave out what is changed. */
  readonly seesAdded: boolean;
}

/** The constraints of Gatekeeper that cannot be tried, and that do so in place of Pod Security labels. */
export const gatekeeperGuardsView = defineView({
  reads: [...READ_FOR_HEARING, "policyEngineObjects", "configMaps"],
  compute: (context): ((namespace: PolicyNamespace) => readonly GatekeeperGuard[]) => {
    const findJudging = context.view(judgedInView);
    const { seesIn } = context.view(missedByEnginesView)("Gatekeeper");
    const templates = context.view(gatekeeperTemplatesView);
    const inCel = context.view(constraintsInCelView);
    const guards = context.slices.policyEngineObjects.flatMap((constraint) => {
      const { kind } = constraint.ref;
      if (!isConstraint(constraint) || inCel.has(constraint) || whyConstraintOnlyReports(constraint) !== null) return [];
      if (!constraintMeansPods(constraint) || constraintChooses(constraint)) return [];
      const known = OF_GATEKEEPER.find((item) => item.kind.test(kind));
      const parameters = record(record(constraint.body.spec).parameters);
      if (known?.isOff?.(parameters)) return [];
      const words = templates.get(kind);
      const meant = known?.ways ?? [...WAYS.keys()];
      const ways = new Set(meant.filter((way) => words?.has(known?.word ?? WAYS.get(way) ?? way) !== false));
      const doubt = words === undefined ? UNREAD_TEMPLATE : known === undefined ? UNTOLD_TEMPLATE : (known.doubtOf?.(parameters) ?? null);
      const seesAdded = words?.has("ephemeralContainers") === true && !words.has("update") && !words.has("UPDATE");
      return ways.size > 0 ? { constraint, ways, doubt, seesAdded } : [];
    });
    return (place) =>
      guards.flatMap(({ constraint, ways, doubt, seesAdded }) => {
        if (!constraintSeesNamespace(constraint, place)) return [];
        const { isJudged, idleBecause } = findJudging("Gatekeeper", constraint, place);
        const isAsked = seesIn("pods/ephemeralcontainers", place) !== false;
        return { ref: constraint.ref, ways, idleBecause, refuses: isJudged !== false && (doubt ?? isJudged), seesAdded: seesAdded && isAsked };
      });
  },
});
