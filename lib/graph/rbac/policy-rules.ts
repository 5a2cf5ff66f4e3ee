import { decodedTexts, list, type JsonRecord, record } from "../../model/json";
import { rememberedOf } from "../../model/remembered";
import type { PolicyRule } from "./principal";

function readRules(role: JsonRecord): readonly PolicyRule[] {
  return list(role.rules).map((item) => {
    const rule = record(item);
    return {
      verbs: decodedTexts(rule.verbs),
      apiGroups: decodedTexts(rule.apiGroups),
      resources: decodedTexts(rule.resources),
      resourceNames: decodedTexts(rule.resourceNames),
      nonResourceURLs: decodedTexts(rule.nonResourceURLs),
    };
  });
}

/**
 * The rules of a Role or ClusterRole, index for index; an item of any other shape is a rule that grants nothing. Of one body they are the very same
 * each time: what was found out about a rule is kept by it.
 */
export const toPolicyRules = rememberedOf(readRules);
