import { clauseGroup, type Framework } from "../framework";
import { FIXES_REST, PROVIDER_REST, REACH_REST, SIGN_IN_REST, WATCH_REST } from "./gaps";

export const owasp: Framework = {
  key: "owasp",
  name: "OWASP Kubernetes Top 10, 2025",
  version: "2025",
  about: "Risks, not requirements. A risk in which nothing fails has no failing subject among what was judged; it is not gone.",
  asOf: "2026-11",
  source: "OWASP Kubernetes Top Ten, 2025 edition. Its numbers are not those of 2022.",
  leftOut: null,
  platform: null,
  columns: [],
  clauses: clauseGroup(null, {
    K01: "Workloads with insecure settings",
    K02: "Authorisation that allows too much",
    K03: "Secrets that are not kept",
    K04: "No policy enforced for the whole cluster",
    K05: "No segments in the network",
    K06: { title: "Components open to more than need them", rest: REACH_REST },
    K07: { title: "Components that are misconfigured or vulnerable", rest: FIXES_REST },
    K08: { title: "From the cluster into the cloud account", rest: PROVIDER_REST },
    K09: { title: "Authentication that can be bypassed or stolen", rest: SIGN_IN_REST },
    K10: { title: "Too little logging and monitoring", rest: WATCH_REST },
  }),
};
