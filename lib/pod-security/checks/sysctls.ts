import type { Check, Rule } from "../check";

/** Names that each policy version adds to the safe list. */
const ADDED: readonly (readonly [since: number, names: readonly string[]])[] = [
  [
    0,
    ["kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range", "net.ipv4.ip_unprivileged_port_start"],
  ],
  [27, ["net.ipv4.ip_local_reserved_ports"]],
  [29, ["net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes"]],
  [32, ["net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"]],
  [37, ["net.ipv4.tcp_slow_start_after_idle", "net.ipv4.tcp_notsent_lowat"]],
];

function ruleFor(safe: ReadonlySet<string>): Rule {
  return (pod) =>
    pod.spec
      .part("securityContext")
      .parts("sysctls")
      .flatMap((sysctl) => {
        const name = sysctl.text("name") ?? "";
        return safe.has(name)
          ? []
          : [{ path: sysctl.at("name"), value: name, message: `The pod sets the sysctl ${name || "without a name"}, which is not on the safe list.`, on: "" }];
      });
}

/** Compared to the letter: `net/ipv4/tcp_syncookies` is not on the list. */
export const sysctls: Check = {
  id: "sysctls",
  level: "baseline",
  rules: ADDED.map(([since]) => ({ since, rule: ruleFor(new Set(ADDED.filter(([from]) => from <= since).flatMap(([, names]) => names))) })),
};
