import { list, type JsonRecord, record, texts } from "../../model/json";
import type { PolicyRule } from "./principal";

/** The rules of a Role or ClusterRole, index for index; an item of any other shape is a rule that grants nothing. */
export function toPolicyRules(role: JsonRecord): readonly PolicyRule[] {
  return list(role.rules).map((item) => {
    const rule = record(item);
    return {
      verbs: texts(rule.verbs),
      apiGroups: texts(rule.apiGroups),
      resources: texts(rule.resources),
      resourceNames: texts(rule.resourceNames),
      nonResourceURLs: texts(rule.nonResourceURLs),
    };
  });
}
