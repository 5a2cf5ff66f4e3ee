import { IGNORES_NETWORK_POLICIES } from "../../inventory/nodes/cilium-config";
import type { Context } from "../../inventory/view";
import { rememberedOf } from "../../model/remembered";
import type { Answer, Reason } from "../reason";
import { ciliumModeView } from "./cilium-mode";
import { decideDirection } from "./decide-direction";
import { decide, decideByAbsence } from "./decision";
import type { Endpoint, Target } from "./endpoint";
import { endpointsView, findEndpoints, toUnseenEndpoint } from "./endpoints";
import { withUnseenSets } from "./foreign-policies";
import { namespaceLabelsView } from "./namespace-labels";
import { podNetworksView } from "./pod-networks";
import { buildPolicyIndex, type PolicyIndex, policyIndexView } from "./policy-index";
import { strictModeView } from "./strict-mode";
import { hangsOnNamespaces } from "./unseen-namespaces";

/** `from` and `to`: `namespace/pod` or `namespace/Kind/name` of a workload. */
export interface ConnectionQuestion {
  readonly kind: "connection";
  readonly from: string;
  readonly to: string;
  /** A number, or the name of a port of the receiving pod. */
  readonly port: number | string;
  readonly protocol?: string;
}

type NetworkContext = Context<
  | "workloads"
  | "namespaces"
  | "nodes"
  | "nodeClasses"
  | "networkPolicies"
  | "otherNetworkPolicies"
  | "podNetworks"
  | "operated"
  | "runs"
  | "configMaps"
  | "serviceAccounts"
>;

/** Both ends must let it through: the egress policies of the sender and the ingress policies of the receiver. */
export function decideConnection(index: PolicyIndex, from: Endpoint, to: Endpoint, target: Target): Answer {
  const egress = decideDirection(index, from, to, "egress", target);
  if (egress.allowed === false && !egress.isByAbsence) return egress;
  const ingress = decideDirection(index, to, from, "ingress", target);
  if (egress.allowed === false) return ingress.allowed === false && !ingress.isByAbsence ? ingress : egress;
  if (ingress.allowed === true && egress.allowed === true)
    return { ...(egress.isByAbsence ? egress : ingress), because: [...egress.because, ...ingress.because] };
  return ingress.allowed === false || egress.allowed !== null ? ingress : egress;
}

function toTarget(question: ConnectionQuestion, to: Endpoint): Target | null {
  const protocol = question.protocol ?? "TCP";
  if (typeof question.port === "number") return { port: question.port, protocol };
  const named = to.namedPorts.find((port) => port.name === question.port && port.protocol === protocol);
  return named ? { port: named.port, protocol } : null;
}

/** One answer for several pod shapes behind one name: open as soon as one pair is open. */
function join(answers: readonly Answer[]): Answer {
  for (const allowed of [true, null, false]) {
    const alike = answers.filter((answer) => answer.allowed === allowed);
    // One rule is enough to open it; that it is closed holds as long as nothing opens any pair.
    const told = alike.find(({ isByAbsence }) => (isByAbsence === true) === (allowed === false)) ?? alike[0];
    if (told) return told;
  }
  return decide(null, "No pod to ask about.");
}

function find(context: NetworkContext, name: string): readonly Endpoint[] {
  const found = findEndpoints(context.view(endpointsView), name);
  const unseen = found.length > 0 ? null : toUnseenEndpoint(name, context.view(namespaceLabelsView), context.view(podNetworksView));
  return unseen ? [unseen] : found;
}

/** Whoever misspells a name shall see it: a workload that nothing shows is answered for by all that holds for whatever pods of the pod network. */
function tellUnseen(ends: readonly Endpoint[]): readonly Reason[] {
  return ends
    .filter(({ kind }) => kind === "absent")
    .map(({ ref }) => ({
      message: `${ref.kind} ${ref.namespace}/${ref.name} is not among the objects: this holds whatever its pods are, unless they are in the network of their node.`,
    }));
}

/** Namespaces of ends that are not among the objects: their names are known, and no other label. */
function listUnseen(context: NetworkContext, ends: readonly Endpoint[]): ReadonlySet<string> {
  const known = context.view(namespaceLabelsView);
  return new Set(ends.flatMap(({ kind, namespace }) => (kind === "external" || known.has(namespace) ? [] : namespace)));
}

const inPart = rememberedOf((index: PolicyIndex): PolicyIndex => ({ ...index, foreign: withUnseenSets(index.foreign) }));

type AnswerBy = (policies: PolicyIndex) => Answer;

const NO_POLICY = buildPolicyIndex([], []);

/** What Cilium's own settings make of the policies: it may isolate every pod, enforce none, or none but those of its own kinds. */
function heedCilium(context: NetworkContext, index: PolicyIndex, answerBy: AnswerBy): Answer {
  const found = context.view(ciliumModeView);
  const declared = answerBy(index);
  if (!found) return declared;
  const { mode, object, path, isSure } = found;
  const real = answerBy(mode === "always" ? { ...index, closedBy: object } : mode === "own" ? { ...index, byNamespace: NO_POLICY.byNamespace } : NO_POLICY);
  if (real.allowed === declared.allowed) return declared;
  if (!isSure)
    return decide(
      null,
      `The settings of Cilium say ${mode === "own" ? "to ignore NetworkPolicies" : mode}, and whether Cilium is what enforces policies here is not told.`,
      object.ref,
      path,
    );
  if (mode === "own" && real.allowed) return decide(true, IGNORES_NETWORK_POLICIES, object.ref, path);
  return mode === "never" && real.allowed ? decide(true, "Cilium is told to enforce no policy.", object.ref, path) : real;
}

/** The agent of AWS may be told to close pods that no policy selects, as they are made: which of them were there before is not known. */
function heedStrict(context: NetworkContext, index: PolicyIndex, answerBy: AnswerBy): Answer {
  const told = heedCilium(context, index, answerBy);
  const strict = told.allowed === true ? context.view(strictModeView) : null;
  if (!strict || answerBy({ ...index, closedBy: strict.plugin }).allowed === true) return told;
  const { message, object, path } = strict.said;
  return decide(null, message, object, path);
}

/**
 * Whether declared policies let a connection through; null, with the reason, when that cannot be told from what was read.
 * All slices of the context must be present.
 */
export function answerConnectionIn(context: NetworkContext, question: ConnectionQuestion): Answer {
  const isComplete = context.isComplete;
  const given = context.view(policyIndexView);
  const index = isComplete ? given : inPart(given);
  const senders = find(context, question.from);
  const receivers = find(context, question.to);
  const unknown = senders.length === 0 ? question.from : receivers.length === 0 ? question.to : null;
  if (unknown !== null) return decide(null, `No pod or workload is called ${unknown}, or it is over.`);
  const [self] = receivers;
  if (self?.ref.kind === "Pod" && senders.includes(self)) return decide(true, "No policy keeps a pod from itself.", self.ref, "metadata.name");
  const answerAs =
    (place: (end: Endpoint) => Endpoint): AnswerBy =>
    (policies) =>
      join(
        senders.map(place).flatMap((from) =>
          receivers.map(place).map((to) => {
            const target = toTarget(question, to);
            if (target) return decideConnection(policies, from, to, target);
            const isKnown = to.kind !== "absent";
            return isKnown
              ? decideByAbsence(false, `The receiving pod has no port called ${question.port}.`, to.ref)
              : decide(null, `It is not known which is the port called ${question.port}.`, to.ref);
          }),
        ),
      );
  const { isByAbsence, ...answer } = heedStrict(
    context,
    index,
    answerAs((end) => end),
  );
  if (isComplete || answer.allowed === null || !isByAbsence) {
    if (answer.allowed === null) return answer;
    const ends = [...senders, ...receivers];
    const unseen = isComplete ? new Set<string>() : listUnseen(context, ends);
    if (hangsOnNamespaces(unseen, ends, index, (place) => heedStrict(context, index, answerAs(place)).allowed))
      return decide(null, `It hangs on labels of namespaces that are not among the objects: ${[...unseen].join(", ")}.`);
    return { ...answer, because: [...answer.because, ...tellUnseen(ends)] };
  }
  return decide(null, `No policy here ${answer.allowed ? "forbids" : "allows"} it, but these objects are only a part of a cluster.`);
}
