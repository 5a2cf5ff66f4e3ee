import { record, records } from "../../model/json";
import { rememberedOf } from "../../model/remembered";
import { calicoAppliesTo, type CalicoPolicy } from "./calico";
import type { Direction, Endpoint } from "./endpoint";
import { addCalicoEnd, asksForAccount, LabelUse } from "./selector-use";

/** What rules of a policy ask of the end that it applies to. */
interface EndUse {
  readonly pods: LabelUse;
  readonly namespaces: LabelUse;
  readonly hasAccounts: boolean;
}

function toUse({ object }: CalicoPolicy, direction: Direction, end: "source" | "destination"): EndUse {
  const ends = records(record(object.body.spec)[direction]).map((rule) => record(rule[end]));
  const use = { pods: new LabelUse(), namespaces: new LabelUse() };
  for (const one of ends) addCalicoEnd(one, use);
  return { ...use, hasAccounts: ends.some(asksForAccount) };
}

const ownUseOf = {
  ingress: rememberedOf((policy: CalicoPolicy) => toUse(policy, "ingress", "destination")),
  egress: rememberedOf((policy: CalicoPolicy) => toUse(policy, "egress", "source")),
};

/** All that a policy can see of the end that it applies to. */
export function seenByCalico(policy: CalicoPolicy, self: Endpoint, direction: Direction): string {
  const { pods, namespaces, hasAccounts } = ownUseOf[direction](policy);
  const applies = calicoAppliesTo(policy, self) === true ? "" : "?";
  if (pods.size + namespaces.size === 0 && !hasAccounts) return applies;
  const account = hasAccounts ? JSON.stringify(self.account) : "";
  return [applies, self.namespace, pods.view(self.labels), namespaces.view(self.namespaceLabels), account].join("|");
}
