/** When the names of policies, and the default, were looked up. */
export const AWS_TLS_POLICIES_AS_OF = "2026-11-29";

/** What load balancers of AWS take where nobody names a policy, but for those that its console makes. */
export const AWS_DEFAULT_TLS_POLICY = "ELBSecurityPolicy-2016-08";

/** Known to classic load balancers, too, and to all others. */
export const AWS_TLS_POLICY_FOR_ALL = "ELBSecurityPolicy-TLS-1-2-2017-01";
/** Known to application and network load balancers alone. */
export const AWS_TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06";

/** Say the lowest version in their name: TLS-1-2-Ext-2018-06, FS-1-2-Res-2020-10, TLS13-1-0-FIPS-2023-04, TLS13-1-2-RFC9151-INTEROP1-FIPS-2023-07, TLS13-1-2-Res-PQ-2025-09. */
const WITH_VERSION = /^ELBSecurityPolicy-(?:TLS13|TLS|FS)-1-([0-3])-(?:(?:Ext\d?|Res|RFC9151|INTEROP\d|FIPS|PQ)-){0,3}20\d\d-\d\d$/;
/** Those of before that, and FS-2018-06: all of them accept TLS 1.0. */
const WITHOUT_VERSION = /^ELBSecurityPolicy-(?:201[1-6]-\d\d|FS-2018-06)$/;

/** The lowest version of TLS that a policy of AWS accepts, as `1.0`; null = it is none of those that are known, such as one that somebody made. */
export function findLowestTls(policy: string): string | null {
  const minor = WITH_VERSION.exec(policy)?.[1];
  if (minor !== undefined) return `1.${minor}`;
  return WITHOUT_VERSION.test(policy) ? "1.0" : null;
}
