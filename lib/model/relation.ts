/**
 * What a related object is to the one that a page is about, closest first: `account` = it runs as it; `rights` = a binding, or a group, that gives its
 * account rights; `namespace` = it is in it; `policy` = a NetworkPolicy that selects its pods; `entry` = leads to it; `config` = it names it; `target` =
 * what it leads to; `user` = runs as it.
 */
export const RELATIONS = ["account", "rights", "namespace", "policy", "entry", "config", "target", "user"] as const;
export type Relation = (typeof RELATIONS)[number];
