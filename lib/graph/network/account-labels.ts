import { serviceAccountsView } from "../../inventory/workloads/service-account-token";
import { defineView } from "../../inventory/view";

/** Labels of a service account by namespace and name; null = they are not known. */
export type AccountLabels = (namespace: string, name: string) => Readonly<Record<string, string>> | null;

/** An account that a whole cluster does not have has no labels, either. */
export const accountLabelsView = defineView({
  reads: ["serviceAccounts"],
  compute: (context): AccountLabels => {
    const accounts = context.view(serviceAccountsView);
    const nothing = context.isComplete && context.isRead("serviceAccounts") ? {} : null;
    return (namespace, name) => accounts.get(`${namespace}/${name}`)?.labels ?? nothing;
  },
});
