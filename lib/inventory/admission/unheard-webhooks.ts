import { record, records } from "../../model/json";
import { resourceKey } from "../../model/resource-ref";
import { serviceTargetsView } from "../routes/service-targets";
import type { KubeObject } from "../kube-object";
import { defineView } from "../view";
import { isRunningView } from "../workloads/running-workloads";
import { whyPluginOffView } from "./admission-plugins";
import { listWebhooks, type Webhook } from "./security-webhook";
import { addressOf, type WebhookAddress } from "./webhook-address";

const NOBODY_ANSWERS = "nothing that runs answers its webhook, which lets everything through then";

/**
 * Why a webhook refuses nothing, whatever it would say, as part of a sentence: the API server asks none, or it fails open and nothing runs that answers. Null = it
 * is heard, as far as is known; one that fails closed refuses everything while nothing answers.
 */
export type WhyUnheard = (hook: Webhook) => string | null;

/** Why none of some webhooks is heard, or nobody can tell of any; null = one is, or there is none. */
export function whyNoneHeard(hooks: readonly Webhook[], whyUnheard: WhyUnheard): string | null {
  const reasons = hooks.map(whyUnheard);
  return reasons.includes(null) ? null : (reasons[0] ?? null);
}

/** A Service of which webhooks ask for a port that it does not have: the API server calls nobody there, whatever runs behind the others. */
const toPort = ({ serviceName, port }: WebhookAddress): string => `${serviceName}:${port}`;

function hasPort(service: KubeObject, port: number): boolean {
  const { type, clusterIP, ports } = record(service.body.spec);
  // The name of either leads past its ports.
  return type === "ExternalName" || clusterIP === "None" || records(ports).some((item) => item.port === port);
}

/**
 * The Services, as `namespace/name`, that webhooks lead to and behind which nothing runs that answers, and those of which they ask for a port that is not
 * there, as `namespace/name:port`. What is remembered has no pods: of that, the scan has
 * told. Elsewhere than in a whole cluster, what answers may lie elsewhere.
 */
export const unansweredView = defineView({
  reads: ["webhooks", "services", "workloads"],
  compute: (context): ReadonlySet<string> => {
    if (context.unanswered) return new Set(context.unanswered);
    if (!context.isComplete || !context.isRead("services") || !context.isRead("workloads")) return new Set();
    const { workloadsOf } = context.view(serviceTargetsView);
    const isRunning = context.view(isRunningView);
    const services = new Map(context.slices.services.map((item) => [`${item.ref.namespace}/${item.ref.name}`, item]));
    const isAnswered = (name: string): boolean => {
      const service = services.get(name);
      if (!service) return false;
      const { selector, type } = record(service.body.spec);
      // Without a selector, or as a name alone, somebody else says where it leads.
      const isSelecting = type !== "ExternalName" && Object.keys(record(selector)).length > 0;
      return !isSelecting || (workloadsOf.get(resourceKey(service.ref)) ?? []).some(isRunning);
    };
    const addresses = context.slices.webhooks.flatMap(listWebhooks).map(addressOf);
    const named = new Set(addresses.flatMap(({ serviceName }) => serviceName ?? []));
    const portless = addresses.flatMap((address) => {
      const service = services.get(address.serviceName ?? "");
      return service && !hasPort(service, address.port) ? toPort(address) : [];
    });
    return new Set([...[...named].filter((name) => !isAnswered(name)), ...portless]);
  },
});

export const whyUnheardView = defineView({
  reads: ["webhooks", "services", "workloads", "nodes"],
  compute: (context): WhyUnheard => {
    const whyOff = context.view(whyPluginOffView);
    const unanswered = context.view(unansweredView);
    const isAway = (address: WebhookAddress): boolean => unanswered.has(address.serviceName ?? "") || unanswered.has(toPort(address));
    return (hook) =>
      whyOff(hook.isValidating ? "ValidatingAdmissionWebhook" : "MutatingAdmissionWebhook") ??
      (hook.failsOpen && isAway(addressOf(hook)) ? NOBODY_ANSWERS : null);
  },
});

/** Why nobody can tell whether a webhook that is not known to be unheard is heard, as part of a sentence: without what answers it, one that fails open may refuse nothing. */
export const doubtHeardView = defineView({
  reads: ["services", "workloads"],
  compute: (context): WhyUnheard => {
    // Of a part of a cluster nobody asks, and of what is remembered the scan has told, where it could.
    const isTold = !context.isComplete || (context.isRead("services") && context.isRead("workloads"));
    return (hook) =>
      isTold || !hook.failsOpen || addressOf(hook).serviceName === null
        ? null
        : `${hook.engine ?? "Its engine"}'s webhook fails open, and whether anything answers it was not read`;
  },
});
