import { resourceKey } from "../../model/resource-ref";
import { hasReadyAddressView } from "../routes/service-endpoints";
import { labelsAskedBy, serviceTargetsView } from "../routes/service-targets";
import { servicesByKeyView } from "../routes/services-by-key";
import { defineView } from "../view";
import { isRunningView } from "../workloads/running-workloads";
import { endpointRoutingView, isServerSeenView, whyPluginOffView } from "./admission-plugins";
import { lacksBundle, whyTrustsNothing } from "./ca-bundle";
import { listWebhooks, type Webhook } from "./security-webhook";
import { addressOf, hasPort, isCallable, otherNameOf, type WebhookAddress } from "./webhook-address";

const NOBODY_ANSWERS = "nothing that runs answers its webhook, which lets everything through then";

/**
 * Why a webhook refuses nothing, whatever it would say, as part of a sentence: the API server asks none, or it fails open and nothing runs that answers, or is
 * trusted. Null = it is heard, as far as is known; one that fails closed refuses everything while nothing answers.
 */
export type WhyUnheard = (hook: Webhook) => string | null;

/** Why none of some webhooks is heard, or nobody can tell of any; null = one is, or there is none. */
export function whyNoneHeard(hooks: readonly Webhook[], whyUnheard: WhyUnheard): string | null {
  const reasons = hooks.map(whyUnheard);
  return reasons.includes(null) ? null : (reasons[0] ?? null);
}

/** All that says whether webhooks are heard. */
export const READ_FOR_HEARING = ["webhooks", "services", "workloads", "nodes", "endpointSlices", "companions"] as const;

/** A Service of which webhooks ask for a port that it does not have: the API server calls nobody there, whatever runs behind the others. */
const toPort = ({ serviceName, port }: WebhookAddress): string => `${serviceName}:${port}`;

/** A Service of a sort that the API server does not call for a webhook which names it; a URL with its name may lead there all the same. */
const toSort = ({ serviceName }: WebhookAddress): string => `service:${serviceName}`;

/**
 * The Services, as `namespace/name`, that webhooks lead to and behind which nothing runs that answers, those of which they ask for a port that is not
 * there, as `namespace/name:port`, and those that the API server does not call, as `service:namespace/name`. What is remembered has no pods: of that, the scan has
 * told. Elsewhere than in a whole cluster, what answers may lie elsewhere.
 */
export const unansweredView = defineView({
  reads: READ_FOR_HEARING,
  compute: (context): ReadonlySet<string> => {
    if (context.unanswered) return new Set(context.unanswered);
    if (!context.isComplete || !context.isRead("services") || !context.isRead("workloads")) return new Set();
    const { workloadsOf } = context.view(serviceTargetsView);
    const isRunning = context.view(isRunningView);
    const services = context.view(servicesByKeyView);
    const routes = context.view(endpointRoutingView);
    const hasReadyAddress = context.view(hasReadyAddressView);
    const isAnswered = (name: string): boolean => {
      const service = services.get(name);
      if (!service) return false;
      // As a name alone, somebody else says where it leads.
      if (otherNameOf(service) !== null) return true;
      return labelsAskedBy(service) === null ? hasReadyAddress(service) !== false : (workloadsOf.get(resourceKey(service.ref)) ?? []).some(isRunning);
    };
    const addresses = context.slices.webhooks.flatMap(listWebhooks).map(addressOf);
    // A name that is of no Service here may be of one where the API server runs.
    const isServerSeen = context.view(isServerSeenView);
    const isHere = ({ serviceName, isUrl }: WebhookAddress): boolean => !isUrl || isServerSeen || services.has(serviceName ?? "");
    const named = new Set(addresses.filter(isHere).flatMap(({ serviceName }) => serviceName ?? []));
    const missed = addresses.flatMap((address) => {
      const service = services.get(address.serviceName ?? "");
      if (!service) return [];
      const isCalled = address.isUrl || isCallable(service, routes) !== false;
      return [...(hasPort(service, address) ? [] : [toPort(address)]), ...(isCalled ? [] : [toSort(address)])];
    });
    return new Set([...[...named].filter((name) => !isAnswered(name)), ...missed]);
  },
});

export const whyUnheardView = defineView({
  reads: READ_FOR_HEARING,
  compute: (context): WhyUnheard => {
    const whyOff = context.view(whyPluginOffView);
    const unanswered = context.view(unansweredView);
    const isAway = (address: WebhookAddress): boolean =>
      unanswered.has(address.serviceName ?? "") || unanswered.has(toPort(address)) || (!address.isUrl && unanswered.has(toSort(address)));
    const whyUnanswered = (hook: Webhook): string | null => {
      const address = addressOf(hook);
      if (isAway(address)) return NOBODY_ANSWERS;
      // In manifests bundles are often left for others to write.
      const because = context.isComplete ? whyTrustsNothing(hook, address, context.observedAt) : null;
      return because && `the API server trusts no answer of its webhook, which lets everything through then, as ${because}`;
    };
    return (hook) => whyOff(hook.isValidating ? "ValidatingAdmissionWebhook" : "MutatingAdmissionWebhook") ?? (hook.failsOpen ? whyUnanswered(hook) : null);
  },
});

/** Why nobody can tell whether a webhook that is not known to be unheard is heard, as part of a sentence: without what answers it, one that fails open may refuse nothing. */
export const doubtHeardView = defineView({
  reads: ["services", "workloads", "nodes", "endpointSlices"],
  compute: (context): WhyUnheard => {
    const services = context.view(servicesByKeyView);
    const routes = context.view(endpointRoutingView);
    const { isComplete } = context;
    const isRead = context.isRead("services") && context.isRead("workloads");
    const findDoubt = (hook: Webhook): string | null => {
      const address = addressOf(hook);
      const { serviceName, host, isUrl } = address;
      if (host === "") return null;
      // Of a part of a cluster nobody asks what runs, and of what is remembered the scan has told, where it could.
      if (isComplete && isUrl) return "whether anything answers at its URL is not seen";
      const service = services.get(serviceName ?? "");
      const isUnread = !isRead || (service !== undefined && labelsAskedBy(service) === null && !context.isRead("endpointSlices"));
      if (isComplete && isUnread) return "whether anything answers it was not read";
      if (service && isCallable(service, routes) === null) return "whether the API server calls a Service without an address of its own is not seen";
      if (!isComplete) return null;
      if (service && otherNameOf(service) !== null) return "whether anything answers at the name that its Service stands for is not seen";
      return lacksBundle(hook, address) ? "whether the API server trusts what answers it, without a caBundle, is not seen" : null;
    };
    return (hook) => {
      const doubt = hook.failsOpen ? findDoubt(hook) : null;
      return doubt && `${hook.engine === null ? "its" : `${hook.engine}'s`} webhook fails open, and ${doubt}`;
    };
  },
});
