/** A question that is asked often. Verbs and resources as they stand in the address. */
export interface WhoCanPreset {
  readonly label: string;
  /** "12 identities can <phrase> in payments" */
  readonly phrase: string;
  readonly verb: string;
  readonly resource: string;
  /** A websocket begins with a GET: where the API server asks for no more, `get` counts too. */
  readonly isByGetToo?: true;
}

export const WHO_CAN_PRESETS: readonly WhoCanPreset[] = [
  { label: "Read Secrets", phrase: "read Secrets", verb: "get,list,watch", resource: "secrets" },
  { label: "Exec into pods", phrase: "exec into pods", verb: "create", resource: "pods/exec,pods/attach", isByGetToo: true },
  {
    label: "Create workloads",
    phrase: "create workloads",
    verb: "create",
    resource: "pods,deployments.apps,daemonsets.apps,statefulsets.apps,replicasets.apps,jobs.batch,cronjobs.batch,replicationcontrollers",
  },
  { label: "Impersonate", phrase: "impersonate others", verb: "impersonate", resource: "users,groups,serviceaccounts" },
  { label: "Escalate", phrase: "escalate roles", verb: "escalate", resource: "roles.rbac.authorization.k8s.io,clusterroles.rbac.authorization.k8s.io" },
  { label: "Bind", phrase: "bind roles", verb: "bind", resource: "roles.rbac.authorization.k8s.io,clusterroles.rbac.authorization.k8s.io" },
  { label: "Request tokens", phrase: "request tokens of service accounts", verb: "create", resource: "serviceaccounts/token" },
  { label: "Delete everything", phrase: "delete everything", verb: "delete", resource: "*.*" },
];
